"""A server of nothing but calls on a release, for people in a room who join a laptop: `python -m equity call serve`.

Nothing else of the workspace is reachable: there is no other address, nobody signs in, and no card is ever made from
the workspace's own numbers here. The line is not encrypted, and whoever starts it is told so.
"""

from __future__ import annotations

import socket
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from equity.server import charts
from equity.server.calls.addresses import Addresses
from equity.server.guard import HEADERS
from equity.server.host import SignIn
from equity.store.workspace.person import Person
from equity.vocabulary import PlainError
from equity.words.labels.server import SERVER_TEXTS

NOT_ENCRYPTED = SERVER_TEXTS["this_line_is_not_encrypted_whoever"]


class AloneHost:
    """A :class:`equity.server.host.Host` on which nobody signs in and there are no pages."""

    def sign_in(self) -> SignIn:
        """Nobody signs in here."""
        return "local"

    def listens_on(self) -> str:
        """Asked by nobody here: there is no guard, for there is nothing to guard."""
        return ""

    def base(self) -> str:
        """At the root."""
        return ""

    def front_end(self) -> Path:
        """There is none."""
        raise NotImplementedError

    def is_from_an_open_page(self, request: Request) -> bool:
        """There are no pages."""
        return False

    def is_signed_in(self, connection: HTTPConnection) -> bool:
        """Nobody signs in here."""
        return False

    def is_open(self, session: str) -> bool:
        """There are no pages."""
        return False

    def person(self, request: Request) -> Person | None:
        """Nobody is known here."""
        return None


class _SafeHeaders:
    """The headers that every answer of ours carries."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the headers that the answer does not have."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name.lower() for name, _ in message["headers"]}
                more = [(k.lower().encode(), v.encode()) for k, v in HEADERS.items() if k.lower().encode() not in names]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        await self.app(scope, receive, sent)


def calls_alone() -> Starlette:
    """The application: the addresses of calls on a release, and a sentence for everything else."""

    async def nothing(request: Request, error: Exception) -> Response:
        return JSONResponse({"error": SERVER_TEXTS["there_is_nothing_at_this_address"]}, 404)

    host = AloneHost()
    return Starlette(
        routes=[*charts.routes(host), *Addresses(host, only_releases=True).routes()],
        exception_handlers={404: nothing, 405: nothing},
        middleware=[Middleware(_SafeHeaders)],
    )


def serve(address: str, port: int) -> None:
    """Serve until stopped. Raises :class:`PlainError` where the port is taken or the address is not this machine's."""
    import uvicorn

    try:
        with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as asked:
            asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            asked.bind((address, port))
    except OSError as error:
        raise PlainError(f"{address}:{port} cannot be served ({error.strerror}): choose another --port.") from None
    uvicorn.run(calls_alone(), host=address, port=port, log_level="warning", server_header=False)


def addresses_of_this_machine(address: str, port: int) -> list[str]:
    """Under which addresses others reach a server that listens there, the likeliest first."""
    if address not in ("0.0.0.0", "::"):  # noqa: S104 — asked, not listened on
        return [f"http://{address}:{port}"]
    addresses = [f"http://127.0.0.1:{port}"]
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
            asked.connect(("192.0.2.1", 9))  # an address for documentation: nothing is sent
            addresses.insert(0, f"http://{asked.getsockname()[0]}:{port}")
    except OSError:
        pass
    return list(dict.fromkeys(addresses))
