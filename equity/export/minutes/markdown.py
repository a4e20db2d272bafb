"""The minutes as Markdown, which reads well as it stands. What people wrote is escaped: none of it comes alive."""

from __future__ import annotations

import re
from typing import Final

from equity.calls.state import Contribution
from equity.export.minutes.model import SeenCard, WholeMinutes, attendance, by_whom, open_points, table_of, when
from equity.words.call import call_weights
from equity.words.call.calls import MINUTES, STAGE_TITLES
from equity.words.escaping import one_line

_ALIVE: Final = re.compile(r"([\\`*_\[\]<>|$~])")
_STARTS: Final = re.compile(r"^(?:(?=[#+\-=:])|(\d+)(?=[.)](?:\s|$)))")
_LINKS: Final = re.compile(r"(?<=[A-Za-z])(?=://)|(?<=\bwww)(?=\.)|(?=@\S)", re.IGNORECASE)


def as_markdown(whole: WholeMinutes) -> str:
    """The whole text, ending with a line break."""
    minutes = whole.minutes
    lines = [f"# {markdown(minutes.title)}", "", f"{MINUTES['kind']}, {when(minutes)}."]
    lines += [markdown(f"{MINUTES['led_by']} {minutes.facilitator}.")] if minutes.facilitator else []
    lines += ["", f"## {MINUTES['who']}", "", *(f"- {markdown(said)}" for said in attendance(minutes))]
    for seen in whole.cards:
        lines += _card(seen)
    lines += ["", f"## {MINUTES['tests']}", ""]
    lines += [_voice(each) for each in minutes.tests] or [MINUTES["no_tests"]]
    weights = call_weights.minutes(minutes.weighed)
    lines += ["", f"## {call_weights.TITLE}", "", *(f"- {markdown(said)}" for said in weights)] if weights else []
    lines += ["", f"## {MINUTES['open']}", ""]
    lines += [f"- {markdown(said)}" for said in open_points(minutes)] or [MINUTES["nothing_open"]]
    return "\n".join(lines) + "\n"


def _card(seen: SeenCard) -> list[str]:
    card = seen.said.card
    lines = ["", f"## {MINUTES['picture']} {card.number}: {markdown(seen.title)}", ""]
    lines += [markdown(f"{MINUTES['asked']} {card.asked}"), ""]
    lines += [markdown(f"{MINUTES['then']} {seen.then}"), ""] if seen.then else []
    lines += [markdown(seen.why_not), ""] if seen.why_not else []
    if seen.sheet is not None:
        columns, rows = table_of(seen.sheet)
        lines += [f"| {' | '.join(map(markdown, columns))} |", f"|{'---|' * len(columns)}"]
        lines += [f"| {' | '.join(map(markdown, row))} |" for row in rows]
        lines += ["", *(f"- {markdown(said)}" for said in (seen.sheet.caption, *seen.sheet.record)), ""]
    if seen.guesses:
        lines += [f"### {MINUTES['guesses']}", "", markdown(seen.guesses), ""]
    for stage in seen.said.stages:
        lines += [f"### {STAGE_TITLES[stage.stage]}", ""]
        for lens, contributions in stage.by_lens():
            lines += [f"{markdown(lens.capitalize())}:", "", *(_voice(each) for each in contributions), ""]
    return lines


def _voice(contribution: Contribution) -> str:
    words = " ".join(markdown(line) for line in contribution.words.splitlines())
    return f"- {words} ({markdown(by_whom(contribution))})"


def markdown(text: str) -> str:
    """Plain text for Markdown that is read as text too: only what would come alive is escaped.

    An invisible word joiner parts the openings of addresses, which some readers turn into links.
    """
    line = _LINKS.sub("\u2060", one_line(text, 10_000))
    return _STARTS.sub(r"\1\\", _ALIVE.sub(r"\\\1", line).replace("&", "&amp;"))
