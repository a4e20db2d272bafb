"""Two datasets that differ in hidden cells only: whoever is outside the team receives the same bytes, by every way out.

The same holds for what the program keeps in records and never releases. A reader of a release gets their page without
the data being there at all.
"""

from __future__ import annotations

import ast
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st

from equity.actions.sources import WorkspaceSource
from equity.commands.printing import as_csv, records
from equity.release.create import show
from equity.release.plan import Plan
from equity.store.files.versions import current_version
from equity.ui.sharing.released import csv_of_release
from tests.leader.places import CONTROL, FALLS, KEY, UNRELEASED, Place, made, twins
from tests.leader.received import page_texts
from tests.leader.sent_outside import MADE_FROM_A_RELEASE, SENT, Outside, furnish, one_card, without_days
from tests.pages.people import app_for

PLAN = Plan(("race", "site"), "year", "year", (CONTROL, FALLS))
ROOMS = Path(__file__).resolve().parents[2] / "equity"
OPENING = {
    *("as_cube", "csv_of_release", "open_release_in", "release_source", "released"),
    *("ReleaseSource", "ReleasedCube"),
}
"""Names by which a release is opened."""


@dataclass(frozen=True)
class Twin:
    """What one of the two sends, by way and name, and what it keeps."""

    counts: pd.DataFrame
    sent: dict[str, dict[str, str]]
    release: list[str]
    release_alone: list[str]
    own_card: str


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Twin, Twin]]:
    folder = tmp_path_factory.mktemp("twins")
    one, other = twins()
    with pytest.MonkeyPatch.context() as patch:
        found = []
        for name, extract, kept in (("one", one, 0.4), ("other", other, 0.7)):
            patch.setenv("EQUITY_HOME", str(folder / name / "home"))
            (folder / name).mkdir()
            found.append(twin(folder / name, pd.concat([extract, unreleased(extract, kept)])))
            st.cache_data.clear()
            st.cache_resource.clear()
        yield found[0], found[1]


def unreleased(extract: pd.DataFrame, rate: float) -> pd.DataFrame:
    """A measure that stays with the team, and is another in each of the two."""
    places = extract[extract["measure"] == CONTROL]
    n = 1000 + (100 * rate * places["n"]).round().astype(int)
    return places.assign(measure=UNRELEASED, x=(rate * n).astype(int), n=n)


def twin(folder: Path, extract: pd.DataFrame) -> Twin:
    place = made(folder, [extract], PLAN)
    team = furnish(place)
    sent = {way: {name: without_days(text) for name, text in send(team)} for way, send in SENT.items()}
    held, own = current_version(place.home, team.release.dataset).description(), WorkspaceSource(team.here, place.home)
    own_card = one_card(f"disparities?measure={CONTROL}&by=race&period=2022", own, held)
    counts, before = place.counts(), received(team)
    shutil.rmtree(place.home / "datasets")
    return Twin(counts, sent, before, received(team), own_card)


def received(team: Outside) -> list[str]:
    """A release's rows, tables and pages."""
    release, place = team.release, team.place
    texts = [json.dumps(records(show(place.home, release.id))), as_csv(show(place.home, release.id))]
    texts += [csv_of_release(release.id).decode(), (release.folder / "description.json").read_text()]
    for measure, by, period in ((CONTROL, "race", "2022"), (FALLS, "site", "2023")):
        app = app_for(None, link=place.link(release, measure=measure, by=by, period=period)).run()
        assert not app.exception
        texts += page_texts(app)
    return [without_days(text) for text in texts]


@pytest.mark.parametrize("way", SENT)
def test_what_is_hidden_changes_nothing_that_is_sent(both: tuple[Twin, Twin], way: str) -> None:
    one, other = (each.sent[way] for each in both)
    assert one
    assert list(one) == list(other)
    assert [name for name in one if one[name] != other[name]] == []
    assert any(re.search(r"\d\d", text) for text in one.values())


def test_what_is_hidden_changes_nothing_that_a_leader_receives(both: tuple[Twin, Twin]) -> None:
    one, other = both
    assert one.release == other.release
    assert "Too small to show" in "".join(one.release)
    assert one.release_alone == one.release  # with the data gone
    differ = one.counts.merge(other.counts, on=KEY).query("n_x != n_y or x_x != x_y")
    assert len(differ[differ["measure"] != UNRELEASED]) >= 12
    assert {"", "site"} <= set(differ["by2"])


def test_the_team_itself_sees_that_they_differ(both: tuple[Twin, Twin]) -> None:
    """So what is the same outside is so because it is hidden there."""
    one, other = both
    assert one.own_card != other.own_card


def test_cards_were_asked_beside_everything_that_can_stand_beside_them(both: tuple[Twin, Twin]) -> None:
    cards = both[0].sent["cards"]
    beside = [name for name in cards if name.startswith("disparities.side_by_side") and "against" in name]
    kinds = {name.rpartition("against=")[2].partition("%3A")[0] for name in beside}
    assert kinds == {"period", "group", "reference"}
    told = [name for name in beside if "first_rate" in cards[name]]
    assert len(told) > len(beside) / 2
    assert {cards[name] for name in set(beside) - set(told)} == {
        f"“{group}” has no number here: it is hidden, or nobody was counted; pick another group."
        for group in ("Samoan", "Tongan")
    }


def test_every_module_that_opens_a_release_is_walked() -> None:
    """A new one is entered in the table, with the way out on which its bytes are compared."""
    found = set()
    for path in ROOMS.rglob("*.py"):
        module = str(path.relative_to(ROOMS))
        if not module.startswith("release/") and module != "sharing.py" and named_in(path) & OPENING:
            found.add(module)
    assert found == set(MADE_FROM_A_RELEASE)
    assert set(MADE_FROM_A_RELEASE.values()) <= set(SENT)


def named_in(path: Path) -> set[str]:
    """Every name that a module imports or reads, where its text holds one of ours at all."""
    found: set[str] = set()
    text = path.read_text(encoding="utf-8")
    if not any(name in text for name in OPENING):
        return found
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found


def test_a_hidden_cell_keeps_nothing_in_the_release_folder(place: Place) -> None:
    for release in place.releases:
        cells = release.cells()
        numbers = cells.columns.difference([*KEY, "shown"])
        assert cells.loc[cells["shown"] == "hidden", numbers].isna().all(axis=None)
        assert (cells["shown"] == "hidden").any()
