"""A command that reads a file: limited in memory and time, and nothing of it outside the data folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from equity.commands.line import run
from equity.commands.own_limits import TOO_LARGE
from equity.intake.proposal import propose

TAKES = "x = bytearray(3 << 30)"
LOOPS = "while True: pass"


def after_limits(words: str, then: str, **settings: str) -> str:
    """The last line that a process says which has put its limits upon itself and does this then."""
    code = (
        "import os; os.cpu_count = lambda: 1\n"
        "from equity.commands.own_limits import limit_this_process\n"
        f"limit_this_process({words.split()!r})\n{then}\nprint('done')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **settings}, capture_output=True, text=True, check=False
    )
    return (done.stdout + done.stderr).strip().splitlines()[-1]


@pytest.mark.parametrize("words", ["load a.csv", "inspect a.csv"])
def test_what_takes_more_memory_than_a_reading_may_is_stopped(words: str) -> None:
    assert "MemoryError" in after_limits(words, TAKES, EQUITY_READ_MEMORY="100M")


def test_what_takes_too_long_is_a_sentence() -> None:
    assert "was not read within the time" in after_limits("inspect a.csv", LOOPS, EQUITY_LOAD_SECONDS="1")


@pytest.mark.parametrize("words", ["datasets", "load a --engine spark", "load a --engine=spark"])
def test_what_reads_no_file_here_has_no_limits(words: str) -> None:
    told = "import resource; print(resource.getrlimit(resource.RLIMIT_DATA)[0])"
    without = after_limits("", f"{told}; exit()")
    assert after_limits(words, f"{told}; exit()", EQUITY_READ_MEMORY="100M") == without


def test_what_is_written_on_the_way_stands_in_the_data_folder_and_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    seen: list[Path] = []

    def opened(file: Path, folder: Path, *more: object) -> None:
        seen.append(folder)
        raise MemoryError

    before = tempfile.gettempdir()
    monkeypatch.setattr(propose, "open_found", opened)
    assert run(["inspect", "a.csv"]) == 2
    assert capsys.readouterr().err.strip() == TOO_LARGE
    assert seen[0].is_relative_to(tmp_path / "home" / "staging")
    assert list((tmp_path / "home" / "staging").iterdir()) == []
    assert tempfile.gettempdir() == before
