"""Made-up answers with the documented columns, for the rooms that render answers and compute none.

The figures are plain textbook arithmetic on made-up counts, near enough to look real. What is exact about an answer is
tested where it is made, in tests/lens.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import pandas as pd

from equity.lens.answers import (
    GROUP_COLUMNS,
    Areas,
    ControlChart,
    Disparities,
    Intersections,
    ResolvedReference,
    Trends,
)
from equity.lens.choices import Choices
from equity.vocabulary import Category, Grain, Measure, PeriodRange, Reference, Stratifier
from equity.vocabulary.stratifier import CategoryKind

NAN = math.nan

TREND_COLUMNS = (
    *("group", "kind", "period", "n", "x", "rate", "lower", "upper", "gap", "gap_lower", "gap_upper"),
    *("ratio", "ratio_lower", "ratio_upper", "reliability", "shown", "hidden_at_source"),
)

RACE = Stratifier(
    "race",
    "Race and ethnicity",
    categories=(
        Category("American Indian or Alaska Native"),
        Category("Asian"),
        Category("Black or African American"),
        Category("Hispanic or Latino"),
        Category("Middle Eastern or North African"),
        Category("Native Hawaiian or Pacific Islander"),
        Category("White"),
        Category("Unknown", "unknown"),
        Category("Declined to answer", "declined"),
        Category("Not asked", "not_asked"),
    ),
)
LANGUAGE = Stratifier(
    "language",
    "Language",
    categories=(Category("English"), Category("Spanish"), Category("Another language", "other")),
)
AGE = Stratifier(
    "age_band",
    "Age band",
    ordered=True,
    categories=(Category("18–34"), Category("35–54"), Category("55–74"), Category("75 and over")),
)
PAYER = Stratifier("payer", "Payer", categories=(Category("Commercial"), Category("Medicaid"), Category("Uninsured")))
SITE = Stratifier("site", "Site", categories=(Category("Harbor Clinic"), Category("Hillcrest")))
STRATIFIERS = (RACE, LANGUAGE, AGE, PAYER, SITE)

BLOOD_PRESSURE = Measure("Controlled blood pressure", "proportion", "higher_better", "Hypertension")
LEFT = Measure("Left without being seen", "proportion", "lower_better", "Emergency care")
HIV = Measure("HIV diagnoses", "rate", "lower_better", "Sexual health", 100_000.0)
MINUTES = Measure("Minutes from arrival to clinician", "mean", "lower_better", "Emergency care", unit="minutes")
INTERPRETER = Measure("Interpreter used", "proportion", "neutral", "Access")

YEAR = Choices("Sample", 1, BLOOD_PRESSURE.name, "race", period=PeriodRange("2024", "2024"))


@dataclass(frozen=True)
class Group:
    """What a test says about one group; the rest is worked out. ``verdict`` is worked out where it is None."""

    name: str
    x: float
    n: float
    kind: CategoryKind = "group"
    people: float = NAN
    shown: str = ""
    reliability: str = ""
    verdict: str | None = None
    hidden_at_source: float = 0.0
    spread: float = NAN


BLOOD_PRESSURE_GROUPS = (
    Group("American Indian or Alaska Native", 0, 0, shown="hidden"),
    Group("Asian", 1139, 1650),
    Group("Black or African American", 1210, 2200),
    Group("Hispanic or Latino", 1150, 1700),
    Group("Middle Eastern or North African", 130, 200),
    Group("Native Hawaiian or Pacific Islander", 13, 21, reliability="too_few"),
    Group("White", 3060, 4500),
    Group("Unknown", 130, 210, kind="unknown"),
    Group("Declined to answer", 100, 150, kind="declined"),
    Group("Not asked", 0, 0, kind="not_asked", shown="missing"),
)
LEFT_GROUPS = (
    Group("English", 320, 8000, people=6200),
    Group("Spanish", 126, 1400, people=1100),
    Group("Another language", 31, 600, kind="other", people=480),
)
HIV_GROUPS = (
    Group("Asian", 784, 17_314_804),
    Group("Black or African American", 14_318, 34_919_806),
    Group("Hispanic or Latino", 12_071, 50_614_339),
    Group("White", 8_756, 168_000_000),
)
MINUTES_GROUPS = (
    Group("English", 38.2 * 9000, 9000, spread=24.0),
    Group("Spanish", 58.1 * 900, 900, spread=36.0),
)
EVEN_GROUPS = (Group("Commercial", 620, 1000), Group("Medicaid", 610, 1000), Group("Uninsured", 480, 780))


Asked = TypeVar("Asked", ControlChart, Disparities, Trends, Intersections)


def released(answer: Asked, policy: str = "cms", threshold: int = 11) -> Asked:
    """The answer as a release gives it under this rule."""
    return replace(answer, choices=replace(answer.choices, policy=policy, threshold=threshold))


def disparities(
    measure: Measure = BLOOD_PRESSURE,
    stratifier: Stratifier = RACE,
    groups: Sequence[Group] = BLOOD_PRESSURE_GROUPS,
    reference: ResolvedReference | None = None,
    choices: Choices | None = None,
    with_spread: bool = True,
) -> Disparities:
    """A comparison of the groups with the reference (the best group among those with n ≥ 100, unless one is given)."""
    reference = reference or best(measure, groups)
    rows = group_table(measure, groups, reference)
    known = sum(g.n for g in groups if g.kind in ("group", "other"))
    everyone = sum(g.n for g in groups)
    total = group_table(
        measure,
        [Group("Everyone", sum(g.x for g in groups), everyone, people=sum(g.people for g in groups), verdict="")],
        reference,
    )
    excess = rows["excess"].sum(min_count=1)
    return Disparities(
        choices=choices or replace(YEAR, measure=measure.name, by=stratifier.name),
        measure=measure,
        stratifier=stratifier,
        reference=reference,
        rows=rows,
        total=total,
        spread=spread_table(rows) if with_spread else spread_table(rows.iloc[:0]),
        within="site",
        tests=int((rows["verdict"].isin(["disparity", "large_uncertain", "small_certain", "none"])).sum()),
        known_share=known / everyone if everyone else NAN,
        excess_total=float(excess),
        excess_lower=float(excess) * 0.8,
        excess_upper=float(excess) * 1.2,
        sql="SELECT 1",
    )


def best(measure: Measure, groups: Sequence[Group]) -> ResolvedReference:
    """The best group as a reference."""
    able = [g for g in groups if g.n >= 100 and g.kind == "group" and not g.shown]
    chosen = min(able, key=lambda g: measure.harm_sign * g.x / g.n)
    return reference_to("best", measure, chosen)


def reference_to(kind: str, measure: Measure, group: Group) -> ResolvedReference:
    """A group's figures as a reference of this kind."""
    rate, _, lower, upper = _rate(measure, group)
    name = group.name if kind in ("best", "group") else ""
    return ResolvedReference(kind, name or kind, name, rate, group.n, group.x, lower, upper)


