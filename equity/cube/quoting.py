"""Names and values made safe for SQL, wherever it is written.

A value is a bound parameter where one can be bound, else a literal. A name (a column of the extract) cannot be bound,
so it is quoted. Only these ways lead from uploaded text into a statement. The character NUL, which SQL cannot write, is
never dropped, since two texts would become one: a name that holds it is refused, a value is put together around it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from equity.vocabulary import PlainError

STATEMENTS = Path(__file__).parent / "sql"


def identifier(name: str) -> str:
    """A column's name as SQL: in double quotes, with quotes inside doubled.

    Raises :class:`PlainError` for an empty name or one that holds the character NUL, which SQL cannot write.
    """
    if not name or "\0" in name:
        raise PlainError(f"The column name {json.dumps(name)} cannot be used: give the column another name.")
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as a SQL literal, whatever characters it holds."""
    parts = ["'" + part.replace("'", "''") + "'" for part in text.split("\0")]
    return parts[0] if len(parts) == 1 else f"({' || chr(0) || '.join(parts)})"


@cache
def statement(name: str) -> str:
    """The text of ``sql/<name>.sql``, its ``{slots}`` unfilled."""
    return (STATEMENTS / f"{name}.sql").read_text(encoding="utf-8")


def followed_by(columns: Iterable[str], indent: int = 4) -> str:
    """More columns for the end of a statement's list, one a line, each with the comma before it."""
    return "".join(",\n" + " " * indent + column for column in columns)


def shown(sql: str, values: Mapping[str, object] | Sequence[object]) -> str:
    """A statement as a person reads it: the text that ran, and below it each bound value.

    Values are written as JSON, so that a line break in one cannot end the comment it stands in.
    """
    named = values.items() if isinstance(values, Mapping) else enumerate(values, start=1)
    bound = "\n".join(f"-- ${name} = {json.dumps(value, ensure_ascii=False, default=str)}" for name, value in named)
    return f"{sql.strip()}\n\n{bound}" if bound else sql.strip()
