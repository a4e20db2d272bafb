"""One loading in the background: how far it is, how to stop it, what came of it."""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from equity.store import audit_log, staging
from equity.store.belonging import put_dataset
from equity.store.home import home_folder
from equity.ui import datasets, sign_in
from equity.ui.sign_in import Allowed
from equity.vocabulary import Description, Mapping, PlainError

MEMORY = "500MB"
SERVER_FAULT = (
    "Something went wrong on the server while loading; nothing was changed, and the server's log says what it was."
)


def memory_limit() -> str:
    """What one loading may hold in memory before it spills to disk: `EQUITY_LOAD_MEMORY`, such as 2GB; else 500MB.

    A gigabyte of lines with person ids loads twice as fast with 2 GB; a server that others use at the same time is
    better off with little.
    """
    text = os.environ.get("EQUITY_LOAD_MEMORY", "").replace(" ", "").upper()
    return text if re.fullmatch(r"[1-9]\d*[MG]B", text) else MEMORY


@dataclass
class LoadJob:
    """A loading by somebody who may; at its end ``loaded`` or ``problem``.

    ``share`` runs from 0 to 1, ``words`` say what is being done.
    """

    file: Path
    dataset: str
    mapping: Mapping
    mode: str
    by: Allowed
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
            put_dataset(sign_in.database(), self.by.workspace, self.dataset, on_disk=datasets.on_disk())
            loaded = self._load(load)
            self._log(loaded)
            staging.discard(self.file.parent)
            self.loaded = loaded
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
            memory_limit=memory_limit(),
        )

    def _log(self, loaded: Description) -> None:
        facts = {"version": loaded.version, "rows": loaded.rows_used}
        audit_log.record(sign_in.database(), self.by.workspace, self.by.person, "loaded", loaded.dataset, facts)

    def _say(self, share: float, words: str) -> None:
        self.share, self.words = share, words
