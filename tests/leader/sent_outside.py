"""Every kind of bytes that a workspace sends to somebody outside the team, walked over from the program's own lists.

`furnish` gives a team records in which the program itself keeps numbers of its full data: an aim's baseline, the
sentence of a pinned card, what was said of a choice, readings of a test. `SENT` names every way out; each gives texts
by name. `MADE_FROM_A_RELEASE` says by which way each module of the program that opens a release is walked.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

import msgspec
import orjson

from equity.access.here import Here
from equity.actions.calls import call_cards, call_minutes, call_moves, call_opening
from equity.actions.calls.live_calls import LiveCall, live_call
from equity.actions.evidence import files as evidence_files
from equity.actions.evidence.making import make_pack
from equity.actions.network.offered import subjects
from equity.actions.network.told import Wish, piece_of
from equity.actions.sources import CallSource, ReleaseSource, WorkspaceSource
from equity.actions.work import aims as aim_deeds
from equity.actions.work import drivers as driver_deeds
from equity.actions.work import reflections
from equity.calls.views import presence_view, state_view
from equity.cards import disparities
from equity.cards.card import sheet_of
from equity.cards.made_again import MAKERS, PAGES, made_again
from equity.cards.page_question import resolve
from equity.cube import open_cube
from equity.export.calendar import as_calendar
from equity.export.powerpoint import powerpoint
from equity.export.reminder import quarterly_reminder
from equity.export.report import report
from equity.export.share_package import package_page
from equity.export.workbook import workbook
from equity.focus.nouns import DECISION
from equity.focus.room import Choice, FocusRoom
from equity.improvement.aims import Aim
from equity.improvement.cycles import Cycle, CycleQuestion, Reading, Shown
from equity.improvement.drivers import Driver, put
from equity.improvement.nouns import CYCLE, PROJECT
from equity.improvement.progress import baseline_of
from equity.improvement.projects import Project
from equity.improvement.team.reflections import PinnedCard, ReflectionPart
from equity.network.packages import Package
from equity.network.pieces import PIECE_KINDS, Standing
from equity.release.shelf import Release
from equity.server.calls.pictures import Pictures
from equity.store.files.versions import current_version
from equity.store.records import shelf
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import Description, PlainError
from tests.leader.beside_others import compared
from tests.leader.places import CONTROL, Place
from tests.leader.received import file_texts, page_texts
from tests.pages.people import app_for

PERIOD, QUARTER, ON = "2022", "2023-Q4", dt.date(2026, 3, 4)
HIDDEN: Final = "Samoan"
"""A group of which the release shows no number in `PERIOD`."""


@dataclass(frozen=True)
class Outside:
    """A team whose release is read from outside: its call is on that release, its reflection is shared by ``token``."""

    place: Place
    here: Here
    release: Release
    live: LiveCall
    token: str

    @property
    def source(self) -> ReleaseSource:
        """What readers outside the team get their numbers from."""
        return ReleaseSource(self.here, self.place.home, self.release.id)


def furnish(place: Place) -> Outside:
    """Give the team records, each with a number that only its full data have."""
    release, here = place.releases[-1], Here(place.database, HOME_WORKSPACE, LOCAL_OWNER)
    cube = open_cube(current_version(place.home, release.dataset).folder)
    aims = []
    for group in (HIDDEN, "Black"):
        aim = Aim(release.dataset, CONTROL, by="race", group=group, by_when="2027-Q4", where="here", floor=0.02)
        aim = replace(aim, with_whom="patients", benefits="patients", burdened="nobody")
        aim = replace(aim, baseline=baseline_of(cube, aim, PERIOD))
        assert aim.baseline is not None
        aim = replace(aim, target=aim.baseline.value + 0.1)
        aims.append(
            aim_deeds.share_aim(here, aim_deeds.set_aim(here, aim_deeds.begin_aim(here, aim), aim, cube), "network")
        )
    exact = f"{cube_rate(aims[0].content):.9f}"
    drawn = driver_deeds.begin_diagram(here, aims[0].id)
    driver_deeds.save_diagram(here, drawn, put(drawn.content, Driver("p", "primary", "Words", CONTROL), (), ()))
    room = FocusRoom("Focus", release.dataset, release.version, stage="chosen", said=f"It is {exact}")
    room = replace(
        room, ratings={HIDDEN: {"burden": float(exact)}}, choice=Choice("Heart", "Heard", "", "We", "2027-01-01")
    )
    shelf.add(here.database, here.workspace, DECISION, room, by=here.person)
    project = shelf.add(
        here.database, here.workspace, PROJECT, Project("Calls", "Call", owner="Ana"), by=here.person, parent=aims[0].id
    )
    cycle = Cycle(
        objective="Call",
        questions=(CycleQuestion("Better?", "Yes", result="Yes"),),
        begins="2023-01-01",
        ends="2023-06-01",
    )
    cycle = replace(cycle, shown=Shown(release.dataset, CONTROL, "race", HIDDEN), stage="closed", decision="adopt")
    cycle = replace(cycle, readings=(Reading("2023-02-01", float(exact), 14.0),), learned="Evenings")
    shelf.add(here.database, here.workspace, CYCLE, cycle, by=here.person, parent=project.id)
    return Outside(place, here, release, called(here, place, release), reflected(here, place, release))


def cube_rate(aim: Aim) -> float:
    """Where the aim's group stood, as the team alone may know it."""
    assert aim.baseline is not None
    return aim.baseline.value


