"""A SELECT that a team keeps under a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from equity.store.records.nouns import NOUNS, Noun
from equity.vocabulary import PlainError

LONGEST_NAME: Final = 80


@dataclass(frozen=True)
class KeptSelect:
    """The name, the statement, and the dataset that it was written for."""

    name: str
    sql: str
    dataset: str


KEPT_SELECT: Noun[KeptSelect] = NOUNS.add(Noun("kept_select", KeptSelect, "this query"))


def checked_name(name: str) -> str:
    """The name on one line; raises :class:`PlainError` when there is none or it is too long."""
    one_line = " ".join(name.split())
    if not one_line or len(one_line) > LONGEST_NAME:
        raise PlainError(f"Give the query a name of 1 to {LONGEST_NAME} characters.")
    return one_line
