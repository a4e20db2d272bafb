"""Columns with the name of a date that hold numbers: what these count where it is open, or that none is a date."""

from __future__ import annotations

from collections.abc import Sequence

from equity.intake.columns.column_names import heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.spellings.counted_days import counted_day, is_dated
from equity.intake.spellings.missing import squeeze
from equity.vocabulary import Answer, OpenQuestion, Problem, Setting
from equity.vocabulary.mapping import CountedFrom

COUNTED_SAID: dict[CountedFrom, str] = {
    "days_from_1900": "days as spreadsheets count them",
    "days_from_1960": "days since 1 January 1960 (SAS, Stata)",
    "days_from_1970": "days since 1 January 1970 (R, databases)",
    "seconds_from_1970": "seconds since 1 January 1970 (databases, in UTC)",
    "seconds_from_1960": "seconds since 1 January 1960 (SAS)",
    "milliseconds_from_1970": "milliseconds since 1 January 1970 (databases, in UTC)",
    "milliseconds_from_1960": "milliseconds since 1 January 1960 (Stata)",
    "year_and_day": "the year and the number of its day",
}


def unread_dates(columns: Sequence[ColumnProfile]) -> list[ColumnProfile]:
    """Columns with the name of a date that hold numbers, which are none or of which nobody knows what they count."""
    numbers = [c for c in columns if c.type == "number" or c.spelling.may_count]
    return [c for c in numbers if c.distinct > 1 and is_dated(heard(c.name))]


def tell_unread(column: ColumnProfile, period: str) -> Problem:
    """A column of dates beside the period is not dropped without a word; ``period`` is the column that is read."""
    read = f"“{period}” is" if period else "another is"
    return Problem(
        "note",
        "unread_date",
        f"“{column.name}” has the name of a date and holds numbers such as “{column.values[0]}”; it is not read, for "
        f"{read} the period.",
        "If it says when a line counts, write period under [columns] with its name.",
        column.name,
    )


def ask_unread(column: ColumnProfile) -> OpenQuestion:
    """Nothing is read as all time without a word where a column has the name of a date."""
    return OpenQuestion(
        f"time:{column.name}",
        (column.name,),
        f"“{column.name}” has the name of a date and holds numbers such as “{column.values[0]}”, which are no dates "
        "that can be read (2024-03-31 can): is the file read without a period?",
        (
            Answer("yes: all lines stand for one stretch of time", (Setting(("columns", "period"), None),)),
            Answer(
                f"no: “{column.name}” is the period, and lines whose numbers are no dates are set aside",
                (Setting(("columns", "period"), column.name),),
            ),
        ),
        0.4,
        "no date can be read from them",
    )


def ask_counted(column: ColumnProfile) -> list[OpenQuestion]:
    """What the numbers of a column of dates count, where they would be days of likely years in several ways."""
    ways = column.spelling.may_count
    if len(ways) < 2:
        return []
    sample = next((v for v in column.values if _day_said(v, ways[0])), column.values[0])
    return [
        OpenQuestion(
            f"dates:{column.name}",
            (column.name,),
            f"The dates of “{column.name}” are numbers, and can be read in {len(ways)} ways: what do they count?",
            tuple(
                Answer(
                    f"“{sample}” is {_day_said(sample, counted)}: {COUNTED_SAID[counted]}",
                    (Setting(("extract", "dates"), counted),),
                )
                for counted in ways
                if _day_said(sample, counted)
            ),
            0.5,
            "exports count so more often",
        )
    ]


def _day_said(text: str, counted: CountedFrom) -> str:
    day = counted_day(squeeze(text).casefold(), counted)
    return day.isoformat() if day is not None else ""
