"""Groups at equal ages: against arithmetic by hand, with a planted gap of ages alone, and on what is not shown."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from equity.charts import age_standard as charts
from equity.cube import Cube
from equity.lens.age_bands import age_grouping, band_of
from equity.lens.age_standard import age_standardized
from equity.lens.answers import AgeStandardized
from equity.lens.choices import Choices
from equity.vocabulary import Measure, PeriodRange, PlainError, Reference
from equity.words.answers import age_standard as words
from tests.made_up_cubes import cube_of, stratifier, year

SEEN = Measure("Seen", "proportion", "higher_better", "Access")
RACE = stratifier("race", "A", "B", "C", Unknown="unknown")
AGE = stratifier("age_band", "18–44", "45–64", "65 and over", Unknown="unknown", ordered=True)
RATES = {"18–44": 0.4, "45–64": 0.6, "65 and over": 0.8}
AGES = {"A": (400, 400, 1200), "B": (1200, 400, 400), "C": (100, 0, 300), "Unknown": (20, 20, 20)}
US = {"18–44": 393_797.0, "45–64": 222_081.0, "65 and over": 126_386.0}


def facts(period: int = 2024) -> pd.DataFrame:
    rows = [
        (race, age, RATES[age] * n, n) for race, sizes in AGES.items() for age, n in zip(RATES, sizes, strict=True) if n
    ]
    rows.append(("B", "Unknown", 10.0, 50))
    return pd.DataFrame(rows, columns=["race", "age_band", "x", "n"]).assign(period=year(period))


@pytest.fixture(scope="module")
def cube(tmp_path_factory: pytest.TempPathFactory) -> Cube:
    both = pd.concat([facts(2023), facts(2024)])
    return cube_of(tmp_path_factory.mktemp("ages"), both, [SEEN], [RACE, AGE])


def choices(reference: str = "A") -> Choices:
    return Choices("Made up", 1, "Seen", "race", Reference.parse(reference), PeriodRange.parse("2024"))


@pytest.mark.parametrize(
    ("name", "band"),
    [
        ("18–34", (18, 35)), ("18-34 years", (18, 35)), ("75 and over", (75, math.inf)), ("65+", (65, math.inf)),
        ("≥ 85", (85, math.inf)), ("Under 18", (0, 18)), ("<1", (0, 1)), ("Ages 5 to 9", (5, 10)), ("0", (0, 1)),
        ("85 years and older", (85, math.inf)), ("Adults", None), ("A18", None), ("34–18", None), ("", None),
    ],
)  # fmt: skip
def test_bands_are_read_from_their_names(name: str, band: tuple[float, float] | None) -> None:
    assert band_of(name) == band


def test_a_gap_that_is_all_ages_is_gone_at_equal_ages(cube: Cube) -> None:
    answer = age_standardized(cube, choices(), "us2000")
    rows = answer.rows.set_index("group")
    everyone = sum(US.values())
    expected = sum(US[age] * RATES[age] for age in US) / everyone
    assert rows.loc[["A", "B"], "rate"].tolist() == pytest.approx([expected, expected], abs=1e-5)
    assert rows.loc["B", "gap"] == pytest.approx(0.0, abs=1e-12)
    assert rows.loc["B", "crude_gap"] == pytest.approx(0.68 - 1050 / 2050)
    assert rows.loc["B", "ratio"] == pytest.approx(1.0)
    assert answer.covered == pytest.approx(everyone / 1e6, abs=1e-5)
    assert not answer.split_evenly
    assert answer.age_known == pytest.approx(1 - 50 / answer.rows["n"].sum())
    assert "different ages account for it" in " ".join(words.what_it_comes_to(answer))
    assert words.finding(answer).endswith("At equal ages there is none.")


def test_a_group_without_an_age_band_has_no_rate_and_says_which(cube: Cube) -> None:
    answer = age_standardized(cube, choices(), "us2000")
    row = answer.rows.set_index("group").loc["C"]
    assert (row["reason"], row["missing_ages"]) == ("missing_ages", "45–64")
    assert np.isnan(row["rate"])
    assert any("nobody aged 45–64" in said for said in words.not_known(answer))


def test_a_column_has_the_same_decimals_for_small_and_large_groups(cube: Cube) -> None:
    answer = age_standardized(cube, choices(), "us2000")
    table, series = words.table(answer), words.over_time_table(answer)
    assert table["Crude"].tolist() == ["68.0%", "51.2%", "70.0%"]
    for told in (
        *table[["Crude", "Age-standardized"]].to_numpy().T,
        *series[["Crude", "Age-standardized"]].to_numpy().T,
    ):
        assert {"." in cell for cell in told if cell.endswith("%")} == {True}
    assert "crude 70.0%" in words.alt_text(answer)


def test_a_gap_that_is_clear_at_equal_ages_gives_all_gaps_a_decimal(cube: Cube) -> None:
    answer = age_standardized(cube, choices(), "us2000")
    small = {"n": 500.0, "gap": 0.004, "p_together": 0.001, "crude_verdict": ""}
    rows = answer.rows.assign(
        n=500.0, **{c: answer.rows[c].mask(answer.rows["group"] == "B", v) for c, v in small.items() if c != "n"}
    )
    table = words.table(replace(answer, rows=rows)).set_index("Group")
    assert table.loc["B", "Gap"] == "0.4 points lower"
    assert table.loc["B", "Crude gap"] == "16.8 points lower"


def test_the_files_own_ages_are_everyones_in_the_question(cube: Cube) -> None:
    answer = age_standardized(cube, choices(), "own")
    own = facts().groupby("age_band")["n"].sum()
    expected = sum(own[age] * RATES[age] for age in RATES) / sum(own[age] for age in RATES)
    assert answer.rows.set_index("group").loc["A", "rate"] == pytest.approx(expected)
    assert answer.weights["standard"].tolist() == pytest.approx(answer.weights["own"].tolist())


def test_everyone_else_is_the_other_side_of_all_others(cube: Cube) -> None:
    answer = age_standardized(cube, choices("others"), "us2000")
    row = answer.rows.set_index("group").loc["B"]
    assert row["gap"] == pytest.approx(0.0, abs=1e-12)
    assert row["gap_lower"] < 0 < row["gap_upper"]


def test_every_year_has_its_rate(cube: Cube) -> None:
    answer = age_standardized(cube, choices(), "europe2013")
    assert answer.over_time["period"].unique().tolist() == ["2023", "2024"]
    mine = answer.over_time[answer.over_time["group"] == "B"]
    assert mine["rate"].nunique() == 1
    assert answer.split_evenly
    assert any("spread evenly" in said for said in words.caveats(answer))


def test_one_hidden_age_hides_the_groups_rate(tmp_path: Path) -> None:
    hidden = facts().assign(hidden=False)
    hidden.loc[(hidden["race"] == "B") & (hidden["age_band"] == "45–64"), ["x", "hidden"]] = [np.nan, True]
    answer = age_standardized(cube_of(tmp_path, hidden, [SEEN], [RACE, AGE]), choices(), "us2000")
    row = answer.rows.set_index("group").loc["B"]
    assert row["reason"] == "hidden"
    assert row[["rate", "lower", "upper", "gap", "gap_lower", "ratio", "p"]].isna().all()


def test_what_cannot_be_standardized_says_why(cube: Cube, tmp_path: Path) -> None:
    with pytest.raises(PlainError, match="holds ages, so it cannot be age-standardized: group by something else"):
        age_standardized(cube, Choices("Made up", 1, "Seen", "age_band"), "us2000")
    ageless = cube_of(tmp_path / "ageless", pd.DataFrame([("A", 3, 9)], columns=["race", "x", "n"]), [SEEN], [RACE])
    with pytest.raises(PlainError, match="no age bands beside"):
        age_standardized(ageless, Choices("Made up", 1, "Seen", "race"), "us2000")
    with pytest.raises(PlainError, match="is not a standard population"):
        age_standardized(cube, choices(), "mars")
    odd = stratifier("age", "Under 90", "90 and over")
    rows = pd.DataFrame([("A", "Under 90", 3, 9), ("A", "90 and over", 3, 9)], columns=["race", "age", "x", "n"])
    with pytest.raises(PlainError, match="no weight for the ages “Under 90”"):
        age_standardized(cube_of(tmp_path, rows, [SEEN], [RACE, odd]), Choices("Made up", 1, "Seen", "race"), "us2000")
    assert age_grouping(cube.description, "race") is not None
    assert age_grouping(cube.description, "age_band") is None


def test_a_reference_of_the_same_data_is_allowed_for(tmp_path: Path) -> None:
    """The best group picked in the only year: p and the gap's interval allow for its having been picked."""
    cube = cube_of(tmp_path, facts(), [SEEN], [RACE, AGE])
    best = age_standardized(cube, choices("best"), "us2000")
    assert best.reference.picked
    assert best.reference.group == "A" or best.reference.group == "C"


