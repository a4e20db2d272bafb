"""No file is longer than a person reads in one sitting, and no folder holds more modules than the eye takes in."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
MOST_LINES, MOST_MODULES = 300, 20

TABLES_AND_REGISTRIES = {
    "equity/lens/answers.py",
    "equity/stats/summary/registry.py",
    "equity/store/workspace/tables.py",
    "equity/ui/page_registry.py",
}
"""Long because they list: one entry after the other, no logic to hold in the head."""


def _modules() -> list[Path]:
    return [ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("equity/**/*.py")]


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_is_too_long_to_hold_in_the_head() -> None:
    lines = {_named(file): file.read_text(encoding="utf-8").count("\n") for file in _modules()}
    assert {name for name, count in lines.items() if count > MOST_LINES} <= TABLES_AND_REGISTRIES


def test_no_folder_holds_more_modules_than_the_eye_takes_in() -> None:
    counts: dict[str, int] = {}
    for file in _modules():
        if file.parent != ROOT / "pages" and file.name != "__init__.py":
            counts[_named(file.parent)] = counts.get(_named(file.parent), 0) + 1
    too_many = {name: count for name, count in counts.items() if count > MOST_MODULES}
    assert not too_many, f"more than {MOST_MODULES} modules: those of one subject belong in a folder of their own"
