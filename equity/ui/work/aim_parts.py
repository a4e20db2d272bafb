"""The parts of the page Aims: each aim as its sentence, the form with blanks, what it asks for, how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from equity.access.here import Here
from equity.actions.work import aims as actions
from equity.charts.work import aims as charts
from equity.cube import Cube
from equity.improvement import aims as rules
from equity.improvement.aim_line import line_of
from equity.improvement.aims import Aim
from equity.improvement.effort import effort
from equity.improvement.progress import Progress, baseline_of
from equity.store.records.kept import Earlier, Kept
from equity.ui.components.chart import chart
from equity.ui.datasets import in_memory
from equity.ui.layout import prose
from equity.ui.records.record_editing import Editing
from equity.ui.session import sign_in
from equity.vocabulary import Description, Measure, PlainError, Stratifier, period_label
from equity.vocabulary.period import add_months, period_start
from equity.words import periods
from equity.words.days import describe_day
from equity.words.escaping import one_line
from equity.words.labels.work import WORK_TEXTS
from equity.words.work import aims as words
from equity.words.work import closed_aims as closed_words
from equity.words.work import watched_groups as watched_words

FARTHEST_YEARS = 6


def show_purpose() -> None:
    """What the page is for, before there is an aim."""
    prose.paragraph(words.PURPOSE)
    prose.example(words.EXAMPLE)


def begin(here: Here, held: Description) -> None:
    """The button that begins an aim on the dataset that is looked at."""
    if sign_in.may("decide") and st.button(words.BEGIN, type="primary", icon=":material/adjust:", key="begin_aim"):
        EDITING.do(here, lambda at: actions.begin_aim(at, Aim(dataset=held.dataset)))


def cube_of(dataset: str) -> Cube:
    """The newest version of the data that an aim is about; raises :class:`PlainError` when they are gone."""
    held = in_memory.description(dataset)
    return in_memory.cube(held.dataset, held.version, held.created)


def show_aim(here: Here, kept: Kept[Aim]) -> None:
    """One aim: its sentence, then how far it has come, or the blanks that are still open."""
    with st.container(border=True, key=f"aim_{kept.id}"):
        try:
            cube = cube_of(kept.content.dataset)
        except PlainError as error:
            prose.problem(str(error))
            return
        measure, stratifier = meant(cube, kept.content)
        prose.heading(words.sentence(kept.content, measure, stratifier))
        if kept.content.status == "draft":
            _complete(here, kept, cube)
        else:
            _told(here, kept, cube)


def meant(cube: Cube, aim: Aim) -> tuple[Measure | None, Stratifier | None]:
    """The measure and the grouping that an aim names, None where it names none that is there."""
    measure = next((m for m in cube.description.measures if m.name == aim.measure), None)
    return measure, next((s for s in cube.description.stratifiers if s.name == aim.by), None)


def _told(here: Here, kept: Kept[Aim], cube: Cube) -> None:
    """How far an aim has come, who else is watched, what it asks for, how it changed."""
    aim = kept.content
    if aim.status == "closed":
        prose.notice([closed_words.closed(aim, describe_day(kept.edited.date()), kept.edited_by)])
    try:
        answer = actions.progress_of(here, kept, cube)
    except PlainError as error:
        prose.problem(str(error))
        return
    prose.paragraph(f"{words.finding(answer)} {words.harm(answer)}".strip())
    _picture(here, kept, cube, answer)
    stratifier = cube.description.stratifier(aim.by)
    for text in (
        words.how_sure(answer),
        words.beside_line(answer),
        words.gap_now(answer, stratifier),
        words.no_harm(aim, answer.measure),
    ):
        if text:
            prose.small(text)
    prose.listed(watched_words.WATCHED, watched_words.watched_by_state(answer.watched, stratifier))
    prose.listed("Who benefits, who may be burdened", [one_line(aim.benefits, 400), one_line(aim.burdened, 400)])
    with st.expander(WORK_TEXTS["what_it_asks"], icon=":material/calculate:"):
        prose.listed(
            "From the baseline to the target", words.asks_for(aim, answer.measure, stratifier, effort(cube, aim))
        )
    with st.expander("How it changed", icon=":material/history:"):
        prose.listed("Each version", [_version(saved, cube) for saved in actions.history(here, kept)])
    if aim.status == "set" and sign_in.may("decide"):
        _share(here, kept)
        with st.expander(WORK_TEXTS["change_or_close"], icon=":material/edit:"):
            _change(here, kept, cube)
    if aim.status == "closed" and sign_in.may("decide"):
        with st.expander(closed_words.REOPEN, icon=":material/undo:"):
            why = st.text_input(closed_words.WHY_REOPENED, key=f"{EDITING.key(kept)}_reopen", max_chars=1000)
            if st.button("Reopen this aim", key=f"reopen_{kept.id}"):
                EDITING.do(here, lambda at: actions.reopen_aim(at, kept, why))


def _picture(here: Here, kept: Kept[Aim], cube: Cube, answer: Progress) -> None:
    """The group's rate over time with the aim's line; nothing where the data have too few periods."""
    trend, line = actions.over_time(here, kept, cube), line_of(kept.content)
    if trend is None or line is None:
        return
    alt = words.alt_text(answer, line)
    figure = charts.over_time(trend, line, answer)
    chart(figure, key=f"chart_aim_{kept.id}", alt=alt)


def _share(here: Here, kept: Kept[Aim]) -> None:
    """Who may read the aim; leaders see it with a release's numbers only."""
    shared = kept.readers != "team"
    prose.small(words.SHARED if shared else words.NOT_SHARED)
    if st.button(words.UNSHARE if shared else words.SHARE, key=f"share_{kept.id}_{shared}"):
        EDITING.do(here, lambda at: actions.share_aim(at, kept, "team" if shared else "leaders"))


