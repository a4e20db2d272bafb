"""What a team says of a chart's frame: its baseline, phases and excluded points, with the reason for each."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from equity.store.records.period_overlap import months_of, months_of_each, overlap, stretch_of
from equity.store.workspace.texts import kept_words
from equity.vocabulary import PeriodRange, PlainError

FOUR_QUESTIONS = {
    "different": "Do the data show a distinctly different kind of behavior than before?",
    "known": "Is the reason for this change known?",
    "desirable": "Is the new behavior desirable?",
    "lasting": "Is it intended, and expected, that the new behavior will go on?",
}


Said = Literal["yes", "no", "not sure"]


@dataclass(frozen=True)
class Answer:
    """An answer to one of the four questions, with words if there are any."""

    said: Said
    words: str = ""

    def __post_init__(self) -> None:
        if self.said not in get_args(Said):
            raise PlainError(f"“{self.said}” is not an answer here: choose yes, no or not sure.")
        if self.words:
            kept_words(self.words, "your answer")


@dataclass(frozen=True)
class FourAnswers:
    """The answers to :data:`FOUR_QUESTIONS`, by the same names."""

    different: Answer
    known: Answer
    desirable: Answer
    lasting: Answer


@dataclass(frozen=True)
class Baseline:
    """The periods whose centre and limits are frozen and extended.

    ``answers`` are needed only where it takes the place of another baseline.
    """

    period: PeriodRange
    reason: str = ""
    answers: FourAnswers | None = None

    def __post_init__(self) -> None:
        if self.period.is_all_time:
            raise PlainError("A baseline needs a first and a last period, such as 2023-01..2023-12.")
        if self.reason:
            kept_words(self.reason, "the baseline’s reason")


@dataclass(frozen=True)
class Phase:
    """From the period ``start`` on, the chart has a centre and limits of its own."""

    start: str
    reason: str
    answers: FourAnswers

    def __post_init__(self) -> None:
        months_of(self.start)
        kept_words(self.reason, "the phase’s reason")


@dataclass(frozen=True)
class ExcludedPoint:
    """A period that is drawn but counts neither for limits nor for runs."""

    period: str
    reason: str

    def __post_init__(self) -> None:
        months_of(self.period)
        kept_words(self.reason, "why this point is left out")


@dataclass(frozen=True)
class FramePositions:
    """A frame on the periods of one chart, as `equity/stats/control_charts.ChartFrame` takes it.

    ``baseline`` and ``excluded`` have one boolean a period; ``phases`` are (index of the first period, phase), with
    0 < index, in order. ``partly_excluded`` are periods of which a part was left out: they count, and the page says so.
    """

    baseline: tuple[bool, ...]
    excluded: tuple[bool, ...]
    phases: tuple[tuple[int, Phase], ...]
    partly_excluded: tuple[str, ...]

    @property
    def phase_starts(self) -> tuple[int, ...]:
        """Where phases begin, without the first."""
        return tuple(index for index, _ in self.phases)


@dataclass(frozen=True)
class KeptFrame:
    """All that people decided about a chart. ``target`` is in the measure's own unit (a fraction for a proportion).

    Phases are in order of time and start in different months. The empty frame, ``KeptFrame()``, is what every chart has
    before anybody decides.
    """

    baseline: Baseline | None = None
    phases: tuple[Phase, ...] = ()
    excluded: tuple[ExcludedPoint, ...] = ()
    target: float | None = None

    def __post_init__(self) -> None:
        starts = [months_of(phase.start).start for phase in self.phases]
        if starts != sorted(set(starts)):
            raise PlainError("Each phase needs a start of its own, the earliest first.")
        if len({point.period for point in self.excluded}) < len(self.excluded):
            raise PlainError("A point can be left out once: one of them is named twice.")
        if self.target is not None and not math.isfinite(self.target):
            raise PlainError("The target line needs a number.")

    def with_phase(self, phase: Phase) -> KeptFrame:
        """The frame with one more phase; one that starts in the same month is replaced."""
        start = months_of(phase.start).start
        others = [p for p in self.phases if months_of(p.start).start != start]
        return dataclasses.replace(self, phases=tuple(sorted([*others, phase], key=lambda p: months_of(p.start).start)))

    def without_phase(self, start: str) -> KeptFrame:
        """The frame without the phase that starts at this period."""
        return dataclasses.replace(self, phases=tuple(p for p in self.phases if p.start != start))

    def with_excluded(self, point: ExcludedPoint) -> KeptFrame:
        """The frame with one more point left out; the reason of one that is named already is replaced."""
        others = [p for p in self.excluded if p.period != point.period]
        in_order = sorted([*others, point], key=lambda p: (months_of(p.period).start, p.period))
        return dataclasses.replace(self, excluded=tuple(in_order))

    def without_excluded(self, period: str) -> KeptFrame:
        """The frame with this point counted again."""
        return dataclasses.replace(self, excluded=tuple(p for p in self.excluded if p.period != period))

    def on(self, labels: Sequence[str]) -> FramePositions:
        """Lay the frame over the periods of a chart, in their order and of whatever grain.

        A period is baseline when all of it is; it is left out when all of it is; it belongs to the phase that most of
        its months belong to (to the later one when it is half and half). Where two phases begin in one period, the
        later one counts.
        """
        months = months_of_each(labels)
        return FramePositions(
            baseline=tuple(self._is_baseline(stretch) for stretch in months),
            excluded=tuple(len(stretch) > 0 and self._left_out(stretch) == len(stretch) for stretch in months),
            phases=self._phases_on(months),
            partly_excluded=tuple(
                label
                for label, stretch in zip(labels, months, strict=True)
                if 0 < self._left_out(stretch) < len(stretch)
            ),
        )

    def _is_baseline(self, months: range) -> bool:
        if self.baseline is None or not months:
            return False
        frozen = stretch_of(self.baseline.period.first, self.baseline.period.last)
        return overlap(frozen, months) == len(months)

    def _left_out(self, months: range) -> int:
        return len({month for point in self.excluded for month in months_of(point.period) if month in months})

    def _phases_on(self, months: Sequence[range]) -> tuple[tuple[int, Phase], ...]:
        phases: dict[int, Phase] = {}
        for phase in self.phases:
            start = months_of(phase.start).start
            index = next((i for i, stretch in enumerate(months) if 2 * (stretch.stop - start) >= len(stretch) > 0), 0)
            if index > 0:
                phases[index] = phase
        return tuple(sorted(phases.items(), key=lambda item: item[0]))


EMPTY_FRAME = KeptFrame()


def in_words(frame: KeptFrame, written: Callable[[float], str] = str) -> str:
    """A frame as lines of text, so that two of them can be compared by eye; ``written`` writes a target."""
    lines: list[str] = []
    if frame.baseline is not None:
        lines.append(f"Baseline {frame.baseline.period}: {frame.baseline.reason}".removesuffix(": "))
    lines.extend(f"Phase from {phase.start}: {phase.reason}" for phase in frame.phases)
    lines.extend(f"Left out {point.period}: {point.reason}" for point in frame.excluded)
    if frame.target is not None:
        lines.append(f"Target {written(frame.target)}")
    return "\n".join(lines) or "No baseline, no phases, nothing left out, no target."


def frame_from(raw: dict[str, Any]) -> KeptFrame:
    baseline = raw["baseline"]
    return KeptFrame(
        baseline=None
        if baseline is None
        else Baseline(PeriodRange(**baseline["period"]), baseline["reason"], _answers_from(baseline["answers"])),
        phases=tuple(Phase(p["start"], p["reason"], FourAnswers(**_each_answer(p["answers"]))) for p in raw["phases"]),
        excluded=tuple(ExcludedPoint(**point) for point in raw["excluded"]),
        target=raw["target"],
    )


def _answers_from(raw: dict[str, Any] | None) -> FourAnswers | None:
    return None if raw is None else FourAnswers(**_each_answer(raw))


def _each_answer(raw: dict[str, Any]) -> dict[str, Answer]:
    return {name: Answer(**answer) for name, answer in raw.items()}
