"""Counts that run on from period to period (year to date, rolling twelve months, a panel as of a day).

A later period holds the people of the earlier ones, so that they must not be added up. The name of a column or a line
above the table says so, or the numbers do: within a year they never fall in any group, and grow as a sum does, or
the same people stand beside them every time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from equity.intake.columns.column_names import heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.proposal.evidence import Evidence, Numbers, plain, worked
from equity.intake.spellings.periods import ParsedPeriod, parse_period
from equity.vocabulary import Answer, ColumnSource, OpenQuestion, Setting
from equity.vocabulary.period import add_months

Kind = Literal["running", "rolling", "snapshot"]
_RUNNING = re.compile(
    r"\b(?:ytd|fytd|qtd|cumulative\w*|cumul\w*|cum|kumul\w*|acumulad\w*|cumulat\w*)\b|\brunning (?:total|sum|count)\b|"
    r"\b(?:year|quarter|month) to date\b|\b(?:total|vaccinated|count|cases|number)\b.* to date\b|\bso far\b"
)
_ROLLING = re.compile(
    r"\b(?:rolling|trailing)\b|\b(?:12|twelve) months? (?:ending|ended|to)\b|\b(?:12|twelve) month (?:period|window)\b|"
    r"\byear ending\b|\bgleitend\w*|\bttm\b"
)
_SNAPSHOT = re.compile(r"^as (?:of|at)\b|\bsnapshot\b|\bstichtag\b|\bpoint in time\b|\b(?:census|panel) date\b")
FEWEST = 3
LIKE_A_SUM = 0.7
GROWS = 1.5
YEAR = 12


@dataclass(frozen=True)
class _Series:
    """One group's counts in one year, in the order of time."""

    x: Numbers
    n: Numbers | None

    @property
    def never_falls(self) -> bool:
        return bool((np.diff(self.x) >= 0).all()) and (np.diff(self.x) > 0).mean() >= LIKE_A_SUM

    @property
    def grows_like_a_sum(self) -> bool:
        """Whether the last is about as many times the first as there are periods."""
        sums = self.x[-1] >= LIKE_A_SUM * len(self.x) * self.x[0] > 0
        return bool(sums and (self.n is None or (np.diff(self.n) >= 0).all()))

    @property
    def same_people(self) -> bool:
        """Whether the same number of people stands beside counts that grow by half or more."""
        return self.n is not None and bool((self.n == self.n[0]).all()) and bool(self.x[-1] >= GROWS * self.x[0])


def ask_running(
    evidence: Evidence,
    period: ColumnSource,
    keys: Sequence[str],
    counts: tuple[Numbers, Numbers | None],
    said: Sequence[str],
    named: Sequence[str],
) -> OpenQuestion | None:
    """Whether later periods hold the earlier ones, or None where nothing speaks for it.

    ``keys`` tell the groups and measures apart, ``counts`` are x and n of each row, ``said`` the lines above the table
    and the texts of columns that say one thing throughout, ``named`` the columns that are read.
    """
    if period.column is None:
        return None
    column = evidence.columns[period.column]
    parsed = {text: parse_period(text, column.spelling) for text in column.values}
    days = [p.day for p in parsed.values() if p.state == "value"]
    if len(set(days)) < 2:
        return None
    finer = any(p.grain != "year" for p in parsed.values() if p.state == "value")
    kind = _by_words([heard(text) for text in named], [heard(text) for text in said], finer)
    why = "its name says so"
    if kind is None and finer and not period.more:  # years that grow are a trend
        kind = _by_numbers(evidence, column, parsed, keys, counts)
        why = "within a year the counts never fall in any group" if kind else ""
    return _question(evidence, period, parsed, keys, counts, kind, why) if kind else None


