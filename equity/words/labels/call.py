"""A learning call as the team prepares and leads it: every text by key; values stand in braces."""

from __future__ import annotations

from typing import Final

CALL_TEXTS: Final = {
    "start_a_call": "Start a call with {counted}.",
    "choose_what_to_look_at_together": (
        "Choose what to look at together: “Start a call” under any card, or add cards to your presentation and "
        "come back here. Or try it alone first: a made-up call with thirty made-up people."
    ),
    "title_agenda_and_who_sees": "Title, agenda and who sees what",
    "minutes_for_one_card_0_half": "Minutes for one card (0: half an hour)",
    "in_the_minutes": "In the minutes, who was there stands as",
    "people_who_come_by_the_link": "People who come by the link alone see",
    "step_through_a_practice_call": "Step through a practice call",
    "the_first_cards_question": "The first card’s question",
    "thirty_made_up_people_are_writing": "Thirty made-up people are writing",
    "people_open_call_and_type": (
        "People open {origin}/call and type the code, or follow this link. It works for a week."
    ),
    "it_opens_in_a_window": (
        "It opens in a window of its own: share that one. With its link anybody leads for a day, while you may."
    ),
    "weigh_on_the_call": "Weigh on the call",
    "nothing_to_weigh": "nothing",
    "put_it_in_the_calendar": "Put it in the calendar",
    "go_back_in": "Lead it with a new link and code",
}
"""By key."""
