"""Five people write, each on a record of another kind, and the server is killed: what was said to be saved is there."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from equity.access.here import Here
from equity.actions.work import aims, cycles, focus, projects, reflections
from equity.focus.nouns import DECISION
from equity.focus.room import FocusRoom
from equity.improvement.aims import Aim
from equity.improvement.cycles import Cycle
from equity.improvement.nouns import AIM, CYCLE, PROJECT
from equity.improvement.projects import Project
from equity.improvement.team.team_nouns import PART
from equity.store.records import shelf
from equity.store.workspace import audit_log
from equity.store.workspace.database import open_database, sqlite_url
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE

FORK = multiprocessing.get_context("fork")
NOUNS = {noun.name: noun for noun in (AIM, PROJECT, CYCLE, PART, DECISION)}
LONG = "as they typed it, letter by letter, " * 40
SAID_FIRST, LIVES = 25, 2


def place(home: Path) -> Here:
    return Here(open_database(sqlite_url(home / "workspace.db"), home), HOME_WORKSPACE, LOCAL_OWNER)


def writers(here: Here, life: int) -> dict[str, Callable[[str], Iterator[tuple[str, int]]]]:
    """Each writes text after text over what it saved before; gives the record's id and its version."""
    aim = aims.begin_aim(here, Aim(where=f"life {life}"))
    project = projects.begin_project(here, aim.id, Project(f"life {life}"))
    cycle = cycles.begin_cycle(here, project.id, Cycle())
    quarter = reflections.begin_reflection(here, f"202{life}-Q1")
    part = reflections.begin_part(here, quarter, "history")
    room = focus.open_decision(here, FocusRoom(f"life {life}", "D", 1))

    def over(kept, save):  # type: ignore[no-untyped-def]
        def write(text: str) -> Iterator[tuple[str, int]]:
            nonlocal kept
            kept = save(kept, text)
            yield kept.id, kept.version

        return write

    return {
        "aim": over(aim, lambda kept, text: aims.save_draft(here, kept, replace(kept.content, where=text))),
        "project": over(project, lambda k, text: projects.save_project(here, k, replace(k.content, change=text))),
        "cycle": over(cycle, lambda kept, text: cycles.save_cycle(here, kept, replace(kept.content, what=text))),
        "reflection_part": over(
            part, lambda kept, text: reflections.save_part(here, quarter, kept, replace(kept.content, progress=text))
        ),
        "decision": over(room, lambda kept, text: focus.save_decision(here, kept, replace(kept.content, title=text))),
    }


def write_until_killed(home: Path, life: int, said: Connection) -> None:
    """Five threads; each thing is said once it is saved, by one hand at a time."""
    here, alone = place(home), threading.Lock()

    def write(noun: str, one: Callable[[str], Iterator[tuple[str, int]]]) -> None:
        for number in itertools.count():
            text = f"{number} {LONG}"[:150] if noun == "decision" else f"{number} {LONG}"
            for record, version in one(text):
                with alone:
                    said.send((noun, record, version, text))
            time.sleep(0.005)  # the others want to write too

    for noun, one in writers(here, life).items():
        threading.Thread(target=write, args=(noun, one), daemon=True).start()
    time.sleep(60)


def test_nothing_that_was_said_to_be_saved_is_lost(tmp_path: Path) -> None:
    place(tmp_path).database.close()
    latest: dict[tuple[str, str], tuple[int, str]] = {}
    for life in range(LIVES):
        hears, said = FORK.Pipe(duplex=False)
        server = FORK.Process(target=write_until_killed, args=(tmp_path, life, said))
        server.start()
        said.close()
        heard: list[str] = []
        while len(heard) < SAID_FIRST + 7 * life or set(heard) < set(NOUNS):
            assert hears.poll(30)
            noun, record, version, text = hears.recv()
            latest[noun, record] = (version, text)
            heard.append(noun)
        os.kill(int(server.pid or 0), signal.SIGKILL)
        server.join()
        while hears.poll(0):
            try:
                noun, record, version, text = hears.recv()
            except (EOFError, OSError):
                break  # the rest of a word that was never said to its end
            latest[noun, record] = (version, text)
    here = place(tmp_path)
    assert len(latest) == LIVES * len(NOUNS)
    for (noun, record), (version, text) in latest.items():
        kept = shelf.one(here.database, here.workspace, NOUNS[noun], record)
        assert kept.version >= version  # one more may have been saved just before it could be said
        if kept.version == version:
            assert text.strip() in NOUNS[noun].written(kept.content)
    assert audit_log.held_against_chain(here.database).broken is None
