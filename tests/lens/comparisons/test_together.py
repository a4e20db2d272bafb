"""What is computed together for many groups, measures and stratifiers is what each gives alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.cube import Cube
from equity.lens.answers import ResolvedReference
from equity.lens.choices import PLAIN_FRAME, Choices, Frame
from equity.lens.comparisons import reference
from equity.lens.comparisons.blocks import block_in_period, blocks_in_period
from equity.lens.comparisons.comparison import compare, compare_all, describe
from equity.lens.comparisons.samples import Sample
from equity.lens.over_time.control import control_chart, control_charts
from equity.lens.tables import Columns, columns_of, table, tables
from equity.stats.estimate import Estimate
from equity.vocabulary import Kind, Measure, PeriodRange, PlainError, Reference
from equity.vocabulary.period import add_months
from tests.made_up_cubes import cube_of, stratifier, year

GROUPS = stratifier("group", "Plain", "Spread", "Rare", "Once", "Gone")
CHOICES = Choices("Made up", 1, "Outcome", "group", Reference("others"))


@pytest.fixture
def of_many_kinds(tmp_path: Path) -> Cube:
    """Two years of months of groups that call for different charts, with a hole and a group without data."""
    return months_of(tmp_path, "Plain", "Spread", "Rare", "Once")


def months_of(folder: Path, *groups: str) -> Cube:
    """The same of these groups only."""
    generator = np.random.default_rng(8)
    months = np.arange(24)
    x = {
        "Plain": generator.binomial(200, 0.3, 24),
        "Spread": generator.binomial(2000, generator.beta(30, 70, 24)),
        "Rare": (months % 5 == 0).astype(int),
        "Once": (months == 7).astype(int),
    }
    n = {"Plain": 200.0, "Spread": 2000.0, "Rare": 50.0, "Once": 40.0}
    rows = [
        {"group": group, "x": float(x[group][at]), "n": n[group], "period": add_months(year(2021), at)}
        for group in groups
        for at in months.tolist()
        if (group, at) != ("Plain", 4)
    ]
    return cube_of(folder, pd.DataFrame(rows), [Measure("Outcome", "proportion", "lower_better")], [GROUPS],
                   grain="month")  # fmt: skip


@pytest.mark.parametrize("named", [None, "p", "u", "i"])
def test_charts_drawn_together_are_those_of_each_group(of_many_kinds: Cube, named: str | None) -> None:
    laid = Frame(tuple(at < 8 for at in range(24)), tuple(at == 10 for at in range(24)), phase_starts=(12,), target=0.2)
    for frame, own in ((PLAIN_FRAME, {}), (laid, {"Spread": PLAIN_FRAME})):
        found = control_charts(of_many_kinds, CHOICES, named, frame=frame, own_frames=own)
        assert [each.group for each in found] == ["Plain", "Spread", "Rare", "Once"]
        for each in found:
            mine = own.get(each.group, frame)
            alone = control_chart(of_many_kinds, CHOICES, each.group, each.chart, frame=mine)
            pd.testing.assert_frame_equal(each.rows, alone.rows)
            assert (each.signal, each.phase_signals, each.trial) == (alone.signal, alone.phase_signals, alone.trial)
            assert (each.variation, each.assurance) == (alone.variation, alone.assurance)
            assert (each.proposed, each.reason) == (alone.proposed, alone.reason)


def test_each_group_gets_its_own_chart_and_distances_only_where_all_have_them(of_many_kinds: Cube) -> None:
    found = {each.group: (each.chart, each.proposed) for each in control_charts(of_many_kinds, CHOICES)}
    assert found == {"Plain": ("p", "p"), "Spread": ("pp", "pp"), "Rare": ("run", "run"), "Once": ("run", "run")}


def test_a_group_without_days_of_its_events_has_no_distance_to_draw(tmp_path: Path) -> None:
    cube = months_of(tmp_path, "Rare", "Once")
    assert control_charts(cube, CHOICES, "t") == ()
    with pytest.raises(PlainError, match="for “Once” fewer than two are known"):
        control_chart(cube, CHOICES, "Once", "t")


MEASURES = [
    Measure("Eye exam", "proportion", "higher_better", minimum_n=30),
    Measure("Foot exam", "proportion", "higher_better", target=0.7),
    Measure("Falls", "rate", "lower_better", minimum_n=30),
    Measure("Wait", "mean", "lower_better", unit="minutes", minimum_n=30),
    Measure("Visits", "rate", "neutral"),
]
TWO = (stratifier("race", "A", "B", "Unknown"), stratifier("sex", "F", "M"))


def cube_of_three_kinds(folder: Path) -> Cube:
    """Counts, events and minutes of the same groups, drawn at random."""
    generator = np.random.default_rng(9)
    rows = [
        {"measure": m.name, "race": race, "sex": sex, "n": 1.0,
         "x": generator.normal(30, 5) if m.kind == "mean" else float(generator.integers(0, 2))}
        for m in MEASURES for race in ("A", "B", "Unknown") for sex in ("F", "M") for _ in range(25)
    ]  # fmt: skip
    return cube_of(folder, pd.DataFrame(rows), MEASURES, TWO)


def test_who_is_best_and_who_has_a_better_rate_is_asked_once_a_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def described(kind: Kind, sample: Sample) -> tuple[Columns, Estimate]:
        asked.append(kind)
        return describe(kind, sample)

    monkeypatch.setattr(reference, "describe", described)
    cube = cube_of_three_kinds(tmp_path)
    together = block_in_period(cube, MEASURES, TWO[0], PeriodRange())
    blocks = [block_in_period(cube, [measure], TWO[0], PeriodRange()) for measure in MEASURES]
    of_a = {m.name: ResolvedReference("best", "the best group", group="A") for m in MEASURES}
    best, surpassed = reference.best_groups(together), reference.surpassed_in(together, of_a)
    assert asked == ["proportion", "rate", "mean"] * 2
    assert best == {name: group for block in blocks for name, group in reference.best_groups(block).items()}
    alone = [reference.surpassed_in(block, of_a)[block.measures[0].name] for block in blocks]
    assert [surpassed[m.name] for m in MEASURES] == alone
    assert {found.surpassed for found in alone} == {"no", "any", "smaller"}
    del asked[:]
    assert reference.surpassed_in(together, {"Falls": ResolvedReference("others", "everyone else")})
    assert not asked, "only a best group can be surpassed"


def test_what_repeat_visits_leave_is_worked_out_once_for_all_who_ask(tmp_path: Path) -> None:
    block = block_in_period(cube_of_three_kinds(tmp_path), MEASURES, TWO[0], PeriodRange())
    once = block.sample.effective("proportion")
    assert block.sample.effective("proportion") is once
    changed = block.sample.map(lambda sums: 2.0 * sums)
    np.testing.assert_allclose(changed.effective("proportion")[0], 2.0 * once[0])


def test_cells_compared_together_are_those_of_each_measure_and_stratifier(tmp_path: Path) -> None:
    cube = cube_of_three_kinds(tmp_path)
    chosen = {
        "Eye exam": ResolvedReference("best", "the best group", group="A"),
        "Foot exam": ResolvedReference("target", "the target", rate=0.7),
        "Falls": ResolvedReference("average", "everyone"),
        "Wait": ResolvedReference("others", "everyone else"),
    }
    references = [chosen, {**chosen, "Eye exam": ResolvedReference("group", "F", group="F")}]
    blocks = blocks_in_period(cube, MEASURES, TWO, PeriodRange())
    together = pd.DataFrame(compare_all(list(zip(blocks, references, strict=True))))
    alone = [
        pd.DataFrame(compare(block_in_period(cube, [m], s, PeriodRange()), {m.name: own[m.name]}))
        for m in MEASURES if m.name in chosen for s, own in zip(TWO, references, strict=True)
    ]  # fmt: skip
    keys = ["measure", "by", "group"]
    pd.testing.assert_frame_equal(
        together.sort_values(keys, ignore_index=True), pd.concat(alone).sort_values(keys, ignore_index=True)
    )


def test_a_table_is_what_pandas_makes_of_its_columns() -> None:
    columns = {
        "group": np.array(["A", "B & <C>", ""]),
        "n": np.array([1.0, np.nan, 3.0]),
        "flag": np.array([1, 0, 1]),
        "seen": np.array([True, False, True]),
        "rate": np.array([0.5, 0.25, np.inf]),
    }
    made = table(columns)
    pd.testing.assert_frame_equal(made, pd.DataFrame(columns))
    assert columns_of(made) is columns
    parts = [columns, {name: values[:2] for name, values in columns.items()}]
    for part, cut in zip(parts, tables(parts), strict=True):
        pd.testing.assert_frame_equal(cut, pd.DataFrame(part))
    changed = made.assign(n=2.0)
    assert columns_of(changed)["n"].tolist() == [2.0, 2.0, 2.0]
    assert columns_of(changed)["group"].tolist() == ["A", "B & <C>", ""]
