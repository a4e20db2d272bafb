"""Which columns group people, under which name, in which order, and which of their values are totals."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from equity.intake.columns.categories import UNKNOWN, has_parts, is_total, kind_of, without_mark
from equity.intake.columns.category_order import natural
from equity.intake.columns.column_names import (
    CODE,
    EXCLUDED,
    FIELD_ORDER,
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
from equity.intake.proposal.groupings.race_columns import one_answer_of_race
from equity.intake.proposal.mapping.mapping_keys import RESERVED
from equity.intake.proposal.proposal_parts import Reason
from equity.intake.proposal.stand_ins import codes_among
from equity.intake.spellings.numbers import parse_number
from equity.intake.spellings.standards import standard, standard_names
from equity.vocabulary import StratifierMapping

NO_FLAGS = frozenset({"site", "county", "state", "region", "payer", "race", "race_ethnicity", "language", "age_band"})
_QUANTITY = re.compile(r"^(?:time|days?|hours?|minutes|length|los|number|num|count|amount)\b")
_DIAGNOSIS = re.compile(r"\b(?:diag\w*|dx|icd ?\d*\w*|drg|cpt)(?: code)? ?\d*$")
_DEPRIVED = re.compile(r"\bdepriv", re.IGNORECASE)
NHS_CODES = "nhs-ethnicity"
_ONLY_NHS = frozenset("CDEFGJKLRS")  # the letters that no list of another country has
MOSTLY_EMPTY = 0.9
MOST_STRATIFIERS = 10
MOST_GROUPS = 80
MOST_PLACES = 5_000
ENOUGH = 0.6
ALL_BUT_ODD = 0.8  # a list that renames what it knows must know nearly all


_INTERVAL = re.compile(
    r"\b(?:confidence (?:interval|limits?)|c ?i|\d\d ?(?:percent )?c ?i|ic \d\d|credible interval|range)\b"
)
_LIMITS = re.compile(r"[(\[]?\s*[-−]?[\d.,]+\s*%?\s*(?:-|–|—|to|,|;|\s)\s*[-−]?[\d.,]+\s*%?\s*[)\]]?", re.IGNORECASE)


def propose_stratifiers(
    columns: Sequence[ColumnProfile], taken: Collection[str], totals_matter: bool
) -> tuple[list[StratifierMapping], list[Reason]]:
    """Stratifiers among the columns that no other role has taken."""
    reasons: list[Reason] = []
    ranked: list[tuple[float, StratifierMapping]] = []
    names: set[str] = set()
    free = [c for c in columns if c.name not in taken]
    answered = one_answer_of_race(free)
    pair = answered.columns if answered else ()
    if answered:
        drop = tuple(v for c in pair for v in _totals(c, totals_matter))
        ranked.append((1.0, replace(answered.mapping, drop=drop)))
        names.add(answered.mapping.name)
        reasons += [Reason(c.name, answered.mapping.name, answered.why, 0.9) for c in pair]
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
        ranked.append((0.9 if by_name else 0.5, s))
        why = "its name says how people are grouped" if by_name else f"it has {column.distinct} values that repeat"
        reasons.append(
            Reason(
                column.name,
                s.name,
                why + (f", and its cells are those of the list {s.standard}" if s.standard else ""),
                ranked[-1][0],
            )
        )
    kept = sorted(ranked, key=lambda f: -f[0])[:MOST_STRATIFIERS]
    for _, s in [f for f in ranked if f not in kept]:
        reasons = [r for r in reasons if r.role != s.name]
        reasons += [
            Reason(c, "left out", f"there are {MOST_STRATIFIERS} columns that group people better", 0.5)
            for c in s.columns
        ]
    return sorted((s for _, s in ranked if (_, s) in kept), key=_place_in_field), reasons


def _place_in_field(s: StratifierMapping) -> int:
    """Where the field looks first: race and ethnicity, language, payer, sex …; what it has no name for comes last."""
    return FIELD_ORDER.get(s.name.rstrip("_0123456789"), len(FIELD_ORDER))


def _key(column: ColumnProfile) -> str:
    """The grouping that a column's name says and its cells do not deny; empty when there is none."""
    name = heard(column.name)
    return next((key for key, _, pattern, _ in STRATIFIERS if pattern.search(name) and _looks_like(key, column)), "")


def _looks_like(key: str, column: ColumnProfile) -> bool:
    """Whether cells could be of that grouping: a yes or no is no site, an amount of dollars no payer."""
    if key in NO_FLAGS and (column.type == "yes or no" or column.type == "period"):
        return False
    if column.type in ("number", "percent") and (not column.whole or _QUANTITY.search(heard(column.name))):
        return False
    return not any(re.match(r"^[$€£] ?\d", v) for v in column.values[:20]) or key == "income"


