"""The cards of control charts and of what it would take, on the page of trends."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from equity.charts import control as charts
from equity.charts import pace as pace_charts
from equity.lens.answers import ControlChart, Trends
from equity.lens.choices import Choices
from equity.ui import answers, prose
from equity.ui.card import Card, show_card
from equity.ui.laid_over import LaidOver
from equity.ui.question import Question
from equity.vocabulary import Grain, PlainError, period_label, period_start
from equity.vocabulary.period import add_months
from equity.words import chart_frames as laid_words
from equity.words import control as words
from equity.words import pace as pace_words
from equity.words import periods
from equity.words.chart_frames import Event

MONTHS_AHEAD = (12, 24, 36, 48, 60)


def chart_card(
    question: Question, choices: Choices, laid: LaidOver, trends: Trends, happened: Sequence[Event]
) -> tuple[ControlChart, ...]:
    """Control charts as a card; gives them, or none and the page says why."""
    try:
        found = _picked(question, choices, laid, trends)
    except PlainError as error:
        prose.small(str(error))
        return ()
    if not found:
        prose.small("There are no points to draw a control chart of.")
        return ()
    alone = bool(question.codes["group"])
    under = [
        *words.charts_chosen(found, question.codes["chart"]),
        words.false_alarms(found[0]),
        *laid_words.decided(found[0]),
    ]
    show_card(
        Card(
            key="multiples",
            finding=words.every_finding(found),
            figure=(charts.beside_reference if alone else charts.multiples)(found, happened),
            alt=" ".join([*(words.alt_text(each) for each in found), laid_words.events_in_words(happened)]).strip(),
            table=_grouped([words.table(each) for each in found], found),
            caption=" ".join([*under, laid_words.events_in_words(happened)]).strip(),
            numbers=_grouped([each.rows for each in found], found),
            sql=found[0].sql,
            answer=found[0],
            method=[sentence for each in found for sentence in (words.finding(each), words.how_sure(each))],
        )
    )
    return found


def for_leaders(found: Sequence[ControlChart]) -> None:
    """The variation and assurance icons, each with a plain sentence, and how often an icon is wrong."""
    judged = [each for each in found if each.variation]
    told = [(words.icons(each), words.leaders_sentence(each), words.direction(each)) for each in judged]
    prose.icons("For leaders: the latest point", told)
    if told:
        prose.small(words.icon_false_alarms())


def pace_card(question: Question, choices: Choices, group: str, last: str) -> None:
    """What it would take to close this group's gap by a date that a person picks; or why it cannot be said."""
    dates = [period_label(add_months(period_start(last), months), question.grain) for months in MONTHS_AHEAD]
    with st.container(border=True, key="what_it_would_take"):
        prose.heading("What would it take?", level=3)
        by = st.segmented_control(
            "Close the gap by",
            dates,
            default=dates[1],
            format_func=periods.short,
            required=True,
            key=f"close_by_{question.grain}_{last}",
        )
        try:
            found = answers.pace(choices, group, by or dates[1], question.grain)
        except PlainError as error:
            prose.small(str(error))
            return
    show_card(
        Card(
            key="pace",
            finding=pace_words.finding(found),
            figure=pace_charts.chance_to_tell(found),
            alt=pace_words.alt_text(found),
            table=pace_words.table(found),
            caption=" ".join(pace_words.not_known(found)),
            numbers=found.rows,
            sql=found.sql,
            answer=found,
        )
    )


def _picked(question: Question, choices: Choices, laid: LaidOver, trends: Trends) -> tuple[ControlChart, ...]:
    """One group's chart and that of the group it is compared with, else every group's."""
    grain: Grain = question.grain
    found = answers.control_charts(choices, question.codes["chart"], grain, laid.by_group(trends.periods))
    group, reference = question.codes["group"], trends.reference.group
    if not group:
        return found
    wanted = [group] if reference in ("", group) else [group, reference]
    return tuple(each for name in wanted for each in found if each.group == name)


def _grouped(tables: Sequence[pd.DataFrame], found: Sequence[ControlChart]) -> pd.DataFrame:
    named = [table.assign(Group=each.group) for table, each in zip(tables, found, strict=True)]
    table = pd.concat(named, ignore_index=True)
    return table[["Group", *(column for column in table.columns if column != "Group")]]
