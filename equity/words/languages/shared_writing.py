"""What a team wrote and shares with its leaders, in the reader's language: a reflection, an answer, a statement.

What people wrote stands as they wrote it; the names of its parts, days and quarters are the language's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from equity.improvement.team.history import Acknowledgement
from equity.improvement.team.reflections import PIECES, LeaderReply, ReflectionPart
from equity.words.escaping import one_line
from equity.words.languages import leader_pieces as pieces
from equity.words.languages.language import Language

_STATEMENT = ("happened", "harmed", "our_part", "now")


def reflection_titled(quarter: str, of: Language) -> str:
    """A quarter's reflection by its name."""
    return of.say("reflection.title", quarter=pieces.one_period(quarter, of))


def part_told(part: ReflectionPart, of: Language) -> list[str]:
    """What is said of a milestone, line by line."""
    written = {piece: getattr(part, piece).strip() for piece in PIECES}
    return [f"{of.say(f'piece.{piece}')}: {one_line(text, 4000)}" for piece, text in written.items() if text]


def told_beside_help(part: ReflectionPart, of: Language) -> list[str]:
    """The same where the help that is wanted stands before it."""
    return part_told(replace(part, help=""), of)


def help_wanted(parts: Iterable[ReflectionPart], of: Language) -> list[str]:
    """What a team asks of its leaders, milestone by milestone."""
    asked = (part for part in parts if part.help.strip())
    return [f"{of.say(f'milestone.{part.milestone}')}: {one_line(part.help, 4000)}" for part in asked]


def reply_told(given: LeaderReply, of: Language) -> list[str]:
    """A leader's answer, line by line."""
    read = of.say("reply.read", words=one_line(given.read, 4000))
    if not given.will_do:
        return [read, of.say("reply.promises_nothing")]
    words = one_line(given.will_do, 4000)
    if not given.by_when:
        return [read, of.say("reply.will", words=words)]
    return [read, of.say("reply.will_by", words=words, day=pieces.date_said(given.by_when, of))]


def statement_told(statement: Acknowledgement, of: Language) -> list[str]:
    """An approved statement in full, line by line, without its title."""
    written = {part: getattr(statement, part).strip() for part in _STATEMENT}
    lines = [f"{of.say(f'statement.{part}')}: {one_line(text, 4000)}" for part, text in written.items() if text]
    who, day = one_line(statement.approved_by, 200), pieces.date_said(statement.approved, of)
    return [*lines, of.say("statement.approved", who=who, day=day)]


def statement_named(statement: Acknowledgement, of: Language) -> str:
    """A statement's name, or what stands for one."""
    return one_line(statement.title, 120) or of.say("statement.untitled")
