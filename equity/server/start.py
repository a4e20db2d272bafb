"""What happens when the server starts: heavy modules are read, the sample data is loaded when it is absent.

Both happen beside the server, not before it: the first page answers at once and shows how far the loading is. What a
killed server could not log any more is logged then and every ten minutes, work in progress that nobody holds any more
is swept, and what was withdrawn over 30 days ago is deleted for good; uploaded files past their time go twice a minute.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from equity.intake.apart.starting import FORK_SERVER
from equity.server import charts, sample_data
from equity.server.compression import CompressedFiles
from equity.server.downloads import OFFERS
from equity.server.host import Host
from equity.server.upload_tickets import TICKETS
from equity.vocabulary import PlainError

SECONDS_BETWEEN_LOOKS = 30.0
SECONDS_BETWEEN_SWEEPS = 600.0
WARM = (
    "pandas",
    "duckdb",
    "plotly.graph_objects",
    "equity.lens.areas",
    "equity.charts.areas",
    "equity.store.workspace.workspaces",
)


def lifespan_with(host: Host, front_end: CompressedFiles) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """The server's life: a background thread, which ends by itself, and the tidying up, which ends with the server."""

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        threading.Thread(target=warm_up, args=(front_end,), name="warm-up", daemon=True).start()
        tidying = asyncio.create_task(tidy_up(host))
        try:
            yield
        finally:
            tidying.cancel()
            FORK_SERVER.close()

    return lifespan


async def tidy_up(host: Host) -> None:
    """Remove what a closed page had sent, and now and then log what other servers could not, page or no page."""
    passed = 0.0
    while True:
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        await asyncio.to_thread(TICKETS.expire, host.is_open)
        await asyncio.to_thread(OFFERS.expire, host.is_open)
        passed += SECONDS_BETWEEN_LOOKS
        if passed >= SECONDS_BETWEEN_SWEEPS:
            passed = 0.0
            await asyncio.to_thread(log_what_a_killed_server_left)
            await asyncio.to_thread(sweep_staging)
            await asyncio.to_thread(forget_withdrawn_records)


def log_what_a_killed_server_left() -> None:
    """Log what was done just before its server was killed. While the store is away, this waits for the next time."""
    from equity.store.files.home import home_folder
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.ownership import write_owners
    from equity.store.workspace.publishing import log_what_is_missing

    try:
        write_owners(workspace_database())
        log_what_is_missing(workspace_database(), home_folder())
    except PlainError as error:
        logging.getLogger(__name__).warning("%s", error)
    except Exception:
        logging.getLogger(__name__).exception("What a killed server left unlogged could not be logged.")


def sweep_staging() -> int:
    """Remove what a killed process left of its work in progress, and say how many folders that were."""
    from equity.store.files.home import home_folder
    from equity.store.files.staging import sweep

    try:
        return sweep(home_folder())
    except (PlainError, OSError) as error:
        logging.getLogger(__name__).warning("The staging folder could not be swept: %s", type(error).__name__)
        return 0


def forget_withdrawn_records() -> int:
    """Delete for good what was withdrawn over 30 days ago, and say how many records. A store that is away waits."""
    from equity.store.records.shelf import forget_withdrawn
    from equity.store.workspace.database import workspace_database

    try:
        return forget_withdrawn(workspace_database())
    except PlainError as error:
        logging.getLogger(__name__).warning("%s", error)
    except Exception:
        logging.getLogger(__name__).exception("What was withdrawn over 30 days ago could not be deleted.")
    return 0


def warm_up(front_end: CompressedFiles) -> None:
    """Read what the first page needs, load the sample data, then keep all that out of every later collection."""
    gc.disable()  # modules are no garbage: they need not be looked through again and again
    try:
        for module in WARM:
            importlib.import_module(module)
    finally:
        gc.enable()
    log_what_a_killed_server_left()
    sweep_staging()
    forget_withdrawn_records()
    sample_data.load_when_absent()
    front_end.fill()
    charts.warm_up()
    FORK_SERVER.start()
    gc.collect()
    gc.freeze()
