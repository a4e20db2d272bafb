"""One card as it is taken away: the sentence, the chart, the table that proves it, and all that must travel with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from equity.explore.explored import Explored
from equity.export.native import NativeChart
from equity.lens.answers import (
    AgeStandardized,
    Areas,
    Completeness,
    ControlChart,
    Disparities,
    GapSources,
    InequalityOverTime,
    Intersections,
    LensAnswer,
    OneGroup,
    Pace,
    SiteFunnel,
    Summary,
    Trends,
)
from equity.lens.side_by_side import SideBySide
from equity.vocabulary import Stratifier
from equity.words.answers import (
    age_standard,
    areas,
    completeness,
    control,
    disparities,
    explore,
    gap_sources,
    inequality_over_time,
    intersections,
    one_group,
    pace,
    side_by_side,
    site_funnel,
    summary,
    trends,
)
from equity.words.sharing import provenance

Answer = LensAnswer | Explored | SideBySide


@dataclass(frozen=True)
class Sheet:
    """What is taken away of one card.

    title    the finding, as on the card; ``alt`` says the chart for those who do not see it.
    figure   the chart as on the page; ``chart`` its numbers as an office program draws them, None where it cannot.
    table    the chart as text; ``caption`` says what it holds.
    sure, caveats   sentences: how sure, what is not known, what to keep in mind.
    numbers  the answer's own table, unrounded.
    method   sentences on how it was computed, and ``sql`` what ran.
    record   the question, data and version, day, policy and what is hidden, a sentence each.
    """

    title: str
    figure: go.Figure
    chart: NativeChart | None
    alt: str
    table: pd.DataFrame
    caption: str
    numbers: pd.DataFrame
    sure: tuple[str, ...]
    caveats: tuple[str, ...]
    method: tuple[str, ...]
    sql: str
    record: tuple[str, ...]


_TOLD: Final[dict[type, Callable[[Any], tuple[list[str], list[str]]]]] = {
    AgeStandardized: lambda a: ([age_standard.how_sure(a)], [*age_standard.not_known(a), *age_standard.caveats(a)]),
    Areas: lambda a: ([areas.how_sure(a)], [*areas.not_known(a), *areas.caveats(a)]),
    Completeness: lambda a: ([completeness.tipping(a)], [*completeness.not_known(a), *completeness.caveats(a)]),
    ControlChart: lambda a: ([control.how_sure(a)], [*control.not_known(a), *control.caveats(a)]),
    Disparities: lambda a: ([disparities.how_sure(a)], [*disparities.not_known(a), *disparities.caveats(a)]),
    Explored: lambda a: ([explore.how_sure(a)], list(explore.caveats(a))),
    GapSources: lambda a: ([gap_sources.how_sure(a)], [*gap_sources.not_known(a), *gap_sources.caveats(a)]),
    InequalityOverTime: lambda a: (
        [inequality_over_time.how_sure(a)],
        [*inequality_over_time.not_known(a), *inequality_over_time.caveats(a)],
    ),
    Intersections: lambda a: ([intersections.how_sure(a)], [*intersections.not_known(a), *intersections.caveats(a)]),
    OneGroup: lambda a: ([one_group.how_sure(a)], [*one_group.not_known(a), *one_group.caveats(a)]),
    Pace: lambda a: ([], list(pace.not_known(a))),
    SideBySide: lambda a: ([side_by_side.how_sure(a)], [*side_by_side.not_known(a), *side_by_side.caveats(a)]),
    SiteFunnel: lambda a: ([site_funnel.how_sure(a)], [*site_funnel.not_known(a), *site_funnel.caveats(a)]),
    Summary: lambda a: ([summary.how_sure(a)], [*summary.not_known(a), *summary.caveats(a)]),
    Trends: lambda a: ([trends.how_sure(a)], [*trends.not_known(a), *trends.caveats(a)]),
}


def sheet(
    answer: Answer,
    stratifiers: Sequence[Stratifier],
    on: date,
    *,
    title: str,
    figure: go.Figure,
    chart: NativeChart | None,
    alt: str,
    table: pd.DataFrame,
    caption: str,
    numbers: pd.DataFrame | None = None,
    method: Sequence[str] = (),
) -> Sheet:
    """A card as it is taken away; what the answer itself must say beside it is added here.

    ``numbers`` are the answer's rows unless the card is about another of its tables.
    """
    sure, caveats = _TOLD[type(answer)](answer)
    return Sheet(
        title,
        figure,
        chart,
        alt,
        table,
        caption,
        answer.rows if numbers is None else numbers,
        tuple(said for said in sure if said),
        tuple(caveats),
        tuple(method),
        answer.sql,
        record(answer, stratifiers, on),
    )


def record(answer: Answer, stratifiers: Sequence[Stratifier], on: date) -> tuple[str, ...]:
    """What travels with every copy of a card: the question, data and version, day, policy, what is hidden."""
    measure = None if isinstance(answer, Areas | OneGroup) else answer.measure
    hidden = int((answer.rows["shown"] == "hidden").sum()) if "shown" in answer.rows else 0
    what = "group" if isinstance(answer, Disparities) else "number"
    if isinstance(answer, Explored):
        _, *travels = provenance.describe_provenance(answer.choices, measure, stratifiers, on)
        return (explore.question(answer), *travels, provenance.hidden(hidden, what))
    if isinstance(answer, SideBySide):
        asked, *travels = provenance.describe_provenance(answer.choices, measure, stratifiers, on)
        return (asked, side_by_side.caption(answer), *travels, provenance.hidden(hidden, what))
    return (*provenance.describe_provenance(answer.choices, measure, stratifiers, on), provenance.hidden(hidden, what))
