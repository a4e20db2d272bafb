"""The leader's sentences: what changed, what is hidden, what is asked; by answers made for it."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from equity.lens.answers import Disparities
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.release.create import create_release
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.view import as_cube
from equity.vocabulary import PeriodRange, Polarity
from equity.words.sharing import leader
from tests.release.made_up import cube_of, description_of, random_rows, save_version

RULE = "Counts below 11 are hidden."


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Disparities:
    """A release's own answer, in which some groups are hidden."""
    home = tmp_path_factory.mktemp("home")
    rows = random_rows(6, 1500, months=24, strata=(5, 3))
    version = save_version(
        home / "1", cube_of(rows, ("s1", "s2"), "month"), description_of(rows, ("s1", "s2"), "month")
    )
    made = create_release(version, Plan(("s1", "s2"), "quarter", "none"), policy_of("cms"), home)
    choices = Choices("Visits", 1, "Control", "s1", period=PeriodRange.parse("2022-Q1"), policy="cms")
    return disparities(as_cube(made), choices)


def moved(answer: Disparities, by: float) -> Disparities:
    """The same answer with every rate moved."""
    rows = answer.rows.copy()
    rows[["rate", "lower", "upper"]] = rows[["rate", "lower", "upper"]] + by
    return dataclasses.replace(answer, rows=rows)


def test_hidden_groups_are_named_with_respect_and_hold_nothing(answer: Disparities) -> None:
    few = leader.few_numbers(answer, None)
    unseen = [number for number in few if not number.shown]
    assert unseen
    assert few[-len(unseen) :] == tuple(unseen)
    for number in unseen:
        assert number.value == "Not shown, to protect privacy"
        assert number.size == number.beside == number.mark == number.direction == ""
    said = leader.hidden(answer, RULE)
    assert "not shown, to protect privacy. Too small to show is not too small to matter." in said[0]
    assert said[1] == RULE


def test_the_question_names_what_the_numbers_are_and_what_they_are_compared_with(answer: Disparities) -> None:
    assert leader.question(answer).startswith("Control by s1, Q1 2022. Compared with ")


def test_groups_beyond_the_few_are_counted(answer: Disparities) -> None:
    assert leader.further(answer) == ""
    for copies, said in ((2, "2 more groups of this release are"), (1, "")):
        rows = pd.concat([answer.rows] * copies, ignore_index=True)
        many = dataclasses.replace(answer, rows=rows)
        assert leader.further(many).startswith(said)
        assert len(leader.few_numbers(many, None)) == min(len(rows), 8)


def test_where_all_is_shown_that_is_said(answer: Disparities) -> None:
    rows = answer.rows.assign(shown="yes")
    assert leader.hidden(dataclasses.replace(answer, rows=rows), RULE) == ()
    assert leader.nothing_hidden(RULE) == f"Every group is shown here. {RULE}"


@pytest.mark.parametrize(
    ("by", "polarity", "said"),
    [
        (-0.6, "higher_better", "▲ Better."),
        (0.6, "higher_better", "▼ Worse."),
        (0.6, "lower_better", "▲ Better."),
        (-0.6, "neutral", "▲ Higher."),
        (0.6, "neutral", "▼ Lower."),
        (0.01, "higher_better", "▬ No clear change."),
        (0.0, "higher_better", "the same as in"),
    ],
)
def test_what_changed_is_called_a_change_only_where_it_is_clear(
    answer: Disparities, by: float, polarity: Polarity, said: str
) -> None:
    now = dataclasses.replace(answer, measure=dataclasses.replace(answer.measure, polarity=polarity))
    sentence = leader.changed(now, moved(now, by), "2026-03-12")
    assert said in sentence
    assert "2026-03-12" in sentence


def test_the_first_release_has_nothing_before_it_and_a_hidden_number_stays_hidden(answer: Disparities) -> None:
    assert "first release" in leader.changed(answer, None, "")
    rows = answer.rows.assign(shown="hidden", rate=float("nan"))
    before = dataclasses.replace(answer, rows=rows)
    assert "not shown in both" in leader.changed(answer, before, "2026-03-12")
    assert "not shown in both" in leader.changed(before, answer, "2026-03-12")


def test_what_is_asked_is_the_teams_own_words_first(answer: Disparities) -> None:
    assert leader.asked("  Open on\nSaturdays? ", answer) == "Open on Saturdays?"
    assert leader.asked("", answer).endswith("?")
