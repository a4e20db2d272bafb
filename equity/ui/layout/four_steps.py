"""Which of IHI's four steps a page belongs to, and what to look for on it, in one line under the page's title.

Source: IHI, Advancing Health Equity: An Approach to Systematically Identify and Evaluate Health Disparities (2025).
"""

from __future__ import annotations

from equity.ui.layout import prose
from equity.words.labels.layout import LAYOUT_TEXTS

STEPS = {
    "scan": LAYOUT_TEXTS["step_1_of_ihis_four_choose"],
    "intersections": LAYOUT_TEXTS["step_2_of_ihis_four_stratify"],
    "completeness": LAYOUT_TEXTS["step_2_of_ihis_four_stratify_look"],
    "gap_sources": LAYOUT_TEXTS["step_4_of_ihis_four_quantify"],
    "summary": LAYOUT_TEXTS["step_4_of_ihis_four_quantify_pick"],
}


def say_step(name: str) -> None:
    """The line for a page."""
    prose.small(STEPS[name])
