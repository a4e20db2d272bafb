"""Common quality measures, recognised by name or identifier (standards/measures.toml names the sources)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from equity.intake.spellings.standards import FOLDER, spoken
from equity.vocabulary import Kind, Measure, Polarity

_WORSE = re.compile(
    r"\b(?:death|deaths|mortality|died|readmi\w*|complication\w*|infection\w*|injur\w*|fall|falls|poor|uncontrolled|"
    r"missed|no show|late"
    r"|delay\w*|wait\w*|error\w*|harm|avoidable|preventable|incidence|prevalence|cases|diagnos\w*|overdose\w*|"
    r"cesarean|caesarean|preterm"
    r"|low birth\s?weight|left without|unmet|without|lack of|insecur\w*|uninsured|smok\w*|obes\w*|length of stay|"
    r"los|refus\w*|suicide"
    r"|homicide|eclampsia|hemorrhage|haemorrhage|stunting|wasting|underweight|anaemia|anemia|morbidity|"
    r"stillbirth\w*|abuse|violence)\b"
)
_BETTER = re.compile(
    r"\b(?:screen\w*|control\w*|vaccin\w*|immuni\w*|visit\w*|follow up|followup|adheren\w*|completed|completion|"
    r"coverage|insured|access"
    r"|tested|testing|exam\w*|met|goal|satisf\w*|recommend\w*|remission|breast\s?feeding|breastfed|prenatal|"
    r"antenatal|postpartum|postnatal"
    r"|counsel\w*|treated|treatment|therapy|skilled|suppression|bundle|compliance|received|offered|care)\b"
)
_MEAN = re.compile(
    r"\b(?:minutes|hours|days|time|length|los|average|mean|score|wait\w*|median|years lost|expectancy)\b"
)


@dataclass(frozen=True)
class CatalogueEntry:
    """A measure of the catalogue, with the identifiers and the other names under which extracts carry it."""

    name: str
    identifiers: tuple[str, ...]
    spellings: tuple[str, ...]
    clinical_area: str
    kind: Kind
    polarity: Polarity
    multiplier: float


@cache
def catalogue() -> tuple[CatalogueEntry, ...]:
    """Every measure that is shipped."""
    raw = tomllib.loads((FOLDER / "measures.toml").read_text(encoding="utf-8"))
    return tuple(
        CatalogueEntry(
            m["name"],
            tuple(m["identifiers"]),
            tuple(m["spellings"]),
            m["clinical_area"],
            m["kind"],
            m["polarity"],
            m.get("multiplier", 1),
        )
        for m in raw["measure"]
    )


@cache
def _by_spelling() -> dict[str, CatalogueEntry]:
    found: dict[str, CatalogueEntry] = {}
    for entry in catalogue():
        for text in (entry.name, *entry.identifiers, *entry.spellings):
            found.setdefault(spoken(text), entry)
    return found


def recognise(name: str) -> CatalogueEntry | None:
    """The catalogue's measure of this name: the whole name or identifier, else the longest of its names inside it."""
    heard = re.sub(r"^(cms ?\d+)(?: ?v\d+\w*)$", r"\1", spoken(name))
    if heard in _by_spelling():
        return _by_spelling()[heard]
    inside = [
        (len(spelling), entry)
        for spelling, entry in _by_spelling().items()
        if len(spelling) > 5 and not spelling.isdigit() and re.search(rf"\b{re.escape(spelling)}\b", heard)
    ]
    if inside:
        return max(inside, key=lambda found: found[0])[1]
    return next(
        (
            _by_spelling()[w]
            for w in (spoken(p) for p in re.split(r"[\s_:(),]+", name))
            if w.isalpha() and len(w) == 3 and w.upper() in name and w in _by_spelling()
        ),
        None,
    )


def polarity_by_words(name: str) -> Polarity:
    """Which way is better, by the words of a measure's name; neutral when they do not say."""
    heard = spoken(name.replace("_", " "))
    if _WORSE.search(heard):
        return "lower_better"
    return "higher_better" if _BETTER.search(heard) else "neutral"


def measure_for(name: str, shape: str) -> Measure:
    """A meaning for a measure that its mapping does not describe: the catalogue's, else by the words of its name."""
    entry = recognise(name)
    if entry is not None:
        return Measure(name, entry.kind, entry.polarity, entry.clinical_area, entry.multiplier)
    heard = spoken(name.replace("_", " "))
    kind: Kind = "mean" if shape != "counts" and _MEAN.search(heard) else "proportion"
    return Measure(name, kind, polarity_by_words(name))
