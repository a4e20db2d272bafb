"""Asking the fork server for a process that reads: started when the first one is wanted, and anew when it has ended."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Protocol

from equity.intake.apart.fork_server import LONGEST_REQUEST
from equity.intake.formats.bounds import SETTINGS

ROOT = Path(__file__).resolve().parents[3]
PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "MALLOC_ARENA_MAX")
CAN_FORK = sys.platform == "linux"
"""Elsewhere a process that has imported what readings need may not be forked safely."""
UNKNOWN = 1
"""The exit code of a process whose fork server ended before it."""


class ReadingProcess(Protocol):
    """A process that waits for a wish: with the limits' settings, and without the secrets of this one."""

    @property
    def pid(self) -> int: ...
    @property
    def stdin(self) -> IO[bytes]: ...
    @property
    def stdout(self) -> IO[bytes]: ...
    def kill(self) -> None:
        """End it at once; nothing where it has ended."""

    def wait(self) -> int:
        """Its exit code once it has ended, negative for the signal that ended it."""


class ForkedProcess:
    """A process that was forked for this one; the fork server tells its exit code."""

    def __init__(self, pid: int, stdin: IO[bytes], stdout: IO[bytes], exit_code: int) -> None:
        self.pid, self.stdin, self.stdout = pid, stdin, stdout
        self._exit_code = os.fdopen(exit_code, "rb")
        self._handle = os.pidfd_open(pid)

    def kill(self) -> None:
        if self._handle >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def wait(self) -> int:
        if self._handle >= 0:
            with self._exit_code as line:
                self._code = int(line.read() or UNKNOWN)
            ended = select.poll()
            ended.register(self._handle, select.POLLIN)
            ended.poll()  # no fork server said so: it has ended, and this one may go on for a moment
            os.close(self._handle)
            self._handle = -1
        return self._code


class _Started:
    """A fork server that runs."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = _python("equity.intake.apart.fork_server", stdin=theirs.fileno())
        self._one_at_a_time = threading.Lock()

    def forked(self) -> ForkedProcess:
        """A new process. Raises ConnectionError when the fork server has ended, another OSError for want of lines."""
        request = json.dumps(_environment()).encode()
        assert len(request) <= LONGEST_REQUEST
        reads, asks, answers, writes, exit_code, tells = _pipes(3)
        try:
            with self._one_at_a_time:
                socket.send_fds(self._socket, [request], [reads, writes, tells])
                said = self._socket.recv(16)
            if not said:
                raise BrokenPipeError
        except BaseException:
            for line in (asks, answers, exit_code):
                os.close(line)
            raise
        finally:
            for line in (reads, writes, tells):
                os.close(line)
        return ForkedProcess(int(said), os.fdopen(asks, "wb"), os.fdopen(answers, "rb"), exit_code)

    def close(self) -> None:
        """Let it go; what it has forked goes on until it has answered."""
        self._socket.close()
        self.process.wait()


class ForkServer:
    """The fork server of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._started: _Started | None = None

    def start(self) -> None:
        """Have it ready before the first reading (about 120 MB)."""
        if CAN_FORK:
            self._running()

    def process(self) -> ReadingProcess:
        """A process that waits for a wish."""
        if not CAN_FORK:
            return _started_by_itself()
        server = self._running()
        try:
            return server.forked()
        except ConnectionError:
            self._forget(server)
            return self._running().forked()

    def close(self) -> None:
        """Let it go."""
        with self._lock:
            server, self._started = self._started, None
        if server is not None:
            server.close()

    def _running(self) -> _Started:
        with self._lock:
            if self._started is None:
                self._started = _Started()
            return self._started

    def _forget(self, server: _Started) -> None:
        with self._lock:
            if self._started is server:
                self._started = None
        server.close()


FORK_SERVER = ForkServer()


def _pipes(many: int) -> list[int]:
    """The reading and the writing end of so many pipes; all or none."""
    ends: list[int] = []
    try:
        for _ in range(many):
            ends += os.pipe()
    except OSError:
        for end in ends:
            os.close(end)
        raise
    return ends


def _started_by_itself() -> ReadingProcess:
    process = _python("equity.intake.apart.worker", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    return process  # type: ignore[return-value]


def _python(module: str, stdin: int, stdout: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - this program itself
        [sys.executable, "-m", module],
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    environment = {name: os.environ[name] for name in (*PASSED_ON, *SETTINGS) if name in os.environ}
    return environment | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
