"""Outcomes that are not simply yes and no: coded answers, three words, blanks beside a single word."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from equity.intake.columns.column_names import heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.proposal.evidence import percent
from equity.intake.spellings.missing import MISSING
from equity.intake.spellings.numbers import parse_number
from equity.intake.spellings.yes_no import says_no, says_yes
from equity.vocabulary import Answer, OpenQuestion, Setting
from equity.vocabulary.mapping import YesNo

_NO_AND_YES = {0.0, 1.0}
_ANSWER_CODES = {1.0, 2.0}
_NEITHER_CODES = {3.0, 7.0, 8.0, 9.0, 77.0, 88.0, 99.0, 97.0, 98.0, -1.0, -7.0, -8.0, -9.0}
_SURELY_NEITHER = {7.0, 8.0, 9.0, 77.0, 88.0, 99.0, 97.0, 98.0, -7.0, -8.0, -9.0, -77.0, -88.0, -99.0, 999.0, -999.0}
_AMOUNT = re.compile(
    r"\b(?:n|number|num|count|times|visits?|days?|hours?|minutes?|weeks?|months?|years?|score|total|points?|doses?|"
    r"children|parity|gravida|apgar|age|los|rating|stays?|calls?|episodes?|falls|events|admissions|encounters|members|size)\b"
)
_MOST_LEVELS = 5
_OUT_OF_IT = re.compile(
    r"^(?:denominator )?(?:excluded|exclusions?|exceptions?|exempt(?:ed)?|excepted|not eligible|ineligible|"
    r"not applicable|n/?a|not in (?:the )?(?:measure|denominator)|not due|denexcep|denex|dexcl)$"
)
NO_ANSWERS = tuple(Setting(("extract", key), None) for key in ("yes", "no", "neither"))


def coded(column: ColumnProfile) -> YesNo | None:
    """How coded answers are read (1 yes; 2 or 0 no; 7 not sure, 9 refused); None for a column that holds others."""
    numbers = {text: parse_number(text).value for text in column.counts if text}
    values = {value for value in numbers.values() if value is not None}
    if len(values) != len(set(numbers.values())):
        return None
    if values > _NO_AND_YES and values - _NO_AND_YES <= _SURELY_NEITHER:
        return YesNo(("1",), ("0",), tuple(f"{code:g}" for code in sorted(values - _NO_AND_YES)))
    if not values >= _ANSWER_CODES:
        return None
    if not values <= _ANSWER_CODES | _NEITHER_CODES or 0.0 in values:
        return None
    neither = sorted(values - _ANSWER_CODES)
    return YesNo(("1",), ("2",), tuple(f"{code:g}" for code in neither))


def is_sure(said: YesNo) -> bool:
    """Whether codes for not sure and refused stand beside 1 and 2, as surveys have them."""
    return bool(said.neither) and {float(code) for code in said.neither} <= _SURELY_NEITHER


def ask_codes(column: ColumnProfile, said: YesNo) -> OpenQuestion:
    """What 1 and 2 mean, where nothing else says so."""
    ones, twos = lines_with(column, "1"), lines_with(column, "2")
    return OpenQuestion(
        f"codes:{column.name}",
        (column.name,),
        f"“{column.name}” holds the codes 1 and 2: which of them is yes?",
        (
            Answer(f"1 is yes and 2 is no: {share_in_numbers(ones, ones + twos)}", answer_settings(said)),
            Answer(
                f"2 is yes and 1 is no: {share_in_numbers(twos, ones + twos)}",
                answer_settings(YesNo(said.no, said.yes, said.neither)),
            ),
            Answer("they are amounts: their mean is shown", NO_ANSWERS),
        ),
        0.6,
        "surveys code yes as 1 and no as 2",
    )


def levels(column: ColumnProfile) -> tuple[int, ...]:
    """The codes of a column of few whole numbers from 0 on that its name does not call an amount; else none."""
    numbers = {number for text in column.counts if (number := parse_number(text).value) is not None}
    whole = sorted(int(n) for n in numbers if n == int(n))
    if len(whole) != len(numbers) or not 3 <= len(whole) <= _MOST_LEVELS or whole != list(range(len(whole))):
        return ()
    return () if is_amount(column) else tuple(whole)


def is_amount(column: ColumnProfile) -> bool:
    """Whether a column's name says that it counts or measures, so that its numbers are no codes."""
    return bool(_AMOUNT.search(heard(column.name)))


