"""All teams of a cohort as its facilitator sees them: what each told and shared. No number of patients."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from equity.access.here import Here
from equity.access.may import require
from equity.actions.network.applications import applications
from equity.actions.network.membership import teams
from equity.actions.network.places import led_place
from equity.improvement.team.reflections import quarter_to_reflect_on
from equity.network.applications import UNANSWERED, age, reminder
from equity.network.members import Member
from equity.network.nouns import ASK, SHARED_PIECE
from equity.network.overview import AGES, Overview, TeamSeen
from equity.store.records import shelf, tallies
from equity.vocabulary import period_label


def overview(here: Here, on: dt.date | None = None) -> Overview:
    """Every team of the cohort on one page."""
    require(here.database, here.person, here.workspace, "lead_network")
    place, day = led_place(here), on or dt.datetime.now(dt.UTC).date()
    counted = tallies.by_parent(here.database, place.workspace, SHARED_PIECE.name)
    asks = shelf.listed(here.database, place.workspace, ASK)
    owner = tallies.parents(here.database, place.workspace, SHARED_PIECE.name)
    waiting = Counter(owner.get(kept.parent, "") for kept in asks if not kept.content.answer)
    due = quarter_to_reflect_on(day)
    seen = []
    for kept in teams(here):
        pieces, latest = counted.get(kept.id, (0, ""))
        owed = due if _owes(kept.content, due) else ""
        seen.append(TeamSeen(kept, pieces, latest, waiting[kept.id], owed))
    open_ones = [each.content for each in applications(here) if each.content.state in UNANSWERED]
    days = [age(each, day) for each in open_ones]
    ages = tuple((name, sum(first <= each <= last for each in days)) for name, first, last in AGES)
    nudges = sum(reminder(each, day) is not None for each in open_ones)
    return Overview(tuple(sorted(seen, key=_help_first)), ages, nudges)


def _owes(team: Member, due: str) -> bool:
    """Whether a team has not reflected on a quarter in which it was in the cohort."""
    reflected = "" if team.standing is None else team.standing.reflected
    was_in = not team.joined or period_label(dt.date.fromisoformat(team.joined), "quarter") <= due
    return was_in and reflected < due


def _help_first(seen: TeamSeen) -> tuple[bool, str]:
    standing = seen.kept.content.standing
    return (standing is None or not standing.help.strip(), seen.kept.content.name.casefold())
