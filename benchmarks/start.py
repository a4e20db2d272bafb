"""From starting the server until somebody has the first page whole, beside the bare app, on a disk that is warm.

The sample data is loaded before. The first start of each is not counted: Python compiles what it reads, and the disk
is cold.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pairs import of_pairs
from benchmarks.result import Aim, Result, beside
from benchmarks.sessions import BARE, opened
from benchmarks.terminal import loaded
from tests.browser.server import running_app
from tests.browser.sessions import connected

ROUNDS = 5
FIRST_PAGE = Aim("ours", "most", 3)


def run(rounds: int = ROUNDS) -> list[Result]:
    """The line of this part's table."""
    with TemporaryDirectory(prefix="benchmark-") as made:
        folder = Path(made)
        home = loaded(folder)
        _, *counted = [(_first_page(folder, home), _bare_page(folder)) for _ in range(rounds + 1)]
    what = "From the command to the first page"
    return [beside(what, "Home with the sample data", "s", of_pairs(counted), BARE, (FIRST_PAGE,))]


def _first_page(folder: Path, home: Path) -> float:
    return _started("app.py", "/api/health", folder, {"EQUITY_HOME": str(home)})


def _bare_page(folder: Path) -> float:
    return _started("benchmarks/bare_app.py", "/_stcore/health", folder, {})


def _started(script: str, health: str, folder: Path, environment: dict[str, str]) -> float:
    compiled = {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    start = time.perf_counter()
    with running_app(script, health, folder / "server.log", {**environment, **compiled}) as (url, _):
        asyncio.run(_whole(url))
        return time.perf_counter() - start


async def _whole(url: str) -> None:
    async with connected(url, "") as person:
        await opened(person, {})
