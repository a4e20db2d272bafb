"""The answers: one frozen dataclass a lens, holding a tidy table with fixed columns.

GROUP_COLUMNS, one row a group (pandas; numbers are floats, NaN where not defined):

group               the category as it is named
kind                group, unknown, declined, not_asked or other (vocabulary.CategoryKind)
rows, people        rows of the extract; distinct people (NaN without a person id)
n, x                denominator and events (sum of values for a mean)
rate, lower, upper  x / n as a fraction (a mean in its unit) and its interval
n_effective         n after allowing for repeat visits of the same people (n itself without a person id)
gap, gap_lower, gap_upper          positive when the group fares worse than the reference, as a fraction or in the unit
ratio, ratio_lower, ratio_upper    group's rate ÷ reference's rate, whatever the polarity
relative_gap, relative_gap_adverse gap ÷ reference rate; gap ÷ reference's adverse rate (1 − rate; proportions only)
p, q                two-sided p of no difference; Benjamini–Hochberg q over the tests of this answer. Where the same
                    data picked the best group, p and the limits of gap and ratio allow for its having been picked
p_together          the p that the verdict goes by: it holds for all comparisons of one measure and stretch together
excess, excess_lower, excess_upper n · max(0, gap − luck) in people or events (minutes for a waiting time): where the
                    same data picked the best group, with what picking it gives by chance taken off; whole interval
excess_raw          n · max(0, gap), as measured
verdict             disparity, large_uncertain, small_certain, none, reference, or "" where not compared
reliability         reliable, read_with_care, too_few
shown               yes, hidden (at its source or by policy), missing (no data), zero (0 of n)
hidden_at_source    rows that were hidden before they reached us: n and x are then lower bounds
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from equity.lens.choices import Choices
from equity.lens.tables import columns_of
from equity.stats.models.strata_model import StrataVariance
from equity.stats.unknown_groups import Known
from equity.vocabulary import Grain, Measure, Stratifier

GROUP_COLUMNS = (
    "group",
    "kind",
    "rows",
    "people",
    "n",
    "x",
    "rate",
    "lower",
    "upper",
    "n_effective",
    "gap",
    "gap_lower",
    "gap_upper",
    "ratio",
    "ratio_lower",
    "ratio_upper",
    "relative_gap",
    "relative_gap_adverse",
    "p",
    "q",
    "p_together",
    "excess",
    "excess_lower",
    "excess_upper",
    "excess_raw",
    "verdict",
    "reliability",
    "shown",
    "hidden_at_source",
)


SPREAD_MINIMUM = 30
"""The fewest that a cell of the spread stands on: a rate of fewer says more about chance than about the place."""


Surpassed = Literal["no", "smaller", "any"]


@dataclass(frozen=True)
class ResolvedReference:
    """What groups were in fact compared with.

    ``kind`` as chosen; ``group`` the group's name for best and named group, else empty; ``label`` how to say it aloud
    ("the best group", of a neutral measure "the lowest of the larger groups", "everyone", "everyone else", "the
    target"); ``rate`` NaN for others (it differs by group); ``chosen_on`` the baseline period on which the best group
    was chosen, empty otherwise; ``picked`` whether the data asked about picked it too, so that what is compared with it
    must allow for that; ``told_apart`` whether the groups differ by more than chance: where not, no best group is
    named; ``surpassed`` which groups of people have a better rate in what is asked than the best group, which was
    chosen among the larger ones of its baseline: only "smaller" ones, or "any".
    """

    kind: str
    label: str
    group: str = ""
    rate: float = float("nan")
    n: float = float("nan")
    x: float = float("nan")
    lower: float = float("nan")
    upper: float = float("nan")
    chosen_on: str = ""
    picked: bool = False
    told_apart: bool = True
    surpassed: Surpassed = "no"


@dataclass(frozen=True)
class LeftOut:
    """Groups that an answer's rows leave out: ``by_choice`` by name, ``too_few`` for too little data to be read."""

    by_choice: tuple[str, ...] = ()
    too_few: tuple[str, ...] = ()


NOBODY_LEFT_OUT = LeftOut()


@dataclass(frozen=True)
class Disparities:
    """Groups of one stratifier compared on one measure in one period.

    rows     GROUP_COLUMNS, in the stratifier's order.
    total    the same columns, one row: everyone in the question, the unknown included.
    spread   group, within, value, n, rate: each group's rate within each value of ``within`` (site where there is one),
             drawn as faint dots behind; empty when the cube has no such pair.
    spread_too_few  how many cells of the spread were left out, having fewer than SPREAD_MINIMUM in them.
    tests    how many tests the q values were controlled over.
    excess_total, excess_lower, excess_upper   Σ excess over groups that fare worse, with what chance alone would give
             taken off (0 where the groups cannot be told apart), and its interval; ``excess_total_raw`` as measured.
    left_out groups that ``rows`` leave out since somebody asked for that; every other number is of all groups.
    """

    choices: Choices
    measure: Measure
    stratifier: Stratifier
    reference: ResolvedReference
    rows: pd.DataFrame
    total: pd.DataFrame
    spread: pd.DataFrame
    within: str
    tests: int
    known_share: float
    excess_total: float
    excess_lower: float
    excess_upper: float
    sql: str
    remarks: tuple[str, ...] = ()
    spread_too_few: int = 0
    excess_total_raw: float = float("nan")
    left_out: LeftOut = NOBODY_LEFT_OUT


@dataclass(frozen=True)
class Trends:
    """Groups and their gap over time.

    rows     group, kind, period, n, x, rate, lower, upper, gap, gap_lower, gap_upper, ratio, ratio_lower, ratio_upper,
             reliability, shown, hidden_at_source: every category × every period of the grain, period by period (a
             period without data is a row with shown = missing).
    changes  one row a compared group: verdict (closing_by_lifting, levelling_down, widening, no_clear_change, "" when
             not judged), reason, and with _lower and _upper each: gap_first and gap_last (the trend line's ends, toward
             harm), gap_change (over the whole stretch, toward harm), group_change and reference_change (over the whole
             stretch, positive is favourable), gap_slope (a period). gap_change = reference_change − group_change.
             NaN with fewer than four periods.
    windows  the same columns without gap_slope, from two pooled stretches instead of a line: gap_first is the gap in
             ``before``, gap_last in ``after`` (labels of the first and the last period). ``baseline_frozen`` says that
             people froze ``before``; without that the program takes the first and the latest periods.
    yearly   the NHQDR rule, for yearly data only: group, points, slope, slope_lower, slope_upper (a year),
             yearly_change (a fraction a year), p, verdict (improving, worsening, rising, falling, no_clear_trend,
             too_few_points).
    left_out groups that the tables leave out since somebody asked for that.
    """

    choices: Choices
    measure: Measure
    stratifier: Stratifier
    reference: ResolvedReference
    grain: Grain
    periods: tuple[str, ...]
    rows: pd.DataFrame
    changes: pd.DataFrame
    sql: str
    remarks: tuple[str, ...] = ()
    windows: pd.DataFrame = field(default_factory=pd.DataFrame)
    before: tuple[str, str] = ("", "")
    after: tuple[str, str] = ("", "")
    baseline_frozen: bool = False
    yearly: pd.DataFrame = field(default_factory=pd.DataFrame)
    left_out: LeftOut = NOBODY_LEFT_OUT

    @property
    def leading(self) -> pd.DataFrame:
        """The reading that leads: the windows where a team froze a baseline (its own question), else the line."""
        return self.windows if self.baseline_frozen and len(self.windows) else self.changes


@dataclass(frozen=True)
class ControlChart:
    """One series as a control chart: ``ask trends --group G --chart p``.

    rows     period, value, n, x, centre, lower, upper, outside (1/0), phase (from 0), baseline (1/0: frozen), excluded
             (1/0), longest (1/0: in the longest run), shift and trend (1/0: the IHI rules, worth a look), special (1
             high, −1 low, 0 common cause), shown. One row a period; on g and t charts one row an event. A hidden
             period has no number of any kind.
    signal   useful, longest_run, longest_run_max, crossings, crossings_min, signal (Anhøj rules) of the latest phase;
             ``phase_signals`` has them for every phase.
    proposed, reason      the chart that fits the series, and why (equity/stats/over_time/chart_choice.py)
    variation, assurance  NHS Making Data Count codes ("" when not judged); ``target`` is NaN without one
    """

    choices: Choices
    measure: Measure
    group: str
    chart: str
    grain: Grain
    rows: pd.DataFrame
    signal: dict[str, int]
    trial: bool
    sql: str
    remarks: tuple[str, ...] = ()
    proposed: str = ""
    reason: str = ""
    phase_signals: tuple[dict[str, int], ...] = ()
    variation: str = ""
    assurance: str = ""
    target: float = float("nan")

    @property
    def is_hidden(self) -> bool:
        """Whether there is something of this group, and none of it may be seen."""
        return "hidden" in self._states and not self.is_seen

    @property
    def is_seen(self) -> bool:
        """Whether there is a point to see."""
        return bool(self._states & {"yes", "zero"})

    @property
    def _states(self) -> set[str]:
        return set(columns_of(self.rows)["shown"].tolist())


@dataclass(frozen=True)
class Areas:
    """Clinical areas compared: the worst reliable gap of every measure × stratifier, ranked by people affected.

    rows   clinical_area, measure, by, group, then GROUP_COLUMNS: a row a measure × stratifier × group compared;
           ``rank`` by excess (1 the most) among the gaps that can be relied on; ``rank_lower``, ``rank_upper`` the
           ranks it could have (counts only); ``known_share`` of the denominator whose group is known under that
           stratifier; ``worst`` 1 on the row that stands for its clinical_area × by cell.
    tests  how many tests q was controlled over (false discovery rate 10 %).
    sizes  by measure, what is counted and the distinct people behind it, of everyone; 0 people without a person id.
    """

    choices: Choices
    rows: pd.DataFrame
    areas: tuple[str, ...]
    stratifiers: tuple[Stratifier, ...]
    measures: tuple[Measure, ...]
    tests: int
    sql: str
    references: dict[tuple[str, str], ResolvedReference] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    sizes: dict[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class OneGroup:
    """One group on every measure, each beside its own reference, judged together with every other group's gaps.

    rows   measure, then GROUP_COLUMNS: a row a measure. The clear gaps first, those that affect most people first; then
           the other comparisons from the furthest behind to the furthest ahead, relative to the reference; then where
           the group is the reference, has too few to be read, is not compared, is hidden or has no data. ``rank`` among
           the clear gaps with the ranks that it could have; ``known_share`` as in :class:`Areas`.
    tests  how many tests q was controlled over: those of :class:`Areas`, so that picking one group makes none clearer.
    sizes  by measure, what is counted and the distinct people behind it, of everyone; 0 people without a person id.
    """

    choices: Choices
    stratifier: Stratifier
    group: str
    rows: pd.DataFrame
    measures: tuple[Measure, ...]
    tests: int
    sql: str
    references: dict[str, ResolvedReference] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    sizes: dict[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Summary:
    """All groups in one number, in each of the field's ways.

    rows   measure (its name), label, estimate, lower, upper, corrected (with what chance alone would give taken
           off), corrected_leads (show that one first: the groups cannot be told apart), unit, reason ("" when given).
    omnibus_p              p of "all groups have one rate"
    best, worst            the extremes among the groups, and a p that allows for their having been picked
    best_rate, worst_rate  their rates; ``fewest`` the denominator of the smaller one; ``readable`` whether both are of
                           enough people to be read
    """

    choices: Choices
    measure: Measure
    stratifier: Stratifier
    reference: ResolvedReference
    rows: pd.DataFrame
    omnibus_p: float
    best: str
    worst: str
    best_against_worst_p: float
    sql: str
    remarks: tuple[str, ...] = ()
    best_rate: float = float("nan")
    worst_rate: float = float("nan")
    fewest: float = float("nan")
    readable: bool = True


@dataclass(frozen=True)
class InequalityOverTime:
    """All groups in one number, in each of the field's ways, period by period.

    rows     period, then the columns of Summary.rows, and groups (how many had a rate), told_apart (1: they differ by
             more than chance), shown (yes, hidden: a group of the period is hidden, missing): every summary measure in
             every period of the grain.
    changes  one row a summary measure: measure, label, unit, periods (with a value), first and last (ends of a straight
             line through the values with chance taken off), change (last − first; of a ratio last ÷ first) with its
             limits, p (both hold for the two numbers of a pair), word (narrowed, widened, no_clear_change,
             groups_alike, too_few_periods).
    """

    choices: Choices
    measure: Measure
    stratifier: Stratifier
    reference: ResolvedReference
    grain: Grain
    periods: tuple[str, ...]
    rows: pd.DataFrame
    changes: pd.DataFrame
    sql: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Completeness:
    """Who is missing from the answer, and what that could mean for it.

    rows     scope (all, place, period, outcome), value (the site, the period, yes or no), n, known, unknown, declined,
             not_asked (all in the unit of n), share (known ÷ n), status (good, caution, fix_first).
    bounds   one row a compared group of a proportion: group, gap, gap_smallest and gap_largest (whatever the unknown
             turn out to be), tipping_people, tipping_share (of the unknown with the better outcome; above 1: the gap
             cannot vanish this way), possible (1/0). Empty for rates, means and estimates.
    known_rate, unknown_rate, unknown_p   the outcome among people whose group is known and among those whose is not.
    people   distinct people behind n, so that words know visits from patients; 0 without a person id.
    counts   for each group with bounds, what a gap under assumptions is worked out from (stats/unknown_groups.py).
    ends     the lowest and the highest rate among groups of people, between which the unknown are assumed to lie.
    """

    choices: Choices
    measure: Measure
    stratifier: Stratifier
    reference: ResolvedReference
    rows: pd.DataFrame
    bounds: pd.DataFrame
    unknown_n: float
    known_rate: float
    unknown_rate: float
    unknown_p: float
    place: str
    sql: str
    remarks: tuple[str, ...] = ()
    people: float = float("nan")
    counts: dict[str, Known] = field(default_factory=dict)
    ends: tuple[float, float] = (float("nan"), float("nan"))


@dataclass(frozen=True)
class Intersections:
    """Groups within groups: raw and partially pooled rates side by side.

    rows   value1, value2 (and value3), kind (group, or what the first unknown among them is), n, x, rate, lower, upper,
           expected (what the margins alone suggest), pooled, pooled_lower, pooled_upper, own_weight (share of the
           cell's own rate in the pooled one), gap (toward harm, from expected), reliability, shown (missing: nobody).
    people distinct people behind n; 0 without a person id.
    model  the strata as a two-level model (stats/models/strata_model.py): how much lies between them, and how much of
           that is additive; None for means and where fewer than six groups of people have anyone.
    """

    choices: Choices
    measure: Measure
    stratifiers: tuple[Stratifier, ...]
    rows: pd.DataFrame
    overall_rate: float
    sql: str
    remarks: tuple[str, ...] = ()
    people: float = float("nan")
    model: StrataVariance | None = None


@dataclass(frozen=True)
class GapSources:
    """Gap breakdown: between or within the strata of another stratifier (sites, unless said otherwise).

    parts   one row a compared group, toward harm: gap, between (seen at different strata), within (faring differently
            at the same strata), each with _lower and _upper; simpson (reverses, halves or ""); crude (rate), adjusted
            with limits (directly standardised to everyone's strata), ratio_indirect with limits (observed ÷ expected).
    strata  group, stratum, n, rate, reference_n, reference_rate, gap, gap_lower, gap_upper, between, within.
    people  distinct people in all cells, the reference's and unrecorded ones too; 0 without a person id.
    n       what those cells count: more than people where they come back.
    model   one row a compared group, by a model in which every stratum has a level of its own
            (stats/models/site_effects.py), each with _lower and _upper: crude_ratio, within_ratio and across_ratio
            (odds; rates for a rate; group to other side, across for ten points more of the group), within_gap (toward
            harm); and across_gap (the rest of the gap), strata (that see both), scatter, share_between, reason ("",
            few_strata, hidden, not_for_means).
    """

    choices: Choices
    measure: Measure
    stratifier: Stratifier
    within: Stratifier
    reference: ResolvedReference
    parts: pd.DataFrame
    strata: pd.DataFrame
    sql: str
    remarks: tuple[str, ...] = ()
    people: float = float("nan")
    n: float = float("nan")
    model: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def rows(self) -> pd.DataFrame:
        """The parts: the answer's main table."""
        return self.parts


@dataclass(frozen=True)
class SiteFunnel:
    """One group's gap, or its rate, at every site against what chance and ordinary variation between sites explain.

    of       gap (toward harm) or rate
    rows     stratum, n, reference_n, value, se (by chance), size (along the funnel: effective n, or 1 ÷ se for gaps and
             means), lower_95, upper_95, lower_998, upper_998, outside (the 99.8 % limits: 1 above, −1 below, 0), near
             (the same of the 95 % limits), shown (yes, hidden, alone: only one of the two groups is seen).
    curve    size and the four limits, to draw them.
    centre   what sites are held against: the rate of all of them together, or the mean gap by precision.
    phi, winsorised_phi   overdispersion, at least 1, and as Spiegelhalter gives it; ``tau`` is the standard deviation
             between sites, in the unit of the values.
    """

    choices: Choices
    measure: Measure
    stratifier: Stratifier
    within: Stratifier
    reference: ResolvedReference
    group: str
    of: str
    rows: pd.DataFrame
    curve: pd.DataFrame
    centre: float
    phi: float
    winsorised_phi: float
    tau: float
    sql: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pace:
    """What it would take to close one group's gap: arithmetic on the past, not a forecast.

    gap, gap_lower, gap_upper                 the gap now, at the end of its trend line, toward harm
    status                                    closes, may_never_close, never_at_this_pace, closed_already, "" (no trend)
    periods_to_close, and its limits          periods after the last one, at the pace so far; infinite for never
    closes_in                                 the period in which that is, empty when it is never
    by, periods_left                          the date asked for, and how many periods there are until then
    more_each_period, and its limits          how many more a period than in the period before would close it by then
    more_at_the_end, and its limits           how many more a period than now, once it is closed
    n_a_period                                the group's denominator in a usual period
    told                                      share of simulated charts that have shown the change, by period
    false_alarm                               the same when nothing changes
    periods_to_tell                           the first period at which told reaches 80 %, None within the horizon
    """

    choices: Choices
    measure: Measure
    stratifier: Stratifier
    reference: ResolvedReference
    group: str
    grain: Grain
    gap: float
    gap_lower: float
    gap_upper: float
    status: str
    periods_to_close: float
    periods_to_close_lower: float
    periods_to_close_upper: float
    closes_in: str
    by: str
    periods_left: int
    more_each_period: float
    more_each_period_lower: float
    more_each_period_upper: float
    more_at_the_end: float
    more_at_the_end_lower: float
    more_at_the_end_upper: float
    n_a_period: float
    told: tuple[float, ...]
    false_alarm: tuple[float, ...]
    periods_to_tell: int | None
    sql: str
    remarks: tuple[str, ...] = ()

    @property
    def rows(self) -> pd.DataFrame:
        """periods_after, told, false_alarm: one row a period after the change began."""
        after = range(1, len(self.told) + 1)
        return pd.DataFrame({"periods_after": after, "told": self.told, "false_alarm": self.false_alarm})


@dataclass(frozen=True)
class AgeStandardized:
    """Groups compared as if all had the same ages: crude first, then standardized to a named population.

    rows     group, kind, n, crude and crude_gap with limits, crude_verdict; rate, gap and ratio with limits: the same
             standardized, NaN where ``reason`` says why (no_data, hidden, missing_ages); missing_ages names the bands
             in which the group has nobody; p and p_together (for all comparisons of the page) of no standardized gap.
             gap_by_ages with limits: how much of the crude gap different ages make, among those whose age is known.
             Gaps are toward harm. Where groups are compared with everyone, the other side is everyone else throughout.
    weights  band, n (everyone), own (its share of everyone's n), standard (its share of the standard's bands).
    over_time  group, period, n, crude, rate, lower, upper: by ``grain``; empty where the data have one period.
    standard  the key of the standard population (stats/standardization/standard_populations.py), or ``own``: everyone
              in the question.
    covered   the share of the standard that the bands cover: below 1 it is that part of it (adults), rescaled.
    age_known the share of n whose age is known; the others are in crude rates alone.
    """

    choices: Choices
    measure: Measure
    stratifier: Stratifier
    ages: Stratifier
    standard: str
    covered: float
    split_evenly: bool
    reference: ResolvedReference
    rows: pd.DataFrame
    weights: pd.DataFrame
    over_time: pd.DataFrame
    grain: Grain
    age_known: float
    sql: str
    remarks: tuple[str, ...] = ()
    people: float = float("nan")


LensAnswer = (
    AgeStandardized
    | Areas
    | Completeness
    | ControlChart
    | Disparities
    | GapSources
    | InequalityOverTime
    | Intersections
    | OneGroup
    | Pace
    | SiteFunnel
    | Summary
    | Trends
)
"""Every kind of answer that a lens gives."""
