"""load, inspect and datasets: what has to do with files."""

from __future__ import annotations

import argparse
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equity.actions.local_owner import loading_into
from equity.commands.own_limits import staged_reading
from equity.commands.plain_parser import PlainParser
from equity.store.files.home import home_folder
from equity.vocabulary import Description, Mapping, PlainError, Problem
from equity.words.datasets import doubts
from equity.words.labels.commands import COMMAND_TEXTS
from equity.words.measures import how_many

if TYPE_CHECKING:
    from equity.cube.engines.remote_engine import RemoteEngine


def add_commands(commands: argparse._SubParsersAction[PlainParser]) -> None:
    """Put the file commands among the others."""
    load = commands.add_parser("load", help="read an extract into a new version of a dataset")
    load.add_argument("files", nargs="+", metavar="FILE", help="a file; with --engine a table, or a path that it reads")
    load.add_argument("--dataset", required=True, metavar="NAME")
    load.add_argument(
        "--workspace", default="", metavar="ID", help="the dataset's own, or the first one, when left out"
    )
    load.add_argument("--mapping", type=Path, metavar="M.toml", help="what each column means; proposed when left out")
    how = load.add_mutually_exclusive_group()
    how.add_argument("--append", dest="mode", action="store_const", const="append", help="add to the current version")
    how.add_argument(
        "--replace", dest="mode", action="store_const", const="replace", help="replace the periods that the file covers"
    )
    load.add_argument(
        "--engine", choices=["spark", "postgresql"], help="count where the rows lie; only counts come here"
    )
    load.add_argument("--master", metavar="URL", help="the Spark cluster: spark://host:7077, yarn, local[2] …")
    load.add_argument(
        "--accept-proposal",
        action="store_true",
        help="without a mapping: take the likeliest answer to each open question, and keep the questions as doubts",
    )
    load.add_argument(
        "--accept-set-aside", action="store_true", help="load although under nine tenths of the rows would be used"
    )
    load.add_argument("--url", metavar="URL", help="the PostgreSQL database: postgresql://user@host/database")
    load.set_defaults(run=_load, mode="new")

    inspect = commands.add_parser("inspect", help="propose a mapping, as TOML")
    inspect.add_argument("file", type=Path, metavar="FILE")
    inspect.add_argument("--sheet", metavar="NAME", default="", help="the sheet of a workbook")
    inspect.add_argument(
        "--header",
        metavar="CELL",
        default="",
        help="a cell of the header's last line, where another line was taken for it; none: the file has no header",
    )
    inspect.set_defaults(run=_inspect)

    datasets = commands.add_parser("datasets", help="list the datasets that are loaded")
    datasets.set_defaults(run=_datasets)


BETTER = {
    "higher_better": "higher is better.",
    "lower_better": "lower is better.",
    "neutral": COMMAND_TEXTS["which_way_is_better"],
}
ADDRESS_OF = {"spark": "master", "postgresql": "url"}  # the word that names where each engine is


def _load(arguments: argparse.Namespace) -> None:
    from equity.intake.proposal.mapping.mapping_file import read_mapping
    from equity.loading import Accepted, load

    mapping = None if arguments.mapping is None else read_mapping(arguments.mapping)
    _refuse_words_of_others(arguments)
    if arguments.engine is None:
        with loading_into(arguments.dataset, arguments.workspace) as into, staged_reading(home_folder()):
            loaded = load(
                arguments.files,
                into.dataset,
                mapping,
                arguments.mode,
                home_folder(),
                by=into.by,
                accepted=Accepted(arguments.accept_proposal, arguments.accept_set_aside),
            )
    else:
        loaded = _load_elsewhere(arguments, mapping)
    for measure in loaded.measures:
        print(f"“{measure.name}”: {BETTER[measure.polarity]}")
    print(_summary(loaded))
    for doubt in loaded.doubts:
        print(f"  {doubts.in_a_line(doubt)}", file=sys.stderr)
    for problem in loaded.problems:
        print(f"  {problem.severity}: {_said(problem)}", file=sys.stderr)


