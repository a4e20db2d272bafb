"""What a comparison must allow for: that the same data picked the reference, and that one page makes several.

The rule of every page, headline, leader's view and export stands here, once (docs/methods.md §13).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from equity.lens.comparisons.blocks import Z95
from equity.lens.comparisons.comparators import BlockCells, Booleans, Places
from equity.lens.comparisons.contrasts import Contrasts
from equity.stats.estimate import Estimate, FloatArray, as_floats
from equity.stats.omnibus import pairwise_level, range_aware_p
from equity.stats.selection import chance_in_the_best, step_down

LEVEL = 0.95


@dataclass(frozen=True)
class Picking:
    """Cells that are compared in one way, with what must be allowed for; arrays (cells,).

    A group that is hidden is allowed for as if it were compared and alike: a release is then never surer than the team,
    who sees it.

    ``picked``: the reference was picked by the same data. ``groups``: how many groups of people have a rate, seen or
    hidden, in the same measure and period. ``luck``: what the picking adds to a gap by chance, 0 where nothing was
    picked. ``hidden``: groups of people whose rate is hidden. ``at``: (row, place) of each cell when those of one
    measure and period stand in one row.
    """

    picked: Booleans
    groups: FloatArray
    luck: FloatArray
    hidden: Booleans
    at: tuple[Places, Places]

    @staticmethod
    def of(cells: BlockCells, places: Places, estimate: Estimate) -> Picking:
        """The allowances of some of the cells, whose rates are ``estimate``."""
        _, first, row = np.unique(cells.setting[places], return_index=True, return_inverse=True)
        at = (row, np.arange(len(places)) - first[row])
        picked, people = cells.picked[places], cells.is_group[places]
        there = people & np.isfinite(estimate.value)
        hidden = people & (cells.sums_of(places).shown == "hidden") & ~there
        groups = as_floats(np.bincount(row, there | hidden, minlength=len(first))[row])
        luck = np.zeros(len(places))
        if picked.any():
            eligible = there & (cells.sample.n[places] >= cells.minimum_n[places])
            if cells.published is not None:
                eligible = there
            dense = [_in_rows(at, values, np.nan) for values in (estimate.value, estimate.width / (2 * Z95))]
            sign = cells.harm_sign[places][first]
            own = chance_in_the_best(dense[0], dense[1], _in_rows(at, eligible, 0.0) > 0, sign)
            luck = np.where(picked, own[row], 0.0)
        return Picking(picked, groups, luck, hidden, at)

    def allowed_for(
        self, contrasts: Contrasts, at_level: Callable[[Booleans, float], tuple[Estimate, Estimate]]
    ) -> Contrasts:
        """The contrasts, range-aware where the reference was picked: p, and the limits of difference and ratio.

        Args:
            contrasts: the contrasts as if nothing had been picked.
            at_level: difference and ratio of some of the cells, with intervals of another level.
        """
        if not self.picked.any():
            return contrasts
        difference, ratio = contrasts.difference, contrasts.ratio
        for count in np.unique(self.groups[self.picked]).tolist():
            mine = self.picked & (self.groups == count)
            wider = at_level(mine, pairwise_level(int(count), LEVEL))
            difference, ratio = _put(wider[0], mine, difference), _put(wider[1], mine, ratio)
        p = np.where(self.picked, range_aware_p(contrasts.p, self.groups), contrasts.p)
        return replace(contrasts, difference=difference, ratio=ratio, p=p)

    def p_together(self, p: FloatArray) -> FloatArray:
        """The p that hold for all comparisons of one measure and period; p of a picked reference already do."""
        if not len(p):
            return p
        alike = np.where(self.hidden, 1.0, p)
        together = step_down(_in_rows(self.at, np.where(self.picked, np.nan, alike), np.nan))
        return np.where(self.picked | self.hidden, p, together[self.at])


def _in_rows(at: tuple[Places, Places], values: npt.NDArray[np.generic], elsewhere: float) -> FloatArray:
    dense = np.full((at[0][-1] + 1, at[1].max() + 1), elsewhere)
    dense[at] = values
    return dense


def _put(some: Estimate, mine: Booleans, every: Estimate) -> Estimate:
    """All the estimates, with some of them in their places."""
    sides = []
    for side in ("value", "lower", "upper"):
        whole = np.array(getattr(every, side))
        whole[mine] = getattr(some, side)
        sides.append(whole)
    return Estimate(*sides)
