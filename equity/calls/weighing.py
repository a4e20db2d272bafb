"""What a call knows of weights: which decision is weighed, how many have finished, and all points once revealed.

Points before the reveal are not in a call's log at all: they are kept where only their giver may read them
(`equity/actions/calls/call_weights.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class CriterionPoints:
    """How a criterion was weighed: (lens, points) of each person, fewest first."""

    criterion: str
    points: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Weighed:
    """The weighing of a call. ``decision`` is empty where nothing is weighed; ``spreads`` before the reveal."""

    decision: str = ""
    finished: int = 0
    spreads: tuple[CriterionPoints, ...] = ()

    def counted(self, body: Mapping[str, Any]) -> Weighed:
        """Somebody finished, or changed their points."""
        return replace(self, finished=int(body["finished"]))

    def revealed(self, body: Mapping[str, Any]) -> Weighed:
        """Everybody's points, at once, the widest disagreement first."""
        spreads = tuple(
            CriterionPoints(name, tuple((str(lens), float(n)) for lens, n in points))
            for name, points in body["spreads"]
        )
        return replace(self, finished=int(body["finished"]), spreads=spreads)

    def again(self, _body: Mapping[str, Any]) -> Weighed:
        """Everybody weighs once more: what was seen is put away."""
        return replace(self, spreads=())
