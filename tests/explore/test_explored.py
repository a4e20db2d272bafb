"""A question of one's own gives the numbers that plain pandas gives over the same rows."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.cube import Cube
from equity.explore import explored as room
from equity.explore.asked import Asked, Grouping, checked, fitting, from_codes, offered
from equity.explore.composed import composed
from equity.explore.explored import explored
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.vocabulary import PeriodRange, PlainError

YEAR = Grouping(part="year")


@pytest.fixture(scope="module")
def rows(sample_cube: Cube) -> pd.DataFrame:
    return pd.read_parquet(sample_cube.extract)


def choices(cube: Cube, period: str = "", measure: str = "") -> Choices:
    held = cube.description
    return Choices(
        held.dataset, held.version, measure or held.measures[0].name, held.stratifiers[0].name,
        period=PeriodRange.parse(period),
    )  # fmt: skip


def by_pandas(rows: pd.DataFrame, measure: str, keys: list[pd.Series]) -> pd.DataFrame:
    own = rows[rows["measure"] == measure]
    seen = own.assign(x=own["x"].where(~own["hidden"]))
    found = seen.groupby([key[own.index].rename(f"key{i}") for i, key in enumerate(keys)]).agg(
        n=("n", "sum"), x=("x", "sum"), rows=("x", "size")
    )
    return found.reset_index()


def test_four_groupings_and_a_filter_are_what_pandas_counts(sample_cube: Cube, rows: pd.DataFrame) -> None:
    held = sample_cube.description
    first, second, third = (s.name for s in held.stratifiers[:3])
    value = held.stratifier(third).categories[0].value
    measure = held.measures[0].name
    asked = Asked((Grouping(first), Grouping(second), YEAR, Grouping(part="month_of_year")), ((third, value),))
    answer = explored(sample_cube, choices(sample_cube), asked)
    when = pd.to_datetime(rows["period"])
    kept = rows[(rows[third] == value) & when.notna()]
    expected = by_pandas(
        kept, measure, [kept[first], kept[second], when.dt.year.astype(str), when.dt.month.map("{:02d}".format)]
    )
    expected.columns = ["split1", "split2", "split3", "split4", "n", "x", "rows"]
    names = ["split1", "split2", "split3", "split4"]
    if answer.cut:
        pytest.fail("the sample has fewer cells than are shown")
    mine = answer.rows.sort_values(names).reset_index(drop=True)
    theirs = expected.sort_values(names).reset_index(drop=True)
    assert mine[names].to_numpy().tolist() == theirs[names].astype(str).to_numpy().tolist()
    np.testing.assert_allclose(mine[["n", "x", "rows"]].astype(float), theirs[["n", "x", "rows"]].astype(float))


@pytest.mark.parametrize("place", range(3))
def test_intervals_are_those_of_the_other_pages(sample_cube: Cube, place: int) -> None:
    """One grouping in one year: rate, limits, people and reliability as on Disparities."""
    measure = sample_cube.description.measures[place].name
    asked = choices(sample_cube, "2024", measure)
    there = disparities(sample_cube, asked).rows.set_index("group")
    here = explored(sample_cube, asked, Asked((Grouping(asked.by),))).rows.set_index("split1")
    for name in ("n", "x", "rate", "lower", "upper", "people"):
        np.testing.assert_allclose(here[name].astype(float), there.loc[here.index, name].astype(float), rtol=1e-9)
    assert list(here["reliability"]) == list(there.loc[here.index, "reliability"])


def test_without_groupings_everyone_is_one_row(sample_cube: Cube, rows: pd.DataFrame) -> None:
    asked = choices(sample_cube, "2023-Q2..2023-Q3")
    answer = explored(sample_cube, asked, Asked())
    when = pd.to_datetime(rows["period"])
    own = rows[(rows["measure"] == asked.measure) & (when >= "2023-04-01") & (when < "2023-10-01")]
    assert float(answer.rows["n"].iloc[0]) == own["n"].sum()
    assert float(answer.rows["people"].iloc[0]) == own["person"].nunique()
    assert "$extract = " in answer.sql and "/" not in answer.sql.rpartition("$extract")[2]


def test_nobody_in_it_is_no_data_and_never_nought(sample_cube: Cube) -> None:
    answer = explored(sample_cube, choices(sample_cube, "1990"), Asked())
    assert list(answer.rows["shown"]) == ["missing"]
    assert np.isnan(float(answer.rows["rate"].iloc[0]))
    assert explored(sample_cube, choices(sample_cube, "1990"), Asked((YEAR,))).rows.empty


HOSTILE = ('x" OR 1=1 --', "'; DROP TABLE facts; --", "$extract", "{sql}", 'a"."b')


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_quoted_and_a_value_is_bound(sample_cube: Cube, name: str) -> None:
    held = sample_cube.description
    odd = replace(held, stratifiers=(replace(held.stratifiers[0], name=name),))
    found = composed(odd, name, PeriodRange(), Asked((Grouping(name),), ((name, name),)))
    assert found.values["measure"] == name
    assert name in found.values.values()
    assert '"' + name.replace('"', '""') + '"' in found.sql
    assert name not in found.sql.replace('"' + name.replace('"', '""') + '"', "").replace("$extract, file", "")


@pytest.mark.parametrize(
    "asked",
    [
        Asked((Grouping("no such thing"),)),
        Asked((YEAR, YEAR)),
        Asked((), (("race", "no such group"),)),
        Asked((YEAR,), (), "map"),
        Asked(tuple(Grouping(part=p) for p in ("year", "quarter", "month", "quarter_of_year", "month_of_year"))),
    ],
)
def test_what_the_version_has_not_is_refused(sample_cube: Cube, asked: Asked) -> None:
    with pytest.raises(PlainError):
        explored(sample_cube, choices(sample_cube), asked)


def test_versions_without_rows_or_counts_say_why(sample_cube: Cube) -> None:
    held = sample_cube.description
    with pytest.raises(PlainError, match="stayed on Spark"):
        checked(replace(held, counted_by="Spark"), Asked())
    with pytest.raises(PlainError, match="published rates without counts"):
        checked(replace(held, values="estimates"), Asked())
    one_way = replace(held, tables="one_way")
    first, second = (s.name for s in held.stratifiers[:2])
    with pytest.raises(PlainError, match="exactly one"):
        checked(one_way, Asked((Grouping(first), Grouping(second))))
    with pytest.raises(PlainError, match="exactly one"):
        checked(one_way, Asked((YEAR,)))
    assert checked(one_way, Asked((Grouping(first), YEAR))).groupings[0].stratifier == first


def test_a_release_has_no_rows_to_count(sample_cube: Cube) -> None:
    with pytest.raises(PlainError, match="release"):
        explored(sample_cube, replace(choices(sample_cube), policy="standard", threshold=11), Asked())


def test_a_link_holds_the_whole_question(sample_cube: Cube) -> None:
    for groupings in ((), offered(sample_cube.description)[:4]):
        for drawing in fitting(sample_cube.description, groupings):
            asked = Asked(groupings, (("a:b", 'c","d'), ("é", "")), drawing)
            assert from_codes(dict(asked.codes)) == asked
    for odd in ("{", '["x"]', '["time:never"]', "1", '[["a"]]', "[" * 100_000):
        with pytest.raises(PlainError):
            from_codes({"split": odd})
    with pytest.raises(PlainError):
        from_codes({"drawing": "pie"})


def test_fifty_at_once_get_what_one_gets(sample_cube: Cube, rows: pd.DataFrame, tmp_path: Path) -> None:
    rows.head(20_000).to_parquet(tmp_path / "extract.parquet")
    few = replace(sample_cube, _extract=tmp_path / "extract.parquet")
    asked = [Asked((Grouping(s.name), YEAR)) for s in sample_cube.description.stratifiers[:2]]
    alone = [explored(few, choices(few), each).rows for each in asked]
    with ThreadPoolExecutor(50) as people:
        found = list(people.map(lambda i: explored(few, choices(few), asked[i % 2]).rows, range(50)))
    for i, rows in enumerate(found):
        pd.testing.assert_frame_equal(rows, alone[i % 2])


def test_who_finds_no_place_is_told_so_and_who_stops_does_not_begin() -> None:
    stopped = threading.Event()
    stopped.set()
    with pytest.raises(PlainError, match="stopped"), room.a_turn(stopped, 1.0):
        pass
    held = [room.a_turn(None, 1.0) for _ in range(room.AT_ONCE)]
    for turn in held:
        turn.__enter__()
    try:
        with pytest.raises(PlainError, match="Too many people"), room.a_turn(None, 0.01):
            pass
    finally:
        for turn in held:
            turn.__exit__(None, None, None)
