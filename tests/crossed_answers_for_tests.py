"""Made-up answers about who is missing, groups within groups, where a gap lives, the scan and the summary measures.

As in `answers_for_tests`: the figures are plain arithmetic on made-up counts, for the rooms that render answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from equity.lens.answers import (
    Areas,
    Completeness,
    GapSources,
    InequalityOverTime,
    Intersections,
    OneGroup,
    Pace,
    ResolvedReference,
    SiteFunnel,
    Summary,
)
from equity.stats.summary.registry import MEASURES
from equity.vocabulary import Category, Measure, Stratifier
from tests.answers_for_tests import BLOOD_PRESSURE, LANGUAGE, NAN, PAYER, RACE, SITE, YEAR, areas

BEST = ResolvedReference("best", "the best group", "White", chosen_on="2022")
GROUPS = Stratifier("race", "Race", categories=(Category("Black"), Category("White"), Category("Unknown", "unknown")))
SHARE_COLUMNS = ("scope", "value", "n", "known", "unknown", "declined", "not_asked", "share", "status")
SHARES = (
    ("all", "", 1000, 870, 90, 25, 15),
    ("place", "Harbor Clinic", 600, 576, 14, 6, 4),
    ("place", "Hillcrest", 400, 294, 76, 19, 11),
    ("period", "2024-Q1", 500, 435, 45, 12, 8),
    ("period", "2024-Q2", 500, 435, 45, 13, 7),
    ("outcome", "yes", 650, 600, 30, 12, 8),
    ("outcome", "no", 350, 270, 60, 13, 7),
)


def completeness(
    measure: Measure = BLOOD_PRESSURE,
    stratifier: Stratifier = RACE,
    rates: tuple[float, float, float] = (0.69, 0.38, 1e-9),
    shares: Sequence[tuple[object, ...]] = SHARES,
    unknown_n: float = 130,
    people: float = 0.0,
) -> Completeness:
    """Who is missing; ``rates`` are those of the known, of the unknown, and p of no difference."""
    rows = pd.DataFrame([_share(row) for row in shares], columns=list(SHARE_COLUMNS))
    bounds = pd.DataFrame(
        [
            ("Black or African American", 0.12, 0.01, 0.21, 30.0, 0.6, 1),
            ("Asian", 0.02, -0.10, 0.15, 5.0, 0.1, 1),
            ("Hispanic or Latino", -0.01, -0.2, 0.1, 0.0, 0.0, 1),
        ],
        columns=["group", "gap", "gap_smallest", "gap_largest", "tipping_people", "tipping_share", "possible"],
    )
    return Completeness(
        choices=replace(YEAR, measure=measure.name, by=stratifier.name),
        measure=measure,
        stratifier=stratifier,
        reference=BEST,
        rows=rows,
        bounds=bounds,
        unknown_n=unknown_n,
        known_rate=rates[0],
        unknown_rate=rates[1],
        unknown_p=rates[2],
        place="Site",
        sql="SELECT 1",
        people=people,
    )


def _share(row: tuple[object, ...]) -> tuple[object, ...]:
    n, known = float(str(row[2])), float(str(row[3]))
    share = known / n if n else NAN
    status = "" if not n else "good" if share >= 0.95 else "caution" if share >= 0.8 else "fix_first"
    return (*row, share, status)


def intersections(
    measure: Measure = BLOOD_PRESSURE,
    stratifiers: tuple[Stratifier, ...] = (LANGUAGE, PAYER),
    standing_out: bool = True,
    people: float = 0.0,
) -> Intersections:
    """Two or three stratifiers crossed; the last cell of all stands out, the first is empty, the second too small."""
    shape = tuple(len(s.categories) for s in stratifiers)
    rows = []
    for at, place in enumerate(np.ndindex(shape)):
        values = {
            f"value{i + 1}": s.categories[j].value for i, (s, j) in enumerate(zip(stratifiers, place, strict=True))
        }
        out = standing_out and at == int(np.prod(shape)) - 1
        rows.append({**values, **_cell(at, out, measure)})
    return Intersections(
        choices=replace(YEAR, measure=measure.name, by=stratifiers[0].name),
        measure=measure,
        stratifiers=stratifiers,
        rows=pd.DataFrame(rows),
        overall_rate=0.65,
        sql="SELECT 1",
        people=people,
    )


def _cell(at: int, out: bool, measure: Measure) -> dict[str, object]:
    nothing = dict.fromkeys(("rate", "lower", "upper", "pooled", "pooled_lower", "pooled_upper", "gap"), NAN)
    common: dict[str, object] = {"kind": "group", "expected": 0.64, "own_weight": 0.7}
    if at == 0:
        return {**common, **nothing, "n": 0.0, "x": 0.0, "reliability": "too_few", "shown": "missing"}
    if at == 2:
        return {**common, **nothing, "n": NAN, "x": NAN, "reliability": "", "shown": "hidden"}
    n = 9.0 if at == 1 else 260.0
    rate = 0.44 if out else 0.63 - 0.001 * at
    pooled = 0.64 + 0.7 * (rate - 0.64)
    return {
        **common,
        "n": n,
        "x": n * rate,
        "rate": rate,
        "lower": rate - 0.06,
        "upper": rate + 0.06,
        "pooled": pooled,
        "pooled_lower": pooled - 0.05,
        "pooled_upper": pooled + 0.05,
        "gap": measure.harm_sign * (rate - 0.64),
        "reliability": "too_few" if at == 1 else "reliable",
        "shown": "yes",
    }


def gap_sources(simpson: str = "reverses", measure: Measure | None = None, people: float = 0.0) -> GapSources:
    """One group beside its reference at two sites; ``simpson`` is the alarm to raise."""
    measure = measure or replace(BLOOD_PRESSURE, name="Readmission", polarity="lower_better")
    inside = {"reverses": -0.02, "halves": 0.02, "": 0.05}[simpson]
    parts = {"group": "Black or African American", "simpson": simpson, "crude": 0.24}
    for name, value in (
        ("gap", 0.06),
        ("between", 0.06 - inside),
        ("within", inside),
        ("adjusted", 0.19),
        ("ratio_indirect", 0.95),
    ):
        parts |= {name: value, f"{name}_lower": value - 0.015, f"{name}_upper": value + 0.015}  # type: ignore[assignment]
    strata = [
        ("Black or African American", site, n, rate, other_n, rate - inside, inside, inside - 0.04, inside + 0.04)
        for site, n, rate, other_n in (("Harbor Clinic", 1500.0, 0.28, 400.0), ("Hillcrest", 500.0, 0.12, 2100.0))
    ]
    columns = ["group", "stratum", "n", "rate", "reference_n", "reference_rate", "gap", "gap_lower", "gap_upper"]
    return GapSources(
        choices=replace(YEAR, measure=measure.name),
        measure=measure,
        stratifier=RACE,
        within=SITE,
        reference=BEST,
        parts=pd.DataFrame([parts]),
        strata=pd.DataFrame(strata, columns=columns).assign(between=0.0, within=0.0),
        sql="SELECT 1",
        remarks=("adjusting_can_hide",),
        people=people,
    )


def summary(told_apart: bool = True, ordered: bool = False, measure: Measure = BLOOD_PRESSURE) -> Summary:
    """Every summary measure; without an order the gradients are not given."""
    rows = []
    for known in MEASURES:
        reason = "needs_ordered_groups" if known.ordered_only and not ordered else ""
        value = 1.25 if known.unit == "ratio" else 12.5 if known.unit in ("percent", "per_1000") else 0.14
        off = 1.0 if known.unit == "ratio" else 0.0
        rows.append(
            {
                "measure": known.name,
                "label": known.label,
                "estimate": NAN if reason else value,
                "lower": NAN if reason else (off if not told_apart else value * 0.8),
                "upper": NAN if reason else value * 1.2,
                "corrected": NAN if reason else (value * 0.9 if told_apart else off),
                "corrected_leads": not told_apart and not reason,
                "unit": known.unit,
                "reason": reason,
            }
        )
    return Summary(
        choices=replace(YEAR, measure=measure.name),
        measure=measure,
        stratifier=RACE,
        reference=BEST,
        rows=pd.DataFrame(rows),
        omnibus_p=1e-6 if told_apart else 0.4,
        best="White",
        worst="Black or African American",
        best_against_worst_p=1e-5 if told_apart else 0.5,
        sql="SELECT 1",
    )


def inequality_over_time(
    absolute: str = "narrowed", relative: str = "widened", measure: Measure = BLOOD_PRESSURE
) -> InequalityOverTime:
    """Every summary measure in six quarters, the last without a number because a group is hidden."""
    periods = ("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2")
    one = summary(measure=measure).rows
    rows, hidden = [], "a_group_is_hidden"
    for at, period in enumerate(periods):
        columns = one.copy()
        for name in ("estimate", "lower", "upper", "corrected"):
            columns[name] = columns[name] * (1 - 0.08 * at) if at < 5 else NAN
        columns["reason"] = columns["reason"].where(columns["reason"] != "", hidden) if at == 5 else columns["reason"]
        rows.append(columns.assign(period=period, groups=4, told_apart=1, shown="hidden" if at == 5 else "yes"))
    words = {"rate": absolute, "rate_squared": absolute}
    changes = one[["measure", "label", "unit"]].assign(
        periods=5,
        first=one["estimate"],
        last=one["estimate"] * 0.7,
        change=np.where(one["unit"] == "ratio", 0.7, -0.3 * one["estimate"]),
        change_lower=np.where(one["unit"] == "ratio", 0.6, -0.4 * one["estimate"]),
        change_upper=np.where(one["unit"] == "ratio", 0.8, -0.2 * one["estimate"]),
        p=0.01,
        word=[words.get(unit, relative) for unit in one["unit"]],
    )
    return InequalityOverTime(
        choices=replace(YEAR, measure=measure.name),
        measure=measure,
        stratifier=RACE,
        reference=BEST,
        grain="quarter",
        periods=periods,
        rows=pd.concat(rows, ignore_index=True),
        changes=changes,
        sql="SELECT 1",
    )


def site_funnel(of: str = "gap", measure: Measure = BLOOD_PRESSURE) -> SiteFunnel:
    """Six sites, one of them outside, one at which a count is hidden and one at which one group alone is seen."""
    names = ("Harbor Clinic", "Hillcrest", "Lakeshore", "Northgate", "Southfield", "Westside", "Eastside", "Midtown")
    size = np.array([900.0, 700, 500, 400, 300, 200, NAN, NAN])
    se = np.sqrt(0.24 / size)
    value = np.array([0.11, 0.09, 0.30, 0.12, 0.08, 0.14, NAN, NAN])
    rows = pd.DataFrame({"stratum": names, "n": size, "reference_n": size, "value": value, "se": se, "size": 1 / se})
    for level, z in (("95", 1.96), ("998", 3.09)):
        rows[f"lower_{level}"], rows[f"upper_{level}"] = 0.11 - z * se, 0.11 + z * se
    out = (rows["stratum"] == "Lakeshore").astype(float)
    rows = rows.assign(outside=out, near=out, shown=["yes"] * 6 + ["hidden", "alone"])
    curve = rows[rows["shown"] == "yes"].sort_values("size")
    return SiteFunnel(
        choices=replace(YEAR, measure=measure.name),
        measure=measure,
        stratifier=RACE,
        within=SITE,
        reference=BEST,
        group="Black or African American",
        of=of,
        rows=rows,
        curve=curve[["size", "lower_95", "upper_95", "lower_998", "upper_998"]],
        centre=0.11,
        phi=1.4,
        winsorised_phi=0.95,
        tau=0.02,
        sql="SELECT 1",
    )


def pace(status: str = "closes", measure: Measure = BLOOD_PRESSURE, told: bool = True) -> Pace:
    """What it would take to close one group's gap of 14 points."""
    shares = tuple(min(1.0, 0.05 * i) for i in range(1, 37)) if told else ()
    return Pace(
        choices=replace(YEAR, measure=measure.name),
        measure=measure,
        stratifier=RACE,
        reference=BEST,
        group="Black or African American",
        grain="quarter",
        gap=-0.01 if status == "closed_already" else 0.14,
        gap_lower=0.11,
        gap_upper=0.17,
        status=status,
        periods_to_close=9.0,
        periods_to_close_lower=6.0,
        periods_to_close_upper=14.0,
        closes_in="2027-Q1" if status in ("closes", "may_never_close") else "",
        by="2026-Q4",
        periods_left=8,
        more_each_period=16.2,
        more_each_period_lower=7.84,
        more_each_period_upper=19.0,
        more_at_the_end=124.0,
        more_at_the_end_lower=90.0,
        more_at_the_end_upper=150.0,
        n_a_period=900.0,
        told=shares,
        false_alarm=tuple(0.01 * i for i in range(1, 37)) if told else (),
        periods_to_tell=16 if told else None,
        sql="SELECT 1",
    )


