"""A county's clinics on a server of their own: two years of counts as teams publish them; and hands for its pages."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page

from equity.access.here import Here
from equity.actions.work import aims
from equity.improvement.nouns import AIM as AIM_KEPT
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import Accepted, Mode, load
from equity.store.records import shelf
from tests.browser.conftest import PATIENCE
from tests.browser.server import Server, running_server
from tests.browser.standing import unfolded

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


@contextmanager
def county_server(folder: Path) -> Iterator[Server]:
    """A server whose workspace holds the county's two years and nothing else."""
    quarters = [f"{year}-Q{quarter}" for year in (2023, 2024) for quarter in (1, 2, 3, 4)]
    table(*quarters).to_csv(folder / "first.csv", index=False)
    home = folder / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(home))
        load([folder / "first.csv"], DATASET, mapping_from_toml(MAPPING, "test"), "new", home)
        (home / "sample_loaded").touch()
    with running_server(folder, home) as started:
        yield started


def next_extract(server: Server, folder: Path, *quarters: str, gained: float) -> None:
    """The next quarters' extract, appended as from a terminal."""
    table(*quarters, gained=gained).to_csv(folder / "next.csv", index=False)
    load([folder / "next.csv"], DATASET, mapping_from_toml(MAPPING, "test"), "append", server.home)


def without_other_aims(county: Here, dataset: str) -> None:
    """Withdraw what other journeys aim at: on a page with two aims a field's name says no longer which is meant."""
    for kept in aims.aims(county):
        if kept.content.dataset != dataset:
            seen = {"seen_version": kept.version, "by": county.person}
            shelf.withdraw(county.database, county.workspace, AIM_KEPT, kept.id, **seen)  # type: ignore[arg-type]


def pressed(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def picked(page: Page, label: str, option: str) -> None:
    wanted = page.get_by_role("option", name=option, exact=True)
    unfolded(page.get_by_role("combobox", name=re.compile(f"{label}")).last, wanted)
    wanted.click()


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


REGISTRY = "Diagnoses (made up)"
PEOPLE = {"Black/African American": 3_400_000, "Hispanic/Latino": 4_900_000, "White": 17_000_000, "Asian": 1_700_000}
PER_100_000 = {"Black/African American": 41.0, "Hispanic/Latino": 23.8, "White": 5.2, "Asian": 4.5}


def registry_file(folder: Path, *years: int, fewer: float = 0.0) -> Path:
    """Diagnoses by race and year as a registry publishes them: counts with commas, a year with a remark, full columns.

    In each of the years Black people have ``fewer`` diagnoses a 100,000.
    """
    head = "Indicator,Year,Geography,FIPS,Age Group,Race/Ethnicity,Sex,Transmission Category,Cases,Rate per 100000,"
    lines = [f"{head}Population"]
    for year in years:
        said = "2020 (COVID-19 Pandemic)" if year == 2020 else str(year)
        for race, per in PER_100_000.items():
            rate = per - (fewer if race == "Black/African American" else 0.0)
            people = PEOPLE[race] + 1_000 * (year - 2016)
            cells = (
                "HIV diagnoses",
                said,
                "United States",
                "NA",
                "Ages 13 years and older",
                race,
                "Both sexes",
                "All transmission categories",
                f"{people * rate / 100_000:,.0f}",
                f"{rate:.1f}",
                f"{people:,}",
            )
            lines.append(",".join(f'"{cell}"' for cell in cells))
    path = folder / f"registry-{years[0]}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def load_registry(server: Server, extract: Path, mode: Mode) -> None:
    """Read it as the program proposes to."""
    load([extract], REGISTRY, None, mode, server.home, accepted=Accepted(proposal=True))
