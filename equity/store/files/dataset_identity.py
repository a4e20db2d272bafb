"""What ``dataset.json`` says of a dataset: its name, and the key that its person ids are hashed with."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from equity.store.files.checksums import DamagedError
from equity.store.files.naming import folder_name


@dataclass(frozen=True)
class Identity:
    name: str
    person_key: bytes


def identity_of(folder: Path) -> Identity:
    """What ``dataset.json`` says; raises :class:`DamagedError` when it is not as it was written."""
    try:
        raw = json.loads((folder / "dataset.json").read_bytes())
        name, key = raw["name"], raw["person_key"]
        whole = raw.get("sha256", identity_sum(name, key)) == identity_sum(name, key)
        if whole and folder_name(name) == folder.name and len(bytes.fromhex(key)) == 32:
            return Identity(name, bytes.fromhex(key))
    except (FileNotFoundError, NotADirectoryError):
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise DamagedError(
        f"The dataset in the folder “{folder.name}” is damaged: dataset.json is not as it was written. "
        "Restore a backup; until then it is not shown, and all others are."
    )


def identity_sum(name: str, key: str) -> str:
    return hashlib.sha256(f"{name}\n{key}".encode()).hexdigest()
