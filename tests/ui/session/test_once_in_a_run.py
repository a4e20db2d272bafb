"""What is asked once in a run."""

from __future__ import annotations

import pytest
import streamlit as st

from equity.ui.session import once_in_a_run


def test_it_is_asked_once_until_the_next_run_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", state)
    moment = [100.0]
    monkeypatch.setattr(once_in_a_run.time, "monotonic", lambda: moment[0])
    asked: list[str] = []

    def ask() -> tuple[str, ...]:
        asked.append("asked")
        return ()

    once_in_a_run.begin()
    assert [once_in_a_run.once_in_a_run("notes", ask) for _ in range(3)] == [(), (), ()]
    assert len(asked) == 1
    once_in_a_run.once_in_a_run("others", ask)
    assert len(asked) == 2
    once_in_a_run.begin()
    once_in_a_run.once_in_a_run("notes", ask)
    assert len(asked) == 3
    moment[0] += 2.5
    once_in_a_run.once_in_a_run("notes", ask)
    assert len(asked) == 4
