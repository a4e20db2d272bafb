"""The sample's files: the same on every run, small, made up, and described by their mappings and README."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.sample import generate

FOLDER = Path(generate.__file__).parent


@pytest.fixture(scope="module")
def extract() -> pa.Table:
    return pq.read_table(FOLDER / "visits.parquet")


def test_generating_again_gives_the_committed_table(extract: pa.Table, tmp_path: Path) -> None:
    generate.write(generate.build(), tmp_path / "again.parquet")
    assert pq.read_table(tmp_path / "again.parquet").equals(extract)


def test_another_seed_gives_another_table(extract: pa.Table) -> None:
    assert not generate.build(generate.SEED + 1).equals(extract)


def test_extract_is_small_whole_and_complete(extract: pa.Table) -> None:
    assert (FOLDER / "visits.parquet").stat().st_size < 4_000_000
    assert extract.num_rows == 250_000
    assert sum(column.null_count for column in extract.columns) == 0


def test_values_fit_their_measure(extract: pa.Table) -> None:
    frame = extract.to_pandas()
    for plan in generate.PLANS:
        mine = frame[frame["measure"] == plan.name]
        assert len(mine) == plan.rows
        assert set(mine["clinical_area"]) == {plan.clinical_area}
        if plan.kind == "proportion":
            assert set(mine["value"]) == {0, 1}
        assert (mine["exposure"] >= 1).all() and (plan.kind == "rate" or (mine["exposure"] == 1).all())
        assert mine["visit_date"].between(dt.date(2022, 1, 1), dt.date(2024, 12, 31)).all()
        assert pd.to_datetime(mine["visit_date"]).dt.to_period("M").nunique() == 36


def test_a_person_has_one_set_of_attributes_and_comes_back(extract: pa.Table) -> None:
    frame = extract.to_pandas()
    attributes = ["site", "race_ethnicity", "language", "payer", "sex", "age_band"]
    assert frame[["patient_id", *attributes]].drop_duplicates()["patient_id"].is_unique
    assert len(frame) > 1.5 * frame["patient_id"].nunique()


def test_mapping_names_every_column_and_measure(extract: pa.Table) -> None:
    mapping = tomllib.loads((FOLDER / "mapping.toml").read_text(encoding="utf-8"))
    named = set(mapping["columns"].values()) | {s["column"] for s in mapping["stratifiers"].values()}
    assert named == set(extract.column_names)
    assert {name: m["kind"] for name, m in mapping["measures"].items()} == {p.name: p.kind for p in generate.PLANS}
    assert tuple(mapping["stratifiers"]["age_band"]["order"]) == generate.AGE_BANDS


def test_sample_has_both_polarities_and_two_measures_in_each_of_six_areas(extract: pa.Table) -> None:
    mapping = tomllib.loads((FOLDER / "mapping.toml").read_text(encoding="utf-8"))
    assert {m["polarity"] for m in mapping["measures"].values()} == {"higher_better", "lower_better"}
    areas = extract.select(["clinical_area", "measure"]).to_pandas().astype(str).drop_duplicates()
    assert areas.groupby("clinical_area").size().tolist() == [2] * 6


def test_readme_says_it_is_made_up_and_tells_of_every_measure_and_column(extract: pa.Table) -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert "made up by a seeded generator" in text
    people = extract["patient_id"].combine_chunks().unique()
    assert f"{len(people):,} people" in text
    for plan in generate.PLANS:
        assert f"| {plan.name} | {plan.clinical_area} |" in text
        assert f"| {plan.rows:,} |" in text
    assert all(f"| `{column}` |" in text for column in extract.column_names)


def test_published_figures_are_those_of_the_source() -> None:
    frame = pd.read_csv(FOLDER / "maternal_deaths.csv")
    figures = frame.pivot(index="year", columns="race", values="deaths_per_100000_live_births")
    assert figures["White"].tolist() == [14.9, 17.9, 19.1, 26.6, 19.0, 14.5]
    assert figures["Black"].tolist() == [37.3, 44.0, 55.3, 69.9, 49.5, 50.3]
    assert figures["Hispanic"].tolist() == [11.8, 12.6, 18.2, 28.0, 16.9, 12.4]
    assert figures["Asian"].dropna().to_dict() == {2020: 12.3, 2021: 16.8, 2022: 13.2, 2023: 10.7}
    assert frame.notna().all(axis=None), "what is missing is absent, not an empty cell"
    mapping = tomllib.loads((FOLDER / "maternal_deaths.mapping.toml").read_text(encoding="utf-8"))
    assert mapping["extract"]["shape"] == "estimates"
    assert mapping["columns"]["estimate"] in frame.columns
    assert set(mapping["stratifiers"]["race"]["recode"]) <= set(frame["race"])
