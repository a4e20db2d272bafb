"""The tests of change of a project: plan and prediction, what was seen, both beside each other, what is decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from equity.access.here import Here
from equity.actions.work import cycles as actions
from equity.charts.work import cycles as charts
from equity.improvement.cycles import DECISIONS, MOST_QUESTIONS, OUTCOMES, SCALES, Cycle, CycleQuestion, Reading
from equity.improvement.projects import OVER, Project
from equity.store.records.kept import Kept
from equity.ui.components.chart import chart
from equity.ui.components.picked_day import picked_day
from equity.ui.layout import prose
from equity.ui.records.record_editing import Editing
from equity.ui.records.told_apart import told_apart
from equity.ui.session import sign_in
from equity.ui.work.aim_parts import cube_of
from equity.vocabulary import PlainError
from equity.words.escaping import one_line
from equity.words.labels.work import WORK_TEXTS
from equity.words.work import cycles as words
from equity.words.work.projects import SCALES as SCALE_WORDS
from equity.words.work.projects import WITHDRAW

EDITING: Editing[Cycle] = Editing("cycle", words.told, action="do_work")
DAY, VALUE, OF, REMARK = "Day", "Number", "Out of", "Remark"


def show_cycles(here: Here, project: Kept[Project]) -> None:
    """Every test of a project, the latest first, and the button that begins another."""
    kept = actions.cycles(here, project.id)
    prose.heading("Tests of change")
    if not kept:
        prose.paragraph(words.PURPOSE)
        prose.example(words.EXAMPLE)
    _settle(here)
    all_closed = all(each.content.stage == "closed" for each in kept)
    if all_closed and sign_in.may("do_work") and project.content.state not in OVER:
        _begin(here, project, kept)
    for each in reversed(kept):
        _show(here, each)
    _bring_back(here, project)


def _bring_back(here: Here, project: Kept[Project]) -> None:
    """Tests of the project that were withdrawn in the last 30 days."""
    gone = {each.id: words.heading(each.content) for each in actions.withdrawn_cycles(here, project.id)}
    if not gone or not sign_in.may("do_work"):
        return
    named = told_apart(gone)
    with st.expander("Withdrawn tests", icon=":material/restore:"):
        record = st.selectbox(WORK_TEXTS["restore"], list(named), format_func=named.__getitem__, key="bring_back_test")
        if st.button(WORK_TEXTS["bring_this_test_back"], key="bring_back_test_now"):
            EDITING.do(here, lambda at: actions.bring_back_cycle(at, record))


def _settle(here: Here) -> None:
    """Both texts, where somebody saved the test meanwhile."""
    EDITING.settle(here, lambda theirs, yours: lambda at: actions.save_cycle(at, theirs, yours))


def _begin(here: Here, project: Kept[Project], kept: tuple[Kept[Cycle], ...]) -> None:
    """Begin the first test, or the next one with what the one before decided."""
    if kept and st.button(words.begin_next(kept[-1].content), type="primary", key="begin_next"):
        EDITING.do(here, lambda at: actions.begin_next(at, kept[-1]))
    if not kept and st.button(words.BEGIN, type="primary", icon=":material/science:", key="begin_cycle"):
        first = Cycle(objective=project.content.title, who=project.content.owner, where=project.content.site)
        EDITING.do(here, lambda at: actions.begin_cycle(at, project.id, first))


def _show(here: Here, kept: Kept[Cycle]) -> None:
    """One test: where it is, and what this stage asks for; one that is closed is folded."""
    cycle = kept.content
    with st.container(border=True, key=f"cycle_{kept.id}"):
        head = st.container()
        if cycle.stage in ("study", "act"):
            prose.paragraph(words.finding(cycle))
            _studied(cycle)
        if cycle.stage != "closed" and sign_in.may("do_work"):
            with EDITING.as_typed(kept):
                made = _form(EDITING.seen(kept).content, EDITING.key(kept))
            EDITING.keep_up(here, kept, made, actions.save_cycle)
            cycle = EDITING.seen(kept).content
            _go_on(here, kept)
            if st.button("Withdraw this test", key=f"withdraw_{kept.id}", type="tertiary", help=WITHDRAW):
                EDITING.do(here, lambda at: actions.withdraw_cycle(at, EDITING.seen(kept)))
        elif cycle.stage in ("plan", "do"):
            prose.listed("Questions", [f"{one_line(q.words, 300)} {words.expected(q)}" for q in cycle.questions])
        with head:  # said once what was typed is kept
            prose.heading(words.heading(cycle), level=3)
            prose.small(words.stage_line(cycle))
            prose.small(words.plan_line(cycle))
            if cycle.origin:
                prose.small(cycle.origin)
        if cycle.stage == "closed":
            prose.paragraph(words.finding(cycle))
            with st.expander(WORK_TEXTS["what_was_tried_and_learned"], icon=":material/unfold_more:"):
                _studied(cycle)
                _by_hand(kept)
        else:
            _by_hand(kept)
        _around(here, kept)


def _studied(cycle: Cycle) -> None:
    """Prediction beside result, with what was learned."""
    prose.small(words.without_prediction(cycle))
    st.dataframe(words.table(cycle), hide_index=True, width="stretch", height="content", alt=words.finding(cycle))
    learned = [one_line(text, 1000) for text in (cycle.learned, cycle.surprises, cycle.unplanned) if text.strip()]
    prose.listed("What was learned", learned)


def _form(cycle: Cycle, key: str) -> Cycle:
    """What the stage of a test asks for."""
    if cycle.stage == "plan":
        return _plan(cycle, key)
    prose.listed("We expected", [f"{one_line(q.words, 300)} {words.expected(q)}" for q in cycle.questions])
    if cycle.stage == "do":
        return _done(cycle, key)
    if cycle.stage == "study":
        return _study(cycle, key)
    return cycle


def _plan(cycle: Cycle, key: str) -> Cycle:
    """Question and prediction first; then who, what, where, when, with how many."""
    objective = st.text_input(WORK_TEXTS["about_this_test"], cycle.objective, max_chars=200, key=f"{key}_objective")
    prose.small(words.WHY_PREDICT)
    many = min(MOST_QUESTIONS, max(1, len(cycle.questions)))
    many = int(st.number_input("How many questions", 1, MOST_QUESTIONS, many, key=f"{key}_many"))
    before = (*cycle.questions, *[CycleQuestion()] * many)[:many]
    questions = tuple(_question(question, place, many, key) for place, question in enumerate(before, start=1))
    who = st.text_input("Who does it", cycle.who, max_chars=120, key=f"{key}_who")
    what = st.text_area(WORK_TEXTS["what_exactly_is_done"], cycle.what, max_chars=1000, key=f"{key}_what")
    where = st.text_input(WORK_TEXTS["where_it_is_tried"], cycle.where, max_chars=120, key=f"{key}_where")
    scale = st.selectbox(
        "With how many", SCALES, SCALES.index(cycle.scale), format_func=SCALE_WORDS.__getitem__, key=f"{key}_scale"
    )
    begins = picked_day("First day", cycle.begins, f"{key}_begins")
    ends = picked_day("Last day", cycle.ends, f"{key}_ends")
    return replace(
        cycle,
        objective=objective.strip(),
        questions=questions,
        who=who.strip(),
        what=what.strip(),
        where=where.strip(),
        scale=scale,
        begins=begins,
        ends=ends,
    )


def _question(question: CycleQuestion, place: int, many: int, key: str) -> CycleQuestion:
    number = f" {place}" if many > 1 else ""
    asked = st.text_input(f"Question{number}", question.words, max_chars=300, key=f"{key}_q{place}")
    expects = st.text_input(f"What we expect{number}", question.prediction, max_chars=300, key=f"{key}_p{place}")
    why_none = question.why_none
    if not expects.strip():
        why_none = st.text_input(
            f"No prediction{number}, because", question.why_none, max_chars=300, key=f"{key}_n{place}"
        )
    return replace(question, words=asked.strip(), prediction=expects.strip(), why_none=why_none.strip())


def _done(cycle: Cycle, key: str) -> Cycle:
    """What went otherwise than planned, and numbers as they come."""
    prose.small(words.FIXED)
    unplanned = st.text_area(
        WORK_TEXTS["what_went_otherwise_than_planned"], cycle.unplanned, max_chars=2000, key=f"{key}_unplanned"
    )
    return replace(cycle, unplanned=unplanned.strip(), readings=_readings(cycle, key))


def _readings(cycle: Cycle, key: str) -> tuple[Reading, ...]:
    """The small table of numbers; a line without a day or a number is not kept yet."""
    prose.small(words.BY_HAND)
    before = pd.DataFrame(
        [(pd.Timestamp(r.day), r.value, r.n, r.remark) for r in cycle.readings], columns=[DAY, VALUE, OF, REMARK]
    ).astype({DAY: "datetime64[ns]", VALUE: "float64", OF: "float64", REMARK: "object"})
    edited = st.data_editor(
        before,
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        column_config={
            DAY: st.column_config.DateColumn(),
            VALUE: st.column_config.NumberColumn(),
            OF: st.column_config.NumberColumn(min_value=0),
            REMARK: st.column_config.TextColumn(max_chars=200),
        },
        key=f"{key}_readings",
    )
    whole = edited[edited[DAY].notna() & edited[VALUE].notna()]
    return tuple(
        Reading(
            f"{row[DAY]:%Y-%m-%d}",
            float(row[VALUE]),
            None if pd.isna(row[OF]) else float(row[OF]),
            "" if pd.isna(row[REMARK]) else str(row[REMARK]).strip(),
        )
        for row in whole.to_dict("records")
    )


def _study(cycle: Cycle, key: str) -> Cycle:
    """What happened, question by question, beside what was expected; what was learned."""
    many = len(cycle.questions)
    questions = []
    for place, question in enumerate(cycle.questions, start=1):
        number = f" (question {place})" if many > 1 else ""
        result = st.text_input(f"What happened{number}", question.result, max_chars=600, key=f"{key}_r{place}")
        outcome = st.selectbox(
            f"That was{number}",
            OUTCOMES,
            OUTCOMES.index(question.outcome),
            format_func=words.OUTCOMES.__getitem__,
            key=f"{key}_o{place}",
        )
        questions.append(replace(question, result=result.strip(), outcome=outcome))
    learned = st.text_area("What we learned", cycle.learned, max_chars=2000, key=f"{key}_learned")
    surprises = st.text_area("What surprised us", cycle.surprises, max_chars=2000, key=f"{key}_surprises")
    return replace(cycle, questions=tuple(questions), learned=learned.strip(), surprises=surprises.strip())


def _go_on(here: Here, kept: Kept[Cycle]) -> None:
    """The one button that leads to the next stage."""
    stage = kept.content.stage
    if stage == "act":
        _act(here, kept)
        return
    label, action = _NEXT[stage]
    if st.button(label, type="primary", key=f"next_{kept.id}"):
        EDITING.do(here, lambda at: action(at, EDITING.seen(kept)))


_NEXT: dict[str, tuple[str, Callable[[Here, Kept[Cycle]], object]]] = {
    "plan": ("Open Do", actions.open_do),
    "do": ("It was done: open Study", actions.open_study),
    "study": ("Open Act", actions.open_act),
}


def _act(here: Here, kept: Kept[Cycle]) -> None:
    """Adapt, adopt or abandon, why, and what is next."""
    with st.form(f"act_{kept.id}", border=False):
        decision = st.radio(
            "We decide to", DECISIONS, index=None, format_func=lambda each: words.DECISIONS[each][0], horizontal=True,
            captions=[words.DECISIONS[each][1] for each in DECISIONS],
        )  # fmt: skip
        why = st.text_area("Because we learned", max_chars=1000)
        plan = st.text_area(WORK_TEXTS["what_we_do_next"], max_chars=1000)
        done = st.form_submit_button("Close this test", type="primary")
    if done:
        if decision is None:
            prose.problem(words.DECIDE_FIRST)
            return
        EDITING.do(here, lambda at: actions.act(at, EDITING.seen(kept), decision, why, plan))


def _by_hand(kept: Kept[Cycle]) -> None:
    """The numbers that were written down, as a picture and in words."""
    cycle = kept.content
    if cycle.readings and cycle.stage != "plan":
        chart(
            charts.by_hand(cycle),
            key=f"by_hand_{kept.id}",
            alt=words.by_hand_alt(cycle),
        )
        prose.listed("Numbers by hand", [words.reading(each) for each in cycle.readings])


def _around(here: Here, kept: Kept[Cycle]) -> None:
    """On which trends the test stands, and what the data say of the group around its days."""
    cycle = kept.content
    prose.small(words.where_shown(cycle))
    if not cycle.opened or not cycle.shown.measure:
        return
    with st.expander(WORK_TEXTS["what_the_data_say_around"], icon=":material/monitoring:"):
        try:
            measured = actions.measured_in(here, kept, cube_of(cycle.shown.dataset))
        except PlainError as error:
            prose.small(str(error))
            return
        prose.listed(words.measured_title(measured), [words.measured_alt(measured), words.NOT_PROVED])
        if any(rate == rate for rate in measured.rates):
            chart(
                charts.measured(measured, cycle),
                key=f"measured_{kept.id}",
                alt=words.measured_alt(measured),
            )
