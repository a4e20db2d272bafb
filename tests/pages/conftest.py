"""A home folder with the sample data and a hostile dataset, and the app opened on it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import load
from tests.made_once import copied, first_home
from tests.made_up_counts import COUNTS
from tests.pages.opened import HOSTILE, Open, begun, turned_to


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder with the sample data, and a dataset whose every name is an attack."""
    folder = tmp_path_factory.mktemp("home")
    before = os.environ.get("EQUITY_HOME")
    os.environ["EQUITY_HOME"] = str(folder)
    shutil.copytree(copied(tmp_path_factory, "first_home", first_home) / "datasets", folder / "datasets")
    load([hostile_file(folder)], HOSTILE, mapping_from_toml(HOSTILE_MAPPING, "hostile"), "new", folder)
    yield folder
    st.cache_data.clear()
    st.cache_resource.clear()
    if before is None:
        del os.environ["EQUITY_HOME"]
    else:
        os.environ["EQUITY_HOME"] = before


def hostile_file(folder: Path) -> Path:
    """Counts of a measure and groups with names that no page may run."""
    groups = {
        HOSTILE: (10, 400),
        '=HYPERLINK("http://x")': (90, 400),
        "<script>alert(1)</script>": (60, 400),
        "Unknown": (5, 50),
    }
    lines = ["measure;period;group;x;n"]
    for year in range(2021, 2025):
        for group, (x, n) in groups.items():
            quoted = group.replace('"', '""')
            lines.append(f'"{HOSTILE}";{year};"{quoted}";{x + year - 2021};{n}')
    path = folder / "hostile.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


HOSTILE_MAPPING = f"""{COUNTS}
[stratifiers.attack]
column = "group"
label = "<b onmouseover=alert(1)>*Group*</b>"
[measures.'<img src=x onerror=alert(1)> **bold** [click](javascript:alert(1)) $x^2$ :material/delete: =cmd()']
kind = "proportion"
polarity = "higher_better"
clinical_area = "<script>alert(2)</script>"
"""


@pytest.fixture
def open_page(home: Path) -> Open:
    """Open a page of the app, as by a link: ``open_page("disparities", measure="…")``."""

    def opened(name: str, **parameters: str) -> AppTest:
        app = turned_to(begun(20), name)
        for part, code in parameters.items():
            app.query_params[part] = code
        return app.run()

    return opened
