"""The lists that the field shares: categories with their codes and the spellings seen in real extracts.

Each list is a data file in ``equity/intake/standards``: a title, its source, and categories in the order they are
shown.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from equity.intake.spellings.missing import squeeze
from equity.intake.spellings.nearest import did_you_mean
from equity.vocabulary import PlainError
from equity.vocabulary.stratifier import CategoryKind

_SIGNS = re.compile(r"[<>≤≥=+±−-]|&[lg]t;")
_PLUS_MINUS = re.compile(r"±|\+/-")
_SIGN_NAMES = (
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("<=", " at most "),
    ("=<", " at most "),
    ("≤", " at most "),
    (">=", " at least "),
    ("=>", " at least "),
    ("≥", " at least "),
    ("<>", " unlike "),
    ("<", " below "),
    (">", " above "),
    ("=", " equals "),
    ("+", " plus "),
    ("−", " minus "),
)
# A hyphen between words or numbers joins them; at the end of a word, or before a number that begins, it is a minus.
_MINUS = re.compile(r"(?<=\w)-(?=\s*(?:$|[,;)]))|(?:^|(?<=[\s(]))-(?=\d)")
# "... 1. White", "b) Asian": a place in a list, before a word.
_LIST_MARK = re.compile(r"^\s*[.…•·\s]*(?:(?:\d{1,2}|[a-z])[.):]\s+)?(?=[^\W\d])", re.IGNORECASE)
FOLDER = Path(__file__).parent.parent / "standards"


@dataclass(frozen=True)
class StandardCategory:
    """One category: its name, the code it carries (CDC/HL7, ISO 639, X12 …), what it is, and how else it is spelled."""

    value: str
    code: str
    kind: CategoryKind
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class Standard:
    """A list of categories that mappings name, such as ``omb-2024``. ``ordered``: its order means something."""

    name: str
    title: str
    source: str
    ordered: bool
    categories: tuple[StandardCategory, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """The categories' names, in order."""
        return tuple(c.value for c in self.categories)

    def find(self, text: str) -> StandardCategory | None:
        """The category that a text spells or whose code it is, or None."""
        index = _index(self.name)
        return index.get(spoken(text)) or index.get(spoken(_LIST_MARK.sub("", text)))

    def recognised(self, texts: list[str]) -> float:
        """The share of texts that this list knows, 0 to 1."""
        return sum(self.find(t) is not None for t in texts) / len(texts) if texts else 0.0


def spoken(text: str) -> str:
    """A category as it sounds: without case, punctuation and small words that extracts put in or leave out.

    Signs belong to names: ``<65`` and ``≥65``, ``A+`` and ``A-`` sound different.
    """
    word = squeeze(text).casefold().replace("_", " ").replace("&", " and ").replace("’", "'")
    if _SIGNS.search(word):
        word = _PLUS_MINUS.sub(" plus minus ", word)
        for sign, name in _SIGN_NAMES:
            word = word.replace(sign, name)
        word = _MINUS.sub(" minus ", word)
    word = re.sub(r"[^\w\s]", " ", word.replace("'", ""))
    return " ".join(w for w in word.split() if w not in ("or", "and", "the", "of"))


@cache
def standard_names() -> tuple[str, ...]:
    """Every list of categories that is shipped."""
    return tuple(sorted(p.stem for p in FOLDER.glob("*.toml") if p.stem != "measures"))


@cache
def standard(name: str) -> Standard:
    """The list of that name; raises :class:`PlainError` with the nearest name when there is none."""
    path = FOLDER / f"{name}.toml"
    if name not in standard_names():
        raise PlainError(f"There is no standard list “{name}”: {did_you_mean(name, standard_names())}")
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return Standard(
        name=name,
        title=raw["title"],
        source=raw["source"],
        ordered=raw.get("ordered", False),
        categories=tuple(
            StandardCategory(c["value"], c.get("code", ""), c.get("kind", "group"), tuple(c.get("spellings", ())))
            for c in raw["category"]
        ),
    )


@cache
def _index(name: str) -> dict[str, StandardCategory]:
    categories: dict[str, StandardCategory] = {}
    for category in standard(name).categories:
        for text in (category.value, category.code, *category.spellings):
            if text:
                categories.setdefault(spoken(text), category)
    return categories