def _by_words(named: Sequence[str], said: Sequence[str], finer: bool) -> Kind | None:
    """By the names of the columns that are read, and by what is said of the whole table (there “as of” is a date of
    printing); years stand apart even where each of them is called a rolling one."""
    if any(_RUNNING.search(text) for text in (*named, *said)):
        return "running"
    if finer and any(_ROLLING.search(text) for text in (*named, *said)):
        return "rolling"
    return "snapshot" if finer and any(_SNAPSHOT.search(text) for text in named) else None


def _by_numbers(
    evidence: Evidence,
    column: ColumnProfile,
    parsed: dict[str, ParsedPeriod],
    keys: Sequence[str],
    counts: tuple[Numbers, Numbers | None],
) -> Kind | None:
    series = _series(evidence, column, parsed, keys, counts)
    if len(series) < 2 or not all(s.never_falls for s in series):
        return None
    if all(s.same_people for s in series) or all(s.grows_like_a_sum for s in series):
        return "running"
    return None


def _series(
    evidence: Evidence,
    column: ColumnProfile,
    parsed: dict[str, ParsedPeriod],
    keys: Sequence[str],
    counts: tuple[Numbers, Numbers | None],
) -> list[_Series]:
    x, n = counts
    context = evidence.together(list(keys))
    rows: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row, text in enumerate(column.cells):
        period = parsed.get(text)
        if period is not None and period.day is not None and np.isfinite(x[row]):
            rows.setdefault((int(context[row]), period.day.year), []).append((period.day.toordinal(), row))
    series = []
    for listed in rows.values():
        ordered = [row for _, row in sorted(listed)]
        if len(ordered) < FEWEST or len({day for day, _ in listed}) < len(listed):
            continue
        series.append(_Series(x[ordered], None if n is None else n[ordered]))
    return series


def _question(
    evidence: Evidence,
    period: ColumnSource,
    parsed: dict[str, ParsedPeriod],
    keys: Sequence[str],
    counts: tuple[Numbers, Numbers | None],
    kind: Kind,
    why: str,
) -> OpenQuestion:
    name = period.column or ""
    last = max((text for text, p in parsed.items() if p.day), key=lambda text: str(parsed[text].day))
    row = next((r for r, c in enumerate(evidence.columns[name].cells) if c == last and np.isfinite(counts[0][r])), 0)
    said = plain(counts[0][row]) + ("" if counts[1] is None else f" of {plain(counts[1][row])}")
    example = f"{worked(evidence, [*list(keys)[-1:], name], row)}: {said}"
    if kind == "rolling":
        apart = _apart(parsed)
        label = f"only windows that stand apart, {', '.join(apart)}: {example}"
        settings = (Setting(("extract", "only", name), tuple(apart)),)
    elif period.more:
        part = evidence.columns[period.more[0]].cells[row]
        label = f"only “{part}” of each year, which holds the others: {example}"
        settings = (Setting(("extract", "only", period.more[0]), (part,)),)
    else:
        years = all(p.grain == "year" for p in parsed.values() if p.state == "value")
        each = "all" if years else "year"
        label = f"only the latest{'' if years else ' of each year'}, which holds the others: {example}"
        settings = (Setting(("layout", "latest"), (("column", name), ("each", each))),)
    asked = {
        "running": f"Do the counts of “{name}” run on, so that a later period holds the earlier ones?",
        "rolling": f"Does each period of “{name}” hold twelve months, so that the same people stand in several?",
        "snapshot": f"Does each date of “{name}” show the same people again?",
    }[kind]
    return OpenQuestion(
        f"running:{name}",
        (name,),
        asked,
        (Answer(label, settings), Answer("no: each period counts people of its own, and they are added up")),
        0.8,
        why,
    )


def _apart(parsed: dict[str, ParsedPeriod]) -> list[str]:
    """The texts of the last period, and of those that lie whole years before it."""
    by_day = {p.day.replace(day=1): text for text, p in parsed.items() if p.day is not None}
    wanted, kept = max(by_day), []
    while wanted >= min(by_day):
        if wanted in by_day:
            kept.append(by_day[wanted])
        wanted = add_months(wanted, -YEAR)
    return sorted(kept, key=lambda text: str(parsed[text].day))
