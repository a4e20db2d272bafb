"""Everyone and totals, by their sums: what must not be counted twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from equity.intake.columns.profile import ColumnProfile
from equity.intake.columns.units import times
from equity.intake.proposal.evidence import Numbers
from equity.intake.proposal.groupings.band_schemes import ask_bands
from equity.intake.proposal.groupings.totals import find_totals
from equity.intake.proposal.groupings.wholes import ask_whole, is_all_measures
from equity.intake.proposal.making.grouped import FindingGroups
from equity.intake.proposal.measures.complements import ask_total, complements
from equity.intake.proposal.measures.denominators import (
    find_denominator,
)
from equity.intake.proposal.proposal_parts import Reason
from equity.vocabulary import (
    ColumnSource,
    Decision,
    Problem,
    StratifierMapping,
)


class FindingTotals(FindingGroups):
    """The denominators and totals of counts."""

    def find_everyone(self) -> None:
        """n by the file's own rates, and what its name says of thousands."""
        x, n = self.profile_of("x"), self.profile_of("n")
        if x is None:
            return
        if times(x.name) != 1:
            self.sources["x"] = ColumnSource(column=x.name, times=times(x.name))
        if n is None:
            return
        strata = {c for s in self.stratifiers for c in s.columns}
        used = [c for c, role in self.taken.items() if c not in (x.name, n.name) and role != "rate"] + sorted(strata)
        everyone = self.denominator = find_denominator(self.evidence, x, n, self.examples(), used)
        self.sources["n"] = everyone.denominator.source
        self.taken.pop(n.name, None)
        for name in (everyone.denominator.column, *everyone.denominator.minus):
            self.taken[name] = "n"
        self.decisions.append(everyone.decision)
        if everyone.witness:
            self.reasons.append(Reason(everyone.denominator.column, "n", everyone.decision.evidence, 0.99))
        if everyone.question is not None:
            self.questions.append(everyone.question)
        elif not everyone.witness:
            parts = complements([c for c in self.columns if c.is_number])
            if parts is not None and parts.x is x:
                self.questions += ask_total(self.evidence, parts, n, self.examples())

    def leave_out_no_counts(self) -> None:
        """Rows of a table of counts whose measure is a mean: “Age, mean (SD)”, 45.2 among whole counts."""
        x, measure = self.profile_of("x"), self.profile_of("measure")
        if x is None or measure is None:
            return
        values = self.evidence.numbers(x.name)
        broken = np.isfinite(values) & (values != np.round(values))
        names = {measure.cells[row] for row in np.flatnonzero(broken)}
        if not names or len(names) > 0.5 * measure.distinct:
            return
        self.leave_out[measure.name] = tuple(sorted(names))
        for name in sorted(names):
            self.decisions.append(Decision("left out", name, "its numbers are no whole counts, as all others are", 0.9))
            self.problems.append(
                Problem(
                    "note",
                    "no_counts",
                    f"“{name}” holds no counts, as the other measures do, so its rows are left out.",
                    "Load its means from a table of their own.",
                    measure.name,
                )
            )

    def find_totals(self) -> None:
        """Totals by their sums, whatever they are called; and rows that are totals by a note in another column."""
        x = self.profile_of("x")
        if x is None:
            return
        counts, known = self.counts(x)
        for place, s in enumerate(self.stratifiers):
            if len(s.columns) > 1:
                continue
            column = s.columns[0]
            totals_found = find_totals(self.evidence, column, self.keys(but=column), counts, known)
            self.decisions += totals_found.decisions
            drop = [*s.drop, *(t for t in totals_found.totals if t not in totals_found.by_word and t)]
            drop = [d for d in drop if d not in totals_found.kept]
            self.stratifiers[place] = _with_totals(s, tuple(dict.fromkeys(drop)), totals_found.kept)
            if "" in totals_found.totals or self.blank_rows_are_totals(column):
                self.leave_out |= self.notes_of_totals(column)
            for total in totals_found.totals:
                if total and total not in totals_found.by_word:
                    self.reasons.append(
                        Reason(column, f"drop “{total}”", "it is the sum of other values, so it is a total", 0.95)
                    )
            self.settle_overlaps(place, counts)
        self.leave_out_all_measures(counts, known)

    def settle_overlaps(self, place: int, counts: Sequence[Numbers]) -> None:
        """Groups of one column that hold one another: bands that overlap, and a value larger than all others."""
        column = self.stratifiers[place].columns[0]
        n = counts[1] if len(counts) > 1 else None
        bands = ask_bands(self.stratifiers[place], self.by_name[column].cells, counts[0], n)
        whole = ask_whole(self.evidence, self.stratifiers[place], self.keys(but=column), counts)
        for question in (bands, None if bands else whole):
            if question is not None:
                self.questions.append(question)
                drop = question.likeliest.settings[0].value
                assert isinstance(drop, tuple)
                s = self.stratifiers[place]
                self.stratifiers[place] = _with_totals(s, tuple(str(d) for d in drop), s.keep)

    def leave_out_all_measures(self, counts: Sequence[Numbers], known: np.ndarray) -> None:
        """A measure that is the sum of all the others is none."""
        measure = self.profile_of("measure")
        if measure is None or measure.distinct < 3:
            return
        totals_found = find_totals(self.evidence, measure.name, self.keys(but=measure.name), counts, known)
        for total, parts in totals_found.parts.items():
            summed = total not in totals_found.by_word and len(parts) == measure.distinct - 1
            if summed or is_all_measures(total):
                self.leave_out[measure.name] = (*self.leave_out.get(measure.name, ()), total)
                why = (
                    "it is the sum of all other measures"
                    if summed
                    else "its name says that it is all measures together"
                )
                self.decisions.append(Decision("total", total, why, 0.95))

    def counts(self, x: ColumnProfile) -> tuple[list[Numbers], np.ndarray]:
        """x and n of each row, and where both are known."""
        values = self.evidence.numbers(x.name)
        no = self.profile_of("no")
        n = self.denominator.denominator.numbers if self.denominator else None
        if n is None and no is not None:
            n = values + self.evidence.numbers(no.name)
        layers = [values] if n is None else [values, n]
        known = np.all([np.isfinite(layer) for layer in layers], axis=0)
        return [np.nan_to_num(layer) for layer in layers], known

    def blank_rows_are_totals(self, column: str) -> bool:
        """Whether a note beside every blank cell of a column calls its row a total."""
        return bool(self.notes_of_totals(column).keys() - {column})

    def notes_of_totals(self, column: str) -> dict[str, tuple[str, ...]]:
        """The rows to leave out where a column is blank: by the note in another column, else by the blank itself."""
        from equity.intake.columns.categories import is_total

        blank = [row for row, cell in enumerate(self.by_name[column].cells) if not cell]
        if not blank:
            return {}
        for other in self.columns:
            if other.name == column or other.name in self.sources or other.type == "empty":
                continue
            notes = {other.cells[row] for row in blank}
            filled = [cell for row, cell in enumerate(other.cells) if self.by_name[column].cells[row]]
            if sum(cell in notes for cell in filled) > 0.5 * len(filled):
                continue  # what most other rows say too marks no total ("All ages" throughout)
            if notes and all(note and is_total(note) for note in notes):
                return {other.name: tuple(sorted(notes))}
        return {column: ("",)}


def _with_totals(s: StratifierMapping, drop: tuple[str, ...], keep: tuple[str, ...]) -> StratifierMapping:
    return replace(s, drop=drop, keep=keep)