def _change(here: Here, kept: Kept[Aim], cube: Cube) -> None:
    """The form of an aim that is set: changed, or closed, with a reason."""
    seen = EDITING.seen(kept)
    made = _form(seen, cube)
    EDITING.follows(kept, made)
    why = st.text_input(words.WHY_CHANGED, key=f"{EDITING.key(kept)}_why", max_chars=1000)
    with st.container(horizontal=True):
        if st.button("Keep the change", key=f"change_{kept.id}"):
            EDITING.do(here, lambda at: actions.change_aim(at, seen, made, why, cube))
        if st.button("Close this aim", key=f"close_{kept.id}"):
            EDITING.do(here, lambda at: actions.close_aim(at, seen, why))


def _version(saved: Earlier[Aim], cube: Cube) -> str:
    aim = saved.content
    why = f" Because: {one_line(aim.why_changed, 400)}" if aim.why_changed else ""
    when, who = describe_day(saved.edited.date()), one_line(saved.edited_by)
    state = f" {closed_words.STATES[aim.status]}" if aim.status != "set" else ""
    return f"{when}, {who}: {words.sentence(aim, *meant(cube, aim))}{state}{why}"


def _complete(here: Here, kept: Kept[Aim], cube: Cube) -> None:
    """The blanks of a draft, and the way to set it."""
    if not sign_in.may("decide"):
        prose.small(words.open_parts(rules.missing(kept.content)))
        return
    with EDITING.as_typed(kept):
        made = _form(EDITING.seen(kept), cube)
    EDITING.keep_up(here, kept, made, actions.save_draft)
    prose.small(words.open_parts(rules.missing(made)))
    prose.notice([words.SOLUTION.format(words=one_line(solution)) for solution in rules.solutions_in(made)])
    measure, stratifier = meant(cube, made)
    if made.baseline is not None and made.target is not None and made.by_when and measure and stratifier:
        prose.listed("What it asks for", words.asks_for(made, measure, stratifier, effort(cube, made)))
    if st.button("Set this aim", type="primary", key=f"set_{kept.id}", disabled=bool(rules.missing(made))):
        EDITING.do(here, lambda at: actions.set_aim(at, EDITING.seen(kept), made, cube))


