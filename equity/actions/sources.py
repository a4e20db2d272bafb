"""Whose numbers a card shows, for whoever has no session: a workspace's datasets, or one release.

A source is made for one reader, after it was found out what they may see (`equity/access`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from equity.access import opens
from equity.access.here import Here
from equity.access.opens import NOUNS, belongs_to
from equity.cards.chart_overlays import ChartOverlays
from equity.cards.chart_overlays import chart_overlays as read_overlays
from equity.cards.page_question import PageQuestion
from equity.cube import Cube, open_cube
from equity.explore.asked import Asked
from equity.explore.explored import NO_ROWS, Explored
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
from equity.release.shelf import Release, opened
from equity.release.view import ReleasedCube, as_cube
from equity.sharing import open_release_in
from equity.store.files import versions
from equity.vocabulary import Description, Grain, PlainError


class _AsksCubes:
    """The questions of :class:`equity.cards.source.Source`, each put to the cube that holds its data."""

    def cube(self, choices: Choices) -> Cube:
        raise NotImplementedError

    def asked(self, choices: Choices) -> Choices:
        """The question as this source answers it."""
        return choices

    def disparities(self, choices: Choices) -> Disparities:
        """Groups compared in one period."""
        from equity.lens.disparities import disparities

        return disparities(self.cube(choices), self.asked(choices))

    def trends(self, choices: Choices, grain: Grain, frame: Frame = PLAIN_FRAME) -> Trends:
        """Groups and the gap over time."""
        from equity.lens.over_time.trends import trends

        return trends(self.cube(choices), self.asked(choices), grain, frame)

    def control_charts(
        self, choices: Choices, chart: str, grain: Grain, frames: tuple[tuple[str, Frame], ...]
    ) -> tuple[ControlChart, ...]:
        """Every group's control chart."""
        from equity.lens.over_time.control import control_charts

        own = dict(frames)
        asked = self.asked(choices)
        return control_charts(self.cube(choices), asked, chart or None, grain, own.get("", PLAIN_FRAME), own)

    def pace(self, choices: Choices, group: str, by: str, grain: Grain) -> Pace:
        """What it would take to close one group's gap."""
        from equity.lens.over_time.pace import pace

        return pace(self.cube(choices), self.asked(choices), group, by, grain)

    def areas(self, choices: Choices) -> Areas:
        """Clinical areas compared."""
        from equity.lens.areas import areas

        return areas(self.cube(choices), self.asked(choices))

    def one_group(self, choices: Choices) -> OneGroup:
        """The group in focus on every measure."""
        from equity.lens.one_group import one_group

        return one_group(self.cube(choices), self.asked(choices))

    def summary(self, choices: Choices) -> Summary:
        """All groups in one number."""
        from equity.lens.summary import summary

        return summary(self.cube(choices), self.asked(choices))

    def inequality_over_time(self, choices: Choices, grain: Grain) -> InequalityOverTime:
        """The same in every period."""
        from equity.lens.over_time.inequality_over_time import inequality_over_time

        return inequality_over_time(self.cube(choices), self.asked(choices), grain)

    def completeness(self, choices: Choices) -> Completeness:
        """Who is missing, and what that could mean."""
        from equity.lens.completeness import completeness

        return completeness(self.cube(choices), self.asked(choices))

    def intersections(self, choices: Choices, by: tuple[str, ...]) -> Intersections:
        """Groups within groups."""
        from equity.lens.intersections import intersections

        return intersections(self.cube(choices), self.asked(choices), by)

    def gap_sources(self, choices: Choices, within: str) -> GapSources:
        """Every gap split over the strata of another stratifier."""
        from equity.lens.gap_sources import gap_sources

        return gap_sources(self.cube(choices), self.asked(choices), within)

    def explored(self, choices: Choices, asked: Asked) -> Explored:
        """A question of one's own, counted from the rows; raises :class:`PlainError` for a release, which has none."""
        from equity.explore.explored import explored

        return explored(self.cube(choices), self.asked(choices), asked)

    def site_funnel(self, choices: Choices, within: str, group: str, of: str) -> SiteFunnel:
        """One group's gap or rate at every site, against chance and ordinary variation."""
        from equity.lens.site_funnel import site_funnel

        return site_funnel(self.cube(choices), self.asked(choices), within, group, of)

    def age_standardized(self, choices: Choices, standard: str, grain: Grain | None) -> AgeStandardized:
        """Groups compared at equal ages."""
        from equity.lens.age_standard import age_standardized

        return age_standardized(self.cube(choices), self.asked(choices), standard, grain)


@dataclass(frozen=True)
class WorkspaceSource(_AsksCubes):
    """The full numbers of a workspace's own datasets, for its members."""

    place: Here
    home: Path

    def cube(self, choices: Choices) -> Cube:
        """The cube of the version that is asked about; raises :class:`PlainError` when the workspace has it not."""
        self._refuse_foreign(choices.dataset)
        folder = versions.version_folder(self.home, choices.dataset, choices.version)
        return _cube(folder, (folder / "description.json").stat().st_mtime_ns)

    def description_of_version(self, name: str, number: int) -> Description | None:
        """What one version of a dataset holds; None when the workspace has no such dataset or version."""
        try:
            self._refuse_foreign(name)
            held: Sequence[versions.Version] = versions.dataset(self.home, name).versions
        except PlainError:
            return None
        return next((version.description() for version in held if version.number == number), None)

    def chart_overlays(self, question: PageQuestion) -> ChartOverlays:
        """What people laid over the charts of a question."""
        return read_overlays(self.place, question)

    def _refuse_foreign(self, name: str) -> None:
        if belongs_to(self.place.database, opens.dataset(name)) != self.place.workspace:
            raise PlainError(NOUNS["dataset"].unknown.format(id=name))


@dataclass(frozen=True)
class ReleaseSource(_AsksCubes):
    """The numbers of one release, for readers outside the team.

    Whether it is the workspace's own and not revoked is asked at every question.
    """

    place: Here
    home: Path
    release_id: str

    def cube(self, choices: Choices) -> ReleasedCube:
        """The release's frozen cells; raises :class:`PlainError` as :meth:`release` does."""
        self.release()
        return _released(self.home, self.release_id)

    def explored(self, choices: Choices, asked: Asked) -> Explored:
        """Never: a release has no rows, whatever its policy."""
        raise PlainError(NO_ROWS)

    def asked(self, choices: Choices) -> Choices:
        """The question under the rule that the release was made by."""
        policy = _released(self.home, self.release_id).policy
        return replace(choices, policy=policy.name, threshold=policy.threshold, rounding=policy.rounding)

    def description(self) -> Description:
        """What the release holds; raises :class:`PlainError` as :meth:`release` does."""
        return self.release().description()

    def release(self) -> Release:
        """The release; raises :class:`PlainError` when it was revoked, or is another workspace's."""
        return open_release_in(self.place.database, self.home, self.place.workspace, self.release_id)

    def description_of_version(self, name: str, number: int) -> Description | None:
        """What the release holds, whatever version of its dataset it was made from."""
        held = self.description()
        return held if held.dataset == name else None

    def chart_overlays(self, question: PageQuestion) -> ChartOverlays:
        """Nothing: what the team wrote is not in a release."""
        return ChartOverlays(self.place, {}, ())


CallSource = WorkspaceSource | ReleaseSource


@lru_cache(maxsize=8)
def _cube(folder: Path, written: int) -> Cube:
    return open_cube(folder)


@lru_cache(maxsize=8)
def _released(home: Path, release_id: str) -> ReleasedCube:
    return as_cube(opened(home, release_id))
