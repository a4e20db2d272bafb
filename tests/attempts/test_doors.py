"""The addresses for people without an account: a cohort's open door and a link to weigh, whoever comes with whatever.

`VISITORS` are the ways to come to an application, with what they see of it; `WEIGHERS` those to a decision. The
addresses are walked over from the rules of test_every_address.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from starlette.applications import Starlette

from equity.access.here import Here
from equity.actions.calls.weighing_links import close_weighing_links, make_weighing_link
from equity.actions.network import applications, cohorts
from equity.actions.work import focus
from equity.network.cohorts import Cohort
from equity.server.applications import addresses
from equity.server.applications.addresses import SETTING
from equity.server.calls.alone import AloneHost
from equity.server.calls.limits import Pace
from equity.server.routes import routes
from equity.store.files.home import home_folder
from equity.store.workspace.database import workspace_database
from equity.store.workspace.people import remember_person
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.vocabulary import PlainError
from tests import plain_http
from tests.actions.work.test_focus import ROOM
from tests.attempts.test_every_address import RULES
from tests.network.test_applications import TEAM_GIVEN, WHOLE
from tests.pages.people import ISSUER
from tests.server.calls.calls_served import served

OUR_WORDS, THEIR_WORDS = "Only we wrote this", "Only they wrote this"
OURS, THEIRS = "Our clinic's cohort", "Their clinic's cohort"
OUR_QUESTION, THEIR_QUESTION = "Which of ours first?", "Which of theirs first?"
REFUSED = (400, 401, 403, 404, 410, 422)

VISITORS: Mapping[str, str] = {
    "our applicant": OUR_WORDS,
    "our applicant by their door": OUR_WORDS,
    "our applicant by a door that closed": OUR_WORDS,
    "their applicant": THEIR_WORDS,
    "their applicant by our door": THEIR_WORDS,
    "our record with their secret": "",
    "our record in their workspace": "",
    "their workspace with our record and secret": "",
    "a key that is a door": "",
    "a key that was cut": "",
    "a secret alone": "",
    "no key": "",
}
"""Whoever comes to an application, and whose words they get: a key opens the one that it is of, by any door."""
WEIGHERS: Mapping[str, str] = {
    "by our link": OUR_QUESTION,
    "by their link": THEIR_QUESTION,
    "by our link with another's secret": "",
    "by a link that was closed": "",
    "by a link that ran out": "",
    "by a link to what is not weighed now": "",
    "by the id of the decision": "",
    "by no link": "",
}


@dataclass
class Place:
    """A server of two workspaces: by name, ways to an application (door, key) and links to weigh."""

    at: str
    visitors: dict[str, tuple[str, str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    ours: Here | None = None


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(tmp_path_factory.mktemp("doors") / "home"))
        patch.delenv("EQUITY_DATABASE_URL", raising=False)
        patch.setenv(SETTING, "on")
        patch.setattr(addresses, "_BEGINS", Pace(at_once=1000))
        database = workspace_database()
        rival = remember_person(database, ISSUER, "rival", name="rival", email="rival@example.org")
        theirs = Here(database, make_workspace(database, "Across the street", by=rival).id, rival)
        with served(Starlette(routes=routes(AloneHost()))) as at:
            found = Place(at, ours=Here(database, HOME_WORKSPACE, LOCAL_OWNER))
            assert found.ours is not None
            _applied(found, found.ours, theirs)
            _weighed(found, found.ours, theirs)
            yield found


def _applied(place: Place, ours: Here, theirs: Here) -> None:
    doors, keys = {}, {}
    for here, title, words in ((ours, OURS, OUR_WORDS), (theirs, THEIRS, THEIR_WORDS)):
        cohort = cohorts.begin_cohort(here, Cohort(title))
        cohort, closed = cohorts.open_door(here, cohort)
        doors[here.workspace, "closed"] = closed
        doors[here.workspace, "open"] = cohorts.open_door(here, cohort)[1]
        begun = plain_http.post(f"{place.at}/apply/{doors[here.workspace, 'open']}", timeout=60)
        keys[here.workspace] = begun.json()["key"]
        answers = {**WHOLE.answers, "why_now": words}
        httpx.put(
            f"{place.at}/apply/x/mine",
            headers={"X-Applicant": keys[here.workspace]},
            json={"answers": answers, "team": TEAM_GIVEN},
            timeout=60,
        ).raise_for_status()
    our_door, their_door = doors[ours.workspace, "open"], doors[theirs.workspace, "open"]
    our_key, their_key = keys[ours.workspace], keys[theirs.workspace]
    (w, record, secret), (v, _, their_secret) = our_key.split("."), their_key.split(".")
    place.visitors = {
        "our applicant": (our_door, our_key),
        "our applicant by their door": (their_door, our_key),
        "our applicant by a door that closed": (doors[ours.workspace, "closed"], our_key),
        "their applicant": (their_door, their_key),
        "their applicant by our door": (our_door, their_key),
        "our record with their secret": (our_door, f"{w}.{record}.{their_secret}"),
        "our record in their workspace": (our_door, f"{v}.{record}.{their_secret}"),
        "their workspace with our record and secret": (our_door, f"{v}.{record}.{secret}"),
        "a key that is a door": (our_door, our_door),
        "a key that was cut": (our_door, our_key[:-1]),
        "a secret alone": (our_door, f"..{secret}"),
        "no key": (our_door, ""),
    }


def _weighed(place: Place, ours: Here, theirs: Here) -> None:
    def decision(here: Here, title: str) -> Any:
        return focus.move_decision(here, focus.open_decision(here, replace(ROOM, title=title)), "weighing")

    mine, other, done = decision(ours, OUR_QUESTION), decision(theirs, THEIR_QUESTION), decision(ours, "Decided?")
    links = place.links
    links["by a link that was closed"] = make_weighing_link(ours, mine)
    close_weighing_links(ours, mine)
    links["by our link"], links["by their link"] = make_weighing_link(ours, mine), make_weighing_link(theirs, other)
    links["by a link that ran out"] = make_weighing_link(ours, mine)
    links["by a link to what is not weighed now"] = make_weighing_link(ours, done)
    focus.move_decision(ours, done, "preparing")
    record, secret = links["by our link"].split(".")
    links["by our link with another's secret"] = f"{record}.{links['by their link'].split('.')[1]}"
    links["by the id of the decision"] = f"{mine.id}.{secret}"
    links["by no link"] = "nothing"
    past = (dt.datetime.now(dt.UTC) - dt.timedelta(days=1)).isoformat()
    with ours.database.engine.begin() as connection:
        connection.execute(
            text("UPDATE records SET content = json_set(content, '$.expires', :past) WHERE id = :id"),
            {"past": past, "id": links["by a link that ran out"].split(".")[0]},
        )


MINE = [(method, path) for (method, path), rule in RULES.items() if rule == "an applicant's key"]


def test_every_way_is_tried(place: Place) -> None:
    assert set(place.visitors) == set(VISITORS)
    assert set(place.links) == set(WEIGHERS)
    assert len(MINE) == 4


@pytest.mark.parametrize("who", VISITORS)
def test_an_application_opens_to_its_own_key_and_to_no_other(place: Place, who: str) -> None:
    door, key = place.visitors[who]
    got = ""
    for method, path in MINE:
        body = {"answers": {}, "team": []} if method == "PUT" and not VISITORS[who] else None
        if VISITORS[who] and method != "GET":
            continue  # their own to change; what they wrote is asked for below
        headers = {"X-Applicant": key}
        answer = httpx.request(method, place.at + path.format(token=door), headers=headers, json=body, timeout=60)
        assert answer.status_code == 200 if VISITORS[who] else answer.status_code in REFUSED, (method, path)
        got += answer.text
    for words in (OUR_WORDS, THEIR_WORDS):
        assert (words in got) == (words == VISITORS[who])


def test_what_others_tried_changed_nothing(place: Place) -> None:
    assert place.ours is not None
    (kept,) = [applications.opened(place.ours.database, home_folder(), place.visitors["our applicant"][1]).kept]
    assert (kept.content.state, kept.content.answers["why_now"]) == ("draft", OUR_WORDS)


@pytest.mark.parametrize("door", ["open", "closed", "nothing", "their cohort's workspace with our secret"])
def test_a_door_tells_nothing_of_who_came_by_it(place: Place, door: str) -> None:
    ours, theirs = place.visitors["our applicant"][0], place.visitors["their applicant"][0]
    token = {
        "open": ours,
        "closed": place.visitors["our applicant by a door that closed"][0],
        "nothing": "nothing",
        "their cohort's workspace with our secret": f"{theirs.split('.')[0]}.{ours.split('.')[1]}",
    }[door]
    page, begun = (httpx.request(how, f"{place.at}/apply/{token}", timeout=60) for how in ("GET", "POST"))
    assert begun.status_code == (201 if door == "open" else 422)
    assert (OURS.replace("'", "&#x27;") in page.text) == (door == "open")
    assert not [words for words in (OUR_WORDS, THEIR_WORDS, THEIRS) if words in page.text + begun.text]


@pytest.mark.parametrize("who", WEIGHERS)
def test_a_decision_is_weighed_by_its_own_link_and_by_no_other(place: Place, who: str) -> None:
    address = f"{place.at}/weigh/{place.links[who]}"
    seen = plain_http.get(address, timeout=60)
    sent = plain_http.post(address, data={"lens": "equity", "points_0": "100", "later": "yes"}, timeout=60)
    for answer in (seen, sent):
        assert answer.status_code == 200 if WEIGHERS[who] else answer.status_code in REFUSED, answer.status_code
        for words in (OUR_QUESTION, THEIR_QUESTION):
            assert (words in answer.text) == (words == WEIGHERS[who])


def test_drafts_of_a_day_end_with_the_day(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever fills a door with drafts keeps others out for a day, and not for good."""
    assert place.ours is not None
    database, door = place.ours.database, place.visitors["our applicant"][0]
    monkeypatch.setattr(applications, "MOST_DRAFTS", applications.drafts(place.ours) + 1)
    applications.begin_application(database, home_folder(), door)
    with pytest.raises(PlainError, match="come back tomorrow"):
        applications.begin_application(database, home_folder(), door)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE records SET created = '2020-01-01 00:00:00' WHERE noun = 'application'"))
    assert applications.begin_application(database, home_folder(), door).key
