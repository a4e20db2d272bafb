"""The summary measures against WHO's package and against their definitions; what must hold whatever the numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from equity.stats.groups import NO_REFERENCE, Groups
from equity.stats.summary.reasons import NOT_FITTED
from equity.stats.summary.registry import MEASURES, NAMES, PAIRS, SummaryMeasure, measure_named
from equity.stats.summary.values import SLOPE_NAMES, summary_values
from tests.stats.golden_tables import golden

GRADIENT = [measure.name for measure in MEASURES if measure.ordered_only]
RELATIVE = [measure.name for measure in MEASURES if measure.needs_rates != "any"]

sizes = hnp.arrays(np.int64, 6, elements=st.integers(20, 5000))
shares = hnp.arrays(np.float64, 6, elements=st.floats(0.02, 0.98))


def scenarios() -> dict[str, Groups]:
    table = golden("groups_input")
    found = {}
    for scenario in np.unique(table["scenario"]):
        mine = table["scenario"] == scenario
        ordered = bool(table["ordered"][mine][0])
        found[str(scenario)] = Groups.from_counts(
            "proportion",
            table["n"][mine],
            table["x"][mine],
            str(table["polarity"][mine][0]),
            order=table["order"][mine] if ordered else None,
            reference=int(np.flatnonzero(table["reference"][mine])[0]),
        )
    return found


def values_of(groups: Groups) -> dict[str, float]:
    values, reasons = summary_values(groups)
    assert ((reasons == "") == np.isfinite(values)).all()
    return dict(zip(NAMES, values.tolist(), strict=True))


def test_every_measure_agrees_with_who() -> None:
    expected = golden("summary_expected")
    ours = {scenario: values_of(groups) for scenario, groups in scenarios().items()}
    found = np.array([ours[s][m] for s, m in zip(expected["scenario"], expected["measure"], strict=True)])
    fitted = np.isin(expected["measure"], SLOPE_NAMES)
    np.testing.assert_allclose(found[~fitted], expected["estimate"][~fitted], rtol=1e-8)
    np.testing.assert_allclose(found[fitted], expected["estimate"][fitted], rtol=1e-6)


def test_the_names_are_those_of_the_golden_table() -> None:
    assert set(NAMES) == set(np.unique(golden("summary_expected")["measure"]))


def test_settings_are_computed_side_by_side_as_one_by_one() -> None:
    random = np.random.default_rng(3)
    n = random.integers(20, 900, (2, 3, 5))
    x = random.binomial(n, 0.3)
    together, _ = summary_values(
        Groups.from_counts("proportion", n, x, "higher_better", order=np.arange(5), reference=2)
    )
    for place in np.ndindex(2, 3):
        one = Groups.from_counts("proportion", n[place], x[place], "higher_better", order=np.arange(5), reference=2)
        np.testing.assert_allclose(together[place], summary_values(one)[0], rtol=1e-10)


@given(n=sizes, share=shares, seed=st.integers(0, 1000), ordered=st.booleans())
def test_the_order_of_the_list_does_not_matter(n: np.ndarray, share: np.ndarray, seed: int, ordered: bool) -> None:
    x = np.clip(np.round(n * share), 1, n)
    mixed = np.random.default_rng(seed).permutation(6)
    order = np.arange(6) if ordered else None
    one = Groups.from_counts("proportion", n, x, "higher_better", order=order, reference=3)
    other = Groups.from_counts(
        "proportion",
        n[mixed],
        x[mixed],
        "higher_better",
        order=order[mixed] if order is not None else None,
        reference=int(np.flatnonzero(mixed == 3)[0]),
    )
    np.testing.assert_allclose(summary_values(one)[0], summary_values(other)[0], rtol=1e-6, atol=1e-9)


@given(n=sizes, share=shares, times=st.integers(2, 50))
def test_more_people_with_the_same_rates_change_nothing(n: np.ndarray, share: np.ndarray, times: int) -> None:
    x = np.clip(np.round(n * share), 1, n)
    one = Groups.from_counts("proportion", n, x, "lower_better", order=np.arange(6), reference=0)
    more = Groups.from_counts("proportion", n * times, x * times, "lower_better", order=np.arange(6), reference=0)
    np.testing.assert_allclose(summary_values(one)[0], summary_values(more)[0], rtol=1e-6, atol=1e-9)


@given(n=sizes, share=shares)
def test_flipping_polarity_flips_what_has_a_side(n: np.ndarray, share: np.ndarray) -> None:
    """Complement and polarity together leave the absolute measures; polarity alone turns the ordered difference."""
    x = np.clip(np.round(n * share), 1, n - 1)
    good = values_of(Groups.from_counts("proportion", n, x, "higher_better", order=np.arange(6), reference=0))
    bad = values_of(Groups.from_counts("proportion", n, n - x, "lower_better", order=np.arange(6), reference=0))
    turned = values_of(Groups.from_counts("proportion", n, x, "lower_better", order=np.arange(6), reference=0))
    np.testing.assert_allclose(good["difference"], -turned["difference"], atol=1e-12)
    for name in ("difference", "difference_from_reference", "between_group_variance", "mean_difference_from_best"):
        np.testing.assert_allclose(good[name], bad[name], rtol=1e-9, atol=1e-12)
    for name in ("population_attributable_risk", "absolute_concentration_index", SLOPE_NAMES[0]):
        np.testing.assert_allclose(good[name], -bad[name], rtol=1e-5, atol=1e-9)


@given(n=sizes, share=shares, part=st.floats(0.1, 0.9))
def test_splitting_a_group_into_two_alike_leaves_population_weighted_measures(
    n: np.ndarray, share: np.ndarray, part: float
) -> None:
    x = np.clip(np.round(n * share), 1, n)
    whole = values_of(Groups.from_counts("proportion", n, x, "higher_better", reference=0))
    cut_n = np.append(n[:-1] * 1.0, [n[-1] * part, n[-1] * (1 - part)])
    cut_x = np.append(x[:-1] * 1.0, [x[-1] * part, x[-1] * (1 - part)])
    cut = values_of(Groups.from_counts("proportion", cut_n, cut_x, "higher_better", reference=0))
    weighted = [m.name for m in MEASURES if m.weighted and not m.ordered_only]
    for name in [*weighted, "difference", "ratio"]:
        np.testing.assert_allclose(whole[name], cut[name], rtol=1e-8, atol=1e-10)


@given(share=st.floats(0.01, 0.99), n=sizes)
def test_equal_groups_give_the_value_of_equality(share: float, n: np.ndarray) -> None:
    groups = Groups.from_counts("proportion", n, n * share, "higher_better", order=np.arange(6), reference=0)
    for measure, value in zip(MEASURES, values_of(groups).values(), strict=True):
        assert value == pytest.approx(measure.when_equal, abs=1e-4)


@given(
    n=hnp.arrays(np.int64, 5, elements=st.integers(0, 60)),
    share=hnp.arrays(np.float64, 5, elements=st.floats(0, 1)),
    kind=st.sampled_from(["proportion", "rate", "mean"]),
    polarity=st.sampled_from(["higher_better", "lower_better", "neutral"]),
    ordered=st.booleans(),
    reference=st.integers(NO_REFERENCE, 4),
)
def test_no_value_is_missing_without_a_reason(
    n: np.ndarray, share: np.ndarray, kind: str, polarity: str, ordered: bool, reference: int
) -> None:
    x = np.round(n * share)
    groups = Groups.from_counts(
        kind, n, x, polarity, xx=x * 2, order=np.arange(5) if ordered else None, reference=reference
    )
    values_of(groups)


@pytest.mark.parametrize("measure", [each for each in MEASURES if each.formula], ids=lambda each: each.name)
def test_a_formula_has_a_value_for_all_rates_that_its_entry_lets_through(measure: SummaryMeasure) -> None:
    means = [[1.0, 2, 3], [0.0, 2, 3], [-1.0, 2, 3], [-3.0, 1, 2], [-5.0, 1, 1], [0.0, 0, 0], [-3.0, -2, -1]]
    order = np.arange(3) if measure.ordered_only else None
    groups = Groups.from_counts(
        "mean",
        np.full((7, 3), 50.0),
        np.array(means) * 50,
        "higher_better",
        xx=np.full((7, 3), 900.0),
        order=order,
        reference=0,
    )
    values, reasons = summary_values(groups, [measure.name])
    assert reasons[0, 0] == ""
    wrong = [rates for rates, reason in zip(means, reasons[:, 0], strict=True) if reason == NOT_FITTED]
    assert wrong == [], "needs_rates lets rates through for which the formula gives no number"
    assert np.isfinite(values[reasons == ""]).all()


@pytest.mark.parametrize(
    "measure", [each for each in MEASURES if each.is_inflated(ordered=False)], ids=lambda each: each.name
)
def test_groups_twice_as_far_apart_give_twice_or_for_squares_four_times_the_value(measure: SummaryMeasure) -> None:
    apart = np.array([[1.0], [2.0]]) * np.array([-3.0, -1, 0, 4])
    n = np.full((2, 4), 1_000_000.0)
    groups = Groups.from_counts("proportion", n, n * 0.4 + apart * 1_000, "higher_better", reference=2)
    once, twice = summary_values(groups, [measure.name])[0][:, 0] - measure.when_equal
    assert twice / once == pytest.approx(4 if measure.of_squares else 2, rel=0.05)


def test_a_pair_is_of_measures_that_there_are_the_absolute_one_in_a_unit_and_has_its_own_label() -> None:
    for pair in PAIRS:
        assert measure_named(pair.absolute).unit in ("rate", "rate_squared")
        assert measure_named(pair.relative).unit not in ("rate", "rate_squared")
    assert len({pair.label for pair in PAIRS}) == len({pair.name for pair in PAIRS}) == len(PAIRS)


def test_the_reasons_are_stated() -> None:
    def reason(name: str, groups: Groups) -> str:
        return str(summary_values(groups, [name])[1][0])

    plenty = {"n": [100, 100, 100, 100], "x": [10, 20, 30, 40]}
    unordered = Groups.from_counts("proportion", **plenty, polarity="neutral")
    assert reason("theil_index", unordered) == ""
    assert reason("difference", unordered) == ""
    assert reason(SLOPE_NAMES[0], unordered) == "needs_ordered_groups"
    assert reason("mean_difference_from_best", unordered) == "needs_to_know_which_side_is_better"
    assert reason("mean_difference_from_reference", unordered) == "needs_a_reference_group"
    absent = Groups.from_counts("proportion", [100] * 7 + [0], [10] * 7 + [0], "higher_better", reference=7)
    assert reason("mean_difference_from_reference", absent) == "reference_group_has_no_rate"
    two = Groups.from_counts("proportion", [100, 100, 0], [10, 20, 0], "higher_better")
    assert reason("difference", two) == "fewer_than_3_groups"
    holes = Groups.from_counts("proportion", [100, 100, 100, 0], [10, 20, 30, 0], "higher_better")
    assert reason("difference", holes) == "fewer_than_85_percent_of_groups"
    padded = Groups.from_counts(
        "proportion", [100, 100, 100, 0], [10, 20, 30, 0], "higher_better", expected=[True, True, True, False]
    )
    assert reason("difference", padded) == ""
    zero = Groups.from_counts("proportion", [100, 100, 100], [0, 20, 30], "higher_better")
    assert reason("ratio", zero) == "a_rate_is_not_above_zero"
    assert reason("mean_log_deviation", zero) == "a_rate_is_not_above_zero"
    assert reason("theil_index", zero) == ""
    nothing = Groups.from_counts("proportion", [100, 100, 100], [0, 0, 0], "higher_better")
    assert reason("coefficient_of_variation", nothing) == "a_rate_is_not_above_zero"


def test_an_absent_group_is_left_out_and_not_counted_as_zero() -> None:
    n, x = np.array([100, 200, 300, 150, 250, 120, 180]), np.array([10, 50, 90, 30, 25, 36, 45])
    without = Groups.from_counts("proportion", n, x, "higher_better", order=np.arange(7), reference=2)
    with_hole = Groups.from_counts(
        "proportion", np.append(n, 0), np.append(x, 0), "higher_better", order=np.arange(8), reference=2
    )
    np.testing.assert_allclose(summary_values(with_hole)[0], summary_values(without)[0], rtol=1e-9)


def test_every_measure_says_what_it_is_when_to_use_it_how_to_read_it_and_where_it_comes_from() -> None:
    assert len(MEASURES) == len(set(NAMES)) >= 22
    for measure in MEASURES:
        for words in (measure.label, measure.meaning, measure.when_to_use, measure.how_to_read, measure.source):
            assert words[0].isupper() or words[0].isdigit()
    assert measure_named("theil_index").label == "Theil index"
    with pytest.raises(ValueError, match="no summary measure 'gini'"):
        measure_named("gini")
