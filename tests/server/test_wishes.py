"""What is answered at all: for whom, from which pages, and how long; and the headers of every answer."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from equity.server import wishes
from equity.server.guard import Guard
from equity.server.wishes import LONGEST_BODY, LONGEST_SAID
from equity.ui.streamlit_host import HOST
from tests.pages.people import SECRETS, claims
from tests.server.asgi import Answer, ask
from tests.server.test_guard import cookie

ROOT = Path(__file__).parents[2]
SEEN: list[dict[str, str]] = []


async def whatever(request: Request) -> PlainTextResponse:
    SEEN.append(dict(request.headers))
    size = len(await request.body())
    answer = PlainTextResponse(f"took {size}")
    answer.set_cookie("one", "1")
    return answer


APP = Starlette(
    routes=[Route("/{path:path}", whatever, methods=["GET", "POST", "PUT", "DELETE"])],
    middleware=[Middleware(Guard, host=HOST)],
)


@pytest.fixture(autouse=True)
def signing_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(secrets_singleton, "_secrets", SECRETS)
    before = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")
    SEEN.clear()
    yield
    config.set_option("server.address", before)


def asked(path: str, method: str = "GET", chunks: tuple[bytes, ...] = (b"",), **headers: str) -> Answer:
    given = {"Host": "dash.example.org", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return ask(APP, path, given, method, chunks)


def signed() -> str:
    return f"_streamlit_user={cookie(claims('owner'))}"


@pytest.mark.parametrize("who", [None, "owner", "leader"])
def test_nobody_learns_how_many_sessions_there_are(who: str | None) -> None:
    """Somebody whom nobody invited has signed in too, with the provider."""
    given = {} if who is None else {"Cookie": f"_streamlit_user={cookie(claims(who))}"}
    assert asked("/_stcore/metrics", **given).status == 404
    assert SEEN == []


def test_no_page_of_another_site_speaks_to_ours() -> None:
    """Streamlit's own list lets every page of its hosting do so; and a page that opened ours would hold its window."""
    assert tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["client"]["allowedOrigins"] == []
    assert asked("/", Cookie=signed()).headers["cross-origin-opener-policy"] == "same-origin"


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "GET"])
def test_streamlits_own_address_for_files_takes_nothing_from_anybody(method: str) -> None:
    for who in ({}, {"Cookie": signed()}):
        answer = asked("/_stcore/upload_file/session/file", method, (b"x" * 1000,), **who)
        assert answer.status == 404
    assert SEEN == []


@pytest.mark.parametrize(
    "path", ["/_stcore/bidi-components/x/y.js", "/component/a/b", "/app/static/a.html", "/_stcore/components"]
)
def test_who_has_not_signed_in_gets_what_signing_in_needs(path: str) -> None:
    assert (asked(path).status, asked(path, Cookie="_streamlit_user=made-up").status) == (403, 403)
    assert SEEN == []
    assert asked(path, Cookie=signed()).status == 200
    for needed in ("/", "/leader", "/static/js/a.js", "/_stcore/health", "/_stcore/host-config", "/api/health"):
        assert asked(needed).status == 200


