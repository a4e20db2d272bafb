"""What is printed: names from files and people command no terminal, and turn no line around."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TextIO

from equity.vocabulary.plain_cells import harmless, harmless_json


def json_text(content: object) -> str:
    """A value as JSON for people and programs; a terminal that shows it obeys nothing in it."""
    return harmless_json(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False))


class HarmlessOutput:
    """A stream that lets text through without escape characters and changes of direction. ``bare`` is the stream."""

    def __init__(self, bare: TextIO) -> None:
        self.bare = bare

    def write(self, text: str) -> int:
        """Write the text as it does nothing; gives the length of what was given."""
        self.bare.write(harmless(text))
        return len(text)

    def __getattr__(self, name: str) -> object:
        return getattr(self.bare, name)


def bare(stream: TextIO) -> TextIO:
    """The stream itself, for who draws with a terminal's own commands and writes no name."""
    return stream.bare if isinstance(stream, HarmlessOutput) else stream


@contextmanager
def harmless_output(out: TextIO, err: TextIO) -> Iterator[None]:
    """Whatever is printed meanwhile goes through :class:`HarmlessOutput`."""
    with redirect_stdout(HarmlessOutput(out)), redirect_stderr(HarmlessOutput(err)):  # type: ignore[type-var]
        yield
