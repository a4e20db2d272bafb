"""Questions that fit a picture, for whoever leads a call: what this card's own answer shows, then its usual question.

They are made from the card that was revealed, so before the reveal there are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from equity.lens.answers import (
    Areas,
    Completeness,
    ControlChart,
    Disparities,
    GapSources,
    Intersections,
    SiteFunnel,
    Trends,
)
from equity.words import groups, numbers
from equity.words.answers import (
    areas,
    completeness,
    control,
    disparities,
    gap_sources,
    intersections,
    site_funnel,
    trends,
)
from equity.words.rows import fares_worse, focus, records

MOST: Final = 4
MANY_UNKNOWN: Final = 0.05
FEWEST_PLACES: Final = 3
"""Places at which both groups must be seen before a word is said of most of them."""


def fitting(answer: object) -> tuple[str, ...]:
    """At most four questions that fit an answer, what stands out in it first; none for a kind that has no question."""
    if isinstance(answer, Disparities):
        return tuple([*_of_groups(answer), disparities.prompt(answer)][:MOST])
    if isinstance(answer, Trends):
        return tuple([*_over_time(answer), trends.prompt(answer)][:MOST])
    if isinstance(answer, GapSources):
        return tuple([*_within_places(answer), gap_sources.prompt(answer)][:MOST])
    return _usual(answer)


def _usual(answer: object) -> tuple[str, ...]:
    if isinstance(answer, Areas):
        return (areas.prompt(answer),)
    if isinstance(answer, Completeness):
        return (completeness.prompt(answer),)
    if isinstance(answer, Intersections):
        return (intersections.prompt(answer),)
    if isinstance(answer, ControlChart):
        return (control.prompt(answer),)
    return (site_funnel.prompt(answer),) if isinstance(answer, SiteFunnel) else ()


def _of_groups(answer: Disparities) -> Iterator[str]:
    """A reversal at most places, many unknown, groups too small to compare."""
    yield from _turned_round(answer)
    unknown = 1 - answer.known_share
    if numbers.known(unknown) and unknown > MANY_UNKNOWN:
        label = groups.started(groups.label(answer.stratifier))
        yield f"{label} is not recorded for {numbers.share(unknown)}. Who could that be, and how could we ask better?"
    small = [row["group"] for row in records(answer.rows) if _is_tiny(row)]
    if small:
        of = groups.noun(answer.measure)
        who = groups.listed([groups.describe_group(answer.stratifier, str(name), of) for name in small], 3)
        yield f"Too small to compare here: {who}. Who can tell us what care is like for them?"


def _is_tiny(row: dict[str, object]) -> bool:
    """A group of people whose number is hidden, or too small to be compared."""
    return row["kind"] == "group" and (row["shown"] == "hidden" or row["reliability"] == "too_few")


def _turned_round(answer: Disparities) -> Iterator[str]:
    """The widest gap, where most places show the opposite of it: counted from the dots behind the picture."""
    row, sides = focus(answer), answer.reference.group
    if row is None or not fares_worse(row) or not sides or not answer.within or answer.measure.polarity == "neutral":
        return
    rates = {(str(r["group"]), str(r["value"])): float(r["rate"]) for r in records(answer.spread)}
    both = [value for group, value in rates if group == row.group and (sides, value) in rates]
    sign = 1 if answer.measure.polarity == "higher_better" else -1
    better = [value for value in both if sign * (rates[row.group, value] - rates[sides, value]) > 0]
    if len(both) >= FEWEST_PLACES and 2 * len(better) > len(both):
        who = groups.describe_group(answer.stratifier, row.group, groups.noun(answer.measure))
        yield (
            f"Overall {who} fare less well, yet at {len(better)} of {len(both)} places they fare better. "
            "Where are they seen, and what is different there?"
        )


def _over_time(answer: Trends) -> Iterator[str]:
    """A gap that narrowed only because care for the others got worse."""
    for row in records(answer.leading):
        if row["verdict"] == "levelling_down":
            who = groups.describe_group(answer.stratifier, str(row["group"]), groups.noun(answer.measure))
            yield f"The gap for {who} narrowed because others got worse. What happened to care for everybody?"
            return


def _within_places(answer: GapSources) -> Iterator[str]:
    for row in records(answer.parts):
        if row["simpson"] == "reverses":
            who = groups.describe_group(answer.stratifier, str(row["group"]), groups.noun(answer.measure))
            place = groups.label(answer.within).lower()
            yield f"Within each {place} the gap for {who} turns round. Which {place} do they come to, and why that one?"
            return
