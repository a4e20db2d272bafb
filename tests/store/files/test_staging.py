"""Work in progress: private, and swept when its holder is gone."""

from __future__ import annotations

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from equity.store.files.home import home_folder
from equity.store.files.staging import discard, new_folder, staged_folder, sweep
from equity.vocabulary import PlainError

HOLDER = """
import sys, time
from pathlib import Path
from equity.store.files.staging import new_folder
folder = new_folder(Path(sys.argv[1]))
(folder / "half.csv").write_text("half")
print(folder, flush=True)
time.sleep(60)
"""


def test_a_folder_is_private_and_gone_at_the_end(tmp_path: Path) -> None:
    with staged_folder(tmp_path) as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "half.csv").write_text("half", encoding="utf-8")
    assert list((tmp_path / "staging").iterdir()) == []


def test_a_folder_is_gone_after_a_failure_too(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), staged_folder(tmp_path) as folder:
        (folder / "half.csv").write_text("half", encoding="utf-8")
        raise ZeroDivisionError
    assert list((tmp_path / "staging").iterdir()) == []


def test_what_a_living_process_holds_stays_and_what_a_killed_one_held_goes(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        folder = Path(holder.stdout.readline().strip())
        try:
            assert sweep(tmp_path) == 0
            assert (folder / "half.csv").exists()
        finally:
            holder.kill()
    assert sweep(tmp_path) == 1
    assert list((tmp_path / "staging").iterdir()) == []


def test_a_new_folder_sweeps_what_others_left(tmp_path: Path) -> None:
    left = tmp_path / "staging" / "0123456789abcdef"
    left.mkdir(parents=True)
    mine = new_folder(tmp_path)
    assert [path.name for path in sorted((tmp_path / "staging").iterdir())] == [mine.name, f"{mine.name}.lock"]
    discard(mine)
    discard(mine)


def test_many_at_once_never_sweep_each_other(tmp_path: Path) -> None:
    def work(_: int) -> bool:
        with staged_folder(tmp_path) as folder:
            (folder / "half.csv").write_text("half", encoding="utf-8")
            sweep(tmp_path)
            return (folder / "half.csv").exists()

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(work, range(200)))
    assert list((tmp_path / "staging").iterdir()) == []


def test_the_home_folder_is_the_one_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "a" / "home"))
    assert home_folder() == tmp_path / "a" / "home"
    assert stat.S_IMODE(home_folder().stat().st_mode) == 0o700
    folder = new_folder()
    assert folder.parent == tmp_path / "a" / "home" / "staging"
    discard(folder)


def test_a_home_folder_that_cannot_be_made_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(PlainError, match=r"cannot be made .* set EQUITY_HOME"):
        home_folder()


def test_the_home_folder_lies_beside_the_app_when_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from equity.store.files import home

    assert (home.BESIDE_THE_APP.parent / "equity" / "store" / "files" / "home.py").exists()
    assert home.BESIDE_THE_APP.name == ".equity"
