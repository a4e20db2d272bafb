"""release: make a release, read it, read its audit, take it back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from equity.actions.local_owner import dataset_of
from equity.commands.plain_parser import PlainParser
from equity.commands.printing import FORMATS, as_csv, records
from equity.commands.terminal import bare, json_text
from equity.store.files.home import home_folder
from equity.vocabulary import GRAINS


def add_commands(commands: argparse._SubParsersAction[PlainParser]) -> None:
    """Put ``release`` and what can be done with one among the commands."""
    release = commands.add_parser("release", help="freeze numbers for readers outside the team")
    actions = release.add_subparsers(dest="action", required=True, metavar="ACTION")

    create = actions.add_parser("create", help="make a release of a dataset's current version")
    create.add_argument("--dataset", required=True, metavar="D")
    create.add_argument("--workspace", default="", metavar="ID", help="the dataset's own when left out")
    create.add_argument("--by", required=True, metavar="S1,S2", help="the stratifiers that it holds")
    create.add_argument("--grain", choices=GRAINS, default="quarter", help="the finest grain of one-way tables")
    create.add_argument("--pairs", choices=("year", "all", "none"), default="year", help="tables of two stratifiers")
    create.add_argument("--policy", default="cms", metavar="P", help="cms, hedis, nhs or public")
    create.add_argument("--threshold", type=int, metavar="K", help="hide counts of 1 to K − 1; the policy's own if not")
    create.add_argument(
        "--measure", action="append", default=[], metavar="M", help="only this measure; may be repeated"
    )
    create.set_defaults(run=_create)

    show = _of_one(actions, "show", "every released table as rows", _show)
    show.add_argument("--format", choices=FORMATS, default="table")
    audit = _of_one(actions, "audit", "what the disclosure audit found, for the team", _audit)
    audit.add_argument("--format", choices=FORMATS, default="table")
    _of_one(actions, "revoke", "take a release back and close its links", _revoke)


def _of_one(
    actions: argparse._SubParsersAction[PlainParser], name: str, purpose: str, run: Callable[[argparse.Namespace], None]
) -> PlainParser:
    parser = actions.add_parser(name, help=purpose, description=purpose)
    parser.add_argument("id", metavar="ID")
    parser.set_defaults(run=run)
    return parser


def _create(arguments: argparse.Namespace) -> None:
    from equity.release.plan import Plan
    from equity.release.policy import policy_of
    from equity.release.watch import ReleaseCancelled
    from equity.sharing import make_release, overlapping_releases_of
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.person import LOCAL_OWNER
    from equity.store.workspace.publishing import log_what_is_missing
    from equity.words.sharing.release import overlapping_releases_sentence

    stratifiers = tuple(name.strip() for name in arguments.by.split(",") if name.strip())
    plan = Plan(stratifiers, arguments.grain, arguments.pairs, tuple(arguments.measure))
    policy = policy_of(arguments.policy, arguments.threshold)
    database = workspace_database()
    log_what_is_missing(database, home_folder())
    dataset, workspace = dataset_of(arguments.dataset, arguments.workspace)
    if overlapping := overlapping_releases_of(database, home_folder(), workspace, dataset, plan):
        print(overlapping_releases_sentence(overlapping), file=sys.stderr)
    try:
        made = make_release(database, home_folder(), workspace, dataset, plan, policy, by=LOCAL_OWNER, progress=_tell)
    except KeyboardInterrupt:
        raise ReleaseCancelled from None
    _print({"id": made.id, "dataset": made.dataset, "version": made.version, "rule": made.policy.sentence})


def _show(arguments: argparse.Namespace) -> None:
    from equity.release.create import show

    table = show(home_folder(), arguments.id)
    if arguments.format == "json":
        _print(records(table))
    elif arguments.format == "csv":
        sys.stdout.write(as_csv(table))
    else:
        sys.stdout.write(table.to_string(index=False, na_rep="") + "\n")


def _audit(arguments: argparse.Namespace) -> None:
    from equity.release.create import audit, audit_bounds
    from equity.words.sharing.release import audit_sentences, audit_table

    audited, bounds = audit(home_folder(), arguments.id), audit_bounds(home_folder(), arguments.id)
    if arguments.format == "json":
        _print({**audited, "bounds": records(bounds)})
    elif arguments.format == "csv":
        sys.stdout.write(as_csv(bounds))
    else:
        table = audit_table(bounds, {}).to_string(index=False) if len(bounds) else ""
        sys.stdout.write("\n".join([*audit_sentences(audited), "", table]).rstrip() + "\n")


def _tell(share: float, words: str) -> None:
    """How far it is, on one line of a terminal; nothing where output goes to a file."""
    terminal = bare(sys.stderr)
    if terminal.isatty():
        terminal.write(f"\r\x1b[K{share:.0%} {words}" if share < 1 else "\r\x1b[K")
        terminal.flush()


def _revoke(arguments: argparse.Namespace) -> None:
    from equity.release.shelf import find
    from equity.sharing import take_back
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.ownership import workspace_of_release
    from equity.store.workspace.person import LOCAL_OWNER

    home, database = home_folder(), workspace_database()
    release = find(home, arguments.id)
    workspace = workspace_of_release(database, release.id, release.dataset)
    closed = take_back(database, home, workspace, release.id, by=LOCAL_OWNER)
    _print({"id": release.id, "links_closed": closed})


def _print(content: object) -> None:
    sys.stdout.write(json_text(content) + "\n")
