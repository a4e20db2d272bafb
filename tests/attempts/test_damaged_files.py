"""Bits that flip on a disk: nothing that is not as it was written is shown as numbers, and everything else goes on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import streamlit as st

from equity.commands.line import run
from equity.cube import open_cube
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import load
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import Release, opened, readable_releases, releases
from equity.server import sample_data
from equity.sharing import make_release, releases_in
from equity.store.files.checksums import CHECKSUMS, DamagedError
from equity.store.files.earlier_versions import roll_back
from equity.store.files.versions import current_version, damaged_datasets, dataset, datasets
from equity.store.workspace.database import open_database, sqlite_url
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import PeriodRange, PlainError
from tests.pages.drawn_charts import charts_of
from tests.pages.opened import begun, html_of
from tests.pages.people import DATASET, MAPPING, small_extract
from tests.store.files.test_versions import person_key

OTHER = "Other visits"
FLIPS = 40
MEASURE = "Controlled blood pressure"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a dataset of two versions, another one, and a release."""
    folder = tmp_path_factory.mktemp("whole")
    home, mapping = folder / "home", mapping_from_toml(MAPPING, "test")
    for name in (DATASET, DATASET, OTHER):
        load([small_extract(folder)], name, mapping, "new", home)
    store = open_database(sqlite_url(home / "workspace.db"))
    make_release(
        store, home, HOME_WORKSPACE, DATASET, Plan(("race",), "year", "none"), policy_of("cms"), by=LOCAL_OWNER
    )
    store.close()
    return home


@pytest.fixture
def home(whole: Path, tmp_path: Path) -> Path:
    """The same in a folder that the test may damage."""
    shutil.copytree(whole, tmp_path / "home")
    return tmp_path / "home"


def flipped(path: Path, seed: int) -> None:
    """One bit of a file is another."""
    content, generator = bytearray(path.read_bytes()), np.random.default_rng(seed)
    content[generator.integers(len(content))] ^= 1 << int(generator.integers(8))
    path.write_bytes(content)


def asked(home: Path) -> tuple[object, ...]:
    """What is read of a dataset: its description, its cube, its key; raises where it is not as it was."""
    version = dataset(home, DATASET).current
    rates = open_cube(version.folder).groups([MEASURE], ["race", "site"], PeriodRange())
    return version.description(), rates.table.to_csv(), person_key(home, DATASET)


@pytest.mark.parametrize("name", ["description.json", "cube.parquet"])
def test_a_version_with_a_flipped_bit_is_never_shown_as_numbers(home: Path, name: str) -> None:
    path = current_version(home, DATASET).folder / name
    before = path.read_bytes()
    for seed in range(FLIPS):
        flipped(path, seed)
        with pytest.raises(DamagedError, match=r"^Version 2 of “Clinic visits” is damaged: .*Go back to an earlier"):
            asked(home)
        path.write_bytes(before)
    asked(home)
    assert open_cube(current_version(home, OTHER).folder)


def test_a_flipped_bit_in_the_checksums_changes_no_number(home: Path) -> None:
    path, as_it_was = current_version(home, DATASET).folder / CHECKSUMS, asked(home)
    before, refused = path.read_bytes(), 0
    for seed in range(FLIPS):
        flipped(path, seed)
        try:
            assert asked(home) == as_it_was
        except DamagedError:
            refused += 1
        path.write_bytes(before)
    assert refused > FLIPS / 4


def test_rows_with_a_flipped_bit_are_not_counted(home: Path) -> None:
    from equity.cube.deep import ask_rows

    folder = current_version(home, DATASET).folder
    flipped(folder / "extract.parquet", 1)
    with pytest.raises(DamagedError, match=r"extract\.parquet is not as it was written"):
        ask_rows(folder / "extract.parquet", current_version(home, DATASET).description(), None)  # type: ignore[arg-type]
    extract = small_extract(home.parent, first_year=2030)
    with pytest.raises(DamagedError, match=r"extract\.parquet"):
        load([extract], DATASET, mapping_from_toml(MAPPING, "test"), "append", home)
    assert dataset(home, DATASET).current.number == 2


