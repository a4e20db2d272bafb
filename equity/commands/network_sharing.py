"""network, of sharing: invite and join, share a piece and take it back, packages and keys."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equity.commands.plain_parser import PlainParser
from equity.commands.terminal import json_text
from equity.network.pieces import PIECE_KINDS
from equity.store.files.home import home_folder
from equity.vocabulary import PlainError

if TYPE_CHECKING:
    from equity.access.here import Here
    from equity.network.members import Belonging
    from equity.store.records.kept import Kept

    Actions = argparse._SubParsersAction[PlainParser]


def add_actions(actions: Actions) -> None:
    """Put these among the actions of ``network``."""
    _of_teams(actions)
    _of_packages(actions)


def _of_teams(actions: Actions) -> None:
    invite = action_of(actions, "invite", "invite a team; prints its code, once", _invite, '--name "Cedar clinic"')
    invite.add_argument("--name", required=True, metavar="N")
    join = action_of(actions, "join", "join a cohort by its code, or one elsewhere by its number", _join, "--code CODE")
    which = join.add_mutually_exclusive_group(required=True)
    which.add_argument("--code", metavar="C", help="of an invitation on this server")
    which.add_argument("--number", metavar="N", help="of a cohort on another server")
    join.add_argument("--title", default="", metavar="T", help="what a cohort elsewhere is called here")
    action_of(actions, "leave", "leave the cohort with all that is the team's", _leave, "")
    share = action_of(actions, "share", "share a piece; a release goes in by its id", _share, "release 3f2a9c41d07e")
    share.add_argument("kind", choices=PIECE_KINDS)
    share.add_argument("subject", metavar="ID", help="of the release or the record")
    share.add_argument("--topic", default="", metavar="T")
    share.add_argument("--idea", default="", metavar="I", help="the change idea, in the cohort's words")
    share.add_argument("--card", default="", metavar="LINK", help="of a card: disparities?measure=M&by=S")
    share.add_argument("--expected", type=float, metavar="X", help="of a test: the change that was expected, 0.05")
    share.add_argument("--for-comparisons", action="store_true", help="a release: without the team's name")
    share.add_argument("--numbers-are-meant", action="store_true", help="typed numbers were looked at")
    back = action_of(actions, "take-back", "share a piece no more", _take_back, "PIECE")
    back.add_argument("piece", metavar="PIECE")
    action_of(actions, "shares", "what the team shares", _shares, "")
    tell = action_of(actions, "tell", "tell the cohort where the team is", _tell, '--help-wanted "How do others …?"')
    tell.add_argument("--help-wanted", default="", metavar="W")


def _of_packages(actions: Actions) -> None:
    export = action_of(actions, "export", "write a package for a cohort elsewhere", _export, "--out cedar.html")
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    export.add_argument("--help-wanted", default="", metavar="W")
    taken = action_of(actions, "import", "take a team's package in", _import, "cedar.html")
    taken.add_argument("file", type=Path, metavar="FILE")
    action_of(actions, "fingerprint", "of this server's key, to be read out to a facilitator", _fingerprint, "")
    trust = action_of(actions, "trust", "trust a key after comparing its fingerprint", _trust, '"7d1c …" --name Cedar')
    trust.add_argument("fingerprint", metavar="F")
    trust.add_argument("--name", required=True, metavar="N")


def action_of(
    actions: Actions, name: str, purpose: str, run: Callable[[argparse.Namespace], None], example: str
) -> PlainParser:
    epilog = f"example: python -m equity network {name} {example}".rstrip()
    action = actions.add_parser(name, help=purpose, description=purpose, epilog=epilog)
    action.add_argument("--workspace", default="", metavar="ID", help="the first one when left out")
    action.set_defaults(run=run)
    return action


def _invite(arguments: argparse.Namespace) -> None:
    from equity.actions.network.membership import invite_team

    kept, code = invite_team(here_of(arguments), arguments.name)
    printed({"id": kept.id, "code": code})


def _join(arguments: argparse.Namespace) -> None:
    from equity.actions.network.membership import join_cohort, join_elsewhere

    here = here_of(arguments)
    code, number = arguments.code, arguments.number
    kept = join_cohort(here, code) if code else join_elsewhere(here, number, arguments.title)
    printed({"cohort": kept.content.cohort, "title": kept.content.title})


def _leave(arguments: argparse.Namespace) -> None:
    from equity.actions.network.membership import leave

    here = here_of(arguments)
    kept = _belonging(here)
    leave(here, kept)
    printed({"left": kept.content.title})


def _share(arguments: argparse.Namespace) -> None:
    from equity.actions.network.sharing import share
    from equity.actions.network.told import Wish

    here = here_of(arguments)
    wish = Wish(
        arguments.kind,
        arguments.subject,
        "comparison" if arguments.for_comparisons else "gallery",
        arguments.topic,
        arguments.idea,
        card=arguments.card,
        predicted=arguments.expected,
    )
    meant = arguments.numbers_are_meant
    kept = share(here, home_folder(), _belonging(here), wish, numbers_are_meant=meant)
    printed({"piece": kept.content.id, "title": kept.content.title})


def _take_back(arguments: argparse.Namespace) -> None:
    from equity.actions.network.sharing import shares, take_back

    here = here_of(arguments)
    belonging = _belonging(here)
    shared = next((kept for kept in shares(here, belonging) if kept.content.id == arguments.piece), None)
    if shared is None:
        raise PlainError(f"There is no piece “{arguments.piece}” that is shared: network shares lists them.")
    take_back(here, belonging, shared)
    printed({"taken_back": shared.content.title})


def _shares(arguments: argparse.Namespace) -> None:
    from equity.actions.network.sharing import shares

    here = here_of(arguments)
    pieces = (kept.content for kept in shares(here, _belonging(here)))
    printed([{"piece": p.id, "kind": p.kind, "title": p.title, "seen": p.seen, "shared": p.shared} for p in pieces])


def _tell(arguments: argparse.Namespace) -> None:
    from equity.actions.network.membership import tell_where_we_are

    here = here_of(arguments)
    standing = tell_where_we_are(here, home_folder(), _belonging(here), arguments.help_wanted)
    printed(plain(standing))


def _export(arguments: argparse.Namespace) -> None:
    from equity.actions.network.packaging import export_package

    here = here_of(arguments)
    belonging = _belonging(here)
    content = export_package(here, home_folder(), belonging.id, help_wanted=arguments.help_wanted)
    write_file(here, arguments.out, content, "share package")


def write_file(here: Here, out: Path, content: bytes, what: str) -> None:
    """Write a file, logged first: nothing leaves unlogged."""
    _log(here, len(content), what)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise PlainError(f"“{out}” cannot be written ({error.strerror}): choose another --out.") from error
    print(f"{out}: {len(content):,} bytes")


def _log(here: Here, size: int, what: str) -> None:
    from equity.store.workspace import audit_log

    audit_log.record(here.database, here.workspace, here.person, "exported", what, {"bytes": size})


def _import(arguments: argparse.Namespace) -> None:
    from equity.actions.network.packaging import import_package
    from equity.network.packages import refuse_too_large

    try:
        refuse_too_large(arguments.file.stat().st_size)
        content = arguments.file.read_bytes()
    except OSError as error:
        raise PlainError(
            f"“{arguments.file}” cannot be read ({error.strerror}): name the file of a package."
        ) from error
    done = import_package(here_of(arguments), content)
    told = {"team": done.member.content.name, "key": done.key_name, "is_new": done.is_new}
    printed({**told, "added": done.added, "changed": done.changed, "taken_back": done.gone})


def _fingerprint(arguments: argparse.Namespace) -> None:
    from equity.actions.network.packaging import own_fingerprint

    print(own_fingerprint(here_of(arguments), home_folder()))


def _trust(arguments: argparse.Namespace) -> None:
    from equity.actions.network.membership import trust_key

    kept = trust_key(here_of(arguments), arguments.name, arguments.fingerprint)
    printed({"name": kept.content.name, "fingerprint": kept.content.fingerprint})


def plain(value: object) -> Any:
    """A value as JSON has it; what is not known (NaN) is null."""
    import msgspec

    return msgspec.json.decode(msgspec.json.encode(value))


def here_of(arguments: argparse.Namespace) -> Here:
    """The workspace that is named, as whoever runs the program sees it."""
    from equity.access.here import Here
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.person import LOCAL_OWNER
    from equity.store.workspace.workspaces import HOME_WORKSPACE

    return Here(workspace_database(), arguments.workspace or HOME_WORKSPACE, LOCAL_OWNER)


def _belonging(here: Here) -> Kept[Belonging]:
    from equity.actions.network.places import belongings

    kept = [each for each in belongings(here) if not each.content.left]
    if not kept:
        raise PlainError("This workspace is in no cohort yet: join one with network join.")
    return kept[0]


def printed(content: object) -> None:
    """Write what a command gives as JSON."""
    sys.stdout.write(json_text(content) + "\n")
