"""Who opens what, whichever way they come: reader × thing × way, each cell yes or no by one table.

`READERS` are the ways to be somebody, `THINGS` what there is to open, `MAY` the yes cells (all others are no), `WAYS`
how one tries. A new kind of thing is a line in `THINGS` and its cells in `MAY`; a new way (an address, a stream, an
export) is a function in `WAYS` that gives the bytes that somebody got. `removed_checks.py` takes away one check after
the other and shows that this table notices.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from equity.access import opens
from equity.access.here import Here
from equity.access.opening import Opening, open_link
from equity.access.opens import NOUNS, Reader, Thing
from equity.actions.calls import call_opening
from equity.actions.calls.call_opening import Opened
from equity.actions.work import reflections
from equity.improvement.team.reflections import ReflectionPart
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import load
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import find
from equity.server import sample_data
from equity.sharing import (
    delete_dataset,
    make_release,
    open_release_in,
    overlapping_releases_of,
    release_in,
    releases_in,
    take_back,
)
from equity.store.files.home import home_folder
from equity.store.files.versions import dataset as dataset_on_disk
from equity.store.records.calls import call_by_id
from equity.store.workspace.database import Database, workspace_database
from equity.store.workspace.links import make_link, revoke_link
from equity.store.workspace.ownership import claim_dataset
from equity.store.workspace.people import remember_person
from equity.store.workspace.person import LOCAL_OWNER, ROLES, Person
from equity.store.workspace.publishing import Publisher
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.ui.call import minutes, running
from equity.ui.sharing import leader_parts
from equity.vocabulary import PlainError
from tests.pages.drawn_charts import charts_of
from tests.pages.opened import html_of
from tests.pages.people import DATASET, ISSUER, MAPPING, app_for, claims, join, opened_as, small_extract

OURS, THEIRS = DATASET, "Their visits"
MEASURE = "Controlled blood pressure"
GROUPS = {OURS: "Asian Indian", THEIRS: "Chamorro"}
"""A group that one of the two datasets has and the other has not."""
CARD = f"disparities?measure={MEASURE}&by=race&period=2024"
TEAM = ("owner", "analyst", "member")
MAY: Mapping[str, tuple[str, ...]] = {
    "our dataset": TEAM,
    "their dataset": ("rival",),
    "our release": (*ROLES, "link", "link with a passcode"),
    "their release": ("rival", "their link"),
    "our revoked release": (),
    "our call": TEAM,
    "their call": ("rival",),
    "our reflection": ("owner", "analyst", "member", "leader", "link with a passcode"),
    "their reflection": ("rival", "their link"),
    "our reflection for the team alone": (),
}
"""For each thing who may open it; everybody else may not."""
READERS = (
    *ROLES,
    "rival",
    "stranger",
    "nobody",
    "link",
    "link with a passcode",
    "closed link",
    "link to a revoked release",
    "their link",
    "link moved to their release",
)
BY_LINK = READERS[READERS.index("link") :]


@dataclass(frozen=True)
class Place:
    """Two workspaces, with what is in them and who comes."""

    things: Mapping[str, Thing]
    tokens: Mapping[str, str]
    across: str


@pytest.fixture(scope="module", autouse=True)
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("two_teams")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(folder / "home"))
        patch.setattr(sample_data.STATUS, "state", "ready")
        yield furnished(folder)
        page_of.cache_clear()
    st.cache_data.clear()
    st.cache_resource.clear()


def furnished(folder: Path) -> Place:
    database, home = workspace_database(), home_folder()
    for role in ROLES:
        join(database, role)
    rival = remember_person(database, ISSUER, "rival", name="rival", email="rival@example.org")
    across = make_workspace(database, "Across the street", by=rival).id
    remember_person(database, ISSUER, "stranger", name="stranger", email="stranger@example.org")
    mapping, plan, things, tokens = mapping_from_toml(MAPPING, "test"), Plan(("race",), "year", "none"), {}, {}
    for name, workspace, by in ((OURS, HOME_WORKSPACE, LOCAL_OWNER), (THEIRS, across, rival)):
        claim_dataset(database, workspace, name, on_disk=())
        extract = small_extract(folder)
        extract.write_text(extract.read_text("utf-8").replace("Native Hawaiian", GROUPS[name]), "utf-8")
        load([extract], name, mapping, "new", home, by=Publisher(database, workspace, by))
        whose = "our" if name == OURS else "their"
        made = make_release(database, home, workspace, name, plan, policy_of("cms"), by=by)
        talk = call_opening.Plan(name, call_opening.recipes(home, name, (CARD,)), title=title_of(name))
        call = call_opening.open_call(Here(database, workspace, by), home, talk).call
        things |= {f"{whose} dataset": opens.dataset(name), f"{whose} release": opens.release(made.id, name)}
        things[f"{whose} call"] = Thing("call", call.id, name)
        things[f"{whose} reflection"] = reflected(Here(database, workspace, by), name, "2024-Q3", shared=True)
    things["our reflection for the team alone"] = reflected(
        Here(database, HOME_WORKSPACE, LOCAL_OWNER), OURS, "2024-Q4", shared=False
    )
    revoked = make_release(database, home, HOME_WORKSPACE, OURS, plan, policy_of("cms", 20), by=LOCAL_OWNER)
    things["our revoked release"] = opens.release(revoked.id, OURS)
    tokens["link"] = linked(database, HOME_WORKSPACE, things["our release"], LOCAL_OWNER)
    tokens["link with a passcode"] = linked(
        database, HOME_WORKSPACE, things["our release"], LOCAL_OWNER, "letter-box", things["our reflection"].id
    )
    tokens["closed link"] = linked(database, HOME_WORKSPACE, things["our release"], LOCAL_OWNER)
    tokens["link to a revoked release"] = linked(database, HOME_WORKSPACE, things["our revoked release"], LOCAL_OWNER)
    tokens["their link"] = linked(database, across, things["their release"], rival, "", things["their reflection"].id)
    moved, tokens["link moved to their release"] = make_link(
        database, HOME_WORKSPACE, things["our release"].id, by=LOCAL_OWNER, title="Moved"
    )
    with database.engine.begin() as connection:  # as somebody does who can write to the store
        connection.execute(
            text("UPDATE links SET release_id = :release WHERE id = :link"),
            {"release": things["their release"].id, "link": moved.id},
        )
    return Place(things, tokens, across)


def title_of(dataset: str) -> str:
    """The title of the call about a dataset."""
    return f"What about {GROUPS[dataset]} people?"


def linked(
    database: Database, workspace: str, thing: Thing, by: Person, passcode: str = "", reflection: str = ""
) -> str:
    choices = json.dumps({"reflection": reflection} if reflection else {})
    _, token = make_link(database, workspace, thing.id, by=by, title="Board", passcode=passcode, choices=choices)
    return token


def reflected(here: Here, dataset: str, quarter: str, *, shared: bool) -> Thing:
    """A reflection of a team; only what is shared holds its words."""
    kept = reflections.begin_reflection(here, quarter)
    part = reflections.begin_part(here, kept, "aims")
    reflections.save_part(here, kept, part, ReflectionPart("aims", help=words_on(dataset, quarter)))
    if shared:
        reflections.share(here, kept.id, "leaders", ("aims.help",))
    return Thing("reflection", kept.id, f"{dataset}|{quarter}")


def words_on(dataset: str, quarter: str) -> str:
    """The words of a reflection, which no other has."""
    return f"Words of {quarter} on {GROUPS[dataset]}"


@pytest.fixture(scope="module")
def readers(place: Place) -> Mapping[str, Reader | None]:
    """Whoever comes as the room that decides knows them; None for somebody who is nowhere."""
    database = workspace_database()
    known: dict[str, Reader | None] = {"stranger": None, "nobody": None}
    for role in ROLES:
        known[role] = Here(database, HOME_WORKSPACE, remember_person(database, ISSUER, role, name=role, email=""))
    rival = remember_person(database, ISSUER, "rival", name="rival", email="")
    known["rival"] = Here(database, place.across, rival)
    for name, token in place.tokens.items():
        known[name] = open_link(database, token, "letter-box" if "passcode" in name else "")
    closed = known["closed link"]
    assert isinstance(closed, Opening)
    revoke_link(database, HOME_WORKSPACE, closed.link_id, by=LOCAL_OWNER)
    revoked = place.things["our revoked release"]
    take_back(database, home_folder(), HOME_WORKSPACE, revoked.id, by=LOCAL_OWNER)
    return known


Way = Callable[[Place, Mapping[str, Reader | None], str, Thing], bool]


def by_asking_the_room(place: Place, readers: Mapping[str, Reader | None], who: str, thing: Thing) -> bool:
    """The function that decides, and the shelf, which knows what was revoked."""
    reader = readers[who]
    if reader is None:
        return False
    revoked = thing.noun == "release" and bool(find(home_folder(), thing.id).revoked)
    return opens.opens(workspace_database(), reader, thing) and not revoked


@cache
def page_of(who: str, token: str, page: str, **asked: str) -> AppTest:
    """A page as somebody sees it; one look at it serves every question about it."""
    if who not in BY_LINK:
        return opened_as(None if who == "nobody" else claims(who), page, **asked)
    app = app_for(None, link=token, **asked).run()
    if "passcode" in who:
        app.text_input(key="passcode").set_value("letter-box")
        app.button[0].click().run()
    return app


def shows(app: AppTest, thing: Thing) -> bool:
    """Whether a page shows numbers of this thing: groups that no other has, or its own id beside some."""
    assert not app.exception
    drawn = "".join(chart.spec for chart in charts_of(app))
    said = html_of(app)
    if thing.noun == "release":
        return "lens-few" in said and thing.id in said
    if thing.noun == "call":
        return title_of(thing.dataset) in said
    if thing.noun == "reflection":
        written = words_on(*thing.dataset.split("|"))
        return written in said or any(part.value == f"GOT {written}" for part in app.text)
    return GROUPS[thing.id] in drawn or any(part.value == f"GOT {thing.id}" for part in app.text)


def by_its_page(place: Place, readers: Mapping[str, Reader | None], who: str, thing: Thing) -> bool:
    """The page's address with the thing named in it."""
    token = place.tokens.get(who, "")
    if thing.noun == "dataset":
        return shows(page_of(who, token, "disparities", dataset=thing.id, measure=MEASURE), thing)
    if thing.noun == "call":
        return shows(page_of(who, token, "learning_call", minutes=thing.id), thing)
    return shows(page_of(who, token, "leader"), thing)


