"""The one shape in which an estimate with its interval leaves this room, and the quantiles that intervals need.

Every function of :mod:`equity.stats` takes anything that NumPy can turn into an array of numbers, broadcasts
its arguments, and gives back ``float64`` arrays. A value that cannot be computed is NaN, and the docstring of
the function says when that is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import special

FloatArray: TypeAlias = npt.NDArray[np.float64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]
Numbers: TypeAlias = npt.ArrayLike
"""Anything NumPy reads as numbers: a number, a list, an array; integers, floats or booleans."""

Kind = Literal["proportion", "rate", "mean"]
Polarity = Literal["higher_better", "lower_better", "neutral"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its lower and upper confidence limit, arrays of one shape and one unit."""

    value: FloatArray
    lower: FloatArray
    upper: FloatArray

    @property
    def width(self) -> FloatArray:
        """The distance between the limits, in the unit of the value."""
        return self.upper - self.lower

    def where(self, some: BoolArray) -> Estimate:
        """Those of the estimates for which the booleans say so."""
        return Estimate(self.value[some], self.lower[some], self.upper[some])

    def scaled(self, factor: Numbers) -> Estimate:
        """The same estimate in another unit. A negative factor swaps the limits."""
        by = as_floats(factor)
        one, other = self.lower * by, self.upper * by
        return Estimate(self.value * by, np.minimum(one, other), np.maximum(one, other))


def as_floats(numbers: Numbers) -> FloatArray:
    """The numbers as a ``float64`` array."""
    return np.asarray(numbers, dtype=np.float64)


def broadcast(*numbers: Numbers) -> tuple[FloatArray, ...]:
    """The arguments as ``float64`` arrays of one shape."""
    arrays = tuple(as_floats(each) for each in numbers)
    if all(array.shape == arrays[0].shape for array in arrays):
        return arrays
    return tuple(np.broadcast_arrays(*arrays))


def ratio_of(top: FloatArray, bottom: FloatArray) -> FloatArray:
    """``top / bottom``, NaN wherever ``bottom`` is 0, without a warning."""
    shape = top.shape if top.shape == bottom.shape else np.broadcast_shapes(top.shape, bottom.shape)
    quotient = np.full(shape, np.nan)
    np.divide(top, bottom, out=quotient, where=bottom != 0)
    return quotient


def upper_probability(level: float) -> float:
    """1 − α/2 for a two-sided interval of the given level.

    Raises:
        ValueError: the level is not between 0 and 1.
    """
    if not 0.0 < level < 1.0:
        raise ValueError(f"A confidence level lies between 0 and 1, such as 0.95; {level} does not.")
    return 0.5 + level / 2.0


def normal_quantile(level: float) -> float:
    """The z of a two-sided interval: 1.959964 at 95 %."""
    return float(special.ndtri(upper_probability(level)))


def t_quantile(level: float, degrees: Numbers) -> FloatArray:
    """Student's t of a two-sided interval; NaN where the degrees of freedom are not positive."""
    df = as_floats(degrees)
    possible = np.where(df > 0, df, np.nan)
    return np.asarray(special.stdtrit(possible, upper_probability(level)), dtype=np.float64)


def two_sided_normal(z: Numbers) -> FloatArray:
    """The two-sided p-value of a standard normal deviate."""
    return np.asarray(2.0 * special.ndtr(-np.abs(as_floats(z))), dtype=np.float64)


def two_sided_t(t: Numbers, degrees: Numbers) -> FloatArray:
    """The two-sided p-value of Student's t."""
    return np.asarray(2.0 * special.stdtr(as_floats(degrees), -np.abs(as_floats(t))), dtype=np.float64)