def test_p_and_range_allow_for_a_reference_that_the_data_picked(tmp_path: Path) -> None:
    rows = [
        (race, age, round(rate * 400), 400) for race, rate in (("A", 0.62), ("B", 0.58), ("C", 0.55)) for age in RATES
    ]
    table = pd.DataFrame(rows, columns=["race", "age_band", "x", "n"]).assign(period=year(2024))
    cube = cube_of(tmp_path, table, [SEEN], [RACE, AGE])
    best, named = (age_standardized(cube, choices(r), "us2000").rows.set_index("group").loc["C"] for r in ("best", "A"))
    assert age_standardized(cube, choices("best"), "us2000").reference.group == "A"
    assert best["gap"] == named["gap"]
    assert best["gap_upper"] > named["gap_upper"]
    assert best["p"] > 1.5 * named["p"]


def test_both_pictures_pass_plotlys_own_checks(cube: Cube) -> None:
    answer = age_standardized(cube, choices(), "us2000")
    for draw in (charts.groups, charts.over_time):
        go.Figure(draw(answer).to_dict())
    assert "not age-standardized" in words.alt_text(answer)
    assert set(words.table(answer)["Group"]) == {"A", "B", "C"}
    assert len(words.over_time_table(answer)) == 6


def test_beside_an_average_both_gaps_are_from_everyone_else(cube: Cube) -> None:
    """From an average that holds the group, the crude gap would be smaller than the other one for that alone."""
    average, others = (age_standardized(cube, choices(r), "us2000") for r in ("average", "others"))
    pd.testing.assert_frame_equal(average.rows, others.rows)
    assert average.reference.kind == "others"
    assert any("never with itself" in said for said in words.caveats(average))


