"""One proposal in the making: which column has which role, by which evidence, and what must be asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from equity.intake.columns.column_names import (
    AREA,
    CODE,
    ESTIMATE,
    EXCLUDED,
    LOWER,
    MEASURE,
    NOT_A_NUMBER,
    PERIOD,
    SE,
    STRATIFIERS,
    UPPER,
    YES_NO_X,
    N,
    X,
    heard,
)
from equity.intake.columns.identifying import is_person_id
from equity.intake.columns.profile import SAMPLED_ROWS, ColumnProfile
from equity.intake.columns.units import per, says_duration, says_percent, times, without_times
from equity.intake.columns.value_columns import counted, everyone, numbered_pairs, says_average
from equity.intake.columns.whole_column import values_of
from equity.intake.formats.tabular import Table
from equity.intake.proposal import outcomes
from equity.intake.proposal.answer_rows import answered_rates, shares_of_everyone
from equity.intake.proposal.band_schemes import ask_bands
from equity.intake.proposal.batteries import batteries, is_form_status
from equity.intake.proposal.beyond_reach import ask_beyond_reach
from equity.intake.proposal.complements import Complements, ask_neither, ask_total, complements
from equity.intake.proposal.denominators import (
    FoundDenominator,
    Witnessed,
    ask_population,
    find_denominator,
    witnessed_counts,
)
from equity.intake.proposal.dimension_proposal import find_dimension
from equity.intake.proposal.durations import ask_duration
from equity.intake.proposal.estimate_units import estimate_units
from equity.intake.proposal.evidence import Evidence, Numbers
from equity.intake.proposal.leftover_times import ask_time, leftover_times, told_by
from equity.intake.proposal.likely_pair import (
    Pair,
    ask_pair,
    judges_a_line,
    likely_pair,
    nested_counts,
    numbers_lines,
    parted,
)
from equity.intake.proposal.measure_proposal import count_kind, described, measure_name, row_kinds
from equity.intake.proposal.once import ask_once
from equity.intake.proposal.period_questions import ask_fiscal_start, ask_periods, is_handling, second_part
from equity.intake.proposal.proposal_parts import Proposal, Reason
from equity.intake.proposal.race_columns import ask_boxes
from equity.intake.proposal.repeats import (
    OFTEN,
    ask_repeats,
    ask_which,
    is_known_grouping,
    repeated,
    splits_events,
    telling_column,
)
from equity.intake.proposal.revisions import tells_lengths, tells_versions
from equity.intake.proposal.running import ask_running
from equity.intake.proposal.stand_ins import ask_placeholders, ask_stand_ins, placeholder_dates, stand_ins
from equity.intake.proposal.stratifier_proposal import propose_stratifiers
from equity.intake.proposal.survey_weights import ask_weights, survey_weights
from equity.intake.proposal.totals import find_totals
from equity.intake.proposal.who_counts import ask_who_counts, who_counts
from equity.intake.proposal.wholes import ask_whole, is_all_measures
from equity.intake.spellings.catalogue import is_measure
from equity.intake.spellings.numbers import parse_number
from equity.intake.spellings.periods import tells_time
from equity.vocabulary import (
    Answer,
    ColumnSource,
    Decision,
    Kind,
    LongColumns,
    Mapping,
    Measure,
    OpenQuestion,
    Problem,
    Setting,
    StratifierMapping,
)
from equity.vocabulary.mapping import MeasureColumns, PeriodForm, Shape, Spellings, YesNo

MOST_DESCRIBED = 60
MOST_POLARITIES = 3
MOST_OFFERED = 4
SAME_LIST = "many columns have the same list of answers, so it neither groups people nor is an outcome"
_SPAN = re.compile(r"\b((?:19|20)\d\d) ?[-–—] ?((?:19|20)\d\d)\b")


class Proposing:
    """One proposal in the making: which columns are taken, and why."""

    def __init__(
        self,
        table: Table,
        columns: Sequence[ColumnProfile],
        sheet: str,
        header: str,
        shared_n: Sequence[str] = (),
    ) -> None:
        self.table = table
        self.columns = columns
        self.by_name = {c.name: c for c in columns}
        self.evidence = Evidence(columns)
        self.sheet = sheet
        self.header = header
        self.shared_n = tuple(shared_n)
        self.taken: dict[str, str] = {}
        self.reasons: list[Reason] = []
        self.decisions: list[Decision] = []
        self.questions: list[OpenQuestion] = []
        self.problems: list[Problem] = []
        self.sources: dict[str, ColumnSource] = {}
        self.stratifiers: list[StratifierMapping] = []
        self.leave_out: dict[str, tuple[str, ...]] = {}
        self.scales: dict[str, float] = {}
        self.answers = YesNo()
        self.missing: tuple[str, ...] = ()
        self.form: PeriodForm = ""
        self.denominator: FoundDenominator | None = None
        self.wide: dict[str, MeasureColumns] = {}
        self.wide_multipliers: dict[str, float] = {}
        self.of_one_kind = batteries(columns)

    def proposal(self) -> Proposal:
        """The mapping, with its reasons, decisions and open questions."""
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
        shape = self.shape()
        if shape not in ("rows", "wide"):
            self.questions = [q for q in self.questions if not q.key.startswith("weights:")]
        long = self.long() if shape != "wide" else None
        if not long:
            self.group(shape)
        if shape == "counts":
            self.find_everyone()
        if shape == "counts":
            self.leave_out_no_counts()
        if shape == "counts" and not long:
            self.find_totals()
        measures, measure_columns = self.measures(shape)
        if shape == "counts":
            self.ask_running()
        if shape in ("counts", "estimates") and not self.questions:
            self.find_repeats(shape, long)
        if shape in ("rows", "wide"):
            self.ask_once()
        self.ask_decimal()
        self.ask_durations()
        self.ask_stand_ins(shape)
        self.amounts_are_means(measures)
        self.ask_beyond_reach(measures)
        if not long and not self.stratifiers:
            self.problems.append(
                Problem(
                    "warning",
                    "no_stratifier",
                    "No column that groups people was recognized.",
                    "Add [stratifiers.NAME] with the column that does, or only_over_time = true under [extract].",
                )
            )
        self.ask_polarities(measures)
        mapping = Mapping(
            shape=shape,
            columns=self.sources,
            stratifiers=tuple(self.stratifiers),
            long=long,
            measures=measures,
            measure_columns=measure_columns,
            header=self.header,
            missing=self.missing,
            sheet=self.sheet,
            spellings=Spellings(decimal="," if self.decimal_comma() else "", periods=self.form),
            answers=self.answers,
            leave_out=self.leave_out,
            scales=self.scales,
        )
        return Proposal(
            mapping,
            tuple(self.reasons),
            tuple(self.columns),
            tuple(self.problems),
            tuple(self.questions),
            tuple(self.decisions),
        )

    def period(self) -> None:
        """The column of periods, and the quarter or month that may stand beside it."""
        self.choose(
            "period",
            lambda c: (
                bool(PERIOD.search(heard(c.name)))
                and c.type in ("period", "number", "text")
                and self.is_period(c)
                and not is_handling(c)
            ),
            0.9,
        )
        if "period" not in self.sources:
            self.choose(
                "period",
                lambda c: c.type == "period" and c.distinct > 1 and not self.groups(c) and not is_handling(c),
                0.6,
            )
        for column in self.free():
            if column.type == "period" and is_handling(column):
                self.taken[column.name] = "left out"
                self.reasons.append(
                    Reason(
                        column.name, "left out", "it says when the data were handled, not what time they are of", 0.8
                    )
                )
        period = self.profile_of("period")
        if period is None:
            return
        found = second_part(period, self.free())
        if found is not None:
            part, self.form = found
            self.taken[part.name] = "period"
            self.sources["period"] = ColumnSource(column=period.name, more=(part.name,))
            what = self.form.replace("fiscal_", "").replace("epi_", "")
            self.reasons.append(Reason(part.name, "period", f"it holds the {what} of “{period.name}”", 0.9))
            if self.form == "fiscal_month":
                self.questions.append(ask_fiscal_start(period, part))
            return
        self.questions += ask_periods(period)

    def ask_times(self) -> None:
        """Columns that are named like a time and hold none."""
        period = self.profile_of("period")
        for column in leftover_times(self.free(), period):
            self.taken[column.name] = "left out"
            self.reasons.append(Reason(column.name, "left out", "it is named like a time, and holds none", 0.6))
            if not told_by(column, period):
                self.questions.append(ask_time(column))

    def ask_running(self) -> None:
        """Whether the counts of a period hold those of the periods before it."""
        x, n = self.profile_of("x"), self.profile_of("n")
        if x is None or "period" not in self.sources or any(q.key.startswith("windows:") for q in self.questions):
            return
        values = self.evidence.numbers(x.name)
        everyone = self.denominator.denominator.numbers if self.denominator else None
        measure = self.profile_of("measure")
        named = [self.sources["period"].column or "", x.name, *([n.name] if n else [])]
        said = [*self.lines(), *(measure.values[:MOST_DESCRIBED] if measure else ())]
        question = ask_running(
            self.evidence,
            self.sources["period"],
            [k for k in self.keys() if k not in (self.sources["period"].column, *self.sources["period"].more)],
            (values, everyone),
            said,
            named,
        )
        self.questions += [question] if question else []

    def ask_once(self) -> None:
        """Whether a visit that stands in several lines counts once."""
        strata = [c for s in self.stratifiers for c in s.columns]
        x = self.profile_of("x")
        question = ask_once(self.evidence, self.sources, strata, x.name if x else "")
        self.questions += [question] if question else []

    def leave_out_versions(self) -> None:
        """Columns that say how far numbers have come, or how long a stretch is, group no people."""
        for column in self.free():
            if tells_versions(column) or tells_lengths(column):
                self.taken[column.name] = "left out"
                self.reasons.append(
                    Reason(column.name, "left out", "it says what kind of numbers a row holds, and groups nobody", 0.9)
                )

    def take_measure_ids(self) -> None:
        """A column all of whose texts are measures, whatever it is called (eCQM: CMS165v12, CMS122v12)."""
        if "measure" in self.sources:
            return
        for column in self.free():
            if column.type == "text" and 2 <= column.distinct <= 500 and all(map(is_measure, column.values)):
                self.take("measure", column, "each of its texts names a measure", 0.9)
                return

    def take_shared_n(self) -> None:
        """Where the header gives each group one n, the rows below it split these people: each is a measure."""
        if not self.shared_n or "measure" in self.sources:
            return
        labels = [c for c in self.free() if c.type == "text" and c.name not in self.shared_n and c.distinct > 1]
        if labels:
            self.take("measure", labels[0], "the n in the header is that of all rows, which split its people", 0.9)

    def profile_of(self, role: str) -> ColumnProfile | None:
        """The profile of the column that has a role."""
        source = self.sources.get(role)
        return self.by_name[source.column] if source and source.column else None

    def group(self, shape: Shape) -> None:
        """The stratifiers; a column that splits events and not people names what is measured."""
        out = {c.name: "left out" for c in self.columns if c.name in self.of_one_kind}
        found, reasons = propose_stratifiers(self.columns, {**out, **self.taken}, shape in ("counts", "wide"))
        reasons += [Reason(name, "left out", SAME_LIST, 0.7) for name in out if name not in self.taken]
        boxes = ask_boxes(self.columns, found)
        self.questions += [boxes] if boxes else []
        if shape == "estimates" and len(found) > 1:
            found = self.deciding(found)
        reasons = [r for r in reasons if r.role in {s.name for s in found} or r.role == "left out"]
        self.stratifiers = found
        self.reasons += reasons
        n = self.profile_of("n")
        if shape != "counts" or n is None:
            return
        for s in list(self.stratifiers):
            column = s.columns[0]
            if len(s.columns) > 1 or is_known_grouping(self.by_name[column]):
                continue
            if splits_events(self.evidence, column, self.keys(but=column), self.evidence.numbers(n.name)):
                self.decisions.append(
                    Decision("measure", column, f"one “{n.name}” is repeated over all of its values", 0.9, s.name)
                )
                if "measure" not in self.sources:
                    self.stratifiers.remove(s)
                    self.take("measure", self.by_name[column], "it splits events, not people", 0.9)

    def keys(self, but: str = "") -> list[str]:
        """The columns that tell the rows of counts and rates apart, but one."""
        roles = [s.column for role, s in self.sources.items() if role in ("measure", "period") and s.column]
        more = [c for s in self.sources.values() for c in s.more]
        strata = [c for s in self.stratifiers for c in s.columns]
        return [c for c in dict.fromkeys([*roles, *more, *strata]) if c != but]

    def examples(self) -> list[str]:
        """The columns that name a row in a worked example: its groups, then its period."""
        strata = [c for s in self.stratifiers for c in s.columns]
        period = self.profile_of("period")
        return [*strata[:2], *([period.name] if period else [])]

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
        found = self.denominator = find_denominator(self.evidence, x, n, self.examples(), used)
        self.sources["n"] = found.denominator.source
        self.taken.pop(n.name, None)
        for name in (found.denominator.column, *found.denominator.minus):
            self.taken[name] = "n"
        self.decisions.append(found.decision)
        if found.witness:
            self.reasons.append(Reason(found.denominator.column, "n", found.decision.evidence, 0.99))
        if found.question is not None:
            self.questions.append(found.question)
        elif not found.witness:
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
            found = find_totals(self.evidence, column, self.keys(but=column), counts, known)
            self.decisions += found.decisions
            drop = [*s.drop, *(t for t in found.totals if t not in found.by_word and t)]
            drop = [d for d in drop if d not in found.kept]
            self.stratifiers[place] = _with_totals(s, tuple(dict.fromkeys(drop)), found.kept)
            if "" in found.totals or self.blank_rows_are_totals(column):
                self.leave_out |= self.notes_of_totals(column)
            for total in found.totals:
                if total and total not in found.by_word:
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
        found = find_totals(self.evidence, measure.name, self.keys(but=measure.name), counts, known)
        for total, parts in found.parts.items():
            summed = total not in found.by_word and len(parts) == measure.distinct - 1
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

    def decimal_comma(self) -> bool:
        """Whether the numbers that are read have a decimal comma."""
        marks = {self.by_name[s.column].decimal for s in self.sources.values() if s.column}
        return "," in marks

    def ask_decimal(self) -> None:
        """Numbers such as 12,345 that no other number of the file explains, where they are not whole counts; and
        columns that write their decimals in two ways."""
        names = [
            s.column for role, s in self.sources.items() if s.column and role not in ("measure", "period", "person")
        ]
        read = [self.by_name[name] for name in names if name is not None]
        commas = [c for c in read if c.marks.comma and c.decimal == ","]
        points = [c for c in read if c.marks.point and not c.marks.comma]
        unsure = [c for c in read if c.marks.either and not c.decimal]
        column = next(iter(unsure), None)
        if commas and points:
            column = points[0]
        if column is None:
            return
        sample = next((v for v in column.values if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", v)), "")
        counts = {s.column for role, s in self.sources.items() if role in ("x", "n", "no", "population")}
        if not sample or (column.name in counts and "," in sample and not commas):
            return
        mark, other = ("," if "," in sample else "."), ("." if "," in sample else ",")
        whole = sample.replace(mark, "")
        part = sample.replace(",", ".")
        answers = [
            Answer(f"“{sample}” is {int(whole):,}", (Setting(("extract", "decimal"), other),)),
            Answer(
                f"“{sample}” is {part}, between {part.split('.')[0]} and the next",
                (Setting(("extract", "decimal"), mark),),
            ),
        ]
        if column.name not in counts:
            answers.reverse()
        self.questions.append(
            OpenQuestion(
                f"decimal:{column.name}",
                (column.name,),
                f"Does “{sample}” in “{column.name}” have a decimal mark, or does it part thousands?",
                tuple(answers),
                0.5,
                "counts are whole and rates are not",
            )
        )

    def ask_stand_ins(self, shape: Shape) -> None:
        """Numbers and days that are codes for none: what is read as a number, and where a person may choose it."""
        period = self.profile_of("period")
        texts = placeholder_dates(period) if period is not None else ()
        if period is not None and texts:
            self.leave_out[period.name] = texts
            self.questions.append(ask_placeholders(period, texts))
        roles = ("x", "n", "no", "estimate", "lower", "upper", "se", "population")
        names = [s.column for role, s in self.sources.items() if role in roles and s.column]
        names += [name for columns in self.wide.values() for name in (columns.x, columns.n) if name]
        names += [name for q in self.questions if q.key.startswith("value:") for name in q.columns]
        read = [self.by_name[name] for name in dict.fromkeys(names)]
        told = self.answers != YesNo()
        counts = shape == "counts" or (shape == "wide" and any(c.n for c in self.wide.values()))
        found = [
            each
            for c in read
            if c.type == "number" and not told and (each := stand_ins(self.evidence, c, repeated=counts)) is not None
        ]
        if found:
            self.missing = tuple(dict.fromkeys(t for each in found for t in each.texts))
            self.questions.append(ask_stand_ins(found, not counts))

    def ask_durations(self) -> None:
        """What 1:35 is, where no name, no day and no second tells that it is hours and minutes."""
        for role in ("x", "estimate"):
            column = self.profile_of(role)
            if column is not None and (question := ask_duration(column, role)) is not None:
                self.questions.append(question)

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

    def identifying(self) -> None:
        stems = {c.name.lower() for c in self.columns}
        people = [
            c
            for c in self.columns
            if is_person_id(c.name)
            and re.sub(r"no$", "yes", c.name.lower()) not in stems - {c.name.lower()}
            and c.type != "empty"
            and c.identifying in ("", "a medical record number")
        ]
        if people:
            best = min(people, key=lambda c: (c.identifying != "", -c.distinct))
            self.take(
                "person", best, "its name says that it holds one id a person; it is stored only as a keyed hash", 0.9
            )
        for column in self.columns:
            if column.name not in self.taken and (column.identifying or column in people):
                what = column.identifying or "a second id of a person"
                self.taken[column.name] = "left out"
                self.reasons.append(Reason(column.name, "left out", f"it looks like {what}; it is never stored", 0.9))
                self.problems.append(
                    Problem(
                        "note",
                        "identifying",
                        f"“{column.name}” looks like {what}.",
                        "It is left out and never stored.",
                        column.name,
                    )
                )

    def take(self, role: str, column: ColumnProfile, why: str, confidence: float) -> None:
        self.taken[column.name] = role
        self.sources[role] = ColumnSource(column=column.name)
        self.reasons.append(Reason(column.name, role, why, confidence))

    def free(self) -> list[ColumnProfile]:
        return [c for c in self.columns if c.name not in self.taken and c.type != "empty"]

    def choose(
        self,
        role: str,
        fits: Callable[[ColumnProfile], bool],
        confidence: float,
        why: str = "its name and its cells say so",
    ) -> ColumnProfile | None:
        found = [c for c in self.free() if fits(c)]
        if not found:
            return None
        best = min(
            found,
            key=lambda c: (bool(CODE.search(heard(c.name))) or bool(EXCLUDED.search(heard(c.name))), c.missing > 0.5),
        )
        self.take(role, best, why, confidence)
        return best

    @staticmethod
    def is_period(c: ColumnProfile) -> bool:
        values = [v for v in c.values[:300] if v]
        said = sum(tells_time(v, c.spelling) for v in values)
        return bool(values) and said >= 0.7 * len(values)

    @staticmethod
    def groups(c: ColumnProfile) -> bool:
        return any(pattern.search(heard(c.name)) for _, _, pattern, _ in STRATIFIERS)

    def ask_who_counts(self) -> None:
        """In a file of visits, the columns that say who does not count: no measure, no group, and asked about."""
        found = who_counts(self.free()) if "person" in self.sources else {}
        if not found:
            return
        for name in found:
            self.taken[name] = "left out"
            self.reasons.append(Reason(name, "left out", "its name says who does not count", 0.7))
        self.leave_out |= found
        self.questions.append(ask_who_counts(found, self.columns))

    def ask_weights(self) -> None:
        """Columns that say how many people a line stands for are neither an outcome nor a group."""
        found = survey_weights(self.free(), self.evidence)
        for column in found:
            self.taken[column.name] = "left out"
            self.reasons.append(Reason(column.name, "left out", "it holds survey weights, which are not used", 0.8))
        if found:
            self.questions.append(ask_weights(found, self.evidence))

    def shape(self) -> Shape:
        """Decide the shape and take its columns of numbers."""
        if self.take_answered_rates():
            return "estimates"
        yes_no = [
            c
            for c in self.free()
            if (
                c.type == "yes or no"
                or outcomes.with_exclusions(c)
                or (outcomes.coded(c) and not CODE.search(heard(c.name)))
            )
            and c.distinct <= 9
            and not self.groups(c)
            and not EXCLUDED.search(heard(c.name))
            and c.name not in self.of_one_kind
            and not is_form_status(c, self.columns)
        ]
        yes_no = [c for c in yes_no if c.distinct > 1 or c.missing or outcomes.is_named(c)] or yes_no
        numbers = [c for c in self.free() if c.is_number and not NOT_A_NUMBER.search(heard(c.name))]
        visits = "person" in self.sources
        witnessed = [] if visits else witnessed_counts(self.evidence, numbers)
        if len(witnessed) > 1 and "measure" not in self.sources:
            return self.take_witnessed(
                witnessed
            )  # several counts, each with a rate of its own: none may be passed over
        x, n, no = counted(numbers)
        if x and n and not visits and witnessed and _another_is_witnessed(witnessed, x, self.evidence, numbers):
            return self.take_witnessed(witnessed)  # the file's own rate is of another column
        parts = None if n else complements([c for c in numbers if not self.groups(c)])
        if parts is not None and not visits:
            return self.take_complements(parts)
        if x and (n or no):
            self.take("x", x, "its name says that it counts events", 0.85)
            if n:
                self.take("n", n, "its name says that it counts everyone", 0.85)
            elif no:
                self.take("no", no, "it counts those without the event", 0.8)
            if not visits:
                self.leave_out_judgements()
            return "rows" if visits else "counts"
        pairs = numbered_pairs(numbers)
        if pairs:
            return self.take_pairs(pairs)
        if witnessed:
            return self.take_witnessed(witnessed)
        pair = None if visits else likely_pair(self.evidence, [c for c in numbers if not self.groups(c)])
        if pair is not None:
            return self.take_likely_pair(pair, yes_no)
        words = outcomes.surely_in_words(self.free())
        if words is not None and not any(outcomes.is_named(c) for c in yes_no):
            return self.take_words(words)
        if len(yes_no) > 1 and "measure" not in self.sources:
            for c in yes_no:
                self.taken[c.name] = "measure"
                self.reasons.append(
                    Reason(c.name, "measure", "it says yes or no on every line, so it is a measure of its own", 0.7)
                )
                self.hear_answers(c, yes_no)
            self.wide = {c.name: MeasureColumns(c.name) for c in yes_no}
            return "wide"
        beside = [c for c in numbers if c not in yes_no]
        if any(outcomes.is_named(c) for c in yes_no):  # a body mass index beside “controlled” is not the outcome
            beside = [c for c in beside if X.search(heard(c.name)) or N.search(heard(c.name))]
        if yes_no and not (visits and self.take_visits(beside)):
            best = min(yes_no, key=lambda c: (not YES_NO_X.search(heard(c.name)), c.distinct < 2))
            self.take("x", best, "it says yes or no on every line", 0.8)
            self.hear_answers(best, yes_no)
        if "x" in self.sources or (visits and self.take_visits(numbers)):
            return "rows"
        spread = self.take_spread(numbers)
        if spread or self.take_estimates(numbers):
            return "rows" if spread else "estimates"
        return self.unclear(numbers)

    def take_answered_rates(self) -> bool:
        """Rates that stand once for yes and once for no: those of yes are read, and their column is no outcome."""
        found = answered_rates(self.evidence, [c for c in self.columns if c.type != "empty"])
        if found is None or found[0].name in self.taken or "person" in self.sources:
            return False
        flag, no, rate = found
        numbers = [c for c in self.free() if c.is_number and c is not flag and not NOT_A_NUMBER.search(heard(c.name))]
        x, n, other = counted(numbers)
        if x and (n or other):
            return False  # counts beside the rates say more
        if not self.take_estimates(numbers):
            self.take("estimate", self.by_name[rate], "its rates of yes and of no add up to all", 0.9)
        self.taken[flag.name] = "left out"
        self.leave_out = {**self.leave_out, flag.name: (no,)}
        why = f"each group stands once with yes and once with no, and “{rate}” of both is everyone"
        self.decisions.append(Decision("left out", f"{flag.name} = {no}", why, 0.9))
        self.reasons.append(Reason(flag.name, "left out", why, 0.9))
        return True

    def take_spread(self, numbers: Sequence[ColumnProfile]) -> bool:
        """Percents that only say how everyone is spread over the rows: of these no rate can be read."""
        for column in (c for c in numbers if says_percent(c.name) or c.type == "percent"):
            counts = shares_of_everyone(self.evidence, column, self.columns)
            if counts:
                self.problems.append(
                    Problem(
                        "warning",
                        "no_value",
                        f"“{column.name}” says which share of all “{counts}” each row is, and no column says how many "
                        f"of them had an outcome.",
                        "Add a column with the number who had it, beside everyone.",
                        column.name,
                    )
                )
                self.sources["x"] = ColumnSource(column=column.name)
                self.taken[column.name] = "x"
                return True
        return False

    def take_witnessed(self, found: Sequence[Witnessed]) -> Shape:
        """Counts that no name gives away, known by the rates that the file shows of them."""
        question = ask_population(self.evidence, found, [c.name for c in self.columns if c.type == "text"][:1])
        if question is not None:
            self.questions.append(question)
        first = {w.x: w for w in reversed(found)}
        found = [w for w in found if first[w.x] is w]
        for w in found:
            per = "in percent" if w.multiplier == 100 else f"per {w.multiplier:,.0f}" if w.multiplier > 1 else ""
            everyone = " less ".join(f"“{name}”" for name in (w.n, *w.minus))
            why = f"“{w.rate}” is “{w.x}” of {everyone} {per}".strip()
            self.decisions.append(Decision("x", w.x, why, 0.95))
            self.taken[w.rate] = "rate"
            if len(found) == 1:
                self.take("x", self.by_name[w.x], why, 0.95)
                self.take("n", self.by_name[w.n], why, 0.95)
                self.wide_multipliers[w.x] = w.multiplier
                return "counts"
            self.taken[w.x] = self.taken[w.n] = "x and n"
            self.reasons.append(Reason(w.x, f"x of {w.x}", why, 0.95))
            self.wide[w.x] = MeasureColumns(w.x, w.n)
            if w.multiplier not in (1, 100):
                self.wide_multipliers[w.x] = w.multiplier
        return "wide"

    def take_complements(self, found: Complements) -> Shape:
        """Counts with and without the event; whether those of neither count is asked, those out of it do not."""
        self.take("x", found.x, f"“{found.no.name}” denies it, and together they are everyone", 0.9)
        self.take("no", found.no, f"it denies “{found.x.name}”", 0.9)
        for column in (*found.neither, *found.out):
            self.taken[column.name] = "left out"
        for column in found.out:
            self.reasons.append(Reason(column.name, "left out", "who is excluded is in no denominator", 0.9))
        if found.neither:
            groups = [c.name for c in self.columns if c.type == "text" and not c.identifying][:2]
            self.questions.append(ask_neither(self.evidence, found, groups))
        self.leave_out_judgements()
        return "counts"

    def take_likely_pair(self, pair: Pair, flags: Sequence[ColumnProfile], more: Sequence[ColumnProfile] = ()) -> Shape:
        """Two columns of counts of which a person must say what is out of what; a flag beside them is not first."""
        x, other = parted(pair) or pair
        self.take("x", x, "beside it stands the only other column of counts", 0.6)
        self.take("no" if parted(pair) else "n", other, "it is the only other column of counts", 0.6)
        self.questions.append(ask_pair(self.evidence, x, other, flags, more))
        self.leave_out_judgements()
        return "counts"

    def leave_out_judgements(self) -> None:
        """Flags that judge a line of counts are no outcome and no group of people."""
        for column in self.columns:
            if column.name not in self.taken and judges_a_line(column):
                self.taken[column.name] = "left out"
                self.reasons.append(
                    Reason(column.name, "left out", "it judges a line of counts, and groups no people", 0.8)
                )

    def unclear(self, numbers: Sequence[ColumnProfile]) -> Shape:
        """No column is surely a value: words that are an outcome, or numbers of which a person must say what they are;
        never a column of texts."""
        words = outcomes.outcome_in_words(self.free())
        if words is not None:
            return self.take_words(words)
        flags = [
            c for c in self.free() if c.type == "yes or no" and c.distinct > 1 and not EXCLUDED.search(heard(c.name))
        ]
        if flags and not any(c.distinct > 1 for c in numbers if c not in flags):
            flags = sorted(flags, key=self.groups)[:MOST_OFFERED]
            self.take("x", flags[0], "it says yes or no on every line", 0.4)
            self.questions.append(outcomes.ask_which_outcome(flags))
            return "rows"
        nested = None if "person" in self.sources else nested_counts(self.evidence, numbers)
        if nested is not None:
            return self.take_likely_pair((nested[0], nested[1]), (), nested[2:])
        offered = [c for c in numbers if c.name not in self.taken and c.distinct > 1 and not numbers_lines(c)]
        offered = sorted(offered, key=lambda c: not says_duration(c.name))[:3]
        if offered:
            self.take("x", offered[0], "it is the first column of numbers", 0.4)
            if len(offered) > 1 or not self.ask_levels(offered[0]):
                self.questions.append(_ask_value(offered))
            return "rows"
        spoiled = next((c for c in self.free() if outcomes.is_spoiled_count(c)), None)
        if spoiled is not None:
            texts = [v for v in spoiled.values if parse_number(v).state == "text"]
            self.problems.append(
                Problem(
                    "warning",
                    "no_value",
                    f"“{spoiled.name}” is named like a count, and some of its cells are texts, such as “{texts[0]}”.",
                    "Correct these cells, or list the texts under “missing” in [extract].",
                    spoiled.name,
                )
            )
            self.sources["x"] = ColumnSource(column=spoiled.name)
            return "rows"
        self.problems.append(
            Problem(
                "warning",
                "no_value",
                "No column with events, counts or rates was recognized.",
                "Name the column of x under [columns].",
            )
        )
        self.sources["x"] = ColumnSource(column=self.columns[0].name)
        return "rows"

    def take_words(self, words: ColumnProfile) -> Shape:
        """An outcome of a few words, of which a person must say which are yes."""
        self.take("x", words, "its few words are those of an outcome", 0.5)
        question = outcomes.ask_words(words)
        self.questions.append(question)
        self.answers = _said(question)
        return "rows"

    def hear_answers(self, column: ColumnProfile, beside: Sequence[ColumnProfile]) -> None:
        """How a column of answers is read, where they are codes or a single word beside blanks.

        A column ``beside`` it that writes no tells that a blank is none.
        """
        excluding = outcomes.with_exclusions(column)
        said = outcomes.coded(column)
        if excluding is not None:
            self.answers = outcomes.together(self.answers, excluding)
            out = " and ".join(f"“{word}”" for word in excluding.neither)
            self.decisions.append(Decision("neither", column.name, f"{out} are not in the denominator", 0.9))
        elif said is not None:
            self.answers = outcomes.together(self.answers, said)
            if outcomes.is_sure(said):
                self.decisions.append(Decision("yes", column.name, "1, 2 and codes for not sure are a survey's", 0.9))
            else:
                self.questions.append(outcomes.ask_codes(column, said))
        elif (
            outcomes.only_yes(column)
            and not any(outcomes.writes_no(c) for c in beside)
            and not any(q.key.startswith("blank:") for q in self.questions)
        ):
            self.questions.append(outcomes.ask_blanks(column))
            self.answers = outcomes.together(self.answers, YesNo(blank="no"))

    def take_visits(self, numbers: Sequence[ColumnProfile]) -> bool:
        """In an extract with one id a person: the value of each line, and what it counts where a column says so."""
        several = [c for c in numbers if c.distinct > 1 and not self.groups(c)]
        named = [c for c in several if X.search(heard(c.name)) or YES_NO_X.search(heard(c.name))]
        n = everyone([c for c in numbers if c not in named])
        rest = [c for c in named or several if c is not n]
        if not rest:
            return False
        self.take("x", rest[0], "each line is about one person, and this is its value", 0.7)
        if n is None:
            self.ask_levels(rest[0])
        if n is not None:
            self.take("n", n, "its name says what a line counts", 0.7)
        return True

    def ask_levels(self, column: ColumnProfile) -> bool:
        """Whether a column holds a few codes, of which a person must say which are yes."""
        codes = outcomes.levels(column)
        if not codes:
            return False
        question = outcomes.ask_levels(column, codes)
        self.questions.append(question)
        self.answers = _said(question)
        return True

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

    def take_pairs(self, pairs: dict[str, tuple[ColumnProfile, ColumnProfile]]) -> Shape:
        self.wide = {name: MeasureColumns(x.name, n.name) for name, (x, n) in pairs.items()}
        for name, (x, n) in pairs.items():
            for c, role in ((x, "x"), (n, "n")):
                self.taken[c.name] = role
                self.reasons.append(Reason(c.name, f"{role} of {name}", "its name ends like its partner's", 0.85))
        return "wide"

    def take_estimates(self, numbers: Sequence[ColumnProfile]) -> bool:
        bounds = [
            c for c in numbers if LOWER.search(heard(c.name)) or UPPER.search(heard(c.name)) or SE.search(heard(c.name))
        ]
        rates = [
            c
            for c in numbers
            if c not in bounds
            and (ESTIMATE.search(heard(c.name)) or per(c.name) is not None or says_percent(c.name) or says_average(c))
            and not EXCLUDED.search(heard(c.name))
        ]
        ends = {c.name for c in bounds}
        limited = [c for c in numbers if {f"{c.name} lower", f"{c.name} upper"} <= ends]
        rates = limited or rates or [c for c in numbers if c not in bounds and c.type == "percent"]
        rates = rates or self.said_by_measures(numbers)
        if not rates:
            return False
        best = rates[0]
        split = [c for c in rates if c.name.endswith(" percent") and c.name[: -len(" percent")] in self.by_name]
        if len(split) > 1:
            self.questions.append(ask_which_rate(split))
        self.take("estimate", best, "its name says that it is a rate, and there are no counts to go with it", 0.8)
        after = self.columns[self.columns.index(best) + 1 :]
        for role, pattern in (("lower", LOWER), ("upper", UPPER), ("se", SE)):
            near = next(
                (c for c in after if c in bounds and c.name not in self.taken and pattern.search(heard(c.name))), None
            )
            if near is not None:
                self.take(role, near, "it is the first of its kind after the estimate", 0.8)
        self.choose("population", lambda c: bool(N.search(heard(c.name))) and c.is_number, 0.6)
        return True

    def long(self) -> LongColumns | None:
        by_name = {c.name: c for c in self.columns}
        fixed = [by_name[s.column] for role, s in self.sources.items() if role in ("measure", "period") and s.column]
        found = find_dimension(self.free(), fixed)
        if found is None:
            return None
        for c, role in zip(found, ("dimension", "group"), strict=True):
            self.taken[c.name] = role
            self.reasons.append(Reason(c.name, role, "one column names the stratifier, the other the group", 0.8))
        return LongColumns(*(c.name for c in found))

    def said_by_measures(self, numbers: Sequence[ColumnProfile]) -> list[ColumnProfile]:
        """The only column of numbers, where every measure's name says that it is a rate or a percent."""
        by_name = {c.name: c for c in self.columns}
        source = self.sources.get("measure")
        names = by_name[source.column].values if source and source.column else ()
        rates = bool(names) and all(per(name) is not None or says_percent(name) for name in names)
        several = [c for c in numbers if c.distinct > 1]
        return several if rates and len(several) == 1 else []

    def deciding(self, stratifiers: list[StratifierMapping]) -> list[StratifierMapping]:
        """In estimates, the fewest stratifiers that tell the rows apart: a rate belongs to exactly the groups it
        names."""
        by_name = {c.name: c for c in self.columns}
        fixed = [
            by_name[s.column].cells for role, s in self.sources.items() if role in ("measure", "period") and s.column
        ]

        def apart(kept: Sequence[StratifierMapping]) -> int:
            return len(set(zip(*fixed, *(by_name[c].cells for s in kept for c in s.columns), strict=True)))

        rows = len(self.columns[0].cells)
        profiles = {s.name: by_name[s.columns[0]] for s in stratifiers}
        for s in sorted(stratifiers, key=lambda s: (not self.groups(profiles[s.name]), profiles[s.name].distinct)):
            if apart([s]) >= 0.98 * rows:
                return [s]
        kept = list(stratifiers)
        for s in sorted(stratifiers, key=lambda s: by_name[s.columns[0]].distinct):
            fewer = [k for k in kept if k is not s]
            if fewer and apart(fewer) == apart(kept):  # a region beside its countries
                kept = fewer
        return kept

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
        if column is not None:
            gone = self.leave_out.get(column.name, ())
            names = [v for v in column.values[:MOST_DESCRIBED] if v and v not in gone]
            if len(column.cells) >= SAMPLED_ROWS:
                more = values_of(self.table, self.table.header.index(column.name))
                names += [v for v in more if v not in names][: MOST_DESCRIBED - len(names)]
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
            found = estimate_units(self.evidence, estimate, column, names, self.lines(), self.examples())
            self.scales = found.scales
            self.decisions += found.decisions
            self.questions += found.questions
            return found.measures, {}
        kind, multiplier = self.count_kind()
        return {name: described(name, shape, kind, multiplier) for name in names}, {}

    def lines(self) -> list[str]:
        """What is said of the whole table: the lines above it, and columns that say one thing throughout."""
        constant = [c.values[0] for c in self.columns if c.type == "text" and c.distinct == 1 and c.missing < 0.2]
        return [*self.table.titles, *constant]

    def count_kind(self) -> tuple[Kind, float]:
        """What counts are, by the rate of the file that they give, else by how rare they are."""
        x = self.profile_of("x")
        assert x is not None
        found = self.denominator
        if found is not None and found.multiplier is not None:
            rate = found.multiplier not in (1.0, 100.0)
            kind: Kind = "rate" if rate else "proportion"
            self.reasons.append(Reason(x.name, kind, found.decision.evidence, 0.99))
            return kind, found.multiplier if rate else 1.0
        witnessed = self.wide_multipliers.get(x.name, 1.0)
        if witnessed > 100:
            return "rate", witnessed
        kind, multiplier, why = count_kind(x, self.profile_of("n"), self.profile_of("no"), self.columns)
        self.reasons.append(Reason(x.name, kind, why, 0.8))
        return kind, multiplier

    def period_from_title(self) -> None:
        if "period" in self.sources:
            return
        found = next((m for t in self.table.titles if (m := _SPAN.search(t))), None)
        if found:
            self.sources["period"] = ColumnSource(value=f"{found[1]}-{found[2]}")
            self.reasons.append(Reason("title", "period", "the lines above the header name the years", 0.7))


