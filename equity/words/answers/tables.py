"""An answer as the command line prints it: the finding in a sentence, then a table in columns.

The words of an answer are imported when one is there: a terminal waits for what is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from equity.lens.answers import (
    AgeStandardized,
    Areas,
    Completeness,
    ControlChart,
    Disparities,
    GapSources,
    InequalityOverTime,
    Intersections,
    LensAnswer,
    OneGroup,
    Pace,
    SiteFunnel,
    Summary,
    Trends,
)
from equity.words.remarks import describe_remarks

if TYPE_CHECKING:
    from equity.focus.decision import Focus

Answer: TypeAlias = "LensAnswer | Focus"


def headline(answer: Answer) -> tuple[str, tuple[str, ...]]:
    """The finding in one sentence, and the sentences below it: what it comes to."""
    if isinstance(answer, Disparities):
        from equity.words.answers import disparities

        return disparities.finding(answer), disparities.what_it_comes_to(answer)
    if isinstance(answer, Trends):
        from equity.words.answers import trends

        return trends.finding(answer), trends.what_it_comes_to(answer)
    if isinstance(answer, ControlChart):
        from equity.words.answers import control

        return control.finding(answer), (control.how_sure(answer),)
    if isinstance(answer, Summary):
        from equity.words.answers import summary

        return summary.finding(answer), ()
    if isinstance(answer, InequalityOverTime):
        from equity.words.answers import inequality_over_time

        return inequality_over_time.finding(answer), inequality_over_time.what_it_comes_to(answer)
    if isinstance(answer, Intersections):
        from equity.words.answers import intersections

        return intersections.finding(answer), intersections.what_it_comes_to(answer)
    if isinstance(answer, Completeness):
        from equity.words.answers import completeness

        return completeness.finding(answer), completeness.what_it_comes_to(answer)
    if isinstance(answer, Pace):
        from equity.words.answers import pace

        return pace.finding(answer), ()
    if isinstance(answer, GapSources):
        from equity.words.answers import gap_sources

        return gap_sources.finding(answer), gap_sources.what_it_comes_to(answer)
    if isinstance(answer, SiteFunnel):
        from equity.words.answers import site_funnel

        return site_funnel.finding(answer), site_funnel.what_it_comes_to(answer)
    if isinstance(answer, AgeStandardized):
        from equity.words.answers import age_standard

        return age_standard.finding(answer), age_standard.what_it_comes_to(answer)
    if isinstance(answer, Areas):
        from equity.words.answers import areas

        return areas.finding(answer), ()
    if isinstance(answer, OneGroup):
        from equity.words.answers import one_group

        return one_group.finding(answer), one_group.what_it_comes_to(answer)
    from equity.words.work import focus

    return focus.finding(answer), ()


def finding_and_table(answer: Answer) -> str:
    """The finding and what it comes to, the table under what it holds, what is not known and what was remarked."""
    finding, below = headline(answer)
    caption, table, said = _parts(answer)
    shown = (caption, columns(table)) if len(table) else ()
    lines = (" ".join((finding, *below)), *shown, "\n".join(dict.fromkeys((*said, *_remarked(answer)))))
    return "\n\n".join(line for line in lines if line)


def _remarked(answer: Answer) -> tuple[str, ...]:
    """What the lens remarked on its answer, in sentences."""
    if isinstance(answer, Disparities):
        from equity.words.answers import disparities

        return disparities.remarked(answer)
    return describe_remarks(answer.remarks) if isinstance(answer, LensAnswer) else ()


def _parts(answer: Answer) -> tuple[str, pd.DataFrame, tuple[str, ...]]:
    """What the table holds and is compared with, the table, and what is not known."""
    if isinstance(answer, Disparities):
        from equity.words.answers import disparities

        return disparities.table_caption(answer), disparities.table(answer), disparities.not_known(answer)
    if isinstance(answer, Trends):
        from equity.words.answers import trends

        return trends.table_caption(answer), trends.table(answer), trends.not_known(answer)
    if isinstance(answer, ControlChart):
        from equity.words.answers import control

        return control.table_caption(answer), control.table(answer), control.not_known(answer)
    if isinstance(answer, Summary):
        from equity.words.answers import summary

        return summary.table_caption(answer), summary.table(answer), summary.not_known(answer)
    if isinstance(answer, InequalityOverTime):
        from equity.words.answers import inequality_over_time

        said = (*inequality_over_time.not_known(answer), inequality_over_time.how_sure(answer))
        return inequality_over_time.table_caption(answer), inequality_over_time.table(answer), said
    if isinstance(answer, Intersections):
        from equity.words.answers import intersections, strata_model

        more = strata_model.in_words(answer) if answer.model is not None else ()
        said = (*intersections.not_known(answer), *more)
        return intersections.table_caption(answer), intersections.table(answer), said
    if isinstance(answer, Completeness):
        from equity.words.answers import completeness, unknown_groups

        assumed = unknown_groups.as_the_recorded(answer, completeness.spoken_of(answer))
        said = (*completeness.statuses(answer), completeness.tipping(answer), *assumed, *completeness.not_known(answer))
        return completeness.table_caption(answer), completeness.table(answer), said
    if isinstance(answer, Pace):
        from equity.words.answers import pace

        return pace.table_caption(answer), pace.table(answer), pace.not_known(answer)
    if isinstance(answer, AgeStandardized):
        from equity.words.answers import age_standard

        said = (age_standard.how_sure(answer), *age_standard.not_known(answer), *age_standard.caveats(answer))
        return age_standard.table_caption(answer), age_standard.table(answer), said
    if isinstance(answer, SiteFunnel):
        from equity.words.answers import site_funnel

        said = (*site_funnel.not_known(answer), site_funnel.how_sure(answer))
        return site_funnel.table_caption(answer), site_funnel.table(answer), said
    if isinstance(answer, GapSources):
        from equity.words.answers import gap_sources, site_effects

        said = (*gap_sources.split_in_words(answer), *site_effects.in_words(answer), *gap_sources.caveats(answer))
        return gap_sources.table_caption(answer), gap_sources.table(answer), said
    if isinstance(answer, Areas):
        from equity.words.answers import areas

        return areas.table_caption(answer), areas.table(answer), areas.not_known(answer)
    if isinstance(answer, OneGroup):
        from equity.words.answers import one_group

        said = (*one_group.not_known(answer), one_group.how_sure(answer))
        return one_group.table_caption(answer), one_group.table(answer), said
    from equity.words.work import focus

    return "", focus.table(answer), focus.not_known(answer)


def columns(table: pd.DataFrame) -> str:
    """A table of text in columns, each as wide as its widest cell; empty columns are left out."""
    kept = [name for name in table.columns if (table[name] != "").any()]
    cells = [[str(name), *table[name].tolist()] for name in kept]
    widths = [max(len(text) for text in column) for column in cells]
    rows = [[column[i] for column in cells] for i in range(len(table) + 1)]
    lines = ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "  ".join("─" * width for width in widths), *lines[1:]])