def called(here: Here, place: Place, release: Release) -> LiveCall:
    """A call on the release with a card of every kind, each revealed, then ended."""
    cards = [
        f"{page}.{next(iter(makers))}?{urlencode(usual(page))}" for page, makers in MAKERS.items() if page != "explore"
    ]
    plan = call_opening.Plan(
        release.dataset, call_opening.recipes(place.home, release.dataset, cards), release_id=release.id
    )
    live = live_call(here.database, call_opening.open_call(here, place.home, plan).call.id)
    for card in tuple(live.state.cards):
        call_moves.move(live, card=card.number, stage="reveal")
        call_opening.remember_finding(live, card.number, call_opening.finding_of(live, place.home, card.number))
    call_moves.end(live, here.person)
    return live


def reflected(here: Here, place: Place, release: Release) -> str:
    """The token of a link to a reflection that pins a card with the sentence that the team saw."""
    kept = reflections.begin_reflection(here, QUARTER)
    part = reflections.begin_part(here, kept, "aims")
    reflections.save_part(here, kept, part, ReflectionPart("aims", help="An hour of IT"))
    recipe = call_cards.recipe_of(
        f"disparities?{urlencode(usual('disparities'))}", current_version(place.home, release.dataset).description()
    )
    then = made_again(recipe, WorkspaceSource(here, place.home))
    reflections.pin(
        here, kept, PinnedCard("aims", recipe.parameters(), "How?", f"{then.finding} {then.table().to_csv()}")
    )
    for audience in ("leaders", "cohort"):
        reflections.share(here, kept.id, audience, ("aims.help",))  # type: ignore[arg-type]
    reflections.sign_off(here, kept.id)
    return reflections.link_for_leader(here, kept.id, release.id, days=30)[1]


# What a card is asked


def usual(page: str) -> dict[str, str]:
    """A question of the group that is hidden."""
    return {} if page in ("areas", "scan") else {"measure": CONTROL, "by": "race"}


def first_card(page: str) -> str:
    """A page's first card, as a link."""
    return f"{page}.{next(iter(MAKERS[page]))}?{urlencode(usual(page))}"


def questions(page: str, key: str, held: Description) -> Iterator[dict[str, str]]:
    """Two questions; of a page's first card also the first with other answers to each of its parts.

    What can stand beside a question is asked all of it.
    """
    asked = {**usual(page), "period": PERIOD}
    yield asked
    if usual(page):
        yield {"measure": held.measures[-1].name, "by": held.stratifiers[-1].name, "period": PERIOD}
    offered = resolve([held.dataset], held, asked).options
    if key == disparities.BESIDE:
        yield from ({**asked, "against": option.code} for option in offered["against"][1:])
    elif key == next(iter(MAKERS[page])):
        for part in sorted(PAGES[page].asked - {"dataset", "measure", "by", "against"}):
            yield from ({**asked, part: option.code} for option in offered[part][1:3])


def card_bytes(source: CallSource, description: Description) -> Iterator[tuple[str, str]]:
    """Every card with every question that a release takes: what is asked before it, and what is shown of it."""
    for page, makers in MAKERS.items():
        for key in makers if page != "explore" else ():
            for asked in questions(page, key, description):
                name = f"{page}.{key}?{urlencode(asked)}"
                yield name, one_card(name, source, description)


def one_card(name: str, source: CallSource, description: Description) -> str:
    """What is kept of the card in the log, and what everybody gets of it; or the sentence that refuses it."""
    try:
        recipe = call_cards.recipe_of(name, description)
        body = call_cards.as_event(recipe, source)
        made = made_again(call_cards.fitting(recipe, source), source)
    except PlainError as refused:
        return str(refused)
    tables = made.table().to_csv(), made.numbers().to_csv()
    drawn = orjson.dumps(json.loads(made.figure.to_json()), option=orjson.OPT_SORT_KEYS).decode()
    return "\n".join((str(body), made.finding, made.alt, made.caption, *tables, drawn, *call_cards.prompts(made)))


# Ways out


def _cards(team: Outside) -> Iterator[tuple[str, str]]:
    yield from card_bytes(team.source, team.source.description())


