"""The work, action by action.

focus.py       choosing a focus: the room, each person's weights, the reveal, the choice
aims.py        aims: drafted, set, changed with a reason, closed; shared_aims.py: told to leaders by a release
drivers.py     the driver diagram of an aim; projects.py, cycles.py: what is tried under it
path.py        the team's path, its milestones, one thing to do this week; work_in_hand.py: what it works on now
team.py        people, letters of commitment, attendance, the relationship practice
history.py     events of the team's own past, statements that somebody approved
reflections.py a quarter's reflection: written, signed, shared, answered; reflection_cards.py: a pinned card's sentence
"""
