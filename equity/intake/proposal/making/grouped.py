"""Which columns group people, and which split events."""

from __future__ import annotations

from collections.abc import Sequence

from equity.intake.proposal.groupings.dimension_proposal import find_dimension
from equity.intake.proposal.groupings.offers import offers
from equity.intake.proposal.groupings.race_columns import ask_boxes
from equity.intake.proposal.groupings.stratifier_proposal import propose_stratifiers
from equity.intake.proposal.making.spelled import AskingSpellings
from equity.intake.proposal.proposal_parts import Reason
from equity.intake.proposal.repeats import (
    is_known_grouping,
    splits_events,
)
from equity.vocabulary import (
    Decision,
    LongColumns,
    StratifierMapping,
)
from equity.vocabulary.mapping import Shape

SAME_LIST = "many columns have the same list of answers, so it neither groups people nor is an outcome"


class FindingGroups(AskingSpellings):
    """The stratifiers of a file."""

    def group(self, shape: Shape) -> None:
        """The stratifiers; a column that splits events and not people names what is measured."""
        out = {c.name: "left out" for c in self.columns if c.name in self.of_one_kind}
        stratifiers, reasons = propose_stratifiers(self.columns, {**out, **self.taken}, shape in ("counts", "wide"))
        reasons += [Reason(name, "left out", SAME_LIST, 0.7) for name in out if name not in self.taken]
        boxes = ask_boxes(self.columns, stratifiers)
        self.questions += [boxes] if boxes else []
        if shape == "estimates" and len(stratifiers) > 1:
            stratifiers = self.deciding(stratifiers)
        reasons = [r for r in reasons if r.role in {s.name for s in stratifiers} or r.role == "left out"]
        self.stratifiers = stratifiers
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

    def offer(self) -> None:
        """What a person may say of the groups; loading waits for none of it."""
        self.questions += offers(self.by_name, self.stratifiers, self.free())

    def long(self) -> LongColumns | None:
        by_name = {c.name: c for c in self.columns}
        fixed = [by_name[s.column] for role, s in self.sources.items() if role in ("measure", "period") and s.column]
        dimension = find_dimension(self.free(), fixed)
        if dimension is None:
            return None
        for c, role in zip(dimension, ("dimension", "group"), strict=True):
            self.taken[c.name] = role
            self.reasons.append(Reason(c.name, role, "one column names the grouping, the other the group", 0.8))
        return LongColumns(*(c.name for c in dimension))

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
