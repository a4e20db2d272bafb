"""Questions put to a cube, against sums over the rows done the plain way."""

from __future__ import annotations

import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity.cube import Cube, Slice, build_cube, open_cube
from equity.cube.cube_query import NUMBERS, SLICE_COLUMNS
from equity.vocabulary import Description, Grain, PeriodRange, PlainError, period_label, periods_between
from tests.cube.oracle import describe, expected_cells, month, write_facts
from tests.random_search import examples

STRATA = ["race", 'site"; DROP TABLE cube; --', "sex"]
RACES = ["White", "Black", "Asian"]
SITES = ["North", "South'; --", ""]
SEXES = ["Female", "Male"]


def made_rows(count: int = 1200, seed: int = 7) -> list[dict[str, Any]]:
    """Visits of few people over two years; the same person at several sites, now and then a hidden row."""
    random = np.random.default_rng(seed)
    return [
        {
            "measure": ["Controlled blood pressure", "Wait"][int(random.integers(2))],
            "period": month(2023 + int(random.integers(2)), 1 + int(random.integers(12))),
            "x": float(random.integers(0, 4)),
            "n": float(random.integers(1, 3)),
            "person": int(random.integers(1, 90)),
            "hidden": bool(random.random() < 0.02),
            STRATA[0]: RACES[int(random.integers(3))],
            STRATA[1]: SITES[int(random.integers(3))],
            STRATA[2]: SEXES[int(random.integers(2))],
        }
        for _ in range(count)
    ]


