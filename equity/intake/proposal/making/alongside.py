"""Several counts of events over one population, each a measure of its own."""

from __future__ import annotations

from collections.abc import Sequence

from equity.intake.columns.profile import ColumnProfile
from equity.intake.proposal.making.measured import DescribingMeasures
from equity.intake.proposal.measures.further_counts import as_good, ask_further, further_counts, is_of_its_own
from equity.intake.proposal.measures.measure_proposal import count_kind, described
from equity.intake.proposal.proposal_parts import Reason
from equity.vocabulary import ColumnSource, Decision, Measure
from equity.vocabulary.mapping import MeasureColumns

Measures = tuple[dict[str, Measure], dict[str, MeasureColumns]]


class ReadingAlongside(DescribingMeasures):
    """Counts that would otherwise be passed over."""

    def beside(self) -> list[ColumnProfile]:
        """The further counts of events, before anything else takes them."""
        x, n = self.profile_of("x"), self.profile_of("n")
        return further_counts(self.evidence, x, n, self.free()) if x is not None and n is not None else []

    def read_alongside(self, further: Sequence[ColumnProfile], *, long: bool) -> Measures | None:
        """The measures of all counts and their columns, where one is read as surely as the other.

        None where a single one is read; then it is asked which, if there are several.
        """
        x, n = self.profile_of("x"), self.profile_of("n")
        if not further or x is None or n is None:
            return None
        for column in further if is_of_its_own(x) else ():
            self.ask_whether_runs_on(column, n)
        plainly = self.sources["x"] == ColumnSource(column=x.name) and self.sources["n"] == ColumnSource(column=n.name)
        named = self.sources.get("measure")
        witness = self.denominator is not None and self.denominator.witness
        waiting = any(q.waits for q in self.questions)
        if (
            not is_of_its_own(x)
            or not as_good(x, n, further)
            or not plainly
            or witness
            or waiting
            or long
            or (named and named.column)
        ):
            name = named.value if named is not None and named.value else ""
            self.questions.append(ask_further(self.evidence, x, n, further, name))
            return None
        return self._measured(x, n, further)

    def _measured(self, x: ColumnProfile, n: ColumnProfile, further: Sequence[ColumnProfile]) -> Measures:
        every = [x, *further]
        kinds = [count_kind(c, n, None, self.columns)[:2] for c in every]
        rate = max(kinds, key=lambda counted: (counted[0] == "rate", counted[1]))  # one population, one kind
        for role in ("x", "n", "measure"):
            self.sources.pop(role, None)
        self.reasons = [r for r in self.reasons if r.role not in ("x", "n", "measure", "rate", "proportion")]
        gone = {c.name for c in every}
        self.reasons = [r for r in self.reasons if not (r.column in gone and r.role == "left out")]
        why = f"each counts events out of “{n.name}”"
        self.decisions.append(Decision("x", " and ".join(c.name for c in every), why, 0.9))
        for column in every:
            self.taken[column.name] = "x"
            self.reasons.append(Reason(column.name, f"x of {column.name}", why, 0.9))
        self.reasons.append(Reason(n.name, "n", "its name says that it counts everyone", 0.85))
        measures = {c.name: described(c.name, "wide", *rate) for c in every}
        return measures, {c.name: MeasureColumns(c.name, n.name) for c in every}
