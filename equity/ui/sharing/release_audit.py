"""What a release says of itself, and what its audit found."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from equity.release.shelf import Release
from equity.ui.layout import prose
from equity.words import groups, numbers
from equity.words.escaping import one_line
from equity.words.labels.sharing import SHARING_TEXTS
from equity.words.sharing.release import audit_sentences, audit_table

PAIRS = {"year": "by year and over all time", "all": "over all time only", "none": "not at all"}


def by_table(tables: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    def named(by: str) -> str:
        return " × ".join(one_line(labels.get(part, part)) for part in by.split(" × ")) if by else "Everyone"

    return pd.DataFrame(
        {
            "Table": [named(str(by)) for by in tables["by"]],
            "Period": [str(grain) for grain in tables["grain"]],
            "Shown": [numbers.count(float(value)) for value in tables["shown"]],
            "Zero": [numbers.count(float(value)) for value in tables["zero"]],
            "Hidden": [numbers.count(float(value)) for value in tables["hidden"]],
        }
    )


def show_table(table: pd.DataFrame, alt: str) -> None:
    st.dataframe(table, hide_index=True, width="stretch", height="content", alt=alt)


def release_in_words(release: Release) -> str:
    plan = release.plan
    known = {s.name: groups.label(s) for s in release.description().stratifiers}
    by = groups.listed([known[key] for key in plan.stratifiers], most=8)
    crossed = SHARING_TEXTS["two_groupings_crossed"].format(pairs=PAIRS[plan.pairs])
    if plan.pairs == "none":
        crossed = SHARING_TEXTS["no_groupings_crossed"]
    finest = "all time" if plan.grain == "all" else plan.grain
    return SHARING_TEXTS["measure_of_version_grouped"].format(
        measures=len(plan.measures),
        plural="" if len(plan.measures) == 1 else "s",
        version=release.version,
        by=by or "nothing",
        finest=finest,
        crossed=crossed,
    )


def show_audit(release: Release) -> None:
    audit = release.audit()
    if "hidden" not in audit:
        prose.paragraph(SHARING_TEXTS["this_release_was_made_before"])
        return
    for sentence in audit_sentences(audit)[1:]:
        prose.paragraph(sentence)
    labels = {s.name: s.label for s in release.description().stratifiers}
    show_table(by_table(pd.DataFrame(audit["tables"]), labels), "What is shown and hidden, table by table")
    if audit["hidden"] and st.toggle(SHARING_TEXTS["least_and_greatest_of_each_hidden"], key=f"bounds_{release.id}"):
        _bounds(release, labels)


def _bounds(release: Release, labels: dict[str, str]) -> None:
    """What readers could work out of each hidden count, one measure at a time, the narrowest first."""
    bounds = release.bounds()
    measures = list(dict.fromkeys(bounds["measure"]))
    name = st.selectbox("Measure", measures, format_func=one_line, key=f"bounds_of_{release.id}", required=True)
    prose.small(SHARING_TEXTS["for_the_team_whoever_reads"])
    show_table(audit_table(bounds[bounds["measure"] == name], labels), "Least and greatest of each hidden count")
