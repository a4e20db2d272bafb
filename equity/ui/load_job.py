"""One loading in the background: how far it is, how to stop it, what came of it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from equity.store.home import home_folder
from equity.vocabulary import Description, Mapping, PlainError

SERVER_FAULT = (
    "Something went wrong on the server while loading; nothing was changed, and the server's log says what it was."
)


@dataclass
class LoadJob:
    """A loading: ``share`` runs from 0 to 1, ``words`` say what is being done; at its end ``loaded`` or ``problem``."""

    file: Path
    dataset: str
    mapping: Mapping
    mode: str
    share: float = 0.0
    words: str = "Opening the file"
    loaded: Description | None = None
    problem: str = ""
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def is_over(self) -> bool:
        """Whether it has ended, one way or the other."""
        return self.loaded is not None or bool(self.problem)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        threading.Thread(target=self.run, name="loading", daemon=True).start()

    def run(self) -> None:
        """Load; whatever happens is told by ``loaded`` or ``problem``."""
        from equity.loading import load

        try:
            self.loaded = self._load(load)
        except PlainError as error:
            self.problem = str(error)
        except Exception as error:
            # The message could quote a row, so only its kind goes to the log.
            logging.getLogger(__name__).error("Loading failed: %s", type(error).__name__)
            self.problem = SERVER_FAULT

    def _load(self, load: Callable[..., Description]) -> Description:
        return load(
            [self.file],
            self.dataset,
            self.mapping,
            self.mode,
            home_folder(),
            progress=self._say,
            cancelled=self.stop.is_set,
        )

    def _say(self, share: float, words: str) -> None:
        self.share, self.words = share, words