def scan(known: float = 0.91) -> Areas:
    """The clinical areas' answer with the ranks that each gap could have and the share that is known by race."""
    answer = areas()
    counted = answer.rows["rank"].notna() & (answer.rows["measure"] != "Minutes from arrival to clinician")
    lower = answer.rows["rank"].where(counted)
    return replace(
        answer,
        rows=answer.rows.assign(
            rank_lower=lower,
            rank_upper=lower.where(lower == 1, 5.0),
            known_share=np.where(answer.rows["by"] == "race", known, 0.99),
        ),
    )


def one_group(group: str, stratifier: Stratifier = RACE) -> OneGroup:
    """The group's rows of the scan, a row a measure, ranked anew."""
    every = scan()
    rows = every.rows[(every.rows["by"] == stratifier.name) & (every.rows["group"] == group)]
    rows = rows.sort_values("rank", kind="stable").reset_index(drop=True)
    clear = rows["rank"].notna()
    rank = clear.cumsum().where(clear).astype(float)
    counted = rows["measure"] != "Minutes from arrival to clinician"
    return OneGroup(
        choices=replace(every.choices, by=stratifier.name, focus=group),
        stratifier=stratifier,
        group=group,
        rows=rows.assign(rank=rank, rank_lower=rank.where(counted), rank_upper=rank),
        measures=every.measures,
        tests=every.tests,
        sql=every.sql,
        references={name: each for (name, by), each in every.references.items() if by == stratifier.name},
        sizes=every.sizes,
    )
