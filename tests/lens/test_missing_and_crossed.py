"""Completeness, intersections and gap sources against plain arithmetic on small tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.special import logit
from scipy.stats import norm

from equity.cube import Cube
from equity.lens import intersections as intersections_module
from equity.lens.choices import Choices
from equity.lens.completeness import completeness
from equity.lens.gap_sources import gap_sources, is_misleading
from equity.lens.intersections import intersections, pairs_where_groups_stand_out
from equity.lens.standing_out import stand_out
from equity.vocabulary import Measure, PeriodRange, PlainError, Reference
from equity.words.answers.intersections import standing_out
from tests.made_up_cubes import cube_of, stratifier, year

SEEN = Measure("Seen", "proportion", "higher_better", "Access")
RACE = stratifier("race", "A", "B", Unknown="unknown", Declined="declined")
SITE = stratifier("site", "North", "South")
SEX = stratifier("sex", "F", "M")
ROWS = [
    ("A", "North", "F", 80, 100), ("A", "South", "F", 20, 50), ("A", "North", "M", 60, 80), ("A", "South", "M", 9, 30),
    ("B", "North", "F", 45, 60), ("B", "South", "F", 70, 200), ("B", "South", "M", 30, 90),
    ("Unknown", "North", "F", 10, 40), ("Unknown", "South", "M", 5, 20), ("Declined", "South", "M", 3, 10),
]  # fmt: skip
FACTS = pd.DataFrame(ROWS, columns=["race", "site", "sex", "x", "n"]).assign(period=year(2024))


@pytest.fixture(scope="module")
def cube(tmp_path_factory: pytest.TempPathFactory) -> Cube:
    return cube_of(tmp_path_factory.mktemp("crossed"), FACTS, [SEEN], [RACE, SITE, SEX])


def choices(reference: str = "A") -> Choices:
    return Choices("Made up", 1, "Seen", "race", Reference.parse(reference))


def test_the_known_share_by_site_and_by_outcome(cube: Cube) -> None:
    rows = completeness(cube, choices()).rows.set_index(["scope", "value"])
    for site, mine in FACTS.groupby("site"):
        known = mine.loc[mine["race"].isin(["A", "B"]), "n"].sum()
        assert rows.loc[("place", site), "share"] == pytest.approx(known / mine["n"].sum())
    assert rows.loc[("all", ""), ["unknown", "declined", "not_asked"]].tolist() == [60, 10, 0]
    missed = FACTS.assign(missed=FACTS["n"] - FACTS["x"])
    known = missed.loc[missed["race"].isin(["A", "B"]), "missed"].sum()
    assert rows.loc[("outcome", "no"), "share"] == pytest.approx(known / missed["missed"].sum())
    assert rows.loc[("all", ""), "status"] == "caution"


def test_months_that_are_no_quarter_are_counted_by_month(tmp_path: Path) -> None:
    months = [dt.date(2024, month, 1) for month in (1, 2, 3)]
    facts = pd.concat([FACTS.assign(period=month) for month in months])
    by_month = cube_of(tmp_path, facts, [SEEN], [RACE, SITE, SEX], grain="month")
    rows = completeness(by_month, replace(choices(), period=PeriodRange.parse("2024-02..2024-03"))).rows
    seen = rows[rows["scope"] == "period"].set_index("value")
    assert list(seen.index) == ["2024-02", "2024-03"]
    assert seen["n"].tolist() == [FACTS["n"].sum()] * 2


def test_the_bounds_hold_whoever_the_unknown_are(cube: Cube) -> None:
    bounds = completeness(cube, choices()).bounds.set_index("group").loc["B"]
    a_x, a_n, b_x, b_n, u_x, u_n = 169, 260, 145, 350, 18, 70
    assert bounds["gap"] == pytest.approx(a_x / a_n - b_x / b_n)
    generator = np.random.default_rng(3)
    for _ in range(300):
        good, bad = generator.integers(0, u_x + 1), generator.integers(0, u_n - u_x + 1)
        to_b = generator.random()
        gap = (a_x + good * (1 - to_b)) / (a_n + (good + bad) * (1 - to_b)) - (b_x + good * to_b) / (
            b_n + (good + bad) * to_b
        )
        assert bounds["gap_smallest"] - 1e-12 <= gap <= bounds["gap_largest"] + 1e-12


def test_an_empty_cell_is_nobody_and_never_0(cube: Cube) -> None:
    rows = intersections(cube, choices(), ["race", "sex"]).rows.set_index(["value1", "value2"])
    assert rows.loc[("A", "M"), "rate"] == pytest.approx(69 / 110)
    assert rows.loc[("Declined", "F"), "shown"] == "missing"
    assert np.isnan(rows.loc[("Declined", "F"), "rate"])
    assert np.isnan(rows.loc[("Declined", "F"), "pooled"])
    between = rows.loc[("B", "F")]
    assert min(between["rate"], between["expected"]) <= between["pooled"] <= max(between["rate"], between["expected"])


def test_three_stratifiers_are_asked_of_the_rows(cube: Cube) -> None:
    answer = intersections(cube, choices(), ["race", "site", "sex"])
    rows = answer.rows.set_index(["value1", "value2", "value3"])
    assert rows.loc[("B", "South", "F"), ["x", "n"]].tolist() == [70, 200]
    assert rows.loc[("B", "North", "M"), "shown"] == "missing"
    assert answer.remarks == ("asked_of_rows",)


def test_one_stratifier_cannot_be_crossed(cube: Cube) -> None:
    with pytest.raises(PlainError, match="two or three"):
        intersections(cube, choices(), ["race"])


def test_between_and_within_add_up_to_the_gap(cube: Cube) -> None:
    answer = gap_sources(cube, choices(), "site")
    part = answer.parts.set_index("group").loc["B"]
    a = FACTS[FACTS["race"] == "A"].groupby("site")[["x", "n"]].sum()
    b = FACTS[FACTS["race"] == "B"].groupby("site")[["x", "n"]].sum()
    rate_a, rate_b = a["x"] / a["n"], b["x"] / b["n"]
    share_a, share_b = a["n"] / a["n"].sum(), b["n"] / b["n"].sum()
    within = ((rate_a - rate_b) * (share_a + share_b) / 2).sum()
    between = ((share_a - share_b) * (rate_a + rate_b) / 2).sum()
    assert part["within"] == pytest.approx(within)
    assert part["between"] == pytest.approx(between)
    assert part["gap"] == pytest.approx(within + between)
    everyone = FACTS.groupby("site")["n"].sum()
    assert part["adjusted"] == pytest.approx((rate_b * everyone).sum() / everyone.sum())
    strata = answer.strata[answer.strata["group"] == "B"].set_index("stratum")
    assert strata["within"].sum() == pytest.approx(within)
    assert strata["between"].sum() == pytest.approx(between)


def test_a_target_has_no_sites(tmp_path: Path) -> None:
    aimed = Measure("Seen", "proportion", "higher_better", "Access", target=0.9)
    with pytest.raises(PlainError, match="nothing to split"):
        gap_sources(cube_of(tmp_path, FACTS, [aimed], [RACE, SITE, SEX]), choices("target"), "site")


def test_a_filter_holds_for_all_that_two_groupings_can_tell(cube: Cube) -> None:
    women = FACTS[FACTS["sex"] == "F"]
    filtered = completeness(cube, replace(choices(), where=(("sex", "F"),)))
    rows = filtered.rows.set_index(["scope", "value"])
    known = women.loc[women["race"].isin(["A", "B"]), "n"].sum()
    assert rows.loc[("all", ""), ["n", "known"]].tolist() == [women["n"].sum(), known]
    assert rows.loc[("outcome", "yes"), "n"] == women["x"].sum()
    assert rows.loc[("period", "2024"), "n"] == women["n"].sum()
    assert "place" not in rows.index.get_level_values("scope")
    assert filtered.remarks == ("places_left_out",)


def test_a_filter_on_the_site_leaves_that_site(cube: Cube) -> None:
    north = FACTS[FACTS["site"] == "North"]
    filtered = completeness(cube, replace(choices(), where=(("site", "North"),)))
    rows = filtered.rows[filtered.rows["scope"] == "place"]
    assert rows["value"].tolist() == ["North"]
    assert rows["n"].tolist() == [north["n"].sum()]
    assert filtered.remarks == ()


def test_the_alarm_alone_says_what_the_split_says(cube: Cube) -> None:
    for reference in ("A", "B", "average"):
        split = gap_sources(cube, choices(reference))
        assert is_misleading(cube, choices(reference)) == (split.parts["simpson"] != "").any()
    with pytest.raises(PlainError, match="target"):
        is_misleading(cube, choices("target"))


def test_of_all_pairs_those_are_answered_of_which_something_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The pairs that are left out are those in which the words find nobody; they are never made into an answer."""
    few = (FACTS["race"] == "B") & (FACTS["sex"] == "F") & (FACTS["site"] == "South")
    planted = FACTS.assign(x=np.where(few, 5.0, FACTS["n"] * 0.7))
    counted = []
    for polarity in ("higher_better", "lower_better", "neutral"):
        measure = replace(SEEN, polarity=polarity)
        asked = cube_of(tmp_path / polarity, planted, [measure], [RACE, SITE, SEX])
        told = [each.stratifiers for each in pairs_where_groups_stand_out(asked, choices())]
        with monkeypatch.context() as rule:
            rule.setattr(intersections_module, "stand_out", lambda cells: np.ones(len(cells["n"]), dtype=np.bool_))
            rule.setattr(intersections_module._Crossed, "fares_worse", True)
            every = pairs_where_groups_stand_out(asked, choices())
        assert told == [each.stratifiers for each in every if standing_out(each)]
        counted.append((len(told), len(every)))
    assert any(0 < some < every for some, every in counted)


