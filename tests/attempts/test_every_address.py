"""Every address of our own, whoever comes, with whatever: `RULES` says what opens each; one without a rule fails.

`VISITORS` are the ways to come to a call, with what opens to them; `NUMBERS` says whose numbers a card shows to whom.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from equity.access import may
from equity.access.here import Here
from equity.access.may import Allowed
from equity.actions.calls import call_moves, call_opening
from equity.actions.calls.call_opening import Opened
from equity.actions.calls.live_calls import live_call
from equity.actions.sources import ReleaseSource
from equity.actions.work import focus
from equity.focus.room import FocusRoom
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import load
from equity.release.plan import Plan as ReleasePlan
from equity.release.policy import policy_of
from equity.server import charts, downloads
from equity.server.applications.addresses import SETTING
from equity.server.calls.alone import calls_alone
from equity.server.downloads import Offer, Offers
from equity.server.routes import EVERY_METHOD, NOTHING, routes
from equity.server.upload_tickets import TICKETS
from equity.sharing import make_release, take_back
from equity.store.files.home import home_folder
from equity.store.records import calls as log
from equity.store.records.calls import call_by_id
from equity.store.workspace.database import Database, workspace_database
from equity.store.workspace.ownership import claim_dataset
from equity.store.workspace.people import change_role, remember_person, remove_member
from equity.store.workspace.person import LOCAL_OWNER, ROLES, Person
from equity.store.workspace.publishing import Publisher
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.ui.streamlit_host import HOST, ROUTES
from equity.vocabulary import PlainError
from equity.words.call.calls import REFUSED
from equity.words.labels.server import SERVER_TEXTS
from tests import plain_http
from tests.pages.people import DATASET, ISSUER, MAPPING, SECRETS, claims, join, small_extract
from tests.server.calls.calls_served import Participant, served
from tests.server.test_guard import cookie

OURS, THEIRS = DATASET, "Their visits"
CARD = "disparities?measure=Controlled blood pressure&by=race&period=2024"
PLAN = ReleasePlan(("race",), "year", "none")
WORDS = "One site is far from the others"
REFUSALS = (401, 403, 404, 410)

RULES: Mapping[tuple[str, str], str] = {
    ("GET", "/api/health"): "anybody",
    ("POST", "/api/upload"): "upload",
    ("POST", "/api/download/{ticket}"): "offer",
    ("GET", "/charts/{version}/{name}"): "anybody",
    ("GET", "/weigh/files/weigh.js"): "anybody",
    ("GET", "/weigh/{token}"): "a link to weigh",
    ("POST", "/weigh/{token}"): "a link to weigh",
    ("GET", "/apply/files/{name}"): "anybody",
    ("GET", "/apply/{token}"): "anybody",
    ("POST", "/apply/{token}"): "an open door",
    ("GET", "/apply/{token}/mine"): "an applicant's key",
    ("PUT", "/apply/{token}/mine"): "an applicant's key",
    ("POST", "/apply/{token}/mine/send"): "an applicant's key",
    ("POST", "/apply/{token}/mine/withdraw"): "an applicant's key",
    ("GET", "/call"): "anybody",
    ("GET", "/call/files/{name}"): "anybody",
    ("GET", "/call/{token}"): "admitted",
    ("POST", "/call/{token}/join"): "admitted",
    ("GET", "/call/{token}/events"): "inside",
    ("GET", "/call/{token}/card/{number}"): "inside",
    ("GET", "/call/{token}/card/{number}/guesses"): "inside",
    ("POST", "/call/{token}/contributions"): "inside",
    ("POST", "/call/{token}/contributions/{contribution}"): "own",
    ("POST", "/call/{token}/votes"): "inside",
    ("GET", "/call/{token}/weights"): "inside",
    ("POST", "/call/{token}/weights"): "joined",
    ("GET", "/call/{token}/lead"): "lead",
    ("POST", "/call/{token}/lead"): "lead",
}
"""What opens each address: nothing, a link or code, being inside (joined, or leading), having joined oneself, having
written it, a facilitator's key.

