"""The Disparities lens against plain arithmetic and statsmodels, on extracts small enough to check by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest

from equity.cube import Cube
from equity.lens.answers import GROUP_COLUMNS, Disparities
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.vocabulary import Measure, PeriodRange, PlainError, Reference
from equity.words import remarks
from tests.made_up_cubes import cube_of, stratifier, year

SCREENED = Measure("Screened", "proportion", "higher_better", "Cancer", target=0.8)
RACE = stratifier("race", "Asian", "Black", "White", Unknown="unknown")
COUNTS = {"Asian": (400, 520), "Black": (900, 1500), "White": (1600, 2000), "Unknown": (30, 60)}


def screened(folder: Path, measure: Measure = SCREENED) -> Cube:
    rows = [(group, x, n, year(2024)) for group, (x, n) in COUNTS.items()]
    return cube_of(folder, pd.DataFrame(rows, columns=["race", "x", "n", "period"]), [measure], [RACE])


def ask(cube: Cube, reference: str | None = None, **choices: object) -> Disparities:
    chosen = None if reference is None else Reference.parse(reference)
    return disparities(cube, Choices("Made up", 1, cube.description.measures[0].name, "race", chosen, **choices))


def row(answer: Disparities, group: str) -> pd.Series:
    return answer.rows.set_index("group").loc[group]


def test_rows_have_the_documented_columns_in_the_stratifiers_order(tmp_path: Path) -> None:
    answer = ask(screened(tmp_path), "best")
    assert tuple(answer.rows.columns) == GROUP_COLUMNS
    assert list(answer.rows["group"]) == ["Asian", "Black", "White", "Unknown"]


def test_a_gap_is_signed_toward_harm_with_newcombes_interval(tmp_path: Path) -> None:
    black = row(ask(screened(tmp_path), "White"), "Black")
    low, high = confint_proportions_2indep(1600, 2000, 900, 1500, method="newcomb", compare="diff")
    assert black["gap"] == pytest.approx(0.8 - 0.6)
    assert (black["gap_lower"], black["gap_upper"]) == pytest.approx((low, high), rel=1e-8)
    assert (black["lower"], black["upper"]) == pytest.approx(proportion_confint(900, 1500, method="wilson"), rel=1e-8)
    assert black["p"] == pytest.approx(proportions_ztest([900, 1600], [1500, 2000])[1], rel=1e-6)
    assert black["ratio"] == pytest.approx(0.6 / 0.8)
    assert black["relative_gap"] == pytest.approx(0.2 / 0.8)
    assert black["relative_gap_adverse"] == pytest.approx(0.2 / 0.2)
    assert black["excess"] == pytest.approx(1500 * 0.2)
    assert black["verdict"] == "disparity"


def test_turning_the_polarity_turns_every_sign(tmp_path: Path) -> None:
    higher = ask(screened(tmp_path / "a"), "White").rows
    turned = Measure("Screened", "proportion", "lower_better", "Cancer")
    lower = ask(screened(tmp_path / "b", turned), "White").rows
    np.testing.assert_allclose(higher["gap"], -lower["gap"], equal_nan=True)
    np.testing.assert_allclose(higher["gap_lower"], -lower["gap_upper"], equal_nan=True)
    np.testing.assert_array_equal(higher["verdict"], lower["verdict"])


def test_the_best_group_is_never_the_unknown_nor_a_small_one(tmp_path: Path) -> None:
    rows = [("Asian", 45, 50), ("Black", 900, 1500), ("White", 1600, 2000), ("Unknown", 590, 600)]
    cube = cube_of(tmp_path, pd.DataFrame(rows, columns=["race", "x", "n"]), [SCREENED], [RACE])
    answer = ask(cube, "best")
    assert answer.reference.group == "White"
    assert answer.reference.surpassed == "smaller"  # 90% of 50 Asian patients
    assert row(answer, "White")["verdict"] == "reference"
    assert np.isnan(row(answer, "White")["gap"])


def test_the_best_group_is_chosen_on_the_first_whole_year_and_does_not_hop(tmp_path: Path) -> None:
    rates = {2023: {"Asian": 820, "Black": 600, "White": 800}, 2024: {"Asian": 790, "Black": 600, "White": 810}}
    rows = [(g, x, 1000, year(y)) for y, of in rates.items() for g, x in of.items()]
    cube = cube_of(tmp_path, pd.DataFrame(rows, columns=["race", "x", "n", "period"]), [SCREENED], [RACE])
    for period in ("2023", "2024", "2023..2024"):
        answer = ask(cube, "best", period=PeriodRange.parse(period))
        assert (answer.reference.group, answer.reference.chosen_on) == ("Asian", "2023")
        assert answer.reference.surpassed == ("any" if period == "2024" else "no")
    assert row(ask(cube, "best", period=PeriodRange.parse("2024")), "White")["gap"] == pytest.approx(-0.02)


def test_everyone_else_and_the_average_differ_by_the_groups_own_share(tmp_path: Path) -> None:
    cube = screened(tmp_path)
    others, average = row(ask(cube, "others"), "Black"), row(ask(cube, "average"), "Black")
    rest = (400 + 1600 + 30) / (520 + 2000 + 60)
    whole = (400 + 900 + 1600 + 30) / (520 + 1500 + 2000 + 60)
    assert others["gap"] == pytest.approx(rest - 0.6)
    assert average["gap"] == pytest.approx(whole - 0.6)
    assert average["p"] == others["p"]


def test_a_target_has_no_error_of_its_own(tmp_path: Path) -> None:
    answer = ask(screened(tmp_path), "target")
    black = row(answer, "Black")
    assert black["gap"] == pytest.approx(0.2)
    assert black["gap_lower"] == pytest.approx(0.8 - black["upper"])
    assert answer.reference.rate == 0.8


def test_unknown_stays_visible_but_is_not_judged(tmp_path: Path) -> None:
    answer = ask(screened(tmp_path), "White")
    unknown = row(answer, "Unknown")
    assert unknown["rate"] == 0.5
    assert unknown["gap"] == pytest.approx(0.3)
    assert unknown["verdict"] == ""
    assert np.isnan(unknown["excess"])
    assert answer.tests == 2
    assert answer.known_share == pytest.approx(1 - 60 / 4080)


def test_the_total_of_the_excess_is_the_sum_over_groups_that_fare_worse(tmp_path: Path) -> None:
    answer = ask(screened(tmp_path), "White")
    assert answer.excess_total_raw == pytest.approx(1500 * 0.2 + 520 * (0.8 - 400 / 520))
    assert answer.excess_lower < answer.excess_total < answer.excess_total_raw < answer.excess_upper


def test_the_badge_counts_events_of_the_same_person_as_less_than_as_many(tmp_path: Path) -> None:
    """13 falls, of which three people had two each: as much as 9 falls of different people, and 10 are needed."""
    falls = Measure("Falls", "rate", "lower_better", "Safety")
    times = [2.0] * 3 + [1.0] * 7 + [0.0] * 490
    facts = pd.DataFrame({"race": "Black", "x": times, "n": 1.0, "person": np.arange(500, dtype="uint64") + 1})
    by_person = row(ask(cube_of(tmp_path / "a", facts, [falls], [RACE]), "White"), "Black")
    by_visit = row(ask(cube_of(tmp_path / "b", facts.drop(columns="person"), [falls], [RACE]), "White"), "Black")
    assert (by_person["reliability"], by_visit["reliability"]) == ("too_few", "reliable")


@pytest.mark.parametrize("reference", ["average", "others"])
def test_the_total_counts_the_unknown_among_everyone_as_the_rows_do(tmp_path: Path, reference: str) -> None:
    rows = [("Asian", 300, 500), ("Black", 250, 500), ("White", 310, 500), ("Unknown", 1900, 2000)]
    cube = cube_of(tmp_path, pd.DataFrame(rows, columns=["race", "x", "n"]), [SCREENED], [RACE])
    answer = ask(cube, reference)
    assert answer.excess_total == pytest.approx(answer.rows["excess"].sum())
    assert answer.excess_total_raw == answer.excess_total
    assert answer.excess_lower < answer.excess_total < answer.excess_upper


def test_the_total_is_against_the_named_group_even_where_another_does_better(tmp_path: Path) -> None:
    answer = ask(screened(tmp_path), "Asian")
    assert answer.excess_total == pytest.approx(1500 * (400 / 520 - 0.6))


def test_an_unfavourable_measure_is_already_in_the_adverse_framing(tmp_path: Path) -> None:
    turned = Measure("Missed", "proportion", "lower_better", "Cancer")
    black = row(ask(screened(tmp_path, turned), "White"), "Black")
    assert black["relative_gap"] == black["relative_gap_adverse"] == pytest.approx(-0.25)


def test_a_group_with_hidden_cells_is_never_the_best(tmp_path: Path) -> None:
    rows = [("Asian", 950, 1000, False), ("Asian", None, None, True), ("White", 800, 1000, False)]
    cube = cube_of(tmp_path, pd.DataFrame(rows, columns=["race", "x", "n", "hidden"]), [SCREENED], [RACE])
    assert ask(cube, "best").reference.group == "White"


def test_visits_of_few_people_are_too_few_and_widen_the_total(tmp_path: Path) -> None:
    """25 people a group with 16 visits each that all agree: 400 visits tell no more than 24 people."""
    people = pd.DataFrame(
        {"race": np.repeat(["Black", "White"], 25), "x": ([1.0] * 10 + [0.0] * 15) + [1.0] * 20 + [0.0] * 5}
    )
    visits = people.loc[people.index.repeat(16)]
    facts = visits.assign(person=visits.index.to_numpy(dtype="uint64") + 1)
    by_person = ask(cube_of(tmp_path / "a", facts, [SCREENED], [RACE]), "White")
    by_visit = ask(cube_of(tmp_path / "b", facts.drop(columns="person"), [SCREENED], [RACE]), "White")
    assert (row(by_person, "Black")["reliability"], row(by_visit, "Black")["reliability"]) == ("too_few", "reliable")
    assert by_person.excess_total == pytest.approx(by_visit.excess_total)
    assert by_person.excess_upper - by_person.excess_lower > 2 * (by_visit.excess_upper - by_visit.excess_lower)


def test_the_spread_over_sites_leaves_out_cells_of_fewer_than_30(tmp_path: Path) -> None:
    rows = [("Black", "North", 20, 29), ("Black", "South", 20, 30), ("White", "North", 90, 100)]
    facts = pd.DataFrame(rows, columns=["race", "site", "x", "n"])
    answer = ask(cube_of(tmp_path, facts, [SCREENED], [RACE, stratifier("site", "North", "South")]), "White")
    assert sorted(zip(answer.spread["group"], answer.spread["value"], strict=True)) == [
        ("Black", "South"),
        ("White", "North"),
    ]
    assert answer.spread_too_few == 1


def test_repeat_visits_widen_the_interval_as_the_design_says(tmp_path: Path) -> None:
    generator = np.random.default_rng(11)
    people = pd.DataFrame({"race": generator.choice(["Black", "White"], 400), "own": generator.beta(2, 2, 400)})
    visits = people.loc[people.index.repeat(generator.integers(1, 9, 400))].assign(period=year(2024))
    visits["x"] = (generator.random(len(visits)) < visits["own"]).astype(float)
    facts = visits.assign(person=visits.index.to_numpy(dtype="uint64") + 7)
    cube = cube_of(tmp_path, facts, [SCREENED], [RACE])
    black = row(ask(cube, "White"), "Black")
    mine = visits[visits["race"] == "Black"]
    y, n = mine["x"].mean(), len(mine)
    own = mine.groupby(level=0)["x"].agg(["sum", "size"])
    m = len(own)
    variance = ((own["sum"] - y * own["size"]) ** 2).sum() / n**2 * m / (m - 1)
    effective = y * (1 - y) / variance
    assert black["people"] == m
    assert black["n_effective"] == pytest.approx(effective)
    limits = proportion_confint(y * effective, effective, method="wilson")
    assert (black["lower"], black["upper"]) == pytest.approx(limits)


def test_a_cell_hidden_at_its_source_is_neither_zero_nor_missing(tmp_path: Path) -> None:
    rows = [("Asian", None, None, True), ("Black", 0, 240, False), ("White", 1600, 2000, False)]
    cube = cube_of(tmp_path, pd.DataFrame(rows, columns=["race", "x", "n", "hidden"]), [SCREENED], [RACE])
    answer = ask(cube, "White")
    assert [row(answer, g)["shown"] for g in ("Asian", "Black", "White", "Unknown")] == [
        "hidden",
        "zero",
        "yes",
        "missing",
    ]
    assert "hidden_at_source" in answer.remarks


def test_published_estimates_are_compared_by_their_own_intervals(tmp_path: Path) -> None:
    deaths = Measure("Deaths", "rate", "lower_better", "Maternal health", multiplier=100000)
    rows = [("Black", 50.3e-5, 42e-5, 59e-5, year(2023)), ("White", 14.5e-5, 12.6e-5, 16.6e-5, year(2023))]
    facts = pd.DataFrame(rows, columns=["race", "estimate", "lower", "upper", "period"])
    answer = ask(cube_of(tmp_path, facts, [deaths], [RACE]), "White", period=PeriodRange.parse("2023"))
    black = row(answer, "Black")
    assert black["gap"] == pytest.approx(35.8e-5)
    assert black["gap_lower"] == pytest.approx(35.8e-5 - np.hypot(8.3e-5, 2.1e-5))
    assert black["ratio"] == pytest.approx(50.3 / 14.5)
    assert black["verdict"] == "disparity"
    assert "estimates_without_counts" in answer.remarks


@pytest.mark.parametrize(
    ("reference", "period", "says"),
    [("Martian", "2024", "is not a group of Race"), ("best", "1999", "no rows in 1999|1999")],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(tmp_path: Path, reference: str, period: str, says: str) -> None:
    with pytest.raises(PlainError, match=says):
        ask(screened(tmp_path), reference, period=PeriodRange.parse(period))


def test_a_measure_without_a_worse_side_counts_nobody_at_the_reference(tmp_path: Path) -> None:
    answer = ask(screened(tmp_path, Measure("Interpreter used", "proportion", "neutral", "Access")), "White")
    assert answer.rows[["excess", "excess_lower", "excess_upper", "excess_raw"]].isna().all(axis=None)
    assert np.isnan(answer.excess_total)
    assert row(answer, "Black")["gap"] == pytest.approx(-0.2)


def test_a_measure_without_a_worse_side_has_a_lowest_group_and_no_best_one(tmp_path: Path) -> None:
    neutral = Measure("Interpreter used", "proportion", "neutral", "Access", minimum_n=10)
    answer = ask(screened(tmp_path, neutral), "best")
    rates = answer.rows[answer.rows["shown"] == "yes"].set_index("group")["rate"]
    assert (answer.reference.group, answer.reference.label) == (
        rates.drop("Unknown").idxmin(),
        "the lowest of the larger groups",
    )
    none = ask(screened(tmp_path, replace(neutral, minimum_n=10**6)), "best")
    assert "no_group_to_compare_with" in none.remarks
    assert not [said for said in remarks.describe_remarks(none.remarks) if "best" in said]


def test_a_group_of_just_the_size_that_is_asked_for_may_be_the_best_and_one_smaller_may_not(tmp_path: Path) -> None:
    def answered(minimum: int) -> Disparities:
        folder = tmp_path / str(minimum)
        folder.mkdir()
        return ask(screened(folder, replace(SCREENED, minimum_n=minimum)), "best")

    assert [answered(minimum).reference.group for minimum in (2000, 2001)] == ["White", ""]
    asked, less, more = (answered(minimum).rows["excess"].tolist() for minimum in (520, 519, 521))  # 520 are Asian
    assert asked == pytest.approx(less, nan_ok=True)
    assert asked != pytest.approx(more, nan_ok=True)  # one group fewer could have been the best by chance


def test_a_total_is_never_bounded_below_by_less_than_a_part_of_it(tmp_path: Path) -> None:
    """One large clear gap among many small groups that cannot be told from the reference."""
    rows = [("Big", 2035, 3700), ("White", 5240, 7658)] + [(f"S{i}", 61 - i, 90) for i in range(6)]
    groups = stratifier("race", *(name for name, _, _ in rows))
    cube = cube_of(tmp_path, pd.DataFrame(rows, columns=["race", "x", "n"]), [SCREENED], [groups])
    for reference in ("White", "best"):
        answer = ask(cube, reference)
        big = row(answer, "Big")
        assert big["verdict"] == "disparity"
        assert answer.excess_lower >= big["excess_lower"] > 0
        assert answer.excess_total >= big["excess"]


def test_monthly_estimates_can_be_asked_with_the_best_group(tmp_path: Path) -> None:
    months = [("2024-01-01", "Asian", 0.9), ("2024-01-01", "White", 0.7), ("2024-02-01", "Asian", 0.6)]
    facts = pd.DataFrame([*months, ("2024-02-01", "White", 0.8)], columns=["period", "race", "estimate"])
    facts["period"] = pd.to_datetime(facts["period"]).dt.date
    cube = cube_of(tmp_path, facts, [SCREENED], [RACE], grain="month")
    answer = ask(cube, period=PeriodRange.parse("2024-02"))
    assert (answer.reference.kind, answer.reference.group) == ("best", "Asian")  # chosen on the first month, and kept
    assert row(answer, "White")["rate"] == 0.8


def test_a_hidden_count_of_known_people_is_a_lower_bound_over_all_of_them(tmp_path: Path) -> None:
    rows = [("Asian", 100, 1000, False), ("Asian", None, 1000, True), ("White", 150, 2000, False)]
    rows += [("Black", None, 500, True)]
    cube = cube_of(tmp_path, pd.DataFrame(rows, columns=["race", "x", "n", "hidden"]), [SCREENED], [RACE])
    answer = ask(cube, "White")
    asian, black = row(answer, "Asian"), row(answer, "Black")
    assert (asian["n"], asian["x"], asian["rate"]) == (2000, 100, 0.05)
    assert (black["shown"], np.isnan(black["n"])) == ("hidden", True)
    # Up to ten hidden events could move 5 % to 5.5 %: it is shown, and nothing is said of it.
    assert np.isnan(asian["gap"]) and asian["verdict"] == ""
