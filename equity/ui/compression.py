"""The front end's files, compressed once and kept.

Streamlit serves its 7.5 MB of JavaScript as it is. This ASGI middleware answers requests for `/static/` from a cache of
gzip bodies: a first visit over 10 Mbit/s takes half as long. Files have their content's hash in their name, so they
may be kept by browsers for ever; the entity tag lets a browser that asks again be told that nothing has changed.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config, file_util

CONTENT_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
KEEP = "public, immutable, max-age=31536000"


@dataclass(frozen=True)
class Compressed:
    """A file's gzip body, its entity tag and its content type."""

    body: bytes
    tag: str
    content_type: str


class CompressedFiles:
    """The compressible files of a folder, each compressed when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._kept: dict[str, Compressed] = {}

    def find(self, name: str) -> Compressed | None:
        """The file of that name (with `/` between folders), or None when it is not there or not worth compressing."""
        if name not in self._kept:
            file = (self.folder / name).resolve()
            if not (file.is_relative_to(self.folder) and file.suffix in CONTENT_TYPES and file.is_file()):
                return None
            self._kept[name] = compress(file)
        return self._kept[name]

    def has(self, name: str) -> bool:
        """Whether the file is compressed already, so that finding it takes no time."""
        return name in self._kept

    def fill(self) -> None:
        """Compress all there is: about two seconds and 8 MB of memory for Streamlit's."""
        for file in self.folder.rglob("*"):
            self.find(file.relative_to(self.folder).as_posix())


class CompressedStatic:
    """Answers GET and HEAD for compressible files under `/static/`; passes everything else on."""

    def __init__(self, app: ASGIApp, files: CompressedFiles, base: str = "") -> None:
        self.app = app
        self.files = files
        self.prefix = f"/{base.strip('/')}/static/".replace("//", "/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        found = await self._compressed(scope) if scope["type"] == "http" else None
        if found is None:
            await self.app(scope, receive, send)
            return
        await _response(found, Headers(scope=scope))(scope, receive, send)

    async def _compressed(self, scope: Scope) -> Compressed | None:
        headers = Headers(scope=scope)
        if scope["method"] not in ("GET", "HEAD") or "range" in headers or not accepts_gzip(headers):
            return None
        path = str(scope["path"])
        if not path.startswith(self.prefix):
            return None
        name = path.removeprefix(self.prefix)
        return self.files.find(name) if self.files.has(name) else await to_thread.run_sync(self.files.find, name)


def compress(file: Path) -> Compressed:
    """The file's gzip body (the same bytes every time), tagged by its content."""
    content = file.read_bytes()
    tag = f'"{hashlib.sha256(content).hexdigest()[:24]}-gzip"'
    return Compressed(gzip.compress(content, compresslevel=6, mtime=0), tag, CONTENT_TYPES[file.suffix])


def accepts_gzip(headers: Headers) -> bool:
    """Whether the browser takes gzip: named, or any (`*`), and not refused by `q=0`."""
    wanted = [part.strip().partition(";") for part in headers.get("accept-encoding", "").lower().split(",")]
    return any(
        name.strip() in ("gzip", "*") and quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
        for name, _, quality in wanted
    )


def _response(found: Compressed, headers: Headers) -> Response:
    about = {
        "ETag": found.tag,
        "Vary": "Accept-Encoding",
        "Cache-Control": KEEP,
        "X-Content-Type-Options": "nosniff",
    }
    if found.tag in headers.get("if-none-match", ""):
        return Response(status_code=304, headers=about)
    return Response(found.body, media_type=found.content_type, headers={**about, "Content-Encoding": "gzip"})


STREAMLIT_FILES = CompressedFiles(Path(file_util.get_static_dir()) / "static")
MIDDLEWARE = [
    Middleware(CompressedStatic, files=STREAMLIT_FILES, base=config.get_option("server.baseUrlPath") or ""),
]
