"""export: an answer into a file that can be taken away."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from equity.actions.local_owner import workspace_of
from equity.commands.ask import asked
from equity.commands.plain_parser import PlainParser
from equity.vocabulary import GRAINS, PlainError, Stratifier

if TYPE_CHECKING:
    from equity.lens.answers import Areas, Disparities, Trends

FORMATS = ("pptx", "html", "xlsx", "csv")
QUESTIONS = ("disparities", "trends", "areas")


def add_commands(commands: argparse._SubParsersAction[PlainParser]) -> None:
    """Put ``export`` among the commands."""
    export = commands.add_parser("export", help="write an answer to a file: slides, a web page, a workbook, a table")
    export.add_argument("--format", choices=FORMATS, required=True, help="pptx, html, xlsx or csv")
    export.add_argument("--dataset", required=True, metavar="D")
    export.add_argument(
        "--question", choices=QUESTIONS, default="disparities", help="which answer; disparities when left out"
    )
    export.add_argument("--measure", default="", metavar="M", help="needed by disparities and trends")
    export.add_argument("--by", default="", metavar="S", help="needed by disparities and trends")
    export.add_argument("--reference", metavar="R", help="best, average, others, target or a group's name")
    export.add_argument("--period", default="", metavar="A..B", help="2024, 2024-Q1..2024-Q4; all when left out")
    export.add_argument("--grain", choices=GRAINS[:3], help="month, quarter or year (trends)")
    export.add_argument("--where", action="append", default=[], metavar="S=V", help="only this group of a stratifier")
    export.add_argument("--output", required=True, type=Path, metavar="FILE")
    export.set_defaults(run=_export)


def _export(arguments: argparse.Namespace) -> None:
    if arguments.question != "areas":
        for name in ("measure", "by"):
            if not getattr(arguments, name):
                raise PlainError(f"An export of {arguments.question} needs --{name}.")
    cube, choices = asked(arguments)
    answer: Disparities | Trends | Areas
    if arguments.question == "areas":
        from equity.lens.areas import areas

        answer = areas(cube, choices)
    elif arguments.question == "trends":
        from equity.lens.trends import trends

        answer = trends(cube, choices, arguments.grain)
    else:
        from equity.lens.disparities import disparities

        answer = disparities(cube, choices)
    content = _written(answer, cube.description.stratifiers, arguments.format)
    workspace = workspace_of(cube.description.dataset)
    try:
        with arguments.output.open("wb") as file:
            _log(workspace, arguments.output.name, len(content))  # no number leaves unlogged
            file.write(content)
    except OSError as error:
        raise PlainError(
            f"“{arguments.output}” cannot be written ({error.strerror}): choose another --output."
        ) from error
    print(f"{arguments.output}: {len(content):,} bytes", file=sys.stdout)


def _written(answer: Disparities | Trends | Areas, stratifiers: tuple[Stratifier, ...], form: str) -> bytes:
    if form == "csv":
        from equity.commands.printing import as_csv

        return as_csv(answer.rows).encode("utf-8-sig")
    from equity.export.sheet import sheets

    made = sheets(answer, stratifiers, date.today())
    if form == "html":
        from equity.export.report import report

        return report(made)
    if form == "xlsx":
        from equity.export.workbook import workbook

        return workbook(made)
    from equity.export.powerpoint import powerpoint

    return powerpoint(made)


def _log(workspace: str, name: str, size: int) -> None:
    """Say in the audit log that numbers left the workspace by the terminal."""
    from equity.store.workspace import audit_log
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.person import LOCAL_OWNER

    facts: dict[str, str | int] = {"bytes": size}
    audit_log.record(workspace_database(), workspace, LOCAL_OWNER, "exported", name, facts)