def group_table(measure: Measure, groups: Sequence[Group], reference: ResolvedReference) -> pd.DataFrame:
    """GROUP_COLUMNS for these groups."""
    return pd.DataFrame([_row(measure, g, reference) for g in groups], columns=list(GROUP_COLUMNS))


def spread_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Each visible group's rate at four made-up sites, around its own."""
    shifts = {"Hillcrest": -0.06, "Lakeshore": 0.04, "Northgate": 0.09, "Southfield": -0.02}
    seen = rows[rows["shown"] == "yes"]
    found = [
        (group, "site", site, n / 4, rate * (1 + shift))
        for group, n, rate in zip(seen["group"], seen["n"], seen["rate"], strict=True)
        for site, shift in shifts.items()
    ]
    return pd.DataFrame(found, columns=["group", "within", "value", "n", "rate"])


def trends(
    changes: dict[str, str] | None = None,
    measure: Measure = BLOOD_PRESSURE,
    grain: Grain = "quarter",
) -> Trends:
    """Three years of groups whose gap moves as ``changes`` says (a verdict for a group); the others keep their gap."""
    changes = {"Black or African American": "closing_by_lifting"} if changes is None else changes
    periods = _periods(grain)
    groups = [g for g in RACE.groups if g.split(" ")[0] in ("Asian", "Black", "Hispanic", "Native", "White")]
    base = {"Asian": 0.69, "Black or African American": 0.55, "Hispanic or Latino": 0.66, "White": 0.67}
    rng = np.random.default_rng(7)
    lifts = {"closing_by_lifting": 0.10, "levelling_down": 0.0, "widening": -0.08, "no_clear_change": 0.0}
    rows: list[dict[str, object]] = []
    sinking = -0.08 if "levelling_down" in changes.values() else 0.0
    for i, period in enumerate(periods):
        at = i / max(1, len(periods) - 1)
        reference_level = base["Asian"] + sinking * at
        for group in groups:
            level = base.get(group, 0.6) + lifts.get(changes.get(group, ""), 0.0) * at
            own = reference_level if group == "Asian" else level
            rows.append(_trend_row(measure, group, period, i, own, reference_level, rng))
    return Trends(
        choices=replace(YEAR, measure=measure.name, period=PeriodRange()),
        measure=measure,
        stratifier=RACE,
        reference=ResolvedReference("best", "the best group, Asian", "Asian", chosen_on="2022"),
        grain=grain,
        periods=periods,
        rows=pd.DataFrame(rows),
        changes=_changes(changes),
        sql="SELECT 1",
    )


