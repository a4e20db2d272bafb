"""The rules of the house: style, types, floors. They run here so that one command checks everything."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import grimp
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


def in_circles(imports: Mapping[str, set[str]]) -> set[str]:
    """The modules from which imports lead back to themselves: those left when none that imports no other is there."""
    left = {module: set(others) for module, others in imports.items()}
    while free := {module for module, others in left.items() if not others & set(left)}:
        left = {module: others for module, others in left.items() if module not in free}
    return set(left)


def test_a_circle_is_seen() -> None:
    assert in_circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == {"a", "b", "c"}
    assert in_circles({"a": {"b", "d"}, "b": {"d"}, "d": set()}) == set()


def test_no_module_stands_in_a_circle() -> None:
    """Imports inside functions and under TYPE_CHECKING count; a package is not what lies in it."""
    graph = grimp.build_graph("equity", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imports) > 900
    assert imports["equity.lens.answers"] >= {"equity.lens.choices", "equity.lens.tables"}
    assert in_circles(imports) == set()


BY_NAME = {
    "equity/cards/made_again.py",
    "equity/commands/line.py",
    "equity/intake/apart/messages.py",
    "equity/server/start.py",
}
"""Where a module is imported by a name that is known only then, which the linter cannot see."""


def test_modules_are_imported_by_name_only_where_it_is_said() -> None:
    def by_name(tree: ast.AST) -> bool:
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        return bool(({"import_module", "__import__"} & names) or "importlib.import_module" in ast.unparse(tree))

    files = {file.relative_to(ROOT).as_posix(): file for file in ROOT.glob("equity/**/*.py")}
    assert {name for name, file in files.items() if by_name(ast.parse(file.read_text(encoding="utf-8")))} == BY_NAME


def test_the_picture_of_the_floors_is_that_of_the_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    floors = next(contract["layers"] for contract in contracts if contract["name"].startswith("The floors"))
    drawn = (ROOT / "docs" / "house.md").read_text(encoding="utf-8").partition("## Floors")[2].split("```")[1]
    rooms = [re.split(r" {3,}", line.strip())[0].split(" · ") for line in drawn.strip().splitlines()]
    assert rooms == [[room.removeprefix("equity.") for room in floor.split(" | ")] for floor in floors]
