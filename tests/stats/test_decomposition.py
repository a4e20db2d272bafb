"""Gap breakdown: parts that add up, alarms that ring when they should, intervals that cover."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from equity.stats.decomposition import kitagawa

sizes = hnp.arrays(np.int64, 5, elements=st.integers(0, 400))
shares = hnp.arrays(np.float64, 5, elements=st.floats(0, 1))


@given(n1=sizes, n2=sizes, share1=shares, share2=shares, kind=st.sampled_from(["proportion", "rate", "mean"]))
def test_the_parts_add_up_to_the_difference(
    n1: np.ndarray, n2: np.ndarray, share1: np.ndarray, share2: np.ndarray, kind: str
) -> None:
    x1, x2 = np.round(n1 * share1), np.round(n2 * share2)
    found = kitagawa(kind, n1, x1, n2, x2, x1 * 2, x2 * 2)
    if n1.sum() == 0 or n2.sum() == 0:
        assert np.isnan(found.total.value)
        return
    whole = x1.sum() / n1.sum() - x2.sum() / n2.sum()
    np.testing.assert_allclose(found.total.value, whole, atol=1e-12)
    np.testing.assert_allclose(found.mix.value + found.rate.value, whole, atol=1e-12)
    np.testing.assert_allclose(found.mix_by_stratum.sum(), found.mix.value, atol=1e-12)
    np.testing.assert_allclose(found.rate_by_stratum.sum(), found.rate.value, atol=1e-12)
    for part in (found.total, found.mix, found.rate):
        assert part.lower <= part.value <= part.upper


@given(n1=sizes, n2=sizes, share1=shares, share2=shares)
def test_swapping_the_groups_turns_every_part_round(
    n1: np.ndarray, n2: np.ndarray, share1: np.ndarray, share2: np.ndarray
) -> None:
    x1, x2 = np.round(n1 * share1), np.round(n2 * share2)
    one, other = kitagawa("proportion", n1, x1, n2, x2), kitagawa("proportion", n2, x2, n1, x1)
    np.testing.assert_allclose(one.mix.value, -other.mix.value, atol=1e-12)
    np.testing.assert_allclose(one.rate.lower, -other.rate.upper, atol=1e-12)


def test_one_mix_or_one_rate_leaves_one_part() -> None:
    same_sites = kitagawa("proportion", [100, 300], [20, 90], [200, 600], [60, 240])
    assert same_sites.mix.value == pytest.approx(0.0)
    same_rates = kitagawa("proportion", [100, 300], [20, 120], [500, 100], [100, 40])
    assert same_rates.rate.value == pytest.approx(0.0)
    assert same_rates.mix.value == pytest.approx(0.35 - 140 / 600)
    nowhere_together = kitagawa("proportion", [100, 0], [20, 0], [0, 50], [0, 25])
    assert nowhere_together.rate.value == 0
    assert nowhere_together.mix.value == pytest.approx(-0.3)


def test_a_stratum_where_one_group_is_seen_puts_its_whole_error_into_the_mix() -> None:
    found = kitagawa("proportion", [0, 100], [0, 30], [100, 100], [40, 50])
    only_second, both = 0.4 * 0.6 / 100, (0.3 * 0.7 + 0.5 * 0.5) / 100
    error = np.sqrt(0.5**2 * only_second + 0.5**2 * both / 4)
    np.testing.assert_allclose(found.mix.width, 2 * 1.959964 * error, rtol=1e-6)
    np.testing.assert_allclose(found.rate.width, 2 * 1.959964 * 0.75 * np.sqrt(both), rtol=1e-6)


def test_the_alarm_rings_when_the_gap_halves_or_reverses_within_strata() -> None:
    men, admitted_men = [825, 560, 325, 417, 191, 373], [512, 353, 120, 138, 53, 22]
    women, admitted_women = [108, 25, 593, 375, 393, 341], [89, 17, 202, 131, 94, 24]
    berkeley = kitagawa("proportion", men, admitted_men, women, admitted_women)
    assert berkeley.total.lower > 0.1
    assert berkeley.rate.value < 0
    assert berkeley.simpson == "reverses"
    halved = kitagawa("proportion", [4000, 1000], [2000, 200], [1000, 4000], [490, 760])
    assert halved.simpson == "halves"
    plain = kitagawa("proportion", [1000, 1000], [500, 300], [1000, 1000], [400, 200])
    assert plain.simpson == ""
    noise = kitagawa("proportion", [20, 20], [10, 4], [20, 20], [9, 6])
    assert noise.simpson == ""


@pytest.mark.parametrize("kind", ["proportion", "rate", "mean"])
def test_both_parts_cover(kind: str) -> None:
    random = np.random.default_rng(8)
    n1, n2 = np.array([80, 200, 60, 0]), np.array([300, 100, 90, 40])
    y1, y2 = np.array([0.2, 0.3, 0.5, 0.4]), np.array([0.25, 0.4, 0.5, 0.3])

    def extract(n: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        shape = (4000, len(n))
        if kind == "proportion":
            return random.binomial(n, y, shape) * 1.0, np.zeros(shape)
        if kind == "rate":
            return random.poisson(n * y, shape) * 1.0, np.zeros(shape)
        safe = np.maximum(n, 1)
        mean = random.normal(y, 0.5 / np.sqrt(safe), shape)
        return mean * n, (0.25 * random.chisquare(np.maximum(n - 1, 1), shape) + mean**2 * safe) * (n > 0)

    (x1, xx1), (x2, xx2) = extract(n1, y1), extract(n2, y2)
    found = kitagawa(kind, n1, x1, n2, x2, xx1, xx2)
    w1, w2 = n1 / n1.sum(), n2 / n2.sum()
    y1 = np.where(n1 > 0, y1, y2)
    rate, mix = ((w1 + w2) / 2 * (y1 - y2)).sum(), ((w1 - w2) * (y1 + y2) / 2).sum()
    for part, truth in ((found.rate, rate), (found.mix, mix), (found.total, rate + mix)):
        assert 0.93 <= ((part.lower <= truth) & (truth <= part.upper)).mean() <= 0.97
