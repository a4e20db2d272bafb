"""What each page asks, and what it says itself: every text by key; values stand in braces."""

from __future__ import annotations

from typing import Final

PAGE_TEXTS: Final = {
    "where_are_the_gaps": "Where are the gaps?",
    "nothing_is_loaded_yet": "Nothing is loaded yet.",
    "upload_a_data_file": "Upload a data file",
    "gap_interval_hidden": "gap, interval, hidden …",
    "there_is_no_such_word_here": "There is no such word here. Try a shorter one, or clear the box to see them all.",
    "where_does_a_gap_live": "Where does a gap live?",
    "there_is_no_release_yet": "There is no release yet. An owner or analyst makes one on the page Releases and links.",
    "nothing_has_been_released_yet": "Nothing has been released yet.",
    "how_complete_are_the_data": "How complete are the data?",
    "is_a_gap_closing": "Is a gap closing?",
    "what_was_loaded_before": "{error} What was loaded before is as it was.",
}
"""By key."""
