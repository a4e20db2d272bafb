"""A source that gives rates without counts: nothing is judged, and nothing says that no gap is clear."""

from __future__ import annotations

import pytest

from equity.cube import Cube, open_cube
from equity.intake.proposal.mapping.mapping_file import read_mapping
from equity.lens.areas import areas as compare_areas
from equity.lens.choices import Choices
from equity.lens.disparities import disparities as compare_groups
from equity.lens.over_time.inequality_over_time import inequality_over_time as inequality_by_period
from equity.lens.summary import summary as overall
from equity.loading import load
from equity.store.files.versions import current_version
from equity.ui.layout import marks
from equity.vocabulary import PeriodRange, Reference
from equity.words.answers import areas, disparities, inequality_over_time, scan, summary
from tests.words.corpus import SAMPLE


@pytest.fixture(scope="module")
def cube(tmp_path_factory: pytest.TempPathFactory) -> Cube:
    home = tmp_path_factory.mktemp("rates")
    file, mapping = SAMPLE / "maternal_deaths.csv", read_mapping(SAMPLE / "maternal_deaths.mapping.toml")
    load([file], "Published", mapping, "new", home)
    return open_cube(current_version(home, "Published").folder)


def asked(reference: str = "best") -> Choices:
    at = PeriodRange.parse("2023")
    return Choices("Published", 1, "Maternal deaths", "race", reference=Reference.parse(reference), period=at)


def test_a_gap_that_cannot_be_judged_is_not_said_to_be_none(cube: Cube) -> None:
    answer = compare_areas(cube, Choices("Published", 1, "", "", period=PeriodRange.parse("2023")))
    said = [
        *(areas.finding(answer), areas.chart_title(answer), areas.how_sure(answer), areas.alt_text(answer)),
        *(scan.finding(answer), scan.chart_title(answer), scan.how_sure(answer), scan.alt_text(answer)),
        *(scan.ranked_chart_title(answer), *scan.not_known(answer)),
    ]
    whole = " ".join(said)
    assert "rates without counts" in whole
    assert "no group has enough data" not in whole
    assert "Looking at 0" not in whole
    assert "gap that affects most" not in whole
    assert "No clear gap" not in whole and "ranks by" not in " ".join(scan.caveats(answer))
    assert marks.of_areas(answer) == []
    assert "no clear gap" not in whole


def test_one_number_for_all_groups_says_that_it_needs_counts(cube: Cube) -> None:
    answer = overall(cube, asked())
    assert summary.finding(answer) == "Maternal deaths, 2023: not given. These data hold rates without counts."
    assert set(summary.table(answer)["Why not given"]) == {"Needs counts; these data hold rates alone."}
    over_time = inequality_by_period(cube, asked())
    assert "cannot be followed. Needs counts" in inequality_over_time.finding(over_time)
    assert ".." not in inequality_over_time.alt_text(over_time)
    assert "No data" not in inequality_over_time.alt_text(over_time)


def test_an_overall_rate_that_is_not_there_is_named(cube: Cube) -> None:
    answer = compare_groups(cube, asked("average"))
    assert disparities.finding(answer).endswith("nothing to compare. The overall rate is not in these data.")
