"""A made-up year of a cohort: six teams on its server, three elsewhere by package; every action as people would do it.

``python -m tests.network.made_up_year FOLDER`` makes it in an empty folder and prints what happened.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

from equity.access.here import Here
from equity.actions.calls import call_moves, call_opening, call_voices
from equity.actions.calls.call_voices import Wanted
from equity.actions.calls.live_calls import live_call
from equity.actions.network import applications, cohorts, comparing, gallery, membership, packaging, sharing
from equity.actions.network.told import Wish
from equity.actions.work import aims as aim_actions
from equity.actions.work import cycles as cycle_actions
from equity.actions.work import drivers as driver_actions
from equity.actions.work import projects as project_actions
from equity.actions.work import reflections as reflection_actions
from equity.cube import open_cube
from equity.improvement.aims import Aim
from equity.improvement.cycles import Cycle, CycleQuestion, Shown
from equity.improvement.drivers import Driver, put
from equity.improvement.progress import baseline_of
from equity.improvement.projects import Project
from equity.network.cohorts import Cohort
from equity.network.comparison import RateAsked
from equity.network.members import Belonging, Meeting
from equity.network.nouns import BELONGING
from equity.release.shelf import Release
from equity.store.files import versions
from equity.store.records import shelf
from equity.store.records.kept import Kept
from tests.network.servers import MEASURE, Server, begin, load_data, release_of, server
from tests.network.test_applications import TEAM_GIVEN, WHOLE

HERE = ("Harbor", "Mill", "Point", "Cedar", "Ridge", "Lake")
ELSEWHERE = ("Dune", "Bluff", "Glen")
IDEA = "Call back in the patient’s language"
LIFTS = {"Harbor": 0.09, "Mill": 0.05, "Point": 0.07, "Cedar": 0.02, "Ridge": 0.06, "Lake": 0.0}
LIFTS |= {"Dune": 0.08, "Bluff": 0.04, "Glen": -0.02}
QUARTER = "2026-Q3"
ASKED = RateAsked(MEASURE, "race and ethnicity", "Black", "2024")


def secret(name: str) -> str:
    """What a team writes and never shares."""
    return f"Kept at home by {name}"


@dataclass(frozen=True)
class Team:
    """A team with what it has at the end of the year."""

    name: str
    on: Server
    here: Here
    release: Release
    belonging: Kept[Belonging]
    project: str
    aim: str


@dataclass(frozen=True)
class Year:
    """The whole of it."""

    main: Server
    cohort: Here
    kept: Kept[Cohort]
    teams: dict[str, Team]
    declined: str
    comparison: str


def made_up_year(folder: Path) -> Year:
    """Live through it."""
    main = server(folder / "main")
    cohort, kept = begin(main)
    joined, declined = apply(main, cohort)
    teams = {name: furnish(main, here, name, seed, folder) for seed, (name, here) in enumerate(joined.items(), 10)}
    for seed, name in enumerate(ELSEWHERE, 30):
        on = server(folder / name)
        here = on.workspace(name)
        membership.join_elsewhere(here, kept.id, kept.content.title)
        teams[name] = furnish(on, here, name, seed, folder)
        membership.trust_key(cohort, f"{name}’s server", packaging.own_fingerprint(here, on.home))
    for team in teams.values():
        work(team)
        share(team)
    for name in ELSEWHERE:
        package(cohort, teams[name])
    begins = "2026-12-03T16:00:00+00:00"
    membership.set_meeting(cohort, Meeting("What we learned this quarter", begins, where="By video"))
    comparison = comparing.make_comparison(cohort, main.home, ASKED).id
    comparing.agree_to_be_named(teams["Harbor"].here, comparison, agreed=True)
    talk(main, teams)
    return Year(main, cohort, kept, teams, declined, comparison)


def apply(main: Server, cohort: Here) -> tuple[dict[str, Here], str]:
    """Eight apply: one withdraws, one is asked and then declined with a reason, six are accepted at once."""
    own = cohorts.cohort_of(cohort)
    assert own is not None
    _, token = cohorts.open_door(cohort, own)
    keys = {}
    for name in (*HERE, "Too late", "Not yet"):
        key = keys[name] = applications.begin_application(main.database, main.home, token).key
        answers = {**WHOLE.answers, "organization": name, "why_now": f"{name} wants to learn"}
        applications.save_draft(main.database, main.home, key, answers, TEAM_GIVEN)
        applications.send(main.database, main.home, key)
    applications.withdraw(main.database, main.home, keys["Too late"])
    waiting = {a.content.answers["organization"]: a for a in applications.applications(cohort)}
    asked = applications.answer(cohort, [waiting["Not yet"]], "question_asked", "Who leads?")
    applications.answer(cohort, asked, "declined", "No leader has signed yet: apply again in spring.")
    done = applications.answer(cohort, [waiting[name] for name in HERE], "accepted", "Welcome.")
    return {a.content.answers["organization"]: main.here(a.content.workspace) for a in done}, keys["Not yet"]


def furnish(on: Server, here: Here, name: str, seed: int, folder: Path) -> Team:
    """A team's data, and a release of them."""
    dataset = load_data(on, here, folder, seed, lifts=LIFTS[name])
    belonging = shelf.listed(on.database, here.workspace, BELONGING)[0]
    return Team(name, on, here, release_of(on, here, dataset), belonging, "", "")


