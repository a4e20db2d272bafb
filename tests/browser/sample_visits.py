"""Two measures of the sample data on a county's server, and the half year that comes after them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from equity.intake.proposal.mapping.mapping_file import read_mapping
from equity.loading import load
from equity.server.sample_data import SAMPLE, SOURCES
from tests.browser.server import Server

MEASURES: Final = ("Postpartum visit", "Controlled blood pressure")
GROUP: Final = "Black or African American"


def load_sample(server: Server, folder: Path) -> None:
    """The three years of the sample data, of two measures."""
    _visits().to_parquet(folder / "visits.parquet", index=False)
    load([folder / "visits.parquet"], SAMPLE, read_mapping(SOURCES[SAMPLE][1]), "new", server.home)


def load_half_a_year_more(server: Server, folder: Path, rate: float) -> None:
    """January to June 2025 as the year before, but for the first measure in one group, where it is ``rate``."""
    visits, (first, _) = _visits(), MEASURES
    days = pd.to_datetime(visits["visit_date"])
    later = visits[days.between("2024-01-01", "2024-06-30")].copy()
    later["visit_date"] = (pd.to_datetime(later["visit_date"]) + pd.DateOffset(years=1)).dt.date
    theirs = later.index[(later["measure"] == first) & (later["race_ethnicity"] == GROUP)]
    later.loc[theirs, "value"] = 0
    later.loc[theirs[: round(rate * len(theirs))], "value"] = 1
    later.to_parquet(folder / "later.parquet", index=False)
    load([folder / "later.parquet"], SAMPLE, read_mapping(SOURCES[SAMPLE][1]), "append", server.home)


def _visits() -> pd.DataFrame:
    visits = pd.read_parquet(SOURCES[SAMPLE][0])
    return visits[visits["measure"].isin(MEASURES)]
