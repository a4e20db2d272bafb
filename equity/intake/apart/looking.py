"""What a page asks of a file before it is loaded; run in a process of its own, so all that comes back is small."""

from __future__ import annotations

import secrets
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from equity.intake.columns.profile import ColumnProfile
from equity.intake.formats.spreadsheet import sheet_names
from equity.intake.formats.unpacking import is_workbook
from equity.intake.proposal.proposal_parts import Proposal
from equity.intake.proposal.propose import propose
from equity.intake.reading.facts import Facts
from equity.intake.reading.read_facts import read_facts
from equity.intake.reading.worked_example import WorkedExample, worked_examples
from equity.vocabulary import Mapping

HEAD_BYTES = 4 * 1024**2
TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab", ".psv")
SHOWN_ROWS = 8
MOST_VALUES = 200_000
LONGEST_VALUE = 300
Cell = str | float | int | bool | date | None


@dataclass(frozen=True)
class Tried:
    """What a mapping makes of a file: the account, its first rows, whether that is all of it, worked examples."""

    facts: Facts
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    only_beginning: bool
    examples: tuple[WorkedExample, ...]


def sheets_of(file: Path, name: str) -> tuple[str, ...]:
    """The sheets of a workbook; nothing for any other file."""
    return sheet_names(file, name) if file.is_file() and is_workbook(file) else ()


def proposed(file: Path, sheet: str) -> Proposal:
    """The proposal for a file, with the values of its columns but not its cells."""
    proposal = propose(file, sheet=sheet)
    most = max(20, MOST_VALUES // max(1, len(proposal.profile)))
    return replace(proposal, profile=tuple(_told(column, most) for column in proposal.profile))


def tried(file: Path, mapping: Mapping) -> Tried:
    """Read the file (its first megabytes where it is large) by the mapping; raises what loading it would raise."""
    with tempfile.TemporaryDirectory(prefix="check-") as folder:
        source = _beginning(file, Path(folder))
        target = Path(folder) / "facts.parquet"
        facts = read_facts([source], mapping, target, Path(folder) / "aside.parquet", secrets.token_bytes(32))
        columns, rows = _first_rows(target, ["person", "source_row"])
        examples = worked_examples(target, facts.measures, facts.stratifiers, facts.grain)
        return Tried(facts, columns, rows, source != file, examples)


def _told(column: ColumnProfile, most: int) -> ColumnProfile:
    values = (pair for pair in column.counts.most_common(most) if len(pair[0]) <= LONGEST_VALUE)
    kept: Counter[str] = Counter() if column.identifying else Counter(dict(values))
    return replace(column, cells=(), counts=kept)


def _beginning(path: Path, folder: Path) -> Path:
    """The file, or a copy of its first megabytes up to a line's end, under the same name."""
    if path.suffix.lower() not in TEXT_SUFFIXES or path.stat().st_size <= HEAD_BYTES:
        return path
    with path.open("rb") as source:
        head = source.read(HEAD_BYTES)
    copy = folder / path.name
    copy.write_bytes(head[: head.rfind(b"\n") + 1] or head)
    return copy


def _first_rows(target: Path, without: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """The first rows of the fact table; ids of people are not among them."""
    first = next(pq.ParquetFile(target).iter_batches(batch_size=SHOWN_ROWS), None)
    if first is None:
        return (), ()
    columns = tuple(name for name in first.schema.names if name not in without)
    cells = [first.column(name).to_pylist() for name in columns]
    return columns, tuple(zip(*cells, strict=True))
