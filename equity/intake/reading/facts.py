"""What a reading gives, and how its findings are told: at most a few of one kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from equity.vocabulary import (
    Grain,
    Measure,
    Problem,
    SourceFile,
    Stratifier,
)
from equity.vocabulary.description import Tables, Values
from equity.vocabulary.form import NO_FORM, Form

MOST_OF_A_KIND = 5


@dataclass(frozen=True)
class Facts:
    """What a reading found, beside the fact table that it wrote (columns: docs/house.md)."""

    shape: str
    tables: Tables
    values: Values
    grain: Grain
    periods: tuple[str, ...]
    has_person: bool
    measures: tuple[Measure, ...]
    stratifiers: tuple[Stratifier, ...]
    rows_in: int
    rows_used: int
    rows_set_aside: int
    sources: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]
    form: Form = NO_FORM


def few_of_a_kind(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The findings, of one kind at most five and how many more there are; rows that were set aside are all told."""
    seen: Counter[str] = Counter()
    told: list[Problem] = []
    for problem in problems:
        seen[problem.code] += 1
        if problem.severity == "set_aside" or seen[problem.code] <= MOST_OF_A_KIND:
            told.append(problem)
    last = {p.code: p for p in problems if p.severity != "set_aside" and seen[p.code] > MOST_OF_A_KIND}
    for code, problem in last.items():
        more = seen[code] - MOST_OF_A_KIND
        told.append(replace(problem, message=f"And {more:,} more findings of this kind.", row=0, count=more, column=""))
    return tuple(told)
