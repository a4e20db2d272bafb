"""Counts of people that the file's own rates bear witness to, though no name gives them away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from equity.intake.columns.column_names import ESTIMATE, RATE_WORDS, heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.columns.units import says_percent
from equity.intake.proposal.evidence import Evidence, multiplier_of, telling_row
from equity.intake.proposal.measures.denominators import (
    EXCLUSION,
    MOST_ANSWERS,
    MOST_COLUMNS,
    MOSTLY,
    SCALES,
    Denominator,
    in_numbers,
)
from equity.vocabulary import Answer, OpenQuestion, Setting


@dataclass(frozen=True)
class Witnessed:
    """Two columns of counts of which a third column is the rate."""

    x: str
    n: str
    rate: str
    multiplier: float
    minus: tuple[str, ...] = ()


def witnessed_counts(evidence: Evidence, free: Sequence[ColumnProfile]) -> list[Witnessed]:
    """Every column of counts whose rate the file shows beside it, with each column out of which it does.

    Whatever they are called. Shares that are capped or rounded away may be a few, so not all rows need to fit.
    """
    counts = [c for c in free if c.type == "number" and (c.lowest or 0) >= 0 and _whole(evidence, c)]
    counts = [c for c in counts if not says_percent(c.name)][:MOST_COLUMNS]
    rates = [c for c in free if c.is_number and c not in counts and (not c.whole or says_percent(c.name))][
        :MOST_COLUMNS
    ]
    exposures = [
        c
        for c in rates
        if c.type == "number" and not (RATE_WORDS.search(heard(c.name)) or ESTIMATE.search(heard(c.name)))
    ]
    return (
        _witnessed(evidence, counts, counts, rates)
        or _witnessed(evidence, counts, exposures, rates)
        or _witnessed_less(evidence, counts, rates)
    )


def _witnessed_less(
    evidence: Evidence, counts: Sequence[ColumnProfile], rates: Sequence[ColumnProfile]
) -> list[Witnessed]:
    """The one pair of counts whose rate the file shows once those who are excluded are taken off; else none."""
    out = tuple(c.name for c in counts if EXCLUSION.search(heard(c.name)))
    rest = [c for c in counts if c.name not in out]
    witnessed = []
    for rate in rates if out else ():
        shown, decimals = evidence.numbers(rate.name), evidence.decimals(rate.name)
        for x, n in permutations(rest, 2):
            less = evidence.numbers(n.name) - sum(np.nan_to_num(evidence.numbers(name)) for name in out)
            multiplier = multiplier_of(evidence.numbers(x.name), less, shown, decimals, SCALES, MOSTLY)
            if multiplier is not None:
                witnessed.append(Witnessed(x.name, n.name, rate.name, multiplier, out))
    return witnessed if len(witnessed) == 1 else []


def _witnessed(
    evidence: Evidence, xs: Sequence[ColumnProfile], ns: Sequence[ColumnProfile], rates: Sequence[ColumnProfile]
) -> list[Witnessed]:
    by_pair: dict[tuple[str, str], Witnessed] = {}
    for rate in rates:
        shown, decimals = evidence.numbers(rate.name), evidence.decimals(rate.name)
        for n in ns:
            for x in xs:
                if n in (x, rate) or (x.name, n.name) in by_pair or (x.lowest or 0) > (n.highest or 0):
                    continue
                both = evidence.numbers(x.name), evidence.numbers(n.name)
                multiplier = multiplier_of(*both, shown, decimals, SCALES, MOSTLY)
                if multiplier is not None:
                    by_pair[x.name, n.name] = Witnessed(x.name, n.name, rate.name, multiplier)
    return list(by_pair.values())


def ask_population(evidence: Evidence, witnessed: Sequence[Witnessed], groups: Sequence[str]) -> OpenQuestion | None:
    """Which n is meant where the file shows rates of the same counts out of several columns."""
    names = list(dict.fromkeys(w.n for w in witnessed))
    every = list(dict.fromkeys(w.x for w in witnessed))
    if len(names) < 2 or all(sum(w.x == x for w in witnessed) == 1 for x in every):
        return None
    answers = []
    for name in names[:MOST_ANSWERS]:
        w = next(w for w in witnessed if w.n == name)
        x, n = evidence.numbers(w.x), evidence.numbers(w.n)
        row = telling_row(x, n)
        example = in_numbers(evidence, groups, row, x, Denominator(w.n, (), n))
        path = ("columns",) if len(every) == 1 else ("measures", w.x)
        settings = tuple(Setting(("measures", each, "n"), name) for each in every if len(every) > 1) or (
            Setting((*path, "n"), name),
        )
        answers.append(Answer(f"{example}, as “{w.rate}” says", settings))
    return OpenQuestion(
        f"population:{names[0]}",
        (*every, *names),
        f"The file shows rates out of {' and out of '.join(f'“{n}”' for n in names)}: which is meant?",
        tuple(answers),
        0.5,
        "it is the first of them",
    )


def _whole(evidence: Evidence, column: ColumnProfile) -> bool:
    known = evidence.numbers(column.name)
    known = known[np.isfinite(known)]
    return bool(len(known)) and bool((known == np.round(known)).all()) and float(known.max()) > 1
