"""The stretches of time that people are counted over, and how SQL says them: each period of a grain, and runs of years.

Sums over people cannot be added over time, since people come back. A cube therefore holds cells of their own for every
run of whole years (``2022..2024``, grain ``years``) beside those of months, quarters, years and all time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equity.cube.facts import LABELS, has_period, period_of
from equity.vocabulary import Description, Grain
from equity.vocabulary.period import is_run_of_years, run_of_years

RUNS = "years"
MOST_YEARS = 10
"""Runs lie within so many of the latest years: 45 of them. A longer stretch is covered by several."""


@dataclass(frozen=True)
class Stretch:
    """What people are counted over. ``name`` is that of its tables, ``grain`` what its cells are written under.

    ``size`` is the grain whose periods are about as many (cube/blocks.py); ``bounds`` is empty, or the first day of a
    run and the first day after it.
    """

    name: str
    grain: str
    size: Grain
    label: str
    bounds: tuple[str, str] | None = None
    whole: bool = False

    def period_of(self, column: str) -> str:
        """The first day of the period of a grain that a date lies in, as SQL; null for all time."""
        return period_of(column, self.size)

    def holds(self, column: str = "period") -> str:
        """The condition for a row to belong to such a stretch, as SQL."""
        if self.bounds is None:
            return has_period(self.size)
        first, after = (as_day(day) for day in self.bounds)
        return f"{column} >= {first} AND {column} < {after}"

    def has(self, year: str) -> bool:
        """Whether a run holds the year that begins on this day."""
        return self.bounds is not None and self.bounds[0] <= year < self.bounds[1]

    def is_needed(self) -> str:
        """The condition for cells of this stretch to be wanted at all, as SQL.

        A run of all years holds what all time holds, unless some rows have no period.
        """
        return "EXISTS (SELECT 1 FROM facts WHERE period IS NULL)" if self.whole else "TRUE"


def of_grain(grain: Grain) -> Stretch:
    """Every period of a grain."""
    return Stretch(grain, grain, grain, LABELS[grain])


def runs_of_years(description: Description) -> tuple[Stretch, ...]:
    """The runs of at least two of the latest MOST_YEARS years that an extract with counts has."""
    if description.values == "estimates" or description.grain == "all" or not description.periods:
        return ()
    first, last = int(description.periods[0][:4]), int(description.periods[-1][:4])
    years = range(max(first, last - MOST_YEARS + 1), last + 1)
    pairs = [(a, b) for a in years for b in years if a < b]
    return tuple(_run(a, b, whole=(a, b) == (first, last)) for a, b in pairs)


def run_of_all_years(description: Description) -> Stretch | None:
    """The run of all years of an extract, where it is counted beside shorter ones; None elsewhere."""
    runs = runs_of_years(description)
    return next((run for run in runs if run.whole), None) if len(runs) > 1 else None


def years_of_runs(runs: Sequence[Stretch]) -> tuple[tuple[str, str], ...]:
    """The years that some run holds, in order: the first day of each and the first day after it."""
    bounds = [run.bounds for run in runs if run.bounds is not None]
    first, after = (
        int(pick(days)[:4]) for pick, days in ((min, [a for a, _ in bounds]), (max, [b for _, b in bounds]))
    )
    return tuple((f"{year:04d}-01-01", f"{year + 1:04d}-01-01") for year in range(first, after))


def joined_years(years: Sequence[str], held: Sequence[str]) -> tuple[str, ...]:
    """The fewest labels that hold these years, in order: of ``held``, each a run or a single year.

    Years of which nothing is held are left out, unless that leaves none.
    """
    runs = {label for label in held if is_run_of_years(label)}
    left = [year for year in years if year in held]
    labels: list[str] = []
    while left:
        ends = range(len(left), 1, -1)
        end = next((e for e in ends if run_of_years(left[0], left[e - 1]) in runs), 1)
        labels.append(run_of_years(left[0], left[end - 1]) if end > 1 else left[0])
        left = left[end:]
    return tuple(labels) or tuple(years)


def _run(first: int, last: int, whole: bool) -> Stretch:
    label = run_of_years(f"{first:04d}", f"{last:04d}")
    bounds = (f"{first:04d}-01-01", f"{last + 1:04d}-01-01")
    return Stretch(f"years_{first}_{last}", RUNS, "all", f"'{label}'", bounds, whole)


def as_day(day: str) -> str:
    """A day as SQL."""
    return f"CAST('{day}' AS DATE)"
