"""Turns: a few at a time, freed whatever happens, and nobody waits for ever."""

import threading

import pytest

from equity.ui.session import run_slots
from equity.ui.session.run_slots import AT_A_TIME, run_slot


def test_a_few_at_a_time_and_the_next_when_one_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_slots, "PATIENCE", 60.0)
    inside, may_leave = threading.Semaphore(0), threading.Semaphore(0)

    def page() -> None:
        with run_slot():
            inside.release()
            may_leave.acquire()

    pages = [threading.Thread(target=page) for _ in range(AT_A_TIME + 1)]
    for one in pages:
        one.start()
    for _ in range(AT_A_TIME):
        assert inside.acquire(timeout=30)
    assert not inside.acquire(timeout=0.2)
    may_leave.release()
    assert inside.acquire(timeout=30)
    may_leave.release(AT_A_TIME)
    for one in pages:
        one.join(timeout=30)
        assert not one.is_alive()


def test_a_page_that_fails_gives_its_turn_back_and_a_long_one_keeps_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_slots, "PATIENCE", 0.05)
    for _ in range(3 * AT_A_TIME):
        with pytest.raises(ZeroDivisionError), run_slot():
            _ = 1 / 0
    taken = [run_slot() for _ in range(3 * AT_A_TIME)]
    for one in taken:
        one.__enter__()
    for one in taken:
        one.__exit__(None, None, None)
    with run_slot():
        pass
