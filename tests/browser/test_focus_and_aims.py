"""From a gap to an aim and its progress, in a browser, on the sample data and a registry's table; phones that weigh."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from equity.access.here import Here
from equity.actions.calls.weighing_links import make_weighing_link
from equity.actions.work import aims, focus
from equity.cube import open_cube
from equity.focus.room import Choice, FocusRoom, OwnWeights, candidates_of
from equity.improvement.aims import Aim
from equity.improvement.progress import baseline_of
from equity.server.sample_data import SAMPLE
from equity.store.files.versions import current_version
from equity.store.records.kept import Kept
from tests.browser.clinics import (
    DATASET,
    REGISTRY,
    load_registry,
    picked,
    pressed,
    registry_file,
    typed,
    until,
    without_other_aims,
)
from tests.browser.conftest import PATIENCE
from tests.browser.sample_visits import GROUP, MEASURES, load_half_a_year_more, load_sample
from tests.browser.server import Server
from tests.browser.standing import settled
from tests.browser.test_axe import AXE, NAVIGATION, faults
from tests.browser.test_learning_call import NARROW, is_for_everyone, window

GAINED = 0.76
"""The rate of the half year after the sample data, in the group of the aim."""


def considered(page: Page) -> None:
    """Open what the first card offers, and wait until it stands still."""
    settled(page)
    page.get_by_role("button", name="Consider this").first.click()
    expect(page.get_by_role("button", name="Put it into the decision")).to_be_visible()
    page.wait_for_timeout(500)
    settled(page)


def test_from_a_gap_to_an_aim_and_its_progress(clinics: Server, county: Here, page: Page, tmp_path: Path) -> None:
    page.set_default_timeout(2 * PATIENCE)
    without_other_aims(county, SAMPLE)
    load_sample(clinics, tmp_path)
    gaps = (
        f"scan?dataset={SAMPLE}&period=2024",
        f"disparities?dataset={SAMPLE}&measure={MEASURES[0]}&by=race&period=2024",
    )
    for card in gaps:
        page.goto(f"{clinics.url}/{card}")
        considered(page)
        pressed(page, "Put it into the decision")
        expect(page.get_by_text("is in “What to work on” now")).to_be_visible()
    page.goto(f"{clinics.url}/focus")
    typed(page, "What is being decided", " this year")
    expect(page.get_by_text("Kept as you type.")).to_be_visible()
    until(lambda: focus.decisions(county)[0].content.title == "What to work on this year")
    assert focus.decisions(county)[0].content.areas == ("Hypertension", "Maternal health")
    pressed(page, "Open weighing")
    picked(page, "The lens you look through", "Equity")
    page.evaluate(AXE)
    settled(page)
    assert faults(page, [NAVIGATION]) == []
    page.get_by_label("Patients or visits affected").fill("100")
    page.get_by_label("Patients or visits affected").press("Enter")
    pressed(page, "I have finished")
    expect(page.get_by_text("1 person has finished weighing.")).to_be_visible()
    pressed(page, "Reveal all weights")
    expect(page.get_by_label("Because")).to_be_visible()
    settled(page)
    page.wait_for_function("() => document.getAnimations().length === 0")  # what faded in can be read then
    assert faults(page, [NAVIGATION]) == []
    picked(page, "We chose", "Maternal health")
    page.get_by_label("Because").fill("The clinics can change it themselves")
    page.get_by_label("Decided by").fill("All of us")
    pressed(page, "Keep this choice")
    expect(page.get_by_text("Our focus is Maternal health.").first).to_be_visible()

    page.goto(f"{clinics.url}/aims?dataset={SAMPLE}")
    pressed(page, "Begin an aim")
    for label, option in (
        ("Measure", MEASURES[0]),
        ("Group by", "Race and ethnicity"),
        ("For whom", GROUP),
        ("Baseline: the rate in", "2024"),
    ):
        picked(page, label, option)
    expect(page.get_by_text("Baseline, from the data: 70.0%.")).to_be_visible()
    for label, value in (("How much, percent", "80"), ("Other groups may lose at most, points", "2")):
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
    [aim] = aims.aims(county)
    assert aim.content.burdened == "Nurses, at first"

    load_half_a_year_more(clinics, tmp_path, GAINED)
    page.goto(f"{clinics.url}/aims")
    expect(page.get_by_text("2025 so far: 76.0%. 60% of the change is reached.").first).to_be_visible()
    expect(
        page.get_by_text(re.compile("May have lost more, or it may be chance: .*White patients")).first
    ).to_be_visible()
    page.goto(clinics.url)
    expect(page.get_by_text("What we work on")).to_be_visible()
    expect(page.get_by_text("60% of the change is reached").first).to_be_visible()


def test_five_browsers_weigh_at_once(clinics: Server, county: Here, browser: Browser) -> None:
    room = FocusRoom("Weighed on phones", DATASET, 1, areas=("Diabetes", "Hypertension"))
    kept = focus.move_decision(county, focus.open_decision(county, room), "weighing")
    address = f"{clinics.url}/weigh/{make_weighing_link(county, kept)}"
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
    assert focus.weighed(county, kept).finished == 5
    for phone in phones:
        phone.context.close()


REGISTRY_AIM = Aim(
    dataset=REGISTRY,
    measure="HIV diagnoses",
    by="race_ethnicity",
    group="Black or African American",
    target=31 / 100_000,
    by_when="2025-Q4",
    where="in the whole country",
    with_whom="people who live with HIV",
    benefits="People at risk",
    burdened="Clinics, at first",
    floor=1 / 100_000,
)


def _rooms(county: Here) -> list[Kept[FocusRoom]]:
    return [kept for kept in focus.decisions(county) if kept.content.dataset == REGISTRY]


def decided(county: Here) -> None:
    """One person weighs and the first gap is chosen; how people weigh is tried above."""
    weighing = focus.move_decision(county, _rooms(county)[0], "weighing")
    focus.save_weights(county, weighing, OwnWeights("team", {"burden": 100.0}, finished=True))
    revealed = focus.move_decision(county, weighing, "revealed")
    first = candidates_of(revealed.content)[0]
    focus.choose(county, revealed, Choice(first, "It is the widest gap", "", "All of us", "2027-06-30"), "")
    assert "Black" in first


def test_the_same_on_a_registrys_table_of_rates(clinics: Server, county: Here, page: Page, tmp_path: Path) -> None:
    """Counts with commas and rates that should fall, read as proposed: from Scan to what the next year's table says."""
    page.set_default_timeout(2 * PATIENCE)
    load_registry(clinics, registry_file(tmp_path, *range(2016, 2023)), "new")
    page.goto(f"{clinics.url}/scan?dataset={REGISTRY}&period=2022")
    considered(page)
    for group in ("Black or African American", "Hispanic or Latino"):
        picked(page, "What should your team consider", f"HIV diagnoses, {group}")
        page.wait_for_timeout(500)
        settled(page)
        pressed(page, "Put it into the decision")
        until(lambda who=group: any(gap.group == who for kept in _rooms(county) for gap in kept.content.gaps))
    decided(county)

    cube = open_cube(current_version(clinics.home, REGISTRY).folder)
    whole = replace(REGISTRY_AIM, baseline=baseline_of(cube, REGISTRY_AIM, "2022"))
    aims.set_aim(county, aims.begin_aim(county, REGISTRY_AIM), whole, cube)
    page.goto(f"{clinics.url}/aims")
    expect(page.get_by_text("from 41.0 per 100,000 to 31.0 per 100,000").first).to_be_visible()
    expect(page.get_by_text("no data after the baseline yet").first).to_be_visible()

    load_registry(clinics, registry_file(tmp_path, 2023, fewer=5.0), "append")
    page.goto(f"{clinics.url}/aims")
    expect(page.get_by_text("2023: 36.0 per 100,000").first).to_be_visible()
    expect(page.get_by_text("50% of the change is reached").first).to_be_visible()
