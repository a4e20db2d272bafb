"""The Summary lens gives what trusted software gives, when asked the way a person asks."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from equity.lens.choices import Choices
from equity.lens.over_time.inequality_over_time import inequality_over_time
from equity.lens.summary import summary
from equity.vocabulary import Measure, PeriodRange, Reference
from equity.words.answers import inequality_over_time as over_time_words
from equity.words.answers import summary as words
from tests.made_up_cubes import cube_of, stratifier, year

GOLDEN = Path(__file__).parent.parent / "golden"
FITTED = ("slope_index_of_inequality_0_to_1", "relative_index_of_inequality_0_to_1")
groups_input = pd.read_csv(GOLDEN / "groups_input.csv")
expected = pd.read_csv(GOLDEN / "summary_expected.csv")


@pytest.mark.parametrize("scenario", sorted(groups_input["scenario"].unique()))
def test_every_measure_agrees_with_the_golden_case(tmp_path: Path, scenario: str) -> None:
    mine = groups_input[groups_input["scenario"] == scenario]
    ordered = bool(mine["ordered"].iloc[0])
    mine = mine.sort_values("order") if ordered else mine
    measure = Measure("Outcome", "proportion", mine["polarity"].iloc[0])
    by = stratifier("group", *mine["group"], ordered=ordered)
    cube = cube_of(tmp_path, mine[["group", "x", "n"]], [measure], [by])
    named = mine.loc[mine["reference"] == 1, "group"]
    reference = Reference("group", named.iloc[0]) if len(named) else Reference("best")
    rows = summary(cube, Choices("Made up", 1, "Outcome", "group", reference)).rows.set_index("measure")
    for name, value in expected.loc[expected["scenario"] == scenario, ["measure", "estimate"]].itertuples(index=False):
        assert rows.loc[name, "estimate"] == pytest.approx(value, rel=1e-6 if name in FITTED else 1e-8), name
        assert rows.loc[name, "lower"] <= rows.loc[name, "upper"]


def test_what_is_not_given_says_why(tmp_path: Path) -> None:
    measure = Measure("Outcome", "proportion", "higher_better")
    facts = pd.DataFrame([("A", 1, 2), ("B", 1, 3)], columns=["group", "x", "n"])
    cube = cube_of(tmp_path, facts, [measure], [stratifier("group", "A", "B")])
    rows = summary(cube, Choices("Made up", 1, "Outcome", "group", Reference("best"))).rows
    assert set(rows["reason"]) == {"fewer_than_3_groups"}
    assert rows["estimate"].isna().all()


def test_groups_of_other_measures_do_not_count_among_those_that_should_be_there(tmp_path: Path) -> None:
    """Another measure of the file calls its groups otherwise; a group that had rows in another year still counts."""
    mine = [("Screened", g, 50 + i, 100, year(when)) for when in (2023, 2024) for i, g in enumerate("ABCD")]
    others = [("Seen", g, 60, 100, year(2024)) for g in ("Asian", "Black", "White")]
    measures = [Measure(name, "proportion", "higher_better") for name in ("Screened", "Seen")]
    groups = stratifier("race", *"ABCD", "Asian", "Black", "White", "Nobody yet")

    def reasons(rows: list[tuple[object, ...]], folder: Path) -> set[str]:
        facts = pd.DataFrame(rows, columns=["measure", "race", "x", "n", "period"])
        cube = cube_of(folder, facts, measures, [groups])
        asked = Choices("Made up", 1, "Screened", "race", period=PeriodRange.parse("2024"))
        return set(summary(cube, asked).rows["reason"])

    assert "fewer_than_85_percent_of_groups" not in reasons([*mine, *others], tmp_path / "a")
    assert "fewer_than_85_percent_of_groups" in reasons([*mine[:-1], *others], tmp_path / "b")


@pytest.mark.parametrize(("best", "named"), [(104, False), (140, True)])
def test_the_best_group_is_named_only_where_groups_can_be_told_apart(tmp_path: Path, best: int, named: bool) -> None:
    """As on Disparities; on both pages about all groups at once."""
    met = {"A": best, "B": 100, "C": 98, "D": 101}
    facts = pd.DataFrame(
        [(group, x, 200, year(when)) for group, x in met.items() for when in range(2019, 2025)],
        columns=["group", "x", "n", "period"],
    )
    measure = Measure("Outcome", "proportion", "higher_better")
    cube = cube_of(tmp_path, facts, [measure], [stratifier("group", *met)])
    one = summary(cube, Choices("Made up", 1, "Outcome", "group", Reference("best"), PeriodRange.parse("2024")))
    series = inequality_over_time(cube, Choices("Made up", 1, "Outcome", "group", Reference("best")))
    assert one.reference.group == series.reference.group == "A"
    assert one.reference.told_apart is series.reference.told_apart is named
    assert ("“A” (highest rate)" in words.table_caption(one)) is named
    assert ("“A” (highest rate)" in over_time_words.table_caption(series)) is named
