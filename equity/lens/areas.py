"""Clinical areas compared: the worst gap that can be relied on, for every area and stratifier."""

from __future__ import annotations

import numpy as np
import pandas as pd

from equity.cube import Cube
from equity.lens.answers import GROUP_COLUMNS, Areas, ResolvedReference
from equity.lens.blocks import block_in_period, known_shares
from equity.lens.choices import Choices
from equity.lens.comparison import compare, with_q
from equity.lens.reference import best_on_baseline, resolve
from equity.stats.estimate import Estimate
from equity.stats.false_discovery import ACCEPTED_RATE
from equity.stats.gap import verdict
from equity.stats.omnibus import range_aware_p
from equity.stats.ranks import joint_rank_intervals
from equity.vocabulary import Measure, Stratifier


def areas(cube: Cube, choices: Choices) -> Areas:
    """Every measure × stratifier × group compared at once, ranked by excess events.

    The false discovery rate is held at 10 % over exactly the tests in this answer, so the verdict's "certain" is
    q ≤ 0.10 here. Against the best group, which was picked from several, p allows for the picking. Measures without a
    polarity are left out: nothing about them is worse. Waiting times and other means are ranked after the counts, by
    their relative gap, since minutes are not people.
    """
    measures = [m for m in cube.description.measures if m.polarity != "neutral"]
    names = [m.name for m in measures]
    parts, sql, references = [], [], {}
    for stratifier in cube.description.stratifiers:
        block = block_in_period(cube, measures, stratifier, choices.period, choices.where)
        found = _references(cube, measures, stratifier, choices)
        compared = _range_aware(compare(block, found), found)
        known = dict(zip(names, known_shares(block), strict=True))
        parts.append(compared.assign(known_share=compared["measure"].map(known)))
        sql.append(block.sql)
        references.update({(name, stratifier.name): reference for name, reference in found.items()})
    rows, tests = with_q(pd.concat(parts, ignore_index=True))
    rows = _ranked(_judged_together(rows[rows["verdict"] != ""], measures))
    return Areas(
        choices=choices,
        rows=rows,
        areas=tuple(dict.fromkeys(m.clinical_area for m in measures)),
        stratifiers=cube.description.stratifiers,
        measures=tuple(measures),
        tests=tests,
        sql="\n\n".join(dict.fromkeys(sql)),
        references=references,
    )


def _references(
    cube: Cube, measures: list[Measure], stratifier: Stratifier, choices: Choices
) -> dict[str, ResolvedReference]:
    """Each measure's reference under this stratifier: the one asked for, or the measure's own."""
    best, period = best_on_baseline(cube, measures, stratifier, choices.where)
    found = {}
    for measure in measures:
        chosen = choices.reference or measure.reference
        of_another = chosen.kind == "group" and chosen.group not in stratifier.groups
        without_target = chosen.kind == "target" and measure.target is None
        if chosen.kind == "best" or of_another or without_target:
            group = best.get(measure.name, "")
            if group:
                found[measure.name] = ResolvedReference("best", "the best group", group=group, chosen_on=str(period))
        else:
            found[measure.name] = resolve(cube, measure, stratifier, chosen, choices.where)
    return found


def _range_aware(rows: pd.DataFrame, references: dict[str, ResolvedReference]) -> pd.DataFrame:
    """The rows with p made honest for a reference that was picked as the best of the groups in the same screen."""
    picked = rows["measure"].map({name: r.kind == "best" for name, r in references.items()}).to_numpy(dtype=bool)
    there = rows["rate"].notna() & rows["kind"].isin(["group", "other"])
    count = there.groupby(rows["measure"]).transform("sum").to_numpy(np.float64)
    p = rows["p"].to_numpy(np.float64)
    return rows.assign(p=np.where(picked, range_aware_p(p, count), p))


def _judged_together(rows: pd.DataFrame, measures: list[Measure]) -> pd.DataFrame:
    """Verdicts by q ≤ 0.10 in place of p ≤ 0.05, and the clinical area in front."""
    relative = rows["largest_relative"].to_numpy(np.float64)
    together = verdict(rows["q"].to_numpy(np.float64), relative, significance=ACCEPTED_RATE)
    area = {m.name: m.clinical_area for m in measures}
    return rows.assign(
        verdict=np.where(rows["verdict"] == "reference", "reference", together),
        clinical_area=rows["measure"].map(area),
        kind_of_measure=rows["measure"].map({m.name: m.kind for m in measures}),
    )


def _ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """``rank`` by excess among the gaps that can be relied on, and ``worst`` on each area × stratifier's first."""
    counts = rows["kind_of_measure"] != "mean"
    reliable = (rows["gap"] > 0) & (rows["reliability"] != "too_few") & (rows["verdict"] == "disparity")
    order = rows.assign(
        _later=(~reliable).astype(int) * 2 + (~counts).astype(int),
        _size=np.where(counts, rows["excess"], rows["relative_gap"]),
    ).sort_values(["_later", "_size"], ascending=[True, False], kind="stable")
    kept = reliable[order.index].to_numpy()
    order["rank"] = np.where(kept, np.arange(1, len(order) + 1), np.nan)
    counted = kept & counts[order.index].to_numpy()
    sizes = (np.where(counted, order[name], np.nan) for name in ("excess", "excess_lower", "excess_upper"))
    among = joint_rank_intervals(Estimate(*sizes))
    order["rank_lower"], order["rank_upper"] = among.lower, among.upper
    first = ~order.duplicated(["clinical_area", "by"]) & reliable[order.index]
    order["worst"] = first.astype(int)
    columns = [
        "clinical_area",
        "measure",
        "by",
        *GROUP_COLUMNS,
        "rank",
        "rank_lower",
        "rank_upper",
        "known_share",
        "worst",
    ]
    return order[columns].reset_index(drop=True)
