"""How the files of a version were written, as far as their mapping leaves that to them; compared with the next ones."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """``decimal`` is the decimal mark, ``periods`` how periods are written (“9999-9”), ``day_first`` whether their days
    come first; ``answers`` are the words that say an outcome (empty where they are many, or numbers), ``levels`` each
    measure's rate or mean over everything. It stays in the version's folder, and no release holds it.
    """

    decimal: str = ""
    periods: tuple[str, ...] = ()
    day_first: bool = False
    answers: tuple[str, ...] = ()
    levels: tuple[tuple[str, float], ...] = ()

    def to_json(self) -> str:
        """As JSON text."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Form:
        """What :meth:`to_json` wrote."""
        raw = json.loads(text)
        return cls(
            raw["decimal"],
            tuple(raw["periods"]),
            raw["day_first"],
            tuple(raw["answers"]),
            tuple((name, float(level)) for name, level in raw["levels"]),
        )


NO_FORM = Form()
"""Of versions from before forms were kept, and of rows that an engine elsewhere counted."""
