"""Rows that must not stand beside one another: snapshots of a running total, and the same rate with and without
standardisation."""

from __future__ import annotations

import itertools
import re

from equity.intake.columns.column_names import heard
from equity.intake.layout.sample import Sample
from equity.intake.spellings.missing import squeeze
from equity.intake.spellings.period_spelling import Spelling, spelling_of
from equity.intake.spellings.periods import parse_period
from equity.vocabulary import Answer, OpenQuestion, Setting
from equity.vocabulary.layout import Latest

FEWEST_DAYS = 3
PLAIN = Spelling()
_ADJUSTED = re.compile(r"\b(?:standardi[sz]ed|adjusted|age adjusted|standardisiert|adjustment|rate type)\b")
_CRUDE = re.compile(r"^(?:false|no|0|n|f|crude|unadjusted|observed|crude (?:rate|prevalence)|nein|non)$", re.IGNORECASE)


def running_totals(sample: Sample) -> tuple[Latest, str] | None:
    """Snapshots several times a month whose counts never fall while the people stay the same, and why.

    Only the last day is kept: months of a running total would be added up to years that count people again.
    """
    labels: list[int] | None = None
    for place in range(len(sample.header)):
        texts = sample.column(place)
        spelling = spelling_of(dict.fromkeys(texts), sample.header[place])
        days = [_day(t, spelling) for t in texts]
        if any(d is None for d in days) or len(set(days)) < FEWEST_DAYS:
            continue
        months = {d[:7] for d in days if d}
        if len(set(days)) <= len(months):
            continue
        if labels is None:
            labels = [p for p in sample.texts if _day(sample.column(p)[0]) is None]
        growing, constant = _growing(sample, place, [d or "" for d in days], labels)
        if growing and constant:
            why = (
                f"“{sample.header[growing[0]]}” never falls from day to day in any group while "
                f"“{sample.header[constant[0]]}” stays the same: each day counts everyone so far"
            )
            return Latest(sample.header[place], "all"), why
    return None


def _day(text: str, spelling: Spelling = PLAIN) -> str | None:
    parsed = parse_period(text, spelling)
    return parsed.day.isoformat() if parsed.day is not None and parsed.grain == "day" else None


def _growing(sample: Sample, place: int, days: list[str], labels: list[int]) -> tuple[list[int], list[int]]:
    """The columns of counts that never fall over the days of a group, and those that never change.

    ``labels`` are the columns that tell groups apart.
    """
    groups = sample.alike([p for p in labels if p != place], FEWEST_DAYS)
    series = [sorted((days[row], sample.numbers[row]) for row in rows) for rows in groups]
    if not series or any(len({d for d, _ in rows}) < len(rows) for rows in series):
        return [], []
    growing, constant = [], []
    for column in sorted(sample.numeric - {place}):
        steps = []
        for rows in series:
            values = [v for _, numbers in rows if (v := numbers[column]) is not None]
            steps += [b - a for a, b in itertools.pairwise(values)]
        whole = all(v is None or v == int(v) for numbers in sample.numbers for v in (numbers[column],))
        if not steps or not whole:
            continue
        if all(s == 0 for s in steps):
            constant.append(column)
        elif sum(s >= 0 for s in steps) >= 0.98 * len(steps) and sum(s > 0 for s in steps) >= 0.5 * len(steps):
            growing.append(column)
    return growing, constant


def adjusted_beside_crude(sample: Sample) -> tuple[OpenQuestion, dict[str, tuple[str, ...]]] | None:
    """A question which of two rates of the same group is meant, and the rows that are kept meanwhile."""
    for place, name in enumerate(sample.header):
        values = list(dict.fromkeys(t for t in sample.column(place) if t))
        if len(values) != 2:
            continue
        crude = next((v for v in values if _CRUDE.match(v)), None)
        adjusted = next((v for v in values if v != crude), "")
        if crude is None or not (_ADJUSTED.search(heard(name)) or _ADJUSTED.search(heard(adjusted))):
            continue
        answers = tuple(
            Answer(f"{_first(sample, place, value)}: only rows with {name} = {value}", _kept(name, value))
            for value in (crude, adjusted)
        )
        question = OpenQuestion(
            f"adjusted:{name}",
            (name,),
            f"Each group stands twice, with “{name}” {crude} and {adjusted}: which of the two rates is to be read?",
            answers,
            0.6,
            "a rate as it was counted can be compared with what the team sees; an adjusted one has other uses",
        )
        return question, {name: (crude,)}
    return None


def _kept(name: str, value: str) -> tuple[Setting, ...]:
    return (Setting(("layout", "keep", name), (value,)),)


def _first(sample: Sample, place: int, value: str) -> str:
    """The first row of one kind in words: its labels and its first number that is no year or code."""
    for cells, numbers in zip(sample.data, sample.numbers, strict=True):
        if squeeze(cells[place]) != value:
            continue
        labels = [squeeze(cells[p]) for p in sample.texts if p != place and len(set(sample.column(p))) > 1][:3]
        fractional = [p for p in sorted(sample.numeric) if (v := numbers[p]) is not None and v != int(v)]
        if fractional:
            return f"{', '.join(labels)}: {cells[fractional[0]][:8]}"
    return value
