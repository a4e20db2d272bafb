"""Counts of events and of everyone, by their names and by the rates beside them."""

from __future__ import annotations

from collections.abc import Sequence

from equity.intake.columns.profile import ColumnProfile
from equity.intake.proposal.evidence import Evidence
from equity.intake.proposal.making.rated import TakingRates
from equity.intake.proposal.measures.complements import Complements, ask_neither
from equity.intake.proposal.measures.likely_pair import (
    Pair,
    ask_pair,
    parted,
)
from equity.intake.proposal.measures.witnessed_counts import Witnessed, ask_population, witnessed_counts
from equity.intake.proposal.proposal_parts import Reason
from equity.vocabulary import (
    Decision,
)
from equity.vocabulary.mapping import MeasureColumns, Shape


class TakingCounts(TakingRates):
    """Two or more columns of counts."""

    def take_witnessed(self, witnessed: Sequence[Witnessed]) -> Shape:
        """Counts that no name gives away, known by the rates that the file shows of them."""
        question = ask_population(self.evidence, witnessed, [c.name for c in self.columns if c.type == "text"][:1])
        if question is not None:
            self.questions.append(question)
        first = {w.x: w for w in reversed(witnessed)}
        witnessed = [w for w in witnessed if first[w.x] is w]
        for w in witnessed:
            per = "in percent" if w.multiplier == 100 else f"per {w.multiplier:,.0f}" if w.multiplier > 1 else ""
            everyone = " less ".join(f"“{name}”" for name in (w.n, *w.minus))
            why = f"“{w.rate}” is “{w.x}” of {everyone} {per}".strip()
            self.decisions.append(Decision("x", w.x, why, 0.95))
            self.taken[w.rate] = "rate"
            if len(witnessed) == 1:
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

    def take_complements(self, complements: Complements) -> Shape:
        """Counts with and without the event; whether those of neither count is asked, those out of it do not."""
        self.take("x", complements.x, f"“{complements.no.name}” denies it, and together they are everyone", 0.9)
        self.take("no", complements.no, f"it denies “{complements.x.name}”", 0.9)
        for column in (*complements.neither, *complements.out):
            self.taken[column.name] = "left out"
        for column in complements.out:
            self.reasons.append(Reason(column.name, "left out", "who is excluded is in no denominator", 0.9))
        if complements.neither:
            groups = [c.name for c in self.columns if c.type == "text" and not c.identifying][:2]
            self.questions.append(ask_neither(self.evidence, complements, groups))
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

    def take_pairs(self, pairs: dict[str, tuple[ColumnProfile, ColumnProfile]]) -> Shape:
        self.wide = {name: MeasureColumns(x.name, n.name) for name, (x, n) in pairs.items()}
        for name, (x, n) in pairs.items():
            for c, role in ((x, "x"), (n, "n")):
                self.taken[c.name] = role
                self.reasons.append(Reason(c.name, f"{role} of {name}", "its name ends like its partner's", 0.85))
        return "wide"


def _another_is_witnessed(
    witnessed: Sequence[Witnessed], x: ColumnProfile, evidence: Evidence, numbers: Sequence[ColumnProfile]
) -> bool:
    """Whether the rate beside the counts is of a column other than the one that its name speaks for, which has none."""
    own = {w.x for w in witnessed}
    rest = [c for c in numbers if c.name not in own]
    return len(own) == 1 and x.name not in own and not witnessed_counts(evidence, rest)
