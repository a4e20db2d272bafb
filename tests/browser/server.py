"""A server of our own for the browser tests: a free port on 127.0.0.1, a home folder, ended by its process id."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """Where the server listens, its home folder, its log and its process id."""

    url: str
    home: Path
    log: Path
    pid: int


@contextmanager
def running_server(folder: Path, home: Path | None = None) -> Iterator[Server]:
    """`streamlit run app.py`, as the README says it, until the block ends; the sample data is loaded when it begins.

    ``folder`` takes the log, and the home folder unless there is one to look into.
    """
    port, home, log = _free_port(), home or folder / "home", folder / "server.log"
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    with log.open("wb") as written:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "EQUITY_HOME": str(home)},
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(url, process, log)
        yield Server(url, home, log, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended while starting:\n{log.read_text(errors='replace')[-3000:]}")
        try:
            with urllib.request.urlopen(f"{url}/api/health", timeout=2) as answer:
                if json.load(answer)["sample"] in ("ready", "failed"):
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"The server was not ready in {START_SECONDS} s:\n{log.read_text(errors='replace')[-3000:]}")
