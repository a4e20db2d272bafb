"""Every planted truth, counted from the rows with plain pandas: an oracle that knows nothing of the program.

`data/sample/truths.toml` says what must be found and how large; the program's own lenses are held to the same file in
their own tests.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

FOLDER = Path(__file__).resolve().parents[2] / "data" / "sample"
MAPPING = tomllib.loads((FOLDER / "mapping.toml").read_text(encoding="utf-8"))
PLANTED = tomllib.loads((FOLDER / "truths.toml").read_text(encoding="utf-8"))
COLUMN = {name: stratifier["column"] for name, stratifier in MAPPING["stratifiers"].items()}
NOT_KNOWN = ("Unknown", "Declined to answer", "Not asked")
MINIMUM_N = 100

Truth = dict[str, Any]


@pytest.fixture(scope="module")
def visits() -> pd.DataFrame:
    frame = pd.read_parquet(FOLDER / "visits.parquet")
    frame["patient_id"] = frame["patient_id"].cat.codes
    named = frame.select_dtypes("category").columns
    frame[named] = frame[named].astype(str)
    day = pd.to_datetime(frame["visit_date"])
    frame["year"] = day.dt.year
    frame["month"] = day.dt.strftime("%Y-%m")
    frame["quarter"] = day.dt.to_period("Q").astype(str)
    return frame


def truths(*kinds: str) -> list[Any]:
    return [pytest.param(t, id=t["id"]) for t in PLANTED["truth"] if t["kind"] in kinds]


def within(frame: pd.DataFrame, truth: Truth) -> pd.DataFrame:
    """The rows that a truth speaks of: its measure and its years."""
    years = [int(end[:4]) for end in truth["period"].split("..")]
    frame = frame[frame["year"].between(years[0], years[-1])]
    return frame[frame["measure"] == truth["measure"]] if truth["measure"] else frame


def rate(frame: pd.DataFrame) -> float:
    return float(frame["value"].sum() / frame["exposure"].sum())


def harm(measure: str) -> int:
    """+1 when more is worse."""
    return -1 if MAPPING["measures"][measure]["polarity"] == "higher_better" else 1


def members(frame: pd.DataFrame, by: list[str], group: str | list[str]) -> pd.Series:
    names = [group] if isinstance(group, str) else group
    return pd.Series(np.all([frame[COLUMN[b]] == g for b, g in zip(by, names, strict=True)], axis=0), frame.index)


def split(frame: pd.DataFrame, truth: Truth) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The group's rows and the reference's; "others" is everyone known but the group."""
    own = members(frame, truth["by"], truth["group"])
    if truth["reference"] != "others":
        return frame[own], frame[members(frame, truth["by"], truth["reference"])]
    known = pd.Series(np.all([~frame[COLUMN[b]].isin(NOT_KNOWN) for b in truth["by"]], axis=0), frame.index)
    return frame[own], frame[known & ~own]


def gap(frame: pd.DataFrame, truth: Truth) -> float:
    """Positive when the group does worse."""
    own, reference = split(frame, truth)
    return harm(truth["measure"]) * (rate(own) - rate(reference))


def holds(value: float, limits: list[float]) -> bool:
    return limits[0] <= value <= limits[1]


