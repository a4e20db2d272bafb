"""The numbers of the deeper pages' charts, as an office program draws them itself (the kinds of :mod:`native`)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from equity.charts import scan as scan_charts
from equity.charts.over_time.inequality_over_time import scale_of
from equity.charts.parts import control_panel
from equity.export.native import Bars, Dots, Line, Lines, Point, Rest, form_of
from equity.lens.answers import (
    AgeStandardized,
    Completeness,
    ControlChart,
    GapSources,
    InequalityOverTime,
    Intersections,
    OneGroup,
    Pace,
    SiteFunnel,
    Summary,
)
from equity.words import measures, numbers, periods
from equity.words.answers import age_standard as age_words
from equity.words.answers import completeness as completeness_words
from equity.words.answers import gap_sources as source_words
from equity.words.answers import inequality_over_time as over_time_words
from equity.words.answers import intersections as crossed_words
from equity.words.answers import one_group as group_words
from equity.words.answers import site_effects as site_words
from equity.words.answers import site_funnel as funnel_words
from equity.words.answers import strata_model as strata_words
from equity.words.answers import summary as summary_words
from equity.words.escaping import one_line

NO_GAP = "No gap"


def control_charts(answers: Sequence[ControlChart]) -> Lines:
    """One chart with its middle and limits; of several the values alone, a line a group, on one scale."""
    first = answers[0]
    labels = tuple(periods.short(str(period)) for period in first.rows["period"])
    every = [control_panel.series(answer) for answer in answers]
    if len(answers) > 1:
        lines = [_line(answer.group, one.value, "others") for answer, one in zip(answers, every, strict=True)]
    else:
        one = every[0]
        drawn = ((first.group, one.value, "focus"), ("Middle", one.centre, "reference"))
        limits = (("Upper limit", one.upper, "others"), ("Lower limit", one.lower, "others"))
        lines = [_line(*each) for each in (*drawn, *limits)]
    return Lines(labels, tuple(lines), measures.heading(first.measure), "0.0")


def chance_to_tell(answer: Pace) -> Lines:
    """The share of simulated charts that have shown the change by each period, and the false alarms."""
    shares = (("Has shown it", answer.told, "focus"), ("False alarm: nothing changed", answer.false_alarm, "others"))
    return Lines(
        tuple(str(i) for i in range(1, len(answer.told) + 1)),
        tuple(_line(name, np.array(values) * 100, role) for name, values, role in shares),
        f"Share of charts that have given a signal, by {answer.grain}s from now",
        '0"%"',
    )


def furthest(answer: Intersections) -> Dots:
    """The pooled rates of the cells furthest from what their groups suggest, with their intervals."""
    scale = numbers.display_scale(answer.measure)
    return Dots(
        f"{measures.heading(answer.measure)}, smoothed",
        tuple(
            Point(
                c.label,
                c.pooled * scale,
                c.pooled_lower * scale,
                c.pooled_upper * scale,
                c.stands_out and c.apart > 0,
                form_of(answer.measure, c.n),
            )
            for c in crossed_words.furthest(answer)
        ),
        measures.heading(answer.measure),
        form_of(answer.measure, math.inf),
        answer.overall_rate * scale,
        "Overall",
    )


def gap_at_each_site(answer: GapSources) -> Dots:
    """The gap of the group in focus at every site where both sides are seen, toward harm."""
    scale, sites = numbers.display_scale(answer.measure), source_words.strata(answer, source_words.focus(answer))
    points = tuple(
        Point(s.name, s.gap[0] * scale, s.gap[1] * scale, s.gap[2] * scale, form=form_of(None, s.n))
        for s in sites
        if s.compared
    )
    return Dots(f"Gap: {one_line(source_words.focus(answer))}", points, _gap(answer), "0.0", 0.0, NO_GAP)


def within_sites(answer: GapSources) -> Dots:
    """The part of every gap that is within the sites, toward harm, with its interval."""
    scale = numbers.display_scale(answer.measure)
    points = tuple(
        Point(one_line(p.group), p.within[0] * scale, p.within[1] * scale, p.within[2] * scale, form=form_of(None, p.n))
        for p in source_words.parts(answer)
    )
    return Dots("Part of the gap within the sites", points, _gap(answer), "0.0", 0.0, NO_GAP)


def at_equal_ages(answer: AgeStandardized) -> Dots:
    """Every group's rate at equal ages, with its interval."""
    scale = numbers.display_scale(answer.measure)
    points = tuple(
        Point(
            one_line(r.group),
            r.rate[0] * scale,
            r.rate[1] * scale,
            r.rate[2] * scale,
            form=form_of(answer.measure, r.n),
        )
        for r in age_words.rows(answer)
        if r.known
    )
    name = measures.heading(answer.measure)
    return Dots(f"{name}, at equal ages", points, name, form_of(answer.measure, math.inf))


def strata_shares(answer: Intersections) -> Dots:
    """What lies between combined groups and what of that is additive, in per cent, with intervals."""
    points = tuple(
        Point(name, 100.0 * three[0], 100.0 * three[1], 100.0 * three[2]) for name, three in strata_words.shares(answer)
    )
    return Dots("Share", points, "Share, %", '0.0"%"')


