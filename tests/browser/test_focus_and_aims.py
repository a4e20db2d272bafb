"""From a gap to an aim and its progress, in a real browser, on a table as teams publish them; and phones that weigh."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from equity.access.here import Here
from equity.actions import aims, focus
from equity.actions.weighing_links import make_weighing_link
from equity.intake.proposal.mapping_file import mapping_from_toml
from equity.loading import load
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.browser.conftest import PATIENCE
from tests.browser.server import Server, running_server
from tests.browser.test_learning_call import NARROW, is_for_everyone, window

DATASET = "County clinics"
MAPPING = """
[extract]
shape = "counts"
[columns]
measure = "measure"
period = "period"
x = "numerator"
n = "denominator"
[stratifiers.race]
column = "race"
label = "Race and ethnicity"
[measures."Diabetes control"]
kind = "proportion"
polarity = "higher_better"
clinical_area = "Diabetes"
[measures."Blood pressure control"]
kind = "proportion"
polarity = "higher_better"
clinical_area = "Hypertension"
"""
RATES = {"Black": (0.52, 0.55), "Latino": (0.60, 0.62), "White": (0.68, 0.69)}


def table(*quarters: str, gained: float = 0.0) -> pd.DataFrame:
    """Counts as a county publishes them: whole numbers by quarter, measure and race."""
    lines = []
    for quarter in quarters:
        for race, rates in RATES.items():
            for measure, rate in zip(("Diabetes control", "Blood pressure control"), rates, strict=True):
                n = 900 if race == "White" else 600
                better = gained if race == "Black" and measure == "Diabetes control" else 0.0
                lines.append((measure, quarter, race, round(n * (rate + better)), n))
    return pd.DataFrame(lines, columns=["measure", "period", "race", "numerator", "denominator"])


@pytest.fixture(scope="module")
def clinics(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose workspace holds the county's two years and nothing else."""
    folder = tmp_path_factory.mktemp("clinics")
    quarters = [f"{year}-Q{quarter}" for year in (2023, 2024) for quarter in (1, 2, 3, 4)]
    table(*quarters).to_csv(folder / "first.csv", index=False)
    home = folder / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(home))
        load([folder / "first.csv"], DATASET, mapping_from_toml(MAPPING, "test"), "new", home)
        (home / "sample_loaded").touch()
        with running_server(folder, home) as started:
            yield started


