"""The parts of the page Evidence pack: which release, the files, and every requirement with what is shown for it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from equity.access.here import Here
from equity.actions.evidence.files import FORMATS, MIME, as_file
from equity.actions.evidence.making import make_pack
from equity.export.evidence.model import heading
from equity.network.evidence import EvidencePack, Shown, ShownPart, typed_numbers
from equity.sharing import releases_in
from equity.store.files.home import home_folder
from equity.ui.components.downloading import download_button
from equity.ui.layout import prose
from equity.ui.session import sign_in
from equity.ui.session.workspace import allowed_at
from equity.words.days import describe_date
from equity.words.escaping import one_line
from equity.words.work import evidence as words

LABELS = {"docx": "Document (DOCX)", "html": "Web page", "json": "JSON"}


def choose_release(place: Here) -> str:
    """The release that the numbers come from: the newest that stands, or another of the workspace."""
    standing = [r for r in releases_in(place.database, home_folder(), place.workspace) if not r.revoked]
    if len(standing) < 2:
        return standing[0].id if standing else ""
    named = {r.id: f"{r.dataset}, {describe_date(r.created)} ({r.id})" for r in standing}
    chosen = st.selectbox(words.CHOOSE_RELEASE, list(named), format_func=lambda r: named[r], key="evidence_release")
    return str(chosen)


def show_pack(place: Here, pack: EvidencePack) -> None:
    """What the pack is, its files, and its parts."""
    prose.answer(words.in_short(pack))
    prose.small(words.about(pack))
    typed = typed_numbers(pack)
    if typed:
        prose.notice([words.TYPED_NUMBERS, *(f"“{one_line(title, 200)}”" for title in typed)])
    _files(place, pack)
    for part in pack.parts:
        _part(part)


def _files(place: Here, pack: EvidencePack) -> None:
    with st.container(horizontal=True, gap="small", key="evidence_files"):
        for form in FORMATS:
            download_button(
                LABELS[form],
                sign_in.exported("evidence pack", _made(place, pack.release_id, form)),
                file_name=f"evidence-pack.{form}",
                mime=MIME[form],
                key=f"evidence_{form}",
            )


def _made(place: Here, release_id: str, form: str) -> Callable[[], bytes]:
    home = home_folder()
    return lambda: as_file(make_pack(allowed_at(place, "export"), home, release_id=release_id), form)


def _part(shown: ShownPart) -> None:
    with st.container(border=True, key=f"evidence_{shown.part.id}"):
        prose.heading(shown.part.title)
        for said in (shown.part.note, shown.part.source):
            if said:
                prose.small(said)
        for each in shown.shown:
            _requirement(each)


def _requirement(shown: Shown) -> None:
    prose.heading(heading(shown), level=3)
    if shown.requirement.asks:
        prose.small(shown.requirement.asks)
    statements = [f"{said.words} ({words.sources(said.sources)})" for said in shown.statements]
    if statements:
        prose.listed(words.state(shown), statements, level=4)
    else:
        prose.small(words.state(shown))
