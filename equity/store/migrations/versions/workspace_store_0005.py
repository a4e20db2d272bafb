"""A facilitator's key names the person whose role it rests on; one from before rests on nobody's and leads no call."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column to the tokens of calls."""
    op.add_column("call_tokens", sa.Column("given_to", sa.String(32), nullable=False, server_default=""))
