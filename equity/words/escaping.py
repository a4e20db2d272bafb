"""Text that people typed or uploaded, made safe for the place where it is shown.

Names of measures, stratifiers and groups come from files and are hostile until shown otherwise: each function here
takes plain text and gives text that reads the same and does nothing.
"""

from __future__ import annotations

import html as _html
import re
import unicodedata
from functools import lru_cache

_LONGEST = 120
_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")
_WORD_JOINER = "\u2060"
_KEPT_JOINERS = "\u200c\u200d"  # Persian, Hindi and others spell with them
_LINK_STARTS = re.compile(r"([:@](?=\S)|(?<![A-Za-z0-9])www(?=\.))", re.IGNORECASE)


def one_line(text: object, longest: int = _LONGEST) -> str:
    """The text on one line without control, invisible or direction-changing characters, cut at ``longest``."""
    return _one_line(str(text), longest)


@lru_cache(maxsize=8192)  # a page says the same few names hundreds of times
def _one_line(text: str, longest: int) -> str:
    line = " ".join((text if text.isprintable() else _visible(text)).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _visible(text: str) -> str:
    """The text without what cannot be seen; whatever parts words becomes a space. Printable text has none of that."""
    return "".join(
        " " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Zs") else c
        for c in text
        if unicodedata.category(c) not in ("Cf", "Co", "Cs") or c in _KEPT_JOINERS
    )


def markdown(text: str) -> str:
    """Plain text as Markdown that reads the same: no emphasis, link, image, formula, directive or HTML comes alive.

    Every ASCII punctuation mark is escaped. Some Markdown readers look for addresses, emoji and icons in the text
    after escapes are undone, so an invisible word joiner also parts their openings (":", "@", "www").
    """
    line = one_line(text, 10_000)
    joined = _LINK_STARTS.sub(lambda m: m[0] + _WORD_JOINER, line)
    return _MARKDOWN.sub(r"\\\1", joined)


def html(text: str) -> str:
    """Plain text for HTML, in an element or in a quoted attribute."""
    return _html.escape(one_line(text, 10_000), quote=True)


def chart(text: str) -> str:
    """Plain text for a Plotly label, which reads a few HTML tags and takes text between dollar signs for a formula."""
    safe = one_line(text, 10_000).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("$", "&#36;")
