"""What a step on the disk asks of whoever logs it: said before it can be seen, logged right after it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Protocol

Step = Literal["loaded", "rolled_back", "release_created", "release_revoked"]


class StepLog(Protocol):
    """Who takes a step, in which workspace (`workspace/publishing.py` has the one that writes to the audit log)."""

    @property
    def workspace(self) -> str:
        """Whose the dataset becomes."""

    def announce(self, file: Path, action: Step, subject: str, details: Mapping[str, str | int]) -> None:
        """Write down in ``file`` what the log will say, before the step that can be seen."""

    def log(self, file: Path) -> None:
        """Log what was announced in ``file``."""
