"""Sites as a funnel, from a cube: by plain numpy, with one site planted, and where something is hidden."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from equity.cube import Cube
from equity.cube.cube_query import Slice
from equity.lens.choices import Choices
from equity.lens.site_funnel import site_funnel
from equity.stats.models.funnel import NORMAL_SHARE
from equity.vocabulary import Measure, PlainError, Reference
from equity.words.answers import site_funnel as words
from tests.made_up_cubes import cube_of, stratifier

SEEN = Measure("Seen", "proportion", "higher_better")
SITES = tuple(f"Site {letter}" for letter in "ABCDEFGHIJKL")
BY = [stratifier("race", "Black", "White", "Asian"), stratifier("site", *SITES)]
ASKED = Choices("Made up", 1, "Seen", "race", Reference.parse("White"))


def counts(planted: float = 0.0, sites: int = 12) -> pd.DataFrame:
    """Every site has a level of its own and a gap of 6 points; Site C has ``planted`` more."""
    random = np.random.default_rng(5)
    rows = []
    for place, site in enumerate(SITES[:sites]):
        level = 0.55 + 0.15 * random.random()
        for group, off in (("White", 0.0), ("Black", 0.06), ("Asian", 0.02)):
            n = int(random.integers(200, 1400))
            rate = level - off - (planted if (place, group) == (2, "Black") else 0.0)
            rows.append((group, site, random.binomial(n, rate), n))
    return pd.DataFrame(rows, columns=["race", "site", "x", "n"])


def made(folder: Path, planted: float = 0.0, sites: int = 12) -> Cube:
    return cube_of(folder, counts(planted, sites), [SEEN], BY)


def test_the_gap_of_each_site_and_its_limits_are_plain_numpy(tmp_path: Path) -> None:
    found = site_funnel(made(tmp_path), ASKED, "site", "Black")
    table = counts().pivot(index="site", columns="race")
    (x1, n1), (x2, n2) = (
        (table["x", group].to_numpy(float), table["n", group].to_numpy(float)) for group in ("Black", "White")
    )
    gap, rate = x2 / n2 - x1 / n1, (x1 + x2 + 0.5) / (n1 + n2 + 1)
    s = np.sqrt(rate * (1 - rate) * (1 / n1 + 1 / n2))
    fixed = (gap / s**2).sum() / (1 / s**2).sum()
    z = (gap - fixed) / s
    phi = np.mean(np.clip(z, *np.quantile(z, [0.1, 0.9])) ** 2)
    w = 1 / s**2
    tau_squared = max(0.0, (12 * phi / NORMAL_SHARE - 11) / (w.sum() - (w**2).sum() / w.sum()))
    weight = 1 / (s**2 + tau_squared)
    centre = (weight * gap).sum() / weight.sum()
    np.testing.assert_allclose(found.rows["value"], gap)
    np.testing.assert_allclose(found.rows["se"], s)
    np.testing.assert_allclose([found.centre, found.winsorised_phi, found.tau], [centre, phi, np.sqrt(tau_squared)])
    np.testing.assert_allclose(found.rows["upper_998"], centre + 3.090232306 * np.sqrt(s**2 + tau_squared))
    np.testing.assert_allclose(found.rows["lower_95"], centre - 1.959963985 * np.sqrt(s**2 + tau_squared))
    assert not found.rows["outside"].any()


def test_a_site_that_stands_apart_is_outside_and_the_others_are_not(tmp_path: Path) -> None:
    found = site_funnel(made(tmp_path, planted=0.25), ASKED, "site")
    assert found.group == "Black"
    assert found.rows.set_index("stratum")["outside"].to_dict() == {s: float(s == "Site C") for s in SITES}
    assert words.finding(found) == (
        "Seen, all time: 1 of 12 sites stands out. Chance and ordinary variation do not explain it."
    )
    assert words.what_it_comes_to(found)[0].startswith("Outside lies Site C (")
    assert "a wider gap" in words.what_it_comes_to(found)[0]


def test_the_groups_own_rate_has_a_funnel_too(tmp_path: Path) -> None:
    found = site_funnel(made(tmp_path, planted=0.25), ASKED, "site", "Black", "rate")
    own = counts(0.25).query("race == 'Black'")
    assert found.centre == pytest.approx(own["x"].sum() / own["n"].sum())
    np.testing.assert_allclose(found.rows["value"], own["x"] / own["n"])
    np.testing.assert_allclose(found.rows["size"], own["n"])
    assert found.rows.set_index("stratum")["outside"].to_dict() == {s: -float(s == "Site C") for s in SITES}
    assert found.tau > 0.02  # every site has a level of its own


def test_the_reference_groups_own_rate_has_one_and_its_gap_has_none(tmp_path: Path) -> None:
    cube, own = made(tmp_path, planted=0.25), counts(0.25).query("race == 'White'")
    found = site_funnel(cube, ASKED, "site", "White", "rate")
    assert found.group == found.reference.group == "White"
    np.testing.assert_allclose(found.rows["value"], own["x"] / own["n"])
    with pytest.raises(PlainError, match="“White” is not a group that is compared here: there is Black"):
        site_funnel(cube, ASKED, "site", "White", "gap")


@pytest.mark.parametrize("kind", ["rate", "mean"])
@pytest.mark.parametrize("of", ["gap", "rate"])
def test_rates_and_means_have_funnels(tmp_path: Path, kind: str, of: str) -> None:
    random = np.random.default_rng(6)
    rows = pd.DataFrame(
        [
            (group, site, value, 1.0 if kind == "mean" else 400.0)
            for site in SITES
            for group in ("Black", "White")
            for value in (random.normal(30, 8, 60) if kind == "mean" else random.poisson(24, 3))
        ],
        columns=["race", "site", "x", "n"],
    )
    measure = Measure("Seen", kind, "lower_better")  # type: ignore[arg-type]
    found = site_funnel(cube_of(tmp_path, rows, [measure], BY), ASKED, "site", "Black", of)
    assert len(found.rows) == 12
    limits = found.rows[["lower_998", "lower_95", "upper_95", "upper_998"]].to_numpy()
    assert (np.diff(limits, axis=1) > 0).all()
    assert found.rows["outside"].abs().sum() <= 1
    assert words.table(found).shape[0] == 12


class HidingSiteA:
    """A cube of which one group is hidden at one site, as a release would answer."""

    def __init__(self, cube: Cube) -> None:
        self.description, self._cube = cube.description, cube

    def __getattr__(self, name: str) -> object:
        return getattr(self._cube, name)

    def groups(self, *question: object) -> Slice:
        found = self._cube.groups(*question)
        if len(found.by) < 2:
            return found
        hidden = ((found.table["value1"] == "Black") & (found.table["value2"] == "Site A")).to_numpy()
        table = found.table.assign(hidden_by_policy=hidden.astype(int))
        table.loc[hidden, ["n", "x", "xx"]] = np.nan
        table["rows"] = table["rows"].mask(hidden, 1)
        table["hidden_at_source"] = hidden.astype(int)
        return Slice.of_table(table, found.by, found.sql)


@pytest.mark.parametrize("of", ["gap", "rate"])
def test_a_hidden_site_is_left_out_and_gives_nothing_away(tmp_path: Path, of: str) -> None:
    hiding = HidingSiteA(made(tmp_path))
    found = site_funnel(hiding, ASKED, "site", "Black", of)  # type: ignore[arg-type]
    hidden = found.rows.set_index("stratum").loc["Site A"]
    assert hidden["shown"] == "hidden"
    assert hidden[["value", "se", "size", "lower_95", "upper_998"]].isna().all()
    others = counts().query("site != 'Site A'")
    without = site_funnel(cube_of(tmp_path / "o", others, [SEEN], BY), ASKED, "site", "Black", of)
    assert (found.centre, found.tau) == pytest.approx((without.centre, without.tau))
    assert words.not_known(found) == ("1 site is left out: some of the counts are not shown.",)


def test_few_sites_a_target_and_an_unknown_group_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match=r"needs at least 5 places or groups .* here there are 4"):
        site_funnel(made(tmp_path, sites=4), ASKED, "site", "Black")
    cube = made(tmp_path / "all")
    with pytest.raises(PlainError, match="not of “number”"):
        site_funnel(cube, ASKED, "site", "Black", "number")
    with pytest.raises(PlainError, match="“Nobody” is not a group that is compared here"):
        site_funnel(cube, ASKED, "site", "Nobody")
    aimed = cube_of(tmp_path / "aimed", counts(), [replace(SEEN, target=0.7)], BY)
    with pytest.raises(PlainError, match="A target is the same at every site"):
        site_funnel(aimed, Choices("Made up", 1, "Seen", "race", Reference("target")), "site")
