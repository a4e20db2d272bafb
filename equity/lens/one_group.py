"""One group on every measure: where it is clearly behind, where it is not, and where nobody can say."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from equity.cube import Cube
from equity.lens.answers import GROUP_COLUMNS, OneGroup
from equity.lens.areas import everywhere, verdict_among_all
from equity.lens.choices import Choices
from equity.lens.tables import Columns, table
from equity.stats.estimate import Estimate
from equity.stats.ranks import joint_rank_intervals

_COLUMNS = ("measure", *GROUP_COLUMNS, "rank", "rank_lower", "rank_upper", "known_share")


def one_group(cube: Cube, choices: Choices) -> OneGroup:
    """The group in focus of the stratifier in question, beside every measure's own reference.

    Chance is allowed for over all groups and measures, not over this group's alone: somebody who looks at all of them
    and picks one has still looked at all. Raises :class:`PlainError` when no measure has a polarity.
    """
    stratifier = cube.description.stratifier(choices.by)
    compared = everywhere(cube, choices)
    mine = (compared.rows["by"] == stratifier.name) & (compared.rows["group"] == choices.focus)
    rows = {name: values[mine] for name, values in compared.rows.items()}
    rows["verdict"] = np.where(rows["verdict"] == "", "", verdict_among_all(rows))
    counted = {m.name for m in compared.measures if m.kind != "mean"}
    return OneGroup(
        choices=choices,
        stratifier=stratifier,
        group=choices.focus,
        rows=table(_ranked(rows, np.array([name in counted for name in rows["measure"].tolist()], dtype=bool))),
        measures=compared.measures,
        tests=compared.tests,
        sql=compared.sql,
        references={name: each for (name, by), each in compared.references.items() if by == stratifier.name},
        sizes=compared.sizes,
    )


def _ranked(rows: Columns, counted: npt.NDArray[np.bool_]) -> Columns:
    """The rows in their order, with the ranks of the clear gaps; ``counted`` where people or events can be counted."""
    clear = (rows["verdict"] == "disparity") & (rows["gap"] > 0) & (rows["reliability"] != "too_few")
    counted = counted & ~np.isnan(rows["excess"])
    size = np.where(clear & counted, rows["excess"], rows["relative_gap"])
    order = np.lexsort((np.where(np.isnan(size), np.inf, -size), _place(rows, clear, counted)))
    rows, clear, counted = {name: values[order] for name, values in rows.items()}, clear[order], counted[order]
    among = joint_rank_intervals(
        Estimate(
            *(np.where(clear & counted, rows[name], np.nan) for name in ("excess", "excess_lower", "excess_upper"))
        )
    )
    rows |= {
        "rank": np.where(clear, np.arange(1, len(order) + 1), np.nan),
        "rank_lower": among.lower,
        "rank_upper": among.upper,
    }
    return {name: rows[name] for name in _COLUMNS}


def _place(rows: Columns, clear: npt.NDArray[np.bool_], counted: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Which kind of row each is, in the order of :class:`OneGroup`."""
    seen = np.isin(rows["shown"], ["yes", "zero"]) & ~np.isnan(rows["rate"])
    few = rows["reliability"] == "too_few"
    reference, against = rows["verdict"] == "reference", ~np.isnan(rows["gap"])
    kinds = [clear & counted, clear, seen & against & ~few & ~reference, seen & reference, seen & few, seen]
    return np.select(kinds, range(len(kinds)), default=len(kinds))