def control_chart(signal: bool = True, trial: bool = False) -> ControlChart:
    """A p chart of two years by month (eight months when the limits are trial limits)."""
    rng = np.random.default_rng(3)
    size = 8 if trial else 24
    n = rng.integers(180, 260, size).astype(float)
    value = np.full(size, 0.55) + rng.normal(0, 0.02, size)
    if signal:
        value[size // 2 :] += 0.08
        value[-2] += 0.09
    value[3] = NAN
    centre = np.full(size, np.nanmean(value))
    half = 3 * np.sqrt(centre * (1 - centre) / n)
    outside = (np.abs(value - centre) > half).astype(int)
    rows = pd.DataFrame(
        {
            "period": _periods("month")[:size],
            "value": value,
            "n": np.where(np.isnan(value), NAN, n),
            "x": value * n,
            "centre": centre,
            "lower": centre - half,
            "upper": centre + half,
            "outside": outside,
            "phase": 0,
            "baseline": 0,
            "excluded": 0,
            "longest": np.where((np.arange(size) >= size // 2) & signal, 1, 0),
            "shift": 0,
            "trend": 0,
            "special": 0,
            "shown": np.where(np.isnan(value), "missing", "yes"),
        }
    )
    longest = 12 if signal else 4
    return ControlChart(
        choices=replace(YEAR, period=PeriodRange()),
        measure=BLOOD_PRESSURE,
        group="Black or African American",
        chart="p",
        grain="month",
        rows=rows,
        signal={
            "useful": size - 1,
            "longest_run": longest,
            "longest_run_max": 8,
            "crossings": 3 if signal else 11,
            "crossings_min": 8,
            "signal": int(signal),
        },
        trial=trial,
        sql="SELECT 1",
    )


def areas() -> Areas:
    """Four measures in three clinical areas by race and language, one cell hidden and one missing."""
    parts: list[pd.DataFrame] = []
    references: dict[tuple[str, str], ResolvedReference] = {}
    plans: list[tuple[Measure, Stratifier, Sequence[Group]]] = [
        (BLOOD_PRESSURE, RACE, BLOOD_PRESSURE_GROUPS),
        (BLOOD_PRESSURE, LANGUAGE, (Group("English", 5400, 8000), Group("Spanish", 660, 1000))),
        (LEFT, RACE, (Group("White", 200, 5000), Group("Black or African American", 0, 0, shown="hidden"))),
        (LEFT, LANGUAGE, LEFT_GROUPS),
        (MINUTES, LANGUAGE, MINUTES_GROUPS),
        (HIV, RACE, HIV_GROUPS),
    ]
    for measure, stratifier, groups in plans:
        reference = best(measure, groups)
        references[(measure.name, stratifier.name)] = reference
        table = group_table(measure, groups, reference)
        table.insert(0, "by", stratifier.name)
        table.insert(0, "measure", measure.name)
        table.insert(0, "clinical_area", measure.clinical_area)
        parts.append(table)
    rows = pd.concat(parts, ignore_index=True)
    clear = (rows["verdict"] == "disparity") & (rows["gap"] > 0) & (rows["reliability"] != "too_few")
    order = rows.assign(later=rows["measure"] == MINUTES.name).sort_values(
        ["later", "excess"], ascending=[True, False], kind="stable"
    )
    order = order[clear[order.index]]
    rows["rank"] = pd.Series(range(1, len(order) + 1), index=order.index, dtype=float)
    rows["rank_lower"], rows["rank_upper"], rows["known_share"] = rows["rank"], rows["rank"], 1.0
    rows["worst"] = rows.index.isin(order[~order.duplicated(["clinical_area", "by"])].index).astype(int)
    return Areas(
        choices=Choices("Sample", 1, "", "", period=PeriodRange("2024", "2024")),
        rows=rows,
        areas=("Hypertension", "Emergency care", "Sexual health"),
        stratifiers=(RACE, LANGUAGE),
        measures=(BLOOD_PRESSURE, LEFT, MINUTES, HIV),
        tests=14,
        sql="SELECT 1",
        references=references,
        sizes={name: (float(of["n"].sum()), float(of["people"].sum())) for name, of in rows.groupby("measure")},
    )


def empty_spread() -> pd.DataFrame:
    """A spread table for a cube that has no such pair."""
    return pd.DataFrame(columns=["group", "within", "value", "n", "rate"])


def target(measure: Measure, rate: float) -> tuple[Measure, ResolvedReference]:
    """A measure with a target, and that target as the reference."""
    return replace(measure, target=rate, reference=Reference("target")), ResolvedReference("target", "", rate=rate)


def _rate(measure: Measure, group: Group) -> tuple[float, float, float, float]:
    """Rate, standard error and 95 % interval."""
    if group.n == 0:
        return NAN, NAN, NAN, NAN
    rate = group.x / group.n
    if measure.kind == "proportion":
        z2 = 1.96**2 / group.n
        middle = (rate + z2 / 2) / (1 + z2)
        half = 1.96 * math.sqrt(rate * (1 - rate) / group.n + z2 / (4 * group.n)) / (1 + z2)
        return rate, math.sqrt(max(rate * (1 - rate), 1e-9) / group.n), middle - half, middle + half
    error = math.sqrt(group.x) / group.n if measure.kind == "rate" else group.spread / math.sqrt(group.n)
    return rate, error, rate - 1.96 * error, rate + 1.96 * error


def _row(measure: Measure, group: Group, reference: ResolvedReference) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(GROUP_COLUMNS, NAN)
    row |= {"group": group.name, "kind": group.kind, "hidden_at_source": group.hidden_at_source, "verdict": ""}
    rate, error, lower, upper = _rate(measure, group)
    shown = group.shown or ("missing" if group.n == 0 else "zero" if group.x == 0 else "yes")
    row |= {"shown": shown, "reliability": group.reliability or "reliable"}
    if shown in ("hidden", "missing"):
        return row
    row |= {"rows": group.n, "people": group.people, "n": group.n, "x": group.x, "n_effective": group.n}
    row |= {"rate": rate, "lower": lower, "upper": upper}
    if group.verdict == "" or group.kind in ("unknown", "declined", "not_asked"):
        return row
    if group.name == reference.group:
        return row | {"verdict": "reference"}
    return row | _compared(measure, group, reference, rate, error)


def _compared(
    measure: Measure, group: Group, reference: ResolvedReference, rate: float, error: float
) -> dict[str, object]:
    base = reference.rate
    reference_error = (reference.upper - reference.lower) / 3.92 if reference.upper == reference.upper else 0.0
    gap, half = measure.harm_sign * (rate - base), 1.96 * math.hypot(error, reference_error)
    p = math.erfc(abs(gap) / (half / 1.96) / math.sqrt(2)) if half else 1.0
    relative = gap / base
    adverse = gap / (1 - base) if measure.kind == "proportion" else NAN
    large = max(abs(relative), abs(adverse) if adverse == adverse else 0.0) >= 0.1
    words = {(True, True): "disparity", (True, False): "large_uncertain", (False, True): "small_certain"}
    verdict = words.get((large, p <= 0.05), "none") if group.verdict is None else group.verdict
    ratio = rate / base
    return {
        "gap": gap,
        "gap_lower": gap - half,
        "gap_upper": gap + half,
        "ratio": ratio,
        "ratio_lower": ratio * 0.95,
        "ratio_upper": ratio * 1.05,
        "relative_gap": relative,
        "relative_gap_adverse": adverse,
        "p": p,
        "q": p,
        "p_together": p,
        "excess": group.n * max(0.0, gap),
        "excess_lower": group.n * max(0.0, gap - half),
        "excess_upper": group.n * max(0.0, gap + half),
        "excess_raw": group.n * max(0.0, gap),
        "verdict": verdict,
    }


def _periods(grain: Grain) -> tuple[str, ...]:
    years = ("2022", "2023", "2024")
    if grain == "year":
        return years
    if grain == "quarter":
        return tuple(f"{y}-Q{q}" for y in years for q in range(1, 5))
    return tuple(f"{y}-{m:02d}" for y in years for m in range(1, 13))


def _trend_row(
    measure: Measure, group: str, period: str, i: int, level: float, reference: float, rng: np.random.Generator
) -> dict[str, object]:
    absent: dict[str, object] = dict.fromkeys(TREND_COLUMNS, NAN)
    absent |= {"group": group, "kind": "group", "period": period, "reliability": "reliable", "hidden_at_source": 0.0}
    if group.startswith("Native"):
        return {**absent, "shown": "hidden"}
    if group.startswith("Hispanic") and i == 4:
        return {**absent, "shown": "missing"}
    n, rate = 500.0, level + rng.normal(0, 0.008)
    half, gap = 0.03, measure.harm_sign * (rate - reference)
    row = {**absent, "n": n, "x": rate * n, "rate": rate, "lower": rate - half, "upper": rate + half, "shown": "yes"}
    if group == "Asian":
        return row
    return row | {"gap": gap, "gap_lower": gap - 1.4 * half, "gap_upper": gap + 1.4 * half, "ratio": rate / reference}


_MOVES = {
    "closing_by_lifting": (-0.10, 0.10, 0.00, "group_improved"),
    "levelling_down": (-0.08, 0.00, -0.08, "reference_worsened"),
    "widening": (0.08, -0.08, 0.00, "gap_grew"),
    "no_clear_change": (0.01, -0.01, 0.00, "within_chance"),
    "": (NAN, NAN, NAN, "not_enough_data"),
}


def _changes(verdicts: dict[str, str]) -> pd.DataFrame:
    rows = []
    for group, verdict in verdicts.items():
        gap, own, reference, reason = _MOVES[verdict]
        row: dict[str, object] = {"group": group, "verdict": verdict, "reason": reason}
        values = {"gap_first": 0.14, "gap_last": 0.14 + gap, "gap_change": gap, "group_change": own}
        for name, value in (values | {"reference_change": reference, "gap_slope": gap / 12}).items():
            row |= {name: value, f"{name}_lower": value - 0.04, f"{name}_upper": value + 0.04}
        rows.append(row)
    return pd.DataFrame(rows) if rows else pd.DataFrame(columns=["group", "verdict", "reason"])
