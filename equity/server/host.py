"""What only the server that runs us knows. `equity/ui/streamlit_host.py` asks Streamlit; tests may answer otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Protocol

from starlette.requests import HTTPConnection, Request

from equity.store.workspace.person import Person

SignIn = Literal["local", "configured", "broken"]


class Host(Protocol):
    """The server that our addresses are part of."""

    def sign_in(self) -> SignIn:
        """Whether people sign in: ``broken`` where a secrets file is there and cannot be read."""

    def listens_on(self) -> str:
        """The address that the server was told to listen on; empty for every one."""

    def base(self) -> str:
        """The path below which everything is served, such as ``/equity``; empty for none."""

    def front_end(self) -> Path:
        """The folder that holds index.html and static/."""

    def is_from_an_open_page(self, request: Request) -> bool:
        """Whether a request carries this server's cross-site token, in cookie and header alike."""

    def is_signed_in(self, connection: HTTPConnection) -> bool:
        """Whether whoever connects has signed in (or sits at this machine, where there is no sign-in)."""

    def is_open(self, session: str) -> bool:
        """Whether a browser is connected to a page's session now."""

    def person(self, request: Request) -> Person | None:
        """Who sends a request; None for somebody who has not signed in."""
