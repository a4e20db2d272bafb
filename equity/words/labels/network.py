"""The network and its cohorts: every text by key; values stand in braces."""

from __future__ import annotations

from typing import Final

NETWORK_TEXTS: Final = {
    "name_of_the_cohort": "Name of the cohort",
    "what_it_is_about": "What it is about",
}
"""By key."""
