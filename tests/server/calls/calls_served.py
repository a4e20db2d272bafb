"""A server of calls in a thread of its own, and a client that reads its event stream."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from equity.server import charts
from equity.server.calls.addresses import Addresses
from equity.server.calls.alone import AloneHost
from tests import plain_http


def on_this_machine() -> Starlette:
    """The addresses as they are on a server without sign-in."""
    host = AloneHost()
    return Starlette(routes=[*charts.routes(host), *Addresses(host).routes()])


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The address of a server of this application."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", lifespan="off"))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = server.force_exit = True
    thread.join(10)


class Participant:
    """Somebody on a call, by the addresses alone."""

    def __init__(self, at: str, name: str = "", lens: str = "data") -> None:
        self.at = at
        self.headers: dict[str, str] = {}
        if name:
            answer = self.post("join", name=name, lens=lens)
            assert answer.status_code == 201, answer.text
            self.headers = {"X-Participant": answer.json()["participant"]}

    def post(self, where: str, **body: Any) -> httpx.Response:
        return plain_http.post(f"{self.at}/{where}", json=body, headers=self.headers, timeout=20)

    def get(self, where: str, **headers: str) -> httpx.Response:
        return plain_http.get(f"{self.at}/{where}", headers={**self.headers, **headers}, timeout=20)

    def writes(self, client: str, words: str, stage: str = "notice", **more: Any) -> httpx.Response:
        return self.post(
            "contributions", client_id=client, stage=stage, words=words, anonymous=False, anchor=None, **more
        )

    def hears(self, seconds: float = 1.0, after: int | None = None, until: int = 0) -> list[dict[str, Any]]:
        """What comes within some seconds, or until so many messages: {"id", "event", "data"}.

        From the beginning there is always something to hear, so a busy machine is waited for.
        """
        for _ in range(30 if after is None else 1):
            if found := self._heard(seconds, after, until):
                return found
        return []

    def _heard(self, seconds: float, after: int | None, until: int) -> list[dict[str, Any]]:
        where = f"{self.at}/events" + ("" if after is None else f"?after={after}")
        found: list[dict[str, Any]] = []
        try:
            with plain_http.stream(
                "GET", where, headers=self.headers, timeout=httpx.Timeout(20, read=seconds)
            ) as stream:
                assert stream.status_code == 200
                rest = ""
                for text in stream.iter_text():
                    *whole, rest = (rest + text).split("\n\n")
                    found += [parsed for parsed in map(message, whole) if parsed]
                    if until and len(found) >= until:
                        break
        except httpx.ReadTimeout:
            pass
        return found


def message(block: str) -> dict[str, Any]:
    """One message of a stream; nothing for a comment."""
    fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line and not line.startswith(":"))
    if "event" not in fields:
        return {}
    return {"id": int(fields["id"]), "event": fields["event"], "data": json.loads(fields["data"])}
