"""What stands in the place of an answer where there is nothing to ask, or where something went wrong."""

from __future__ import annotations

from equity.vocabulary import Description
from equity.words.escaping import one_line

GROUP_IT = "Load it again on the Upload page with a column that groups people."


def nothing_to_ask(description: Description) -> str:
    """Why a version of a dataset can be asked nothing, and what to do; empty when it can be asked."""
    name = one_line(description.dataset)
    if not description.measures:
        return f"“{name}” holds no measure, so there is nothing to show. Load it again on the Upload page."
    if not description.stratifiers:
        return f"“{name}” is not grouped by anything, so there are no groups to compare. {GROUP_IT}"
    return ""


def went_wrong(number: str) -> str:
    """For an error that nobody foresaw; ``number`` finds it in the server's log."""
    return (
        "Something went wrong on the server, so this cannot be shown. What was saved is as it was: please reload the "
        f"page, and tell whoever runs this server the number {number} if it happens again."
    )