def within_by_model(answer: GapSources) -> Dots:
    """Every gap at the same place by the model, toward harm, with its interval."""
    scale = numbers.display_scale(answer.measure)
    points = tuple(
        Point(
            one_line(m.group),
            m.within_gap[0] * scale,
            m.within_gap[1] * scale,
            m.within_gap[2] * scale,
            form=form_of(None, m.n),
        )
        for m in site_words.there(answer)
    )
    return Dots("Gap at the same place, by the model", points, _gap(answer), "0.0", 0.0, NO_GAP)


def shares_known(answer: Completeness, *scopes: str) -> Bars:
    """How much is known, in per cent, a bar a place, period or outcome; nothing where there are no people."""
    shares = completeness_words.shares(answer, *scopes)
    seen = [s for s in shares if s.n > 0]
    points = tuple(Point(one_line(s.name), 100 * s.share) for s in seen)
    looks = {"unknown": "blue", "not_asked": "striped", "declined": "outlined"}
    rest = [
        Rest(completeness_words.KINDS[k].capitalize(), tuple(100 * s.kinds[k] / s.n for s in seen), looks[k])
        for k in looks
    ]
    return Bars("Recorded", points, "Share, %", '0.0"%"', tuple(part for part in rest if any(part.values)))


def gap_bounds(answer: Completeness) -> Dots:
    """Every gap, and how small or large it could be, whoever the missing are."""
    scale, rows = numbers.display_scale(answer.measure), answer.bounds.to_dict("records")
    points = tuple(
        Point(
            one_line(str(row["group"])),
            float(row["gap"]) * scale,
            float(row["gap_smallest"]) * scale,
            float(row["gap_largest"]) * scale,
        )
        for row in rows
    )
    return Dots("Gap, with worst and best case", points, _gap(answer), "0.0", 0.0, NO_GAP)


def summary_in_units(answer: Summary) -> Dots:
    """The summary measures in the measure's own unit: the value to show first, with its interval."""
    scale = numbers.display_scale(answer.measure)
    rows = answer.rows[(answer.rows["unit"] == "rate") & (answer.rows["reason"] == "")]
    labels = {v.known.name: v.known.label for v in summary_words.values(answer)}
    lead = np.where(rows["corrected_leads"].astype(bool), rows["corrected"], rows["estimate"]).astype(float)
    points = tuple(
        Point(labels[name], value * scale, low * scale, high * scale)
        for name, value, low, high in zip(rows["measure"], lead, rows["lower"], rows["upper"], strict=True)
    )
    return Dots("Value", points, _gap(answer), "0.0", 0.0, "Even")


def inequality_over_time(answer: InequalityOverTime, pair: str) -> Dots:
    """The absolute measure of a pair, period by period, with chance taken off; the relative one stands in the table."""
    known, _ = over_time_words.sides(over_time_words.pair_named(answer, pair))
    rows, scale = answer.rows[answer.rows["measure"] == known.name], scale_of(answer, known)
    value = np.where(np.isfinite(rows["corrected"]), rows["corrected"], rows["estimate"]).astype(float)
    points = tuple(
        Point(periods.short(period), middle * scale, low * scale, high * scale)
        for period, middle, low, high in zip(rows["period"], value, rows["lower"], rows["upper"], strict=True)
    )
    heading = over_time_words.heading(answer, known)
    return Dots(known.label, points, heading, "0.0", known.when_equal * scale, "All equal")


def sites_of_funnel(answer: SiteFunnel) -> Dots:
    """Every site's gap or rate with its own range by chance, and the level of all sites together."""
    scale, half = numbers.display_scale(answer.measure), 1.96
    rows = answer.rows[answer.rows["shown"] == "yes"]
    points = tuple(
        Point(one_line(name), value * scale, (value - half * se) * scale, (value + half * se) * scale, bool(outside))
        for name, value, se, outside in zip(rows["stratum"], rows["value"], rows["se"], rows["outside"], strict=True)
    )
    together = f"All {funnel_words.place(answer)}s together"
    return Dots("Sites", points, funnel_words.axis(answer), "0.0", answer.centre * scale, together)


def _line(name: str, values: np.ndarray[tuple[int, ...], np.dtype[np.float64]], role: str) -> Line:
    return Line(one_line(name), tuple(float(value) for value in values), role)


def _gap(answer: Completeness | GapSources | Summary) -> str:
    return "Percentage points" if answer.measure.kind == "proportion" else numbers.unit(answer.measure) or "Gap"


def one_group(answer: OneGroup) -> Dots:
    """One group's gap on every measure, in per cent of the rate compared with, toward harm."""
    drawn = [placed for placed in group_words.every(answer)[: group_words.DRAWN] if scan_charts.is_marked(placed)]
    return Dots(
        name="Gap",
        points=tuple(
            Point(measures.heading(placed.compared.measure), *scan_charts.shares_of_the_rate(placed), placed.rank == 1)
            for placed in drawn
        ),
        axis="Gap, % of the rate compared with; above 0 is worse",
        form="0.0",
        reference=0.0,
        reference_name=NO_GAP,
    )
