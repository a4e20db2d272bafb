"""Making or previewing a release in the background: the audit of a large release takes minutes, and a page does not."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from equity.vocabulary import PlainError

Result = TypeVar("Result")
SERVER_FAULT = "Something went wrong on the server; nothing was released, and the server's log says what it was."


@dataclass
class ReleaseJob(Generic[Result]):
    """A piece of work; at its end ``result`` or ``problem``."""

    work: Callable[[], Result]
    result: Result | None = None
    problem: str = ""
    began: float = field(default_factory=time.monotonic)

    @property
    def is_over(self) -> bool:
        """Whether it has ended, one way or the other."""
        return self.result is not None or bool(self.problem)

    @property
    def seconds(self) -> int:
        """How long it has been at work."""
        return int(time.monotonic() - self.began)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        threading.Thread(target=self.run, name="release", daemon=True).start()

    def run(self) -> None:
        """Work; whatever happens is told by ``result`` or ``problem``."""
        try:
            self.result = self.work()
        except PlainError as error:
            self.problem = str(error)
        except Exception as error:
            # The message could hold a number, so only its kind goes to the log.
            logging.getLogger(__name__).error("A release failed: %s", type(error).__name__)
            self.problem = SERVER_FAULT