def test_a_dataset_whose_own_file_has_a_flipped_bit_is_set_apart(home: Path) -> None:
    path = dataset(home, DATASET).folder / "dataset.json"
    before, key, apart = path.read_bytes(), person_key(home, DATASET), 0
    for seed in range(FLIPS):
        flipped(path, seed)
        found = damaged_datasets(home)
        if found:
            with pytest.raises(DamagedError, match="Restore a backup"):
                dataset(home, DATASET)  # not that there is none
            assert [held.name for held in datasets(home)] == [OTHER]
            assert [folder for folder, _ in found] == [path.parent]
            assert "Restore a backup" in found[0][1]
        else:  # in what separates name and key, or in the name of their sum
            assert (dataset(home, DATASET).name, person_key(home, DATASET)) == (DATASET, key)
        apart += bool(found)
        path.write_bytes(before)
    assert apart > FLIPS / 2


def test_the_terminal_says_which_dataset_is_set_apart(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(home))
    (dataset(home, DATASET).folder / "dataset.json").write_text('{"broken', encoding="utf-8")
    assert run(["datasets"]) == 0
    told = capsys.readouterr()
    assert OTHER in told.out
    assert "Restore a backup" in told.err
    assert run(["ask", "disparities", "--dataset", DATASET, "--measure", MEASURE, "--by", "race"]) == 2
    assert "Restore a backup" in capsys.readouterr().err


def test_one_goes_back_to_a_whole_version_and_not_to_a_damaged_one(home: Path) -> None:
    flipped(current_version(home, DATASET).folder / "cube.parquet", 3)
    assert roll_back(home, DATASET, 1) == 3
    asked(home)
    with pytest.raises(DamagedError, match="Version 2"):
        roll_back(home, DATASET, 2)
    assert dataset(home, DATASET).current.number == 3


def read(home: Path, release: str) -> None:
    found = opened(home, release)
    found.description()
    found.cells()
    found.audit()
    found.bounds()


@pytest.mark.parametrize("name", ["release.json", "description.json", "cube.parquet", "bounds.parquet", "audit.json"])
def test_a_release_with_a_flipped_bit_reaches_nobody(home: Path, name: str) -> None:
    [release] = releases(home)
    before = (release.folder / name).read_bytes()
    for seed in range(FLIPS):
        flipped(release.folder / name, seed)
        with pytest.raises(DamagedError, match=f"Release {release.id} is damaged"):
            read(home, release.id)
        (release.folder / name).write_bytes(before)
    read(home, release.id)


def test_a_damaged_release_stands_in_the_way_of_new_ones_of_its_dataset_alone(home: Path) -> None:
    [release] = releases(home)
    flipped(release.folder / "release.json", 2)
    store = open_database(sqlite_url(home / "workspace.db"))
    assert releases_in(store, home, HOME_WORKSPACE) == ()
    assert readable_releases(home) == ()

    def again(name: str) -> Release:
        plan = Plan(("race",), "year", "none")
        return make_release(store, home, HOME_WORKSPACE, name, plan, policy_of("cms"), by=LOCAL_OWNER)

    with pytest.raises(PlainError, match="is damaged"):
        again(DATASET)
    assert again(OTHER).dataset == OTHER
    store.close()


def test_a_version_of_an_older_program_is_still_read(home: Path) -> None:
    (current_version(home, DATASET).folder / CHECKSUMS).unlink()
    asked(home)
    path = current_version(home, DATASET).folder / "cube.parquet"
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(DamagedError):
        asked(home)


@pytest.fixture
def in_the_browser(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("EQUITY_HOME", str(home))
    monkeypatch.setattr(sample_data.STATUS, "state", "ready")
    st.cache_data.clear()
    st.cache_resource.clear()
    yield home
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.mark.parametrize("name", ["description.json", "cube.parquet"])
def test_pages_say_which_and_what_to_do_and_all_others_stay(in_the_browser: Path, name: str) -> None:
    flipped(current_version(in_the_browser, DATASET).folder / name, 5)
    app = begun()
    app.query_params["dataset"] = DATASET
    app.run()
    for page in ("home", "disparities", "datasets", "releases"):
        if page != "home":
            app.switch_page(f"../../pages/{page}.py").run()
        assert not app.exception, page
        if not (page == "datasets" and name == "cube.parquet") and page != "releases":
            assert "is damaged" in html_of(app), page
    app.switch_page("../../pages/disparities.py").run()
    app.selectbox(key="choose_dataset").select(OTHER).run()
    assert not app.exception
    assert "is damaged" not in html_of(app)
    assert charts_of(app)
