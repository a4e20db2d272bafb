"""Text on a page. Names in it come from files: all is escaped here, so that it reads as written and does nothing.

Markdown widgets of Streamlit take text only through `equity.words.escaping.markdown`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from equity.words import glossary
from equity.words.escaping import html
from equity.words.glossary import Term
from equity.words.labels.layout import LAYOUT_TEXTS
from equity.words.work import records


class Happening(NamedTuple):
    """Something on a line of time: when, whose, what; what ``more`` opens under it; whether a note stands before it."""

    when: str
    whose: str
    said: str
    details: Sequence[tuple[str, str]]
    more: str
    violence: bool
    ours: bool


def title(text: str, below: str = "") -> None:
    """The page's name as its first heading, and one line that says what the page answers."""
    line = f'<p class="lens-below">{html(below)}</p>' if below else ""
    st.html(f'<header class="lens-title"><h1>{html(text)}</h1>{line}</header>')


def presented_title(text: str, below: str = "") -> None:
    """A question or a finding as the only heading of a screen that a room looks at; ``below`` asks for something."""
    line = f"<p>{html(below)}</p>" if below else ""
    st.html(f'<header class="lens-presented"><h1>{html(text)}</h1>{line}</header>')


def position(text: str) -> None:
    """Where one stands in a row of things: "2 of 5"."""
    st.html(f'<p class="lens-position">{html(text)}</p>', width="content")


def heading(text: str, level: int = 2) -> None:
    """A heading inside a page; ``level`` is 2 for a card, 3 for a part of one."""
    st.html(_heading(text, level))


def both_texts(said: str, theirs: str, yours: str) -> None:
    """What two people wrote at once, after the sentence that says so."""
    notice([said])
    listed(records.THEIRS, theirs.splitlines())
    listed(records.YOURS, yours.splitlines())


def _heading(text: str, level: int) -> str:
    return f'<h{level} class="lens-heading">{html(text)}</h{level}>'


def answer(text: str, marks: Sequence[str] = (), below: Sequence[str] = ()) -> None:
    """The answer in one sentence, large; ``below`` it what it comes to, then how reliable it is and what is hidden."""
    line = "".join(f"<li>{_mark(mark)}</li>" for mark in marks)
    under = f'<ul class="lens-marks" aria-label="How sure">{line}</ul>' if marks else ""
    more = f'<p class="lens-comes-to">{html(" ".join(below))}</p>' if below else ""
    meant = glossary.found_in(marks)
    if not meant:
        st.html(f'<section class="lens-answer"><p>{html(text)}</p>{more}{under}</section>')
        return
    st.html(f'<section class="lens-answer"><p>{html(text)}</p>{more}</section>')
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="answer_marks"):
        st.html(under, width="content")
        with st.popover(
            LAYOUT_TEXTS["what_do_these_words_mean"], type="tertiary", icon=":material/help:", key="words_meant"
        ):
            terms(meant)


_DRAWN = {"●": "full", "◑": "right", "◐": "left", "○": "empty"}


def _mark(text: str) -> str:
    """A mark and its words; a circle is drawn, for half of one is a sliver where a font lacks it."""
    drawn = _DRAWN.get(text[:1])
    if drawn is None:
        return html(text)
    return f'<span class="lens-circle lens-{drawn}">{html(text[:1])}</span>{html(text[1:])}'


def terms(meanings: Sequence[Term]) -> None:
    """Words of the field with what they mean."""
    items = "".join(f"<li><b>{html(term.word)}</b> {html(term.meaning)}{_also(term)}</li>" for term in meanings)
    st.html(f'<ul class="lens-terms">{items}</ul>')


def _also(term: Term) -> str:
    """Other words for it, but for those that its meaning names already."""
    also = [word for word in term.also if word not in term.meaning]
    return f" <span>Also: {html(', '.join(also))}.</span>" if also else ""


def paragraph(text: str) -> None:
    """A sentence or two in body size."""
    st.html(f'<p class="lens-text">{html(text)}</p>')


