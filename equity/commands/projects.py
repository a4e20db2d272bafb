"""projects: what a team tries, in a table or as data."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from equity.commands.plain_parser import PlainParser

if TYPE_CHECKING:
    from equity.access.here import Here
    from equity.improvement.portfolio import Row

FORMATS = ("table", "json", "csv")


def add_commands(commands: argparse._SubParsersAction[PlainParser]) -> None:
    """Put ``projects`` among the commands."""
    projects = commands.add_parser("projects", help="what a team tries: projects with their tests of change")
    actions = projects.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = _action(actions, "list", "all projects, what is next for each, how far it is", _list, "--state testing")
    listing.add_argument("--state", default="", metavar="S", help="only projects in this state")
    listing.add_argument("--aim", default="", metavar="ID", help="only projects under this aim")
    showing = _action(actions, "show", "one project with its tests and scores", _show, "3f2a… --format json")
    showing.add_argument("id", metavar="ID")


def _action(
    actions: argparse._SubParsersAction[PlainParser],
    name: str,
    purpose: str,
    run: Callable[[argparse.Namespace], None],
    example: str,
) -> PlainParser:
    parser = actions.add_parser(
        name, help=purpose, description=purpose, epilog=f"example: python -m equity projects {name} {example}"
    )
    parser.add_argument("--format", choices=FORMATS, default="table")
    parser.add_argument("--workspace", default="", metavar="ID", help="the first one when left out")
    parser.set_defaults(run=run)
    return parser


def _list(arguments: argparse.Namespace) -> None:
    import pandas as pd

    from equity.actions.work.projects import all_projects
    from equity.commands.printing import as_csv
    from equity.commands.terminal import json_text
    from equity.improvement.portfolio import filtered
    from equity.improvement.projects import STATES
    from equity.vocabulary import PlainError
    from equity.words.work.projects import finding, table

    if arguments.state and arguments.state not in STATES:
        raise PlainError(f"There is no state “{arguments.state}”: choose one of {', '.join(STATES)}.")
    states = (arguments.state,) if arguments.state else ()
    chosen = filtered(all_projects(_place(arguments.workspace)), states=states, aim=arguments.aim)
    if arguments.format == "table":
        named = table(chosen)
        named.insert(0, "Id", [row.id[:8] for row in chosen.rows])
        _write(f"{finding(chosen)}\n{named.to_string(index=False)}" if len(named) else finding(chosen))
    elif arguments.format == "json":
        _write(json_text({"finding": finding(chosen), "rows": [as_row(row) for row in chosen.rows]}))
    else:
        rows = [as_row(row) | {"team": ", ".join(row.project.team)} for row in chosen.rows]
        _write(as_csv(pd.DataFrame(rows, columns=list(COLUMNS))))


COLUMNS = (
    *("id", "aim", "title", "state", "owner", "team", "site", "scale", "tests", "tests_closed", "with_prediction"),
    *("next_step", "next_date", "late", "begins", "ends", "progress_team", "progress_team_days"),
    *("progress_advisor", "progress_advisor_days"),
)


def as_row(row: Row) -> dict[str, Any]:
    """One project as a row of :data:`COLUMNS`; days are YYYY-MM-DD, empty where open."""
    project, said = row.project, row.standing
    return {
        "id": row.id,
        "aim": row.aim,
        "title": project.title,
        "state": project.state,
        "owner": project.owner,
        "team": list(project.team),
        "site": project.site,
        "scale": row.scale,
        "tests": row.cycles,
        "tests_closed": row.done,
        "with_prediction": row.with_prediction,
        "next_step": project.next_step,
        "next_date": row.next_date,
        "late": row.late,
        "begins": project.begins,
        "ends": project.ends,
        "progress_team": None if said.team is None else said.team.value,
        "progress_team_days": said.team_days,
        "progress_advisor": None if said.advisor is None else said.advisor.value,
        "progress_advisor_days": said.advisor_days,
    }


def _show(arguments: argparse.Namespace) -> None:
    import pandas as pd

    from equity.actions.work import cycles as tests
    from equity.actions.work import projects as actions
    from equity.commands.printing import as_csv
    from equity.commands.terminal import json_text
    from equity.words.work import cycles, projects
    from equity.words.work.progress_scale import standing

    here = _place(arguments.workspace)
    row = _one(actions.all_projects(here).rows, arguments.id)
    kept = [each.content for each in tests.cycles(here, row.id)]
    if arguments.format == "json":
        scores = [
            {**dataclasses.asdict(each.content), "set": each.created.isoformat(), "by": each.author}
            for each in actions.scores(here, row.id)
        ]
        whole = as_row(row) | {"change": row.project.change, "why_moved": row.project.why_moved}
        _write(json_text(whole | {"cycles": [dataclasses.asdict(each) for each in kept], "scores": scores}))
    elif arguments.format == "csv":
        told = [cycles.table(each).assign(test=each.number, stage=each.stage) for each in kept]
        _write(as_csv(pd.concat(told) if told else pd.DataFrame(columns=["test", "stage"])))
    else:
        lines = [*projects.told(row.project), projects.tests_line(row), *standing(row.standing)]
        for each in kept:
            lines += ["", *cycles.told(each)]
        _write("\n".join(lines))


def _one(rows: tuple[Row, ...], start: str) -> Row:
    """The project whose id begins so."""
    from equity.vocabulary import PlainError

    matching = [row for row in rows if row.id.startswith(start)]
    if len(matching) != 1:
        what = "no project has" if not matching else f"{len(matching)} projects have"
        raise PlainError(f"“{start[:40]}”: {what} an id that begins so; “python -m equity projects list” says the ids.")
    return matching[0]


def _place(workspace: str) -> Here:
    from equity.access.here import Here
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.person import LOCAL_OWNER
    from equity.store.workspace.workspaces import HOME_WORKSPACE

    return Here(workspace_database(), workspace or HOME_WORKSPACE, LOCAL_OWNER)


def _write(text: str) -> None:
    sys.stdout.write(text.rstrip("\n") + "\n")
