"""What a mapping makes of a file, before anything is loaded: read as it will be read, kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from equity.intake.apart.looking import Tried, tried
from equity.intake.reading.facts import Facts
from equity.intake.reading.worked_example import WorkedExample
from equity.ui.upload.file_reading import read_apart
from equity.vocabulary import Mapping, PeriodRange, period_label
from equity.words import groups, numbers, periods
from equity.words.datasets.worked_examples import sentence
from equity.words.labels.upload import UPLOAD_TEXTS

MOST_KEPT = 8


@dataclass(frozen=True)
class Checked:
    """What the mapping makes of the file: the account, the first rows, whether only its beginning was read."""

    facts: Facts
    rows: pd.DataFrame
    only_beginning: bool
    examples: tuple[WorkedExample, ...]


def check(file: Path, mapping: Mapping) -> Checked:
    """Read the file (its first megabytes where it is large) by the mapping; raises what loading it would raise."""
    kept: dict[tuple[str, int, str], Checked] = st.session_state.setdefault("checked", {})
    key = (str(file), file.stat().st_mtime_ns, repr(mapping))
    if key not in kept:
        reading: Tried = read_apart("Reading the file by this mapping", file, tried, file, mapping)
        while len(kept) >= MOST_KEPT:
            del kept[next(iter(kept))]
        kept[key] = Checked(reading.facts, _first_rows(reading), reading.only_beginning, reading.examples)
    return kept[key]


def summary(checked: Checked) -> str:
    """The account in two sentences."""
    facts = checked.facts
    named = groups.listed([f"{groups.label(s)} ({len(s.categories)})" for s in facts.stratifiers], most=6) or "nothing"
    stretch = periods.title(PeriodRange(facts.periods[0], facts.periods[-1])) if facts.periods else "no periods"
    measures = f"{len(facts.measures)} measure{'' if len(facts.measures) == 1 else 's'}"
    aside = numbers.count(facts.rows_set_aside) if facts.rows_set_aside else "none"
    part = "The beginning of the file reads" if checked.only_beginning else "The file reads"
    return UPLOAD_TEXTS["as_by_of_rows_are_used"].format(
        part=part,
        measures=measures,
        named=named,
        stretch=stretch,
        rows_in=numbers.count(facts.rows_in),
        rows_used=numbers.count(facts.rows_used),
        aside=aside,
    )


def examples(checked: Checked) -> list[str]:
    """One worked example for each measure, in words."""
    return [sentence(example) for example in checked.examples]


def _first_rows(reading: Tried) -> pd.DataFrame:
    """The first rows of the fact table under the names that people read."""
    table, facts = pd.DataFrame(reading.rows, columns=list(reading.columns)), reading.facts
    names = {"measure": "Measure", "period": "Period", **{s.name: s.label for s in facts.stratifiers}}
    names |= {"x": "Events", "n": "Out of", "estimate": "Rate", "lower": "Lower", "upper": "Upper"}
    kept = [c for c in names if c in table.columns and bool(table[c].notna().any())]
    if "period" in kept:
        table["period"] = [period_label(day, facts.grain) if day == day else "" for day in table["period"]]
    return table[kept].rename(columns=names)
