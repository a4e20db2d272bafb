"""network: begin a cohort, take applications, list who waits for an answer, and answer."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import TYPE_CHECKING, Any

from equity.commands import network_looking, network_sharing
from equity.commands.network_sharing import action_of, here_of, printed
from equity.commands.plain_parser import PlainParser
from equity.network.applications import promised_day, reminder
from equity.vocabulary import PlainError
from equity.words.labels.commands import COMMAND_TEXTS
from equity.words.work import applications as words

if TYPE_CHECKING:
    from equity.access.here import Here
    from equity.network.applications import Application
    from equity.store.records.kept import Kept

ANSWERS = ("accepted", "waiting", "declined", "question_asked")


def add_commands(commands: argparse._SubParsersAction[PlainParser]) -> None:
    """Put ``network`` among the commands."""
    network = commands.add_parser("network", help="a cohort of teams, and who applies to it")
    actions = network.add_subparsers(dest="action", required=True, metavar="ACTION")
    begin = action_of(
        actions, "begin", "make a workspace the space of a cohort", _begin, '--title "Equity cohort 2027"'
    )
    begin.add_argument("--title", required=True, metavar="T")
    begin.add_argument("--purpose", default="", metavar="P")
    action_of(actions, "open", "take applications; prints the address, once", _open, "")
    action_of(actions, "close", "take no applications any more", _close, "")
    listed = action_of(
        actions, "applications", "who applied, the longest waiting first", _applications, "--format json"
    )
    listed.add_argument("--format", choices=("table", "json"), default="table")
    answer = action_of(
        actions, "answer", "answer one application or several with the same words", _answer, "ID --as accepted"
    )
    answer.add_argument("id", nargs="+", metavar="ID")
    answer.add_argument("--as", dest="state", required=True, choices=ANSWERS)
    answer.add_argument("--words", default="", metavar="W", help="the usual words when left out; a reason is owed")
    network_sharing.add_actions(actions)
    network_looking.add_actions(actions)


def _begin(arguments: argparse.Namespace) -> None:
    from equity.actions.network.cohorts import begin_cohort
    from equity.network.cohorts import Cohort

    kept = begin_cohort(here_of(arguments), Cohort(arguments.title, arguments.purpose))
    printed({"id": kept.id, "title": kept.content.title})


def _open(arguments: argparse.Namespace) -> None:
    from equity.actions.network.cohorts import open_door

    here = here_of(arguments)
    _, token = open_door(here, _cohort(here))
    printed({"apply": f"/apply/{token}"})


def _close(arguments: argparse.Namespace) -> None:
    from equity.actions.network.cohorts import close_door

    here = here_of(arguments)
    close_door(here, _cohort(here))
    printed({"apply": ""})


def _applications(arguments: argparse.Namespace) -> None:
    from equity.actions.network.applications import applications

    every = applications(here_of(arguments))
    today = dt.datetime.now(dt.UTC).date()
    if arguments.format == "json":
        printed([_row(kept, today) for kept in every])
        return
    for kept in every:
        print(f"{kept.id}  {words.organization(kept.content)}: {words.standing(kept.content, today)}")
    if not every:
        print(COMMAND_TEXTS["nobody_has_applied_yet"])


def _answer(arguments: argparse.Namespace) -> None:
    from equity.actions.network.applications import answer, applications

    here = here_of(arguments)
    every = {kept.id: kept for kept in applications(here)}
    unknown = [name for name in arguments.id if name not in every]
    if unknown:
        raise PlainError(f"There is no application “{unknown[0]}” here: network applications lists them.")
    usual = words.TEMPLATES[arguments.state] if arguments.state in ("accepted", "waiting") else ""
    done = answer(here, [every[name] for name in arguments.id], arguments.state, arguments.words or usual)
    printed([{"id": kept.id, "state": kept.content.state, "workspace": kept.content.workspace} for kept in done])


def _row(kept: Kept[Application], today: dt.date) -> dict[str, Any]:
    application = kept.content
    return {
        "id": kept.id,
        "organization": words.organization(application),
        "state": application.state,
        "received": application.received,
        "promised": promised_day(application, today).isoformat(),
        "reminder": reminder(application, today),
        "team": [{"name": m.name, "role": m.role, "lens": m.lens} for m in application.team],
        "answers": application.answers,
        "workspace": application.workspace,
    }


def _cohort(here: Here) -> Any:
    from equity.actions.network.cohorts import cohort_of

    kept = cohort_of(here)
    if kept is None:
        raise PlainError("This workspace is no cohort’s yet: begin one with network begin.")
    return kept
