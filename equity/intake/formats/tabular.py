"""A file as a table of texts: a header, and rows that know their line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Cells = list[str]


@dataclass(frozen=True)
class QuickCsv:
    """What DuckDB needs to read a plain delimited file by itself, many rows at a time."""

    path: Path
    delimiter: str
    header_line: int


@dataclass(frozen=True)
class NativeParquet:
    """Parquet files that DuckDB reads in place: ``columns`` holds each header's column name in the files.

    ``zones`` holds the time zone of each column that has one: its days are that zone's, on every server.
    """

    paths: tuple[Path, ...]
    columns: tuple[str, ...]
    zones: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Heading:
    """A file's header: the ``names`` of its columns, and for each the texts of its lines, from top to bottom.

    ``line`` is the file's line in which the last header line begins (0 when the file has none), ``titles`` what stands
    above, ``lines`` how many there are. ``marker`` is a cell of the last line by which it is found again, empty where
    it would be found anyway.
    """

    names: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    line: int
    lines: int
    titles: tuple[str, ...] = ()
    marker: str = ""
    place: int = 0


@dataclass(frozen=True)
class Table:
    """One file's contents, whatever its format.

    ``name`` is what people call the file; ``header`` holds unique column names; ``rows`` starts a new walk over
    (line of the file, cells) below the header, each row with as many cells as the file gives it. ``quick`` and
    ``native`` say that there is a faster way to the same rows. ``notes`` are findings about the file as a whole,
    ``titles`` the lines above the header. ``spread`` walks some rows from all over a big file, for a look at what its
    first rows do not show. ``heading`` tells of the header's lines, where the format has lines.
    """

    name: str
    header: tuple[str, ...]
    header_line: int
    rows: Callable[[], Iterator[tuple[int, Cells]]]
    quick: QuickCsv | None = None
    native: NativeParquet | None = None
    notes: tuple[str, ...] = field(default=())
    titles: tuple[str, ...] = field(default=())
    spread: Callable[[], Iterator[Cells]] | None = None
    heading: Heading | None = None
