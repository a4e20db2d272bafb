"""records: everything that a workspace ever wrote, into a folder of files and back."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from equity.commands.plain_parser import PlainParser
from equity.words.labels.commands import COMMAND_TEXTS


def add_commands(commands: argparse._SubParsersAction[PlainParser]) -> None:
    """Put ``records`` among the commands."""
    records = commands.add_parser("records", help="what a workspace wrote, into files and back")
    actions = records.add_subparsers(dest="action", required=True, metavar="ACTION")
    _action(actions, "export", "write every record into a folder, one file a kind", _export)
    _action(actions, "import", "read such a folder back", _import)


def _action(
    actions: argparse._SubParsersAction[PlainParser], name: str, purpose: str, run: Callable[[argparse.Namespace], None]
) -> None:
    example = f"example: python -m equity records {name} team-2027"
    action = actions.add_parser(name, help=purpose, description=purpose, epilog=example)
    action.add_argument("folder", type=Path, metavar="FOLDER")
    action.add_argument("--workspace", default="", metavar="ID", help="the first one when left out")
    action.set_defaults(run=run)


def _export(arguments: argparse.Namespace) -> None:
    from equity.actions.nouns import every_noun
    from equity.store.records.exchange import export_records
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.person import LOCAL_OWNER
    from equity.store.workspace.workspaces import HOME_WORKSPACE

    every_noun()
    workspace = arguments.workspace or HOME_WORKSPACE
    done = export_records(workspace_database(), workspace, arguments.folder, by=LOCAL_OWNER)
    print(f"{arguments.folder}: {sum(done.records.values()):,} records.")
    if done.kept_back:
        print(COMMAND_TEXTS["that_only_their_authors_may_read"].format(kept_back=done.kept_back))


def _import(arguments: argparse.Namespace) -> None:
    from equity.actions.nouns import every_noun
    from equity.store.records.exchange import import_records
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.person import LOCAL_OWNER
    from equity.store.workspace.workspaces import HOME_WORKSPACE

    every_noun()
    workspace = arguments.workspace or HOME_WORKSPACE
    done = import_records(workspace_database(), workspace, arguments.folder, by=LOCAL_OWNER)
    print(f"{arguments.folder}: {sum(done.records.values()):,} records.")
