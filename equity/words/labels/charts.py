"""The keys under charts: every text by key; values stand in braces."""

from __future__ import annotations

from typing import Final

CHART_TEXTS: Final = {
    "bold_people_visits_or_events_affected": (
        "Bold: people, visits or events affected. Below: the gap.<br>Stronger orange: the gap is more of the "
        "reference’s rate."
    ),
    "recorded_then_what_is_not": "From the left: recorded, unknown, not asked (striped),<br>declined (outlined).",
    "by_the_line": "{size} by the line",
    "of_100_ways_to_weigh": "Of 100 ways to weigh the criteria, so many put the area at this rank.",
    "bold_the_cells_own_rate_middle": (
        "Bold: the cell's own rate. Middle: smoothed. Below: number.<br>Orange: the smoothed rate is worse than "
        "overall.<br>Framed: further from its groups than chance explains."
    ),
    "bold_the_cells_own_rate_neutral": (
        "Bold: the cell's own rate. Middle: smoothed. Below: number.<br>Framed: further from its groups than chance "
        "explains."
    ),
}
"""By key."""

HAND: Final = {
    "walk": "The chart's {marks} marks: the arrow keys go from one to the next, Escape leaves them.",
    "walk_and_ask": (
        "The chart's {marks} marks: the arrow keys go from one to the next, Enter asks about one, Escape leaves them."
    ),
    "enter": "Enter",
    "click": "Click",
    "to": "to",
}
"""What the scripts that draw say of a chart's handling, by key."""

ASKS: Final = {
    "focus": "puts {group} in focus on every page",
    "unfocus": "takes {group} out of focus",
    "alone": "looks at {value} alone",
    "period": "compares the groups in {period}",
    "beside": "says more about this comparison beside the chart",
    "stretch": "compares the groups over these periods",
}
"""What a click on a mark does, by key; "Click" or "Enter" stands before it."""
