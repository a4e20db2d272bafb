"""Which grouping holds ages, and the years that each of its bands spans."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from equity.stats.standardization.standard_populations import Band, overlap
from equity.vocabulary import Description, Stratifier

_FEWEST = 2
_YEARS = r"\s*(?:years?|yrs?|y)?(?:\s*old)?"
_AGES = r"^(?:ages?|aged)?\s*"
_BETWEEN = re.compile(rf"{_AGES}(\d{{1,3}})\s*(?:[-–—‐]|to|through)\s*(\d{{1,3}}){_YEARS}$", re.IGNORECASE)
_UNDER = re.compile(rf"{_AGES}(?:under|less than|below|younger than|<)\s*(\d{{1,3}}){_YEARS}$", re.IGNORECASE)
_UP_TO = re.compile(rf"{_AGES}(?:≤|<=|up to)\s*(\d{{1,3}}){_YEARS}$", re.IGNORECASE)
_FROM = re.compile(
    rf"{_AGES}(?:(?:≥|>=)\s*(\d{{1,3}}){_YEARS}|(\d{{1,3}}){_YEARS}\s*(?:\+|plus|(?:and|or) (?:over|older|above|up)))$",
    re.IGNORECASE,
)
_SINGLE = re.compile(rf"{_AGES}(\d{{1,3}}){_YEARS}$", re.IGNORECASE)
_INFANT = re.compile(r"^infants?$", re.IGNORECASE)


@dataclass(frozen=True)
class AgeGrouping:
    """A stratifier of ages, and the band of each of its categories; None for one that is no band ("Unknown")."""

    stratifier: Stratifier
    bands: tuple[Band | None, ...]


def age_grouping(description: Description, *besides: str) -> AgeGrouping | None:
    """The grouping of the data whose groups are all bands of age without overlap; None where there is none."""
    named = (s for s in description.stratifiers if s.name not in besides and re.search(r"\bage", _spaced(s)))
    return next((parsed for s in named if (parsed := _read(s)) is not None), None)


def band_of(name: str) -> Band | None:
    """The years that a band's name says: "18–34" is 18 up to 35, "75 and over" has no end; None for no band."""
    text = name.strip()
    if _INFANT.match(text):
        return (0.0, 1.0)
    if match := _BETWEEN.match(text):
        first, last = float(match[1]), float(match[2])
        return (first, last + 1.0) if first <= last else None
    if match := _UNDER.match(text):
        return (0.0, float(match[1])) if float(match[1]) > 0 else None
    if match := _UP_TO.match(text):
        return (0.0, float(match[1]) + 1.0)
    if match := _FROM.match(text):
        return (float(match[1] or match[2]), math.inf)
    if match := _SINGLE.match(text):
        return (float(match[1]), float(match[1]) + 1.0)
    return None


def _read(stratifier: Stratifier) -> AgeGrouping | None:
    bands = tuple(band_of(c.value) if c.kind == "group" else None for c in stratifier.categories)
    known = [band for band in bands if band is not None]
    whole = len(known) == sum(c.kind == "group" for c in stratifier.categories) >= _FEWEST
    return AgeGrouping(stratifier, bands) if whole and not overlap(known) else None


def _spaced(stratifier: Stratifier) -> str:
    return f"{stratifier.name} {stratifier.label}".casefold().replace("_", " ")
