"""What a person may say of groups of people and the file does not: asked where a click helps, waited for nowhere.

Until somebody answers, names stay as the file writes them and an age is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping as ReadOnly
from collections.abc import Sequence
from itertools import pairwise

from equity.intake.columns.categories import kind_of, one_spelling
from equity.intake.columns.column_names import heard
from equity.intake.columns.profile import ColumnProfile
from equity.vocabulary import Answer, OpenQuestion, Setting, StratifierMapping

MOST_NAMES = 200
ENOUGH_LETTERS = 6
ENOUGH_AGES = 20
OLDEST = 130.0
BANDS = ((18, 45, 65), (18, 30, 45, 60, 75))
_AGE = re.compile(
    r"^(?:patient |current )?age(?: in)?(?: (?:years?|yrs?))?"
    r"(?: (?:at|on) (?:visit|encounter|discharge|admission|diagnosis|enrollment|screening|delivery))?$"
)
_WORD = re.compile(r"[^\W_]+")


def offers(
    columns: ReadOnly[str, ColumnProfile], stratifiers: Sequence[StratifierMapping], free: Sequence[ColumnProfile]
) -> list[OpenQuestion]:
    """Every offer for a proposal's groupings, and for the columns (``free``) that have no role in it."""
    questions: list[OpenQuestion | None] = []
    for s in stratifiers:
        if len(s.columns) == 1 and not s.bands and s.columns[0] in columns:
            column = columns[s.columns[0]]
            questions.append(_sex_x(s, column) if s.standard == "sex" else None)
            questions.append(None if s.standard else _one_name(s, column))
    taken = {s.name for s in stratifiers}
    age = next(filter(_is_age, free), None)
    if age is not None:
        questions.append(_age_bands(age, "age" if "age" not in taken else "age_bands"))
    return [question for question in questions if question is not None]


def _sex_x(stratifier: StratifierMapping, column: ColumnProfile) -> OpenQuestion | None:
    """What an X stands for: some systems write it for non-binary, others where nothing is known."""
    written = next((value for value in column.values if value.strip().casefold() == "x"), None)
    if written is None or any(key.strip().casefold() == "x" for key in stratifier.recode):
        return None
    path = ("stratifiers", stratifier.name, "recode", written)
    return OpenQuestion(
        f"stands_for:{column.name}",
        (column.name,),
        f"What does “{written}” in “{column.name}” stand for?",
        (
            Answer(f"it stays “{written}”, as the file says"),
            Answer("non-binary", (Setting(path, "Non-binary"),)),
            Answer("unknown", (Setting(path, "Unknown"),)),
        ),
        0.4,
        "some systems write it for non-binary, others where nothing is known",
        waits=False,
    )


def _is_age(column: ColumnProfile) -> bool:
    return (
        column.type == "number"
        and bool(_AGE.match(heard(column.name)))
        and column.distinct > ENOUGH_AGES
        and column.lowest is not None
        and column.highest is not None
        and column.lowest >= 0
        and column.highest <= OLDEST
    )


def _age_bands(column: ColumnProfile, name: str) -> OpenQuestion:
    """Whether people are compared by bands of an age in years."""
    children = column.lowest is not None and column.lowest < BANDS[0][0]
    return OpenQuestion(
        f"age:{column.name}",
        (column.name,),
        f"“{column.name}” holds ages in years. Compare people by bands of age?",
        (
            Answer("no, leave it out"),
            *(
                Answer(
                    f"yes: {_said(bands, children)}",
                    (
                        Setting(("stratifiers", name, "column"), column.name),
                        Setting(("stratifiers", name, "label"), "Age"),
                        Setting(("stratifiers", name, "bands"), bands),
                        Setting(("stratifiers", name, "ordered"), True),
                    ),
                )
                for bands in BANDS
            ),
        ),
        0.5,
        "each single year is too small a group to compare",
        waits=False,
    )


def _said(bands: Sequence[int], children: bool) -> str:
    between = [f"{low}–{high - 1}" for low, high in pairwise(bands)]
    return ", ".join([*([f"under {bands[0]}"] if children else []), *between, f"{bands[-1]} and older"])


def _one_name(stratifier: StratifierMapping, column: ColumnProfile) -> OpenQuestion | None:
    """Whether names that look like one are one."""
    sets = alike(column.counts)
    said = {best: [other for other in others if other not in stratifier.recode] for best, others in sets.items()}
    said = {best: others for best, others in said.items() if others}
    if not said:
        return None
    every = Answer(f"yes: read {'; '.join(_read_as(said[best], best) for best in said)}", _recoded(stratifier, said))
    alone = [Answer(f"only {_read_as(said[b], b)}", _recoded(stratifier, {b: said[b]})) for b in list(said)[:2]]
    return OpenQuestion(
        f"one_name:{column.name}",
        (column.name,),
        f"Some names in “{column.name}” look like one that is written in several ways. Are they one?",
        (Answer("no, leave them apart"), every, *(alone if len(said) > 1 else ())),
        0.4,
        "they differ by an abbreviation, a blank, a mark or one letter",
        waits=False,
    )


def _read_as(others: Sequence[str], best: str) -> str:
    return f"{' and '.join(f'“{other}”' for other in others)} as “{best}”"


def _recoded(stratifier: StratifierMapping, said: ReadOnly[str, Sequence[str]]) -> tuple[Setting, ...]:
    path = ("stratifiers", stratifier.name, "recode")
    return tuple(Setting((*path, other), best) for best, others in said.items() for other in others)


def alike(counts: Counter[str]) -> dict[str, list[str]]:
    """Names that look like a commoner one, under that one; a name that looks like two different ones is under none.

    Names that differ by case or blanks alone are read as one anyway, and numbers always tell names apart.
    """
    same = one_spelling({value: n for value, n in counts.items() if value})
    rows: Counter[str] = Counter()
    for value, n in counts.items():
        if value and kind_of(value) == "group":
            rows[same.get(value, value)] += n
    if len(rows) > MOST_NAMES:
        return {}
    words = {name: _WORD.findall(name.casefold()) for name in rows}
    sets: list[list[str]] = []
    for name in sorted(rows, key=lambda name: (-len("".join(words[name])), -rows[name], name)):  # short forms last
        like = [members for members in sets if any(_are_alike(words[other], words[name]) for other in members)]
        if len(like) == 1:
            like[0].append(name)
        elif not like:
            sets.append([name])
    several = [sorted(members, key=lambda name: (-rows[name], name)) for members in sets if len(members) > 1]
    return {members[0]: members[1:] for members in sorted(several, key=lambda members: -rows[members[0]])}


def _are_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    if [w for w in one if w.isdigit()] != [w for w in other if w.isdigit()]:
        return False
    if "".join(one) == "".join(other):
        return True
    if len(one) != len(other):
        return False
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    whole = any(a == b and len(a) > 3 for a, b in zip(one, other, strict=True))
    return len(pairs) == 1 and (_one_letter_apart(*pairs[0]) or (whole and _is_short_for(*sorted(pairs[0], key=len))))


def _is_short_for(short: str, long: str) -> bool:
    """“N” for “North”, “ctr” for “center”: no word itself, it begins alike, and its letters follow in the long word."""
    no_word = len(short) < 3 or not set(short) & set("aeiou")
    letters = iter(long)
    return no_word and len(short) < len(long) - 1 and short[0] == long[0] and all(letter in letters for letter in short)


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether long words differ by one letter: another, one more, or two that changed places."""
    if min(len(one), len(other)) < ENOUGH_LETTERS or not (one.isalpha() and other.isalpha()):
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
