"""Groups, years and measures that stand across the columns: found by what the columns' names say, and by their sums."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from equity.intake.columns.column_names import NOT_A_NUMBER, PERIOD, RATE_WORDS, N, X, heard
from equity.intake.layout.columns_across import (
    FEWEST,
    AcrossColumn,
    best_list,
    groups_across,
    is_of,
    sums_across,
    years_across,
)
from equity.intake.layout.said import (
    LABELS,
    LISTS,
    compares,
    groups_in,
    period_in,
    same,
    says_everyone,
    with_its_n,
)
from equity.intake.layout.sample import Sample
from equity.intake.spellings.missing import squeeze
from equity.intake.spellings.numbers import parse_number
from equity.vocabulary.layout import Across

_MONTH_OR_QUARTER = re.compile(r"(?!FY|CY|SFY|FFY)[A-Za-z]|.*-(?:0[1-9]|1[0-2])$|.*[Qq][1-4]", re.IGNORECASE)
_NOTES = re.compile(r"\b(?:footnotes?|notes?|symbol|rank|source)\b")
_DEPRIVATION = re.compile(
    r"\b(?:depriv\w*|quintile\w*|quartile\w*|fifths?|imd|adi|svi|income|wealth|poverty|vulnerab\w*)\b"
)


@dataclass(frozen=True)
class FoundAcross:
    """An across, why it was found, and the columns that are totals or comparisons and stand outside of it.

    ``fractions`` tells how it is known that the cells are fractions, empty where it is not.
    """

    across: Across
    why: str
    totals: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    fractions: str = ""


def find_across(sample: Sample) -> FoundAcross | None:
    """The years and groups that stand across the columns of numbers, or None."""
    numbered = _with_their_n(sample)
    if numbered is not None:
        return numbered
    numbers = [
        p
        for p in range(len(sample.header))
        if p in sample.numeric and not _labels_rows(sample, p) and not _ticks(sample, p)
    ]
    compared = tuple(sample.header[p] for p in numbers if compares(sample.header[p]))
    columns = [
        AcrossColumn(p, sample.header[p], (), sample.header[p]) for p in numbers if sample.header[p] not in compared
    ]
    into: list[str] = []
    columns, years = years_across(columns, sample)
    if years:
        into.append("Period" if any(_MONTH_OR_QUARTER.match(c.keys[0]) for c in columns if c.keys) else "Year")
    totals = _sums_over_time(columns, numbers, sample) if years else []
    for _ in range(2):
        listed = best_list(columns)
        if listed is None:
            break
        columns, everyone = groups_across(columns, listed, sample)
        totals += everyone
        into.append(_label(listed, sample, columns))
    if not into:
        return _upper_lines(sample, numbers, compared)
    every = [replace(c, rest="" if c.rest in into else c.rest) for c in columns if len(c.keys) == len(into)]
    columns = [c for c in every if c.name not in totals]
    if len(columns) < FEWEST:
        return None
    names = _value_names([c.rest for c in columns])
    if names.get("") == "Count" and any(not c.rest and _has_decimals(sample, c.place) for c in columns):
        names[""] = "Estimate"
    said = {c.name: (*c.keys, names[same(c.rest)]) for c in columns}
    fractions = _fractions(sample, columns, compared)
    if into == [_label_of_groups(into)] and len(names) == 1 and _places_of_rates(sample, columns):
        said = {c.name: (c.name, "Value") for c in every}
        why = f"{_why(into, columns)}; rates of places cannot be added up, so each stays a measure of its own"
        return FoundAcross(Across(("Measure",), said), why, (), compared, fractions)
    return FoundAcross(Across(tuple(into), said), _why(into, columns), tuple(totals), compared, fractions)


def _with_their_n(sample: Sample) -> FoundAcross | None:
    """Groups across, each with its number of people in its name: “White (n=1000)”, “Black, N = 340”."""
    with_n = {p: its for p in sorted(sample.numeric) if (its := with_its_n(sample.header[p])) is not None}
    if len(with_n) < FEWEST or len({group.casefold() for group, _ in with_n.values()}) < len(with_n):
        return None
    groups = [group for group, _ in with_n.values()]
    listed = next((k for k in LISTS if sum(is_of(k, g) for g in groups) >= 0.5 * len(groups)), None)
    into = (LABELS[listed] if listed else "Group", "N")
    value = _what_is_counted([text for p in with_n for text in sample.column(p) if text])
    said = {sample.header[p]: (group, n, value) for p, (group, n) in with_n.items() if not says_everyone(group)}
    if len(said) < FEWEST:
        return None
    totals = tuple(sample.header[p] for p, (group, _) in with_n.items() if says_everyone(group))
    compared = tuple(h for p, h in enumerate(sample.header) if p not in with_n and compares(h))
    first = sample.header[next(iter(with_n))]
    why = f"the names of {len(with_n)} columns say a group and its number of people, “{first}” and others"
    return FoundAcross(Across(into, said), why, totals, compared)


def _what_is_counted(cells: Sequence[str]) -> str:
    """What the cells below groups and their n are: counts, percents, or numbers of which nothing says it."""
    if all("%" in text and "(" not in text for text in cells):
        return "Percent"
    bare = [n for text in cells if "(" not in text and (n := parse_number(text).value) is not None]
    return "Value" if any(n != int(n) for n in bare) else "Count"


def _ticks(sample: Sample, place: int) -> bool:
    """Whether a column holds ticks: a check box says something of each row and is no number of a group."""
    return {squeeze(text) for text in sample.column(place)} <= {"0", "1", "0.0", "1.0", ""}


def _label_of_groups(into: Sequence[str]) -> str:
    return into[0] if into[0] not in ("Year", "Period") else ""


def _places_of_rates(sample: Sample, columns: Sequence[AcrossColumn]) -> bool:
    """Whether the cells are rates, and each row is a place (or another group) of its own."""
    values = [v for c in columns for row in sample.numbers if (v := row[c.place]) is not None]
    rates = any(v != int(v) for v in values) or any("%" in c.rest or RATE_WORDS.search(heard(c.rest)) for c in columns)
    labels = [sample.column(p) for p in sample.texts]
    return rates and any(len(set(texts)) == len(texts) > 1 and not all(map(period_in, texts)) for texts in labels)


def _fractions(sample: Sample, columns: Sequence[AcrossColumn], compared: Sequence[str]) -> str:
    """How a column of differences in percentage points shows that the cells are fractions; empty where none does."""
    for name in compared:
        if not re.search(r"\bpoints?\b", name, re.IGNORECASE):
            continue
        place = sample.header.index(name)
        for one in columns:
            for other in columns:
                rows = [(r[one.place], r[other.place], r[place]) for r in sample.numbers]
                whole = [(a, b, d) for a, b, d in rows if a is not None and b is not None and d is not None]
                close = sum(abs(100 * (b - a) - d) <= 1.01 for a, b, d in whole)
                if len(whole) >= 3 and close >= 0.9 * len(whole) and any(abs(d) > 1.5 for _, _, d in whole):
                    return f"“{name}” is a hundred times “{other.name}” less “{one.name}”"
    return ""


def _labels_rows(sample: Sample, place: int) -> bool:
    """Whether a column of numbers counts nobody: a year, a code, an id, a tick in a box."""
    name = heard(sample.header[place])
    said = [v for row in sample.numbers if (v := row[place]) is not None]
    if len(said) > 3 and set(said) <= {0.0, 1.0}:  # a tick in a box is an answer of this line
        return True
    years = bool(said) and all(1900 <= v <= 2100 and v == int(v) for v in said)
    return bool(PERIOD.search(name) or NOT_A_NUMBER.search(name) or _NOTES.search(name)) or (
        years and period_in(name) is None
    )


def _why(into: Sequence[str], columns: Sequence[AcrossColumn]) -> str:
    first, last = columns[0].name, columns[-1].name
    what = " and the ".join(i.lower() for i in into)
    return f"the names of {len(columns)} columns, “{first}” to “{last}”, say the {what}"


def _sums_over_time(columns: Sequence[AcrossColumn], numbers: Sequence[int], sample: Sample) -> list[str]:
    """Columns that are, row by row, the sum of all periods of one measure: they count everyone again."""
    families: dict[str, list[int]] = defaultdict(list)
    for c in columns:
        if c.keys:
            families[same(c.rest)].append(c.place)
    timed = {p for places in families.values() for p in places}
    sums = []
    for place in (p for p in numbers if p not in timed):
        for places in families.values():
            whole = [(row[place], sum(v for p in places if (v := row[p]) is not None)) for row in sample.numbers]
            told = [(a, b) for a, b in whole if a and a == int(a)]
            if len(places) >= FEWEST and len(told) >= FEWEST and sum(a == b for a, b in told) >= 0.95 * len(told):
                sums.append(sample.header[place])
                break
    return sums


def _label(listed: str, sample: Sample, columns: Sequence[AcrossColumn]) -> str:
    """What the new column of groups is called: as an upper header line calls it, else as the list does."""
    uppers = {sample.parts[c.place][0] for c in columns if len(sample.parts[c.place]) > 1 and c.keys}
    if listed == "deprivation-fifths" and _are_quarters(sample, columns):
        return "Quarter"
    if len(uppers) == 1 and (upper := next(iter(uppers))) and not groups_in(upper, listed) and not period_in(upper):
        return upper
    return LABELS[listed]


def _has_decimals(sample: Sample, place: int) -> bool:
    return any((v := row[place]) is not None and v != int(v) for row in sample.numbers)


def _are_quarters(sample: Sample, columns: Sequence[AcrossColumn]) -> bool:
    """Whether Q1 to Q4 across are the quarters of a year: there is no fifth, and nothing speaks of deprivation."""
    keys = {key.casefold() for c in columns for key in c.keys}
    said = " ".join(heard(text) for place in range(len(sample.header)) for text in sample.parts[place])
    return {"q1", "q2"} <= keys and not any("5" in key for key in keys) and not _DEPRIVATION.search(said)


def _value_names(stems: Sequence[str]) -> dict[str, str]:
    """A name for each measure that stands under the groups: what is left of the columns' names."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for text in stems:
        forms[same(text)][text] += 1
    names: dict[str, str] = {}
    bare = {"n", "%", "percent", "pct"} >= {key for key in forms if key}
    for key, texts in forms.items():
        text = texts.most_common(1)[0][0]
        if not key:
            names[key] = "Value" if len(forms) == 1 else "Count"
        elif bare and key == "n" and len(forms) > 1 and "" not in forms:
            names[key] = "Count"
        elif key in ("%", "pct"):
            names[key] = "Percent"
        else:
            names[key] = re.sub(r"^of (?=[A-Z])", "", text)
    return names


