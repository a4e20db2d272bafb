"""What is read of a request to a call: a JSON object, and the texts and numbers in it."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request

from equity.server.json_answers import Refused, json_object
from equity.words.call.calls import REFUSED

MOST_BYTES: Final = 32 * 1024
MOST_CRITERIA: Final = 20


async def json_of(request: Request) -> dict[str, Any]:
    """The JSON object of a request, of 32 kB at most."""
    return await json_object(request, MOST_BYTES, too_long=REFUSED["too large"], no_object=REFUSED["not json"])


def text(given: dict[str, Any], name: str) -> str:
    """A text of a request; halves of characters, which JSON can hold and UTF-8 cannot, become question marks."""
    value = given.get(name)
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def number(value: object) -> int:
    """A whole number of a request from 0 to 999; 0 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1000 else 0


def points_of(given: dict[str, Any]) -> dict[str, float]:
    """The points of a request by criterion, 0 to 100 each; raises :class:`Refused` for anything else."""
    points = given.get("points")
    if not isinstance(points, dict) or len(points) > MOST_CRITERIA:
        raise Refused(422, REFUSED["no points"])
    for value in points.values():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
            raise Refused(422, REFUSED["no points"])
    return {str(name): float(value) for name, value in points.items()}
