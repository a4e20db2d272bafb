"""Words into a command, and what went wrong into one plain line on stderr with exit status 2."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from importlib import import_module

from equity.commands.own_limits import TOO_LARGE
from equity.commands.plain_parser import PlainParser
from equity.commands.put_off import put_off
from equity.commands.terminal import harmless_output
from equity.vocabulary import PlainError, QuestionsOpen
from equity.words.labels.commands import COMMAND_TEXTS
from equity.words.labels.session import SESSION_TEXTS

COMMANDS = {
    "load": "files",
    "inspect": "files",
    "datasets": "files",
    "ask": "ask",
    "export": "export",
    "release": "release",
    "call": "call",
    "aims": "aims",
    "team": "team",
    "projects": "projects",
    "records": "records",
    "evidence": "evidence",
    "network": "network",
    "backup": "backup",
    "restore": "backup",
    "begin-store": "backup",
    "check-log": "backup",
}
"""Each command, in the order of the help, and the module of this room that holds it."""


def run(words: Sequence[str]) -> int:
    """Carry out one command; 0 when it was done, 2 when a person has something to mend."""
    put_off()
    with harmless_output(sys.stdout, sys.stderr):
        arguments = _parser_for(words).parse_args(_as_named_now(words))
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
    return _parser_of(dict.fromkeys(COMMANDS.values()))


def _parser_for(words: Sequence[str]) -> PlainParser:
    """The parser that these words need: one module's where they begin with a command, else all.

    A terminal waits for what is imported, and the other commands are most of it.
    """
    return _parser_of([COMMANDS[words[0]]]) if words and words[0] in COMMANDS else parser()


def _parser_of(modules: Iterable[str]) -> PlainParser:
    top = PlainParser(prog="python -m equity", description=SESSION_TEXTS["look_at_outcomes_through_an_equity"])
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in modules:
        import_module(f"equity.commands.{module}").add_commands(commands)
    return top
