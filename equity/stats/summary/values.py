"""The summary measures of observed rates: point estimates, with the reason where one is not given."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from equity.stats.estimate import FloatArray, Kind
from equity.stats.groups import Groups
from equity.stats.summary import slope
from equity.stats.summary.formulas import Array, DrawConstants, Spread
from equity.stats.summary.reasons import GIVEN, NOT_FITTED, NOT_POSITIVE, reasons
from equity.stats.summary.registry import NAMES, measure_named

SLOPE_NAMES = ("slope_index_of_inequality_0_to_1", "relative_index_of_inequality_0_to_1")


def summary_values(groups: Groups, names: Sequence[str] = NAMES) -> tuple[FloatArray, npt.NDArray[np.str_]]:
    """(values, reasons), each (…, measures), in the order of the names.

    A value is NaN exactly where its reason is not "": see :mod:`equity.stats.summary.reasons`.

    Raises:
        ValueError: a name is not that of a summary measure.
    """
    measures = tuple(measure_named(name) for name in names)
    settings = groups.rates.shape[:-1]
    flat = groups.flattened().sorted_by_order()
    values = values_of_settings(flat, names)
    codes = reasons(flat, measures)
    ratios = np.asarray([measure.unit == "ratio" for measure in measures])
    codes = np.where((codes == GIVEN) & ~np.isfinite(values), NOT_FITTED, codes)
    # A straight line through means can predict a value below 0 at an end; a ratio to it says nothing.
    codes = np.where((codes == GIVEN) & ratios & ~(values > 0), NOT_POSITIVE, codes)
    values = np.where(codes == GIVEN, values, np.nan)
    return values.reshape(*settings, len(names)), codes.reshape(*settings, len(names))


def values_of_settings(groups: Groups, names: Sequence[str]) -> FloatArray:
    """(settings, measures) of flattened, sorted groups, whether or not there is a reason not to give them."""
    frame = DrawConstants.of(groups)
    spread = Spread(rates_first(groups), frame)
    line = None
    if groups.order is not None and any(name in SLOPE_NAMES for name in names):
        line = observed_line(groups.kind, spread)
    columns = [measure_of(name, groups.kind, spread, line)[:, 0] for name in names]
    return np.stack(columns, axis=-1).astype(np.float64)


def rates_first(groups: Groups) -> FloatArray:
    """(groups, settings, 1) rates; 0 for an absent group."""
    return np.where(groups.present, groups.rates, 0.0).T[:, :, None]


def observed_line(kind: Kind, spread: Spread) -> tuple[Array, Array]:
    """The regression on rank that the observed rates give."""
    return slope.fitted_line(kind, spread.rates, spread.frame.share, spread.frame.midrank - 0.5)


def measure_of(name: str, kind: Kind, spread: Spread, line: tuple[Array, Array] | None) -> Array:
    """(settings, draws) of one measure; ``line`` is the fitted regression, NaN results without one."""
    formula = measure_named(name).formula
    if formula is not None:
        return formula(spread)
    if line is None:
        return np.full(spread.mean.shape, np.nan)
    return slope.indices(kind, line)[SLOPE_NAMES.index(name)]
