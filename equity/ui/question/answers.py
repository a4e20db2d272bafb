"""Asking a lens: computed once for a dataset's version and a question, whoever asks.

This module is the source (`equity/cards/source.py`) of the cards on the workspace's pages.

Nothing here reads a session: fifty people on a call cost one, and share one answer, which nobody changes. The key is
the whole question, the version included, and the moment at which that version was made, so that a dataset deleted and
loaded anew is never mistaken for the old one.
"""

from __future__ import annotations

from equity.cards.chart_overlays import ChartOverlays
from equity.cards.chart_overlays import chart_overlays as read_overlays
from equity.cards.page_question import PageQuestion
from equity.explore.asked import Asked
from equity.explore.explored import Explored
from equity.lens.answers import (
    AgeStandardized,
    Areas,
    Completeness,
    ControlChart,
    Disparities,
    GapSources,
    InequalityOverTime,
    Intersections,
    OneGroup,
    Pace,
    SiteFunnel,
    Summary,
    Trends,
)
from equity.lens.choices import PLAIN_FRAME, Choices, Frame
from equity.ui.datasets import in_memory
from equity.ui.session.shared_cache import shared_cache
from equity.ui.session.workspace import here
from equity.vocabulary import Description, Grain

KEPT, KEPT_SCREENS = 100, 90
"""Answers of each kind that stay in memory with what is said and drawn of them: 200 to 450 KB; every measure by every
grouping 1.3 MB, once both of its pages drew it. Those are as many as five years have months, quarters and years: were
they fewer than the periods that can be picked, whoever goes through the list would find none of them kept."""


def description_of_version(name: str, number: int) -> Description | None:
    """What one version of a dataset of this workspace holds; None when the workspace has none of that name."""
    return in_memory.description_of_version(name, number) if name in in_memory.names() else None


def chart_overlays(question: PageQuestion) -> ChartOverlays:
    """What people laid over the charts of this question, in this workspace."""
    return read_overlays(here(), question)


def disparities(choices: Choices) -> Disparities:
    """Groups compared in one period."""
    return _disparities(choices, _made(choices))


def trends(choices: Choices, grain: Grain, frame: Frame = PLAIN_FRAME) -> Trends:
    """Groups and the gap over time, with what people decided about them."""
    return _trends(choices, grain, frame, _made(choices))


def control_charts(
    choices: Choices, chart: str, grain: Grain, frames: tuple[tuple[str, Frame], ...]
) -> tuple[ControlChart, ...]:
    """Every group's control chart; ``frames`` by group, under the empty name the one of all other groups."""
    return _control_charts(choices, chart, grain, frames, _made(choices))


def pace(choices: Choices, group: str, by: str, grain: Grain) -> Pace:
    """What it would take to close one group's gap."""
    return _pace(choices, group, by, grain, _made(choices))


def areas(choices: Choices) -> Areas:
    """Clinical areas compared."""
    return _areas(choices, _made(choices))


def one_group(choices: Choices) -> OneGroup:
    """The group in focus on every measure."""
    return _one_group(choices, _made(choices))


def summary(choices: Choices) -> Summary:
    """All groups in one number, in each of the field's ways."""
    return _summary(choices, _made(choices))


def inequality_over_time(choices: Choices, grain: Grain) -> InequalityOverTime:
    """The same in every period."""
    return _inequality_over_time(choices, grain, _made(choices))


def completeness(choices: Choices) -> Completeness:
    """Who is missing, and what that could mean."""
    return _completeness(choices, _made(choices))


def missing_from_a_conclusion(choices: Choices) -> Completeness:
    """Who is missing, without sites and periods: for the page of a conclusion."""
    return _missing_from_a_conclusion(choices, _made(choices))


def intersections(choices: Choices, by: tuple[str, ...]) -> Intersections:
    """Groups within groups of these stratifiers."""
    return _intersections(choices, by, _made(choices))


def groups_within_groups(choices: Choices) -> tuple[Intersections, ...]:
    """Of all pairs of stratifiers, over all time, those in which a group stands out; the same for every question."""
    asked = Choices(choices.dataset, choices.version, choices.measure, "", policy=choices.policy)
    return _groups_within_groups(asked, _made(choices))


def is_misleading(choices: Choices) -> bool:
    """Whether some gap reverses or halves within the sites."""
    return _is_misleading(choices, _made(choices))


def gap_sources(choices: Choices, within: str) -> GapSources:
    """Every gap split over the strata of another stratifier."""
    return _gap_sources(choices, within, _made(choices))


def age_standardized(choices: Choices, standard: str, grain: Grain | None) -> AgeStandardized:
    """Groups compared at equal ages."""
    return _age_standardized(choices, standard, grain, _made(choices))


def site_funnel(choices: Choices, within: str, group: str, of: str) -> SiteFunnel:
    """One group's gap or rate at every site, against chance and ordinary variation."""
    return _site_funnel(choices, within, group, of, _made(choices))


