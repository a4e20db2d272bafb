"""What Python compiles is kept, so that each process of a run does not compile the same thousand files again."""

from __future__ import annotations

import os
import sys


def keep_bytecode() -> None:
    """Write `__pycache__`, which git ignores, from here on: in this process and in those that it starts.

    Some machines set PYTHONDONTWRITEBYTECODE. Every server and reader that a test starts would then compile the program
    by itself, and every worker all tests, which takes longer than what many of them try.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
