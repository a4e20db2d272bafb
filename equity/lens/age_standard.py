"""Age-standardized rates: how groups compare if all had the ages of one named population."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.cube import Cube
from equity.lens.age_bands import AgeGrouping, age_grouping
from equity.lens.answers import AgeStandardized, Disparities, ResolvedReference
from equity.lens.choices import Choices
from equity.lens.comparisons.samples import Sample
from equity.lens.disparities import disparities
from equity.lens.intersections import crossed_sample, laid_out
from equity.lens.tables import columns_of, table
from equity.stats.estimate import Estimate, FloatArray, normal_quantile, ratio_of, two_sided_normal
from equity.stats.omnibus import pairwise_level, range_aware_p
from equity.stats.selection import step_down
from equity.stats.standardization.age_standard import difference, part_of_ages, ratio, standardized
from equity.stats.standardization.standard_populations import OWN, STANDARD_KEYS, STANDARDS, band_weights, share_covered
from equity.vocabulary import Grain, Measure, PeriodRange, PlainError, Reference, Stratifier
from equity.vocabulary.period import GRAINS

_CRUDE = {"crude": "rate", "crude_lower": "lower", "crude_upper": "upper", "crude_gap": "gap"}
LEVEL = 0.95


@dataclass(frozen=True)
class _Weights:
    """The weights of an age grouping's categories (0 for those that are no band), and what must be said of them."""

    each: FloatArray
    covered: float
    split_evenly: bool


def age_standardized(cube: Cube, choices: Choices, standard: str, grain: Grain | None = None) -> AgeStandardized:
    """Crude rates and gaps, and the same standardized by age, in the period and over time.

    ``grain`` is that of the series; years when left out, where the data have any.

    Raises:
        PlainError: no such standard, no grouping of ages beside the one asked about, bands that the standard cannot
            weigh, or a dataset of one-way tables or of estimates.
    """
    grouping = _ages(cube, choices.by)
    measure, stratifier = cube.description.measure(choices.measure), cube.description.stratifier(choices.by)
    crude = disparities(cube, _beside_others(choices, cube.description.measure(choices.measure)))
    sample, sql, remarks = crossed_sample(cube, choices, measure, (stratifier, grouping.stratifier))
    weights = _weights(cube, choices, measure, grouping, standard)
    kept = weights.each > 0
    at_ages = sample.map(lambda sums: sums[:, kept])
    shown = grain or _usual_grain(cube)
    over_time, more = _over_time(cube, choices, measure, stratifier, grouping, weights.each, shown)
    everyone = _everyone(cube, choices, measure, grouping.stratifier)
    return AgeStandardized(
        choices=choices,
        measure=measure,
        stratifier=stratifier,
        ages=grouping.stratifier,
        standard=standard,
        covered=weights.covered,
        split_evenly=weights.split_evenly,
        reference=crude.reference,
        rows=_rows(crude, grouping.stratifier, at_ages, weights.each[kept], kept),
        weights=_shares(grouping, everyone, weights.each),
        over_time=over_time,
        grain=shown,
        age_known=float(ratio_of(everyone[_is_band(grouping)].sum(), everyone.sum())),
        sql="\n\n".join(text for text in (sql, more) if text),
        remarks=tuple(dict.fromkeys((*remarks, *crude.remarks))),
        people=float(np.nansum(crude.total["people"])),
    )


def _ages(cube: Cube, by: str) -> AgeGrouping:
    description = cube.description
    if description.tables == "one_way" or description.values == "estimates":
        raise PlainError(f"“{description.dataset}” holds one grouping at a time, so its rates cannot be standardized.")
    ages, stratifier = age_grouping(description, by), description.stratifier(by)
    if ages is None and age_grouping(description) is not None:
        raise PlainError(f"{stratifier.label} holds ages, so it cannot be age-standardized: group by something else.")
    if ages is None:
        raise PlainError(
            f"“{description.dataset}” has no age bands beside {stratifier.label}, such as 18–34 or 75 and over, "
            "so its rates cannot be standardized by age: map a column of age bands."
        )
    return ages


def _beside_others(choices: Choices, measure: Measure) -> Choices:
    """The same question, of everyone else where it is of the average, which holds the group and makes its gap small."""
    asked = choices.reference or measure.reference
    return replace(choices, reference=Reference("others")) if asked.kind == "average" else choices


def _is_band(grouping: AgeGrouping) -> npt.NDArray[np.bool_]:
    return np.array([band is not None for band in grouping.bands])