def explored(choices: Choices, asked: Asked) -> Explored:
    """A question of one's own, counted from the rows."""
    return _explored(choices, asked, _made(choices))


def _made(choices: Choices) -> str:
    return in_memory.description(choices.dataset).created


@shared_cache(KEPT)
def _disparities(choices: Choices, made: str) -> Disparities:
    from equity.lens.disparities import disparities as ask

    return ask(in_memory.cube(choices.dataset, choices.version, made), choices)


@shared_cache(KEPT)
def _trends(choices: Choices, grain: Grain, frame: Frame, made: str) -> Trends:
    from equity.lens.over_time.trends import trends as ask

    return ask(in_memory.cube(choices.dataset, choices.version, made), choices, grain, frame)


@shared_cache(KEPT)
def _control_charts(
    choices: Choices, chart: str, grain: Grain, frames: tuple[tuple[str, Frame], ...], made: str
) -> tuple[ControlChart, ...]:
    from equity.lens.over_time.control import control_charts as ask

    own = dict(frames)
    cube = in_memory.cube(choices.dataset, choices.version, made)
    return ask(cube, choices, chart or None, grain, own.get("", PLAIN_FRAME), own)


@shared_cache(KEPT)
def _pace(choices: Choices, group: str, by: str, grain: Grain, made: str) -> Pace:
    from equity.lens.over_time.pace import pace as ask

    return ask(in_memory.cube(choices.dataset, choices.version, made), choices, group, by, grain)


@shared_cache(KEPT_SCREENS)
def _areas(choices: Choices, made: str) -> Areas:
    from equity.lens.areas import areas as ask

    return ask(in_memory.cube(choices.dataset, choices.version, made), choices)


@shared_cache(KEPT)
def _one_group(choices: Choices, made: str) -> OneGroup:
    from equity.lens.one_group import one_group as ask

    return ask(in_memory.cube(choices.dataset, choices.version, made), choices)


@shared_cache(KEPT)
def _summary(choices: Choices, made: str) -> Summary:
    from equity.lens.summary import summary as ask

    return ask(in_memory.cube(choices.dataset, choices.version, made), choices)


@shared_cache(KEPT)
def _inequality_over_time(choices: Choices, grain: Grain, made: str) -> InequalityOverTime:
    from equity.lens.over_time.inequality_over_time import inequality_over_time as ask

    return ask(in_memory.cube(choices.dataset, choices.version, made), choices, grain)


@shared_cache(KEPT)
def _completeness(choices: Choices, made: str) -> Completeness:
    from equity.lens.completeness import completeness as ask

    return ask(in_memory.cube(choices.dataset, choices.version, made), choices)


@shared_cache(KEPT)
def _missing_from_a_conclusion(choices: Choices, made: str) -> Completeness:
    from equity.lens.completeness import missing_from_a_conclusion as ask

    return ask(in_memory.cube(choices.dataset, choices.version, made), choices)


@shared_cache(KEPT)
def _intersections(choices: Choices, by: tuple[str, ...], made: str) -> Intersections:
    from equity.lens.intersections import intersections as ask

    return ask(in_memory.cube(choices.dataset, choices.version, made), choices, by)


@shared_cache(KEPT)
def _groups_within_groups(choices: Choices, made: str) -> tuple[Intersections, ...]:
    from equity.lens.intersections import pairs_where_groups_stand_out as ask

    return ask(in_memory.cube(choices.dataset, choices.version, made), choices)


@shared_cache(KEPT)
def _is_misleading(choices: Choices, made: str) -> bool:
    from equity.lens.gap_sources import is_misleading as ask

    return ask(in_memory.cube(choices.dataset, choices.version, made), choices)


@shared_cache(KEPT)
def _gap_sources(choices: Choices, within: str, made: str) -> GapSources:
    from equity.lens.gap_sources import gap_sources as ask

    return ask(in_memory.cube(choices.dataset, choices.version, made), choices, within)


@shared_cache(KEPT)
def _age_standardized(choices: Choices, standard: str, grain: Grain | None, made: str) -> AgeStandardized:
    from equity.lens.age_standard import age_standardized as ask

    return ask(in_memory.cube(choices.dataset, choices.version, made), choices, standard, grain)


@shared_cache(KEPT)
def _site_funnel(choices: Choices, within: str, group: str, of: str, made: str) -> SiteFunnel:
    from equity.lens.site_funnel import site_funnel as ask

    return ask(in_memory.cube(choices.dataset, choices.version, made), choices, within, group, of)


@shared_cache(KEPT)
def _explored(choices: Choices, asked: Asked, made: str) -> Explored:
    from equity.explore.explored import explored as ask

    return ask(in_memory.cube(choices.dataset, choices.version, made), choices, asked)