def _call(team: Outside) -> Iterator[tuple[str, str]]:
    """What a participant is sent who is no member, whether they came by a release's link or see no numbers at all."""
    pictures = Pictures(team.live, team.place.home, ("release",))
    for card in team.live.state.cards:
        yield f"closed {card.number}", pictures.closed(card).bodies[""].decode()
        for reader in ("release", "none"):
            yield f"{reader} {card.number}", pictures.opened(card, reader).bodies[""].decode()  # type: ignore[arg-type]
    moment = dt.datetime(2026, 3, 4, tzinfo=dt.UTC)
    view = {**state_view(team.live.state, moment), "elapsed": 0}
    yield "state", json.dumps([view, presence_view(team.live.state)])
    yield "calendar", as_calendar("1", team.live.state.title, moment, 60, "/call", "KITE-42").decode()


def _minutes(team: Outside) -> Iterator[tuple[str, str]]:
    whole = call_minutes.whole_minutes(team.live, team.place.home)
    for form in call_minutes.FORMATS:
        yield form, "\n".join(file_texts(call_minutes.as_file(whole, form)))


def _evidence(team: Outside) -> Iterator[tuple[str, str]]:
    pack = make_pack(team.here, team.place.home)
    for form in evidence_files.FORMATS:
        yield form, "\n".join(file_texts(evidence_files.as_file(pack, form)))


def _network(team: Outside) -> Iterator[tuple[str, str]]:
    """Every kind of piece, as a gallery of the cohort holds it and as a package that is sent."""
    pieces = []
    for kind in PIECE_KINDS:
        for subject in subjects(team.here, team.place.home, kind):
            card = first_card("disparities") if kind == "card" else ""
            pieces.append(piece_of(team.here, team.place.home, Wish(kind, subject, card=card), "1"))
            yield f"{kind}", msgspec.json.encode(pieces[-1]).decode()
    sent = package_page(
        Package("1", "c", "t", "Team", "2026-03-04", 1, tuple(pieces), Standing("2026-03-04")), "Cohort"
    ).decode()
    held = re.sub(r'(?<="equity-package">)[A-Za-z0-9+/=]+', lambda found: base64.b64decode(found[0]).decode(), sent)
    yield "package", held


def _page(team: Outside) -> Iterator[tuple[str, str]]:
    """The leader view by a link to the reflection."""
    app = app_for(None, link=team.token).run()
    assert not app.exception
    yield "page", "\n".join(page_texts(app))


def _files(team: Outside) -> Iterator[tuple[str, str]]:
    """A card of every kind as slides, as a workbook and as a web page; and the quarter's reminder."""
    held = team.source.description()
    sheets = []
    for page in MAKERS:
        if page != "explore":
            recipe = call_cards.recipe_of(first_card(page), held)
            made = made_again(call_cards.fitting(recipe, team.source), team.source)
            sheets.append(sheet_of(made, held.stratifiers, ON))
    for name, write in {"slides": powerpoint, "workbook": workbook, "web page": report}.items():
        texts = file_texts(write(sheets))
        yield name, "\n".join(text.partition("</main>")[0] for text in texts)
    yield (
        "reminder",
        quarterly_reminder(QUARTER, "Reflect", "Half an hour", dt.datetime(2026, 3, 4, tzinfo=dt.UTC)).decode(),
    )


SENT: Final[Mapping[str, Callable[[Outside], Iterator[tuple[str, str]]]]] = {
    "cards": _cards,
    "call": _call,
    "minutes": _minutes,
    "evidence": _evidence,
    "network": _network,
    "comparison": compared,
    "page": _page,
    "files": _files,
}
MADE_FROM_A_RELEASE: Final[Mapping[str, str]] = {
    "actions/calls/call_cards.py": "cards",
    "actions/calls/call_minutes.py": "minutes",
    "actions/calls/call_offers.py": "call",
    "actions/calls/call_opening.py": "call",
    "actions/evidence/making.py": "evidence",
    "actions/evidence/place.py": "evidence",
    "actions/network/told.py": "network",
    "actions/network/tried.py": "network",
    "actions/network/offered.py": "network",
    "actions/work/reflection_cards.py": "page",
    "actions/sources.py": "cards",
    "cards/release_question.py": "page",
    "server/calls/pictures.py": "call",
    "ui/sharing/leader_parts.py": "page",
    "ui/sharing/release_links.py": "page",
    "ui/sharing/released.py": "page",
}
"""What opens a release, and the way out on which its bytes are walked; the release's own room and what it stands on
(`release/`, `sharing.py`) send nothing themselves."""


def without_days(text: str) -> str:
    """The text with what is new in every run left out: ids, days and moments, and the program's own file names."""
    text = re.sub(r"20\d\d-\d\d-\d\dT?[0-9:.+Z ]*|20\d{6}T\d{6}Z?|\d\d:\d\d to \d\d:\d\d UTC", "day", text)
    return re.sub(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{12,}", "id", text)
