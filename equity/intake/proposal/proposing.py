"""One proposal, its steps in their order: which column has which role, by which evidence, and what must be asked."""

from __future__ import annotations

from equity.intake.columns.column_names import AREA, MEASURE, heard
from equity.intake.proposal.making.alongside import ReadingAlongside
from equity.intake.proposal.proposal_parts import Proposal
from equity.vocabulary import LongColumns, Mapping, Measure, Problem
from equity.vocabulary.mapping import MeasureColumns, Shape, Spellings

NO_GROUPS = Problem(
    "warning",
    "no_stratifier",
    "No column that groups people was recognized.",
    "Add [stratifiers.NAME] with the column that does, or only_over_time = true under [extract].",
)


class Proposing(ReadingAlongside):
    """One proposal from the first step to the last."""

    def proposal(self) -> Proposal:
        """The mapping, with its reasons, decisions and open questions."""
        self._find_roles()
        shape = self.shape()
        further = self.beside() if shape == "counts" else []
        long = self._find_groups(shape)
        measures, measure_columns = self.measures(shape)
        self._ask_about_lines(shape, long)
        self._ask_about_cells(shape, measures)
        if not long and not self.stratifiers:
            self.problems.append(NO_GROUPS)
        alongside = self.read_alongside(further, long=long is not None) if shape == "counts" else None
        if alongside is not None:
            shape, (measures, measure_columns) = "wide", alongside
        self.ask_polarities(measures)
        if shape in ("rows", "wide", "counts") and not long:
            self.offer()
        return Proposal(
            self._mapping(shape, long, measures, measure_columns),
            tuple(self.reasons),
            tuple(self.columns),
            tuple(self.problems),
            tuple(self.questions),
            tuple(self.decisions),
        )

    def _find_roles(self) -> None:
        """What can be told of columns before the shape is known: ids, the time, the measure's name, who counts."""
        self.identifying()
        self.period()
        self.choose(
            "measure", lambda c: bool(MEASURE.search(heard(c.name))) and c.type == "text" and c.distinct <= 500, 0.9
        )
        self.take_measure_ids()
        self.take_shared_n()
        self.ask_weights()
        self.choose("clinical_area", lambda c: bool(AREA.search(heard(c.name))) and c.type == "text", 0.8)
        self.ask_who_counts()
        self.leave_out_versions()
        self.ask_times()

    def _find_groups(self, shape: Shape) -> LongColumns | None:
        """The columns that group people, or the two that hold a grouping's name and its group; who everyone is."""
        if shape not in ("rows", "wide"):
            self.questions = [q for q in self.questions if not q.key.startswith("weights:")]
        long = self.long() if shape != "wide" else None
        if not long:
            self.group(shape)
        if shape == "counts":
            self.find_everyone()
            self.leave_out_no_counts()
            if not long:
                self.find_totals()
        return long

    def _ask_about_lines(self, shape: Shape, long: LongColumns | None) -> None:
        """Whether lines count up over time, stand there twice, or are of one person each."""
        if shape == "counts":
            self.ask_running()
        if shape in ("counts", "estimates") and not self.questions:
            self.find_repeats(shape, long)
        if shape in ("rows", "wide"):
            self.ask_once()

    def _ask_about_cells(self, shape: Shape, measures: dict[str, Measure]) -> None:
        """How dates, numbers and codes are meant, and what no rate can be."""
        self.ask_unread_dates()
        self.ask_decimal()
        self.ask_durations()
        self.ask_stand_ins(shape)
        self.amounts_are_means(measures)
        self.ask_beyond_reach(measures)

    def _mapping(
        self,
        shape: Shape,
        long: LongColumns | None,
        measures: dict[str, Measure],
        measure_columns: dict[str, MeasureColumns],
    ) -> Mapping:
        return Mapping(
            shape=shape,
            columns=self.sources,
            stratifiers=tuple(self.stratifiers),
            long=long,
            measures=measures,
            measure_columns=measure_columns,
            header=self.header,
            missing=self.missing,
            sheet=self.sheet,
            spellings=Spellings("," if self.decimal_comma() else "", self.counted(), self.form),
            answers=self.answers,
            leave_out=self.leave_out,
            scales=self.scales,
        )
