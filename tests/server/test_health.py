"""What the balancer is told: 200 while the data folder is there and the store answers, else 503; never why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.applications import Starlette

from equity.ui.streamlit_host import ROUTES
from tests.server.asgi import ask

APP = Starlette(routes=ROUTES)


def told() -> tuple[int, dict[str, str]]:
    answer = ask(APP, "/api/health")
    return answer.status, json.loads(answer.body)


def test_a_server_that_can_serve_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path))
    status, said = told()
    assert (status, said["status"], said["folder"], said["store"]) == (200, "ok", "ok", "ok")


@pytest.mark.parametrize("setting", ["EQUITY_HOME", "EQUITY_DATABASE_URL"])
def test_a_server_without_its_folder_or_its_store_wants_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path))
    (tmp_path / "file").write_text("", encoding="utf-8")
    gone = tmp_path / "file" / "secret-name"
    monkeypatch.setenv(setting, f"sqlite:///{gone}/w.db" if setting.endswith("URL") else str(gone))
    status, said = told()
    assert (status, said["status"], said["store"]) == (503, "failing", "failing")
    assert said["folder"] == ("ok" if setting.endswith("URL") else "failing")
    assert "secret-name" not in json.dumps(said)


def test_a_store_that_stops_answering_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path))
    assert told()[0] == 200
    for name in ("workspace.db", "workspace.db-wal", "workspace.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / "workspace.db").mkdir()
    from equity.store.workspace.database import workspace_database

    workspace_database().close()
    assert told()[0] == 503
