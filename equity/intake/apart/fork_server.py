"""The process that readings are forked from: it has imported what every reading needs, and reads nothing itself.

Importing takes a second of a processor, forking a few thousandths. So each reading is a process of its own, with
memory of its own, and begins at once. What it is forked from has met no file: a reading finds nothing there of an
earlier one. (Readings of one server have their code at the same addresses; those of two servers do not.)

Whoever started this process holds the other end of the socket that is its standard input. It asks for a process by
sending that one's environment and three lines: what it reads from, what it writes to, and where its exit code goes
once it has ended.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
from typing import NoReturn

from equity.intake.apart import worker

LONGEST_REQUEST = 1 << 16


def main() -> None:
    """Fork as asked, until the other end of the socket is closed."""
    requests = socket.socket(fileno=os.dup(0))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for line in (0, 1, 2):
        os.dup2(nowhere, line)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(worker.NICENESS)
    worker.read_ahead()
    gc.collect()
    gc.freeze()
    ended, wakes = os.pipe()
    os.set_blocking(wakes, False)
    signal.set_wakeup_fd(wakes)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    exits: dict[int, int] = {}
    own = (requests.fileno(), ended, wakes)
    while True:
        ready, _, _ = select.select([requests.fileno(), ended], [], [])
        if ended in ready:
            os.read(ended, 4096)
            _reap(exits)
        if requests.fileno() in ready:
            request, lines, _, _ = socket.recv_fds(requests, LONGEST_REQUEST, 3)
            if not request:
                return
            reads, writes, exit_code = lines
            process = os.fork()
            if process == 0:
                _read(json.loads(request), reads, writes, (*own, exit_code, *exits.values()))
            os.close(reads)
            os.close(writes)
            exits[process] = exit_code
            requests.send(str(process).encode("ascii"))


def _reap(exits: dict[int, int]) -> None:
    """Tell the exit code of every process that has ended since, negative for the signal that ended it."""
    while exits:
        process, status = os.waitpid(-1, os.WNOHANG)
        if process == 0:
            return
        line = exits.pop(process)
        try:
            os.write(line, str(os.waitstatus_to_exitcode(status)).encode("ascii"))
        except BrokenPipeError:  # nobody asks any more
            pass
        finally:
            os.close(line)


def _read(environment: dict[str, str], reads: int, writes: int, not_its_own: tuple[int, ...]) -> NoReturn:
    """Be the process that reads."""
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for line in not_its_own:
            os.close(line)
        os.dup2(reads, 0)
        os.dup2(writes, 1)
        os.close(reads)
        os.close(writes)
        os.environ.clear()
        os.environ.update(environment)
        worker.main()
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