What a link to weigh, an open door and an applicant's key open, and what not, is in test_doors.py.
"""

VISITORS: Mapping[str, tuple[str, ...]] = {
    "joined": ("admitted", "inside", "joined", "own"),
    "joined by the code": ("admitted", "inside", "joined", "own"),
    "another who joined": ("admitted", "inside", "joined"),
    "leads": ("admitted", "inside", "lead"),
    "has the link alone": ("admitted",),
    "joined another call": ("admitted",),
    "joined another workspace’s call": ("admitted",),
    "leads another call": ("admitted",),
    "leads another workspace’s call": ("admitted",),
    "led until the role was taken": ("admitted",),
    "led until they left": ("admitted",),
    "leads with a key that ran out": ("admitted",),
    "leads with a key that names nobody": ("admitted",),
    "joined, by their link": ("admitted",),
    "joined, by a link that ran out": (),
    "joined, by no link": (),
    "joined, by the key of one whose role was taken": (),
}
"""Whoever comes to a call, and what opens to them: nothing else does."""

NUMBERS: Mapping[str, tuple[str, str]] = {
    "on our release": ("team", "release"),
    "on no release": ("team", "none"),
    "on a release that was revoked": ("team", "none"),
    "moved to their release": ("team", "none"),
}
"""For a call: whose numbers the team sees on a card, and everybody else."""
TEAM = ("owner", "analyst", "member")
PEOPLE = (*ROLES, "rival", "stranger", "")


@dataclass
class Place:
    """A server of two workspaces with their calls: ways to come by name, calls by name, and what was written."""

    at: str
    visitors: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    calls: dict[str, Opened] = field(default_factory=dict)
    own: str = ""
    another: str = ""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("addresses")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(folder / "home"))
        patch.setattr(secrets_singleton, "_secrets", SECRETS)
        patch.setattr(downloads, "OFFERS", Offers())
        database = workspace_database()
        with served(Starlette(routes=ROUTES)) as at:
            found = Place(at)
            people = {role: join(database, role) for role in ROLES}
            rival = remember_person(database, ISSUER, "rival", name="rival", email="rival@example.org")
            across = make_workspace(database, "Across the street", by=rival).id
            remember_person(database, ISSUER, "stranger", name="stranger", email="stranger@example.org")
            _calls(database, found, folder, Here(database, across, rival))
            _visitors(database, found, people["owner"], Here(database, across, rival))
            yield found


def _calls(database: Database, place: Place, folder: Path, across: Here) -> None:
    home, mapping, released = home_folder(), mapping_from_toml(MAPPING, "test"), {}
    for name, there in ((OURS, Here(database, HOME_WORKSPACE, LOCAL_OWNER)), (THEIRS, across)):
        claim_dataset(database, there.workspace, name, on_disk=())
        by = Publisher(database, there.workspace, there.person)
        load([small_extract(folder)], name, mapping, "new", home, by=by)
        for twice in range(2):
            policy = policy_of("cms", 11 + twice)
            made = make_release(database, home, there.workspace, name, PLAN, policy, by=there.person)
            released[name, twice] = made.id
    ours = Here(database, HOME_WORKSPACE, LOCAL_OWNER)
    for title, there, name, release in (
        ("on our release", ours, OURS, released[OURS, 0]),
        ("on no release", ours, OURS, ""),
        ("on a release that was revoked", ours, OURS, released[OURS, 1]),
        ("moved to their release", ours, OURS, released[OURS, 0]),
        ("another", ours, OURS, ""),
        ("theirs", across, THEIRS, released[THEIRS, 0]),
    ):
        deciding = FocusRoom("What to work on", name, 1, stage="weighing")
        weighed = focus.open_decision(there, deciding).id
        cards = call_opening.recipes(home, name, (CARD,))
        plan = call_opening.Plan(name, cards, title=title, release_id=release, decision=weighed)
        place.calls[title] = call_opening.open_call(there, home, plan)
    with database.engine.begin() as connection:  # as somebody does who can write to the store
        moved = {"release": released[THEIRS, 0], "call": place.calls["moved to their release"].call.id}
        connection.execute(text("UPDATE calls SET release_id = :release WHERE id = :call"), moved)
    take_back(database, home, HOME_WORKSPACE, released[OURS, 1], by=LOCAL_OWNER)
    for opened in place.calls.values():
        call_moves.move(live_call(database, opened.call.id), stage="reveal")
        call_moves.move(live_call(database, opened.call.id), stage="notice")


def _visitors(database: Database, place: Place, owner: Person, across: Here) -> None:
    ours, another, theirs = (place.calls[name] for name in ("on our release", "another", "theirs"))
    ana, ben = Participant(place.at + ours.join, "Ana"), Participant(place.at + ours.join, "Ben")
    place.own = ana.writes("first", WORDS).json()["id"]
    place.another = ben.writes("second", "Two of them").json()["id"]
    elsewhere = {name: Participant(place.at + place.calls[name].join, "Cy").headers for name in ("another", "theirs")}
    here, leads = Here(database, HOME_WORKSPACE, owner), "X-Lead"
    key = call_opening.lead_key(here, ours.call)
    demoted, gone = (_facilitated(database, name, ours) for name in ("demoted", "gone"))
    change_role(database, HOME_WORKSPACE, demoted[0].id, "leader", seen="member", by=LOCAL_OWNER)
    remove_member(database, HOME_WORKSPACE, gone[0].id, by=LOCAL_OWNER)
    old, unnamed = call_opening.lead_key(here, ours.call), call_opening.lead_key(here, ours.call)
    over = call_opening.open_again(here, ours.call)
    for statement, token in (
        ("UPDATE call_tokens SET expires = '2020-01-01 00:00:00' WHERE token_hash = :hash", old),
        ("UPDATE call_tokens SET expires = '2020-01-01 00:00:00' WHERE token_hash = :hash", over.token),
        ("UPDATE call_tokens SET given_to = '' WHERE token_hash = :hash", unnamed),
    ):
        with database.engine.begin() as connection:
            connection.execute(text(statement), {"hash": log.hash_of(token)})
    place.visitors |= {
        "joined": (ours.token, ana.headers),
        "joined by the code": (ours.code, ana.headers),
        "another who joined": (ours.token, ben.headers),
        "leads": (ours.token, {leads: key}),
        "has the link alone": (ours.token, {}),
        "joined another call": (ours.token, elsewhere["another"]),
        "joined another workspace’s call": (ours.token, elsewhere["theirs"]),
        "leads another call": (ours.token, {leads: call_opening.lead_key(here, another.call)}),
        "leads another workspace’s call": (ours.token, {leads: call_opening.lead_key(across, theirs.call)}),
        "led until the role was taken": (ours.token, {leads: demoted[1]}),
        "led until they left": (ours.token, {leads: gone[1]}),
        "leads with a key that ran out": (ours.token, {leads: old}),
        "leads with a key that names nobody": (ours.token, {leads: unnamed}),
        "joined, by their link": (theirs.token, ana.headers),
        "joined, by a link that ran out": (over.token, ana.headers),
        "joined, by no link": ("nothing", ana.headers),
        "joined, by the key of one whose role was taken": (demoted[1], ana.headers),
    }


def _facilitated(database: Database, name: str, opened: Opened) -> tuple[Person, str]:
    """Somebody of the team with a key of their own."""
    from equity.store.workspace.people import accept_invitation, invite

    person = remember_person(database, ISSUER, name, name=name, email=f"{name}@example.org")
    _, token = invite(database, HOME_WORKSPACE, person.email, "member", by=LOCAL_OWNER)
    accept_invitation(database, token, by=person)
    return person, call_opening.lead_key(Here(database, HOME_WORKSPACE, person), opened.call)


BODIES: Mapping[str, dict[str, Any]] = {
    "/call/{token}/join": {"name": "Di", "lens": "data"},
    "/call/{token}/contributions": {"client_id": "third", "stage": "notice", "words": "Three"},
    "/call/{token}/contributions/{contribution}": {"client_id": "first", "words": WORDS},
    "/call/{token}/votes": {"on": True},
    "/call/{token}/weights": {"points": {"burden": 100}, "finished": True},
    "/call/{token}/lead": {"do": "move", "stage": "notice"},
}


def asked(place: Place, who: str, method: str, path: str) -> tuple[int, str]:
    """Status and text of what somebody gets at an address of a call; of an event stream the first of it."""
    token, headers = place.visitors[who]
    address = place.at + path.format(token=quote(token), number=1, contribution=place.own)
    if path.endswith("/events"):
        with plain_http.stream("GET", address, headers=headers, timeout=60) as stream:
            return stream.status_code, next(stream.iter_text(), "") if stream.status_code == 200 else _rest(stream)
    body = {**BODIES.get(path, {}), **({"contribution": place.another} if path.endswith("votes") else {})}
    more: dict[str, Any] = {"json": body} if method == "POST" else {}
    answer = httpx.request(method, address, headers=headers, timeout=60, **more)
    return answer.status_code, answer.text


def _rest(stream: httpx.Response) -> str:
    return stream.read().decode()


def test_every_address_has_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "on")
    every = [route for route in routes(HOST) if route.name != NOTHING]
    found = {(method, route.path) for route in every for method in (route.methods or ()) if method != "HEAD"}
    assert found == set(RULES)
    served_now = {route.path for route in ROUTES if route.name != NOTHING}
    assert served_now == {path for _, path in RULES if not path.startswith("/apply")}


@pytest.mark.parametrize(
    "path", ["/api/people", "/charts/1", "/weigh/x/y", "/call/TOKEN/people", "/call/TOKEN/card/1/x"]
)
@pytest.mark.parametrize("method", EVERY_METHOD)
def test_below_our_addresses_nothing_else_answers(place: Place, method: str, path: str) -> None:
    token, headers = place.visitors["leads"]
    answer = httpx.request(method, place.at + path.replace("TOKEN", quote(token)), headers=headers, timeout=60)
    assert (answer.status_code, answer.json()) == (404, {"error": REFUSED["not found"]})


OTHERWISE = (("GET", "/call/TOKEN/join"), ("DELETE", "/call/TOKEN"), ("GET", "/api/upload"))


@pytest.mark.parametrize(("method", "path"), OTHERWISE)
def test_an_address_asked_in_another_way_says_so(place: Place, method: str, path: str) -> None:
    answer = httpx.request(method, place.at + path.replace("TOKEN", quote(place.visitors["leads"][0])), timeout=60)
    assert (answer.status_code, answer.json()) == (405, {"error": SERVER_TEXTS["another_method"]})


def test_a_call_s_link_with_a_slash_at_its_end_opens_it(place: Place) -> None:
    token, _ = place.visitors["joined"]
    answer = httpx.get(f"{place.at}/call/{quote(token)}/", follow_redirects=True, timeout=60)
    assert answer.status_code == 200
    assert str(answer.url).endswith(quote(token))
    for odd in ("//evil.example/", "/%5Cevil.example/"):  # a way out to another server
        away = httpx.get(f"{place.at}/call{odd}", timeout=60)
        assert away.headers.get("location", place.at).startswith(place.at)


OF_A_CALL = [pair for pair, rule in RULES.items() if pair[1].startswith("/call/{token}")]


@pytest.mark.parametrize("who", VISITORS)
def test_a_call_opens_to_whom_it_is_for_and_to_nobody_else(place: Place, who: str) -> None:
    for method, path in OF_A_CALL:
        status, said = asked(place, who, method, path)
        if RULES[method, path] in VISITORS[who]:
            assert status < 300, (method, path, status, said)
        else:
            assert status in REFUSALS, (method, path, status, said)
            assert WORDS not in said
            assert "Hawaiian" not in said


def test_every_visitor_is_among_those_who_come(place: Place) -> None:
    assert set(place.visitors) == set(VISITORS)


@pytest.mark.parametrize("name", NUMBERS)
def test_a_card_shows_each_person_the_numbers_that_are_theirs(place: Place, name: str) -> None:
    database, opened, got = workspace_database(), place.calls[name], {}
    for who in PEOPLE:
        joined = Participant(place.at + opened.join, "Somebody")
        signed = {"Cookie": f"_streamlit_user={cookie(claims(who))}"} if who else {}
        got[who] = joined.get("card/1", **signed).json()
        assert got[who]["revealed"]
    team, others = NUMBERS[name]
    for who, card in got.items():
        wanted = team if who in TEAM else others
        assert (card["table"] is None) == (card["figure"] is None) == (wanted == "none"), (who, wanted)
    assert all(got[who]["table"] == got["owner"]["table"] for who in TEAM)
    assert all(got[who]["table"] == got[""]["table"] for who in PEOPLE if who not in TEAM)
    assert got["owner"]["table"] != got[""]["table"]
    assert json.dumps(got[""]).count("Native Hawaiian") <= json.dumps(got["owner"]).count("Native Hawaiian")
    assert live_call(database, opened.call.id).state.stage == "notice"


def test_a_release_that_is_another_workspaces_is_not_asked_for_a_call(place: Place) -> None:
    ours = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    for name in ("moved to their release", "theirs"):
        release = call_by_id(ours.database, place.calls[name].call.id).release_id
        with pytest.raises(PlainError, match="no such release"):
            ReleaseSource(ours, home_folder(), release).release()


@pytest.mark.parametrize(("method", "path"), OF_A_CALL)
def test_served_alone_a_call_without_a_release_is_not_there(place: Place, method: str, path: str) -> None:
    opened = place.calls["on no release"]
    key = call_opening.lead_key(Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER), opened.call)
    headers = {**Participant(place.at + opened.join, "Ana").headers, "X-Lead": key}
    with served(calls_alone()) as alone:
        there = Place(alone, {"somebody": (opened.token, headers)}, own=place.own, another=place.another)
        assert asked(there, "somebody", method, path)[0] == 404


def posted(place: Place, path: str, who: str, **headers: str) -> httpx.Response:
    """What one of our own addresses answers to somebody's open page."""
    token = generate_xsrf_token_string()
    signed = f"; _streamlit_user={cookie(claims(who))}" if who else ""
    sent = {"Cookie": f"_streamlit_xsrf={token}{signed}", "X-Xsrftoken": token, **headers}
    return plain_http.post(place.at + path, headers=sent, content=b"a,b\n1,2\n", timeout=60)


