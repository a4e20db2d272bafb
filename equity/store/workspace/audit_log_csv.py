"""The audit log as a file for spreadsheets."""

from __future__ import annotations

import csv
import io

from sqlalchemy import select

from equity.store.workspace.audit_log import AT_A_TIME, details_in_words
from equity.store.workspace.database import Database
from equity.store.workspace.tables import AuditRow
from equity.vocabulary.plain_cells import spreadsheet_cell

CSV_COLUMNS = ("number", "time", "person", "action", "subject", "details")


def csv_export(database: Database, workspace: str) -> str:
    """All entries of a workspace as CSV (columns ``CSV_COLUMNS``), oldest first.

    Its cells do nothing in a spreadsheet or a terminal.
    """
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(CSV_COLUMNS)
    query = select(AuditRow).where(AuditRow.workspace_id == workspace).order_by(AuditRow.id)
    with database.reading() as session:
        for row in session.scalars(query.execution_options(yield_per=AT_A_TIME)):
            at = row.at.strftime("%Y-%m-%d %H:%M:%S UTC")
            cells = (str(row.id), at, row.actor, row.action, row.subject, details_in_words(row))
            lines.writerow([spreadsheet_cell(cell) for cell in cells])
    return written.getvalue()
