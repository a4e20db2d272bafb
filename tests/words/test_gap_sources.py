"""What is said of where a gap lives."""

from __future__ import annotations

from dataclasses import replace

from equity.lens.answers import ResolvedReference
from equity.words import gap_sources as words
from tests.answers_for_tests import RACE
from tests.crossed_answers_for_tests import gap_sources


def test_the_alarm_when_the_whole_turns_round_within_sites() -> None:
    answer = gap_sources("reverses")
    assert (
        words.alarm(answer)
        == words.finding(answer)
        == (
            "Overall, Black or African American patients fare worse than the best group, White, on readmission "
            "(24.0% against 16.6%), yet at every site they fare better."
        )
    )
    assert words.chart_title(answer) == "Black or African American patients: worse overall, yet better at every site"
    assert words.split_in_words(answer) == (
        "The gap for Black or African American patients in readmission is 6.0 points: 8.0 points from the sites where "
        "people are seen, less 2.0 points within each site.",
    )


def test_not_every_site_better_is_said_so() -> None:
    answer = gap_sources("reverses")
    mixed = replace(answer, strata=answer.strata.assign(gap=[0.01, -0.06]))
    assert words.alarm(mixed).endswith("yet within each site they fare better on average, by 2.0 points.")
    assert words.chart_title(mixed).endswith("yet better at 1 of 2 sites")


def test_the_alarm_when_the_gap_halves() -> None:
    assert words.alarm(gap_sources("halves")).endswith(
        "yet only 2.0 points of that gap of 6.0 points is left within each site."
    )


def test_no_alarm_says_which_part_it_is() -> None:
    answer = gap_sources("")
    assert words.alarm(answer) == ""
    assert words.finding(answer) == (
        "The gap for Black or African American patients in readmission is 6.0 points, and it lies within each site "
        "(5.0 points), not between them."
    )


def test_no_clear_gap_has_no_source() -> None:
    answer = gap_sources("")
    even = replace(answer, parts=answer.parts.assign(gap=0.001, gap_lower=-0.02))
    assert words.finding(even) == (
        "There is no clear gap in readmission by race and ethnicity in 2024 to look for the source of."
    )
    assert words.adjusted_in_words(even) == ""


def test_crude_comes_first_and_adjusting_is_warned_of() -> None:
    answer = gap_sources()
    assert words.adjusted_in_words(answer) == (
        "As it is, the rate for Black or African American patients is 24.0%. Spread over the sites as everyone is, "
        "it would be 19.0% (17.5% to 20.5%)."
    )
    assert words.caveats(answer)[0] == (
        "Adjusting for site, payer or place can hide the very gap that is looked for: show both."
    )
    columns = list(words.table(answer).columns)
    assert columns.index("Crude") < columns.index("Adjusted")


def test_everyone_together_is_split_as_everyone_else() -> None:
    answer = replace(gap_sources(""), reference=ResolvedReference("average", "everyone, the group included"))
    assert "everyone else" in words.table_caption(answer)
    assert words.reference_name(answer) == "Everyone else"


def test_other_strata_than_sites() -> None:
    answer = replace(gap_sources(""), within=RACE)
    assert "within each race and ethnicity group" in words.finding(answer)


def test_alt_texts() -> None:
    answer = gap_sources()
    assert "Hillcrest: 12% (n 500) against 14%, 2 pts better" in words.alt_text(answer)
    assert "of which within 2.0 pts better and between 8.0 pts worse" in words.split_alt_text(answer)


def test_the_tables() -> None:
    row = words.table(gap_sources()).iloc[0].to_dict()
    assert (row["Crude"], row["Gap"], row["Within"], row["Between"]) == (
        "24.0%",
        "6.0 pts worse",
        "2.0 pts better",
        "8.0 pts worse",
    )
    assert (row["Adjusted"], row["Observed ÷ expected"], row["The whole"]) == (
        "19.0%",
        "0.95 times",
        "points the other way",
    )
    assert len(words.strata_table(gap_sources())) == 2
