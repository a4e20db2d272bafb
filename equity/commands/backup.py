"""backup and restore: everything into one file, and back into an empty home; begin-store and check-log beside them."""

from __future__ import annotations

import argparse
from pathlib import Path

from equity.commands.plain_parser import PlainParser
from equity.store.files.home import home_folder
from equity.vocabulary import PlainError
from equity.words.labels.commands import COMMAND_TEXTS


def add_commands(commands: argparse._SubParsersAction[PlainParser]) -> None:
    """Put ``backup`` and ``restore`` among the commands."""
    purpose = "everything there is into one file, while the program is in use"
    backup = commands.add_parser("backup", help=purpose, description=purpose)
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.set_defaults(run=_backup)
    purpose = "a backup into an empty home folder and an empty store"
    restore = commands.add_parser("restore", help=purpose, description=purpose)
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--files-only", action="store_true", help="also from a backup without a workspace store")
    restore.set_defaults(run=_restore)
    purpose = "an empty workspace store beside data whose store is lost"
    begin = commands.add_parser("begin-store", help=purpose, description=purpose)
    begin.set_defaults(run=_begin_store)
    purpose = "whether every entry of the audit log is there, as it was written"
    check = commands.add_parser("check-log", help=purpose, description=purpose)
    check.add_argument("--backup", type=Path, metavar="FILE", help="also whether the log still has what a backup knows")
    check.set_defaults(run=_check_log)


def _backup(arguments: argparse.Namespace) -> None:
    from equity.store.workspace.backup import back_up
    from equity.store.workspace.database import workspace_database

    print(f"{arguments.file}: {back_up(home_folder(), workspace_database(), arguments.file)}.")


def _restore(arguments: argparse.Namespace) -> None:
    from equity.store.workspace.backup import restore
    from equity.store.workspace.database import workspace_database

    restored = restore(home_folder(), workspace_database(), arguments.file, files_only=arguments.files_only)
    print(f"{home_folder()}: {restored}.")


def _begin_store(arguments: argparse.Namespace) -> None:
    from equity.store.workspace import audit_log
    from equity.store.workspace.database import begin_store, database_url
    from equity.store.workspace.person import LOCAL_OWNER
    from equity.store.workspace.workspaces import HOME_WORKSPACE

    begun = begin_store(database_url(), home_folder())
    audit_log.record(begun, HOME_WORKSPACE, LOCAL_OWNER, "store_begun", "workspace store")
    begun.close()
    print(COMMAND_TEXTS["an_empty_workspace_store_has_begun"])


def _check_log(arguments: argparse.Namespace) -> None:
    from equity.store.workspace.audit_log import held_against_chain
    from equity.store.workspace.backup_contents import newest_entry_in
    from equity.store.workspace.database import workspace_database

    also = None if arguments.backup is None else newest_entry_in(arguments.backup)
    account = held_against_chain(workspace_database(), also=also)
    if account.broken is not None:
        raise PlainError(f"Entry {account.broken} of the audit log is not as it was written.")
    if account.cut is not None:
        raise PlainError(f"The audit log went up to entry {account.cut}, which is not there any more as it was.")
    print(COMMAND_TEXTS["all_entries_are_as_they_were"].format(read=account.read))
