"""What each column of a file looks like, from its rows (of a big file: from its first and some later ones)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal

from equity.intake.columns.categories import kind_of
from equity.intake.columns.column_names import RATE_WORDS, N, X, heard
from equity.intake.columns.identifying import identifies, is_bare_name, is_person_id, tells_who
from equity.intake.columns.units import says_duration
from equity.intake.formats.tabular import Cells, Table
from equity.intake.spellings.missing import silence, squeeze
from equity.intake.spellings.numbers import DecimalMark, Marks, Number, marks_of, minutes_of, parse_number
from equity.intake.spellings.period_spelling import Spelling, spelling_of
from equity.intake.spellings.periods import tells_time
from equity.intake.spellings.yes_no import NO, YES, answer_word

_FIVE_DIGITS = re.compile(r"\d{5}(?:\.\d+)?")
SAMPLED_ROWS = 20_000
KEPT_VALUES = 5_000
_COUNTS = frozenset(float(n) for n in range(2, 7))  # 2 to 6 beside 0 and 1 count something
EXAMPLES = 5
FEW = 30
NO_MARKS, PLAIN_SPELLING = Marks(0, 0, 0), Spelling()

ColumnType = Literal["number", "percent", "yes or no", "period", "text", "empty"]


@dataclass(frozen=True)
class ColumnProfile:
    """One column. Shares are of its filled cells, except ``missing`` (of all cells).

    ``decimal`` is the mark by which its numbers are read, ``marks`` what its own cells say of it; ``spelling`` is how
    it writes periods. ``examples`` stays empty for columns that identify people and for columns of many values: a cell
    may be a person.
    """

    name: str
    type: ColumnType
    distinct: int
    missing: float
    examples: tuple[str, ...] = ()
    identifying: str = ""
    hidden: float = 0.0
    whole: bool = False
    lowest: float | None = None
    highest: float | None = None
    counts: Counter[str] = field(default_factory=Counter, repr=False, compare=False)
    cells: tuple[str, ...] = field(default=(), repr=False, compare=False)
    decimal: DecimalMark = ""
    marks: Marks = NO_MARKS
    spelling: Spelling = PLAIN_SPELLING

    @property
    def values(self) -> tuple[str, ...]:
        """The distinct filled values, most frequent first."""
        return tuple(v for v, _ in self.counts.most_common() if v)

    @property
    def is_number(self) -> bool:
        """Whether the column holds numbers (percents, 0 and 1 included)."""
        return self.type in ("number", "percent") or (self.type == "yes or no" and self.highest is not None)


def profile(table: Table, sampled: int = SAMPLED_ROWS) -> tuple[ColumnProfile, ...]:
    """Profile the columns of a table; of a big one, from its first rows and some from all over it.

    Notes below the data are passed over.
    """
    width = len(table.header)
    rows = [cells + [""] * (width - len(cells)) for _, cells in islice(table.rows(), sampled)]
    if len(rows) == sampled and table.spread is not None:
        rows += table.spread()
    rows = _without_page_heads(rows, table.header, len(table.titles))
    filled = [sum(bool(c.strip()) for c in row[:width]) for row in rows]
    typical = Counter(filled).most_common(1)[0][0] if filled else 0
    data = [row for row, count in zip(rows, filled, strict=True) if count > max(1, typical // 3) or typical <= 2]
    texts = [[squeeze(row[place]) for row in data] for place in range(width)]
    counted = [Counter(cells) for cells in texts]
    marks = [_marks(counts) for counts in counted]
    decimal = Marks(*(sum(part) for part in zip(*((m.comma, m.point, m.either) for m in marks), strict=True))).mark
    decimal = decimal or _mark_by_names(table.header, counted, marks)
    columns = tuple(
        _column(name, texts[place], counted[place], marks[place], marks[place].mark or decimal)
        for place, name in enumerate(table.header)
    )
    if any(tells_who(c.identifying) for c in columns):
        # Beside a birth date or a first name, a column called name holds names of people, whatever their number.
        columns = tuple(
            replace(c, identifying="a name", examples=()) if is_bare_name(c.name) and not c.identifying else c
            for c in columns
        )
    return columns


def _without_page_heads(rows: list[Cells], header: Sequence[str], titles: int) -> list[Cells]:
    """Rows without the header's repetitions at the top of each page, and the title lines that come with it."""
    wanted = [squeeze(name).casefold() for name in header]
    width = len(header)
    out: set[int] = set()
    for place, row in enumerate(rows):
        if [squeeze(c).casefold() for c in row[:width]] == wanted:
            out.add(place)
            for before in range(place - 1, max(-1, place - 1 - titles), -1):
                if all(c.strip() for c in rows[before][:width]):
                    break
                out.add(before)
    return [row for place, row in enumerate(rows) if place not in out] if out else rows


