"""Versions: numbered, whole, immutable, and safe from hostile names and from one another."""

from __future__ import annotations

import errno
import json
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity.store.files import versions
from equity.store.files.dataset_deletion import delete_dataset
from equity.store.files.dataset_identity import identity_of
from equity.store.files.disk import DiskFullError, fsync
from equity.store.files.earlier_versions import roll_back
from equity.store.files.naming import folder_name
from equity.store.files.staging import staged_folder
from equity.store.files.versions import (
    current_version,
    dataset,
    datasets,
    held_for_changing,
    held_for_loading,
    version_folder,
)
from equity.vocabulary import Description, PlainError


def description(rows: int = 3) -> Description:
    """A description without contents, told apart by its number of rows."""
    return Description("?", 0, "", "rows", "crossed", "counts", "all", (), False, rows, rows, 0, (), ())


def published(home: Path, name: str, rows: int = 3) -> int:
    """Publish a small version."""
    with staged_folder(home) as staged:
        (staged / "description.json").write_text(description(rows).to_json(), encoding="utf-8")
        (staged / "cube.parquet").write_bytes(b"cube %d" % rows)
        with held_for_loading(home, name) as holding:
            return holding.publish(staged)


def person_key(home: Path, name: str) -> bytes:
    """The secret of a dataset."""
    return identity_of(dataset(home, name).folder).person_key


def everything_in(home: Path) -> set[str]:
    """All files below the home folder."""
    return {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}


def test_versions_are_numbered_and_the_highest_is_current(tmp_path: Path) -> None:
    assert [published(tmp_path, "Visits", rows) for rows in (1, 2)] == [1, 2]
    current = current_version(tmp_path, "Visits")
    assert (current.number, current.description().version, current.description().rows_in) == (2, 2, 2)
    assert current.description().dataset == "Visits"
    assert version_folder(tmp_path, "Visits", 1).name == "000001"
    assert [str(entry) for entry in datasets(tmp_path)] == ["Visits (version 2)"]
    assert list((tmp_path / "staging").iterdir()) == []


def test_what_is_not_there_is_said_with_what_is(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match=r"no dataset “Births”. The datasets there are: none yet"):
        current_version(tmp_path, "Births")
    published(tmp_path, "Visits")
    with pytest.raises(PlainError, match=r"no dataset “Births”. The datasets there are: “Visits”"):
        current_version(tmp_path, "Births")
    with pytest.raises(PlainError, match=r"“Visits” has no version 7. The versions there are: 1\."):
        version_folder(tmp_path, "Visits", 7)
    with pytest.raises(PlainError, match="has no version 7"):
        roll_back(tmp_path, "Visits", 7)


def test_rolling_back_makes_a_new_version_and_leaves_the_old_ones(tmp_path: Path) -> None:
    published(tmp_path, "Visits", 1)
    published(tmp_path, "Visits", 2)
    before = {name: (tmp_path / name).read_bytes() for name in everything_in(tmp_path)}
    assert roll_back(tmp_path, "Visits", 1) == 3
    again = current_version(tmp_path, "Visits")
    assert (again.folder / "cube.parquet").read_bytes() == b"cube 1"
    assert (again.description().version, again.description().rows_in) == (3, 1)
    assert again.description().note == "The contents of version 1 again."
    assert {name: (tmp_path / name).read_bytes() for name in before} == before


def test_deleting_says_what_it_removed_and_leaves_nothing(tmp_path: Path) -> None:
    published(tmp_path, "Visits", 1)
    published(tmp_path, "Visits", 2)
    published(tmp_path, "Births")
    removed = delete_dataset(tmp_path, "Visits")
    assert (removed.name, removed.versions, removed.files) == ("Visits", 2, 8)
    assert str(removed).startswith("Removed “Visits”: 2 versions, 8 files, ")
    assert [entry.name for entry in datasets(tmp_path)] == ["Births"]
    assert not [name for name in everything_in(tmp_path) if "visits" in name or "staging" in name]


def test_a_dataset_that_is_being_loaded_cannot_be_deleted(tmp_path: Path) -> None:
    published(tmp_path, "Visits")
    with held_for_loading(tmp_path, "Visits"), pytest.raises(PlainError, match="is being loaded right now"):
        delete_dataset(tmp_path, "Visits")
    assert delete_dataset(tmp_path, "Visits").versions == 1


def test_the_person_key_is_made_once_and_is_the_owners_only(tmp_path: Path) -> None:
    published(tmp_path, "Visits")
    key = person_key(tmp_path, "Visits")
    published(tmp_path, "Visits")
    published(tmp_path, "Births")
    assert len(key) == 32
    assert person_key(tmp_path, "Visits") == key
    assert person_key(tmp_path, "Births") != key
    for entry in datasets(tmp_path):
        assert stat.S_IMODE((entry.folder / "dataset.json").stat().st_mode) == 0o600
        assert stat.S_IMODE(entry.folder.stat().st_mode) == 0o700


