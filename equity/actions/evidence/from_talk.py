"""Calls that were held, releases that were shared, what leaders answered, and who leads."""

from __future__ import annotations

from equity.actions.evidence.place import EvidencePlace, from_release, statements
from equity.network.evidence import Source, Statement
from equity.sharing import releases_in
from equity.store.records.calls import Call
from equity.store.workspace import links, people, replies
from equity.words.work import evidence as words


def calls(place: EvidencePlace) -> list[Statement]:
    """The calls that have ended, the latest first, with how many were there and wrote."""
    gathered: list[Statement] = []
    for call, state in place.ended_calls:
        standing = [c for c in state.contributions.values() if not c.is_gone]
        gathered += statements(words.call_held(state.title, len(state.participants), len(standing)), _source(call))
    return gathered


def learning(place: EvidencePlace) -> list[Statement]:
    """What became of the tests that calls agreed on."""
    gathered: list[Statement] = []
    for call, state in place.ended_calls:
        for each in state.contributions.values():
            if each.stage == "next_test" and each.became and not each.is_gone:
                gathered += statements(words.became(each.words, each.became), _source(call))
    return gathered


def releases_shared(place: EvidencePlace) -> list[Statement]:
    """Each release that has links, and how often they were opened."""
    here, told = place.here, list[Statement]()
    every = links.links_in(here.database, here.workspace)
    for release in releases_in(here.database, place.home, here.workspace):
        own = [link for link in every if link.release_id == release.id]
        if own and not release.revoked:
            sentence = words.shared(release.id, len(own), sum(link.opened_count for link in own))
            told += statements(sentence, from_release(release))
    return told


def leader_reply(place: EvidencePlace) -> list[Statement]:
    """What readers of the release answered."""
    if place.release is None:
        return []
    here = place.here
    return [
        Statement(
            words.replied(reply.name, reply.words),
            (Source("reply", f"to release {place.release.id}", words.day(reply.created)),),
        )
        for reply in replies.replies_to(here.database, here.workspace, place.release.id)
    ]


def leader(place: EvidencePlace) -> list[Statement]:
    """The workspace's leaders, by their role here."""
    here = place.here
    return [
        Statement(words.leads(member.person.shown_name), (_role(member),))
        for member in people.members(here.database, here.workspace)
        if member.role == "leader"
    ]


def _role(member: people.Member) -> Source:
    return Source("person", member.person.shown_name, words.day(member.since))


def _source(call: Call) -> Source:
    return Source("call", call.title, words.day(call.opened))