def _marks(counts: Counter[str]) -> Marks:
    """What a column says of the decimal mark; nothing where it does not hold numbers."""
    numbers = sum(count for text, count in counts.items() if text and text[-1:].isdigit())
    filled = sum(count for text, count in counts.items() if text)
    if numbers < 0.5 * filled or sum(parse_number(t).state in ("value", "percent") for t in counts) < 0.5 * len(counts):
        return NO_MARKS
    return marks_of(counts)


def _mark_by_names(names: Sequence[str], counted: Sequence[Counter[str]], marks: Sequence[Marks]) -> DecimalMark:
    """The decimal mark of a file in which 1.500 stands in one column and 10,000 in another: of these two marks, the one
    in a column that is named a count parts thousands. Empty where one mark does for all, or the names are at odds."""
    marked = {
        name: {m for m in ",." if any(m in text for text in counts)}
        for name, counts, mark in zip(names, counted, marks, strict=True)
        if mark.either
    }
    if {m for own in marked.values() for m in own} != {",", "."}:
        return ""
    of_counts = {m for name, own in marked.items() for m in own if _is_count(heard(name))}
    of_rates = {m for name, own in marked.items() for m in own if RATE_WORDS.search(heard(name))}
    if of_counts == {"."} and of_rates <= {","}:
        return ","
    return "." if of_counts == {","} and of_rates <= {"."} else ""


def _is_count(name: str) -> bool:
    return bool(X.search(name) or N.search(name)) and not RATE_WORDS.search(name)


def _column(name: str, cells: Sequence[str], counts: Counter[str], marks: Marks, decimal: DecimalMark) -> ColumnProfile:
    states: Counter[str] = Counter()
    numbers: list[float] = []
    timed = says_duration(name)
    for value, count in counts.items():
        number = parse_number(value, (), decimal)
        if not timed and ":" in value and minutes_of(value) is not None:
            number = Number(None, "text")  # the time of day, unless the name says how long
        states[number.state] += count
        if number.value is not None:
            numbers.append(number.value)
    spelling = spelling_of(counts, name)
    if spelling.may_count:
        spelling = replace(spelling, counted=spelling.may_count[0])
    # A bare number of five digits may be a spreadsheet's day, but far more often it is a code or a count.
    dated = (v for v in counts if not _FIVE_DIGITS.fullmatch(v))
    periods = sum(counts[v] for v in dated if tells_time(v, spelling))
    answer = answer_word if len(counts) <= FEW else str.casefold
    answers = ((answer(v), v, c) for v, c in counts.items())
    yes_no = sum(c for word, v, c in answers if v in ("1.0", "0.0") or word in YES or word in NO)
    if counts["."] and yes_no and not states["text"]:
        states["hidden"] -= counts["."]  # beside 0 and 1 of each person, a statistical package's mark for none
        states["missing"] += counts["."]
    said = len(cells) - states["missing"]
    identifying = identifies(name, cells)
    refused = sum(count for value, count in counts.items() if _is_no_answer(value))
    kind: ColumnType = (
        "period" if spelling.may_count else _type(states, said, periods, yes_no, len(counts), numbers, refused)
    )
    distinct = sum(1 for v in counts if v)
    private = bool(identifying) or is_person_id(name) or distinct > FEW
    kept = Counter(dict(counts.most_common(KEPT_VALUES)))
    return ColumnProfile(
        name=name,
        type=kind,
        distinct=distinct,
        missing=states["missing"] / len(cells) if cells else 0.0,
        examples=() if private else tuple(v for v, _ in counts.most_common(EXAMPLES + 1) if v)[:EXAMPLES],
        identifying=identifying,
        hidden=states["hidden"] / said if said else 0.0,
        whole=bool(numbers) and all(n == int(n) for n in numbers),
        lowest=min(numbers, default=None),
        highest=max(numbers, default=None),
        counts=kept,
        cells=tuple(cells),
        decimal=decimal,
        marks=marks,
        spelling=spelling,
    )


def _is_no_answer(text: str) -> bool:
    """Whether a cell says that nobody answered (“Refused”, “Unable to assess”)."""
    return bool(text) and not text[:1].isdigit() and silence(text) is None and kind_of(text) not in ("group", "other")


def _type(
    states: Counter[str], said: int, periods: int, yes_no: int, distinct: int, numbers: Sequence[float], refused: int
) -> ColumnType:
    if not said:
        return "empty"
    if yes_no >= 0.95 * said and distinct <= 6 and not any(n in _COUNTS for n in numbers):
        return "yes or no"
    values = states["value"] + states["percent"]
    if periods >= 0.9 * said and (distinct <= 400 or values < 0.5 * said):
        return "period"
    if values + states["hidden"] >= 0.9 * (said - refused) and values and refused <= 0.5 * said:
        return "percent" if states["percent"] > states["value"] else "number"
    return "period" if periods >= 0.9 * said else "text"
