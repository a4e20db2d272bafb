"""The cube counted by a Spark of several processes and by a real PostgreSQL is the cube that DuckDB counts."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from equity.commands.line import run
from equity.cube.engines.postgresql import PostgresqlConnection
from equity.cube.engines.remote_engine import RemoteEngine
from equity.intake.proposal.mapping.mapping_file import mapping_to_toml, read_mapping
from equity.store.files.versions import current_version
from equity.vocabulary import Mapping, PlainError
from tests.cube.fact_tables import assert_same_cubes, crossed, cubes_here_and_there, one_way
from tests.extracts_elsewhere import SHAPES, VISITS, Extract, assert_loads_alike, load_from_file
from tests.services.postgresql import PostgresqlServer

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.services

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
ENGINES = ["spark", "postgresql"]


@dataclass(frozen=True)
class Engine:
    """A service as the tests use it: ``connect`` to it, ``hold`` a table there, ``words`` for the command line."""

    name: str
    connect: Callable[[], RemoteEngine[Any]]
    hold: Callable[[str, pa.Table], None]
    words: list[str]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each service in turn."""
    service = request.getfixturevalue("spark" if request.param == "spark" else "postgresql_server")
    return of_spark(service) if request.param == "spark" else of_postgresql(service)


def of_spark(session: SparkSession) -> Engine:
    """Tables are views of the session."""
    from equity.cube.engines.spark import SparkConnection
    from tests.services.spark import MASTER

    def hold(name: str, table: pa.Table) -> None:
        session.createDataFrame(table).createOrReplaceTempView(name)

    return Engine("Spark", lambda: SparkConnection(session), hold, ["--engine", "spark", "--master", MASTER])


def of_postgresql(server: PostgresqlServer) -> Engine:
    """Tables are tables of the first schema."""
    url = server.url().set(drivername="postgresql").render_as_string(hide_password=False)
    kinds = {pa.string(): "text", pa.date32(): "date", pa.int16(): "smallint"}

    def hold(name: str, table: pa.Table) -> None:
        columns = ", ".join(f"{psycopg.sql.Identifier(f.name).as_string()} {kinds[f.type]}" for f in table.schema)
        with psycopg.connect(url, autocommit=True) as session:
            session.execute(f'DROP TABLE IF EXISTS "{name}"'.encode())
            session.execute(f'CREATE TABLE "{name}" ({columns})'.encode())
            with session.cursor().copy(f'COPY "{name}" FROM STDIN'.encode()) as copying:
                for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
                    copying.write_row(row)

    return Engine("PostgreSQL", lambda: PostgresqlConnection(url), hold, ["--engine", "postgresql", "--url", url])


@pytest.mark.parametrize(("made", "seed"), [(crossed, 11), (one_way, 12)])
def test_random_fact_tables_count_alike(
    made: Callable[[int, int], tuple[list[dict[str, Any]], Any]], seed: int, engine: Engine, tmp_path: Path
) -> None:
    rows, description = made(seed, 80)
    assert_same_cubes(*cubes_here_and_there(engine.connect(), rows, description, tmp_path))


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_loads_from_an_engine_as_from_a_file(shape: str, engine: Engine, tmp_path: Path) -> None:
    extract: Extract = SHAPES[shape]
    here = load_from_file([extract.table()], extract.meaning(), tmp_path)
    engine.hold(f"extract_{shape}", extract.table())
    with engine.connect() as connection:
        assert_loads_alike(connection, f"extract_{shape}", here, extract.meaning(), tmp_path)


def sample_visits() -> tuple[pa.Table, Mapping]:
    """Every twelfth visit of the sample system, by race and by site."""
    visits = pq.read_table(SAMPLE / "visits.parquet")
    visits = visits.take(pa.array(range(0, len(visits), 12)))
    kinds = [pa.string() if pa.types.is_dictionary(field.type) else field.type for field in visits.schema]
    whole = read_mapping(SAMPLE / "mapping.toml")
    kept = tuple(s for s in whole.stratifiers if s.name in ("race", "site"))
    plain = visits.cast(pa.schema(list(zip(visits.column_names, kinds, strict=True))))
    return plain, dataclasses.replace(whole, stratifiers=kept)


def test_the_sample_system_comes_home_as_its_cube_alone(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    visits, mapping = sample_visits()
    third = len(visits) // 3
    load_from_file([visits.slice(0, third), visits.slice(third, third), visits.slice(2 * third)], mapping, tmp_path)
    engine.hold("sample_visits", visits)
    source = str(tmp_path / "visits") if engine.name == "Spark" else "public.sample_visits"
    (tmp_path / "m.toml").write_text(mapping_to_toml(mapping), encoding="utf-8")
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path))
    load = ["load", source, "--dataset", "There", "--mapping", str(tmp_path / "m.toml"), *engine.words]
    assert run(load) == 0, capsys.readouterr().err
    assert "“There” version 1" in capsys.readouterr().out
    here, there = (current_version(tmp_path, name).folder for name in ("Here", "There"))
    assert_same_cubes(here / "cube.parquet", there / "cube.parquet")
    assert {file.name for file in there.iterdir()} == {
        "checksums.json",
        "description.json",
        "mapping.toml",
        "cube.parquet",
        "entry.json",
    }
    kept = b"".join(file.read_bytes() for file in there.iterdir())
    assert not any(str(person).encode() in kept for person in set(visits["patient_id"].to_pylist()[:50]))
    assert json.loads((there / "description.json").read_text(encoding="utf-8"))["counted_by"] == engine.name
    assert run([*load, "--append"]) == 2
    assert "leave out --append" in capsys.readouterr().err


def test_what_is_not_there_is_said_plainly(engine: Engine, tmp_path: Path) -> None:
    from equity.loading import load_elsewhere

    with engine.connect() as connection, pytest.raises(PlainError, match=f"{engine.name} (has|finds) no table"):
        load_elsewhere(connection, ["nowhere_at_all"], "New", VISITS.meaning(), tmp_path)


def test_a_server_that_does_not_answer_is_said_without_its_password() -> None:
    with pytest.raises(PlainError, match="does not answer") as refused:
        PostgresqlConnection("postgresql://somebody:secret-word@127.0.0.1:1/none")
    assert "secret-word" not in str(refused.value)
