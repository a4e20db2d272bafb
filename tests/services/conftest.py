"""The services that these tests start."""

from tests.workspace_stores import postgresql_server

__all__ = ["postgresql_server"]
