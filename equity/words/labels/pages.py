"""What each page asks, and what it says itself: every text by key; values stand in braces."""

from __future__ import annotations

from typing import Final

PAGE_TEXTS: Final = {
    "open_this_comparison": "Open this comparison",
    "over_time": "Over time",
    "in_words_clear_gaps_first": "In words, clear gaps first",
    "on_every_measure": "{who} on every measure",
    "where_are_the_gaps": "Where are the gaps?",
    "nothing_is_loaded_yet": "Nothing is loaded yet.",
    "upload_a_data_file": "Upload a data file",
    "where_does_a_gap_live": "How does a gap divide between places?",
    "there_is_no_release_yet": (
        "There is no release yet. This page shows one release as a leader reads it on a phone: what to know, how "
        "sure it is, and what is asked."
    ),
    "leader_example": (
        "Made-up example: “Controlled blood pressure, 2024: 55.0% of visits by Black patients, 68.5% for White "
        "patients. Question for you: can the Saturday clinic go on?”"
    ),
    "make_a_release": "Make a release",
    "nothing_has_been_released_yet": (
        "Nothing has been released yet. A release is a copy of some numbers from which small groups are taken out, so "
        "that it may leave the team: by a link that can be closed again."
    ),
    "release_example": (
        "Made-up example: “Blood pressure by race, 2022 to 2024, made on March 4, rule CMS: 12 of 214 numbers hidden, "
        "9 for being under 11 and 3 to protect them. One link, “Board, spring”, opened twice, one reply.”"
    ),
    "how_complete_are_the_data": "How complete are the data?",
    "is_a_gap_closing": "Is a gap closing?",
    "what_was_loaded_before": "{error} What was loaded before is as it was.",
    "what_is_here_and_where": "What is here, and where to go next.",
    "where_are_we_in_our_eighteen": "Where are we in our eighteen months, what have we got, and what is next?",
    "what_do_the_words_here_mean": "What do the words here mean?",
    "where_are_the_gaps_every_measure": (
        "Where are the gaps? Every measure and every way to group at once, most people affected first."
    ),
    "how_do_groups_compare": "How do groups compare on one measure, and how many people are affected by a gap?",
    "is_the_gap_closing": "Is the gap closing, and which group changed?",
    "across_clinical_areas_where": "Across clinical areas, where are the gaps that affect the most people?",
    "is_there_a_group_within": "Is there a gap where two groups meet that neither way to group shows alone?",
    "how_much_of_the_gap": "How much of the gap is within sites, and how much between?",
    "who_is_missing_from_the_answer": "Who is missing from the answer, and does it matter?",
    "how_large_are_differences_overall": "How large are differences overall?",
    "many_people_one_picture_every_voice": (
        "Many people, one picture, every voice: guess, look, write, choose, and keep the minutes."
    ),
    "the_cards_that_you_chose_put": (
        "The cards that you chose: put them in order, show them one by one in large type, download them."
    ),
    "what_did_we_say_about_our": "What did we say about our cards, what is still open, and what is new?",
    "which_clinical_area_do_we_work": (
        "Which clinical area do we work on, and how far does that depend on what we think matters?"
    ),
    "what_do_we_want_to_have": "What do we want to have changed, for whom and by when, and how far have we come?",
    "what_do_we_try_who_does": "What do we try, who does it, what did we expect, and what came of it?",
    "what_became_of_last_quarters_open": (
        "What became of last quarter’s open points, what did we learn, and what does our leader answer?"
    ),
    "who_does_this_work": (
        "Who does this work and with which eyes, what was promised, and how do we talk with each other?"
    ),
    "what_happened_here": "What happened here and in the country, what was our part in it, and what do we do now?",
    "what_may_leave_the_team": "What may leave the team, what is hidden in it and why, and who can open it.",
    "a_release_as_a_leader_reads": (
        "A release as a leader reads it: one page, the finding, what is hidden, what is asked."
    ),
    "who_learns_together_here_who_applies": "Who learns together here, who applies to join, and what do teams share?",
    "what_can_we_show": (
        "What can we show to the network, to surveyors and to our board, and where does each sentence come from?"
    ),
    "bring_in_a_data_file_drop": "Bring in a data file: drop it, check what its columns mean, look.",
    "what_is_loaded_where_it_came": (
        "What is loaded, where it came from, what was set aside; go back to an earlier version."
    ),
    "who_you_are_here": "Who you are here, who is in this workspace, and what each role may do.",
    "who_uploaded_released_opened_exported": "Who uploaded, released, opened, exported or changed a role, and when.",
}
"""By key."""
