"""What is said of where a gap lives."""

from __future__ import annotations

from dataclasses import replace

from equity.lens.answers import ResolvedReference
from equity.words.answers import gap_sources as words
from tests.answers_for_tests import RACE
from tests.crossed_answers_for_tests import gap_sources


def test_the_alarm_when_the_whole_turns_round_within_sites() -> None:
    answer = gap_sources("reverses")
    alarm = "Within every site, Black or African American patients have the lower (better) rate."
    assert words.alarm(answer) == alarm
    assert words.what_it_comes_to(answer) == (alarm,)
    assert words.finding(answer) == (
        "Readmission, 2024: 24.0% of Black or African American patients. For White patients (lowest rate) it was 16.6%."
    )
    assert words.chart_title(answer) == (
        "Black or African American patients: higher (worse) overall, yet lower (better) at every site"
    )
    assert words.split_in_words(answer) == (
        "Being seen at different sites makes a gap of 8.0 points; within each site, 2.0 points goes the other way.",
    )


def test_not_every_site_better_is_said_so() -> None:
    answer = gap_sources("reverses")
    mixed = replace(answer, strata=answer.strata.assign(gap=[0.01, -0.06]))
    assert words.alarm(mixed) == (
        "Within each site, Black or African American patients have the lower (better) rate on average, by 2.0 points."
    )
    assert words.chart_title(mixed).endswith("yet lower (better) at 1 of 2 sites")


def test_the_alarm_when_the_gap_halves() -> None:
    assert words.alarm(gap_sources("halves")) == ("Only 2.0 points of that gap of 6.0 points is left within each site.")


def test_no_alarm_says_which_part_it_is() -> None:
    answer = gap_sources("")
    assert words.alarm(answer) == ""
    assert words.finding(answer) == (
        "Readmission, 2024: 24.0% of Black or African American patients. For White patients (lowest rate) it was 9.6%."
    )


def test_no_clear_gap_has_no_source() -> None:
    answer = gap_sources("")
    even = replace(answer, parts=answer.parts.assign(gap=0.001, gap_lower=-0.02))
    assert words.finding(even) == ("Readmission, 2024: no clear gap by race and ethnicity to break down.")
    assert words.adjusted_in_words(even) == ""


def test_crude_comes_first_and_adjusting_is_warned_of() -> None:
    answer = gap_sources()
    assert words.adjusted_in_words(answer) == (
        "The rate for Black or African American patients is 24.0%. Seen at each site in the same shares as "
        "everyone, it would be 19.0% (95% range 17.5% to 20.5%)."
    )
    assert words.caveats(answer)[0] == (
        "Adjusting for site, payer or place can hide the very gap that is looked for: show both."
    )
    columns = list(words.table(answer).columns)
    assert columns.index("Crude") < columns.index("Adjusted")


def test_everyone_together_is_split_as_everyone_else() -> None:
    answer = replace(gap_sources(""), reference=ResolvedReference("average", "everyone, the group included"))
    assert "all other patients" in words.table_caption(answer)
    assert words.reference_name(answer) == "All others"


def test_other_strata_than_sites() -> None:
    answer = replace(gap_sources(""), within=RACE)
    assert words.what_it_comes_to(answer) == (
        "Of the gap of 6.0 points for Black or African American patients, 5.0 points lies within each race and "
        "ethnicity group and 1.0 point between race and ethnicity groups; the part between could be chance.",
    )


def test_alt_texts() -> None:
    answer = gap_sources()
    assert "Hillcrest: 12% (500 patients), 14% for White, 2 pts lower" in words.alt_text(answer)
    assert "of which within 2.0 pts lower and between 8.0 pts higher" in words.split_alt_text(answer)


def test_the_tables() -> None:
    row = words.table(gap_sources()).iloc[0].to_dict()
    assert (row["Crude"], row["Gap"], row["Within"], row["Between"]) == (
        "24.0%",
        "6.0 pts higher",
        "2.0 pts lower",
        "8.0 pts higher",
    )
    assert (row["Adjusted"], row["Observed ÷ expected"], row["The whole"]) == (
        "19.0%",
        "0.95 times",
        "points the other way",
    )
    assert len(words.strata_table(gap_sources())) == 2