def _known(column: ColumnProfile) -> tuple[str, str, str, bool]:
    """(key, label, standard list, whether the name says so)."""
    name = heard(column.name)
    values = [v for v in column.values[:60] if not is_total(v) and v.strip()]
    for key, label, pattern, shipped in STRATIFIERS:
        if pattern.search(name) and _looks_like(key, column):
            if key in ("race", "race_ethnicity", "ethnicity") and _are_nhs_codes(values):
                return key, label, NHS_CODES, True
            fits = shipped and _recognised(shipped, values) >= (ALL_BUT_ODD if shipped == "payer" else ENOUGH)
            return key, label, shipped if fits else "", True
    for shipped in standard_names():
        if (
            shipped not in ("hispanic-origin", "age-bands", NHS_CODES)
            and len(values) > 1
            and standard(shipped).recognised(values) >= (ENOUGH if re.match(r"column \d+$", column.name) else 0.8)
            and all(len(v) > 2 for v in values)
        ):
            return next(
                ((k, la, s, False) for k, la, _, s in STRATIFIERS if s == shipped), ("group", "Group", shipped, False)
            )
    if values and sum(bool(_DEPRIVED.search(v)) for v in values) >= ENOUGH * len(values):
        return "deprivation", "Deprivation", "", False
    base = re.sub(r"[^a-z0-9]+", "_", without_footnote_marks(column.name).casefold()).strip("_") or "group"
    return base, without_footnote_marks(column.name).replace("_", " ").strip().capitalize(), "", False


def _are_nhs_codes(values: Sequence[str]) -> bool:
    """Whether categories are the letters of the NHS, in which A is White British and B is White Irish."""
    letters = {v for v in values if re.fullmatch(r"[A-HJ-NPRSZ]", v)}
    others = {v for v in values if v not in letters}
    return len(letters) >= 4 and bool(letters & _ONLY_NHS) and all(v in ("99", "9", "X") for v in others)


def _recognised(shipped: str, values: Sequence[str]) -> float:
    """The share of values that a list knows, where a value may hold several answers (``White; Asian``)."""
    listed = standard(shipped)
    parts = [[p for p in re.split(r"[;|]", value) if p.strip()] for value in values]
    known = sum(bool(each) and all(listed.find(p) is not None for p in each) for each in parts)
    return known / len(parts) if parts else 0.0


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
        recode=_codes_for_none(column) if ordered else {},
        drop=_totals(column, totals_matter),
    )


def _codes_for_none(column: ColumnProfile) -> dict[str, str]:
    """Numbers such as 999 among ages or tenths, which stand for an age that is not known."""
    numbers = {text: n for text in column.counts if (n := parse_number(text, (), column.decimal).value) is not None}
    counts: dict[float, int] = {}
    for text, number in numbers.items():
        counts[number] = counts.get(number, 0) + column.counts[text]
    codes = codes_among(counts) if column.type == "number" else ()
    return {text: UNKNOWN for text, number in numbers.items() if number in codes}


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
    if _holds_ranges(column):
        return "it holds the ranges of an estimate, not groups"
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
    if CODE.search(name) or _DIAGNOSIS.search(name):
        return "it is a code"
    if column.missing > MOSTLY_EMPTY:
        return "hardly any row says it"
    if column.type in ("number", "percent", "period"):
        return "it holds numbers, not groups" if column.type != "period" else "it holds dates"
    if column.distinct > 0.5 * sum(column.counts.values()) and column.distinct > 12:
        return "nearly every row has a value of its own"
    return ""


def _holds_ranges(column: ColumnProfile) -> bool:
    """Whether a column's cells are confidence limits, as its name says or as the decimals of both ends do."""
    values = [v for v in column.values[:60] if v]
    ranges = sum(bool(_LIMITS.fullmatch(v)) for v in values)
    decimals = sum(len(re.findall(r"\d[.,]\d", v)) >= 2 for v in values if _LIMITS.fullmatch(v))
    named = bool(_INTERVAL.search(heard(column.name)))
    return bool(values) and (ranges if named else decimals) >= ENOUGH * len(values)


def _same_grouping(one: ColumnProfile, other: ColumnProfile) -> bool:
    if one.distinct != other.distinct or not one.cells:
        return False
    return len(set(zip(one.cells, other.cells, strict=True))) <= one.distinct + 1
