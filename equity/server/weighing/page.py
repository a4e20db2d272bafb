"""The page on which a phone weighs a decision: one form, filled in here, every name in it escaped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from equity.focus.room import FocusRoom, candidates_of, criteria_of
from equity.server.reader_language import language_links
from equity.vocabulary.lenses import LENSES
from equity.words.escaping import html, one_line
from equity.words.languages.language import Language
from equity.words.languages.phone_pages import PHONE_LANGUAGES
from equity.words.languages.phone_pages import finished as finished_in_words

_FRAME: Final = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="same-origin">'
    '<link rel="stylesheet" href="{base}/call/files/call.css"></head><body><main>{inside}{languages}</main>'
    "{script}</body></html>"
)
_TEXTS: Final = ("what", "among", "lens", "done", "later", "private", "all")


def page(
    base: str,
    token: str,
    room: FocusRoom,
    lens: str,
    points: Mapping[str, str],
    finished: int,
    of: Language,
    *,
    status: str = "",
) -> str:
    """The form with one's own points, and above it what became of them: ``status``, in the reader's language.

    ``finished`` is how many people have finished; nobody else's points are here.
    """
    texts = {key: html(of.say(f"weigh.{key}")) for key in _TEXTS}
    told = f'<p role="status" class="hint">{html(status)}</p>' if status else ""
    options = "".join(
        f'<option value="{html(each)}"{" selected" if each == lens else ""}>{html(of.name(each).capitalize())}</option>'
        for each in ("", *LENSES)
    )
    rows = "".join(_row(room, place, name, points.get(name, ""), of) for place, name in enumerate(criteria_of(room)))
    among = "".join(f"<li>{html(name)}</li>" for name in candidates_of(room))
    inside = (
        f"<h1>{html(room.title)}</h1>{told}<p>{texts['what']}</p>"
        f"<details><summary>{texts['among']}</summary><ul>{among}</ul></details>"
        f'<form class="weigh" method="post" action="{html(base)}/weigh/{html(token)}?lang={of.code}"'
        f' data-all="{texts["all"]}" data-left="{html(of.texts["weigh.left"])}"'
        f' data-over="{html(of.texts["weigh.over"])}">'
        f'<label>{texts["lens"]}<select name="lens" required>{options}</select></label>{rows}'
        f'<p class="left" role="status" aria-live="polite"></p><div class="send">'
        f'<button class="first" name="done" value="yes">{texts["done"]}</button>'
        f'<button name="later" value="yes">{texts["later"]}</button></div></form>'
        f'<p class="small">{html(finished_in_words(of, finished))} {texts["private"]}</p>'
    )
    return _FRAME.format(
        title=html(room.title),
        base=html(base),
        inside=inside,
        language=of.code,
        languages=language_links(of, PHONE_LANGUAGES, of.say("weigh.languages")),
        script=f'<script type="module" src="{html(base)}/weigh/files/weigh.js"></script>',
    )


def _row(room: FocusRoom, place: int, name: str, value: str, of: Language) -> str:
    """One criterion: its name, what 0 and 10 mean, its points, and two buttons that a script wakes."""
    own = next((c for c in room.criteria if c.name.strip() == name), None)
    field = f"points_{place}"
    if own is None:
        label, meant = of.say(f"weigh.criterion.{name}").capitalize(), of.say(f"weigh.from.{name}")
    else:
        label = f"{one_line(name)[:1].upper()}{one_line(name)[1:]}"
        meant = of.say("weigh.ends", nothing=own.nothing, everything=own.everything)
    steps = "".join(
        f'<button type="button" hidden data-field="{field}" data-step="{step}" '
        f'aria-label="{html(label)}: {html(said)}">{sign}</button>'
        for step, sign, said in ((-5, "−5", of.say("weigh.fewer")), (5, "+5", of.say("weigh.more")))
    )
    return (
        f'<label for="{field}">{html(label)}</label><p class="small" id="{field}_means">{html(meant)}</p>'
        f'<div class="tools"><input id="{field}" name="{field}" type="number" inputmode="numeric" min="0" max="100" '
        f'step="any" value="{html(value)}" aria-describedby="{field}_means" '
        f'style="flex:1 1 4rem;width:4rem;min-width:0">{steps}</div>'
    )


def sentence_page(base: str, sentence: str, of: Language) -> str:
    """A page that says one thing."""
    return _FRAME.format(
        title=html(of.say("weigh.title")),
        base=html(base),
        inside=f"<h1>{html(of.refusal(sentence))}</h1>",
        script="",
        language=of.code,
        languages=language_links(of, PHONE_LANGUAGES, of.say("weigh.languages")),
    )