def made_version(rows: list[dict[str, Any]], description: Description, folder: Path) -> Path:
    """A version's folder, as far as a cube needs it."""
    estimates = description.values == "estimates"
    write_facts(rows, [s.name for s in description.stratifiers], folder / "extract.parquet", estimates)
    build_cube(folder / "extract.parquet", description, folder / "cube.parquet", threads=1)
    (folder / "description.json").write_text(description.to_json(), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return made_rows()


@pytest.fixture(scope="module")
def cube(rows: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Cube:
    description = describe(rows, STRATA, has_person=True)
    return open_cube(made_version(rows, description, tmp_path_factory.mktemp("version")))


def plain(
    rows: list[dict[str, Any]],
    description: Description,
    measures: list[str],
    by: list[str],
    periods: list[tuple[Grain, str]],
    where: list[tuple[str, str]],
) -> dict[tuple[str, str, str], dict[str, float]]:
    """What a slice must hold: (measure, value1, value2) to NUMBERS, from the rows."""
    filters: dict[str, set[str]] = {}
    for name, value in where:
        filters.setdefault(name, set()).add(value)
    sums: dict[tuple[str, str, str], dict[str, float]] = {}
    narrowed = [name for name in filters if name not in by]
    for grain, period in periods:
        for values in _combinations([sorted(filters[name]) for name in narrowed]):
            chosen = dict(zip(narrowed, values, strict=True))
            kept = [
                {"measure": r["measure"], "period": r["period"], "x": r["x"], "n": r["n"], "person": r["person"]}
                | {"hidden": r["hidden"], "group": json.dumps([r[s] for s in by])}
                for r in rows
                if period in ("", period_label(r["period"], grain))
                and all(r[name] == value for name, value in chosen.items())
                and all(r[name] in wanted for name, wanted in filters.items())
            ]
            cells = expected_cells(kept, describe(kept, ["group"], has_person=description.has_person))
            for (measure, at_grain, at, by1, value, _, _), cell in cells.items():
                if (at_grain, at, by1) == (grain, period, "group") and measure in measures:
                    key = (measure, *(*json.loads(value), "", "")[:2])
                    total = sums.setdefault(key, dict.fromkeys(NUMBERS, 0.0))
                    for name in NUMBERS:
                        total[name] += cell[name]
    for total in sums.values():
        if total["hidden_at_source"] >= total["rows"]:  # nothing is known of such a cell, and 0 of n would be a claim
            total["n"] = 0.0
    return sums


def _combinations(lists: list[list[str]]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for values in lists:
        found = [(*one, value) for one in found for value in values]
    return found


def as_dictionary(table: pd.DataFrame) -> dict[tuple[str, str, str], dict[str, float]]:
    keys = zip(table["measure"], table["value1"], table["value2"], strict=True)
    return dict(zip(keys, table[list(NUMBERS)].to_dict("records"), strict=True))


SPANS = ["", "2023", "2023-Q2..2024-Q1", "2023-11..2024-02", "2024-12", "2023-Q4..2024-Q4", "2031"]


@settings(max_examples=examples(30), deadline=None)
@given(
    by=st.lists(st.sampled_from(STRATA), unique=True, max_size=2),
    span=st.sampled_from(SPANS),
    measures=st.lists(st.sampled_from(["Wait", "Controlled blood pressure"]), unique=True, min_size=1),
    where=st.lists(
        st.one_of(
            st.tuples(st.just(STRATA[0]), st.sampled_from(RACES)),
            st.tuples(st.just(STRATA[1]), st.sampled_from(SITES)),
            st.tuples(st.just(STRATA[2]), st.sampled_from(SEXES)),
        ),
        max_size=3,
    ),
)
def test_groups_are_the_plain_sums_whether_from_the_cube_or_from_the_rows(
    cube: Cube, rows: list[dict[str, Any]], by: list[str], span: str, measures: list[str], where: list[tuple[str, str]]
) -> None:
    period = PeriodRange.parse(span)
    answer = cube.groups(measures, by, period, where)
    if answer.remark:  # people in the rows are distinct over any stretch
        inside = [r for r in rows if any(label in ("", period_label(r["period"], g)) for g, label in period.tiles())]
        expected = plain(inside, cube.description, measures, by, [("all", "")], where)
    else:
        expected = plain(rows, cube.description, measures, by, list(period.tiles()), where)
    assert as_dictionary(answer.table) == expected
    assert set(answer.table["period"]) <= {str(period)}
    assert bool(answer.remark) == (len({*by, *(name for name, _ in where)}) > 2)


@settings(max_examples=examples(15), deadline=None)
@given(
    by=st.lists(st.sampled_from(STRATA), unique=True, max_size=2),
    grain=st.sampled_from(["month", "quarter", "year", "all"]),
    where=st.lists(st.tuples(st.just("sex"), st.sampled_from(SEXES)), max_size=2),
)
def test_series_are_the_plain_sums_of_each_period(
    cube: Cube, rows: list[dict[str, Any]], by: list[str], grain: Grain, where: list[tuple[str, str]]
) -> None:
    answer = cube.series(["Wait"], by, grain, where)
    ends = {"month": ("2023-01", "2024-12"), "quarter": ("2023-Q1", "2024-Q4"), "year": ("2023", "2024")}
    periods = periods_between(*ends[grain]) if grain in ends else ("",)
    assert list(dict.fromkeys(answer.table["period"])) == list(periods)
    for label in periods:
        at = answer.table[answer.table["period"] == label]
        assert as_dictionary(at) == plain(rows, cube.description, ["Wait"], by, [(grain, label)], where)


def test_the_table_has_its_columns_and_stands_in_the_order_of_the_description(cube: Cube) -> None:
    answer = cube.groups(["Wait", "Controlled blood pressure"], ["sex", "race"], PeriodRange.parse("2023"))
    assert tuple(answer.table.columns) == SLICE_COLUMNS
    assert list(dict.fromkeys(answer.table["measure"])) == ["Wait", "Controlled blood pressure"]
    groups = {s.name: [c.value for c in s.categories] for s in cube.description.stratifiers}
    assert list(dict.fromkeys(answer.table["value1"])) == groups["sex"]
    assert list(dict.fromkeys(answer.table["value2"]))[: len(groups["race"])] == groups["race"]
    assert set(answer.table["by1"]) == {"sex"}
    assert set(answer.table["by2"]) == {"race"}


def test_rows_of_a_deep_question_stand_in_the_same_order(cube: Cube) -> None:
    shallow = cube.series(["Wait", "Controlled blood pressure"], ["sex"], "quarter", [("race", "Black")])
    deep = cube.series(
        ["Wait", "Controlled blood pressure"], ["sex"], "quarter", [("race", "Black"), (STRATA[1], "North")]
    )
    keys = ["measure", "period", "by1", "value1", "by2", "value2"]
    assert deep.remark
    assert tuple(deep.table.columns) == tuple(shallow.table.columns)
    merged = shallow.table[keys].merge(deep.table[keys])
    assert merged.equals(deep.table[keys])


@settings(max_examples=examples(20), deadline=None)
@given(
    by=st.lists(st.sampled_from(STRATA), unique=True, max_size=2),
    span=st.sampled_from(SPANS),
    where=st.lists(st.tuples(st.just("sex"), st.sampled_from(SEXES)), max_size=1),
)
def test_the_sql_that_is_shown_gives_the_same_rows(
    cube: Cube, by: list[str], span: str, where: list[tuple[str, str]]
) -> None:
    if len({*by, *(name for name, _ in where)}) > 2:
        by = by[:1]
    for answer in (
        cube.groups(["Wait"], by, PeriodRange.parse(span), where),
        cube.series(["Wait"], by, "quarter", where),
    ):
        again = run_as_shown(answer, cube._extract.parent)
        keys = ["measure", "period", "value1", "value2"]
        shown = answer.table[list(again.columns)].sort_values(keys, ignore_index=True)
        again = again.sort_values(keys, ignore_index=True)
        assert again.astype(object).values.tolist() == shown.astype(object).values.tolist()


def run_as_shown(answer: Slice, folder: Path) -> pd.DataFrame:
    """Run the statement of a slice as a person would who copies it."""
    sql, _, values = answer.sql.partition("\n\n-- $")
    bound = dict(line.split(" = ", 1) for line in values.split("\n-- $"))
    with duckdb.connect() as connection:
        statement = sql.replace("'cube.parquet'", f"'{folder / 'cube.parquet'}'")
        return connection.execute(statement, {name: json.loads(value) for name, value in bound.items()}).df()


def test_a_line_break_in_a_value_cannot_leave_the_comment(tmp_path: Path) -> None:
    hostile = "x\nDROP TABLE cube"
    rows = [row | {"race": hostile} for row in made_rows(5)]
    cube = open_cube(made_version(rows, describe(rows, ["race"]), tmp_path))
    sql = cube.groups(["Wait"], [], PeriodRange(), [("race", hostile)]).sql
    assert all(line.startswith("--") for line in sql.splitlines() if "DROP" in line)


@pytest.mark.parametrize(
    ("measures", "by", "span", "where", "sentence"),
    [
        (["Nothing"], [], "", [], "has no measure “Nothing”: it has"),
        ([], [], "", [], "names no measure"),
        (["Wait"], ["payer"], "", [], "is not grouped by “payer”: it is grouped by “race”"),
        (["Wait"], STRATA, "", [], "two stratifiers at once at most"),
        (["Wait"], ["race"], "", [("sex", "Robot")], "“sex” has no group “Robot”"),
    ],
)
def test_what_the_dataset_does_not_have_is_said_in_one_sentence(
    cube: Cube, measures: list[str], by: list[str], span: str, where: list[tuple[str, str]], sentence: str
) -> None:
    with pytest.raises(PlainError, match=sentence):
        cube.groups(measures, by, PeriodRange.parse(span), where)


def test_a_finer_grain_than_the_extract_has_is_refused(tmp_path: Path) -> None:
    rows = [row | {"period": month(row["period"].year, 1)} for row in made_rows(40)]
    cube = open_cube(made_version(rows, describe(rows, STRATA, grain="year"), tmp_path))
    with pytest.raises(PlainError, match="holds years and cannot be shown by month"):
        cube.series(["Wait"], ["race"], "month")
    with pytest.raises(PlainError, match="holds years: it has no numbers for “2023-Q1”"):
        cube.groups(["Wait"], ["race"], PeriodRange.parse("2023-Q1"))
    assert len(cube.groups(["Wait"], [], PeriodRange.parse("2023-Q1..2023-Q4")).table) == 1


def test_an_extract_without_periods_has_all_time_only(tmp_path: Path) -> None:
    rows = [row | {"period": None} for row in made_rows(40)]
    cube = open_cube(made_version(rows, describe(rows, STRATA, grain="all"), tmp_path))
    assert cube.series(["Wait"], [], "all").table["period"].tolist() == [""]
    with pytest.raises(PlainError, match="has no periods: it has no numbers for “2023”"):
        cube.groups(["Wait"], [], PeriodRange.parse("2023"))


def test_one_way_extracts_say_that_groupings_cannot_be_combined(tmp_path: Path) -> None:
    rows = [row | {"race": None, STRATA[1]: None} for row in made_rows(30)]
    rows += [row | {"sex": None, STRATA[1]: None} for row in made_rows(30, seed=8)]
    cube = open_cube(made_version(rows, describe(rows, STRATA, tables="one_way"), tmp_path))
    for by, where in ((["race", "sex"], []), (["race"], [("sex", "Female")])):
        with pytest.raises(PlainError, match="published one grouping at a time: “race” and “sex” cannot be combined"):
            cube.groups(["Wait"], by, PeriodRange(), where)
    by_race = cube.groups(["Wait"], ["race"], PeriodRange(), [("race", "Black")]).table
    assert by_race["value1"].tolist() == ["Black"]


@pytest.fixture
def estimates(tmp_path: Path) -> Cube:
    """Estimates of two years by race, by sex and in all."""
    rows = [
        {"measure": "Uninsured", "period": month(year, 1), "race": race, "sex": sex, "estimate": 0.1 + 0.1 * i}
        for year in (2022, 2023)
        for i, (race, sex) in enumerate([(None, None), ("White", None), ("Black", None), (None, "Female")])
    ]
    return open_cube(made_version(rows, describe(rows, ["race", "sex"], grain="year", values="estimates"), tmp_path))


def test_estimates_come_as_they_are(estimates: Cube) -> None:
    answer = estimates.groups(["Uninsured"], ["race"], PeriodRange.parse("2023"))
    assert answer.table[["value1", "estimate"]].to_numpy().tolist() == [["White", 0.2], ["Black", pytest.approx(0.3)]]
    assert answer.table["n"].isna().all()
    series = estimates.series(["Uninsured"], [], "year")
    assert series.table["period"].tolist() == ["2022", "2023"]
    assert series.table["estimate"].tolist() == [0.1, 0.1]
    assert "sum(" not in answer.sql


@pytest.mark.parametrize("span", ["", "2022..2023", "2023-Q1"])
def test_estimates_are_never_added_up_over_time(estimates: Cube, span: str) -> None:
    with pytest.raises(PlainError, match="cannot be added up over time: ask for one year, such as 2023"):
        estimates.groups(["Uninsured"], ["race"], PeriodRange.parse(span))


def test_estimates_are_never_added_up_over_groups(estimates: Cube) -> None:
    with pytest.raises(PlainError, match="cannot be added up over groups"):
        estimates.series(["Uninsured"], [], "year", [("race", "White"), ("race", "Black")])
    with pytest.raises(PlainError, match="holds one estimate a year and cannot be shown by all"):
        estimates.series(["Uninsured"], [], "all")


def test_eight_threads_get_their_own_rows(cube: Cube) -> None:
    questions = [
        ([measure], [by], PeriodRange.parse(span))
        for measure in ("Wait", "Controlled blood pressure")
        for by in STRATA
        for span in SPANS[:6]
    ]
    alone = [cube.groups(*question).table for question in questions]
    places = [place % len(questions) for place in range(8 * 40)]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda place: cube.groups(*questions[place]).table, places))
    assert all(table.equals(alone[place]) for place, table in zip(places, together, strict=True))


def test_a_folder_without_a_version_is_said(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match="no dataset version in"):
        open_cube(tmp_path)


def test_rows_add_up_over_groups_and_over_periods(cube: Cube) -> None:
    total = cube.groups(["Wait"], [], PeriodRange.parse("2023")).table.iloc[0]
    by_race = cube.groups(["Wait"], ["race"], PeriodRange.parse("2023")).table
    by_month = cube.series(["Wait"], [], "month").table
    by_month = by_month[by_month["period"].str.startswith("2023")]
    for name in ("rows", "n", "x", "xx", "hidden_at_source"):
        assert total[name] == by_race[name].sum() == by_month[name].sum()
    assert total["people"] < by_month["people"].sum()


def test_a_version_can_hold_hostile_values(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
        rows = [row | {"race": "read_csv('/etc/passwd')"} for row in made_rows(20)]
        cube = open_cube(made_version(rows, describe(rows, ["race"]), Path(folder)))
        table = cube.groups(["Wait"], ["race"], PeriodRange()).table
        assert table["value1"].tolist() == ["read_csv('/etc/passwd')"]
