"""Any dataset name into a folder's name. A name is a person's text; it is never used as a path."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from equity.vocabulary import PlainError

LONGEST = 120


def clean_name(name: str) -> str:
    """The name as it is kept: one line, one Unicode form, no blanks around it.

    Raises :class:`PlainError` for a name that is empty, longer than 120 characters or holds control characters.
    """
    kept = unicodedata.normalize("NFC", name).strip()
    if not kept:
        raise PlainError("The dataset has no name: give it one, such as “Clinic visits”.")
    if len(kept) > LONGEST:
        raise PlainError(f"The dataset's name has {len(kept)} characters: shorten it to {LONGEST} or fewer.")
    if any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in kept):
        raise PlainError("The dataset's name holds a line break or another control character: write it in one line.")
    return kept


@lru_cache(maxsize=1024)
def folder_name(name: str) -> str:
    """A folder's name for a dataset: what is legible of the name, and ten hexadecimal digits that tell names apart.

    Worked out once a name: a page asks ten times.
    """
    kept = clean_name(name)
    letters = unicodedata.normalize("NFKD", kept).encode("ascii", "ignore").decode().lower()
    legible = re.sub(r"[^a-z0-9]+", "-", letters)[:40].strip("-") or "dataset"
    return f"{legible}-{hashlib.sha256(kept.encode()).hexdigest()[:10]}"
