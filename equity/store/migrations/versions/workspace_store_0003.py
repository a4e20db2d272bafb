"""Learning calls: the call, what opens it, and its log, to which entries are only added."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the three tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "calls",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("dataset", sa.Text(), nullable=False),
        sa.Column("release_id", sa.String(300), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("opened_by_id", sa.String(32), nullable=False),
        sa.Column("opened", moment, nullable=False),
        sa.Column("ended", moment, nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_calls_workspace_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
    )
    op.create_index("ix_calls_workspace_id", "calls", ["workspace_id"])
    op.create_table(
        "call_tokens",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("call_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("expires", moment, nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_call_tokens_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_call_tokens"),
    )
    op.create_index("ix_call_tokens_call_id", "call_tokens", ["call_id"])
    op.create_table(
        "call_events",
        sa.Column("call_id", sa.String(32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(64), nullable=True),
        sa.Column("at", moment, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_call_events_call_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("call_id", "seq", name="pk_call_events"),
        sa.UniqueConstraint("call_id", "client_id", name="uq_call_events_call_id_client_id"),
    )
