"""A server of our own for the browser tests: a free port on 127.0.0.1, a home folder, ended by its process id."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120


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

    It takes applications, as an administrator may let it. ``folder`` takes the log, and the home folder unless there
    is one to look into.
    """
    home = home or folder / "home"
    environment = {"EQUITY_HOME": str(home), "EQUITY_APPLICATIONS": "on"}
    with running_app("app.py", "/api/health", folder / "server.log", environment) as (url, pid):
        yield Server(url, home, folder / "server.log", pid)


@contextmanager
def running_app(script: str, health: str, log: Path, environment: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """`streamlit run` of a script of this checkout until the block ends: its address and its process id.

    ``health`` is the path that answers once the server is ready to be used.
    """
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        script,
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    with log.open("wb") as written:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=written, stderr=subprocess.STDOUT
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(f"{url}{health}", process, log)
        yield url, process.pid
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


def _wait_until_ready(health: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended while starting:\n{log.read_text(errors='replace')[-3000:]}")
        try:
            with urllib.request.urlopen(health, timeout=2) as answer:
                if _is_ready(answer.read()):
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"The server was not ready in {START_SECONDS} s:\n{log.read_text(errors='replace')[-3000:]}")


def _is_ready(answer: bytes) -> bool:
    """Streamlit's own health says ok; ours also says how far the sample data is."""
    return answer == b"ok" or json.loads(answer)["sample"] in ("ready", "failed")
