"""The tests that SECURITY.md names: what `pytest -m attempts` runs."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NAMED = re.compile(r"`(tests/[\w/]+\.py(?:::\w+)?)`")


@cache
def named() -> tuple[str, ...]:
    """Files and functions of tests as they stand in the table, each once."""
    lines = (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
    return tuple(dict.fromkeys(name for line in lines if line.startswith("|") for name in _NAMED.findall(line)))


def is_named(node: str) -> bool:
    """Whether a test, by its id, is one of them."""
    file, _, function = node.partition("::")
    return file in named() or f"{file}::{function.partition('[')[0]}" in named()
