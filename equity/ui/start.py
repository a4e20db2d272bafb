"""What happens when the server starts: heavy modules are read, the sample data is loaded when it is absent.

Both happen beside the server, not before it: the first page answers at once and shows how far the loading is. From then
on uploaded files past their time are swept.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from equity.ui import sample_data
from equity.ui.compression import STREAMLIT_FILES
from equity.ui.upload_tickets import TICKETS

SECONDS_BETWEEN_SWEEPS = 600.0
WARM = (
    "pandas",
    "duckdb",
    "plotly.graph_objects",
    "equity.lens.areas",
    "equity.charts.areas",
    "equity.store.workspaces",
)


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Start the background thread, which ends by itself, and the sweeping, which ends with the server."""
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    sweeping = asyncio.create_task(sweep_uploads())
    try:
        yield
    finally:
        sweeping.cancel()


async def sweep_uploads() -> None:
    """Remove uploaded files that nobody has loaded in time, whether anybody opens a page or not."""
    while True:
        await asyncio.sleep(SECONDS_BETWEEN_SWEEPS)
        await asyncio.to_thread(TICKETS.expire)


def warm_up() -> None:
    """Read what the first page needs, load the sample data, then keep all that out of every later collection."""
    for module in WARM:
        importlib.import_module(module)
    sample_data.load_when_absent()
    STREAMLIT_FILES.fill()
    gc.collect()
    gc.freeze()
