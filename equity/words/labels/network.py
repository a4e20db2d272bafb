"""The network and its cohorts: every text by key; values stand in braces."""

from __future__ import annotations

from typing import Final

NETWORK_TEXTS: Final = {
    "name_of_the_cohort": "Name of the cohort",
    "name_of_the_cohort_elsewhere": "Name of the cohort elsewhere",
    "what_it_is_about": "What it is about",
    # what a piece says
    "rates_of": "Rates by group and year of {measures}",
    "driver_diagram": "Driver diagram",
    "when": "When",
    "who_was_harmed": "Who was harmed",
    "our_part": "Our part",
    "what_we_do_now": "What we do now",
    "where_it_stands": "Where it stands",
    "where_it_is": "Where it is",
    "why_moved": "Why",
    "next_step": "Next step",
    "origin": "Begun as a copy of what {team} shared on {day}.",
    "no_group_named": "The test names no measure and group, so no change of a rate is told.",
    "no_release_of_it": "There is no release of the test’s data, so no change of a rate is told.",
    "release_holds_it_not": "The release does not hold the test’s measure, so no change of a rate is told.",
    "no_periods_around": "The release shows no whole period before and after the test, so no change of a rate is told.",
    # a team's own side
    "number_of_the_cohort": "Number of the cohort",
    "what_do_you_share": "What do you share?",
    "clinical_topic": "Topic, in a few words",
    "change_idea": "Change idea, in the cohort’s words",
    "only_these_measures": "Only these measures (none: all)",
    "card_as_a_link": "The card, as its page’s address says it",
    "expected_change": "Change that was expected, in points (optional)",
    "for_comparisons_alone": "For comparisons alone, without our name",
    "numbers_are_meant": "I looked at these numbers: they may leave the team",
    "what_help_do_you_want": "What help do you want from the network?",
    "file_of_the_package": "Package of a team elsewhere",
    "whose_key_is_it": "Whose key is it?",
    "fingerprint_as_they_read": "Fingerprint, as they read it to you",
    "trust_it_no_more": "Trust it no more",
    "this_invitation_opens_nothing": (
        "This invitation opens nothing (any more): ask the cohort’s facilitator for a new one."
    ),
    "as_the_beginning_of_aim": "As the beginning of this aim’s diagram",
    "as_a_test_of_project": "As a test of this project",
    "name_us_in_this_picture": "Name our team in this picture",
    "what_is_compared": "What is compared?",
    "who_owns_it_next": "E-mail address of the team’s first owner",
    "name_of_the_team": "Name of the team",
    "where_the_call_is": "Where (address or room)",
    "what_the_call_is_about": "What the call is about",
    "which_team_is_it_for": "For which team?",
    "which_team_goes": "Which team goes?",
}
"""By key."""
