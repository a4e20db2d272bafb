"""Answers to open questions become lines of the mapping, and the lines mean the same."""

from __future__ import annotations

import pytest

from equity.intake.proposal.mapping.answering import answered, mapping_lines
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml, mapping_to_toml
from equity.vocabulary import PlainError
from equity.vocabulary.doubt import Setting

START = mapping_from_toml(
    """
[extract]
shape = "counts"
[columns]
x = "Deaths"
n = "Population"
[stratifiers.race]
column = "Race"
label = "Race"
[measures."Deaths: all"]
kind = "rate"
polarity = "lower_better"
multiplier = 1000
""",
    "m.toml",
)


def test_each_setting_takes_its_place_and_the_rest_stays() -> None:
    found = answered(
        START,
        (
            Setting(("columns", "n"), "Births"),
            Setting(("stratifiers", "race", "drop"), ("Total", "All races")),
            Setting(("stratifiers", "race", "recode"), (("AA", "Black"), ('a "b"', "White"))),
            Setting(("measures", "Deaths: all", "multiplier"), 100_000.0),
        ),
    )
    assert found.columns["n"].column == "Births"
    assert found.stratifiers[0].drop == ("Total", "All races")
    assert found.stratifiers[0].recode == {"AA": "Black", 'a "b"': "White"}
    assert found.measures["Deaths: all"].multiplier == 100_000
    assert found.columns["x"] == START.columns["x"]


def test_a_line_is_taken_away_and_no_answer_changes_nothing() -> None:
    gone = answered(START, (Setting(("measures", "Deaths: all", "multiplier"), None),))
    assert gone.measures["Deaths: all"].multiplier == 1
    assert answered(START, ()) is START


def test_the_lines_that_are_shown_say_what_the_answer_does() -> None:
    settings = (
        Setting(("measures", 'Deaths: "all"', "polarity"), "higher_better"),
        Setting(("stratifiers", "race", "drop"), ("Total",)),
        Setting(("stratifiers", "race", "recode"), (("AA", "Black"),)),
        Setting(("stratifiers", "race", "standard"), None),
    )
    assert mapping_lines(settings).splitlines() == [
        r'[measures."Deaths: \"all\""]',
        'polarity = "higher_better"',
        "[stratifiers.race]",
        'drop = ["Total"]',
        'recode = {AA = "Black"}',
        "# without standard",
    ]
    whole = mapping_to_toml(answered(START, settings[1:3]))
    assert mapping_from_toml(whole, "again").stratifiers[0].recode == {"AA": "Black"}


def test_a_setting_that_no_mapping_has_is_refused() -> None:
    with pytest.raises(PlainError, match="nonsense"):
        answered(START, (Setting(("columns", "nonsense"), "Births"),))
