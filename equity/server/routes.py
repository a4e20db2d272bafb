"""Our own addresses beside the pages', and the layers through which every request comes, the outermost first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Match, Route

from equity.server import charts, weighing
from equity.server.applications.addresses import ApplicationAddresses
from equity.server.calls.addresses import Addresses
from equity.server.compression import CompressedFiles, CompressedStatic
from equity.server.downloads import download
from equity.server.first_visit import FirstVisit, hints
from equity.server.guard import Guard
from equity.server.health import health
from equity.server.host import Host
from equity.server.json_answers import NO_STORE
from equity.server.upload import upload
from equity.words.labels.server import SERVER_TEXTS

NOTHING = "nothing"
EVERY_METHOD = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def routes(host: Host) -> list[Route]:
    """Each of our own addresses, and below them a sentence for whatever else is asked for there."""
    ours = _ours(host)
    base = host.base()
    folders = sorted({route.path.removeprefix(base).split("/")[1] for route in ours})
    answer = partial(nothing, ours)
    below = [f"{base}/{folder}/{{rest:path}}" for folder in folders]
    return [*ours, *(Route(path, answer, methods=EVERY_METHOD, name=NOTHING) for path in below)]


async def nothing(ours: Sequence[Route], request: Request) -> Response:
    """What is at none of our addresses. Without it Streamlit would answer with its first page, and say all is well."""
    if any(route.matches(request.scope)[0] is Match.PARTIAL for route in ours):
        return JSONResponse({"error": SERVER_TEXTS["another_method"]}, 405, NO_STORE)
    if request.method == "GET" and request.url.path.endswith("/") and request.path_params["rest"]:  # typed by hand
        return RedirectResponse(request.url.replace(path="/" + request.url.path.strip("/")), 307, NO_STORE)
    return JSONResponse({"error": SERVER_TEXTS["there_is_nothing_at_this_address"]}, 404, NO_STORE)


def _ours(host: Host) -> list[Route]:
    return [
        Route(f"{host.base()}/api/upload", partial(upload, host), methods=["POST"]),
        Route(f"{host.base()}/api/download/{{ticket}}", partial(download, host), methods=["POST"]),
        Route(f"{host.base()}/api/health", health, methods=["GET"]),
        *charts.routes(host),
        *Addresses(host).routes(),
        *weighing.routes(host),
        *ApplicationAddresses(host).routes(),
    ]


def layers(host: Host, front_end: CompressedFiles) -> list[Middleware]:
    """The guard, the hints for a first visit, the front end's files."""
    return [
        Middleware(Guard, host=host),
        Middleware(FirstVisit, links=[*hints(host.front_end()), *charts.first_hints()]),
        Middleware(CompressedStatic, files=front_end, base=host.base()),
    ]
