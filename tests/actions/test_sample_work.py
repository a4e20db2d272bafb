"""The made-up work on the sample: a focus that can be read, an aim that goes well and one at others' cost."""

from __future__ import annotations

from equity.actions import aims, focus
from equity.actions.sample_work import put_sample_work
from equity.actions.work_in_hand import work_in_hand
from equity.cube import Cube
from equity.improvement.progress import progress
from equity.store.workspace.database import Database
from tests.actions.test_focus import at
from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]


def test_nobody_starts_before_an_empty_page(database: Database, sample_cube: Cube) -> None:
    here = at(database, "Ada")
    assert put_sample_work(database, here.workspace, sample_cube)
    assert not put_sample_work(database, here.workspace, sample_cube), "once is enough"
    kept = focus.current_focus(here)
    assert kept is not None
    assert kept.content.choice is not None
    assert "made-up" in kept.content.choice.decided_by
    assert kept.author == ""
    seen = focus.weighed(here, kept)
    assert (len(seen.all), seen.own) == (5, None)
    answer = focus.compared(here, kept, sample_cube)
    assert answer.rows["area"][int(answer.rows["first"].argmax())] == kept.content.choice.area
    well, at_cost = (progress(sample_cube, each.content) for each in aims.aims(here))
    assert well.verdict == "on_the_way"
    assert "broken" not in {found.state for found in well.watched}
    assert [found.state for found in at_cost.watched].count("broken") >= 2
    assert all("made-up" in each.content.with_whom for each in aims.aims(here))
    found = work_in_hand(here, lambda _: sample_cube)
    assert found.focus is not None
    assert found.focus.now == "Chosen by a made-up team of five."
    assert [("no harm are broken" in aim.now) for aim in found.aims] == [False, True]
