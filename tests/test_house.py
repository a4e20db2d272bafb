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


def dotted(node: ast.expr) -> list[str]:
    """The names of ``a.b.c``, or none where it does not begin with a name."""
    if isinstance(node, ast.Name):
        return [node.id]
    before = dotted(node.value) if isinstance(node, ast.Attribute) else []
    return [*before, node.attr] if before and isinstance(node, ast.Attribute) else []


def imported(tree: ast.AST) -> dict[str, set[str]]:
    """What each name of a file may stand for, by its imports; one in a function counts for the whole file."""
    stands_for: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for each in node.names:
                stands_for.setdefault(each.asname or each.name, set()).add(f"{node.module}.{each.name}")
        elif isinstance(node, ast.Import):
            for each in node.names:
                stands_for.setdefault(each.asname or each.name, set()).add(each.name)
    return stands_for


def named(statement: ast.stmt) -> list[str]:
    """What a statement at the top of a module gives a name to."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [statement.name]
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def unused(program: Mapping[str, str]) -> set[str]:
    """The public names at the top of modules (by name, with their text) that nothing in the program uses but itself.

    A module that is handed on as a thing counts as used whole.
    """
    trees = {module: ast.parse(text) for module, text in program.items()}
    names = {module: imported(tree) for module, tree in trees.items()}
    given = {f"{module}.{name}" for module in trees for s in trees[module].body for name in named(s)}
    passed_on = {f"{module}.{name}": paths for module, known in names.items() for name, paths in known.items()}
    used: set[str] = set()
    whole: set[str] = set()
    for module, tree in trees.items():
        for statement in tree.body:
            own = {f"{module}.{name}" for name in named(statement)}
            inner = {id(node.value) for node in ast.walk(statement) if isinstance(node, ast.Attribute)}
            for node in ast.walk(statement):
                if not isinstance(node, ast.Name | ast.Attribute) or not (parts := dotted(node)):
                    continue
                head, *rest = parts
                for start in {f"{module}.{head}", *names[module].get(head, ())}:
                    path = ".".join([start, *rest])
                    if path in trees and id(node) not in inner:
                        whole.add(path)
                    elif path not in own:
                        used.add(path)
    left = [path for path in used if path not in given]
    while left:
        path = left.pop()
        new = passed_on.get(path, set()) - used
        used |= new
        left += new
        whole |= new & trees.keys()
    public = {path for path in given if not path.rpartition(".")[2].startswith("_")}
    return {path for path in public - used if path.rpartition(".")[0] not in whole}


def test_what_nothing_uses_is_seen() -> None:
    program = {
        "a": "def used(): pass\ndef again(): again()\nRATE = 1\n_OWN = 2\ndef through(): pass",
        "b": "from a import used\nfrom a import through",
        "c": "import a\nfrom b import used as u\nimport b\nu(a.RATE, b.through)",
        "d": "def one(): pass",
        "e": "import d\nprint(d)",
    }
    assert unused(program) == {"a.again"}


ASKED_FROM_OUTSIDE = {
    r"notebook\.\w+": "people call it from Python",
    r"store\.migrations\.versions\.\w+\.(revision|down_revision|upgrade)": "Alembic runs it",
    r"commands\.\w+\.add_commands": "the terminal imports the module of a command by its name",
    r"cards\.\w+\.(CARDS|ON_PAGES_OF_OTHERS)": "a card is made again by the name of its module",
    r"actions\.nouns\.PLACES": "a tuple of modules, imported so that their nouns are known",
    r"stats\.models\.random_intercept\.at_scatter": "one scatter, by which the tests hold the search over all",
}
"""What stands in `equity/` for somebody else, and why. Whatever only tests use is deleted, with them, or used."""


def test_everything_public_is_used_by_the_program() -> None:
    files = [*ROOT.glob("equity/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py", *ROOT.glob("benchmarks/*.py")]
    modules = {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}
    texts = {module: file.read_text(encoding="utf-8") for module, file in modules.items()}
    left = {path.removeprefix("equity.") for path in unused(texts) if path.startswith("equity.")}
    assert {path for path in left if not any(re.fullmatch(form, path) for form in ASKED_FROM_OUTSIDE)} == set()
    assert [form for form in ASKED_FROM_OUTSIDE if not any(re.fullmatch(form, path) for path in left)] == []
