"""How numbers are written: decimal marks, codes for none, durations."""

from __future__ import annotations

import re

from equity.intake.proposal.making.times import FindingTimes
from equity.intake.proposal.stand_ins import ask_placeholders, ask_stand_ins, placeholder_dates, stand_ins
from equity.intake.proposal.times.durations import ask_duration
from equity.vocabulary import (
    Answer,
    OpenQuestion,
    Setting,
)
from equity.vocabulary.mapping import Shape, YesNo


class AskingSpellings(FindingTimes):
    """What the way in which numbers are written leaves open."""

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
        codes = [
            each
            for c in read
            if c.type == "number" and not told and (each := stand_ins(self.evidence, c, repeated=counts)) is not None
        ]
        if codes:
            self.missing = tuple(dict.fromkeys(t for each in codes for t in each.texts))
            self.questions.append(ask_stand_ins(codes, not counts))

    def ask_durations(self) -> None:
        """What 1:35 is, where no name, no day and no second tells that it is hours and minutes."""
        for role in ("x", "estimate"):
            column = self.profile_of(role)
            if column is not None and (question := ask_duration(column, role)) is not None:
                self.questions.append(question)
