"""`python -m equity call serve`, killed in the middle of a call: nothing that was answered is lost or there twice."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from equity.access.here import Here
from equity.actions.calls import call_moves, call_opening
from equity.actions.calls.live_calls import live_call
from equity.release.plan import Plan as ReleasePlan
from equity.release.policy import policy_of
from equity.sharing import make_release
from equity.store.files.home import home_folder
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests import plain_http
from tests.pages.people import DATASET, small_home
from tests.server.calls.calls_served import Participant

ROOT = Path(__file__).resolve().parents[3]
CARD = "disparities?measure=Controlled blood pressure&by=race&period=2024"
PEOPLE, EACH = 6, 15


def port_of_our_own() -> int:
    """A free port that no other program is given while the server is away: below those that are handed out."""
    for port in random.Random(os.getpid()).sample(range(20_000, 30_000), 50):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)):
                return port
    raise TimeoutError("there is no free port")


def started(port: int) -> subprocess.Popen[bytes]:
    """A server that answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "equity", "call", "serve", "--port", str(port)],
        cwd=ROOT, env=dict(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            plain_http.get(f"http://127.0.0.1:{port}/call", timeout=2)
            return process
        except httpx.HTTPError:
            time.sleep(0.25)
    raise TimeoutError("the server does not answer")


def test_nothing_that_was_answered_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_home(tmp_path)
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    home, database = home_folder(), workspace_database()
    plan = ReleasePlan(("race",), "year", "none", ())
    released = make_release(database, home, HOME_WORKSPACE, DATASET, plan, policy_of("cms", 11), by=LOCAL_OWNER)
    cards = call_opening.recipes(home, DATASET, (CARD,))
    place = Here(database, HOME_WORKSPACE, LOCAL_OWNER)
    call = call_opening.open_call(place, home, call_opening.Plan(DATASET, cards, release_id=released.id))
    call_moves.move(live_call(database, call.call.id), stage="notice")
    port = port_of_our_own()
    process = started(port)
    people = [Participant(f"http://127.0.0.1:{port}{call.join}", f"Person {n}") for n in range(PEOPLE)]
    answered: dict[str, set[str]] = {}

    def writes(n: int) -> None:
        for i in range(EACH):
            while True:  # as a browser does: again until it is answered, with the same id
                try:
                    answer = people[n].writes(f"{n}-{i}", f"Person {n} says {i}")
                except httpx.HTTPError:
                    time.sleep(0.25)
                    continue
                assert answer.status_code in (200, 201), answer.text
                answered.setdefault(f"{n}-{i}", set()).add(answer.json()["id"])
                break

    threads = [threading.Thread(target=writes, args=(n,)) for n in range(PEOPLE)]
    try:
        for thread in threads:
            thread.start()
        while len(answered) < PEOPLE * EACH // 3:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        process = started(port)
        for thread in threads:
            thread.join(90)
    finally:
        process.kill()
        process.wait(20)
    state = live_call(database, call.call.id).state
    assert len(answered) == PEOPLE * EACH
    assert all(len(ids) == 1 for ids in answered.values())
    assert {each.id for each in state.contributions.values()} == {one for ids in answered.values() for one in ids}
    words = [each.words for each in state.contributions.values()]
    assert len(words) == len(set(words)) == PEOPLE * EACH
