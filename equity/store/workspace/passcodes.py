"""Passcodes of links, kept as scrypt hashes.

A passcode is short and chosen by a person, so its hash must be slow to try and salted, unlike a token's (links.py).
What keeps a stranger from guessing on the page is the limit in :func:`equity.store.links.settle_opening`; the hash is
for the day the database itself is stolen. Parameters: N = 2¹⁴, r = 8, p = 1 (RFC 7914), 16 MB and some 50 ms a try.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import unicodedata

from equity.vocabulary import PlainError

SHORTEST_PASSCODE = 6
LONGEST_PASSCODE = 200

_N, _R, _P = 2**14, 8, 1
_at_once = threading.BoundedSemaphore(4)  # each try takes 16 MB


def hash_of_passcode(passcode: str) -> str:
    """The salted hash of a passcode; raises :class:`PlainError` when it is shorter than 6 characters."""
    written = _as_typed(passcode)
    if not SHORTEST_PASSCODE <= len(written) <= LONGEST_PASSCODE:
        raise PlainError(f"A passcode needs {SHORTEST_PASSCODE} to {LONGEST_PASSCODE} characters.")
    salt = secrets.token_bytes(16)
    return f"scrypt:{_N}:{_R}:{_P}:{salt.hex()}:{_scrypt(written, salt, _N, _R, _P).hex()}"


def is_passcode(passcode: str, kept: str) -> bool:
    """Whether a passcode is the one that was hashed, compared in constant time."""
    _, n, r, p, salt, expected = kept.split(":")
    written = _as_typed(passcode[: 2 * LONGEST_PASSCODE])
    return hmac.compare_digest(_scrypt(written, bytes.fromhex(salt), int(n), int(r), int(p)), bytes.fromhex(expected))


def _scrypt(written: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    with _at_once:
        return hashlib.scrypt(written.encode("utf-8", "replace"), salt=salt, n=n, r=r, p=p, maxmem=2**26)


def _as_typed(passcode: str) -> str:
    """One form for what looks the same on every keyboard, without the space that copying brings along."""
    return unicodedata.normalize("NFKC", passcode).strip()
