"""The minutes of a call with its pictures: each card as it was seen, made again from its recipe and version."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from equity.actions.calls import call_cards
from equity.actions.calls.call_opening import release_source, workspace_source
from equity.actions.calls.live_calls import LiveCall
from equity.calls.minutes import CardMinutes, minutes_of
from equity.cards.card import Card, sheet_of
from equity.export.minutes import model
from equity.export.minutes.model import SeenCard, WholeMinutes
from equity.vocabulary import PlainError
from equity.words.call.calls import guesses_sentence
from equity.words.labels.export import EXPORT_TEXTS

FORMATS: Final = ("md", "html", "docx", "json")
MIME: Final = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


@dataclass(frozen=True)
class _Made:
    card: Card | None
    why_not: str


def whole_minutes(live: LiveCall, home: Path) -> WholeMinutes:
    """The minutes with their pictures: of the release where the call is on one, else of the workspace.

    A card that cannot be made any more stands with the sentence that was kept at its reveal, and says why.
    """
    live.catch_up()
    minutes = minutes_of(live.state)
    cards = tuple(_seen(live, home, each) for each in minutes.cards)
    return WholeMinutes(minutes, cards, live.call.release_id, _revoked(live, home))


def _revoked(live: LiveCall, home: Path) -> bool:
    """Whether the release that the call showed can be opened no more; False for a call on the workspace's numbers."""
    source = release_source(live.database, home, live.call)
    if source is None:
        return False
    try:
        source.release()
    except PlainError:
        return True
    return False


def passed_on(whole: WholeMinutes) -> WholeMinutes:
    """The minutes as they may leave the team: what a revoked release said stands on the team's page alone."""
    if not whole.revoked:
        return whole
    return replace(whole, cards=tuple(_without_its_sentence(seen) for seen in whole.cards))


def _without_its_sentence(seen: SeenCard) -> SeenCard:
    if not seen.said.card.sentence:
        return seen
    said = replace(seen.said, card=replace(seen.said.card, sentence=""))
    return replace(seen, said=said, why_not=f"{seen.why_not} {EXPORT_TEXTS['kept_for_the_team']}")


def as_file(whole: WholeMinutes, form: str) -> bytes:
    """The minutes in a format of :data:`FORMATS`, as they may leave the team. Whoever hands them out asks and logs.

    Raises :class:`PlainError` for a format that there is not.
    """
    if form not in FORMATS:
        raise PlainError(f"There are no minutes as “{form}”: choose one of {', '.join(FORMATS)}.")
    whole = passed_on(whole)
    if form == "md":
        from equity.export.minutes.markdown import as_markdown

        return as_markdown(whole).encode("utf-8")
    if form == "html":
        from equity.export.minutes.web_page import as_web_page

        return as_web_page(whole)
    if form == "docx":
        from equity.export.minutes.document import as_document

        return as_document(whole)
    return model.as_json(whole)


def _seen(live: LiveCall, home: Path, each: CardMinutes) -> SeenCard:
    if not each.card.revealed:
        return SeenCard(each, None, "", "", None)
    made = _made(live, home, each)
    strip = call_cards.strip_of(each.card, made.card, list(each.guesses))
    said = guesses_sentence(strip) if strip else ""
    if made.card is None:
        return SeenCard(each, None, made.why_not, said, strip)
    card = made.card
    drawn = sheet_of(card, _stratifiers(live, home, each), dt.datetime.now(dt.UTC).date())
    return SeenCard(each, drawn, "", said, strip)


def _made(live: LiveCall, home: Path, each: CardMinutes) -> _Made:
    source = release_source(live.database, home, live.call) or workspace_source(live.database, home, live.call)
    try:
        return _Made(call_cards.card_of(each.card, source), "")
    except PlainError as refused:
        return _Made(None, str(refused))


def _stratifiers(live: LiveCall, home: Path, each: CardMinutes) -> Any:
    source = release_source(live.database, home, live.call) or workspace_source(live.database, home, live.call)
    made = call_cards.fitting(call_cards.recipe_from(each.card), source)
    return made.description(source).stratifiers
