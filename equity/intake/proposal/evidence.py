"""A file's columns as arrays, which is what its witnesses are heard on: one number a cell, one code a text.

Everything here is computed on the profile (a sample of a big file), a column at a time, and kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from equity.intake.columns.profile import ColumnProfile
from equity.intake.spellings.missing import silence
from equity.intake.spellings.numbers import parse_number
from equity.intake.spellings.yes_no import parse_yes_no

Numbers = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
ENOUGH_ROWS = 3
FITS = 0.9


class Evidence:
    """The cells of a file's columns, asked for by the column's name."""

    def __init__(self, columns: Sequence[ColumnProfile]) -> None:
        self.columns = {c.name: c for c in columns}
        self._numbers: dict[str, Numbers] = {}
        self._codes: dict[str, Codes] = {}

    @cached_property
    def rows(self) -> int:
        """How many rows are looked at."""
        return max((len(c.cells) for c in self.columns.values()), default=0)

    def numbers(self, name: str) -> Numbers:
        """A column's numbers (percents as they are shown: 45 for ``45 %``); NaN where a cell has none."""
        if name not in self._numbers:
            column = self.columns[name]
            read: dict[str, float] = {}
            for text in column.counts if len(column.counts) >= column.distinct else set(column.cells):
                number = parse_number(text, (), column.decimal)
                value = np.nan if number.value is None else number.value
                read[text] = value * 100 if number.state == "percent" else value
            self._numbers[name] = np.fromiter(
                (read.get(c, np.nan) for c in column.cells), np.float64, len(column.cells)
            )
        return self._numbers[name]

    def answers(self, name: str) -> Numbers:
        """A column of yes and no as 1 and 0."""
        read = {text: parse_yes_no(text).value for text in set(self.columns[name].cells)}
        cells = self.columns[name].cells
        return np.fromiter((np.nan if (v := read[c]) is None else v for c in cells), np.float64, len(cells))

    def hidden(self, name: str) -> npt.NDArray[np.bool_]:
        """Where a column's number is withheld."""
        cells = self.columns[name].cells
        quiet = {text: silence(text) == "hidden" for text in set(cells)}
        return np.fromiter((quiet[c] for c in cells), np.bool_, len(cells))

    def codes(self, name: str) -> Codes:
        """A column's texts as numbers, equal texts the same (case apart)."""
        if name not in self._codes:
            numbers: dict[str, int] = {}
            cells = self.columns[name].cells
            self._codes[name] = np.fromiter(
                (numbers.setdefault(c.casefold(), len(numbers)) for c in cells), np.int64, len(cells)
            )
        return self._codes[name]

    def together(self, names: Sequence[str]) -> Codes:
        """Which rows are alike in all of these columns: one number a combination, from 0."""
        code = np.zeros(self.rows, dtype=np.int64)
        for name in names:
            if int(code.max(initial=0)) + 1 == self.rows:
                break  # no two rows are alike: the other columns tell nothing more
            own = self.codes(name)
            _, code = np.unique(code * (int(own.max(initial=0)) + 1) + own, return_inverse=True)
            code = code.astype(np.int64).reshape(-1)
        return code

    def decimals(self, name: str) -> int:
        """The most decimals with which a column's numbers are written."""
        mark = "," if self.columns[name].decimal == "," else r"\."
        matches = (re.search(rf"{mark}(\d+)\s*%?\)?$", text) for text in self.columns[name].counts)
        return max((len(m[1]) for m in matches if m), default=0)


def multiplier_of(
    x: Numbers, n: Numbers, rate: Numbers, decimals: int, multipliers: Sequence[float], enough: float = FITS
) -> float | None:
    """The multiplier by which ``x / n`` gives the rates that the file shows, to their last decimal; None if none does.

    At least the share ``enough`` of the rows must fit, and at least three (or all there are).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = x / n
    known = np.isfinite(share) & np.isfinite(rate) & (n > 0)
    told = known & (x > 0)
    if int(told.sum()) < min(ENOUGH_ROWS, max(1, int(known.sum()))):
        return None
    for multiplier in multipliers:
        # Shares above everyone (more vaccinated than live there) are capped by the source, and tell nothing.
        judged = told & ~((share > 1) & (rate <= multiplier)) if multiplier in (1.0, 100.0) else told
        if not judged.any():
            continue
        off = np.abs(share[judged] * multiplier - rate[judged])
        near = off <= 0.500001 * 10.0**-decimals + 1e-9 * np.abs(rate[judged])
        # A rate of few digits (0.2, 1) fits by chance: what is shown must tell the shares apart.
        telling = np.abs(rate[judged]) >= 2 * 10.0**-decimals
        if near.mean() >= enough and telling.mean() >= 0.5:
            return multiplier
    return None


def worked(evidence: Evidence, groups: Sequence[str], row: int) -> str:
    """What one row of the file is about, for a worked example: its groups, ``White, 2024``."""
    said = [evidence.columns[name].cells[row] for name in groups]
    return ", ".join(_short(text) for text in said if text) or f"row {row + 1}"


def telling_row(*numbers: Numbers) -> int | None:
    """The first row in which all of these are known and above 0, else the first in which they are known."""
    known = np.all([np.isfinite(n) for n in numbers], axis=0)
    above = known & np.all([n > 0 for n in numbers], axis=0)
    for mask in (above, known):
        if mask.any():
            return int(np.argmax(mask))
    return None


def plain(number: float) -> str:
    """A number as it stands in a sentence: ``1,234``, ``0.5``."""
    if not np.isfinite(number):
        return "not known"
    return f"{number:,.0f}" if number == int(number) else f"{number:,.6g}"


def percent(share: float) -> str:
    """A share in percent, to one decimal (more where it is small)."""
    if not np.isfinite(share):
        return "not known"
    shown = 100 * share
    return f"{shown:.1f} %" if abs(shown) >= 1 or shown == 0 else f"{shown:.2g} %"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
