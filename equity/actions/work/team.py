"""The team, action by action: who is in it, letters of commitment, who was at calls, and the relationship practice.

Of the practice only who was drawn with whom is kept, and that a group met when all of it say so. Whether one person
said so is theirs alone, and gone when all have.
"""

from __future__ import annotations

import datetime as dt
import secrets
from contextlib import suppress

from equity.access.here import Here
from equity.access.may import require
from equity.actions.calls.live_calls import LiveCall
from equity.calls.state import CallState
from equity.improvement.team import letters as letter_rules
from equity.improvement.team import pairing
from equity.improvement.team import team as rules
from equity.improvement.team.letters import Letter
from equity.improvement.team.pairing import Round, Tick
from equity.improvement.team.team import Attendance, TeamPerson
from equity.improvement.team.team_nouns import LETTER, PERSON, ROUND, TICK
from equity.store.records import calls as call_log
from equity.store.records import shelf
from equity.store.records.calls import Call
from equity.store.records.kept import Kept, RecordConflict
from equity.store.workspace.clock import now
from equity.vocabulary import PlainError

CALLS_LOOKED_AT = 12


def people(here: Here) -> tuple[Kept[TeamPerson], ...]:
    """Everybody who is or was in the team, the longest there first."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return shelf.listed(here.database, here.workspace, PERSON)


def add_person(here: Here, person: TeamPerson) -> Kept[TeamPerson]:
    """Somebody joins."""
    require(here.database, here.person, here.workspace, "write_records")
    content = rules.joined(person, (kept.content for kept in people(here)), _today())
    return shelf.add(here.database, here.workspace, PERSON, content, by=here.person)


def save_person(here: Here, kept: Kept[TeamPerson], person: TeamPerson) -> Kept[TeamPerson]:
    """Save what the team knows of somebody. Raises :class:`RecordConflict` when somebody saved it meanwhile."""
    require(here.database, here.person, here.workspace, "write_records")
    others = (each.content for each in people(here) if each.id != kept.id)
    return _save_person(here, kept, rules.reworded(kept.content, person, others, _today()))


def leave(here: Here, kept: Kept[TeamPerson]) -> Kept[TeamPerson]:
    """Somebody leaves; what they wrote stays, under the name they chose."""
    require(here.database, here.person, here.workspace, "write_records")
    return _save_person(here, kept, rules.gone(kept.content, _today()))


def come_back(here: Here, kept: Kept[TeamPerson]) -> Kept[TeamPerson]:
    """Somebody who had left is in the team again."""
    require(here.database, here.person, here.workspace, "write_records")
    others = (each.content for each in people(here) if each.id != kept.id)
    return _save_person(here, kept, rules.joined(kept.content, others, _today()))


def this_is_me(here: Here, kept: Kept[TeamPerson]) -> Kept[TeamPerson]:
    """Whoever is signed in says which person of the team they are."""
    require(here.database, here.person, here.workspace, "write_records")
    return _save_person(here, kept, rules.claimed(kept.content, here.person.id))


def letters(here: Here) -> tuple[Kept[Letter], ...]:
    """The letters of commitment, the oldest first."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return shelf.listed(here.database, here.workspace, LETTER)


def begin_letter(here: Here, renews: Kept[Letter] | None = None) -> Kept[Letter]:
    """Keep the draft of a letter; one that renews another begins with its words."""
    require(here.database, here.person, here.workspace, "write_records")
    draft = Letter() if renews is None else letter_rules.renewed(renews.id, renews.content)
    return shelf.add(here.database, here.workspace, LETTER, draft, by=here.person)


def save_letter(here: Here, kept: Kept[Letter], letter: Letter) -> Kept[Letter]:
    """Save a draft as it is typed; a signed letter is never changed."""
    require(here.database, here.person, here.workspace, "write_records")
    return _save_letter(here, kept, letter_rules.reworded(kept.content, letter))


def sign_letter(here: Here, kept: Kept[Letter], letter: Letter, day: dt.date) -> Kept[Letter]:
    """Write down that a letter was signed on a day."""
    require(here.database, here.person, here.workspace, "write_records")
    return _save_letter(here, kept, letter_rules.signed(letter_rules.reworded(kept.content, letter), day, _today()))


