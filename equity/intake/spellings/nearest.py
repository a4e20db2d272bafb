"""The name a person probably meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable


def plain(name: str) -> str:
    """A name without case, spaces, punctuation and footnote marks, for comparing."""
    without_notes = re.sub(r"\(\[[^\]]*\]\)|\[[^\]]*(?:note|\d)[^\]]*\]", "", name)
    return re.sub(r"[^\w]+", "", without_notes, flags=re.UNICODE).replace("_", "").casefold()


def nearest(name: str, choices: Iterable[str]) -> str | None:
    """The choice closest to the name, or None when none is close."""
    by_plain = {plain(c): c for c in choices}
    wanted = plain(name)
    if wanted in by_plain:
        return by_plain[wanted]
    close = difflib.get_close_matches(wanted, list(by_plain), n=1, cutoff=0.6)
    return by_plain[close[0]] if close else None


def did_you_mean(name: str, choices: Iterable[str]) -> str:
    """The end of a sentence that offers the nearest choice, or lists the choices there are."""
    listed = list(choices)
    close = nearest(name, listed)
    if close is not None:
        return f"did you mean “{close}”?"
    return "it can have " + ", ".join(f"“{c}”" for c in listed[:12]) + ("…" if len(listed) > 12 else "") + "."
