"""What happened in a call, as the log keeps it. Events are only ever added; the state of a call is made from them.

| kind | body |
|---|---|
| opened | title, cards (page, link, question, asked, groups, unit, parts), agenda, names (in minutes), decision |
| joined | participant, name, lens, key (SHA-256) |
| moved | card, stage |
| remembered | card, sentence: the finding as it was when the card was revealed; told to nobody during the call |
| card_added | card, and offer: the id of the offer that it was, where it was one |
| offered | id, card, name: a card that a member found and that whoever leads may add |
| contributed | id, stage, card, words, anchor, lens, participant and name (empty when anonymous), client, owner, day |
| contributed, by a scribe | the same, with scribe |
| edited | id, words |
| withdrawn | id |
| hidden | id, reason |
| voted | id, participant, on |
| weighed | finished: how many have weighed; never who, never what |
| weights_revealed | finished; spreads: [criterion, [[lens, points] …]] as everybody may see them |
| weighing_again | – |
| handed_over | name |
| ended | – |
| became | id, words: what became of a contribution, filled in later |
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "opened",
    "joined",
    "moved",
    "remembered",
    "card_added",
    "offered",
    "contributed",
    "edited",
    "withdrawn",
    "hidden",
    "voted",
    "weighed",
    "weights_revealed",
    "weighing_again",
    "handed_over",
    "ended",
    "became",
]


@dataclass(frozen=True)
class CallEvent:
    """One entry of a call's log. ``seq`` counts from 1 without gaps."""

    seq: int
    at: dt.datetime
    kind: Kind
    body: Mapping[str, Any]
