"""The golden tables as columns of numbers or text."""

import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt

GOLDEN = Path(__file__).parent.parent / "golden"


def golden(name: str) -> dict[str, npt.NDArray[np.float64] | npt.NDArray[np.str_]]:
    """Columns of ``tests/golden/<name>.csv``; an empty cell of a column of numbers is NaN."""
    with (GOLDEN / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {column: _as_numbers([row[column] for row in rows]) for column in rows[0]}


def _as_numbers(cells: list[str]) -> npt.NDArray[np.float64] | npt.NDArray[np.str_]:
    try:
        return np.asarray([float(cell) if cell else np.nan for cell in cells])
    except ValueError:
        return np.asarray(cells)
