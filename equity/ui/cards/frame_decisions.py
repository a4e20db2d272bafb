"""What was decided about a control chart, version by version, and what was answered to the four questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from equity.access.here import Here
from equity.ui.layout import prose
from equity.words import periods
from equity.words.days import describe_moment
from equity.words.labels.cards import CARD_TEXTS

if TYPE_CHECKING:
    from equity.store.records.chart_frames import FrameKey


def show_decisions(place: Here, key: FrameKey, whom: str, written: Callable[[float], str]) -> None:
    """List them, the latest first; ``whom`` is whose chart it is, ``written`` writes a target as its measure is."""
    from equity.store.records.chart_frames import frame_history
    from equity.store.records.frame_values import FOUR_QUESTIONS, in_words

    saved = frame_history(place.database, place.workspace, key)
    if not saved:
        prose.paragraph(CARD_TEXTS["nothing_has_been_decided_yet_about"].format(whom=whom))
    for each in saved:
        when = "" if each.saved is None else describe_moment(each.saved)
        prose.listed(f"Version {each.version}, {each.saved_by}, {when}", in_words(each.frame, written).splitlines())
    frame = saved[0].frame if saved else None
    asked = (
        [] if frame is None else [(f"Phase from {periods.describe_period(p.start)}", p.answers) for p in frame.phases]
    )
    if frame is not None and frame.baseline is not None and frame.baseline.answers is not None:
        asked.append(("Baseline", frame.baseline.answers))
    for name, answers in asked:
        prose.listed(
            name,
            [
                f"{text} {getattr(answers, key).said}. {getattr(answers, key).words}".strip()
                for key, text in FOUR_QUESTIONS.items()
            ],
        )
