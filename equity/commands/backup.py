"""backup and restore: everything there is into one file, and back into an empty home."""

from __future__ import annotations

import argparse
from pathlib import Path

from equity.commands.plain_parser import PlainParser
from equity.store.home import home_folder


def add_commands(commands: argparse._SubParsersAction[PlainParser]) -> None:
    """Put ``backup`` and ``restore`` among the commands."""
    purpose = "everything there is into one file, while the program is in use"
    backup = commands.add_parser("backup", help=purpose, description=purpose)
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.set_defaults(run=_backup)
    purpose = "a backup into an empty home folder and an empty store"
    restore = commands.add_parser("restore", help=purpose, description=purpose)
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.set_defaults(run=_restore)


def _backup(arguments: argparse.Namespace) -> None:
    from equity.store.backup import back_up
    from equity.store.database import workspace_database

    print(f"{arguments.file}: {back_up(home_folder(), workspace_database(), arguments.file)}.")


def _restore(arguments: argparse.Namespace) -> None:
    from equity.store.backup import restore
    from equity.store.database import workspace_database

    print(f"{home_folder()}: {restore(home_folder(), workspace_database(), arguments.file)}.")
