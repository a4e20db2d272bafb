"""A gap within and across sites by a model in which every site has a level of its own, in words: crude first."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from equity.lens.answers import GapSources
from equity.words import groups, measures, numbers, periods
from equity.words.answers import gap_sources
from equity.words.answers.gap_sources.phrases import at_places, gap_n, stratum_said
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line
from equity.words.rows import records

METHOD = (
    "Adjusted: a logistic model (Poisson for a rate) with a level of its own for every place, the group, and the share "
    "of the group at each place. Within: the group beside the other side at the same place. Across: everyone at places "
    "that see ten points more of the group. By adaptive quadrature; in points for the group's own people where they "
    "are seen (CMS's within- and across-hospital disparity methods)."
)
"""How the adjusted gap is found."""
WHY_NOT = {
    "few_strata": "Fewer than five of them have both groups, so no model can be made.",
    "hidden": "Some counts are not shown, so no model of places can be made.",
    "not_for_means": "The model of places needs counts; an average has none.",
}

Triple = tuple[float, float, float]


@dataclass(frozen=True)
class Modelled:
    """One group: its gap as measured and within places (toward harm), and the odds ratios of the model.

    ``n`` is that by which its gaps are rounded.
    """

    group: str
    who: str
    n: float
    crude: float
    gap: Triple
    within_gap: Triple
    crude_ratio: Triple
    within_ratio: Triple
    across_ratio: Triple
    across_gap: float
    share_between: float
    reason: str


@cached_per_answer
def modelled(answer: GapSources) -> tuple[Modelled, ...]:
    """Every compared group, in the stratifier's order."""
    rows = {str(row["group"]): row for row in records(answer.model)}

    def triple(row: dict[str, float], name: str) -> Triple:
        return float(row[name]), float(row[f"{name}_lower"]), float(row[f"{name}_upper"])

    return tuple(
        Modelled(
            part.group,
            part.who,
            gap_n(answer, part),
            part.crude,
            part.gap,
            triple(rows[part.group], "within_gap"),
            triple(rows[part.group], "crude_ratio"),
            triple(rows[part.group], "within_ratio"),
            triple(rows[part.group], "across_ratio"),
            float(rows[part.group]["across_gap"]),
            float(rows[part.group]["share_between"]),
            str(rows[part.group]["reason"]),
        )
        for part in gap_sources.parts(answer)
        if part.group in rows
    )


def there(answer: GapSources) -> tuple[Modelled, ...]:
    """The groups for which the model could be made."""
    return tuple(m for m in modelled(answer) if not m.reason)


def why_not(answer: GapSources) -> str:
    """Why there is no model at all; nothing where there is one."""
    sites_modelled = modelled(answer)
    return "" if not sites_modelled or there(answer) else WHY_NOT[sites_modelled[0].reason]


def title(answer: GapSources) -> str:
    """The heading: the gap of the group in focus as measured, and at the same place."""
    where, lead = _same(answer), _lead(answer)
    if lead is None:
        return f"{measures.heading(answer.measure)}: each gap {where}, by a model"
    crude, within = (_short(answer, lead, t) for t in (lead.gap, lead.within_gap))
    return f"{groups.started(lead.who)}: {crude} as measured; {where}, {within} by a model"


def in_words(answer: GapSources) -> tuple[str, ...]:
    """The group in focus in sentences."""
    lead, where = _lead(answer), _same(answer)
    if lead is None:
        return (why_not(answer),) if why_not(answer) else ()
    within = numbers.gap_range_with_side(answer.measure, lead.within_gap[1], lead.within_gap[2], lead.n)
    none = _short(answer, lead, lead.gap) == numbers.NO_DIFFERENCE
    side = numbers.short_side(answer.measure, lead.gap[0])
    crude = f"{numbers.gap(answer.measure, lead.gap[0], lead.n, lead.crude)} {side}"
    return (
        f"As measured, there is no gap for {lead.who}." if none else f"As measured, the gap for {lead.who} is {crude}.",
        f"{groups.started(where)}, the model's gap is likely {within}.",
        _across(answer, lead),
    )


def alt_text(answer: GapSources) -> str:
    """The chart in words, a clause a group."""
    return f"Dots with ranges. {title(answer)}. {'; '.join(modelled_in_words(answer, m) for m in there(answer))}."


