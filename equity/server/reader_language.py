"""Which language a reader of our own pages gets, and the links to the other ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeVar

from starlette.requests import Request

from equity.words.escaping import html
from equity.words.languages.call_page import wished
from equity.words.languages.language import chosen


class _Named(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def own_name(self) -> str: ...


Known = TypeVar("Known", bound=_Named)


def reader_language(request: Request, known: Mapping[str, Known]) -> Known:
    """The address's language (`?lang=es`), else the browser's, else the first known."""
    header = request.headers.get("accept-language", "")
    return chosen(known, request.query_params.get("lang"), *wished(header))


def language_links(of: Known, known: Mapping[str, Known], label: str) -> str:
    """A link to the page in each other language, by its own name, as HTML."""
    links = "".join(
        f'<a class="button" lang="{other.code}" hreflang="{other.code}" href="?lang={other.code}">'
        f"{html(other.own_name)}</a>"
        for other in known.values()
        if other.code != of.code
    )
    return f'<nav class="languages" aria-label="{html(label)}">{links}</nav>'
