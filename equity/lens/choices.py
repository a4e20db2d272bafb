"""What is being asked: the choice bar's sentence as a value."""

from __future__ import annotations

from dataclasses import dataclass, field

from equity.vocabulary import PeriodRange, Reference


@dataclass(frozen=True)
class Choices:
    """One question, hashable, so that an answer can be cached by it.

    ``by`` is a stratifier's key; ``reference`` None means the measure's own; ``where`` are (stratifier, value) filters.
    ``policy`` is ``workspace`` (full numbers) or the name of the release's policy; ``threshold`` and ``rounding`` are
    that policy's: counts below the threshold are hidden (0: none is), shown ones are rounded to so many.
    ``doubts`` says what of the reading of the data nobody has confirmed. ``focus`` is the group that somebody picked to
    be spoken of; it changes no number.
    """

    dataset: str
    version: int
    measure: str
    by: str
    reference: Reference | None = None
    period: PeriodRange = field(default_factory=PeriodRange)
    where: tuple[tuple[str, str], ...] = ()
    policy: str = "workspace"
    threshold: int = 0
    rounding: int = 1
    doubts: tuple[str, ...] = ()
    focus: str = ""

    @property
    def hides_small_counts(self) -> bool:
        """Whether a release is asked in which small counts are hidden."""
        return self.threshold > 0


@dataclass(frozen=True)
class Frame:
    """What people decided about a chart over time, laid over its periods (one boolean a period, or empty for none).

    ``baseline`` periods give the centre and limits of their phase; ``excluded`` ones are drawn and not counted;
    ``phase_starts`` are the positions where a new phase begins; ``target`` is in the measure's unit.
    """

    baseline: tuple[bool, ...] = ()
    excluded: tuple[bool, ...] = ()
    phase_starts: tuple[int, ...] = ()
    target: float | None = None


PLAIN_FRAME = Frame()
