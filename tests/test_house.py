"""The rules of the house: style, types, floors. They run here so that one command checks everything."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["lint-imports"],
    ],
    ids=" ".join,
)
def test_the_tool_has_nothing_to_say(command: list[str]) -> None:
    found = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def test_streamlit_is_imported_only_where_pages_are_drawn() -> None:
    allowed = (ROOT / "app.py", ROOT / "pages", ROOT / "equity" / "ui")
    for file in [ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("equity/**/*.py")]:
        if not any(file == place or place in file.parents for place in allowed):
            assert "import streamlit" not in file.read_text(encoding="utf-8"), file


def test_nothing_in_the_project_needs_what_lies_beside_it() -> None:
    here = Path(__file__)
    for file in [*ROOT.glob("*.*"), *ROOT.glob("equity/**/*.py"), *ROOT.glob("tests/**/*.py"), *ROOT.glob("docs/*.md")]:
        if file.is_file() and file != here:
            assert "../" + "shared" not in file.read_text(encoding="utf-8", errors="ignore"), file
