"""Text from files and people where a program would read more into it: a spreadsheet's cell, a terminal, a database.

One place says what is harmless in each; every room asks here.
"""

from __future__ import annotations

import json
import unicodedata

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BLANKS = " \t\r\n\v\f\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\ufeff"
_KEPT = "\u200c\u200d"  # Persian, Hindi and others spell with them
_LINES = "\n\t"


def spreadsheet_cell(text: str) -> str:
    """Text for a cell of a CSV or workbook, without control characters or changes of direction.

    What a spreadsheet would take for a formula (=, +, -, @ and their wide forms, behind blanks too; a tab or return
    first) gets an apostrophe before it. For text only: numbers are written as numbers.
    """
    seen = harmless(text)
    bare = seen.lstrip(_BLANKS)
    return f"'{seen}" if bare.startswith(FORMULA_STARTS) or seen[:1] in ("\t", "\r", "\n") else seen


def harmless(text: str) -> str:
    """The same text without what commands a terminal or turns the direction of reading; line ends and tabs stay."""
    if text.isprintable():
        return text
    return "".join(letter for letter in text.replace("\r\n", "\n").replace("\r", "\n") if _is_harmless(letter))


def harmless_json(text: str) -> str:
    """JSON text that says the same and holds none of those characters: each is written as its escape."""
    if text.isprintable():
        return text
    return "".join(letter if _is_harmless(letter) else _escaped(letter) for letter in text)


def _escaped(letter: str) -> str:
    return json.dumps(letter)[1:-1]


def _is_harmless(letter: str) -> bool:
    return letter in _LINES or letter in _KEPT or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co")
