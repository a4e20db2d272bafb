"""Why a row can be set aside, each reason with its sentence and its remedy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One reason.

    ``raw`` is the staged column it concerns, ``wrong_column`` whether it may mean that the mapping is wrong,
    ``when_all`` the remedy when no row is left (the usual remedy when empty).
    """

    code: str
    reason: str
    remedy: str
    raw: str = ""
    wrong_column: bool = False
    when_all: str = ""


def _number(role: str, what: str) -> list[Fault]:
    return [
        Fault(
            f"{role}_missing",
            f"{what} is not given",
            "Nothing to do when the source has no value; else fill the cell.",
            role,
            when_all="Map a column that has values.",
        ),
        Fault(
            f"{role}_text",
            f"{what} is {'neither a number nor a yes or no' if role == 'x' else 'text where a number belongs'}",
            "Correct the cell, or map another column.",
            role,
            True,
        ),
        Fault(f"{role}_negative", f"{what} is below zero", "Correct the cell at the source.", role),
    ]


FAULTS: dict[str, Fault] = {
    fault.code: fault
    for fault in (
        Fault(
            "ragged", "the line has more cells than the header", "Put the cell that holds the delimiter in quotes.", ""
        ),
        Fault(
            "note",
            "a note or an empty line, without values",
            "Nothing to do: notes are not data.",
            when_all="Map the columns that hold numbers.",
        ),
        Fault(
            "dropped",
            "left out by “drop” in the mapping",
            "Nothing to do, unless the mapping should keep it.",
            when_all="Take a value out of “drop”.",
        ),
        Fault(
            "total",
            "a total beside its parts, which would count people twice",
            "Nothing to do: the parts are used.",
            "",
        ),
        Fault(
            "sifted",
            "left out by “leave_out” or “only” in the mapping",
            "Nothing to do, unless the mapping should read it.",
            when_all="Correct “leave_out” or “only” in the mapping.",
        ),
        Fault(
            "x_neither",
            "the answer is neither yes nor no, so the line is in no denominator",
            "Nothing to do, unless “neither” in the mapping should not name it.",
            "x",
            when_all="Correct “yes”, “no” and “neither” in the mapping.",
        ),
        Fault("measure_missing", "the measure is not named", "Fill the cell with the measure's name.", "measure"),
        Fault(
            "dimension_missing", "the dimension is not named", "Fill the cell with the stratifier's name.", "dimension"
        ),
        Fault(
            "period_missing", "the period is not given", "Fill the cell with a date, month, quarter or year.", "period"
        ),
        Fault("period_total", "a total over periods beside its parts", "Nothing to do: the parts are used.", "period"),
        Fault(
            "period_overlap",
            "the period overlaps a later one, and would count people twice",
            "Name the periods to read with “only” in the mapping, or load one at a time.",
            "period",
        ),
        Fault(
            "period_impossible",
            "the date does not exist or lies outside 1900 to 2100",
            "Correct the date at the source.",
            "period",
        ),
        Fault(
            "period_text",
            "the period is not a date, month, quarter or year",
            "Correct the cell, or map another column.",
            "period",
            True,
        ),
        Fault(
            "period_grain",
            "the period is longer or shorter than the others, and would count people twice",
            "Keep one kind of period in an extract: months, quarters or years.",
            "period",
        ),
        *_number("x", "the outcome (x)"),
        *_number("n", "the number of people or visits (n)"),
        *_number("no", "the count of those without the event"),
        Fault(
            "not_yes_no",
            "the outcome (x) is neither yes nor no (1 or 0)",
            "Write 1 or 0, or say kind = “mean” or “rate”, or map n.",
            "x",
            True,
        ),
        Fault(
            "x_above_n",
            "the outcome (x) is larger than the number of people or visits (n)",
            "Check that x and n are not swapped, and that the measure is not a rate.",
            "x",
            True,
        ),
        Fault(
            "n_zero", "there are events, but the number of people or visits (n) is 0", "Correct n at the source.", "n"
        ),
        Fault(
            "repeat",
            "the same measure, period and groups stand above, and of estimates only the first is read",
            "Keep one estimate a group and period.",
            "",
        ),
        Fault(
            "again",
            "the same measure, period and groups stand above, and the mapping reads only the first",
            "Nothing to do, unless they count other people: then write repeats = “add”, or map what tells them apart.",
        ),
        Fault(
            "line_again",
            "another line of the same visit is counted already",
            "Nothing to do, unless each line counts: then take “once” out of the mapping.",
        ),
        *_number("estimate", "the estimate"),
        Fault(
            "estimate_impossible",
            "the estimate is outside 0 to 100 %",
            "Check the measure's kind and multiplier.",
            "estimate",
            True,
        ),
    )
}
