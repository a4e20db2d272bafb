"""What stands around the finding: titles, how sure, what is not known, a question."""

from __future__ import annotations

from equity.lens.answers import GapSources
from equity.words import groups, measures, numbers, remarks
from equity.words.answers.gap_sources.phrases import (
    at_places,
    count_of,
    likely_said,
    plural_said,
    reference_said,
    some_ahead,
    stratum_said,
)
from equity.words.answers.gap_sources.within_places import lead, parts, strata


def chart_title(answer: GapSources) -> str:
    """The heading of the sites: what happens at each of them."""
    part = lead(answer)
    where = stratum_said(answer)
    if part is None:
        each = f"{at_places(answer)} each {where}"
        return f"{measures.heading(answer.measure)} {each}, compared with {reference_said(answer)}"
    seen = [s for s in strata(answer, part.group) if s.compared]
    worse = sum(s.gap[0] > 0 for s in seen)
    worse_side, better_side = (numbers.side(answer.measure, sign) for sign in (1.0, -1.0))
    if part.simpson == "reverses":
        done = f"{better_side} {at_places(answer)} {count_of(len(seen) - worse, len(seen), where)}"
        return f"{groups.started(part.who)}: {worse_side} overall, yet {done}"
    places = f"{at_places(answer)} {count_of(worse, len(seen), where)}"
    return f"{groups.started(part.who)}: {worse_side} than {reference_said(answer)} {places}"


def split_chart_title(answer: GapSources) -> str:
    """The heading of the split."""
    where = groups.label(answer.within)
    return f"Each gap from {reference_said(answer)}: the part within each {where}, and the part between them"


def how_sure(answer: GapSources) -> str:
    """How sure the split is."""
    part = lead(answer)
    if part is None:
        none = "No group is clearly behind." if some_ahead(answer) else "No gap here is clearly larger than chance."
        return none if parts(answer) else "No gap can be broken down here."
    n = part.n
    where = stratum_said(answer)
    within, between = (likely_said(answer, each, n) for each in (part.within, part.between))
    return (
        f"For {part.who}, the part within each {where} is likely {within}; the part that comes from {_seen(answer)} "
        f"is likely {between}."
    )


def _seen(answer: GapSources) -> str:
    """Where a part between comes from: the places, or the mix of people where the strata are none."""
    many = plural_said(stratum_said(answer))
    return f"being seen at different {many}" if at_places(answer) == "at" else f"the mix of {many}"


def not_known(answer: GapSources) -> tuple[str, ...]:
    """Where a group cannot be compared because one of the two is not seen there."""
    part = lead(answer)
    if part is None:
        return ()
    alone = [s.name for s in strata(answer, part.group) if not s.compared]
    return (f"Only one of the two groups is seen {at_places(answer)} {groups.listed(alone)}.",) if alone else ()


def caveats(answer: GapSources) -> tuple[str, ...]:
    """What to keep in mind when reading the answer."""
    return (
        *remarks.describe_remarks(answer.remarks),
        *_between(answer),
        "A breakdown shows where a gap is; it does not show why.",
    )


def _between(answer: GapSources) -> tuple[str, ...]:
    """What a part between places means; among other groups than places of care nobody is "seen"."""
    if at_places(answer) == "at":
        return ("A gap between means that groups are seen at different places. Who is seen where is a result too.",)
    where = stratum_said(answer)
    return (f"A part between comes from {plural_said(where)} that are larger in one group than in another.",)


def prompt(answer: GapSources) -> str:
    """One question to open the conversation with."""
    part, where = lead(answer), stratum_said(answer)
    if not parts(answer):
        return f"What would we need to know to compare groups {at_places(answer)} the same {where}?"
    if part is None:
        return f"What do we do equally well {at_places(answer)} every {where}, and how do we keep doing it?"
    if part.between[0] > part.within[0]:
        return f"What would it take to improve care at the places where most {part.who} are seen?"
    return f"Which steps of care {at_places(answer)} the same {where} are harder for {part.who}?"
