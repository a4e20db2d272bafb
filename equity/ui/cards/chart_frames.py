"""Buttons under a control chart, each with a dialog: what a team decides about the chart, kept in the workspace.

A dialog that is open is named in the session, with the version of the frame that was seen when it was opened: when
somebody else has saved meanwhile, both texts are shown, and what was decided here can be added to theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from equity.cards.chart_overlays import ChartOverlays
from equity.cards.page_question import PageQuestion
from equity.ui.cards import annotating, frame_undo
from equity.ui.cards.annotating import pick_period
from equity.ui.cards.frame_decisions import show_decisions
from equity.ui.layout import prose
from equity.ui.session.workspace import allowed_at
from equity.vocabulary import PeriodRange, PlainError, refuse_impossible_target
from equity.words import numbers, periods
from equity.words.escaping import markdown
from equity.words.labels.cards import CARD_TEXTS

if TYPE_CHECKING:
    from equity.store.records.chart_frames import FrameKey
    from equity.store.records.frame_values import Baseline, ExcludedPoint, FourAnswers, KeptFrame, Phase

TOOLS = {
    "baseline": ("Freeze a baseline", ":material/lock_clock:"),
    "phase": ("Split a phase", ":material/call_split:"),
    "excluded": ("Leave a point out", ":material/remove_circle_outline:"),
    "target": ("Set a target line", ":material/flag:"),
    "event": ("Add an annotation", ":material/edit_note:"),
    "decided": ("What was decided", ":material/history:"),
}
OPEN, SEEN, CONFLICT, PENDING = "frame_tool", "frame_seen", "frame_conflict", "frame_pending"
Edit = Callable[["KeptFrame"], "KeptFrame"]


def chart_tools(question: PageQuestion, laid: ChartOverlays, labels: Sequence[str]) -> None:
    """The row of buttons, and the dialog of the one that was pressed. ``labels`` are the periods of the charts."""
    with st.container(horizontal=True, gap="small", key="chart_tools"):
        for name, (label, icon) in TOOLS.items():
            st.button(label, icon=icon, key=f"tool_{name}", on_click=_open, args=(name, question, laid))
    frame_undo.offer_undo(laid.place, _key(question), _whom(question))
    opened = str(st.session_state.get(OPEN, ""))
    if opened in TOOLS:
        _DIALOGS[opened](question, laid, list(labels))


def _open(name: str, question: PageQuestion, laid: ChartOverlays) -> None:
    state = st.session_state
    own = laid.frames.get(question.codes["group"])
    state[OPEN], state[SEEN] = name, 0 if own is None else own.version
    state.pop(CONFLICT, None)
    state.pop(PENDING, None)


def close() -> None:
    """Put the open dialog away."""
    for name in (OPEN, SEEN, CONFLICT, PENDING):
        st.session_state.pop(name, None)
    annotating.leave()


@st.dialog(TOOLS["baseline"][0], on_dismiss=close)
def _freeze(question: PageQuestion, laid: ChartOverlays, labels: list[str]) -> None:
    from equity.store.records.frame_values import Baseline

    prose.paragraph(CARD_TEXTS["the_middle_and_the_limits"].format(whom=_whom(question)))
    before = _kept(question, laid).baseline
    if _in_conflict(question, laid):
        return
    with st.form("freeze", border=False):
        first = pick_period("From", labels, 0, "freeze_first")
        last = pick_period("To", labels, max(0, len(labels) // 2 - 1), "freeze_last")
        reason = st.text_input(CARD_TEXTS["why_these_periods_may_stay_empty"], max_chars=300, key="freeze_reason")
        answers = _four_questions("freeze") if before is not None else None
        left, right = st.columns(2)
        frozen = left.form_submit_button("Freeze", type="primary")
        lifted = before is not None and right.form_submit_button("Lift the baseline")
    if frozen:
        _save(question, laid, lambda: _with_baseline(Baseline(PeriodRange(first, last), reason, answers)))
    if lifted:
        _save(question, laid, lambda: _with_baseline(None))


@st.dialog(TOOLS["phase"][0], on_dismiss=close)
def _split(question: PageQuestion, laid: ChartOverlays, labels: list[str]) -> None:
    from equity.store.records.frame_values import Phase

    prose.paragraph(CARD_TEXTS["from_this_period_on_the_chart"].format(whom=_whom(question)))
    if _in_conflict(question, laid):
        return
    with st.form("split", border=False):
        start = pick_period("First period of the new phase", labels, len(labels) // 2, "split_start")
        reason = st.text_input("What changed?", max_chars=300, key="split_reason")
        answers = _four_questions("split")
        done = st.form_submit_button("Split here", type="primary")
    if done:
        _save(question, laid, lambda: _with_phase(Phase(start, reason, answers)))
    for phase in _kept(question, laid).phases:
        if st.button(
            CARD_TEXTS["undo_the_phase_from"].format(start=periods.describe_period(phase.start)),
            key=f"join_{phase.start}",
        ):
            _save(question, laid, partial(_without_phase, phase.start))


@st.dialog(TOOLS["excluded"][0], on_dismiss=close)
def _leave_out(question: PageQuestion, laid: ChartOverlays, labels: list[str]) -> None:
    from equity.store.records.frame_values import ExcludedPoint

    prose.paragraph(CARD_TEXTS["the_point_stays_on_the_chart"])
    if _in_conflict(question, laid):
        return
    with st.form("leave_out", border=False):
        period = pick_period("Which point", labels, len(labels) - 1, "leave_out_period")
        reason = st.text_input(CARD_TEXTS["why_does_it_not_count"], max_chars=300, key="leave_out_reason")
        done = st.form_submit_button("Leave it out", type="primary")
    if done:
        _save(question, laid, lambda: _with_excluded(ExcludedPoint(period, reason)))
    for point in _kept(question, laid).excluded:
        if st.button(f"Count {periods.describe_period(point.period)} again", key=f"count_{point.period}"):
            _save(question, laid, partial(_without_excluded, point.period))


@st.dialog(TOOLS["target"][0], on_dismiss=close)
def _target(question: PageQuestion, laid: ChartOverlays, labels: list[str]) -> None:
    from equity.ui.datasets import in_memory

    measure = in_memory.description(question.codes["dataset"]).measure(question.codes["measure"])
    scale = numbers.display_scale(measure)
    unit = numbers.unit(measure) or ("in per cent" if measure.kind == "proportion" else "")
    held = _kept(question, laid).target
    if _in_conflict(question, laid):
        return
    with st.form("target", border=False):
        value = st.number_input(
            markdown(f"Target for {measure.name} {unit}".strip()),
            value=None if held is None else held * scale,
            key="target_value",
        )
        left, right = st.columns(2)
        drawn = left.form_submit_button("Draw the line", type="primary")
        gone = held is not None and right.form_submit_button(CARD_TEXTS["remove_the_line"])
    if drawn and value is None:
        prose.problem(CARD_TEXTS["the_target_line_needs_a_number"])
    elif drawn and value is not None:
        try:
            refuse_impossible_target(replace(measure, target=value / scale))
        except PlainError:
            prose.problem(CARD_TEXTS["the_target_lies_outside"])
        else:
            _save(question, laid, lambda: _with_target(value / scale))
    if gone:
        _save(question, laid, lambda: _with_target(None))


@st.dialog(TOOLS["event"][0], on_dismiss=close)
def _annotate(question: PageQuestion, laid: ChartOverlays, labels: list[str]) -> None:
    if annotating.annotate_form(question, laid, labels):
        close()
        st.rerun(scope="app")


@st.dialog(TOOLS["decided"][0], on_dismiss=close, width="large")
def _decided(question: PageQuestion, laid: ChartOverlays, labels: list[str]) -> None:
    show_decisions(laid.place, _key(question), _whom(question), _written(question))


_DIALOGS: dict[str, Callable[[PageQuestion, ChartOverlays, list[str]], None]] = {
    "baseline": _freeze,
    "phase": _split,
    "excluded": _leave_out,
    "target": _target,
    "event": _annotate,
    "decided": _decided,
}


def _four_questions(key: str) -> FourAnswers:
    """Wheeler's four questions; "not sure" until a person says otherwise."""
    from equity.store.records.frame_values import FOUR_QUESTIONS, Answer, FourAnswers

    given: dict[str, Any] = {
        name: st.radio(text, ["not sure", "yes", "no"], horizontal=True, key=f"{key}_{name}")
        for name, text in FOUR_QUESTIONS.items()
    }
    return FourAnswers(**{name: Answer(said) for name, said in given.items()})


