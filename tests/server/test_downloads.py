"""A file with full numbers: for the person who was offered it, from an open page, asked again, and kept nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from equity.access.may import require
from equity.server import downloads
from equity.server.downloads import Offer, Offers
from equity.store.workspace.database import workspace_database
from equity.store.workspace.people import change_role, remove_member
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.ui.streamlit_host import ROUTES
from tests.pages.people import SECRETS, claims, join
from tests.server.asgi import Answer, ask
from tests.server.test_guard import cookie

APP = Starlette(routes=ROUTES)


@pytest.fixture(autouse=True)
def signing_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(secrets_singleton, "_secrets", SECRETS)
    monkeypatch.setattr(downloads, "OFFERS", Offers())
    yield


def fetch(ticket: str, who: str = "owner", xsrf: str = "") -> Answer:
    token = generate_xsrf_token_string()
    signed = f"; _streamlit_user={cookie(claims(who))}" if who else ""
    headers = {"Cookie": f"_streamlit_xsrf={token}{signed}", "X-Xsrftoken": xsrf or token}
    return ask(APP, f"/api/download/{ticket}", headers, "POST")


def offered(name: str = "numbers.csv") -> str:
    """A file offered to the owner, who is asked again when it is made."""
    database, owner = workspace_database(), join(workspace_database(), "owner")

    def write() -> bytes:
        require(database, owner, HOME_WORKSPACE, "export")
        return b"a,b\n1,2\n"

    return downloads.OFFERS.offer("session", "key", Offer(owner, name, "text/csv", write))


def test_it_is_for_its_own_person_and_an_open_page_alone() -> None:
    join(workspace_database(), "analyst")
    ticket = offered("Zahlen für “alle”\r\nX: 1.csv")
    answer = fetch(ticket)
    assert (answer.status, answer.body) == (200, b"a,b\n1,2\n")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''Zahlen%20f%C3%BCr")
    assert "\r" not in answer.headers["content-disposition"]
    for refused in (fetch(ticket, "analyst"), fetch(ticket, ""), fetch(ticket, xsrf="made up"), fetch("made up")):
        assert refused.status in (403, 404)
        assert json.loads(refused.body)["error"].endswith((".", "again."))
    assert ask(APP, f"/api/download/{ticket}").status == 405


def test_it_is_asked_again_at_the_click() -> None:
    database, ticket = workspace_database(), offered()
    assert fetch(ticket).status == 200
    owner, second = join(database, "owner"), join(database, "member")
    change_role(database, HOME_WORKSPACE, second.id, "owner", seen="member", by=LOCAL_OWNER)
    change_role(database, HOME_WORKSPACE, owner.id, "leader", seen="owner", by=LOCAL_OWNER)
    assert "As a leader you may not" in fetch(ticket).text
    remove_member(database, HOME_WORKSPACE, owner.id, by=LOCAL_OWNER)
    assert fetch(ticket).status == 403


def test_a_fault_is_a_sentence_without_a_number(caplog: pytest.LogCaptureFixture) -> None:
    def write() -> bytes:
        raise RuntimeError("Miller 1950")

    owner = join(workspace_database(), "owner")
    answer = fetch(downloads.OFFERS.offer("session", "key", Offer(owner, "a.csv", "text/csv", write)))
    assert answer.status == 500
    assert "Miller" not in answer.text + caplog.text


def test_a_button_keeps_its_ticket_and_a_closed_page_offers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    offers, owner = Offers(), join(workspace_database(), "owner")
    offer = Offer(owner, "a.csv", "text/csv", lambda: b"")
    ticket = offers.offer("one", "key", offer)
    assert offers.offer("one", "key", offer) == ticket
    assert offers.offer("two", "key", offer) != ticket
    now = downloads.time.monotonic()
    for later in (300, 700):
        monkeypatch.setattr("time.monotonic", lambda later=later: now + later)
        offers.expire(lambda session: session == "two")
    assert offers.find(ticket) is None
    assert len(offers.offered) == 1
    monkeypatch.setattr(downloads, "MOST_OFFERED", 3)
    for number in range(9):
        offers.offer("two", str(number), offer)
    assert len(offers.offered) == 3
