"""A whole mapping proposed for a file, each role with a reason and a confidence; a person corrects it and keeps it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

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
from equity.intake.columns.profile import SAMPLED_ROWS, ColumnProfile, profile
from equity.intake.columns.value_columns import counted, everyone, numbered_pairs
from equity.intake.columns.whole_column import values_of
from equity.intake.formats.fhir import is_fhir_table
from equity.intake.formats.tabular import Table
from equity.intake.layout.find_layout import FoundLayout
from equity.intake.layout.open_tidy import open_found
from equity.intake.proposal.dimension_proposal import find_dimension
from equity.intake.proposal.fhir_mapping import fhir_mapping
from equity.intake.proposal.heat_template import heat_mapping, is_heat_template, several_settings
from equity.intake.proposal.measure_proposal import count_kind, described, measure_name, per, row_kinds
from equity.intake.proposal.proposal_parts import Proposal, Reason
from equity.intake.proposal.stratifier_proposal import propose_stratifiers
from equity.intake.proposal.twice_named import twice_named
from equity.vocabulary import ColumnSource, Kind, LongColumns, Mapping, Measure, Problem, StratifierMapping
from equity.vocabulary.layout import Layout
from equity.vocabulary.mapping import MeasureColumns, Shape

MOST_DESCRIBED = 60
_PERCENT = re.compile(r"%|\bper ?cent\b|\bpercent(?:age)?\b(?! points?)|\bAnteile?\b", re.IGNORECASE)
_SPAN = re.compile(r"\b((?:19|20)\d\d) ?[-–—] ?((?:19|20)\d\d)\b")


def propose(file: Path, *, sheet: str = "", header: str = "", layout: Layout | None = None) -> Proposal:
    """Propose a mapping for a file of any format that intake reads.

    ``sheet``, ``header`` and ``layout`` are a person's answers, where the file leaves a choice. Raises
    :class:`PlainError` when the file is no table.
    """
    with tempfile.TemporaryDirectory(prefix="intake-") as folder:
        table, found = open_found(file, Path(folder), sheet, header, layout)
        columns = profile(table)
        if is_heat_template(table.header):
            why = Reason("estimate", "estimate", "the columns are those of WHO's HEAT Plus template", 1.0)
            return Proposal(heat_mapping(table), (why,), columns, tuple(several_settings(table)))
        if is_fhir_table(table.header):
            why = Reason("stratifier", "dimension", "the file holds FHIR MeasureReports", 1.0)
            return Proposal(fhir_mapping(table), (why,), columns, ())
        return _with_layout(_Proposing(table, columns, sheet, header).proposal(), found)


def _with_layout(proposal: Proposal, found: FoundLayout) -> Proposal:
    """The proposal for a tidied table, as one for the file."""
    mapping = proposal.mapping
    scales = {**mapping.scales, **dict.fromkeys(mapping.measures, 1.0)} if found.fractions else mapping.scales
    strata = tuple(
        replace(s, drop=tuple(dict.fromkeys((*s.drop, *(v for c in s.columns for v in found.wholes.get(c, ()))))))
        for s in mapping.stratifiers
    )
    header = mapping.header or found.marker
    return replace(
        proposal,
        mapping=replace(mapping, layout=found.layout, header=header, scales=scales, stratifiers=strata),
        questions=(*found.questions, *twice_named(mapping, proposal.profile), *proposal.questions),
        decisions=(*found.decisions, *proposal.decisions),
    )


class _Proposing:
    """One proposal in the making: which columns are taken, and why."""

    def __init__(self, table: Table, columns: Sequence[ColumnProfile], sheet: str, header: str) -> None:
        self.table = table
        self.columns = columns
        self.sheet = sheet
        self.header = header
        self.taken: dict[str, str] = {}
        self.reasons: list[Reason] = []
        self.problems: list[Problem] = []
        self.sources: dict[str, ColumnSource] = {}

    def proposal(self) -> Proposal:
        self.identifying()
        self.choose(
            "period",
            lambda c: (
                bool(PERIOD.search(heard(c.name))) and c.type in ("period", "number", "text") and self.is_period(c)
            ),
            0.9,
        )
        if "period" not in self.sources:
            self.choose("period", lambda c: c.type == "period" and c.distinct > 1 and not self.groups(c), 0.6)
        self.choose(
            "measure", lambda c: bool(MEASURE.search(heard(c.name))) and c.type == "text" and c.distinct <= 500, 0.9
        )
        self.choose("clinical_area", lambda c: bool(AREA.search(heard(c.name))) and c.type == "text", 0.8)
        shape = self.shape()
        long = self.long() if shape != "wide" else None
        stratifiers, reasons = (
            ([], []) if long else propose_stratifiers(self.columns, self.taken, shape in ("counts", "wide"))
        )
        if shape == "estimates" and len(stratifiers) > 1:
            stratifiers = self.deciding(stratifiers)
            reasons = [r for r in reasons if r.role in {s.name for s in stratifiers}]
        self.reasons += reasons
        if not long and not stratifiers:
            self.problems.append(
                Problem(
                    "warning",
                    "no_stratifier",
                    "No column that groups people was recognised.",
                    "Add [stratifiers.NAME] with the column that does, or only_over_time = true under [extract].",
                )
            )
        measures, measure_columns = self.measures(shape)
        mapping = Mapping(
            shape=shape,
            columns=self.sources,
            stratifiers=tuple(stratifiers),
            long=long,
            measures=measures,
            measure_columns=measure_columns,
            header=self.header,
            sheet=self.sheet,
        )
        return Proposal(mapping, tuple(self.reasons), tuple(self.columns), tuple(self.problems))

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
        from equity.intake.spellings.periods import parse_period

        values = [v for v in c.values[:300] if v]
        return bool(values) and sum(parse_period(v).state in ("value", "total") for v in values) >= 0.7 * len(values)

    @staticmethod
    def groups(c: ColumnProfile) -> bool:
        return any(pattern.search(heard(c.name)) for _, _, pattern, _ in STRATIFIERS)

    def shape(self) -> Shape:
        """Decide the shape and take its columns of numbers."""
        yes_no = [
            c
            for c in self.free()
            if c.type == "yes or no" and c.distinct <= 3 and not self.groups(c) and not EXCLUDED.search(heard(c.name))
        ]
        numbers = [c for c in self.free() if c.is_number and not NOT_A_NUMBER.search(heard(c.name))]
        visits = "person" in self.sources
        x, n, no = counted(numbers)
        if x and (n or no):
            self.take("x", x, "its name says that it counts events", 0.85)
            if n:
                self.take("n", n, "its name says that it counts everyone", 0.85)
            elif no:
                self.take("no", no, "it counts those without the event", 0.8)
            return "rows" if visits else "counts"
        pairs = numbered_pairs(numbers)
        if pairs:
            return self.take_pairs(pairs)
        if len(yes_no) > 1 and "measure" not in self.sources:
            for c in yes_no:
                self.taken[c.name] = "measure"
                self.reasons.append(
                    Reason(c.name, "measure", "it says yes or no on every line, so it is a measure of its own", 0.7)
                )
            self.wide = {c.name: MeasureColumns(c.name) for c in yes_no}
            return "wide"
        if yes_no and not (visits and self.take_visits(numbers)):
            best = min(yes_no, key=lambda c: (not YES_NO_X.search(heard(c.name)), c.distinct < 2))
            self.take("x", best, "it says yes or no on every line", 0.8)
        if "x" in self.sources or (visits and self.take_visits(numbers)):
            return "rows"
        if self.take_estimates(numbers):
            return "estimates"
        x = next((c for c in numbers if c.name not in self.taken and c.distinct > 1), None)
        if x is not None:
            self.take("x", x, "it is the first column of numbers", 0.4)
            return "rows"
        self.problems.append(
            Problem(
                "warning",
                "no_value",
                "No column with events, counts or rates was recognised.",
                "Name the column of x under [columns].",
            )
        )
        first = next((c for c in self.free()), self.columns[0])
        self.sources["x"] = ColumnSource(column=first.name)
        return "rows"

    def take_visits(self, numbers: Sequence[ColumnProfile]) -> bool:
        """In an extract with one id a person: the value of each line, and what it counts where a column says so."""
        several = [c for c in numbers if c.distinct > 1 and not self.groups(c)]
        named = [c for c in several if X.search(heard(c.name)) or YES_NO_X.search(heard(c.name))]
        n = everyone([c for c in numbers if c not in named])
        rest = [c for c in named or several if c is not n]
        if not rest:
            return False
        self.take("x", rest[0], "each line is about one person, and this is its value", 0.7)
        if n is not None:
            self.take("n", n, "its name says what a line counts", 0.7)
        return True

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
            if c not in bounds and ESTIMATE.search(heard(c.name)) and not EXCLUDED.search(heard(c.name))
        ]
        ends = {c.name for c in bounds}
        limited = [c for c in numbers if {f"{c.name} lower", f"{c.name} upper"} <= ends]
        rates = limited or rates or [c for c in numbers if c not in bounds and c.type == "percent"]
        rates = rates or self.said_by_measures(numbers)
        if not rates:
            return False
        best = rates[0]
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

    def said_by_measures(self, numbers: Sequence[ColumnProfile]) -> list[ColumnProfile]:
        """The only column of numbers, where every measure's name says that it is a rate or a percent."""
        by_name = {c.name: c for c in self.columns}
        source = self.sources.get("measure")
        names = by_name[source.column].values if source and source.column else ()
        rates = bool(names) and all(per(name) is not None or _PERCENT.search(name) for name in names)
        several = [c for c in numbers if c.distinct > 1]
        return several if rates and len(several) == 1 else []

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
        for s in sorted(stratifiers, key=lambda s: -by_name[s.columns[0]].distinct):
            if apart([s]) >= 0.98 * rows:
                return [s]
        kept = list(stratifiers)
        for s in sorted(stratifiers, key=lambda s: by_name[s.columns[0]].distinct):
            fewer = [k for k in kept if k is not s]
            if fewer and apart(fewer) == apart(kept):  # a region beside its countries
                kept = fewer
        return kept

    def measures(self, shape: Shape) -> tuple[dict[str, Measure], dict[str, MeasureColumns]]:
        if shape == "wide":
            return {name: described(name, shape, "proportion") for name in self.wide}, self.wide
        by_name = {c.name: c for c in self.columns}

        def profile_of(role: str) -> ColumnProfile | None:
            source = self.sources.get(role)
            return by_name[source.column] if source and source.column else None

        kind: Kind | None = None
        multiplier = 1.0
        if shape == "counts":
            x = profile_of("x")
            assert x is not None
            kind, multiplier, why = count_kind(x, profile_of("n"), profile_of("no"), self.columns)
            self.reasons.append(Reason(x.name, kind, why, 0.8))
        estimate = profile_of("estimate")
        if estimate is not None:
            kind, multiplier = self.estimate_kind(estimate)
        column = profile_of("measure")
        if column is not None:
            names = [v for v in column.values[:MOST_DESCRIBED] if v]
            if len(column.cells) >= SAMPLED_ROWS:
                more = values_of(self.table, self.table.header.index(column.name))
                names += [v for v in more if v not in names][: MOST_DESCRIBED - len(names)]
        else:
            x = profile_of("x") or estimate
            names = [measure_name(self.table.name, self.table.titles, x.name if x else "")]
            self.sources["measure"] = ColumnSource(value=names[0])
            self.reasons.append(
                Reason(names[0], "measure", "no column names the measure, so the file's name does", 0.5)
            )
        self.period_from_title()
        if shape == "rows":
            kinds = row_kinds(names, column, profile_of("x"), profile_of("n"))
            return {name: described(name, shape, *kinds[name]) for name in names}, {}
        if estimate is not None and kind is None:
            return {name: described(name, shape, *self.said_unit(name, estimate)) for name in names}, {}
        return {name: described(name, shape, kind, multiplier) for name in names}, {}

    def said_unit(self, name: str, estimate: ColumnProfile) -> tuple[Kind | None, float]:
        """The unit that a measure's own name says, else the lines above the table."""
        constant = [c.values[0] for c in self.columns if c.type == "text" and c.distinct == 1 and c.missing < 0.2]
        for text in (name, *self.table.titles, *constant):
            named = per(text)
            if named is not None and named != 100:
                return "rate", named
            if _PERCENT.search(text) or named == 100:
                return "proportion", 100.0 if estimate.type != "percent" else 1.0
        return None, 1.0

    @staticmethod
    def estimate_kind(estimate: ColumnProfile) -> tuple[Kind | None, float]:
        named = per(estimate.name)
        if named is not None and named != 100:
            return "rate", named
        if estimate.type == "percent" or re.search(
            r"\b(?:pct|percent\w*|prevalence|proportion)\b", heard(estimate.name)
        ):
            return "proportion", 100.0 if estimate.type != "percent" and (estimate.highest or 0) > 1 else 1.0
        return None, 1.0

    def period_from_title(self) -> None:
        if "period" in self.sources:
            return
        found = next((m for t in self.table.titles if (m := _SPAN.search(t))), None)
        if found:
            self.sources["period"] = ColumnSource(value=f"{found[1]}-{found[2]}")
            self.reasons.append(Reason("title", "period", "the lines above the header name the years", 0.7))