def by_a_widgets_value(place: Place, readers: Mapping[str, Reader | None], who: str, thing: Thing) -> bool:
    """What a session holds that no list offered it: the thing's name in the page's own state."""
    app = app_for(None if who in BY_LINK or who == "nobody" else claims(who), link=place.tokens.get(who, ""))
    if thing.noun == "dataset":
        app.session_state["asked"] = {"dataset": thing.id}
        return shows(app.run(), thing)
    if thing.noun == "call":
        app.session_state[running._OPENED] = Opened(call_by_id(workspace_database(), thing.id), "token", "KITE-42")
        app.run()
        if who not in BY_LINK and readers[who] is not None:
            app.switch_page("../../pages/learning_call.py").run()
        return any("#lead=" in each.proto.url for each in app.get("link_button"))
    held = readers[who]
    if thing.noun == "reflection" and isinstance(held, Opening):
        app.session_state["opening"] = replace(held, choices=json.dumps({"reflection": thing.id}))
        return shows(app.run(), thing)
    if not isinstance(held, Opening):
        return by_the_rooms_behind_the_pages(place, readers, who, thing)
    app.session_state["opening"] = replace(held, release_id=thing.id)
    return shows(app.run(), thing)


ROOMS = """
from dataclasses import replace
import streamlit as st
from equity.access.here import Here
from equity.actions.work import reflections
from equity.store.files.home import home_folder
from equity.store.files.versions import current_version
from equity.ui.call import minutes
from equity.ui.datasets import in_memory
from equity.ui.session import link_session, sign_in
from equity.ui.sharing import leader_parts
from equity.vocabulary import PeriodRange, PlainError
noun, name, room = st.session_state["noun"], st.session_state["name"], st.session_state["room"]
try:
    if room == "held":
        st.text("GOT " + in_memory.held(name).name)
    elif room == "description":
        st.text("GOT " + in_memory.description(name).dataset)
    elif room == "cube":
        held = current_version(home_folder(), name).description()
        cube = in_memory.cube(name, held.version, held.created)
        if len(cube.groups(["Controlled blood pressure"], ["race"], PeriodRange()).table):
            st.text("GOT " + name)
    elif room == "minutes":
        minutes.show(name)
    elif room == "reflection":
        if link_session.token():
            reader = link_session.opening()
        else:
            allowed = sign_in.require("answer_reflection")
            reader = Here(sign_in.database(), allowed.workspace, allowed.person)
        st.text("GOT " + reflections.for_leaders(sign_in.database(), reader, name).parts[0].help)
    elif link_session.token():
        leader_parts.show_opening(replace(link_session.opening(), release_id=name))
    else:
        leader_parts.show_release(name)
except PlainError as error:
    st.text(str(error))
"""


