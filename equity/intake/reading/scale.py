"""By what an estimate is divided to become a fraction: percents by 100, rates by their multiplier, means by nothing."""

from __future__ import annotations

from collections.abc import Iterable

from equity.cube.engines.connection import Connection
from equity.intake.reading.cleaning import plain_number
from equity.intake.spellings.numbers import DecimalMark
from equity.vocabulary import Mapping, Measure


def scales(
    connection: Connection, measures: Iterable[Measure], mapping: Mapping, decimal: DecimalMark
) -> dict[str, float]:
    """Each measure's divisor in shape ``estimates`` (1 in the others).

    The mapping's own ``scale`` goes first. A proportion whose mapping gives a multiplier is divided by it; else by 100
    when any of its estimates is above 1.
    """
    listed = list(measures)
    if mapping.shape != "estimates":
        return {m.name: 1.0 for m in listed}
    plain = plain_number("s.estimate", decimal, codes=mapping.codes)
    highest = dict(
        connection.execute(
            f"SELECT m.name, max(CASE WHEN {plain} THEN TRY_CAST(s.estimate AS DOUBLE) WHEN w.state = 'value' THEN "
            "w.value END) "
            "FROM staged s LEFT JOIN number_words w ON w.text = s.estimate JOIN measure_words m ON m.text = "
            "s.measure GROUP BY m.name"
        ).fetchall()
    )
    return {m.name: mapping.scales.get(m.name) or _divisor(m, highest.get(m.name)) for m in listed}


def _divisor(measure: Measure, highest: float | None) -> float:
    if measure.kind == "mean":
        return 1.0
    if measure.kind == "rate" or measure.multiplier != 1:
        return measure.multiplier
    return 100.0 if highest is not None and highest > 1 else 1.0
