"""Words into a command, and what went wrong into one plain line on stderr with exit status 2."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from equity.commands import (
    aims,
    ask,
    backup,
    call,
    evidence,
    export,
    files,
    network,
    projects,
    records,
    release,
    team,
)
from equity.commands.own_limits import TOO_LARGE
from equity.commands.plain_parser import PlainParser
from equity.commands.terminal import harmless_output
from equity.vocabulary import PlainError, QuestionsOpen
from equity.words.labels.commands import COMMAND_TEXTS
from equity.words.labels.session import SESSION_TEXTS

ROOMS = (
    files,
    ask,
    export,
    release,
    call,
    aims,
    team,
    projects,
    records,
    evidence,
    network,
    backup,
)
"""The modules that hold commands, in the order of the help."""


def run(words: Sequence[str]) -> int:
    """Carry out one command; 0 when it was done, 2 when a person has something to mend."""
    with harmless_output(sys.stdout, sys.stderr):
        arguments = parser().parse_args(_as_named_now(words))
        try:
            arguments.run(arguments)
        except QuestionsOpen as error:
            print(error, file=sys.stderr)
            return 2
        except PlainError as error:
            print(" ".join(str(error).split()), file=sys.stderr)
            return 2
        except MemoryError:
            print(TOO_LARGE, file=sys.stderr)
            return 2
        except BrokenPipeError:
            sys.stderr.close()
        return 0


FORMER_NAMES = {"gap-sources": "gap-breakdown", "summary": "overall-inequality"}
"""Questions of ``ask`` by the names that they had: good for one version more."""


def _as_named_now(words: Sequence[str]) -> Sequence[str]:
    """The words with a question by its name of today, and a note on stderr where it came by a former one."""
    if len(words) < 2 or words[0] != "ask" or words[1] not in FORMER_NAMES:
        return words
    now = FORMER_NAMES[words[1]]
    print(COMMAND_TEXTS["ask_is_called_ask_now"].format(words=words[1], now=now), file=sys.stderr)
    return ["ask", now, *words[2:]]


def parser() -> PlainParser:
    """Every command with its words."""
    top = PlainParser(prog="python -m equity", description=SESSION_TEXTS["look_at_outcomes_through_an_equity"])
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for room in ROOMS:
        room.add_commands(commands)
    return top
