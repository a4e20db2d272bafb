"""What people laid over the charts of one question: frames by group, what happened when, which tests began.

All of it is the workspace's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from equity.access.here import Here
from equity.cards.page_question import PageQuestion
from equity.improvement.aim_line import AimLine, line_of
from equity.lens.choices import PLAIN_FRAME, Frame
from equity.words.answers.chart_frames import Event

if TYPE_CHECKING:
    from equity.store.records.annotations import Annotation
    from equity.store.records.chart_frames import SavedFrame
    from equity.store.records.frame_values import KeptFrame


@dataclass(frozen=True)
class ChartOverlays:
    """Of a measure by a stratifier: saved frames (by group, the empty name is all groups alike), annotations, aims.

    ``tests`` are the tests of change that stand on these charts, as annotations that nobody wrote: they follow them.
    """

    place: Here
    frames: Mapping[str, SavedFrame]
    annotations: tuple[Annotation, ...]
    tests: tuple[Annotation, ...] = ()
    aims: tuple[AimLine, ...] = ()

    def drawn(self, group: str) -> SavedFrame | None:
        """The frame that a group's chart is drawn with: its own, else the one of all groups alike."""
        return self.frames.get(group) or self.frames.get("")

    def frame(self, group: str, labels: Sequence[str]) -> Frame:
        """The same, laid over the periods of a chart."""
        saved = self.drawn(group)
        return PLAIN_FRAME if saved is None else _on(saved.frame, labels)

    def by_group(self, labels: Sequence[str]) -> tuple[tuple[str, Frame], ...]:
        """Every frame, laid over the periods of the charts."""
        return tuple((group, _on(saved.frame, labels)) for group, saved in sorted(self.frames.items()))

    def events(self, labels: Sequence[str]) -> tuple[Event, ...]:
        """The annotations and tests that stand on charts of these periods, numbered in order of time."""
        from equity.store.records.annotations import in_order, placed

        return tuple(
            Event(i, each.annotation.words, each.annotation.period, labels[each.first], labels[each.last])
            for i, each in enumerate(placed(in_order((*self.annotations, *self.tests)), labels), start=1)
        )


def chart_overlays(place: Here, question: PageQuestion) -> ChartOverlays:
    """Read what the workspace of a place holds for this measure by this stratifier."""
    from equity.store.records.annotations import annotations_for
    from equity.store.records.chart_frames import frames_of_dataset

    dataset, measure, by = (question.codes[part] for part in ("dataset", "measure", "by"))
    saved = frames_of_dataset(place.database, place.workspace, dataset)
    frames = {each.key.group: each for each in saved if (each.key.measure, each.key.by) == (measure, by)}
    annotations = annotations_for(place.database, place.workspace, dataset, measure, by)
    return ChartOverlays(
        place, frames, annotations, _tests(place, dataset, measure, by), _aims(place, dataset, measure, by)
    )


def _tests(place: Here, dataset: str, measure: str, by: str) -> tuple[Annotation, ...]:
    """The tests of change that began on this measure; none of a project that was withdrawn."""
    from equity.improvement.nouns import CYCLE, PROJECT
    from equity.improvement.on_trends import began_on
    from equity.store.records.annotations import Annotation, Scope
    from equity.store.records.shelf import listed
    from equity.words.work.cycles import on_trend

    projects = {each.id for each in listed(place.database, place.workspace, PROJECT)}
    kept = {each.id: each for each in listed(place.database, place.workspace, CYCLE) if each.parent in projects}
    return tuple(
        Annotation(
            id=began.id,
            period=began.month,
            words=on_trend(began),
            scope=Scope(dataset, measure, by),
            version=kept[began.id].version,
            author=kept[began.id].author,
            created=kept[began.id].created,
            edited_by=kept[began.id].edited_by,
            edited=kept[began.id].edited,
        )
        for began in began_on(((each.id, each.content) for each in kept.values()), dataset, measure, by)
    )


def _aims(place: Here, dataset: str, measure: str, by: str) -> tuple[AimLine, ...]:
    """The lines of the aims that are set for this measure by this stratifier."""
    from equity.improvement.nouns import AIM
    from equity.store.records.shelf import listed

    aims = (kept.content for kept in listed(place.database, place.workspace, AIM))
    asked = (a for a in aims if (a.status, a.dataset, a.measure, a.by) == ("set", dataset, measure, by))
    return tuple(line for aim in asked if (line := line_of(aim)) is not None)


def _on(kept: KeptFrame, labels: Sequence[str]) -> Frame:
    positions = kept.on(labels)
    return Frame(positions.baseline, positions.excluded, positions.phase_starts, kept.target)
