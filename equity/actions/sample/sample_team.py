"""A made-up team's work on the sample data, fifteen months in: focus, aims, drivers, projects, tests, scores, the path.

It shows what the pages are for before a team has anything of its own. Every record is by a made-up author, and pages
say so while it is there; one action takes all of it away. What it says is in `equity/words/sample/sample_team.py`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, Final

from equity.access.here import Here
from equity.access.may import require
from equity.actions.nouns import every_noun
from equity.actions.sample import sample_focus, sample_people
from equity.cube import Cube
from equity.focus.nouns import DECISION
from equity.improvement.aims import Aim, as_set
from equity.improvement.cycles import Cycle, CycleQuestion, Reading, Shown
from equity.improvement.drivers import DriverDiagram, put
from equity.improvement.nouns import AIM, CYCLE, DRIVERS, JOURNEY, PROJECT, SCORE
from equity.improvement.path import Journey, later
from equity.improvement.progress import baseline_of
from equity.improvement.progress_scale import ProgressScore
from equity.store.records import exchange, shelf
from equity.store.records.nouns import Noun
from equity.store.workspace.database import Database
from equity.store.workspace.person import LOCAL_OWNER, Person
from equity.vocabulary import PlainError
from equity.words.sample import sample_team as told

TEAM: Final = Person("sample" + "0" * 26, "Sample team (made up)", "", "sample", "sample")
BEGAN, AS_OF = dt.date(2023, 10, 1), dt.date(2025, 1, 10)
STORY: Final = 2
"""Counts up when what is written changes other than by its words, so that homes of earlier programs get it."""
Written = list[tuple[Noun[Any], exchange.Line]]


def may_fill(here: Here) -> bool:
    """Whether nobody has begun anything here: no path, no choice of focus, no aim, no project."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return not _has_begun(here.database, here.workspace)


def _has_begun(database: Database, workspace: str) -> bool:
    return bool(
        {noun.name for noun in (JOURNEY, DECISION, AIM, PROJECT)} & shelf.days_written(database, workspace).keys()
    )


def is_here(here: Here) -> bool:
    """Whether the made-up team's path stands in this workspace; then its work is among what the team has."""
    require(here.database, here.person, here.workspace, "see_workspace")
    return any(kept.author_id == TEAM.id for kept in shelf.listed(here.database, here.workspace, JOURNEY))


def refuse_made_up(here: Here) -> None:
    """Raise :class:`PlainError` where the made-up team's work would be told as the team's own."""
    if is_here(here):
        raise PlainError(
            "A made-up team’s work stands in this workspace: remove it on Our path before you tell others where you "
            "are."
        )


def put_at_first(database: Database, workspace: str, cube: Cube) -> bool:
    """Write the made-up team's work with the sample data, before anybody has begun; whether it was done."""
    if _has_begun(database, workspace):
        return False
    exchange.put(database, workspace, written(cube), by=LOCAL_OWNER, what="made-up team")
    return True


def renew(database: Database, workspace: str, cube: Cube) -> bool:
    """Write the made-up team's work anew in place of what an earlier program wrote; whether it was done.

    It is not where the work was taken away, or where people changed it or hung something of theirs on it: what people
    wrote stays as it is, and what it stands on too.
    """
    return exchange.put_anew(database, workspace, written(cube), TEAM.id, by=LOCAL_OWNER, what="made-up team")


def fill(here: Here, cube: Cube) -> None:
    """Write the made-up team's work into a workspace where nobody has begun; ``cube`` is the sample data's.

    Raises:
        PlainError: the workspace has work of its own.
    """
    require(here.database, here.person, here.workspace, "do_work")
    if not may_fill(here):
        raise PlainError("This workspace has work of its own: the made-up team goes into an empty one only.")
    exchange.put(here.database, here.workspace, written(cube), by=here.person, what="made-up team")


