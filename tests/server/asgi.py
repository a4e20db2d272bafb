"""Put one request to an ASGI application, without a network."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pyarrow as pa
from starlette.types import ASGIApp, Message

UNPACKED: Mapping[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": gzip.decompress,
    "br": lambda packed: pa.CompressedInputStream(pa.BufferReader(packed), "brotli").read(),
}
"""How a body of each content coding is read."""


@dataclass(frozen=True)
class Answer:
    """Status, headers (names in small letters) and body of an answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text, unpacked when it came compressed."""
        return UNPACKED[self.headers.get("content-encoding", "")](self.body).decode()


def ask(
    app: ASGIApp,
    path: str,
    headers: Mapping[str, str] | None = None,
    method: str = "GET",
    chunks: Iterable[bytes] = (b"",),
    hangs_up: bool = False,
) -> Answer:
    """The answer to one request; ``hangs_up`` when the browser goes away before the body is whole."""
    scope: dict[str, Any] = {
        "type": "http",
        "method": method,
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(k.lower().encode(), v.encode("latin-1")) for k, v in (headers or {}).items()],
    }
    parts = list(chunks)
    messages: list[Message] = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    messages.append(
        {"type": "http.disconnect"} if hangs_up else {"type": "http.request", "body": b"", "more_body": False}
    )
    sent: list[Message] = []

    async def receive() -> Message:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as thread:  # of its own: a browser test may have left its event loop running in this one
        thread.submit(asyncio.run, app(scope, receive, send)).result()
    start = sent[0]
    return Answer(
        start["status"],
        {k.decode().lower(): v.decode("latin-1") for k, v in start["headers"]},
        b"".join(m.get("body", b"") for m in sent[1:]),
    )
