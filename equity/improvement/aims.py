"""An aim: how much, for whom, with whom, where, by when, on which measure, from a baseline that comes from the data.

A draft may leave parts open; an aim that is set has them all, so that it can be missed as well as reached.
Sources: IHI, Science of Improvement: Setting Aims; GARE's racial equity tool for who benefits and who is burdened.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Literal

from equity.vocabulary import Measure, PlainError, period_start
from equity.vocabulary.written import is_written

Status = Literal["draft", "set", "closed"]
Part = Literal[
    "measure", "group", "baseline", "target", "by_when", "where", "with_whom", "benefits", "burdened", "floor"
]

_SOLUTION = re.compile(
    r"\b(?:by|through|via|using|with)\s+(?:\w+\s+){0,3}?"
    r"(?:hiring|training|implementing|introducing|creating|building|launching|sending|calling|using|buying|opening|"
    r"adding|redesigning|developing|a new|an? app)\b"
    r"|\b(?:hire|implement|introduce|launch|roll out|build|buy|train)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Baseline:
    """Where the group stood: its rate (a fraction, or in the unit of a mean), n, the period, the version of the data,
    and the rate of what it was compared with (None for an aim without a comparison)."""

    value: float
    n: float
    period: str
    version: int
    reference_value: float | None = None


@dataclass(frozen=True)
class Aim:
    """One aim. Rates are fractions (means in their unit); ``by_when`` is a period label.

    ``reference`` is a group's name, or best, average, others. ``floor`` is the most that any other group may lose, in
    the unit of the rate; ``balancing`` another measure that must not get worse for the group, empty for none.
    ``why_changed`` says why this version differs from the one before.
    """

    dataset: str = ""
    measure: str = ""
    by: str = ""
    group: str = ""
    reference: str = "best"
    baseline: Baseline | None = None
    target: float | None = None
    stretch: float | None = None
    by_when: str = ""
    where: str = ""
    with_whom: str = ""
    benefits: str = ""
    burdened: str = ""
    floor: float | None = None
    balancing: str = ""
    status: Status = "draft"
    why_changed: str = ""


def missing(aim: Aim) -> tuple[Part, ...]:
    """The parts that a draft still lacks before it can be set, in the order of the sentence."""
    given: dict[Part, object] = {
        "measure": aim.measure,
        "group": aim.group,
        "baseline": aim.baseline is not None,
        "target": aim.target is not None,
        "by_when": aim.by_when,
        "where": is_written(aim.where),
        "with_whom": is_written(aim.with_whom),
        "benefits": is_written(aim.benefits),
        "burdened": is_written(aim.burdened),
        "floor": aim.floor is not None,
    }
    return tuple(part for part, there in given.items() if not there)


def solutions_in(aim: Aim) -> tuple[str, ...]:
    """Words in the aim that sound like a way to reach it: an aim says what, and change ideas say how."""
    return tuple(match[0] for text in (aim.where, aim.with_whom) if (match := _SOLUTION.search(text)))


def as_set(aim: Aim, measure: Measure) -> Aim:
    """The aim as set.

    Raises:
        PlainError: a part is missing, the target is not possible for this measure, or is no better than the baseline,
            the day is not after the baseline, or the floor is negative.
    """
    lacking = missing(aim)
    if lacking:
        raise PlainError(f"This aim is not whole yet: {len(lacking)} parts are open.")
    assert aim.baseline is not None and aim.target is not None and aim.floor is not None
    given = [value for value in (aim.target, aim.stretch, aim.floor) if value is not None]
    if not all(math.isfinite(value) for value in given):
        raise PlainError("A target, a stretch goal and a floor are numbers: write each as one.")
    for value in (aim.target, *([] if aim.stretch is None else [aim.stretch])):
        _refuse_impossible(value, measure)
    if measure.harm_sign * (aim.target - aim.baseline.value) >= 0:
        raise PlainError("The target is no better than the baseline: set it where the group fares better.")
    if aim.stretch is not None and measure.harm_sign * (aim.stretch - aim.target) > 0:
        raise PlainError("The stretch goal is less than the target: set it beyond, or leave it out.")
    if period_start(aim.by_when) <= period_start(aim.baseline.period):
        raise PlainError(f"“{aim.by_when}” is not after the baseline, {aim.baseline.period}: choose a later date.")
    if aim.floor < 0:
        raise PlainError("The floor says how much other groups may lose at most: write 0 or more.")
    return replace(aim, status="set")


def in_time(aim: Aim) -> None:
    """Raise :class:`PlainError` when its date, or its baseline's period, is no period."""
    for label in (aim.by_when, "" if aim.baseline is None else aim.baseline.period):
        if label:
            period_start(label)


def _refuse_impossible(value: float, measure: Measure) -> None:
    if measure.kind == "proportion" and not 0 <= value <= 1:
        raise PlainError(f"A target for “{measure.name}” lies between 0 and 100 %.")
    if measure.kind == "rate" and value < 0:
        raise PlainError(f"A target for “{measure.name}” cannot be below 0.")
