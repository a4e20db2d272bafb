"""Who is in a cohort: teams on this server, teams elsewhere who send packages, and the keys that are trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from equity.network.packages import Package, SignedPackage
from equity.network.pieces import Standing
from equity.vocabulary import PlainError


@dataclass(frozen=True)
class Member:
    """A team in a cohort, kept in the cohort's workspace. Days are YYYY-MM-DD; ``left`` is empty while it is in.

    workspace   its workspace on this server; empty for a team elsewhere
    code_hash   what opens the invitation, until it is taken up
    key, team   elsewhere: the fingerprint that its packages are signed with, and its workspace's id there
    sequence    of the latest package; an earlier one is not taken any more
    named_in    the comparisons (their ids) in which this team agreed to be named
    standing    where it said that it is; None before it said so
    caretaker   who owns its workspace until its own people have joined (a person's id); empty for nobody
    """

    name: str
    workspace: str = ""
    joined: str = ""
    left: str = ""
    code_hash: str = ""
    key: str = ""
    team: str = ""
    sequence: int = 0
    package: str = ""
    named_in: tuple[str, ...] = ()
    standing: Standing | None = None
    caretaker: str = ""

    @property
    def is_in(self) -> bool:
        """Whether it has joined and not left."""
        return bool(self.joined) and not self.left


@dataclass(frozen=True)
class Belonging:
    """The cohort that a team is in, kept in the team's workspace. ``cohort`` is its number.

    workspace, member   the cohort's workspace and the record of this team there; empty for a cohort elsewhere
    sequence            of the latest package that was exported
    """

    cohort: str
    title: str
    joined: str
    left: str = ""
    workspace: str = ""
    member: str = ""
    sequence: int = 0

    @property
    def is_elsewhere(self) -> bool:
        """Whether the cohort is on another server, to which packages are sent."""
        return not self.workspace


@dataclass(frozen=True)
class TrustedKey:
    """The key of a server, trusted once by a facilitator who compared its fingerprint with whoever runs that server."""

    name: str
    fingerprint: str
    trusted: str


@dataclass(frozen=True)
class Ask:
    """A question to a team about a piece, and its answer."""

    piece: str
    words: str
    by: str
    answer: str = ""
    answered_by: str = ""


@dataclass(frozen=True)
class Meeting:
    """A call for all teams of a cohort: when it begins (ISO 8601, UTC), how long, and where."""

    title: str
    begins: str
    minutes: int = 60
    where: str = ""
    about: str = ""


_FINGERPRINT_DIGITS: Final = 40


def read_fingerprint(typed: str) -> str:
    """A fingerprint as it is kept, from what somebody typed; raises :class:`PlainError` for anything else."""
    digits = "".join(typed.lower().split()).replace("-", "").replace(":", "")
    if len(digits) != _FINGERPRINT_DIGITS or any(digit not in "0123456789abcdef" for digit in digits):
        raise PlainError(
            "A fingerprint has forty letters and digits, 0 to 9 and a to f: ask the team to read out theirs."
        )
    return " ".join(digits[at : at + 4] for at in range(0, _FINGERPRINT_DIGITS, 4))


def refuse_unknown(signed: SignedPackage, trusted: tuple[TrustedKey, ...]) -> TrustedKey:
    """The trusted key of a package; raises :class:`PlainError` when nobody has trusted it."""
    for key in trusted:
        if key.fingerprint == signed.fingerprint:
            return key
    raise PlainError(
        f"This package is signed with a key that is not trusted here (fingerprint {signed.fingerprint}): compare it "
        "with the team, trust it once, and import the package again."
    )


def refuse_replayed(package: Package, cohort: str, member: Member | None) -> None:
    """Raise :class:`PlainError` for a package of another cohort, one that is here already, or an earlier one."""
    if package.cohort != cohort:
        raise PlainError("This package was made for another cohort: ask the team to export one for this cohort.")
    if member is None:
        return
    if member.left:
        raise PlainError(f"{member.name} has left this cohort: nothing is taken from its packages any more.")
    if package.sequence == member.sequence:
        raise PlainError("This package is here already: there is nothing new in it.")
    if package.sequence < member.sequence:
        raise PlainError(
            f"This package is older than what is here of {member.name}: it may bring back what was withdrawn, so ask "
            "for the newest."
        )
