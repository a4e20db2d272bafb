"""What the attempts share with the store's own tests."""

from tests.workspace_stores import sqlite_template

__all__ = ["sqlite_template"]