def test_a_body_is_cut_off_where_it_is_long_whatever_it_says_of_itself() -> None:
    half = b"x" * (LONGEST_BODY // 2)
    assert asked("/anything", "POST", (half, half)).text == f"took {LONGEST_BODY}"
    assert asked("/anything", "POST", (half, half, b"x")).status == 413
    assert asked("/anything", "POST", (b"x",), Content_Length=str(LONGEST_BODY + 1)).status == 413
    assert asked("/anything", "POST", (half, half, half), Content_Length="5", Cookie=signed()).status == 413
    assert asked("/api/upload", "POST", (half,) * 5).text == f"took {5 * len(half)}"


def test_a_foreign_page_signs_nobody_in_or_out_and_changes_nothing() -> None:
    for path in ("/auth/logout", "/auth/login"):
        assert asked(path, Sec_Fetch_Site="cross-site").status == 403
        assert asked(path, Sec_Fetch_Site="same-site").status == 403
        assert asked(path, Sec_Fetch_Site="same-origin").status == 200
    for origin in ("https://evil.example.org", "null", "https://dash.example.org.evil.org"):
        assert asked("/api/upload", "POST", (b"x",), Origin=origin, Cookie=signed()).status == 403
    assert asked("/api/upload", "POST", (b"x",), Origin="https://dash.example.org", Cookie=signed()).status == 200


def test_another_port_of_the_same_name_is_another_site() -> None:
    """A page that something else on this machine serves opens no socket here and sends nothing."""
    for host, origin, foreign in (
        ("127.0.0.1:8501", "http://127.0.0.1:8501", False),
        ("127.0.0.1:8501", "http://127.0.0.1:9999", True),
        ("127.0.0.1:8501", "http://127.0.0.1", True),
        ("127.0.0.1:8501", "http://127.0.0.1:8501.evil.example", True),
        ("[::1]:8501", "http://[::1]:8501", False),
        ("[::1]:8501", "http://[::1]:1", True),
        ("dash.example.org", "https://dash.example.org", False),
        ("dash.example.org:443", "https://dash.example.org", False),
        ("dash.example.org", "https://dash.example.org:8443", False),  # a proxy that leaves the port out
        ("dash.example.org:80", "https://dash.example.org", False),  # a proxy behind the one that ends HTTPS
    ):
        assert wishes.is_foreign(Headers({"host": host, "origin": origin})) is foreign, (host, origin)


def test_a_foreign_origin_goes_no_further_so_nobody_asks_the_outside_about_it() -> None:
    assert asked("/_stcore/health", Origin="https://evil.example.org").status == 200
    assert asked("/_stcore/health", Origin="https://dash.example.org").status == 200
    assert ["origin" in headers for headers in SEEN] == [False, True]


def socket(origin: str, messages: list[Message], **headers: str) -> tuple[list[Message], list[Message]]:
    """What the server sends over a websocket, and what the application behind the guard hears."""
    heard: list[Message] = []
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        while not heard or heard[-1]["type"] == "websocket.receive":
            heard.append(await receive())

    async def receive() -> Message:
        return messages.pop(0) if messages else {"type": "websocket.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    given = {"host": "dash.example.org", "origin": origin, **headers}
    scope: dict[str, Any] = {
        "type": "websocket",
        "path": "/_stcore/stream",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }
    asyncio.run(Guard(app, HOST)(scope, receive, send))
    return sent, heard


def test_a_websocket_is_our_own_pages_alone_and_its_messages_are_short() -> None:
    def said(length: int) -> Message:
        return {"type": "websocket.receive", "bytes": b"x" * length}

    sent, heard = socket("https://evil.example.org", [said(1)])
    assert (sent[0]["type"], heard) == ("websocket.close", [])
    ours = "https://dash.example.org"
    for length, cookies, taken in (
        (LONGEST_BODY, "", True),
        (LONGEST_BODY + 1, "", False),
        (LONGEST_SAID, signed(), True),
        (LONGEST_SAID + 1, signed(), False),
    ):
        sent, heard = socket(ours, [said(length)], cookie=cookies)
        assert heard[0]["type"] == ("websocket.receive" if taken else "websocket.disconnect")
        assert [message["code"] for message in sent] == ([] if taken else [1009])


def test_cookies_are_secure_where_https_is_spoken_and_pages_run_our_scripts_alone() -> None:
    assert "secure" not in asked("/").headers["set-cookie"].lower()
    answer = asked("/", X_Forwarded_Proto="https")
    assert answer.headers["set-cookie"].endswith("; Secure")
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self' blob: 'wasm-unsafe-eval' 'sha256-" in policy
    assert "'unsafe-eval'" not in policy
    assert "wss://dash.example.org" in policy
    assert "evil" not in asked("/", Host="a; script-src evil").headers["content-security-policy"]
