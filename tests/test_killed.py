"""Killed at any moment: what was said to be saved is there afterwards, and nothing half of it can be seen.

A process does what a server does all day (annotations, notes, links, replies, frames, loads, going back to a version),
says each thing once it is saved, and is killed in the midst of it, over and over on the same home folder. Then one is
killed at the worst moment: when something can be seen, and before it is in the audit log.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from equity.cube import open_cube
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import load
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import releases
from equity.sharing import make_release, take_back
from equity.store.files import earlier_versions, versions
from equity.store.files.staging import staged_folder, sweep
from equity.store.records.annotations import annotate, annotations_in
from equity.store.records.chart_frames import FrameKey, frame_history, save_frame
from equity.store.records.frame_values import EMPTY_FRAME, ExcludedPoint
from equity.store.workspace import audit_log
from equity.store.workspace.database import open_database, sqlite_url
from equity.store.workspace.links import links_in, make_link
from equity.store.workspace.ownership import workspace_of_release
from equity.store.workspace.person import LOCAL_OWNER, Person
from equity.store.workspace.publishing import Publisher, log_what_is_missing
from equity.store.workspace.replies import keep_persons_reply, replies_to
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import PeriodRange
from tests.made_up_notes import add_note, notes_in
from tests.pages.people import DATASET, MAPPING, small_extract
from tests.store.files.test_versions import description

AWAITED = ("word", "version", "word", "version")
"""What each life of the process must have said once more before it is killed: some words, or a version."""
LONGEST_START = 60.0
KEY = FrameKey(DATASET, "Controlled blood pressure", "race", "")
RELEASE = "0" * 12


@dataclass(frozen=True)
class Place:
    """A home folder, the extract that is loaded into it, and the file on which is said what has been saved."""

    home: Path
    extract: Path
    said: Path

    def told(self) -> list[tuple[str, str]]:
        """What has been said so far, whole lines only: kind and id."""
        text = self.said.read_text(encoding="utf-8") if self.said.exists() else ""
        return [(kind, name) for line in text.split("\n")[:-1] for kind, name in [line.split(" ")]]


def work_until_killed(place: Place) -> None:
    """Write words in one thread and load in another; say each thing when it is saved."""
    database = open_database(sqlite_url(place.home / "workspace.db"))
    told = os.open(place.said, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def say(kind: str, name: object) -> None:
        os.write(told, f"{kind} {name}\n".encode())

    def load_for_ever() -> None:
        mapping, by = mapping_from_toml(MAPPING, "test"), Publisher(database, HOME_WORKSPACE, LOCAL_OWNER)
        while True:
            loaded = load([place.extract], DATASET, mapping, "new", place.home, by=by)
            say("version", loaded.version)
            say("version", earlier_versions.roll_back(place.home, DATASET, loaded.version, by))

    threading.Thread(target=load_for_ever, daemon=True).start()
    for number in range(1_000_000):
        words = f"{number} " * 300
        say("annotation", annotate(database, HOME_WORKSPACE, "2024-03", words, by=LOCAL_OWNER).id)
        note = add_note(database, HOME_WORKSPACE, words, by=LOCAL_OWNER, dataset=DATASET)
        say("note", note.id)
        say("link", make_link(database, HOME_WORKSPACE, RELEASE, by=LOCAL_OWNER, title="Board")[0].id)
        say("reply", keep_persons_reply(database, HOME_WORKSPACE, RELEASE, words, by=LOCAL_OWNER).id)
        seen = frame_history(database, HOME_WORKSPACE, KEY)
        frame = EMPTY_FRAME.with_excluded(ExcludedPoint("2024", f"reason {number}"))
        last = seen[0].version if seen else 0
        time.sleep(0.005)  # the other thread wants to work too
        say("frame", save_frame(database, HOME_WORKSPACE, KEY, frame, seen_version=last, by=LOCAL_OWNER).version)


@pytest.fixture(scope="module")
def processes() -> Iterator[ForkServerContext]:
    """Where real processes come from that need not read all modules anew."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.test_killed"])
    yield context


def test_what_was_said_to_be_saved_is_there_after_a_kill(tmp_path: Path, processes: ForkServerContext) -> None:
    place = Place(tmp_path / "home", small_extract(tmp_path), tmp_path / "said")
    place.home.mkdir()
    chance = random.Random(20)
    for awaited in AWAITED:
        before, wanted = said(place, awaited), 1 if awaited == "version" else chance.randint(1, 25)
        worker = processes.Process(target=work_until_killed, args=(place,))
        worker.start()
        end = time.monotonic() + LONGEST_START
        while said(place, awaited) < before + wanted and time.monotonic() < end:
            time.sleep(0.002)
        time.sleep(chance.random() * 0.2)
        worker.kill()
        worker.join()
        assert said(place, awaited) >= before + wanted
        everything_said_is_there(place)
    assert {kind for kind, _ in place.told()} == {"annotation", "note", "link", "reply", "frame", "version"}


def said(place: Place, awaited: str) -> int:
    """How many versions, or how many words, have been said to be saved."""
    return sum((kind == "version") == (awaited == "version") for kind, _ in place.told())


