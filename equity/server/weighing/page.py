"""The page on which a phone weighs a decision: one form, filled in here, every name in it escaped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from equity.focus.room import FocusRoom, candidates_of, criteria_of
from equity.vocabulary.lenses import LENSES
from equity.words import focus as words
from equity.words import focus_page, weighing_page
from equity.words.escaping import html

_FRAME: Final = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="same-origin">'
    '<link rel="stylesheet" href="{base}/call/files/call.css"></head><body><main>{inside}</main>{script}</body></html>'
)


def page(
    base: str,
    token: str,
    room: FocusRoom,
    lens: str,
    points: Mapping[str, str],
    finished: int,
    *,
    kept: bool = False,
    done: bool = False,
    problem: str = "",
) -> str:
    """The form with one's own points. ``finished`` is how many people have finished; nobody else's points are here."""
    told = f'<p role="status" class="hint">{html(problem or weighing_page.kept(done))}</p>' if kept or problem else ""
    options = "".join(
        f'<option value="{html(each)}"{" selected" if each == lens else ""}>{html(each.capitalize())}</option>'
        for each in ("", *LENSES)
    )
    rows = "".join(_row(room, place, name, points.get(name, "")) for place, name in enumerate(criteria_of(room)))
    among = "".join(f"<li>{html(name)}</li>" for name in candidates_of(room))
    inside = (
        f"<h1>{html(room.title)}</h1>{told}<p>{html(weighing_page.WHAT)}</p>"
        f"<details><summary>{html(weighing_page.AMONG)}</summary><ul>{among}</ul></details>"
        f'<form class="weigh" method="post" action="{html(base)}/weigh/{html(token)}"'
        f' data-all="{html(weighing_page.ALL_GIVEN)}" data-left="{html(weighing_page.LEFT)}"'
        f' data-over="{html(weighing_page.OVER)}">'
        f'<label>{html(weighing_page.LENS)}<select name="lens" required>{options}</select></label>{rows}'
        f'<p class="left" role="status" aria-live="polite"></p><div class="send">'
        f'<button class="first" name="done" value="yes">{html(weighing_page.FINISHED)}</button>'
        f'<button name="later" value="yes">{html(weighing_page.LATER)}</button></div></form>'
        f'<p class="small">{html(focus_page.finished(finished))} {html(weighing_page.PRIVATE)}</p>'
    )
    return _FRAME.format(
        title=html(room.title),
        base=html(base),
        inside=inside,
        script=f'<script type="module" src="{html(base)}/weigh/files/weigh.js"></script>',
    )


def _row(room: FocusRoom, place: int, name: str, value: str) -> str:
    """One criterion: its name, what 0 and 10 mean, its points, and two buttons that a script wakes."""
    own = next((c for c in room.criteria if c.name.strip() == name), None)
    meant = f"0: {own.nothing} 10: {own.everything}" if own is not None else weighing_page.FROM_DATA[name]
    field, label = f"points_{place}", words.criterion_name(name)
    steps = "".join(
        f'<button type="button" hidden data-field="{field}" data-step="{step}" '
        f'aria-label="{html(label)}: {html(said)}">{sign}</button>'
        for step, sign, said in ((-5, "−5", "five fewer"), (5, "+5", "five more"))
    )
    return (
        f'<label for="{field}">{html(label)}</label><p class="small" id="{field}_means">{html(meant)}</p>'
        f'<div class="tools"><input id="{field}" name="{field}" type="number" inputmode="numeric" min="0" max="100" '
        f'step="any" value="{html(value)}" aria-describedby="{field}_means" '
        f'style="flex:1 1 4rem;width:4rem;min-width:0">{steps}</div>'
    )


def sentence_page(base: str, sentence: str) -> str:
    """A page that says one thing."""
    return _FRAME.format(
        title=html(weighing_page.TITLE), base=html(base), inside=f"<h1>{html(sentence)}</h1>", script=""
    )
