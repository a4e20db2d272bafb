"""The remarks that a lens leaves on its answer, as sentences."""

from __future__ import annotations

from collections.abc import Sequence

NO_BEST = "No group has enough data to be the best group."

_SENTENCES = {
    "hidden_at_source": "Some counts were hidden in the source, so the true counts are higher than those shown.",
    "rare_so_by_quarter": "Events are too few in each period to judge; by quarter there are enough.",
    "rare_so_by_year": "Events are too few in each period to judge; by year there are enough.",
    "too_few_to_chart": "There are too few events for any chart to tell a change from chance.",
    "groups_not_compared": (
        "Groups that are not shown are not compared either; the team, who sees them, may read a wider gap."
    ),
    "best_of_those_shown": "The best group is the best of those shown; a group that is not shown may be better.",
    "lowest_of_those_shown": "The lowest is the lowest of those shown; a group that is not shown may be lower.",
    "estimates_without_counts": "The source gives rates without counts, so people affected cannot be worked out.",
    "one_way_tables_only": "The source holds one grouping at a time, so groups cannot be crossed or filtered.",
    "people_added_over_periods": (
        "People who were seen in several of these years or quarters count in each of them. The ranges allow for the "
        "most that this can matter: the true ones are as wide, or narrower."
    ),
    "groups_cannot_be_told_apart": "Taken together, the groups look alike: chance alone could give this spread.",
    "no_group_can_be_best": f"{NO_BEST.removesuffix('.')}, so nothing is compared.",
    "no_group_to_compare_with": "No group has enough data for the others to be compared with.",
    "adjusting_can_hide": "Adjusting for site, payer or place can hide the very gap that is looked for: show both.",
    "places_left_out": (
        "The sites are not shown apart: with this filter that would take three groupings at once, and the tables hold "
        "two."
    ),
    "asked_of_rows": "This was counted from the rows of the data file, which takes longer than usual.",
}


def describe_remarks(remarks: Sequence[str]) -> tuple[str, ...]:
    """One sentence a remark, in their order. A remark without a sentence of its own is an error of the program."""
    return tuple(_SENTENCES[code] for code in remarks)