def _weights(cube: Cube, choices: Choices, measure: Measure, grouping: AgeGrouping, standard: str) -> _Weights:
    bands, places = [b for b in grouping.bands if b is not None], _is_band(grouping)
    each = np.zeros(len(grouping.bands))
    if standard == OWN:
        each[places] = _everyone(cube, choices, measure, grouping.stratifier)[places]
        if not np.isfinite(each).all() or each.sum() <= 0:
            raise PlainError("Some ages are not shown here, so everyone's ages are not known: use a named standard.")
        return _Weights(each, 1.0, False)
    if standard not in STANDARDS:
        raise PlainError(f"“{standard}” is not a standard population here: use {', '.join(STANDARD_KEYS)}.")
    population = STANDARDS[standard]
    weights = band_weights(population, bands)
    if np.isnan(weights).any():
        odd = grouping.stratifier.categories[int(np.flatnonzero(places)[np.isnan(weights)][0])].value
        raise PlainError(f"The standard has no weight for the ages “{odd}”: use another standard, or wider age bands.")
    # A measure that only some ages can have (screening from 45 to 74) is standardized to those ages.
    ever = _everyone(cube, replace(choices, period=PeriodRange(), where=()), measure, grouping.stratifier)[places]
    used = np.isnan(ever) | (ever > 0)
    each[places] = np.where(used, weights, 0.0)
    starts = {float(start) for start in population.starts} | {np.inf}
    split = any(edge not in starts for band, is_used in zip(bands, used, strict=True) if is_used for edge in band)
    return _Weights(each, share_covered(population, each), split)


def _everyone(cube: Cube, choices: Choices, measure: Measure, ages: Stratifier) -> FloatArray:
    """(categories,) everyone's n by age; NaN where any part of it is hidden."""
    cells = cube.groups([measure.name], (ages.name,), choices.period, choices.where)
    place_of = {c.value: place for place, c in enumerate(ages.categories)}
    at = np.array([place_of[name] for name in cells.axes[2]], dtype=np.int64)[cells.places[2]]
    each = np.zeros(len(ages.categories))
    each[at] = np.where(cells.column("hidden_at_source") > 0, np.nan, cells.column("n"))
    return each


def _standardized(measure: Measure, sample: Sample, weights: FloatArray, level: float = LEVEL) -> Estimate:
    """The standardized rate of every group, NaN where a part of it is hidden or a band has nobody."""
    n, x, xx, inflation = _seen(measure, sample)
    return standardized(measure.kind, n, x, weights, xx, inflation, level)


def _part_of_ages(measure: Measure, sample: Sample, weights: FloatArray) -> Estimate:
    """Of every group, how much its crude rate is above the standardized one, among those whose age is known."""
    n, x, xx, inflation = _seen(measure, sample)
    return part_of_ages(measure.kind, n, x, weights, xx, inflation, LEVEL)


def _seen(measure: Measure, sample: Sample) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """n, Σx and Σx² of every band, 0 where some of it is hidden, and how much repeat visits widen its variance."""
    effective, _, _ = sample.effective(measure.kind)
    hidden = np.isnan(sample.n) | (sample.hidden_at_source > 0)
    inflation = np.nan_to_num(ratio_of(np.nan_to_num(sample.n), np.nan_to_num(effective)), nan=1.0)
    n, x, xx = (np.where(hidden, 0.0, np.nan_to_num(sums)) for sums in (sample.n, sample.x, sample.xx))
    return n, x, xx, inflation


def _rows(
    crude: Disparities,
    ages: Stratifier,
    sample: Sample,
    weights: FloatArray,
    kept: npt.NDArray[np.bool_],
) -> pd.DataFrame:
    measure, reference = crude.measure, crude.reference
    held, own = columns_of(crude.rows), _standardized(measure, sample, weights)
    people = np.isin(held["kind"], ["group", "other"])
    many = int((people & ~np.isnan(own.value)).sum())
    # A reference that the same data picked: limits and p allow for its having been picked.
    picked = reference.picked and many > 1
    level = pairwise_level(many, LEVEL) if picked else LEVEL
    wide = _standardized(measure, sample, weights, level)
    of = partial(_standardized, measure, weights=weights, level=level)
    other, is_other = _other_side(crude.stratifier, reference, sample, of, reference.rate)
    of_ages = partial(_part_of_ages, measure, weights=weights)
    ages_of_other, _ = _other_side(crude.stratifier, reference, sample, of_ages, 0.0)
    by_ages = difference(of_ages(sample), ages_of_other).scaled(float(measure.harm_sign))
    apart, times = difference(wide, other).scaled(float(measure.harm_sign)), ratio(wide, other)
    groups = people & ~is_other & ~np.isnan(apart.value)
    apart, times, by_ages = (_blanked(each, ~groups) for each in (apart, times, by_ages))
    p = np.where(groups, two_sided_normal(ratio_of(apart.value, _error(apart, level))), np.nan)
    p = range_aware_p(p, many) if picked else p
    bands = [c.value for c, is_kept in zip(ages.categories, kept, strict=True) if is_kept]
    reasons, missing = _reasons(sample, bands)
    columns = {"group": held["group"], "kind": held["kind"], "n": held["n"]}
    columns |= {name: held[column] for name, column in _CRUDE.items()}
    columns |= {"crude_gap_lower": held["gap_lower"], "crude_gap_upper": held["gap_upper"]}
    for name, estimate in (("rate", own), ("gap", apart), ("ratio", times), ("gap_by_ages", by_ages)):
        prefix = "" if name == "rate" else f"{name}_"
        columns |= {name: estimate.value, f"{prefix}lower": estimate.lower, f"{prefix}upper": estimate.upper}
    columns |= {
        "p": p,
        "p_together": p if picked else step_down(p),
        "crude_verdict": held["verdict"],
        "reason": reasons,
        "missing_ages": missing,
    }
    columns |= {"is_reference": is_other.astype(np.float64)}
    return table(columns)


