"""Names and values from files are data: quoted before they stand in SQL. A name is quoted as the cube's are."""

from __future__ import annotations

from equity.cube.quoting import identifier

__all__ = ["identifier", "literal"]


def literal(text: str) -> str:
    """A text as a SQL literal, whatever characters it holds."""
    return "'" + text.replace("'", "''").replace("\0", "") + "'"
