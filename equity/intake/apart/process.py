"""Running a function in a process of its own.

An :class:`Apart` is called like the function itself. Whatever happens over there comes back as a sentence; whatever
happens here (a cancel, an exception from ``progress``, which is how a page learns that its reader has left) ends the
process at once.
"""

from __future__ import annotations

import logging
import os
import select
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from equity.intake.apart.limits import Limits
from equity.intake.apart.messages import Done, Failed, NotBelieved, Told, Wish, packed, taken
from equity.intake.apart.starting import FORK_SERVER, ReadingProcess
from equity.intake.reading.progress import LoadingCancelled
from equity.vocabulary import Cancelled, PlainError, Progress

TICK = 0.05
TOLD_EVERY = 0.25
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Apart:
    """Calls functions in a process of their own, each in a new one, within limits.

    ``name`` is what sentences call the file; what is written on the way goes below ``folder``.
    """

    name: str
    folder: Path
    limits: Limits

    def __call__(
        self,
        function: Callable[..., Any],
        *arguments: Any,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
        **keywords: Any,
    ) -> Any:
        """What ``function`` gives for these arguments.

        ``progress`` is told what the function tells, and at least four times a second that it is still at it;
        ``cancelled`` is asked more often. Raises :class:`PlainError`, for each limit a sentence of its own, and
        :class:`LoadingCancelled`.
        """
        watch = _Watch(progress, cancelled)
        with (
            _place(self.limits, watch),
            tempfile.TemporaryDirectory(dir=self.folder, prefix="reading-", ignore_cleanup_errors=True) as work,
            _process(self._given_out) as process,
        ):
            limits, takes = self.limits, "progress" in _words_of(function) and progress is not None
            wish = Wish(function, arguments, keywords, takes, limits.memory, limits.seconds, work)
            _ask(process, wish)
            return self._answer(process, watch)

    def _answer(self, process: ReadingProcess, watch: _Watch) -> Any:
        end, received = time.monotonic() + self.limits.seconds, bytearray()
        while True:
            watch.look()
            if time.monotonic() > end:
                raise PlainError(self._too_long())
            if memory_of(process.pid) > self.limits.memory:
                raise PlainError(self._too_large())
            if not select.select([process.stdout], [], [], TICK)[0]:
                continue
            chunk = os.read(process.stdout.fileno(), 1 << 20)
            if not chunk:
                raise self._ended(process)
            received += chunk
            try:
                while (message := taken(received)) is not None:
                    if isinstance(message, Told):
                        watch.say(message)
                    elif isinstance(message, Done):
                        return message.value
                    else:
                        raise self._failed(message)
            except NotBelieved as odd:
                logging.getLogger(__name__).error("A reading of a file answered with %s.", odd)
                raise PlainError(self._unreadable()) from None

    def _failed(self, message: Failed) -> PlainError:
        if message.outcome == "refused":
            return PlainError(message.sentence.replace(f"{self.folder}/", ""))  # a browser learns no path of ours
        if message.outcome == "memory":
            return PlainError(self._too_large())
        if message.outcome == "nested":
            return PlainError(f"{self.name} is nested too deeply to be a table: export it again.")
        if message.outcome == "machine":
            logging.getLogger(__name__).error("A reading of a file ended for want of the machine: %s", message.sentence)
            return PlainError(self._given_out(message.sentence))
        logging.getLogger(__name__).error("A reading of a file failed: %s", message.sentence)
        return PlainError(self._unreadable())

    def _ended(self, process: ReadingProcess) -> PlainError:
        """The process ended without a word: by the system for want of memory, or by the file."""
        code = process.wait()
        logging.getLogger(__name__).error("A reading of a file ended with status %s.", code)
        return PlainError(self._too_large() if code == -9 else self._unreadable())

    def _too_large(self) -> str:
        return (
            f"{self.name} needs more than the {self.limits.memory / 1024**3:,.1f} GB of memory that reading one file "
            "may take here: send it in parts, or ask the administrator to load it from the command line."
        )

    def _too_long(self) -> str:
        return (
            f"{self.name} was not read within the {self.limits.seconds:,.0f} seconds that it may take here: send it "
            "in parts or as Parquet, or ask the administrator to load it from the command line."
        )

    def _given_out(self, said: str) -> str:
        return (
            f"{self.name} was not read, because the server reported “{said}”: try again in a moment, or tell the "
            "administrator."
        )

    def _unreadable(self) -> str:
        return f"{self.name} could not be read: export it again, or save it as CSV in UTF-8."


class _Watch:
    """Who asked: told how far it is, and asked whether to go on."""

    def __init__(self, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self.progress, self.cancelled = progress, cancelled
        self.last, self.at = Told(0.0, "Reading the file"), 0.0

    def say(self, told: Told) -> None:
        self.last, self.at = told, time.monotonic()
        if self.progress is not None:
            self.progress(told.share, told.words)

    def look(self) -> None:
        if self.cancelled is not None and self.cancelled():
            raise LoadingCancelled
        if time.monotonic() - self.at > TOLD_EVERY:
            self.say(self.last)


def memory_of(process: int) -> int:
    """The bytes of memory that a process holds now; 0 where the system does not say (then the hard limit holds)."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return 0
    return (int(pages[1]) - int(pages[2])) * _PAGE


@contextmanager
def _place(limits: Limits, watch: _Watch) -> Iterator[None]:
    """A place among the readings, as soon as one is free."""
    waiting = Told(0.0, "Waiting until another file has been read")
    while not limits.places.acquire(timeout=TICK):
        watch.last = waiting
        watch.look()
    try:
        yield
    finally:
        limits.places.release()


@contextmanager
def _process(given_out: Callable[[str], str]) -> Iterator[ReadingProcess]:
    """A process that waits for a wish; it is gone when the block ends, however that is.

    Raises :class:`PlainError` with the sentence ``given_out`` of what the system said when there can be none.
    """
    try:
        process = FORK_SERVER.process()
    except OSError as error:
        logging.getLogger(__name__).error("No process to read a file: %s", error)
        raise PlainError(given_out(error.strerror or "no process could be started")) from None
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        with suppress(BrokenPipeError):  # a wish that it had ended before it took
            process.stdin.close()
        process.stdout.close()


def _ask(process: ReadingProcess, wish: Wish) -> None:
    try:
        process.stdin.write(packed(wish))
        process.stdin.flush()
    except BrokenPipeError:  # it has ended: the answer says so
        return


def _words_of(function: Callable[..., Any]) -> tuple[str, ...]:
    code = getattr(function, "__code__", None)
    return () if code is None else code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
