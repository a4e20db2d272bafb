"""Joining a cohort, sharing with it, packages and keys, in words."""

from __future__ import annotations

from typing import Final

from equity.network.members import Belonging
from equity.network.packages import Package
from equity.network.pieces import Piece
from equity.words.cohort import pieces
from equity.words.days import describe_date
from equity.words.escaping import one_line
from equity.words.numbers import count

NOTHING_SHARED: Final = "Nothing is shared yet."
WHO_SEES: Final = (
    "🔒 What you share here, the teams and the facilitator of this cohort can read. Nothing else of your workspace "
    "reaches them. Rates come from a release only; you can take back each piece."
)
ELSEWHERE: Final = (
    "This cohort is on another server. Export a package, send it to the facilitator, and read out your fingerprint "
    "once, by voice."
)
FINGERPRINT: Final = "Fingerprint of this server’s key"
NUMBER: Final = "Number of this cohort, for teams on other servers"
INVITED: Final = "The invitation’s code, shown once: the team’s owner or analyst types it on their page Network."
NUMBERS_TYPED: Final = "These texts hold numbers that were typed; a release may hide them:"
JOIN_HERE: Final = "Join a cohort on this server"
JOIN_ELSEWHERE: Final = "Join a cohort on another server"
WHO_JOINS: Final = "An owner or analyst of this workspace can join a cohort."
LEAVE_MEANS: Final = (
    "All that you share is taken back, and comparisons with your numbers are taken down. What was read stays read; "
    "what is yours stays here."
)
WHERE_MEANS: Final = (
    "The cohort reads how many things you hold for each milestone, your latest reflection and call, and what you ask "
    "for. It is told, never scored; no number of patients goes with it."
)
TOLD: Final = "Told"
ONE_FILE: Final = "One HTML file, at most 4 MB. It is taken in only unchanged, and signed with a key that you trust."
VIEWS_LED: Final = ("Teams", "Gallery", "Comparisons", "What was tried")
VIEWS_JOINED: Final = ("We share", "Gallery", "Comparisons", "What was tried")
SHARE: Final = "Share something"
SHARED: Final = "What we share"
LEAVE: Final = "Leave the cohort"
LEAVE_SURE: Final = "Leave with all that is ours"
EXPORT: Final = "Export a package"
TAKE_BACK: Final = "Take back"
LOOK_FIRST: Final = "Look at it before it is shared"
PACKAGES: Final = "Packages of teams on other servers"
COMPARE_VOICE: Final = (
    "Call the team and have them read their fingerprint from their page Network. Trust the key only when it is this "
    "one."
)


def package_title(name: str) -> str:
    """The heading of a package."""
    return f"{one_line(name, 200)}: what we share"


def package_about(package: Package, cohort: str) -> str:
    """When it was made, for which cohort, and that it takes the place of earlier ones."""
    return (
        f"Made on {describe_date(package.made)} for {one_line(cohort, 200)}. It takes the place of every package "
        "before it. The last line is a signature: the cohort’s server takes it only unchanged."
    )


def belonging(kept: Belonging) -> str:
    """The cohort that a team is in, in a line."""
    where = "on another server, by package" if kept.is_elsewhere else "on this server"
    gone = f"; left on {describe_date(kept.left)}" if kept.left else ""
    return f"{one_line(kept.title, 200)}, {where}, joined on {describe_date(kept.joined)}{gone}."


def nothing_of(kind: str) -> str:
    """There is nothing of a kind to share."""
    return f"There is nothing to share yet of this kind: {kind.lower()}."


def share_line(piece: Piece) -> str:
    """One piece that the team shares."""
    return f"{one_line(piece.title, 400)}. {pieces.about(piece)}"


def imported(name: str, key: str, added: int, changed: int, gone: int) -> str:
    """What a package brought."""
    parts = [f"{count(number)} {what}" for number, what in ((added, "new"), (changed, "changed"), (gone, "taken back"))]
    return f"{one_line(name, 200)}, signed with the key of {one_line(key, 200)}: {', '.join(parts)}."
