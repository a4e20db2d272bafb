"""What a language is, and which one a reader gets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from equity.words.glossary import Term

Known = TypeVar("Known")


@dataclass(frozen=True, eq=False)
class Language:
    """A language's texts and rules.

    texts    by key; values stand in braces. A text that depends on a number has the keys ``….one`` and ``….other``.
    names    standard names (of groups and groupings, of the shipped form's questions) as the language says them; what
             is not listed stays as the file has it.
    months   January to December.
    refused  refusals by their English sentences, which are made where their rules are; what differs in them stands in
             braces.
    """

    code: str
    own_name: str
    texts: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    months: tuple[str, ...] = ()
    glossary: tuple[Term, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)

    def say(self, key: str, /, **values: object) -> str:
        """The text of this key with its values."""
        return self.texts[key].format(**values)

    def counted(self, key: str, how_many: float, /, **values: object) -> str:
        """The text of this key for a number: English and Spanish have one form for 1 and one for all others."""
        return self.say(f"{key}.{'one' if how_many == 1 else 'other'}", **values)

    def day(self, when: dt.date) -> str:
        """A day as the language says it: "December 29, 2026", "29 de diciembre de 2026"."""
        return self.say("day", month=self.months[when.month - 1], day=when.day, year=when.year)

    def name(self, name: str) -> str:
        """A standard name in this language; any other as it is."""
        return self.names.get(name, name)

    def _listed(self, written: str) -> str:
        """What a refusal names, one thing or several, in this language as far as it knows them."""
        return "; ".join(map(self.name, written.split("; ")))

    def refusal(self, sentence: str) -> str:
        """A refusal in this language; one that it does not know stays in English."""
        for english, text in self.refused.items():
            match = re.fullmatch(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(english)), sentence, re.DOTALL)
            if match is not None:
                return text.format(**{key: self._listed(value) for key, value in match.groupdict().items()})
        return sentence


def chosen(known: Mapping[str, Known], *wishes: str | None) -> Known:
    """The first language wished for that is known, from tags such as ``es-MX``; else the first known."""
    for wish in wishes:
        code = (wish or "").replace("_", "-").partition("-")[0].lower()
        if code in known:
            return known[code]
    return next(iter(known.values()))
