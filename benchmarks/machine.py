"""What the figures were taken on, and when."""

from __future__ import annotations

import datetime as dt
import os
import platform
from importlib.metadata import version


def taken_now() -> tuple[str, str, float]:
    """The day, the machine and its versions in a line, and the load of the last minute (processes that want to run)."""
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    versions = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pandas", "streamlit", "plotly"))
    machine = (
        f"{os.cpu_count()} cores ({platform.machine()}), {gigabytes:.0f} GB of memory, {platform.system()}, "
        f"Python {platform.python_version()}, {versions}"
    )
    return dt.date.today().isoformat(), machine, round(os.getloadavg()[0], 1)
