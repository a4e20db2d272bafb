"""What a request may ask of this server at all: which addresses there are for whom, from which pages, and how long.

Streamlit's own address for files takes anybody's and keeps them in memory: it takes nothing here; nor does anybody
learn how many sessions there are, for whoever has an account with the provider has signed in, invited or not. Whoever
has not signed in gets what signing in and opening a link need. What a foreign page sends is not carried out, and causes
no call to the outside: its `Origin` goes no further than here.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import Scope

from equity.words.labels.server import SERVER_TEXTS
from equity.words.labels.session import SESSION_TEXTS

LONGEST_BODY = 64 * 1024
LONGEST_SAID = 4 * 1024**2
"""Bytes of one message of a page to somebody who has signed in; `LONGEST_BODY` to anybody else."""

NOT_SERVED = ("/_stcore/upload_file", "/_stcore/agent", "/_stcore/metrics")
FOR_PEOPLE = ("/_stcore/", "/component/", "/app/static")
FOR_ANYBODY = ("/_stcore/health", "/_stcore/host-config", "/_stcore/stream")
OWN_PAGES_ONLY = ("/auth/login", "/auth/logout")
LARGE_BODIES = ("/api/upload",)
USUAL_PORTS = {"http": "80", "https": "443"}


@dataclass(frozen=True)
class Refused:
    """An HTTP status and the sentence for whoever asked."""

    status: int
    sentence: str


def refused(scope: Scope, base: str, signed_in: bool) -> Refused | None:
    """Why this request is not answered; None when it is. ``base`` is the path that everything is served below."""
    path, headers = str(scope["path"]).removeprefix(base), Headers(scope=scope)
    if path.startswith(NOT_SERVED):
        return Refused(404, SERVER_TEXTS["there_is_nothing_at_this_address_files"])
    if path.startswith(FOR_PEOPLE) and path not in FOR_ANYBODY and not signed_in:
        return Refused(403, SESSION_TEXTS["please_sign_in_first"])
    if path in OWN_PAGES_ONLY and headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return Refused(403, SERVER_TEXTS["another_site_may_not_sign"])
    if is_foreign(headers) and (scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD")):
        return Refused(403, SERVER_TEXTS["this_comes_from_a_page"])
    length = headers.get("content-length", "")
    if path not in LARGE_BODIES and length.isdecimal() and int(length[:20]) > LONGEST_BODY:
        return Refused(413, TOO_LONG)
    return None


TOO_LONG = SERVER_TEXTS["this_is_longer_than_the_kb_that_this_address"].format(longest_body=LONGEST_BODY // 1024)


def takes_any_length(scope: Scope, base: str) -> bool:
    """Whether the address sets a limit of its own."""
    return str(scope["path"]).removeprefix(base) in LARGE_BODIES


def is_foreign(headers: Headers) -> bool:
    """Whether a request comes from a page that is not this server's: Origin and Host differ in name, or in port.

    Where Host names no port, a proxy may have left it out, and the name decides; a proxy that ends HTTPS may name the
    usual port of the other scheme.
    """
    origin, host = headers.get("origin"), headers.get("host", "")
    if origin is None:
        return False
    scheme, _, whose = origin.partition("://")
    asked, from_port = _port(host), _port(whose) or USUAL_PORTS.get(scheme.lower(), "")
    usual = {asked, from_port} <= set(USUAL_PORTS.values())
    return host_name(whose) != host_name(host) or bool(asked and asked != from_port and not usual)


def without_origin(scope: Scope) -> Scope:
    """The request as if no page had sent it."""
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name.lower() != b"origin"]}


def _port(host: str) -> str:
    """What stands after the name in a Host header; empty for nothing."""
    return host.rpartition("]")[2].partition(":")[2]


def host_name(host: str) -> str:
    """The name in a Host header, without its port and without the brackets of an IPv6 address."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()
