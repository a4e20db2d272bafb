"""The cards of a call as finished bytes: made once for each kind of reader, before anybody hears of the reveal.

There are three kinds of reader. ``team`` sees the workspace's numbers, ``release`` those of the call's release, and
``none`` the question alone. The bytes of one kind are never made from the source of another.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

import orjson
import pyarrow as pa

from equity.actions.calls import call_cards, call_opening
from equity.actions.calls.live_calls import LiveCall
from equity.actions.sources import CallSource
from equity.calls.state import CallCard
from equity.cards.card import Card
from equity.vocabulary import PlainError
from equity.words.call.calls import REFUSED

Reader = Literal["team", "release", "none"]
BROTLI_QUALITY: Final = 5
_CODINGS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "br": lambda content: pa.Codec("brotli", compression_level=BROTLI_QUALITY).compress(content, asbytes=True),
    "gzip": lambda content: gzip.compress(content, compresslevel=6, mtime=0),
    "": lambda content: content,
}


@dataclass(frozen=True)
class Finished:
    """A card as it leaves: its bytes in every coding, and their tag."""

    bodies: dict[str, bytes]
    tag: str
    made: Card | None = None


@dataclass
class _Place:
    lock: threading.Lock = field(default_factory=threading.Lock)
    finished: Finished | None = None


def finished(content: object, made: Card | None = None) -> Finished:
    """Write something as JSON in every coding, so that it is compressed once for everybody."""
    body = orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS)
    return Finished({name: pack(body) for name, pack in _CODINGS.items()}, hashlib.sha256(body).hexdigest()[:24], made)


class Pictures:
    """The finished cards of one call."""

    def __init__(self, live: LiveCall, home: Path, readers: tuple[Reader, ...]) -> None:
        self.live = live
        self.home = home
        self.readers = readers
        self._places: dict[tuple[int, Reader], _Place] = {}
        self._closed: dict[int, Finished] = {}
        self._lock = threading.Lock()

    def closed(self, card: CallCard) -> Finished:
        """The card before its reveal. No answer is asked for here."""
        if card.number not in self._closed:
            self._closed[card.number] = finished(call_cards.closed_payload(card))
        return self._closed[card.number]

    def opened(self, card: CallCard, reader: Reader) -> Finished:
        """The card after its reveal, as this kind of reader may see it; made once, whoever asks meanwhile waits."""
        if reader == "none":
            return self._without_numbers(card)
        if reader == "release" and self._is_closed():
            return self._without_numbers(card)
        with self._lock:
            place = self._places.setdefault((card.number, reader), _Place())
        with place.lock:
            if place.finished is None:
                place.finished = self._make(card, reader)
            return place.finished

    def ready(self, card: CallCard) -> None:
        """Make the card for every kind of reader that there may be."""
        for reader in self.readers:
            self.opened(card, reader)

    def prepare(self) -> None:
        """Make all cards, beside everything else."""
        for card in tuple(self.live.state.cards):
            self.ready(card)

    def _source(self, reader: Reader) -> CallSource | None:
        if reader == "team":
            return call_opening.workspace_source(self.live.database, self.home, self.live.call)
        return call_opening.release_source(self.live.database, self.home, self.live.call)

    def _make(self, card: CallCard, reader: Reader) -> Finished:
        source = self._source(reader)
        if source is None:
            return self._without_numbers(card)
        try:
            made = call_cards.card_of(card, source)
            return finished(call_cards.open_payload(card, made), made)
        except PlainError as refused:
            return finished(call_cards.refused_payload(card, str(refused)))
        except Exception:
            logging.getLogger(__name__).exception("A card of a call could not be made.")
            return finished(call_cards.refused_payload(card, REFUSED["failed"]))

    def _without_numbers(self, card: CallCard) -> Finished:
        return finished({**call_cards.closed_payload(card), "revealed": card.revealed, "without": True})

    def _is_closed(self) -> bool:
        """Whether the call's release was revoked, or is not its workspace's."""
        source = call_opening.release_source(self.live.database, self.home, self.live.call)
        try:
            return source is None or not source.release()
        except PlainError:
            return True
