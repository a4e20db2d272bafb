"""Whatever a leader receives, no number in it belongs to a hidden cell: pages, rows, tables, slides, workbooks."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from itertools import product

import pandas as pd
import pytest

from equity.commands.printing import as_csv, records
from equity.export.powerpoint import powerpoint
from equity.export.report import report
from equity.export.sheet import Sheet
from equity.export.workbook import workbook
from equity.lens.areas import areas
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.lens.over_time.trends import trends
from equity.release.create import show
from equity.release.shelf import Release
from equity.release.view import as_cube
from equity.ui.sharing.released import csv_of_release
from equity.vocabulary import PeriodRange
from tests.export.made_up_sheets import sheets
from tests.leader.places import CONTROL, DATASET, FALLS, KEY, UNRELEASED, Place
from tests.leader.received import file_texts, forms_of_cells, numbers_in, page_texts
from tests.pages.people import app_for, claims, opened_as

ROLES_TRY = (("leader", "leader"), ("leader", "disparities"), ("facilitator", "home"), ("facilitator", "releases"))
QUESTIONS = list(product((CONTROL, FALLS), ("race", "site")))


def pages_by_link(place: Place, release: Release) -> list[str]:
    """The page of a link to this release, once for every question that it can be made to open with."""
    found = []
    for (measure, by), period in zip(QUESTIONS, ("2022", "2022-Q2", "2022", "2022-Q3"), strict=True):
        app = app_for(None, link=place.link(release, measure=measure, by=by, period=period)).run()
        assert not app.exception
        found += page_texts(app)
    return found


def files_of(place: Place, release: Release) -> list[str]:
    """The release as rows, as a table, and its answers as slides, as a workbook and as a web page."""
    table = show(place.home, release.id)
    texts = [json.dumps(records(table)), as_csv(table), *file_texts(csv_of_release(release.id))]
    made = sheets_of(release)
    page = report(made).decode("utf-8")
    return [*texts, *file_texts(powerpoint(made)), *file_texts(workbook(made)), page[: page.index("</main>")]]


def sheets_of(release: Release) -> list[Sheet]:
    """Every card of every answer."""
    cube, day = as_cube(release), date(2026, 3, 4)
    held = cube.description
    of = Choices(DATASET, release.version, "", "", period=PeriodRange.parse("2022"), policy=release.policy.name)
    found = sheets(areas(cube, of), held.stratifiers, day)
    for measure, by in QUESTIONS:
        asked = replace(of, measure=measure, by=by)
        found += sheets(disparities(cube, asked), held.stratifiers, day)
        found += sheets(trends(cube, replace(asked, period=PeriodRange()), "quarter"), held.stratifiers, day)
    return found


def forms_by_measure(cells: pd.DataFrame) -> set[str]:
    scale = {FALLS: 1000.0}
    return {
        form
        for measure, mine in cells.groupby("measure")
        for form in forms_of_cells(mine, scale.get(str(measure), 100.0))
    }


def betraying(place: Place, shown: pd.DataFrame) -> set[str]:
    """Spellings that only cells have which ``shown`` does not hold, unreleased measures included."""
    kept = pd.MultiIndex.from_frame(shown[KEY])
    counts = place.counts()
    unseen = counts[~pd.MultiIndex.from_frame(counts[KEY]).isin(kept)]
    return forms_by_measure(unseen) - forms_by_measure(shown)


@pytest.fixture(scope="module")
def everything(folder_of_releases: Place) -> set[str]:
    """Every number that a leader can get at."""
    place = folder_of_releases
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(place.home))
        texts = [text for release in place.releases for text in pages_by_link(place, release)]
        texts += [json.dumps(records(show(place.home, place.releases[0].id))), *files_of(place, place.releases[1])]
        for role, name in ROLES_TRY:
            texts += page_texts(opened_as(claims(role), name, dataset=DATASET, measure=CONTROL, by="race"))
    return numbers_in(texts)


def test_no_number_of_a_hidden_cell_is_spelled(place: Place, everything: set[str]) -> None:
    assert place.releases[1].cells()["shown"].value_counts().min() > 0
    assert len(everything & forms_by_measure(place.shown())) > 150
    assert sorted(everything & betraying(place, place.shown())) == []


def test_the_same_search_finds_plenty_on_the_teams_own_page(place: Place) -> None:
    owner = page_texts(opened_as(claims("owner"), "disparities", dataset=DATASET, measure=UNRELEASED, by="race"))
    assert len(numbers_in(owner) & betraying(place, place.shown())) > 10


def test_a_release_that_hides_small_counts_only_is_found_out(place: Place) -> None:
    """The same pages and files, made from a release in which nothing is hidden beside the small counts."""
    kept = place.releases[0]
    naive = replace(kept, id="0123456789ab", folder=kept.folder.with_name("0123456789ab"))
    cells, counts = kept.cells(), place.counts().drop_duplicates(KEY).set_index(KEY)
    true = counts.loc[pd.MultiIndex.from_frame(cells[KEY]), ["n", "x"]].reset_index(drop=True)
    small = (true["x"] < 11) | (true["n"] - true["x"] < 11)
    numbers = list(cells.columns.difference([*KEY, "shown"]))
    for name in numbers:
        cells[name] = true[name[0]] if name in ("n", "x", "xx") else true["n"] if name == "rows" else 0.0
    cells.loc[small, numbers] = float("nan")
    cells["shown"] = small.map({True: "hidden", False: "yes"})
    shutil.copytree(kept.folder, naive.folder)
    (naive.folder / "checksums.json").unlink()
    cells.to_parquet(naive.folder / "cube.parquet", index=False)
    record = (naive.folder / "release.json").read_text(encoding="utf-8").replace(kept.id, naive.id)
    (naive.folder / "release.json").write_text(record, encoding="utf-8")
    found = numbers_in([*pages_by_link(place, naive), json.dumps(records(show(place.home, naive.id)))])
    assert len(found & betraying(place, kept.cells().query("shown != 'hidden'"))) > 10
    shutil.rmtree(naive.folder)
