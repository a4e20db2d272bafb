"""What a server does by itself: work in progress that nobody holds any more is removed, when it starts and after."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import gc
import importlib
from pathlib import Path

import pytest

from equity.improvement.nouns import PROJECT
from equity.improvement.projects import Project
from equity.server import start
from equity.server.calls.alone import AloneHost
from equity.server.compression import CompressedFiles
from equity.store.records import shelf
from equity.store.workspace.clock import now
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Rows that a killed process left."""
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path))
    folder = tmp_path / "staging" / "0123456789abcdef"
    folder.mkdir(parents=True)
    (folder / "rows.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    return folder


def test_it_is_removed_while_the_server_runs(left: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "SECONDS_BETWEEN_LOOKS", 0.01)
    monkeypatch.setattr(start, "SECONDS_BETWEEN_SWEEPS", 0.02)
    monkeypatch.setattr(start, "log_what_a_killed_server_left", lambda: None)

    async def a_moment() -> None:
        tidying = asyncio.create_task(start.tidy_up(AloneHost()))
        for _ in range(500):
            await asyncio.sleep(0.02)
            if not left.exists():
                break
        tidying.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await tidying

    asyncio.run(a_moment())
    assert not left.exists()


def test_what_was_withdrawn_over_thirty_days_ago_is_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the server itself, page or no page; what may still be brought back stays."""
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path))
    monkeypatch.setattr(start, "SECONDS_BETWEEN_LOOKS", 0.01)
    monkeypatch.setattr(start, "SECONDS_BETWEEN_SWEEPS", 0.02)
    monkeypatch.setattr(start, "log_what_a_killed_server_left", lambda: None)
    database, today = workspace_database(), now()
    withdrawn = {}
    for title, days in (("Late", 31), ("In time", 29)):
        kept = shelf.add(database, HOME_WORKSPACE, PROJECT, Project(title=title), by=LOCAL_OWNER)
        monkeypatch.setattr(shelf, "now", lambda days=days: today - dt.timedelta(days=days))
        shelf.withdraw(database, HOME_WORKSPACE, PROJECT, kept.id, seen_version=1, by=LOCAL_OWNER)
        withdrawn[kept.id] = title
    monkeypatch.setattr(shelf, "now", now)

    def left() -> list[str]:
        return [withdrawn[k.id] for k in shelf.withdrawn(database, HOME_WORKSPACE, PROJECT)]

    async def a_moment() -> None:
        tidying = asyncio.create_task(start.tidy_up(AloneHost()))
        for _ in range(500):
            await asyncio.sleep(0.02)
            if len(left()) < 2:
                break
        tidying.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await tidying

    assert sorted(left()) == ["In time", "Late"]
    asyncio.run(a_moment())
    assert left() == ["In time"]


def test_a_home_folder_that_cannot_be_read_is_no_reason_to_stop(
    left: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert start.sweep_staging() == 1
    monkeypatch.setenv("EQUITY_HOME", str(left.parent / "file" / "below"))
    (left.parent / "file").write_text("", encoding="utf-8")
    assert start.sweep_staging() == 0
    assert "could not be swept" in caplog.text


def test_nothing_is_collected_while_modules_are_read_and_everything_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    collecting: list[bool] = []

    def read(module: str) -> None:
        collecting.append(gc.isenabled())
        raise ImportError(module)

    monkeypatch.setattr(importlib, "import_module", read)
    with pytest.raises(ImportError):
        start.warm_up(CompressedFiles(Path()))
    assert (collecting, gc.isenabled()) == ([False], True)
