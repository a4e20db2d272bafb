"""A focus chosen on the sample system: the criteria against plain recounting, the shares against a draw by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from equity.commands.line import run
from equity.cube import Cube
from equity.focus.candidates import GapCandidate, gap_names
from equity.focus.decision import Focus, choose_focus
from equity.focus.weighing import Weighing
from equity.lens.areas import areas
from equity.lens.choices import Choices
from equity.lens.over_time.trends import trends
from equity.vocabulary import PeriodRange, PlainError, Reference
from equity.words.work import focus as words

PERIOD = PeriodRange.parse("2024")


@pytest.fixture(scope="module")
def answer(sample_cube: Cube) -> Focus:
    return choose_focus(sample_cube, choices(), Weighing(), values="measured")


def choices() -> Choices:
    return Choices(dataset="Sample", version=1, measure="", by="", period=PERIOD)


def rated(sample_cube: Cube) -> dict[str, dict[str, float]]:
    names = areas(sample_cube, choices()).areas
    return {name: {"feasibility": float(place)} for place, name in enumerate(names)}


def test_the_gap_that_stands_for_an_area_affects_most_of_its_people(answer: Focus, sample_cube: Cube) -> None:
    rows = areas(sample_cube, choices()).rows
    people = rows[(rows["by"] != "site") & (rows["verdict"] == "disparity") & (rows["excess"] > 0)]
    for gap in answer.gaps:
        clear = people[people["clinical_area"] == gap.area]
        if len(clear):
            most = clear.loc[clear["excess"].idxmax()]
            assert (gap.measure, gap.by, gap.group) == (most["measure"], most["by"], most["group"])
            assert gap.values.value[0] == pytest.approx(most["excess"])


def test_criteria_run_from_the_least_to_the_most_reason(answer: Focus) -> None:
    measured = np.array([gap.values.value for gap in answer.gaps])
    for at, name in enumerate(answer.criteria):
        expected = (measured[:, at] - measured[:, at].min()) / np.ptp(measured[:, at])
        assert answer.rows[name].to_numpy() == pytest.approx(expected)


def test_certainty_is_the_share_of_draws_that_are_a_disparity(answer: Focus, sample_cube: Cube) -> None:
    rows = areas(sample_cube, choices()).rows
    generator = np.random.default_rng(5)
    for gap in answer.gaps:
        row = rows[(rows["measure"] == gap.measure) & (rows["by"] == gap.by) & (rows["group"] == gap.group)].iloc[0]
        error = (row["gap_upper"] - row["gap_lower"]) / (2 * 1.959964)
        drawn = generator.normal(row["gap"], error, 100_000)
        relative = max(abs(row["relative_gap"]), abs(row["relative_gap_adverse"]))
        is_disparity = (drawn > 1.959964 * error) & (drawn / row["gap"] * relative >= 0.10)
        assert gap.values.value[1] == pytest.approx(is_disparity.mean(), abs=0.01)


def test_the_trend_is_the_yearly_change_relative_to_the_reference(answer: Focus, sample_cube: Cube) -> None:
    compared = areas(sample_cube, choices())
    gap = next(g for g in answer.gaps if g.measure == "Postpartum visit")
    reference = compared.references[(gap.measure, gap.by)].group
    asked = Choices("Sample", 1, gap.measure, gap.by, Reference("group", reference))
    slope = trends(sample_cube, asked).changes.set_index("group").loc[gap.group, "gap_slope"]
    rates = compared.rows[(compared.rows["measure"] == gap.measure) & (compared.rows["by"] == gap.by)]
    base = rates.set_index("group").loc[reference, "rate"]
    a_year = {"month": 12, "quarter": 4, "year": 1}[sample_cube.description.grain]
    assert gap.values.value[2] == pytest.approx(slope * a_year / base, rel=1e-9)


def test_ratings_stand_beside_the_data(sample_cube: Cube) -> None:
    found = choose_focus(sample_cube, choices(), Weighing(("feasibility", "cost"), rated(sample_cube)))
    assert found.criteria == ("burden", "certainty", "trend", "completeness", "feasibility")
    assert found.rows["feasibility"].tolist() == pytest.approx(np.linspace(0, 1, len(found.rows)).tolist())
    assert any("Cost" in said for said in words.not_known(found))


def test_one_person_who_weighs_one_criterion_decides(sample_cube: Cube) -> None:
    weighing = Weighing(("feasibility",), rated(sample_cube), ({"feasibility": 100.0},))
    found = choose_focus(sample_cube, choices(), weighing)
    assert found.people == 1
    assert found.rows["first"].tolist() == pytest.approx([0.0] * (len(found.rows) - 1) + [1.0])
    assert words.finding(found).endswith("comes first under 100 of 100 ways to weigh it, and never lower.")


def test_the_same_seed_gives_the_same_answer_and_sampling_moves_it(sample_cube: Cube, answer: Focus) -> None:
    drawn, again = (choose_focus(sample_cube, choices(), Weighing(), seed=7) for _ in range(2))
    assert drawn.rows.equals(again.rows)
    assert not np.allclose(drawn.ranks, answer.ranks)
    assert drawn.rows[list(drawn.criteria)].equals(answer.rows[list(answer.criteria)])


@pytest.mark.parametrize(
    ("weighing", "named"),
    [
        (Weighing(("feasibility",), {"Dentistry": {"feasibility": 1.0}}), "“Dentistry”, which is not there"),
        (Weighing(("feasibility",), {"Diabetes": {"feasibility": 1.0}}), "has no rating on “feasibility”"),
        (Weighing(("cost",), {}, ({"cost": 1.0},)), "only to criteria that are not compared"),
    ],
)
def test_what_does_not_fit_the_dataset_is_said(sample_cube: Cube, weighing: Weighing, named: str) -> None:
    with pytest.raises(PlainError, match=named):
        choose_focus(sample_cube, choices(), weighing)


@pytest.mark.parametrize("draws", [0, 1_000_001])
def test_draws_have_bounds(sample_cube: Cube, draws: int) -> None:
    with pytest.raises(PlainError, match="number of draws"):
        choose_focus(sample_cube, choices(), Weighing(), draws=draws)


def test_no_area_stands_out_is_said(answer: Focus) -> None:
    lower = answer.rows.assign(first=answer.rows["first"] * 0.4)
    said = words.finding(Focus(**{**vars(answer), "rows": lower}))
    assert said.startswith("No area stands out: ")
    assert said.endswith("Choose on what you can change.")


def test_the_terminal_tells_all_that_it_takes_to_draw_again(
    sample_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(sample_home))
    file = tmp_path / "weights.json"
    file.write_text(json.dumps({"weights": [{"burden": 50, "trend": 50}, {"completeness": 100}]}))
    words_typed = ["ask", "focus", "--dataset", "Sample", "--period", "2024", "--sampling", "no", "--format", "json"]
    assert run([*words_typed, "--weights", str(file)]) == 0
    told = json.loads(capsys.readouterr().out)
    values = np.array([[row[c] for c in told["criteria"]] for row in told["rows"]])
    weights = np.array([[0.5, 0, 0.5, 0], [0, 0, 0, 1.0]])
    first = np.bincount(np.argmax(weights @ values.T, axis=1), minlength=len(values)) / 2
    assert [row["first"] for row in told["rows"]] == pytest.approx(first.tolist())
    assert told["ranks"][told["rows"][0]["area"]][0] == told["rows"][0]["first"]
    assert {row["area"] for row in told["rows"]} == {gap["area"] for gap in told["gaps"]}


def test_what_the_terminal_tells_is_smaa_by_the_book(
    sample_home: Path,
    sample_cube: Cube,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """Nobody weighed, two criteria are rated: all ways to weigh the six, drawn here from the Dirichlet distribution."""
    monkeypatch.setenv("EQUITY_HOME", str(sample_home))
    ratings = {area: {**given, "cost": (7.0 * given["feasibility"]) % 5} for area, given in rated(sample_cube).items()}
    file = tmp_path / "ratings.json"
    file.write_text(json.dumps({"criteria": ["feasibility", "cost"], "ratings": ratings}))
    asked = ["ask", "focus", "--dataset", "Sample", "--period", "2024", "--sampling", "no", "--format", "json"]
    assert run([*asked, "--draws", "10000", "--weights", str(file)]) == 0
    told = json.loads(capsys.readouterr().out)
    values = np.array([[row[c] for c in told["criteria"]] for row in told["rows"]])
    assert values.shape[1] == 6
    weights = np.random.default_rng(3).dirichlet(np.ones(6), 100_000)
    order = np.argsort(-(weights @ values.T), axis=1)
    for place, row in enumerate(told["rows"]):
        shares = [float(np.mean(order[:, rank] == place)) for rank in range(len(values))]
        assert told["ranks"][row["area"]] == pytest.approx(shares, abs=0.01)


def test_a_single_gap_stands_beside_the_areas(sample_cube: Cube) -> None:
    rows = areas(sample_cube, choices()).rows
    row = rows[(rows["by"] == "race") & (rows["verdict"] == "disparity") & (rows["excess"] > 0)].iloc[-1]
    gap = GapCandidate(str(row["measure"]), "race", str(row["group"]))
    named = gap_names([gap], ["Diabetes"])
    found = choose_focus(sample_cube, choices(), Weighing(), areas=["Diabetes"], gaps=named)
    assert found.rows["area"].tolist() == ["Diabetes", f"{gap.measure}, {gap.group}"]
    assert found.gaps[1].values.value[0] == pytest.approx(row["excess"])
    reference = rows[(rows["measure"] == gap.measure) & (rows["by"] == "race") & (rows["verdict"] == "reference")]
    none = GapCandidate(gap.measure, "race", str(reference.iloc[0]["group"]))
    beside = choose_focus(sample_cube, choices(), Weighing(), gaps=gap_names([gap, none]))
    assert beside.gaps[1].values.value[0] == 0
    with pytest.raises(PlainError, match="Nobody” is not in the data"):
        choose_focus(
            sample_cube, choices(), Weighing(), areas=["Diabetes"], gaps={"Nobody": GapCandidate("x", "y", "z")}
        )


def test_ranks_run_from_the_5th_to_the_95th_of_100_draws(answer: Focus) -> None:
    counted = answer.ranks.cumsum(axis=1)
    for column, share in (("rank_low", 0.05), ("rank_high", 0.95)):
        assert answer.rows[column].tolist() == ((counted >= share - 1e-9).argmax(axis=1) + 1).tolist()


def test_what_is_not_known_of_a_gap_stands_in_the_middle_and_is_said(sample_cube: Cube) -> None:
    """Of too few people nothing is known but that nothing is to be gained for sure; of a mean, how many people."""
    rows = areas(sample_cube, choices()).rows
    worse = rows[(rows["gap"] > 0) & (rows["kind"] == "group")]
    few = worse[worse["reliability"] == "too_few"].iloc[0]
    mean = worse[(worse["measure"] == "Minutes from arrival to clinician") & (worse["reliability"] != "too_few")].iloc[
        0
    ]
    gaps = gap_names([GapCandidate(str(row["measure"]), str(row["by"]), str(row["group"])) for row in (few, mean)])
    weighing = Weighing((), {}, ({"burden": 100.0},))
    found = choose_focus(sample_cube, choices(), weighing, areas=["Diabetes"], gaps=gaps)
    np.testing.assert_array_equal(found.gaps[1].values.value, [0.0, 0.0, np.nan, np.nan])
    assert np.isnan(found.gaps[2].values.value[0])
    assert found.rows["trend"][1] == found.rows["burden"][2] == 0.5
    assert {"criterion_unknown_for_some:trend", "criterion_unknown_for_some:burden"} <= set(found.remarks)
    assert found.ranks[2][2] == pytest.approx(0, abs=0.01)  # anywhere above the one that is known for the least
    assert found.ranks[2][0] < 0.5


def test_two_gaps_of_one_name_are_told_apart_by_their_grouping() -> None:
    gaps = [GapCandidate("Visits", "race", "Other"), GapCandidate("Visits", "language", "Other")]
    assert list(gap_names(gaps)) == ["Visits, Other (race)", "Visits, Other (language)"]
