"""Without sign-in the server answers this machine alone; an upload is taken from its own person, while they may."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from equity.access.may import Allowed
from equity.server.guard import (
    ANOTHER_NAME,
    BROKEN_SECRETS,
    OPEN_TO_A_NETWORK,
    Guard,
    host_name,
    is_this_machine,
    refusal,
)
from equity.server.upload_tickets import TICKETS
from equity.store.workspace.audit_log import entries
from equity.store.workspace.database import workspace_database
from equity.store.workspace.people import change_role
from equity.store.workspace.person import LOCAL_OWNER, ROLES
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.ui.session import sign_in
from equity.ui.streamlit_host import HOST, ROUTES
from tests.pages.people import SECRETS, claims, join
from tests.server.asgi import ask

APP = Starlette(routes=ROUTES, middleware=[Middleware(Guard, host=HOST)])
ORIGIN = "http://localhost:8501"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(secrets_singleton, "_secrets", {"other": {}})
    before = config.get_option("server.address")
    config.set_option("server.address", "127.0.0.1")
    yield tmp_path
    config.set_option("server.address", before)


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets_singleton, "_secrets", SECRETS)


def scope(host: str = "localhost:8501", came_in: str = "127.0.0.1", kind: str = "http") -> dict[str, Any]:
    return {
        "type": kind,
        "headers": [(b"host", host.encode())],
        "server": (came_in, 8501),
        "path": "/",
        "method": "GET",
    }


@pytest.mark.parametrize("told", ["0.0.0.0", "::", "", "192.168.1.20", "dashboard.example.org"])
def test_a_server_told_to_listen_to_a_network_refuses_with_one_sentence(told: str) -> None:
    config.set_option("server.address", told)
    assert refusal(scope(), HOST) == OPEN_TO_A_NETWORK
    answer = ask(APP, "/api/health")
    assert (answer.status, answer.text) == (403, OPEN_TO_A_NETWORK)


def test_a_connection_from_the_network_is_refused_whatever_the_settings_say() -> None:
    assert refusal(scope(came_in="192.168.1.20"), HOST) == OPEN_TO_A_NETWORK
    assert refusal(scope(came_in="::ffff:192.168.1.20"), HOST) == OPEN_TO_A_NETWORK
    assert refusal(scope(came_in="::ffff:127.0.0.1"), HOST) == ""
    assert refusal(scope(came_in="::1"), HOST) == ""


@pytest.mark.parametrize("host", ["evil.example.org", "evil.example.org:8501", "localhost.evil.org", "192.168.1.20"])
def test_a_name_of_somebody_else_that_points_here_is_refused(host: str) -> None:
    assert refusal(scope(host), HOST) == ANOTHER_NAME
    assert refusal(scope(host, kind="websocket"), HOST) == ANOTHER_NAME


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.:8501", "127.0.0.1:8501", "[::1]:8501", "127.8.8.8", ""])
def test_this_machines_own_names_are_answered(host: str) -> None:
    assert refusal(scope(host), HOST) == ""


def test_secrets_that_cannot_be_read_let_nobody_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth\n", encoding="utf-8")
    monkeypatch.setattr(secrets_singleton, "_secrets", None)
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(broken)])
    try:
        assert sign_in.setting() == "broken"
        assert refusal(scope(), HOST) == BROKEN_SECRETS
        assert sign_in.person_of(Request(scope())) is None
    finally:
        config.set_option("secrets.files", before)


@pytest.mark.usefixtures("signed_in")
def test_with_sign_in_any_address_is_served_and_links_do_not_travel_on() -> None:
    config.set_option("server.address", "0.0.0.0")
    assert refusal(scope("dashboard.example.org", "192.168.1.20"), HOST) == ""
    answer = ask(APP, "/api/health")
    assert answer.status == 200
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]


def test_host_names_are_read_without_port_and_brackets() -> None:
    assert [host_name(h) for h in ("a.org:80", "[::1]:80", "::1", "localhost")] == ["a.org", "::1", "", "localhost"]
    assert not is_this_machine("127.0.0.1.evil.org")


def cookie(
    person: Mapping[str, object], *, origin: str = ORIGIN, secret: str = SECRETS["auth"]["cookie_secret"]
) -> str:
    value = json.dumps({**person, "origin": origin})
    return create_signed_value(secret, USER_COOKIE_NAME, value).decode()


def send(cookie_value: str, ticket: str) -> tuple[int, str]:
    token = generate_xsrf_token_string()
    headers = {
        "Cookie": f"_streamlit_xsrf={token}; {USER_COOKIE_NAME}={cookie_value}",
        "X-Xsrftoken": token,
        "X-Upload-Ticket": ticket,
        "X-File-Name": "visits.csv",
    }
    answer = ask(APP, "/api/upload", headers, "POST", [b"a,b\n1,2\n"])
    return answer.status, answer.text


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("role", ROLES)
def test_the_upload_address_asks_for_the_role_again(role: Any) -> None:
    database = workspace_database()
    person = join(database, role)
    status, said = send(cookie(claims(role)), TICKETS.issue(Allowed(person, HOME_WORKSPACE)))
    if role in ("owner", "analyst"):
        assert status == 200
        newest = entries(database, HOME_WORKSPACE)[0]
        assert (newest.action, newest.actor, newest.subject) == ("uploaded", role, "visits.csv")
    else:
        assert (status, "may not upload files" in said) == (403, True)


@pytest.mark.usefixtures("signed_in")
def test_forged_and_borrowed_identities_upload_nothing(home: Path) -> None:
    database = workspace_database()
    owner = join(database, "owner")
    join(database, "analyst")
    ticket = TICKETS.issue(Allowed(owner, HOME_WORKSPACE))
    wrong = [
        "",
        "made-up",
        json.dumps(claims("owner")),
        cookie(claims("owner"), secret="another secret, of somebody else"),
        cookie(claims("owner"), origin="https://elsewhere.example.org"),
        cookie({**claims("owner"), "is_logged_in": "true"}),
        cookie(claims("analyst")),
        cookie(claims("nobody", role="owner", roles=["owner"])),
    ]
    for value in wrong:
        assert send(value, ticket)[0] == 403, value
    assert send(cookie(claims("owner")), "made-up")[0] == 403
    assert not list((home / "home" / "staging").rglob("*.csv"))
    assert send(cookie(claims("owner")), ticket)[0] == 200
    second = join(database, "member")
    change_role(database, HOME_WORKSPACE, second.id, "owner", seen="member", by=LOCAL_OWNER)
    change_role(database, HOME_WORKSPACE, owner.id, "leader", seen="owner", by=LOCAL_OWNER)
    assert send(cookie(claims("owner")), ticket)[0] == 403