def _refuse_words_of_others(arguments: argparse.Namespace) -> None:
    for engine, word in ADDRESS_OF.items():
        if getattr(arguments, word) and arguments.engine != engine:
            raise PlainError(f"--{word} belongs to --engine {engine}: write both, or neither.")


def _load_elsewhere(arguments: argparse.Namespace, mapping: Mapping | None) -> Description:
    from equity.loading import load_elsewhere

    if arguments.mode != "new":
        raise PlainError(
            "Only counts come from an engine, and people of two loads would be counted twice: leave out "
            f"--{arguments.mode} and count all rows there again."
        )
    address = getattr(arguments, ADDRESS_OF[arguments.engine])
    if not address:
        raise PlainError(
            f"--engine {arguments.engine} needs --{ADDRESS_OF[arguments.engine]}: the address to count at."
        )
    with (
        _connected(arguments.engine, address) as connection,
        loading_into(arguments.dataset, arguments.workspace) as into,
    ):
        return load_elsewhere(connection, arguments.files, into.dataset, mapping, home_folder(), by=into.by)


def _connected(engine: str, address: str) -> AbstractContextManager[RemoteEngine[Any]]:
    try:
        if engine == "spark":
            from equity.cube.engines.spark import connected_to_spark

            return connected_to_spark(address)
        from equity.cube.engines.postgresql import PostgresqlConnection
    except ImportError as error:
        raise PlainError(
            f"--engine {engine} needs the package {error.name}: pip install -r requirements-{engine}.txt."
        ) from None
    return PostgresqlConnection(address)


def _said(problem: Problem) -> str:
    """What was found, where, and the remedy."""
    column = f"column “{problem.column}”" if problem.column else ""
    row = f"row {problem.row:,}" if problem.row else ""
    where = ", ".join(part for part in (column, row) if part)
    return " ".join(part for part in (problem.message, f"({where})" if where else "", problem.remedy) if part)


def _summary(loaded: Description) -> str:
    periods = f"{loaded.periods[0]} to {loaded.periods[-1]}" if loaded.periods else "no periods"
    return COMMAND_TEXTS["version_rows_used_set_aside_measures"].format(
        dataset=loaded.dataset,
        version=loaded.version,
        rows_in=loaded.rows_in,
        rows_used=loaded.rows_used,
        rows_set_aside=loaded.rows_set_aside,
        measures=how_many(len(loaded.measures)),
        stratifiers=", ".join(s.name for s in loaded.stratifiers) or "nothing",
        periods=periods,
    )


def _inspect(arguments: argparse.Namespace) -> None:
    from equity.intake.proposal.mapping.asking import as_comments
    from equity.intake.proposal.mapping.mapping_file import mapping_to_toml
    from equity.intake.proposal.propose import propose

    with staged_reading(home_folder()):
        proposal = propose(arguments.file, sheet=arguments.sheet, header=arguments.header)
    print(mapping_to_toml(proposal.mapping))
    if proposal.questions:
        print(as_comments(proposal.questions))
    for decision in proposal.decisions:
        print(f"# {decision.role}: {decision.choice}: {decision.evidence}")
    for reason in proposal.reasons:
        print(f"# {reason}")
    for problem in proposal.problems:
        print(f"# {problem.severity}: {problem.message} {problem.remedy}")


def _datasets(arguments: argparse.Namespace) -> None:
    from equity.store.files.versions import damaged_datasets, datasets

    held, damaged = datasets(home_folder()), damaged_datasets(home_folder())
    for _, said in damaged:
        print(said, file=sys.stderr)
    if not held and not damaged:
        raise PlainError("Nothing is loaded yet: python -m equity load FILE --dataset NAME")
    for entry in held:
        print(entry)
