"""Is the gap closing, and why: planted stories, identities, and how often the words are wrong."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from equity.stats.estimate import Estimate
from equity.stats.intervals import wilson
from equity.stats.over_time.gap_change import Together, gap_change, gap_change_between
from equity.stats.over_time.gap_trend import GapTrend, first_and_latest, gap_trend
from equity.stats.over_time.period_series import PeriodSums, known_series, rate_series
from tests.random_search import examples

PERIODS = 24
FIRST = np.arange(PERIODS) < 12
LATEST = ~FIRST


def exactly(rates: Any, n: float = 1_000) -> PeriodSums:
    """Sums with just these rates."""
    share = np.asarray(rates, dtype=float)
    return PeriodSums.of(np.full(share.shape, n), share * n)


def drawn(rng: np.random.Generator, rates: Any, n: int, series: int) -> PeriodSums:
    size = np.full((series, len(rates)), n)
    return PeriodSums.of(size, rng.binomial(size, rates))


def trend_of(group: PeriodSums, reference: PeriodSums, polarity: Any = "higher_better") -> GapTrend:
    return gap_trend(rate_series("proportion", group), rate_series("proportion", reference), polarity)


LINE = np.linspace(0, 1, PERIODS)
STORIES = {
    "closing_by_lifting": (0.50 + 0.15 * LINE, 0.70 + 0 * LINE),
    "levelling_down": (0.50 + 0 * LINE, 0.70 - 0.15 * LINE),
    "widening": (0.50 - 0.10 * LINE, 0.70 + 0 * LINE),
    "no_clear_change": (0.50 + 0.10 * LINE, 0.70 + 0.10 * LINE),
}


@pytest.mark.parametrize("word", STORIES)
def test_planted_stories_get_their_word_from_both_readings(word: str) -> None:
    group, reference = (exactly(rates) for rates in STORIES[word])
    between = gap_change_between("proportion", "higher_better", group, reference, FIRST, LATEST)
    assert str(between.verdict) == word
    assert str(trend_of(group, reference).verdict) == word


@pytest.mark.parametrize("word", STORIES)
def test_counting_the_bad_outcome_tells_the_same_story(word: str) -> None:
    group, reference = (exactly(1 - rates) for rates in STORIES[word])
    between = gap_change_between("proportion", "lower_better", group, reference, FIRST, LATEST)
    assert str(between.verdict) == word
    assert str(trend_of(group, reference, "lower_better").verdict) == word


def estimates(*rows: tuple[float, float]) -> list[Estimate]:
    """Estimates (value, half width)."""
    return [Estimate(*(np.asarray(v) for v in (value, value - half, value + half))) for value, half in rows]


@pytest.mark.parametrize(
    ("group", "reference", "verdict", "reason"),
    [
        # (before, after) of each, all ± 0.02; an interval of a change is ± 0.028, of the change in the gap ± 0.04
        ((0.50, 0.60), (0.70, 0.70), "closing_by_lifting", "group_improved"),
        ((0.50, 0.50), (0.70, 0.60), "levelling_down", "reference_worsened"),
        ((0.50, 0.55), (0.70, 0.60), "levelling_down", "both_moved"),
        ((0.50, 0.60), (0.70, 0.65), "closing_by_lifting", "both_moved"),
        ((0.50, 0.525), (0.70, 0.675), "no_clear_change", "side_unclear"),
        ((0.50, 0.60), (0.70, 0.75), "closing_by_lifting", "group_improved"),  # both better, the group faster
        ((0.50, 0.45), (0.70, 0.55), "levelling_down", "reference_worsened"),  # both worse, the reference faster
        ((0.50, 0.45), (0.70, 0.72), "widening", "gap_grew"),
        ((0.50, 0.60), (0.70, 0.90), "widening", "gap_grew"),  # better, and further behind
        ((0.50, 0.51), (0.70, 0.70), "no_clear_change", "within_chance"),
        ((0.70, 0.80), (0.60, 0.60), "no_clear_change", "no_gap_to_close"),
        ((0.80, 0.70), (0.60, 0.60), "no_clear_change", "group_still_ahead"),
        ((0.70, 0.60), (0.65, 0.65), "widening", "gap_grew"),  # fell behind
        ((0.50, 0.75), (0.70, 0.70), "closing_by_lifting", "group_improved"),  # overtook
    ],
)
def test_every_word_has_its_rule(
    group: tuple[float, float], reference: tuple[float, float], verdict: str, reason: str
) -> None:
    four = estimates(*((value, 0.02) for value in (*group, *reference)))
    found = gap_change(*four, polarity="higher_better")
    assert (str(found.verdict), str(found.reason)) == (verdict, reason)


def test_intervals_worked_by_hand() -> None:
    found = gap_change(*estimates((0.5, 0.03), (0.6, 0.04), (0.7, 0.0), (0.7, 0.0)), polarity="higher_better")
    assert float(found.gap_change.value) == pytest.approx(-0.1)
    assert float(found.gap_change.upper) == pytest.approx(-0.05)  # 0.1 − √(0.03² + 0.04²)
    assert float(found.group_change.lower) == pytest.approx(0.05)
    assert float(found.gap_before.value) == pytest.approx(0.2)


def test_a_neutral_measure_and_missing_data_are_not_judged() -> None:
    four = estimates((0.5, 0.02), (0.6, 0.02), (0.7, 0.02), (0.7, 0.02))
    neutral = gap_change(*four, polarity="neutral")
    assert (str(neutral.verdict), str(neutral.reason)) == ("", "no_polarity")
    nothing = gap_change(four[0], Estimate(*[np.asarray(np.nan)] * 3), four[2], four[3], "higher_better")
    assert (str(nothing.verdict), str(nothing.reason)) == ("", "not_enough_data")
    short = trend_of(exactly([0.5, 0.6, 0.7]), exactly([0.8] * 3))
    assert (str(short.verdict), str(short.reason)) == ("", "not_enough_data")
    assert np.isnan(short.gap_slope.value)
    assert str(trend_of(exactly([0.5] * 6), exactly([0.8] * 6), "neutral").verdict) == ""


rates_of_four = hnp.arrays(np.float64, 4, elements=st.floats(0.02, 0.98))


@given(rates_of_four, st.integers(20, 5_000))
def test_the_split_adds_up_and_a_mirrored_outcome_changes_nothing(rates: np.ndarray, n: int) -> None:
    plain = gap_change(*(wilson(rate * n, n) for rate in rates), polarity="higher_better")
    mirrored = gap_change(*(wilson((1 - rate) * n, n) for rate in rates), polarity="lower_better")
    np.testing.assert_allclose(
        plain.gap_change.value, plain.reference_change.value - plain.group_change.value, atol=1e-12
    )
    np.testing.assert_allclose(plain.gap_change.value, plain.gap_after.value - plain.gap_before.value, atol=1e-12)
    np.testing.assert_allclose(mirrored.gap_change.lower, plain.gap_change.lower, atol=1e-9)
    assert plain.gap_change.lower <= plain.gap_change.value <= plain.gap_change.upper


@given(rates_of_four, st.integers(50, 5_000))
def test_swapping_before_and_after_turns_the_change_round(rates: np.ndarray, n: int) -> None:
    g0, g1, r0, r1 = (wilson(rate * n, n) for rate in rates)
    forward, backward = gap_change(g0, g1, r0, r1, "higher_better"), gap_change(g1, g0, r1, r0, "higher_better")
    np.testing.assert_allclose(backward.gap_change.lower, -forward.gap_change.upper, atol=1e-12)


@settings(max_examples=examples(50))
@given(
    hnp.arrays(np.int64, (2, 14), elements=st.integers(0, 60)),
    hnp.arrays(np.int64, (2, 14), elements=st.integers(0, 60)),
)
def test_the_two_sides_of_a_trend_add_up_and_mirror(group_x: np.ndarray, reference_x: np.ndarray) -> None:
    n = np.full((2, 14), 60)
    group, reference = PeriodSums.of(n, group_x), PeriodSums.of(n, reference_x)
    plain = trend_of(group, reference)
    mirrored = trend_of(PeriodSums.of(n, n - group_x), PeriodSums.of(n, n - reference_x), "lower_better")
    for part in ("slope", "change"):
        gap, ours, theirs = (getattr(plain, f"{side}_{part}").value for side in ("gap", "group", "reference"))
        np.testing.assert_allclose(gap, theirs - ours, atol=1e-9)
    np.testing.assert_allclose(mirrored.gap_slope.lower, plain.gap_slope.lower, atol=1e-9)
    np.testing.assert_array_equal(mirrored.verdict, plain.verdict)
    np.testing.assert_allclose(plain.gap_last.value - plain.gap_first.value, plain.gap_change.value, atol=1e-9)


def test_the_trend_is_weighted_least_squares() -> None:
    import statsmodels.api as sm

    rng = np.random.default_rng(7)
    n = rng.integers(100, 900, 16)
    group, reference = (PeriodSums.of(n, rng.binomial(n, np.linspace(a, b, 16))) for a, b in ((0.4, 0.6), (0.7, 0.7)))
    g, r = rate_series("proportion", group), rate_series("proportion", reference)
    fit = sm.WLS(r.rate - g.rate, sm.add_constant(np.arange(16.0)), weights=1 / (g.variance + r.variance)).fit()
    found = gap_trend(g, r, "higher_better")
    assert float(found.gap_slope.value) == pytest.approx(fit.params[1], rel=1e-9)
    # With less spread than chance the error stays that of chance: the standard error at a dispersion of 1.
    expected = fit.bse[1] / np.sqrt(min(fit.scale, 1.0))
    assert np.sqrt(found.slope_variance) == pytest.approx(expected, rel=1e-9)


def test_a_hole_on_either_side_is_left_out_and_time_goes_on() -> None:
    whole = trend_of(exactly(STORIES["widening"][0]), exactly(STORIES["widening"][1]))
    n = np.full(PERIODS, 1_000.0)
    n[5] = 0
    holed_group = PeriodSums.of(n, STORIES["widening"][0] * 1_000)
    holed = trend_of(holed_group, exactly(STORIES["widening"][1]))
    assert int(holed.periods) == PERIODS - 1
    assert float(holed.gap_slope.value) == pytest.approx(float(whole.gap_slope.value), rel=1e-6)


def test_a_target_takes_the_place_of_a_reference() -> None:
    group = exactly(STORIES["closing_by_lifting"][0])
    found = gap_trend(rate_series("proportion", group), known_series(0.7, PERIODS), "higher_better")
    assert str(found.verdict) == "closing_by_lifting"
    assert float(found.reference_change.lower) == float(found.reference_change.upper) == 0


def test_no_events_on_either_side_is_a_level_gap_of_nothing() -> None:
    found = trend_of(exactly([0.0] * 8), exactly([0.0] * 8))
    assert float(found.gap_slope.value) == 0
    assert str(found.verdict) == "no_clear_change"


def test_windows_chosen_by_the_program() -> None:
    measured = np.ones(30, dtype=bool)
    measured[3] = False
    before, after = first_and_latest(measured)
    assert np.flatnonzero(before).tolist() == [0, 1, 2, *range(4, 13)]
    assert np.flatnonzero(after).tolist() == list(range(18, 30))
    assert [int(window.sum()) for window in first_and_latest(measured[:8])] == [3, 3]
    assert [int(window.sum()) for window in first_and_latest(np.ones(60, dtype=bool))] == [12, 12]
    assert [int(window.sum()) for window in first_and_latest(np.ones(1, dtype=bool))] == [0, 0]
    with pytest.raises(ValueError, match="share a period"):
        gap_change_between("proportion", "higher_better", exactly(LINE), exactly(LINE), FIRST, FIRST)


@pytest.mark.parametrize(("before", "after"), [((0.5, 0.7), (0.6, 0.7)), ((0.04, 0.02), (0.03, 0.03))])
def test_coverage_of_the_change_in_the_gap(before: tuple[float, float], after: tuple[float, float]) -> None:
    rng = np.random.default_rng(21)
    n = np.array([150, 600])
    draws = [rng.binomial(n, rates, (8_000, 2)) for rates in (before, after)]
    (g0, r0), (g1, r1) = ([wilson(x[:, side], n[side]) for side in (0, 1)] for x in draws)
    found = gap_change(g0, g1, r0, r1, "higher_better")
    truth = (after[1] - before[1]) - (after[0] - before[0])
    covered = (found.gap_change.lower <= truth) & (truth <= found.gap_change.upper)
    assert covered.mean() == pytest.approx(0.95, abs=0.012)


def neighbours_alike(rng: np.random.Generator, shape: tuple[int, int], r: float) -> np.ndarray:
    """Standard noise in which each period takes a share of the one before."""
    noise = rng.standard_normal(shape)
    for period in range(1, shape[1]):
        noise[:, period] = r * noise[:, period - 1] + np.sqrt(1 - r**2) * noise[:, period]
    return noise


@pytest.mark.parametrize("periods", [8, 24])
@pytest.mark.parametrize(("course", "least"), [("chance", 0.95), ("spread", 0.945), ("alike", 0.89)])
def test_coverage_and_false_words_over_a_whole_series(course: str, least: float, periods: int) -> None:
    rng = np.random.default_rng(22)
    shape = (3_000, periods)
    size = np.full(shape, 400)
    sides = []
    for rate in (0.55, 0.70):
        noise = neighbours_alike(rng, shape, 0.5 if course == "alike" else 0.0)
        rates = rate + (0 if course == "chance" else 0.03) * noise
        sides.append(PeriodSums.of(size, rng.binomial(size, np.clip(rates, 0, 1))))
    before, after = first_and_latest(np.ones(periods, dtype=bool))
    trend = trend_of(*sides)
    between = gap_change_between("proportion", "higher_better", *sides, before, after)
    for found in (trend, between):
        covered = (found.gap_change.lower <= 0) & (found.gap_change.upper >= 0)
        assert covered.mean() > least
        assert (found.verdict != "no_clear_change").mean() < 1 - least


def test_the_two_closings_are_hardly_ever_taken_for_each_other() -> None:
    rng = np.random.default_rng(23)
    for word, other in (("closing_by_lifting", "levelling_down"), ("levelling_down", "closing_by_lifting")):
        group, reference = (drawn(rng, rates, 500, 1_500) for rates in STORIES[word])
        trend = trend_of(group, reference).verdict
        between = gap_change_between("proportion", "higher_better", group, reference, FIRST, LATEST).verdict
        for verdict in (trend, between):
            assert (verdict == word).mean() > 0.8
            assert (verdict == other).mean() < 0.01


def test_coverage_for_a_mean_over_a_whole_series() -> None:
    rng = np.random.default_rng(24)
    series, n = 1_500, 30
    sides = []
    for mean in (45, 38):
        minutes = rng.gamma(4, (mean + rng.normal(0, 2, (series, PERIODS, 1))) / 4, (series, PERIODS, n))
        sides.append(PeriodSums.of(np.full((series, PERIODS), n), minutes.sum(-1), (minutes**2).sum(-1)))
    between = gap_change_between("mean", "lower_better", *sides, FIRST, LATEST)
    trend = gap_trend(*(rate_series("mean", side) for side in sides), polarity="lower_better")
    for found in (between, trend):
        covered = (found.gap_change.lower <= 0) & (found.gap_change.upper >= 0)
        assert covered.mean() == pytest.approx(0.96, abs=0.02)
    assert between.gap_before.value.mean() == pytest.approx(7, abs=0.2)


def test_an_exactly_straight_gap_has_the_interval_of_chance_alone() -> None:
    group, reference = exactly(0.50 + 0.15 * LINE), exactly(0.70 + 0.0 * LINE)
    found = trend_of(group, reference)
    series = [rate_series("proportion", side) for side in (group, reference)]
    apart = np.arange(PERIODS) - (PERIODS - 1) / 2
    error = np.sqrt(sum(float(each.variance[0]) for each in series) / (apart**2).sum()) * (PERIODS - 1)
    assert float(found.gap_change.width) == pytest.approx(2 * stats.t.ppf(0.975, PERIODS - 2) * error, rel=1e-6)


def test_words_of_one_page_need_more_than_words_of_one_group() -> None:
    rng = np.random.default_rng(25)
    group, reference = (drawn(rng, rates, 300, 40) for rates in (0.5 + 0.07 * LINE, 0.7 + 0 * LINE))
    series = [rate_series("proportion", side) for side in (group, reference)]
    alone = gap_trend(*series, polarity="higher_better")
    on_a_page = gap_trend(*series, polarity="higher_better", together=Together(np.ones(40, dtype=bool), 40))
    told, still_told = (found.verdict == "closing_by_lifting" for found in (alone, on_a_page))
    assert told.sum() > still_told.sum() > 0
    assert told[still_told].all()
