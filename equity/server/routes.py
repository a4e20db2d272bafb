"""Our own addresses beside the pages', and the layers through which every request comes, the outermost first."""

from __future__ import annotations

from functools import partial

from starlette.middleware import Middleware
from starlette.routing import Route

from equity.server import charts, weighing
from equity.server.applications.addresses import ApplicationAddresses
from equity.server.calls.addresses import Addresses
from equity.server.compression import CompressedFiles, CompressedStatic
from equity.server.downloads import download
from equity.server.first_visit import FirstVisit, hints
from equity.server.guard import Guard
from equity.server.health import health
from equity.server.host import Host
from equity.server.upload import upload


def routes(host: Host) -> list[Route]:
    """Each of our own addresses."""
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
