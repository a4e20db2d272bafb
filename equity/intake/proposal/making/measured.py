"""What is measured: its name, its kind, and which way is better."""

from __future__ import annotations

from dataclasses import replace

from equity.intake.columns.profile import SAMPLED_ROWS
from equity.intake.columns.units import without_times
from equity.intake.columns.whole_column import values_of
from equity.intake.proposal.making.shaped import FindingShape
from equity.intake.proposal.measures import outcomes
from equity.intake.proposal.measures.beyond_reach import ask_beyond_reach
from equity.intake.proposal.measures.estimate_units import estimate_units
from equity.intake.proposal.measures.measure_proposal import count_kind, described, measure_name, row_kinds
from equity.intake.proposal.measures.parts_of_measures import ask_parts, parts_of_measures
from equity.intake.proposal.proposal_parts import Reason
from equity.vocabulary import (
    Answer,
    ColumnSource,
    Kind,
    Measure,
    OpenQuestion,
    Setting,
)
from equity.vocabulary.mapping import MeasureColumns, Shape

MOST_DESCRIBED = 60
MOST_POLARITIES = 3


class DescribingMeasures(FindingShape):
    """The measures of a file."""

    def measures(self, shape: Shape) -> tuple[dict[str, Measure], dict[str, MeasureColumns]]:
        """The measures with their meaning, by the file's witnesses first."""
        if shape == "wide":
            rates = self.wide_multipliers
            return {
                name: described(name, shape, "rate" if name in rates else "proportion", rates.get(name, 1.0))
                for name in self.wide
            }, self.wide
        estimate = self.profile_of("estimate")
        column = self.profile_of("measure")
        parts: tuple[str, ...] = ()
        if column is not None:
            gone = self.leave_out.get(column.name, ())
            names = [v for v in column.values[:MOST_DESCRIBED] if v and v not in gone]
            if len(column.cells) >= SAMPLED_ROWS:
                more = values_of(self.table, self.table.header.index(column.name))
                names += [v for v in more if v not in names][: MOST_DESCRIBED - len(names)]
            parts = parts_of_measures(names)
            self.questions += [ask_parts(column, names, parts)] if parts else []
        else:
            x = self.profile_of("x") or estimate
            names = [measure_name(self.table.name, self.table.titles, without_times(x.name) if x else "")]
            if x is not None and any(q.key.startswith("value:") and len(q.columns) > 1 for q in self.questions):
                names = [x.name]  # each of the columns that may be the outcome is a measure of its own
            self.sources["measure"] = ColumnSource(value=names[0])
            self.reasons.append(
                Reason(names[0], "measure", "no column names the measure, so the file's name does", 0.5)
            )
        self.period_from_title()
        if shape == "rows":
            kinds = row_kinds(names, column, self.profile_of("x"), self.profile_of("n"), self.answers)
            return {name: described(name, shape, *kinds[name]) for name in names}, {}
        if estimate is not None:
            units = estimate_units(self.evidence, estimate, column, names, self.lines(), self.examples())
            self.scales = units.scales
            self.decisions += units.decisions
            self.questions += units.questions
            measures = {
                name: replace(m, polarity="neutral") if name in parts else m for name, m in units.measures.items()
            }
            return measures, {}
        kind, multiplier = self.count_kind()
        return {name: described(name, shape, kind, multiplier) for name in names}, {}

    def count_kind(self) -> tuple[Kind, float]:
        """What counts are, by the rate of the file that they give, else by how rare they are."""
        x = self.profile_of("x")
        assert x is not None
        denominator = self.denominator
        if denominator is not None and denominator.multiplier is not None:
            rate = denominator.multiplier not in (1.0, 100.0)
            kind: Kind = "rate" if rate else "proportion"
            self.reasons.append(Reason(x.name, kind, denominator.decision.evidence, 0.99))
            return kind, denominator.multiplier if rate else 1.0
        witnessed = self.wide_multipliers.get(x.name, 1.0)
        if witnessed > 100:
            return "rate", witnessed
        kind, multiplier, why = count_kind(x, self.profile_of("n"), self.profile_of("no"), self.columns)
        self.reasons.append(Reason(x.name, kind, why, 0.8))
        return kind, multiplier

    def ask_polarities(self, measures: dict[str, Measure]) -> None:
        """Which way is better, where a name does not say. Loading does not wait for it: no word is said till then."""
        if any(q.key.startswith("value:") for q in self.questions):
            return  # what is measured is open itself
        unknown = [m for m in measures.values() if m.polarity == "neutral"][:MOST_POLARITIES]
        for measure in unknown:
            path = ("measures", measure.name, "polarity")
            self.questions.append(
                OpenQuestion(
                    f"polarity:{measure.name}",
                    (),
                    f"Which way is better for “{measure.name}”?",
                    (
                        Answer("neither: no group is called better or worse", (Setting(path, "neutral"),)),
                        Answer("higher is better", (Setting(path, "higher_better"),)),
                        Answer("lower is better", (Setting(path, "lower_better"),)),
                    ),
                    0.4,
                    "its name does not say",
                    waits=False,
                )
            )

    def amounts_are_means(self, measures: dict[str, Measure]) -> None:
        """An answer that calls codes amounts makes the measure a mean; one that makes an outcome of a column takes its
        grouping away."""
        own = {s.columns[0]: s.name for s in self.stratifiers if len(s.columns) == 1}
        for place, question in enumerate(self.questions):
            if not question.key.startswith(("codes:", "value:")):
                continue
            answers = []
            for answer in question.answers:
                more = [Setting(("measures", name, "kind"), "mean") for name in measures]
                settings = answer.settings + (tuple(more) if answer.settings == outcomes.NO_ANSWERS else ())
                x = next((s.value for s in answer.settings if s.path == ("columns", "x")), None)
                settings += (Setting(("stratifiers", own[x]), None),) if isinstance(x, str) and x in own else ()
                answers.append(replace(answer, settings=settings))
            self.questions[place] = replace(question, answers=tuple(answers))

    def ask_beyond_reach(self, measures: dict[str, Measure]) -> None:
        """What is read where a result lies beyond what was measured, of which a mean would make nothing."""
        x = self.profile_of("x")
        if x is None or "n" in self.sources or not measures or any(m.kind != "mean" for m in measures.values()):
            return
        question = ask_beyond_reach(self.evidence, x)
        if question is not None:
            self.questions.append(question)
            beyond = question.likeliest.settings[0].value
            assert isinstance(beyond, tuple)
            self.answers = replace(self.answers, neither=tuple(map(str, beyond)))