def remove(here: Here) -> None:
    """Withdraw every record of the made-up team, whatever it is; those of people stay."""
    require(here.database, here.person, here.workspace, "do_work")
    for noun in every_noun():
        for kept in shelf.listed(here.database, here.workspace, noun):
            if kept.author_id == TEAM.id:
                shelf.withdraw(here.database, here.workspace, noun, kept.id, seen_version=kept.version, by=here.person)


def written(cube: Cube) -> Written:
    """All records of the made-up team, parents before what hangs on them."""
    dataset = cube.description.dataset
    records: Written = [(JOURNEY, _line(JOURNEY, Journey(str(BEGAN), str(AS_OF)), "", 0))]
    records.append((DECISION, _line(DECISION, sample_focus.chosen_room(cube), "", 5)))
    records += [(AIM, _line(AIM, aim, "", 6, day)) for day, aim in zip((3, 17), made_up_aims(cube), strict=True)]
    first, second = (line.id for noun, line in records if noun is AIM)
    records.append((DRIVERS, _line(DRIVERS, _diagram(), first, 6)))
    for made in told.PROJECTS:
        aim, about = (first, told.AIMS[0]) if made.first_aim else (second, told.AIMS[1])
        records += _project(made, aim, Shown(dataset, about.measure, about.by, about.group))
    return records + sample_people.written(TEAM)


def _project(made: told.Made, aim: str, shown: Shown) -> Written:
    """A project under its aim, with its tests and the views on its progress."""
    line = _line(PROJECT, made.project, aim, made.month)
    records: Written = [(PROJECT, line)]
    records += [(CYCLE, _cycle(test, number, shown, line.id)) for number, test in enumerate(made.tests, start=1)]
    for view in made.scores:
        score = ProgressScore(view.value, view.side, view.evidence, view.said_by)
        records.append((SCORE, _line(SCORE, score, line.id, view.month)))
    return records


def made_up_aims(cube: Cube) -> tuple[Aim, ...]:
    """Both aims as they were set, each from what the sample data say of the year before."""
    held = cube.description
    drafts = [replace(aim, dataset=held.dataset) for aim in told.AIMS]
    whole = [replace(aim, baseline=baseline_of(cube, aim, sample_focus.PERIOD)) for aim in drafts]
    return tuple(as_set(aim, held.measure(aim.measure)) for aim in whole)


def _line(noun: Noun[Any], content: Any, parent: str, month: int, day: int = 3) -> exchange.Line:
    """A record of the made-up team in a month of its path, 0 is the first."""
    on = later(BEGAN.replace(day=1), month).replace(day=day)
    return exchange.line_of(noun, content, parent, by=TEAM, on=dt.datetime.combine(on, dt.time(15), dt.UTC))


def _diagram() -> DriverDiagram:
    diagram = DriverDiagram()
    for driver, strong, weak in told.DRIVERS:
        diagram = put(diagram, driver, strong, weak)
    return diagram


def _cycle(test: told.Test, number: int, shown: Shown, project: str) -> exchange.Line:
    """A test as it stands: predicted the day before it began, closed where it says what was decided."""
    begins = dt.date.fromisoformat(test.begins)
    moment = dt.datetime.combine(begins - dt.timedelta(days=1), dt.time(16), dt.UTC).isoformat(timespec="seconds")
    questions = tuple(
        CycleQuestion(asked, expects, "", moment, result, outcome) for asked, expects, result, outcome in test.questions
    )
    cycle = Cycle(
        number=number,
        objective=test.objective,
        questions=questions,
        who=test.who,
        what=test.what,
        where=test.where,
        begins=test.begins,
        ends=test.ends,
        scale=test.scale,
        shown=shown,
        readings=tuple(Reading(day, value, of) for day, value, of in test.readings),
        stage="closed" if test.decision else "do",
        opened=moment,
        learned=test.learned,
        decision=test.decision,
        why=test.why,
        next_plan=test.next_plan,
    )
    on = dt.datetime.combine(begins - dt.timedelta(days=1), dt.time(15), dt.UTC)
    return exchange.line_of(CYCLE, cycle, project, by=TEAM, on=on)
