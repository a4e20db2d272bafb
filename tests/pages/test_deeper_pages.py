"""The deeper pages: their further choices in the bar and the link, and what they say when a dataset cannot answer."""

from __future__ import annotations

import re

import pytest

from equity.server.sample_data import PUBLISHED, SAMPLE
from equity.ui.components.chart import CLICKED
from tests.pages.drawn_charts import charts_of
from tests.pages.opened import HOSTILE, Open, html_of, picked, with_tables

DEEPER = ("scan", "completeness", "intersections", "gap_sources", "summary")


@pytest.mark.parametrize("name", DEEPER)
def test_an_answer_a_picture_its_words_its_table_and_the_step(open_page: Open, name: str) -> None:
    app = with_tables(open_page(name, dataset=SAMPLE))
    assert not app.exception
    text = html_of(app)
    answer = re.search(r'lens-answer"><p>(.+?)</p>', text)
    assert answer is not None
    assert answer[1].endswith(".")
    assert "of IHI&#x27;s four" in text
    charts = charts_of(app)
    assert charts
    assert all(len(chart.alt) > 40 for chart in charts)
    assert len(app.dataframe) == len(charts)
    assert all(len(table.value) > 0 for table in app.dataframe)


@pytest.mark.parametrize("name", DEEPER)
@pytest.mark.parametrize("dataset", [PUBLISHED, HOSTILE])
def test_a_dataset_that_cannot_answer_is_told_why_in_the_place_of_the_answer(
    open_page: Open, name: str, dataset: str
) -> None:
    app = open_page(name, dataset=dataset)
    assert not app.exception
    text = html_of(app)
    assert "lens-answer" in text
    assert "lens-problem" not in text
    assert "<img" not in text
    assert "<script" not in text


@pytest.mark.parametrize(
    ("name", "further"),
    [
        ("intersections", {"by": "language", "second": "payer"}),
        ("intersections", {"by": "race", "second": "site", "third": "sex"}),
        ("gap_sources", {"by": "race", "within": "payer"}),
    ],
)
def test_further_choices_stand_in_the_link(open_page: Open, name: str, further: dict[str, str]) -> None:
    app = open_page(name, dataset=SAMPLE, **further)
    assert not app.exception
    shown = picked(app)
    assert {part: shown[part] for part in further} == further
    assert {part: app.session_state["asked"][part] for part in further} == further
    assert "lens-notice" not in html_of(app)


def test_a_grouping_cannot_be_crossed_with_itself(open_page: Open) -> None:
    app = open_page("intersections", dataset=SAMPLE, by="race", second="race")
    assert "“race” cannot be crossed with here" in html_of(app)
    assert picked(app)["second"] != "race"


def test_a_further_choice_made_elsewhere_is_not_complained_of(open_page: Open) -> None:
    app = open_page("disparities", dataset=SAMPLE, by="race", second="race", within="nowhere")
    assert "lens-notice" not in html_of(app)


def test_a_pick_is_applied_and_kept(open_page: Open) -> None:
    app = open_page("intersections", dataset=SAMPLE, by="race", second="site")
    app.selectbox(key="choose_second").select("payer").run()
    assert not app.exception
    assert "race and ethnicity, and payer" in html_of(app)
    app.selectbox(key="choose_third").select("sex").run()
    assert not app.exception
    assert "race and ethnicity, payer, and sex" in html_of(app)
    alts = [chart.alt for chart in charts_of(app)]
    assert len(alts) == 2, "the cells and the model of strata: three groupings do not fit a map"
    assert "of all variation lies between combined groups" in alts[1]


def test_the_guide_leads_to_the_measures_that_answer(open_page: Open) -> None:
    app = open_page("summary", dataset=SAMPLE, measure="Follow-up after a high reading", by="age_band")
    app.selectbox(key="guide_question").select("gradient").run()
    labels = [e.label for e in app.expander]
    assert any(label.startswith("Slope index of inequality") for label in labels)
    text = html_of(app)
    assert "How to read it" in text
    assert "Source" in text


