"""The order in which categories are shown: the mapping's, the standard's, the values' own; unknowns last."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from equity.intake.columns.categories import kind_of
from equity.intake.spellings.missing import squeeze
from equity.intake.spellings.standards import spoken, standard
from equity.vocabulary import Category, CategoryKind, StratifierMapping

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_EDITION = re.compile(r"\([a-z]+ ?(?:19|20)\d\d\)")  # "(IMD2019)": which index it was, no place in an order
_LADDERS: tuple[tuple[str, ...], ...] = (
    (
        "lowest",
        "very low",
        "low",
        "lower middle",
        "middle",
        "medium",
        "moderate",
        "upper middle",
        "high",
        "very high",
        "highest",
    ),
    ("poorest", "poorer", "poor", "second", "middle", "third", "fourth", "rich", "richer", "richest"),
    (
        "least deprived",
        "second least deprived",
        "third less deprived",
        "fourth less deprived",
        "less deprived",
        "fifth less deprived",
        "average",
        "fifth more deprived",
        "more deprived",
        "fourth more deprived",
        "third more deprived",
        "second most deprived",
        "most deprived",
    ),
    (
        "none",
        "no education",
        "primary",
        "less than high school",
        "some high school",
        "secondary",
        "high school",
        "high school graduate",
        "some college",
        "associate",
        "college",
        "bachelor",
        "college graduate",
        "graduate",
        "higher",
    ),
    ("mild", "moderate", "severe"),
    ("small", "medium", "large"),
    (
        "infant",
        "newborn",
        "child",
        "children",
        "adolescent",
        "teen",
        "young adult",
        "adult",
        "middle aged",
        "older adult",
        "elderly",
        "senior",
    ),
    ("never", "rarely", "sometimes", "often", "always"),
)


def arrange(values: Iterable[str], mapping: StratifierMapping) -> tuple[Category, ...]:
    """The categories in the order they are shown: the mapping's order, the standard's, the values' own; unknowns
    last."""
    shipped = standard(mapping.standard) if mapping.standard else None
    kinds: dict[str, CategoryKind] = {}
    for value in set(values):
        category = shipped.find(value) if shipped else None
        kinds[value] = category.kind if category else kind_of(value)
    wanted = {spoken(v): place for place, v in enumerate(mapping.order or (shipped.values if shipped else ()))}
    ordered = mapping.ordered or bool(mapping.order)

    def place(value: str) -> tuple[object, ...]:
        late = {"group": 0, "other": 1}.get(kinds[value], 2)
        given = wanted.get(spoken(value), math.inf)
        return (
            late if given == math.inf else min(late, 0) if mapping.order else late,
            given,
            natural(value) if ordered else (),
            value.casefold(),
        )

    return tuple(Category(v, kinds[v]) for v in sorted(kinds, key=place))


def natural(value: str) -> tuple[float, ...]:
    """A sort key under which age bands, incomes, fifths and words such as low, middle, high stand in their order."""
    word = squeeze(value).casefold()
    numbers = [float(n.replace(",", "")) for n in _NUMBER.findall(_EDITION.sub("", word))]
    if numbers:
        below = re.match(r"^\W*(?:<|≤|less|under|below|up to|fewer)", word) is not None
        above = "+" in word or re.search(r"(?:>|≥|more|over|above|older|and up|or above)", word) is not None
        lead = 0.0 if below and len(numbers) == 1 else numbers[0]
        return (0.0, lead, -1.0 if below else (1.0 if above and len(numbers) == 1 else 0.0), numbers[-1])
    heard = spoken(value)
    steps = [
        (len(step), number, place)
        for number, ladder in enumerate(_LADDERS)
        for place, step in enumerate(ladder)
        if re.search(rf"\b{step}\b", heard)
    ]
    if steps:
        # The longest step that the value says: "less than high school" is no "high".
        _, number, place = max(steps, key=lambda each: (each[0], -each[1]))
        return (1.0, float(number), float(place), 0.0)
    return (2.0, 0.0, 0.0, 0.0)
