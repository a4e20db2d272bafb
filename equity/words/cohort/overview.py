"""All teams of a cohort in words: where each says that it is, told and not scored."""

from __future__ import annotations

import datetime as dt
from typing import Final

from equity.improvement.milestones import MILESTONES
from equity.network.members import Meeting, Member
from equity.network.overview import Overview, TeamSeen
from equity.network.pieces import Standing
from equity.words.days import describe_date, describe_day
from equity.words.escaping import one_line
from equity.words.numbers import count
from equity.words.work.path import MILESTONE

WHERE: Final = "Where we are"
TEAMS: Final = "The teams"
CALENDAR: Final = "Calls for all teams"
TO_CALENDAR: Final = "All calls for your calendar"
OFF_THE_CALENDAR: Final = "Take this call off"
INVITED: Final = "Invited, not here yet"
CLOSE_INVITATION: Final = "Close this invitation"
TAKE_OUT: Final = "Take a team out"
TAKE_OUT_MEANS: Final = (
    "All that it shares leaves the cohort, and comparisons with its numbers are taken down. Its workspace stays its "
    "own."
)
ASKING: Final = "Help asked for"
NO_TEAMS: Final = "No team has joined yet: invite one, or import a package."
NOTHING_TOLD: Final = "has not told yet where it is"
COLUMNS: Final = ("Team", "Where it is", "Help asked for", "Reflection", "Latest call", "Shares", "Questions open")
LONGEST_HELP: Final = 400


def in_short(seen: Overview) -> str:
    """How many teams there are, and how many ask for help."""
    asking = sum(bool(each.kept.content.standing and each.kept.content.standing.help) for each in seen.teams)
    due = sum(bool(each.reflection_due) for each in seen.teams)
    teams = f"{count(len(seen.teams))} team{'' if len(seen.teams) == 1 else 's'}"
    return f"{teams}. Asking for help: {count(asking)}. Reflections due: {count(due)}."


def asking(seen: Overview) -> list[str]:
    """What each team asks for, whole: a cell of the table may cut it."""
    told = ((each.kept.content, each.kept.content.standing) for each in seen.teams)
    return [f"{one_line(team.name)}: {one_line(said.help, LONGEST_HELP)}" for team, said in told if said and said.help]


def ages(seen: Overview) -> str:
    """Applications that wait, by age."""
    waiting = [f"{name} days: {count(number)}" for name, number in seen.ages if number]
    return f"Applications waiting, by age: {'; '.join(waiting)}." if waiting else "No application waits for an answer."


def row(seen: TeamSeen) -> dict[str, str]:
    """One team as a row of the table."""
    member = seen.kept.content
    standing = member.standing
    cells = (
        one_line(member.name),
        _where(standing),
        one_line(standing.help, LONGEST_HELP) if standing else "",
        _reflection(seen),
        describe_date(standing.last_call) if standing and standing.last_call else "",
        f"{count(seen.pieces)}, latest {describe_date(seen.latest)}" if seen.pieces else "nothing yet",
        count(seen.unanswered) if seen.unanswered else "",
    )
    return dict(zip(COLUMNS, cells, strict=True))


def _where(told: Standing | None) -> str:
    if told is None:
        return NOTHING_TOLD
    month = f"Month {told.month}" if told.month else "Not begun"
    held = [MILESTONE[name] for name in MILESTONES if told.held.get(name)]
    return f"{month}: {'; '.join(held).lower() or 'nothing held yet'} (told on {describe_date(told.said)})"


def _reflection(seen: TeamSeen) -> str:
    standing = seen.kept.content.standing
    if seen.reflection_due:
        return f"{seen.reflection_due} due"
    return one_line(standing.reflected) if standing else ""


def standing(told: Standing) -> list[str]:
    """Where a team says that it is, line by line."""
    said = [f"Month {told.month} of the path." if told.month else "The path has not begun yet."]
    said += [f"{MILESTONE[name]}: {count(told.held[name])} held." for name in MILESTONES if told.held.get(name)]
    if told.reflected:
        said.append(f"Latest reflection: {one_line(told.reflected)}.")
    if told.last_call:
        said.append(f"Latest learning call: {describe_date(told.last_call)}.")
    if told.help.strip():
        said.append(f"Help wanted: {one_line(told.help, 2_000)}")
    return said


def meeting(call: Meeting) -> str:
    """A call in a line."""
    begins = dt.datetime.fromisoformat(call.begins)
    where = f", {one_line(call.where, 400)}" if call.where else ""
    about = f" {one_line(call.about, 1_000)}" if call.about else ""
    when = f"{describe_day(begins.date())}, {begins:%H:%M} UTC"
    return f"{when}: {one_line(call.title, 200)}, {call.minutes} minutes{where}.{about}"


def member_line(member: Member) -> str:
    """A team in a list to choose from."""
    return one_line(member.name) if member.workspace else f"{one_line(member.name)} (by package)"
