"""Sites as a funnel: which lie outside what chance and ordinary variation between sites would explain."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from equity.lens.answers import ResolvedReference, SiteFunnel
from equity.words import groups, headlines, measures, numbers, periods, references
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line
from equity.words.rows import records

OF_NAMES = {"gap": "the gap", "rate": "the group's own rate"}
"""What a funnel can be of, where one is picked."""

OFTEN = (
    "With no more than chance and ordinary variation, about 1 in 20 still lies outside the inner (95%) limits, and "
    "about 1 in 200 or fewer outside the outer (99.8%) ones."
)
"""How often a site lies outside where nothing is unusual (tests/stats/models/test_funnel.py)."""


@dataclass(frozen=True)
class Site:
    """One site: its value as a fraction or in the unit (a gap toward harm), and which side of the limits it is on."""

    name: str
    n: float
    reference_n: float
    value: float
    size: float
    outside: int
    near: int


@cached_per_answer
def sites(answer: SiteFunnel) -> tuple[Site, ...]:
    """The sites that can be placed, in their order."""
    return tuple(
        Site(
            one_line(row["stratum"]),
            float(row["n"]),
            float(row["reference_n"]),
            float(row["value"]),
            float(row["size"]),
            int(row["outside"]),
            int(row["near"]),
        )
        for row in records(answer.rows)
        if row["shown"] == "yes"
    )


_EXPLAINED = "What we see is what chance and ordinary variation give."


def finding(answer: SiteFunnel) -> str:
    """How many sites lie outside, in two short sentences."""
    about, who, where = headlines.about(answer.measure, answer.choices), _who(answer), place(answer)
    all_sites = sites(answer)
    out = sum(site.outside != 0 for site in all_sites)
    what = f"the gap for {who}" if answer.of == "gap" else f"the {_level(answer)} for {who}"
    if not out:
        return headlines.fitting(
            (
                f"{about}: no {where} stands out in {what}. {_EXPLAINED}",
                f"{about}: no {where} stands out. {_EXPLAINED}",
            )
        )
    stand = f"{out} of {len(all_sites)} {where}s {'stands' if out == 1 else 'stand'} out"
    more = f"Chance and ordinary variation do not explain {'it' if out == 1 else 'them'}."
    return headlines.fitting((f"{about}: {stand} in {what}. {more}", f"{about}: {stand}. {more}", f"{about}: {stand}."))


def chart_title(answer: SiteFunnel) -> str:
    """The heading of the chart."""
    return finding(answer).removesuffix(".")


def what_it_comes_to(answer: SiteFunnel) -> tuple[str, ...]:
    """What lies outside and on which side, what all sites are together, and how much they ordinarily vary."""
    out = [site for site in sites(answer) if site.outside]
    named = [
        f"{site.name} ({_value_of(answer, site.value)}, {_side(answer, site.outside, site.value)})" for site in out
    ]
    where = place(answer)
    verb = "lies" if len(out) == 1 else "lie"
    apart = not numbers.is_no_gap(answer.measure, answer.tau, level=_level_of(answer))
    counting = "counting small ones nearly like large ones" if apart else "counting the surer ones more"
    together = f"On average over {where}s, {counting}: {_value_of(answer, answer.centre)}."
    if answer.of == "rate":
        together = f"All {where}s together: {_value_of(answer, answer.centre)}."
    size = numbers.gap(answer.measure, answer.tau, level=_level_of(answer))
    varies = f"{groups.started(where)}s ordinarily vary by about {size} around it (standard deviation)."
    if not apart:
        varies = f"{groups.started(where)}s vary around it no more than chance would make them."
    return (*((f"Outside {verb} {groups.listed(named, 6)}.",) if named else ()), together, varies)


def how_sure(answer: SiteFunnel) -> str:
    """How often a site lies outside where nothing is unusual."""
    return OFTEN


def not_known(answer: SiteFunnel) -> tuple[str, ...]:
    """Sites that cannot be placed, and why."""
    rows, where = records(answer.rows), place(answer)
    hidden = sum(row["shown"] == "hidden" for row in rows)
    alone = [one_line(row["stratum"]) for row in rows if row["shown"] == "alone"]
    said = []
    if hidden:
        said.append(f"{hidden} {where}{'s are' if hidden > 1 else ' is'} left out: some of the counts are not shown.")
    if alone and answer.of == "gap":
        said.append(f"Only one of the two groups is seen {_at(answer)} {groups.listed(alone)}.")
    return tuple(said)


def caveats(answer: SiteFunnel) -> tuple[str, ...]:
    """What to keep in mind when reading the funnel."""
    where, one = place(answer), groups.started(groups.with_article(place(answer)))
    return (
        f"{one} outside the limits is a reason to ask what is different there, not a verdict on it.",
        f"{one} inside them may still have a gap: the limits stand around all {where}s together.",
        f"Patients differ between {where}s in ways that are not in these data.",
    )


def prompt(answer: SiteFunnel) -> str:
    """One question to open the conversation with."""
    out = [site.name for site in sites(answer) if site.outside]
    where = place(answer)
    if not out and answer.of == "gap" and answer.centre > 0:
        return f"If no {where} stands apart, what do all of them share that makes this gap?"
    if not out:
        return f"If no {where} stands apart, what do all of them do alike, and is it good enough?"
    return f"What is different in how care is organized {_at(answer)} {groups.listed(out, 3)}?"


def site_in_words(answer: SiteFunnel, site: Site) -> str:
    """One site read aloud."""
    size = f"{numbers.count(site.n)} for the group"
    if answer.of == "gap":
        size = f"{size}, {numbers.count(site.reference_n)} on the other side"
    side = site.outside or site.near
    limits = "outside the outer limits" if site.outside else "outside the inner limits" if site.near else ""
    placed = f"{limits}, {_side(answer, side, site.value)}" if limits else "inside the limits"
    return f"{site.name}: {_value_of(answer, site.value)} ({size}), {placed}"


@cached_per_answer
def alt_text(answer: SiteFunnel) -> str:
    """The funnel in words, a clause a site."""
    every = "; ".join(site_in_words(answer, site) for site in sites(answer))
    return f"A funnel. {finding(answer)} {' '.join(what_it_comes_to(answer))} {every}."


def table_caption(answer: SiteFunnel) -> str:
    """What the table holds."""
    what = "gap" if answer.of == "gap" else _level(answer)
    compared = (
        f", compared with {references.describe_reference(_other_side(answer), answer.stratifier, answer.measure)}"
    )
    return (
        f"{measures.heading(answer.measure)}: the {what} for {_who(answer)} by {groups.label(answer.within)}"
        f"{compared if answer.of == 'gap' else ''}, {periods.title(answer.choices.period)}. The fewer "
        f"people, the wider the limits."
    )


@cached_per_answer
def table(answer: SiteFunnel) -> pd.DataFrame:
    """Every site as a row of text: its value, the limits, and where it lies."""
    rows = []
    for row in records(answer.rows):
        shown = row["shown"] == "yes"
        side = int(row["outside"]) or int(row["near"])
        told = _side(answer, side, float(row["value"]))
        lies = "inside" if not side else f"outside {'99.8%' if row['outside'] else '95%'}: {told}"
        state = {"hidden": numbers.HIDDEN, "alone": "Only one of the two groups is seen here"}
        rows.append(
            {
                groups.started(groups.label(answer.within)): one_line(row["stratum"]),
                "Gap" if answer.of == "gap" else "Rate": _value_of(answer, float(row["value"])) if shown else "",
                "Number": numbers.count(float(row["n"])) if shown else "",
                "95% limits": _limits(answer, row, "95") if shown else "",
                "99.8% limits": _limits(answer, row, "998") if shown else "",
                "Where it lies": lies if shown else state[str(row["shown"])],
            }
        )
    return pd.DataFrame(rows)


def place(answer: SiteFunnel) -> str:
    """One of the places: "site", "language group"."""
    label = groups.label(answer.within)
    return label if groups.subject_of(answer.within) in ("site", "place", "age") else f"{label} group"


def method(answer: SiteFunnel) -> str:
    """How places are held against each other."""
    where = place(answer)
    return (
        f"Each {where} is held against all {where}s together and its own numbers, never ranked. How much {where}s "
        "ordinarily vary is worked out from them all, with the outermost tenth drawn in, and added to chance "
        "(Spiegelhalter 2005)."
    )


def axis(answer: SiteFunnel) -> str:
    """What the height of a site means."""
    unit = "percentage points" if answer.measure.kind == "proportion" else numbers.unit(answer.measure)
    if answer.of == "gap":
        up = "" if answer.measure.polarity == "neutral" else "; up is worse"
        return f"Gap{f', {unit}' if unit else ''}{up}"
    return f"{measures.heading(answer.measure)}, {one_line(answer.group)}"


def _limits(answer: SiteFunnel, row: dict[str, object], which: str) -> str:
    low, high = (float(str(row[f"{end}_{which}"])) for end in ("lower", "upper"))
    if answer.of == "gap":
        return numbers.span(numbers.gap_range_with_side(answer.measure, low, high))
    return numbers.span(numbers.rate_range(answer.measure, low, high))


def _value_of(answer: SiteFunnel, value: float) -> str:
    """A gap with its side, or a rate; with the same decimals for every site, small or large, aloud and in the table."""
    if answer.of == "rate":
        return numbers.rate(answer.measure, value)
    if numbers.is_no_gap(answer.measure, value, level=_level_of(answer)):
        return "no gap"
    size = numbers.gap(answer.measure, value, level=_level_of(answer))
    return f"{size} {numbers.short_side(answer.measure, value)}"


def _side(answer: SiteFunnel, side: int, value: float) -> str:
    """Which side of the limits a value lies on: a rate higher or lower than at all sites together.

    A gap is wider or narrower where sites together have one and this site has it on the same side; where the group is
    ahead, here or on the whole, it is higher or lower.
    """
    if answer.of == "rate":
        return "higher" if side > 0 else "lower"
    if answer.measure.polarity == "neutral":
        return "further to one side" if side > 0 else "further to the other"
    if value > 0 and answer.centre > 0:
        return "a wider gap" if side > 0 else "a narrower gap"
    return "worse for them than on average" if side > 0 else "better for them than on average"


@cached_per_answer
def _level_of(answer: SiteFunnel) -> float:
    """What says how many decimals a gap of a rate or an average has: the widest of the sites', all alike."""
    return max((abs(site.value) for site in sites(answer)), default=float("nan"))


def _level(answer: SiteFunnel) -> str:
    return "average" if answer.measure.kind == "mean" else "rate"


def _who(answer: SiteFunnel) -> str:
    return groups.describe_group(answer.stratifier, answer.group, groups.noun(answer.measure))


def _other_side(answer: SiteFunnel) -> ResolvedReference:
    return answer.reference if answer.reference.group else ResolvedReference("others", "")


def _at(answer: SiteFunnel) -> str:
    return "at" if groups.subject_of(answer.within) in ("site", "place") else "in"
