"""The driver diagram of an aim: the picture, the same as a list, adding and changing drivers and ideas."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from equity.access.here import Here
from equity.actions.work import drivers as actions
from equity.charts.work.driver_diagram import as_page, as_svg
from equity.improvement.aims import Aim
from equity.improvement.drivers import LEVELS, Driver, DriverDiagram, Level, above
from equity.store.records.kept import Kept
from equity.store.workspace.tables import new_id
from equity.ui.components.downloading import component_key, download_button
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.ui.records.record_editing import Editing
from equity.ui.records.told_apart import told_apart
from equity.ui.session import sign_in
from equity.ui.work.aim_sentence import describe_aim
from equity.vocabulary import PlainError
from equity.words.escaping import one_line
from equity.words.labels.work import WORK_TEXTS
from equity.words.work import drivers as words

EDITING: Editing[DriverDiagram] = Editing("drivers", words.told, action="do_work")
_SCRIPT = Path(__file__).parent / "driver_diagram.js"
NEW = ""


def show_diagram(here: Here, aim: Kept[Aim]) -> None:
    """The diagram of an aim, or what one is for and the button that begins it."""
    kept = actions.diagram(here, aim.id)
    EDITING.settle(here, lambda theirs, yours: lambda at: actions.save_diagram(at, theirs, yours))
    if kept is None:
        prose.paragraph(words.PURPOSE)
        prose.example(words.EXAMPLE)
        prose.small(words.SOURCE)
        if sign_in.may("do_work") and st.button(words.BEGIN, icon=":material/account_tree:", key="begin_drivers"):
            EDITING.do(here, lambda at: actions.begin_diagram(at, aim.id))
        return
    tried = actions.tried(here, aim.id)
    if kept.content.drivers:
        _picture(kept, describe_aim(aim.content), tried)
    prose.listed("Still to think of", words.open_points(kept.content))
    if sign_in.may("do_work"):
        with st.expander(
            WORK_TEXTS["add_or_change_a_driver"], icon=":material/edit:", expanded=not kept.content.drivers
        ):
            _change(here, kept, aim.content)


def _picture(kept: Kept[DriverDiagram], aim: str, tried: frozenset[str]) -> None:
    """The picture, its twin as a list, and the sheet to print."""
    diagram = kept.content
    svg = as_svg(diagram, aim, tried)
    prose.small(words.finding(diagram, tried))
    if diagram.origin:
        prose.small(diagram.origin)
    component = st.components.v2.component(
        "driver_diagram",
        html='<div class="place"></div>\n',
        css=".place { overflow-x: auto; padding: 2px; }",
        js=_SCRIPT.read_text(encoding="utf-8"),
    )
    component(data={"svg": svg}, key=component_key(f"drawn_{kept.id}"))
    prose.small(f"{words.HOW_TO_READ} {words.SOURCE}")
    with st.expander(WORK_TEXTS["the_diagram_as_a_list"], icon=":material/list:"):
        prose.listed(words.finding(diagram, tried), words.listed(diagram, tried))
    if sign_in.may("export"):
        download_button(
            "Diagram on one page",
            sign_in.exported("driver diagram", lambda: as_page(svg, aim)),
            file_name="driver-diagram.html",
            mime="text/html",
            key="driver_diagram",
        )


def _change(here: Here, kept: Kept[DriverDiagram], aim: Aim) -> None:
    """One driver or idea at a time: its words, what it serves, the measure that tells of it."""
    seen = EDITING.seen(kept)
    EDITING.follows(kept, seen.content)
    by_id = {driver.id: driver for driver in seen.content.drivers}
    key, named = EDITING.key(kept), told_apart({NEW: "A new one", **{d.id: d.words for d in by_id.values()}})
    picked = st.selectbox(
        "Which one", list(named), format_func=named.__getitem__,
        key=f"{key}_which",
    )  # fmt: skip
    before = by_id.get(picked, Driver("", "primary" if not by_id else "secondary", ""))
    key = f"{key}_{picked}"
    level = st.selectbox(
        "What it is", LEVELS, LEVELS.index(before.level), format_func=words.ONE.__getitem__, key=f"{key}_level"
    )
    text = st.text_input(WORK_TEXTS["in_a_few_words"], before.words, max_chars=160, key=f"{key}_words")
    strong, weak = _serves(seen.content, before, level, key)
    measures = _measures(aim)
    measure = st.selectbox(
        WORK_TEXTS["a_measure_that_tells"],
        ["", *measures],
        1 + measures.index(before.measure) if before.measure in measures else 0,
        format_func=lambda each: one_line(each) if each else "None",
        key=f"{key}_measure",
    )
    with st.container(horizontal=True):
        if st.button("Keep this driver" if level != "idea" else "Keep this idea", type="primary", key=f"{key}_keep"):
            made = Driver(picked or new_id(), level, text, measure)
            EDITING.do(here, lambda at: actions.put_driver(at, seen, made, strong, weak))
        if picked and st.button("Take it out", key=f"{key}_out"):
            EDITING.do(here, lambda at: actions.take_out(at, seen, picked))


def _serves(diagram: DriverDiagram, before: Driver, level: Level, key: str) -> tuple[list[str], list[str]]:
    """What it serves strongly, and weakly, among the level above it."""
    over = above(level)
    if over is None:
        return [], []
    names = told_apart({d.id: d.words for d in diagram.drivers if d.level == over and d.id != before.id})
    links = {link.serves: link.strong for link in diagram.links if link.served_by == before.id}
    strong = st.multiselect(
        "It serves", list(names), [n for n in names if links.get(n)], names.__getitem__, key=f"{key}_{level}_strong"
    )
    weak = st.multiselect(
        WORK_TEXTS["it_serves_a_little"],
        list(names),
        [n for n in names if links.get(n) is False],
        names.__getitem__,
        key=f"{key}_{level}_weak",
    )
    return strong, weak


def _measures(aim: Aim) -> list[str]:
    """The measures of the aim's dataset; none when it is gone."""
    try:
        return [measure.name for measure in in_memory.description(aim.dataset).measures]
    except PlainError:
        return []
