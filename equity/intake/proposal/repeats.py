"""Rows that stand under the same measure, period and groups: a column that tells them apart is not mapped.

And columns that split events and not people: one n is repeated over all of their values, so that nothing may be added
over them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from equity.intake.columns.column_names import EXCLUDED, STRATIFIERS, heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.proposal.evidence import Evidence, Numbers, percent, plain, worked
from equity.intake.proposal.times.revisions import likeliest_first, tells_lengths, tells_versions
from equity.vocabulary import Answer, OpenQuestion, Setting

MOST_VALUES = 50
MOST_ANSWERS = 4
OFTEN = 0.01
TELLS = 0.9


def splits_events(evidence: Evidence, column: str, others: Sequence[str], n: Numbers) -> bool:
    """Whether one n is repeated over all values of a column in each context, while it differs between contexts."""
    context = evidence.together(others)
    known = np.isfinite(n) & (n > 1)
    if not known.any():
        return False
    height = int(context.max(initial=0)) + 1
    low, high = np.full(height, np.inf), np.full(height, -np.inf)
    np.minimum.at(low, context[known], n[known])
    np.maximum.at(high, context[known], n[known])
    pairs = np.unique(np.column_stack([context[known], evidence.codes(column)[known]]), axis=0)
    several = np.bincount(pairs[:, 0], minlength=height) > 1
    if several.sum() < 2 or len(np.unique(low[several])) < 2:
        return False
    return float((low[several] == high[several]).mean()) >= 0.95


def is_known_grouping(column: ColumnProfile) -> bool:
    """Whether a column's name is one by which people are grouped."""
    return any(pattern.search(heard(column.name)) for _, _, pattern, _ in STRATIFIERS)


def repeated(evidence: Evidence, keys: Sequence[str], known: Numbers) -> float:
    """The share of rows that stand under the same keys as an earlier row (rows without a number are passed over)."""
    mask = np.isfinite(known)
    codes = evidence.together(keys)[mask]
    return 1 - len(np.unique(codes)) / len(codes) if len(codes) else 0.0


def telling_column(
    evidence: Evidence, keys: Sequence[str], known: Numbers, free: Sequence[ColumnProfile]
) -> ColumnProfile | None:
    """The column with the fewest values that tells nearly all repeated rows apart."""
    before = repeated(evidence, keys, known)
    told = [
        c
        for c in free
        if 2 <= c.distinct <= MOST_VALUES and repeated(evidence, [*keys, c.name], known) <= (1 - TELLS) * before
    ]
    return min(told, key=lambda c: (bool(EXCLUDED.search(heard(c.name))), c.distinct), default=None)


def ask_which(
    evidence: Evidence,
    column: ColumnProfile,
    groups: Sequence[str],
    x: Numbers,
    n: Numbers | None,
    has_measure: bool,
) -> OpenQuestion:
    """Which of a column's values is read, where rows repeat without it."""
    answers: list[Answer] = []
    versions = tells_versions(column) or tells_lengths(column)
    if not has_measure and not versions:
        answers.append(
            Answer(
                f"each value of “{column.name}” is a measure: {_example(evidence, column, groups, x, n, '')}",
                (Setting(("columns", "measure"), column.name), Setting(("measures",), None)),
            )
        )
    for value in likeliest_first(column.values)[: MOST_ANSWERS - len(answers)]:
        answers.append(
            Answer(
                f"only “{value}”: {_example(evidence, column, groups, x, n, value)}",
                (Setting(("extract", "only", column.name), (value,)),),
            )
        )
    return OpenQuestion(
        f"repeats:{column.name}",
        (column.name,),
        f"The same group and period stand in the file more than once; “{column.name}” tells the rows apart. "
        "Which are meant?",
        tuple(answers),
        0.5,
        "they cannot be added up unless they count different people",
    )


def ask_repeats(keys: Sequence[str], share: float) -> OpenQuestion:
    """Rows that repeat, and no column tells them apart."""
    named = " and ".join(f"“{k}”" for k in keys[-3:])
    return OpenQuestion(
        "repeats",
        tuple(keys),
        f"{percent(share)} of the rows repeat an earlier one in {named}, and no other column tells them apart. "
        "Do they count the same people again?",
        (
            Answer("yes: only the first of each is read", (Setting(("extract", "repeats"), "first"),)),
            Answer("no: they are parts, and are added up", (Setting(("extract", "repeats"), "add"),)),
        ),
        0.5,
        "an extract that was joined once too often looks like this",
    )


def _example(
    evidence: Evidence, column: ColumnProfile, groups: Sequence[str], x: Numbers, n: Numbers | None, value: str
) -> str:
    cells = column.cells
    row = next((r for r in range(len(cells)) if (not value or cells[r] == value) and np.isfinite(x[r])), None)
    if row is None:
        return "no number"
    said = plain(x[row]) if n is None else f"{plain(x[row])} of {plain(n[row])}"
    return f"{worked(evidence, groups, row)} {said}"