def test_ranges_are_wider_by_how_many_pairs_are_looked_at(monkeypatch: pytest.MonkeyPatch, cube: Cube) -> None:
    """Bonferroni: each of three pairs at 1 - 0.05 / 3; on the scale of log odds ranges grow as normal quantiles do."""
    with monkeypatch.context() as rule:
        rule.setattr(intersections_module, "stand_out", lambda cells: np.ones(len(cells["n"]), dtype=np.bool_))
        rule.setattr(intersections_module._Crossed, "fares_worse", True)
        pairs = pairs_where_groups_stand_out(cube, choices())
    assert len(pairs) == 3
    wider = norm.ppf(1 - 0.05 / 3 / 2) / norm.ppf(0.975)
    for pair in pairs:
        alone = intersections(cube, choices(), [each.name for each in pair.stratifiers]).rows
        widths = [
            (logit(rows["pooled_upper"]) - logit(rows["pooled_lower"])).to_numpy(float) for rows in (pair.rows, alone)
        ]
        grown = widths[0] / widths[1]
        assert grown[np.isfinite(grown)] == pytest.approx(wider, rel=0.03)


@pytest.mark.parametrize(("polarity", "pairs"), [("neutral", 3), ("lower_better", 0), ("higher_better", 3)])
def test_which_side_stands_out_is_the_measures(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, polarity: str, pairs: int
) -> None:
    """Where only rates below what the margins suggest are looked at: of a measure without a better side each counts."""
    asked = cube_of(tmp_path, FACTS, [replace(SEEN, polarity=polarity)], [RACE, SITE, SEX])
    monkeypatch.setattr(intersections_module, "stand_out", lambda cells: cells["pooled"] < cells["expected"])
    assert len(pairs_where_groups_stand_out(asked, choices())) == pairs


@pytest.mark.parametrize(
    ("changed", "stands"),
    [({}, True), ({"reliability": "too_few"}, False), ({"kind": "unknown"}, False), ({"shown": "hidden"}, False)],
)
def test_who_stands_out_is_read_by_enough_people(changed: dict[str, str], stands: bool) -> None:
    cell = {"shown": "yes", "kind": "group", "reliability": "reliable", "rate": 0.2}
    cell |= {"expected": 0.5, "pooled_lower": 0.1, "pooled_upper": 0.4, **changed}
    assert stand_out({name: np.array([value]) for name, value in cell.items()}).tolist() == [stands]
