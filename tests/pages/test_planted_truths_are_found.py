"""Every planted truth is found in words on the page where a team would look for it (data/sample/truths.toml)."""

from __future__ import annotations

import html
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from equity.server.sample_data import SAMPLE
from equity.ui.page_registry import ENTRIES
from tests.pages.opened import Open, html_of

ROOT = Path(__file__).resolve().parents[2]
TRUTHS = {t["id"]: t for t in tomllib.loads((ROOT / "data/sample/truths.toml").read_text("utf-8"))["truth"]}


REVERSAL = "Within every site, Hispanic or Latino patients have the lower (better) rate."


def test_a_truth_names_its_page_as_the_page_is_called() -> None:
    titles = {entry.title for entry in ENTRIES.values()}
    assert {truth["page"] for truth in TRUTHS.values()} <= titles


def finding_of(app: AppTest) -> str:
    """The answer in one sentence."""
    found = re.search(r'lens-answer"><p>(.+?)</p>', html_of(app))
    assert found is not None
    return html.unescape(found[1])


def text_of(app: AppTest) -> str:
    """Everything that the page says, as people read it."""
    return html.unescape(html_of(app))


def asked(truth: dict[str, Any], **more: str) -> dict[str, str]:
    """The question that a truth answers, as a link."""
    period = "all" if truth["period"] == "2022..2024" else truth["period"]
    return {"dataset": SAMPLE, "measure": truth["measure"], "by": truth["by"][0], "period": period, **more}


def test_the_largest_gap_is_on_top_of_the_scan(open_page: Open) -> None:
    truth = TRUTHS["large-gap"]
    app = open_page("scan", dataset=SAMPLE, period=truth["period"])
    rates = re.search(
        r"Controlled blood pressure, 2024: ([\d.]+)% of visits by Black or African American patients\. "
        r"White patients \(highest rate\): ([\d.]+)%\.",
        text_of(app),
    )
    assert rates is not None
    assert truth["gap"][0] <= (float(rates[2]) - float(rates[1])) / 100 <= truth["gap"][1]
    people = re.search(
        r"Controlled blood pressure, Black or African American patients: .*?about ([\d,]+) more", text_of(app)
    )
    assert people is not None
    assert truth["excess"][0] <= int(people[1].replace(",", "")) <= truth["excess"][1]


@pytest.mark.parametrize("period", ["2024", "all"])
def test_the_scan_is_silent_where_there_is_no_gap(open_page: Open, period: str) -> None:
    measure = TRUTHS["no-gap"]["measure"]
    said = text_of(open_page("scan", dataset=SAMPLE, period=period))
    assert not re.search(f"<li>{measure}, ", said)
    quiet = re.search(r"No clear gap, however patients are grouped: (.+?)\.<", said)
    assert quiet is not None
    assert measure.lower() in quiet[1].lower()


def test_unknowns_alone_fare_worse_on_data_completeness(open_page: Open) -> None:
    truth = TRUTHS["only-among-unknowns"]
    assert truth["page"] == "Data completeness"
    said = text_of(open_page("completeness", **asked(truth)))
    assert "those not recorded are not like the others." in said
    rates = re.search(r"the rate is ([\d.]+)% \(([\d.]+)% where it is\): \w+ \(worse\)", said)
    assert rates is not None
    assert truth["reference_rate"][0] <= float(rates[2]) / 100 <= truth["reference_rate"][1]


def test_and_the_disparities_page_says_so_for_the_conclusion(open_page: Open) -> None:
    said = text_of(open_page("disparities", **asked(TRUTHS["only-among-unknowns"])))
    assert "Who is missing: race and ethnicity recorded for 87% of visits" in said
    assert "those not recorded are not like the others." in said


def test_the_site_that_does_not_know_is_named(open_page: Open) -> None:
    truth = TRUTHS["one-site-does-not-know"]
    app = open_page("completeness", dataset=SAMPLE, measure="Controlled blood pressure", by="race", period="all")
    said = re.search(rf"fix this first: {truth['group']} \(([\d.]+)%\)", text_of(app))
    assert said is not None
    assert truth["known"][0] - 0.005 <= float(said[1]) / 100 <= truth["known"][1]


def test_the_reversal_is_said_where_the_gap_lives(open_page: Open) -> None:
    truth = TRUTHS["reverses-within-sites"]
    app = open_page("gap_sources", **asked(truth, within=truth["within"]))
    assert re.match(
        r"HbA1c above 9 percent, .+ of visits by Hispanic or Latino patients\. (For )?White patients .+%",
        finding_of(app),
    )
    assert REVERSAL in text_of(app)
    assert "the overall rates tell another story than each place" in text_of(app)


def test_and_raises_an_alarm_on_disparities_that_leads_there(open_page: Open) -> None:
    app = open_page("disparities", **asked(TRUTHS["reverses-within-sites"]))
    assert REVERSAL in text_of(app)
    assert "where-the-gap-lives" in {link.proto.page for link in app.get("page_link")}
    calm = open_page("disparities", **asked(TRUTHS["large-gap"]))
    assert "Within every site" not in text_of(calm)


def test_what_only_the_intersection_shows_is_said_there(open_page: Open) -> None:
    truth = TRUTHS["only-at-the-intersection"]
    app = open_page("intersections", **asked(truth, second=truth["by"][1]))
    assert "patients without insurance whose language is Spanish" in finding_of(app)
    size = re.search(r"Uninsured \((\d+) \w+\)", text_of(app))
    assert size is not None
    assert truth["n"][0] <= int(size[1]) <= truth["n"][1]


def test_one_language_at_one_site(open_page: Open) -> None:
    truth = TRUTHS["one-site-one-language"]
    app = open_page("intersections", **asked(truth, second=truth["by"][1]))
    said = finding_of(app)
    assert "for patients at Riverbend whose language is Spanish" in said
    assert "language and site alone would predict" in text_of(app)


def test_neither_margin_alone_shows_it(open_page: Open) -> None:
    truth = TRUTHS["only-at-the-intersection"]
    for by in truth["by"]:
        app = open_page("disparities", **{**asked(truth), "by": by})
        said = text_of(app)
        assert any(word in said for word in ("no clear gap", "could be chance", "small but clear"))


@pytest.mark.parametrize("name", ["disparities", "intersections"])
def test_who_stands_out_where_two_groups_meet_is_said_whatever_grouping_is_asked_for(
    open_page: Open, name: str
) -> None:
    app = open_page(name, dataset=SAMPLE, measure="Minutes from arrival to clinician", by="race", period="2024")
    assert "58 minutes for patients at Riverbend whose language is Spanish. 40 minutes was expected." in text_of(app)
    assert "All 15 pairs of groupings were looked at" in text_of(app)


def test_where_no_two_groups_stand_out_nobody_needs_to_try_each_pair(open_page: Open) -> None:
    said = text_of(open_page("intersections", dataset=SAMPLE, measure="Controlled blood pressure", period="2024"))
    assert "no combination stands out in any of the 15 pairs of groupings" in said
    assert "Where two groups meet" not in said
