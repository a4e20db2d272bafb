"""Files that leave: slides, workbooks, reports, calendar entries: every text by key; values stand in braces."""

from __future__ import annotations

from typing import Final

EXPORT_TEXTS: Final = {
    "about": "about {part}",
    "join_in_the_browser_or_type": (
        "Join in the browser: {address}\nOr type the code {code}. Both work for a week after the call was opened."
    ),
    "nobody_joined_by_the_page": "Nobody joined by the page.",
    "picture_nobody_wrote_under": "Picture {n}: nobody wrote under “{stage_titles}”.",
    "kept_for_the_team": (
        "What this picture said when it was shown stands on the call’s own page, for the team; it goes on to nobody."
    ),
    "how_was_this_computed": "How was this computed?",
}
"""By key."""
