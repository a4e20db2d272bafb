"""A team for the page tests: one person a role in a workspace of a small home folder, and their claims as `st.user`."""

from __future__ import annotations

import datetime as dt
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import load
from equity.store.workspace.database import Database
from equity.store.workspace.people import accept_invitation, invite, remember_person
from equity.store.workspace.person import LOCAL_OWNER, Person, Role
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.made_up_counts import COUNTS, RACE, SITE
from tests.pages.opened import begun, turned_to

ROOT = Path(__file__).resolve().parents[2]
ISSUER = "https://id.example.org"
SECRETS = {
    "auth": {
        "redirect_uri": "http://localhost:8501/oauth2callback",
        "cookie_secret": "only for these tests, and long enough",
        "client_id": "equity",
        "client_secret": "equity",
        "server_metadata_url": f"{ISSUER}/.well-known/openid-configuration",
    }
}
DATASET = "Clinic visits"
MAPPING = f"""{COUNTS}{RACE}{SITE}
[measures."Controlled blood pressure"]
kind = "proportion"
polarity = "higher_better"
"""
RACES = {"Black": (0.52, 1.0), "White": (0.7, 1.6), "Asian": (0.66, 0.5), "Native Hawaiian": (0.6, 0.02)}
SITES = {"Harbor": 1.0, "Mill": 0.8, "Point": 0.6}


def small_extract(folder: Path, *, first_year: int = 2021, years: int = 4, seed: int = 7) -> Path:
    """Counts by year, race and site, with one group of a handful."""
    generator = np.random.default_rng(seed)
    lines = []
    for year in range(first_year, first_year + years):
        for race, (rate, size) in RACES.items():
            for site, share in SITES.items():
                n = int(generator.poisson(311 * size * share))
                lines.append(("Controlled blood pressure", year, race, site, int(generator.binomial(n, rate)), n))
    path = folder / "visits.csv"
    pd.DataFrame(lines, columns=["measure", "period", "race", "site", "x", "n"]).to_csv(path, index=False)
    return path


def small_home(folder: Path, **extract: int) -> None:
    """Load the small extract into a home folder: into the first one by reading it, into others by a copy of that."""
    if (folder / "home" / "datasets").exists():
        _load_small(folder, **extract)
    else:
        shutil.copytree(_loaded_once(tuple(sorted(extract.items()))).name, folder, dirs_exist_ok=True)


@cache
def _loaded_once(extract: tuple[tuple[str, int], ...]) -> TemporaryDirectory[str]:
    kept = TemporaryDirectory(prefix="small-home-")
    _load_small(Path(kept.name), **dict(extract))
    return kept


def _load_small(folder: Path, **extract: int) -> None:
    load([small_extract(folder, **extract)], DATASET, mapping_from_toml(MAPPING, "test"), "new", folder / "home")


def claims(name: str, **more: Any) -> dict[str, Any]:
    """What a provider says about somebody."""
    return {
        "is_logged_in": True,
        "iss": ISSUER,
        "sub": name,
        "name": name,
        "email": f"{name.lower()}@example.org",
        "email_verified": True,
        "exp": int(dt.datetime.now(dt.UTC).timestamp()) + 3600,
        **more,
    }


def join(database: Database, role: Role, workspace: str = HOME_WORKSPACE) -> Person:
    """Somebody in that role, named like it."""
    person = remember_person(database, ISSUER, role, name=role, email=f"{role}@example.org")
    _, token = invite(database, workspace, person.email, role, by=LOCAL_OWNER)
    accept_invitation(database, token, by=person)
    return person


def app_for(user: dict[str, Any] | None, *, secrets: dict[str, Any] | None = None, **parameters: str) -> AppTest:
    """The app, not run yet, as somebody sees it; None is somebody who has not signed in."""
    app = begun(60)
    app.secrets = SECRETS if secrets is None else secrets
    app.user = {"is_logged_in": False} if user is None else user
    for part, value in parameters.items():
        app.query_params[part] = value
    return app


def opened_as(user: dict[str, Any] | None, name: str, **parameters: str) -> AppTest:
    """A page as somebody sees it."""
    return turned_to(app_for(user, **parameters), name).run()
