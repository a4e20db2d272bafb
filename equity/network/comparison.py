"""Organizations beside each other on one rate: made only where nobody's numbers but one's own can be told from it.

What a picture shows of others is worked out from their *rounded* rates and from sizes by bands of five or more, so
that swapping any two organizations of a band gives the same picture to the last byte: whoever knows every organization
and its size still cannot tell whose dot is whose. The line in the middle is the plain mean of the rounded rates and no
total: nothing can be subtracted from it. A picture is made at a moment, and made anew only when three or more
organizations came, went or changed, so that two pictures beside each other name nobody either.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from equity.network.pieces import MeasureTold
from equity.stats.funnel import chance_error, limits_about, limits_of_rates, site_variation
from equity.vocabulary import PlainError

FEWEST: Final = 5
"""Organizations in a picture, and in each band of sizes."""
LARGEST_SHARE: Final = 0.5
FEWEST_CHANGED: Final = 3
FEWEST_NAMELESS: Final = 4
"""Without a name beside those that agreed to be named: for each of them three others are left."""
CURVE_POINTS: Final = 25


@dataclass(frozen=True)
class RateAsked:
    """What is compared: a measure, a group of a grouping (both empty: everybody) in one year."""

    measure: str
    grouping: str = ""
    group: str = ""
    period: str = ""


@dataclass(frozen=True)
class OrganizationRate:
    """One organization's rate, from its release."""

    member: str
    measure: MeasureTold
    n: float
    effective: float
    rate: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Dot:
    """An organization in a picture: its rounded rate, the size of its band, and the limits of chance there."""

    rate: float
    size: float
    name: str = ""


@dataclass(frozen=True)
class LimitPoint:
    """The limits at one size: inner 95 %, outer 99.8 %."""

    size: float
    inner_lower: float
    inner_upper: float
    outer_lower: float
    outer_upper: float


@dataclass(frozen=True)
class Own:
    """The viewer's own numbers, whole, and on which side of the limits they lie (+1 above, −1 below, 0 within)."""

    n: float
    rate: float
    lower: float
    upper: float
    inner: float
    outer: float


@dataclass(frozen=True)
class Picture:
    """What one viewer sees. ``dots`` are sorted by rate, the viewer's own is not among them."""

    asked: RateAsked
    measure: MeasureTold
    made: str
    organizations: int
    centre: float
    dots: tuple[Dot, ...]
    curve: tuple[LimitPoint, ...]
    own: Own | None


@dataclass(frozen=True)
class Comparison:
    """A comparison as it was made on a day, kept in the cohort's workspace; only :func:`picture` leaves it.

    ``differs`` says by member what is defined otherwise. ``marks`` are what each put in, for the next one;
    ``taken_down`` is the day on which one of them took its numbers back: then ``rates`` are empty.
    """

    asked: RateAsked
    made: str
    rates: tuple[OrganizationRate, ...]
    differs: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    taken_down: str = ""


def alike(rates: Iterable[OrganizationRate]) -> tuple[tuple[OrganizationRate, ...], dict[str, str]]:
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


def made(asked: RateAsked, rates: Iterable[OrganizationRate], earlier: Sequence[Comparison], day: str) -> Comparison:
    """A comparison of a day.

    Raises:
        PlainError: fewer than five organizations measure it alike, one holds over half, or too few changed since an
            earlier picture of the same.
    """
    found, differs = alike(rates)
    if len(found) < FEWEST:
        also = f" {len(differs)} more define it otherwise." if differs else ""
        raise PlainError(
            f"{len(found)} organizations share this rate, and a comparison needs {FEWEST}: others could be told "
            f"apart.{also}"
        )
    sizes = [each.n for each in found]
    if max(sizes) > LARGEST_SHARE * sum(sizes):
        raise PlainError(
            "One organization holds over half of the people in this comparison, so it would show little but that "
            "one: choose another group or year."
        )
    marks = {each.member: _mark(each) for each in found}
    for before in earlier:
        changed = sum(before.marks.get(member) != marks.get(member) for member in {*before.marks, *marks})
        if 0 < changed < FEWEST_CHANGED:
            raise PlainError(
                f"Only {changed} of these organizations came, went or changed since {before.made}: two pictures "
                f"beside each other would tell whose numbers they are. Make it anew when {FEWEST_CHANGED} have."
            )
    return Comparison(asked, day, found, differs, marks)