def ask_levels(column: ColumnProfile, codes: Sequence[int]) -> OpenQuestion:
    """Which of a few codes are yes: a code is not a number, and its mean says nothing."""
    counts = [lines_with(column, str(code)) for code in codes]
    every, last = sum(counts), codes[-1]
    above = tuple(str(code) for code in codes[1:])
    below = tuple(str(code) for code in codes[:-1])
    answers = [
        Answer(
            f"every number above 0 is yes: {share_in_numbers(every - counts[0], every)}",
            _nothing_but(YesNo(above, ("0",))),
        ),
        Answer(f"only {last} is yes: {share_in_numbers(counts[-1], every)}", _nothing_but(YesNo((str(last),), below))),
        Answer(
            f"they are amounts: their mean is shown, {float(np.dot(codes, counts)) / every:.3g}",
            NO_ANSWERS,
        ),
    ]
    if len(codes) == 3:
        said = YesNo(("1",), ("0",), ("2",))
        share = share_in_numbers(counts[1], counts[0] + counts[1])
        answers.insert(0, Answer(f"1 is yes, 0 is no, and 2 is neither (not known): {share}", _nothing_but(said)))
    return OpenQuestion(
        f"codes:{column.name}",
        (column.name,),
        f"“{column.name}” holds the codes {', '.join(map(str, codes[:-1]))} and {last}: which of them are yes?",
        tuple(answers),
        0.5,
        "0 and 1 are no and yes in most systems",
    )


def with_exclusions(column: ColumnProfile) -> YesNo | None:
    """How a column of met, not met and excluded is read; None when it holds anything else."""
    words = [v for v in column.values if v.casefold() not in MISSING or _OUT_OF_IT.match(v.casefold())]
    out = tuple(w for w in words if _OUT_OF_IT.match(w.casefold()) or parse_number(w).value in _SURELY_NEITHER)
    yes = tuple(w for w in words if says_yes(w))
    no = tuple(w for w in words if says_no(w) or w.casefold() == "denominator")
    if all(parse_number(w).value is not None for w in words):
        return None  # codes throughout
    if not out or not yes or not no or len(out) + len(yes) + len(no) < len(words):
        return None
    return YesNo(yes, no, out)


def together(one: YesNo, other: YesNo) -> YesNo:
    """What two columns say of answers, as one list."""
    return YesNo(
        tuple(dict.fromkeys((*one.yes, *other.yes))),
        tuple(dict.fromkeys((*one.no, *other.no))),
        tuple(dict.fromkeys((*one.neither, *other.neither))),
        one.blank or other.blank,
    )


def ask_which_outcome(flags: Sequence[ColumnProfile]) -> OpenQuestion:
    """Which of several columns of yes and no is the outcome, where no name says so."""
    answers = []
    for column in flags:
        yes = sum(n for text, n in column.counts.items() if says_yes(text))
        every = yes + sum(n for text, n in column.counts.items() if says_no(text))
        answers.append(
            Answer(
                f"“{column.name}” is the outcome: {share_in_numbers(yes, every)} say yes",
                (Setting(("columns", "x"), column.name),),
            )
        )
    if len(answers) == 1:
        answers.append(
            Answer(
                f"“{flags[0].name}” is the outcome, and no is what counts",
                (Setting(("columns", "x"), flags[0].name), *answer_settings(_turned(flags[0]))),
            )
        )
    names = f"these {len(flags)} columns" if len(flags) > 1 else f"“{flags[0].name}”"
    return OpenQuestion(
        f"value:{flags[0].name}",
        tuple(c.name for c in flags),
        f"No column is named like an outcome, and {names} could be one or group people: which is the outcome?",
        tuple(answers),
        0.4,
        "it is the first whose cells all say yes or no",
    )


def _turned(column: ColumnProfile) -> YesNo:
    return YesNo(tuple(v for v in column.values if says_no(v)), tuple(v for v in column.values if says_yes(v)))


def _nothing_but(said: YesNo) -> tuple[Setting, ...]:
    """The same, with a line less for each list that is empty."""
    lines = (("yes", said.yes), ("no", said.no), ("neither", said.neither))
    return tuple(Setting(("extract", key), value or None) for key, value in lines)


def answer_settings(said: YesNo) -> tuple[Setting, ...]:
    """The lines of the mapping that say how answers are read."""
    lines = (("yes", said.yes), ("no", said.no), ("neither", said.neither))
    return tuple(Setting(("extract", key), value) for key, value in lines if value)


def lines_with(column: ColumnProfile, text: str) -> int:
    number = parse_number(text).value
    same = (
        count
        for value, count in column.counts.items()
        if value == text or (number is not None and parse_number(value).value == number)
    )
    return int(np.sum(list(same)))


def share_in_numbers(some: int, every: int) -> str:
    return f"{some:,} of {every:,} = {percent(some / every if every else float('nan'))}"
