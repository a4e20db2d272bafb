"""The lines of an export's file on their way back: where each stands, and what is said of one that cannot be kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from equity.vocabulary import PlainError


def written_lines(file: Path) -> Iterator[tuple[str, bytes]]:
    """Each line of a file with what people call it; none where the file is missing."""
    if file.is_file():
        for place, text in enumerate(file.read_bytes().splitlines(), start=1):
            yield f"{file.name}, line {place}", text


def there_already(where: str, what: str) -> PlainError:
    """A line whose record the store holds."""
    return PlainError(f"{where}: this {what} is there already; read the folder into an empty workspace.")


@contextmanager
def kept_or_said(where: str) -> Iterator[None]:
    """Say in a sentence which line of a file holds what the database cannot keep."""
    try:
        yield
    except (SQLAlchemyError, OverflowError, ValueError):
        raise PlainError(
            f"{where} holds what cannot be kept, such as a moment without a time zone, a number too large, or "
            "one version twice: correct it."
        ) from None


def refuse_unknown_fields(where: str, written: object, read: object) -> None:
    """Raise :class:`PlainError` for a field that stands in a line and not in what was read of it.

    Both are plain JSON values. Such a field, a misspelled one above all, would be dropped in silence.
    """
    try:
        unknown = next(_unknown(written, read, ()), None)
    except RecursionError:
        raise PlainError(f"{where} holds lists within lists, too deep to be read: correct it.") from None
    if unknown is not None:
        raise PlainError(
            f"{where}: “{unknown[:80]}” is not a field that a record of this kind has: correct or remove it."
        )


def _unknown(written: object, read: object, place: tuple[str, ...]) -> Iterator[str]:
    """What is written and was not read, as where it stands: ``content.target``."""
    if isinstance(written, dict) and isinstance(read, dict):
        for key, value in written.items():
            if key not in read:
                yield ".".join((*place, key))
            else:
                yield from _unknown(value, read[key], (*place, key))
    elif isinstance(written, list) and isinstance(read, list | tuple):
        for number, (value, kept) in enumerate(zip(written, read, strict=False), 1):
            yield from _unknown(value, kept, (*place, str(number)))
