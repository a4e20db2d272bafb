"""The evidence pack as one web page that opens without a network: words and sources; nothing in it runs."""

from __future__ import annotations

from equity.export.evidence.model import heading
from equity.export.report import words_page
from equity.network.evidence import EvidencePack, Shown, ShownPart, Statement
from equity.words.escaping import html
from equity.words.work import evidence as words


def as_web_page(pack: EvidencePack) -> bytes:
    """A whole HTML page in UTF-8."""
    parts = "".join(map(_part, pack.parts))
    about = f"<h1>{html(words.TITLE)}</h1><p class='small'>{html(words.about(pack))}</p>"
    return words_page(f"{words.TITLE}: {pack.workspace}", f"{about}{parts}")


def _part(shown: ShownPart) -> str:
    part = shown.part
    note = f"<p class='small'>{html(part.note)}</p>" if part.note else ""
    source = f"<p class='small'>{html(part.source)}</p>" if part.source else ""
    asked = "".join(map(_requirement, shown.shown))
    return f"<article class='sheet'><h2>{html(part.title)}</h2>{note}{asked}{source}</article>"


def _requirement(shown: Shown) -> str:
    asks = f"<p class='small'>{html(shown.requirement.asks)}</p>" if shown.requirement.asks else ""
    said = "".join(map(_statement, shown.statements))
    body = f"<ul>{said}</ul>" if said else ""
    return f"<h3>{html(heading(shown))}</h3>{asks}<p class='small'>{html(words.state(shown))}</p>{body}"


def _statement(said: Statement) -> str:
    return f"<li>{html(said.words)} <span class='small'>({html(words.sources(said.sources))})</span></li>"
