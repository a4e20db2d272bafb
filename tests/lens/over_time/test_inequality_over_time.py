"""Inequality over time: each period as for that period alone, by HD*Calc's own formulas, and what has changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.cube import Cube
from equity.cube.cube_query import Slice
from equity.lens.choices import Choices
from equity.lens.over_time.inequality_over_time import inequality_over_time
from equity.lens.summary import summary
from equity.vocabulary import Measure, PeriodRange, PlainError, Reference
from equity.words.answers import inequality_over_time as words
from tests.made_up_cubes import cube_of, stratifier

SEEN = Measure("Seen", "proportion", "higher_better")
GROUPS = ("A", "B", "C", "D")
RACE = stratifier("race", *GROUPS, Unknown="unknown")
ASKED = Choices("Made up", 1, "Seen", "race", Reference.parse("A"))


def quarter(place: int) -> dt.date:
    return dt.date(2022 + place // 4, 3 * (place % 4) + 1, 1)


def counts(rates: list[list[float]], n: int = 4000, seed: int = 4) -> pd.DataFrame:
    """x of n by group and quarter; ``rates`` holds for each quarter those of the groups."""
    random = np.random.default_rng(seed)
    rows = [
        (group, quarter(place), random.binomial(n, rate), n + 100 * at)
        for place, quarterly in enumerate(rates)
        for at, (group, rate) in enumerate(zip((*GROUPS, "Unknown"), [*quarterly, 0.5], strict=True))
    ]
    return pd.DataFrame(rows, columns=["race", "period", "x", "n"])


def made(folder: Path, rates: list[list[float]], **more: int) -> Cube:
    return cube_of(folder, counts(rates, **more), [SEEN], [RACE], grain="quarter")


def narrowing(periods: int = 8) -> list[list[float]]:
    """All rates halve: the difference halves, the ratio stays."""
    return [[rate * 0.5 ** (place / (periods - 1)) for rate in (0.8, 0.7, 0.6, 0.5)] for place in range(periods)]


def test_each_period_is_what_the_same_period_gives_alone(tmp_path: Path) -> None:
    cube = made(tmp_path, narrowing())
    found = inequality_over_time(cube, ASKED, "quarter").rows
    for label in ("2022-Q1", "2023-Q4"):
        alone = summary(
            cube, Choices("Made up", 1, "Seen", "race", Reference.parse("A"), PeriodRange.parse(label))
        ).rows
        mine = found[found["period"] == label].reset_index(drop=True)
        for column in ("measure", "estimate", "reason", "corrected_leads"):
            pd.testing.assert_series_equal(mine[column], alone[column])
        for column in ("lower", "upper", "corrected"):  # other draws of the same bootstrap
            np.testing.assert_allclose(mine[column], alone[column], rtol=0.12, atol=0.02)


def test_each_period_is_hdcalcs_formula(tmp_path: Path) -> None:
    """Range difference and ratio, between-group variance, Theil index, mean log deviation and index of disparity."""
    rows = counts(narrowing())
    cube = cube_of(tmp_path, rows, [SEEN], [RACE], grain="quarter")
    found = inequality_over_time(cube, ASKED, "quarter")
    table = found.rows.pivot(index="period", columns="measure", values="estimate")
    for place, (_, part) in enumerate(rows[rows["race"] != "Unknown"].groupby("period")):
        y, share = (part["x"] / part["n"]).to_numpy(), (part["n"] / part["n"].sum()).to_numpy()
        mean = float((share * y).sum())
        expected = {
            "difference": y.max() - y.min(),
            "ratio": y.max() / y.min(),
            "between_group_variance": (share * (y - mean) ** 2).sum(),
            "theil_index": 1000 * (share * y / mean * np.log(y / mean)).sum(),
            "mean_log_deviation": -1000 * (share * np.log(y / mean)).sum(),
            "index_of_disparity": 100 * np.abs(y - mean).mean() / mean,
        }
        np.testing.assert_allclose(table.iloc[place][list(expected)].astype(float), list(expected.values()))


def test_absolute_and_relative_measures_can_move_apart(tmp_path: Path) -> None:
    changes = inequality_over_time(made(tmp_path, narrowing()), ASKED, "quarter").changes.set_index("measure")
    assert changes.loc["difference", "word"] == "narrowed"
    assert changes.loc["ratio", "word"] == "no_clear_change"
    falling = [[0.8 * 0.8**at, 0.72 * 0.77**at, 0.66 * 0.75**at, 0.6 * 0.72**at] for at in range(8)]
    answer = inequality_over_time(made(tmp_path / "apart", falling), ASKED, "quarter")
    changes = answer.changes.set_index("measure")
    assert (changes.loc["difference", "word"], changes.loc["ratio", "word"]) == ("narrowed", "widened")
    assert words.finding(answer) == ("Seen, 2022–2023: differences by race narrowed in points, but widened as a ratio.")
    assert any(said.startswith("Both are true") for said in words.what_it_comes_to(answer))


def test_years_add_their_quarters_up_and_a_stretch_keeps_to_itself(tmp_path: Path) -> None:
    cube = made(tmp_path, narrowing(12))
    yearly = inequality_over_time(cube, ASKED, "year")
    assert yearly.periods == ("2022", "2023", "2024")
    assert set(yearly.changes["word"]) == {"too_few_periods"}
    some = Choices("Made up", 1, "Seen", "race", Reference.parse("A"), PeriodRange.parse("2023"))
    assert inequality_over_time(cube, some, "quarter").periods == ("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4")


class HidingOne:
    """A cube of which group B is hidden in one quarter, as a release would answer."""

    def __init__(self, cube: Cube) -> None:
        self.description, self._cube = cube.description, cube

    def __getattr__(self, name: str) -> object:
        return getattr(self._cube, name)

    def series(self, *question: object) -> Slice:
        found = self._cube.series(*question)
        hidden = ((found.table["value1"] == "B") & (found.table["period"] == "2022-Q3")).to_numpy()
        table = found.table.assign(hidden_by_policy=hidden.astype(int))
        table.loc[hidden, ["n", "x", "xx"]] = np.nan
        table["hidden_at_source"] = hidden.astype(int)
        return Slice.of_table(table, found.by, found.sql)


def test_a_period_of_which_a_group_is_hidden_has_no_number(tmp_path: Path) -> None:
    """Over the other groups it would be another inequality, and a change would be read into it."""
    answer = inequality_over_time(HidingOne(made(tmp_path, narrowing())), ASKED, "quarter")  # type: ignore[arg-type]
    hidden = answer.rows[answer.rows["period"] == "2022-Q3"]
    assert set(hidden["reason"]) == {"a_group_is_hidden"}
    assert hidden[["estimate", "lower", "upper", "corrected"]].isna().all(axis=None)
    assert set(answer.rows.loc[answer.rows["period"] != "2022-Q3", "shown"]) == {"yes"}
    assert answer.changes.set_index("measure").loc["difference", "periods"] == 7
    assert "Not given for 1 of 8 periods: difference. A group is not shown in this period." in words.not_known(answer)


def test_estimates_without_counts_have_a_series_too(tmp_path: Path) -> None:
    rows = counts(narrowing())
    rows = rows.assign(estimate=rows["x"] / rows["n"], population=rows["n"])
    rows["se"] = np.sqrt(rows["estimate"] * (1 - rows["estimate"]) / rows["n"])
    published = cube_of(
        tmp_path, rows.drop(columns=["x", "n"]).assign(n=None), [SEEN], [RACE], grain="quarter", tables="one_way"
    )
    found = inequality_over_time(published, ASKED, "quarter").changes.set_index("measure")
    assert found.loc["difference", "word"] == "narrowed"


def test_data_without_periods_have_no_series(tmp_path: Path) -> None:
    cube = cube_of(tmp_path, counts(narrowing()).assign(period=None), [SEEN], [RACE])
    with pytest.raises(PlainError, match="has no periods"):
        inequality_over_time(cube, ASKED)
