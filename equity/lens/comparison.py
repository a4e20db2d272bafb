"""Groups against their reference: every column of an answer's rows, from sums or from published estimates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.lens.answers import GROUP_COLUMNS, ResolvedReference
from equity.lens.blocks import Z95, Block, Published
from equity.lens.opposites import Opposite, opposite_of
from equity.lens.samples import Sample
from equity.stats import differences, gap
from equity.stats.estimate import Estimate, FloatArray, as_floats, ratio_of, two_sided_normal
from equity.stats.false_discovery import benjamini_hochberg, number_of_tests
from equity.stats.intervals import interval
from equity.stats.reliability import reliability
from equity.stats.significance import difference_test, target_test
from equity.vocabulary import Kind, Measure

Columns = dict[str, npt.NDArray[Any]]
"""Columns of an answer as arrays of one shape, before they become a table."""


@dataclass(frozen=True)
class Contrasts:
    """Group against opposite, before any sign: difference, ratio, p, and the rate compared with."""

    difference: Estimate
    ratio: Estimate
    p: FloatArray
    opposite_rate: FloatArray


def describe(kind: Kind, sample: Sample, level: float = 0.95) -> tuple[Columns, Estimate]:
    """The columns that a group has by itself (n, x, rate, interval, reliability, shown), and its estimate."""
    n, x, xx = sample.effective(kind)
    estimate = interval(kind, n, x, xx, level)
    shown = sample.shown
    hidden = shown == "hidden"
    alone: Columns = {
        "rows": sample.rows,
        "people": np.where(sample.people > 0, sample.people, np.nan),
        "n": np.where(hidden, np.nan, sample.n),
        "x": np.where(hidden, np.nan, sample.x),
        "rate": estimate.value,
        "lower": estimate.lower,
        "upper": estimate.upper,
        "n_effective": np.where(hidden, np.nan, n),
        "reliability": reliability(kind, interval(kind, n, x, xx), n, x),
        "shown": shown,
        "hidden_at_source": sample.hidden_at_source,
    }
    return alone, estimate


def describe_published(sample: Sample, published: Published) -> tuple[Columns, Estimate]:
    """The same columns for estimates that came without counts: x and reliability cannot be known."""
    estimate = published.estimate
    unknown = np.full(estimate.value.shape, np.nan)
    hidden = sample.hidden_at_source > 0
    alone: Columns = {
        "rows": sample.rows,
        "people": unknown,
        "n": published.population,
        "x": unknown,
        "rate": estimate.value,
        "lower": estimate.lower,
        "upper": estimate.upper,
        "n_effective": unknown,
        "reliability": np.full(unknown.shape, ""),
        "shown": np.where(~np.isnan(estimate.value), "yes", np.where(hidden, "hidden", "missing")),
        "hidden_at_source": sample.hidden_at_source,
    }
    return alone, estimate


def contrast(kind: Kind, group: Sample, opposite: Opposite, level: float = 0.95) -> Contrasts:
    """Difference, ratio and p of each group against its opposite. NaN where either has no denominator."""
    n, x, xx = group.effective(kind)
    if opposite.sample is None:
        estimate = interval(kind, n, x, xx, level)
        return Contrasts(
            differences.difference_from_target(estimate, opposite.target),
            differences.ratio_to_target(estimate, opposite.target),
            target_test(kind, n, x, opposite.target, xx),
            opposite.target,
        )
    n2, x2, xx2 = opposite.sample.effective(kind)
    difference = differences.difference(kind, n, x, n2, x2, xx, xx2, level)
    ratio = differences.ratio(kind, n, x, n2, x2, xx, xx2, level)
    rate = ratio_of(opposite.sample.x, opposite.sample.n)
    if opposite.kind == "average":
        difference = differences.difference_from_average(difference, opposite.share)
        ratio = differences.ratio_to_average(ratio, opposite.share)
        rate = opposite.share * ratio_of(group.x, group.n) + (1 - opposite.share) * rate
    return Contrasts(difference, ratio, difference_test(kind, n, x, n2, x2, xx, xx2), rate)


def contrast_published(group: Estimate, opposite: Estimate) -> Contrasts:
    """Published estimates against one another: MOVER for the difference, logs for the ratio, normal p.

    Independence is assumed: the file does not say otherwise. Without intervals only the values come out.
    """
    difference = differences.mover(group, opposite)
    error = np.hypot(group.width, opposite.width) / (2 * Z95)
    value = ratio_of(np.where(opposite.value > 0, group.value, np.nan), opposite.value)
    with np.errstate(invalid="ignore", divide="ignore"):
        half = np.hypot(np.log(group.upper / group.lower), np.log(opposite.upper / opposite.lower)) / 2
    stretch = np.exp(np.where((group.lower > 0) & (opposite.lower > 0), half, np.nan))
    p = two_sided_normal(ratio_of(difference.value, error))
    return Contrasts(difference, Estimate(value, value / stretch, value * stretch), p, opposite.value)


def compared_columns(
    kind: Kind, harm_sign: FloatArray, n: FloatArray, rate: FloatArray, found: Contrasts, opposite: Opposite
) -> Columns:
    """The columns that take two groups: gap, ratio, relative gaps, p, excess, verdict; NaN where not compared.

    ``harm_sign`` is +1 where more is worse and −1 where it is better; a neutral measure counts as +1, and its words
    then speak of "differs", never of "worse".
    """
    signed = found.difference.scaled(harm_sign)
    excess = gap.excess_events(n, signed)
    relative = gap.largest_relative_difference(rate, found.opposite_rate, kind)
    as_measured = harm_sign * gap.relative_difference(rate, found.opposite_rate)
    turned = -harm_sign * gap.relative_difference(1 - rate, 1 - found.opposite_rate)
    columns: Columns = {
        "gap": signed.value,
        "gap_lower": signed.lower,
        "gap_upper": signed.upper,
        "ratio": found.ratio.value,
        "ratio_lower": found.ratio.lower,
        "ratio_upper": found.ratio.upper,
        "relative_gap": as_measured,
        "relative_gap_adverse": _adverse(kind, harm_sign, as_measured, turned),
        "p": found.p,
        "excess": excess.value,
        "excess_lower": excess.lower,
        "excess_upper": excess.upper,
        "verdict": gap.verdict(found.p, relative),
        "largest_relative": relative,
    }
    off = ~opposite.compared
    return {name: np.where(off, "" if name == "verdict" else np.nan, values) for name, values in columns.items()}


def _adverse(kind: Kind, harm_sign: FloatArray, as_measured: FloatArray, turned: FloatArray) -> FloatArray:
    """The relative gap in the adverse framing: 1 − rate for a favourable proportion, the rate itself otherwise."""
    if kind != "proportion":
        return np.where(harm_sign > 0, as_measured, np.nan)
    return np.where(harm_sign > 0, as_measured, turned)


def compare(block: Block, references: Mapping[str, ResolvedReference]) -> pd.DataFrame:
    """measure, period, by, GROUP_COLUMNS (q still NaN) and ``largest_relative`` for every cell of a block.

    Measures without a reference are left out. Those of one kind that are compared in one way are computed together, so
    that a screen of many measures costs a few calls. Unknown and declined rows get a gap to look at, but no test, no
    excess and no verdict: they are not a group of people. ``largest_relative`` is the size that NHQDR's 10 % is held
    against.
    """
    ways = {(m.kind, references[m.name].kind) for m in block.measures if m.name in references}
    parts = []
    for kind, way in sorted(ways):
        names = [m.name for m in block.measures if m.kind == kind and m.name in references]
        part = block.of_measures([name for name in names if references[name].kind == way])
        parts.append(as_table(part, _compared(part, kind, references)))
    if not parts:
        return pd.DataFrame(columns=["measure", "period", "by", *GROUP_COLUMNS, "largest_relative"])
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def as_table(block: Block, columns: Columns) -> pd.DataFrame:
    """Arrays (measures, periods, groups) as one row a cell: measures, within them periods, within them groups."""
    measures, periods, groups = block.sample.n.shape
    kinds = [c.kind for c in block.stratifier.categories]
    named = {
        "measure": np.repeat([m.name for m in block.measures], periods * groups),
        "period": np.tile(np.repeat(list(block.periods), groups), measures),
        "by": np.full(measures * periods * groups, block.stratifier.name),
        "group": np.tile(np.array(block.groups, dtype=str), measures * periods),
        "kind": np.tile(np.array(kinds, dtype=str), measures * periods),
    }
    size = measures * periods * groups
    nothing = np.full(size, np.nan)
    flat = {name: np.broadcast_to(values, block.sample.n.shape).reshape(size) for name, values in columns.items()}
    ordered = {name: flat.get(name, nothing) for name in GROUP_COLUMNS if name not in named}
    return pd.DataFrame({**named, **ordered, "largest_relative": flat.get("largest_relative", nothing)})


def _compared(block: Block, kind: Kind, references: Mapping[str, ResolvedReference]) -> Columns:
    opposite = opposite_of(block, references)
    alone, estimate = described(block, kind)
    found = _contrast_of(block, kind, estimate, opposite)
    sign = np.array([m.harm_sign for m in block.measures], dtype=np.float64)[:, None, None]
    together = compared_columns(kind, sign, as_floats(alone["n"]), estimate.value, found, opposite)
    people = block.is_group
    for name in ("p", "excess", "excess_lower", "excess_upper"):
        together[name] = np.where(people, together[name], np.nan)
    judged = np.where(people, together["verdict"], "")
    together["verdict"] = np.where(opposite.is_reference, "reference", judged)
    return {**alone, **together}


def described(block: Block, kind: Kind) -> tuple[Columns, Estimate]:
    """What each group of a block has by itself, whether it came as counts or as estimates."""
    if block.published is not None:
        return describe_published(block.sample, block.published)
    return describe(kind, block.sample)


def everyone(block: Block, measure: Measure) -> pd.DataFrame:
    """GROUP_COLUMNS of the whole population in a one-measure, one-stretch block, as one row named “everyone”."""
    alone, _ = describe(measure.kind, block.population)
    row = {name: np.ravel(values)[:1] for name, values in alone.items()}
    if block.values == "estimates":
        row |= {name: np.array([np.nan]) for name in ("rate", "lower", "upper", "n", "x", "n_effective")}
        row |= {"reliability": np.array([""]), "shown": np.array(["missing"])}
    fixed = {"group": ["everyone"], "kind": ["group"], "verdict": [""]}
    return pd.DataFrame({name: fixed.get(name, row.get(name, np.array([np.nan]))) for name in GROUP_COLUMNS})


def _contrast_of(block: Block, kind: Kind, estimate: Estimate, opposite: Opposite) -> Contrasts:
    if block.published is None:
        return contrast(kind, block.sample, opposite)
    if opposite.published is not None:
        return contrast_published(estimate, opposite.published)
    against = differences.difference_from_target(estimate, opposite.target)
    p = two_sided_normal(ratio_of(against.value, estimate.width / (2 * Z95)))
    return Contrasts(against, differences.ratio_to_target(estimate, opposite.target), p, opposite.target)


def with_q(rows: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The rows with Benjamini–Hochberg q over exactly the tests they hold, and how many tests those were."""
    p = rows["p"].to_numpy(dtype=np.float64)
    return rows.assign(q=benjamini_hochberg(p)), number_of_tests(p)
