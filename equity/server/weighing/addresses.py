"""What the addresses of weighing answer: see :mod:`equity.server.weighing`."""

from __future__ import annotations

import gzip
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from equity.actions.calls import weighing_links as actions
from equity.actions.calls.weighing_links import Admitted
from equity.server.calls.limits import Pace
from equity.server.calls.page import HEADERS
from equity.server.host import Host
from equity.server.reader_language import reader_language
from equity.server.weighing.page import page, sentence_page
from equity.store.workspace.database import workspace_database
from equity.vocabulary import PlainError
from equity.words.labels.server import SERVER_TEXTS
from equity.words.languages.language import Language
from equity.words.languages.phone_pages import PHONE_LANGUAGES

MOST_BYTES: Final = 16 * 1024
COOKIE: Final = "weigh"
KEPT_FOR_SECONDS: Final = actions.OPEN_FOR_DAYS * 24 * 3600
_SCRIPT: Final = Path(__file__).parent / "weigh.js"
_SAVES: Final = Pace()
SLOW_DOWN: Final = SERVER_TEXTS["many_people_are_saving_right_now"]


def routes(host: Host) -> list[Route]:
    """The addresses below the path that everything is served from."""
    at = f"{host.base()}/weigh"
    return [
        Route(f"{at}/files/weigh.js", script, methods=["GET"]),
        Route(f"{at}/{{token}}", partial(weigh, host), methods=["GET", "POST"]),
    ]


async def script(request: Request) -> Response:
    """The page's script."""
    headers = {**HEADERS, "Cache-Control": "no-cache"}
    return Response(_SCRIPT.read_bytes(), headers=headers, media_type="text/javascript; charset=utf-8")


async def weigh(host: Host, request: Request) -> Response:
    """The page, after keeping what was sent with it; or the sentence why there is none."""
    token = str(request.path_params["token"])
    try:
        at = await run_in_threadpool(actions.admitted, workspace_database(), token)
    except PlainError as error:
        return _html(request, sentence_page(host.base(), str(error), _language(request)), 410)
    key = request.cookies.get(COOKIE, "")[:100]
    if request.method == "GET":
        return _html(request, await run_in_threadpool(_seen, host, request, at, token, key))
    if await _SAVES.keep(at.decision.id):
        return _html(request, sentence_page(host.base(), SLOW_DOWN, _language(request)), 429)
    body = await _body(request)
    if body is None:
        too_long = SERVER_TEXTS["this_is_longer_than_a_form"]
        return _html(request, sentence_page(host.base(), too_long, _language(request)), 413)
    return await run_in_threadpool(_saved, host, request, at, token, key, body)


async def _body(request: Request) -> dict[str, str] | None:
    """The fields of a form; None for one that is too long."""
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > MOST_BYTES:
            return None
    fields = parse_qs(content.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=64)
    return {name: values[-1] for name, values in fields.items()}


def _saved(host: Host, request: Request, at: Admitted, token: str, key: str, form: dict[str, str]) -> Response:
    """Keep the points of a form, and show them again with what became of them."""
    from equity.focus.room import criteria_of

    names = criteria_of(at.decision.content)
    typed = {name: form.get(f"points_{place}", "").strip() for place, name in enumerate(names)}
    lens, done = form.get("lens", ""), "done" in form
    try:
        points = {name: _points(text) for name, text in typed.items()}
        key = actions.save_by_link(at, key, lens, points, done=done)
    except PlainError as error:
        of, count = _language(request), actions.finished_by(at)
        text = page(host.base(), token, at.decision.content, lens, typed, count, of, status=of.refusal(str(error)))
        return _html(request, text, 422)
    status = _language(request).say("weigh.kept.done" if done else "weigh.kept.draft")
    answer = _html(request, _seen(host, request, at, token, key, status=status))
    answer.set_cookie(
        COOKIE, key, max_age=KEPT_FOR_SECONDS, path=f"{host.base()}/weigh/{token}", httponly=True, samesite="lax"
    )
    return answer


def _points(text: str) -> float:
    """A number of points as typed; nothing is 0."""
    try:
        number = float(text or 0)
    except ValueError:
        number = float("nan")
    if not 0 <= number <= 100:
        raise PlainError(f"“{text[:20]}” is not a number of points from 0 to 100.")
    return number


def _seen(host: Host, request: Request, at: Admitted, token: str, key: str, *, status: str = "") -> str:
    own = actions.own_by_link(at, key)
    lens = "" if own is None else own.content.lens
    points = {} if own is None else {name: f"{value:g}" for name, value in own.content.points.items()}
    of, count = _language(request), actions.finished_by(at)
    return page(host.base(), token, at.decision.content, lens, points, count, of, status=status)


def _language(request: Request) -> Language:
    return reader_language(request, PHONE_LANGUAGES)


def _html(request: Request, text: str, status: int = 200) -> Response:
    # A form sent from a page that tells nobody where it comes from says its origin is none, and would be refused.
    content, headers = text.encode("utf-8"), {**HEADERS, "Referrer-Policy": "same-origin"}
    headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    if "gzip" in request.headers.get("accept-encoding", ""):
        content, headers["Content-Encoding"] = gzip.compress(content, 6, mtime=0), "gzip"
    return Response(content, status, headers, "text/html; charset=utf-8")
