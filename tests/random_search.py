"""How the suite searches at random: the same examples every time, or many fresh ones when asked.

The ordinary suite must say the same twice, so Hypothesis draws from a seed of each test's own. ``EQUITY_EXAMPLES=20``
draws twenty times as many, fresh ones on every run: a search to leave running (CONTRIBUTING, Check). What it finds
becomes an ``@example``.
"""

from __future__ import annotations

import os
from typing import Final

from hypothesis import settings

ASKED: Final = os.environ.get("EQUITY_EXAMPLES", "")
TIMES: Final = int(ASKED or "1")


def examples(ordinary: int) -> int:
    """How many examples a test draws that draws ``ordinary`` many in the ordinary suite."""
    return ordinary * TIMES


def load_profile() -> None:
    """Set Hypothesis up for all tests. No deadline: time says nothing about whether a number is right."""
    settings.register_profile("ordinary", deadline=None, derandomize=True)
    settings.register_profile("fresh", deadline=None, max_examples=examples(100), print_blob=True)
    settings.load_profile("fresh" if ASKED else "ordinary")
