"""Cards, their charts and the presentation: every text by key; values stand in braces."""

from __future__ import annotations

from typing import Final

CARD_TEXTS: Final = {
    "how_long_the_cards_stay": (
        "They stay while this window is open; loading it anew begins without them. Download them, or start a call with "
        "them, to keep them."
    ),
    "choose_the_first_card": "Choose the first card",
    "remove_card": "Remove {number}",
    "pin": "Pin",
    "what_happened": "What happened?",
    "save_the_change": "Save the change",
    "leave_it_as_it_is": "Leave it as it is",
    "saved_again_yours_stands": "Saved again, yours stands in the place of theirs.",
    "unpin": "Unpin",
    "saved_on_the_chart": "Saved on the chart of {whom}.",
    "undo": "Undo",
    "every_group": "every group",
    "groups_with_enough_data": "groups with enough data",
    "without": "{whose} without {groups}",
    "show_or_hide_groups": "Show or hide groups",
    "only_groups_with_enough_data": "Only groups with enough data",
    "leave_out": "Leave out",
    "show_every_group": "Show every group",
    "what_stays": "The group in focus and the one that all are compared with stay. No number changes.",
    "one_scale": "one for all",
    "scales_of_their_own": "its own each",
    "scale": "Scale",
    "every_period": "every period",
    "choose_the_periods": "Choose the periods",
    "from": "From",
    "to": "To",
    "show_every_period": "Show every period",
    "what_a_stretch_tells": "Periods that are picked for what they show can make chance look like change.",
    "pinned": "Pinned: it stays while you change the question.",
    "what_a_pin_does": "Keep this card beside the next answer, so that the two can be compared.",
    "in_the_presentation_example": (
        "An example, made up: 1. Largest gaps, 2024. 2. Black patients 13.5 points lower on controlled blood pressure. "
        "3. Is that gap closing? Three cards, each asked first and then revealed, in ten minutes."
    ),
    "changes_compared_at_once": (
        "We compared {tested} changes at once and allowed for that: a change is called clear where chance would rarely "
        "cause it."
    ),
    "two_periods_are_two_points": (
        "Two periods are two points: Gap trends shows whether the change is part of a longer one."
    ),
    "the_reference_is_another_group": "The best group is not the same one in both periods.",
    "two_measures_are_two_things": (
        "Two measures count different things: look at which group is behind on both, not at which rate is higher."
    ),
    "one_is_better_low": "On one of the two measures a higher rate is better, on the other a lower one.",
    "the_middle_and_the_limits": (
        "The middle and the limits are worked out on these periods and carried on, for {whom}. Later points are "
        "held against them."
    ),
    "from_this_period_on_the_chart": (
        "From this period on, the chart of {whom} gets a middle and limits of its own. New limits are a claim that "
        "care works in a new way now, so four questions come first; the answers are kept."
    ),
    "the_point_stays_on_the_chart": (
        "The point stays on the chart, hollow and crossed. It counts for neither limits nor signals."
    ),
    "it_is_drawn_on_every_chart": "It is drawn on every chart that shows the period.",
    "add_mine_to_theirs": "Add mine to theirs",
    "why_these_periods_may_stay_empty": "Why these periods? (may stay empty)",
    "undo_the_phase_from": "Undo the phase from {start}",
    "why_does_it_not_count": "Why does it not count?",
    "the_target_line_needs_a_number": "The target line needs a number.",
    "nothing_has_been_decided_yet_about": "Nothing has been decided yet about the chart of {whom}.",
    "remove_the_line": "Remove the line",
    "the_target_lies_outside": "The target lies outside what this measure can be: write 70 for 70%.",
    "what_would_it_take_to_close": "What would it take to close this gap?",
    "close_the_gap": "Close the gap by",
    "does_some_place_stand_apart": "Does one of them stand apart?",
    "what_if_those_not_recorded_were": "What if those not recorded were …",
    "has_it_become_more_even": "Has it become more even?",
    "choose_a_standard_population_so": "Choose a standard population, so that rates can be compared at equal ages.",
    "these_data_have_one_period_only": "These data have one period only, so there is nothing over time to standardize.",
    "nothing_can_be_assumed_here": (
        "Nothing can be assumed here: a yes or no result, a group to compare with and unknown people are needed."
    ),
    "this_dataset_has_only_one_grouping": "This dataset has only one grouping, so there is nothing to look within.",
    "a_model_of_combined_groups_takes": (
        "A model of combined groups takes counts, and at least six groups that have someone."
    ),
    "this_dataset_has_only_one_grouping_so": (
        "This dataset has only one grouping, so there is nothing to cross it with."
    ),
    "it_is_left_out": "{what}, so it is left out.",
    "you_are_looking_at_instead": "{what}: you are looking at {used} instead.",
    "the_data_of_this_card": (
        "The data of this card are not here any more: it was made from “{dataset}”, version {version}."
    ),
    "this_card_was_not_chosen": (
        "This card was not chosen on a page here, so it cannot be made again: choose it anew on its page."
    ),
    "your_presentation_is_full": "Your presentation holds {most} cards, the most there can be: remove one first.",
    "cards_in_your_presentation": "Cards in your presentation: {kept}.",
    "no_cards_are_chosen_yet": "No cards are chosen yet.",
    "on_any_page_press_add": (
        "On any page, press “Add to presentation” under a card. The cards that you choose stand here: put them in "
        "order, show them one by one in large type, or download them all as one file. Or press “Present” under a "
        "card to show that one alone."
    ),
    "ask_before_each_card_is_shown": "Ask before each card is shown",
}
"""By key."""
