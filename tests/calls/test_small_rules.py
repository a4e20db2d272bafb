"""Stages, lenses, codes, guesses."""

from __future__ import annotations

import pytest

from equity.calls.codes import WORDS, new_code, read_code
from equity.calls.guesses import far_of, strip
from equity.calls.stages import STAGES, agenda_of, read_stage
from equity.vocabulary import PlainError
from equity.vocabulary.lenses import read_lens
from equity.words.call.calls import FACILITATOR_LINES, OPENERS, STAGE_ASKS, STAGE_TITLES, guesses_sentence
from tests.calls.made_up import Log


def test_an_agenda_keeps_the_order_of_the_stages_and_shares_out_the_minutes() -> None:
    assert [item.stage for item in agenda_of(["notice", "predict", "reveal"])] == ["predict", "reveal", "notice"]
    assert sum(item.minutes for item in agenda_of((), 20)) == pytest.approx(20, abs=0.5)
    with pytest.raises(PlainError, match="no stage “sleep”"):
        agenda_of(["sleep"])


@pytest.mark.parametrize("text", ["So what", "so-what", "SO_WHAT"])
def test_stages_are_read_as_people_write_them(text: str) -> None:
    assert read_stage(text) == "so_what"


def test_every_stage_has_its_words() -> None:
    for texts in (STAGE_TITLES, STAGE_ASKS, OPENERS, FACILITATOR_LINES):
        assert set(texts) == set(STAGES)
    assert {item.stage for item in agenda_of(())} == set(STAGES) - {"weigh"}  # only where there is something to weigh


def test_lenses_have_their_full_names() -> None:
    assert [read_lens(text) for text in ("QI", "Patient-facing", " equity ", "")] == [
        "quality improvement",
        "patient-facing care",
        "equity",
        "team",
    ]
    with pytest.raises(PlainError, match="no lens “astrology”"):
        read_lens("astrology")


def test_codes_are_read_as_they_are_said() -> None:
    assert {read_code(text) for text in ("kite-42", "KITE 42", " Kite42 ", "kite – 42")} == {"KITE-42"}
    assert [read_code(text) for text in ("", "42", "kite", "kite-421", "../etc-12")] == ["", "", "", "", ""]
    assert read_code(new_code()) != ""
    assert len(WORDS) == len(set(WORDS)) > 120


def test_guesses_beside_the_truth() -> None:
    log = Log()
    anchors = [{"group": "Black patients", "far": 5}, {"group": "Asian patients", "far": 30.5}, {"group": ""}, None]
    for anchor, words in zip(anchors, ("", "", "no idea", "about 9,5 points"), strict=True):
        log.wrote("", "data", "predict", words, anchor=anchor)
    log.wrote("Ana", "data", "predict", "40 points")
    log.wrote("Ana", "data", "predict", "4 points")
    found = strip(log.state.of_stage(1, "predict"), 13.5, "Black patients", "percentage points")
    assert found is not None
    assert found.guesses == (4.0, 5.0, 9.5, 30.5)
    assert guesses_sentence(found) == (
        "3 of 4 thought the gap was smaller, 1 thought it was larger. 1 of 2 named Black patients."
    )
    assert strip([], 13.5, "Black patients", "points") is None


def test_a_guess_that_is_no_number_is_left_out() -> None:
    log = Log()
    for far in ("5", True, float("nan"), None):
        log.wrote("P", "data", "predict", "", anchor={"far": far})
    assert [far_of(each) for each in log.state.contributions.values()] == [None] * 4
