"""A link opens one release, or nothing, and says so plainly."""

from __future__ import annotations

import dataclasses
import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from equity.access.opening import NotOpened, open_link, reply, still_open
from equity.store.workspace import links as store
from equity.store.workspace.audit_log import entries
from equity.store.workspace.database import Database
from equity.store.workspace.links import Link, link_by_id, make_link, revoke_link
from equity.store.workspace.replies import replies_to
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import PlainError
from tests.workspace_stores import HOSTILE_TEXTS, somebody


def made(database: Database, passcode: str = "") -> tuple[Link, str]:
    ada = somebody(database, "Ada")
    return make_link(
        database, HOME_WORKSPACE, "release-1", by=ada, title="Board", choices='{"by":"race"}', passcode=passcode
    )


def counts(database: Database, link: Link) -> tuple[int, int]:
    """Openings and wrong passcodes."""
    found = link_by_id(database, link.id)
    assert found is not None
    return found.opened_count, found.wrong_passcodes


def test_a_link_opens_its_release_and_is_counted_and_logged(database: Database) -> None:
    link, token = made(database)
    opening = open_link(database, token)
    assert (opening.release_id, opening.choices, opening.title) == ("release-1", '{"by":"race"}', "Board")
    assert still_open(database, opening)
    assert counts(database, link) == (1, 0)
    newest = entries(database, HOME_WORKSPACE)[0]
    assert (newest.action, newest.actor, newest.subject) == ("link_opened", "A reader with a link", "release-1")
    assert token not in str(newest)


def test_tampered_and_made_up_tokens_open_nothing_and_fill_no_log(database: Database) -> None:
    link, token = made(database)
    before = len(entries(database, HOME_WORKSPACE))
    tampered = [token[:i] + ("A" if token[i] != "A" else "B") + token[i + 1 :] for i in range(0, len(token), 7)]
    for wrong in (*tampered, token + token, link.id, "", "../../etc/passwd", "null \x00", "\ud800", *HOSTILE_TEXTS):
        with pytest.raises(NotOpened, match="opens nothing") as refused:
            open_link(database, wrong)
        assert not refused.value.passcode_wanted
    assert len(entries(database, HOME_WORKSPACE)) == before
    assert counts(database, link) == (0, 0)


def test_a_revoked_link_says_so_and_what_was_open_is_closed(database: Database) -> None:
    link, token = made(database)
    opening = open_link(database, token)
    revoke_link(database, HOME_WORKSPACE, link.id, by=somebody(database, "Ada"))
    assert not still_open(database, opening)
    with pytest.raises(NotOpened, match="closed by the team"):
        open_link(database, token)
    with pytest.raises(NotOpened, match="words are still here"):
        reply(database, opening, "Lee", "Thank you")
    assert replies_to(database, HOME_WORKSPACE, "release-1") == ()


def test_an_expired_link_says_until_when_it_was_open(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    link, token = made(database)
    opening = open_link(database, token)
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=91)
    monkeypatch.setattr(store, "now", lambda: later)
    assert not still_open(database, opening)
    with pytest.raises(NotOpened, match=f"open until {link.expires:%B} {link.expires.day}, {link.expires.year}"):
        open_link(database, token)


def test_an_opening_made_up_for_another_release_is_not_open(database: Database) -> None:
    _, token = made(database)
    opening = open_link(database, token)
    assert not still_open(database, dataclasses.replace(opening, release_id="release-2"))
    assert not still_open(database, dataclasses.replace(opening, link_id="made up"))


def test_a_passcode_is_asked_for_and_guessing_it_ends(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    link, token = made(database, passcode="blue heron")
    with pytest.raises(NotOpened, match="type the passcode") as asked:
        open_link(database, token)
    assert asked.value.passcode_wanted
    assert counts(database, link) == (0, 0)
    assert open_link(database, token, " blue heron ").release_id == "release-1"
    for guess in ("blue", "heron", "Blue Heron", "x" * 1000, "'; --"):
        with pytest.raises(NotOpened, match="not the passcode"):
            open_link(database, token, guess)
    with pytest.raises(NotOpened, match="15 minutes"):
        open_link(database, token, "blue heron")
    refused = [entry for entry in entries(database, HOME_WORKSPACE) if entry.action == "passcode_refused"]
    assert [entry.details["in a row"] for entry in refused] == [5, 4, 3, 2, 1]
    assert "heron" not in str(refused)
    later = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=16)
    monkeypatch.setattr(store, "now", lambda: later)
    assert open_link(database, token, "blue heron").release_id == "release-1"
    assert counts(database, link) == (2, 0)


def test_many_guesses_at_once_are_told_right_or_wrong_five_times(database: Database) -> None:
    _, token = made(database, passcode="blue heron")

    def guess(number: int) -> str:
        try:
            open_link(database, token, f"guess {number}")
        except NotOpened as refused:
            return str(refused)
        return "opened"

    with ThreadPoolExecutor(6) as pool:
        told = list(pool.map(guess, range(18)))
    assert sum("not the passcode" in sentence for sentence in told) == 5
    assert sum("15 minutes" in sentence for sentence in told) == 13


def test_a_room_full_of_leaders_opens_one_link_at_once(database: Database) -> None:
    link, token = made(database, passcode="blue heron")
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: open_link(database, token, "blue heron"), range(16)))
    assert {opening.release_id for opening in opened} == {"release-1"}
    assert counts(database, link) == (16, 0)


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS)
def test_a_readers_words_reach_the_team_as_written(database: Database, hostile: str) -> None:
    _, token = made(database)
    kept = reply(database, open_link(database, token), hostile, hostile)
    assert replies_to(database, HOME_WORKSPACE, "release-1") == (kept,)
    assert kept.words == hostile
    assert entries(database, HOME_WORKSPACE)[0].action == "replied"


def test_an_empty_reply_is_refused(database: Database) -> None:
    _, token = made(database)
    with pytest.raises(PlainError, match="your reply"):
        reply(database, open_link(database, token), "Lee", " \n ")
