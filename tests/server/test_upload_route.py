"""A file's body straight to disk: who may send one, what is refused, and that nothing of a refused one stays."""

import asyncio
import errno
import json
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from equity.access.may import Allowed
from equity.server import start, upload_tickets
from equity.server.upload import safe_name, size_limit
from equity.server.upload_tickets import TICKETS, Tickets
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.ui.streamlit_host import ROUTES, lifespan
from equity.ui.upload.load_job import memory_limit
from tests.server.asgi import Answer, ask

APP = Starlette(routes=ROUTES)
HOLDER = Allowed(LOCAL_OWNER, HOME_WORKSPACE)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path))
    return tmp_path


def send(
    chunks: Iterable[bytes], name: str = "visits.csv", hangs_up: bool = False, **changed: str
) -> tuple[Answer, dict[str, Any]]:
    token = generate_xsrf_token_string()
    headers = {
        "Cookie": f"_streamlit_xsrf={token}",
        "X-Xsrftoken": token,
        "X-Upload-Ticket": TICKETS.issue(HOLDER),
        "X-File-Name": quote(name),
        **{k.replace("_", "-"): v for k, v in changed.items()},
    }
    answer = ask(APP, "/api/upload", headers, "POST", chunks, hangs_up)
    found: dict[str, Any] = json.loads(answer.body)
    staged = TICKETS.find(headers["X-Upload-Ticket"], str(found.get("id", "")))
    return answer, {**found, "path": staged.path if staged else None}


def kept(home: Path) -> list[Path]:
    """What stands in the staging folder; one that is swept while it is walked through is passed by."""
    walked = [(Path(at), [*folders, *files]) for at, folders, files in os.walk(home / "staging")]
    return [at / name for at, names in walked for name in names if not name.endswith(".lock")]


def test_a_file_arrives_whole(home: Path) -> None:
    answer, found = send([b"a,b\n", b"1,2\n"], "Our visits 2024.csv")
    assert answer.status == 200
    assert (found["name"], found["bytes"]) == ("Our visits 2024.csv", 8)
    assert found["path"].read_bytes() == b"a,b\n1,2\n"
    assert found["path"].is_relative_to(home / "staging")


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"X_Xsrftoken": "other"}, 403),
        ({"Cookie": "none=1"}, 403),
        ({"X_Upload_Ticket": "made up"}, 403),
        ({"Content_Length": str(10**15)}, 413),
    ],
)
def test_who_may_not_is_told_in_one_sentence(home: Path, changed: dict[str, str], status: int) -> None:
    answer, found = send([b"a,b\n"], **changed)
    assert answer.status == status
    assert found["error"].endswith((".", "limit."))
    assert kept(home) == []


def test_a_body_that_lies_about_its_size_is_cut_off(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EQUITY_MAX_UPLOAD", "1K")
    answer, found = send([b"x" * 600, b"x" * 600], Content_Length="10")
    assert answer.status == 413
    assert "larger" in found["error"]
    assert kept(home) == []


@pytest.mark.parametrize(("size", "status"), [(1024, 200), (1025, 413)])
def test_a_file_of_just_the_size_that_is_allowed_arrives(
    home: Path, monkeypatch: pytest.MonkeyPatch, size: int, status: int
) -> None:
    monkeypatch.setenv("EQUITY_MAX_UPLOAD", "1K")
    assert send([b"x" * size])[0].status == status
    assert send([b"x" * size], Content_Length=str(size))[0].status == status
    assert send([b"x"], Content_Length=str(size))[0].status == status


def test_an_empty_file_and_a_cancelled_one_leave_nothing(home: Path) -> None:
    answer, found = send([b""], "empty.csv")
    assert (answer.status, found["error"]) == (422, "“empty.csv” is empty: choose a file with rows in it.")
    answer, _ = send([b"half"], hangs_up=True)
    assert answer.status == 499
    assert kept(home) == []


@pytest.mark.parametrize(
    ("written", "limit"),
    [("", 2 * 1024**3), ("5M", 5 * 1024**2), ("2gb", 2 * 1024**3), ("100", 100), ("a lot", 2 * 1024**3)],
)
def test_the_size_limit_is_read_as_people_write_it(monkeypatch: pytest.MonkeyPatch, written: str, limit: int) -> None:
    monkeypatch.setenv("EQUITY_MAX_UPLOAD", written)
    assert size_limit() == limit


@pytest.mark.parametrize(
    ("given_name", "kept_name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\visits.csv", "visits.csv"),
        ("", "upload"),
        ("...", "upload"),
        ("con.csv", "_con.csv"),
        ("a\x00b\u202ecsv.exe", "a bcsv.exe"),
        ("=cmd|'/c calc'!A1.csv", "c calc'_A1.csv"),
        ("Patientées.csv", "Patient_es.csv"),
    ],
)
def test_names_lose_what_could_do_something(given_name: str, kept_name: str) -> None:
    assert safe_name(given_name) == kept_name


