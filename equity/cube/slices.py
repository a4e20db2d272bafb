"""The questions that a cube answers, in a fraction of a millisecond each.

Questions that need more than two stratifiers at once are passed on to the rows of the extract (``deep.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa

from equity.cube.cells import Cells, read_cells
from equity.cube.cube_query import CubeQuery, Slice, as_sql
from equity.cube.deep import ask_rows
from equity.cube.event_days import FILE, DaysOfGroups, read_event_days
from equity.cube.stretches import joined_years
from equity.store.files.checksums import check, checked_description, damaged
from equity.vocabulary import GRAINS, Description, Grain, PeriodRange, PlainError, period_start
from equity.vocabulary.period import is_run_of_years

Filters = Sequence[tuple[str, str]]
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Cube:
    """A version's cube, held in memory: made by :func:`open_cube`, used from any thread."""

    description: Description
    _cells: Cells = field(repr=False, compare=False)
    _extract: Path = field(repr=False)
    _kept: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def extract(self) -> Path:
        """The version's rows, for whoever may count them within limits (`equity/explore`)."""
        return self._extract

    def keep(self, key: Hashable, compute: Callable[[], Kept]) -> Kept:
        """Something that follows from this cube alone, computed once and kept as long as the cube: it never changes."""
        if key not in self._kept:
            self._kept[key] = compute()
        kept: Kept = self._kept[key]
        return kept

    def groups(self, measures: Sequence[str], by: Sequence[str], period: PeriodRange, where: Filters = ()) -> Slice:
        """One row per measure and value of ``by`` (nothing, one or two stratifiers), summed over the stretch of time.

        People are distinct over a period, a run of whole years and all time (a stretch that holds every row). Any other
        stretch is tiled by such, and people are added over those; the sums over people are then the most that they can
        come to (:meth:`people_are_exact`). Filters on one stratifier widen each other, those on different ones narrow;
        people who are in several of the values of one filter are counted in each. What the cube has no table for is
        asked of the extract's rows and says so (``remark``); there people are distinct over any stretch.

        Raises :class:`PlainError` for a measure, stratifier, value or period that the dataset does not have, and where
        estimates would have to be added up.
        """
        grain, periods = self._tiles(period)
        return self._answer(self._question(measures, by, grain, periods, str(period), where))

    def series(self, measures: Sequence[str], by: Sequence[str], grain: Grain, where: Filters = ()) -> Slice:
        """One row per measure, value of ``by`` and period of this grain. Filters and errors as in :meth:`groups`."""
        if not self._has(grain):
            raise PlainError(
                f"The dataset “{self.description.dataset}” {self._holds()} and cannot be shown by {grain}."
            )
        return self._answer(self._question(measures, by, grain, (), None, where))

    def event_days(self, measure: str, by: str, where: Filters = ()) -> DaysOfGroups:
        """The days of a rare measure's events by the groups of a stratifier; empty where they were not kept."""
        key = ("event_days", measure, by, tuple(where))
        return self.keep(key, lambda: read_event_days(self._extract.with_name(FILE), measure, by, where))

    def _question(
        self,
        measures: Sequence[str],
        by: Sequence[str],
        grain: Grain,
        periods: tuple[str, ...],
        span: str | None,
        where: Filters,
    ) -> CubeQuery:
        names = tuple(dict.fromkeys(self.description.measure(name).name for name in measures))
        if not names:
            raise PlainError("The question names no measure: name at least one.")
        split = tuple(dict.fromkeys(self.description.stratifier(name).name for name in by))
        if len(split) > 2:
            raise PlainError("Groups can be split by two stratifiers at once at most: leave one out.")
        filters: dict[str, tuple[str, ...]] = {}
        for name, value in where:
            key = self._known(name, value)
            filters[key] = (*filters.get(key, ()), value)
        return CubeQuery(names, split, grain, periods, span, tuple(filters.items()))

    def _known(self, name: str, value: str) -> str:
        """The stratifier's key, once the value is known to be one of its categories."""
        stratifier = self.description.stratifier(name)
        if stratifier.categories and all(value != c.value for c in stratifier.categories):
            raise PlainError(
                f"“{stratifier.label}” has no group “{value}” in the dataset “{self.description.dataset}”."
            )
        return stratifier.name

    def _tiles(self, period: PeriodRange) -> tuple[Grain, tuple[str, ...]]:
        """The periods of the cube that cover the stretch, and the finest grain among them."""
        held = self.description
        if held.values == "estimates":
            return self._single_period(period)
        tiles = self._every_row(period) or period.tiles()
        finest = min((grain for grain, _ in tiles), key=GRAINS.index)
        if not self._has(finest):
            raise PlainError(f"The dataset “{held.dataset}” {self._holds()}: it has no numbers for “{period}”.")
        return finest, self._with_runs(tiles)

    def _with_runs(self, tiles: Sequence[tuple[Grain, str]]) -> tuple[str, ...]:
        """The tiles' labels, whole years in a row as the runs that the cube holds: older cubes hold none."""
        held = tuple(self._cells.periods)
        if not any(is_run_of_years(label) for label in held):
            return tuple(label for _, label in tiles)
        covered: list[str] = []
        for grain, part in groupby(tiles, key=lambda tile: tile[0]):
            labels = [label for _, label in part]
            covered += joined_years(labels, held) if grain == "year" and len(labels) > 1 else labels
        return tuple(covered)

    def _every_row(self, period: PeriodRange) -> tuple[tuple[Grain, str], ...]:
        """All time, where the stretch has all of its rows: then people are counted over the whole of it."""
        held = self.description
        if period.is_all_time or not held.periods or len(period.tiles()) < 2:
            return ()
        first, last = period.bounds()
        inside = first <= period_start(held.periods[0]) and period_start(held.periods[-1]) < last
        return PeriodRange().tiles() if inside and not self._rows_without_period() else ()

    def _rows_without_period(self) -> bool:
        """Whether some row lies in no period: all time then has more rows than its periods."""
        names = [m.name for m in self.description.measures]

        def counted() -> bool:
            grain = self.description.grain
            everything = self._answer(self._question(names, (), "all", ("",), "", ()))
            periods = self._answer(self._question(names, (), grain, (), None, ()))
            return bool(everything.column("rows").sum() != periods.column("rows").sum())

        return self.keep("rows_without_period", counted)

    def people_are_exact(self, period: PeriodRange) -> bool:
        """Whether people who come again are known over the whole stretch: a period, a run of years, all time, no ids.

        Elsewhere they are known within each of its whole periods, and intervals stand on the most that can be.
        """
        return not self.description.has_person or len(self._tiles(period)[1]) <= 1

    def _single_period(self, period: PeriodRange) -> tuple[Grain, tuple[str, ...]]:
        """Estimates cannot be added up: the one period that the stretch is."""
        held = self.description
        if period.is_all_time and len(held.periods) <= 1:
            return held.grain, held.periods or ("",)
        if period.is_all_time or period.first != period.last or period.grain != held.grain:
            one = f"one {held.grain}, such as {held.periods[-1]}" if held.periods else "all time"
            raise PlainError(
                f"The dataset “{held.dataset}” holds estimates without counts, which cannot be added up over time: "
                f"ask for {one}."
            )
        return held.grain, (period.first,)

    def _has(self, grain: Grain) -> bool:
        held = self.description
        return grain == held.grain or (held.values == "counts" and GRAINS.index(grain) > GRAINS.index(held.grain))

    def _holds(self) -> str:
        held = self.description
        if held.grain == "all":
            return "has no periods"
        return f"holds {held.grain}s" if held.values == "counts" else f"holds one estimate a {held.grain}"

    def _answer(self, question: CubeQuery) -> Slice:
        needed = [s.name for s in self.description.stratifiers if s.name in question.stratifiers]
        if self.description.tables == "one_way" and len(needed) > 1:
            raise PlainError(
                f"The dataset “{self.description.dataset}” was published one grouping at a time: “{needed[0]}” and "
                f"“{needed[1]}” cannot be combined."
            )
        if self.description.values == "estimates":
            self._refuse_sums(question)
        if len(needed) > 2:
            return ask_rows(self._extract, self.description, question)
        by1, by2, *_ = (*needed, "", "")
        template = "slice" if self.description.values == "counts" else "slice_of_estimates"
        return self._cells.answer(question, by1, by2, as_sql(question, by1, by2, template))

    def _refuse_sums(self, question: CubeQuery) -> None:
        unsplit = [name for name, values in question.where if len(set(values)) > 1 and name not in question.by]
        if unsplit or len(question.stratifiers) > 2:
            raise PlainError(
                f"The dataset “{self.description.dataset}” holds estimates without counts, which cannot be added up "
                "over groups: choose one value for each filter."
            )


def open_cube(version_folder: Path) -> Cube:
    """Load the cube of a version (``description.json`` and ``cube.parquet``) into memory.

    Raises :class:`PlainError` when the folder holds no version, or files that are not as they were written.
    """
    try:
        description = checked_description(version_folder)
        check(version_folder / "cube.parquet")
    except FileNotFoundError:
        raise PlainError(
            f"There is no dataset version in “{version_folder.name}”: it was deleted, or never loaded."
        ) from None
    try:
        cells = read_cells(version_folder / "cube.parquet", description)
    except (pa.ArrowException, OSError, ValueError, KeyError):
        raise damaged(version_folder / "cube.parquet") from None
    return Cube(description, cells, version_folder / "extract.parquet")
