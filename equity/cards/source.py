"""Whose numbers a card shows: a workspace's datasets, or one release. A card asks its source and nothing else."""

from __future__ import annotations

from typing import Protocol

from equity.cards.chart_overlays import ChartOverlays
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
from equity.vocabulary import Description, Grain


class Source(Protocol):
    """What a card may ask. Each method raises :class:`PlainError` where the source cannot answer."""

    def description_of_version(self, name: str, number: int) -> Description | None:
        """What one version of a dataset holds; None when the source has no such dataset or version."""

    def chart_overlays(self, question: PageQuestion) -> ChartOverlays:
        """The frames and annotations that people laid over the charts of a question."""

    def disparities(self, choices: Choices) -> Disparities:
        """Groups compared in one period."""

    def trends(self, choices: Choices, grain: Grain, frame: Frame = PLAIN_FRAME) -> Trends:
        """Groups and the gap over time."""

    def control_charts(
        self, choices: Choices, chart: str, grain: Grain, frames: tuple[tuple[str, Frame], ...]
    ) -> tuple[ControlChart, ...]:
        """Every group's control chart."""

    def pace(self, choices: Choices, group: str, by: str, grain: Grain) -> Pace:
        """What it would take to close one group's gap."""

    def areas(self, choices: Choices) -> Areas:
        """Clinical areas compared."""

    def one_group(self, choices: Choices) -> OneGroup:
        """The group in focus on every measure."""

    def summary(self, choices: Choices) -> Summary:
        """All groups in one number."""

    def inequality_over_time(self, choices: Choices, grain: Grain) -> InequalityOverTime:
        """The same in every period."""

    def completeness(self, choices: Choices) -> Completeness:
        """Who is missing, and what that could mean."""

    def intersections(self, choices: Choices, by: tuple[str, ...]) -> Intersections:
        """Groups within groups."""

    def gap_sources(self, choices: Choices, within: str) -> GapSources:
        """Every gap split over the strata of another stratifier."""

    def age_standardized(self, choices: Choices, standard: str, grain: Grain | None) -> AgeStandardized:
        """Groups compared at equal ages, by the key of a standard population."""

    def explored(self, choices: Choices, asked: Asked) -> Explored:
        """A question of one's own, counted from the rows; never of a release."""

    def site_funnel(self, choices: Choices, within: str, group: str, of: str) -> SiteFunnel:
        """One group's gap or rate at every site, against chance and ordinary variation."""