def pressed(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def picked(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=re.compile(f"{label}")).last.click()
    page.get_by_role("option", name=option, exact=True).click()


def typed(page: Page, label: str, text: str) -> None:
    """Type and stay in the field: what is typed reaches the server by itself."""
    field = page.get_by_label(label, exact=True)
    field.click()
    field.press_sequentially(text, delay=5)


def until(holds: Callable[[], bool]) -> None:
    """Wait for what the server does by itself."""
    late = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < late
        time.sleep(0.2)


def test_from_a_gap_to_an_aim_and_its_progress(clinics: Server, page: Page, tmp_path: Path) -> None:
    page.set_default_timeout(2 * PATIENCE)
    here = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    for measure in ("Diabetes control", "Blood pressure control"):
        page.goto(f"{clinics.url}/disparities?dataset={DATASET}&measure={measure}&by=race&period=2024")
        page.get_by_role("button", name="Consider this").first.click()
        pressed(page, "Put it into the decision")
        expect(page.get_by_text("is in “What to work on” now")).to_be_visible()
    page.goto(f"{clinics.url}/focus")
    typed(page, "What is being decided", " this year")
    expect(page.get_by_text("Kept as you type.")).to_be_visible()
    until(lambda: focus.decisions(here)[0].content.title == "What to work on this year")
    assert focus.decisions(here)[0].content.areas == ("Diabetes", "Hypertension")
    pressed(page, "Open weighing")
    picked(page, "The lens you look through", "Equity")
    page.get_by_label("Patients or visits affected").fill("100")
    page.get_by_label("Patients or visits affected").press("Enter")
    pressed(page, "I have finished")
    expect(page.get_by_text("1 person has finished weighing.")).to_be_visible()
    pressed(page, "Reveal all weights")
    picked(page, "We chose", "Diabetes")
    page.get_by_label("Because").fill("The clinics can change it themselves")
    page.get_by_label("Decided by").fill("All of us")
    pressed(page, "Keep this choice")
    expect(page.get_by_text("Our focus is Diabetes.").first).to_be_visible()

    page.goto(f"{clinics.url}/aims")
    pressed(page, "Begin an aim")
    for label, option in (
        ("Measure", "Diabetes control"),
        ("Group by", "Race and ethnicity"),
        ("For whom", "Black"),
        ("Baseline: the rate in", "2024"),
    ):
        picked(page, label, option)
    expect(page.get_by_text("Baseline, from the data: 52.0%.")).to_be_visible()
    for label, value in (("How much, percent", "62"), ("Other groups may lose at most, percent", "2")):
        page.get_by_label(label).fill(value)
        page.get_by_label(label).press("Enter")
    picked(page, "By when", "Q4 2027")
    for label, text in {
        "Where": "at all clinics",
        "With whom": "the patient council",
        "Who benefits?": "Patients",
        "Who may be burdened, and how?": "Nurses, at first",
    }.items():
        typed(page, label, text)
    expect(page.get_by_text("All parts are there")).to_be_visible()
    pressed(page, "Set this aim")
    expect(page.get_by_text("no data after the baseline yet").first).to_be_visible()
    [aim] = aims.aims(here)
    assert aim.content.burdened == "Nurses, at first"

    table("2025-Q1", "2025-Q2", gained=0.06).to_csv(tmp_path / "next.csv", index=False)
    load([tmp_path / "next.csv"], DATASET, mapping_from_toml(MAPPING, "test"), "append", clinics.home)
    page.goto(f"{clinics.url}/aims")
    expect(page.get_by_text("2025 so far: 58.0%. 60% of the change is reached.").first).to_be_visible()
    expect(
        page.get_by_text("Diabetes control, White patients: may have lost, chance cannot be ruled out.")
    ).to_be_visible()
    page.goto(clinics.url)
    expect(page.get_by_text("What we work on")).to_be_visible()
    expect(page.get_by_text("60% of the change is reached").first).to_be_visible()


def test_five_browsers_weigh_at_once(clinics: Server, browser: Browser) -> None:
    from equity.focus.room import FocusRoom

    here = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    room = FocusRoom("Weighed on phones", DATASET, 1, areas=("Diabetes", "Hypertension"))
    kept = focus.move_decision(here, focus.open_decision(here, room), "weighing")
    address = f"{clinics.url}/weigh/{make_weighing_link(here, kept)}"
    given = [f"{61 + place}.25" for place in range(5)]
    phones = [window(browser, NARROW, dark=bool(place % 2)) for place in range(5)]
    for phone in phones:
        phone.goto(address)
        phone.get_by_label("The lens you look through").select_option("equity")
    is_for_everyone(phones[0])
    for phone, points in zip(phones, given, strict=True):
        phone.get_by_label("Patients or visits affected", exact=True).fill(points)
        phone.get_by_label("Complete data", exact=True).fill(f"{100 - float(points):g}")
        expect(phone.get_by_text("All 100 points are given.")).to_be_visible()
    for phone in phones:
        phone.get_by_role("button", name="I have finished").click()
    for place, phone in enumerate(phones):
        expect(phone.get_by_text("You have finished.")).to_be_visible()
        text = phone.content()
        assert given[place] in text
        assert not [points for points in given if points != given[place] and points in text]
    phones[0].reload()
    expect(phones[0].get_by_text("5 people have finished weighing.")).to_be_visible()
    assert focus.weighed(here, kept).finished == 5
    for phone in phones:
        phone.context.close()
