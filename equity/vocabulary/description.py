"""What a loaded dataset version holds: everything a page must know before it asks for a number."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any, Literal

from equity.vocabulary.doubt import Doubt
from equity.vocabulary.errors import PlainError
from equity.vocabulary.measure import Measure
from equity.vocabulary.period import Grain
from equity.vocabulary.reference import Reference
from equity.vocabulary.stratifier import Category, Stratifier

Tables = Literal["crossed", "one_way"]
Values = Literal["counts", "estimates"]


@dataclass(frozen=True)
class SourceFile:
    """A file that went into a version: its name as given, size in bytes and SHA-256."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Problem:
    """One finding of the checks: ``severity`` is ``note``, ``warning`` or ``set_aside``.

    ``row`` is 1 for the first line of the file (0 when it concerns no single row); ``count`` how many rows it concerns.
    """

    severity: Literal["note", "warning", "set_aside"]
    code: str
    message: str
    remedy: str
    column: str = ""
    row: int = 0
    count: int = 0


@dataclass(frozen=True)
class Description:
    """A version's contents, kept as ``description.json`` beside its cube.

    ``tables`` is ``one_way`` for long extracts (no two-way tables exist), else ``crossed``; ``values`` is ``estimates``
    for rates that came without counts. ``grain`` is the finest grain, ``periods`` every period of that grain that has
    rows, in order (empty when the extract has no period). ``has_person`` says whether ``people`` are distinct people.
    rows_in = rows_used + rows_set_aside, always. ``counted_by`` names the engine that counted the rows where they lie,
    such as Spark: the version holds its cube alone. It is empty where the rows are in the version. ``doubts`` are the
    open questions of the reading that were overruled: every page and export says them.
    """

    dataset: str
    version: int
    created: str
    shape: str
    tables: Tables
    values: Values
    grain: Grain
    periods: tuple[str, ...]
    has_person: bool
    rows_in: int
    rows_used: int
    rows_set_aside: int
    measures: tuple[Measure, ...]
    stratifiers: tuple[Stratifier, ...]
    sources: tuple[SourceFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    note: str = ""
    counted_by: str = ""
    doubts: tuple[Doubt, ...] = ()

    def measure(self, name: str) -> Measure:
        """The measure of that name; raises :class:`PlainError` that lists the names there are."""
        match = next((m for m in self.measures if m.name == name), None)
        if match is None:
            raise PlainError(
                f"The dataset “{self.dataset}” has no measure “{name}”: "
                f"it has {_listed(m.name for m in self.measures)}."
            )
        return match

    def stratifier(self, name: str) -> Stratifier:
        """The stratifier of that name or label; raises :class:`PlainError` that lists the names there are."""
        named = next((s for s in self.stratifiers if name in (s.name, s.label)), None)
        if named is None:
            raise PlainError(
                f"The dataset “{self.dataset}” is not grouped by “{name}”: "
                f"it is grouped by {_listed(s.name for s in self.stratifiers)}."
            )
        return named

    def to_json(self) -> str:
        """The description as JSON text, readable by a person."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Description:
        """The description that :meth:`to_json` wrote."""
        raw: dict[str, Any] = json.loads(text)
        raw["measures"] = tuple(Measure(**{**m, "reference": Reference(**m["reference"])}) for m in raw["measures"])
        raw["stratifiers"] = tuple(
            Stratifier(**{**s, "categories": tuple(Category(**c) for c in s["categories"])}) for s in raw["stratifiers"]
        )
        raw["sources"] = tuple(SourceFile(**s) for s in raw["sources"])
        raw["problems"] = tuple(Problem(**p) for p in raw["problems"])
        raw["doubts"] = tuple(
            Doubt(**{**d, "columns": tuple(d["columns"]), "or_else": tuple(d["or_else"])})
            for d in raw.get("doubts", ())
        )
        raw["periods"] = tuple(raw["periods"])
        return cls(**raw)


def _listed(names: Any) -> str:
    return ", ".join(f"“{n}”" for n in names) or "none"
