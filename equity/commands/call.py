"""call: open a learning call, move it, end it, show it, write its minutes, and serve it to a room."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equity.actions.local_owner import workspace_of
from equity.calls.stages import STAGES, USUAL
from equity.commands.plain_parser import PlainParser
from equity.commands.terminal import json_text
from equity.store.files.home import home_folder
from equity.vocabulary import PlainError
from equity.words.labels.commands import COMMAND_TEXTS

if TYPE_CHECKING:
    from equity.actions.calls.live_calls import LiveCall

OPEN_EXAMPLE = """example:
  python -m equity call open --dataset "Clinic visits" --title "Blood pressure, 2024" \\
    --card "disparities?measure=Controlled blood pressure&by=race&period=2024" --card "trends?measure=…&by=race"
"""
MOVE_EXAMPLE = """example:
  python -m equity call move 3f2a… --card 2 --stage notice
"""


def add_commands(commands: argparse._SubParsersAction[PlainParser]) -> None:
    """Put ``call`` and what can be done with one among the commands."""
    call = commands.add_parser("call", help="a learning call: many people, one picture, every voice")
    actions = call.add_subparsers(dest="action", required=True, metavar="ACTION")

    opening = _action(
        actions, "open", "open a call; says its id, the address to join and the code", _open, OPEN_EXAMPLE
    )
    opening.add_argument("--dataset", required=True, metavar="D")
    opening.add_argument(
        "--card", action="append", required=True, metavar="CARD", help="a card as a link; may be repeated"
    )
    opening.add_argument("--title", default="", metavar="T", help="the first card's question when left out")
    opening.add_argument("--release", default="", metavar="ID", help="what people who are no members see")
    opening.add_argument(
        "--stages", default="", metavar="S1,S2", help=f"the agenda: some of {', '.join(USUAL)}; all when left out"
    )
    opening.add_argument("--minutes", type=float, default=0, metavar="N", help="how long one card may take")
    opening.add_argument("--weigh", default="", metavar="ID", help="a decision to weigh on the call, each in private")
    opening.add_argument("--attendance", choices=("names", "counts"), default="names", help="who was there, in minutes")

    moving = _action(actions, "move", "go to a card, to a stage, or to both", _move, MOVE_EXAMPLE)
    moving.add_argument("id", metavar="ID")
    moving.add_argument("--card", type=int, metavar="K", help="the card's number, 1 is the first")
    moving.add_argument("--stage", choices=STAGES)

    ending = _action(actions, "end", "end a call for everybody", _end, "example:\n  python -m equity call end 3f2a…\n")
    ending.add_argument("id", metavar="ID")

    showing = _action(
        actions, "show", "where a call is and what was written", _show,
        "example:\n  python -m equity call show 3f2a… --format json\n",
    )  # fmt: skip
    showing.add_argument("id", metavar="ID")
    showing.add_argument("--format", choices=("json", "table"), default="table")

    minutes = _action(
        actions, "minutes", "write what was looked at, guessed, written and chosen", _minutes,
        "example:\n  python -m equity call minutes 3f2a… --format docx --out minutes.docx\n",
    )  # fmt: skip
    minutes.add_argument("id", metavar="ID")
    minutes.add_argument("--format", choices=("md", "html", "docx", "json"), default="md")
    minutes.add_argument("--out", required=True, type=Path, metavar="FILE")

    serving = _action(
        actions, "serve", "answer calls on a release, and nothing else, for people in this room", _serve,
        "example:\n  python -m equity call serve --address 0.0.0.0 --port 8502\n",
    )  # fmt: skip
    serving.add_argument("--address", default="127.0.0.1", metavar="A", help="0.0.0.0 for everybody on this network")
    serving.add_argument("--port", type=int, default=8502, metavar="N")


def _action(
    actions: argparse._SubParsersAction[PlainParser],
    name: str,
    purpose: str,
    run: Callable[[argparse.Namespace], None],
    example: str,
) -> PlainParser:
    parser = actions.add_parser(
        name, help=purpose, description=purpose, epilog=example, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.set_defaults(run=run)
    return parser


def _open(arguments: argparse.Namespace) -> None:
    from equity.access.here import Here
    from equity.actions.calls.call_opening import Plan, open_call, recipes
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.person import LOCAL_OWNER

    home, database = home_folder(), workspace_database()
    plan = Plan(
        dataset=arguments.dataset,
        cards=recipes(home, arguments.dataset, arguments.card),
        title=arguments.title,
        release_id=arguments.release,
        stages=tuple(name for name in arguments.stages.split(",") if name.strip()),
        minutes=arguments.minutes,
        names_in_minutes=arguments.attendance == "names",
        decision=arguments.weigh,
    )
    place = Here(database, workspace_of(arguments.dataset), LOCAL_OWNER)
    opened = open_call(place, home, plan)
    _print({"id": opened.call.id, "join": opened.join, "code": opened.code})


def _move(arguments: argparse.Namespace) -> None:
    from equity.actions.calls.call_moves import move

    if arguments.card is None and arguments.stage is None:
        raise PlainError("Say where to: --card K, --stage S, or both.")
    live = _live(arguments.id)
    move(live, card=arguments.card, stage=arguments.stage)
    state = live.state
    _print({"id": live.call.id, "card": state.card, "stage": state.stage, "seq": state.seq})
    if state.current is not None and state.current.revealed and not state.current.sentence:
        from equity.actions.calls.call_opening import finding_of, remember_finding

        sys.stdout.flush()
        remember_finding(live, state.card, finding_of(live, home_folder(), state.card))


def _end(arguments: argparse.Namespace) -> None:
    from equity.actions.calls.call_moves import end
    from equity.store.workspace.person import LOCAL_OWNER

    live = _live(arguments.id)
    end(live, LOCAL_OWNER)
    _print({"id": live.call.id, "ended": True})


def _show(arguments: argparse.Namespace) -> None:
    shown = shown_call(_live(arguments.id))
    if arguments.format == "json":
        _print(shown)
        return
    lines = [f"{shown['title']}: {shown['stage']}, picture {shown['card']}, {shown['participants']} people"]
    lines += [
        f"{each['seq']:>5}  {each['stage']:<11} {each['lens']:<20} {each['name'] or '–':<16} {each['words']}"
        for each in shown["contributions"]
    ]
    sys.stdout.write("\n".join(" ".join(line.splitlines()) for line in lines) + "\n")


def _minutes(arguments: argparse.Namespace) -> None:
    from equity.actions.calls.call_minutes import as_file, whole_minutes

    live = _live(arguments.id)
    content = as_file(whole_minutes(live, home_folder()), arguments.format)
    try:
        with arguments.out.open("wb") as file:
            _log(live, len(content))  # no number leaves unlogged
            file.write(content)
    except OSError as error:
        raise PlainError(f"“{arguments.out}” cannot be written ({error.strerror}): choose another --out.") from error
    print(f"{arguments.out}: {len(content):,} bytes")


def _log(live: LiveCall, size: int) -> None:
    """Say in the audit log that numbers left the workspace by the terminal."""
    from equity.store.workspace import audit_log
    from equity.store.workspace.person import LOCAL_OWNER

    facts: dict[str, str | int] = {"call": live.call.id, "bytes": size}
    audit_log.record(live.database, live.call.workspace, LOCAL_OWNER, "exported", f"minutes: {live.state.title}", facts)


def _serve(arguments: argparse.Namespace) -> None:
    from equity.server.calls.alone import NOT_ENCRYPTED, addresses_of_this_machine, serve
    from equity.store.workspace.database import workspace_database

    workspace_database()  # a store that cannot be opened is told before anybody joins
    print(NOT_ENCRYPTED, file=sys.stderr)
    for address in addresses_of_this_machine(arguments.address, arguments.port):
        print(COMMAND_TEXTS["call_people_type_the_code"].format(address=address))
    sys.stdout.flush()
    serve(arguments.address, arguments.port)


def shown_call(live: LiveCall) -> dict[str, Any]:
    """A call as JSON: where it is, who is there as counts, and what was written. No number of a card is in it."""
    from equity.calls.views import answered, contribution_view, presence_view, state_view
    from equity.store.workspace.clock import now

    state = live.state
    told, here = state_view(state, now()), presence_view(state)
    return {
        "id": live.call.id,
        "title": state.title,
        "stage": state.stage,
        "card": state.card,
        "revealed": told["revealed"],
        "participants": here["participants"],
        "lenses": here["lenses"],
        "answered": answered(state),
        "contributions": [contribution_view(each) for each in state.contributions.values()],
        "cards": [
            {"card": c.number, "question": c.question, "asked": c.asked, "revealed": c.revealed} for c in state.cards
        ],
        "agenda": told["agenda"],
        "release": live.call.release_id,
        "opened": state.opened.isoformat() if state.opened else None,
        "ended": state.ended.isoformat() if state.ended else None,
        "seq": state.seq,
    }


def _live(call_id: str) -> LiveCall:
    from equity.actions.calls.live_calls import live_call
    from equity.store.workspace.database import workspace_database

    return live_call(workspace_database(), call_id)


def _print(content: object) -> None:
    sys.stdout.write(json_text(content) + "\n")
