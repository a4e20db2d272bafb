"""Organizations beside each other: the rules, and an attacker who knows every organization and its size and gets none.

Two attackers. One tries to tell whose dot is whose; one subtracts the own numbers from the whole. Each is also let
loose on a picture that breaks the rule it attacks (a middle line weighted by size, a table with its total), to show
that it can win.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity.network import comparison as rules
from equity.network.comparison import FEWEST, Comparison, OrganizationRate, Picture, RateAsked, picture
from equity.network.pieces import MeasureTold
from equity.stats.models.funnel import limits_of_rates
from equity.vocabulary import PlainError
from equity.words.cohort import comparison as words

MEASURE = MeasureTold("Controlled blood pressure", "proportion", "higher_better", area="Heart")
ASKED = RateAsked("Controlled blood pressure", "Race and ethnicity", "Black", "2024")
DAY = "2026-11-30"


def organization(name: str, n: float, rate: float, measure: MeasureTold = MEASURE) -> OrganizationRate:
    x = round(n * rate)
    return OrganizationRate(name, measure, n, n, x / n, max(0.0, x / n - 0.03), min(1.0, x / n + 0.03))


def cohort(seed: int, count: int) -> tuple[OrganizationRate, ...]:
    generator = np.random.default_rng(seed)
    sizes = np.round(generator.lognormal(6.5, 0.35, count))
    rates = np.clip(generator.normal(0.62, 0.08, count), 0.05, 0.95)
    return tuple(organization(f"T{i:02d}", n, r) for i, (n, r) in enumerate(zip(sizes, rates, strict=True)))


def compared(rates: tuple[OrganizationRate, ...]) -> Comparison:
    return rules.made(ASKED, rates, (), DAY)


# The rules


def test_five_organizations_and_none_over_half() -> None:
    with pytest.raises(PlainError, match="4 organizations share this rate, and a comparison needs 5"):
        compared(cohort(1, 4))
    assert len(compared(cohort(1, 5)).rates) == FEWEST
    large = (organization("Big", 50_000, 0.6), *cohort(1, 6))
    with pytest.raises(PlainError, match="over half"):
        compared(large)


def test_definitions_must_agree_and_differences_are_named() -> None:
    rates = list(cohort(2, 8))
    rates[0] = replace(rates[0], measure=replace(MEASURE, polarity="lower_better"))
    rates[1] = replace(rates[1], measure=replace(MEASURE, kind="rate", multiplier=1000.0))
    rates[2] = replace(rates[2], measure=replace(MEASURE, unit=" Visits ", name="controlled  blood pressure"))
    rates[3] = replace(rates[3], measure=replace(MEASURE, area="Primary care"))
    made = rules.made(ASKED, rates, (), DAY)
    assert made.differs == {
        "T00": "polarity lower_better, not higher_better",
        "T01": "kind rate, not proportion; multiplier 1000, not 1",
        "T02": "unit  Visits , not none",
    }
    assert [each.member for each in made.rates] == ["T03", "T04", "T05", "T06", "T07"]
    assert words.differs([("", "kind rate, not proportion")]) == [
        "An organization measures it otherwise: kind rate, not proportion."
    ]
    with pytest.raises(PlainError, match="3 more define it otherwise"):
        rules.made(ASKED, rates[:7], (), DAY)


def test_a_picture_is_made_anew_only_when_three_have_changed() -> None:
    first = compared(cohort(3, 8))
    down = rules.taken_down(first, "2026-12-01")
    assert down.rates == ()
    changed = list(cohort(3, 8))
    for count in (1, 2):
        changed[count] = organization(f"T{count:02d}", 777, 0.5 + count / 20)
        for before in (first, down):
            with pytest.raises(PlainError, match=f"Only {count} of these"):
                rules.made(ASKED, changed, (before,), DAY)
    with pytest.raises(PlainError, match="Only 1"):  # somebody left
        rules.made(ASKED, cohort(3, 8)[1:], (first,), DAY)
    changed[3] = organization("T03", 888, 0.4)
    third = rules.made(ASKED, changed, (first,), DAY)
    changed[4] = organization("T04", 999, 0.4)
    with pytest.raises(PlainError, match="Only 1"):  # beside any earlier one, not the latest alone
        rules.made(ASKED, changed, (third, first), DAY)
    assert rules.made(ASKED, cohort(3, 8), (first,), DAY).marks == first.marks


# What is shown


def test_the_own_is_whole_and_the_others_are_rounded() -> None:
    rates = cohort(4, 12)
    seen = picture(compared(rates), "T05", {})
    own = rates[5]
    assert seen.own is not None
    assert (seen.own.n, seen.own.rate, seen.own.lower) == (own.n, own.rate, own.lower)
    assert len(seen.dots) == 11
    assert all(dot.rate == round(dot.rate, 2) and not dot.name for dot in seen.dots)
    limits = limits_of_rates("proportion", seen.centre, np.array([own.effective]))
    alone = float(limits.side(np.array([own.rate]), outer=False)[0])
    assert abs(seen.own.inner) <= abs(alone)  # ordinary variation only widens the limits of chance
    assert picture(compared(rates), "", {}).own is None
    assert "T0" not in repr(seen)


def test_an_outlier_is_told_so_and_one_within_is_not() -> None:
    generator = np.random.default_rng(5)
    rates = tuple(organization(f"T{i:02d}", 900, generator.binomial(900, 0.6) / 900) for i in range(14))
    far = (*rates, organization("T99", 900, 0.42))
    seen = picture(compared(far), "T99", {})
    assert seen.own is not None
    assert (seen.own.inner, seen.own.outer) == (-1.0, -1.0)
    assert "lower: far outside" in words.finding(seen)
    inside = picture(compared(far), "T03", {})
    assert inside.own is not None
    assert "within what chance" in words.finding(inside) or inside.own.inner


@pytest.mark.parametrize("kind", ["rate", "mean"])
def test_rates_and_means_have_two_digits_and_limits(kind: str) -> None:
    measure = replace(MEASURE, kind=kind, unit="minutes", multiplier=1000.0 if kind == "rate" else 1.0)  # type: ignore[arg-type]
    scale = 0.02 if kind == "rate" else 137.0
    rates = tuple(
        OrganizationRate(f"T{i}", measure, 800 + i, 800 + i, scale * (1 + i / 50), scale, scale * 1.2) for i in range(7)
    )
    seen = picture(compared(rates), "T3", {})
    assert all(dot.rate == float(f"{dot.rate:.2g}") for dot in seen.dots)
    assert all(point.outer_lower <= point.inner_lower <= point.inner_upper <= point.outer_upper for point in seen.curve)
    assert words.rows(seen)[0]["Organization"] == words.YOURS


def test_a_name_stands_only_where_each_agreed_and_enough_others_have_none() -> None:
    rates = cohort(6, 8)
    made = compared(rates)
    two = {"T01": "Cedar", "T02": "Mill"}
    assert rules.hides_each(made, rules.dots_told([made], two))
    assert sorted(d.name for d in picture(made, "T05", two).dots if d.name) == ["Cedar", "Mill"]
    five = {f"T{i:02d}": f"Team {i}" for i in range(5)}
    assert not rules.hides_each(made, rules.dots_told([made], five))  # three would be left without a name
    everyone = {each.member: each.member for each in rates}
    assert rules.hides_each(made, rules.dots_told([made], everyone))
    assert sum(bool(d.name) for d in picture(made, "T05", everyone).dots) == 7


# The attackers. They know every organization, its exact size, their own numbers, and the picture.


def tell_apart(seen: Picture, rates: tuple[OrganizationRate, ...], own: int, decimals: int | None) -> int:
    """Organizations whose dot is known for sure: the same in every assignment that fits the sizes and the middle line.

    ``decimals`` is how exactly the attacker believes that the middle line is weighted by size; None knows that it is
    not, and what is left is which band a dot stands in.
    """
    others = [i for i in range(len(rates)) if i != own]
    bands = rules.banded([each.n for each in rates])
    fits: list[set[float]] = [set() for _ in others]
    sizes = np.array([rates[i].n for i in others])
    whole = rates[own].rate * rates[own].n
    for order in itertools.permutations(range(len(others))):
        if any(seen.dots[place].size != bands[others[k]] for k, place in enumerate(order)):
            continue
        told = np.array([seen.dots[place].rate for place in order])
        if decimals is not None:
            middle = (float((told * sizes).sum()) + whole) / (sizes.sum() + rates[own].n)
            if abs(middle - seen.centre) > 0.5 * 10**-decimals:
                continue
        for k, rate in enumerate(told):
            fits[k].add(float(rate))
    distinct = {dot.rate for dot in seen.dots}
    return sum(len(found) == 1 for found in fits) if len(distinct) > 1 else 0


@pytest.mark.parametrize("seed", range(12))
def test_nobody_can_be_told_apart(seed: int) -> None:
    rates = cohort(100 + seed, 6)
    for own in range(len(rates)):
        assert tell_apart(picture(compared(rates), f"T{own:02d}", {}), rates, own, None) == 0


def test_the_attacker_wins_where_the_middle_is_weighted_by_size() -> None:
    won = 0
    for seed in range(12):
        rates = cohort(100 + seed, 6)
        seen = picture(compared(rates), "T00", {})
        rounded = [round(each.rate, 2) for each in rates[1:]]
        total = rates[0].rate * rates[0].n + sum(r * each.n for r, each in zip(rounded, rates[1:], strict=True))
        weighted = replace(seen, centre=total / sum(each.n for each in rates))
        won += tell_apart(weighted, rates, 0, 6)
    assert won > 20


@settings(max_examples=40, derandomize=True, database=None, deadline=None)
@given(st.integers(0, 10_000), st.integers(5, 23), st.data())
def test_swapping_two_of_a_band_gives_the_same_picture(seed: int, count: int, data: st.DataObject) -> None:
    """So no byte of it depends on whose dot is whose."""
    rates = list(cohort(seed, count))
    if max(each.n for each in rates) > sum(each.n for each in rates) / 2:
        return
    bands = rules.banded([each.n for each in rates])
    first = data.draw(st.integers(1, count - 1))
    same = [k for k in range(1, count) if bands[k] == bands[first]]
    second = data.draw(st.sampled_from(same))
    before = picture(compared(tuple(rates)), "T00", {})
    a, b = rates[first], rates[second]
    rates[first] = replace(a, rate=b.rate, lower=b.lower, upper=b.upper)
    rates[second] = replace(b, rate=a.rate, lower=a.lower, upper=a.upper)
    assert picture(compared(tuple(rates)), "T00", {}) == before


def subtract(
    total_n: float, total_x: float, own: OrganizationRate, known: list[OrganizationRate]
) -> tuple[float, float]:
    """What is left of a total without one's own and whoever is known."""
    mine = [own, *known]
    return total_n - sum(each.n for each in mine), total_x - sum(each.rate * each.n for each in mine)


