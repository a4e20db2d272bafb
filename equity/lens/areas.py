"""Clinical areas compared: the worst gap that can be relied on, for every area and stratifier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.cube import Cube
from equity.lens.answers import GROUP_COLUMNS, Areas, ResolvedReference
from equity.lens.choices import Choices
from equity.lens.comparisons.blocks import Block, blocks_in_period, known_shares
from equity.lens.comparisons.comparison import compare_all, with_q
from equity.lens.comparisons.reference import best_group, best_on_baseline, resolve, surpassed_in
from equity.lens.tables import Columns, table
from equity.stats.estimate import Estimate
from equity.stats.false_discovery import ACCEPTED_RATE
from equity.stats.gap import verdict
from equity.stats.ranks import joint_rank_intervals
from equity.vocabulary import Measure, PlainError, Stratifier


def areas(cube: Cube, choices: Choices) -> Areas:
    """Every measure × stratifier × group compared at once, ranked by excess events.

    The false discovery rate is held at 10 % over exactly the tests in this answer, so the verdict's "certain" is
    q ≤ 0.10 here. Against a best group that the same data picked, p allows for the picking. Measures without a
    polarity are left out: nothing about them is worse. Waiting times and other means are ranked after the counts, by
    their relative gap, since minutes are not people.

    Raises :class:`PlainError` when no measure has a polarity.
    """
    compared = everywhere(cube, choices)
    rows = _judged_together(compared.rows, compared.measures)
    return Areas(
        choices=choices,
        rows=_ranked(rows, [s.name for s in cube.description.stratifiers]),
        areas=tuple(dict.fromkeys(m.clinical_area for m in compared.measures)),
        stratifiers=cube.description.stratifiers,
        measures=compared.measures,
        tests=compared.tests,
        sql=compared.sql,
        references=compared.references,
        sizes=compared.sizes,
    )


@dataclass(frozen=True)
class Everywhere:
    """Every measure × stratifier × group: ``rows`` as compared, with q over all of them, and ``known_share``.

    ``sizes`` as in :class:`equity.lens.answers.Areas`.
    """

    rows: Columns
    measures: tuple[Measure, ...]
    references: dict[tuple[str, str], ResolvedReference]
    sizes: dict[str, tuple[float, float]]
    tests: int
    sql: str


def everywhere(cube: Cube, choices: Choices) -> Everywhere:
    """Everything compared at once; raises :class:`PlainError` when no measure has a polarity."""
    measures = [m for m in cube.description.measures if m.polarity != "neutral"]
    if not measures:
        raise PlainError(
            f"No measure of “{cube.description.dataset}” says which side is better, so no gap can be ranked: say it "
            "for at least one when you load the data again (“Better” on the Upload page, polarity in the mapping)."
        )
    asked: list[tuple[Block, dict[str, ResolvedReference]]] = []
    references: dict[tuple[str, str], ResolvedReference] = {}
    known: dict[tuple[str, str], float] = {}
    blocks = blocks_in_period(cube, measures, cube.description.stratifiers, choices.period, choices.where)
    for stratifier, block in zip(cube.description.stratifiers, blocks, strict=True):
        references_of = surpassed_in(block, _references(cube, measures, stratifier, choices))
        asked.append((block, references_of))
        references |= {(name, stratifier.name): reference for name, reference in references_of.items()}
        known |= {(m.name, stratifier.name): share for m, share in zip(measures, known_shares(block), strict=True)}
    rows, tests = with_q(compare_all(asked))
    pairs = zip(rows["measure"].tolist(), rows["by"].tolist(), strict=True)
    rows |= {"known_share": np.array([known[pair] for pair in pairs], dtype=np.float64)}
    sql = "\n\n".join(dict.fromkeys(block.sql for block, _ in asked))
    return Everywhere(rows, tuple(measures), references, _sizes(blocks), tests, sql)


def _sizes(blocks: Sequence[Block]) -> dict[str, tuple[float, float]]:
    """By measure, what is counted of everyone and the distinct people behind it; nothing where nothing is grouped."""
    if not blocks:
        return {}
    measures, everyone = blocks[0].measures, blocks[0].population
    counted = zip(everyone.n[:, 0, 0].tolist(), everyone.people[:, 0, 0].tolist(), strict=True)
    return dict(zip((m.name for m in measures), counted, strict=True))


def _references(
    cube: Cube, measures: list[Measure], stratifier: Stratifier, choices: Choices
) -> dict[str, ResolvedReference]:
    """Each measure's reference under this stratifier: the one asked for, or the measure's own."""
    best, baselines = best_on_baseline(cube, measures, stratifier, choices.where)
    by_measure = {}
    for measure in measures:
        chosen = choices.reference or measure.reference
        of_another = chosen.kind == "group" and chosen.group not in stratifier.groups
        without_target = chosen.kind == "target" and measure.target is None
        if chosen.kind == "best" or of_another or without_target:
            group = best.get(measure.name, "")
            if group:
                by_measure[measure.name] = best_group(group, baselines[measure.name], choices.period)
        else:
            by_measure[measure.name] = resolve(cube, measure, stratifier, chosen, choices.where, choices.period)
    return by_measure


def _judged_together(rows: Columns, measures: Sequence[Measure]) -> Columns:
    """The rows that were compared, with verdicts by q ≤ 0.10 in place of p ≤ 0.05, and their clinical area."""
    kept = rows["verdict"] != ""
    rows = {name: values[kept] for name, values in rows.items()}
    measure = {m.name: m for m in measures}
    named = [measure[name] for name in rows["measure"].tolist()]
    return rows | {
        "verdict": verdict_among_all(rows),
        "clinical_area": np.array([m.clinical_area for m in named], dtype=str),
        "is_count": np.array([m.kind != "mean" for m in named], dtype=bool),
    }


def verdict_among_all(rows: Columns) -> npt.NDArray[np.str_]:
    """The verdicts of rows that were compared among all others: by q ≤ 0.10, since many comparisons were made."""
    together = verdict(rows["q"], rows["largest_relative"], significance=ACCEPTED_RATE)
    return np.where(rows["verdict"] == "reference", "reference", together)


def _ranked(rows: Columns, stratifiers: Sequence[str]) -> pd.DataFrame:
    """``rank`` by excess among the gaps that can be relied on, and ``worst`` on each area × stratifier's first.

    Those whose people cannot be counted (means, published rates) come after, by relative gap; rows that are level stand
    in the order of the stratifiers.
    """
    counts = rows["is_count"] & ~np.isnan(rows["excess"])
    reliable = (rows["gap"] > 0) & (rows["reliability"] != "too_few") & (rows["verdict"] == "disparity")
    size = np.where(counts, rows["excess"], rows["relative_gap"])
    later = 2 * ~reliable + ~counts
    place = {name: at for at, name in enumerate(stratifiers)}
    listed = np.array([place[name] for name in rows["by"].tolist()], dtype=np.int64)
    order = np.lexsort((listed, np.where(np.isnan(size), np.inf, -size), later))
    rows = {name: values[order] for name, values in rows.items()}
    kept = reliable[order]
    sizes = (
        np.where(kept & rows["is_count"], rows[name], np.nan) for name in ("excess", "excess_lower", "excess_upper")
    )
    among = joint_rank_intervals(Estimate(*sizes))
    cells = list(zip(rows["clinical_area"].tolist(), rows["by"].tolist(), strict=True))
    first = {cell: at for at, cell in reversed(list(enumerate(cells)))}
    rows |= {
        "rank": np.where(kept, np.arange(1, len(order) + 1), np.nan),
        "rank_lower": among.lower,
        "rank_upper": among.upper,
        "worst": np.array([first[cell] == at for at, cell in enumerate(cells)], dtype=bool) & kept,
    }
    columns = ("clinical_area", "measure", "by", *GROUP_COLUMNS, "rank", "rank_lower", "rank_upper", "known_share")
    return table({**{name: rows[name] for name in columns}, "worst": rows["worst"].astype(int)})
