"""Outcomes that are not simply yes and no: coded answers, three words, blanks beside a single word."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from equity.intake.columns.column_names import CODE, EXCLUDED, YES_NO_X, N, X, heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.proposal.evidence import percent
from equity.intake.spellings.catalogue import recognise
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
_OUTCOME = re.compile(
    r"\b(?:readmi\w*|outcome|result|status|controlled|screen\w*|vaccin\w*|immuni\w*|shot|met|visit\w*|died|death|"
    r"mortality|complet\w*|received|test\w*|exam\w*|done|smok\w*|discharge\w*|event|response|answer)\b"
)


_SURELY_OUTCOME = re.compile(r"\b(?:readmi\w*|outcome|died|death|mortality|screened|vaccinated|controlled)\b")


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
    ones, twos = _count(column, "1"), _count(column, "2")
    return OpenQuestion(
        f"codes:{column.name}",
        (column.name,),
        f"“{column.name}” holds the codes 1 and 2: which of them is yes?",
        (
            Answer(f"1 is yes and 2 is no: {_share(ones, ones + twos)}", answer_settings(said)),
            Answer(
                f"2 is yes and 1 is no: {_share(twos, ones + twos)}",
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
    counts = [_count(column, str(code)) for code in codes]
    every, last = sum(counts), codes[-1]
    above = tuple(str(code) for code in codes[1:])
    below = tuple(str(code) for code in codes[:-1])
    answers = [
        Answer(f"every number above 0 is yes: {_share(every - counts[0], every)}", _nothing_but(YesNo(above, ("0",)))),
        Answer(f"only {last} is yes: {_share(counts[-1], every)}", _nothing_but(YesNo((str(last),), below))),
        Answer(
            f"they are amounts: their mean is shown, {float(np.dot(codes, counts)) / every:.3g}",
            NO_ANSWERS,
        ),
    ]
    if len(codes) == 3:
        said = YesNo(("1",), ("0",), ("2",))
        share = _share(counts[1], counts[0] + counts[1])
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
                f"“{column.name}” is the outcome: {_share(yes, every)} say yes",
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
        "it is the first that says yes or no on every line",
    )


def _turned(column: ColumnProfile) -> YesNo:
    return YesNo(tuple(v for v in column.values if says_no(v)), tuple(v for v in column.values if says_yes(v)))


def only_yes(column: ColumnProfile) -> bool:
    """Whether a column says yes, and else nothing: what its blanks mean is not told."""
    filled = {text.casefold() for text in column.counts if text and text.casefold() not in MISSING}
    return bool(filled) and column.missing > 0.02 and all(map(says_yes, filled))


def writes_no(column: ColumnProfile) -> bool:
    """Whether a column says no where it means it."""
    return any(says_no(text) for text in column.counts)


def ask_blanks(column: ColumnProfile) -> OpenQuestion:
    """What a blank means in a column that holds nothing but yes."""
    filled = sum(count for text, count in column.counts.items() if text and text.casefold() not in MISSING)
    every = len(column.cells)
    return OpenQuestion(
        f"blank:{column.name}",
        (column.name,),
        f"“{column.name}” says yes or is blank, and never no: what does a blank mean?",
        (
            Answer(f"a blank is no: {_share(filled, every)}", (Setting(("extract", "blank"), "no"),)),
            Answer(
                f"a blank is not known, and is left out: {_share(filled, filled)}",
                (Setting(("extract", "blank"), "missing"),),
            ),
        ),
        0.6,
        "a column that is only ever ticked is usually blank for no",
    )


def outcome_in_words(columns: Sequence[ColumnProfile]) -> ColumnProfile | None:
    """A column of a few words whose name is one of an outcome (``NO``, ``<30``, ``>30``); None when there is none."""
    match = [
        c
        for c in columns
        if c.type == "text"
        and 2 <= c.distinct <= 6
        and (_OUTCOME.search(heard(c.name)) or YES_NO_X.search(heard(c.name)))
        and not EXCLUDED.search(heard(c.name))
        and not CODE.search(heard(c.name))
        and not is_spoiled_count(c)
    ]
    no = [c for c in match if any(says_no(v) for v in c.values)]
    return next(iter(no or match), None)


def is_spoiled_count(column: ColumnProfile) -> bool:
    """Whether a column is named like a count and holds texts among its numbers."""
    if column.type != "text" or not (X.search(heard(column.name)) or N.search(heard(column.name))):
        return False
    texts = texts_among(column)
    numbers = (parse_number(text, (), column.decimal).value for text in column.counts if text not in texts)
    return bool(texts) and any(value is not None and value > 1 for value in numbers)


def texts_among(column: ColumnProfile) -> tuple[str, ...]:
    """The values of a column that are no numbers, most frequent first; the time of day is none."""
    return tuple(v for v in column.values if ":" in v or parse_number(v, (), column.decimal).state == "text")


def surely_in_words(columns: Sequence[ColumnProfile]) -> ColumnProfile | None:
    """A column of three to six words, one of them no, whose name leaves no doubt that it is the outcome."""
    match = outcome_in_words([c for c in columns if _SURELY_OUTCOME.search(heard(c.name)) and c.distinct > 2])
    return match if match is not None and writes_no(match) else None


def is_named(column: ColumnProfile) -> bool:
    """Whether a column's name is one of an outcome."""
    name = heard(column.name)
    return bool(_OUTCOME.search(name) or YES_NO_X.search(name) or recognise(name))


