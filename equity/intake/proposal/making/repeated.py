"""Rows that stand under the same groups and period."""

from __future__ import annotations

import numpy as np

from equity.intake.proposal.making.totals import FindingTotals
from equity.intake.proposal.repeats import (
    OFTEN,
    ask_repeats,
    ask_which,
    repeated,
    telling_column,
)
from equity.vocabulary import (
    LongColumns,
)
from equity.vocabulary.mapping import Shape


class FindingRepeats(FindingTotals):
    """Rows that would be added up or read twice."""

    def find_repeats(self, shape: Shape, long: LongColumns | None) -> None:
        """Rows under the same groups and period, and the column that tells them apart."""
        value = self.profile_of("x" if shape == "counts" else "estimate")
        if value is None:
            return
        keys = [*self.keys(), *([long.dimension, long.group] if long else [])]
        known = self.evidence.numbers(value.name).copy()
        known[self.left_out_rows()] = np.nan
        share = repeated(self.evidence, keys, known)
        if share <= OFTEN or not keys:
            return
        numbers = {s.column for s in self.sources.values()}
        free = [
            c
            for c in self.columns
            if c.name not in keys
            and c.name not in numbers
            and c.type != "empty"
            and not c.identifying
            and not (c.is_number and not c.whole)
        ]
        column = telling_column(self.evidence, keys, known, free)
        n = self.denominator.denominator.numbers if self.denominator else None
        if column is not None:
            strata = [c for s in self.stratifiers for c in s.columns]
            groups = [long.group] if long else strata[:2]
            has_measure = bool(self.sources["measure"].column)
            self.questions.append(ask_which(self.evidence, column, groups, known, n, has_measure))
        elif shape == "counts":
            self.questions.append(ask_repeats(keys, share))

    def left_out_rows(self) -> np.ndarray:
        """The rows that the mapping leaves out as totals."""
        out = np.zeros(self.evidence.rows, dtype=np.bool_)
        for column, values in self.leave_out.items():
            wanted = {v.casefold() for v in values}
            out |= np.array([c.casefold() in wanted for c in self.by_name[column].cells])
        return out
