"""Well-known shapes of file, each from the drop over its question and Load to the right chart, with the clicks counted.

The numbers that the chart must say are worked out here from the file by pandas. The clicks stand in docs/analysts.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.server import ROOT, Server
from tests.browser.test_upload import drop
from tests.intake.shapes.made_shapes import MAKERS

Rates = Callable[[pd.DataFrame], tuple[float, float]]


@dataclass(frozen=True)
class Journey:
    """What is picked for the file's questions (how each answer begins), and what the chart must then say.

    ``group`` is a group on the chart, ``rate`` gives its events and everyone from the raw file, and ``shown`` is how
    the chart writes that rate; ``by`` is the grouping to pick where the page opens with another.
    """

    shape: str
    answers: tuple[str, ...]
    group: str
    rate: Rates
    shown: str
    by: str = ""


def _counted(frame: pd.DataFrame, x: str, n: str) -> tuple[float, float]:
    return float(frame[x].astype(float).sum()), float(frame[n].astype(float).sum())


def _readmitted_early(raw: pd.DataFrame) -> tuple[float, float]:
    own = raw[raw["race"] == "AfricanAmerican"]
    return float((own["readmitted"] == "<30").sum()), float(len(own))


def _expenses(raw: pd.DataFrame) -> tuple[float, float]:
    own = raw[raw["RACE"] == "black"]
    return float(own["HEALTHCARE_EXPENSES"].astype(float).sum()), float(len(own))


def _deaths(raw: pd.DataFrame) -> tuple[float, float]:
    return _counted(raw[(raw["Race"] == "White") & (raw["Year"] == "2022")], "Deaths", "Population")


def _smoking(raw: pd.DataFrame) -> tuple[float, float]:
    own = raw[raw["Category"].str.startswith("Most deprived") & (raw["Time period"] == "2023/24")]
    return _counted(own, "Count", "Denominator")


def _controlled(raw: pd.DataFrame) -> tuple[float, float]:
    boxes = raw[[c for c in raw.columns if c.startswith("race___")]].astype(int)
    own = raw[(boxes["race___3"] == 1) & (boxes.sum(axis=1) == 1) & (raw["hispanic"] == "0")]
    own = own[own["visit_date"].str.startswith("2025")]
    return float((own["bp_controlled"] == "1").sum()), float(len(own))


def _plan(raw: pd.DataFrame) -> tuple[float, float]:
    own = raw[(raw["Race"] == "Hispanic or Latino") & (raw["Measurement Year"] == "2024")]
    return _counted(own[own["Measure ID"] == "COL"], "Numerator", "Denominator")


def _reported(raw: pd.DataFrame) -> tuple[float, float]:
    stratum = raw["entry"][1]["resource"]["group"][0]["stratifier"][0]["stratum"][1]
    counts = {p["code"]["coding"][0]["code"]: p["count"] for p in stratum["population"]}
    return float(counts["numerator"]), float(counts["denominator"])


BLACK = "Black or African American"
OMB_ORDER = "1 American Indian or Alaska Native (28) · 2 Asian (82) · 3 Black"
JOURNEYS = (
    Journey("UCI diabetes", ("“<30” is yes",), BLACK, _readmitted_early, "percent"),
    Journey("Synthea patients", ("the mean of “HEALTHCARE_EXPENSES”",), BLACK, _expenses, "mean", by="Race"),
    Journey("CDC WONDER", (), "White", _deaths, "per 100,000"),
    Journey("Fingertips", (), "Most deprived decile (IMD2019)", _smoking, "percent"),
    Journey("REDCap", (OMB_ORDER,), BLACK, _controlled, "percent", by="Race and ethnicity"),
    Journey("HEDIS", (), "Hispanic or Latino", _plan, "percent"),
    Journey("FHIR MeasureReport", (), BLACK, _reported, "percent"),
)


@pytest.fixture(scope="module")
def somebody(browser: Browser) -> Page:
    """One window for all shapes, as an analyst has it."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce").new_page()
    page.set_default_timeout(PATIENCE)
    return page


def walked(server: Server, page: Page, path: Path, journey: Journey) -> int:
    """From the drop to the chart; gives the clicks."""
    clicks = 1  # the file is chosen or dropped

    def click(part: Locator) -> None:
        nonlocal clicks
        part.click()
        clicks += 1

    drop(page, server, path)
    for answer in journey.answers:
        click(page.get_by_text(answer).first)
    expect(page.get_by_text("What the file is understood to say")).to_be_visible()
    assert page.get_by_role("heading", name=re.compile("before this can be loaded|questions first")).count() == 0
    click(page.get_by_role("button", name="Load", exact=True))
    click(page.get_by_role("link", name="See how groups compare"))
    if journey.by:
        click(page.get_by_role("combobox", name="Group by"))
        click(page.get_by_role("option", name=re.compile(f"^{journey.by}$", re.IGNORECASE)))
        expect(page).to_have_url(re.compile("by=race"))
        expect(page.get_by_role("figure").first).to_have_attribute("aria-label", re.compile(f" {journey.group}: "))
    expect(page.get_by_role("figure").first).to_be_visible()
    return clicks


@pytest.mark.parametrize("journey", JOURNEYS, ids=[j.shape for j in JOURNEYS])
def test_from_the_drop_to_the_right_chart(server: Server, somebody: Page, tmp_path: Path, journey: Journey) -> None:
    path = MAKERS[journey.shape](tmp_path)
    clicks = walked(server, somebody, path, journey)
    said = str(somebody.get_by_role("figure").first.get_attribute("aria-label"))
    x, n = journey.rate(_raw(path))
    assert _shown(said, journey.group, n) == pytest.approx(_scaled(x / n, journey.shown), abs=0.5 * _step(journey))
    row = next(line for line in _docs().splitlines() if line.startswith(f"| {journey.shape} |"))
    assert [int(cell) for cell in row.split("|")[-2:-1]] == [clicks]


def _raw(path: Path) -> pd.DataFrame:
    if path.suffix == ".json":
        return pd.read_json(path)
    return pd.read_csv(path, sep="\t" if path.suffix == ".txt" else ",", dtype=str, keep_default_na=False)


def _shown(said: str, group: str, n: float) -> float:
    """The rate that the chart's words give a group, whose people must be ``n``."""
    found = re.search(rf"[;.] {re.escape(group)}: ([\d.,]+)[^;]*?, ([\d,]+) \w+", said)
    assert found, said
    assert float(found[2].replace(",", "")) == n, said
    return float(found[1].replace(",", ""))


def _scaled(rate: float, shown: str) -> float:
    return rate * {"percent": 100.0, "per 100,000": 100_000.0, "mean": 1.0}[shown]


def _step(journey: Journey) -> float:
    """What one unit of the last digit shown is at most."""
    return {"percent": 1.0, "per 100,000": 0.1, "mean": 1.0}[journey.shown] + 1e-9


def _docs() -> str:
    return (ROOT / "docs" / "analysts.md").read_text(encoding="utf-8")
