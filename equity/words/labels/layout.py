"""What stands on every page: the tour, the steps, the question's choices: every text by key; values stand in braces."""

from __future__ import annotations

from typing import Final

LAYOUT_TEXTS: Final = {
    "the_other_clear_gaps": "The other {count} clear gaps",
    "pages": "Pages",
    "a_code_for_a_phone": "A code that a phone’s camera reads: it opens {address}",
    "change": "Change",
    "change_the_question": "Change the question",
    "show_the_answer": "Show the answer",
    "step_1_of_ihis_four_choose": (
        "Step 1 of IHI's four, choose a focus. Look for gaps that are clear and affect many people."
    ),
    "step_2_of_ihis_four_stratify": (
        "Step 2 of IHI's four, stratify. Look for a framed cell: its groups alone do not explain it."
    ),
    "step_2_of_ihis_four_stratify_look": (
        "Step 2 of IHI's four, stratify. Look for sites to fix first, and for how results "
        "compare where it is not recorded."
    ),
    "step_4_of_ihis_four_quantify": (
        "Step 4 of IHI's four, quantify. Look for whether the sites tell the same story as the whole."
    ),
    "step_4_of_ihis_four_quantify_pick": (
        "Step 4 of IHI's four, quantify. Pick the number by what you want to know, not by its size."
    ),
    "the_gap_that_concerns_the_most": "The gap that affects the most people in “{dataset}”, {when}:",
    "how_sure": "How sure is this?",
    "the_groups_side_by_side": "The groups side by side",
    "upload_with_dates": "Upload a file with a date or year in each row",
    "is_this_gap_closing": "Is this gap closing?",
    "where_these_groups_meet": "See where these groups meet",
    "is_it_the_same_within_each": "Is it the same within each {place}?",
    "all_of_it_is_made_up": "All of it is made up: look around before you bring your own.",
    "what_do_these_words_mean": "What do these words mean?",
    "it_names_the_gap_that_concerns": (
        "It names the gap that affects the most people. The marks under it say how far it can be relied on. All "
        "of this system is made up, so try anything."
    ),
    "each_dot_is_a_groups_rate": (
        "Each dot is a group's rate, and the line through it the range in which the truth is likely to be. Open "
        "the table under a chart to see the numbers."
    ),
    "on_each_page_the_question": (
        "On each page the question is a sentence. Pick another measure, another way to group or another period, "
        "and the page answers anew. A link to it opens the same answer for somebody else."
    ),
    "drop_a_data_file": (
        "Drop a data file on the Upload page, check what each column means, and look. Words that are new to you "
        "stand in the glossary."
    ),
    "there_is_no_dataset_here": "There is no dataset “{wished}” here: you are looking at {names} instead.",
    "what_do_you_want_to_know": "What do you want to know?",
    "on_a_learning_call_everybody_guesses": (
        "On a learning call everybody guesses, then looks at one picture, then writes, each on a phone. Step "
        "through a practice call with thirty made-up people: three minutes, alone."
    ),
}
"""By key."""