def by_the_rooms_behind_the_pages(place: Place, readers: Mapping[str, Reader | None], who: str, thing: Thing) -> bool:
    """What a fragment, a dialog or an export asks, with no page and no door before it."""
    return got_in_the_rooms(who, place.tokens.get(who, ""), thing)


@cache
def got_in_the_rooms(who: str, token: str, thing: Thing) -> bool:
    """Whether they give a thing to somebody; asked once, where a widget's value leads to the same rooms."""
    rooms = {
        "dataset": ("held", "description", "cube"),
        "release": ("leader",),
        "call": ("minutes",),
        "reflection": ("reflection",),
    }[thing.noun]
    app = AppTest.from_string(ROOMS, default_timeout=30)
    pattern = app_for(None if who in BY_LINK or who == "nobody" else claims(who))
    app.secrets, app.user = pattern.secrets, pattern.user
    app.session_state["noun"], app.session_state["name"] = thing.noun, thing.id
    if who in BY_LINK:
        app.query_params["link"], app.session_state["passcode_given"] = token, "letter-box"
    got = []
    for room in rooms:
        app.session_state["room"] = room
        drawn = app.run()
        # Of this release alone, whether it came to its id at the end of the page or was refused half way.
        got.append("lens-few" in html_of(drawn) if thing.noun == "release" else shows(drawn, thing))
        assert not drawn.exception
    assert len(set(got)) == 1, (who, thing, got)
    return got[0]


