"""The summary measures: the formula and the words of each, when to use it, how to read it, where it comes from.

``difference_from_reference`` is the difference in a second guise: two names stand for one measure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from equity.stats.summary import formulas
from equity.stats.summary.formulas import Array, Spread

WHO_TECHNICAL_NOTES = "WHO Health Equity Assessment Toolkit, technical notes; Schlotheuber & Hosseinpoor 2022"
HARPER_AND_LYNCH = "Harper & Lynch 2005, Methods for measuring cancer disparities (US National Cancer Institute)"
PEARCY_AND_KEPPEL = "Pearcy & Keppel 2002, Public Health Reports 117:273"
THEIL = "Theil 1967, Economics and Information Theory; WHO HEAT technical notes"
KAKWANI = "Kakwani, Wagstaff & van Doorslaer 1997, Journal of Econometrics 77:87; WHO HEAT technical notes"
MACKENBACH = "Pamuk 1985; Mackenbach & Kunst 1997, Social Science & Medicine 44:757; WHO HEAT technical notes"

Unit = Literal["rate", "rate_squared", "ratio", "percent", "per_1000", "fraction"]
"""``rate``: the unit of the measure itself. ``per_1000``: a pure number times 1000. The others say themselves."""

GuideQuestion = Literal["two_groups", "spread", "against_best", "against_reference", "gradient", "potential"]
"""What a team may want to know, and so the first branch of the guide to the right measure."""

Inflation = Literal["always", "unordered", "never"]

NeededRates = Literal["any", "mean_above_0", "none_below_0", "all_above_0"]
"""Which rates have a value. Beside their own condition, the last two need a mean above 0."""


@dataclass(frozen=True, slots=True)
class SummaryMeasure:
    """One summary measure: its formula, its words and its conditions.

    Attributes:
        name: the key used everywhere.
        label: what a person reads.
        question: the question that it answers.
        meaning: what it is.
        when_to_use: when it is the right one.
        how_to_read: how to read a value.
        source: paper or standard.
        unit: of the value.
        formula: on rates whose first axis is the groups; None for the slope and relative index of inequality, which are
            fitted (:mod:`.slope`).
        weighted: whether large groups count for more.
        ordered_only: needs an ordered stratifier.
        needs_reference: needs a named reference group.
        needs_polarity: needs to know which side is better.
        needs_rates: what is relative to the mean needs it above 0; a logarithm or a ratio of two groups needs every
            rate above 0, or none below where a rate of 0 adds its limit.
        when_equal: the value when all groups have one rate.
        inflated_by_noise: whether chance alone moves it away from ``when_equal`` to one side, so that it is read with
            its noise-corrected value. The difference and ratio are only so where the two groups are chosen for being
            the extremes ("unordered").
        side: +1 where it lies above ``when_equal``, −1 where below for adverse measures (attributable risk).
    """

    name: str
    label: str
    question: GuideQuestion
    meaning: str
    when_to_use: str
    how_to_read: str
    source: str
    unit: Unit
    formula: Callable[[Spread], Array] | None = None
    weighted: bool = False
    ordered_only: bool = False
    needs_reference: bool = False
    needs_polarity: bool = False
    needs_rates: NeededRates = "any"
    when_equal: float = 0.0
    inflated_by_noise: Inflation = "always"
    of_squares: bool = False
    side: Literal["above", "toward_best"] = "above"

    def is_inflated(self, *, ordered: bool) -> bool:
        """Whether chance alone moves it away from ``when_equal`` where groups are ``ordered``, or are not."""
        return self.inflated_by_noise == "always" or (self.inflated_by_noise == "unordered" and not ordered)


MEASURES: tuple[SummaryMeasure, ...] = (
    SummaryMeasure(
        name="difference",
        label="Difference",
        formula=formulas.difference,
        question="two_groups",
        meaning=(
            "The distance between two rates: the highest and the lowest of all groups or, for ordered groups, "
            "the two ends of the order."
        ),
        when_to_use="To say how large the gap is in everyday terms. It looks at two groups only.",
        how_to_read=(
            "0 means no difference between the two. For ordered groups a positive value means that the top of "
            "the order does better, a negative one that the bottom does."
        ),
        source=WHO_TECHNICAL_NOTES,
        unit="rate",
        inflated_by_noise="unordered",
    ),
    SummaryMeasure(
        name="ratio",
        label="Ratio",
        formula=formulas.ratio,
        question="two_groups",
        meaning=(
            "The same two rates divided: the highest by the lowest or, for ordered groups, the end that should be "
            "higher by the other."
        ),
        when_to_use="Beside the difference, never instead of it: a ratio of two small rates can be large.",
        how_to_read="1 means no difference; 2 means that one rate is twice the other.",
        source=WHO_TECHNICAL_NOTES,
        unit="ratio",
        needs_rates="all_above_0",
        when_equal=1.0,
        inflated_by_noise="unordered",
    ),
    SummaryMeasure(
        name="difference_from_reference",
        label="Difference from the reference",
        formula=formulas.difference_from_reference,
        question="against_reference",
        meaning="The distance from the reference group to the group that does worst among the others.",
        when_to_use="When a reference group has been chosen for a reason that can be stated.",
        how_to_read="0 means that no other group does worse; negative means that all others do better.",
        source=WHO_TECHNICAL_NOTES,
        unit="rate",
        needs_reference=True,
        needs_polarity=True,
    ),
    SummaryMeasure(
        name="between_group_variance",
        label="Between-group variance",
        formula=lambda s: s.variance,
        question="spread",
        meaning="The squared distances of the groups' rates from the overall rate, averaged over the population.",
        when_to_use=(
            "When there is no natural order or reference and large groups should count for more; to compare with "
            "the variance that noise alone would give."
        ),
        how_to_read="0 means no differences. Squaring makes outlying groups weigh heavily. Unit: the rate squared.",
        source=HARPER_AND_LYNCH,
        unit="rate_squared",
        weighted=True,
        of_squares=True,
    ),
    SummaryMeasure(
        name="between_group_sd",
        label="Between-group standard deviation",
        formula=lambda s: np.sqrt(s.variance),
        question="spread",
        meaning="The square root of the between-group variance.",
        when_to_use="As the between-group variance, but in the unit of the rate.",
        how_to_read="0 means no differences; otherwise a typical distance of a person's group from the overall rate.",
        source=HARPER_AND_LYNCH,
        unit="rate",
        weighted=True,
    ),
    SummaryMeasure(
        name="coefficient_of_variation",
        label="Coefficient of variation",
        formula=lambda s: 100.0 * s.over_mean(np.sqrt(s.variance)),
        question="spread",
        meaning="The between-group standard deviation as a percentage of the overall rate.",
        when_to_use="To set the spread against the level, as between measures with different units.",
        how_to_read="0 % means no differences. It grows when the overall rate is small.",
        source=WHO_TECHNICAL_NOTES,
        unit="percent",
        weighted=True,
        needs_rates="mean_above_0",
    ),
    SummaryMeasure(
        name="mean_difference_from_best",
        label="Mean difference from the best group",
        formula=lambda s: s.unweighted(s.from_best),
        question="against_best",
        meaning="How far the groups are, on average, from the best-performing one; every group counts the same.",
        when_to_use=(
            "When the best group shows what this health system can do, and small groups matter as much as large."
        ),
        how_to_read="0 means that every group has the best rate.",
        source=WHO_TECHNICAL_NOTES,
        unit="rate",
        needs_polarity=True,
    ),
    SummaryMeasure(
        name="mean_difference_from_best_weighted",
        label="Mean difference from the best group, weighted",
        formula=lambda s: s.weighted(s.from_best),
        question="against_best",
        meaning="How far people are, on average, from the rate of the best-performing group.",
        when_to_use="As above, when every person should count the same.",
        how_to_read="0 means that every group has the best rate. Large groups dominate.",
        source=WHO_TECHNICAL_NOTES,
        unit="rate",
        weighted=True,
        needs_polarity=True,
    ),
    SummaryMeasure(
        name="mean_difference_from_mean",
        label="Mean difference from the overall rate",
        formula=lambda s: s.unweighted(s.distance),
        question="spread",
        meaning="How far the groups are, on average, from the overall rate; every group counts the same.",
        when_to_use="For unordered groups without a reference, when small groups matter as much as large ones.",
        how_to_read="0 means no differences.",
        source=WHO_TECHNICAL_NOTES,
        unit="rate",
    ),
    SummaryMeasure(
        name="mean_difference_from_mean_weighted",
        label="Mean difference from the overall rate, weighted",
        formula=lambda s: s.weighted(s.distance),
        question="spread",
        meaning="How far people's groups are, on average, from the overall rate.",
        when_to_use="For unordered groups without a reference, when every person should count the same.",
        how_to_read="0 means no differences. Large groups pull the overall rate toward themselves.",
        source=WHO_TECHNICAL_NOTES,
        unit="rate",
        weighted=True,
    ),
    SummaryMeasure(
        name="mean_difference_from_reference",
        label="Mean difference from the reference",
        formula=lambda s: s.unweighted(s.from_reference),
        question="against_reference",
        meaning="How far the groups are, on average, from the reference group; every group counts the same.",
        when_to_use="When a reference group has been chosen for a reason that can be stated.",
        how_to_read="0 means no differences. Groups that do better than the reference add to it as well.",
        source=WHO_TECHNICAL_NOTES,
        unit="rate",
        needs_reference=True,
    ),
    SummaryMeasure(
        name="mean_difference_from_reference_weighted",
        label="Mean difference from the reference, weighted",
        formula=lambda s: s.weighted(s.from_reference),
        question="against_reference",
        meaning="How far people's groups are, on average, from the rate of the reference group.",
        when_to_use="As above, when every person should count the same.",
        how_to_read="0 means no differences. A large reference group makes it small.",
        source=WHO_TECHNICAL_NOTES,
        unit="rate",
        weighted=True,
        needs_reference=True,
    ),
    SummaryMeasure(
        name="index_of_disparity",
        label="Index of disparity",
        formula=lambda s: 100.0 * s.over_mean(s.unweighted(s.distance)),
        question="spread",
        meaning="The mean difference from the overall rate as a percentage of the overall rate.",
        when_to_use="To compare spread between measures of different level; every group counts the same.",
        how_to_read="0 % means no differences; 20 % means that groups are a fifth of the overall rate away from it.",
        source=PEARCY_AND_KEPPEL,
        unit="percent",
        needs_rates="mean_above_0",
    ),
    SummaryMeasure(
        name="index_of_disparity_weighted",
        label="Index of disparity, weighted",
        formula=lambda s: 100.0 * s.over_mean(s.weighted(s.distance)),
        question="spread",
        meaning="The weighted mean difference from the overall rate as a percentage of the overall rate.",
        when_to_use="As above, when every person should count the same.",
        how_to_read="0 % means no differences.",
        source=PEARCY_AND_KEPPEL,
        unit="percent",
        weighted=True,
        needs_rates="mean_above_0",
    ),
    SummaryMeasure(
        name="theil_index",
        label="Theil index",
        formula=formulas.theil,
        question="spread",
        meaning="An entropy: how far the shares of the outcome are from the shares of the population, times 1000.",
        when_to_use="When spread must be split into parts between and within larger groupings.",
        how_to_read="0 means no differences. It has no everyday unit and weighs groups with high rates most.",
        source=THEIL,
        unit="per_1000",
        weighted=True,
        of_squares=True,
        needs_rates="none_below_0",
    ),
    SummaryMeasure(
        name="mean_log_deviation",
        label="Mean log deviation",
        formula=formulas.mean_log_deviation,
        question="spread",
        meaning="The mean over the population of minus the logarithm of the relative rates, times 1000.",
        when_to_use="As the Theil index; it weighs groups with low rates most.",
        how_to_read="0 means no differences. It has no everyday unit and no value where a group's rate is 0.",
        source=THEIL,
        unit="per_1000",
        weighted=True,
        of_squares=True,
        needs_rates="all_above_0",
    ),
    SummaryMeasure(
        name="population_attributable_risk",
        label="Population attributable risk",
        formula=lambda s: s.best - s.mean,
        question="potential",
        meaning="The change of the overall rate if every group had the rate of the best one.",
        when_to_use="To show what closing the gap by lifting would be worth for the whole population.",
        how_to_read="0 means nothing to gain; positive where higher is better, negative where lower is better.",
        source=WHO_TECHNICAL_NOTES,
        unit="rate",
        weighted=True,
        needs_polarity=True,
        side="toward_best",
    ),
    SummaryMeasure(
        name="population_attributable_fraction",
        label="Population attributable fraction",
        formula=lambda s: 100.0 * s.over_mean(s.best - s.mean),
        question="potential",
        meaning="The population attributable risk as a percentage of the overall rate.",
        when_to_use="To compare what could be gained between measures of different level.",
        how_to_read="0 % means nothing to gain; −30 % means that the overall rate would fall by three tenths.",
        source=WHO_TECHNICAL_NOTES,
        unit="percent",
        weighted=True,
        needs_polarity=True,
        needs_rates="mean_above_0",
        side="toward_best",
    ),
    SummaryMeasure(
        name="absolute_concentration_index",
        label="Absolute concentration index",
        formula=lambda s: s.concentration,
        question="gradient",
        meaning="How much the outcome is concentrated toward one end of the order, in the unit of the rate.",
        when_to_use="For ordered groups, when all of them should count and not only the two ends.",
        how_to_read="0 means no gradient; positive: concentrated at the top of the order; negative: at the bottom.",
        source=KAKWANI,
        unit="rate",
        weighted=True,
        ordered_only=True,
        inflated_by_noise="never",
    ),
    SummaryMeasure(
        name="relative_concentration_index",
        label="Relative concentration index",
        formula=lambda s: s.over_mean(s.concentration),
        question="gradient",
        meaning="The absolute concentration index divided by the overall rate.",
        when_to_use="For ordered groups, to compare gradients between measures of different level.",
        how_to_read="Between −1 and 1; 0 means no gradient.",
        source=KAKWANI,
        unit="fraction",
        weighted=True,
        ordered_only=True,
        needs_rates="mean_above_0",
        inflated_by_noise="never",
    ),
    SummaryMeasure(
        name="slope_index_of_inequality_0_to_1",
        label="Slope index of inequality",
        question="gradient",
        meaning=(
            "The rate predicted for the very top of the order minus that for the very bottom, by regression on rank."
        ),
        when_to_use="For ordered groups: a difference that uses every group and respects their sizes.",
        how_to_read="0 means no gradient; positive: the rate rises along the order; negative: it falls.",
        source=MACKENBACH,
        unit="rate",
        weighted=True,
        ordered_only=True,
        inflated_by_noise="never",
    ),
    SummaryMeasure(
        name="relative_index_of_inequality_0_to_1",
        label="Relative index of inequality",
        question="gradient",
        meaning="The rate predicted for the very top of the order divided by that for the very bottom.",
        when_to_use="For ordered groups: a ratio that uses every group, beside the slope index.",
        how_to_read="1 means no gradient; above 1 the rate rises along the order, below 1 it falls.",
        source=MACKENBACH,
        unit="ratio",
        weighted=True,
        ordered_only=True,
        needs_rates="mean_above_0",
        when_equal=1.0,
        inflated_by_noise="never",
    ),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """An absolute and a relative summary measure of the same rates, by name: HD*Calc shows them side by side.

    ``label`` is what the two are called where a pair is picked.
    """

    name: str
    label: str
    absolute: str
    relative: str


PAIRS: tuple[Pair, ...] = (
    Pair("extremes", "Difference and ratio", "difference", "ratio"),
    Pair("spread", "Standard deviation, and coefficient of variation", "between_group_sd", "coefficient_of_variation"),
    Pair(
        "from_overall",
        "Mean difference from the overall rate, and index of disparity",
        "mean_difference_from_mean",
        "index_of_disparity",
    ),
    Pair(
        "from_overall_weighted",
        "The same two, weighted by people",
        "mean_difference_from_mean_weighted",
        "index_of_disparity_weighted",
    ),
    Pair("entropy", "Between-group variance, and Theil index", "between_group_variance", "theil_index"),
    Pair(
        "log_deviation",
        "Between-group variance, and mean log deviation",
        "between_group_variance",
        "mean_log_deviation",
    ),
    Pair(
        "potential",
        "Population attributable risk, and fraction",
        "population_attributable_risk",
        "population_attributable_fraction",
    ),
    Pair(
        "gradient",
        "Slope index, and relative index of inequality",
        "slope_index_of_inequality_0_to_1",
        "relative_index_of_inequality_0_to_1",
    ),
    Pair(
        "concentration",
        "Absolute and relative concentration index",
        "absolute_concentration_index",
        "relative_concentration_index",
    ),
)

NAMES: tuple[str, ...] = tuple(measure.name for measure in MEASURES)

_BY_NAME = {measure.name: measure for measure in MEASURES}


def measure_named(name: str) -> SummaryMeasure:
    """The measure of that name.

    Raises:
        ValueError: there is none.
    """
    try:
        return _BY_NAME[name]
    except KeyError:
        raise ValueError(f"There is no summary measure {name!r}; the names are {', '.join(NAMES)}.") from None
