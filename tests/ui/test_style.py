"""The style sheet keeps clear of what makes a browser look through the whole page again for each mark of a chart."""

from __future__ import annotations

import re
from pathlib import Path

from equity import ui

FOLDER = Path(ui.__file__).parent
WRITTEN = "\n".join((FOLDER / sheet).read_text(encoding="utf-8") for sheet in ("question/question.css", "style.css"))
SHEET = re.sub(r"/\*.*?\*/", "", WRITTEN, flags=re.DOTALL)


def test_what_asks_for_what_it_holds_is_small() -> None:
    """`:has` on the page or near it is asked again whenever Plotly adds or takes away a mark: two milliseconds each."""
    asking = [part.strip() for part in re.split(r"[{},]", SHEET) if ":has(" in part]
    assert [part for part in asking if not part.startswith(".st-key-choice_bar >")] == []


def test_who_asked_for_less_motion_gets_no_transitions_at_all() -> None:
    """A transition of any length, however short, has every changed style worked out twice."""
    (rule,) = re.findall(r"prefers-reduced-motion: reduce\) \{(.*)\}", SHEET)
    assert "transition: none !important" in rule
    assert "transition-duration" not in SHEET


def test_what_is_withheld_stays_in_sight() -> None:
    """What a release does not show is said in a card of its own, `lens-unseen`: no rule may take that out of sight."""
    rules = re.findall(r"([^{}]*)\{([^{}]*)\}", SHEET)
    of_withheld = [body for names, body in rules if re.search(r"\.lens-unseen(?![\w-])", names)]
    assert of_withheld
    assert not [body for body in of_withheld if re.search(r"clip|hidden|display: none|position: absolute", body)]
