"""Who is known already hides nobody: rates in the gallery, and names in another picture of the same numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from equity.access.here import Here
from equity.actions.network import comparing
from equity.network.nouns import COMPARISON, MEMBER, SHARED_PIECE
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.store.records.nouns import Noun
from equity.store.workspace.person import LOCAL_OWNER
from tests.network.made_up_cohort import fill
from tests.network.servers import Server, server


@pytest.fixture
def cohort(tmp_path: Path) -> tuple[Server, Here]:
    """Eight teams with one comparison, none of them named."""
    on = server(tmp_path / "ours")
    here = on.workspace("Cohort")
    fill(here, on.home)
    return on, here


def edited(on: Server, here: Here, noun: Noun[Any], kept: Kept[Any], **parts: object) -> None:
    content = replace(kept.content, **parts)
    shelf.edit(on.database, here.workspace, noun, kept.id, content, seen_version=kept.version, by=LOCAL_OWNER)


def test_rates_of_a_release_in_the_gallery_are_known(cohort: tuple[Server, Here]) -> None:
    on, here = cohort
    rates = [kept for kept in shelf.listed(on.database, here.workspace, SHARED_PIECE) if kept.content.release]
    withheld = []
    for kept in rates[:5]:
        edited(on, here, SHARED_PIECE, kept, seen="gallery")
        [seen] = comparing.comparisons(here, on.home)
        withheld.append(seen.withheld)
    assert withheld == [False, False, False, False, True]  # four without a name are enough, three are not


def test_a_name_in_another_picture_of_the_same_numbers_counts(cohort: tuple[Server, Here]) -> None:
    on, here = cohort
    [kept] = shelf.listed(on.database, here.workspace, COMPARISON)
    again = replace(kept.content, asked=replace(kept.content.asked, group="The same people under another name"))
    beside = shelf.add(on.database, here.workspace, COMPARISON, again, by=LOCAL_OWNER)
    members = shelf.listed(on.database, here.workspace, MEMBER)

    def named() -> int:
        seen = next(each for each in comparing.comparisons(here, on.home) if each.kept == kept.id)
        assert seen.picture is not None
        return sum(bool(dot.name) for dot in seen.picture.dots)

    edited(on, here, MEMBER, members[0], named_in=(kept.id,))
    assert named() == 1
    for member in members[1:5]:
        edited(on, here, MEMBER, member, named_in=(beside.id,))
    assert named() == 0
