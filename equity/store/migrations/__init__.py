"""How the tables came to be: one numbered file a change under ``versions/``, applied by Alembic at first use.

All of an upgrade happens in one transaction under a lock (SQLite's write lock, an advisory lock on PostgreSQL), so two
processes that start together do it once, and one that is killed halfway has done nothing.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from equity.vocabulary import PlainError

LATEST = "0006"
"""The newest file in ``versions/``; a test holds this true."""

FOLDER = Path(__file__).parent
_LOCK = 0x65717569  # any number that no other program uses on the same PostgreSQL database


def bring_up_to_date(engine: Engine) -> None:
    """Make or upgrade the tables; raises :class:`PlainError` when a newer program has written them."""
    with engine.connect() as connection:
        if _revision(connection) == LATEST:
            return
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if _revision(connection) != LATEST:
            upgrade(connection, LATEST)


def is_new(engine: Engine) -> bool:
    """Whether no program has made its tables here yet."""
    with engine.connect() as connection:
        return _revision(connection) is None


def upgrade(connection: Connection, revision: str) -> None:
    """Apply every change up to a revision, inside the connection's transaction."""
    # Alembic takes a third of a second to import, and is needed once in the life of a store.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError as error:
        if "Can't locate revision" not in str(error):
            raise
        raise PlainError(
            "The workspace store was written by a newer version of this program: please update the program."
        ) from None


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
