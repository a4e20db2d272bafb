"""A leader reads in Spanish: the release, the team's aims, its reflection, a statement; own words stay as written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from equity.access.here import Here
from equity.actions.work import aims as aim_actions
from equity.actions.work import history
from equity.actions.work import reflections as actions
from equity.cube import open_cube
from equity.improvement.nouns import AIM
from equity.improvement.team.history import Acknowledgement
from equity.improvement.team.reflections import ReflectionPart
from equity.improvement.team.team_nouns import ACKNOWLEDGEMENT, PART, REFLECTION
from equity.store.files.versions import current_version
from equity.store.records import shelf
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.leader.places import CONTROL, DATASET, FALLS, RACES, SITES, Place
from tests.leader.test_shared_aims import WANTED, set_on
from tests.pages.opened import html_of, turned_to
from tests.pages.people import app_for, claims
from tests.words.languages.english_left import english_in

HELP = "An hour of IT for us"
WRITTEN = (HELP, CONTROL, FALLS, DATASET, WANTED.where, WANTED.with_whom, *SITES, *RACES)
STATEMENT = Acknowledgement("Northside", "We turned people away", "Families of Northside", "The board", "A council")


@pytest.fixture
def here(place: Place) -> Iterator[Here]:
    at = Here(place.database, HOME_WORKSPACE, LOCAL_OWNER)
    yield at
    for noun in (REFLECTION, PART, AIM, ACKNOWLEDGEMENT):
        for kept in shelf.listed(at.database, at.workspace, noun):
            shelf.withdraw(at.database, at.workspace, noun, kept.id, seen_version=kept.version, by=at.person)  # type: ignore[misc]


def seen(app: AppTest) -> str:
    """All that a reader meets: sentences, labels, placeholders and choices, but for the languages' own names."""
    found = [html_of(app), *(part.value for part in app.markdown)]
    for node in app._tree:
        proto = getattr(node, "proto", None)
        found += [str(getattr(proto, name, "")) for name in ("label", "placeholder", "help")]
    found += [option for box in app.selectbox for option in box.options]
    found += [expander.label for expander in app.expander]
    return "\n".join(found)


def shared_reflection(here: Here) -> str:
    kept = actions.begin_reflection(here, "2023-Q4")
    part = actions.begin_part(here, kept, "aims")
    actions.save_part(here, kept, part, ReflectionPart("aims", help=HELP))
    actions.share(here, kept.id, "leaders", ("aims.help",))
    actions.sign_off(here, kept.id)
    return kept.id


def test_nothing_of_ours_is_in_english_by_a_link(place: Place, here: Here) -> None:
    cube = open_cube(current_version(place.home, DATASET).folder)
    for parts in ({}, {"group": "Samoan", "target": 0.913}):
        aim_actions.share_aim(here, set_on(here, cube, "2022-Q1" if parts else "2022", **parts), "leaders")
    record = shared_reflection(here)
    _, token = actions.link_for_leader(here, record, place.releases[-1].id, days=30)
    app = app_for(None, link=token, lang="es").run()
    assert not app.exception
    text = seen(app)
    assert "Lo que el equipo se propone" in text and "Plazo: trimestre 4 de 2027" in text
    assert "Reflexión del trimestre 4 de 2023" in text and f"Se fijaron metas: {HELP}" in text
    assert "Esta publicación no muestra números de esta meta." in text
    assert list(app.selectbox[1].options) == ["Raza y origen étnico", "Centro"]
    assert "están como el equipo los puso" in text, "that own words stay as they are is said"
    assert english_in(text, WRITTEN) == set()
    app.text_input[0].set_value("")
    next(b for b in app.button if b.label == "Enviar su respuesta").click().run()
    assert "Escriba su nombre, para que el equipo sepa quién responde." in html_of(app)


def test_nothing_of_ours_is_in_english_for_a_leader_who_signed_in(place: Place, here: Here) -> None:
    kept = history.begin_statement(here, STATEMENT, "leaders")
    history.approve_statement(here, kept, "The board of 2024")
    app = turned_to(app_for(claims("leader"), lang="es"), "leader").run()
    text = html_of(app)
    assert "A quiénes se hizo daño: Families of Northside" in text and "Aprobada por The board of 2024" in text
    statement = text.partition("Northside</h2>")[2].partition("</section>")[0]
    own = (STATEMENT.happened, STATEMENT.harmed, STATEMENT.our_part, STATEMENT.now, "The board of 2024")
    assert english_in(statement, own) == set()
