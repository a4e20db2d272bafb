"""A backup made while people work, put back into an empty home: all that was there is there, and nothing else is."""

from __future__ import annotations

import stat
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from equity.access.opening import NotOpened, open_link
from equity.commands.line import run
from equity.cube import open_cube
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import opened, releases
from equity.sharing import delete_dataset, make_release, releases_in, take_back
from equity.store.files.earlier_versions import roll_back
from equity.store.files.versions import dataset, datasets
from equity.store.records.annotations import annotate, annotations_in
from equity.store.workspace import audit_log, backup
from equity.store.workspace.backup import back_up, restore
from equity.store.workspace.database import Database, open_database, sqlite_url
from equity.store.workspace.links import make_link
from equity.store.workspace.ownership import claim_dataset, datasets_in
from equity.store.workspace.people import role_of
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.replies import keep_persons_reply, replies_to
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.vocabulary import PeriodRange, PlainError
from tests.made_up_notes import add_note, notes_in
from tests.pages.people import DATASET, small_home
from tests.store.files.test_versions import person_key, published
from tests.workspace_stores import somebody

PLAN, CMS = Plan(("race",), "year", "none"), policy_of("cms")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    small_home(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def new(tmp_path: Path, store_url: URL) -> Iterator[tuple[Path, Database]]:
    """An empty home, and an empty store of its own on SQLite."""
    (tmp_path / "new").mkdir(mode=0o700)
    opened_there = open_database(sqlite_url(tmp_path / "new" / "workspace.db"))
    yield tmp_path / "new", opened_there
    opened_there.close()


def test_everything_is_there_again(home: Path, database: Database, new: tuple[Path, Database], tmp_path: Path) -> None:
    ada = somebody(database, "Ada")
    heart = make_workspace(database, "Heart", by=ada)
    claim_dataset(database, heart.id, "Births", on_disk=[])
    published(home, "Births")
    roll_back(home, DATASET, 1)
    release = make_release(database, home, HOME_WORKSPACE, DATASET, PLAN, CMS, by=LOCAL_OWNER)
    revoked = make_release(database, home, HOME_WORKSPACE, DATASET, PLAN, policy_of("cms", 20), by=LOCAL_OWNER)
    _, token = make_link(database, HOME_WORKSPACE, release.id, by=ada, title="Board", passcode="letter-box")
    _, closed = make_link(database, HOME_WORKSPACE, revoked.id, by=ada, title="Press")
    take_back(database, home, HOME_WORKSPACE, revoked.id, by=LOCAL_OWNER)
    add_note(database, HOME_WORKSPACE, "Look.", by=ada, dataset=DATASET)
    keep_persons_reply(database, HOME_WORKSPACE, release.id, "Seen.", by=ada)

    with people_at_work(database):
        made = back_up(home, database, tmp_path / "all.tar")
    assert stat.S_IMODE((tmp_path / "all.tar").stat().st_mode) == 0o600
    assert (made.datasets, made.releases) == (("Births", DATASET), 2)
    there, store = new
    assert restore(there, store, tmp_path / "all.tar").datasets == ("Births", DATASET)

    assert dataset(there, DATASET).current.number == 2
    cubes = [open_cube(dataset(folder, DATASET).current.folder) for folder in (home, there)]
    slices = [cube.groups(["Controlled blood pressure"], ["race"], PeriodRange()) for cube in cubes]
    assert slices[0].table.equals(slices[1].table)
    assert person_key(there, DATASET) == person_key(home, DATASET)
    on_disk = [held.name for held in datasets(there)]
    assert datasets_in(store, heart.id, on_disk) == ("Births",)
    assert datasets_in(store, HOME_WORKSPACE, on_disk) == (DATASET,)
    assert role_of(store, heart.id, ada.id) == "owner"
    assert [note.content.words for note in notes_in(store, HOME_WORKSPACE)] == ["Look."]
    assert [reply.words for reply in replies_to(store, HOME_WORKSPACE, release.id)] == ["Seen."]
    assert {r.id for r in releases_in(store, there, HOME_WORKSPACE)} == {release.id, revoked.id}
    assert opened(there, release.id).cells().equals(opened(home, release.id).cells())
    assert open_link(store, token, "letter-box").release_id == release.id
    with pytest.raises(NotOpened, match="was closed"):
        open_link(store, closed)
    assert audit_log.held_against_chain(store).broken is None
    last = [entry.action for entry in audit_log.entries(store, HOME_WORKSPACE)][:3]
    assert last == ["link_opened", "restored", "backed_up"]
    done, *before = audit_log.entries(database, HOME_WORKSPACE)
    assert (done.action, done.details) == ("backed_up", {"step": "done", "files": made.files})
    assert before[0].details == {"step": "begun"}
    assert list(audit_log.entries(store, HOME_WORKSPACE)[2:]) == before
    annotate(store, HOME_WORKSPACE, "2024-03", "Life goes on.", by=LOCAL_OWNER)
    assert stat.S_IMODE(dataset(there, DATASET).folder.stat().st_mode) == 0o700
    assert list((there / "staging").iterdir()) == []


class people_at_work:  # noqa: N801 — reads as the words do
    """Somebody annotates without a pause while the block runs."""

    def __init__(self, database: Database) -> None:
        self.database, self.over = database, threading.Event()
        self.thread = threading.Thread(target=self.work)

    def work(self) -> None:
        """Annotate until the block is over."""
        while not self.over.is_set():
            annotate(self.database, HOME_WORKSPACE, "2024-03", "Another word.", by=LOCAL_OWNER)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()
        assert len(annotations_in(self.database, HOME_WORKSPACE)) > 0


def test_what_is_deleted_or_revoked_while_it_is_copied_stays_so(
    home: Path, new: tuple[Path, Database], database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heart = make_workspace(database, "Heart", by=LOCAL_OWNER)
    claim_dataset(database, heart.id, "Births", on_disk=[])
    published(home, "Births")
    release = make_release(database, home, HOME_WORKSPACE, DATASET, PLAN, CMS, by=LOCAL_OWNER)
    pour = backup._pour

    def meanwhile(*anything: object) -> None:
        if [held.name for held in datasets(home)] == ["Births", DATASET]:
            delete_dataset(database, home, heart.id, "Births", by=LOCAL_OWNER)
            take_back(database, home, HOME_WORKSPACE, release.id, by=LOCAL_OWNER)
        pour(*anything)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "_pour", meanwhile)
    assert back_up(home, database, tmp_path / "all.tar").datasets == (DATASET,)
    there, store = new
    restore(there, store, tmp_path / "all.tar")
    assert [held.name for held in datasets(there)] == [DATASET]
    assert [bool(kept.revoked) for kept in releases(there)] == [True]


def test_nothing_is_written_over_and_nothing_is_put_beside_what_is_there(
    home: Path, database: Database, new: tuple[Path, Database], tmp_path: Path
) -> None:
    (tmp_path / "all.tar").write_bytes(b"mine")
    with pytest.raises(PlainError, match="never written over"):
        back_up(home, database, tmp_path / "all.tar")
    with pytest.raises(PlainError, match="cannot be written"):
        back_up(home, database, tmp_path / "no" / "all.tar")
    back_up(home, database, tmp_path / "whole.tar")
    with pytest.raises(PlainError, match="in use"):
        restore(home, new[1], tmp_path / "whole.tar")
    with pytest.raises(PlainError, match="in use"):
        restore(new[0], database, tmp_path / "whole.tar")
    assert [path.name for path in tmp_path.glob(".*.part")] == []


def test_a_file_that_is_no_whole_backup_changes_nothing(
    home: Path, database: Database, new: tuple[Path, Database], tmp_path: Path
) -> None:
    back_up(home, database, tmp_path / "whole.tar")
    content = (tmp_path / "whole.tar").read_bytes()
    (tmp_path / "half.tar").write_bytes(content[: len(content) // 2])
    at = content.index(b"Controlled blood pressure")
    (tmp_path / "changed.tar").write_bytes(content[:at] + b"X" + content[at + 1 :])
    (tmp_path / "text.tar").write_text("not a backup", encoding="utf-8")
    with tarfile.open(tmp_path / "out.tar", "w") as tar:
        tar.add(tmp_path / "text.tar", "../../outside")
    there, store = new
    for name, said in {"half": "whole", "changed": "damaged", "text": "whole", "out": "whole", "none": "there"}.items():
        with pytest.raises(PlainError, match=said):
            restore(there, store, tmp_path / f"{name}.tar")
        assert datasets(there) == ()
        assert audit_log.entries(store, HOME_WORKSPACE) == ()
        assert list((there / "staging").iterdir()) == []
    assert not (tmp_path.parent / "outside").exists()


def test_the_commands_say_what_they_did(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(home))
    assert run(["backup", str(tmp_path / "all.tar")]) == 0
    assert "all.tar: 1 dataset, 0 releases, " in capsys.readouterr().out
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "again"))
    assert run(["restore", str(tmp_path / "all.tar")]) == 0
    assert run(["restore", str(tmp_path / "all.tar")]) == 2
    assert "in use" in capsys.readouterr().err
    assert person_key(tmp_path / "again", DATASET) == person_key(home, DATASET)
