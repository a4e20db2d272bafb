"""Weighing by link: a token opens one decision for a while, a phone finds its own points, nobody finds anybody's."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.actions.calls import weighing_links as actions
from equity.actions.work import focus
from equity.focus.nouns import WEIGHING_LINK, WEIGHTS
from equity.store.records import shelf
from equity.store.records.exchange import export_records
from equity.store.workspace import audit_log
from equity.store.workspace.database import Database
from equity.vocabulary import PlainError
from tests.actions.work.test_focus import ROOM, at
from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]


@pytest.fixture
def ada(database: Database) -> Here:
    return at(database, "Ada")


def opened(ada: Here) -> str:
    kept = focus.move_decision(ada, focus.open_decision(ada, ROOM), "weighing")
    return actions.make_weighing_link(ada, kept)


def test_a_phone_finds_its_own_points_and_counts_once(ada: Here) -> None:
    link = actions.admitted(ada.database, opened(ada))
    key = actions.save_by_link(link, "", "equity", {"burden": 40.0}, done=False)
    assert actions.finished_by(link) == 0
    assert actions.save_by_link(link, key, "equity", {"burden": 61.5, "feasibility": 38.5}, done=True) == key
    own = actions.own_by_link(link, key)
    assert own is not None
    assert own.content.points == {"burden": 61.5, "feasibility": 38.5}
    assert (own.author, own.author_id, own.edited_by) == ("", "", "")
    assert actions.own_by_link(link, "another key") is None
    assert actions.own_by_link(link, "") is None
    assert actions.finished_by(link) == 1
    with pytest.raises(PlainError, match=r"give .* more"):
        actions.save_by_link(link, "", "equity", {"burden": 40.0}, done=True)


def test_points_by_link_are_in_no_file_and_no_log_and_count_at_the_reveal(ada: Here, tmp_path: Path) -> None:
    token = opened(ada)
    link = actions.admitted(ada.database, token)
    key = actions.save_by_link(link, "", "equity", {"burden": 61.5, "feasibility": 38.5}, done=True)
    assert focus.weighed(ada, link.decision).all == ()
    assert focus.weighed(ada, link.decision).own is None
    export_records(ada.database, ada.workspace, tmp_path, by=ada.person)
    written = "".join(file.read_text() for file in tmp_path.iterdir() if file.suffix == ".jsonl")
    logged = str([(e.subject, dict(e.details)) for e in audit_log.entries(ada.database, ada.workspace)])
    for secret in ("61.5", key, token.partition(".")[2]):
        assert secret not in written + logged
    room = focus.move_decision(ada, link.decision, "revealed")
    [own] = focus.weighed(ada, room).all
    assert own.points["burden"] == 61.5
    with pytest.raises(PlainError, match="Weighing is over"):
        actions.admitted(ada.database, token)


def test_a_link_that_is_wrong_old_or_closed_opens_nothing(ada: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    token = opened(ada)
    link = actions.admitted(ada.database, token)
    record = token.partition(".")[0]
    for wrong in ("", "x", record, f"{record}.", f"{record}.guess", f"{link.decision.id}.{token}"):
        with pytest.raises(PlainError, match="opens nothing"):
            actions.admitted(ada.database, wrong)
    later = actions.now() + dt.timedelta(days=actions.OPEN_FOR_DAYS, minutes=1)
    with monkeypatch.context() as patch:
        patch.setattr(actions, "now", lambda: later)
        with pytest.raises(PlainError, match="opens nothing"):
            actions.admitted(ada.database, token)
    assert actions.close_weighing_links(ada, link.decision) == 1
    with pytest.raises(PlainError, match="opens nothing"):
        actions.admitted(ada.database, token)


def test_nothing_kept_of_a_link_opens_it(ada: Here) -> None:
    token = opened(ada)
    [kept] = shelf.listed(ada.database, ada.workspace, WEIGHING_LINK)
    assert token.partition(".")[2] not in str(kept)
    with pytest.raises(PlainError):
        actions.admitted(ada.database, f"{kept.id}.{kept.content.secret_hash}")


def test_only_so_many_phones_weigh_one_decision(ada: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_BY_LINK", 2)
    link = actions.admitted(ada.database, opened(ada))
    for _ in range(2):
        actions.save_by_link(link, "", "data", {"burden": 100.0}, done=True)
    with pytest.raises(PlainError, match="the most there can be"):
        actions.save_by_link(link, "", "data", {"burden": 100.0}, done=True)
    assert len(shelf.listed(ada.database, ada.workspace, WEIGHTS)) == 2


def test_who_is_not_of_the_team_makes_and_closes_no_link(ada: Here, database: Database) -> None:
    kept = focus.move_decision(ada, focus.open_decision(ada, ROOM), "weighing")
    outside = at(database, "Out", "leader")
    for action in (actions.make_weighing_link, actions.close_weighing_links):
        with pytest.raises(NotAllowed):
            action(outside, kept)
