"""Shares recorded, by site and time, with the words for how complete they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from equity.lens.answers import Completeness
from equity.stats.missing_groups import CAUTION_FROM, GOOD_FROM, completeness_status
from equity.vocabulary import Measure
from equity.words import groups, measures, numbers, periods
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line
from equity.words.judgements import Judgement
from equity.words.rows import records

STATUS: dict[str, Judgement] = {
    "good": Judgement("●", "good", "At least 95% is recorded."),
    "caution": Judgement("◐", "use with caution", "Between 80% and 95% is recorded."),
    "fix_first": Judgement("○", "fix this first", "Less than 80% is recorded: fix the data before reading the gap."),
    "": Judgement("–", "no data", "There are no patients here."),
}
"""The three states of completeness, each in a mark, a word and a definition."""


def judged(share: float) -> Judgement:
    """The state of a share that is recorded: the same rule and words on every page."""
    return STATUS[str(completeness_status(share))]


KINDS = {"unknown": "unknown", "not_asked": "not asked", "declined": "declined"}
"""Why a group is not recorded, in the words of the table; each is a different thing to fix, and the last is a right."""


SHARES = (
    "Recorded counts those in a group, “other” included. Unknown, not asked and declined are counted apart, out of all."
)


BOUNDS = (
    "The smallest gap puts the missing with the better result in the group and those with the worse in the reference. "
    "The largest does the reverse. To undo a gap, those with the better result would have to be the group's."
)
"""How the shares and the bounds are found."""


KNOWN = Measure("known")


@dataclass(frozen=True)
class Share:
    """How much is known in one place, period or outcome. ``kinds`` are counts in the unit of n."""

    scope: str
    value: str
    name: str
    n: float
    known: float
    share: float
    kinds: dict[str, float]
    status: str


@cached_per_answer
def shares(answer: Completeness, *scopes: str) -> tuple[Share, ...]:
    """The rows of these scopes (all, place, period, outcome), all of them when none is named."""
    return tuple(
        Share(
            scope=str(row["scope"]),
            value=str(row["value"]),
            name=name_said(answer, row),
            n=float(row["n"]),
            known=float(row["known"]),
            share=float(row["share"]),
            kinds={kind: float(row[kind]) for kind in KINDS},
            status=str(row["status"]),
        )
        for row in records(answer.rows)
        if not scopes or row["scope"] in scopes
    )


def share_said(answer: Completeness) -> str:
    every = shares(answer, "all")
    return rounded_alike(every[0])[0] if every else numbers.MISSING


def written(share: Share) -> str:
    """A share known, with a decimal where n allows: 94.6%, or just under 95%, never reads as the 95% that is good."""
    if share.share == 1:
        return "100%"
    said = numbers.rate(KNOWN, share.share, share.n)
    for limit in (GOOD_FROM, CAUTION_FROM):
        if share.share < limit and said == numbers.rate(KNOWN, limit, share.n):
            return f"just under {numbers.share(limit)}"
    return said


def rounded_alike(*several: Share) -> tuple[str, ...]:
    """Shares of one sentence, as whole per cent; each with a decimal where one would read as more than it is."""
    decimal = any(map(_reads_as_more, several))
    return tuple(written(share) if decimal else numbers.share(share.share) for share in several)


def _reads_as_more(share: Share) -> bool:
    """Whether a whole per cent makes nearly all of all, or lifts a share into the next state: 94.9% to a good 95%."""
    whole = round(share.share, 2)
    return share.share < whole and (whole == 1 or judged(whole) != judged(share.share))


def name_said(answer: Completeness, row: dict[str, Any]) -> str:
    value = str(row["value"])
    if row["scope"] == "period":
        return periods.describe_period(value)
    if row["scope"] == "outcome":
        return f"{measures.heading(answer.measure)}: {value}"
    return one_line(value) if row["scope"] == "place" else "Overall"


def counted_said(answer: Completeness) -> str:
    return groups.what_is_counted(answer.measure, size(answer), answer.people)


def size(answer: Completeness) -> float:
    """The denominator over everyone, in the unit of n."""
    every = shares(answer, "all")
    return every[0].n if every else float("nan")
