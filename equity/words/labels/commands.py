"""What the terminal prints: every text by key; values stand in braces."""

from __future__ import annotations

from typing import Final

COMMAND_TEXTS: Final = {
    "no_aim_yet_begin": "No aim yet: begin one on the page Aims.",
    "no_aim_is_set_yet_set": "No aim is set yet: set one on the page Aims.",
    "an_empty_workspace_store_has_begun": (
        "An empty workspace store has begun. What belonged to other workspaces than the first stays closed."
    ),
    "all_entries_are_as_they_were": "All {read} entries are as they were written.",
    "call_people_type_the_code": (
        "{address}/call: people type the code of the call here, or open the link that “call open” said."
    ),
    "which_way_is_better": (
        "which way is better is not known, so nothing is called better or worse; write polarity in the mapping."
    ),
    "version_rows_used_set_aside_measures": (
        "“{dataset}” version {version}: {rows_in:,} rows = {rows_used:,} used + {rows_set_aside:,} set aside; "
        "{measures}, grouped by {stratifiers}; {periods}."
    ),
    "ask_is_called_ask_now": "“ask {words}” is called “ask {now}” now; the old name works in this version only.",
    "question_is_called_now": "“--question {question}” is called “{now}” now; the old name works in this version only.",
    "nobody_has_applied_yet": "Nobody has applied yet.",
    "this_needs_more_memory_than_reading": (
        "This needs more memory than reading a file may take here: send the file in parts, or set "
        "EQUITY_READ_MEMORY to what it may take, such as 8G."
    ),
    "this_was_not_read_within": (
        "This was not read within the time that a command may take here: send the file in parts or as Parquet, or "
        "set EQUITY_LOAD_SECONDS to more."
    ),
    "pooled_is_called_smoothed_now_its": (
        "“pooled” is called “smoothed” now; its columns stand under both names in this version only."
    ),
    "that_only_their_authors_may_read": "{kept_back:,} that only their authors may read were not written.",
    "is_invited_as_for_days": "{email} is invited as {role} for {days_to_accept} days.",
    "send_them_this_code": (
        "Send them this code, which is not shown again: they sign in, then type it where the page asks for it."
    ),
}
"""By key."""
