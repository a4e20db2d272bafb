"""A test lies where its module lies: `equity/intake/spellings/weeks.py` in `tests/intake/spellings/test_weeks.py`."""

from pathlib import Path

TESTS = Path(__file__).parent
EQUITY = TESTS.parent / "equity"

FOLDERS_OF_TESTS_ONLY = {"intake/corpus", "intake/shapes"}
"""Files of known truth, read from the first byte to the last; no folder of `equity/` is named so."""

ROOMS = sorted(folder.name for folder in TESTS.iterdir() if folder.is_dir() and (EQUITY / folder.name).is_dir())


def _folders(room: str) -> set[str]:
    inside = (path for path in (TESTS / room).rglob("*") if path.is_dir() and any(path.glob("*.py")))
    return {path.relative_to(TESTS).as_posix() for path in inside}


def test_a_folder_of_tests_is_a_folder_of_the_house() -> None:
    folders = {folder for room in ROOMS for folder in _folders(room)}
    assert len(folders) > 30
    assert {folder for folder in folders if not (EQUITY / folder).is_dir()} == FOLDERS_OF_TESTS_ONLY


def _misplaced(room: str) -> dict[str, set[str]]:
    """The tests named after modules of this room that lie in none of their folders, and those folders."""
    modules: dict[str, set[str]] = {}
    for module in (EQUITY / room).rglob("*.py"):
        named, places = (
            (module.parent, {module.parent, module.parent.parent})  # a room's own test may lie in it or beside it
            if module.name == "__init__.py"
            else (module, {module.parent})
        )
        modules.setdefault(named.stem, set()).update(place.relative_to(EQUITY).as_posix() for place in places)
    tests = {path: path.stem.removeprefix("test_") for path in (TESTS / room).rglob("test_*.py")}
    return {
        path.relative_to(TESTS).as_posix(): modules[name]
        for path, name in tests.items()
        if name in modules and path.parent.relative_to(TESTS).as_posix() not in modules[name]
    }


def test_a_test_lies_beside_the_module_whose_name_it_has() -> None:
    assert {test: folders for room in ROOMS for test, folders in _misplaced(room).items()} == {}
