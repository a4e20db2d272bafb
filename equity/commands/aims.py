"""aims: the aims of a workspace, in the terminal: all of them, one with its history, and how far each has come."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from equity.commands.plain_parser import PlainParser
from equity.words.labels.commands import COMMAND_TEXTS

if TYPE_CHECKING:
    import pandas as pd

    from equity.access.here import Here
    from equity.cube import Cube
    from equity.improvement.aims import Aim
    from equity.improvement.progress import Progress
    from equity.store.records.kept import Kept


def add_commands(commands: argparse._SubParsersAction[PlainParser]) -> None:
    """Put ``aims`` among the commands."""
    aims = commands.add_parser("aims", help="the aims of a workspace, and how far each has come")
    actions = aims.add_subparsers(dest="action", required=True, metavar="ACTION")
    every = _action(actions, "list", "every aim, the oldest first", "example: python -m equity aims list --format csv")
    every.set_defaults(run=_list)
    one = _action(actions, "show", "one aim and how it changed", "example: python -m equity aims show 4f0c")
    one.add_argument("aim", metavar="ID", help="its id, or as much of its beginning as tells it from the others")
    one.set_defaults(run=_show)
    far = _action(
        actions, "progress", "how far each aim has come", "example: python -m equity aims progress --format json"
    )
    far.add_argument("aim", nargs="?", default="", metavar="ID", help="this aim alone")
    far.set_defaults(run=_progress)


def _action(
    actions: argparse._SubParsersAction[PlainParser], name: str, purpose: str, example: str
) -> argparse.ArgumentParser:
    action = actions.add_parser(name, help=purpose, description=purpose, epilog=example)
    action.add_argument("--workspace", default="", metavar="ID", help="the first one when left out")
    action.add_argument("--format", choices=("table", "json", "csv"), default="table")
    return action


def _list(arguments: argparse.Namespace) -> None:
    from equity.actions.work.aims import aims

    rows = [_row(kept) for kept in aims(_here(arguments))]
    _print(rows, arguments.format, COMMAND_TEXTS["no_aim_yet_begin"], ("id", "status", "sentence"))


def _show(arguments: argparse.Namespace) -> None:
    from equity.actions.work.aims import history

    here = _here(arguments)
    kept = _one(here, arguments.aim)
    rows = [
        {
            "version": saved.version,
            "edited": saved.edited.isoformat(),
            "edited_by": saved.edited_by,
            **_parts(saved.content),
        }
        for saved in history(here, kept)
    ]
    _print(rows, arguments.format, "", ("version", "edited", "status", "sentence", "why_changed"))


def _progress(arguments: argparse.Namespace) -> None:
    from equity.actions.work.aims import aims, progress_of

    here = _here(arguments)
    chosen = [_one(here, arguments.aim)] if arguments.aim else [k for k in aims(here) if k.content.status == "set"]
    rows = [{"id": kept.id, **_far(progress_of(here, kept, _cube(kept.content.dataset)))} for kept in chosen]
    _print(
        rows,
        arguments.format,
        COMMAND_TEXTS["no_aim_is_set_yet_set"],
        ("id", "verdict", "finding", "how_sure", "line", "harm"),
    )


def _here(arguments: argparse.Namespace) -> Here:
    from equity.access.here import Here
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.person import LOCAL_OWNER
    from equity.store.workspace.workspaces import HOME_WORKSPACE

    return Here(workspace_database(), arguments.workspace or HOME_WORKSPACE, LOCAL_OWNER)


def _one(here: Here, begins: str) -> Kept[Aim]:
    from equity.actions.work.aims import aims
    from equity.vocabulary import PlainError

    matching = [kept for kept in aims(here) if begins and kept.id.startswith(begins)]
    if len(matching) != 1:
        what = "is no aim" if not matching else f"begins the ids of {len(matching)} aims"
        raise PlainError(f"“{begins}” {what} here: “python -m equity aims list” shows their ids.")
    return matching[0]


def _cube(dataset: str) -> Cube:
    from equity.cube import open_cube
    from equity.store.files.home import home_folder
    from equity.store.files.versions import dataset as held

    return open_cube(held(home_folder(), dataset).current.folder)


def _row(kept: Kept[Aim]) -> dict[str, Any]:
    return {"id": kept.id, "readers": kept.readers, "edited": kept.edited.isoformat(), **_parts(kept.content)}


def _parts(aim: Aim) -> dict[str, Any]:
    """An aim as one row: its sentence, and each of its parts; rates are fractions."""
    from equity.vocabulary import PlainError
    from equity.words.work.aims import sentence

    try:
        held = _cube(aim.dataset).description
        said = sentence(aim, held.measure(aim.measure), held.stratifier(aim.by))
    except PlainError:
        said = sentence(aim, None, None)
    flat = {name: value for name, value in vars(aim).items() if name != "baseline"}
    base = aim.baseline
    return {
        "status": flat.pop("status"),
        "sentence": said,
        **flat,
        "baseline": None if base is None else base.value,
        "baseline_n": None if base is None else base.n,
        "baseline_period": None if base is None else base.period,
        "baseline_version": None if base is None else base.version,
    }


def _far(progress: Progress) -> dict[str, Any]:
    """Progress as one row; shares and rates are fractions, what is not known is empty."""
    from equity.words.work import aims as words

    row: dict[str, Any] = {
        "verdict": progress.verdict,
        "finding": words.finding(progress),
        "how_sure": words.how_sure(progress),
        "line": words.beside_line(progress),
        "harm": words.harm(progress),
        "period": progress.period,
        "whole": progress.whole,
    }
    for name in ("now", "share"):
        side = getattr(progress, name)
        row |= {name: float(side.value), f"{name}_lower": float(side.lower), f"{name}_upper": float(side.upper)}
    row["gap_now"], row["due"] = progress.gap_now, progress.due
    row["watched"] = "; ".join(f"{one.measure.name}, {one.group}: {one.state}" for one in progress.watched)
    return row


def _print(rows: list[dict[str, Any]], form: str, nothing: str, told: tuple[str, ...]) -> None:
    """Rows in one of the forms; a table holds the columns ``told`` alone."""
    import pandas as pd

    from equity.commands.printing import as_csv, records
    from equity.commands.terminal import json_text

    table: pd.DataFrame = pd.DataFrame(rows)
    if form == "json":
        text = json_text(records(table))
    elif not rows:
        text = nothing
    elif form == "csv":
        text = as_csv(table)
    else:
        text = "\n\n".join("\n".join(f"{name}: {row[name]}" for name in told if row[name] != "") for row in rows)
    sys.stdout.write(text.rstrip("\n") + "\n")
