"""The audit log by kind of event and by person, newest first; and what on the disk is in it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

INDEXES = (("action",), ("actor_id",), ("actor_id", "action"))


def upgrade() -> None:
    """Index the log by what it is filtered by, and make a place for the marks of what has been logged."""
    for columns in INDEXES:
        indexed = ["workspace_id", *columns, "id"]
        op.create_index(f"ix_audit_log_{'_'.join(indexed)}", "audit_log", indexed)
    op.create_table(
        "logged_marks",
        sa.Column("mark", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_logged_marks"),
    )
