"""The team and its history: who is in it, who signed for it, and what was acknowledged. Not what only some may read."""

from __future__ import annotations

import datetime as dt

from equity.actions.evidence.place import EvidencePlace, statements
from equity.improvement.team import letters as letter_rules
from equity.improvement.team import team as team_rules
from equity.improvement.team.team_nouns import ACKNOWLEDGEMENT, EVENT, LETTER, PERSON
from equity.network.evidence import Source, Statement
from equity.store.records import shelf
from equity.store.records.kept import Kept, Readers
from equity.store.records.nouns import Noun, T
from equity.words.work import evidence as words

FOR_OTHERS: tuple[Readers, ...] = ("leaders", "network")


def history(place: EvidencePlace) -> list[Statement]:
    """How many events of its own the team put on its timeline, and the statements that were approved."""
    events = [kept for kept in _all(place, EVENT) if kept.readers != "author"]
    told = []
    if events:
        latest = max(kept.edited for kept in events)
        told += statements(words.own_events(len(events)), Source("record", "History", words.day(latest)))
    for kept in _all(place, ACKNOWLEDGEMENT):
        statement = kept.content
        if statement.approved and kept.readers in FOR_OTHERS:
            source = Source("record", f"Statement: {statement.title}", statement.approved)
            told += statements(words.acknowledged(statement.title, statement.approved_by, statement.approved), source)
    return told


def team(place: EvidencePlace) -> list[Statement]:
    """How many people do the work, and which lenses nobody brings."""
    people = _all(place, PERSON)
    if not people:
        return []
    held = team_rules.composition(kept.content for kept in people)
    source = Source("record", "Team", words.day(max(kept.edited for kept in people)))
    return statements(words.team(held.counted, held.missing_lenses), source)


def letter(place: EvidencePlace) -> list[Statement]:
    """The letter of commitment that stands."""
    standing = letter_rules.standing(kept.content for kept in _all(place, LETTER))
    if standing is None or letter_rules.state(standing, dt.datetime.now(dt.UTC).date()) == "lapsed":
        return []
    source = Source("record", "Letter of commitment", standing.signed)
    return statements(words.letter(standing.signatory, standing.office, standing.signed, standing.valid_until), source)


def senior_leaders(place: EvidencePlace) -> list[Statement]:
    """Who stands as senior leader, or as alternate, above the team."""
    return [
        Statement(
            words.senior_leader(kept.content.name, kept.content.place),
            (Source("record", "Team", words.day(kept.edited)),),
        )
        for kept in _all(place, PERSON)
        if kept.content.place in ("senior leader", "alternate") and not kept.content.left
    ]


def _all(place: EvidencePlace, noun: Noun[T]) -> tuple[Kept[T], ...]:
    return shelf.listed(place.here.database, place.here.workspace, noun)