def _form(kept: Kept[Aim], cube: Cube) -> Aim:
    """The blanks of the sentence; the baseline is taken from the data and never typed."""
    aim, key, held = kept.content, EDITING.key(kept), cube.description
    named = [m.name for m in held.measures if m.polarity != "neutral"]
    measure = _pick("Measure", named, aim.measure, f"{key}_measure")
    by = _pick("Group by", [s.name for s in held.stratifiers], aim.by, f"{key}_by", _labels(held))
    groups = [] if not by else [c.value for c in held.stratifier(by).categories if c.kind == "group"]
    group = _pick("For whom", groups, aim.group if aim.group in groups else "", f"{key}_group")
    before = aim.baseline.period if aim.baseline else ""
    period = _pick("Baseline: the rate in", _baselines(held), before, f"{key}_period")
    made = replace(aim, measure=measure, by=by, group=group, baseline=None)
    if measure and group and period:
        made = _with_numbers(replace(made, baseline=baseline_of(cube, made, period)), held.measure(measure), key, held)
    where = st.text_input(
        "Where", aim.where, placeholder=WORK_TEXTS["at_all_five_sites"], max_chars=200, key=f"{key}_where"
    )
    with_whom = st.text_input(
        "With whom", aim.with_whom, placeholder="the patient council", max_chars=200, key=f"{key}_with"
    )
    benefits = st.text_input("Who benefits?", aim.benefits, max_chars=400, key=f"{key}_benefits")
    burdened = st.text_input(
        WORK_TEXTS["who_may_be_burdened_and_how"], aim.burdened, max_chars=400, key=f"{key}_burdened"
    )
    return replace(made, where=where, with_whom=with_whom, benefits=benefits, burdened=burdened)


def _with_numbers(made: Aim, measure: Measure, key: str, held: Description) -> Aim:
    """Target, date, floor, stretch and balancing measure, once the baseline is known."""
    assert made.baseline is not None
    scale, unit = _scale(measure)
    prose.small(
        WORK_TEXTS["baseline_from_the_data"].format(rate=words.rate(measure, made.baseline.value, made.baseline.n))
    )
    target = _number(f"How much, {unit}", made.target, scale, f"{key}_target")
    by_when = _pick("By when", dates := _dates(held), made.by_when, f"{key}_when", _said(dates))
    lost = "points" if unit == "percent" else unit
    floor = _number(f"Other groups may lose at most, {lost}", made.floor, scale, f"{key}_floor")
    stretch = _number(f"Stretch (optional), {unit}", made.stretch, scale, f"{key}_stretch")
    others = [m.name for m in held.measures if m.polarity != "neutral" and m.name != measure.name]
    balancing = _pick("Must not get worse (optional)", others, made.balancing, f"{key}_balancing")
    return replace(made, target=target, by_when=by_when, floor=floor, stretch=stretch, balancing=balancing)


def _pick(label: str, options: list[str], before: str, key: str, labels: dict[str, str] | None = None) -> str:
    index = options.index(before) if before in options else None
    shown = labels or {}
    picked = st.selectbox(label, options, index, lambda option: one_line(shown.get(option, option)), key=key)
    return picked or ""


def _said(labels: list[str]) -> dict[str, str]:
    """Periods as they are read."""
    return {label: periods.describe_period(label) for label in labels}


def _number(label: str, before: float | None, scale: float, key: str) -> float | None:
    value = st.number_input(label, value=None if before is None else round(before * scale, 6), step=1.0, key=key)
    return None if value is None else float(value) / scale


def _scale(measure: Measure) -> tuple[float, str]:
    """What a typed number is multiplied by, and how its unit is called."""
    if measure.kind == "proportion":
        return 100.0, "percent"
    if measure.kind == "rate":
        return measure.multiplier, f"per {measure.multiplier:,.0f} {one_line(measure.unit)}".strip()
    return 1.0, one_line(measure.unit) or "in its unit"


def _labels(held: Description) -> dict[str, str]:
    return {s.name: s.label for s in held.stratifiers}


def _baselines(held: Description) -> list[str]:
    """Years of the data, the latest first."""
    return list(dict.fromkeys(p[:4] for p in reversed(held.periods)))


def _dates(held: Description) -> list[str]:
    """The ends of quarters after the data, for six years."""
    last = period_start(held.periods[-1])
    return [period_label(add_months(last, 3 * step), "quarter") for step in range(1, 4 * FARTHEST_YEARS + 1)]


def settle_conflict(here: Here) -> None:
    """Both texts, where somebody saved the aim meanwhile."""
    EDITING.settle(here, _over)


def _over(theirs: Kept[Aim], yours: Aim) -> Callable[[Here], object] | None:
    """One's own draft over theirs; an aim that is set is changed only with its reason, and so never like this."""
    if theirs.content.status != "draft" or yours.status != "draft":
        return None
    return lambda at: actions.save_draft(at, theirs, yours)


def _told_whole(aim: Aim) -> list[str]:
    """An aim in full, for two texts beside each other."""
    said = [aim.benefits, aim.burdened, aim.why_changed]
    return [words.sentence(aim, *meant(cube_of(aim.dataset), aim)), *(one_line(text, 400) for text in said if text)]


EDITING: Editing[Aim] = Editing("aim", _told_whole)
