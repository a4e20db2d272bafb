"""The participant's page: our own HTML, style and scripts, small and whole without Streamlit.

call.html     the page, filled in here
call.css      its style: light and dark, from 320 pixels on
call.js       the way in: joining, and what goes where
line.js       the event stream, what waits to be sent, drafts
view.js       the parts of the page
picture.js    the picture, its table, the guesses beside it
lead.js       what whoever leads sees and does besides

Every text is in `equity/words/call/calls.py`, or in another language beside `equity/words/languages/spanish_call.py`:
the browser's, unless the address says `?lang=es`, as the link at the end of the page does. A figure is drawn by the
pinned Plotly, fetched when there is one to draw.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from equity.server import charts
from equity.server.kept_files import KeptFiles
from equity.server.reader_language import language_links, reader_language
from equity.vocabulary.lenses import LENSES
from equity.words.escaping import html
from equity.words.languages.call_page import CallTexts
from equity.words.languages.call_pages import CALL_LANGUAGES

HERE: Final = Path(__file__).parent
SCRIPTS: Final = ("call.js", "line.js", "view.js", "picture.js", "weigh.js", "lead.js")
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def call_page(request: Request, base: str, title: str, call: str, reader: str) -> Response:
    """The page of a call. ``call`` is its id, told to members alone; ``reader`` says which numbers they may see."""
    of = language(request)
    told = {
        "title": title,
        "reader": reader,
        "call": call if reader == "team" else "",
        "lenses": list(LENSES),
        "stages": dict(of.stages),
        "asks": dict(of.asks),
        "openers": dict(of.openers),
        "names": dict(of.names),
        "plotly": f"{base}/{charts.plotly()}",
        "wording": f"{base}/call/files/wording.json" if of.code == "en" else "",
    }
    return _page(request, base, title, told, "")


def code_page(request: Request, base: str) -> Response:
    """The page on which a code is typed."""
    texts = language(request).page
    form = (
        f'<form class="join" method="get" data-code="{html(base)}"><h1>{html(texts["code_title"])}</h1>'
        f'<label>{html(texts["code"])}<input name="code" autocomplete="off" autocapitalize="characters" maxlength="20" '
        f'required></label><button class="first">{html(texts["open"])}</button></form>'
    )
    return _page(request, base, texts["code_title"], {}, form)


def sentence_page(request: Request, base: str, sentence: str, status: int) -> Response:
    """A page that says one thing."""
    of = language(request)
    back = f'<p><a class="button" href="{html(base)}/call">{html(of.page["code_title"])}</a></p>'
    return _page(request, base, of.page["call"], {}, f"<h1>{html(of.refusal(sentence))}</h1>{back}", status)


def language(request: Request) -> CallTexts:
    """The reader's language: the address's (`?lang=es`), else the browser's, else English."""
    return reader_language(request, CALL_LANGUAGES)


def _page(
    request: Request, base: str, title: str, told: Mapping[str, object], inside: str, status: int = 200
) -> Response:
    of = language(request)
    told = {"base": base, "code": of.code, "texts": dict(of.page), **told}
    written = (
        json.dumps(told, ensure_ascii=False).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    )
    text = (
        (HERE / "call.html")
        .read_text("utf-8")
        .replace("{{language}}", of.code)
        .replace("{{title}}", html(title))
        .replace("{{base}}", html(base))
        .replace("{{version}}", _version())
        .replace("{{languages}}", language_links(of, CALL_LANGUAGES, of.page["languages"]))
        .replace("{{inside}}", inside)
        .replace("{{told}}", written)
    )
    content, headers = text.encode("utf-8"), dict(HEADERS)
    if "gzip" in request.headers.get("accept-encoding", ""):
        content, headers["Content-Encoding"] = gzip.compress(content, 6, mtime=0), "gzip"
    return Response(
        content, status, {**headers, "Vary": "Accept-Encoding, Accept-Language"}, "text/html; charset=utf-8"
    )


async def file(request: Request) -> Response:
    """One of the page's files, compressed once and kept."""
    return await FILES.answer(request, str(request.path_params["name"]), for_good=False)


def _content(name: str) -> bytes | None:
    if name == "wording.json":
        from equity.words.wording import as_json

        return as_json().encode("utf-8")
    if name in (*SCRIPTS, "call.css"):
        return (HERE / name).read_bytes()
    return None


@cache
def _version() -> str:
    """A mark of the scripts and the style as they are, so that a page never runs with those of yesterday."""
    parts = b"".join((HERE / name).read_bytes() for name in (*SCRIPTS, "call.css"))
    return hashlib.sha256(parts).hexdigest()[:12]


FILES: Final = KeptFiles(_content)
