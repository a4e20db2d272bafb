"""Reflections: what is asked for each milestone, open points, who stands for it, what a leader reads and answers."""

from __future__ import annotations

from collections.abc import Iterable

from equity.improvement.team.reflections import (
    PIECES,
    LeaderReply,
    OpenPoint,
    Reflection,
    ReflectionPart,
    SignOff,
)
from equity.words import periods
from equity.words.days import describe_date
from equity.words.escaping import one_line
from equity.words.work.path import MILESTONE

PURPOSE = (
    "Once a quarter, half an hour together: what became of last time’s open points, what moved, what was hard, what "
    "you learned, what help you want. Your leader reads it on a phone and answers in writing."
)
EXAMPLE = (
    "Made-up example, capability to use data: “Progress: all four of us read the trend alone. Challenge: language is "
    "missing for a third. Learning: clerks skip the question when the line is long. Help wanted: one hour of IT.”"
)
PIECE_NAMES: dict[str, str] = {
    "progress": "Progress",
    "challenges": "Challenges",
    "learning": "What we learned",
    "help": "Help wanted",
}
BEGIN, SIGN = "Begin this reflection", "Sign it off"
OPEN_POINTS, NO_POINTS = "Open points from before", "No point is open from before."
SIGNATURE_GOES = (
    "A sign-off holds for the words that were signed. When they are changed, it is shown as an earlier one."
)
LEADERS_READ, COHORT_READS = "Leaders may read", "The cohort may read"
MAKE_LINK = "Make a link for the leader’s phone"
LINK_SHOWN_ONCE = (
    "Send this to your leader or the alternate. It is shown once, and opens what you chose and one release."
)
NUMBERS = (
    "What you wrote goes out as you wrote it. Pinned cards are answered from the release: a number that is too small "
    "to show stays hidden there, so do not type it here."
)
REMINDER = "Reminder for your calendar (.ics)"
WILL_BE_BACK = "What is open comes back first in the next reflection."
READ, WILL_DO, BY_WHEN, NAME = "What I read", "What I will do", "By when", "Your name"
SEND = "Send your answer"
THANKS = "Thank you. The team has your answer; what you promise comes back next quarter."
NOT_IN_RELEASE = "This release does not hold what the card asks."
CHANGED = "This is not there for you any more: the team has changed what leaders may read."


def quarter(label: str) -> str:
    """A quarter as it is read."""
    return periods.describe_period(label)


def titled(label: str) -> str:
    """A quarter's reflection by its name."""
    return f"Reflection of {quarter(label)}"


def reminder_title(label: str) -> str:
    """What stands in a calendar."""
    return f"Equity Lens: {titled(label)[0].lower()}{titled(label)[1:]}"


def piece(name: str) -> str:
    """A piece as it stands in a list to choose from."""
    milestone, _, part = name.partition(".")
    left = next((said for key, said in MILESTONE.items() if key == milestone), one_line(milestone))
    return f"{left}: {next((said for key, said in PIECE_NAMES.items() if key == part), one_line(part)).lower()}"


def part_told(part: ReflectionPart) -> list[str]:
    """What is said of a milestone, line by line."""
    return [f"{PIECE_NAMES[name]}: {one_line(text, 4000)}" for name in PIECES if (text := getattr(part, name).strip())]


def has_written(part: ReflectionPart | None) -> str:
    """Whether something is said of a milestone yet, beside its name."""
    count = 0 if part is None else len(part_told(part))
    return "nothing yet" if not count else f"{count} of {len(PIECES)} written"


def more_points(count: int) -> str:
    """That there are more open points than stand there."""
    return "One more open point" if count == 1 else f"{count} more open points"


def point(held: OpenPoint) -> str:
    """An open point in a line."""
    who = one_line(held.who, 80) if not held.promised_by else ""
    when = f"by {describe_date(held.by_when)}" if held.by_when else ""
    promised = f"{one_line(held.promised_by, 80)} promised: " if held.promised_by else ""
    tail = ", ".join(part for part in (who, when, f"since {quarter(held.since)}") if part)
    return f"{promised}{one_line(held.words, 1000)} ({tail})"


def closed(held: OpenPoint) -> str:
    """A point with what became of it."""
    return f"{one_line(held.words, 400)}: {one_line(held.became, 400)} ({describe_date(held.closed)})"


def signature(each: SignOff, *, stands: bool) -> str:
    """Who stands for a reflection, or stood for an earlier wording."""
    said = f"{one_line(each.name, 80)}, {describe_date(each.day)}"
    return said if stands else f"{said}; words were changed since"


def signatures(reflection: Reflection, standing: Iterable[bool]) -> list[str]:
    """Everybody who signed, in their order."""
    told = [signature(each, stands=now) for each, now in zip(reflection.signed, standing, strict=True)]
    return told or ["Nobody has signed it off yet."]


def reply(given: LeaderReply) -> list[str]:
    """A leader's answer, line by line."""
    when = f", by {describe_date(given.by_when)}" if given.by_when else ""
    will = f"Will do: {one_line(given.will_do, 4000)}{when}" if given.will_do else "Promises nothing this time."
    return [f"Read: {one_line(given.read, 4000)}", will]


def who_reads(reflection: Reflection) -> str:
    """Who may read a reflection, as it stands at its top."""
    leaders, cohort = len(reflection.for_leaders), len(reflection.for_cohort)
    said = "🔒 The team reads all of it."
    said += f" Leaders read {_pieces(leaders)}." if leaders else " Leaders read nothing of it."
    return said + (f" The cohort reads {_pieces(cohort)}." if cohort else "")


def _pieces(count: int) -> str:
    return "one piece" if count == 1 else f"{count} pieces"


def then_and_now(then: str, now: str) -> list[str]:
    """A pinned card's sentence as it was, and the same today."""
    return [f"Then: {one_line(then, 600)}", f"Now: {one_line(now, 600)}" if now else "Now: it cannot be made any more."]
