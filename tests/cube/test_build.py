"""Every cell of every table, against the same sums done the plain way."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equity.cube import build_cube, facts
from equity.vocabulary import Description, PlainError
from tests.cube.oracle import built_cells, describe, expected_cells, month, write_facts
from tests.random_search import examples

HOSTILE = ['race"; DROP TABLE facts; --', "read_csv('/etc/passwd')", "Größe 'x'", "everyone", "stratum_1", "{a}"]
VALUES = st.sampled_from(["Asian", "", "Unknown", "a'b\"c", "{x}", "人", "$grain", "\n"])
MONTHS = [month(2022, 12), month(2023, 1), month(2023, 3), month(2023, 4), month(2024, 2)]


@st.composite
def fact_tables(draw: st.DrawFn) -> tuple[list[dict[str, Any]], Description]:
    """A crossed fact table of up to 40 rows, few people and few values, so that they meet often."""
    strata = draw(st.lists(st.sampled_from(HOSTILE), unique=True, max_size=3))
    has_person = draw(st.booleans())
    periods = [None, *MONTHS] if draw(st.booleans()) else MONTHS
    row = st.fixed_dictionaries(
        {
            "measure": st.sampled_from(["A1c", "{m}"]),
            "period": st.sampled_from(periods),
            "x": st.integers(0, 5).map(float),
            "n": st.integers(1, 9).map(float),
            "person": st.sampled_from([None, 1, 2, 2**64 - 1]) if has_person else st.none(),
            "hidden": st.sampled_from([False, False, False, True]),
            **dict.fromkeys(strata, VALUES),
        }
    )
    rows = draw(st.lists(row, min_size=1, max_size=40))
    return rows, describe(rows, strata, has_person=has_person)


def built(rows: list[dict[str, Any]], description: Description, folder: Path) -> Path:
    """The cube of these rows, in this folder."""
    estimates = description.values == "estimates"
    write_facts(rows, [s.name for s in description.stratifiers], folder / "extract.parquet", estimates)
    build_cube(folder / "extract.parquet", description, folder / "cube.parquet", threads=1)
    return folder / "cube.parquet"


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(fact_tables())
def test_every_cell_is_the_plain_sum(table: tuple[list[dict[str, Any]], Description]) -> None:
    rows, description = table
    with tempfile.TemporaryDirectory() as folder:
        assert built_cells(built(rows, description, Path(folder))) == expected_cells(rows, description)


@settings(max_examples=examples(8), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_people_who_come_back_over_many_years_are_counted_once_in_every_run(data: st.DataObject) -> None:
    tables = data.draw(st.sampled_from(["crossed", "one_way"]))
    own = st.sampled_from([None, "race"] if tables == "one_way" else ["race"])
    row = st.builds(
        lambda year, person, x, n, race, site, split, hidden: {
            "measure": "A1c",
            "period": dt.date(year, 1, 1) if year else None,
            "x": x,
            "n": n,
            "person": person,
            "hidden": hidden,
            "race": race if split else None,
            "site": site if tables == "crossed" else None,
        },
        st.sampled_from([None, *range(2011, 2024), 2022, 2023]),
        st.sampled_from([None, 1, 2, 3, 4]),
        st.integers(-3, 5).map(float),
        st.integers(1, 9).map(float),
        st.sampled_from(["Asian", "White"]),
        st.sampled_from(["North", "South", "West"]),
        own,
        st.sampled_from([False, False, False, True]),
    )
    rows = data.draw(st.lists(row, min_size=30, max_size=60))
    rows += [visits(person=5, race="Asian", site="North" if tables == "crossed" else None, period=month(2012, 1))]
    strata = ["race", "site"] if tables == "crossed" else ["race"]
    description = describe(rows, strata, grain="year", tables=tables, has_person=True)
    with tempfile.TemporaryDirectory() as folder:
        assert built_cells(built(rows, description, Path(folder))) == expected_cells(rows, description)


@settings(max_examples=examples(25), deadline=None)
@given(st.data())
def test_one_way_cells_are_the_plain_sums_and_the_total_counts_nobody_twice(data: st.DataObject) -> None:
    strata = ["race", "sex", "age"]
    without_total = {"Syphilis": "race"}
    with_total = data.draw(st.booleans())
    rows = data.draw(
        st.lists(
            st.builds(
                lambda measure, own, value, n, hidden, period, person: {
                    "measure": measure,
                    "period": period,
                    "x": 1.0,
                    "n": n,
                    "person": person,
                    "hidden": hidden,
                    **{s: value if s == (own or without_total.get(measure)) else None for s in strata},
                },
                st.sampled_from(["HIV", "Syphilis"]),
                st.sampled_from([*strata, None] if with_total else strata),
                st.sampled_from(["a", "b"]),
                st.integers(1, 9).map(float),
                st.booleans(),
                st.sampled_from([dt.date(2022, 1, 1), dt.date(2023, 1, 1)]),
                st.sampled_from([1, 2, 3]),
            ),
            min_size=1,
            max_size=25,
        )
    )
    has_person = data.draw(st.booleans())
    description = describe(rows, strata, grain="year", tables="one_way", has_person=has_person)
    with tempfile.TemporaryDirectory() as folder:
        assert built_cells(built(rows, description, Path(folder))) == expected_cells(rows, description)


def visits(**changes: Any) -> dict[str, Any]:
    """One row of a fact table."""
    return {"measure": "A1c", "period": month(2023, 1), "x": 1.0, "n": 1.0, "person": None, "hidden": False} | changes


def test_a_person_is_counted_once_in_each_cell_and_grain(tmp_path: Path) -> None:
    rows = [
        visits(person=7, site="North", race="Black", x=1.0),
        visits(person=7, site="South", race="Black", x=0.0),
        visits(person=7, site="South", race="Black", x=1.0, period=month(2023, 2)),
        visits(person=8, site="South", race="White", x=0.0),
    ]
    cells = built_cells(built(rows, describe(rows, ["site", "race"], has_person=True), tmp_path))
    quarter = ("A1c", "quarter", "2023-Q1")
    assert cells[(*quarter, "", "", "", "")]["people"] == 2
    assert cells[(*quarter, "race", "Black", "", "")]["people"] == 1
    assert cells[(*quarter, "race", "Black", "", "")]["person_xx"] == 4
    assert cells[(*quarter, "site", "South", "race", "Black")] | {} == {
        "rows": 2,
        "n": 2.0,
        "x": 1.0,
        "xx": 1.0,
        "people": 1,
        "person_xx": 1.0,
        "person_xn": 2.0,
        "person_nn": 4.0,
        "hidden_at_source": 0,
    }
    assert cells[("A1c", "month", "2023-01", "site", "North", "", "")]["people"] == 1


@pytest.mark.parametrize("undated", [False, True])
def test_all_time_holds_who_has_no_period_beside_a_run_of_all_years(undated: bool, tmp_path: Path) -> None:
    seen = [(1, month(2022, 1)), (1, month(2023, 1)), (2, month(2024, 1)), *([(1, None), (3, None)] if undated else [])]
    rows: list[dict[str, Any]] = [
        {"measure": "A1c", "period": period, "x": 1.0, "n": 1.0, "person": who, "hidden": False, "race": f"{who % 2}"}
        for who, period in seen
    ]
    description = describe(rows, ["race"], has_person=True)
    assert built_cells(built(rows, description, tmp_path)) == expected_cells(rows, description)


@pytest.mark.parametrize("limit", ["MOST_NUMBERS", "MOST_WALKED"])
def test_groups_are_told_apart_however_many_there_are(
    limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, limit, 1)
    rows = [
        visits(person=person, one=one, other=other, period=p)
        for person, one, other in [
            (1, "a", "b"),
            (1, "a", "b"),
            (2, "a", "1:b"),
            (2, "a1:b", ""),
            (3, "", "a"),
            (3, "a", ""),
        ]
        for p in MONTHS[:2]
    ]
    described = describe(rows, ["one", "other"], has_person=True)
    assert built_cells(built(rows, described, tmp_path)) == expected_cells(rows, described)


def test_an_extract_without_a_period_has_all_time_only(tmp_path: Path) -> None:
    rows = [visits(period=None, race="a"), visits(period=None, race="b")]
    cells = built_cells(built(rows, describe(rows, ["race"], grain="all"), tmp_path))
    assert {key[1:3] for key in cells} == {("all", "")}


def test_the_cube_lies_in_the_order_in_which_slices_read_it(tmp_path: Path) -> None:
    rows = [visits(race=r, sex=s, period=p, measure=m) for r in "ba" for s in "yx" for p in MONTHS for m in "NM"]
    frame = pd.read_parquet(built(rows, describe(rows, ["sex", "race"]), tmp_path))
    key = ["by1", "by2", "measure", "grain", "period"]
    assert frame[key].equals(frame[key].sort_values(key, kind="stable", ignore_index=True))
    assert set(zip(frame["by1"], frame["by2"], strict=True)) == {("", ""), ("sex", ""), ("race", ""), ("sex", "race")}


def estimates(**changes: Any) -> dict[str, Any]:
    """One row of a fact table of estimates."""
    return visits(period=dt.date(2023, 1, 1), x=None, n=None, estimate=0.25, lower=0.2, upper=0.3) | changes


def test_estimates_are_kept_as_they_came_and_never_summed(tmp_path: Path) -> None:
    rows = [
        estimates(race=None, sex=None),
        estimates(race="Black", sex=None, estimate=0.5, population=1000.0),
        estimates(race=None, sex="Female", estimate=None, hidden=True),
        estimates(race="Black", sex="Female", estimate=0.75, se=0.01),
        estimates(race="Black", sex=None, estimate=0.6, period=dt.date(2024, 1, 1)),
    ]
    description = describe(rows, ["race", "sex"], grain="year", values="estimates")
    frame = pd.read_parquet(built(rows, description, tmp_path))
    assert len(frame) == len(rows)
    assert set(frame["grain"]) == {"year"}
    black = frame[(frame["by1"] == "race") & (frame["by2"] == "")].set_index("period")
    assert black["estimate"].to_dict() == {"2023": 0.5, "2024": 0.6}
    assert black.loc["2023", "population"] == 1000
    assert frame[frame["by1"] == "sex"]["hidden_at_source"].tolist() == [1]
    assert frame[frame["by2"] == "sex"][["estimate", "se"]].to_numpy().tolist() == [[0.75, 0.01]]


def test_two_estimates_of_one_cell_are_refused(tmp_path: Path) -> None:
    rows = [estimates(race="Black"), estimates(race="White"), estimates(race="Black", estimate=0.9)]
    description = describe(rows, ["race"], grain="year", values="estimates")
    with pytest.raises(PlainError, match=r"“A1c” has more than one estimate .* in 2023 \(rows 2 and 4\)"):
        built(rows, description, tmp_path)


def test_estimates_of_three_groupings_at_once_have_no_table(tmp_path: Path) -> None:
    rows = [estimates(race="Black", sex="Female", age="18–34")]
    with pytest.raises(PlainError, match="map at most two stratifiers"):
        built(rows, describe(rows, ["race", "sex", "age"], grain="year", values="estimates"), tmp_path)


@pytest.mark.parametrize(("first", "second"), [("race", "X"), ("Race", "race"), ("race", "source_row"), ("race", "")])
def test_stratifier_names_that_one_table_cannot_hold_are_refused(first: str, second: str, tmp_path: Path) -> None:
    rows = [visits(**{first: "a", second: "b"})]
    with pytest.raises(PlainError, match=r"give (it|the column) another name"):
        build_cube(tmp_path / "extract.parquet", describe(rows, [first, second]), tmp_path / "cube.parquet")


def test_the_work_can_be_followed_and_stopped(tmp_path: Path) -> None:
    rows = [visits(race="a")]
    description = describe(rows, ["race"])
    cube = built(rows, description, tmp_path)
    shares: list[float] = []
    build_cube(tmp_path / "extract.parquet", description, cube, progress=lambda share, words: shares.append(share))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    target = tmp_path / "second.parquet"

    def stop(share: float, words: str) -> None:
        raise InterruptedError(words)

    with pytest.raises(InterruptedError, match="Counting every group"):
        build_cube(tmp_path / "extract.parquet", description, target, progress=stop)
    assert not target.exists()


def test_a_small_memory_spills_to_disk_and_counts_the_same(tmp_path: Path) -> None:
    people = 40_000
    rows = [
        visits(person=i % people, race=f"r{i % 7}", site=f"s{i % 11}", period=MONTHS[i % 5]) for i in range(2 * people)
    ]
    description = describe(rows, ["race", "site"], has_person=True)
    roomy = built_cells(built(rows, description, tmp_path))
    build_cube(
        tmp_path / "extract.parquet",
        description,
        tmp_path / "tight.parquet",
        memory_limit="40MB",
        threads=1,
        temp_directory=tmp_path / "spill",
    )
    assert built_cells(tmp_path / "tight.parquet") == roomy
