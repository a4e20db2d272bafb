"""What happens once, when the server starts: heavy modules are read, the sample data is loaded when it is absent.

Both happen beside the server, not before it: the first page answers at once and shows how far the loading is.
"""

from __future__ import annotations

import gc
import importlib
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from equity.ui import sample_data
from equity.ui.compression import STREAMLIT_FILES

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
    """Start the background thread; it ends by itself and with the server."""
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    yield


def warm_up() -> None:
    """Read what the first page needs, load the sample data, then keep all that out of every later collection."""
    for module in WARM:
        importlib.import_module(module)
    sample_data.load_when_absent()
    STREAMLIT_FILES.fill()
    gc.collect()
    gc.freeze()