def _kept(question: PageQuestion, laid: ChartOverlays) -> KeptFrame:
    """The frame that an edit starts from: the one that is drawn."""
    from equity.store.records.frame_values import EMPTY_FRAME

    drawn = laid.drawn(question.codes["group"])
    return EMPTY_FRAME if drawn is None else drawn.frame


def _key(question: PageQuestion) -> FrameKey:
    from equity.store.records.chart_frames import FrameKey

    return FrameKey(*(question.codes[part] for part in ("dataset", "measure", "by", "group")))


def _whom(question: PageQuestion) -> str:
    return question.label("group") if question.codes["group"] else "every group"


def _written(question: PageQuestion) -> Callable[[float], str]:
    """How a target is written: as the measure's rates are, never as a bare fraction."""
    from equity.ui.datasets import in_memory

    measure = in_memory.description(question.codes["dataset"]).measure(question.codes["measure"])
    return partial(numbers.rate, measure)


def _with_baseline(baseline: Baseline | None) -> Edit:
    return lambda kept: replace(kept, baseline=baseline)


def _with_target(target: float | None) -> Edit:
    return lambda kept: replace(kept, target=target)


def _with_phase(phase: Phase) -> Edit:
    return lambda kept: kept.with_phase(phase)


def _without_phase(start: str) -> Edit:
    return lambda kept: kept.without_phase(start)