def test_a_dataset_that_got_no_version_leaves_no_trace(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), held_for_loading(tmp_path, "Visits") as holding:
        assert holding.current() is None
        assert len(holding.person_key()) == 32
        raise ZeroDivisionError
    assert everything_in(tmp_path) == set()
    assert datasets(tmp_path) == ()


def test_twenty_who_publish_at_once_get_twenty_numbers(tmp_path: Path) -> None:
    with ThreadPoolExecutor(20) as threads:
        numbers = list(threads.map(lambda rows: published(tmp_path, "Visits", rows), range(20)))
    assert sorted(numbers) == list(range(1, 21))
    for rows, number in enumerate(numbers):
        folder = version_folder(tmp_path, "Visits", number)
        held = Description.from_json((folder / "description.json").read_text(encoding="utf-8"))
        assert (held.version, held.rows_in) == (number, rows)
        assert (folder / "cube.parquet").read_bytes() == b"cube %d" % rows


def test_who_changes_a_dataset_has_it_alone(tmp_path: Path) -> None:
    inside, most, gate = 0, 0, threading.Lock()

    def change(rows: int) -> None:
        nonlocal inside, most
        with held_for_changing(tmp_path, "Visits") as holding, staged_folder(tmp_path) as staged:
            with gate:
                inside, most = inside + 1, max(most, inside + 1)
            current = holding.current()
            (staged / "description.json").write_text(
                description(rows + (current.description().rows_in if current else 0)).to_json(), encoding="utf-8"
            )
            holding.publish(staged)
            with gate:
                inside -= 1

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(change, [1] * 12))
    assert most == 1
    assert current_version(tmp_path, "Visits").description().rows_in == 12


@given(st.text(max_size=40))
def test_any_name_makes_a_folder_name_that_cannot_leave_its_place(name: str) -> None:
    try:
        folder = folder_name(name)
    except PlainError:
        return
    assert set(folder) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 12 <= len(folder) <= 60


HOSTILE = [
    "../../etc/passwd",
    "/etc/passwd",
    "a/b",
    "a\\b",
    "CON",
    "x" * 120,
    "人口 2024",
    ".",
    "..",
    "Visits",
    "visits",
]


def test_hostile_names_are_kept_as_they_are_and_apart(tmp_path: Path) -> None:
    for name in HOSTILE:
        published(tmp_path / "home", name)
    assert {entry.name for entry in datasets(tmp_path / "home")} == set(HOSTILE)
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\0b", "\ud800", "x" * 121])
def test_names_that_cannot_be_shown_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(PlainError, match="name"):
        published(tmp_path, name)


def test_a_full_disk_is_said_and_leaves_no_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published(tmp_path, "Visits")
    before = everything_in(tmp_path)

    def full(path: Path) -> None:
        if path.suffix == ".parquet":
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(path)

    monkeypatch.setattr("equity.store.files.disk.fsync", full)
    with pytest.raises(DiskFullError, match="is full, and nothing was changed"):
        published(tmp_path, "Visits")
    assert everything_in(tmp_path) == before


def test_other_faults_of_the_disk_are_not_taken_for_a_full_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(folder: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(versions, "fsync_tree", broken)
    with pytest.raises(OSError, match="Input/output error"):
        published(tmp_path, "Visits")
    assert everything_in(tmp_path) == set()


def test_stray_files_among_the_datasets_are_passed_over(tmp_path: Path) -> None:
    published(tmp_path, "Visits")
    (tmp_path / "datasets" / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "datasets" / "empty").mkdir()
    (datasets(tmp_path)[0].folder / "versions" / "000009.old").mkdir()
    assert [(entry.name, entry.current.number) for entry in datasets(tmp_path)] == [("Visits", 1)]


def test_the_key_is_never_shown_by_the_dataset(tmp_path: Path) -> None:
    published(tmp_path, "Visits")
    key = json.loads((datasets(tmp_path)[0].folder / "dataset.json").read_text(encoding="utf-8"))["person_key"]
    assert key not in repr(datasets(tmp_path))
    assert key not in repr(delete_dataset(tmp_path, "Visits"))
    assert list((tmp_path / "datasets").iterdir()) == []


def test_a_name_is_made_into_a_folders_name_once() -> None:
    asked = folder_name.cache_info()
    assert folder_name("Asked ten times a page") == folder_name("Asked ten times a page")
    after = folder_name.cache_info()
    assert (after.misses - asked.misses, after.hits - asked.hits) == (1, 1)
