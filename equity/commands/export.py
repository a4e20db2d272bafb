"""export: an answer into a file that can be taken away."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from equity.actions.local_owner import workspace_of
from equity.commands.ask import add_left_out, filter_of
from equity.commands.plain_parser import PlainParser
from equity.export.formats import FORMATS
from equity.stats.over_time.control_charts import BY_NAME
from equity.stats.standardization.standard_populations import STANDARD_KEYS
from equity.store.files.home import home_folder
from equity.vocabulary import GRAINS, PlainError
from equity.words.escaping import one_line
from equity.words.labels.commands import COMMAND_TEXTS

if TYPE_CHECKING:
    from equity.actions.card_files import Wanted

TABLE = "csv"
"""The numbers of the first card, as a table: for programs."""
FORMER_QUESTIONS = {"scan": "largest-gaps"}
"""Questions by the names that they had: good for one version more."""
OF_EVERYTHING = ("areas", "largest-gaps")
"""Questions of every measure in every grouping at once."""
FURTHER = ("grain", "within", "group", "chart", "standard", "against")


def add_commands(commands: argparse._SubParsersAction[PlainParser]) -> None:
    """Put ``export`` among the commands."""
    export = commands.add_parser(
        "export", help=f"write an answer to a file: {', '.join(each.about for each in FORMATS)}, a table"
    )
    endings = (*(each.ending for each in FORMATS), TABLE)
    export.add_argument("--format", choices=endings, required=True, help=f"{', '.join(endings[:-1])} or {TABLE}")
    export.add_argument("--dataset", required=True, metavar="D")
    export.add_argument(
        "--question",
        type=_as_named_now,
        metavar="QUESTION",
        default="disparities",
        help="which answer, by its name in `ask` or that of its page; disparities when left out",
    )
    export.add_argument("--measure", default="", metavar="M", help="needed by all but areas and largest-gaps")
    export.add_argument(
        "--by", default="", metavar="S", help="needed by all but areas and largest-gaps; race,sex crosses them"
    )
    export.add_argument("--reference", metavar="R", help="best, average, others, target or a group's name")
    export.add_argument("--period", default="", metavar="A..B", help="2024, 2024-Q1..2024-Q4; all when left out")
    export.add_argument("--grain", choices=GRAINS[:3], help="month, quarter or year (over time)")
    export.add_argument("--within", metavar="S", help="the stratifier to look within (gap-breakdown)")
    export.add_argument("--group", metavar="G", help="one group: charted (trends), on every measure (largest-gaps)")
    export.add_argument("--chart", help=f"{', '.join(BY_NAME)} (trends); proposed when left out")
    export.add_argument("--standard", choices=STANDARD_KEYS, help="the standard population (age-standardized)")
    export.add_argument(
        "--against", metavar="K:V", help="beside it: period:2022, measure:M, reference:average or group:G"
    )
    add_left_out(export)
    export.add_argument("--where", action="append", default=[], metavar="S=V", help="only this group of a stratifier")
    export.add_argument("--output", required=True, type=Path, metavar="FILE")
    export.set_defaults(run=_export)


def _as_named_now(question: str) -> str:
    """A question by its name of today, with a note on stderr where it came by a former one."""
    if question in FORMER_QUESTIONS:
        now = FORMER_QUESTIONS[question]
        print(COMMAND_TEXTS["question_is_called_now"].format(question=question, now=now), file=sys.stderr)
        return now
    from equity.actions.card_files import QUESTIONS

    if question not in QUESTIONS:
        names = ", ".join(QUESTIONS)
        raise argparse.ArgumentTypeError(f"invalid choice: '{one_line(question)}' (choose from {names})")
    return question


def _export(arguments: argparse.Namespace) -> None:
    from equity.access.here import Here
    from equity.actions.card_files import as_file, cards_of
    from equity.store.files.versions import current_version
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.person import LOCAL_OWNER

    wanted = _wanted(arguments)
    held = current_version(home_folder(), arguments.dataset).description()
    workspace = workspace_of(held.dataset)
    made, refused = cards_of(wanted, Here(workspace_database(), workspace, LOCAL_OWNER), home_folder())
    for sentence in refused:
        print(f"Not in the file: {sentence}", file=sys.stderr)
    content = as_file(made, held.stratifiers, date.today(), arguments.format)
    try:
        with arguments.output.open("wb") as file:
            _log(workspace, arguments.output.name, len(content))  # no number leaves unlogged
            file.write(content)
    except OSError as error:
        raise PlainError(
            f"“{arguments.output}” cannot be written ({error.strerror}): choose another --output."
        ) from error
    print(f"{arguments.output}: {len(content):,} bytes", file=sys.stdout)


def _wanted(arguments: argparse.Namespace) -> Wanted:
    from equity.actions.card_files import Wanted
    from equity.cards.parts.hidden_groups import HiddenGroups

    if arguments.question not in OF_EVERYTHING:
        for name in ("measure", "by"):
            if not getattr(arguments, name):
                raise PlainError(f"An export of {arguments.question} needs --{name}.")
    elif arguments.group and not arguments.by:
        raise PlainError(f"An export of {arguments.question} for one --group needs --by, the grouping that it is in.")
    further = {name: vars(arguments)[name] for name in FURTHER if vars(arguments)[name]}
    if hidden := HiddenGroups(arguments.enough_data, tuple(arguments.hide)).code:
        further["hide"] = hidden
    by = arguments.by
    if arguments.question == "intersections":
        by, *crossed = (name.strip() for name in by.split(","))
        if len(crossed) not in (1, 2):
            raise PlainError("An export of intersections crosses two or three groupings: --by race,sex.")
        further |= dict(zip(("second", "third"), crossed, strict=False))
    return Wanted(
        arguments.question,
        arguments.dataset,
        arguments.measure,
        by,
        arguments.reference,
        arguments.period,
        tuple(map(filter_of, arguments.where)),
        further,
    )


def _log(workspace: str, name: str, size: int) -> None:
    """Say in the audit log that numbers left the workspace by the terminal."""
    from equity.store.workspace import audit_log
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.person import LOCAL_OWNER

    facts: dict[str, str | int] = {"bytes": size}
    audit_log.record(workspace_database(), workspace, LOCAL_OWNER, "exported", name, facts)
