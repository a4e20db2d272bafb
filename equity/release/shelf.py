"""Where releases live: ``EQUITY_HOME/releases/<id>/``, each whole from the moment it is there, and never changed.

release.json       what it is a release of, by which plan and policy, when, and who attested it
description.json   the dataset's description as readers of the release may see it
cube.parquet       the cube (docs/house.md) with a column ``shown``: yes, zero or hidden; a hidden cell holds nothing
audit.json         what the disclosure audit found, for the team
kept.parquet       the true counts of all its cells, hidden ones too: never sent to anybody; with them later releases
                   can reckon with this one when its dataset is gone
bounds.parquet     the least and greatest value of every hidden count, for the team (written_cells.BOUNDS)
entry.json         what the audit log says of it (equity/store/workspace/publishing.py)
revoked.json       what the audit log says of its being revoked; written just before
revoked            there once it is revoked: readers get nothing any more, later releases still reckon with it
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from equity.release.plan import Plan
from equity.release.policy import Policy
from equity.store.files.checksums import (
    DamagedError,
    check,
    checked_bytes,
    checked_description,
    damaged,
    write_checksums,
)
from equity.store.files.disk import fsync, fsync_tree, full_disk_said, write_text
from equity.store.files.locks import acquire
from equity.store.files.staging import staged_folder
from equity.store.files.versions import ENTRY, REVOKED_ENTRY, now
from equity.vocabulary import Description, PlainError

if TYPE_CHECKING:
    from equity.store.workspace.publishing import Publisher

_ID = re.compile(r"^[0-9a-f]{12}$")


@dataclass(frozen=True)
class Release:
    """One frozen release.

    ``version_created`` tells a version from another of the same number in a dataset that was deleted and made again.
    """

    id: str
    dataset: str
    version: int
    version_created: str
    plan: Plan
    policy: Policy
    created: str
    attested_by: str
    folder: Path

    @property
    def revoked(self) -> str:
        """When it was revoked; empty while it is not."""
        path = self.folder / "revoked"
        return path.read_text(encoding="utf-8").strip() if path.exists() else ""

    def cells(self) -> pd.DataFrame:
        """The frozen cube, ``shown`` included."""
        check(self.folder / "cube.parquet")
        try:
            return pd.read_parquet(self.folder / "cube.parquet")
        except (OSError, ValueError):
            raise damaged(self.folder / "cube.parquet") from None

    def description(self) -> Description:
        """What readers may know of the dataset."""
        return checked_description(self.folder)

    def audit(self) -> dict[str, Any]:
        """What the audit found when the release was made. For the team only."""
        loaded: dict[str, Any] = json.loads(checked_bytes(self.folder / "audit.json"))
        return loaded

    def kept(self) -> pd.DataFrame | None:
        """The true counts of its cells, for the audit of later releases alone; None before they were kept."""
        path = self.folder / "kept.parquet"
        return pd.read_parquet(path) if path.exists() else None

    def bounds(self) -> pd.DataFrame:
        """The least and greatest value of every hidden count. For the team only.

        Raises :class:`PlainError` for a release that was made before bounds were kept.
        """
        path = self.folder / "bounds.parquet"
        if not path.exists():
            raise PlainError(f"Release {self.id} was made before bounds were kept: make a newer one to see them.")
        check(path)
        return pd.read_parquet(path)


def find(home: Path, release_id: str) -> Release:
    """The release of this id, revoked or not; raises :class:`PlainError` when there is none."""
    folder = home / "releases" / release_id
    if not _ID.match(release_id) or not (folder / "release.json").is_file():
        raise PlainError("There is no such release here: check its address or ask for it again.")
    return _read(folder)


def opened(home: Path, release_id: str) -> Release:
    """The release of this id as readers may have it; raises :class:`PlainError` when there is none or it is revoked."""
    release = find(home, release_id)
    if release.revoked:
        raise PlainError("This release was revoked and can no longer be opened: ask its team for a newer one.")
    return release


def releases(home: Path, dataset: str = "") -> tuple[Release, ...]:
    """All releases (of one dataset), oldest first, the revoked ones too.

    Raises :class:`DamagedError` when one that may be of this dataset cannot be read: a release that was seen and that
    nobody can reckon with any more stands in the way of new ones.
    """
    every = readable_releases(home)
    for folder, damage in damaged_releases(home):
        if not dataset or _dataset_announced(folder) in ("", dataset):
            raise damage
    return tuple(release for release in every if dataset in ("", release.dataset))


def readable_releases(home: Path) -> tuple[Release, ...]:
    """All releases that can be read, oldest first, the revoked ones too; for showing them."""
    readable = [release for release in map(_read_or_none, _folders(home)) if release is not None]
    return tuple(sorted(readable, key=lambda r: (r.created, r.id)))


def damaged_releases(home: Path) -> tuple[tuple[Path, DamagedError], ...]:
    """The folders of the releases that cannot be read, each with the sentence that says so."""
    damaged: list[tuple[Path, DamagedError]] = []
    for folder in _folders(home):
        try:
            _read(folder)
        except DamagedError as damage:
            damaged.append((folder, damage))
    return tuple(damaged)


def _folders(home: Path) -> list[Path]:
    return [f.parent for f in sorted((home / "releases").glob("*/release.json")) if _ID.match(f.parent.name)]


def _read_or_none(folder: Path) -> Release | None:
    try:
        return _read(folder)
    except DamagedError:
        return None


def _dataset_announced(folder: Path) -> str:
    """The dataset of a release, as the log's entry beside it says; empty where it does not."""
    try:
        return str(json.loads((folder / ENTRY).read_text(encoding="utf-8"))["details"]["dataset"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""


def revoke(home: Path, release_id: str, by: Publisher | None = None) -> Release:
    """Take a release back: nobody can open it again. What was seen stays seen, and later releases reckon with it.

    ``by`` writes down before it what the log will say.
    """
    release = find(home, release_id)
    if not release.revoked:
        if by is not None:
            by.announce(release.folder / REVOKED_ENTRY, "release_revoked", release.id, {})
        write_text(release.folder / "revoked", now())
    return release


@contextmanager
def shelf_held(home: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Make releases one at a time: two that are made at once could not reckon with each other.

    ``waiting`` is called while another is being made; what it raises ends the wait.
    """
    shelf = home / "releases"
    with full_disk_said():
        shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
        while (lock := acquire(shelf / "lock")) is None:
            waiting()
            time.sleep(0.05)
    try:
        yield
    finally:
        os.close(lock)


def put(
    home: Path,
    release: Release,
    description: Description,
    cells: pd.DataFrame,
    audit: dict[str, Any],
    bounds: pd.DataFrame,
    kept: pd.DataFrame,
    by: Publisher | None = None,
) -> None:
    """Write a release, and beside it what the log will say of it, and make it visible by one rename."""
    record = {k: v for k, v in dataclasses.asdict(release).items() if k != "folder"}
    with staged_folder(home) as staged, full_disk_said():
        write_text(staged / "release.json", json.dumps(record, ensure_ascii=False, indent=1))
        write_text(staged / "description.json", description.to_json())
        write_text(staged / "audit.json", json.dumps(audit, ensure_ascii=False, indent=1))
        cells.to_parquet(staged / "cube.parquet", index=False, compression="zstd")
        bounds.to_parquet(staged / "bounds.parquet", index=False, compression="zstd")
        kept.to_parquet(staged / "kept.parquet", index=False, compression="zstd")
        if by is not None:
            by.announce(staged / ENTRY, "release_created", release.id, {"dataset": release.dataset})
        write_checksums(staged)
        fsync_tree(staged)
        staged.rename(release.folder)
        fsync(release.folder.parent)


def discard(release: Release) -> None:
    """Remove a release that nobody was told of; whoever was told of one may have seen it, and it is revoked instead."""
    # Its record goes first: without it there is no release, wherever the rest of the removal is cut short.
    (release.folder / "release.json").unlink(missing_ok=True)
    shutil.rmtree(release.folder, ignore_errors=True)


def _read(folder: Path) -> Release:
    """A release; raises :class:`DamagedError` when it is not as it was written."""
    content = checked_bytes(folder / "release.json")
    try:
        return _made_of(json.loads(content), folder)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise damaged(folder / "release.json") from None


def _made_of(raw: dict[str, Any], folder: Path) -> Release:
    plan = {**raw.pop("plan")}
    policy = {**raw.pop("policy")}
    return Release(
        **raw,
        plan=Plan(**{**plan, "stratifiers": tuple(plan["stratifiers"]), "measures": tuple(plan["measures"])}),
        policy=Policy(**{**policy, "counts": tuple(policy["counts"])}),
        folder=folder,
    )