def small(text: str) -> None:
    """A remark in small type."""
    st.html(f'<p class="lens-small">{html(text)}</p>')


def example(text: str) -> None:
    """A made-up example of what will stand here, set apart in grey."""
    st.html(f'<p class="lens-small lens-example">{html(text)}</p>')


def listed(name: str, sentences: Sequence[str], level: int = 3) -> None:
    """A short list of sentences under a small heading; nothing when there are none. ``level`` is 2 where no card is."""
    if sentences:
        st.html(_listed(name, sentences, level))


def _listed(name: str, sentences: Sequence[str], level: int = 3) -> str:
    items = "".join(f"<li>{html(sentence)}</li>" for sentence in sentences)
    return f'<section class="lens-list"><h{level}>{html(name)}</h{level}><ul>{items}</ul></section>' if items else ""


def icons(name: str, told: Sequence[tuple[Sequence[str], str, str]]) -> None:
    """A list of sentences, each behind its icons (letters) and with a side: better, worse or neither.

    The sentence says what icons and colour say.
    """
    if told:
        items = "".join(
            f'<li class="lens-{side or "neither"}">{"".join(f"<b>{html(icon)}</b>" for icon in letters)} '
            f"{html(sentence)}</li>"
            for letters, sentence, side in told
        )
        st.html(f'<section class="lens-list lens-icons"><h3>{html(name)}</h3><ul>{items}</ul></section>')


def quote(name: str, text: str, level: int = 3) -> None:
    """A question to talk about, set apart under a small heading; ``level`` is 2 where no card is."""
    st.html(_quote(name, text, level))


def _quote(name: str, text: str, level: int = 3) -> str:
    return f'<section class="lens-list lens-prompt"><h{level}>{html(name)}</h{level}><p>{html(text)}</p></section>'


def to_talk_about(question: str, sure: Sequence[str], not_told: Sequence[str], then: str) -> None:
    """A question to talk about, set apart; how sure the answer is; what it does not tell; a heading, if any.

    All in one piece: each piece of a page costs everybody who waits for it.
    """
    parts = [
        _quote("To talk about", question),
        _listed(LAYOUT_TEXTS["how_sure"], sure),
        _listed("What this does not tell us", not_told),
        _heading(then, 3) if then else "",
    ]
    st.html(f'<div class="lens-beside">{"".join(parts)}</div>')


def notice(sentences: Sequence[str]) -> None:
    """Something that a person should know before reading on, such as a wish that was not applied."""
    if sentences:
        items = "".join(f"<p>{html(sentence)}</p>" for sentence in sentences)
        st.html(f'<div class="lens-notice" role="status">{items}</div>')


def problem(sentence: str) -> None:
    """What went wrong and what to do about it, in one sentence."""
    st.html(f'<div class="lens-notice lens-problem" role="alert"><p>{html(sentence)}</p></div>')


def timeline(decades: Sequence[tuple[str, Sequence[Happening]]], note: str) -> None:
    """Happenings in their order, in one piece: each costs everybody who waits for the page.

    ``decades`` are headings with what stands under them; ``note`` stands before what tells of violence.
    """
    st.html(
        "".join(
            f'<section class="lens-timeline"><h3>{html(name)}</h3><ul>'
            f"{''.join(_happening(each, note) for each in inside)}</ul></section>"
            for name, inside in decades
        )
    )


def _happening(told: Happening, note: str) -> str:
    rest = "".join(f"<p><b>{html(name)}</b> {html(text)}</p>" for name, text in told.details)
    body = f"<p>{html(told.said)}</p><details><summary>{html(told.more)}</summary>{rest}</details>"
    if told.violence:
        body = f"<details><summary>{html(note)}</summary>{body}</details>"
    head = f"<p><b>{html(told.when)}</b> <span>{html(told.whose)}</span></p>"
    return f'<li class="{"lens-ours" if told.ours else "lens-theirs"}">{head}{body}</li>'
