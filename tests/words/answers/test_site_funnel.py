"""Sites as a funnel in words: which lie outside, on which side, and that it is no verdict."""

from __future__ import annotations

from dataclasses import replace

from equity.export import native_deeper
from equity.words.answers import predictions, tables
from equity.words.answers import site_funnel as words
from equity.words.headlines import words_in
from tests.crossed_answers_for_tests import site_funnel
from tests.words.answers.test_predictions import ASKED, HELD
from tests.words.test_reading_grade import HIGHEST_GRADE, grade


def test_what_lies_outside_is_named_with_its_side() -> None:
    answer = site_funnel()
    assert words.finding(answer) == (
        "Controlled blood pressure, 2024: 1 of 6 sites stands out. Chance and ordinary variation do not explain it."
    )
    assert words.what_it_comes_to(answer) == (
        "Outside lies Lakeshore (30.0 points lower, a wider gap).",
        "On average over sites, counting small ones nearly like large ones: 11.0 points lower.",
        "Sites ordinarily vary by about 2.0 points around it (standard deviation).",
    )
    assert words.prompt(answer) == "What is different in how care is organized at Lakeshore?"
    assert "higher" in words.what_it_comes_to(site_funnel("rate"))[0]


def test_where_none_is_outside_no_site_is_named() -> None:
    answer = site_funnel()
    inside = replace(answer, rows=answer.rows.assign(outside=0.0, near=0.0), tau=0.0)
    assert words.finding(inside).endswith("no site stands out. What we see is what chance and ordinary variation give.")
    assert words.what_it_comes_to(inside)[-1] == "Sites vary around it no more than chance would make them."
    assert "Lakeshore" not in words.prompt(inside)
    assert all(words_in(words.finding(each)) <= 20 for each in (answer, inside))


def test_sites_that_cannot_be_placed_say_why_and_show_no_number() -> None:
    answer = site_funnel()
    assert words.not_known(answer) == (
        "1 site is left out: some of the counts are not shown.",
        "Only one of the two groups is seen at Midtown.",
    )
    table = words.table(answer).set_index("Site")
    assert table.loc["Eastside", ["Gap", "Number", "95% limits", "99.8% limits"]].tolist() == [""] * 4
    assert table.loc["Lakeshore", "Where it lies"] == "outside 99.8%: a wider gap"
    assert tables.finding_and_table(answer).startswith(words.finding(answer))
    assert "Eastside" not in words.alt_text(answer)


def test_the_slide_has_the_sites_that_are_placed() -> None:
    drawn = native_deeper.sites_of_funnel(site_funnel())
    assert [point.label for point in drawn.points][:3] == ["Harbor Clinic", "Hillcrest", "Lakeshore"]
    assert len(drawn.points) == 6
    assert [point.strong for point in drawn.points] == [False, False, True, False, False, False]


def test_it_reads_easily() -> None:
    answer = site_funnel()
    said = [words.finding(answer), *words.what_it_comes_to(answer), *words.caveats(answer), words.how_sure(answer)]
    assert grade(" ".join(said)) <= HIGHEST_GRADE
    assert grade(words.method(site_funnel())) <= 10.0
    assert "?" in predictions.outside_the_funnel(ASKED, "site", HELD).question


def test_a_small_site_is_read_aloud_as_its_row_in_the_table_says_it() -> None:
    answer = site_funnel()
    gaps = dict(zip(words.table(answer)["Site"], words.table(answer)["Gap"], strict=True))
    assert min(site.n for site in words.sites(answer)) < 1_000
    for site in words.sites(answer):
        assert words.site_in_words(answer, site).startswith(f"{site.name}: {gaps[site.name]} (")
