"""Every test of this room that asks for a ``database`` runs on SQLite, and on PostgreSQL with ``-m services``."""

from tests.workspace_stores import database, postgresql_server, sqlite_template, store_url

__all__ = ["database", "postgresql_server", "sqlite_template", "store_url"]
