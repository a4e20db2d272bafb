"""Releases of other datasets that may count some of the same people: nothing audits them together, so a person decides.

Each dataset hashes person ids with a key of its own, so that nobody's id is the same in two of them, and the program
cannot tell whether two datasets hold the same people. It can tell what makes that likely: measures of the same name in
periods that overlap, or the very same file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from equity.release.plan import Plan, described, settled
from equity.release.shelf import Release
from equity.store.files.versions import version_folder
from equity.vocabulary import Description, PlainError, period_start
from equity.vocabulary.period import MONTHS_IN, add_months, grain_of


@dataclass(frozen=True)
class OverlappingReleases:
    """Another dataset whose releases may count some of the same people.

    ``measures`` are those of the same name, as this dataset writes them; ``same_file`` is whether a file is in both.
    """

    dataset: str
    measures: tuple[str, ...]
    same_file: bool


def overlapping_releases(
    home: Path, description: Description, plan: Plan, others: Iterable[Release]
) -> tuple[OverlappingReleases, ...]:
    """The datasets of these releases that a release of another dataset by this plan would stand beside, by name.

    Revoked releases count too: what was seen stays seen. Raises :class:`PlainError` for a plan that cannot be filled.
    """
    wished = described(settled(plan, description), description)
    names = {_folded(measure.name): measure.name for measure in wished.measures}
    files = {source.sha256 for source in description.sources}
    measures: dict[str, set[str]] = {}
    same_file: set[str] = set()
    for release in (each for each in others if each.dataset != description.dataset):
        told = release.description()
        shared = {names[_folded(m.name)] for m in told.measures if _folded(m.name) in names}
        if shared and _overlap(wished.periods, told.periods):
            measures.setdefault(release.dataset, set()).update(shared)
        if files & _files(home, release):
            same_file.add(release.dataset)
    return tuple(
        OverlappingReleases(
            dataset, tuple(n for n in names.values() if n in measures.get(dataset, ())), dataset in same_file
        )
        for dataset in sorted({*measures, *same_file})
    )


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _overlap(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether two stretches of periods have a day in common; one without periods may hold any day."""
    if not some or not others:
        return True
    (first, last), (begin, end) = (_days(periods) for periods in (some, others))
    return first < end and begin < last


def _days(periods: tuple[str, ...]) -> tuple[dt.date, dt.date]:
    """The first day, and the one after the last."""
    return (
        min(period_start(label) for label in periods),
        max(add_months(period_start(label), MONTHS_IN[grain_of(label)]) for label in periods),
    )


def _files(home: Path, release: Release) -> set[str]:
    """The files of the version that was released; none where it is gone."""
    try:
        path = version_folder(home, release.dataset, release.version) / "description.json"
    except PlainError:
        return set()
    described_then = Description.from_json(path.read_text(encoding="utf-8"))
    same = described_then.created == release.version_created
    return {source.sha256 for source in described_then.sources} if same else set()