def test_ages_are_said_to_do_only_what_chance_leaves_clear(tmp_path: Path) -> None:
    """Two groups of other ages; the gap is the same at every age, so what standardizing moves is chance."""
    sizes = {"A": (400, 400, 400), "B": (500, 60, 12)}
    rates = {"A": (0.80, 0.80, 0.80), "B": (0.60, 0.62, 0.75)}
    rows = [
        (race, age, round(rate * n), n)
        for race in "AB"
        for age, rate, n in zip(RATES, rates[race], sizes[race], strict=True)
    ]
    table = pd.DataFrame(rows, columns=["race", "age_band", "x", "n"]).assign(period=year(2024))
    answer = age_standardized(cube_of(tmp_path, table, [SEEN], [RACE, AGE]), choices(), "us2000")
    row = answer.rows.set_index("group").loc["B"]
    assert row["gap_by_ages"] == pytest.approx(row["crude_gap"] - row["gap"])
    assert row["gap_by_ages_lower"] < 0 < row["gap_by_ages_upper"]
    said = " ".join(words.what_it_comes_to(answer))
    assert "not clear whether different ages account for part" in said


def by_group(answer: AgeStandardized, group: str, **columns: float | str) -> AgeStandardized:
    rows = answer.rows.copy()
    rows.loc[rows["group"] == group, list(columns)] = list(columns.values())
    return replace(answer, rows=rows)


def test_a_gap_at_equal_ages_carries_its_verdict(cube: Cube) -> None:
    answer = by_group(age_standardized(cube, choices(), "us2000"), "C", crude_gap=np.nan)
    none = by_group(answer, "B", crude_verdict="large_uncertain", gap=0.03, p_together=0.4)
    assert words.finding(none).endswith("no clear gap by race, as measured or at equal ages.")
    assert words.what_it_comes_to(none)[0].startswith("For B patients, the rate is")
    unsure = by_group(answer, "B", gap=0.03, p_together=0.4)
    assert words.finding(unsure).endswith("At equal ages: 3.0 points lower, no clear gap.")
    ahead = by_group(answer, "B", gap=-0.05, gap_lower=-0.08, gap_upper=-0.02, p_together=0.001)
    assert "between 2.0 and 8.0 points higher" in words.how_sure(ahead)


def test_a_gap_that_only_equal_ages_show_is_the_one_spoken_of(cube: Cube) -> None:
    """A younger group that looks even or ahead as measured, and is clearly behind at equal ages."""
    answer = by_group(age_standardized(cube, choices(), "us2000"), "C", crude_gap=np.nan)
    hidden = by_group(answer, "B", crude_gap=-0.01, crude_verdict="none", gap=0.08, gap_lower=0.05, p_together=0.001)
    ages = dict(zip(("gap_by_ages", "gap_by_ages_lower", "gap_by_ages_upper"), (-0.09, -0.11, -0.07), strict=True))
    hidden = by_group(hidden, "B", **ages)
    assert words.lead(hidden) is not None
    assert words.finding(hidden).endswith("no clear gap for B patients. At equal ages it is 8.0 points lower.")
    assert "as measured, different ages hide it" in " ".join(words.what_it_comes_to(hidden))
    plain = by_group(hidden, "B", gap_by_ages_upper=0.02)
    assert words.what_it_comes_to(plain)[1] == "It is clear at equal ages only."


@pytest.mark.parametrize(
    ("gap", "part", "said"),
    [
        (0.004, (0.156, 0.14, 0.17), "nearly all of this gap"),
        (0.08, (0.08, 0.06, 0.10), "about 50% of this gap"),
        (0.155, (0.005, -0.01, 0.02), "little of this gap"),
        (0.13, (0.03, -0.09, 0.15), "not clear whether"),
        (0.20, (-0.04, -0.05, -0.03), "the gap is wider"),
    ],
)
def test_what_ages_do_to_a_gap_of_16_points(
    cube: Cube, gap: float, part: tuple[float, float, float], said: str
) -> None:
    answer = by_group(age_standardized(cube, choices(), "us2000"), "C", crude_gap=np.nan)
    told = dict(zip(("gap_by_ages", "gap_by_ages_lower", "gap_by_ages_upper"), part, strict=True))
    answer = by_group(answer, "B", crude_gap=0.16, crude_verdict="disparity", gap=gap, **told)
    assert said in words.what_it_comes_to(answer)[1]
