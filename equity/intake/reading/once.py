"""Staged lines of one visit as one: the first of them counts, under the groups of all of them."""

from __future__ import annotations

from collections.abc import Sequence

AGAIN = "again"


def counted_once(rows: str, columns: Sequence[str]) -> tuple[str, list[str]]:
    """The SELECT in which all lines of a visit but the first are marked in the column ``again``, and its columns.

    A visit is known by its columns ``once_0`` …, which hold hashes and go no further; lines without one are visits of
    their own. A group that differs between the lines of a visit becomes all of them (“White; Asian”).
    """
    keys = [c for c in columns if c.startswith("once_")]
    strata = [c for c in columns if c.startswith("stratum_")]
    kept = [c for c in columns if c not in keys]
    listed, known = ", ".join(keys), " AND ".join(f"{k} IS NOT NULL" for k in keys)
    groups = [f"string_agg(DISTINCT nullif(trim({s}), ''), '; ' ORDER BY nullif(trim({s}), '')) AS {s}" for s in strata]
    together = ", ".join([listed, *groups])
    cells = [f"coalesce(g.{c}, r.{c}) AS {c}" if c in strata else f"r.{c} AS {c}" for c in kept]
    numbered = f"SELECT *, row_number() OVER (PARTITION BY {listed} ORDER BY file, source_row) AS place FROM ({rows})"
    same = " AND ".join(f"g.{k} = r.{k}" for k in keys)
    select = (
        f"SELECT r.file AS file, r.source_row AS source_row, r.ragged AS ragged, {', '.join(cells)}, "
        f"coalesce(r.place > 1 AND {known.replace('once_', 'r.once_')}, false) AS {AGAIN} FROM ({numbered}) AS r "
        f"LEFT JOIN (SELECT {together} FROM ({rows}) WHERE {known} GROUP BY {listed}) AS g ON {same}"
    )
    return select, [*kept, AGAIN]
