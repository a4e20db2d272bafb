"""Work in the background: how far it is, how to stop it, and that whatever happens becomes a sentence."""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar

from equity.vocabulary import PlainError


@dataclass(kw_only=True)
class BackgroundJob(ABC):
    """A piece of work in a thread of its own. ``share`` runs from 0 to 1, ``words`` say what is being done.

    It ends with ``problem``, a sentence, or with what the kind of work gives; setting ``stop`` asks it to end.
    ``kind`` names it in the log, and ``fault`` is the sentence when the server is to blame.
    """

    kind: ClassVar[str]
    fault: ClassVar[str]
    share: float = 0.0
    words: str = "Beginning"
    problem: str = ""
    stop: threading.Event = field(default_factory=threading.Event)

    @abstractmethod
    def work(self) -> None:
        """Do it and keep what it gives."""

    @property
    @abstractmethod
    def is_done(self) -> bool:
        """Whether it has given what it was to give."""

    @property
    def is_over(self) -> bool:
        """Whether it has ended, one way or the other."""
        return self.is_done or bool(self.problem)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        threading.Thread(target=self.run, name=self.kind, daemon=True).start()

    def run(self) -> None:
        """Work; whatever goes wrong is told by ``problem``."""
        try:
            self.work()
        except PlainError as error:
            self.problem = str(error)
        except Exception as error:
            # The message could quote a row or hold a number, so only its kind goes to the log.
            logging.getLogger(type(self).__module__).error("A %s failed: %s", self.kind, type(error).__name__)
            self.problem = self.fault

    def say(self, share: float, words: str) -> None:
        """Take down how far it is."""
        self.share, self.words = share, words
