"""What people bring to a choice: criteria of their own, a rating of each area on each, and what matters how much."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from equity.vocabulary import PlainError

DATA_CRITERIA = ("burden", "certainty", "trend", "completeness")
"""The criteria that are taken from the data and never rated by hand."""
HIGHEST_RATING = 10.0
_PARTS = ("criteria", "ratings", "weights")


@dataclass(frozen=True)
class Weighing:
    """What the people of a team said.

    criteria   the names of their own criteria, in order
    ratings    area → criterion → 0 to 10 (10: most reason to choose it)
    weights    one a person: criterion → points, of the data's criteria too; empty when nobody has weighed yet
    """

    criteria: tuple[str, ...] = ()
    ratings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    weights: tuple[Mapping[str, float], ...] = ()

    @property
    def rated(self) -> tuple[str, ...]:
        """The people's criteria that at least one area was rated on; the others are left out of the comparison."""
        return tuple(c for c in self.criteria if any(c in of_area for of_area in self.ratings.values()))


def read_weighing(file: Path) -> Weighing:
    """Read ``{"criteria": [...], "ratings": {AREA: {CRITERION: 0-10}}, "weights": [{CRITERION: points}, ...]}``.

    Raises:
        PlainError: the file cannot be read, or something in it is not of that form; the sentence names the place.
    """
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise PlainError(f"“{file}” cannot be read ({error.strerror}): name the file of weights.") from error
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        line = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise PlainError(
            f"“{file.name}” is not JSON{line}: write criteria, ratings and weights as docs/commands.md shows."
        ) from error
    return weighing_of(content, file.name)


def weighing_of(content: object, name: str) -> Weighing:
    """The same from what was read; ``name`` is how an error calls the file.

    Raises:
        PlainError: something in it is not of the form that :func:`read_weighing` shows.
    """
    if not isinstance(content, dict) or not set(content) <= set(_PARTS):
        raise PlainError(f"“{name}” is not an object of criteria, ratings and weights alone: write it so.")
    listed = content.get("criteria", [])
    if not isinstance(listed, list) or not all(isinstance(c, str) and c.strip() for c in listed):
        raise PlainError(f'The criteria in “{name}” are no list of names: write them like ["feasibility"].')
    criteria = tuple(dict.fromkeys(c.strip() for c in listed if c.strip() not in DATA_CRITERIA))
    ratings = _ratings(content.get("ratings", {}), criteria, name)
    weights = _weights(content.get("weights", []), criteria, name)
    return Weighing(criteria, ratings, weights)


def _ratings(content: Any, criteria: Sequence[str], name: str) -> dict[str, dict[str, float]]:
    if not isinstance(content, dict) or not all(isinstance(of_area, dict) for of_area in content.values()):
        raise PlainError(f'The ratings in “{name}” are not of the form {{"AREA": {{"criterion": 0 to 10}}}}.')
    ratings: dict[str, dict[str, float]] = {}
    for area, of_area in content.items():
        for criterion, value in of_area.items():
            if criterion in DATA_CRITERIA:
                raise PlainError(
                    f"“{name}” rates “{area}” on {criterion}, which is taken from the data: take that rating out."
                )
            if criterion not in criteria:
                raise PlainError(
                    f"“{name}” rates “{area}” on “{criterion}”, which is not among its criteria: add it there, or take "
                    "the rating out."
                )
            if not _is_number(value) or not 0 <= value <= HIGHEST_RATING:
                raise PlainError(f"The rating of “{area}” on “{criterion}” in “{name}” is not a number from 0 to 10.")
        ratings[area] = {criterion: float(value) for criterion, value in of_area.items()}
    return ratings


def _weights(content: Any, criteria: Sequence[str], name: str) -> tuple[dict[str, float], ...]:
    if not isinstance(content, list) or not all(isinstance(one, dict) for one in content):
        raise PlainError(f'The weights in “{name}” are no list of people\'s points, like [{{"burden": 60}}].')
    for place, one in enumerate(content, start=1):
        for criterion, points in one.items():
            if criterion not in criteria and criterion not in DATA_CRITERIA:
                raise PlainError(
                    f"Set {place} of weights in “{name}” weighs “{criterion}”, which is no criterion: use "
                    f"{', '.join((*DATA_CRITERIA, *criteria))}."
                )
            if not _is_number(points) or points < 0:
                raise PlainError(
                    f"The points for “{criterion}” in set {place} of weights in “{name}” are not a number of 0 or more."
                )
        if not sum(one.values()) > 0:
            raise PlainError(f"Set {place} of weights in “{name}” gives no points to anything: give 100 points.")
    return tuple({criterion: float(points) for criterion, points in one.items()} for one in content)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
