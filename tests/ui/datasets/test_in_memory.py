"""What is held in memory of a dataset goes with it, wherever it was deleted."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest
import streamlit as st

from equity.store.files.dataset_deletion import delete_dataset
from equity.store.files.versions import current_version
from equity.ui.datasets import in_memory
from tests.pages.people import DATASET, small_home
from tests.store.files.test_versions import published


def test_a_cube_leaves_memory_when_its_dataset_is_deleted_and_not_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    small_home(tmp_path)
    published(tmp_path / "home", "Other")
    made = current_version(tmp_path / "home", DATASET).description().created

    @st.cache_resource
    def answer(cube: object) -> list[object]:
        return [cube]

    kept = answer(in_memory.cube(DATASET, 1, made))[0]
    held = weakref.ref(kept)
    del kept
    delete_dataset(tmp_path / "home", "Other")  # on another server, which only leaves its traces on the disk
    assert in_memory.names() == [DATASET]
    gc.collect()
    assert held() is not None
    delete_dataset(tmp_path / "home", DATASET)
    assert in_memory.names() == []
    gc.collect()
    assert held() is None
