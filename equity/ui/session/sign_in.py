"""Who is here, in which workspace, and may they? Between Streamlit's sign-in and `equity/access`.

Without ``[auth]`` in the secrets there is no sign-in: the server answers this machine alone (gate.py), and whoever sits
at it is the one local owner. With it, people sign in with an OIDC provider (``st.login``), and roles come from the
workspace's members, never from a token. Secrets that cannot be read let nobody in.

`arrive` reads all that anew at each run of a page, `require` at each action: a role that was taken away is gone with
the next click.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import HTTPConnection, Request
from streamlit import config
from streamlit.auth_util import get_origin_from_redirect_uri
from streamlit.web.server.starlette import starlette_websocket
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from equity.access import may as access
from equity.access.may import Allowed, NotAllowed
from equity.access.roles import Action, roles_that_may
from equity.access.who import person_from_claims
from equity.server.host import SignIn
from equity.store.files.home import HOME_SETTING
from equity.store.workspace import audit_log
from equity.store.workspace.database import URL_SETTING, Database, workspace_database
from equity.store.workspace.person import LOCAL_OWNER, Person, Role
from equity.store.workspace.workspaces import Workspace, workspaces_of
from equity.words.labels.session import SESSION_TEXTS

KEPT_SECONDS = 2.0
DENIED = "not_offered"
"""Where a run keeps what it denied."""


@dataclass(frozen=True)
class Visitor:
    """Whoever looks at a page: nobody until they sign in, and without a workspace until they are invited."""

    person: Person | None
    workspace: Workspace | None
    role: Role | None

    def may(self, action: Action) -> bool:
        """Whether their role gives this."""
        return self.role is not None and self.role in roles_that_may(action)


def setting() -> SignIn:
    """Whether there is a sign-in: ``broken`` where a secrets file is there and cannot be read."""
    if st.secrets.load_if_toml_exists():
        return "configured" if "auth" in st.secrets else "local"
    return "broken" if any(Path(file).is_file() for file in config.get_option("secrets.files")) else "local"


def database() -> Database:
    """The workspace store, looked up anew where its settings are new: a page asks for it ten times."""
    return _database(os.environ.get(URL_SETTING, ""), os.environ.get(HOME_SETTING, ""))


@lru_cache(maxsize=8)
def _database(url: str, home: str) -> Database:
    return workspace_database()


def arrive() -> Visitor:
    """Find out who is here, anew."""
    person = _person()
    mine = () if person is None else workspaces_of(database(), person.id)
    wanted = st.session_state.get("workspace")
    place, role = next(((held, role) for held, role in mine if held.id == wanted), mine[0] if mine else (None, None))
    arrived = Visitor(person, place, role)
    st.session_state["visitor"] = (time.monotonic(), arrived)
    return arrived


def visitor() -> Visitor:
    """Who is here, as found at most two seconds ago."""
    at, latest = st.session_state.get("visitor", (-KEPT_SECONDS, None))
    return arrive() if latest is None or time.monotonic() - at > KEPT_SECONDS else latest


def may(action: Action) -> bool:
    """Whether whoever is here may do this: for what is offered. What is done asks `require`.

    What is denied is remembered, so that the page can say who may (`not_offered.py`).
    """
    allowed = visitor().may(action)
    if not allowed:
        st.session_state.setdefault(DENIED, []).append(action)
    return allowed


def require(action: Action) -> Allowed:
    """Who asks, and in which workspace, when they may do this now; raises :class:`NotAllowed` with a sentence."""
    who = arrive()
    if who.person is None:
        raise NotAllowed(SESSION_TEXTS["please_sign_in_first"])
    if who.workspace is None:
        raise NotAllowed(SESSION_TEXTS["you_are_in_no_workspace_yet_please"])
    return Allowed(access.require(database(), who.person, who.workspace.id, action), who.workspace.id)


def workspace_id() -> str:
    """The workspace that is looked at; empty when there is none."""
    place = visitor().workspace
    return "" if place is None else place.id


def person_of(request: Request) -> Person | None:
    """Who sends a request to one of our own addresses: by the signed cookie that Streamlit gave at sign-in."""
    auth = setting()
    if auth != "configured":
        return LOCAL_OWNER if auth == "local" else None
    claims = _claims_of(request)
    return person_from_claims(database(), claims) if claims is not None else None


def is_signed_in(connection: HTTPConnection) -> bool:
    """Whether whoever connects has signed in, or sits at this machine where there is no sign-in."""
    auth = setting()
    return auth == "local" or (auth == "configured" and _claims_of(connection) is not None)


def _claims_of(connection: HTTPConnection) -> dict[str, Any] | None:
    """What the signed cookie says of a person; None without one that was signed here for somebody who is signed in."""
    signed = starlette_websocket._get_signed_cookie_with_chunks(dict(connection.cookies), USER_COOKIE_NAME)
    origin = get_origin_from_redirect_uri()
    if not signed or not origin:
        return None
    claims = starlette_websocket._parse_decoded_user_cookie(signed, origin)
    return claims if claims.get("is_logged_in") is True else None


def exported(what: str, write: Callable[[], bytes]) -> Callable[[], bytes]:
    """A download that asks again whether it may be had when it is asked for, and is logged."""
    who, place = visitor(), workspace_id()

    def written() -> bytes:
        person = access.require(database(), who.person, place, "export")
        content = write()
        audit_log.record(database(), place, person, "exported", what, {"bytes": len(content)})
        return content

    return written


def _person() -> Person | None:
    auth = setting()
    if auth != "configured":
        return LOCAL_OWNER if auth == "local" else None
    claims = st.user.to_dict()
    return person_from_claims(database(), claims) if claims.get("is_logged_in") is True else None
