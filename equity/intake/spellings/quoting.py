"""Names and values from files are data: quoted before they stand in SQL."""

from __future__ import annotations


def identifier(name: str) -> str:
    """A column name as a SQL identifier, whatever characters it holds."""
    return '"' + name.replace('"', '""').replace("\0", "") + '"'


def literal(text: str) -> str:
    """A text as a SQL literal, whatever characters it holds."""
    return "'" + text.replace("'", "''").replace("\0", "") + "'"