def _with_excluded(point: ExcludedPoint) -> Edit:
    return lambda kept: kept.with_excluded(point)


def _without_excluded(period: str) -> Edit:
    return lambda kept: kept.without_excluded(period)


def _save(
    question: PageQuestion, laid: ChartOverlays, make: Callable[[], Edit], *, onto: KeptFrame | None = None
) -> None:
    """Make the edit, lay it on the frame that was seen, keep it; a conflict stays open with both texts."""
    from equity.store.records.chart_frames import save_frame
    from equity.store.workspace.conflict import Conflict

    state = st.session_state
    try:
        place = allowed_at(laid.place, "edit_chart_frames")
        edit = make()
        frame = edit(_kept(question, laid) if onto is None else onto)
        seen, key = state.get(SEEN, 0), _key(question)
        saved = save_frame(
            place.database, place.workspace, key, frame, seen_version=seen, by=place.person, written=_written(question)
        )
        frame_undo.remember(key, saved.version, _kept(question, laid))
    except Conflict as conflict:
        state[CONFLICT], state[PENDING] = conflict, edit
        st.rerun(scope="app")
    except PlainError as error:
        prose.problem(str(error))
    else:
        close()
        st.rerun(scope="app")


def _in_conflict(question: PageQuestion, laid: ChartOverlays) -> bool:
    """Both texts, when somebody else has saved meanwhile, and what to do; nothing of either is lost."""
    state = st.session_state
    conflict, edit = state.get(CONFLICT), state.get(PENDING)
    if conflict is None or edit is None:
        return False
    prose.both_texts(str(conflict), conflict.theirs, conflict.yours)
    left, right = st.columns(2)
    if left.button(CARD_TEXTS["add_mine_to_theirs"], type="primary", key="conflict_add"):
        state[SEEN] = conflict.version
        state.pop(CONFLICT)
        _save(question, laid, lambda: edit, onto=_latest(question, laid))
    if right.button("Leave theirs", key="conflict_leave"):
        close()
        st.rerun(scope="app")
    return True


def _latest(question: PageQuestion, laid: ChartOverlays) -> KeptFrame:
    from equity.store.records.chart_frames import chart_frame

    return chart_frame(laid.place.database, laid.place.workspace, _key(question)).frame
