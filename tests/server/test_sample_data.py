"""Two servers that start on one empty folder load the sample once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from equity.server import sample_data
from equity.store.files.versions import datasets
from tests.pages.people import MAPPING, small_extract


def test_servers_that_start_at_once_load_it_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    monkeypatch.setattr(sample_data, "SOURCES", {"Sample": (small_extract(tmp_path), tmp_path / "mapping.toml")})
    with ThreadPoolExecutor(3) as servers:
        for started in [servers.submit(sample_data._load) for _ in range(3)]:
            started.result()
    [held] = datasets(tmp_path / "home")
    assert (held.name, held.current.number) == ("Sample", 1)
    assert (tmp_path / "home" / "sample_loaded").exists()
