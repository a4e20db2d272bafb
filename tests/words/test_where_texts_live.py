"""What people read is written in `equity/words/`, so that it can be read, mended and translated in one place.

Not held to it: sentences of errors that are raised, since each belongs to the rule that raises it; and `--help` of the
terminal, which stands beside the option that it explains.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from tests.words.screen_texts import ROOMS, ROOT, tables, texts_elsewhere


def uses() -> Iterator[tuple[str, str, set[str] | None]]:
    """Each use of a text in code: table, key, and the values it is given (None where it is taken as it is)."""
    for room in ("equity", "pages"):
        for path in (ROOT / room).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            given = {
                id(node.func.value): {str(word.arg) for word in node.keywords}
                for node in ast.walk(tree)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"
            }
            for node in ast.walk(tree):
                if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
                    name = getattr(node.value, "id", "")
                    if name.endswith("_TEXTS"):
                        yield name, str(node.slice.value), given.get(id(node))


@pytest.mark.parametrize("room", ROOMS)
def test_no_sentence_is_written_outside_the_room_of_words(room: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for line, text in texts_elsewhere(path.read_text(encoding="utf-8"), room == "equity/commands")
    ]
    assert found == [], "move these into equity/words/labels/ (or beside the sentences of their subject)"


def test_each_text_is_used_and_gets_its_values() -> None:
    """No key that nothing shows, none that is missing, and each value that a text names is given."""
    held, used = tables(), set()
    for table, key, given in uses():
        text = held[table][key]
        used.add((table, key))
        if given is not None:
            assert {name for _, name, _, _ in Formatter().parse(text) if name} <= given, (table, key)
    assert {(table, key) for table, texts in held.items() for key in texts} - used == set()
    assert len(used) > 250


def test_a_text_stands_in_one_table_once() -> None:
    every = [text for texts in tables().values() for text in texts.values()]
    assert sorted(text for text in set(every) if every.count(text) > 1) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('prose.small("Nobody has replied to this yet.")', ["Nobody has replied to this yet."]),
        ('st.text_input("For whom, or for what")', ["For whom, or for what"]),
        ('st.button(f"Open the release {x} now")', ["Open the release ¤ now"]),
        ('a = "Title" if x else "Choose what to look at."', ["Choose what to look at."]),
        ('"""A docstring that is a sentence."""', []),
        ('raise PlainError("This link opens nothing: ask for a new one.")', []),
        ('logging.getLogger(__name__).warning("It could not be done.")', []),
        ('st.button("Go back")', []),
        ('query = "select n from cube where by1 = ?"', []),
        ('st.text_input(TEXTS["for_whom"])', []),
    ],
)
def test_the_finder_sees_sentences_and_labels(code: str, found: list[str]) -> None:
    assert [text for _, text in texts_elsewhere(code)] == found


def test_the_help_of_the_terminal_stays_beside_its_option() -> None:
    code = 'p.add_argument("--x", help="What it is for, in short.")\nprint("Nobody has applied to this yet.")'
    assert [text for _, text in texts_elsewhere(code, is_terminal=True)] == ["Nobody has applied to this yet."]


def test_keys_are_plain_names() -> None:
    assert [key for texts in tables().values() for key in texts if not re.fullmatch(r"[a-z0-9_]+", key)] == []