def everything_said_is_there(place: Place) -> None:
    """All of it, whole; one more thing of a kind may be there that was saved just before it could be said."""
    database = open_database(sqlite_url(place.home / "workspace.db"))
    replies = [reply.id for reply in replies_to(database, HOME_WORKSPACE, RELEASE)]
    kept = {
        "annotation": {each.id for each in annotations_in(database, HOME_WORKSPACE)},
        "note": {each.id for each in notes_in(database, HOME_WORKSPACE)},
        "link": {each.id for each in links_in(database, HOME_WORKSPACE)},
        "reply": set(replies),
        "frame": {str(each.version) for each in frame_history(database, HOME_WORKSPACE, KEY)},
        "version": {str(v.number) for d in versions.datasets(place.home) for v in d.versions},
    }
    for kind, name in place.told():
        assert name in kept[kind], kind
    log_what_is_missing(database, place.home)
    log = audit_log.entries(database, HOME_WORKSPACE, most=100_000)
    logged = {action: [e for e in log if e.action == action] for action in ("replied", "link_made")}
    assert len(logged["replied"]) == len(replies)  # the words and that they came are kept together or not at all
    assert len(logged["link_made"]) == len(kept["link"])
    numbers = [e.details["version"] for e in log if e.action in ("loaded", "rolled_back")]
    assert sorted(map(str, numbers)) == sorted(kept["version"])  # each once, and none without an entry
    assert audit_log.held_against_chain(database).broken is None
    database.close()
    sweep(place.home)
    assert list((place.home / "staging").iterdir()) == []
    assert len(list((place.home / "datasets").iterdir())) <= 1
    for held in versions.datasets(place.home):
        assert [version.number for version in held.versions] == list(range(1, len(held.versions) + 1))
        for version in held.versions[-3:]:
            cube = open_cube(version.folder)
            assert cube.description.version == version.number
            assert len(cube.groups(["Controlled blood pressure"], ["race"], PeriodRange()).table) == 4
            assert {path.name for path in version.folder.iterdir()} >= {"extract.parquet", "mapping.toml"}


ADA = Person("ada", "Ada", "", "", "")


def publish_and_be_killed(home: Path, extract: Path, kind: str) -> None:
    """Publish a version or a release, or take one back, and be killed before it is logged."""

    def killed(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    Publisher.log = killed
    by = Publisher(open_database(sqlite_url(home / "workspace.db")), HOME_WORKSPACE, ADA)
    if kind == "loaded":
        load([extract], DATASET, mapping_from_toml(MAPPING, "test"), "new", home, by=by)
    elif kind == "rolled_back":
        earlier_versions.roll_back(home, DATASET, 1, by)
    elif kind == "release_revoked":
        take_back(by.database, home, HOME_WORKSPACE, releases(home)[0].id, by=ADA)
    else:
        plan = Plan(("race",), "year", "none")
        make_release(by.database, home, HOME_WORKSPACE, DATASET, plan, policy_of("cms"), by=ADA)


def test_what_its_maker_was_killed_before_logging_is_logged_once_by_whoever_looks_next(
    tmp_path: Path, processes: ForkServerContext
) -> None:
    home, extract = tmp_path / "home", small_extract(tmp_path)
    home.mkdir()
    database = open_database(sqlite_url(home / "workspace.db"))
    for kind in ("loaded", "rolled_back", "release_created", "release_revoked"):
        before = audit_log.entries(database, HOME_WORKSPACE)
        worker = processes.Process(target=publish_and_be_killed, args=(home, extract, kind))
        worker.start()
        worker.join()
        assert worker.exitcode == -signal.SIGKILL
        assert audit_log.entries(database, HOME_WORKSPACE) == before
        with ThreadPoolExecutor(4) as servers:
            assert sum(servers.map(lambda _: log_what_is_missing(database, home), range(4))) == 1
        late = audit_log.entries(database, HOME_WORKSPACE)[0]
        assert (late.action, late.actor, late.actor_id) == (kind, "Ada", "ada")
        assert str(late.details["made"]).endswith(", logged afterwards")
    [held], [made] = versions.datasets(home), releases(home)
    log = audit_log.entries(database, HOME_WORKSPACE)
    assert [entry.subject for entry in log] == [made.id, made.id, DATASET, DATASET]
    assert [entry.details.get("version") for entry in log] == [None, None, 2, 1]
    assert (len(held.versions), bool(made.revoked)) == (2, True)
    assert workspace_of_release(database, made.id, DATASET) == HOME_WORKSPACE
    assert audit_log.held_against_chain(database).broken is None
    database.close()


def test_a_version_is_on_the_disk_before_it_can_be_seen_and_its_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[tuple[str, Path]] = []
    fsync, rename = os.fsync, Path.rename

    def synced(handle: int) -> None:
        steps.append(("on disk", Path(f"/proc/self/fd/{handle}").readlink()))
        fsync(handle)

    def renamed(path: Path, target: Path) -> Path:
        steps.append(("renamed", path))
        return rename(path, target)

    with staged_folder(tmp_path) as staged:
        monkeypatch.setattr(os, "fsync", synced)
        monkeypatch.setattr(Path, "rename", renamed)
        (staged / "description.json").write_text(description().to_json(), encoding="utf-8")
        (staged / "cube.parquet").write_bytes(b"cube")
        with versions.held_for_loading(tmp_path, "Visits") as holding:
            holding.publish(staged)
    seen = steps.index(("renamed", staged))
    before = {path for step, path in steps[:seen] if step == "on disk"}
    assert {staged, staged / "description.json", staged / "cube.parquet"} <= before
    folder = versions.dataset_folder(tmp_path, "Visits")
    after = {path for step, path in steps[seen + 1 :] if step == "on disk"}
    assert {folder / "versions", folder, folder.parent, tmp_path} <= after
