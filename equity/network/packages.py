"""A share package: all that a team shares with one cohort now, in one file that people read and a server checks.

The file is a web page in which nothing runs; it holds the same pieces once more for the server, and in its last line
the sender's public key and a signature (Ed25519) over every byte before it. So no letter of what people read can be
changed either. A newer package takes the place of the one before: what is not in it any more was withdrawn.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from equity.network.pieces import Piece, Standing, is_day, refuse_impossible
from equity.vocabulary import PlainError

FORM: Final = 1
MOST_BYTES: Final = 4_000_000
MOST_PIECES: Final = 200
_CONTEXT: Final = b"equity share package, form 1\n"
_LAST_LINE: Final = re.compile(rb"\n<!-- equity-signature ([0-9a-f]{64}) ([0-9a-f]{128}) -->\n\Z")
_HELD: Final = re.compile(rb'<script type="text/plain" id="equity-package">([A-Za-z0-9+/=]*)</script>')
NO_PACKAGE: Final = "This file is no share package: choose the file that a team’s export wrote."
CHANGED: Final = (
    "This package is not as it was signed: it was damaged or changed on its way, and nothing was taken from it. Ask "
    "the team to send it again."
)


@dataclass(frozen=True)
class Package:
    """What a file holds. ``cohort`` is the number of the cohort that it was made for, ``sequence`` grows with each.

    team   the id of the team's workspace on its own server, ``name`` what it is called
    """

    id: str
    cohort: str
    team: str
    name: str
    made: str
    sequence: int
    pieces: tuple[Piece, ...]
    standing: Standing | None = None
    form: int = FORM


@dataclass(frozen=True)
class SignedPackage:
    """A package whose signature holds, and the fingerprint of the key that it was signed with."""

    package: Package
    fingerprint: str


def fingerprint(public: bytes) -> str:
    """A key's fingerprint, forty letters and digits in groups of four, to be compared aloud."""
    digits = hashlib.sha256(public).hexdigest()[:40]
    return " ".join(digits[at : at + 4] for at in range(0, 40, 4))


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of a key's public half."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def held_by_the_page(package: Package) -> str:
    """The block that a package's page carries for the server."""
    written = base64.b64encode(msgspec.json.encode(package)).decode("ascii")
    return f'<script type="text/plain" id="equity-package">{written}</script>'


def signed(page: bytes, key: Ed25519PrivateKey) -> bytes:
    """The page with its last line."""
    signature = key.sign(_CONTEXT + page)
    return page + b"\n<!-- equity-signature %s %s -->\n" % (
        public_bytes(key).hex().encode(),
        signature.hex().encode(),
    )


def opened(content: bytes) -> SignedPackage:
    """A package from its file.

    Raises:
        PlainError: it is too large, no package, not as it was signed, or of a later form.
    """
    refuse_too_large(len(content))
    last = _LAST_LINE.search(content)
    if last is None:
        raise PlainError(NO_PACKAGE)
    page, public = content[: last.start()], bytes.fromhex(last[1].decode())
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(last[2].decode()), _CONTEXT + page)
    except (InvalidSignature, ValueError):
        raise PlainError(CHANGED) from None
    return SignedPackage(_read(page), fingerprint(public))


def refuse_too_large(size: int) -> None:
    """Raise :class:`PlainError` for a file of more bytes than a package has; asked before it is read."""
    if size > MOST_BYTES:
        raise PlainError(
            f"This package has {size / 1e6:.1f} MB, and {MOST_BYTES / 1e6:.0f} MB are the most: ask the team to share "
            "fewer measures."
        )


def _read(page: bytes) -> Package:
    matches = _HELD.findall(page)
    if len(matches) != 1:
        raise PlainError(NO_PACKAGE)
    try:
        package = msgspec.json.decode(base64.b64decode(matches[0], validate=True), type=Package)
    except (msgspec.DecodeError, binascii.Error, RecursionError) as error:
        raise PlainError(
            f"This package cannot be read ({error}): it may come from another version of the program."
        ) from None
    if package.form != FORM:
        raise PlainError(f"This package is of form {package.form}, and form {FORM} is read here: update this server.")
    ids = [piece.id for piece in package.pieces]
    if len(ids) > MOST_PIECES or len(set(ids)) < len(ids):
        raise PlainError(f"This package holds a piece twice, or over {MOST_PIECES} of them: ask for a new one.")
    said = () if package.standing is None else (package.standing.said, package.standing.last_call)
    if not all(is_day(day) for day in (package.made, *said) if day) or not package.made:
        raise PlainError("This package names a day that is none: ask the team for a new package.")
    for piece in package.pieces:
        refuse_impossible(piece)
    return package
