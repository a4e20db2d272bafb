"""Releases, links and what leaders read: every text by key; values stand in braces."""

from __future__ import annotations

from typing import Final

SHARING_TEXTS: Final = {
    "close_this_link": "Close this link?",
    "whoever_has_it_sees": (
        "Whoever opens “{title}” will see that the link is closed. It cannot be opened again: you would make a new one."
    ),
    "close_it": "Close it",
    "keep_it_open": "Keep it open",
    "by_the_link": "by the link “{title}”",
    "no_longer_there": "that is no longer there",
    "signed_in": "signed in",
    "no_coarser_plan_keeps_more": "No coarser plan would keep a larger share of the counts.",
    "something_went_wrong_on_the_server": (
        "Something went wrong on the server; nothing was released, and the server's log says what it was."
    ),
    "i_have_looked": (
        "I have looked at what is shown and what is hidden, and at releases of other datasets that are named here. "
        "I may share this outside the team, and I know that what has been seen cannot be taken back."
    ),
    "measure_of_version_grouped": (
        "{measures} measure{plural} of version {version}, grouped by {by}, by {finest} and coarser; {crossed}."
    ),
    "no_groupings_crossed": "no two groupings crossed",
    "two_groupings_crossed": "two groupings crossed {pairs}",
    "measures_all_when_none_is_chosen": "Measures (all when none is chosen)",
    "preview_what_would_be_hidden": "Preview: what would be hidden?",
    "cells_would_be_shown_and_hidden": "{shown} cells would be shown and {hidden} hidden: {kept} kept.",
    "for_the_team_whoever_reads": (
        "For the team: whoever reads the release knows that each count lies between these two, and no more."
    ),
    "nobody_can_open_it_any_more": (
        "Nobody can open it any more, and every link to it closes at once. What was seen stays seen: later "
        "releases still reckon with it. This cannot be undone."
    ),
    "there_is_no_dataset_here_yet": "There is no dataset here yet: bring one in on the Upload page.",
    "attested_by_release": "{sentence} Attested by {attested_by}. Release {id}.",
    "this_release_was_made_before": (
        "This release was made before the audit kept least and greatest values: make a newer one."
    ),
    "least_and_greatest_of_each_hidden": "Least and greatest of each hidden count",
    "opened_time_made": "{title}: {state}{passcode}; opened {opened_count} time{plural}{last}; made by {made_by}.",
    "for_whom": "For whom, or for what",
    "opens_with_the_measure": "Opens with the measure",
    "what_you_ask_of_the_reader": "What you ask of the reader",
    "passcode_optional_send_it_separately": "Passcode (optional). Send it separately.",
    "choose_at_least_one_grouping": "Choose at least one grouping: a release without groups says nothing about equity.",
    "release_is_made_make_a_link": "Release {id} is made. Make a link to it below.",
    "copy_this_link_now": "Copy this link now: it is not kept here and cannot be shown again.",
    "nobody_has_replied_yet": "Nobody has replied yet.",
}
"""By key."""