def attendance(here: Here) -> tuple[Attendance, ...]:
    """Who of the team was at the latest calls, the newest first."""
    require(here.database, here.person, here.workspace, "see_workspace")
    team = [(kept.id, kept.content) for kept in people(here)]
    latest = call_log.calls_in(here.database, here.workspace)[:CALLS_LOOKED_AT]
    return tuple(_attended(call, LiveCall(here.database, call).state, team) for call in latest)


def _attended(call: Call, state: CallState, team: list[tuple[str, TeamPerson]]) -> Attendance:
    names = [each.name for each in state.participants.values()] if state.names_in_minutes else None
    return rules.attended(call.title, call.opened.date(), names, len(state.participants), team)


def rounds(here: Here) -> tuple[Kept[Round], ...]:
    """The rounds of the relationship practice, the oldest first."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return shelf.listed(here.database, here.workspace, ROUND)


def draw_round(here: Here, size: int, minutes: int, *, with_reports: bool = False) -> Kept[Round]:
    """Draw who talks with whom next, of those who are here and take part."""
    require(here.database, here.person, here.workspace, "write_records")
    team = [(kept.id, kept.content) for kept in people(here) if not kept.content.left and kept.content.practice]
    before = [kept.content for kept in rounds(here)]
    apart = frozenset() if with_reports else rules.reports(team)
    seed = secrets.randbelow(2**31)
    drawn = pairing.draw([key for key, _ in team], pairing.drawn_in(before), apart, size, seed)
    made = pairing.round_of(drawn, _today().isoformat(), minutes, len(before), with_reports=with_reports)
    return shelf.add(here.database, here.workspace, ROUND, made, by=here.person)


def say_met(here: Here, kept: Kept[Round], person: Kept[TeamPerson]) -> None:
    """Say that one's group met. When all of it have said so the round says it, and what each said is gone.

    Raises:
        PlainError: the person signs in under another account, or is not in the round.
    """
    require(here.database, here.person, here.workspace, "write_records")
    if person.content.account not in ("", here.person.id):
        raise PlainError(f"Only {person.content.name} can say that they met.")
    group = pairing.group_of(kept.content, person.id)
    if group is None:
        raise PlainError(f"{person.content.name} was not drawn this time.")
    mine = Tick(person.id, group)
    if mine not in [each.content for each in _said(here, kept)]:
        shelf.add(here.database, here.workspace, TICK, mine, by=here.person, parent=kept.id, readers="author")
    _settle_met(here, kept)


def _settle_met(here: Here, kept: Kept[Round]) -> None:
    """Mark the groups all of which have said that they met; whoever comes second at the same moment sees both."""
    while True:
        stands, said = shelf.one(here.database, here.workspace, ROUND, kept.id), _said(here, kept)
        held = pairing.ticked(stands.content, (each.content for each in said))
        if held == stands.content:
            return
        try:
            shelf.edit(here.database, here.workspace, ROUND, kept.id, held, seen_version=stands.version, by=here.person)
        except RecordConflict:
            continue
        for each in said:
            if each.content.group in held.met:
                _take_back(here, each)
        return


def _take_back(here: Here, word: Kept[Tick]) -> None:
    """Withdraw what somebody said; whoever settled another group at the same moment may have done so already."""
    with suppress(RecordConflict):
        shelf.withdraw(here.database, here.workspace, TICK, word.id, seen_version=word.version, by=here.person)


def _said(here: Here, kept: Kept[Round]) -> tuple[Kept[Tick], ...]:
    return shelf.listed(here.database, here.workspace, TICK, parent=kept.id)


def said_met(here: Here, kept: Kept[Round]) -> frozenset[str]:
    """The people for whom whoever is here has said that they met, and nobody else's word."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return frozenset(each.content.person for each in _said(here, kept) if each.author_id == here.person.id)


def _save_person(here: Here, kept: Kept[TeamPerson], content: TeamPerson) -> Kept[TeamPerson]:
    return shelf.edit(
        here.database, here.workspace, PERSON, kept.id, content, seen_version=kept.version, by=here.person
    )


def _save_letter(here: Here, kept: Kept[Letter], content: Letter) -> Kept[Letter]:
    return shelf.edit(
        here.database,
        here.workspace,
        LETTER,
        kept.id,
        content,
        seen_version=kept.version,
        by=here.person,
        milestone=content.is_signed,
    )


def _today() -> dt.date:
    return now().date()
