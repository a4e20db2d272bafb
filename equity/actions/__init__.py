"""Whole actions in their order: who may, what is done, what is logged. Pages, commands and routes call these.

questions.py     the questions that a terminal or a notebook puts to a dataset, by name
card_files.py    the cards of a question as files, from a terminal
local_owner.py   who acts where nobody signs in
sources.py       whose numbers a card shows, without a session: a workspace's datasets, or one release
aims.py          aims: drafted, set, changed with a reason, closed
sample_team.py   a made-up team's fifteen months on the sample data: path, aims, drivers, projects, tests
sample_focus.py  the made-up team's choice of focus
sample_people.py  the made-up team's people, history and reflections
team.py          people, letters of commitment, attendance, the relationship practice
reflections.py   a quarter's reflection: written, signed, shared, answered
reflection_cards.py  a pinned card's sentence from a release
history.py       events of the team's own past, statements that somebody approved
focus.py         choosing a focus: the room, each person's weights, the reveal, the choice
call_cards.py    the cards of a call: from words into a recipe, and into what a participant gets
live_calls.py    a call that is on: its log followed, its state, and adding to it
call_opening.py  opening a call, its cards, what opens its page
call_moves.py    moving, hiding, the scribe, handing over, ending
call_voices.py   joining, writing, editing, withdrawing, voting
call_minutes.py  the minutes with their pictures, and as files
practice_call.py a call with thirty made-up people
"""
