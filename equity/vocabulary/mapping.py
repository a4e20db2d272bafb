"""What each column of an extract means: the TOML file that analysts keep and reuse next quarter.

The form is a contract; docs/mapping.md teaches it. Reading and writing the TOML is intake's job
(`equity/intake/proposal/mapping/mapping_file.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field
from typing import Literal

from equity.vocabulary.layout import TIDY, Layout
from equity.vocabulary.measure import Measure

Shape = Literal["rows", "wide", "counts", "estimates"]
Decimal = Literal["", ".", ","]
CountedFrom = Literal[
    "days_from_1900",
    "days_from_1960",
    "days_from_1970",
    "seconds_from_1970",
    "seconds_from_1960",
    "milliseconds_from_1970",
    "milliseconds_from_1960",
    "year_and_day",
]
DateOrder = Literal["", "day_first", "month_first", "year_first"]
PeriodForm = Literal["", "fiscal_year", "quarter", "month", "fiscal_month", "week", "epi_week"]
Repeats = Literal["", "first", "add"]
Blank = Literal["", "no", "missing"]


@dataclass(frozen=True)
class ColumnSource:
    """Where a role's value comes from: a column of the file, or one value for the whole file.

    ``more`` holds further columns of a period that stands in several (a year and a quarter). ``minus`` holds columns
    that are taken off (denominator exclusions), ``plus`` those that are added (met, not met and no reading are
    everyone); ``times`` multiplies what the column says (1000 where it counts thousands).
    """

    column: str | None = None
    value: str | None = None
    more: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    times: float = 1.0
    plus: tuple[str, ...] = ()


@dataclass(frozen=True)
class StratifierMapping:
    """One ``[stratifiers.NAME]`` table. ``columns`` holds one name, or several that are joined (race and ethnicity).

    ``drop`` holds totals and other values to leave out, ``keep`` words that read like totals and are none.
    ``choices`` names what a tick stands for in each column of check boxes. ``bands`` holds the lower ends of the bands
    into which a column of years or other numbers is put.
    """

    name: str
    columns: tuple[str, ...]
    label: str
    ordered: bool = False
    standard: str = ""
    order: tuple[str, ...] = ()
    recode: ReadOnly[str, str] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    choices: ReadOnly[str, str] = field(default_factory=dict)
    bands: tuple[float, ...] = ()


EVERYONE = StratifierMapping("everyone", ("",), "Everyone")
"""The grouping of a file in which nothing groups people. Its one column is not in the file."""


@dataclass(frozen=True)
class LongColumns:
    """The ``[long]`` table: one column names the stratifier, another the group.

    Two more columns may say in which order groups are shown (``order``, a number) and whether that order means anything
    (``ordered``, 1 or yes), as in WHO's HEAT Plus template; empty where the file does not say.
    """

    dimension: str
    group: str
    order: str = ""
    ordered: str = ""


@dataclass(frozen=True)
class MeasureColumns:
    """In shape ``wide``: the columns that hold one measure's x and n (n may be left out: one a line)."""

    x: str
    n: str | None = None


@dataclass(frozen=True)
class YesNo:
    """How x is said where words or codes say it: which answers are yes, which no, which neither, and what a blank is.

    With ``yes`` alone every other answer is no. ``blank`` is ``no``, ``missing``, or empty where nobody has said.
    """

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    neither: tuple[str, ...] = ()
    blank: Blank = ""


@dataclass(frozen=True)
class Spellings:
    """How a file spells, decided once for whole columns; empty where the columns themselves decide.

    ``decimal`` is the decimal mark. ``dates`` says which part of 03/04/2024 or 24-03-04 comes first, or
    what a date counts that is one number (23011). ``periods`` says
    what 2010-11 or 2022-1 is, and of a year and a month or week in two columns whether the year is fiscal and the week
    begins on Sunday. ``fiscal_start`` is the month in which a fiscal year begins.
    """

    decimal: Decimal = ""
    dates: DateOrder | CountedFrom = ""
    periods: PeriodForm = ""
    fiscal_start: int = 1


@dataclass(frozen=True)
class Mapping:
    """A whole mapping file.

    ``columns`` maps a role (measure, clinical_area, period, x, n, no, person, estimate, se, lower, upper, population)
    to where it comes from. ``measures`` maps a measure as named in the file to its meaning. ``header`` is a cell of the
    header line (of its last line, where it has several); ``missing`` holds more spellings of
    suppressed, and numbers that are codes for missing;
    ``layout`` says how the file's lines become a tidy table. ``only_over_time`` says that nothing
    groups the people: everyone is one group, which can be followed over time and compared with nobody.
    ``leave_out`` holds, by column, values whose
    rows are left out, ``only`` those whose rows alone are read. ``scales`` says by what a measure's estimates are
    divided to become fractions. ``once`` names the columns that tell a visit (its id, or a person and a day), which
    counts once however many lines it has. ``repeats`` says of counts under the same measure, period and groups whether
    they are added up or only the first is read. ``unweighted`` names a column of survey weights that the numbers leave
    out of account, which every page then says.
    """

    shape: Shape
    columns: ReadOnly[str, ColumnSource] = field(default_factory=dict)
    stratifiers: tuple[StratifierMapping, ...] = ()
    long: LongColumns | None = None
    measures: ReadOnly[str, Measure] = field(default_factory=dict)
    measure_columns: ReadOnly[str, MeasureColumns] = field(default_factory=dict)
    header: str = ""
    missing: tuple[str, ...] = ()
    sheet: str = ""
    layout: Layout = TIDY
    only_over_time: bool = False

    @property
    def groupings(self) -> tuple[StratifierMapping, ...]:
        """The stratifiers that the rows are read by: :data:`EVERYONE` alone where nothing groups the people."""
        return (EVERYONE,) if self.only_over_time else self.stratifiers

    @property
    def codes(self) -> tuple[float, ...]:
        """The spellings of missing that are numbers, such as 999 and -9."""
        texts = (text.strip().replace(",", ".") for text in self.missing)
        return tuple(float(text) for text in texts if re.fullmatch(r"[+-]?\d+(?:\.\d+)?", text))

    spellings: Spellings = field(default_factory=Spellings)
    answers: YesNo = field(default_factory=YesNo)
    leave_out: ReadOnly[str, tuple[str, ...]] = field(default_factory=dict)
    only: ReadOnly[str, tuple[str, ...]] = field(default_factory=dict)
    scales: ReadOnly[str, float] = field(default_factory=dict)
    repeats: Repeats = ""
    once: tuple[str, ...] = ()
    unweighted: str = ""
