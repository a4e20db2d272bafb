"""People without browsers: sessions that speak Streamlit's own protocol over its websocket, many at once.

A session opens a page as a browser does (address and page name), then picks options from the page's lists; the server
answers each with the whole page, which ends with `script_finished`. What it sent is kept as plain texts, so that a test
can compare it with the answer that was due; how long it took is for the benchmarks, never for a test.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Selectbox_pb2 import Selectbox
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

PROTOCOLS = (
    Subprotocol("streamlit"),
    Subprotocol("PLACEHOLDER_AUTH_TOKEN"),
)  # the second stands where a browser sends its cross-site token
PATIENCE = 60  # seconds without a word from the server: it hangs


@dataclass
class Shown:
    """What a page's last run sent.

    ``html`` holds the bodies of its HTML, ``charts`` the alternative texts of its charts, ``lists`` its lists by the
    widget's key, ``faults`` the exceptions and refusals shown, ``address`` the parameters that the page wrote into the
    browser's address.
    """

    html: list[str] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    lists: dict[str, Selectbox] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    address: dict[str, str] = field(default_factory=dict)

    def take(self, element: Element) -> None:
        """Keep what an element says."""
        kind = element.WhichOneof("type")
        if kind == "html":
            self.html.append(element.html.body)
            if 'role="alert"' in element.html.body:
                self.faults.append(element.html.body)
        elif kind == "selectbox":
            self.lists[_key(element.selectbox.id)] = element.selectbox
        elif kind == "exception":
            self.faults.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "bidi_component" and element.bidi_component.component_name == "chart":
            self.charts.append(json.loads(element.bidi_component.json)["alt"])
        elif kind == "bidi_component" and _key(element.bidi_component.id) == "address_writer":
            self.address = json.loads(element.bidi_component.json)["parameters"]


@dataclass
class Session:
    """One person's window: what it shows, and what its lists stand at (by the widget's id), as a browser keeps it."""

    connection: ClientConnection
    page: str
    shown: Shown = field(default_factory=Shown)
    picked: dict[str, str] = field(default_factory=dict)

    async def open(self, parameters: Mapping[str, str]) -> float:
        """Ask for the page with these parameters in its address; the seconds until the page was whole."""
        return await self._run(self._asking(parameters))

    async def pick(self, key: str, label: str) -> float:
        """Pick an option of the list with this key; the seconds until the page was whole."""
        self.picked[self.shown.lists[key].id] = label
        asked = self._asking(self.shown.address)
        for listed in self.shown.lists.values():
            asked.rerun_script.widget_states.widgets.add(id=listed.id, string_value=self.picked[listed.id])
        return await self._run(asked)

    def _asking(self, parameters: Mapping[str, str]) -> BackMsg:
        asked = BackMsg()
        asked.rerun_script.page_name = self.page
        asked.rerun_script.query_string = urlencode(parameters)
        return asked

    async def _run(self, asked: BackMsg) -> float:
        start = time.perf_counter()
        await self.connection.send(asked.SerializeToString())
        while True:
            received = await asyncio.wait_for(self.connection.recv(decode=False), PATIENCE)
            message = ForwardMsg.FromString(received)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.shown = Shown()
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self._take(message.delta.new_element)
            elif kind == "page_not_found":
                self.shown.faults.append(f"There is no page “{self.page}”.")
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return time.perf_counter() - start

    def _take(self, element: Element) -> None:
        """Show an element; a list stands where the server sets it, a new one at its default, any other where it did."""
        self.shown.take(element)
        if element.WhichOneof("type") == "selectbox":
            listed = element.selectbox
            if listed.set_value:
                self.picked[listed.id] = listed.raw_value
            self.picked.setdefault(listed.id, listed.options[listed.default])


@asynccontextmanager
async def connected(url: str, page: str) -> AsyncIterator[Session]:
    """A session on the server at ``url``, ended with the block."""
    address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    async with connect(address, subprotocols=PROTOCOLS, max_size=None, compression=None) as connection:
        yield Session(connection, page)


def _key(widget: str) -> str:
    """The key that the page gave a widget: it ends its id (``$$ID-<hash>-<key>``)."""
    return widget.split("-", 2)[-1]