def test_the_scan_says_the_discount_in_the_same_line(open_page: Open) -> None:
    lines = re.findall(r"<li>(.+?)</li>", html_of(open_page("scan", dataset=SAMPLE, period="2024")))
    top = next(line for line in lines if line.startswith("Controlled blood pressure, Black"))
    assert "Race and ethnicity recorded for 91%: use with caution." in top
    assert "; rank 1." in top


@pytest.mark.parametrize(
    ("name", "further", "why"),
    [
        ("intersections", {"second": "payer"}, "it would take three groupings at once"),
        ("intersections", {"second": "site"}, "the page already shows each of these groups apart"),
        ("gap_sources", {"within": "site"}, "the page already shows each of these groups apart"),
        ("gap_sources", {"within": "payer"}, "it would take three groupings at once"),
    ],
)
def test_a_filter_that_is_left_out_is_said_with_the_reason(
    open_page: Open, name: str, further: dict[str, str], why: str
) -> None:
    asked = {"dataset": SAMPLE, "by": "race", **further}
    plain, filtered = open_page(name, **asked), open_page(name, **asked, where="site:Lakeshore")
    text = html_of(filtered)
    assert f"The filter “Site: Lakeshore” is left out on this page, so you see everyone here: {why}" in text
    assert "where" not in picked(filtered)
    assert [table.value.values.tolist() for table in with_tables(filtered).dataframe] == [
        table.value.values.tolist() for table in with_tables(plain).dataframe
    ]


def test_a_filter_is_applied_where_two_groupings_can_tell(open_page: Open) -> None:
    asked = {"dataset": SAMPLE, "by": "race"}
    plain, filtered = open_page("completeness", **asked), open_page("completeness", **asked, where="language:Spanish")
    assert picked(filtered)["where"] == "language:Spanish"
    everyone, some = (with_tables(app).dataframe[0].value.iloc[0].tolist() for app in (plain, filtered))
    assert everyone[:2] == some[:2] == ["Overall", "Overall"]
    assert int(str(some[2]).replace(",", "")) < int(str(everyone[2]).replace(",", ""))
    assert "The sites are not shown apart" in html_of(filtered)
    assert "left out on this page" not in html_of(filtered)


def test_behind_a_filter_the_page_says_what_it_does_not_look_for(open_page: Open) -> None:
    said = "With a filter on, we do not look whether the sites tell another story"
    assert said in html_of(open_page("disparities", dataset=SAMPLE, by="race", where="language:Spanish"))
    assert said not in html_of(open_page("disparities", dataset=SAMPLE, by="race"))


def test_what_was_clicked_on_is_the_question_on_every_page_and_what_is_not_there_is_said(open_page: Open) -> None:
    app = open_page("scan", dataset=SAMPLE)
    app.session_state[CLICKED] = {"measure": "HbA1c above 9 percent", "by": "race", "group": "Asian", "reference": ""}
    app.run()
    beside = html_of(app)
    assert "HbA1c above 9 percent, 2024" in beside
    app = open_page("disparities", dataset=SAMPLE)
    app.session_state[CLICKED] = {"measure": "HbA1c above 9 percent", "by": "race", "group": "Asian", "reference": ""}
    app.run()
    assert picked(app)["measure"] == "HbA1c above 9 percent"
    assert "of visits by Asian patients" in html_of(app)
    assert any("in focus on every page" in chart.spec for chart in charts_of(app))
    assert "You are looking at" not in html_of(app)
    assert '"takes Asian out of focus"' in charts_of(app)[0].spec
    app.session_state[CLICKED] = {"where": "site:<script>alert(1)</script>"}
    app.run()
    assert not app.exception
    assert "cannot be narrowed to" in html_of(app)
    assert "<script>alert" not in html_of(app)
