"""A sparse system cut into its connected pieces: looked for once, for all of them together.

A release falls into thousands of small ones. To look each up among all rows and columns, and to have SciPy cut it out
in two steps, takes longer than to solve it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Places = npt.NDArray[np.intp]


class Pieces:
    """The connected pieces of a matrix, numbered by their first columns; rows without an entry are in none.

    Attributes:
        of_column: (columns,) the number of the piece that a column is in.
        place: (columns,) where in its piece it is.
        firsts: (pieces,) the first column of each.
    """

    def __init__(self, matrix: sparse.csr_array) -> None:
        count, label = connected_components(matrix.T @ matrix, directed=False)
        self.of_column = label.astype(np.intp)
        self._columns, self._ends = in_order(self.of_column, count)
        self.firsts = self._columns[self._ends[:-1]]
        self.place = np.empty(matrix.shape[1], dtype=np.intp)
        self.place[self._columns] = np.arange(matrix.shape[1]) - self._ends[self.of_column[self._columns]]
        filled = np.flatnonzero(np.diff(matrix.indptr))
        by_piece, self._row_ends = in_order(self.of_column[matrix.indices[matrix.indptr[filled]]], count)
        self._sorted = matrix[filled[by_piece]]
        self._within = self.place[self._sorted.indices].astype(self._sorted.indices.dtype)

    def __len__(self) -> int:
        return len(self.firsts)

    def piece(self, number: int) -> tuple[Places, sparse.csr_array]:
        """The columns of a piece and what stands in them, rows and columns in the matrix's order."""
        columns = self._columns[self._ends[number] : self._ends[number + 1]]
        starts = self._sorted.indptr[self._row_ends[number] : self._row_ends[number + 1] + 1]
        filled = slice(starts[0], starts[-1])
        entries = (self._sorted.data[filled], self._within[filled], starts - starts[0])
        return columns, sparse.csr_array(entries, shape=(len(starts) - 1, len(columns)))


@dataclass(frozen=True)
class OwnPieces:
    """Some of the pieces of a matrix, each with the ``place`` that its columns have elsewhere; cut out when walked."""

    pieces: Pieces
    numbers: Places
    place: Places

    def __iter__(self) -> Iterator[tuple[Places, sparse.csr_array]]:
        for number in self.numbers:
            columns, matrix = self.pieces.piece(int(number))
            yield self.place[columns], matrix


def in_order(group: Places, groups: int) -> tuple[Places, Places]:
    """Things in the order of their groups, and where each group begins and the last one ends."""
    ends = np.concatenate([[0], np.cumsum(np.bincount(group, minlength=groups))])
    return np.argsort(group, kind="stable"), ends
