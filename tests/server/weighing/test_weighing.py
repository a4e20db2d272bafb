"""A decision weighed by link, as phones do it: five at once, and none gets a byte of another's."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from starlette.applications import Starlette

from equity.access.here import Here
from equity.actions.calls.weighing_links import close_weighing_links, make_weighing_link
from equity.actions.work import focus
from equity.focus.room import Criterion, FocusRoom
from equity.server import weighing
from equity.server.calls.alone import AloneHost
from equity.store.records.kept import Kept
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.words.escaping import html
from tests import plain_http
from tests.actions.work.test_focus import ROOM
from tests.server.calls.calls_served import served

HOSTILE = "<script>alert(1)</script>\" onmouseover='x"


@dataclass(frozen=True)
class Weighed:
    """A decision that is being weighed, and the address of its link."""

    here: Here
    kept: Kept[FocusRoom]
    address: str


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(tmp_path_factory.mktemp("weigh")))
        patch.delenv("EQUITY_DATABASE_URL", raising=False)
        with served(Starlette(routes=weighing.routes(AloneHost()))) as at:
            yield at


def opened(server: str, room: FocusRoom = ROOM) -> Weighed:
    here = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    kept = focus.move_decision(here, focus.open_decision(here, room), "weighing")
    return Weighed(here, kept, f"{server}/weigh/{make_weighing_link(here, kept)}")


def form(lens: str, *points: float, done: bool = True) -> dict[str, str]:
    fields = {f"points_{place}": f"{value:g}" for place, value in enumerate(points)}
    return {"lens": lens, **fields, **({"done": "yes"} if done else {"later": "yes"})}


def test_five_phones_weigh_at_once_and_none_gets_anothers_points(server: str) -> None:
    at = opened(server)
    given = [(61.25 + place, 38.75 - place) for place in range(5)]

    def one(points: tuple[float, float]) -> str:
        with plain_http.Client(timeout=60) as phone:
            first = phone.get(at.address)
            draft = phone.post(at.address, data=form("equity", points[0], done=False))
            saved = phone.post(at.address, data=form("equity", points[0], 0, 0, 0, points[1]))
            back = phone.get(at.address)
            assert [first.status_code, draft.status_code, saved.status_code, back.status_code] == [200] * 4
            assert f'value="{points[0]:g}"' in back.text
            assert "Come back on this phone to finish." in draft.text
            assert "You have finished" in saved.text
            assert 'class="hint"' not in back.text
            return "".join([first.text, draft.text, saved.text, back.text, *map(str, saved.headers.raw)])

    with ThreadPoolExecutor(5) as phones:
        received = list(phones.map(one, given))
    for place, text in enumerate(received):
        for other, (first, second) in enumerate(given):
            if other != place:
                assert f"{first:g}" not in text
                assert f"{second:g}" not in text
    stranger = plain_http.get(at.address, timeout=60).text
    assert "5 people have finished weighing." in stranger
    assert not any(f"{value:g}" in stranger for pair in given for value in pair)
    room = focus.move_decision(at.here, at.kept, "revealed")
    assert sorted(own.points["burden"] for own in focus.weighed(at.here, room).all) == [each[0] for each in given]
    over = plain_http.get(at.address, timeout=60)
    assert (over.status_code, "Weighing is over" in over.text) == (410, True)


def test_what_does_not_add_up_comes_back_as_it_was_typed(server: str) -> None:
    at = opened(server)
    answer = plain_http.post(at.address, data=form("equity", 40, 10), timeout=60)
    assert answer.status_code == 422
    assert "give 50 more" in answer.text
    assert 'value="40"' in answer.text
    for wrong in ({"lens": "equity", "points_0": "many"}, {"lens": "equity", "points_0": "-5"}, {"points_0": "nan"}):
        answer = plain_http.post(at.address, data={**wrong, "done": "yes"}, timeout=60)
        assert (answer.status_code, "is not a number of points" in answer.text) == (422, True)
    assert plain_http.post(at.address, data={"lens": "x" * 20_000}, timeout=60).status_code == 413
    assert focus.weighed(at.here, at.kept).finished == 0


def test_a_wrong_and_a_closed_link_open_nothing(server: str) -> None:
    at = opened(server)
    for address in (f"{server}/weigh/x", at.address[:-1], f"{server}/weigh/{at.kept.id}"):
        answer = plain_http.get(address, timeout=60)
        assert (answer.status_code, "opens nothing" in answer.text) == (410, True)
        assert ROOM.title not in answer.text
    close_weighing_links(at.here, at.kept)
    assert plain_http.post(at.address, data=form("equity", 100), timeout=60).status_code == 410


def test_hostile_names_are_text_and_the_page_says_what_a_criterion_means(server: str) -> None:
    criterion = Criterion(HOSTILE, "Out of our hands", "Ours to change")
    room = replace(ROOM, title=HOSTILE, criteria=(criterion,), ratings={a: {HOSTILE: 5.0} for a in ROOM.areas})
    page = plain_http.get(opened(server, room).address, timeout=60)
    assert "<script>alert" not in page.text
    assert "onmouseover='x" not in page.text
    assert "Out of our hands" in page.text
    assert page.headers["Referrer-Policy"] == "same-origin", "else a browser sends the form with no origin"
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_the_pages_script_is_there(server: str, tmp_path: Path) -> None:
    found = plain_http.get(f"{server}/weigh/files/weigh.js", timeout=60)
    assert (found.status_code, "text/javascript" in found.headers["Content-Type"]) == (200, True)


def test_the_page_and_its_refusals_come_in_spanish(server: str) -> None:
    """By the browser's language or the switch; what the team wrote itself stays as it wrote it."""
    at = opened(server)
    browser = {"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"}
    page = plain_http.get(at.address, headers=browser, timeout=60)
    assert '<html lang="es">' in page.text and "Reparta 100 puntos" in page.text
    assert "pacientes o visitas" in page.text and "five fewer" not in page.text
    assert html(ROOM.title) in page.text
    assert 'href="?lang=en"' in page.text and 'href="?lang=es"' in plain_http.get(at.address, timeout=60).text
    assert "Give 100 points" in plain_http.get(f"{at.address}?lang=en", headers=browser, timeout=60).text
    short = plain_http.post(f"{at.address}?lang=es", data=form("equity", 40, 10), timeout=60)
    assert "Sus puntos suman 50 de 100: reparta 50 más." in short.text
    kept = plain_http.post(f"{at.address}?lang=es", data=form("equity", 100), timeout=60)
    assert "Usted terminó." in kept.text and "1 persona ha terminado." in kept.text
    none = plain_http.get(f"{server}/weigh/x?lang=es", timeout=60)
    assert "Este enlace ya no abre nada" in none.text
