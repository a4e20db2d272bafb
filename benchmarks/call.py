"""A learning call: fifty people write and vote, a facilitator moves through five pictures, by the addresses alone.

How long from a move until a screen has heard it, and from a contribution until it is on a screen; the same beside
asking every second; and with the server killed (`kill -9`) in the middle. A call in which anything is refused, lost or
kept twice is no measurement: it ends with an error.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from benchmarks.call_people import Heard, Tally, lead, listen, poll, vote, write
from benchmarks.result import Aim, Result

ROOT = Path(__file__).resolve().parents[1]
PEOPLE, CONTRIBUTIONS, VOTES, WHOLE_SECONDS = 50, 1500, 3000, 600.0
CARDS = tuple(
    f"disparities?measure=Controlled blood pressure&by={by}" for by in ("race", "language", "payer", "site", "sex")
)
MOVES = [(card, stage) for card in range(1, 6) for stage in ("predict", "reveal", "notice", "wonder", "next_test")][1:]
PEER = "the same asked every second"


@dataclass(frozen=True)
class Held:
    """What came of a call: delays in ms at the 95th of a hundred, and how long the server was away."""

    move: float
    contribution: float
    away: float
    contributions: int
    votes: int


def run(seconds: int = 60) -> list[Result]:
    """Three calls of this length: by the event stream, by asking, and with a kill; 600 is the whole of it."""
    ours, peer, killed = hold(seconds), hold(seconds, polling=True), hold(seconds, kill=True)
    size = f"50 people, {seconds} s, {ours.contributions:,} contributions, {ours.votes:,} votes"
    return [
        _line("From a move to a screen, 95 of 100", size, ours.move, peer.move, 300),
        _line("From a contribution to a screen, 95 of 100", size, ours.contribution, peer.contribution, 500),
        Result("Answering again after kill -9, nothing lost, nothing twice", size, "s", killed.away, rounds=1),
    ]


def _line(what: str, size: str, ours: float, theirs: float, most: float) -> Result:
    aims = (Aim("ours", "most", most),)
    return Result(what, size, "ms", ours, PEER, theirs, theirs / ours, aims=aims, rounds=1)


class Server:
    """The dashboard's own server in a process of its own."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def said(self) -> Path:
        """What it writes while it runs."""
        return self.home / "server.log"

    @property
    def at(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> float:
        """Start it; gives the seconds until it answers."""
        began = time.monotonic()
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)]
        environment = {**os.environ, "EQUITY_HOME": str(self.home)}
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(  # noqa: S603 - our own server
                [*command, "--server.headless", "true"], cwd=ROOT, env=environment, stdout=said, stderr=said
            )
        while True:
            try:
                if httpx.get(f"{self.at}/api/health", timeout=2).status_code == 200:
                    return time.monotonic() - began
            except httpx.HTTPError:
                time.sleep(0.1)

    def stop(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End this process and no other."""
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(20)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def command(home: Path, *words: str) -> Any:
    """A command of the terminal; gives what it printed."""
    environment = {**os.environ, "EQUITY_HOME": str(home)}
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "equity", "call", *words], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    return json.loads(done.stdout)


def hold(seconds: float, *, polling: bool = False, kill: bool = False) -> Held:
    """Hold one call on the sample data, in a home folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        opened, key = _opened(home)
        server = Server(home, free_port())
        server.start()
        try:
            heard, tally, away = asyncio.run(_call(server, opened["join"], key, seconds, polling=polling, kill=kill))
        finally:
            server.stop()
        shown = command(home, "show", opened["id"], "--format", "json")
        if tally.refused:
            print(server.said.read_text("utf-8", "replace")[-4000:], file=sys.stderr)
    return _held(heard, tally, away, [each["id"] for each in shown["contributions"]])


def _opened(home: Path) -> tuple[Any, str]:
    from equity.access.here import Here
    from equity.actions.calls.call_opening import lead_key
    from equity.intake.proposal.mapping.mapping_file import read_mapping
    from equity.loading import load
    from equity.store.records.calls import call_by_id
    from equity.store.workspace.database import open_database, sqlite_url
    from equity.store.workspace.person import LOCAL_OWNER

    sample = ROOT / "data" / "sample"
    load([sample / "visits.parquet"], "Sample", read_mapping(sample / "mapping.toml"), "new", home)
    opened = command(home, "open", "--dataset", "Sample", *(word for card in CARDS for word in ("--card", card)))
    database = open_database(sqlite_url(home / "workspace.db"))
    held = call_by_id(database, opened["id"])
    return opened, lead_key(Here(database, held.workspace, LOCAL_OWNER), held)


async def _call(
    server: Server, join: str, key: str, seconds: float, *, polling: bool, kill: bool
) -> tuple[list[Heard], Tally, float]:
    """What each has heard, the tally, and how long the server took to answer again after a kill."""
    at, tally, over = server.at + join, Tally(), asyncio.Event()
    heard = [Heard() for _ in range(PEOPLE)]
    contributions, votes = (max(1, round(n * seconds / WHOLE_SECONDS / PEOPLE)) for n in (CONTRIBUTIONS, VOTES))
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(limits=limits) as client:
        keys = [await _joined(client, at, n) for n in range(PEOPLE)]
        hears = poll if polling else listen
        tasks = [asyncio.create_task(hears(client, at, k, each, over)) for k, each in zip(keys, heard, strict=True)]
        await asyncio.sleep(2.0)
        back = asyncio.create_task(_killed(server, seconds / 2)) if kill else None
        await asyncio.gather(
            *(write(client, at, k, n, contributions, seconds, tally) for n, k in enumerate(keys)),
            *(vote(client, at, k, n, votes, seconds, tally) for n, k in enumerate(keys)),
            lead(client, at, key, MOVES, seconds, tally),
        )
        away = await back if back else 0.0
        await asyncio.sleep(3.0)
        over.set()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return heard, tally, away


async def _joined(client: httpx.AsyncClient, at: str, n: int) -> str:
    answer = await client.post(f"{at}/join", json={"name": f"Person {n}", "lens": "data"}, timeout=30)
    return str(answer.json()["participant"])


async def _killed(server: Server, after: float) -> float:
    await asyncio.sleep(after)
    server.stop()
    return await asyncio.to_thread(server.start)


def _held(heard: list[Heard], tally: Tally, away: float, stored: list[str]) -> Held:
    """The figures; raises RuntimeError when something was refused, lost, kept twice or never heard."""
    wrong = [
        *dict.fromkeys(tally.refused),
        *(f"lost: {tally.kept[each]}" for each in set(tally.kept) - set(stored)),
        *(["kept twice"] if len(stored) != len(tally.sent) else []),
        *(f"never heard: {words}" for words in tally.sent if any(words not in each.at for each in heard)),
    ]
    if wrong:
        raise RuntimeError(f"{len(wrong)} things went wrong: {'; '.join(wrong[:5])}")
    return Held(_late(heard, tally.moved), _late(heard, tally.sent), away, len(tally.sent), tally.votes)


def _late(heard: list[Heard], sent: dict[str, float]) -> float:
    """Milliseconds within which 95 of 100 screens have heard."""
    times = sorted(each.at[what] - at for what, at in sent.items() for each in heard if what in each.at)
    return 1000 * times[int(len(times) * 0.95)]
