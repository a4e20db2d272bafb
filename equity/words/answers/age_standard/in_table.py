"""The charts as tables, and in words for those who do not see them."""

from __future__ import annotations

import pandas as pd

from equity.lens.answers import AgeStandardized
from equity.words import groups, measures, numbers, periods, references
from equity.words.answers.age_standard.headline import chart_title, over_time_title
from equity.words.answers.age_standard.phrases import (
    STANDARDS,
    Row,
    column_n,
    cut_to_words,
    gap_in_words,
    gaps_n,
    rows,
    run_of,
)
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line
from equity.words.rows import records


@cached_per_answer
def alt_text(answer: AgeStandardized) -> str:
    """The chart in words, a clause a group."""
    return f"Dots with ranges. {chart_title(answer)}. {'; '.join(row_in_words(answer, r) for r in rows(answer))}."


@cached_per_answer
def over_time_alt_text(answer: AgeStandardized) -> str:
    """The series in words, a clause a group: first and last."""
    return (
        f"Lines. {over_time_title(answer)}. {'; '.join(run_of(answer, r) for r in rows(answer) if run_of(answer, r))}."
    )


def row_in_words(answer: AgeStandardized, row: Row) -> str:
    """One group read aloud."""
    n = column_n(answer)
    crude = numbers.rate(answer.measure, row.crude, n)
    if not row.known:
        return f"{one_line(row.group)}: crude {crude}, not age-standardized"
    equal = numbers.rate(answer.measure, row.rate[0], n)
    around = numbers.span(numbers.rate_range(answer.measure, row.rate[1], row.rate[2], n))
    return f"{one_line(row.group)}: crude {crude}, at equal ages {equal}{numbers.range_named(around)}"


def table_caption(answer: AgeStandardized) -> str:
    """What the tables hold."""
    reference = references.describe_reference(answer.reference, answer.stratifier, answer.measure)
    counted = groups.what_is_counted(answer.measure, sum(r.n for r in rows(answer) if r.n == r.n), answer.people)
    return (
        f"{measures.heading(answer.measure)} by {groups.label(answer.stratifier)}, "
        f"{periods.title(answer.choices.period)}, compared with {reference}; standard: {STANDARDS[answer.standard]}"
        f"{cut_to_words(answer)}. Number counts {counted}. Ranges are 95% intervals."
    )


def over_time_caption(answer: AgeStandardized) -> str:
    """What the table of the series holds."""
    return (
        f"{measures.heading(answer.measure)} by {groups.label(answer.stratifier)} and {answer.grain}; "
        f"standard: {STANDARDS[answer.standard]}{cut_to_words(answer)}. Ranges are 95% intervals."
    )


@cached_per_answer
def table(answer: AgeStandardized) -> pd.DataFrame:
    """Every group as a row of text: crude first."""
    columns = [
        "Group",
        "Number",
        "Crude",
        "Crude gap",
        "Age-standardized",
        "Range",
        "Gap",
        "Gap range",
        "Ratio",
        "Note",
    ]
    return pd.DataFrame([_cells(answer, r) for r in rows(answer)], columns=columns)


@cached_per_answer
def over_time_table(answer: AgeStandardized) -> pd.DataFrame:
    """Every group in every period as a row of text."""
    shown, measure, n = {r.group for r in rows(answer)}, answer.measure, column_n(answer)
    lines = [
        {
            "Group": one_line(row["group"]),
            "Period": periods.describe_period(str(row["period"])),
            "Number": numbers.count(float(row["n"])),
            "Crude": numbers.rate(measure, float(row["crude"]), n),
            "Age-standardized": numbers.rate(measure, float(row["rate"]), n),
            "Range": numbers.span(numbers.rate_range(measure, float(row["lower"]), float(row["upper"]), n)),
        }
        for row in records(answer.over_time)
        if row["group"] in shown
    ]
    return pd.DataFrame(lines, columns=["Group", "Period", "Number", "Crude", "Age-standardized", "Range"])


def _cells(answer: AgeStandardized, row: Row) -> dict[str, str]:
    measure, n, of_gaps = answer.measure, column_n(answer), gaps_n(answer)
    notes = {"missing_ages": f"nobody aged {row.missing_ages}", "hidden": "some counts by age are not shown"}
    compared = numbers.known(row.gap[0])
    times = f" ({row.ratio[1]:.2f} to {row.ratio[2]:.2f})" if numbers.known(row.ratio[1] + row.ratio[2]) else ""
    return {
        "Group": one_line(row.group),
        "Number": numbers.count(row.n),
        "Crude": numbers.rate(measure, row.crude, n),
        "Crude gap": gap_in_words(answer, row.crude_gap, of_gaps, row.crude, row.is_clear)
        if numbers.known(row.crude_gap)
        else "",
        "Age-standardized": numbers.rate(measure, row.rate[0], n) if row.known else "",
        "Range": numbers.span(numbers.rate_range(measure, row.rate[1], row.rate[2], n)) if row.known else "",
        "Gap": gap_in_words(answer, row.gap[0], of_gaps, row.rate[0], row.is_clear_at_equal_ages) if compared else "",
        "Gap range": numbers.span(numbers.gap_range(measure, row.gap[1], row.gap[2], of_gaps, row.rate[0]))
        if compared
        else "",
        "Ratio": f"{numbers.ratio(row.ratio[0])}{times}" if numbers.known(row.ratio[0]) else "",
        "Note": "reference" if row.is_reference else notes.get(row.reason, ""),
    }
