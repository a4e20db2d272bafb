"""An earlier version made the current one again: a new version with its contents."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

from equity.store.files.checksums import CHECKSUMS, check
from equity.store.files.disk import full_disk_said, write_text
from equity.store.files.staging import staged_folder
from equity.store.files.step_log import StepLog
from equity.store.files.versions import ENTRY, held_for_changing, now, version_folder
from equity.vocabulary import Description


def roll_back(home: Path, name: str, number: int, by: StepLog | None = None) -> int:
    """Make a new version with the contents of an old one, and give its number. Nothing is taken away; ``by`` logs it.

    Raises :class:`PlainError` when the dataset or the version is not there, and :class:`DiskFullError`.
    """
    old = version_folder(home, name, number)
    for path in old.iterdir():
        if path.name not in (ENTRY, CHECKSUMS):
            check(path)
    with held_for_changing(home, name) as holding, staged_folder(home) as staged, full_disk_said():
        for path in old.iterdir():
            if path.name not in (ENTRY, CHECKSUMS):
                _same_bytes(path, staged / path.name)
        description = Description.from_json((staged / "description.json").read_text(encoding="utf-8"))
        again = dataclasses.replace(description, created=now(), note=f"The contents of version {number} again.")
        write_text(staged / "description.json", again.to_json())
        return holding.publish(staged, by, "rolled_back", {"contents of": number})


def _same_bytes(path: Path, target: Path) -> None:
    """Versions never change, so two may share a file; where the disk cannot do that, the bytes are copied."""
    try:
        target.hardlink_to(path)
    except OSError:
        shutil.copy2(path, target)