def by_group(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """n, x, rate and its design-based standard error (people, not visits, are independent), for every known group."""
    frame = frame[~frame[column].isin(NOT_KNOWN)]
    people = frame.groupby([column, "patient_id"]).agg(x=("value", "sum"), n=("exposure", "sum")).reset_index()
    table = people.groupby(column).agg(x=("x", "sum"), n=("n", "sum"), people=("n", "size"))
    table["rate"] = table["x"] / table["n"]
    residual = people["x"] - people[column].map(table["rate"]) * people["n"]
    squares = (residual**2).groupby(people[column]).sum()
    table["se"] = np.sqrt(squares * table["people"] / (table["people"] - 1)) / table["n"]
    return table


def compare_with_best(frame: pd.DataFrame, measure: str, by: str) -> pd.DataFrame:
    """Every group against the best group that has n ≥ 100; rates with fewer than 10 events are too few to compare."""
    table = by_group(frame, COLUMN[by])
    eligible = table[(table["n"] >= MINIMUM_N) & (table["x"] >= 10)]
    best = eligible.loc[str((harm(measure) * eligible["rate"]).idxmin())]
    rest: pd.DataFrame = table[table.index != best.name]
    if MAPPING["measures"][measure]["kind"] == "rate":
        rest = rest[rest["x"] >= 10]
    rest["gap"] = harm(measure) * (rest["rate"] - best["rate"])
    rest["p"] = 2 * norm.sf(np.abs(rest["gap"]) / np.hypot(rest["se"], best["se"]))
    rest["relative"] = rest["gap"] / best["rate"]
    if MAPPING["measures"][measure]["kind"] == "proportion":
        rest["relative"] = np.maximum(rest["relative"].abs(), (rest["gap"] / (1 - best["rate"])).abs())
    rest["excess"] = rest["n"] * rest["gap"].clip(lower=0)
    rest["measure"], rest["by"], rest["group"] = measure, by, rest.index
    return rest


@pytest.fixture(scope="module", params=["2024", "2022..2024"])
def everything(request: pytest.FixtureRequest, visits: pd.DataFrame) -> pd.DataFrame:
    """Every measure, stratifier and group against the best group, for the last year and for all three."""
    first = int(request.param[:4])
    chosen = visits[visits["year"] >= first]
    tables = [
        compare_with_best(chosen[chosen["measure"] == measure], measure, by)
        for measure in MAPPING["measures"]
        for by in COLUMN
    ]
    return pd.concat(tables, ignore_index=True)


# --- the planted truths -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("truth", truths("gap"))
def test_gap(truth: Truth, visits: pd.DataFrame) -> None:
    frame = within(visits, truth)
    own, reference = split(frame, truth)
    assert holds(rate(own), truth["rate"]) and holds(rate(reference), truth["reference_rate"])
    assert holds(gap(frame, truth), truth["gap"])
    assert holds(gap(frame, truth) * own["exposure"].sum(), truth["excess"])


@pytest.mark.parametrize("truth", truths("gap"))
def test_reference_of_the_large_gap_is_the_best_group_every_year(truth: Truth, visits: pd.DataFrame) -> None:
    for _, frame in visits[visits["measure"] == truth["measure"]].groupby("year"):
        table = by_group(frame, COLUMN["race"])
        assert table[table["n"] >= MINIMUM_N]["rate"].idxmax() == truth["reference"]


@pytest.mark.parametrize("truth", truths("gap"))
def test_large_gap_is_the_largest_excess_of_all(truth: Truth, everything: pd.DataFrame) -> None:
    counted = everything[everything["measure"].map(lambda m: MAPPING["measures"][m]["kind"] != "mean")]
    ranked = counted.sort_values("excess", ascending=False)
    assert tuple(ranked.iloc[0][["measure", "by", "group"]]) == (truth["measure"], truth["by"][0], truth["group"])
    assert ranked.iloc[0]["excess"] > 1.2 * ranked.iloc[1]["excess"]


@pytest.mark.parametrize("truth", truths("closing_by_lifting", "levelling_down"))
def test_gap_closes_from_the_planted_side(truth: Truth, visits: pd.DataFrame) -> None:
    years = [int(year) for year in truth["period"].split("..")]
    first, last = (visits[(visits["measure"] == truth["measure"]) & (visits["year"] == year)] for year in years)
    assert holds(gap(first, truth), truth["gap_first"]) and holds(gap(last, truth), truth["gap_last"])
    for side, limits in enumerate((truth["group_change"], truth["reference_change"])):
        before, after = (by_group(split(frame, truth)[side], COLUMN["race"]).iloc[0] for frame in (first, last))
        change = -harm(truth["measure"]) * (after["rate"] - before["rate"])
        assert holds(change, limits)
        certain = abs(change) > norm.ppf(0.975) * np.hypot(after["se"], before["se"])
        assert certain == (limits[0] * limits[1] > 0), "a planted change is certain, a planted standstill is not"


@pytest.mark.parametrize("truth", truths("simpson"))
def test_gap_reverses_within_every_site(truth: Truth, visits: pd.DataFrame) -> None:
    frame = within(visits, truth)
    assert holds(gap(frame, truth), truth["gap"])
    inside = {site: gap(part, truth) for site, part in frame.groupby(COLUMN[truth["within"]])}
    assert len(inside) == 5
    assert all(holds(value, truth["gap_within"]) for value in inside.values()), inside
    site_rates = frame.groupby(COLUMN[truth["within"]])["value"].mean()
    assert sorted(site_rates.nlargest(2).index) == truth["sites_high"]


@pytest.mark.parametrize("truth", truths("intersection"))
def test_gap_shows_at_the_intersection_and_not_in_its_margins(truth: Truth, visits: pd.DataFrame) -> None:
    frame = within(visits, truth)
    own, _ = split(frame, truth)
    assert holds(len(own), truth["n"]) and holds(gap(frame, truth), truth["gap"])
    for by, group in zip(truth["by"], truth["group"], strict=True):
        margin = gap(frame, truth | {"by": [by], "group": group})
        assert holds(margin, truth["margin_gap"]), (by, margin)
        beside = frame[members(frame, [by], group) & ~members(frame, truth["by"], truth["group"])]
        elsewhere = frame[~members(frame, [by], group)]
        assert abs(rate(beside) - rate(elsewhere)) < 0.15 * abs(gap(frame, truth)), "the rest of the margin is level"


@pytest.mark.parametrize("truth", truths("unknown_only"))
def test_gap_exists_only_among_unknowns(truth: Truth, visits: pd.DataFrame) -> None:
    frame = within(visits, truth)
    own, known = split(frame, truth)
    assert holds(rate(own), truth["rate"]) and holds(rate(known), truth["reference_rate"])
    assert holds(len(own) / len(frame), truth["share"])
    table = by_group(frame, COLUMN["race"])
    rates = table[table["n"] >= MINIMUM_N]["rate"]
    assert holds(rates.max() - rates.min(), truth["known_spread"])
    for apart in ("Declined to answer", "Not asked"):
        assert holds(rate(frame[frame["race_ethnicity"] == apart]), truth["reference_rate"])


@pytest.mark.parametrize("truth", truths("completeness"))
def test_one_site_knows_less(truth: Truth, visits: pd.DataFrame) -> None:
    known = ~visits[COLUMN["race"]].isin(NOT_KNOWN)
    shares = known.groupby(visits[COLUMN[truth["within"]]]).mean()
    assert holds(shares.pop(truth["group"]), truth["known"])
    assert all(holds(share, truth["reference_known"]) for share in shares)


def test_language_is_unknown_for_about_one_visit_in_fifty(visits: pd.DataFrame) -> None:
    assert holds(float((visits["language"] == "Unknown").mean()), [0.015, 0.025])


@pytest.mark.parametrize("truth", truths("small_cells"))
def test_two_groups_are_too_small_to_show_in_most_quarters(truth: Truth, visits: pd.DataFrame) -> None:
    frame = within(visits, truth)
    sizes = frame.groupby(["quarter", COLUMN["race"]]).size().unstack(fill_value=0)
    for group in truth["groups"]:
        assert holds(int(sizes[group].between(1, truth["below"] - 1).sum()), truth["quarters_below"])


@pytest.mark.parametrize("truth", truths("step_change"))
def test_step_comes_in_its_month_and_breaks_the_run(truth: Truth, visits: pd.DataFrame) -> None:
    frame = within(visits, truth)
    before, after = frame[frame["month"] < truth["starts"]], frame[frame["month"] >= truth["starts"]]
    assert holds(rate(before), truth["rate_before"]) and holds(rate(after), truth["rate_after"])
    monthly = frame.groupby("month")["value"].mean()
    assert (monthly[monthly.index >= truth["starts"]] < monthly.median()).all()
    centre, n = rate(before), after.groupby("month").size()
    limit = centre - 3 * np.sqrt(centre * (1 - centre) / n)
    assert (monthly[n.index] < limit).sum() >= 3, "months outside the frozen baseline's limits"
    for _, group in frame.groupby(COLUMN["site"]):
        assert rate(group[group["month"] >= truth["starts"]]) < 0.7 * rate(group[group["month"] < truth["starts"]])


@pytest.mark.parametrize("truth", truths("gradient"))
def test_gradient_rises_by_age(truth: Truth, visits: pd.DataFrame) -> None:
    frame = within(visits, truth)
    assert holds(gap(frame, truth), truth["gap"])
    ordered = by_group(frame, COLUMN["age_band"])["rate"].reindex(MAPPING["stratifiers"]["age_band"]["order"])
    assert all(holds(step, truth["step"]) for step in ordered.diff().dropna())


# --- what is not there ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("truth", truths("no_gap"))
def test_measure_without_a_gap_has_none_by_any_stratifier(truth: Truth, everything: pd.DataFrame) -> None:
    mine = everything[everything["measure"] == truth["measure"]]
    assert sorted(mine["by"].unique()) == sorted(truth["by"]) == sorted(COLUMN)
    assert (mine["p"] > 0.05).all()
    assert (mine[mine["n"] >= MINIMUM_N]["relative"].abs() < 0.10).all()
    assert mine[mine["n"] >= MINIMUM_N]["rate"].between(*truth["rate"]).all()


def test_every_disparity_is_planted_or_follows_from_a_planted_one(everything: pd.DataFrame) -> None:
    expected = {(t["measure"], t["by"][0], t["group"]) for t in PLANTED["truth"] if len(t["by"]) == 1 and "group" in t}
    expected |= {(e["measure"], e["by"], group) for e in PLANTED["echo"] for group in e["groups"]}
    found = everything[(everything["p"] <= 0.05) & (everything["relative"].abs() >= 0.10)]
    surprises = set(zip(found["measure"], found["by"], found["group"], strict=True)) - expected
    assert not surprises


@pytest.mark.parametrize("echo", [pytest.param(e, id=f"{e['of']}-{e['by']}") for e in PLANTED["echo"]])
def test_echo_is_found_and_names_its_truth(echo: Truth, visits: pd.DataFrame) -> None:
    assert echo["of"] in {truth["id"] for truth in PLANTED["truth"]}
    table = compare_with_best(visits[visits["measure"] == echo["measure"]], echo["measure"], echo["by"])
    assert (table.loc[echo["groups"], "p"] <= 0.05).all()
    assert (table.loc[echo["groups"], "gap"] > 0).all()
