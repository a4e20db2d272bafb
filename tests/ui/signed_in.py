"""Sessions with a running server as a program holds them that is no browser: whatever a client can send, it can send.

It speaks the server's own protocol over a websocket, signed in by a cookie that is signed with the test server's
secret. So a test can press a button that is not offered any more, on its own or in a dialog that is still open.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string
from websockets.sync.client import ClientConnection, connect

COOKIE_SECRET = "only for these tests, and long enough for it"
SECONDS_A_RUN = 60
EVENTS = "__events"
ENDED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
AUTH = """[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "only for these tests, and long enough for it"
client_id = "equity"
client_secret = "equity"
server_metadata_url = "https://id.example.org/.well-known/openid-configuration"
"""


@dataclass
class Drawn:
    """What the server sent for one run: its sentences, and the widgets by id with the fragment that each is in."""

    html: list[str] = field(default_factory=list)
    fragments: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    components: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All sentences."""
        return "\n".join(self.html)

    def widget(self, part: str) -> str:
        """The id of the one widget whose id holds this text (its key)."""
        [found] = [name for name in self.fragments if part in name]
        return found

    def ticket(self) -> str:
        """The ticket that the upload page gave to this session."""
        return str(next(json.loads(text)["ticket"] for text in self.components if "ticket" in text))


class Session:
    """One open page of a server, as ``claims`` say; None is somebody who has not signed in."""

    def __init__(self, connection: ClientConnection, url: str, headers: Mapping[str, str]) -> None:
        self.connection, self.url, self.headers = connection, url, headers
        self.id, self.uploader, self.page = "", "", ""

    def open(self, page: str, query: str = "") -> Drawn:
        """A page, as by its address."""
        return self._run(page, query, "")

    def unfold(self, page: str, *widgets: str) -> Drawn:
        """Open parts of a page that are sent when somebody opens them."""
        return self._run(page, "", "", *(WidgetState(id=name, bool_value=True) for name in widgets))

    def press(self, page: str, widget: str, fragment: str = "", **values: bool | str | float) -> Drawn:
        """Send a press of a button, with values of other widgets by id; a ``fragment`` alone is drawn again."""
        return self._run(page, "", fragment, *(_state(name, value) for name, value in {widget: True, **values}.items()))

    def arrived(self, page: str, file_id: str) -> Drawn:
        """Tell the page that a file has come in, as its uploader does in a browser."""
        told = [{"event": "staged", "value": file_id}]
        name = f"$$STREAMLIT_INTERNAL_KEY_{self.uploader}{EVENTS}"
        return self._run(page, "", "", WidgetState(id=name, json_trigger_value=json.dumps(told)))

    def upload(self, ticket: str, name: str, content: bytes) -> tuple[int, dict[str, Any]]:
        """Send a file to the upload route on a ticket: the status and the answer."""
        headers = {**self.headers, "X-Upload-Ticket": ticket, "X-File-Name": quote(name)}
        return answer_of(urllib.request.Request(f"{self.url}/api/upload", data=content, headers=headers))

    def download(self, address: str) -> bytes:
        """Ask for the file of a download button, which is made now; empty when the server refuses to make it."""
        asked = urllib.request.Request(f"{self.url}/{address}", data=b"", headers=dict(self.headers), method="POST")
        try:
            with urllib.request.urlopen(asked) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as refused:
            refused.close()
            return b""

    def _run(self, page: str, query: str, fragment: str, *states: WidgetState) -> Drawn:
        message = BackMsg()
        state = message.rerun_script
        state.page_name, state.query_string, state.fragment_id = page, query, fragment
        state.page_script_hash = self.page if fragment else ""
        state.context_info.url = f"{self.url}/{page}"
        state.widget_states.widgets.extend(states)
        self.connection.send(message.SerializeToString())
        drawn = Drawn()
        for told in self._messages():
            _take(drawn, told)
            self.uploader = next((name for name in drawn.fragments if name.endswith("-extract")), self.uploader)
            if told.WhichOneof("type") == "new_session":
                self.id = told.new_session.initialize.session_id
            if told.WhichOneof("type") == "navigation":
                self.page = told.navigation.page_script_hash
            if told.WhichOneof("type") == "script_finished" and told.script_finished in ENDED:
                break
        return drawn

    def _messages(self) -> Iterator[ForwardMsg]:
        while True:
            told = ForwardMsg()
            told.ParseFromString(self.connection.recv(SECONDS_A_RUN, decode=False))
            yield told


@contextmanager
def session(
    url: str, claims: Mapping[str, Any] | None = None, *, tamper: Callable[[str], str] = str
) -> Iterator[Session]:
    """A session with a server, signed in as the claims say, until the block ends; ``tamper`` changes the cookie."""
    token = generate_xsrf_token_string()
    cookies = f"_streamlit_xsrf={token}"
    if claims is not None:
        signed = create_signed_value(COOKIE_SECRET, "_streamlit_user", json.dumps({"origin": url, **claims}))
        cookies += f"; _streamlit_user={tamper(signed.decode())}"
    headers = {"Cookie": cookies, "X-Xsrftoken": token, "Origin": url}
    address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(
        address,
        origin=url,  # type: ignore[arg-type]
        subprotocols=["streamlit", token],  # type: ignore[list-item]
        additional_headers={"Cookie": cookies},
        max_size=None,
        proxy=None,
    ) as connection:
        yield Session(connection, url, headers)


def answer_of(request: urllib.request.Request) -> tuple[int, dict[str, Any]]:
    """Status and JSON of an answer, whether it is a refusal or not."""
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.load(refused)


def _state(name: str, value: bool | str | float) -> WidgetState:
    kind = {bool: "trigger_value", str: "string_value"}.get(type(value), "double_value")
    return WidgetState(id=name, **{kind: value})


def _take(drawn: Drawn, told: ForwardMsg) -> None:
    if told.WhichOneof("type") != "delta":
        return
    block = told.delta.add_block
    for name in filter(None, (block.expandable.id, block.popover.id)):
        drawn.fragments[name] = told.delta.fragment_id
    if told.delta.WhichOneof("type") != "new_element":
        return
    kind = told.delta.new_element.WhichOneof("type")
    element = getattr(told.delta.new_element, str(kind))
    if kind == "html":
        drawn.html.append(element.body)
    elif kind == "exception":
        drawn.html.append(f"{element.type}: {element.message}")
    elif kind == "bidi_component":
        drawn.components.append(element.json)
    if getattr(element, "id", "").startswith("$$"):
        drawn.fragments[element.id] = told.delta.fragment_id
        told_of = json.loads(element.json) if kind == "bidi_component" and element.json else {}
        if "download" in told_of:
            drawn.files[element.id] = told_of["download"]
