"""Organizations beside each other on one rate: made only where nobody's numbers but one's own can be told from it.

What a picture shows of others is worked out from their *rounded* rates and from sizes by bands of five or more, so
that swapping any two organizations of a band gives the same picture to the last byte: whoever knows every organization
and its size still cannot tell whose dot is whose. The line in the middle is the plain mean of the rounded rates and no
total: nothing can be subtracted from it. A picture is made at a moment, with as many bands as can be without telling
anybody apart beside the pictures before it (`telling_apart.py`), and refused where even one band tells somebody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from equity.network.blurring import FEWEST, banded, rounded
from equity.network.definitions import alike
from equity.network.pieces import MeasureTold
from equity.network.telling_apart import FEWEST_CHANGED, FEWEST_NAMELESS, Sighting, told
from equity.stats.models.funnel import chance_error, limits_about, limits_of_rates, site_variation
from equity.vocabulary import PlainError

LARGEST_SHARE: Final = 0.5
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
    """One organization's rate, from its ``release``."""

    member: str
    measure: MeasureTold
    n: float
    effective: float
    rate: float
    lower: float
    upper: float
    release: str = ""


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

    ``differs`` says by member what is defined otherwise. ``marks`` are what each put in and ``sizes`` at what size its
    dot stands, for the next one; ``taken_down`` is the day on which one of them took its numbers back: then ``rates``
    are empty.
    """

    asked: RateAsked
    made: str
    rates: tuple[OrganizationRate, ...]
    differs: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    taken_down: str = ""
    sizes: dict[str, float] = field(default_factory=dict)


def made(
    asked: RateAsked,
    rates: Iterable[OrganizationRate],
    earlier: Sequence[Comparison],
    day: str,
    known: Collection[str] = (),
) -> Comparison:
    """A comparison of a day.

    ``earlier`` are all comparisons of the cohort, of whatever; ``known`` are the members whose rate others know under
    their name.

    Raises:
        PlainError: fewer than five organizations measure it alike, one holds over half, or an organization could be
            told apart in it or in an earlier picture beside it.
    """
    comparable, differs = alike(rates)
    if len(comparable) < FEWEST:
        also = f" {len(differs)} more define it otherwise." if differs else ""
        raise PlainError(
            f"{len(comparable)} organizations share this rate, and a comparison needs {FEWEST}: others could be told "
            f"apart.{also}"
        )
    sizes = [each.n for each in comparable]
    if max(sizes) > LARGEST_SHARE * sum(sizes):
        raise PlainError(
            "One organization holds over half of the people in this comparison, so it would show little but that "
            "one: choose another group or year."
        )
    marks = {each.member: mark(each) for each in comparable}
    before = [sighting(each) for each in earlier]
    for bands in range(len(comparable) // FEWEST, 0, -1):
        stand = {each.member: size for each, size in zip(comparable, banded(sizes, bands), strict=True)}
        comparison = Comparison(asked, day, comparable, differs, marks, sizes=stand)
        refusal = _why_not(before, comparison, known)
        if not refusal:
            return comparison
    raise PlainError(refusal)


def _why_not(before: Sequence[Sighting], comparison: Comparison, known: Collection[str]) -> str:
    """Why a comparison would tell somebody apart beside those before; empty when it does not."""
    after = [*before, sighting(comparison)]
    more = told(after, known).beyond(told(before, known))
    if not more.dots:
        return ""
    if not more.hidden_by:
        return (
            "Nearly all organizations of like size that came, went, changed or stayed together have the same rate once "
            "it is rounded, so a picture would tell everybody’s: compare another group or year, or wait for more."
        )
    fewest = min(more.hidden_by.values())
    if told(after).beyond(told(before)).hidden_by:
        return (
            f"Only {fewest} of these organizations of like size came, went, changed or stayed as they were since an "
            "earlier picture: two pictures beside each other would tell whose numbers they are. Make it anew when "
            f"{FEWEST_CHANGED} have."
        )
    return (
        f"Only {fewest} of these organizations of like size do not show this under their name already: whose numbers "
        f"they are would be told. Make it when {FEWEST_NAMELESS} do not, or all do."
    )


def mark(rate: OrganizationRate) -> str:
    """What an organization put in, without its numbers: the same as long as they are the same."""
    put_in = f"{rate.n:.6g} {rate.effective:.6g} {rate.rate:.9g}"
    return hashlib.sha256(put_in.encode()).hexdigest()[:16]


def sighting(comparison: Comparison) -> Sighting:
    """A comparison as somebody sees it who tries to tell organizations apart."""
    rates = {each.member: rounded(each.measure, each.rate) for each in comparison.rates}
    return Sighting(comparison.marks, _sizes(comparison), rates)


def _sizes(comparison: Comparison) -> Mapping[str, float]:
    """By member the size at which its dot stands; worked out for a comparison that was kept without them."""
    if comparison.sizes or not comparison.rates:
        return comparison.sizes
    sizes = banded([each.n for each in comparison.rates])
    return {each.member: size for each, size in zip(comparison.rates, sizes, strict=True)}


def picture(comparison: Comparison, viewer: str, named: Mapping[str, str]) -> Picture:
    """The comparison as one member sees it, or, for an empty ``viewer``, whoever leads the cohort.

    ``named`` are the names that may stand in it, by member (:func:`hides_each`).

    Raises:
        PlainError: it was taken down.
    """
    if comparison.taken_down or len(comparison.rates) < FEWEST:
        raise PlainError("This comparison was taken down, for an organization took its numbers back.")
    rates, stand = comparison.rates, _sizes(comparison)
    measure = rates[0].measure
    shown = [rounded(measure, each.rate) for each in rates]
    sizes = [stand[each.member] for each in rates]
    centre = float(np.mean(sorted(shown)))
    between = _between(measure, sorted(zip(shown, sizes, strict=True)), centre)
    dots = [
        Dot(rate, size, named.get(each.member, ""))
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


def dots_told(every: Sequence[Comparison], known: Collection[str]) -> frozenset[tuple[str, str]]:
    """What can be put to somebody by ``every`` comparison of a cohort: members with the marks of what they put in.

    ``known`` are the members whose rates others know under their name: where each is known, there is nobody to tell.
    """
    return told([sighting(each) for each in every], known).dots


def hides_each(comparison: Comparison, dots: frozenset[tuple[str, str]]) -> bool:
    """Whether nobody in a comparison is among what the comparisons of its cohort tell (:func:`dots_told`)."""
    return not dots & comparison.marks.items()


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
    return replace(
        comparison, rates=(), differs={}, taken_down=comparison.taken_down or day, sizes=dict(_sizes(comparison))
    )
