"""SELECTs that analysts write: run one within limits, keep one under a name, change it, take it away."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from equity.access import opens
from equity.access.here import Here
from equity.access.may import require
from equity.access.opens import require_open
from equity.explore import written
from equity.explore.nouns import KEPT_SELECT, KeptSelect, checked_name
from equity.explore.own_select import checked_select
from equity.explore.written import Result
from equity.store.files import versions
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.vocabulary import PlainError
from equity.words.labels.server import SERVER_TEXTS

SAME_NAME = SERVER_TEXTS["there_is_a_query_already_choose"]


def run_own_select(
    here: Here, home: Path, dataset: str, version: int, sql: str, stop: threading.Event | None = None
) -> Result:
    """Run a SELECT over the rows of one version of a dataset of this workspace.

    Raises :class:`PlainError` as :func:`equity.explore.written.run_select` does.
    """
    require(here.database, here.person, here.workspace, "write_sql")
    require_open(here.database, here, opens.dataset(dataset))
    folder = versions.version_folder(home, dataset, version)
    return written.run_select(folder, versions.Version(dataset, version, folder).description(), sql, stop)


def kept_selects(here: Here) -> tuple[Kept[KeptSelect], ...]:
    """The workspace's queries, by name."""
    require(here.database, here.person, here.workspace, "write_sql")
    selects = shelf.listed(here.database, here.workspace, KEPT_SELECT)
    return tuple(sorted(selects, key=lambda kept: kept.content.name.casefold()))


def keep_select(here: Here, name: str, sql: str, dataset: str) -> Kept[KeptSelect]:
    """Keep a query under a name; raises :class:`PlainError` for one that could not be run, and a name that is taken."""
    require(here.database, here.person, here.workspace, "write_sql")
    made = KeptSelect(checked_name(name), checked_select(sql), dataset)
    if any(kept.content.name.casefold() == made.name.casefold() for kept in kept_selects(here)):
        raise PlainError(SAME_NAME.format(name=made.name))
    return shelf.add(here.database, here.workspace, KEPT_SELECT, made, by=here.person)


def change_select(here: Here, kept: Kept[KeptSelect], sql: str) -> Kept[KeptSelect]:
    """Save another text under the same name; raises :class:`RecordConflict` when somebody changed it meanwhile."""
    require(here.database, here.person, here.workspace, "write_sql")
    made = replace(kept.content, sql=checked_select(sql))
    return shelf.edit(
        here.database, here.workspace, KEPT_SELECT, kept.id, made, seen_version=kept.version, by=here.person
    )


def withdraw_select(here: Here, kept: Kept[KeptSelect]) -> None:
    """Take a query out of the list; it can be brought back for 30 days."""
    require(here.database, here.person, here.workspace, "write_sql")
    shelf.withdraw(here.database, here.workspace, KEPT_SELECT, kept.id, seen_version=kept.version, by=here.person)
