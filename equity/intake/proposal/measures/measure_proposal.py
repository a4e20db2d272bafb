"""What the measures of a file mean: from the catalogue, from the rates that stand beside the counts, from the words."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from equity.intake.columns.column_names import RATE_WORDS, heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.columns.units import per
from equity.intake.columns.value_columns import EXPECTED
from equity.intake.spellings.catalogue import is_turned_round, measure_for, polarity_by_words, recognise
from equity.intake.spellings.numbers import parse_number
from equity.intake.spellings.yes_no import NOBODY_SAID, parse_yes_no
from equity.vocabulary import Kind, Measure
from equity.vocabulary.mapping import YesNo

MULTIPLIERS = (100.0, 1_000.0, 10_000.0, 100_000.0, 1_000_000.0)
RARE = 0.02


def measure_name(file: str, titles: Sequence[str], column: str = "") -> str:
    """A measure's name where no column says it: the file's name up to “by”, in words."""
    stem = re.sub(r"\.(?:csv|tsv|txt|parquet|xlsx|json|ndjson|gz|zst|zip)$", "", Path(file).name, flags=re.IGNORECASE)
    stem = re.sub(r"\.(?:csv|tsv|txt|parquet|xlsx|json|ndjson)$", "", stem, flags=re.IGNORECASE)
    words = re.split(r"[_\s-]+by[_\s-]+", stem)[0]
    words = re.sub(
        r"\b(?:19|20)\d\d\b|\b(?:final|export|extract|data|download|v\d+|q[1-4])\b",
        " ",
        words.replace("_", " ").replace("-", " "),
        flags=re.IGNORECASE,
    )
    name = " ".join(words.split())
    if len(column.split()) <= 4 and recognise(column) and not recognise(name) and polarity_by_words(name) == "neutral":
        name = column.replace("_", " ")
    if column and is_turned_round(column) and not is_turned_round(name):
        return column.replace("_", " ")  # “Not screened” in a file of screening: the column says what is counted
    return (name[:1].upper() + name[1:]) or column or "Measure"


def count_kind(
    x: ColumnProfile, n: ColumnProfile | None, no: ColumnProfile | None, columns: Sequence[ColumnProfile]
) -> tuple[Kind, float, str]:
    """(kind, multiplier, why) of counts, by the rates that stand beside them, else by how rare the events are."""
    if n is not None and EXPECTED.search(heard(n.name)):
        return "rate", 1.0, f"“{n.name}” counts events that would be expected: the rate is observed by expected"
    pairs = _pairs(x, n, no)
    for column in columns:
        if column.name in {x.name, n.name if n else "", no.name if no else ""} or not RATE_WORDS.search(
            heard(column.name)
        ):
            continue
        multiplier = _multiplier(pairs, column)
        if multiplier == 100:
            return "proportion", 1.0, f"“{column.name}” gives it in percent of everyone"
        if multiplier is not None:
            return "rate", multiplier, f"“{column.name}” gives it per {multiplier:,.0f}"
        named = per(column.name)
        if named is not None and named > 100:
            return "rate", named, f"“{column.name}” says per how many"
    if n is None or not pairs:
        return "proportion", 1.0, "everyone is either with or without the event"
    if any(a > b for _, a, b in pairs):
        return "rate", 1_000.0, "there are sometimes more events than the number they are counted among"
    if statistics.median(a / b for _, a, b in pairs if b) < RARE and max(b for _, _, b in pairs) > 10_000:
        return "rate", 100_000.0, "events are rare in a large population"
    return "proportion", 1.0, "there are never more events than the number they are counted among"


def _pairs(x: ColumnProfile, n: ColumnProfile | None, no: ColumnProfile | None) -> list[tuple[int, float, float]]:
    other = n or no
    if other is None:
        return []
    pairs = []
    for place, (a, b) in enumerate(zip(x.cells, other.cells, strict=True)):
        first, second = parse_number(a).value, parse_number(b).value
        if first is not None and second is not None:
            second = second if n is not None else first + second
            if second > 0:
                pairs.append((place, first, second))
        if len(pairs) >= 2_000:
            break
    return pairs


def _multiplier(pairs: Sequence[tuple[int, float, float]], rate: ColumnProfile) -> float | None:
    """The power of ten by which x / n must be multiplied to give the column, when one fits most rows."""
    scaled = []
    for place, a, b in pairs:
        shown = parse_number(rate.cells[place])
        value = shown.value
        if value is not None and a >= 5 and value > 0:
            scaled.append((100 if shown.state == "percent" else 1) * value * b / a)
    if len(scaled) < 3:
        return None
    middle = statistics.median(scaled)
    return next((m for m in MULTIPLIERS if 0.8 < middle / m < 1.25), None)


def row_kinds(
    names: Sequence[str],
    measure: ColumnProfile | None,
    x: ColumnProfile | None,
    n: ColumnProfile | None,
    said: YesNo = NOBODY_SAID,
) -> dict[str, tuple[Kind | None, float]]:
    """(kind, multiplier) of each measure of an extract of visits, by its own values.

    Only 0 and 1 make a proportion; other numbers a rate where a line counts several (patient days), else a mean.
    """
    if x is None:
        return dict.fromkeys(names, (None, 1.0))
    values: dict[str, set[float]] = {name: set() for name in names}
    several: set[str] = set()
    for place, cell in enumerate(x.cells):
        name = measure.cells[place] if measure is not None else names[0]
        value = parse_yes_no(cell, (), x.decimal, said).value
        if value is not None and name in values and len(values[name]) < 10:
            values[name].add(value)
        counts = parse_number(n.cells[place]).value if n is not None else None
        if counts is not None and counts > 1:
            several.add(name)
    return {name: _row_kind(name, cells, name in several) for name, cells in values.items()}


def _row_kind(name: str, values: set[float], several: bool) -> tuple[Kind | None, float]:
    if not values:
        return None, 1.0
    if several:
        entry = recognise(name)
        return "rate", entry.multiplier if entry and entry.kind == "rate" else 1_000.0
    return ("proportion", 1.0) if values <= {0.0, 1.0} else ("mean", 1.0)


def described(name: str, shape: str, kind: Kind | None = None, multiplier: float = 1.0, area: str = "") -> Measure:
    """A measure with the file's own evidence for its kind, and the catalogue's meaning for the rest."""
    measure = measure_for(name, shape)
    if area:
        measure = replace(measure, clinical_area=area)
    if kind is None:
        return measure if measure.kind == "rate" else replace(measure, multiplier=1.0)
    if kind == "rate":
        return replace(measure, kind="rate", multiplier=multiplier)
    return replace(measure, kind=kind, multiplier=multiplier)
