"""Two servers that start on one empty folder load the sample once; an earlier program's sample is renewed."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from equity.intake.proposal.mapping.mapping_file import read_mapping
from equity.loading import load
from equity.server import sample_data
from equity.store.files.versions import datasets
from tests.pages.people import MAPPING, small_extract


def test_servers_that_start_at_once_load_it_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    monkeypatch.setattr(sample_data, "SOURCES", {"Sample": (small_extract(tmp_path), tmp_path / "mapping.toml")})
    with ThreadPoolExecutor(3) as servers:
        for started in [servers.submit(sample_data._load) for _ in range(3)]:
            started.result()
    [held] = datasets(tmp_path / "home")
    assert (held.name, held.current.number) == ("Sample", 1)
    assert (tmp_path / "home" / "sample_loaded").exists()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home as a program left it whose sample was an earlier one: the file, its mark, nothing of a team."""
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    extract = small_extract(tmp_path)
    monkeypatch.setattr(sample_data, "SOURCES", {"Sample": (extract, tmp_path / "mapping.toml")})
    sample_data._load()
    (tmp_path / "home" / "sample_loaded").write_text("")
    return tmp_path


def test_data_of_an_earlier_program_are_renewed_once(home: Path) -> None:
    extract = sample_data.SOURCES["Sample"][0]
    sample_data._load()
    assert [held.current.number for held in datasets(home / "home")] == [1]  # the file is the same
    lines = extract.read_text("utf-8").splitlines(keepends=True)
    extract.write_text("".join(lines[:-1]), "utf-8")
    for _ in range(2):
        sample_data._load()
        assert [held.current.number for held in datasets(home / "home")] == [2]


def test_a_sample_that_somebody_added_to_or_took_away_is_theirs(home: Path) -> None:
    extract, mapping = sample_data.SOURCES["Sample"]
    own = extract.with_name("ours.csv")
    own.write_bytes(extract.read_bytes())
    load([own], "Sample", read_mapping(mapping), "new", home / "home")
    extract.write_text("".join(extract.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    sample_data._load()
    assert [held.current.number for held in datasets(home / "home")] == [2]
    shutil.rmtree(home / "home" / "datasets")
    (home / "home" / "sample_loaded").write_text("")
    sample_data._load()
    assert datasets(home / "home") == ()