def modelled_in_words(answer: GapSources, group: Modelled) -> str:
    """One group read aloud."""
    crude, within = (_short(answer, group, t) for t in (group.gap, group.within_gap))
    around = _within_range(answer, group)
    return f"{one_line(group.group)}: {crude} as measured, {within} within{numbers.range_named(around)}"


def caption(answer: GapSources) -> str:
    """What the table holds."""
    odds = "odds" if answer.measure.kind == "proportion" else "rates"
    return (
        f"{measures.heading(answer.measure)} by {groups.label(answer.stratifier)}, each {stratum_said(answer)} "
        f"with a level of its own, {periods.title(answer.choices.period)}. Ratios are of {odds}. Ranges are 95% "
        "intervals."
    )


@cached_per_answer
def table(answer: GapSources) -> pd.DataFrame:
    """Every group as a row of text: crude first."""
    columns = ["Group", "Gap", "Gap within", "Range", "Crude ratio", "Ratio within", "Ratio across", "Note"]
    return pd.DataFrame([_cells(answer, m) for m in modelled(answer)], columns=columns)


def caveats(answer: GapSources) -> tuple[str, ...]:
    """What to keep in mind; who is "seen" where is a question of places of care alone."""
    where, said = stratum_said(answer), []
    if at_places(answer) == "at":
        said.append(f"Who is seen at which {where} can be a result of inequity: read the gap as measured first.")
    if _lead(answer) is not None:
        one = groups.with_article(where)
        said.append(f"“Across” is about {one} as a whole, with all its patients; it is a rough number.")
    return tuple(said)


def _same(answer: GapSources) -> str:
    """ "at the same site", "in the same language group"."""
    return f"{at_places(answer)} the same {stratum_said(answer)}"


def _lead(answer: GapSources) -> Modelled | None:
    focus = gap_sources.focus(answer)
    return next((m for m in there(answer) if m.group == focus), None)


def _across(answer: GapSources, group: Modelled) -> str:
    where = groups.label(answer.within)
    value, lower, upper = group.across_ratio
    if not numbers.known(value):
        return f"Every {where} sees the same share of them, so nothing can be said across."
    told = "odds are" if answer.measure.kind == "proportion" else "rate is"
    whom = groups.describe_group(answer.stratifier, group.group, groups.noun(answer.measure))
    worse = (value - 1) * answer.measure.harm_sign
    clear = "no clear difference" if lower <= 1 <= upper else numbers.side(answer.measure, worse)
    return (
        f"Across: where {whom} make up 10 points more of the patients, everyone's {told} {_times(value)} times as high "
        f"({_times(lower)} to {_times(upper)}): {clear}."
    )


def _short(answer: GapSources, group: Modelled, gap: Triple) -> str:
    return gap_sources.gap_in_short(answer, gap[0], gap_sources.gaps_n(answer), group.crude)


def _within_range(answer: GapSources, group: Modelled) -> str:
    _, lower, upper = group.within_gap
    return numbers.span(numbers.gap_range(answer.measure, lower, upper, gap_sources.gaps_n(answer), group.crude))


def _times(ratio: float) -> str:
    """A ratio, which may be of any size: "under 0.01", "1.40", "over 1,000"."""
    if ratio > 1_000:
        return "over 1,000"
    return f"{ratio:.2f}" if ratio >= 0.01 else "under 0.01"


def _cells(answer: GapSources, group: Modelled) -> dict[str, str]:
    def ratio(three: Triple) -> str:
        return f"{_times(three[0])} ({_times(three[1])} to {_times(three[2])})" if numbers.known(three[0]) else ""

    within, around = group.within_gap, _within_range(answer, group)
    return {
        "Group": one_line(group.group),
        "Gap": groups.started(_short(answer, group, group.gap)),
        "Gap within": groups.started(_short(answer, group, within)) if not group.reason else "",
        "Range": around if not group.reason else "",
        "Crude ratio": ratio(group.crude_ratio),
        "Ratio within": ratio(group.within_ratio),
        "Ratio across": ratio(group.across_ratio),
        "Note": WHY_NOT.get(group.reason, ""),
    }
