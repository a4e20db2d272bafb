"""An aim among the periods of a chart: from its baseline, in the middle of that time, to its target at its date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from equity.improvement.aims import Aim
from equity.vocabulary import PeriodRange, period_label, periods_between
from equity.vocabulary.period import MONTHS_IN, add_months, grain_of, period_start


@dataclass(frozen=True)
class AimLine:
    """The straight way of one group from where it stood to where it is meant to be (rates as fractions).

    ``baseline`` and ``by_when`` are period labels, of any grain.
    """

    group: str
    baseline: str
    start: float
    target: float
    by_when: str


@dataclass(frozen=True)
class Placed:
    """A line between two points of a chart: positions among its periods (0 is the first), and heights."""

    x: tuple[float, float]
    y: tuple[float, float]

    def cut_at(self, last: float) -> Placed:
        """The same up to a position; after its end it goes on level."""
        (x0, x1), (y0, y1) = self.x, self.y
        if last >= x1 or last <= x0:
            return self
        return Placed((x0, last), (y0, y0 + (y1 - y0) * (last - x0) / (x1 - x0)))


def line_of(aim: Aim) -> AimLine | None:
    """The line of an aim that has a baseline, a target and a date; None for one that does not."""
    if aim.baseline is None or aim.target is None or not aim.by_when:
        return None
    return AimLine(aim.group, aim.baseline.period, aim.baseline.value, aim.target, aim.by_when)


def placed(line: AimLine, periods: Sequence[str]) -> Placed:
    """Where the line stands among periods of one grain, its end beyond them where its date is."""
    step, first = MONTHS_IN[grain_of(periods[0])], _month(periods[0])
    (b0, b1), (_, t1) = (PeriodRange.parse(label).bounds() for label in (line.baseline, line.by_when))
    middle = ((_months(b0) + _months(b1)) / 2 - first) / step - 0.5
    return Placed((middle, (_months(t1) - first) / step - 1), (line.start, line.target))


def until(line: AimLine, periods: Sequence[str]) -> tuple[str, ...]:
    """The periods, and those after them up to the line's date, in the same grain."""
    _, after = PeriodRange.parse(line.by_when).bounds()
    last = period_label(add_months(after, -1), grain_of(periods[0]))
    return (*periods, *periods_between(periods[-1], last)[1:]) if last > periods[-1] else tuple(periods)


def due_share(aim: Aim, period: str, latest: str) -> float:
    """The share of the change that the straight line has by the middle of a period, 0 to 1; NaN without a line.

    Of a period that is not over, the middle of its months up to the ``latest`` that the data have.
    """
    if aim.baseline is None or not aim.by_when:
        return float("nan")
    (b0, b1), (_, end) = (PeriodRange.parse(label).bounds() for label in (aim.baseline.period, aim.by_when))
    (begins, ends), (_, known) = (PeriodRange.parse(label).bounds() for label in (period, latest))
    start = (_months(b0) + _months(b1)) / 2
    now = (_months(begins) + max(min(_months(ends), _months(known)), _months(begins) + 1)) / 2
    whole = _months(end) - start
    return float(min(1.0, max(0.0, (now - start) / whole))) if whole > 0 else float("nan")


def _month(label: str) -> int:
    return _months(period_start(label))


def _months(day: dt.date) -> int:
    return day.year * 12 + day.month - 1
