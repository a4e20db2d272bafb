"""The cards of change over time: groups and gap, control charts, and what it would take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from equity.cards.card import Card
from equity.cards.chart_overlays import ChartOverlays
from equity.cards.maker import COMPARED, Maker, PageCards, Wishes
from equity.cards.page_question import PageQuestion
from equity.cards.parts.offered import OWN_SCALE
from equity.cards.recipe import recipe
from equity.cards.source import Source
from equity.cards.views import drawn
from equity.charts.over_time import control as control_charts
from equity.charts.over_time import pace as pace_charts
from equity.charts.over_time import trends as charts
from equity.export import native, native_deeper
from equity.lens.answers import ControlChart, Pace, Trends
from equity.lens.choices import PLAIN_FRAME, Choices
from equity.vocabulary import PlainError, period_label, period_start
from equity.vocabulary.period import add_months
from equity.words.answers import chart_frames as laid_words
from equity.words.answers import control, predictions
from equity.words.answers import pace as pace_words
from equity.words.answers import trends as words
from equity.words.answers.chart_frames import Event
from equity.words.work import aims as aim_words

MONTHS_AHEAD = (12, 24, 36, 48, 60)
CLOSE_BY = "close_by"


@dataclass(frozen=True)
class OverTime:
    """What the page of trends is made from: the answer, and what people laid over it."""

    question: PageQuestion
    choices: Choices
    laid: ChartOverlays
    answer: Trends
    happened: tuple[Event, ...]

    @property
    def group(self) -> str:
        """The group that a person picked; empty for none."""
        return self.question.codes["group"]


def ask(question: PageQuestion, source: Source) -> OverTime:
    """Groups over time; raises :class:`PlainError` where a dataset cannot tell."""
    choices, laid = question.choices_over_time, source.chart_overlays(question)
    plain = source.trends(choices, question.grain)
    frame = laid.frame(question.codes["group"], plain.periods)
    answer = plain if frame == PLAIN_FRAME else source.trends(choices, question.grain, frame)
    return OverTime(question, choices, laid, answer, laid.events(answer.periods))


def over_time(asked: OverTime) -> Card:
    """Every group over time, and the gap beneath."""
    answer, group, aims = drawn.over_time(asked.question, asked.answer), asked.group, asked.laid.aims
    said = " ".join([laid_words.events_in_words(asked.happened), *aim_words.lines_said(answer.measure, aims)]).strip()
    return Card(
        key="over_time",
        finding=words.chart_title(answer, group),
        figure=charts.over_time(answer, words.focus(answer, group), asked.happened, aims),
        alt=f"{words.alt_text(answer)} {said}".strip(),
        table=lambda: words.changes_table(answer),
        caption=f"{words.table_caption(answer)} {said}".strip(),
        numbers=lambda: answer.rows,
        answer=answer,
        native=lambda: native.over_time(answer, group, asked.happened, aims),
        method=lambda: [*words.readings(answer, group), *words.every_change(answer)],
        recipe=recipe("trends", "over_time", asked.question),
        as_asked=lambda: charts.over_time_as_asked(answer, words.focus(answer, group)),
    )


def charted(asked: OverTime, source: Source) -> tuple[ControlChart, ...]:
    """One group's chart and that of the group it is compared with, else every group's.

    Raises:
        PlainError: there are no points to draw, or the chart does not fit the measure.
    """
    question, group, reference = asked.question, asked.group, asked.answer.reference.group
    laid = asked.laid.by_group(asked.answer.periods)
    every = source.control_charts(asked.choices, question.codes["chart"], question.grain, laid)
    wanted = [group] if reference in ("", group) else [group, reference]
    picked = tuple(each for name in wanted for each in every if each.group == name) if group else every
    if all(each.is_hidden for each in picked):
        raise PlainError("There are no points to draw a control chart of.")
    return picked


def control_chart(asked: OverTime, picked: tuple[ControlChart, ...]) -> Card:
    """The control charts of :func:`charted`."""
    said = laid_words.events_in_words(asked.happened)
    under = [
        *control.charts_chosen(picked, asked.question.codes["chart"]),
        *filter(None, [control.false_alarms(picked[0])]),
        *laid_words.decided(picked[0]),
    ]
    return Card(
        key="multiples",
        finding=control.every_finding(picked),
        figure=_drawn(asked, picked),
        alt=" ".join([*(control.alt_text(each) for each in picked), said]).strip(),
        table=lambda: control.every_table(picked),
        caption=" ".join([*under, said]).strip(),
        numbers=lambda: _side_by_side(picked),
        answer=picked[0],
        native=lambda: native_deeper.control_charts(picked),
        method=lambda: [sentence for each in picked for sentence in (control.finding(each), control.how_sure(each))],
        recipe=recipe("trends", "multiples", asked.question),
    )


def _drawn(asked: OverTime, picked: tuple[ControlChart, ...]) -> go.Figure:
    if asked.group:
        return control_charts.beside_reference(picked, asked.happened)
    scale: control_charts.Scale = "own" if asked.question.codes["scale"] == OWN_SCALE else "one"
    return control_charts.multiples(picked, asked.happened, scale)


def dates_ahead(asked: OverTime) -> list[str]:
    """The dates by which a gap may be closed, as labels of periods."""
    last = period_start(asked.answer.periods[-1])
    return [period_label(add_months(last, months), asked.question.grain) for months in MONTHS_AHEAD]


def paced(asked: OverTime, by: str, source: Source) -> Pace:
    """What it would take; raises :class:`PlainError` where that cannot be said."""
    group = words.focus(asked.answer, asked.group)
    return source.pace(asked.choices, group, by, asked.question.grain)


def pace(asked: OverTime, answer: Pace, by: str) -> Card:
    """What it would take to close the gap of the group in focus by a date."""
    return Card(
        key="pace",
        finding=pace_words.finding(answer),
        figure=pace_charts.chance_to_tell(answer),
        alt=pace_words.alt_text(answer),
        table=lambda: pace_words.table(answer),
        caption=" ".join(pace_words.not_known(answer)),
        numbers=lambda: answer.rows,
        answer=answer,
        native=lambda: native_deeper.chance_to_tell(answer),
        recipe=recipe("trends", "pace", asked.question).with_part(CLOSE_BY, by),
    )


def _pace_again(question: PageQuestion, wishes: Wishes, source: Source) -> Card:
    answer = ask(question, source)
    offered = dates_ahead(answer)
    by = wishes.get(CLOSE_BY, offered[1])
    by = by if by in offered else offered[1]
    return pace(answer, paced(answer, by, source), by)


def _chart_again(question: PageQuestion, source: Source) -> Card:
    answer = ask(question, source)
    return control_chart(answer, charted(answer, source))


def _side_by_side(of_groups: Sequence[ControlChart]) -> pd.DataFrame:
    table = pd.concat([each.rows for each in of_groups], ignore_index=True)
    table.insert(0, "Group", [each.group for each in of_groups for _ in range(len(each.rows))])
    return table


MAKERS: Final[Mapping[str, Maker]] = {
    "over_time": Maker(
        lambda question, _, source: over_time(ask(question, source)),
        lambda q, held: predictions.over_time(q.choices_over_time, held),
    ),
    "multiples": Maker(
        lambda question, _, source: _chart_again(question, source),
        lambda q, held: predictions.signals(q.choices_over_time, held),
    ),
    "pace": Maker(_pace_again, lambda q, held: predictions.pace(q.choices, held)),
}
ASKED: Final = COMPARED - {"period"} | {"grain", "group", "chart", "standard", "hide", "span", "scale"}
CARDS: Final = PageCards(MAKERS, asked=ASKED)
