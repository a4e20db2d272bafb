"""What is said where an absolute and a relative number of the same rates do not say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from equity.stats.summary.registry import SummaryMeasure, measure_named
from equity.vocabulary import Measure
from equity.words import measures, numbers
from equity.words.answers.summary_values import written

EXTREMES = ("difference", "ratio")
"""The two whose chance is taken off on scales of their own: points, and logarithms."""


def framing(measure: Measure) -> tuple[str, ...]:
    """That a ratio turns with what is counted, of a proportion."""
    if measure.kind != "proportion":
        return ()
    return ("A ratio of those who met a measure and one of those who did not can move in opposite directions.",)


def one_without_the_other(measure: Measure, rows: Iterable[Mapping[str, object]], when: str = "") -> tuple[str, ...]:
    """Why the difference is nothing and the ratio is not, or the other way round, where chance was taken off of both.

    ``rows`` have ``measure``, ``estimate``, ``corrected`` and ``reason``, of one period. In small groups chance moves a
    ratio more than a difference, or less, so that one may be used up by it before the other. ``when`` names a period
    of several.
    """
    extremes = {str(row["measure"]): row for row in rows if row["measure"] in EXTREMES and not row["reason"]}
    if set(extremes) != set(EXTREMES):
        return ()
    off = {name: float(str(extremes[name]["corrected"])) for name in EXTREMES}
    if not all(numbers.known(value) for value in off.values()):
        return ()
    none = [name for name in EXTREMES if _is_none(measure, measure_named(name), off[name])]
    if len(none) != 1 or _is_none(measure, measure_named(none[0]), float(str(extremes[none[0]]["estimate"]))):
        return ()  # one that was nothing before lost nothing to chance
    [left] = set(EXTREMES) - set(none)
    known = measure_named(left)
    begin = f"In {when}, with" if when else "With"
    return (
        f"{begin} chance taken off, nothing is left of the {measures.lowered(measure_named(none[0]).label)}, while the "
        f"{measures.lowered(known.label)} is {written(measure, known.unit, off[left])}. In small groups, chance moves "
        "the two by unlike amounts: do not rely on one alone.",
    )


def _is_none(measure: Measure, known: SummaryMeasure, value: float) -> bool:
    """Whether the value reads as no difference."""
    return written(measure, known.unit, value) == written(measure, known.unit, known.when_equal)
