"""Groups against their reference: every column of an answer's rows, from sums or from published estimates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from equity.lens.answers import GROUP_COLUMNS, ResolvedReference
from equity.lens.comparisons.blocks import Block, Published
from equity.lens.comparisons.comparators import CHOSEN, KINDS, BlockCells, Booleans, Comparator, Places, comparators
from equity.lens.comparisons.contrasts import Contrasts, contrast, contrast_of_published, intervals_at
from equity.lens.comparisons.picking import Picking
from equity.lens.comparisons.samples import Effective, Sample
from equity.lens.tables import Columns
from equity.stats import gap
from equity.stats.estimate import Estimate, FloatArray, as_floats, ratio_of
from equity.stats.false_discovery import benjamini_hochberg, number_of_tests
from equity.stats.intervals import interval
from equity.stats.reliability import reliability
from equity.vocabulary import Kind, Measure, ReferenceKind

_TEXTS = ("measure", "period", "by", "group", "kind", "verdict", "reliability", "shown")
_SIZES = ("largest_relative",)

MOST_HIDDEN = 10.0
"""The most events that a count hidden at its source is taken for: the usual rules hide counts up to ten."""
A_TWENTIETH = 0.05


def describe(kind: Kind, sample: Sample, own: Effective | None = None) -> tuple[Columns, Estimate]:
    """The columns that a group has by itself (n, x, rate, interval, reliability, shown), and its estimate.

    ``own`` are the sample's effective sums, where they are worked out already.
    """
    n, x, xx = own or sample.effective(kind)
    # The rate of the sums as they are: the effective ones have the same, but for a trace that a tie would show.
    estimate = replace(interval(kind, n, x, xx), value=ratio_of(sample.x, sample.n))
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
        "reliability": reliability(kind, estimate, n, x),
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


def compared_columns(
    kind: Kind,
    harm_sign: FloatArray,
    n: FloatArray,
    rate: FloatArray,
    contrasts: Contrasts,
    comparator: Comparator,
    luck: FloatArray,
) -> Columns:
    """The columns that take two groups: gap, ratio, relative gaps, p, excess; NaN where not compared.

    ``harm_sign`` is +1 where more is worse and −1 where it is better; a neutral measure counts as +1, and its words
    then speak of "differs", never of "worse". ``luck`` is what the picking of the reference adds to a gap by chance.
    """
    signed = contrasts.difference.scaled(harm_sign)
    less = signed.value - luck
    excess = gap.excess_events(n, Estimate(less, np.minimum(signed.lower, less), signed.upper))
    relative = gap.largest_relative_difference(rate, contrasts.opposite_rate, kind)
    as_measured = harm_sign * gap.relative_difference(rate, contrasts.opposite_rate)
    turned = -harm_sign * gap.relative_difference(1 - rate, 1 - contrasts.opposite_rate)
    columns: Columns = {
        "gap": signed.value,
        "gap_lower": signed.lower,
        "gap_upper": signed.upper,
        "ratio": contrasts.ratio.value,
        "ratio_lower": contrasts.ratio.lower,
        "ratio_upper": contrasts.ratio.upper,
        "relative_gap": as_measured,
        "relative_gap_adverse": _adverse(kind, harm_sign, as_measured, turned),
        "p": contrasts.p,
        "excess": excess.value,
        "excess_lower": excess.lower,
        "excess_upper": excess.upper,
        "excess_raw": n * np.maximum(signed.value, 0.0),
        "largest_relative": relative,
    }
    return {name: np.where(comparator.compared, values, np.nan) for name, values in columns.items()}


def _adverse(kind: Kind, harm_sign: FloatArray, as_measured: FloatArray, turned: FloatArray) -> FloatArray:
    """The relative gap in the adverse framing: 1 − rate for a favourable proportion, the rate itself otherwise."""
    if kind != "proportion":
        return np.where(harm_sign > 0, as_measured, np.nan)
    return np.where(harm_sign > 0, as_measured, turned)


def compare(block: Block, references: Mapping[str, ResolvedReference]) -> Columns:
    """The cells of one block compared, as :func:`compare_all` compares those of several."""
    return compare_all([(block, references)])


def compare_all(asked: Sequence[tuple[Block, Mapping[str, ResolvedReference]]]) -> Columns:
    """measure, period, by, GROUP_COLUMNS (q still NaN) and ``largest_relative``, (rows,) each: a row a cell.

    Each block has its own references by measure; measures without one are left out. Cells of one kind that are compared
    in one way are computed together, so that a screen of many measures and stratifiers costs a few calls. Rows stand by
    kind of measure, then by kind of reference, then in the order of the blocks. Unknown and declined rows get a gap to
    look at, but no test, no excess and no verdict: they are not a group of people. ``largest_relative`` is the size
    that NHQDR's 10 % is held against.
    """
    if not asked:
        return _joined([])
    cells = BlockCells.joined([BlockCells.of(block, references) for block, references in asked])
    alike = cells.kind * len(CHOSEN) + cells.chosen
    compared = []
    for code in np.unique(alike[cells.chosen >= 0]).tolist():
        kind, chosen = divmod(code, len(CHOSEN))
        places = np.flatnonzero((alike == code) & (cells.chosen >= 0))
        compared.append(_compared(cells, places, KINDS[kind], CHOSEN[chosen]))
    return _joined(compared)


def _compared(cells: BlockCells, places: Places, kind: Kind, chosen: ReferenceKind) -> Columns:
    """Some of the cells, all of one kind and compared in one way."""
    comparator, people, sample = comparators(cells, places, chosen), cells.is_group[places], cells.sums_of(places)
    comparator = replace(comparator, compared=comparator.compared & hidden_settle_nothing(sample, comparator.sample))
    if cells.published is not None:
        alone, estimate = describe_published(sample, cells.published.map(lambda values: values[places]))
        contrasts = contrast_of_published(estimate, comparator)

        def at_level(mine: Booleans, level: float) -> tuple[Estimate, Estimate]:
            wider = contrast_of_published(estimate, comparator, level)
            return wider.difference.where(mine), wider.ratio.where(mine)
    else:
        own = sample.effective(kind)
        alone, estimate = describe(kind, sample, own)
        contrasts = contrast(kind, sample, own, estimate, comparator)

        def at_level(mine: Booleans, level: float) -> tuple[Estimate, Estimate]:
            return intervals_at(kind, own, comparator, mine, level)

    picking = Picking.of(cells, places, estimate)
    contrasts = picking.allowed_for(contrasts, at_level)
    together = compared_columns(
        kind, cells.harm_sign[places], as_floats(alone["n"]), estimate.value, contrasts, comparator, picking.luck
    )
    for name in ("p", "excess", "excess_lower", "excess_upper", "excess_raw"):
        counted = people if name == "p" else people & ~cells.neutral[places]
        together[name] = np.where(counted, together[name], np.nan)
    together["p_together"] = picking.p_together(together["p"])
    judged = np.where(people, gap.verdict(together["p_together"], together["largest_relative"]), "")
    together["verdict"] = np.where(comparator.is_reference, "reference", judged)
    columns, nothing = {**alone, **together}, np.full(len(people), np.nan)
    ordered = (name for name in (*GROUP_COLUMNS, *_SIZES) if name not in cells.named)
    named = {name: values[places] for name, values in cells.named.items()}
    return {**named, **{name: columns.get(name, nothing) for name in ordered}}


def hidden_settle_nothing(own: Sample, other: Sample | None) -> npt.NDArray[np.bool_]:
    """Where what the source hid could not change what a comparison says: (cells,).

    A hidden count adds 0 to ``MOST_HIDDEN`` events, so that a rate over hidden rows is a lower bound. Where that could
    move either rate by more than a twentieth, the two are shown and not compared.
    """
    settled = np.ones(own.n.shape, dtype=np.bool_)
    for side in (own, other):
        if side is not None:
            settled &= (side.hidden_at_source == 0) | (MOST_HIDDEN * side.hidden_at_source <= A_TWENTIETH * side.x)
    return settled


def _joined(parts: Sequence[Columns]) -> Columns:
    """The rows of several comparisons, one below the other; empty columns when there are none."""
    if not parts:
        return {name: np.zeros(0, str if name in _TEXTS else float) for name in (*_TEXTS, *GROUP_COLUMNS, *_SIZES)}
    return parts[0] if len(parts) == 1 else {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}


def everyone(block: Block, measure: Measure) -> Columns:
    """GROUP_COLUMNS of the whole population in a one-measure, one-stretch block, as one row named “everyone”."""
    alone, _ = describe(measure.kind, block.population)
    row = {name: np.ravel(values)[:1] for name, values in alone.items()}
    if block.values == "estimates":
        row |= {name: np.array([np.nan]) for name in ("rate", "lower", "upper", "n", "x", "n_effective")}
        row |= {"reliability": np.array([""]), "shown": np.array(["missing"])}
    row |= {"group": np.array(["everyone"]), "kind": np.array(["group"]), "verdict": np.array([""])}
    return {name: row.get(name, np.array([np.nan])) for name in GROUP_COLUMNS}


def with_q(rows: Columns) -> tuple[Columns, int]:
    """The rows with Benjamini–Hochberg q over exactly the tests they hold, and how many tests those were."""
    return rows | {"q": benjamini_hochberg(rows["p"])}, number_of_tests(rows["p"])
