"""Counts of events beside those that are read (deaths and hospitalizations): measures of their own, or asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from equity.intake.columns.column_names import EXCLUDED, NO, RATE_WORDS, heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.columns.value_columns import EXPECTED
from equity.intake.proposal.evidence import Evidence, percent, plain, telling_row, worked
from equity.vocabulary import Answer, OpenQuestion, Setting

MOSTLY = 0.95
MOST_ANSWERS = 4
_NOUN = r"(?:cases|deaths|events|hospitali[sz]ations|admissions|readmissions|infections|diagnoses)"
_EVENTS = re.compile(rf"\b{_NOUN}(?: count| n| number)?$|^(?:number of |n |num ){_NOUN}\b")
_PLAIN = re.compile(r"^(?:number of |n |num )?(cases|deaths|hospitali[sz]ations|admissions|infections)(?: count)?$")
_PEOPLE = re.compile(r"\b(?:pop|population|residents|person years|person months|member months|einwohner|población)\b")


def further_counts(
    evidence: Evidence, x: ColumnProfile, n: ColumnProfile, free: Sequence[ColumnProfile]
) -> list[ColumnProfile]:
    """The columns without a role whose names count events, and that are never more than ``n``: as that of ``x`` does,
    or beside an ``x`` that is only called the numerator and holds other numbers."""
    whole = evidence.numbers(n.name)
    counts = []
    for column in free:
        name = heard(column.name)
        if not _EVENTS.search(name) or any(p.search(name) for p in (EXCLUDED, NO, RATE_WORDS, EXPECTED)):
            continue
        if column.type != "number" or not column.whole or column.distinct < 2 or (column.lowest or 0) < 0:
            continue
        own = evidence.numbers(column.name)
        known = np.isfinite(own) & np.isfinite(whole)
        again = any(np.array_equal(own, evidence.numbers(c.name), equal_nan=True) for c in (x, n))
        if known.any() and not again and (own[known] <= whole[known]).mean() >= MOSTLY:
            counts.append(column)
    return counts


def is_of_its_own(x: ColumnProfile) -> bool:
    """Whether the name of ``x`` says by itself which events it counts, as those of its neighbours do."""
    return bool(_EVENTS.search(heard(x.name)))


def as_good(x: ColumnProfile, n: ColumnProfile, further: Sequence[ColumnProfile]) -> bool:
    """Whether each of the counts is of events of its own among the same people: nouns alone, out of a population.

    Deaths of men are not out of everyone, and readmissions not out of those who were never admitted.
    """
    nouns = [_PLAIN.match(heard(c.name)) for c in (x, *further)]
    different = {noun[1] for noun in nouns if noun is not None}
    return bool(_PEOPLE.search(heard(n.name))) and len(different) == len(nouns)


def ask_further(
    evidence: Evidence, x: ColumnProfile, n: ColumnProfile, further: Sequence[ColumnProfile], measure: str
) -> OpenQuestion:
    """Which of several counts of events is read; ``measure`` is what the first is called, empty where a column says.

    Loading does not wait for it where the first is the numerator by name: then the others are only left out.
    """
    listed = [x, *further][:MOST_ANSWERS]
    return OpenQuestion(
        f"events:{x.name}",
        tuple(c.name for c in (*listed, n)),
        f"{' and '.join(f'“{c.name}”' for c in listed)} count events beside “{n.name}”, and one is read: which? "
        "(A mapping in the shape wide reads several, each with its own x and n.)",
        tuple(Answer(_example(evidence, c, n), _settings(c, x, measure)) for c in listed),
        0.5,
        "it is the first of them" if is_of_its_own(x) else "its name speaks for it",
        waits=is_of_its_own(x),
    )


def _settings(column: ColumnProfile, first: ColumnProfile, measure: str) -> tuple[Setting, ...]:
    if column is first:
        return (Setting(("columns", "x"), column.name),)
    named = (
        Setting(("columns", "measure"), (("value", column.name),)),
        Setting(("measures", measure), None),
        Setting(("measures", column.name, "kind"), "rate"),
        Setting(("measures", column.name, "multiplier"), 100_000.0),
    )
    return (Setting(("columns", "x"), column.name), *(named if measure else ()))


def _example(evidence: Evidence, x: ColumnProfile, n: ColumnProfile) -> str:
    some, every = evidence.numbers(x.name), evidence.numbers(n.name)
    row = telling_row(some, every)
    said = f"“{x.name}” out of “{n.name}”"
    if row is None or not every[row]:
        return said
    groups = [c.name for c in evidence.columns.values() if c.type == "text" and not c.identifying][:2]
    share = percent(some[row] / every[row])
    return f"{said}: {worked(evidence, groups, row)} {plain(some[row])} of {plain(every[row])} = {share}"
