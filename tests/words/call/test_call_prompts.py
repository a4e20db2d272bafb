"""Questions for a call fit its picture: a turn at most places, many unknown, tiny groups, a gap levelled down."""

from __future__ import annotations

from dataclasses import replace

from equity.words.answers import disparities as words
from equity.words.answers import trends as trend_words
from equity.words.call.call_prompts import MOST, fitting
from equity.words.rows import focus
from tests.answers_for_tests import BLOOD_PRESSURE, RACE, disparities, trends


def test_what_stands_out_comes_before_the_usual_question() -> None:
    answer = replace(disparities(with_spread=False), known_share=0.88)
    told = fitting(answer)
    assert told[0].startswith("Race and ethnicity is not recorded for 12%.")
    assert told[-1] == words.prompt(answer)
    assert len(told) <= MOST
    assert fitting(replace(answer, known_share=0.99))[0] != told[0]


def test_a_group_too_small_to_compare_is_named() -> None:
    answer = replace(disparities(with_spread=False), known_share=1.0)
    small = answer.rows.copy()
    small.loc[small["group"] == "Asian", "reliability"] = "too_few"
    assert "Asian patients" in next(said for said in fitting(replace(answer, rows=small)) if "Too small" in said)
    large = answer.rows.assign(reliability="reliable", shown="yes")
    assert not [said for said in fitting(replace(answer, rows=large)) if "Too small" in said]


def test_a_gap_that_turns_round_at_most_places_is_asked_about() -> None:
    answer = disparities()
    row = focus(answer)
    assert row is not None
    assert not [said for said in fitting(answer) if "fare better" in said]
    turned = answer.spread.copy()
    sites = list(dict.fromkeys(turned["value"]))
    turned.loc[(turned["group"] == row.group) & turned["value"].isin(sites[:3]), "rate"] = 0.99
    [said] = [said for said in fitting(replace(answer, spread=turned)) if "fare better" in said]
    assert "at 3 of 4 places" in said
    few = turned[turned["value"].isin(sites[:2])]
    assert not [said for said in fitting(replace(answer, spread=few)) if "fare better" in said]


def test_a_gap_that_levelled_down_is_asked_about_before_the_usual_question() -> None:
    answer = trends({RACE.groups[1]: "levelling_down"}, BLOOD_PRESSURE)
    told = fitting(answer)
    assert "narrowed because others got worse" in told[0]
    assert told[-1] == trend_words.prompt(answer)
    assert not [said for said in fitting(trends()) if "others got worse" in said]