def _upper_lines(sample: Sample, numbers: Sequence[int], compared: Sequence[str]) -> FoundAcross | None:
    """Texts that no list knows, in an upper header line over measures that repeat under each of them."""
    under: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place in numbers:
        parts = [p for p in sample.parts[place] if p]
        if len(parts) >= 2 and sample.header[place] not in compared:
            under[parts[0]].append((place, " ".join(parts[1:])))
    sets = {upper: {same(lower) for _, lower in columns} for upper, columns in under.items()}
    if len(sets) >= FEWEST:
        common = set.intersection(*sets.values())
        if not common or (len(common) < FEWEST and len(max(sets.values(), key=len)) > 1):
            return None
        into = "Measure" if sample.grouped else "Group"
        names = _value_names([lower for columns in under.values() for _, lower in columns])
        said = {
            sample.header[p]: (upper, names[same(lower)]) for upper, columns in under.items() for p, lower in columns
        }
        whole = [h for h, texts in said.items() if says_everyone(texts[0])]
        said = {h: texts for h, texts in said.items() if h not in whole}
        why = f"the same columns stand under {len(sets)} headings of the line above, “{next(iter(sets))}” and others"
        return FoundAcross(Across((into,), said), why, tuple(whole), tuple(compared))
    if len(sets) == 1 and len(next(iter(sets.values()))) >= FEWEST:
        upper, columns = next(iter(under.items()))
        lowers = [lower for _, lower in columns]
        if any(
            RATE_WORDS.search(heard(t)) or X.search(heard(t)) or (N.search(heard(t)) and not says_everyone(t))
            for t in lowers
        ):
            return None
        said = {sample.header[p]: (lower, "Value") for p, lower in columns}
        made = [AcrossColumn(p, sample.header[p], (lower,), "") for p, lower in columns]
        everyone = {sample.header[p] for p in sums_across(made, sample)} | {
            h for h, t in said.items() if says_everyone(t[0])
        }
        said = {h: texts for h, texts in said.items() if h not in everyone}
        if len(said) < FEWEST:
            return None
        why = f"{len(said)} columns stand under the one heading “{upper}”"
        return FoundAcross(Across((upper,), said), why, tuple(sorted(everyone)), tuple(compared))
    return None
