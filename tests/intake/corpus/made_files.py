"""Small extracts with a known truth, in the dialects in which extracts come; and whether they are read right.

A file is *right* when every group and period holds the events and people (or the rate) that it was made of and nothing
else is there; *asked* when a question that loading waits for is open, or one sentence refuses the file; else *wrong*,
which no file may be.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml, mapping_to_toml
from equity.intake.proposal.propose import propose
from equity.intake.reading.facts import Facts
from equity.intake.reading.read_facts import read_facts
from equity.vocabulary import PlainError, period_label

RACES = ("White", "Asian", "Black or African American", "Hispanic or Latino")
Counts = Mapping[tuple[str, str], tuple[float, float]]
KEY = bytes(range(32))


@dataclass(frozen=True)
class MadeFile:
    """A file and its truth: ``counts`` by (group, period label) as (events, everyone), or ``rates`` as fractions.

    ``asks`` is how the key of the question begins that the file must raise; empty where it must be read right, and
    ``either`` where both will do. ``polarity`` is checked where it is given; ``unknown`` are the groups that must be
    known to be none (not recorded, declined), ``measures`` the names that its measures must have.
    """

    name: str
    kind: str
    text: str
    counts: Counts = field(default_factory=dict)
    rates: Mapping[tuple[str, str], float] = field(default_factory=dict)
    asks: str = ""
    polarity: str = ""
    unknown: frozenset[str] = frozenset()
    measures: tuple[str, ...] = ()
    suffix: str = ".csv"


class Verdict(NamedTuple):
    """``said`` is right, asked or wrong; ``why`` holds the keys of what is asked, or what is wrong; ``questions`` is
    how many a person is shown, those that loading does not wait for included."""

    said: str
    why: str
    questions: int = 0


def verdict(made: MadeFile, folder: Path) -> Verdict:
    """How a file is read, by its proposal alone."""
    path = folder / f"{made.name}{made.suffix}"
    path.write_text(made.text, encoding="utf-8")
    asked = 0
    try:
        proposal = propose(path)
        asked = len(proposal.questions)
        waiting = [q for q in proposal.questions if q.waits]
        if waiting:
            return Verdict("asked", " ".join(q.key for q in waiting), asked)
        if any(p.code == "no_value" for p in proposal.problems):
            return Verdict("asked", "no_value", asked)
        mapping = mapping_from_toml(mapping_to_toml(proposal.mapping), made.name)
        with tempfile.TemporaryDirectory(dir=folder) as work:
            target = Path(work) / "facts.parquet"
            facts = read_facts([path], mapping, target, Path(work) / "aside.parquet", KEY)
            table = pd.read_parquet(target)
    except PlainError as refused:
        return Verdict("asked", str(refused), asked)
    why = _misread(made, facts, table)
    return Verdict("wrong" if why else "right", why, asked)


def _misread(made: MadeFile, facts: Facts, table: pd.DataFrame) -> str:
    """What was read otherwise than it is; empty where some grouping has every number right."""
    if made.measures and {m.name for m in facts.measures} != set(made.measures):
        return f"measures {[m.name for m in facts.measures]}"
    if made.polarity and {m.polarity for m in facts.measures} != {made.polarity}:
        return f"polarity {[(m.name, m.polarity) for m in facts.measures]}"
    table["label"] = [period_label(d, facts.grain) if pd.notna(d) else "" for d in table["period"]]
    reasons = []
    for stratifier in facts.stratifiers:
        why = _unlike(made, table, stratifier.name)
        silent = {c.value for c in stratifier.categories if c.kind not in ("group", "other")}
        if not why and made.unknown and silent != made.unknown:
            why = f"not recorded: {sorted(silent)}"
        if not why:
            return ""
        reasons.append(why)
    return "; ".join(reasons) or "it has no grouping"


def _unlike(made: MadeFile, table: pd.DataFrame, by: str) -> str:
    rows = table[table[by].notna()]
    if made.rates:
        found = {(g, p): e for g, p, e in zip(rows[by], rows["label"], rows["estimate"], strict=True)}
        return _differ(found, {key: (rate,) for key, rate in made.rates.items()}, lambda v: (v,))
    sums = rows.groupby([by, "label"])[["x", "n"]].sum()
    return _differ(dict(sums.T.items()), made.counts, lambda v: (v["x"], v["n"]))


def _differ(found: Mapping, wanted: Mapping, of) -> str:  # type: ignore[type-arg, no-untyped-def]
    if set(found) != set(wanted):
        return f"cells {sorted(set(found) ^ set(wanted))[:3]} differ"
    for key, values in wanted.items():
        if not all(math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9) for a, b in zip(of(found[key]), values, strict=True)):
            return f"{key} is {of(found[key])}, not {values}"
    return ""


@dataclass(frozen=True)
class Dialect:
    """How a table of counts is written."""

    delimiter: str = ","
    decimal: str = "."
    thousands: str = ""
    period: str = "year"
    total: str = ""
    total_first: bool = False
    rate: str = ""
    rate_name: str = "Rate"
    decimals: int = 2
    x_name: str = "Numerator"
    n_name: str = "Denominator"
    n_unit: float = 1.0
    excluded: bool = False
    eligible: bool = False
    repeated: bool = False


PERIOD_NAMES = {
    "year": "Year",
    "fiscal": "Financial year",
    "fiscal_slash": "Year",
    "quarter_dash": "Quarter",
    "quarter_brackets": "Period",
    "quarter": "Quarter",
    "month": "Month",
    "month_first_days": "Month",
    "day_first_days": "Month",
    "month_words": "Month",
    "year_and_quarter": "Year",
    "none": "",
}
QUARTERS = ("quarter", "quarter_dash", "quarter_brackets", "year_and_quarter")
MONTHS = ("month", "month_first_days", "day_first_days", "month_words")
_WORDS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def labels_of(form: str, count: int) -> list[str]:
    """The labels of ``count`` periods in a row, as a cube has them."""
    if form == "none":
        return [""]
    if form in QUARTERS:
        return [f"{2021 + k // 4}-Q{k % 4 + 1}" for k in range(count)]
    if form in MONTHS:
        return [f"{2023 + k // 12}-{k % 12 + 1:02d}" for k in range(count)]
    return [str(2019 + k) for k in range(count)]


def written_period(form: str, label: str) -> list[str]:
    """A period's cells as a dialect writes them."""
    year, _, part = label.partition("-")
    if form == "none":
        return []
    if form == "fiscal":
        return [f"{int(year) - 1}-{year[2:]}"]
    if form == "fiscal_slash":
        return [f"{int(year) - 1}/{year[2:]}"]
    if form == "quarter_dash":
        return [f"{year}-{part[1]}"]
    if form == "quarter_brackets":
        return [f"{year} ({part})"]
    if form == "quarter":
        return [f"{year} {part}"]
    if form == "year_and_quarter":
        return [year, part]
    if form == "day_first_days":
        return [f"01/{part}/{year}"]
    if form == "month_first_days":
        return [f"{part}/01/{year}"]
    if form == "month_words":
        return [f"{_WORDS[int(part) - 1]} {year}"]
    return [label]


