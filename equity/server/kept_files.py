"""A program's own files (scripts, styles) over HTTP: compressed once, tagged by their content, kept by browsers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from equity.server.compression import CODINGS, KEEP, best_coding
from equity.words.call.calls import REFUSED

TYPES: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
ASKED_EACH_TIME: Final = "no-cache"


@dataclass(frozen=True)
class _Packed:
    content: bytes
    tag: str


class KeptFiles:
    """Files by name; ``content`` gives a name's bytes, or None when there is no such file."""

    def __init__(self, content: Callable[[str], bytes | None]) -> None:
        self._content = content
        self._packed: dict[tuple[str, str], _Packed] = {}

    async def answer(self, request: Request, name: str, *, for_good: bool) -> Response:
        """The file as the browser takes it; ``for_good`` when its address changes with its content."""
        coding = best_coding(request.headers)
        packed = await run_in_threadpool(self.packed, name, coding)
        if packed is None:
            return JSONResponse({"error": REFUSED["not found"]}, 404)
        headers = {
            "ETag": packed.tag,
            "Cache-Control": KEEP if for_good else ASKED_EACH_TIME,
            "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
        }
        if packed.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if coding:
            headers["Content-Encoding"] = coding
        kind = TYPES.get(Path(name).suffix, "application/json")
        return Response(packed.content, headers=headers, media_type=kind)

    def packed(self, name: str, coding: str) -> _Packed | None:
        """The file's body in that coding, made when it is first asked for."""
        if (name, coding) not in self._packed:
            content = self._content(name)
            if content is None:
                return None
            tag = f'"{hashlib.sha256(content).hexdigest()[:24]}-{coding}"'
            self._packed[name, coding] = _Packed(CODINGS[coding](content) if coding else content, tag)
        return self._packed[name, coding]