def _another_is_witnessed(
    witnessed: Sequence[Witnessed], x: ColumnProfile, evidence: Evidence, numbers: Sequence[ColumnProfile]
) -> bool:
    """Whether the rate beside the counts is of a column other than the one that its name speaks for, which has none."""
    own = {w.x for w in witnessed}
    rest = [c for c in numbers if c.name not in own]
    return len(own) == 1 and x.name not in own and not witnessed_counts(evidence, rest)


def _with_totals(s: StratifierMapping, drop: tuple[str, ...], keep: tuple[str, ...]) -> StratifierMapping:
    return replace(s, drop=drop, keep=keep)


def _said(question: OpenQuestion) -> YesNo:
    """The answers that the likeliest reading lists as yes, no and neither."""
    likely = {s.path[-1]: s.value for s in question.likeliest.settings}
    return YesNo(*(tuple(likely.get(key) or ()) for key in ("yes", "no", "neither")))  # type: ignore[arg-type]


def _named(column: ColumnProfile, first: ColumnProfile) -> tuple[Setting, ...]:
    """The measure is called what its column is, where a person picks one of several."""
    taken_away = (Setting(("measures", first.name), None),) if column is not first else ()
    return (
        Setting(("columns", "measure"), (("value", column.name),)),
        *taken_away,
        Setting(("measures", column.name, "kind"), "mean"),
    )


