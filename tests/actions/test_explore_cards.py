"""The card of Explore is made again from its recipe, and never from a release."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.access.here import Here
from equity.actions.calls.call_cards import fitting, recipe_of
from equity.actions.sources import ReleaseSource, WorkspaceSource
from equity.cards.made_again import asked_first, made_again
from equity.cards.recipe import recipes_in
from equity.cube import Cube
from equity.explore.asked import Asked, Grouping, Part
from equity.lens.choices import Choices
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import PlainError

LINK = 'explore?measure=Controlled blood pressure&period=2024&split=["by:race","time:quarter"]&drawing=lines'


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Here:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path))
    return Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)


def test_a_card_is_made_again_from_its_link(place: Here, sample_home: Path, sample_cube: Cube) -> None:
    source = WorkspaceSource(place, sample_home)
    made = recipe_of(LINK, sample_cube.description)
    assert recipes_in(made.parameters()) == (made,)
    assert "lowest and highest" in asked_first(made, source).question
    card = made_again(made, source)
    part: Part = "quarter"
    assert card.answer.asked == Asked((Grouping("race"), Grouping(part=part)), (), "lines")  # type: ignore[union-attr]
    assert len(card.table()) == len(card.numbers()) > 10
    assert made_again(card.recipe, source).finding == card.finding


def test_a_release_answers_no_question_of_ones_own(place: Here, sample_home: Path, sample_cube: Cube) -> None:
    released = ReleaseSource(place, sample_home, "any")
    made = recipe_of(LINK, sample_cube.description)
    with pytest.raises(PlainError, match="a release has none"):
        fitting(made, released)
    with pytest.raises(PlainError, match="a release has none"):
        released.explored(Choices("Sample", 1, "Controlled blood pressure", "race"), Asked())
