"""The outermost door: without a sign-in this server answers the machine that it runs on, and nobody else.

An ASGI middleware before everything else, Streamlit's own addresses included. It looks at the address that the server
was told to listen on, at the one that a connection came in on, and at the name that the browser used (a page elsewhere
could point a name of its own at this machine).
"""

from __future__ import annotations

import ipaddress

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from equity.server.host import Host

OPEN_TO_A_NETWORK = (
    "This dashboard is not served: it would be open to a network without anybody signing in. Configure sign-in "
    "(docs/sharing.md), or start it on this machine alone with --server.address 127.0.0.1."
)
ANOTHER_NAME = (
    "This dashboard has no sign-in and answers to the names of this machine alone: open it as http://localhost with "
    "its port."
)
BROKEN_SECRETS = (
    "This dashboard is not served: its secrets file cannot be read, so nobody can sign in. Mend it and start again."
)
HEADERS = {
    "Referrer-Policy": "no-referrer",  # a link's token must not travel to another server
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "frame-ancestors 'self'",  # nobody draws our buttons under a page of theirs
}


class Guard:
    """Refuses with a sentence, or passes on."""

    def __init__(self, app: ASGIApp, host: Host) -> None:
        self.app = app
        self.host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refused = refusal(scope, self.host)
        if not refused:
            await self.app(scope, receive, _with_headers(send))
        elif scope["type"] == "http":
            await PlainTextResponse(refused, status_code=403, headers=HEADERS)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008, "reason": "Sign-in is not configured."})


def refusal(scope: Scope, host: Host) -> str:
    """Why this connection is refused, in a sentence; empty when it is not."""
    found = host.sign_in()
    if found == "configured":
        return ""
    if found == "broken":
        return BROKEN_SECRETS
    told = host.listens_on()
    came_in = str((scope.get("server") or ("",))[0] or "")
    if not is_this_machine(told) or (_is_address(came_in) and not is_this_machine(came_in)):
        return OPEN_TO_A_NETWORK
    name = host_name(Headers(scope=scope).get("host", ""))
    return ANOTHER_NAME if name and not is_this_machine(name) else ""


def is_this_machine(name: str) -> bool:
    """Whether a name or an address is this machine's own and reached from nowhere else."""
    if name.rstrip(".").lower() == "localhost":
        return True
    if not _is_address(name):
        return False
    address = ipaddress.ip_address(name)
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def host_name(host: str) -> str:
    """The name in a Host header, without its port and without the brackets of an IPv6 address."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sent
