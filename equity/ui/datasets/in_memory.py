"""The datasets of the workspace that is looked at, and their cubes: read once, shared by everyone who looks.

What there is, is looked up on disk at every run (a few small files), so that a dataset loaded from the command line is
there at the next click. Cubes are kept per version folder and the moment that the version was made; those of a dataset
that was deleted go from memory with the next page that anybody opens.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import streamlit as st

from equity.access import opens
from equity.access.here import Here
from equity.access.opens import NOUNS, require_open
from equity.cube import Cube, open_cube
from equity.server.sample_data import PUBLISHED, SAMPLE
from equity.store.files import versions
from equity.store.files.checksums import DamagedError, checked_description
from equity.store.files.home import HOME_SETTING, home_folder
from equity.store.files.owner_file import owner_written
from equity.store.workspace.ownership import datasets_in
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.ui.session import sign_in
from equity.vocabulary import Description, PlainError

KEPT_CUBES = 12
_LAST = (SAMPLE, PUBLISHED)
_opened: set[Path] = set()
"""The folders of the versions whose cubes are in memory."""


def names() -> list[str]:
    """The workspace's datasets: a team's own first, then the sample and the published figures."""
    _forget_what_is_gone()
    owned = datasets_in(sign_in.database(), sign_in.workspace_id(), on_disk())
    return sorted(owned, key=lambda name: _LAST.index(name) if name in _LAST else -1)


def newest(names: Sequence[str]) -> str:
    """The dataset whose current version was made last; the sample and the published figures after a team's own."""
    own = [name for name in names if name not in _LAST] or list(names)
    made: dict[str, str] = {}
    for name in own:
        with suppress(DamagedError):
            made[name] = description(name).created
    return max(made, key=lambda name: made[name], default=own[0]) if own[0] not in _LAST else own[0]


def damaged() -> list[str]:
    """A sentence for each of the workspace's datasets that is set apart, because its own file is not as it was."""
    mine = sign_in.workspace_id()
    set_apart = versions.damaged_datasets(_home())
    return [said for folder, said in set_apart if (owner_written(folder) or HOME_WORKSPACE) == mine]


def on_disk() -> list[str]:
    """The names of all datasets of this server, whoever they belong to."""
    return [held.name for held in versions.datasets(_home())]


def held(name: str) -> versions.Dataset:
    """A dataset with its versions; raises :class:`PlainError` when the workspace has none of that name."""
    _refuse_foreign(name)
    return versions.dataset(_home(), name)


def description(name: str) -> Description:
    """What the current version of a dataset holds."""
    _refuse_foreign(name)
    home = _home()
    try:
        changed = (versions.dataset_folder(home, name) / "versions").stat().st_mtime_ns
    except (FileNotFoundError, NotADirectoryError):
        changed = 0
    return _current(home, name, changed, _lately())


def description_of_version(name: str, number: int) -> Description | None:
    """What one version of a dataset holds; None when the dataset has no such version."""
    folder = next((version.folder for version in held(name).versions if version.number == number), None)
    return None if folder is None else _described(folder, (folder / "description.json").stat().st_mtime_ns)


def cube(name: str, number: int, made: str) -> Cube:
    """The cube of one version; ``made`` is the moment in its description, which tells it from a deleted namesake."""
    _refuse_foreign(name)
    folder = _folder(_home(), name, number, _lately())
    loaded = _cube(folder, made)
    _opened.add(folder)
    return loaded


def _forget_what_is_gone() -> None:
    """Let go of what is held in memory of a dataset that was deleted, on this server or on another one."""
    gone = {folder for folder in tuple(_opened) if not folder.exists()}
    if gone:
        _opened.difference_update(gone)
        st.cache_resource.clear()
        st.cache_data.clear()
        _described.cache_clear()
        _current.cache_clear()


def _refuse_foreign(name: str) -> None:
    """Somebody from outside hears the same whether there is such a dataset or not, and so does nobody."""
    visitor = sign_in.visitor()
    if visitor.person is None or visitor.workspace is None:
        raise PlainError(NOUNS["dataset"].unknown.format(id=name))
    _require_open(Here(sign_in.database(), visitor.workspace.id, visitor.person), name, _lately())


def _home() -> Path:
    """The home folder, looked for every two seconds: a page asks twenty times."""
    return _home_of(os.environ.get(HOME_SETTING, ""), _lately())


@lru_cache(maxsize=8)
def _home_of(setting: str, lately: int) -> Path:
    return home_folder()


def _lately() -> int:
    return int(time.monotonic() / sign_in.KEPT_SECONDS)


@lru_cache(maxsize=256)
def _require_open(who: Here, name: str, lately: int) -> None:
    """Asked at most two seconds ago, as long as a visitor is kept: a page asks ten times. A refusal is not kept."""
    require_open(who.database, who, opens.dataset(name))


@lru_cache(maxsize=64)
def _folder(home: Path, name: str, number: int, lately: int) -> Path:
    return versions.version_folder(home, name, number)


@lru_cache(maxsize=64)
def _current(home: Path, name: str, changed: int, lately: int) -> Description:
    """Looked up after each change of the folder that the versions stand in, and every two seconds: a page asks often.

    Some file systems write down the time of a change to the second only.
    """
    folder = versions.dataset(home, name).current.folder
    return _described(folder, (folder / "description.json").stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _described(folder: Path, written: int) -> Description:
    """Read once: a version never changes; ``written`` tells it from a deleted namesake."""
    return checked_description(folder)


@st.cache_resource(max_entries=KEPT_CUBES, show_spinner="Opening the dataset")
def _cube(folder: Path, made: str) -> Cube:
    return open_cube(folder)
