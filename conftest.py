"""What Python compiles is kept, so that each process of a test run does not compile the same thousand files again.

Some machines set PYTHONDONTWRITEBYTECODE. Every server and reader that a test starts would then compile the program by
itself, and every worker all tests, which takes longer than what many of them try. So `__pycache__`, which git ignores,
is written in this process and in those that it starts; this stands here because it is read before the first import.
"""

from __future__ import annotations

import os
import sys

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