@given(st.text(max_size=200))
def test_no_name_leaves_the_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe == Path(safe).name
    assert 0 < len(safe) <= 121
    assert (Path("/staging/one") / safe).parent == Path("/staging/one")


def test_a_ticket_opens_only_its_own_files_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    tickets = Tickets()
    mine, theirs = tickets.issue(HOLDER), tickets.issue(HOLDER)
    _, found = send([b"a\n"])
    assert TICKETS.find(theirs, found["id"]) is None
    assert tickets.is_valid(mine)
    monkeypatch.setattr("time.monotonic", lambda: 10**9)
    assert not tickets.is_valid(mine)


def test_a_file_that_nobody_loads_is_gone_after_a_day_though_nobody_opens_a_page(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send([b"a,b\n1,2\n"])
    monkeypatch.setattr(start, "warm_up", lambda front_end: None)
    monkeypatch.setattr(start, "SECONDS_BETWEEN_LOOKS", 0.001)

    async def serve_until(gone: Callable[[], bool]) -> None:
        async with lifespan(None):
            while not gone():
                await asyncio.sleep(0.001)

    TICKETS.expire(lambda session: True)
    assert len(kept(home)) == 2  # the folder and the file: their time is not over
    monkeypatch.setattr(upload_tickets, "LIFETIME_SECONDS", -1.0)
    asyncio.run(asyncio.wait_for(serve_until(lambda: not kept(home)), 10))
    assert TICKETS.issued == {}


def test_what_a_page_sent_is_gone_ten_minutes_after_it_was_closed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TICKETS, "issued", {})
    ticket = TICKETS.issue(HOLDER, "session")
    send([b"a,b\n1,2\n"], X_Upload_Ticket=ticket)
    now = time.monotonic()
    for later, open_now, left in ((300, False, 2), (800, True, 2), (1300, False, 2), (1500, False, 0)):
        monkeypatch.setattr("time.monotonic", lambda later=later: now + later)
        TICKETS.expire(lambda session, open_now=open_now: open_now and session == "session")
        assert len(kept(home)) == left, later
    assert not TICKETS.is_valid(ticket)


def test_the_next_file_on_a_ticket_takes_the_place_of_the_first(home: Path) -> None:
    ticket = TICKETS.issue(HOLDER)
    for name in ("one.csv", "two.csv"):
        send([b"a,b\n1,2\n"], name, X_Upload_Ticket=ticket)
    assert [path.name for path in kept(home) if path.is_file()] == ["two.csv"]


def test_a_full_disk_is_a_sentence_and_health_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("equity.server.upload.run_in_threadpool", _failing_when_writing(full))
        answer, found = send([b"a,b\n1,2\n"])
    assert (answer.status, "is full" in found["error"]) == (507, True)
    assert str(home) not in found["error"]
    assert kept(home) == []
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=1))
    assert json.loads(ask(APP, "/api/health").body)["disk"] == "full"


def _failing_when_writing(fails: Callable[..., Any]) -> Callable[..., Any]:
    async def run(function: Callable[..., Any], *arguments: Any) -> Any:
        return fails() if getattr(function, "__name__", "") == "write" else function(*arguments)

    return run


@pytest.mark.parametrize(
    ("said", "limit"), [("", "500MB"), ("2 gb", "2GB"), ("750MB", "750MB"), ("0GB", "500MB"), ("lots", "500MB")]
)
def test_the_memory_of_a_loading_is_what_the_server_says(
    said: str, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EQUITY_LOAD_MEMORY", said)
    assert memory_limit() == limit
