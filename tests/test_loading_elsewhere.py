"""An extract that stays where it lies: the same dataset as from a file, without a row of it."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from equity.cube import open_cube
from equity.loading import Accepted, load, load_elsewhere
from equity.store.files.versions import current_version, datasets
from equity.vocabulary import PeriodRange, PlainError
from tests.cube.engines.duckdb_elsewhere import DuckdbElsewhere
from tests.extracts_elsewhere import COUNTS, SHAPES, VISITS, Extract, assert_loads_alike, load_from_file


@pytest.mark.parametrize("extract", SHAPES.values(), ids=SHAPES)
def test_every_shape_loads_from_an_engine_as_from_a_file(extract: Extract, tmp_path: Path) -> None:
    here = load_from_file([extract.table()], extract.meaning(), tmp_path)
    with DuckdbElsewhere() as engine:
        assert_loads_alike(engine, str(tmp_path / "visits" / "part-0.parquet"), here, extract.meaning(), tmp_path)


@pytest.fixture(scope="module")
def counted_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DuckdbElsewhere]:
    """A home folder whose dataset “There” was counted elsewhere, and the engine that did it."""
    home = tmp_path_factory.mktemp("elsewhere")
    mapping = COUNTS.mapping + '[stratifiers.again]\ncolumn = "Region"\n'
    extract = Extract(COUNTS.columns, mapping)
    load_from_file([VISITS.table()], VISITS.meaning(), home)
    pq.write_table(extract.table(), home / "counts.parquet")
    with DuckdbElsewhere() as engine:
        load_elsewhere(engine, [str(home / "visits" / "part-0.parquet")], "There", VISITS.meaning(), home)
    with DuckdbElsewhere() as another:
        load_elsewhere(another, [str(home / "counts.parquet")], "Counts", extract.meaning(), home)
    return home, engine


def test_no_row_and_no_id_comes_back(counted_elsewhere: tuple[Path, DuckdbElsewhere]) -> None:
    home, engine = counted_elsewhere
    held = current_version(home, "There")
    assert {file.name for file in held.folder.iterdir()} == {
        "checksums.json",
        "description.json",
        "mapping.toml",
        "cube.parquet",
    }
    assert held.description().counted_by == "The other DuckDB"
    key = next(d for d in datasets(home) if d.name == "There").folder / "dataset.json"
    secret = json.loads(key.read_text())["person_key"]
    assert secret not in " ".join(engine.told)


def test_a_question_that_needs_the_rows_is_told_where_they_are(
    counted_elsewhere: tuple[Path, DuckdbElsewhere],
) -> None:
    cube = open_cube(current_version(counted_elsewhere[0], "Counts").folder)
    measure = cube.description.measures[0].name
    with pytest.raises(PlainError, match="stayed on The other DuckDB"):
        cube.groups([measure], ["race", "region"], PeriodRange(), [("again", "North")])


@pytest.mark.parametrize("mode", ["append", "replace"])
def test_nothing_is_joined_to_counts(mode: str, counted_elsewhere: tuple[Path, DuckdbElsewhere]) -> None:
    home, _ = counted_elsewhere
    with pytest.raises(PlainError, match="stayed on The other DuckDB, so nothing can be added"):
        load([home / "visits"], "There", VISITS.meaning(), mode, home)  # type: ignore[arg-type]
    assert len(next(d for d in datasets(home) if d.name == "There").versions) == 1


def test_the_first_load_needs_a_mapping_and_a_table_that_is_there(tmp_path: Path) -> None:
    with DuckdbElsewhere() as engine, pytest.raises(PlainError, match="give one with --mapping"):
        load_elsewhere(engine, ["/nowhere.parquet"], "New", None, tmp_path)
    with DuckdbElsewhere() as engine, pytest.raises(PlainError, match=r"There is no /nowhere\.parquet"):
        load_elsewhere(engine, ["/nowhere.parquet"], "New", VISITS.meaning(), tmp_path)
    assert not datasets(tmp_path)


def test_an_address_is_given_to_duckdb_and_the_missing_extension_is_said(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match="run INSTALL httpfs in DuckDB once, or copy the file here") as refused:
        load(["s3://bucket/visits/*.parquet"], "Far", VISITS.meaning(), "new", tmp_path)
    assert "s3://bucket/visits/*.parquet" in str(refused.value)


def test_what_lies_at_an_address_is_fetched_and_gone_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from equity.intake.formats import object_storage

    # DuckDB reads file:// without an extension of its own to load; an object store differs in that alone.
    monkeypatch.setitem(object_storage.EXTENSION_OF, "file", "parquet")
    here = load_from_file([VISITS.table()], VISITS.meaning(), tmp_path)
    address = (tmp_path / "visits" / "part-0.parquet").as_uri()
    there = load([address], "Far", VISITS.meaning(), "new", tmp_path, accepted=Accepted(set_aside=True))
    assert (there.rows_in, there.rows_used, there.measures) == (here.rows_in, here.rows_used, here.measures)
    assert there.sources[0].name == "part-0.parquet"
    assert not any((tmp_path / "staging").rglob("fetched-*"))
    with pytest.raises(PlainError, match="cannot be read: check the address"):
        load([address.replace("part-0", "part-9")], "Far", VISITS.meaning(), "new", tmp_path)
