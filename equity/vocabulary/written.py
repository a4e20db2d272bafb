"""Whether somebody wrote anything: text of blanks and of characters that nobody sees is none."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f")
"""Letters and marks by name that are drawn as nothing."""


def is_written(text: str) -> bool:
    """Whether there is a character in the text that a reader sees."""
    return any(_is_seen(letter) for letter in text)


def seen(text: str) -> str:
    """The text as a reader tells it from others: what nobody sees left out, blanks as one, in one Unicode form."""
    line = "".join(" " if letter.isspace() else letter for letter in text if letter.isspace() or _is_seen(letter))
    return unicodedata.normalize("NFC", " ".join(line.split()))


def _is_seen(letter: str) -> bool:
    return letter not in _FILLERS and unicodedata.category(letter) not in _UNSEEN
