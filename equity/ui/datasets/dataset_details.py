"""The rest of what is known of a dataset: its dictionary, the rows set aside, and what changed between versions."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from equity.cards.card import csv_of, file_stem
from equity.intake.proposal.mapping.mapping_file import read_mapping
from equity.lens.what_changed import what_changed
from equity.store.files import versions
from equity.ui.components.downloading import download_button
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.ui.layout.lazy_expander import lazy_expander
from equity.ui.session import sign_in
from equity.vocabulary import Description, Mapping, PlainError
from equity.words import numbers
from equity.words.datasets import dictionary
from equity.words.datasets import what_changed as words
from equity.words.labels.datasets import DATASET_TEXTS


def show_details(held: versions.Dataset) -> None:
    """Three closed expanders; what is in one is read when it is opened."""
    current = held.current.description()
    key = held.folder.name
    lazy_expander("Data dictionary", ":material/menu_book:", f"dictionary_{key}", lambda: _dictionary(held, current))
    if current.rows_set_aside:
        lazy_expander("Rows set aside", ":material/rule:", f"aside_{key}", lambda: _set_aside(held, current))
    if len(held.versions) > 1:
        lazy_expander("What changed", ":material/compare:", f"changed_{key}", lambda: _what_changed(held))


def _dictionary(held: versions.Dataset, current: Description) -> None:
    mapping = _mapping(held.current)
    tables = {
        "Columns": dictionary.columns(mapping) if mapping else pd.DataFrame(),
        "Measures": dictionary.measures(current),
        "Groups": dictionary.categories(current),
    }
    for name, table in tables.items():
        if len(table):
            prose.heading(name, 3)
            st.dataframe(table, hide_index=True, width="stretch", alt=f"{name} of the dataset")
            _csv(table, f"{name.lower()} of {held.name}", f"{file_stem(held.name)}-{name.lower()}")


def _set_aside(held: versions.Dataset, current: Description) -> None:
    split = DATASET_TEXTS["rows_in_used_set_aside"].format(
        rows_in=numbers.count(current.rows_in),
        rows_used=numbers.count(current.rows_used),
        rows_set_aside=numbers.count(current.rows_set_aside),
    )
    if current.counted_by:
        prose.paragraph(DATASET_TEXTS["the_rows_stayed_on_and_so"].format(split=split, counted_by=current.counted_by))
        _reasons_alone(current)
        return
    prose.paragraph(DATASET_TEXTS["each_is_named_by_its_line"].format(split=split))
    aside = pd.read_parquet(held.current.folder / "set_aside.parquet")
    reasons = aside.groupby(["column", "reason"], dropna=False).agg(
        rows=("source_row", "size"), first=("source_row", "min")
    )
    table = reasons.reset_index().sort_values("rows", ascending=False)
    table.columns = pd.Index(["Column", "Reason", "Rows", "First line"])
    st.dataframe(table, hide_index=True, width="stretch", height="content", alt="Why rows were set aside")
    _csv(aside, f"rows set aside from {held.name}", f"{file_stem(held.name)}-set-aside")


def _reasons_alone(current: Description) -> None:
    problems = [problem for problem in current.problems if problem.severity == "set_aside"]
    table = pd.DataFrame(
        {
            "Column": [problem.column for problem in problems],
            "Reason": [problem.message for problem in problems],
            "Rows": [problem.count for problem in problems],
        }
    )
    st.dataframe(table, hide_index=True, width="stretch", height="content", alt="Why rows were set aside")


def _what_changed(held: versions.Dataset) -> None:
    earlier = {version.number: version for version in held.versions[:-1]}
    key = f"changed_from_{held.folder.name}"
    picked = st.selectbox(
        "Compared with version", list(earlier), index=len(earlier) - 1, format_func=lambda n: f"Version {n}", key=key
    )
    before, after = earlier[picked], held.current
    kept = _mapping(before), _mapping(after)
    cubes = [in_memory.cube(held.name, v.number, v.description().created) for v in (before, after)]
    answer = what_changed(cubes[0], cubes[1], (kept[0], kept[1]) if kept[0] and kept[1] else None)
    prose.paragraph(words.finding(answer))
    prose.listed("Definitions", words.definitions(answer))
    table = words.table(answer)
    if len(table):
        st.dataframe(table, hide_index=True, width="stretch", alt=words.finding(answer))
        prose.small(words.REASONS)
    _csv(answer.rows, f"what changed in {held.name}", f"{file_stem(held.name)}-what-changed")
    st.code(answer.sql, language="sql", wrap_lines=True)


def _mapping(version: versions.Version) -> Mapping | None:
    try:
        return read_mapping(version.folder / "mapping.toml")
    except (OSError, PlainError):
        return None


def _csv(table: pd.DataFrame, what: str, stem: str) -> None:
    download_button(
        "Download CSV",
        sign_in.exported(what, lambda: csv_of(table)),
        file_name=f"{stem}.csv",
        mime="text/csv",
        key=f"csv_{stem}",
    )
