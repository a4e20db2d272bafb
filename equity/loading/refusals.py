"""What is not loaded: each refusal with the sentence that says why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from equity.intake.reading.facts import Facts
from equity.intake.reading.read_facts import fingerprint
from equity.intake.reading.refusal import is_enough_used, rows_lost, rows_with_data
from equity.store.files.versions import Version
from equity.vocabulary import (
    Description,
    Mapping,
    PlainError,
)

MOST_REASONS = 3


@dataclass(frozen=True)
class Accepted:
    """What is loaded although nobody has answered for it.

    proposal   the likeliest answer to each question that a proposed mapping leaves open, and its rows set aside.
    set_aside  that under nine tenths of the rows that hold data are used.
    """

    proposal: bool = False
    set_aside: bool = False


NOTHING_ACCEPTED: Final = Accepted()


def refuse_ungrouped(mapping: Mapping, files: Sequence[Path]) -> None:
    """Nothing is loaded before somebody has said how people are grouped, or that they are not."""
    if not (mapping.long or mapping.groupings):
        raise PlainError(
            f"{files[0].name if files else 'The file'}: no column that groups people was recognized. Write a mapping "
            "(python -m equity inspect FILE) with a table such as [stratifiers.race] and its column, or "
            "only_over_time = true under [extract] to follow everyone together over time."
        )


def refuse_rows_elsewhere(current: Version) -> None:
    """Rows cannot be joined to counts: people of both would be counted twice."""
    held = current.description()
    if held.counted_by:
        raise PlainError(
            f"The rows of the current version of “{held.dataset}” stayed on {held.counted_by}, so nothing can be added "
            "to them or replaced here: count all periods there again."
        )


def refuse_many_set_aside(facts: Facts, accepted: Accepted) -> None:
    """Raise :class:`PlainError` when under nine tenths of the rows that hold data would be used, unless accepted."""
    if accepted.set_aside or accepted.proposal or is_enough_used(facts):
        return
    lost, data = rows_lost(facts), rows_with_data(facts)
    reasons = " ".join(f"{p.message}" for p in lost[:MOST_REASONS])
    more = f" And {len(lost) - MOST_REASONS} more reasons." if len(lost) > MOST_REASONS else ""
    file = facts.sources[0].name if facts.sources else "The file"
    raise PlainError(
        f"{file}: only {facts.rows_used:,} of {data:,} rows with data would be used. {reasons}{more} "
        "Correct the file or the mapping, or load all the same with --accept-set-aside."
    )


def refuse_files_already_in(files: Sequence[Path], earlier: Description) -> None:
    """Refuse a file whose very bytes are in the version; files of another size are not read for that."""
    known = {source.sha256: source.name for source in earlier.sources}
    sizes = {source.bytes for source in earlier.sources}
    for file in files:
        if not file.is_file() or file.stat().st_size in sizes:
            print_of_file = fingerprint(file)
            if print_of_file.sha256 in known:
                raise PlainError(
                    f"{file.name} is already in the dataset “{earlier.dataset}” (as {known[print_of_file.sha256]}): "
                    "its rows would count twice, so nothing was added."
                )


def refuse_same_file_twice(facts: Facts) -> None:
    names: dict[str, str] = {}
    for source in facts.sources:
        if source.sha256 in names:
            raise PlainError(
                f"{names[source.sha256]} and {source.name} hold the same bytes: leave one out, or its rows count twice."
            )
        names[source.sha256] = source.name
