"""What was loaded, and the steps that a file takes: before there is a file, and after it is in."""

from __future__ import annotations

import streamlit as st

from equity.ui.layout import prose
from equity.ui.page_registry import page
from equity.ui.upload.load_job import LoadJob
from equity.vocabulary import Description
from equity.words import numbers
from equity.words.labels.upload import UPLOAD_TEXTS


def loaded() -> Description | None:
    """What this session has just loaded, until the next file is dropped."""
    job: LoadJob | None = st.session_state.get("load_job")
    return None if job is None else job.loaded


def show_loaded(held: Description) -> None:
    """What was loaded, and where to go with it."""
    prose.answer(f"“{held.dataset}” is loaded.")
    aside = numbers.count(held.rows_set_aside) if held.rows_set_aside else "none"
    prose.paragraph(
        UPLOAD_TEXTS["it_is_version_of_rows"].format(
            version=held.version,
            rows_used=numbers.count(held.rows_used),
            rows_in=numbers.count(held.rows_in),
            aside=aside,
        )
    )
    st.page_link(
        page("disparities"),
        label=UPLOAD_TEXTS["see_how_groups_compare"],
        icon=":material/arrow_forward:",
        query_params={"dataset": held.dataset},
    )
    st.page_link(page("datasets"), label=UPLOAD_TEXTS["see_what_was_loaded"], icon=":material/database:")


def show_steps() -> None:
    """What to bring and what happens, before a file is there."""
    prose.listed(
        "What to bring",
        [
            UPLOAD_TEXTS["one_line_a_visit_or_patient"],
            UPLOAD_TEXTS["a_column_that_says_how_people"],
            UPLOAD_TEXTS["a_column_with_the_outcome_yes"],
            UPLOAD_TEXTS["names_birthdays_and_record_numbers"],
        ],
        level=2,
    )
    prose.listed(
        "What happens",
        [
            UPLOAD_TEXTS["each_columns_meaning_is_proposed"],
            UPLOAD_TEXTS["you_load_it_under_a_name"],
            UPLOAD_TEXTS["every_load_is_a_new_version"],
        ],
        level=2,
    )
