"""The six milestones of the eighteen months, in the order in which teams usually meet them. Told, never scored."""

from __future__ import annotations

from typing import Literal, get_args

Milestone = Literal["history", "fluency", "capability", "focus", "aims", "portfolio"]
"""History acknowledged, fluency for structural issues, capability to use data through an equity lens, focus chosen,
aims developed, portfolio identified."""
MILESTONES: tuple[Milestone, ...] = get_args(Milestone)
