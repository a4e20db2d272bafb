"""Making or previewing a release in the background: how far it is, how to stop it, what came of it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from equity.release.watch import Cancelled, Progress
from equity.vocabulary import PlainError

Result = TypeVar("Result")
SERVER_FAULT = "Something went wrong on the server; nothing was released, and the server's log says what it was."


@dataclass
class ReleaseJob(Generic[Result]):
    """A piece of work that is told how to report and when to stop; at its end ``result`` or ``problem``.

    ``share`` runs from 0 to 1, ``words`` say what is being done.
    """

    work: Callable[[Progress, Cancelled], Result]
    result: Result | None = None
    problem: str = ""
    share: float = 0.0
    words: str = "Beginning"
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def is_over(self) -> bool:
        """Whether it has ended, one way or the other."""
        return self.result is not None or bool(self.problem)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        threading.Thread(target=self.run, name="release", daemon=True).start()

    def run(self) -> None:
        """Work; whatever happens is told by ``result`` or ``problem``."""
        try:
            self.result = self.work(self._say, self.stop.is_set)
        except PlainError as error:
            self.problem = str(error)
        except Exception as error:
            # The message could hold a number, so only its kind goes to the log.
            logging.getLogger(__name__).error("A release failed: %s", type(error).__name__)
            self.problem = SERVER_FAULT

    def _say(self, share: float, words: str) -> None:
        self.share, self.words = share, words
