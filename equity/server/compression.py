"""The front end's files, compressed once and kept.

Streamlit serves its 7.5 MB of JavaScript as it is. This ASGI middleware answers requests for `/static/` from a cache of
compressed bodies: a first visit over 10 Mbit/s takes half as long. Brotli is an eighth smaller than gzip; browsers take
it over TLS and from this machine, and gzip elsewhere. Files have their content's hash in their name, so they may be
kept by browsers for ever; the entity tag lets a browser that asks again be told that nothing has changed.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

CONTENT_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
KEEP = "public, immutable, max-age=31536000"
BROTLI_QUALITY = 7  # of 11: the last fifth of a smaller body takes thirty times as long


def _brotli(content: bytes) -> bytes:
    import pyarrow as pa

    packed: bytes = pa.Codec("brotli", compression_level=BROTLI_QUALITY).compress(content, asbytes=True)
    return packed


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": _brotli,
    "gzip": lambda content: gzip.compress(content, compresslevel=6, mtime=0),
}
"""The content codings (RFC 9110) by name, the smallest first."""


@dataclass(frozen=True)
class Compressed:
    """A file's compressed body, in which coding, its entity tag and its content type."""

    body: bytes
    coding: str
    tag: str
    content_type: str


class CompressedFiles:
    """The compressible files of a folder, each compressed when it is first asked for in a coding."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._kept: dict[tuple[str, str], Compressed] = {}

    def find(self, name: str, coding: str) -> Compressed | None:
        """The file of that name (with `/` between folders), or None when it is not there or not worth compressing."""
        if (name, coding) not in self._kept:
            file = (self.folder / name).resolve()
            if not (file.is_relative_to(self.folder) and file.suffix in CONTENT_TYPES and file.is_file()):
                return None
            self._kept[name, coding] = compress(file, coding)
        return self._kept[name, coding]

    def has(self, name: str, coding: str) -> bool:
        """Whether the file is compressed already, so that finding it takes no time."""
        return (name, coding) in self._kept

    def fill(self) -> None:
        """Compress all there is as most browsers take it: about two seconds and 7 MB of memory for Streamlit's."""
        for file in self.folder.rglob("*"):
            self.find(file.relative_to(self.folder).as_posix(), "br")


class CompressedStatic:
    """Answers GET and HEAD for compressible files under `/static/`; passes everything else on."""

    def __init__(self, app: ASGIApp, files: CompressedFiles, base: str = "") -> None:
        self.app = app
        self.files = files
        self.prefix = f"/{base.strip('/')}/static/".replace("//", "/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        compressed = await self._compressed(scope) if scope["type"] == "http" else None
        if compressed is None:
            await self.app(scope, receive, send)
            return
        await _response(compressed, Headers(scope=scope))(scope, receive, send)

    async def _compressed(self, scope: Scope) -> Compressed | None:
        headers = Headers(scope=scope)
        coding = best_coding(headers)
        path = str(scope["path"])
        wanted = scope["method"] in ("GET", "HEAD") and "range" not in headers and path.startswith(self.prefix)
        if not (wanted and coding):
            return None
        name = path.removeprefix(self.prefix)
        if self.files.has(name, coding):
            return self.files.find(name, coding)
        return await to_thread.run_sync(self.files.find, name, coding)


def compress(file: Path, coding: str) -> Compressed:
    """The file's body in that coding (the same bytes every time), tagged by its content."""
    content = file.read_bytes()
    tag = f'"{hashlib.sha256(content).hexdigest()[:24]}-{coding}"'
    return Compressed(CODINGS[coding](content), coding, tag, CONTENT_TYPES[file.suffix])


def best_coding(headers: Headers) -> str:
    """The smallest coding that the browser takes: named, or any (`*`), and not refused by `q=0`; empty for none."""
    wanted = [part.strip().partition(";") for part in headers.get("accept-encoding", "").lower().split(",")]
    taken = {
        name.strip(): quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
        for name, _, quality in wanted
    }
    return next((coding for coding in CODINGS if taken.get(coding, taken.get("*", False))), "")


def _response(compressed: Compressed, headers: Headers) -> Response:
    about = {
        "ETag": compressed.tag,
        "Vary": "Accept-Encoding",
        "Cache-Control": KEEP,
        "X-Content-Type-Options": "nosniff",
    }
    if compressed.tag in headers.get("if-none-match", ""):
        return Response(status_code=304, headers=about)
    return Response(
        compressed.body, media_type=compressed.content_type, headers={**about, "Content-Encoding": compressed.coding}
    )