def number(value: float, dialect: Dialect, decimals: int = 0) -> str:
    """A number as a dialect writes it."""
    whole = f"{value:,.{decimals}f}"
    kept = {",": "\0", ".": "\1"}
    text = "".join(kept.get(c, c) for c in whole)
    return text.replace("\0", dialect.thousands).replace("\1", dialect.decimal)


def written(counts: Counts, d: Dialect) -> str:
    """A table of counts as a dialect writes it."""
    period = PERIOD_NAMES[d.period]
    header = [period] if period else []
    header += ["Quarter"] if d.period == "year_and_quarter" else []
    header += ["Race", d.x_name, d.n_name]
    header += ["Denominator exclusions"] if d.excluded else []
    header.insert(len(header) - 1, "Eligible population") if d.eligible else None
    header += [d.rate_name] if d.rate else []
    lines = [header]
    for label in dict.fromkeys(p for _, p in counts):
        groups = [g for g, p in counts if p == label]
        own = [_line(counts[g, label], g, label, d) for g in groups]
        if d.total:
            x, n = (sum(counts[g, label][k] for g in groups) for k in (0, 1))
            everyone = _line((x, n), d.total, label, d)
            own = [everyone, *own] if d.total_first else [*own, everyone]
        lines += own
    if d.repeated:
        lines.append(lines[1])
    quote = [[f'"{c}"' if d.delimiter in c else c for c in line] for line in lines]
    return "\n".join(d.delimiter.join(line) for line in quote) + "\n"


def _line(values: tuple[float, float], group: str, label: str, d: Dialect) -> list[str]:
    x, n = values
    out = 7 if d.excluded else 0
    shown = (n + out) / d.n_unit
    cells = [*written_period(d.period, label), group, number(x, d)]
    cells += [number(2 * n + 11, d)] if d.eligible else []
    cells += [number(shown, d, 1 if d.n_unit > 1 else 0)]
    cells += [str(out)] if d.excluded else []
    per = {"percent": 100.0, "1000": 1e3, "100000": 1e5}.get(d.rate)
    return [*cells, *([number(per * x / n, d, d.decimals)] if per else [])]


def made_counts(
    periods: Sequence[str], groups: Sequence[str] = RACES, least: int = 150
) -> dict[tuple[str, str], tuple[float, float]]:
    """Counts that look like an extract's: no two alike, rates between a tenth and a half."""
    found = {}
    for i, group in enumerate(groups):
        for j, label in enumerate(periods):
            n = least + 100 * ((7 * i + 3 * j) % 11) + 13 * i + j
            n -= n % 100 if least >= 1000 else 0
            found[group, label] = (float(round(n * (0.1 + 0.09 * i + 0.01 * (j % 5)))), float(n))
    return found
