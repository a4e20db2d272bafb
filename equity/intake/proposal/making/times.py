"""The column of periods, and what its numbers say of time."""

from __future__ import annotations

import re

from equity.intake.columns.column_names import (
    PERIOD,
    heard,
)
from equity.intake.columns.profile import ColumnProfile
from equity.intake.proposal.making.aside import SettingAside
from equity.intake.proposal.proposal_parts import Reason
from equity.intake.proposal.times.counted_dates import ask_counted, ask_unread, tell_unread, unread_dates
from equity.intake.proposal.times.leftover_times import ask_time, leftover_times, told_by
from equity.intake.proposal.times.period_questions import (
    ask_dates,
    ask_fiscal_quarters,
    ask_fiscal_start,
    ask_periods,
    is_fiscal,
    is_handling,
    second_part,
)
from equity.intake.proposal.times.running import ask_running
from equity.intake.spellings.period_shapes import TOTALS
from equity.vocabulary import (
    ColumnSource,
    Decision,
    OpenQuestion,
)
from equity.vocabulary.mapping import CountedFrom, DateOrder

MOST_DESCRIBED = 60
_SPAN = re.compile(r"\b((?:19|20)\d\d) ?[-–—] ?((?:19|20)\d\d)\b")


class FindingTimes(SettingAside):
    """Periods, columns that are only named like one, and counts that run on."""

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
        second = second_part(period, self.free())
        if second is not None:
            part, self.form = second
            self.taken[part.name] = "period"
            self.sources["period"] = ColumnSource(column=period.name, more=(part.name,))
            what = self.form.replace("fiscal_", "").replace("epi_", "")
            self.reasons.append(Reason(part.name, "period", f"it holds the {what} of “{period.name}”", 0.9))
            if self.form == "fiscal_month":
                self.questions.append(ask_fiscal_start(period, part))
            if self.form == "quarter" and is_fiscal(period):
                self.questions += ask_fiscal_quarters(period, part)
            totals = tuple(v for v in part.values if v.casefold() in TOTALS)
            if totals:
                self.leave_out |= {part.name: totals}
                self.decisions.append(Decision("left out", totals[0], "it adds up the rows of other periods", 0.9))
            return
        self.questions += ask_counted(period) or ask_periods(period) or self.ask_dates(period)

    def ask_dates(self, period: ColumnProfile) -> list[OpenQuestion]:
        """Which of several dates of a visit says when it counts, where their months differ."""
        others = [
            c for c in self.free() if c.type == "period" and (PERIOD.search(heard(c.name)) or c.spelling.may_count)
        ]
        others = [c for c in others if not self.groups(c)]
        asked = ask_dates(period, others)
        for column in others if asked else ():
            self.taken[column.name] = "left out"
        return asked

    def ask_times(self) -> None:
        """Columns that are named like a time and hold none."""
        period = self.profile_of("period")
        for column in leftover_times(self.free(), period):
            self.taken[column.name] = "left out"
            self.reasons.append(Reason(column.name, "left out", "it is named like a time, and holds none", 0.6))
            if not told_by(column, period):
                self.questions.append(ask_time(column))

    def ask_unread_dates(self) -> None:
        """Numbers under the name of a date, where no other column says a time."""
        used = {s.column for s in self.sources.values()} | {c for s in self.stratifiers for c in s.columns}
        unread = [c for c in unread_dates(self.columns) if c.name not in used and not is_handling(c)]
        unread = [c for c in unread if not c.identifying and (c.name not in self.taken or "period" not in self.sources)]
        if "period" in self.sources:
            self.problems += [tell_unread(c, self.sources["period"].column or "") for c in unread]
        elif unread:
            self.questions.append(ask_unread(unread[0]))

    def counted(self) -> DateOrder | CountedFrom:
        """What the dates of the period count, where they are numbers that a spreadsheet would not write."""
        period = self.profile_of("period")
        counted = period.spelling.counted if period is not None else ""
        return "" if counted == "days_from_1900" else counted

    def ask_running(self) -> None:
        """Whether the counts of a period hold those of the periods before it."""
        x, n = self.profile_of("x"), self.profile_of("n")
        if x is not None:
            self.ask_whether_runs_on(x, n)

    def ask_whether_runs_on(self, x: ColumnProfile, n: ColumnProfile | None) -> None:
        """The same of one column of counts; asked once a file."""
        if "period" not in self.sources or any(q.key.startswith(("windows:", "running:")) for q in self.questions):
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

    def period_from_title(self) -> None:
        if "period" in self.sources:
            return
        match = next((m for t in self.table.titles if (m := _SPAN.search(t))), None)
        if match:
            self.sources["period"] = ColumnSource(value=f"{match[1]}-{match[2]}")
            self.reasons.append(Reason("title", "period", "the lines above the header name the years", 0.7))
