"""The extremes of a linear system, one goal after another, each beginning where the one before it ended.

An audit asks thousands of goals of one system. HiGHS keeps its last corner, and the corner for the next goal is seldom
more than a few dozen pivots away: a goal then costs about a millisecond, where a cold solver takes fifty. That is why
HiGHS is called by its own binding here: scipy's interface to it begins anew each time.
"""

from __future__ import annotations

from functools import cached_property

import highspy
import numpy as np
from scipy import sparse

from equity.release.counts import Flags, Floats

PRIMAL_SIMPLEX = 4
NODES = 2000


class Extremes:
    """``matrix @ counts = right`` and ``lower <= counts <= upper``; goals and bounds may change, the sums may not.

    It belongs to one thread. Whatever the machine, the same goals in the same order give the same corners. The solver
    is made for the first goal: most of an audit's systems are settled by their sums, and are asked none.
    """

    def __init__(self, matrix: sparse.csr_array, right: Floats, lower: Floats, upper: Floats) -> None:
        self._system = matrix, right, lower, upper
        self._columns = np.arange(matrix.shape[1], dtype=np.int32)

    @cached_property
    def _solver(self) -> highspy.Highs:
        solver = _solver(*self._system)
        solver.setOptionValue("presolve", "off")
        solver.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)
        return solver

    def bound(self, lower: Floats, upper: Floats) -> None:
        """Set other bounds."""
        self._solver.changeColsBounds(len(self._columns), self._columns, lower, upper)

    def corner(self, goal: Floats) -> Floats | None:
        """A corner that makes ``goal @ counts`` least; None when there is none, or the solver gives up."""
        self._solver.changeColsCost(len(self._columns), self._columns, goal)
        return _solved(self._solver)


class Moves:
    """Changes that leave every sum as it is: ``matrix @ change = 0``, and no count falls by more than its ``room``.

    The shortest of them touch few counts, and are whole more often than corners are.
    """

    def __init__(self, matrix: sparse.csr_array, room: Floats) -> None:
        self._count, self._room = matrix.shape[1], room
        both = sparse.hstack([matrix, -matrix], format="csr")
        up_and_down = 2 * self._count
        upper = np.concatenate([np.full(self._count, np.inf), room])
        self._solver = _solver(both, np.zeros(matrix.shape[0]), np.zeros(up_and_down), upper)
        self._solver.setOptionValue("presolve", "off")
        # Of moves of one length any would do; uneven costs make it always the same one, and seldom a mixture.
        costs = np.random.default_rng(self._count).uniform(1.0, 1.01, up_and_down)
        self._solver.changeColsCost(up_and_down, np.arange(up_and_down, dtype=np.int32), costs)

    def shortest(self, at: int, change: float) -> Floats | None:
        """The change with the least movement in all that changes count ``at`` by so much; None when there is none."""
        down, up = max(-change, 0.0), max(change, 0.0)
        if down > self._room[at]:
            return None
        self._bound(at, up, up, down, down)
        moves = _solved(self._solver)
        self._bound(at, 0.0, np.inf, 0.0, self._room[at])
        return None if moves is None else moves[: self._count] - moves[self._count :]

    def _bound(self, at: int, least_up: float, most_up: float, least_down: float, most_down: float) -> None:
        self._solver.changeColBounds(at, least_up, most_up)
        self._solver.changeColBounds(self._count + at, least_down, most_down)


def whole_extreme(
    matrix: sparse.csr_array, right: Floats, whole: Flags, goal: Floats, lower: Floats, upper: Floats
) -> Floats | None:
    """Counts, whole where ``whole`` says so, that make ``goal`` least; None when there are none or the solver gives up.

    It gives up after so many nodes and not so much time, so that every machine gives up at the same place.
    """
    solver = _solver(matrix, right, lower, upper)
    columns = np.arange(matrix.shape[1], dtype=np.int32)
    solver.changeColsCost(len(columns), columns, goal)
    solver.changeColsIntegrality(len(columns), columns, whole.astype(np.uint8))
    solver.setOptionValue("mip_max_nodes", NODES)
    return _solved(solver)


def _solver(matrix: sparse.csr_array, right: Floats, lower: Floats, upper: Floats) -> highspy.Highs:
    by_column = matrix.tocsc()
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = np.zeros(matrix.shape[1])
    model.col_lower_, model.col_upper_ = lower, upper
    model.row_lower_, model.row_upper_ = right, right
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = by_column.indptr
    model.a_matrix_.index_ = by_column.indices
    model.a_matrix_.value_ = by_column.data
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(model)
    return solver


def _solved(solver: highspy.Highs) -> Floats | None:
    """The solution that stands after a run: the best there is, or one found before the solver gave up."""
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    if solver.getModelStatus() == highspy.HighsModelStatus.kUnbounded:
        return None
    return np.array(solver.getSolution().col_value, dtype=np.float64)
