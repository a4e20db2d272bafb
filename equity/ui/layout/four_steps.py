"""Which of IHI's four steps a page belongs to, and what to look for on it, in one line under the page's title.

Source: IHI, Advancing Health Equity: An Approach to Systematically Identify and Evaluate Health Disparities (2025).
"""

from __future__ import annotations

from equity.ui.layout import prose

STEPS = {
    "scan": "Step 1 of IHI's four, choose a focus. Look for gaps that are clear and touch many people.",
    "intersections": "Step 2 of IHI's four, stratify. Look for a framed cell: its groups alone do not explain it.",
    "completeness": "Step 2 of IHI's four, stratify. Look for places to mend first, and for how the missing fare.",
    "gap_sources": "Step 4 of IHI's four, quantify. Look for whether the sites tell the same story as the whole.",
    "summary": "Step 4 of IHI's four, quantify. Pick the number by what you want to know, not by its size.",
}


def say_step(name: str) -> None:
    """The line for a page."""
    prose.small(STEPS[name])
