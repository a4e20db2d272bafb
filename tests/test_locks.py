"""What the READMEs install is what is pinned: every pin is locked, and every package there has its hashes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def pins(name: str) -> dict[str, str]:
    """The pinned versions of a requirements file and of those that it includes, by the package's normalised name."""
    found: dict[str, str] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            found |= pins(line.removeprefix("-r ").strip())
        elif pinned := re.match(r"([\w.\-]+)(?:\[[\w,]+\])?==([\w.+!]+)", line):
            found[re.sub(r"[-_.]+", "-", pinned[1]).lower()] = pinned[2]
    return found


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_each_pin_is_locked_and_each_package_has_hashes(name: str) -> None:
    locked = pins(f"{name}.lock")
    assert len(locked) > len(pins(f"{name}.txt"))
    assert {package: locked.get(package) for package in pins(f"{name}.txt")} == pins(f"{name}.txt")
    entries = re.split(r"\n(?=\S)", (ROOT / f"{name}.lock").read_text(encoding="utf-8").strip())
    assert all("--hash=sha256:" in entry for entry in entries if "==" in entry)
    assert "://" not in "".join(entries)
