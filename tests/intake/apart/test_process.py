"""A reading in a process of its own: each limit a sentence, ended with whoever asked, and its answers not believed."""

from __future__ import annotations

import errno
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from equity.intake.apart import starting
from equity.intake.apart.limits import Limits, loading, looking
from equity.intake.apart.process import Apart
from equity.intake.formats.bounds import amount_set
from equity.intake.reading.progress import LoadingCancelled
from equity.vocabulary import Mapping, PlainError
from tests.intake.apart import misbehaving


def apart(folder: Path, memory: int = 1 << 30, seconds: float = 60, places: int = 1) -> Apart:
    return Apart("visits.csv", folder, Limits(memory, seconds, threading.Semaphore(places)))


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(
    ("function", "limits", "sentence"),
    [
        (misbehaving.fills_memory, {"memory": 300 << 20}, r"visits\.csv needs more than the 0\.3 GB of memory"),
        (misbehaving.never_ends, {"seconds": 1.5}, r"visits\.csv was not read within the 2 seconds"),
        (misbehaving.is_refused, {}, r"^visits\.csv, line 3: the cell is no number\.$"),
        (misbehaving.nests, {}, r"visits\.csv is nested too deeply"),
        (misbehaving.quotes_a_row, {}, r"^visits\.csv could not be read: export it again"),
        (misbehaving.finds_no_room, {}, r"^visits\.csv was not read, .* reported “No space left on device”: try again"),
        (misbehaving.finds_odd_bytes, {}, r"^visits\.csv could not be read: export it again"),
        (misbehaving.dies, {}, r"^visits\.csv could not be read: export it again"),
        (misbehaving.answers_without_end, {}, r"^visits\.csv could not be read: export it again"),
        (misbehaving.answers_with_a_function, {}, r"^visits\.csv could not be read: export it again"),
    ],
)
def test_whatever_happens_over_there_is_one_sentence_here(
    tmp_path: Path,
    function: Callable[..., Any],
    limits: dict[str, Any],
    sentence: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(PlainError, match=sentence) as told:
        apart(tmp_path, **limits)(function)
    assert "Miller" not in str(told.value) + caplog.text
    assert list(tmp_path.iterdir()) == []


def test_without_lines_to_another_process_there_is_a_sentence_and_no_line_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = apart(tmp_path)
    before = here(misbehaving.leaves_something)["forked_from"]
    pipes = iter([os.pipe()])
    lines = len(list(Path("/proc/self/fd").iterdir()))

    def pipe() -> tuple[int, int]:
        for ends in pipes:
            return ends
        raise OSError(errno.EMFILE, "Too many open files")

    with monkeypatch.context() as patch:
        patch.setattr(starting.os, "pipe", pipe)
        with pytest.raises(PlainError, match=r"^visits\.csv was not read, .* “Too many open files”: try again"):
            here(misbehaving.leaves_something)
    assert len(list(Path("/proc/self/fd").iterdir())) == lines - 2
    assert here(misbehaving.leaves_something)["forked_from"] == before


def test_a_sentence_tells_no_path_of_the_server(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match=r"^There is no file visits\.csv: check"):
        apart(tmp_path)(misbehaving.names_its_folder, tmp_path)


def test_an_answer_makes_plain_values_and_runs_nothing(tmp_path: Path) -> None:
    found = apart(tmp_path)(misbehaving.gives_values)
    assert found == (Counter("aab"), date(2024, 1, 1), Mapping(shape="rows"), {"a": [1.5, None, True, b"x"]})
    with pytest.raises(PlainError, match="could not be read"):
        apart(tmp_path)(misbehaving.answers_with_a_command, str(tmp_path / "ran"))
    assert not (tmp_path / "ran").exists()


def test_it_has_no_secrets_and_gives_way_to_everybody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EQUITY_DATABASE_URL", "postgresql://user:secret@host/db")
    monkeypatch.setenv("EQUITY_MOST_COLUMNS", "10")
    found = apart(tmp_path)(misbehaving.surroundings)
    assert "EQUITY_DATABASE_URL" not in found["environment"]
    assert "EQUITY_MOST_COLUMNS" in found["environment"]
    assert found["nice"] >= 10
    assert found["core"] == (0, 0)
    assert Path(found["temporary"]).parent == tmp_path
    assert apart(tmp_path)(misbehaving.writes_to_its_output) == "said nothing"


def test_how_far_it_is_is_told_and_a_reader_who_leaves_ends_it(tmp_path: Path) -> None:
    told: list[str] = []
    assert apart(tmp_path)(misbehaving.counts, 3, progress=lambda share, words: told.append(words)) == 3
    assert [words for words in told if words.startswith("at")] == ["at 0", "at 1", "at 2"]

    class LeftError(BaseException):
        """What Streamlit raises in a page that nobody looks at."""

    mark = tmp_path / "process"

    def left(share: float, words: str) -> None:
        if mark.exists() and mark.read_text():
            raise LeftError

    with pytest.raises(LeftError):
        apart(tmp_path)(misbehaving.sleeps, mark, progress=left)
    assert not is_running(int(mark.read_text()))
    mark.unlink()
    with pytest.raises(LoadingCancelled):
        apart(tmp_path)(misbehaving.sleeps, mark, cancelled=lambda: mark.exists() and bool(mark.read_text()))
    assert not is_running(int(mark.read_text()))


def test_only_so_many_read_at_once_and_a_wait_can_be_cancelled(tmp_path: Path) -> None:
    here = apart(tmp_path)
    mark, stop = tmp_path / "process", threading.Event()
    first = threading.Thread(target=_swallowed, args=(here, misbehaving.sleeps, mark, stop))
    first.start()
    while not mark.exists():
        time.sleep(0.02)
    said: list[str] = []

    def progress(share: float, words: str) -> None:
        said.append(words)
        if len(said) > 1:
            raise LoadingCancelled

    with pytest.raises(LoadingCancelled):
        here(misbehaving.counts, 1, progress=progress)
    assert set(said) == {"Waiting until another file has been read"}
    stop.set()
    first.join()
    assert here(misbehaving.counts, 1, progress=lambda share, words: None) == 1


def _swallowed(here: Apart, function: Callable[..., Any], mark: Path, stop: threading.Event) -> None:
    with pytest.raises(LoadingCancelled):
        here(function, mark, cancelled=stop.is_set)


def test_each_reading_is_a_process_of_its_own_and_what_it_is_forked_from_stays(tmp_path: Path) -> None:
    here, own = apart(tmp_path), os.getpid()
    first, second = (here(misbehaving.leaves_something) for _ in range(2))
    assert len({own, first["process"], second["process"]}) == 3
    assert first["forked_from"] == second["forked_from"] != own
    assert (first["found"], second["found"]) == (None, None)
    assert not any(is_running(reading["process"]) for reading in (first, second))


def test_a_fork_server_that_was_ended_is_started_anew(tmp_path: Path) -> None:
    here = apart(tmp_path)
    before = here(misbehaving.leaves_something)["forked_from"]
    os.kill(before, signal.SIGKILL)
    assert here(misbehaving.leaves_something)["forked_from"] != before
    with pytest.raises(PlainError, match="could not be read"):
        here(misbehaving.ends_what_it_was_forked_from)
    assert here(misbehaving.counts, 1, progress=lambda share, words: None) == 1


def test_where_forking_is_not_safe_a_process_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "CAN_FORK", False)
    assert apart(tmp_path)(misbehaving.leaves_something)["forked_from"] == os.getpid()


@pytest.mark.parametrize(
    ("said", "found"), [("", 7), ("5", 5), ("2 gb", 2 * 1024**3), ("3K", 3072), ("0", 7), ("lots", 7), ("-1", 7)]
)
def test_limits_are_read_as_people_write_them(monkeypatch: pytest.MonkeyPatch, said: str, found: int) -> None:
    monkeypatch.setenv("EQUITY_READ_MEMORY", said)
    assert amount_set("EQUITY_READ_MEMORY", 7) == found


def test_a_load_has_room_for_its_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EQUITY_READ_MEMORY", "1G")
    monkeypatch.setenv("EQUITY_READ_SECONDS", "9")
    assert (looking().memory, looking().seconds) == (1024**3, 9)
    assert loading(10**9).memory == 2 * 10**9 + 1024**3
