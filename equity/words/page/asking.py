"""What a click on a mark of a chart would do, as it stands beside the mark."""

from __future__ import annotations

from equity.vocabulary import PeriodRange
from equity.words import periods
from equity.words.escaping import one_line
from equity.words.labels.charts import ASKS


def focused(group: str, already: bool) -> str:
    """Puts a group in focus, or takes it out again."""
    return ASKS["unfocus" if already else "focus"].format(group=one_line(group))


def alone(value: str) -> str:
    """Looks at one site or another value of a stratifier alone."""
    return ASKS["alone"].format(value=one_line(value))


def in_period(label: str) -> str:
    """Compares the groups in one period."""
    return ASKS["period"].format(period=titled(label))


def titled(label: str) -> str:
    """A period as people say it."""
    return periods.title(PeriodRange.parse(label))


def beside() -> str:
    """Shows a comparison beside the chart that ranks it."""
    return ASKS["beside"]


def stretch() -> str:
    """Compares the groups over the periods that a finger or the mouse was drawn over."""
    return ASKS["stretch"]
