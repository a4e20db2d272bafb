"""The application form by its addresses, as an applicant's browser or a stranger's program uses them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from equity.access.here import Here
from equity.actions.network import cohorts
from equity.actions.network.applications import applications
from equity.network.cohorts import Cohort
from equity.server.applications import addresses
from equity.server.applications.addresses import SETTING, ApplicationAddresses
from equity.server.calls.alone import AloneHost
from equity.server.calls.limits import Pace
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests import plain_http
from tests.network.test_applications import TEAM_GIVEN as TEAM
from tests.network.test_applications import WHOLE
from tests.server.calls.calls_served import served

HOSTILE = '{{told}}</script><img src=x onerror="alert(1)">'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Here:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("EQUITY_DATABASE_URL", raising=False)
    monkeypatch.setenv(SETTING, "on")
    monkeypatch.setattr(addresses, "_BEGINS", Pace(at_once=10, a_second=1 / 30))
    return Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)


@pytest.fixture
def token(here: Here) -> str:
    return cohorts.open_door(here, cohorts.begin_cohort(here, Cohort(HOSTILE)))[1]


@pytest.fixture
def client(here: Here) -> Iterator[httpx.Client]:
    app = Starlette(routes=ApplicationAddresses(AloneHost()).routes())
    with served(app) as at, plain_http.Client(base_url=at, timeout=60) as client:
        yield client


def mine(
    client: httpx.Client, token: str, key: str, method: str = "GET", path: str = "", **body: Any
) -> httpx.Response:
    at, headers = f"/apply/{token}/mine{path}", {"X-Applicant": key}
    return client.request(method, at, headers=headers, json=body or None)


def test_from_the_address_to_an_application(client: httpx.Client, token: str, here: Here) -> None:
    page = client.get(f"/apply/{token}")
    assert page.status_code == 200
    assert "<img" not in page.text
    assert "&lt;img" in page.text
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    begun = client.post(f"/apply/{token}")
    key = begun.json()["key"]
    assert begun.status_code == 201
    told = mine(client, token, key, "PUT", answers=WHOLE.answers, team=TEAM).json()
    assert (told["state"], told["open"]) == ("draft", [])
    assert "you have an answer by" in told["promise"]
    assert mine(client, token, key).json()["answers"] == WHOLE.answers
    assert mine(client, token, key, "POST", "/send").json()["state"] == "received"
    assert [kept.content.state for kept in applications(here)] == ["received"]
    assert mine(client, token, key, "PUT", answers={}, team=[]).status_code == 422
    assert mine(client, token, key, "POST", "/withdraw").json()["state"] == "withdrawn"


def test_what_is_open_is_said_when_it_is_sent(client: httpx.Client, token: str) -> None:
    key = client.post(f"/apply/{token}").json()["key"]
    refused = mine(client, token, key, "POST", "/send")
    assert refused.status_code == 422
    assert refused.json()["error"].startswith("Still open: Name of the organization; Where are you?")


def test_a_stranger_gets_nothing(client: httpx.Client, token: str) -> None:
    key = client.post(f"/apply/{token}").json()["key"]
    assert "No applications are taken" in client.get("/apply/nothing").text
    assert client.post("/apply/nothing").status_code == 422
    for wrong in ("", "x", key[:-1], "a" * 5_000):
        assert mine(client, token, wrong).status_code == 422
    for body in (b"", b"[]", b'{"answers": []}', b"[" * 20_000, b'{"answers": {}, "team": [3]}'):
        answer = client.put(f"/apply/{token}/mine", headers={"X-Applicant": key}, content=body)
        assert answer.status_code == 400, body[:20]
    long = mine(client, token, key, "PUT", answers={"why_now": "x" * 60_000}, team=[])
    assert long.status_code == 413
    assert client.get("/apply/files/apply.html").status_code == 404
    assert client.get("/apply/files/apply.js").status_code == 200


def test_many_at_once_are_told_to_wait(client: httpx.Client, token: str) -> None:
    codes = [client.post(f"/apply/{token}").status_code for _ in range(12)]
    assert codes[:10] == [201] * 10
    assert codes[-1] == 429


def test_without_the_setting_there_is_no_address(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "")
    assert ApplicationAddresses(AloneHost()).routes() == []


def test_the_form_its_answers_and_refusals_come_in_spanish(client: httpx.Client, token: str) -> None:
    """By the browser's language or the switch; the network's own questions stay as it wrote them."""
    page = client.get(f"/apply/{token}", headers={"Accept-Language": "es"})
    assert '<html lang="es">' in page.text and "Empezar una solicitud" in page.text and "Guarde la" in page.text
    assert "a más tardar el " in page.text and "necesario" in page.text
    assert "Begin an application" in client.get(f"/apply/{token}?lang=en", headers={"Accept-Language": "es"}).text
    key = client.post(f"/apply/{token}").json()["key"]
    spanish = {"X-Applicant": key, "Accept-Language": "es"}
    own = client.get(f"/apply/{token}/mine", headers=spanish).json()
    assert own["promise"].startswith("Si la envía hoy") and own["missing_lenses"].startswith("Todavía nadie aporta: ")
    sent = client.post(f"/apply/{token}/mine/send", headers=spanish)
    assert (sent.status_code, sent.json()["error"].startswith("Falta responder: ")) == (422, True)
    unknown = client.get(f"/apply/{token}/mine", headers={"X-Applicant": "x", "Accept-Language": "es"})
    assert unknown.json()["error"].startswith("No hay esa solicitud")
