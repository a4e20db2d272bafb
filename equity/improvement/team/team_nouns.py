"""The records of the team itself: its people, letters and practice, its history, its reflections."""

from __future__ import annotations

from equity.improvement.dates import days
from equity.improvement.team.history import Acknowledgement, HistoryEvent, in_time
from equity.improvement.team.letters import Letter
from equity.improvement.team.pairing import Round, Tick
from equity.improvement.team.reflections import (
    LeaderReply,
    OpenPoint,
    PinnedCard,
    Reflection,
    ReflectionPart,
    point_in_time,
    quarter,
)
from equity.improvement.team.team import TeamPerson
from equity.store.records.nouns import NOUNS, Noun

EVENT: Noun[HistoryEvent] = NOUNS.add(Noun("history_event", HistoryEvent, "this event", in_time))
ACKNOWLEDGEMENT: Noun[Acknowledgement] = NOUNS.add(
    Noun("acknowledgement", Acknowledgement, "this statement", lambda held: days(held.approved))
)
PERSON: Noun[TeamPerson] = NOUNS.add(
    Noun("team_person", TeamPerson, "this person", lambda held: days(held.joined, held.left))
)
LETTER: Noun[Letter] = NOUNS.add(
    Noun("letter", Letter, "this letter", lambda held: days(held.signed, held.valid_until))
)
ROUND: Noun[Round] = NOUNS.add(Noun("practice_round", Round, "this round", lambda held: days(held.day)))
REFLECTION: Noun[Reflection] = NOUNS.add(
    Noun("reflection", Reflection, "this reflection", lambda held: quarter(held.quarter))
)
PART: Noun[ReflectionPart] = NOUNS.add(Noun("reflection_part", ReflectionPart, "this milestone"))
PINNED: Noun[PinnedCard] = NOUNS.add(Noun("pinned_card", PinnedCard, "this card"))
POINT: Noun[OpenPoint] = NOUNS.add(Noun("open_point", OpenPoint, "this point", point_in_time))
REPLY: Noun[LeaderReply] = NOUNS.add(Noun("leader_reply", LeaderReply, "this answer", lambda held: days(held.by_when)))
TICK: Noun[Tick] = NOUNS.add(Noun("met_tick", Tick, "this word"))
