"""The minutes as one web page that opens without a network: pictures, tables and words; none of the words runs."""

from __future__ import annotations

from equity.calls.state import Contribution
from equity.export.minutes.model import SeenCard, WholeMinutes, attendance, by_whom, open_points, when
from equity.export.report import article, listed, page
from equity.words.call import call_weights
from equity.words.call.calls import MINUTES, STAGE_TITLES
from equity.words.escaping import html


def as_web_page(whole: WholeMinutes) -> bytes:
    """A whole HTML page in UTF-8."""
    minutes = whole.minutes
    led = f"<p>{html(MINUTES['led_by'])} {html(minutes.facilitator)}.</p>" if minutes.facilitator else ""
    tests = "".join(_voice(each) for each in minutes.tests)
    body = (
        f"<h1>{html(minutes.title)}</h1><p class='small'>{html(MINUTES['kind'])}, {html(when(minutes))}.</p>{led}"
        f"{listed(MINUTES['who'], attendance(minutes))}"
        f"{''.join(_card(seen, i) for i, seen in enumerate(whole.cards, start=1))}"
        f"<article><h2>{html(MINUTES['tests'])}</h2>{f'<ul>{tests}</ul>' if tests else _said(MINUTES['no_tests'])}"
        f"{listed(call_weights.TITLE, call_weights.minutes(minutes.weighed))}"
        f"{listed(MINUTES['open'], open_points(minutes) or [MINUTES['nothing_open']])}</article>"
    )
    return page(minutes.title, body)


def _card(seen: SeenCard, number: int) -> str:
    card = seen.said.card
    about = _said(f"{MINUTES['asked']} {card.asked}")
    about += _said(f"{MINUTES['then']} {seen.then}") if seen.then else ""
    about += _said(seen.why_not) if seen.why_not else ""
    words = f"<h3>{html(MINUTES['guesses'])}</h3>{_said(seen.guesses)}" if seen.guesses else ""
    for stage in seen.said.stages:
        words += f"<h3>{html(STAGE_TITLES[stage.stage])}</h3>"
        for lens, contributions in stage.by_lens():
            words += f"<p class='small'>{html(lens.capitalize())}</p><ul>{''.join(map(_voice, contributions))}</ul>"
    if seen.sheet is None:
        return f"<article><h2>{html(MINUTES['picture'])} {card.number}: {html(seen.title)}</h2>{about}{words}</article>"
    return article(seen.sheet, number, about + words)


def _voice(contribution: Contribution) -> str:
    words = "<br>".join(html(line) for line in contribution.words.splitlines())
    return f"<li>{words} <span class='small'>({html(by_whom(contribution))})</span></li>"


def _said(sentence: str) -> str:
    return f"<p>{html(sentence)}</p>"
