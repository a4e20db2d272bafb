"""Whether this server can serve: it answers, its data folder is there, the workspace store answers."""

from __future__ import annotations

import logging
import os
import shutil
from typing import Literal

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from equity.server.sample_data import STATUS
from equity.vocabulary import PlainError

Part = Literal["ok", "failing"]
SPARE_BYTES = 256 << 20


async def health(request: Request) -> JSONResponse:
    """`{"status": "ok" | "failing", "folder": …, "store": …, "disk": …, "sample": …}`, and nothing about people.

    Status 503 while the data folder or the store fails, so that a balancer sends nobody here. ``disk`` is `full` from
    the last 256 MB on: pages are still served, but nothing can be brought in. ``sample`` is `waiting`, `loading`,
    `ready` or `failed`, and stops nobody.
    """
    folder, store = await run_in_threadpool(_folder), await run_in_threadpool(_store)
    status: Part = "ok" if (folder, store) == ("ok", "ok") else "failing"
    disk = await run_in_threadpool(_disk)
    told = {"status": status, "folder": folder, "store": store, "disk": disk, "sample": STATUS.state}
    return JSONResponse(told, status_code=200 if status == "ok" else 503)


def _folder() -> Part:
    from equity.store.files.home import home_folder

    try:
        return "ok" if os.access(home_folder(), os.R_OK | os.W_OK | os.X_OK) else "failing"
    except PlainError:
        return "failing"


def _disk() -> Literal["ok", "full", "unknown"]:
    from equity.store.files.home import home_folder

    try:
        return "full" if shutil.disk_usage(home_folder()).free < SPARE_BYTES else "ok"
    except (PlainError, OSError):
        return "unknown"


def _store() -> Part:
    from equity.store.workspace.database import workspace_database

    try:
        workspace_database().answers()
    except PlainError as error:
        logging.getLogger(__name__).error("%s", error)
        return "failing"
    return "ok"
