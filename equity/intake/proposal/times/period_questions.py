"""The column of periods: which it is, whether a second column belongs to it, and what its spelling does not settle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from equity.intake.columns.column_names import heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.proposal.times.revisions import how_final
from equity.intake.spellings.period_shapes import TOTALS
from equity.intake.spellings.period_spelling import Spelling, as_said
from equity.intake.spellings.periods import ParsedPeriod, parse_period, windows_apart, without_status
from equity.vocabulary import Answer, Grain, OpenQuestion, Setting, period_label
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
_MONTH_WORD = re.compile(
    r"^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?$",
    re.IGNORECASE,
)
_WEEK_NAME = re.compile(
    r"^(?:calendar |report(?:ing)? |epi |mmwr |iso )?(?:weeks?|wk|epiweek|kw|woche)(?: number| no)?$"
)
_WEEK = re.compile(r"^(?:0?[1-9]|[1-4]\d|5[0-3])(?:\.0)?$")
_FISCAL_NAME = re.compile(r"\b(?:fiscal|financial|fy|sfy|ffy|school|academic)\b")
_FISCAL_YEAR = re.compile(
    r"^(?:(?:fy|ffy|sfy|fiscal year) ?'?(?:\d\d|\d{4})|(?:19|20)\d\d[-/](?:\d\d|\d{4}))$", re.IGNORECASE
)
_FISCAL_QUARTER = re.compile(
    r"\b(?:fy|ffy|sfy|fiscal|financial).*(?:q|qtr|quarter) ?[1-4]|q[1-4].*\b(?:fy|ffy|sfy)", re.IGNORECASE
)
_MONTH_NAMES = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
MOST_WINDOWS = 40


def is_handling(column: ColumnProfile) -> bool:
    """Whether a column says when somebody handled the data, and not what time they are about."""
    return bool(HANDLING.search(heard(column.name)))


def second_part(period: ColumnProfile, free: Sequence[ColumnProfile]) -> tuple[ColumnProfile, PeriodForm] | None:
    """The quarter or month that stands in a column of its own beside a column of years."""
    years = [v for v in period.values[:50] if v.casefold() not in TOTALS]
    fiscal = bool(years) and is_fiscal(period)
    if not fiscal and not (years and all(re.fullmatch(r"(?:19|20|21)\d\d(?:\.0)?", v) for v in years)):
        return None
    epi = "epi_week" if re.search(r"\b(?:mmwr|epi)\b", " ".join(heard(c.name) for c in (period, *free))) else "week"
    parts = ((_QUARTER_NAME, _QUARTER, "quarter"), (_MONTH_NAME, _MONTH, "month"), (_WEEK_NAME, _WEEK, epi))
    for name, cell, form in parts:
        for column in free:
            # Words for months are told by themselves, whatever the column is called (“Mo”); numbers are not.
            words = form == "month" and all(_MONTH_WORD.match(v) for v in column.values)
            named = words or name.search(heard(column.name))
            told = [v for v in column.values if v.casefold() not in TOTALS]
            if named and len(told) > 1 and all(cell.match(v) for v in told):
                return column, "fiscal_month" if fiscal and form == "month" else form  # type: ignore[return-value]
    return None


def is_fiscal(period: ColumnProfile) -> bool:
    """Whether a column holds fiscal years, by its name or by how it writes them (FY2024, 2023-24)."""
    years = period.values[:50]
    written = [bool(_FISCAL_YEAR.match(v)) for v in years]
    plain = all(re.fullmatch(r"(?:19|20|21)\d\d(?:\.0)?", v) for v in years)
    return all(written) or (plain and bool(_FISCAL_NAME.search(heard(period.name))))


def ask_fiscal_start(period: ColumnProfile, month: ColumnProfile) -> OpenQuestion:
    """In which month the fiscal year begins, where a month stands in a column beside it."""
    first = parse_period(f"2000-{month.cells[0]}")
    begins = first.day.month if first.day is not None else 10
    starts = [begins, *(m for m in (10, 7, 4, 1) if m != begins)][:4]
    sample = (period.cells[0], month.cells[0])
    answers = []
    for start in starts:
        spelling = as_said(Spelling(), Spellings(periods="fiscal_month", fiscal_start=start))
        day = parse_period("-".join(sample), spelling).day
        said = f"the year begins in {_MONTH_NAMES[start - 1]}" if start > 1 else "the year is the calendar's"
        answers.append(
            Answer(
                f"“{sample[0]}” “{sample[1]}” is {period_label(day, 'month') if day else 'not known'}: {said}",
                (Setting(("extract", "periods"), "fiscal_month"), Setting(("extract", "fiscal_start"), float(start))),
            )
        )
    return OpenQuestion(
        f"fiscal:{period.name}",
        (period.name, month.name),
        f"Beside the fiscal years of “{period.name}” stand months: in which month does such a year begin?",
        tuple(answers),
        0.6,
        f"the file begins with “{sample[1]}”",
    )


def ask_fiscal_quarters(period: ColumnProfile, part: ColumnProfile | None = None) -> list[OpenQuestion]:
    """In which month the fiscal year begins, where a column holds its quarters (FY24 Q1), or one beside it does."""
    said = [v for v in period.values if part is not None or _FISCAL_QUARTER.search(v)]
    if not said:
        return []
    sample = said[0] if part is None else f"{said[0]} {part.cells[0]}"
    sample = re.sub(r"(\d) ([1-4])(?:\.0)?$", r"\1 Q\2", sample)
    answers = []
    for start in (10, 7, 4, 1):
        day = parse_period(sample, as_said(Spelling(), Spellings(fiscal_start=start))).day
        begins = f"the year begins in {_MONTH_NAMES[start - 1]}" if start > 1 else "the year is the calendar's"
        label = period_label(day, "quarter") if day else "not known"
        answers.append(
            Answer(f"“{sample}” is {label}: {begins}", (Setting(("extract", "fiscal_start"), float(start)),))
        )
    return [
        OpenQuestion(
            f"fiscal:{period.name}",
            (period.name, *([part.name] if part else [])),
            f"“{sample}” is a quarter of a fiscal year: in which month does such a year begin?",
            tuple(answers),
            0.5,
            "the federal year begins in October",
        )
    ]


def ask_periods(column: ColumnProfile) -> list[OpenQuestion]:
    """What the spelling of a column of periods does not settle."""
    asked = ask_fiscal_quarters(column)
    if column.spelling.ambiguous:
        asked.append(_ask_order(column))
    if column.spelling.unsure:
        asked.append(_ask_form(column))
    if not asked:
        asked += _ask_windows(column) or ask_revisions(column)
    return asked


def ask_dates(period: ColumnProfile, others: Sequence[ColumnProfile]) -> list[OpenQuestion]:
    """Which of several columns of days says when a visit counts, where some of their days lie in different months."""
    days = {c.name: [parse_period(text, c.spelling) for text in c.cells] for c in (period, *others)}
    own = days[period.name]
    apart = [c for c in others if any(_months_differ(a, b) for a, b in zip(own, days[c.name], strict=True))]
    if not apart:
        return []
    offered = [period, *apart][:4]
    row = next(r for r, (a, b) in enumerate(zip(own, days[apart[0].name], strict=True)) if _months_differ(a, b))
    return [
        OpenQuestion(
            f"dates:{period.name}",
            tuple(c.name for c in offered),
            f"{' and '.join(f'“{c.name}”' for c in offered)} hold dates of the same visits, some in different months: "
            "which of them says when a visit counts?",
            tuple(
                Answer(
                    f"“{c.name}”: the visit of line {row + 2} counts in {_month_said(days[c.name][row])}",
                    (Setting(("columns", "period"), c.name),),
                )
                for c in offered
            ),
            0.5,
            "it is the first of them",
        )
    ]


def _months_differ(one: ParsedPeriod, other: ParsedPeriod) -> bool:
    """Whether both are days, of different months."""
    if one.day is None or other.day is None or not one.grain == other.grain == "day":
        return False
    return one.day.replace(day=1) != other.day.replace(day=1)


def _month_said(day: ParsedPeriod) -> str:
    return period_label(day.day, "month") if day.day is not None else "no month"


def ask_revisions(column: ColumnProfile) -> list[OpenQuestion]:
    """Which numbers of a period are read, where a column holds it as preliminary and as final."""
    by_period: dict[tuple[date, str], list[str]] = {}
    for text in column.values:
        parsed = parse_period(text, column.spelling)
        if parsed.state == "value" and parsed.day is not None:
            by_period.setdefault((parsed.day, parsed.grain or ""), []).append(text)
    twice = {k: texts for k, texts in by_period.items() if len({t.casefold() for t in texts}) > 1}
    twice = {k: texts for k, texts in twice.items() if any(without_status(t) != t.casefold() for t in texts)}
    if not twice:
        return []
    latest = [max(texts, key=how_final) for texts in by_period.values()]
    first = [min(texts, key=how_final) for texts in by_period.values()]
    one, other = sorted(next(iter(twice.values())), key=how_final, reverse=True)[:2]

    def only(texts: list[str]) -> tuple[Setting, ...]:
        return (Setting(("extract", "only", column.name), tuple(sorted(texts))),)

    return [
        OpenQuestion(
            f"revisions:{column.name}",
            (column.name,),
            f"“{one}” and “{other}” in “{column.name}” are one period: which numbers of it are read?",
            (
                Answer(f"the latest of each: “{one}”", only(latest)),
                Answer(f"the first of each: “{other}”", only(first)),
                Answer("both are parts of it, and are added up"),
            ),
            0.7,
            "a revised number replaces the one before it",
        )
    ]


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
    parsed = parse_period(text, as_said(Spelling(), Spellings(dates=order)))
    return parsed.day.isoformat() if parsed.day is not None else ""


def _ask_form(column: ColumnProfile) -> OpenQuestion:
    sample = column.values[0]
    forms: tuple[PeriodForm, ...] = (
        ("fiscal_year", "month") if column.spelling.unsure == "fiscal" else ("quarter", "month")
    )
    answers = []
    for form in forms:
        parsed = parse_period(sample, as_said(column.spelling, Spellings(periods=form)))
        grain: Grain = parsed.grain if parsed.grain in ("quarter", "year") else "month"
        label = period_label(parsed.day, grain) if parsed.day else ""
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
