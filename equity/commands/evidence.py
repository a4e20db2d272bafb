"""evidence: what a workspace can show to the network, to surveyors and to its board, each statement with its source."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from equity.commands.plain_parser import PlainParser
from equity.commands.terminal import bare
from equity.store.files.home import home_folder
from equity.vocabulary import PlainError

if TYPE_CHECKING:
    from equity.access.here import Here

FORMATS = ("json", "html", "docx")
EXAMPLE = """example:
  python -m equity evidence --format docx --part board_page --out board.docx
"""


def add_commands(commands: argparse._SubParsersAction[PlainParser]) -> None:
    """Put ``evidence`` among the commands."""
    purpose = "what a workspace can show, each statement with its source; numbers from a release only"
    evidence = commands.add_parser(
        "evidence",
        help=purpose,
        description=purpose,
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    evidence.add_argument("--format", choices=FORMATS, default="json")
    evidence.add_argument("--part", action="append", default=[], metavar="P", help="only this part; may be repeated")
    evidence.add_argument("--release", default="", metavar="ID", help="the newest one when left out")
    evidence.add_argument("--workspace", default="", metavar="ID", help="the first one when left out")
    evidence.add_argument("--out", type=Path, metavar="FILE", help="standard output when left out")
    evidence.set_defaults(run=_evidence)


def _evidence(arguments: argparse.Namespace) -> None:
    from equity.access.here import Here
    from equity.actions.evidence.files import as_file
    from equity.actions.evidence.making import make_pack
    from equity.network.evidence import typed_numbers
    from equity.store.workspace.database import workspace_database
    from equity.store.workspace.person import LOCAL_OWNER
    from equity.store.workspace.workspaces import HOME_WORKSPACE

    here = Here(workspace_database(), arguments.workspace or HOME_WORKSPACE, LOCAL_OWNER)
    pack = make_pack(here, home_folder(), release_id=arguments.release, parts=tuple(arguments.part))
    content = as_file(pack, arguments.format)
    to_file = arguments.out is not None
    if not to_file and arguments.format == "docx" and bare(sys.stdout).isatty():
        raise PlainError("A document is not for a terminal: name a file with --out.")
    _log(here, len(content))  # no number leaves unlogged
    _point_out(typed_numbers(pack))
    if to_file:
        _write(arguments.out, content)
    else:
        _print(content, arguments.format)


def _point_out(typed: tuple[str, ...]) -> None:
    from equity.words.escaping import one_line
    from equity.words.work.evidence import TYPED_NUMBERS

    for line in (TYPED_NUMBERS, *(f"  {one_line(text, 200)}" for text in typed)) if typed else ():
        print(line, file=sys.stderr)


def _log(here: Here, size: int) -> None:
    from equity.store.workspace import audit_log

    audit_log.record(here.database, here.workspace, here.person, "exported", "evidence pack", {"bytes": size})


def _print(content: bytes, form: str) -> None:
    if form == "docx":
        sys.stdout.flush()
        bare(sys.stdout).buffer.write(content)
    else:
        sys.stdout.write(content.decode("utf-8"))


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise PlainError(f"“{file}” cannot be written ({error.strerror}): choose another --out.") from error
    print(f"{file}: {len(content):,} bytes")
