"""What a whole column of periods tells a person who reads the account of a load."""

from __future__ import annotations

from equity.intake.reading.cleaning import PeriodColumn
from equity.intake.spellings.amounts import amount
from equity.vocabulary import Problem

NOTHING = "Nothing to do, if that is meant."


def period_findings(column: PeriodColumn, name: str) -> list[Problem]:
    """Findings about the column ``name``, from what was read of all its cells."""
    problems = []
    if column.spelling.ambiguous:
        problems.append(
            Problem(
                "warning",
                "day_or_month_first",
                "Dates such as 03/04/2024 were read as month/day/year: the column does not say which comes first.",
                'If the day comes first, write dates = "day_first" under [extract] in the mapping.',
                name,
            )
        )
    if column.overlapping:
        problems.append(
            Problem(
                "warning",
                "overlapping_periods",
                f"{amount(column.overlapping, 'period overlaps', 'periods overlap')} a later one and cannot be "
                "added to it: only periods that stand apart are read.",
                'Name the periods to read with only = { "…" = ["…"] } under [extract], or load one at a time.',
                name,
                count=column.overlapping,
            )
        )
    said = {
        "last_year": (column.last_year, "Spans of years such as 2018-2022 or 2022/23 stand under their last year."),
        "last_month": (column.several_months, "Stretches such as January to June stand under their last month."),
        "weeks": (column.weeks, "Weeks stand under the month in which their middle day lies."),
    }
    problems += [
        Problem("note", code, text, NOTHING, name, count=count) for code, (count, text) in said.items() if count
    ]
    if column.whole:
        text = f"All dates are the first of a {column.whole}, so each stands for its {column.whole}."
        problems.append(Problem("note", "whole_periods", text, NOTHING, name))
    return problems
