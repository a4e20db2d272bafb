"""Records of any noun: nobody's words are lost or overwritten unseen, and what is withdrawn can come back."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from equity.store.records import shelf
from equity.store.records.exchange import export_records, import_records
from equity.store.records.kept import RecordConflict
from equity.store.records.nouns import NOUNS, Noun
from equity.store.workspace import audit_log
from equity.store.workspace.clock import now
from equity.store.workspace.database import Database
from equity.store.workspace.tables import RecordRow
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.vocabulary import PlainError
from tests.workspace_stores import HOSTILE_TEXTS, somebody


@dataclass(frozen=True)
class Plan:
    """What a made-up noun holds."""

    words: str
    points: tuple[int, ...] = ()


@pytest.fixture
def plan() -> Iterator[Noun[Plan]]:
    noun = NOUNS.add(Noun("made_up_plan", Plan, "this plan"))
    yield noun
    del NOUNS._by_name[noun.name]


def test_a_record_is_kept_as_it_was_written(database: Database, plan: Noun[Plan]) -> None:
    ada = somebody(database, "Ada")
    for place, words in enumerate(HOSTILE_TEXTS):
        kept = shelf.add(database, HOME_WORKSPACE, plan, Plan(words, (place,)), by=ada, parent="p")
        assert shelf.one(database, HOME_WORKSPACE, plan, kept.id) == kept
        assert kept.content == Plan(words, (place,))
    assert [r.content.words for r in shelf.listed(database, HOME_WORKSPACE, plan, parent="p")] == list(HOSTILE_TEXTS)
    assert shelf.listed(database, HOME_WORKSPACE, plan, parent="q") == ()


def test_a_record_without_an_author_names_nobody_anywhere(database: Database, plan: Noun[Plan]) -> None:
    kept = shelf.add(database, HOME_WORKSPACE, plan, Plan("Between us"), by=None)
    assert (kept.author, kept.author_id, kept.edited_by) == ("", "", "")
    assert [e.action for e in audit_log.entries(database, HOME_WORKSPACE) if "record" in e.action] == []


def test_the_second_of_two_who_edit_holds_both_texts(database: Database, plan: Noun[Plan]) -> None:
    ada, ben = somebody(database, "Ada"), somebody(database, "Ben")
    kept = shelf.add(database, HOME_WORKSPACE, plan, Plan("Evening hours"), by=ada)
    shelf.edit(database, HOME_WORKSPACE, plan, kept.id, Plan("On Tuesdays"), seen_version=1, by=ada)
    with pytest.raises(RecordConflict) as told:
        shelf.edit(database, HOME_WORKSPACE, plan, kept.id, Plan("And a bus"), seen_version=1, by=ben)
    assert told.value.yours_content == Plan("And a bus")
    assert told.value.theirs_kept is not None
    assert (told.value.theirs_kept.content, told.value.theirs_by, told.value.version) == (Plan("On Tuesdays"), "Ada", 2)
    with pytest.raises(RecordConflict):
        shelf.withdraw(database, HOME_WORKSPACE, plan, kept.id, seen_version=1, by=ben)
    shelf.withdraw(database, HOME_WORKSPACE, plan, kept.id, seen_version=2, by=ben)
    with pytest.raises(RecordConflict, match="deleted this plan") as gone:
        shelf.edit(database, HOME_WORKSPACE, plan, kept.id, Plan("Too late"), seen_version=3, by=ada)
    assert gone.value.yours_content == Plan("Too late")


def test_of_many_who_save_over_one_version_one_is_kept(database: Database, plan: Noun[Plan]) -> None:
    people = [somebody(database, f"P{place}") for place in range(6)]
    kept = shelf.add(database, HOME_WORKSPACE, plan, Plan("First"), by=people[0])
    saved, refused = [], []

    def save(place: int) -> None:
        try:
            content = Plan(f"By {place}")
            saved.append(shelf.edit(database, HOME_WORKSPACE, plan, kept.id, content, seen_version=1, by=people[place]))
        except RecordConflict as conflict:
            refused.append(conflict)

    threads = [threading.Thread(target=save, args=(place,)) for place in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(saved), len(refused)) == (1, 5)
    assert shelf.one(database, HOME_WORKSPACE, plan, kept.id).content == saved[0].content


def test_one_sitting_is_one_version_of_the_history(
    database: Database, plan: Noun[Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben = somebody(database, "Ada"), somebody(database, "Ben")
    kept = shelf.add(database, HOME_WORKSPACE, plan, Plan("v1"), by=ada)
    for version, by in ((1, ada), (2, ada), (3, ada), (4, ben), (5, ben)):
        content = Plan(f"v{version + 1}")
        kept = shelf.edit(database, HOME_WORKSPACE, plan, kept.id, content, seen_version=version, by=by)
    told = shelf.earlier(database, HOME_WORKSPACE, plan, kept.id)
    assert [(e.version, e.content.words, e.edited_by) for e in told] == [
        (6, "v6", "Ben"),
        (4, "v4", "Ada"),
        (1, "v1", "Ada"),
    ]
    monkeypatch.setattr(shelf, "ONE_SITTING", dt.timedelta(0))
    shelf.edit(database, HOME_WORKSPACE, plan, kept.id, Plan("v7"), seen_version=6, by=ben)
    assert [e.version for e in shelf.earlier(database, HOME_WORKSPACE, plan, kept.id)] == [7, 6, 4, 1]
    edits = [e for e in audit_log.entries(database, HOME_WORKSPACE) if e.action == "record_edited"]
    assert [e.actor for e in edits] == ["Ben", "Ben", "Ada"]


def test_the_last_record_withdrawn_is_the_first_that_can_be_brought_back(database: Database, plan: Noun[Plan]) -> None:
    ada = somebody(database, "Ada")
    first, second, standing = (
        shelf.add(database, HOME_WORKSPACE, plan, Plan(goal), by=ada) for goal in ("Bus", "Phone", "Letter")
    )
    for record in (first, second):
        shelf.withdraw(database, HOME_WORKSPACE, plan, record.id, seen_version=1, by=ada)
    assert [r.id for r in shelf.withdrawn(database, HOME_WORKSPACE, plan)] == [second.id, first.id]
    assert [r.id for r in shelf.listed(database, HOME_WORKSPACE, plan)] == [standing.id]


def test_what_is_withdrawn_comes_back_for_thirty_days(
    database: Database, plan: Noun[Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = somebody(database, "Ada")
    kept = shelf.add(database, HOME_WORKSPACE, plan, Plan("Bus"), by=ada)
    shelf.withdraw(database, HOME_WORKSPACE, plan, kept.id, seen_version=1, by=ada)
    assert shelf.listed(database, HOME_WORKSPACE, plan) == ()
    assert [r.id for r in shelf.withdrawn(database, HOME_WORKSPACE, plan)] == [kept.id]
    with pytest.raises(PlainError, match="not there any more"):
        shelf.one(database, HOME_WORKSPACE, plan, kept.id)
    assert shelf.forget_withdrawn(database) == 0
    back = shelf.bring_back(database, HOME_WORKSPACE, plan, kept.id, by=ada)
    assert (back.content, back.version) == (Plan("Bus"), 3)
    shelf.withdraw(database, HOME_WORKSPACE, plan, kept.id, seen_version=3, by=ada)
    in_time, too_late = (now() + dt.timedelta(days=30, minutes=minutes) for minutes in (-5, 5))
    monkeypatch.setattr(shelf, "now", lambda: in_time)
    assert shelf.forget_withdrawn(database) == 0
    monkeypatch.setattr(shelf, "now", lambda: too_late)
    assert shelf.forget_withdrawn(database) == 1
    with pytest.raises(PlainError, match="gone for good"):
        shelf.bring_back(database, HOME_WORKSPACE, plan, kept.id, by=ada)


def test_a_record_is_of_its_workspace_and_its_noun(database: Database, plan: Noun[Plan]) -> None:
    ada = somebody(database, "Ada")
    elsewhere = make_workspace(database, "Elsewhere", by=ada).id
    kept = shelf.add(database, HOME_WORKSPACE, plan, Plan("Ours"), by=ada)
    other: Noun[Plan] = Noun("another", Plan, "this other thing")
    for workspace, noun in ((elsewhere, plan), (HOME_WORKSPACE, other)):
        assert shelf.listed(database, workspace, noun) == ()
        with pytest.raises(PlainError, match="not there any more"):
            shelf.one(database, workspace, noun, kept.id)
        with pytest.raises(RecordConflict):
            shelf.edit(database, workspace, noun, kept.id, Plan("Mine"), seen_version=1, by=ada)
    with pytest.raises(PlainError, match="workspace is not there"):
        shelf.add(database, "nowhere", plan, Plan("Lost"), by=ada)


@pytest.mark.parametrize(("words", "named"), [("x" * 200_001, "too long"), ("a\x00b", "not text")])
def test_what_cannot_be_kept_is_said(database: Database, plan: Noun[Plan], words: str, named: str) -> None:
    with pytest.raises(PlainError, match=named):
        shelf.add(database, HOME_WORKSPACE, plan, Plan(words), by=somebody(database, "Ada"))


def test_all_goes_out_and_comes_back(database: Database, plan: Noun[Plan], tmp_path: Path) -> None:
    ada = somebody(database, "Ada")
    kept = shelf.add(database, HOME_WORKSPACE, plan, Plan("Bus", (1, 2)), by=ada, readers="leaders")
    kept = shelf.edit(database, HOME_WORKSPACE, plan, kept.id, Plan("Tram"), seen_version=1, by=ada)
    shelf.add(database, HOME_WORKSPACE, plan, Plan("Mine alone"), by=ada, readers="author")
    out = export_records(database, HOME_WORKSPACE, tmp_path / "out", by=ada)
    assert (out.records[plan.name], out.kept_back) == (1, 1)
    text = (tmp_path / "out" / "made_up_plan.jsonl").read_text(encoding="utf-8")
    assert "Mine alone" not in text
    assert json.loads((tmp_path / "out" / "made_up_plan.schema.json").read_text())["$defs"]["Plan"]["required"] == [
        "words"
    ]
    with pytest.raises(PlainError, match="line 1: this record is there already"):
        import_records(database, HOME_WORKSPACE, tmp_path / "out", by=ada)
    elsewhere = make_workspace(database, "Elsewhere", by=ada).id
    history = shelf.earlier(database, HOME_WORKSPACE, plan, kept.id)
    with database.writing() as session:
        session.delete(session.get_one(RecordRow, kept.id))
    import_records(database, elsewhere, tmp_path / "out", by=ada)
    [again] = shelf.listed(database, elsewhere, plan)
    assert again == type(kept)(**{**vars(kept), "workspace": elsewhere})
    assert shelf.earlier(database, elsewhere, plan, kept.id) == history


@pytest.mark.parametrize("line", [b"{", b'{"id": 3}', b"[]"])
def test_a_line_of_another_form_is_named_and_nothing_is_read(
    database: Database, plan: Noun[Plan], tmp_path: Path, line: bytes
) -> None:
    (tmp_path / "made_up_plan.jsonl").write_bytes(line)
    with pytest.raises(PlainError, match=r"made_up_plan\.jsonl, line 1 is not a record"):
        import_records(database, HOME_WORKSPACE, tmp_path, by=somebody(database, "Ada"))
    assert shelf.listed(database, HOME_WORKSPACE, plan) == ()


def test_an_unknown_noun_lists_those_there_are(plan: Noun[Plan]) -> None:
    assert NOUNS.named("made_up_plan") is plan
    with pytest.raises(PlainError, match="made_up_plan"):
        NOUNS.named("made_up_plans")
