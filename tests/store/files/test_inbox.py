"""The inbox lists what lies in it and nothing else, whatever a name or a link says."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.store.files.inbox import inbox_file, inbox_files
from equity.vocabulary import PlainError


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    monkeypatch.setenv("EQUITY_INBOX", str(folder))
    return folder


def test_files_and_folders_of_parts_are_listed_by_name(inbox: Path) -> None:
    (inbox / "b.csv").write_text("x", encoding="utf-8")
    (inbox / "A.csv").write_text("xyz", encoding="utf-8")
    (inbox / ".hidden").write_text("x", encoding="utf-8")
    (inbox / "empty folder").mkdir()
    (inbox / "parts" / "year=2024").mkdir(parents=True)
    (inbox / "parts" / "year=2024" / "0.parquet").write_bytes(b"PAR1")
    assert [(f.name, f.bytes) for f in inbox_files()] == [("A.csv", 3), ("b.csv", 1), ("parts", 4)]
    assert inbox_file("parts").path == inbox / "parts"


def test_links_that_lead_out_are_passed_over(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("x", encoding="utf-8")
    (inbox / "link.csv").symlink_to(tmp_path / "secret.csv")
    (inbox / "up").symlink_to(tmp_path)
    (inbox / "gone.csv").symlink_to(inbox / "nowhere.csv")
    assert inbox_files() == ()


@pytest.mark.parametrize(
    "name", ["../secret.csv", "/etc/passwd", "..", ".", "", "a/../../secret.csv", "nothing.csv", "\x00"]
)
def test_no_name_leads_out(inbox: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.csv").write_text("x", encoding="utf-8")
    with pytest.raises(PlainError, match="The inbox has no such file"):
        inbox_file(name)


@pytest.mark.parametrize("value", ["", "  ", "/no/such/folder"])
def test_without_a_folder_there_is_nothing(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EQUITY_INBOX", value)
    assert inbox_files() == ()
