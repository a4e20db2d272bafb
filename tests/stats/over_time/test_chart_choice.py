"""The proposed chart, and how often the proposal is wrong."""

import numpy as np
import pytest

from equity.stats.estimate import Kind
from equity.stats.over_time.chart_choice import SIGMA_Z_ROOM, ChartChoice, propose_charts
from equity.stats.over_time.period_series import PeriodSums, spread_between_periods


def choice_for(kind: Kind, sums: PeriodSums) -> ChartChoice:
    """The chart that fits one series."""
    alone = (each[np.newaxis] for each in (sums.n, sums.x, sums.xx, sums.inflation))
    return propose_charts(kind, PeriodSums(*alone))[0]


def proportion(rate: float, n: int, periods: int, seed: int = 3) -> PeriodSums:
    size = np.full(periods, n)
    return PeriodSums.of(size, np.random.default_rng(seed).binomial(size, rate))


def test_plain_counts_get_the_plain_chart() -> None:
    choice = choice_for("proportion", proportion(0.3, 200, 24))
    assert (choice.kind, choice.reason, choice.points) == ("p", "spread_as_chance", 24)
    assert choice.sigma_z < choice.sigma_z_limit
    assert choice.expected_events == pytest.approx(60, abs=5)
    size = np.full(24, 1000.0)
    counts = np.random.default_rng(4).poisson(30, 24)
    assert choice_for("rate", PeriodSums.of(size, counts)).kind == "u"


def test_spread_beyond_chance_gets_laneys_chart() -> None:
    rng = np.random.default_rng(5)
    n = np.full(24, 5_000)
    choice = choice_for("proportion", PeriodSums.of(n, rng.binomial(n, rng.beta(90, 210, 24))))
    assert (choice.kind, choice.reason) == ("pp", "spread_beyond_chance")
    assert choice.sigma_z > choice.sigma_z_limit
    rates = PeriodSums.of(n, rng.poisson(rng.gamma(20, 10, 24)))
    assert choice_for("rate", rates).kind == "up"


def test_a_real_step_alone_does_not_call_for_wider_limits() -> None:
    rng = np.random.default_rng(6)
    n = np.full(24, 400)
    stepped = PeriodSums.of(n, rng.binomial(n, np.repeat([0.3, 0.5], 12)))
    assert choice_for("proportion", stepped).kind == "p"


def test_few_points_get_a_run_chart_and_means_an_xmr() -> None:
    assert choice_for("proportion", proportion(0.3, 200, 11)).reason == "few_points"
    n = np.full(14, 20.0)
    times = PeriodSums.of(n, np.linspace(600, 700, 14), np.linspace(600, 700, 14) ** 2 / 20 + 500)
    choice = choice_for("mean", times)
    assert (choice.kind, choice.reason) == ("i", "mean_values")
    assert np.isnan(choice.expected_events)


def test_rare_events_and_rare_non_events_get_no_limits_and_no_rules() -> None:
    few = PeriodSums.of(np.full(24, 50), np.tile([1, 0, 0], 8))
    choice = choice_for("proportion", few)
    assert (choice.kind, choice.reason, choice.counted) == ("run", "rare_events", "events")
    assert choice.is_rare
    nearly_all = PeriodSums.of(np.full(24, 50), 50 - np.tile([1, 0, 0], 8))
    assert choice_for("proportion", nearly_all).counted == "non_events"
    assert not choice_for("rate", PeriodSums.of(np.full(24, 50), np.full(24, 2))).is_rare


def test_hardly_any_events_or_no_data_get_a_run_chart() -> None:
    hardly = PeriodSums.of(np.full(24, 50), np.eye(24)[3])
    assert choice_for("proportion", hardly).reason == "few_events"
    nothing = PeriodSums.of(np.zeros(24), np.zeros(24))
    assert choice_for("proportion", nothing).reason == "no_data"


@pytest.mark.parametrize("periods", [12, 24, 48])
def test_chance_alone_is_called_more_than_chance_in_one_series_of_twenty(periods: int) -> None:
    rng = np.random.default_rng(900 + periods)
    n = np.full((10_000, periods), 300)
    sigma_z = spread_between_periods("proportion", PeriodSums.of(n, rng.binomial(n, 0.3)))
    assert (sigma_z > 1 + SIGMA_Z_ROOM / np.sqrt(periods)).mean() == pytest.approx(0.05, abs=0.012)


@pytest.mark.parametrize("kind", ["proportion", "rate", "mean"])
def test_many_series_are_proposed_what_each_is_alone(kind: Kind) -> None:
    rng = np.random.default_rng(7)
    n = rng.integers(0, 80, (6, 15)) * np.array([[0], [1], [1], [4], [20], [20]])
    x = rng.binomial(n, np.array([[0.5], [0.001], [0.99], [0.3], [0.2], [0.6]]))
    sums = PeriodSums.of(n, x, 2 * x)
    alone = [choice_for(kind, PeriodSums.of(n[i], x[i], 2 * x[i])) for i in range(len(n))]
    assert repr(propose_charts(kind, sums)) == repr(tuple(alone))
