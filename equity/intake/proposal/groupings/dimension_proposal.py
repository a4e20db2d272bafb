"""Tables of several topics under one another: one column names the way of grouping (age, sex, race), another the group.

By their names (:data:`DIMENSIONS`), or by what they hold: the first column's values are themselves names of groupings,
and everything else being equal no pair of the two stands twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from equity.intake.columns.column_names import DIMENSIONS, EXCLUDED, STRATIFIERS, heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.spellings.missing import squeeze

MOST_DIMENSIONS = 120
_ELSEWHERE = re.compile(
    r"\b(?:alter\w*|geschlecht\w*|bildung\w*|herkunft|staatsangeh\w*|sexo|idade|edad|raça|raza|cor|escolaridade|escolaridad"
    r"|renda|ingreso\w*|âge|sexe|niveau|revenu\w*|bmi|imd|comorbidit\w*|wealth|residence|citizenship|marital\w*|employment)\b",
    re.IGNORECASE,
)


def find_dimension(
    free: Sequence[ColumnProfile], fixed: Collection[ColumnProfile]
) -> tuple[ColumnProfile, ColumnProfile] | None:
    """The column of groupings and the column of groups, or None.

    ``free`` are the columns without a role, ``fixed`` those whose cells say which table a row belongs to (period,
    measure).
    """
    texts = [
        c
        for c in free
        if c.type in ("text", "yes or no", "period")
        and c.distinct > 1
        and c.cells.count("") < 0.2 * len(c.cells)
        and not EXCLUDED.search(heard(c.name))
    ]
    named = _by_names(texts)
    if named is not None:
        return named
    for dimension in texts:
        if not 2 <= dimension.distinct <= MOST_DIMENSIONS or not _names_groupings(dimension):
            continue
        groups = [c for c in texts if c is not dimension and c.distinct >= dimension.distinct and _tables(dimension, c)]
        after = [c for c in groups if free.index(c) > free.index(dimension)]
        for group in after or groups:
            if _once(dimension, group, fixed):
                return dimension, group
    return None


def _by_names(texts: Sequence[ColumnProfile]) -> tuple[ColumnProfile, ColumnProfile] | None:
    for dimension_name, group_name in DIMENSIONS:
        for dimension in texts:
            if not dimension_name.search(heard(dimension.name)):
                continue
            for group in sorted(texts, key=lambda c: c.name != f"{dimension.name} group"):
                if (
                    group is not dimension
                    and group_name.search(heard(group.name))
                    and group.distinct >= dimension.distinct
                    and _nested(dimension, group)
                ):
                    return dimension, group
    return None


def _nested(dimension: ColumnProfile, group: ColumnProfile) -> bool:
    """Whether most groups belong to one dimension only."""
    pairs = set(zip(dimension.cells, group.cells, strict=True))
    return dimension.distinct >= 2 and len(pairs) <= 1.5 * group.distinct + 2


def _names_groupings(column: ColumnProfile) -> bool:
    """Whether at least two of a column's values are names of ways to group people."""
    heard_values = [heard(re.sub(r"^by ", "", squeeze(v), flags=re.IGNORECASE)) for v in column.values]
    keys = [
        next((key for key, _, pattern, _ in STRATIFIERS if pattern.search(v)), "")
        or ("elsewhere" if _ELSEWHERE.search(v) else "")
        for v in heard_values
    ]
    said = [k for k in keys if k]
    return len(said) >= 2 and (len(set(said)) >= 2 or said.count("elsewhere") >= 2)


def _tables(dimension: ColumnProfile, group: ColumnProfile) -> bool:
    """Whether groups belong to their dimension: few of them, other than yes and no, stand in several."""
    homes: dict[str, set[str]] = {}
    for d, g in zip(dimension.cells, group.cells, strict=True):
        homes.setdefault(g, set()).add(d)
    common = {"yes", "no", "unknown", "other", "total", "missing", "all", "true", "false", ""}
    several = [g for g, where in homes.items() if len(where) > 1 and g.casefold() not in common]
    return len(several) <= 0.25 * len(homes)


def _once(dimension: ColumnProfile, group: ColumnProfile, fixed: Collection[ColumnProfile]) -> bool:
    """Whether, within one period and measure, nearly every pair stands once."""
    counts = Counter(zip(dimension.cells, group.cells, *(c.cells for c in fixed), strict=True))
    return len(counts) >= 0.45 * sum(counts.values())
