"""An aim that a team shares is told to its leaders with the release's numbers: none that the release hides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from equity.access.here import Here
from equity.actions.work import aims as actions
from equity.cube import Cube, open_cube
from equity.improvement.aims import Aim
from equity.improvement.nouns import AIM
from equity.improvement.progress import baseline_of, progress
from equity.store.files.versions import current_version
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.leader.places import CONTROL, DATASET, UNRELEASED, Place
from tests.leader.received import page_texts
from tests.pages.people import claims, opened_as

WANTED = Aim(
    dataset=DATASET,
    measure=CONTROL,
    by="race",
    group="Black",
    target=0.7,
    by_when="2027-Q4",
    where="at Harbor and Mill",
    with_whom="the patient council",
    benefits="Patients",
    burdened="Nurses, at first",
    floor=0.02,
)


@pytest.fixture
def here(place: Place) -> Iterator[Here]:
    at = Here(place.database, HOME_WORKSPACE, LOCAL_OWNER)
    yield at
    for kept in shelf.listed(at.database, at.workspace, AIM):
        shelf.withdraw(at.database, at.workspace, AIM, kept.id, seen_version=kept.version, by=at.person)


def set_on(here: Here, cube: Cube, period: str = "2022", **parts: object) -> Kept[Aim]:
    aim = replace(WANTED, **parts)  # type: ignore[arg-type]
    aim = replace(aim, baseline=baseline_of(cube, aim, period))
    return actions.set_aim(here, actions.begin_aim(here, aim), aim, cube)


def seen_by_a_leader(place: Place) -> str:
    app: AppTest = opened_as(claims("leader"), "leader")
    assert not app.exception
    return "\n".join(page_texts(app))


def test_leaders_read_an_aim_once_it_is_shared_and_not_after(place: Place, here: Here) -> None:
    cube = open_cube(current_version(place.home, DATASET).folder)
    kept = set_on(here, cube)
    assert "patient council" not in seen_by_a_leader(place)
    kept = actions.share_aim(here, kept, "leaders")
    text = seen_by_a_leader(place)
    assert "What the team aims for" in text
    assert "at Harbor and Mill by Q4 2027, with the patient council" in text
    assert "Share of the targeted change reached" in text
    actions.share_aim(here, kept, "team")
    assert "patient council" not in seen_by_a_leader(place)


def test_an_aim_for_a_hidden_group_is_told_without_a_number(place: Place, here: Here) -> None:
    cube = open_cube(current_version(place.home, DATASET).folder)
    kept = set_on(here, cube, "2022-Q1", group="Samoan", target=0.913)
    assert progress(cube, kept.content).period == "2023-Q4"
    actions.share_aim(here, kept, "leaders")
    text = seen_by_a_leader(place)
    told = next(part for part in text.split("<section") if "What the team aims for" in part)
    assert "an aim for Samoan patients at Harbor and Mill by Q4 2027" in told
    assert "This release shows no numbers for this aim." in told
    assert "%" not in told
    assert "91.3" not in text


def test_an_aim_on_what_was_not_released_is_not_told(place: Place, here: Here) -> None:
    cube = open_cube(current_version(place.home, DATASET).folder)
    actions.share_aim(here, set_on(here, cube, measure=UNRELEASED, target=0.99), "leaders")
    text = seen_by_a_leader(place)
    assert UNRELEASED not in text
    assert "What the team aims for" not in text