def work(team: Team) -> None:
    """An aim, a driver diagram, a project with a test, a call, a reflection that a leader could read."""
    here, dataset = team.here, team.release.dataset
    cube = open_cube(versions.current_version(team.on.home, dataset).folder)
    aim = Aim(dataset, MEASURE, by="race", group="Black", target=0.95, by_when="2027-Q4", where=secret(team.name))
    aim = replace(aim, with_whom="the patient council", benefits="Patients", burdened="Nurses, at first", floor=0.02)
    aim = replace(aim, baseline=baseline_of(cube, aim, "2022"))
    kept = aim_actions.begin_aim(here, aim)
    aim_actions.set_aim(here, kept, aim, cube)
    drawn = driver_actions.begin_diagram(here, kept.id)
    diagram = put(drawn.content, Driver("p", "primary", "Patients understand what we say", MEASURE), (), ())
    diagram = put(diagram, Driver("s", "secondary", "Interpreters are there at every visit"), ("p",), ())
    driver_actions.save_diagram(here, drawn, put(diagram, Driver("i", "idea", IDEA), (), ("s",)))
    project = project_actions.begin_project(here, kept.id, Project(f"Calls by {team.name}", IDEA, owner="Ana"))
    shown = Shown(dataset, MEASURE, "race", "Black")
    asked = (CycleQuestion("Does the rate get better?", "It gets better"),)
    cycle = Cycle(
        objective=IDEA, what=IDEA, questions=asked, who="Ana", begins="2023-02-01", ends="2023-11-30", shown=shown
    )
    test = cycle_actions.open_study(
        here, cycle_actions.open_do(here, cycle_actions.begin_cycle(here, project.id, cycle))
    )
    told = replace(test.content, questions=(replace(test.content.questions[0], result="It did", outcome="in_part"),))
    test = cycle_actions.open_act(
        here, cycle_actions.save_cycle(here, test, replace(told, learned="Evenings work better"))
    )
    cycle_actions.act(here, test, "adopt", "Patients asked for it", "")
    hold_call(team)
    reflect(team)


def hold_call(team: Team) -> None:
    """A learning call on the release, with two people, to its end."""
    card = f"disparities?measure={MEASURE}&by=race&period=2024"
    dataset = team.release.dataset
    cards = call_opening.recipes(team.on.home, dataset, (card,))
    plan = call_opening.Plan(dataset, cards, title=f"Call of {team.name}", release_id=team.release.id)
    live = live_call(team.on.database, call_opening.open_call(team.here, team.on.home, plan).call.id)
    for name, lens in (("Ana", "data"), ("Ben", "equity")):
        who = call_voices.participant_of(live, call_voices.join(live, name, lens))
        call_voices.contribute(live, who, Wanted(f"{name}-1", "predict", f"{secret(team.name)}, says {name}"))
    call_moves.move(live, stage="reveal")
    call_moves.end(live, team.here.person)


def reflect(team: Team) -> None:
    """A reflection: one piece for the cohort, one that stays with the team; signed."""
    kept = reflection_actions.begin_reflection(team.here, QUARTER)
    part = reflection_actions.begin_part(team.here, kept, "portfolio")
    said = replace(part.content, learning="Evening calls reach more people", challenges=secret(team.name))
    reflection_actions.save_part(team.here, kept, part, said)
    reflection_actions.share(team.here, kept.id, "cohort", ("portfolio.learning",))
    reflection_actions.sign_off(team.here, kept.id)


def share(team: Team) -> None:
    """The release for comparisons alone; the test, the diagram, the reflection and a finding for the gallery."""
    here, home, at = team.here, team.on.home, team.belonging
    sharing.share(here, home, at, Wish("release", team.release.id, seen="comparison"))
    project = project_actions.projects(here)[0]
    cycle = cycle_actions.cycles(here, project.id)[0]
    sharing.share(here, home, at, Wish("project", project.id, idea=IDEA))
    expected = Wish("cycle", cycle.id, idea=IDEA, predicted=0.05)
    sharing.share(here, home, at, expected, numbers_are_meant=True)  # “Test 1” is in its title
    sharing.share(here, home, at, Wish("drivers", aim_actions.aims(here)[0].id, topic="Interpreters"))
    sharing.share(
        here, home, at, Wish("reflection", reflection_actions.reflections(here)[0].id), numbers_are_meant=True
    )
    if not at.content.is_elsewhere:
        membership.tell_where_we_are(here, home, at, "How do others pay interpreters?" if team.name == "Mill" else "")


def package(cohort: Here, team: Team) -> None:
    """A package written, and taken in."""
    content = packaging.export_package(team.here, team.on.home, team.belonging.id, help_wanted="Who has tried calls?")
    packaging.import_package(cohort, content)


def talk(main: Server, teams: dict[str, Team]) -> None:
    """Lake reads the gallery, asks Harbor, and begins with copies of Dune's diagram and Harbor's test."""
    lake, harbor = teams["Lake"], teams["Harbor"]
    aim = aim_actions.begin_aim(lake.here, Aim(lake.release.dataset, MEASURE))
    for hung in gallery.gallery(lake.here, main.home):
        if hung.team == "Harbor" and hung.piece.cycle is not None:
            gallery.ask_team(lake.here, main.home, hung.record, "Who calls in the evening?")
            gallery.copy_cycle(lake.here, main.home, hung.record, project_actions.projects(lake.here)[0].id)
        if hung.team == "Dune" and hung.piece.drivers:
            gallery.copy_drivers(lake.here, main.home, hung.record, aim.id)
    for hung in gallery.gallery(harbor.here, main.home):
        for asked in hung.asks:
            gallery.answer_ask(harbor.here, main.home, asked, "A nurse who speaks it")


if __name__ == "__main__":
    lived = made_up_year(Path(sys.argv[1]))
    print(f"{len(lived.teams)} teams; comparison {lived.comparison}")
    for told in comparing.comparisons(lived.cohort, lived.main.home):
        print(told.picture)
