"""No file and no mapping reaches a traceback: whatever is made up is read, or refused in one sentence.

A commit throws a few dozen of each kind; `python -m tests.intake.fuzz` throws fresh ones for ten minutes.
"""

from __future__ import annotations

import errno
import gzip
import tempfile
from pathlib import Path

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings

from equity.intake.apart.looking import proposed, sheets_of
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.intake.reading.read_facts import read_facts
from equity.vocabulary import PlainError
from tests.intake import made_up_files as made
from tests.intake.broken_files import parquet, workbook
from tests.intake.conftest import KEY
from tests.random_search import examples

QUIET = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def is_read_or_refused(file: made.MadeUp) -> None:
    """Look at a file and read it as proposed; what is refused is one sentence that quotes no path of the server."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file.name
        path.write_bytes(file.content)
        try:
            sheets = sheets_of(path, file.name)
            mapping = proposed(path, sheets[0] if len(sheets) > 1 else "").mapping
            read_facts([path], mapping, Path(folder) / "facts", Path(folder) / "aside", KEY)
        except PlainError as refused:
            assert 10 < len(str(refused)) < 3000
            assert folder not in str(refused)


@pytest.mark.parametrize("name", ["visits.xlsx", "visits.zip", "visits", "visits.csv.gz"])
def test_a_workbook_is_one_whatever_it_is_called_and_however_it_is_packed(name: str) -> None:
    content = workbook(Data=[["measure", "year", "race", "cases", "people"], ["Screening", 2024, "White", 1, 2]])
    is_read_or_refused(made.MadeUp(name, gzip.compress(content) if name.endswith("gz") else content))


def test_a_column_whose_name_sql_cannot_write_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "visits.parquet"
    path.write_bytes(parquet(measure=["A", "A"], **{"ra\0ce": ["x", "y"], "cases": [1, 2], "people": [5, 6]}))
    with pytest.raises(PlainError, match=r"ra.u0000ce.* cannot be used: give the column another name"):
        proposal = proposed(path, "")
        read_facts([path], proposal.mapping, tmp_path / "facts", tmp_path / "aside", KEY)


def test_parquet_whose_footer_is_whole_and_whose_values_are_not(tmp_path: Path) -> None:
    content = bytearray(parquet(measure=["A", "A"], race=["x", "y"], cases=[1, 2], people=[5, 6]))
    content[4:24] = b"\xff" * 20
    path = tmp_path / "visits.parquet"
    path.write_bytes(content)
    with pytest.raises(PlainError, match=r"^visits\.parquet is not a whole Parquet file: write it again or copy"):
        proposed(path, "")


def test_parquet_that_the_system_does_not_let_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EMFILE, "Failed to open /srv/home/visits.parquet")

    path = tmp_path / "visits.parquet"
    path.write_bytes(parquet(measure=["A", "A"], race=["x", "y"], cases=[1, 2], people=[5, 6]))
    monkeypatch.setattr("equity.intake.formats.parquet.pq.ParquetFile", refused)
    with pytest.raises(PlainError, match=r"^visits\.parquet cannot be read: Too many open files\.$"):
        proposed(path, "")


def test_a_count_that_holds_nothing_but_times_of_day_is_no_count(tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    path.write_text(
        "measure,year,race,cases\n" + "Screening,2024,White,12:30\nScreening,2024,Black,13:05\n" * 4, "utf-8"
    )
    assert "12:30" not in " ".join(problem.message for problem in proposed(path, "").problems)


@settings(max_examples=examples(40), **QUIET)
@given(made.delimited())
def test_delimited_files(file: made.MadeUp) -> None:
    is_read_or_refused(file)


@settings(max_examples=examples(15), **QUIET)
@given(made.workbooks())
def test_workbooks(file: made.MadeUp) -> None:
    is_read_or_refused(file)


@settings(max_examples=examples(25), **QUIET)
@given(made.parquets())
def test_parquet(file: made.MadeUp) -> None:
    is_read_or_refused(file)


@settings(max_examples=examples(40), **QUIET)
@given(made.fhir())
def test_fhir(file: made.MadeUp) -> None:
    is_read_or_refused(file)


@settings(max_examples=examples(15), **QUIET)
@given(made.packed())
def test_packed_files(file: made.MadeUp) -> None:
    is_read_or_refused(file)


@settings(max_examples=examples(25), **QUIET)
@given(made.damaged(made.st.one_of(made.delimited(), made.fhir(), made.workbooks())))
def test_damaged_files(file: made.MadeUp) -> None:
    is_read_or_refused(file)


@settings(max_examples=examples(60), **QUIET)
@given(made.mappings)
def test_mappings(tree: dict[str, object]) -> None:
    try:
        mapping_from_toml(tomlkit.dumps(tree), "made up")
    except PlainError as refused:
        assert len(str(refused)) < 3000


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 5000 + "]" * 5000,
        "a = " + "{ a = " * 5000 + "1" + " }" * 5000,
        "[extract]\nshape = 'counts'\n[measures.x]\nmultiplier = " + "9" * 5000,
        "[extract]\nshape = 'counts'\n[measures.x]\nmultiplier = " + "9" * 400,
        "[" + ".".join("a" * 5000) + "]",
        "x" * 3_000_000,
    ],
    ids=["lists", "tables", "digits", "a large number", "a long key", "long"],
)
def test_mappings_without_end(text: str) -> None:
    with pytest.raises(PlainError) as refused:
        mapping_from_toml(text, "m.toml")
    assert len(str(refused.value)) < 300
