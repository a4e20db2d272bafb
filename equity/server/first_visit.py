"""Hints with each page, so that a first visit fetches the chart's scripts beside the page's own.

What draws a chart is asked for when the first chart arrives: on a slow line the line lies idle until then, and 1.2 MB
follow. The `Link` header (RFC 8288, `modulepreload` and `preload` of the HTML standard) names it with the page; the
large one at low priority, so that the page's own scripts still come first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

WANTED = ("Html", "Button", "PageLink", "BidiComponent")
"""The parts of the front end that every page of ours draws with and that are not in the page's own list."""

LARGE = 500_000
"""From so many bytes on a script waits for the smaller ones."""

_IMPORTED = re.compile(r"""from\s*["'`]\./([\w.-]+\.js)["'`]""")
_HEAD = 20_000


def hints(folder: Path, wanted: Sequence[str] = WANTED) -> list[str]:
    """A `Link` for each script of these parts that index.html does not name itself; none when Streamlit moved them.

    ``folder`` holds index.html and static/js.
    """
    scripts, page = folder / "static" / "js", (folder / "index.html").read_text("utf-8")
    files: dict[str, Path] = {}
    waiting = [file for part in wanted for file in scripts.glob(f"{part}.*.js")]
    while waiting:
        file = waiting.pop()
        if file.name in files or file.name in page or not file.is_file():
            continue
        files[file.name] = file
        with file.open(encoding="utf-8") as opened:
            waiting += [scripts / name for name in _IMPORTED.findall(opened.read(_HEAD))]
    return [_hint(file) for file in sorted(files.values(), key=lambda file: file.stat().st_size)]


def _hint(file: Path) -> str:
    later = "; fetchpriority=low" if file.stat().st_size >= LARGE else ""
    return f"<./static/js/{file.name}>; rel=modulepreload; crossorigin{later}"


class FirstVisit:
    """Adds the hints to every page of Streamlit's; passes everything else on as it is."""

    def __init__(self, app: ASGIApp, links: Sequence[str]) -> None:
        self.app = app
        self.link = ", ".join(links)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app beneath does, with the hints on what is a page."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                ours = "content-security-policy" in headers  # a page without Streamlit's scripts says so by its policy
                if headers.get("content-type", "").startswith("text/html") and not ours:
                    headers.append("Link", self.link)
            await send(message)

        await self.app(scope, receive, sent if scope["type"] == "http" and self.link else send)