def _mark(rate: OrganizationRate) -> str:
    told = f"{rate.n:.6g} {rate.effective:.6g} {rate.rate:.9g}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def picture(comparison: Comparison, viewer: str, named: Mapping[str, str]) -> Picture:
    """The comparison as one member sees it, or, for an empty ``viewer``, whoever leads the cohort.

    ``named`` are names by member, of those who agreed for this picture; nobody is named while fewer than
    FEWEST_NAMELESS others would be left without a name.

    Raises:
        PlainError: it was taken down.
    """
    if comparison.taken_down or len(comparison.rates) < FEWEST:
        raise PlainError("This comparison was taken down, for an organization took its numbers back.")
    rates = comparison.rates
    measure = rates[0].measure
    shown = [rounded(measure, each.rate) for each in rates]
    sizes = banded([each.n for each in rates])
    centre = float(np.mean(sorted(shown)))
    between = _between(measure, sorted(zip(shown, sizes, strict=True)), centre)
    names = _names(rates, named)
    dots = [
        Dot(rate, size, names.get(each.member, ""))
        for each, rate, size in zip(rates, shown, sizes, strict=True)
        if each.member != viewer
    ]
    own = next((each for each in rates if each.member == viewer), None)
    return Picture(
        comparison.asked,
        measure,
        comparison.made,
        len(rates),
        centre,
        tuple(sorted(dots, key=lambda dot: (dot.rate, dot.size, dot.name))),
        _curve(measure, sizes, centre, between, shown),
        None if own is None else _own(own, centre, between, sorted(zip(shown, sizes, strict=True))),
    )


def _names(rates: Collection[OrganizationRate], named: Mapping[str, str]) -> Mapping[str, str]:
    """The names that may stand in the picture: none, while too few would be left without one."""
    agreed = {each.member: named[each.member] for each in rates if each.member in named}
    left = len(rates) - len(agreed)
    return agreed if left == 0 or left >= FEWEST_NAMELESS else {}


def rounded(measure: MeasureTold, rate: float) -> float:
    """A rate as others see it: whole percents, or two digits."""
    if measure.kind == "proportion":
        return round(rate, 2)
    if rate == 0:
        return 0.0
    return float(f"{rate:.2g}")


def banded(sizes: Sequence[float]) -> list[float]:
    """For each organization the size of its band: bands of five or more, each at its middle, rounded to one digit."""
    count = max(1, len(sizes) // FEWEST)
    order = sorted(range(len(sizes)), key=lambda place: (sizes[place], place))
    found = [0.0] * len(sizes)
    for band in np.array_split(np.array(order), count):
        middle = float(f"{float(np.median([sizes[place] for place in band])):.1g}")
        for place in band:
            found[int(place)] = middle
    return found


def _errors(measure: MeasureTold, shown: Sequence[tuple[float, float]], centre: float) -> np.ndarray:
    """Errors of chance from what is shown; of means from how the shown ones spread."""
    sizes = np.array([size for _, size in shown])
    if measure.kind != "mean":
        return chance_error(measure.kind, centre, sizes)
    spread = float(np.std([rate for rate, _ in shown], ddof=1)) if len(shown) > 1 else 0.0
    return np.full(len(shown), max(spread, 1e-12))


def _between(measure: MeasureTold, shown: Sequence[tuple[float, float]], centre: float) -> float:
    if measure.kind == "mean":
        return 0.0
    values = np.array([rate for rate, _ in shown])
    return site_variation(values, centre, _errors(measure, shown, centre)).tau_squared


def _curve(
    measure: MeasureTold, sizes: Sequence[float], centre: float, between: float, shown: Sequence[float]
) -> tuple[LimitPoint, ...]:
    low, high = min(sizes) / 2, max(sizes) * 2
    at = np.geomspace(low, high, CURVE_POINTS)
    if measure.kind == "mean":
        errors = _errors(measure, sorted(zip(shown, sizes, strict=True)), centre)
        limits = limits_about(np.full(CURVE_POINTS, centre), np.full(CURVE_POINTS, errors[0]))
    else:
        limits = limits_of_rates(measure.kind, centre, at, between)
    columns = (at, limits.inner_lower, limits.inner_upper, limits.outer_lower, limits.outer_upper)
    return tuple(LimitPoint(*(float(value) for value in row)) for row in zip(*columns, strict=True))


def _own(own: OrganizationRate, centre: float, between: float, shown: Sequence[tuple[float, float]]) -> Own:
    measure, value = own.measure, np.array([own.rate])
    if measure.kind == "mean":
        limits = limits_about(centre, _errors(measure, shown, centre)[:1])
    else:
        limits = limits_of_rates(measure.kind, centre, np.array([own.effective]), between)
    sides = (float(limits.side(value, outer=outer)[0]) for outer in (False, True))
    return Own(own.n, own.rate, own.lower, own.upper, *sides)


def taken_down(comparison: Comparison, day: str) -> Comparison:
    """The comparison without its rates; what each put in stays as a mark, for the next one."""
    return Comparison(comparison.asked, comparison.made, (), {}, comparison.marks, comparison.taken_down or day)
