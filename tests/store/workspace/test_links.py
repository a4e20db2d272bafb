"""Links and replies: hashed tokens, an end, a passcode that cannot be guessed, words that stay with the release."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from equity.store.workspace import links as store
from equity.store.workspace import replies
from equity.store.workspace.audit_log import entries
from equity.store.workspace.database import Database
from equity.store.workspace.links import (
    Link,
    is_right_passcode,
    link_by_token,
    links_in,
    make_link,
    revoke_link,
    revoke_links_to,
    settle_opening,
)
from equity.store.workspace.passcodes import hash_of_passcode, is_passcode
from equity.store.workspace.replies import LONGEST_REPLY, MOST_AN_HOUR, MOST_REPLIES_A_LINK, keep_reply, replies_to
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.vocabulary import PlainError
from tests.workspace_stores import HOSTILE_TEXTS, somebody


def made(database: Database, **choices: str | int) -> tuple[Link, str]:
    ada = somebody(database, "Ada")
    return make_link(database, HOME_WORKSPACE, "release-1", by=ada, title="For the board", **choices)  # type: ignore[arg-type]


def later(monkeypatch: pytest.MonkeyPatch, **by: int) -> None:
    moment = dt.datetime.now(dt.UTC) + dt.timedelta(**by)
    monkeypatch.setattr(store, "now", lambda: moment)


def test_a_token_opens_its_link_and_no_other_text_does(database: Database) -> None:
    link, token = made(database, choices='{"by": "race"}')
    assert link_by_token(database, token) == link
    assert (link.release_id, link.choices, link.state) == ("release-1", '{"by": "race"}', "open")
    for other in ("", token[:-1], token + "x", token.swapcase(), link.id, "\ud800", "x" * 100_000, *HOSTILE_TEXTS):
        assert link_by_token(database, other) is None


def test_neither_token_nor_passcode_is_anywhere_in_the_store(database: Database) -> None:
    _, token = made(database, passcode="blue heron 42")
    assert len(token) >= 43  # 256 bits in base64
    with database.reading() as session:
        for table in ("links", "audit_log"):
            held = "\n".join(str(tuple(row)) for row in session.execute(text(f"SELECT * FROM {table}")))
            assert token not in held
            assert "heron" not in held


def test_tokens_never_repeat(database: Database) -> None:
    assert len({made(database)[1] for _ in range(20)}) == 20


def test_a_link_ends_on_its_day(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    link, token = made(database, days=30)
    later(monkeypatch, days=29, hours=23)
    assert settle_opening(database, link.id, right_passcode=True) == "opened"
    later(monkeypatch, days=30, hours=1)
    assert settle_opening(database, link.id, right_passcode=True) == "not open"
    ended = link_by_token(database, token)
    assert ended is not None
    assert (ended.state, ended.opened_count) == ("expired", 1)


@pytest.mark.parametrize("days", [0, -1, 732])
def test_a_link_without_an_end_is_refused(database: Database, days: int) -> None:
    with pytest.raises(PlainError, match="1 to 731 days"):
        made(database, days=days)


def test_a_revoked_link_is_closed_for_good(database: Database) -> None:
    ben = somebody(database, "Ben")
    link, _ = made(database)
    closed = revoke_link(database, HOME_WORKSPACE, link.id, by=ben)
    assert (closed.state, closed.revoked_by) == ("revoked", "Ben")
    assert settle_opening(database, link.id, right_passcode=True) == "not open"
    again = revoke_link(database, HOME_WORKSPACE, link.id, by=somebody(database, "Cyd"))
    assert again == closed


def test_revoking_a_release_closes_all_its_links(database: Database) -> None:
    ada = somebody(database, "Ada")
    for release in ("release-1", "release-1", "release-2"):
        make_link(database, HOME_WORKSPACE, release, by=ada, title="For the board")
    assert revoke_links_to(database, HOME_WORKSPACE, "release-1", by=ada) == 2
    states = {(link.release_id, link.state) for link in links_in(database, HOME_WORKSPACE)}
    assert states == {("release-1", "revoked"), ("release-2", "open")}


def test_another_workspace_neither_sees_nor_closes_a_link(database: Database) -> None:
    ada = somebody(database, "Ada")
    other = make_workspace(database, "Other", by=ada)
    link, _ = made(database)
    assert links_in(database, other.id) == ()
    assert revoke_links_to(database, other.id, "release-1", by=ada) == 0
    with pytest.raises(PlainError, match="not there any more"):
        revoke_link(database, other.id, link.id, by=ada)
    with pytest.raises(PlainError, match="not there any more"):
        make_link(database, "gone", "release-1", by=ada, title="x")


def test_openings_at_once_are_all_counted_and_logged(database: Database) -> None:
    link, token = made(database)
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _: settle_opening(database, link.id, right_passcode=True), range(24)))
    assert outcomes == ["opened"] * 24
    found = link_by_token(database, token)
    assert found is not None
    assert found.opened_count == 24
    logged = [entry for entry in entries(database, HOME_WORKSPACE) if entry.action == "link_opened"]
    assert len(logged) == 24


def test_wrong_passcodes_lock_a_link_and_the_right_one_frees_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, _ = made(database, passcode="blue heron")
    for _ in range(5):
        assert settle_opening(database, link.id, right_passcode=False) == "wrong passcode"
    assert settle_opening(database, link.id, right_passcode=True) == "locked"
    later(monkeypatch, minutes=16)
    assert settle_opening(database, link.id, right_passcode=False) == "wrong passcode"
    assert settle_opening(database, link.id, right_passcode=False) == "locked"  # one guess, then locked again
    later(monkeypatch, minutes=32)
    assert settle_opening(database, link.id, right_passcode=True) == "opened"
    assert settle_opening(database, link.id, right_passcode=False) == "wrong passcode"
    assert settle_opening(database, link.id, right_passcode=True) == "opened"


def test_guessing_many_at_once_gains_nothing(database: Database) -> None:
    link, _ = made(database, passcode="blue heron")
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _: settle_opening(database, link.id, right_passcode=False), range(40)))
    assert outcomes.count("wrong passcode") == 5
    assert outcomes.count("locked") == 35


def test_a_passcode_is_taken_as_it_looks(database: Database) -> None:
    link, _ = made(database, passcode="blue heron")
    for typed, right in (("blue heron", True), (" blue heron\n", True), ("blue  heron", False), ("", False)):
        assert is_right_passcode(database, link.id, typed) is right
    assert is_passcode("ｂｌｕｅ１２３", hash_of_passcode("blue123"))
    assert not is_passcode("x" * 1_000_000, hash_of_passcode("x" * 200))
    assert hash_of_passcode("blue heron") != hash_of_passcode("blue heron")
    for unfit in ("12345", "     1     ", "x" * 201):
        with pytest.raises(PlainError, match="6 to 200"):
            hash_of_passcode(unfit)


def test_a_link_without_a_passcode_takes_any(database: Database) -> None:
    link, _ = made(database)
    assert is_right_passcode(database, link.id, "whatever")


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS)
def test_a_reply_stays_with_its_release_as_it_was_written(database: Database, hostile: str) -> None:
    link, _ = made(database)
    kept = keep_reply(database, link.id, hostile, hostile)
    revoke_link(database, HOME_WORKSPACE, link.id, by=somebody(database, "Ada"))
    assert replies_to(database, HOME_WORKSPACE, "release-1") == (kept,)
    assert (kept.name, kept.words, kept.release_id) == (hostile, hostile, "release-1")
    assert replies_to(database, HOME_WORKSPACE, "release-2") == ()


def test_a_link_takes_twenty_replies_an_hour_none_of_them_long(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, _ = made(database)
    keep_reply(database, link.id, "", "x" * LONGEST_REPLY)
    with pytest.raises(PlainError, match="4,001 characters"):
        keep_reply(database, link.id, "", "x" * (LONGEST_REPLY + 1))
    for _ in range(MOST_AN_HOUR - 1):
        keep_reply(database, link.id, "", "again")
    with pytest.raises(PlainError, match="as it takes in an hour"):
        keep_reply(database, link.id, "", "one more")
    later = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=61)
    monkeypatch.setattr(replies, "now", lambda: later)
    assert keep_reply(database, link.id, "", "later").words == "later"


def test_a_link_takes_a_limited_number_of_replies(database: Database) -> None:
    link, _ = made(database)
    with database.writing() as session:
        for number in range(MOST_REPLIES_A_LINK - 1):
            session.execute(
                text(
                    "INSERT INTO replies (id, workspace_id, release_id, link_id, name, words, created)"
                    " SELECT :id, workspace_id, release_id, id, '', 'again', :then FROM links"
                ),
                {"id": str(number), "then": dt.datetime.now(dt.UTC) - dt.timedelta(hours=2)},
            )
    keep_reply(database, link.id, "", "the last one")
    with pytest.raises(PlainError, match="as many replies as it takes"):
        keep_reply(database, link.id, "", "one more")
    with pytest.raises(PlainError, match="not there any more"):
        keep_reply(database, "gone", "", "words")
