"""What is said of groups within groups."""

from __future__ import annotations

from dataclasses import replace

from equity.vocabulary import Category, Stratifier
from equity.words import crossed_groups
from equity.words.answers import intersections as words
from tests.answers_for_tests import AGE, HIV, INTERPRETER, LANGUAGE, MINUTES, PAYER, RACE, SITE, released
from tests.crossed_answers_for_tests import intersections


def test_the_cell_that_its_margins_do_not_explain() -> None:
    assert words.finding(intersections()) == (
        "Controlled blood pressure, 2024: 44% of patients without insurance whose language is listed as “Another "
        "language”. 64% was expected."
    )
    assert words.chart_title(intersections()).endswith(": 44%, where language and payer alone would predict 64%")


def test_visits_and_waits_and_rates_are_said_as_what_they_are() -> None:
    assert "44% of visits by patients without insurance" in words.finding(intersections(people=100.0))
    assert words.finding(intersections(measure=MINUTES, standing_out=False)).endswith(
        "no combination of language and payer stands out."
    )
    assert words.finding(intersections(measure=replace(MINUTES, polarity="higher_better"))) == (
        "Minutes from arrival to clinician, 2024: 0.44 minutes for patients without insurance whose language is listed "
        "as “Another language”. 0.64 minutes was expected."
    )
    assert "people" in words.who(intersections(measure=HIV), words.cells(intersections())[3])


def test_nothing_stands_out() -> None:
    answer = intersections(standing_out=False)
    assert words.finding(answer) == (
        "Controlled blood pressure, 2024: no combination of language and payer stands out."
    )
    assert words.standing_out(answer) == ()
    assert "The 64% expected lies within that range" in words.how_sure(answer)


def test_how_sure_gives_the_pooled_rate_beside_the_raw_one() -> None:
    assert words.how_sure(intersections()) == (
        "Small groups vary by chance, so we also show a smoothed estimate. For Another language, Uninsured (260 "
        "patients) it is 50% (95% range 45% to 55%). The 64% expected lies outside that range."
    )


def test_nobody_is_not_zero_and_hidden_is_not_nobody() -> None:
    answer = intersections()
    assert words.not_known(answer) == (
        "Too few people to read alone: 1 of 9 cells.",
        "No patients in 1 of 9 cells: that is not 0%.",
        "Hidden in the source: 1 of 9 cells.",
    )
    table = words.table(answer)
    assert table["Own rate"].tolist()[:3] == ["No patients", "63%", "Not shown: hidden in the source"]
    assert words.table(released(answer, "hedis", 30))["Own rate"].tolist()[2] == (
        "Not shown to protect privacy (fewer than 30)"
    )
    assert table["Number"].tolist()[:3] == ["", "9", ""]


def test_a_small_cell_is_never_the_finding() -> None:
    answer = intersections()
    assert all(c.reliability != "too_few" for c in words.furthest(answer, 100))


def test_a_neutral_measure_has_no_side() -> None:
    said = " ".join(
        [words.finding(intersections(measure=INTERPRETER)), words.chart_title(intersections(measure=INTERPRETER))]
    )
    assert "worse" not in said
    assert "better" not in said


def test_three_stratifiers() -> None:
    answer = intersections(stratifiers=(LANGUAGE, PAYER, SITE))
    assert len(words.cells(answer)) == 18
    assert words.cells(answer)[-1].label == "Another language, Uninsured, Hillcrest"
    assert "language, payer and site alone would predict" in words.what_it_comes_to(answer)[0]


def test_people_in_several_groups_are_said_as_one() -> None:
    sex = Stratifier("sex", "Sex", categories=(Category("Women"), Category("Male")))
    assert crossed_groups.describe_crossed_group((RACE, AGE), ("White", "18–34")) == "White patients aged 18–34"
    assert (
        crossed_groups.describe_crossed_group((sex, RACE, PAYER), ("Women", "Asian", "Medicaid"))
        == "Asian women with Medicaid"
    )
    assert crossed_groups.describe_crossed_group((LANGUAGE, PAYER), ("Spanish", "Uninsured")) == (
        "patients without insurance whose language is Spanish"
    )
    assert crossed_groups.describe_crossed_group((RACE, LANGUAGE), ("Unknown", "Spanish")) == (
        "patients whose race and ethnicity are not known and whose language is Spanish"
    )
    assert crossed_groups.groupings((RACE, SITE)) == "race and ethnicity, and site"


def test_alt_text_visits_every_cell() -> None:
    told = words.alt_text(intersections())
    for cell in words.cells(intersections()):
        assert f"{cell.label}: " in told
    assert "English, Commercial: no patients" in told


def test_one_visit_is_not_called_visits() -> None:
    answer = intersections()
    cell = words.cells(answer)[3]
    assert f", {cell.n:,.0f} patients," in words.described(answer, cell)
    assert ", 1 patient," in words.described(answer, replace(cell, n=1.0))