def ask_which_rate(rates: Sequence[ColumnProfile]) -> OpenQuestion:
    """Which of several columns of rates is read, where there are no counts to go with them."""
    offered = rates[:MOST_OFFERED]
    return OpenQuestion(
        f"value:{offered[0].name}",
        tuple(c.name for c in offered),
        f"{len(rates)} columns hold rates of different outcomes, and a table of rates holds one: which is read?",
        tuple(
            Answer(
                f"“{c.name}”, which begins with {c.cells[0]}",
                (Setting(("columns", "estimate"), c.name), *(_as_percent(c, offered[0]))),
            )
            for c in offered
        ),
        0.4,
        "it is the first of them",
    )


def _as_percent(column: ColumnProfile, first: ColumnProfile) -> tuple[Setting, ...]:
    """A column of percents as a measure of its own name, in the place of the first."""
    gone = (Setting(("measures", first.name), None),) if column is not first else ()
    path = ("measures", column.name)
    return (
        Setting(("columns", "measure"), (("value", column.name),)),
        *gone,
        Setting((*path, "kind"), "proportion"),
        Setting((*path, "scale"), 100.0),
    )


def _ask_value(offered: Sequence[ColumnProfile]) -> OpenQuestion:
    first = offered[0]
    answers = [
        Answer(
            f"the mean of “{c.name}” is shown: {c.values[0]} in the commonest line",
            (Setting(("columns", "x"), c.name), *(_named(c, first) if len(offered) > 1 else ())),
        )
        for c in offered
    ]
    if len(answers) == 1:
        answers.append(
            Answer(
                f"“{first.name}” counts events, one a line is expected",
                (Setting(("columns", "n"), (("value", "1"),)), Setting(("columns", "x"), first.name)),
            )
        )
    return OpenQuestion(
        f"value:{first.name}",
        tuple(c.name for c in offered),
        "No column says what is counted and out of how many: which numbers are the outcome?",
        tuple(answers),
        0.4,
        "it is the first column of numbers",
    )
