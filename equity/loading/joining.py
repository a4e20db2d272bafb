"""The current version's rows beside those just read, and both described together."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pandas as pd

from equity.cube.event_days import FILE as EVENT_DAYS
from equity.cube.joining import append_rows, replace_periods, values_of
from equity.intake.columns.category_order import arrange
from equity.intake.reading.checks import COMPARISONS
from equity.loading.whose_mapping import Runner
from equity.store.files.checksums import check
from equity.store.files.versions import Version
from equity.vocabulary import (
    Description,
    Mapping,
    Measure,
    PlainError,
    Problem,
    Stratifier,
    StratifierMapping,
)

Mode = Literal["new", "append", "replace"]


def join_current(
    new: Description,
    mapping: Mapping,
    current: Version,
    staged: Path,
    mode: Mode,
    memory_limit: str | None,
    run: Runner,
) -> Description:
    """Put the current version's rows beside those just read, in ``staged``, and describe both together."""
    old = current.description()
    _refuse_unlike(old, new)
    join = append_rows if mode == "append" else replace_periods
    for name in ("extract.parquet", "set_aside.parquet"):
        check(current.folder / name)
    read, joined = staged / "extract.parquet", staged / "joined.parquet"
    rows: int = run(join, current.folder / "extract.parquet", read, joined, memory_limit=memory_limit)
    joined.replace(read)
    _join_event_days(current, staged, mode, new.periods)
    if rows == new.rows_used:
        return new
    used = values_of(read, ["measure", *(s.name for s in (*old.stratifiers, *new.stratifiers))])
    set_aside = append_rows(current.folder / "set_aside.parquet", staged / "set_aside.parquet", joined)
    joined.replace(staged / "set_aside.parquet")
    return dataclasses.replace(
        new,
        periods=tuple(sorted({*old.periods, *new.periods})),
        rows_in=rows + set_aside,
        rows_used=rows,
        rows_set_aside=set_aside,
        measures=_measures_of_both(old, new, used["measure"]),
        stratifiers=_stratifiers_of_both(old, new, mapping, used),
        sources=tuple(dict.fromkeys((*old.sources, *new.sources))),
        problems=tuple(dict.fromkeys((*_lasting(old.problems), *new.problems, *_overlap(old, new, mode)))),
    )


def _join_event_days(current: Version, staged: Path, mode: Mode, covered: Sequence[str]) -> None:
    """Put the current version's event days beside those just read, but for the periods that are replaced."""
    earlier, newer = current.folder / EVENT_DAYS, staged / EVENT_DAYS
    if not earlier.exists():
        return
    held = pd.read_parquet(earlier)
    if mode == "replace":
        held = held[~pd.to_datetime(held["day"]).dt.strftime("%Y-%m").isin(covered)]
    added = [pd.read_parquet(newer)] if newer.exists() else []
    pd.concat([held, *added], ignore_index=True).to_parquet(newer, index=False)


def _lasting(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Findings about rows that are still there; what compared them with the version before them has had its day."""
    return tuple(problem for problem in problems if problem.code not in COMPARISONS)


def _refuse_unlike(old: Description, new: Description) -> None:
    """Rows can stand beside one another only when they mean the same: raises :class:`PlainError` where they do not."""
    file = new.sources[0].name if new.sources else "The file"
    remedy = "load it as a dataset of its own, or without adding to the current version."
    if (old.tables, old.values) != (new.tables, new.values):
        raise PlainError(f"{file} is of the shape “{new.shape}” and the dataset of “{old.shape}”: {remedy}")
    if old.grain != new.grain:
        raise PlainError(f"{file} holds {_periods(new)} and the dataset holds {_periods(old)}: {remedy}")
    if old.has_person != new.has_person:
        who, whom = (file, "the dataset") if new.has_person else ("The dataset", file)
        raise PlainError(f"{who} has person ids and {whom} has none, so people could be counted twice: {remedy}")
    missing = {s.name for s in old.stratifiers} ^ {s.name for s in new.stratifiers}
    if missing and new.tables == "crossed":
        names = ", ".join(f"“{name}”" for name in sorted(missing))
        raise PlainError(
            f"Only one of {file} and the dataset is grouped by {names}: map the same stratifiers, or {remedy}"
        )


def _periods(description: Description) -> str:
    return "no periods" if description.grain == "all" else f"{description.grain}s"


def _measures_of_both(old: Description, new: Description, used: set[str]) -> tuple[Measure, ...]:
    """The measures that have rows, in the order in which they came; the newer mapping says what one means."""
    meanings = {m.name: m for m in old.measures} | {m.name: m for m in new.measures}
    return tuple(m for m in meanings.values() if m.name in used)


def _stratifiers_of_both(
    old: Description, new: Description, mapping: Mapping, used: dict[str, set[str]]
) -> tuple[Stratifier, ...]:
    """All stratifiers, their categories in the order in which the mapping would have them."""
    latest = {s.name: s for s in old.stratifiers} | {s.name: s for s in new.stratifiers}
    mapped = {s.name: s for s in mapping.groupings}
    stratifiers = []
    for name in dict.fromkeys(s.name for s in (*new.stratifiers, *old.stratifiers)):
        held = latest[name]
        meaning = mapped.get(name) or StratifierMapping(name, (name,), held.label, held.ordered)
        stratifiers.append(dataclasses.replace(held, categories=arrange(used[name], meaning)))
    return tuple(stratifiers)


def _overlap(old: Description, new: Description, mode: Mode) -> tuple[Problem, ...]:
    """A warning when rows were added to periods that had some already."""
    shared = [period for period in new.periods if period in set(old.periods)]
    if mode != "append" or not (shared or new.grain == "all"):
        return ()
    which = f"{', '.join(shared[:3])}{' and more' if len(shared) > 3 else ''}" if shared else "rows without a period"
    return (
        Problem(
            "warning",
            "periods_overlap",
            f"The files hold {which}, which the dataset held already.",
            "If they are the same events again, roll back and load with “replace”.",
            count=len(shared),
        ),
    )
