"""Extremes of a system of sums, and what each sum says by itself."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from equity.release.proofs import extremes
from equity.release.proofs.propagation import SLACK, _same


def test_a_solver_is_made_for_the_first_goal_and_kept_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most systems of an audit are settled by their sums: a solver for each of them takes a sixth of a release."""
    made: list[int] = []
    solver = extremes._solver

    def counted(*system: extremes.Floats) -> extremes.highspy.Highs:
        made.append(1)
        return solver(*system)

    monkeypatch.setattr(extremes, "_solver", counted)
    matrix = sparse.csr_array(np.array([[1.0, 1.0, 1.0]]))
    asked = extremes.Extremes(matrix, np.array([10.0]), np.zeros(3), np.array([4.0, 5.0, 6.0]))
    assert not made
    assert asked.corner(np.array([0.0, 0.0, 1.0])) == pytest.approx([4.0, 5.0, 1.0])
    asked.bound(np.zeros(3), np.array([4.0, 2.0, 6.0]))
    assert asked.corner(np.array([0.0, 0.0, 1.0])) == pytest.approx([4.0, 2.0, 4.0])
    assert len(made) == 1


def test_bounds_are_the_same_as_close_as_numpy_says() -> None:
    ends = np.array([-np.inf, np.inf, 0.0, 5.0, 1e9])
    for off in (0.0, 0.9 * SLACK, 1.5 * SLACK, 0.9, 1.1, np.inf):
        for at in range(len(ends)):
            moved = ends.copy()
            moved[at] += off if np.isfinite(ends[at]) else 0.0
            assert _same(moved, ends) == np.allclose(moved, ends, rtol=1e-9, atol=SLACK), (off, at)
            assert _same(ends, moved) == np.allclose(ends, moved, rtol=1e-9, atol=SLACK), (off, at)
    assert not _same(np.array([np.inf]), np.array([-np.inf]))
    assert not _same(np.array([1.0]), np.array([np.inf]))
