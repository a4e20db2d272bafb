"""What a mapping makes of a file, before anything is loaded: read as it will be read, kept nowhere."""

from __future__ import annotations

import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import streamlit as st

from equity.intake.reading.read_facts import Facts, read_facts
from equity.intake.reading.worked_example import WorkedExample, worked_examples
from equity.vocabulary import Mapping, PeriodRange, period_label
from equity.words import groups, numbers, periods
from equity.words.worked_examples import sentence

HEAD_BYTES = 4 * 1024**2
TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab", ".psv")
SHOWN_ROWS = 8


@dataclass(frozen=True)
class Checked:
    """What the mapping makes of the file: the account, the first rows, whether only its beginning was read."""

    facts: Facts
    rows: pd.DataFrame
    only_beginning: bool
    examples: tuple[WorkedExample, ...]


def check(file: Path, mapping: Mapping) -> Checked:
    """Read the file (its first megabytes where it is large) by the mapping; raises what loading it would raise."""
    return _checked(str(file), file.stat().st_mtime_ns, mapping)


def summary(checked: Checked) -> str:
    """The account in two sentences."""
    facts = checked.facts
    named = groups.listed([f"{groups.label(s)} ({len(s.categories)})" for s in facts.stratifiers], most=6) or "nothing"
    stretch = periods.title(PeriodRange(facts.periods[0], facts.periods[-1])) if facts.periods else "no periods"
    measures = f"{len(facts.measures)} measure{'' if len(facts.measures) == 1 else 's'}"
    aside = numbers.count(facts.rows_set_aside) if facts.rows_set_aside else "none"
    part = "The beginning of the file reads" if checked.only_beginning else "The file reads"
    return (
        f"{part} as {measures} by {named}; {stretch}. Of {numbers.count(facts.rows_in)} rows, "
        f"{numbers.count(facts.rows_used)} are used and {aside} set aside."
    )


def examples(checked: Checked) -> list[str]:
    """One worked example for each measure, in words."""
    return [sentence(example) for example in checked.examples]


@st.cache_data(max_entries=32, show_spinner="Reading the file by this mapping", hash_funcs={Mapping: repr})
def _checked(file: str, changed: int, mapping: Mapping) -> Checked:
    path = Path(file)
    with tempfile.TemporaryDirectory(prefix="check-", dir=path.parent) as folder:
        source = _beginning(path, Path(folder))
        target = Path(folder) / "facts.parquet"
        facts = read_facts([source], mapping, target, Path(folder) / "aside.parquet", secrets.token_bytes(32))
        examples = worked_examples(target, facts.measures, facts.stratifiers, facts.grain)
        return Checked(facts, _first_rows(target, facts), source != path, examples)


def _beginning(path: Path, folder: Path) -> Path:
    """The file, or a copy of its first megabytes up to a line's end, under the same name."""
    if path.suffix.lower() not in TEXT_SUFFIXES or path.stat().st_size <= HEAD_BYTES:
        return path
    with path.open("rb") as source:
        head = source.read(HEAD_BYTES)
    copy = folder / path.name
    copy.write_bytes(head[: head.rfind(b"\n") + 1] or head)
    return copy


def _first_rows(target: Path, facts: Facts) -> pd.DataFrame:
    """The first rows of the fact table under the names that people read; ids of people are not among them."""
    first = next(pq.ParquetFile(target).iter_batches(batch_size=SHOWN_ROWS), None)
    table = pd.DataFrame() if first is None else first.to_pandas()
    names = {"measure": "Measure", "period": "Period", **{s.name: s.label for s in facts.stratifiers}}
    names |= {"x": "Events", "n": "Out of", "estimate": "Rate", "lower": "Lower", "upper": "Upper"}
    kept = [c for c in names if c in table.columns and bool(table[c].notna().any())]
    if "period" in kept:
        table["period"] = [period_label(day, facts.grain) if day == day else "" for day in table["period"]]
    return table[kept].rename(columns=names)