def by_a_download_that_was_drawn(place: Place, readers: Mapping[str, Reader | None], who: str, thing: Thing) -> bool:
    """The file of a button that is on somebody's screen, asked for now."""
    reader = readers[who]
    if thing.noun == "call" and isinstance(reader, Here):
        try:
            return len(minutes._made(reader, thing.id, "json")()) > 0
        except PlainError:
            return False
    if reader is None or thing.noun != "release":
        return by_asking_the_room(place, readers, who, thing)
    drawn: list[Callable[[], bytes]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(leader_parts.st, "download_button", lambda label, write, **more: drawn.append(write))
        patch.setattr(leader_parts.prose, "small", lambda text: None)
        leader_parts._download(find(home_folder(), thing.id), reader)
    try:
        return len(drawn[0]()) > 0
    except PlainError:
        return False


WAYS: Mapping[str, Way] = {
    "the room that decides": by_asking_the_room,
    "page": by_its_page,
    "widget value": by_a_widgets_value,
    "rooms behind the pages": by_the_rooms_behind_the_pages,
    "download": by_a_download_that_was_drawn,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", READERS)
def test_a_reader_opens_what_the_table_says_and_nothing_else(
    place: Place, readers: Mapping[str, Reader | None], who: str, way: str
) -> None:
    got = {name for name, thing in place.things.items() if WAYS[way](place, readers, who, thing)}
    assert got == {name for name in place.things if who in MAY[name]}, (who, way)


def test_every_kind_of_thing_is_in_the_table(place: Place) -> None:
    assert {thing.noun for thing in place.things.values()} == set(NOUNS)
    assert set(MAY) == set(place.things)


@pytest.mark.parametrize("noun", NOUNS)
def test_what_is_another_workspaces_is_said_as_what_never_was(noun: str, readers: Mapping[str, Reader | None]) -> None:
    owner = readers["owner"]
    assert owner is not None
    said = []
    for name in (THEIRS, "never was"):
        thing = Thing(noun, name, THEIRS)
        with pytest.raises(PlainError) as refused:
            opens.require_open(workspace_database(), Here(workspace_database(), "elsewhere", owner.person), thing)  # type: ignore[union-attr]
        said.append(str(refused.value).replace(name, ""))
    assert said[0] == said[1]
    assert json.dumps(said)


def test_nobody_shares_takes_back_or_deletes_what_is_another_workspaces(place: Place) -> None:
    database, home = workspace_database(), home_folder()
    theirs, released = place.things["their dataset"].id, place.things["their release"].id
    plan = Plan(("race",), "year", "none")
    actions: tuple[Callable[[], object], ...] = (
        lambda: make_release(database, home, HOME_WORKSPACE, theirs, plan, policy_of("cms"), by=LOCAL_OWNER),
        lambda: overlapping_releases_of(database, home, HOME_WORKSPACE, theirs, plan),
        lambda: release_in(database, home, HOME_WORKSPACE, released),
        lambda: open_release_in(database, home, HOME_WORKSPACE, released),
        lambda: take_back(database, home, HOME_WORKSPACE, released, by=LOCAL_OWNER),
        lambda: delete_dataset(database, home, HOME_WORKSPACE, theirs, by=LOCAL_OWNER),
    )
    for action in actions:
        with pytest.raises(PlainError, match=r"There is no (dataset|such release)"):
            action()
    assert not find(home, released).revoked
    assert released not in [each.id for each in releases_in(database, home, HOME_WORKSPACE)]
    assert dataset_on_disk(home, theirs).current.number == 1
