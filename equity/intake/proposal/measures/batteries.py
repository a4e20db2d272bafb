"""Columns that are many of one kind, such as twenty drugs as No, Steady, Up and Down: no outcome, and no grouping."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equity.intake.columns.column_names import STRATIFIERS, heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.spellings.missing import MISSING
from equity.intake.spellings.yes_no import NO, YES, answer_word

MANY = 5
MOST_WORDS = 8
_FORM_STATUS = re.compile(r"(?:^| )complete$")
_FORM_STATES = frozenset({"0", "1", "2", "incomplete", "unverified", "complete"})
_REDCAP = re.compile(r"^redcap_|^record_id$|^Record ID$|___")


def batteries(columns: Sequence[ColumnProfile]) -> frozenset[str]:
    """The names of the columns that share one small list of words with at least five others.

    The list must hold two words besides yes, no and unknown: many questions answered by yes and no are measures.
    """
    said = {
        c.name: frozenset(word for v in c.values if (word := answer_word(v)) not in MISSING)
        for c in columns
        if 0 < c.distinct <= MOST_WORDS
        and c.type in ("text", "yes or no")
        and c.highest is None
        and not any(pattern.search(heard(c.name)) for _, _, pattern, _ in STRATIFIERS)
    }
    lists = {words for words in said.values() if len(words - YES - NO) >= 2}
    names: set[str] = set()
    for words in lists:
        alike = {name for name, own in said.items() if own and own <= words}
        full = {name for name in alike if len(said[name] - YES - NO) >= 2}
        if len(alike) >= MANY and len(full) >= MANY - 1:
            names |= alike
    return frozenset(names)


def is_form_status(column: ColumnProfile, columns: Sequence[ColumnProfile]) -> bool:
    """Whether a column says that a form of REDCap was filled in (``vitals_complete``), which is no outcome."""
    if not _FORM_STATUS.search(heard(column.name).rstrip("? ")) or not is_redcap(columns):
        return False
    return {v.casefold() for v in column.values} <= _FORM_STATES


def is_redcap(columns: Sequence[ColumnProfile]) -> bool:
    """Whether the columns' names are those of an export from REDCap."""
    return any(_REDCAP.search(c.name) for c in columns)