def people() -> dict[str, Person]:
    database = workspace_database()
    return {who: remember_person(database, ISSUER, who, name=who, email="") for who in PEOPLE if who}


@pytest.mark.parametrize("who", PEOPLE)
def test_a_file_is_taken_on_ones_own_ticket_from_who_may_upload(place: Place, who: str) -> None:
    name = {"X-File-Name": "a.csv"}
    owners = TICKETS.issue(Allowed(people()["owner"], HOME_WORKSPACE))
    assert posted(place, "/api/upload", who, **name, **{"X-Upload-Ticket": owners}).is_success == (who == "owner")
    assert not posted(place, "/api/upload", who, **name, **{"X-Upload-Ticket": "made-up"}).is_success
    if who:
        own = TICKETS.issue(Allowed(people()[who], HOME_WORKSPACE))
        taken = posted(place, "/api/upload", who, **name, **{"X-Upload-Ticket": own}).is_success
        assert taken == (who in ("owner", "analyst"))


@pytest.mark.parametrize("who", PEOPLE)
def test_a_file_is_given_to_whom_it_was_offered(place: Place, who: str) -> None:
    database, known = workspace_database(), people()

    def offered(person: Person) -> str:
        def write() -> bytes:
            may.require(database, person, HOME_WORKSPACE, "export")
            return b"numbers"

        return downloads.OFFERS.offer("session", person.id, Offer(person, "a.csv", "text/csv", write))

    def given(ticket: str) -> bool:
        answer = posted(place, f"/api/download/{ticket}", who)
        return answer.is_success and answer.content == b"numbers"

    assert given(offered(known["owner"])) == (who == "owner")
    assert not given("made-up")
    if who:
        assert given(offered(known[who])) == (who in TEAM)


def test_what_anybody_gets_says_nothing_of_anybody(place: Place) -> None:
    for path in ("/api/health", "/call", "/call/files/call.js", f"/{charts.program()}"):
        said = plain_http.get(place.at + path, timeout=60).text
        assert not [word for word in (OURS, THEIRS, WORDS, "Across the street", "Hawaiian") if word in said]
