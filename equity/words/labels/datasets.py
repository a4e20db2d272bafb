"""Datasets and their versions: every text by key; values stand in braces."""

from __future__ import annotations

from typing import Final

DATASET_TEXTS: Final = {
    "rows_in_used_set_aside": "{rows_in} rows in = {rows_used} used + {rows_set_aside} set aside.",
    "each_is_named_by_its_line": "{split} Each is named by its line; nothing of what it holds is kept.",
    "the_rows_stayed_on_and_so": "{split} The rows stayed on {counted_by}, and so did the list of their lines.",
    "version_rows_read_used_grouped": (
        "Version {version}: {rows_in} rows read, {rows_used} used{aside}. {measures}, grouped by {by}; {stretch}."
    ),
    "and_all_its_versions_will": (
        "“{name}” and all its versions will be gone from this server, and the key that its person ids were hashed "
        "with. The file that you uploaded is not touched. This cannot be undone."
    ),
    "what_the_checks_found": "What the checks found ({found})",
    "go_back_to_this_version": "Go back to this version",
    "version_now_holds_what_version_held": "Version {number} now holds what version {number_2} held.",
}
"""By key."""
