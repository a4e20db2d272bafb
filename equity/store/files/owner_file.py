"""Whose a dataset is, written beside it (``owner.json``): what the workspace store says is held against it.

A store that was emptied or lost its rows must not open one workspace's data to another, so the folder itself knows its
workspace. It is written before the first version can be seen, and never changes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from equity.store.files.disk import write_text
from equity.vocabulary import PlainError

OWNER_FILE = "owner.json"
NOBODY = ""
"""The workspace of a dataset about which the store and the folder disagree, or whose owner cannot be read."""


def owner_written(folder: Path) -> str | None:
    """The workspace that is written in a dataset's folder; None where none is, NOBODY where it cannot be read."""
    try:
        raw: Any = json.loads((folder / OWNER_FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, RecursionError):
        return NOBODY
    entry = raw.get("workspace") if isinstance(raw, dict) else None
    return entry if isinstance(entry, str) else NOBODY


def write_owner(folder: Path, workspace: str) -> None:
    """Write down whose a dataset is, once; raises :class:`PlainError` where it is another workspace's already."""
    written = owner_written(folder)
    if written is None:
        write_text(folder / OWNER_FILE, json.dumps({"workspace": workspace}))
    elif written != workspace:
        raise PlainError("This dataset is another workspace's: please give yours another name.")


def somebody_owns_data_in(home: Path) -> bool:
    """Whether a home folder has a dataset or a release that a store once knew."""
    datasets, releases = home / "datasets", home / "releases"
    named = (datasets.glob(f"*/{OWNER_FILE}"), datasets.glob("*/versions/*/entry.json"), releases.glob("*/entry.json"))
    return any(any(files) for files in named)
