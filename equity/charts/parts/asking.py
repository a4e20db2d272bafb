"""What a mark of a figure can be asked: the parts of the question that a click on it changes, and what that does.

It stands in a trace's `customdata`, an entry a mark, for `equity/server/charts/touch.js`; None where nothing is asked.
A question's ``page`` is the address of the page that answers it, where that is another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from equity.words.page import asking

Ask = dict[str, dict[str, Any]] | None


def asks(does: str, **question: str) -> Ask:
    """A question of a mark; ``does`` is written beside it."""
    return {"ask": {"does": _shut(does), "question": {part: _shut(code) for part, code in question.items()}}}


def _shut(text: str) -> str:
    """The text letter by letter, with nothing in it that Plotly or HTML would read; the script opens it again."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("$", "&#36;")


def focus(group: str, already: bool) -> Ask:
    """A group's mark: in focus, or no longer when it is already."""
    return asks(asking.focused(group, already), group="" if already else group)


def alone(stratifier: str, value: str) -> Ask:
    """The mark of a site or another value: that alone."""
    return asks(asking.alone(value), where=f"{stratifier}:{value}")


def compared(measure: str, by: str, group: str = "") -> Ask:
    """A line of a ranking or a cell of a map: its comparison, beside it."""
    return asks(asking.beside(), measure=measure, by=by, group=group, reference="")


def in_period(label: str) -> Ask:
    """A point in time: the groups in that period."""
    return asks(asking.in_period(label), page="disparities", period=label)


def over_time(labels: Sequence[str]) -> dict[str, Any]:
    """What a figure with these periods side by side at 0, 1, 2 … is asked when some of them are drawn over."""
    titles = [asking.titled(label) for label in labels]
    asked = {"does": asking.stretch(), "question": {"page": "disparities"}, "part": "period"}
    return {"labels": list(labels), "titles": titles, **asked}