def _error(apart: Estimate, level: float) -> FloatArray:
    """The standard error of a gap from the side of its interval that reaches toward none."""
    toward = np.where(apart.value > 0, apart.value - apart.lower, apart.upper - apart.value)
    return toward / normal_quantile(level)


def _blanked(estimate: Estimate, where: npt.NDArray[np.bool_]) -> Estimate:
    return Estimate(*(np.where(where, np.nan, v) for v in (estimate.value, estimate.lower, estimate.upper)))


def _other_side(
    stratifier: Stratifier,
    reference: ResolvedReference,
    sample: Sample,
    worked_out: Callable[[Sample], Estimate],
    of_target: float,
) -> tuple[Estimate, npt.NDArray[np.bool_]]:
    """What is worked out of the side that each group is compared with, and which group is that itself."""
    names = np.array([c.value for c in stratifier.categories], dtype=str)
    nobody = np.zeros(len(names), dtype=np.bool_)
    if reference.kind == "target":
        fixed = np.full(len(names), of_target)
        return Estimate(fixed, fixed, fixed), nobody
    if reference.kind == "others":
        everyone = sample.map(lambda sums: np.broadcast_to(sums.sum(axis=0, keepdims=True), sums.shape))
        return worked_out(everyone.without(sample)), nobody
    is_it = names == reference.group if reference.group else nobody
    if not is_it.any():
        nothing = np.full(len(names), np.nan)
        return Estimate(nothing, nothing, nothing), nobody
    own = worked_out(sample.map(lambda sums: sums[is_it]))
    one = (np.broadcast_to(v, names.shape) for v in (own.value, own.lower, own.upper))
    return Estimate(*one), is_it


def _reasons(sample: Sample, bands: Sequence[str]) -> tuple[npt.NDArray[np.str_], npt.NDArray[np.str_]]:
    """Why a group has no standardized rate ("" where it has one), and the bands in which it has nobody."""
    hidden = (np.isnan(sample.n) | (sample.hidden_at_source > 0)).any(axis=-1)
    nobody = ~(np.nan_to_num(sample.n) > 0)
    reasons = np.select(
        [nobody.all(axis=-1) & ~hidden, hidden, nobody.any(axis=-1)], ["no_data", "hidden", "missing_ages"], ""
    )
    named = [
        "; ".join(band for band, empty in zip(bands, row, strict=True) if empty) if why == "missing_ages" else ""
        for row, why in zip(nobody, reasons, strict=True)
    ]
    return np.array(reasons, dtype=str), np.array(named, dtype=str)


def _shares(grouping: AgeGrouping, everyone: FloatArray, weights: FloatArray) -> pd.DataFrame:
    places = _is_band(grouping)
    names = np.array([c.value for c in grouping.stratifier.categories], dtype=str)
    n, weight = everyone[places], weights[places]
    own, standard = (ratio_of(v, np.full(v.shape, v.sum())) for v in (n, weight))
    return table({"band": names[places], "n": n, "own": own, "standard": standard})


def _usual_grain(cube: Cube) -> Grain:
    """Years, which have the most in each age band; all time where the data have no periods."""
    held = cube.description
    return "all" if held.grain == "all" or not held.periods else "year"


NO_SERIES = pd.DataFrame(columns=["group", "period", "n", "crude", "rate", "lower", "upper"])


def _over_time(
    cube: Cube,
    choices: Choices,
    measure: Measure,
    stratifier: Stratifier,
    grouping: AgeGrouping,
    weights: FloatArray,
    grain: Grain,
) -> tuple[pd.DataFrame, str]:
    """Every group in every period, standardized with one set of weights throughout."""
    held = cube.description
    if grain == "all" or GRAINS.index(grain) < GRAINS.index(held.grain):
        return NO_SERIES, ""
    try:
        cells = cube.series([measure.name], (stratifier.name, grouping.stratifier.name), grain, choices.where)
    except PlainError:  # a release need not hold this pair for each period
        return NO_SERIES, ""
    kept = weights > 0
    parts = []
    for period in sorted(cells.axes[1]):
        sample = laid_out(cells, (stratifier, grouping.stratifier), period)
        own = _standardized(measure, sample.map(lambda sums: sums[:, kept]), weights[kept])
        hidden = (np.isnan(sample.n) | (sample.hidden_at_source > 0)).any(axis=-1)
        n, x = (np.where(hidden, np.nan, sums.sum(axis=-1)) for sums in (sample.n, sample.x))
        names = np.array([c.value for c in stratifier.categories], dtype=str)
        columns = {"group": names, "period": np.full(len(names), period), "n": n, "crude": ratio_of(x, n)}
        parts.append({**columns, "rate": own.value, "lower": own.lower, "upper": own.upper})
    if len(parts) < 2:
        return NO_SERIES, ""
    return table({name: np.concatenate([part[name] for part in parts]) for name in parts[0]}), cells.sql