@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_left_when_the_own_is_subtracted(seed: int) -> None:
    """No total stands in the picture: from its middle line, by whatever sizes, nobody's events come out."""
    rates = cohort(200 + seed, 5)
    seen = picture(compared(rates), "T00", {})
    recovered = 0
    for target in range(1, 5):
        others = [each for k, each in enumerate(rates) if k not in (0, target)]
        for sizes in ([each.n for each in rates], [dot.size for dot in (*seen.dots, seen.dots[0])]):
            _, events = subtract(sum(sizes), seen.centre * sum(sizes), rates[0], [])
            nearest = [
                events - sum(r * each.n for r, each in zip(order, others, strict=True))
                for order in itertools.permutations([dot.rate for dot in seen.dots], 3)
            ]
            told = {round(each) for each in nearest}
            exact = round(rates[target].rate * rates[target].n)
            recovered += told == {exact}
    assert recovered == 0


def test_the_attacker_wins_where_a_total_stands_beside_named_ones() -> None:
    rates = cohort(200, 5)
    total_n, total_x = sum(each.n for each in rates), sum(each.rate * each.n for each in rates)
    left = subtract(total_n, total_x, rates[0], list(rates[1:4]))
    assert (round(left[0]), round(left[1])) == (round(rates[4].n), round(rates[4].rate * rates[4].n))


def test_bands_hold_five_or_more() -> None:
    for count in range(5, 60):
        found = rules.banded([float(n) for n in np.random.default_rng(count).permutation(count) * 10 + 50])
        assert min(found.count(size) for size in found) >= FEWEST
