"""A card that somebody found while they looked around."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass
class Offer:
    """A card that a member found while they looked around: its event, who offers it, whether it was added."""

    id: str
    card: Mapping[str, Any]
    name: str
    taken: bool = False
