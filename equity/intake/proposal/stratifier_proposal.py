"""Which columns group people, under which name, in which order, and which of their values are totals."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from equity.intake.columns.categories import has_parts, is_total, kind_of, natural, without_mark
from equity.intake.columns.column_names import (
    CODE,
    EXCLUDED,
    LOWER,
    ORDERED_KEYS,
    PLACES,
    RATE_WORDS,
    STRATIFIERS,
    UPPER,
    heard,
)
from equity.intake.columns.profile import ColumnProfile
from equity.intake.formats.header import without_footnote_marks
from equity.intake.proposal.mapping_file import RESERVED
from equity.intake.proposal.proposal_parts import Reason
from equity.intake.spellings.standards import standard, standard_names
from equity.vocabulary import StratifierMapping

MOST_STRATIFIERS = 10
MOST_GROUPS = 80
MOST_PLACES = 5_000
ENOUGH = 0.6


def propose_stratifiers(
    columns: Sequence[ColumnProfile], taken: Collection[str], totals_matter: bool
) -> tuple[list[StratifierMapping], list[Reason]]:
    """Stratifiers among the columns that no other role has taken."""
    reasons: list[Reason] = []
    found: list[tuple[float, StratifierMapping]] = []
    names: set[str] = set()
    free = [c for c in columns if c.name not in taken]
    pair = _race_and_ethnicity(free)
    if pair:
        found.append((1.0, _two_columns(pair, totals_matter)))
        names.add(found[0][1].name)
        reasons += [
            Reason(c.name, found[0][1].name, "race and ethnicity stand in two columns and are joined", 0.9)
            for c in pair
        ]
    for column in free:
        if column in pair:
            continue
        why_not = _why_not(column, free)
        if why_not:
            reasons.append(Reason(column.name, "left out", why_not, 0.8))
            continue
        key, label, shipped, by_name = _known(column)
        s = _stratifier(column, _free_key(key, names), label, shipped, totals_matter)
        names.add(s.name)
        found.append((0.9 if by_name else 0.5, s))
        why = "its name says how people are grouped" if by_name else f"it has {column.distinct} values that repeat"
        reasons.append(
            Reason(column.name, s.name, why + (f"; read by the list {s.standard}" if s.standard else ""), found[-1][0])
        )
    kept = sorted(found, key=lambda f: -f[0])[:MOST_STRATIFIERS]
    for _, s in [f for f in found if f not in kept]:
        reasons = [r for r in reasons if r.role != s.name]
        reasons += [Reason(c, "left out", f"there are {MOST_STRATIFIERS} better stratifiers", 0.5) for c in s.columns]
    return [s for _, s in found if (_, s) in kept], reasons


def _race_and_ethnicity(columns: Sequence[ColumnProfile]) -> tuple[ColumnProfile, ...]:
    race = [c for c in columns if _key(c) == "race" and not CODE.search(heard(c.name)) and c.distinct > 1]
    ethnicity = [c for c in columns if _key(c) == "ethnicity" and not CODE.search(heard(c.name)) and c.distinct > 1]
    if not race or not ethnicity:
        return ()
    shipped = standard("hispanic-origin")
    return (race[0], ethnicity[0]) if shipped.recognised(list(ethnicity[0].values[:20])) >= ENOUGH else ()


def _two_columns(pair: tuple[ColumnProfile, ...], totals_matter: bool) -> StratifierMapping:
    drop = tuple(v for c in pair for v in _totals(c, totals_matter))
    return StratifierMapping(
        "race_ethnicity", tuple(c.name for c in pair), "Race and ethnicity", standard="omb-1997", drop=drop
    )


def _key(column: ColumnProfile) -> str:
    name = heard(column.name)
    return next((key for key, _, pattern, _ in STRATIFIERS if pattern.search(name)), "")


def _known(column: ColumnProfile) -> tuple[str, str, str, bool]:
    """(key, label, standard list, whether the name says so)."""
    name = heard(column.name)
    values = [v for v in column.values[:60] if not is_total(v) and v.strip()]
    for key, label, pattern, shipped in STRATIFIERS:
        if pattern.search(name):
            fits = shipped and standard(shipped).recognised(values) >= ENOUGH
            return key, label, shipped if fits else "", True
    for shipped in standard_names():
        if (
            shipped not in ("hispanic-origin", "age-bands")
            and len(values) > 1
            and standard(shipped).recognised(values) >= 0.8
            and all(len(v) > 2 for v in values)
        ):
            return next(
                ((k, la, s, False) for k, la, _, s in STRATIFIERS if s == shipped), ("group", "Group", shipped, False)
            )
    base = re.sub(r"[^a-z0-9]+", "_", without_footnote_marks(column.name).casefold()).strip("_") or "group"
    return base, without_footnote_marks(column.name).replace("_", " ").strip().capitalize(), "", False


def _stratifier(column: ColumnProfile, key: str, label: str, shipped: str, totals_matter: bool) -> StratifierMapping:
    groups = [v for v in column.values if kind_of(v) == "group" and not is_total(v)]
    ordered = (
        not shipped
        and 2 <= len(groups) <= MOST_GROUPS
        and (key.rstrip("_0123456789") in ORDERED_KEYS or _reads_in_order(groups))
    )
    return StratifierMapping(
        name=key,
        columns=(column.name,),
        label=label,
        ordered=ordered,
        standard=shipped,
        drop=_totals(column, totals_matter),
    )


def _reads_in_order(groups: Sequence[str]) -> bool:
    """Whether most values are bands of numbers or steps of one ladder (low, middle, high)."""
    keys = [natural(g) for g in groups]
    bands = sum(
        k[0] == 0 and bool(re.search(r"[-–+<>≤≥$]|to|under|over|less|more", g))
        for k, g in zip(keys, groups, strict=True)
    )
    ladders = {k[1] for k in keys if k[0] == 1}
    return len(groups) > 1 and (bands >= 0.9 * len(groups) or (all(k[0] == 1 for k in keys) and len(ladders) == 1))


def _totals(column: ColumnProfile, totals_matter: bool) -> tuple[str, ...]:
    if not totals_matter or not has_parts(column.values):
        return ()
    return tuple(without_mark(v) for v in column.values if is_total(v))


def _free_key(key: str, names: set[str]) -> str:
    key = f"{key}_group" if key in RESERVED else key
    base, count = key, 1
    while key in names:
        count += 1
        key = f"{base}_{count}"
    return key


def _why_not(column: ColumnProfile, free: Sequence[ColumnProfile]) -> str:
    name, key = heard(column.name), _key(column)
    if column.distinct == 0:
        return "it is empty"
    if column.distinct == 1:
        return "it holds one value throughout"
    bound = LOWER.search(name) or UPPER.search(name)
    if column.type in ("number", "percent") and (RATE_WORDS.search(name) or bound) and not column.whole:
        return "it holds numbers, not groups"
    if EXCLUDED.search(name) and not key:
        return "its name says that it does not group people"
    if column.distinct > (MOST_PLACES if key in PLACES else MOST_GROUPS):
        return f"it has {column.distinct:,} values, too many to compare"
    twin = next((c for c in free if c is not column and _same_grouping(column, c)), None)
    if twin is not None and CODE.search(name) and not CODE.search(heard(twin.name)):
        return f"it is the code of “{twin.name}”"
    if key:
        return (
            ""
            if not (column.type == "number" and column.distinct > 20 and key != "state")
            else "it holds numbers, not groups"
        )
    if CODE.search(name):
        return "it is a code"
    if column.type in ("number", "percent", "period"):
        return "it holds numbers, not groups" if column.type != "period" else "it holds dates"
    if column.distinct > 0.5 * sum(column.counts.values()) and column.distinct > 12:
        return "nearly every row has a value of its own"
    return ""


def _same_grouping(one: ColumnProfile, other: ColumnProfile) -> bool:
    if one.distinct != other.distinct or not one.cells:
        return False
    return len(set(zip(one.cells, other.cells, strict=True))) <= one.distinct + 1
