"""Whether organizations measure the same: kind, polarity, unit and multiplier; what differs is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Protocol, TypeVar

from equity.network.pieces import MeasureTold


class Measured(Protocol):
    """Something of an organization that has a measure."""

    @property
    def member(self) -> str:
        """The organization."""

    @property
    def measure(self) -> MeasureTold:
        """As that organization defines it."""


AnyMeasured = TypeVar("AnyMeasured", bound=Measured)


def alike(rates: Iterable[AnyMeasured]) -> tuple[tuple[AnyMeasured, ...], dict[str, str]]:
    """The rates of one definition (the commonest), and for every other member what it defines otherwise."""
    every = sorted(rates, key=lambda each: each.member)
    counted = Counter(_definition(each.measure) for each in every)
    if not counted:
        return (), {}
    most = max(counted.values())
    common = min(definition for definition, count in counted.items() if count == most)
    agreeing = tuple(each for each in every if _definition(each.measure) == common)
    model = agreeing[0].measure
    differs = {each.member: difference(each.measure, model) for each in every if _definition(each.measure) != common}
    return agreeing, differs


def _definition(measure: MeasureTold) -> tuple[str, str, str, float]:
    return measure.kind, measure.polarity, " ".join(measure.unit.casefold().split()), measure.multiplier


def difference(measure: MeasureTold, model: MeasureTold) -> str:
    """What one definition has otherwise than the other; empty when they agree."""
    parts = (
        ("kind", measure.kind, model.kind),
        ("polarity", measure.polarity, model.polarity),
        ("unit", measure.unit, model.unit),
        ("multiplier", f"{measure.multiplier:g}", f"{model.multiplier:g}"),
    )
    here, there = _definition(measure), _definition(model)
    order = (here[0] != there[0], here[1] != there[1], here[2] != there[2], here[3] != there[3])
    told = [
        f"{name} {mine or 'none'}, not {theirs or 'none'}"
        for (name, mine, theirs), yes in zip(parts, order, strict=True)
        if yes
    ]
    return "; ".join(told)
