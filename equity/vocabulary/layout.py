"""How a file's lines become a tidy table: one header, one column a thing, one row a group and period.

A layout is part of the mapping (``[layout]`` in its TOML), so that it is written down, confirmed by a person and done
again next quarter. The steps are taken in the order of the fields of :class:`Layout`; doing them is intake's job
(`equity/intake/layout/`).
"""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field
from typing import Literal

SplitKind = Literal[
    "estimate and range",
    "count and percent",
    "count of people",
    "group and people",
    "estimate and margin",
    "estimate and standard error",
    "estimate and spread",
]


@dataclass(frozen=True)
class Across:
    """Columns whose names hold a year, a group or a measure.

    ``into`` names the new columns that take what the names say. ``columns`` gives for each column of the file one text
    for each of them and, last, the column in which its cells come to stand: ``"2018 births"`` → ``("2018", "births")``.
    """

    into: tuple[str, ...]
    columns: ReadOnly[str, tuple[str, ...]]


@dataclass(frozen=True)
class Down:
    """Numbers that stand under one another though they belong side by side: a row for events, a row for everyone.

    The column ``names`` says what a row's cell in ``values`` is; ``columns`` gives the new column of each such text.
    Rows that are alike in all other columns become one.
    """

    names: str
    values: str
    columns: ReadOnly[str, str]


@dataclass(frozen=True)
class Everyone:
    """A row of its own that holds the number of people, above the rows that count some of them.

    The row is known by the text ``row`` in ``column``; its cell in ``value`` comes to stand in the new column ``into``
    of the rows below it.
    """

    column: str
    row: str
    value: str
    into: str


@dataclass(frozen=True)
class Latest:
    """Running totals, a snapshot a day: of each ``month`` (or ``year``) only the last day of ``column`` is kept."""

    column: str
    each: Literal["month", "year", "all"]


@dataclass(frozen=True)
class Topics:
    """Rows of several tables in one: of a row's groups only those are said that are not everyone.

    ``pairs`` are a column that names the way of grouping and the column of the group; the first is empty where the
    group's column names it itself. ``everyone`` are the words that stand for everyone ("Persons", "England").
    The new columns ``Dimension`` and ``Dimension group`` hold what is said: "Sex", "Female", or "Sex and Region",
    "Female, North" where a row is of two groups.
    """

    pairs: tuple[tuple[str, str], ...]
    everyone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Groupings:
    """Several ways of grouping in one ``column``: ``ways`` holds the values of each by its name.

    Without ``ways`` each value says its own (``Sex: Female``). The new columns are those of :class:`Topics`; a value
    that stands in none of the ways has none.
    """

    column: str
    ways: ReadOnly[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Outline:
    """A ``column`` in which a period stands above its groups, as in a compact pivot table; ``into`` is its new column.

    The rows of the periods themselves hold the sums of those below them, and are not read.
    """

    column: str
    into: str


@dataclass(frozen=True)
class Layout:
    """A whole ``[layout]`` table; as it stands here it says that the file is tidy already.

    ``header_lines``: the lines of which the header is made (0: the file has none, and ``names`` names its columns).
    ``section``: lines with one cell only name what stands below them; this is the new column that repeats it.
    ``outline``: periods and their groups in one column.
    ``fill``: columns in which an empty cell repeats the one above. ``leave_out``: columns that hold everyone or compare
    others, beside the groups across. ``keep``: only rows whose cell in that column is one of these texts.
    ``split``: columns whose cells hold two numbers or a number and its range. ``join``: a new column made of the texts
    of several.
    """

    header_lines: int = 1
    names: tuple[str, ...] = ()
    section: str = ""
    outline: Outline | None = None
    fill: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    keep: ReadOnly[str, tuple[str, ...]] = field(default_factory=dict)
    across: Across | None = None
    split: ReadOnly[str, SplitKind] = field(default_factory=dict)
    everyone: Everyone | None = None
    down: Down | None = None
    latest: Latest | None = None
    topics: Topics | None = None
    groupings: Groupings | None = None
    join: ReadOnly[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def reshapes(self) -> bool:
        """Whether rows or columns become others, beyond finding the header."""
        return bool(
            self.section
            or self.outline
            or self.fill
            or self.leave_out
            or self.keep
            or self.across
            or self.split
            or self.everyone
            or self.down
            or self.latest
            or self.topics
            or self.groupings
            or self.join
        )

    @property
    def is_plain(self) -> bool:
        """Whether the file is tidy as it stands."""
        return not self.reshapes and self.header_lines == 1 and not self.names


TIDY = Layout()