def ask_words(column: ColumnProfile) -> OpenQuestion:
    """Which of an outcome's words count as yes."""
    words = [v for v in column.values if v.casefold() not in MISSING]
    no = next((w for w in words if says_no(w)), "")
    others = [w for w in words if w != no]
    every = sum(_count(column, w) for w in words)
    likely = sorted(others, key=lambda w: (not w.startswith("<"), not says_yes(w), words.index(w)))
    answers = [
        Answer(
            f"“{word}” is yes and every other answer no: {_share(_count(column, word), every)}",
            (Setting(("extract", "yes"), (word,)),),
        )
        for word in likely[:3]
    ]
    yes = [w for w in others if says_yes(w)]
    if no and len(yes) == 1 and len(others) > 1:
        answers.insert(0, _apart(column, yes[0], no, [w for w in others if w != yes[0]]))
    if no and len(others) > 1:
        some = sum(_count(column, w) for w in others)
        answers.insert(
            1,
            Answer(
                f"every answer but “{no}” is yes: {_share(some, every)}",
                (Setting(("extract", "yes"), tuple(others)), Setting(("extract", "no"), (no,))),
            ),
        )
    return OpenQuestion(
        f"yes:{column.name}",
        (column.name,),
        f"“{column.name}” has {len(words)} different answers: which of them count as yes?",
        tuple(answers[:4]),
        0.5,
        "its name is that of an outcome",
    )


def _apart(column: ColumnProfile, yes: str, no: str, rest: Sequence[str]) -> Answer:
    """Only yes and no count, and the other answers are in no denominator."""
    some, out = _count(column, yes), " and ".join(f"“{w}”" for w in rest)
    return Answer(
        f"“{yes}” is yes, “{no}” is no, and {out} {'is' if len(rest) == 1 else 'are'} neither: "
        f"{_share(some, some + _count(column, no))}",
        tuple(
            Setting(("extract", key), words)
            for key, words in (("yes", (yes,)), ("no", (no,)), ("neither", tuple(rest)))
        ),
    )


def _nothing_but(said: YesNo) -> tuple[Setting, ...]:
    """The same, with a line less for each list that is empty."""
    lines = (("yes", said.yes), ("no", said.no), ("neither", said.neither))
    return tuple(Setting(("extract", key), value or None) for key, value in lines)


def answer_settings(said: YesNo) -> tuple[Setting, ...]:
    """The lines of the mapping that say how answers are read."""
    lines = (("yes", said.yes), ("no", said.no), ("neither", said.neither))
    return tuple(Setting(("extract", key), value) for key, value in lines if value)


def _count(column: ColumnProfile, text: str) -> int:
    number = parse_number(text).value
    same = (
        count
        for value, count in column.counts.items()
        if value == text or (number is not None and parse_number(value).value == number)
    )
    return int(np.sum(list(same)))


def _share(some: int, every: int) -> str:
    return f"{some:,} of {every:,} = {percent(some / every if every else float('nan'))}"
