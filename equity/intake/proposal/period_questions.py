"""The column of periods: which it is, whether a second column belongs to it, and what its spelling does not settle."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equity.intake.columns.column_names import heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.spellings.periods import Spelling, as_said, parse_period, windows_apart
from equity.vocabulary import Answer, OpenQuestion, Setting, period_label
from equity.vocabulary.mapping import DateOrder, PeriodForm, Spellings

HANDLING = re.compile(
    r"\b(?:upload\w*|updat\w*|retriev\w*|refresh\w*|modif\w*|creat\w*|process\w*|extract\w*|import\w*|ingest\w*|"
    r"load(?:ed)?|publish\w*|releas\w*|download\w*|access\w*)\b"
)
_QUARTER_NAME = re.compile(r"^(?:calendar |fiscal |report(?:ing)? )?(?:quarter|qtr|q)(?: number| no| name)?$")
_MONTH_NAME = re.compile(r"^(?:calendar |report(?:ing)? )?(?:month|mon|mth)(?: number| no| name)?$")
_QUARTER = re.compile(r"^(?:q|qtr|quarter)? ?[1-4](?:\.0)?$", re.IGNORECASE)
_MONTH = re.compile(
    r"^(?:0?[1-9]|1[0-2])(?:\.0)?$|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?$", re.IGNORECASE
)
MOST_WINDOWS = 40


def is_handling(column: ColumnProfile) -> bool:
    """Whether a column says when somebody handled the data, and not what time they are about."""
    return bool(HANDLING.search(heard(column.name)))


def second_part(period: ColumnProfile, free: Sequence[ColumnProfile]) -> tuple[ColumnProfile, PeriodForm] | None:
    """The quarter or month that stands in a column of its own beside a column of years."""
    years = list(period.values[:50])
    if not years or not all(re.fullmatch(r"(?:19|20|21)\d\d(?:\.0)?", v) for v in years):
        return None
    for name, cell, form in ((_QUARTER_NAME, _QUARTER, "quarter"), (_MONTH_NAME, _MONTH, "month")):
        for column in free:
            if name.search(heard(column.name)) and column.distinct > 1 and all(cell.match(v) for v in column.values):
                return column, form  # type: ignore[return-value]
    return None


def ask_periods(column: ColumnProfile) -> list[OpenQuestion]:
    """What the spelling of a column of periods does not settle."""
    asked = []
    if column.spelling.ambiguous:
        asked.append(_ask_order(column))
    if column.spelling.unsure:
        asked.append(_ask_form(column))
    if not asked:
        asked += _ask_windows(column)
    return asked


def _ask_order(column: ColumnProfile) -> OpenQuestion:
    sample = next((v for v in column.values if _reads(v, "day_first") != _reads(v, "month_first")), column.values[0])
    short = bool(re.fullmatch(r"\d\d[-/.]\d\d[-/.]\d\d", sample))
    orders: list[DateOrder] = ["year_first", "month_first", "day_first"] if short else ["month_first", "day_first"]
    answers = tuple(
        Answer(f"“{sample}” is {_reads(sample, order)}", (Setting(("extract", "dates"), order),))
        for order in orders
        if _reads(sample, order)
    )
    return OpenQuestion(
        f"dates:{column.name}",
        (column.name,),
        f"The dates of “{column.name}” can be read in {len(answers)} ways: which part comes first?",
        answers,
        0.5,
        "extracts of the United States write the month first" if not short else "the years would be alike",
    )


def _reads(text: str, order: DateOrder) -> str:
    found = parse_period(text, as_said(Spelling(), Spellings(dates=order)))
    return found.day.isoformat() if found.day is not None else ""


def _ask_form(column: ColumnProfile) -> OpenQuestion:
    sample = column.values[0]
    forms: tuple[PeriodForm, ...] = (
        ("fiscal_year", "month") if column.spelling.unsure == "fiscal" else ("quarter", "month")
    )
    answers = []
    for form in forms:
        found = parse_period(sample, as_said(column.spelling, Spellings(periods=form)))
        label = (
            period_label(found.day, "month" if found.grain == "day" else found.grain)
            if found.day and found.grain
            else ""
        )
        what = {"fiscal_year": "the year that ends in", "quarter": "the quarter", "month": "the month"}[form]
        answers.append(Answer(f"“{sample}” is {what} {label}", (Setting(("extract", "periods"), form),)))
    return OpenQuestion(
        f"periods:{column.name}",
        (column.name,),
        f"What is “{sample}” in “{column.name}”?",
        tuple(answers),
        0.6,
        "no month beyond the twelfth or the fourth occurs",
    )


def _ask_windows(column: ColumnProfile) -> list[OpenQuestion]:
    parsed = {text: parse_period(text, column.spelling) for text in column.values}
    marked, overlapping = windows_apart(parsed)
    if not overlapping:
        return []
    apart = [text for text, p in marked.items() if p.state == "value"][:MOST_WINDOWS]
    apart.sort(key=lambda text: str(marked[text].day))
    latest = apart[-1]
    answers = [
        Answer(
            f"only those that stand apart: {', '.join(apart)}",
            (Setting(("extract", "only"), ((column.name, tuple(apart)),)),),
        ),
        Answer(f"only the latest: {latest}", (Setting(("extract", "only"), ((column.name, (latest,)),)),)),
    ]
    if len(apart) == 1:
        first = min(parsed, key=lambda text: str(parsed[text].day))
        answers[0] = Answer(f"only the latest: {latest}", (Setting(("extract", "only"), ((column.name, (latest,)),)),))
        answers[1] = Answer(f"only the first: {first}", (Setting(("extract", "only"), ((column.name, (first,)),)),))
    return [
        OpenQuestion(
            f"windows:{column.name}",
            (column.name,),
            f"The periods of “{column.name}” overlap, so the same people stand in several of them: which are read?",
            tuple(answers),
            0.6,
            "periods that overlap cannot be added up",
        )
    ]
