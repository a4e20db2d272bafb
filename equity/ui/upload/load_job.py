"""One loading in the background."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from equity.access.may import Allowed
from equity.intake.apart.limits import loading
from equity.intake.apart.process import Apart
from equity.store.files import staging
from equity.store.files.home import home_folder
from equity.store.workspace.ownership import claim_dataset
from equity.store.workspace.publishing import Publisher
from equity.ui.datasets import in_memory
from equity.ui.session import sign_in
from equity.ui.session.background_job import BackgroundJob
from equity.ui.session.presence import Presence
from equity.vocabulary import Description, Mapping
from equity.words.labels.upload import UPLOAD_TEXTS

MEMORY = "500MB"


def memory_limit() -> str:
    """What one loading may hold in memory before it spills to disk: `EQUITY_LOAD_MEMORY`, such as 2GB; else 500MB.

    A gigabyte of lines with person ids loads twice as fast with 2 GB; a server that others use at the same time is
    better off with little.
    """
    text = os.environ.get("EQUITY_LOAD_MEMORY", "").replace(" ", "").upper()
    return text if re.fullmatch(r"[1-9]\d*[MG]B", text) else MEMORY


def memory_bytes() -> int:
    """:func:`memory_limit` in bytes."""
    limit = memory_limit()
    return int(limit[:-2]) * {"MB": 1000**2, "GB": 1000**3}[limit[-2:]]


@dataclass
class LoadJob(BackgroundJob):
    """A loading by somebody who may; at its end ``loaded`` or ``problem``."""

    kind: ClassVar[str] = "loading"
    fault: ClassVar[str] = UPLOAD_TEXTS["something_went_wrong_on_the_server"]
    file: Path
    dataset: str
    mapping: Mapping
    mode: str
    by: Allowed
    words: str = field(default="Opening the file", kw_only=True)
    presence: Presence = field(default_factory=Presence, kw_only=True)
    loaded: Description | None = None

    def work(self) -> None:
        """Load, which is logged, and let go of the file."""
        from equity.loading import load

        claim_dataset(sign_in.database(), self.by.workspace, self.dataset, on_disk=in_memory.on_disk())
        loaded = self._load(load)
        staging.discard(self.file.parent)
        self.loaded = loaded

    @property
    def is_done(self) -> bool:
        """Whether the data are there."""
        return self.loaded is not None

    def _load(self, load: Callable[..., Description]) -> Description:
        from equity.loading import Accepted

        return load(
            [self.file],
            self.dataset,
            self.mapping,
            self.mode,
            home_folder(),
            progress=self.say,
            cancelled=lambda: self.stop.is_set() or self.presence.has_left(),
            memory_limit=memory_limit(),
            by=Publisher(sign_in.database(), self.by.workspace, self.by.person),
            run=Apart(self.file.name, self.file.parent, loading(memory_bytes())),
            accepted=Accepted(set_aside=True),  # the page has shown the account of the rows
        )
