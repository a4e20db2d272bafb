"""One proposal in the making: what is known of the columns, which are taken, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from equity.intake.columns.column_names import (
    CODE,
    EXCLUDED,
    STRATIFIERS,
    heard,
)
from equity.intake.columns.profile import ColumnProfile
from equity.intake.formats.tabular import Table
from equity.intake.proposal.evidence import Evidence
from equity.intake.proposal.measures.batteries import batteries
from equity.intake.proposal.measures.denominators import (
    FoundDenominator,
)
from equity.intake.proposal.proposal_parts import Reason
from equity.intake.spellings.periods import tells_time
from equity.vocabulary import (
    ColumnSource,
    Decision,
    OpenQuestion,
    Problem,
    StratifierMapping,
)
from equity.vocabulary.mapping import MeasureColumns, PeriodForm, YesNo


class Making:
    """One proposal in the making: which columns are taken, and why. Each further step stands on this class."""

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

    def profile_of(self, role: str) -> ColumnProfile | None:
        """The profile of the column that has a role."""
        source = self.sources.get(role)
        return self.by_name[source.column] if source and source.column else None

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
        candidates = [c for c in self.free() if fits(c)]
        if not candidates:
            return None
        best = min(
            candidates,
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

    def lines(self) -> list[str]:
        """What is said of the whole table: the lines above it, and columns that say one thing throughout."""
        constant = [c.values[0] for c in self.columns if c.type == "text" and c.distinct == 1 and c.missing < 0.2]
        return [*self.table.titles, *constant]

    def decimal_comma(self) -> bool:
        """Whether the numbers that are read have a decimal comma."""
        marks = {self.by_name[s.column].decimal for s in self.sources.values() if s.column}
        return "," in marks
