"""The lenses that people speak from: which part of the work they see."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from equity.vocabulary.errors import PlainError

LENSES: Final = ("data", "quality improvement", "equity", "patient-facing care", "community", "leadership")
TEAM: Final = "team"
"""What stands in place of a lens that only one person holds, and for whoever names none."""

_ALSO: Final[Mapping[str, str]] = MappingProxyType(
    {
        "qi": "quality improvement",
        "quality": "quality improvement",
        "quality_improvement": "quality improvement",
        "care": "patient-facing care",
        "patient-facing": "patient-facing care",
        "patient facing": "patient-facing care",
        "patient_facing": "patient-facing care",
        "patient_facing_care": "patient-facing care",
        "patient facing care": "patient-facing care",
        "leader": "leadership",
        "": TEAM,
        TEAM: TEAM,
    }
)


def read_lens(text: str) -> str:
    """The lens of that name, in its full form; raises :class:`PlainError` that lists the lenses there are."""
    name = " ".join(text.lower().split())
    if name in LENSES:
        return name
    if name in _ALSO:
        return _ALSO[name]
    raise PlainError(f"There is no lens “{text[:40]}”: choose one of {', '.join(LENSES)}.")
