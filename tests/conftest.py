"""What more than one room's tests share: the sample system, loaded once, and one way to search at random."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from equity.cube import Cube, open_cube
from equity.intake.proposal.mapping.mapping_file import read_mapping
from equity.loading import load
from equity.store.files.versions import current_version
from tests.attempts.table import is_named
from tests.made_once import copied, copied_stores
from tests.random_search import load_profile

load_profile()

SAMPLE = Path(__file__).parent.parent / "data" / "sample"


@pytest.fixture(scope="session", autouse=True)
def new_stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """New stores are quick to begin."""
    with pytest.MonkeyPatch.context() as patch:
        copied_stores(patch, tmp_path_factory.mktemp("tables"))
        yield


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder that holds the sample system as the dataset “Sample”. To be read only."""

    def make(home: Path) -> None:
        load([SAMPLE / "visits.parquet"], "Sample", read_mapping(SAMPLE / "mapping.toml"), "new", home)

    return copied(tmp_path_factory, "sample", make)


@pytest.fixture(scope="session")
def sample_cube(sample_home: Path) -> Cube:
    """The sample system's cube."""
    return open_cube(current_version(sample_home, "Sample").folder)


LONGEST_JOURNEYS: Final = ("axe", "frame", "focus_and_aims", "work_of_a_quarter", "sharing", "chart_frames", "projects")
"""The files of journeys that take longest, from the longest on."""
LOADING_JOURNEYS: Final = ("shapes", "upload")
"""Those that leave datasets behind."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys in a browser come last: what is quick fails first, and the browser's event loop is in nobody's way.

    Of these the longest begin and those of many short tests end, so that no process waits long for the other one. What
    SECURITY.md names is marked as an attempt.
    """
    for item in items:
        if is_named(item.nodeid):
            item.add_marker("attempts")
    items.sort(key=_turn)


def pytest_collection_finish() -> None:
    """What was imported stays to the end: looking through it for garbage, again and again, finds nothing."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """At the end all of it may go."""
    gc.unfreeze()


def _turn(item: pytest.Item) -> int:
    if "browser" not in item.path.parts:
        return 0
    name = item.path.stem.removeprefix("test_")
    others = len(LONGEST_JOURNEYS) + 1
    return LONGEST_JOURNEYS.index(name) + 1 if name in LONGEST_JOURNEYS else others + (name in LOADING_JOURNEYS)
