"""Rates without counts: estimates and their limits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equity.intake.columns.column_names import (
    ESTIMATE,
    EXCLUDED,
    LOWER,
    NOT_A_NUMBER,
    SE,
    UPPER,
    N,
    X,
    heard,
)
from equity.intake.columns.profile import ColumnProfile
from equity.intake.columns.units import per, says_percent
from equity.intake.columns.value_columns import counted, says_average
from equity.intake.proposal.making.repeated import FindingRepeats
from equity.intake.proposal.measures.answer_rows import answered_rates, shares_of_everyone, tells_the_same
from equity.intake.proposal.proposal_parts import Reason
from equity.vocabulary import (
    Answer,
    ColumnSource,
    Decision,
    OpenQuestion,
    Problem,
    Setting,
)

MOST_OFFERED = 4
ADJUSTED = re.compile(r"\b(?:adj|adjusted|standardi[sz]ed|asr|aadr|modell?ed|smoothed)\b")


class TakingRates(FindingRepeats):
    """Estimates, as the file gives them."""

    def take_answered_rates(self) -> bool:
        """Rates that stand once for yes and once for no: those of yes are read, and their column is no outcome."""
        rates = answered_rates(self.evidence, [c for c in self.columns if c.type != "empty"])
        if rates is None or rates[0].name in self.taken or "person" in self.sources:
            return False
        flag, no, rate = rates
        numbers = [c for c in self.free() if c.is_number and c is not flag and not NOT_A_NUMBER.search(heard(c.name))]
        x, n, other = counted(numbers)
        if x and (n or other):
            return False  # counts beside the rates say more
        if not self.take_estimates(numbers):
            self.take("estimate", self.by_name[rate], "its rates of yes and of no add up to all", 0.9)
        for column in self.free():
            if tells_the_same(self.evidence, column.name, flag.name):
                self.taken[column.name] = "left out"
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
        elif len(limited) > 1:
            self.questions.append(ask_which_rate(limited, ranged=True))
        adjusted = [c for c in rates if ADJUSTED.search(heard(c.name))]
        events = any(X.search(heard(c.name)) for c in numbers if c not in (*rates, *bounds))  # theirs is the crude rate
        if adjusted and not events and best not in adjusted and best.counts != adjusted[0].counts:
            self.questions.append(self.ask_adjusted(best, adjusted[0], bounds))
        self.take("estimate", best, "its name says that it is a rate, and there are no counts to go with it", 0.8)
        after = self.columns[self.columns.index(best) + 1 :]
        for role, pattern in (("lower", LOWER), ("upper", UPPER), ("se", SE)):
            near = next(
                (c for c in after if c in bounds and c.name not in self.taken and pattern.search(heard(c.name))), None
            )
            if near is not None:
                self.take(role, near, "it is the first column of that kind after the rate", 0.8)
        self.choose("population", lambda c: bool(N.search(heard(c.name))) and c.is_number, 0.6)
        return True

    def ask_adjusted(
        self, crude: ColumnProfile, adjusted: ColumnProfile, bounds: Sequence[ColumnProfile]
    ) -> OpenQuestion:
        """Which of two rates of the same people is read, the one as it is or the adjusted one, each with its limits."""

        def settings(rate: ColumnProfile) -> tuple[Setting, ...]:
            after = self.columns[self.columns.index(rate) + 1 :]
            stop = next((k for k, c in enumerate(after) if c in (crude, adjusted)), len(after))
            chosen = [Setting(("columns", "estimate"), rate.name)]
            for role, pattern in (("lower", LOWER), ("upper", UPPER), ("se", SE)):
                near = next((c for c in after[:stop] if c in bounds and pattern.search(heard(c.name))), None)
                chosen.append(Setting(("columns", role), near.name if near else None))
            return tuple(chosen)

        return OpenQuestion(
            f"value:{crude.name}",
            (crude.name, adjusted.name),
            f"“{crude.name}” and “{adjusted.name}” are two rates of the same people: which is read?",
            tuple(Answer(f"“{c.name}”, which begins with {c.cells[0]}", settings(c)) for c in (crude, adjusted)),
            0.5,
            "a rate as it is can be checked against counts",
        )

    def said_by_measures(self, numbers: Sequence[ColumnProfile]) -> list[ColumnProfile]:
        """The only column of numbers, where every measure's name says that it is a rate or a percent."""
        by_name = {c.name: c for c in self.columns}
        source = self.sources.get("measure")
        names = by_name[source.column].values if source and source.column else ()
        rates = bool(names) and all(per(name) is not None or says_percent(name) for name in names)
        several = [c for c in numbers if c.distinct > 1]
        return several if rates and len(several) == 1 else []


def ask_which_rate(rates: Sequence[ColumnProfile], *, ranged: bool = False) -> OpenQuestion:
    """Which of several columns of rates is read, where there are no counts to go with them; ``ranged`` ones have a
    lower and an upper end each."""
    offered = rates[:MOST_OFFERED]
    return OpenQuestion(
        f"value:{offered[0].name}",
        tuple(c.name for c in offered),
        f"{len(rates)} columns hold rates of different outcomes, and a table of rates holds one: which is read?",
        tuple(
            Answer(
                f"“{c.name}”, which begins with {c.cells[0]}",
                (
                    Setting(("columns", "estimate"), c.name),
                    *(_ends(c) if ranged else ()),
                    *(_as_percent(c, offered[0]) if not ranged or says_percent(c.name) else _named(c, offered[0])),
                ),
            )
            for c in offered
        ),
        0.4,
        "it is the first of them",
    )


def _ends(column: ColumnProfile) -> tuple[Setting, ...]:
    return tuple(Setting(("columns", end), f"{column.name} {end}") for end in ("lower", "upper"))


def _named(column: ColumnProfile, first: ColumnProfile) -> tuple[Setting, ...]:
    """A column of rates as a measure of its own name and of the first one's unit."""
    if column is first:
        return ()
    multiplier = per(column.name)
    unit = (Setting(("measures", column.name, "multiplier"), float(multiplier)),) if multiplier else ()
    return (
        Setting(("columns", "measure"), (("value", column.name),)),
        Setting(("measures", first.name), None),
        Setting(("measures", column.name, "kind"), "rate" if multiplier else "mean"),
        *unit,
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
