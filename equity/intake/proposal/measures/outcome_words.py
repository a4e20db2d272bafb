"""Outcomes told in words: three words, blanks beside a single word, and what must be asked about them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equity.intake.columns.column_names import CODE, EXCLUDED, YES_NO_X, N, X, heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.proposal.measures.outcomes import lines_with, share_in_numbers
from equity.intake.spellings.catalogue import recognise
from equity.intake.spellings.missing import MISSING
from equity.intake.spellings.numbers import parse_number
from equity.intake.spellings.yes_no import says_no, says_yes
from equity.vocabulary import Answer, OpenQuestion, Setting

_OUTCOME = re.compile(
    r"\b(?:readmi\w*|outcome|result|status|controlled|screen\w*|vaccin\w*|immuni\w*|shot|met|visit\w*|died|death|"
    r"mortality|complet\w*|received|test\w*|exam\w*|done|smok\w*|discharge\w*|event|response|answer)\b"
)
_SURELY_OUTCOME = re.compile(r"\b(?:readmi\w*|outcome|died|death|mortality|screened|vaccinated|controlled)\b")


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
            Answer(f"a blank is no: {share_in_numbers(filled, every)}", (Setting(("extract", "blank"), "no"),)),
            Answer(
                f"a blank is not known, and is left out: {share_in_numbers(filled, filled)}",
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
    every = sum(lines_with(column, w) for w in words)
    likely = sorted(others, key=lambda w: (not w.startswith("<"), not says_yes(w), words.index(w)))
    answers = [
        Answer(
            f"“{word}” is yes and every other answer no: {share_in_numbers(lines_with(column, word), every)}",
            (Setting(("extract", "yes"), (word,)),),
        )
        for word in likely[:3]
    ]
    yes = [w for w in others if says_yes(w)]
    if no and len(yes) == 1 and len(others) > 1:
        answers.insert(0, _apart(column, yes[0], no, [w for w in others if w != yes[0]]))
    if no and len(others) > 1:
        some = sum(lines_with(column, w) for w in others)
        answers.insert(
            1,
            Answer(
                f"every answer but “{no}” is yes: {share_in_numbers(some, every)}",
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
    some, out = lines_with(column, yes), " and ".join(f"“{w}”" for w in rest)
    return Answer(
        f"“{yes}” is yes, “{no}” is no, and {out} {'is' if len(rest) == 1 else 'are'} neither: "
        f"{share_in_numbers(some, some + lines_with(column, no))}",
        tuple(
            Setting(("extract", key), words)
            for key, words in (("yes", (yes,)), ("no", (no,)), ("neither", tuple(rest)))
        ),
    )
