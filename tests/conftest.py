"""What more than one room's tests share: the sample system, loaded once, and one way to search at random."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.cube import Cube, open_cube
from equity.intake.proposal.mapping.mapping_file import read_mapping
from equity.loading import load
from equity.store.files.versions import current_version
from tests.attempts.table import is_named
from tests.random_search import load_profile

load_profile()

SAMPLE = Path(__file__).parent.parent / "data" / "sample"


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder that holds the sample system as the dataset “Sample”. To be read only."""
    home = tmp_path_factory.mktemp("sample_home")
    load([SAMPLE / "visits.parquet"], "Sample", read_mapping(SAMPLE / "mapping.toml"), "new", home)
    return home


@pytest.fixture(scope="session")
def sample_cube(sample_home: Path) -> Cube:
    """The sample system's cube."""
    return open_cube(current_version(sample_home, "Sample").folder)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys in a browser come last: what is quick fails first, and the browser's event loop is in nobody's way.

    What SECURITY.md names is marked as an attempt.
    """
    for item in items:
        if is_named(item.nodeid):
            item.add_marker("attempts")
    items.sort(key=lambda item: "browser" in item.path.parts)
