"""The datasets of this server, and their cubes: read once, shared by everyone who looks.

What there is, is looked up on disk at every run (a few small files), so that a dataset loaded from the command line is
there at the next click. Cubes are kept per version folder and the moment that the version was made.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from equity.cube import Cube, open_cube
from equity.store import versions
from equity.store.home import home_folder
from equity.ui.sample_data import PUBLISHED, SAMPLE
from equity.vocabulary import Description

KEPT_CUBES = 12
_LAST = (SAMPLE, PUBLISHED)


def names() -> list[str]:
    """The datasets' names: a team's own first, then the sample and the published figures."""
    found = [held.name for held in versions.datasets(home_folder())]
    return sorted(found, key=lambda name: _LAST.index(name) if name in _LAST else -1)


def held(name: str) -> versions.Dataset:
    """A dataset with its versions; raises :class:`PlainError` when there is none of that name."""
    return versions.dataset(home_folder(), name)


def description(name: str) -> Description:
    """What the current version of a dataset holds."""
    return held(name).current.description()


def cube(name: str, number: int, made: str) -> Cube:
    """The cube of one version; ``made`` is the moment in its description, which tells it from a deleted namesake."""
    return _cube(versions.version_folder(home_folder(), name, number), made)


@st.cache_resource(max_entries=KEPT_CUBES, show_spinner="Opening the dataset")
def _cube(folder: Path, made: str) -> Cube:
    return open_cube(folder)
