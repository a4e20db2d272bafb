"""How many records there are and of whom, counted in the store: nothing that they say is read."""

from __future__ import annotations

from sqlalchemy import func, select

from equity.store.workspace.database import Database
from equity.store.workspace.tables import RecordRow


def by_parent(database: Database, workspace: str, noun: str) -> dict[str, tuple[int, str]]:
    """By parent, how many records of a noun hang on it, and the day of the latest edit; withdrawn ones are left out."""
    query = (
        select(RecordRow.parent, func.count(), func.max(RecordRow.edited))
        .where(RecordRow.workspace_id == workspace, RecordRow.noun == noun, RecordRow.withdrawn.is_(None))
        .group_by(RecordRow.parent)
    )
    with database.reading() as session:
        return {parent: (count, latest.date().isoformat()) for parent, count, latest in session.execute(query)}


def parents(database: Database, workspace: str, noun: str) -> dict[str, str]:
    """By record of a noun, what it hangs on; withdrawn ones are left out."""
    query = select(RecordRow.id, RecordRow.parent).where(
        RecordRow.workspace_id == workspace, RecordRow.noun == noun, RecordRow.withdrawn.is_(None)
    )
    with database.reading() as session:
        return {record: parent for record, parent in session.execute(query)}  # noqa: C416 — rows are no pairs to mypy
