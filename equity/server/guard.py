"""The outermost door: without a sign-in this server answers the machine that it runs on, and nobody else.

An ASGI middleware before everything else, Streamlit's own addresses included. It looks at the address that the server
was told to listen on, at the one that a connection came in on, and at the name that the browser used (a page elsewhere
could point a name of its own at this machine). Then it asks `wishes.py` whether such a request is answered at all, and
cuts off what goes on for too long.
"""

from __future__ import annotations

import ipaddress

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from equity.server import wishes
from equity.server.content_policy import policy, policy_for
from equity.server.host import Host
from equity.server.wishes import LONGEST_BODY, LONGEST_SAID, TOO_LONG, Refused, host_name
from equity.words.labels.server import SERVER_TEXTS

OPEN_TO_A_NETWORK = SERVER_TEXTS["this_dashboard_is_not_served"]
ANOTHER_NAME = SERVER_TEXTS["this_dashboard_has_no_sign"]
BROKEN_SECRETS = SERVER_TEXTS["this_dashboard_is_not_served_its"]
HEADERS = {
    "Referrer-Policy": "no-referrer",  # a link's token must not travel to another server
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",  # a page that opened ours in a window cannot speak to it
}


class Guard:
    """Refuses with a sentence, or passes on."""

    def __init__(self, app: ASGIApp, host: Host) -> None:
        self.app = app
        self.host = host
        self.policy = policy(host.front_end())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        signed_in = self.host.is_signed_in(HTTPConnection(scope))
        no = Refused(403, refusal(scope, self.host))
        refused = no if no.sentence else wishes.refused(scope, self.host.base(), signed_in)
        headers = Headers(scope=scope)
        answer = with_headers(send, policy_for(self.policy, headers.get("host", "")), is_https(scope, headers))
        if wishes.is_foreign(headers):
            scope = wishes.without_origin(scope)
        if refused is not None:
            await _refuse(refused, scope, receive, answer)
        elif scope["type"] == "websocket":
            await self.app(scope, heard(receive, answer, LONGEST_SAID if signed_in else LONGEST_BODY), answer)
        elif wishes.takes_any_length(scope, self.host.base()):
            await self.app(scope, receive, answer)
        else:
            await self._with_a_short_body(scope, receive, answer)

    async def _with_a_short_body(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request whose body is cut off where it is longer than it may be, whatever it said of itself."""
        began = False

        async def sent(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self.app(scope, short(receive), sent)
        except TooLongError:
            if not began:
                await _refuse(Refused(413, TOO_LONG), scope, receive, send)


class TooLongError(Exception):
    """A body that goes on beyond what its address takes."""


def short(receive: Receive) -> Receive:
    """What a request's body is read by; raises :class:`TooLongError` when it goes on too long."""
    met = 0

    async def received() -> Message:
        nonlocal met
        message = await receive()
        met += len(message.get("body", b""))
        if met > LONGEST_BODY:
            raise TooLongError
        return message

    return received


def heard(receive: Receive, send: Send, longest: int) -> Receive:
    """What a page's messages are read by; one that is too long ends the connection."""

    async def received() -> Message:
        message = await receive()
        said = message.get("bytes") or message.get("text") or b""
        if message["type"] != "websocket.receive" or len(said) <= longest:
            return message
        await send({"type": "websocket.close", "code": 1009, "reason": SERVER_TEXTS["this_message_is_too_long"]})
        return {"type": "websocket.disconnect", "code": 1009}

    return received


async def _refuse(refused: Refused, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await PlainTextResponse(refused.sentence, status_code=refused.status)(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1008, "reason": SERVER_TEXTS["this_connection_is_refused"]})


def refusal(scope: Scope, host: Host) -> str:
    """Why this connection is refused, in a sentence; empty when it is not."""
    configured = host.sign_in()
    if configured == "configured":
        return ""
    if configured == "broken":
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


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def is_https(scope: Scope, headers: Headers) -> bool:
    """Whether the browser speaks HTTPS, to this server or to the proxy before it."""
    return scope.get("scheme") in ("https", "wss") or headers.get("x-forwarded-proto", "").split(",")[0] == "https"


def with_headers(send: Send, content_policy: str, https: bool) -> Send:
    """Answers with the headers that every answer has; cookies come back over HTTPS only where that is spoken."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in {**HEADERS, "Content-Security-Policy": content_policy}.items():
                headers.setdefault(name, value)
            if https:
                message["headers"] = [(name, _secure(name, value)) for name, value in message["headers"]]
        await send(message)

    return sent


def _secure(name: bytes, value: bytes) -> bytes:
    unsafe = name.lower() == b"set-cookie" and b"; secure" not in value.lower()
    return value + b"; Secure" if unsafe else value
