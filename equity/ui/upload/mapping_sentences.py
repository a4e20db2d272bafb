"""A mapping as sentences that can be changed: what a line is, what columns mean, who is compared, what is measured.

Everything that can be changed here starts from a mapping (proposed for the file, kept from last time, or read from a
mapping file) and gives a mapping back; what the sentences do not speak of stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as ReadOnly
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from equity.intake.proposal.mapping.mapping_keys import RESERVED
from equity.ui.layout import prose
from equity.ui.upload.stratifier_sentences import edit_groups
from equity.vocabulary import (
    ColumnSource,
    Mapping,
    Measure,
    PlainError,
    Reference,
    StratifierMapping,
    refuse_impossible_target,
)
from equity.vocabulary.mapping import Shape
from equity.words.escaping import one_line
from equity.words.labels.upload import UPLOAD_TEXTS

SHAPES: dict[Shape, str] = {
    "rows": "one visit, patient or event",
    "counts": "a count of events, and of everyone",
    "wide": "one visit or patient, with a column for each measure",
    "estimates": "a published rate, without counts",
}
ROLES: dict[Shape, tuple[str, ...]] = {
    "rows": ("measure", "period", "x", "n", "person"),
    "counts": ("measure", "period", "x", "n"),
    "wide": ("period", "person"),
    "estimates": ("measure", "period", "estimate", "lower", "upper", "population"),
}
SENTENCES = {
    "measure": "Measure column",
    "period": "Date or period column",
    "x": "Outcome column (yes or no, or a number)",
    "n": "Column with the number of people or visits",
    "person": "Person id column, so that repeat visits are told apart",
    "estimate": "Rate column",
    "lower": "Lower limit column",
    "upper": "Upper limit column",
    "population": "Group size column",
}
IN_COUNTS = {"x": "Column with the number of events", "n": "Column with the number of everyone they are counted among"}
NOT_THERE = "(no column)"
KINDS = {
    "proportion": "share of people or visits",
    "rate": "rate in a population or time",
    "mean": "average of a value",
}
POLARITIES = {"higher_better": "higher is better", "lower_better": "lower is better", "neutral": "neither"}
REFERENCES = {"best": "the best group", "average": "overall", "others": "all others", "target": "the target"}
MOST_MEASURES, MOST_LETTERS = 60, 120


def edit_mapping(start: Mapping, columns: ReadOnly[str, Sequence[str]], key: str) -> Mapping:
    """Draw the sentences and give the mapping that they say; raises :class:`PlainError` for a senseless number.

    ``columns`` are the file's columns, each with its values (most frequent first; none for columns that identify
    people).
    """
    names = {one_line(column): column for column in columns}
    with st.container(key="sentences"):
        shape = _shape(start, key)
        sources = {**start.columns, **_sources(start, shape, names, key)}
        stratifiers, ungrouped = start.stratifiers, start.only_over_time
        if not start.long:
            stratifiers = edit_groups(_stratifiers(start, names, key), columns, key)
            ungrouped = not stratifiers and _only_over_time(start, key)
        named_by_column = shape != "wide" and sources.get("measure", ColumnSource()).column is not None
        measures = _measures(start, key, named_by_column)
    names_now = dict(zip(start.measures, measures, strict=True))
    named_once = start.columns.get("measure", ColumnSource()).value
    if not named_by_column and named_once in names_now:
        sources["measure"] = ColumnSource(value=names_now[named_once])
    said = {role: source for role, source in sources.items() if source.column is not None or source.value is not None}
    others = {role for roles in ROLES.values() for role in roles} - set(ROLES[shape])
    kept = {role: source for role, source in said.items() if role not in others}
    return replace(
        start,
        shape=shape,
        columns=kept,
        stratifiers=stratifiers,
        measures=measures,
        only_over_time=ungrouped,
        measure_columns={names_now.get(name, name): columns for name, columns in start.measure_columns.items()},
        scales={names_now.get(name, name): scale for name, scale in start.scales.items()},
    )


def _shape(start: Mapping, key: str) -> Shape:
    shape = st.selectbox(
        UPLOAD_TEXTS["each_line_of_the_file"],
        list(SHAPES),
        list(SHAPES).index(start.shape),
        SHAPES.__getitem__,
        key=f"{key}_shape",
    )
    return shape if shape in SHAPES else start.shape


def _sources(start: Mapping, shape: Shape, names: ReadOnly[str, str], key: str) -> dict[str, ColumnSource]:
    """Which column plays which role; a role that the file does not hold keeps its one value for the whole file."""
    sources: dict[str, ColumnSource] = {}
    says = {**SENTENCES, **IN_COUNTS} if shape == "counts" else SENTENCES
    shown = {column: name for name, column in names.items()}
    places = st.columns(2)
    for count, role in enumerate(ROLES[shape]):
        before = start.columns.get(role, ColumnSource())
        said = f"(everywhere “{one_line(before.value, 40)}”)" if before.value is not None else NOT_THERE
        options = [said, *names]
        index = options.index(shown[before.column]) if before.column in shown else 0
        picked = places[count % 2].selectbox(says[role], options, index, key=f"{key}_{shape}_{role}")
        sources[role] = ColumnSource(column=names[picked]) if picked in names else ColumnSource(value=before.value)
    return sources


def _only_over_time(start: Mapping, key: str) -> bool:
    """With no grouping picked: whether that is meant."""
    return st.checkbox(
        UPLOAD_TEXTS["none_show_all_patients_together_only"], start.only_over_time, key=f"{key}_only_over_time"
    )


def _stratifiers(start: Mapping, names: ReadOnly[str, str], key: str) -> tuple[StratifierMapping, ...]:
    """Which columns group people; a column that was mapped before keeps its label, order and recoding."""
    mapped = {s.columns: s for s in start.stratifiers}
    joined = {one_line(" and ".join(columns)): columns for columns in mapped if len(columns) > 1}
    options = {**{name: (column,) for name, column in names.items()}, **joined}
    before = [name for name, columns in options.items() if columns in mapped]
    picked = st.multiselect(UPLOAD_TEXTS["people_are_grouped"], list(options), before, key=f"{key}_stratifiers")
    stratifiers: list[StratifierMapping] = []
    for name in picked:
        columns = options[name]
        taken = {*RESERVED, *(s.name for s in stratifiers)}
        stratifiers.append(mapped.get(columns) or StratifierMapping(_key_of(name, taken), columns, name))
    return tuple(stratifiers)


def _measures(start: Mapping, key: str, named_by_column: bool) -> dict[str, Measure]:
    """A line a measure: what kind of number, which way is better, compared with what.

    Its name can be written anew where it is not a cell of the file: one that a column names is called so.
    """
    if not start.measures or len(start.measures) > MOST_MEASURES:
        if start.measures:
            prose.small(UPLOAD_TEXTS["the_measures_are_described"].format(measures=len(start.measures)))
        return dict(start.measures)
    prose.small(UPLOAD_TEXTS["what_each_measure_means_without_better"])
    listed = list(start.measures.items())
    table = pd.DataFrame([_line(measure) for _, measure in listed])
    edited = st.data_editor(
        table,
        hide_index=True,
        width="stretch",
        num_rows="fixed",
        key=f"{key}_measures",
        column_config={
            "Measure": st.column_config.TextColumn(
                disabled=named_by_column,
                pinned=True,
                required=True,
                max_chars=MOST_LETTERS,
                help=UPLOAD_TEXTS["named_by_the_file"] if named_by_column else UPLOAD_TEXTS["call_it_as_people_do"],
            ),
            "Is a": st.column_config.SelectboxColumn(options=list(KINDS.values()), required=True),
            "Better": st.column_config.SelectboxColumn(options=list(POLARITIES.values()), required=True),
            "Shown per": st.column_config.NumberColumn(min_value=1, help=UPLOAD_TEXTS["for_a_rate_100000_shows"]),
            "Compared with": st.column_config.SelectboxColumn(options=list(REFERENCES.values()), required=True),
            "Target": st.column_config.NumberColumn(help=UPLOAD_TEXTS["target_as_shown"]),
            "Clinical area": st.column_config.TextColumn(),
        },
    )
    lines = edited.to_dict("records")
    measures = [_measure(measure, line, named_by_column) for (_, measure), line in zip(listed, lines, strict=True)]
    twice = next((m.name for i, m in enumerate(measures) if m.name in [other.name for other in measures[:i]]), None)
    if twice is not None:
        raise PlainError(f"Two measures are called “{one_line(twice)}”: give each a name of its own.")
    return {measure.name: measure for measure in measures}


def _line(measure: Measure) -> dict[str, object]:
    return {
        "Measure": one_line(measure.name),
        "Is a": KINDS[measure.kind],
        "Better": POLARITIES[measure.polarity],
        "Shown per": measure.multiplier,
        "Compared with": REFERENCES.get(measure.reference.kind, measure.reference.group),
        "Target": None
        if measure.target is None
        else round(measure.target * _shown_per(measure.kind, measure.multiplier), 9),
        "Clinical area": one_line(measure.clinical_area),
    }


def _measure(before: Measure, line: ReadOnly[object, object], named_by_column: bool) -> Measure:
    """The measure that an edited line says."""
    target = line["Target"]
    said = {name: str(line[name] or "") for name in ("Is a", "Better", "Compared with", "Clinical area")}
    kind = next((k for k in KINDS if KINDS[k] == said["Is a"]), before.kind)
    polarity = next((p for p in POLARITIES if POLARITIES[p] == said["Better"]), before.polarity)
    reference = next((r for r in REFERENCES if REFERENCES[r] == said["Compared with"]), "")
    try:
        multiplier = float(str(line["Shown per"] or 1))
        aim = None if target is None or target != target else float(str(target)) / _shown_per(kind, multiplier)
    except ValueError:
        raise PlainError(f"A number for “{before.name}” cannot be read: write digits only, such as 100000.") from None
    typed = " ".join(str(line["Measure"] or "").split())
    keeps = named_by_column or typed in ("", one_line(before.name))
    measure = replace(
        before,
        name=before.name if keeps else typed,
        kind=kind,  # type: ignore[arg-type]
        polarity=polarity,  # type: ignore[arg-type]
        multiplier=multiplier,
        target=aim,
        reference=Reference.parse(reference) if reference else before.reference,
        clinical_area=said["Clinical area"],
    )
    refuse_impossible_target(measure)
    return measure


def _shown_per(kind: str, multiplier: float) -> float:
    """What a target is written per, as everywhere on screen: percent, or per so many; an average in its own unit."""
    return 100.0 if kind == "proportion" else multiplier


def _key_of(name: str, taken: set[str]) -> str:
    """A short key for the mapping file and for links: small letters, digits, underscores; never one that is taken."""
    stem = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:40] or "group"
    return next(key for n in range(1, 1000) if (key := stem if n == 1 else f"{stem}_{n}") not in taken)
