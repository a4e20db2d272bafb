"""Words that people type, on their way into the database: kept exactly as written, or refused in a sentence.

Nothing is escaped or trimmed here: what is kept is data, bound as a parameter, and whoever draws it escapes it for the
place where it stands.
"""

from __future__ import annotations

import json

from equity.vocabulary import PlainError
from equity.vocabulary.written import is_written

LONGEST_NAME = 300
LONGEST_WORDS = 20_000


def kept_name(text: str, what: str) -> str:
    """A name of at most 300 characters that is not blank; ``what`` says in the refusal what it names."""
    return _kept(text, what, LONGEST_NAME, blank="Please give {what} a name.")


def kept_words(text: str, what: str) -> str:
    """Words of at most 20,000 characters that are not blank."""
    return _kept(text, what, LONGEST_WORDS, blank="Please write something for {what}: it is empty.")


def kept_label(text: str, what: str) -> str:
    """A name that may be left empty."""
    return text if text == "" else kept_name(text, what)


def _kept(text: str, what: str, longest: int, blank: str) -> str:
    if not is_written(text):
        raise PlainError(blank.format(what=what))
    if len(text) > longest:
        raise PlainError(f"What you wrote for {what} has {len(text):,} characters: {longest:,} is the most.")
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise PlainError(f"What you wrote for {what} holds a character that is not text: please type it again.")
    return text


def json_object(text: str, what: str) -> str:
    """The text of a JSON object of at most 20,000 characters, as it was given."""
    try:
        loaded = json.loads(_kept(text, what, LONGEST_WORDS, blank="There is nothing for {what}."))
    except json.JSONDecodeError:
        loaded = None
    if not isinstance(loaded, dict):
        raise PlainError(f"What was given for {what} cannot be read: it is not a JSON object.")
    return text
