"""Sheets of made-up answers, for the files that are made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from equity.charts import areas as area_charts
from equity.charts import disparities as group_charts
from equity.charts.over_time import trends as trend_charts
from equity.export import native
from equity.export.sheet import Sheet, sheet
from equity.lens.answers import Areas, Disparities, Trends
from equity.vocabulary import Stratifier
from equity.words.answers import areas, disparities, trends
from tests import answers_for_tests as made

DAY = date(2026, 3, 4)
HOSTILE = '=HYPERLINK("http://x")</script><script>alert(1)</script>'


def sheets(answer: Disparities | Trends | Areas, stratifiers: Sequence[Stratifier], on: date) -> list[Sheet]:
    """An answer's cards, in the page's order, the one of the finding first."""
    if isinstance(answer, Disparities):
        return _of_disparities(answer, stratifiers, on)
    return _of_trends(answer, stratifiers, on) if isinstance(answer, Trends) else _of_areas(answer, stratifiers, on)


def _of_disparities(answer: Disparities, stratifiers: Sequence[Stratifier], on: date) -> list[Sheet]:
    alt, table, caption = disparities.alt_text(answer), disparities.table(answer), disparities.table_caption(answer)
    drawn = (
        (disparities.chart_title(answer), group_charts.groups(answer), native.rates(answer)),
        (disparities.gap_chart_title(answer), group_charts.gaps(answer), native.gaps(answer)),
    )
    return [
        sheet(answer, stratifiers, on, title=title, figure=figure, chart=chart, alt=alt, table=table, caption=caption)
        for title, figure, chart in drawn
    ]


def _of_trends(answer: Trends, stratifiers: Sequence[Stratifier], on: date) -> list[Sheet]:
    figure, alt = trend_charts.over_time(answer), trends.alt_text(answer)
    drawn = (
        (trends.chart_title(answer), native.over_time(answer), trends.changes_table(answer)),
        (trends.chart_title(answer), native.gap_over_time(answer), trends.table(answer)),
    )
    caption = trends.table_caption(answer)
    return [
        sheet(answer, stratifiers, on, title=title, figure=figure, chart=chart, alt=alt, table=table, caption=caption)
        for title, chart, table in drawn
    ]


def _of_areas(answer: Areas, stratifiers: Sequence[Stratifier], on: date) -> list[Sheet]:
    table, caption = areas.table(answer), areas.table_caption(answer)
    drawn = (
        (areas.chart_title(answer), area_charts.heat_map(answer), None, areas.alt_text(answer)),
        (
            areas.ranked_chart_title(answer),
            area_charts.ranked(answer),
            native.people_affected(answer),
            areas.ranked_alt_text(answer),
        ),
    )
    return [
        sheet(answer, stratifiers, on, title=title, figure=figure, chart=chart, alt=alt, table=table, caption=caption)
        for title, figure, chart, alt in drawn
    ]


def of_disparities() -> tuple[Disparities, list[Sheet]]:
    answer = made.disparities()
    return answer, sheets(answer, made.STRATIFIERS, DAY)


def of_hostile_names() -> list[Sheet]:
    """The same with a group whose name is a formula and a script."""
    answer = made.disparities()
    rows = answer.rows.copy()
    rows["group"] = rows["group"].replace("Asian", HOSTILE)
    return sheets(replace(answer, rows=rows), made.STRATIFIERS, DAY)
