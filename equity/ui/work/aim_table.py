"""All aims as a file: each with its parts and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence

from equity.access.here import Here
from equity.actions.work import aims as actions
from equity.cards.card import csv_of
from equity.improvement.aims import Aim
from equity.store.records.kept import Kept
from equity.ui.components.downloading import download_button
from equity.ui.session import sign_in
from equity.ui.work.aim_parts import cube_of, meant
from equity.vocabulary import PlainError
from equity.words.work.aims_table import AimTold, table


def save_all(here: Here, kept: Sequence[Kept[Aim]]) -> None:
    """The button; the file is made when it is pressed."""
    if not kept or not sign_in.may("export"):
        return
    download_button(
        "Aims (CSV)",
        sign_in.exported("aims", lambda: csv_of(table([_told(here, each) for each in kept]))),
        file_name="aims.csv",
        mime="text/csv",
        key="aims_csv",
    )


def _told(here: Here, kept: Kept[Aim]) -> AimTold:
    try:
        cube = cube_of(kept.content.dataset)
        measure, stratifier = meant(cube, kept.content)
        progress = None if kept.content.status == "draft" else actions.progress_of(here, kept, cube)
    except PlainError:
        return AimTold(kept.content)
    return AimTold(kept.content, measure, stratifier, progress)
