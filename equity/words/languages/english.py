"""The texts of the pages that a link opens, in English."""

from __future__ import annotations

from typing import Final

from equity.words.glossary import TERMS
from equity.words.languages.language import Language
from equity.words.work import aims, history, path, reflections

TEXTS: Final = {
    "language": "Language",
    "day": "{month} {day}, {year}",
    "period.quarter": "Q{quarter} {year}",
    "period.month": "{month} {year}",
    "own_words": "",
    "leader.title": "Results shared with you",
    "leader.release": "Release",
    "leader.release_named": "{dataset}, {day} ({id})",
    "leader.range": "range",
    "leader.from": "From “{dataset}”, released {day} by {who}.",
    "leader.local_owner": "the local owner",
    "leader.choose": "Look at another measure or group",
    "leader.measure": "Measure",
    "leader.by": "Group by",
    "leader.changed": "What changed since the last release",
    "leader.hidden": "What is not shown, and why",
    "leader.asked": "What is asked of you",
    "leader.discuss": "A question to discuss",
    "leader.guide": "How to read this page",
    "leader.glossary": "What do the words mean?",
    "aims.title": aims.SHARED_AIMS,
    "reflection.title": "Reflection of {quarter}",
    "reflection.signed": "Signed off by {signed}.",
    "reflection.name": reflections.NAME,
    "reflection.read": reflections.READ,
    "reflection.will": reflections.WILL_DO,
    "reflection.by_when": reflections.BY_WHEN,
    "reflection.send": reflections.SEND,
    "reflection.thanks": reflections.THANKS,
    "reflection.answered": "Answer by {name}",
    "reflection.not_in_release": reflections.NOT_IN_RELEASE,
    "reflection.changed": reflections.CHANGED,
    **{f"milestone.{name}": said for name, said in path.MILESTONE.items()},
    **{f"piece.{name}": said for name, said in reflections.PIECE_NAMES.items()},
    "reply.read": "Read: {words}",
    "reply.will": "Will do: {words}",
    "reply.will_by": "Will do: {words}, by {day}",
    "reply.promises_nothing": "Promises nothing this time.",
    **{f"statement.{part}": history.FIELDS[part] for part in ("happened", "harmed", "our_part", "now")},
    "statement.approved": "Approved by {who}, {day}.",
    "statement.untitled": "A statement without a title",
    "glossary.title": "Glossary",
    "glossary.asks": "What do the words here mean?",
    "glossary.find": "Find a word",
    "glossary.such_as": "gap, interval, hidden …",
    "glossary.none": "There is no such word here. Try a shorter one, or clear the box to see them all.",
    "reply.title": "Answer the team",
    "reply.name": "Your name (if you like)",
    "reply.words": "Your words",
    "reply.send": "Send",
    "reply.thanks": "Thank you. Your words have reached the team and stay with this release.",
    "download": "Download these numbers (CSV)",
    "download.made": "Release {release}, made {day}.",
    "passcode": "Passcode",
    "passcode.open": "Open",
    "passcode.wanted": "Please type the passcode that came with this link.",
    "passcode.wrong": "This is not the passcode of this link: please try again.",
    "passcode.locked": "The passcode was wrong too often: please try again in 15 minutes, or ask for a new link.",
    "link.nothing": "This link opens nothing: please check that it is whole, or ask for a new one.",
    "link.closed": "This link was closed by the team that made it: please ask for a new one.",
    "link.closed_now": "This link was closed just now: please ask for a new one.",
    "link.closed_meanwhile": "This link was closed meanwhile: please ask for a new one.",
    "link.expired": "This link was open until {day}: please ask for a new one.",
}
"""By key."""

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

ENGLISH: Final = Language("en", "English", TEXTS, months=MONTHS, glossary=TERMS)
