"""Alembic's entry: runs the changes on the connection that it is handed, in that connection's transaction."""

from alembic import context

from equity.store.workspace.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    compare_type=True,
)
context.run_migrations()
