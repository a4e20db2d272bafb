"""Calls from opening to end, on the sample: who may see what, what is refused, what is kept."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.actions.calls import call_cards, call_moves, call_opening, call_voices
from equity.actions.calls.call_voices import NotIn, NotTheirs, NotThere, Over, Wanted
from equity.actions.calls.live_calls import LiveCall, live_call
from equity.release.plan import Plan as ReleasePlan
from equity.release.policy import policy_of
from equity.sharing import make_release, take_back
from equity.store.workspace.database import Database, open_database, sqlite_url
from equity.store.workspace.person import LOCAL_OWNER, Person
from equity.store.workspace.tables import CallEventRow
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import PlainError
from tests.pages.people import DATASET, small_home

CARD = "disparities?measure=Controlled blood pressure&by=race&period=2024"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("calls")
    small_home(folder)
    return folder / "home"


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "home"))


@pytest.fixture
def database(home: Path) -> Database:
    return open_database(sqlite_url(home / "workspace.db"))


@pytest.fixture
def place(database: Database) -> Here:
    return Here(database, HOME_WORKSPACE, LOCAL_OWNER)


def begun(place: Here, home: Path, *cards: str, release: str = "") -> LiveCall:
    plan = call_opening.Plan(DATASET, call_opening.recipes(home, DATASET, cards or (CARD,)), release_id=release)
    return live_call(place.database, call_opening.open_call(place, home, plan).call.id)


def everything_in(home: Path) -> str:
    """All bytes of the store, as text."""
    return "".join(file.read_bytes().decode("latin-1") for file in home.glob("workspace.db*"))


def test_before_the_reveal_no_digit_of_the_answer_is_made(place: Here, home: Path) -> None:
    live = begun(place, home)
    card = live.state.cards[0]
    made = call_cards.card_of(card, call_opening.workspace_source(place.database, home, live.call))
    secret = set(re.findall(r"\d+\.\d+|\d{3,}", f"{made.finding} {made.alt} {made.table().to_csv()}")) - {"2024"}
    opening = [{**each, "link": ""} for each in live.events[0].body["cards"]]  # whose time of making has digits too
    closed = json.dumps([call_cards.closed_payload(card), opening])
    assert len(secret) > 5
    assert not [number for number in secret if number in closed]
    assert call_cards.closed_payload(card)["figure"] is None
    opened = call_cards.open_payload(card, made)
    assert (opened["sentence"], opened["alt"], opened["revealed"]) == (made.finding, made.alt, True)
    assert opened["figure"]["data"]
    assert len(opened["table"]["rows"]) == len(made.table())


def test_the_same_client_id_is_kept_once(place: Here, home: Path) -> None:
    live = begun(place, home)
    who = call_voices.participant_of(live, call_voices.join(live, "Ana", "data"))
    first = call_voices.contribute(live, who, Wanted("abc", "predict", "9 points"))
    again = call_voices.contribute(live, who, Wanted("abc", "predict", "9 points"))
    assert (first.is_new, again.is_new) == (True, False)
    assert (first.id, first.seq) == (again.id, again.seq)
    other = live_call(place.database, live.call.id)
    assert call_voices.contribute(other, who, Wanted("abc", "predict", "9 points")).id == first.id


def test_an_anonymous_contribution_has_no_author_in_the_store(place: Here, home: Path) -> None:
    live = begun(place, home)
    key = call_voices.join(live, "Zoraida", "equity")
    call_voices.join(live, "Ben", "data")
    who = call_voices.participant_of(live, key)
    kept = call_voices.contribute(live, who, Wanted("Zoraida-1", "notice", "Words of nobody", anonymous=True))
    with place.database.reading() as session:
        rows = [(row.client_id or "") + row.body for row in session.scalars(select(CallEventRow))]
    [row] = [row for row in rows if "Words of nobody" in row]
    assert not [secret for secret in ("Zoraida", who.id, key, "equity", "Zoraida-1") if secret in row]
    assert live.state.contributions[kept.id].lens == "team"
    assert key not in everything_in(home)
    call_voices.edit(live, who, kept.id, "Zoraida-1", "Other words")
    stranger = call_voices.participant_of(live, call_voices.join(live, "Cy", "data"))
    with pytest.raises(NotTheirs):
        call_voices.edit(live, stranger, kept.id, "guess", "Mine now")
    call_voices.withdraw(live, who, kept.id, "Zoraida-1")

    with place.database.reading() as session:
        assert not [body for body in session.scalars(select(CallEventRow.body)) if "words" in body and "Other" in body]


def test_who_is_refused(place: Here, home: Path) -> None:
    live, other = begun(place, home), begun(place, home)
    key = call_voices.join(live, "Ana", "data")
    who = call_voices.participant_of(live, key)
    with pytest.raises(NotIn, match="join the call first"):
        call_voices.participant_of(live, "")
    with pytest.raises(NotIn, match="does not belong"):
        call_voices.participant_of(other, key)
    for wanted, why in (
        (Wanted("a", "notice", "  "), "write something"),
        (Wanted("a", "notice", "x" * 4001), "4,001 characters"),
        (Wanted("", "notice", "x"), "client_id"),
        (Wanted("a", "sleep", "x"), "no stage"),
        (Wanted("a", "reveal", "x"), "for looking"),
        (Wanted("a", "notice", "x", anchor=[1]), "anchor"),
        (Wanted("a", "notice", "x", anchor={"group": {"deep": 1}}), "anchor"),
    ):
        with pytest.raises(PlainError, match=why):
            call_voices.contribute(live, who, wanted)
    with pytest.raises(NotThere):
        call_voices.vote(live, who, "nothing", on=True)
    with pytest.raises(PlainError, match="first name"):
        call_voices.join(live, "\u202e \n", "data")
    call_moves.end(live, LOCAL_OWNER)
    with pytest.raises(Over):
        call_voices.contribute(live, who, Wanted("a", "notice", "x"))
    assert call_moves.end(live, LOCAL_OWNER) is None


def test_four_thousand_characters_and_hostile_names_are_kept_as_they_are(place: Here, home: Path) -> None:
    live = begun(place, home)
    name = "<img src=x onerror=alert(1)>'; DROP TABLE calls"
    who = call_voices.participant_of(live, call_voices.join(live, name, "data"))
    words = "ü" * 3_990 + "</script>"
    kept = call_voices.contribute(live, who, Wanted("a", "notice", words))
    again = live_call(place.database, live.call.id).state.contributions[kept.id]
    assert (again.words, again.name) == (words, name)


def test_nobody_votes_on_a_guess_that_is_not_shown(place: Here, home: Path) -> None:
    live = begun(place, home)
    who = call_voices.participant_of(live, call_voices.join(live, "Ana", "data"))
    kept = call_voices.contribute(live, who, Wanted("a", "predict", "5"))
    with pytest.raises(NotThere):
        call_voices.vote(live, who, kept.id, on=True)
    call_moves.move(live, stage="reveal")
    assert call_voices.vote(live, who, kept.id, on=True) is not None
    assert call_voices.vote(live, who, kept.id, on=True) is None


def test_a_card_goes_on_where_it_was_left(place: Here, home: Path) -> None:
    live = begun(place, home, CARD, "trends?measure=Controlled blood pressure&by=race")
    call_moves.move(live, stage="notice")
    call_moves.move(live, card=2)
    assert (live.state.card, live.state.stage) == (2, "predict")
    call_moves.move(live, card=1)
    assert (live.state.card, live.state.stage) == (1, "notice")
    with pytest.raises(NotThere, match="no card 3: it has 2"):
        call_moves.move(live, card=3)
    for number in (1, 1, 2):
        call_opening.remember_finding(live, number, call_opening.finding_of(live, home, number))
    assert "Black patients" in live.state.cards[0].sentence
    assert live.state.cards[1].sentence == ""
    assert [event.kind for event in live.events].count("remembered") == 1


def test_a_call_on_a_release_shows_what_the_release_shows_and_nothing_when_it_is_revoked(
    place: Here, home: Path
) -> None:
    made = make_release(
        place.database, home, HOME_WORKSPACE, DATASET, ReleasePlan(("race",), "year", "none", ()), policy_of("cms", 11),
        by=LOCAL_OWNER,
    )  # fmt: skip
    live = begun(place, home, release=made.id)
    source = call_opening.release_source(place.database, home, live.call)
    assert source is not None
    shown = call_cards.open_payload(live.state.cards[0], call_cards.card_of(live.state.cards[0], source))
    full = call_cards.card_of(
        live.state.cards[0], call_opening.workspace_source(place.database, home, live.call)
    ).table()
    hidden = full[full["Group"].str.contains("Native")].iloc[0]
    row = next(row for row in shown["table"]["rows"] if "Native" in row[0])
    assert not set(re.findall(r"\d+", " ".join(map(str, hidden[1:])))) & set(re.findall(r"\d+", " ".join(row[1:]))) - {
        "11"
    }
    take_back(place.database, home, HOME_WORKSPACE, made.id, by=LOCAL_OWNER)
    with pytest.raises(PlainError, match="revoked"):
        call_cards.card_of(live.state.cards[0], source)


def test_a_release_of_others_and_cards_that_cannot_be_asked_are_refused(place: Here, home: Path) -> None:
    for card, why in (
        ("horoscope?measure=x", "no card “horoscope”"),
        ("disparities.pie?by=race", "no card “pie”"),
        ("disparities?measure=Nothing&by=race", "not a measure"),
        ("disparities?shape=round", "not asked “shape”"),
    ):
        with pytest.raises(PlainError, match=why):
            begun(place, home, card)
    with pytest.raises(PlainError, match="release"):
        begun(place, home, release="nothing")
    nobody = Here(place.database, HOME_WORKSPACE, Person("x", "X", "", "i", "s"))
    with pytest.raises(NotAllowed):
        begun(nobody, home)


def test_two_processes_hold_one_call(place: Here, home: Path) -> None:
    one, two = begun(place, home), None
    two = live_call(place.database, one.call.id)
    key = call_voices.join(one, "Ana", "data")
    who = call_voices.participant_of(two, key)
    call_moves.move(two, stage="notice")
    kept = call_voices.contribute(one, who, Wanted("a", "notice", "Here"))
    two.catch_up()
    assert one.state.stage == two.state.stage == "notice"
    assert two.state.contributions[kept.id].words == "Here"
    assert [event.seq for event in two.events] == list(range(1, len(two.events) + 1))
