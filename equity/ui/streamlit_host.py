"""Streamlit as the server that our own addresses are part of: all that is asked of its insides is asked here."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import HTTPConnection, Request
from streamlit import config, file_util
from streamlit.web.server.starlette.starlette_app_utils import validate_xsrf_token

from equity.server.compression import CompressedFiles
from equity.server.host import SignIn
from equity.server.routes import layers, routes
from equity.server.start import lifespan_with
from equity.store.workspace.person import Person
from equity.ui.session import presence, sign_in


class StreamlitHost:
    """A :class:`equity.server.host.Host`."""

    def sign_in(self) -> SignIn:
        return sign_in.setting()

    def listens_on(self) -> str:
        return str(config.get_option("server.address") or "")

    def base(self) -> str:
        return f"/{str(config.get_option('server.baseUrlPath') or '').strip('/')}".rstrip("/")

    def front_end(self) -> Path:
        return Path(file_util.get_static_dir())

    def is_from_an_open_page(self, request: Request) -> bool:
        return validate_xsrf_token(request.headers.get("x-xsrftoken"), request.cookies.get("_streamlit_xsrf"))

    def is_signed_in(self, connection: HTTPConnection) -> bool:
        return sign_in.is_signed_in(connection)

    def is_open(self, session: str) -> bool:
        return presence.is_open(session)

    def person(self, request: Request) -> Person | None:
        return sign_in.person_of(request)


HOST = StreamlitHost()
FRONT_END = CompressedFiles(HOST.front_end() / "static")
ROUTES = routes(HOST)
LAYERS = layers(HOST, FRONT_END)
lifespan = lifespan_with(HOST, FRONT_END)
