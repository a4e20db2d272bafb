"""Two answers side by side: differences of periods against statsmodels, and how often chance is called a change."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from equity.lens.answers import Disparities
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.lens.side_by_side import SideBySide, clear_changes, side_by_side
from equity.stats.differences import mover
from equity.stats.estimate import Estimate
from equity.stats.intervals import wilson
from equity.vocabulary import Measure, PeriodRange, PlainError, Reference
from tests.made_up_cubes import cube_of, stratifier, year

SCREENED = Measure("Screened", "proportion", "higher_better", "Cancer")
SEEN = Measure("Seen", "proportion", "higher_better", "Access")
RACE = stratifier("race", "Asian", "Black", "White", Unknown="unknown")
COUNTS = {
    ("Screened", 2022): {"Asian": (400, 520), "Black": (900, 1500), "White": (1600, 2000), "Unknown": (30, 60)},
    ("Screened", 2024): {"Asian": (410, 520), "Black": (1050, 1500), "White": (1610, 2000)},
    ("Seen", 2024): {"Asian": (100, 520), "Black": (200, 1500), "White": (500, 2000)},
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> partial[SideBySide]:
    folder: Path = tmp_path_factory.mktemp("beside")
    rows = [
        (measure, group, x, n, year(when)) for (measure, when), held in COUNTS.items() for group, (x, n) in held.items()
    ]
    table = pd.DataFrame(rows, columns=["measure", "race", "x", "n", "period"])
    cube = cube_of(folder, table, [SCREENED, SEEN], [RACE])
    choices = Choices("Made up", 1, "Screened", "race", Reference("group", "White"), PeriodRange.parse("2024"))
    return partial(side_by_side, choices, ask=partial(disparities, cube))


def test_periods_stand_in_time_and_differ_by_newcombes_interval(ask: partial[SideBySide]) -> None:
    answer = ask("period:2022")
    assert (str(answer.first.choices.period), str(answer.second.choices.period)) == ("2022", "2024")
    assert list(answer.rows["group"]) == ["Asian", "Black", "White"]  # nobody is unknown in 2024
    black = answer.rows.set_index("group").loc["Black"]
    low, high = confint_proportions_2indep(1050, 1500, 900, 1500, method="newcomb", compare="diff")
    assert black["change"] == pytest.approx(0.1)
    assert (black["change_lower"], black["change_upper"]) == pytest.approx((low, high), rel=1e-8)
    assert black["clear"]
    assert black["gap_change"] == pytest.approx((1610 / 2000 - 0.7) - (0.8 - 0.6))
    assert black["gap_change_upper"] < 0
    assert not answer.rows.set_index("group").loc["White", "clear"]


def test_measures_references_and_groups_are_not_taken_from_each_other(ask: partial[SideBySide]) -> None:
    for against in ("measure:Seen", "reference:average", "group:Asian"):
        answer = ask(against)
        assert answer.rows["change"].isna().all()
        assert not answer.rows["clear"].any()
    assert ask("measure:Seen").second.measure == SEEN
    assert ask("group:Asian").second.reference.group == "Asian"


def test_what_cannot_stand_beside_it_is_refused(ask: partial[SideBySide]) -> None:
    for against in ("", "nothing", "person:1"):
        with pytest.raises(PlainError, match="Nothing was picked"):
            ask(against)
    with pytest.raises(PlainError):
        ask("measure:Gone")


@pytest.mark.parametrize(
    ("against", "sentence"),
    [("group:Asian", "“Asian” has no number here: it is hidden"), ("period:2022", "No group has a number in both")],
)
def test_what_a_release_hides_is_not_put_beside_it(ask: partial[SideBySide], against: str, sentence: str) -> None:
    def hidden(choices: Choices) -> Disparities:
        answer = ask.keywords["ask"](choices)
        return replace(answer, rows=answer.rows.assign(shown="hidden"))

    with pytest.raises(PlainError, match=sentence):
        ask(against, ask=hidden)


def test_chance_alone_is_called_a_clear_change_in_at_most_a_tenth_of_pictures() -> None:
    x, n = np.random.default_rng(18).binomial(900, 0.6, size=(2, 20_000, 8)), 900
    first, second = (wilson(side, np.full_like(side, n)) for side in x)
    change = mover(second, first)
    _, clear = clear_changes(change, np.ones(change.value.shape, dtype=bool))
    assert 0.05 < clear.any(axis=1).mean() <= 0.11


def test_too_few_to_read_is_never_a_clear_change() -> None:
    change = Estimate(*(np.array([value, value]) for value in (0.5, 0.4, 0.6)))
    q, clear = clear_changes(change, np.array([True, False]))
    assert clear.tolist() == [True, False]
    assert np.isnan(q[1])
