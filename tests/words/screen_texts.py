"""The tables of `equity/words/labels/`, and a finder of texts for people that are written elsewhere."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from equity.words import labels

ROOT: Final = Path(__file__).resolve().parents[2]
ROOMS: Final = (
    *("equity/ui/call", "equity/ui/datasets", "equity/ui/layout", "equity/ui/network", "equity/ui/presenting"),
    *(
        "equity/ui/question",
        "equity/ui/session",
        "equity/ui/upload",
        "pages",
        "equity/cards",
        "equity/charts",
        "equity/export",
        "equity/actions",
        "equity/server",
    ),
    "equity/commands",
)
FEWEST_WORDS: Final = 4
OF_THE_TERMINAL: Final = {"help", "epilog", "description", "usage"}
"""Arguments of a command's own parser: `--help` is written beside what it explains."""
ON_SCREEN: Final = {
    *("button", "checkbox", "toggle", "radio", "selectbox", "multiselect", "text_input", "text_area", "number_input"),
    *("date_input", "slider", "segmented_control", "file_uploader", "expander", "popover", "caption", "markdown"),
    *("write", "info", "warning", "error", "success", "header", "subheader", "title", "metric", "download_button"),
    *("link_button", "form_submit_button", "toast", "spinner", "status", "page_link", "tabs", "pills"),
}
_OTHER_LANGUAGE = re.compile(r"\s*(<|/\*|(select|with|create|insert|update|delete)\b|example:)")


def tables() -> dict[str, Mapping[str, str]]:
    """Every table of texts by its name."""
    found = {}
    for module in pkgutil.iter_modules(labels.__path__):
        held = vars(importlib.import_module(f"{labels.__name__}.{module.name}"))
        found.update({name: value for name, value in held.items() if name.endswith("_TEXTS")})
    return found


def texts_elsewhere(source: str, is_terminal: bool = False) -> Iterator[tuple[int, str]]:
    """Line and text of each sentence, and of each label of four words or more, that stands in this source.

    Docstrings, lines of the server's log and sentences of errors that are raised are not met: an error is written where
    its rule is. A value in an f-string reads “¤”.
    """
    tree = ast.parse(source)
    left_out = {id(node) for each in _left_out(tree, is_terminal) for node in ast.walk(each)}
    labels = {id(node) for each in ast.walk(tree) for node in _shown(each)}
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        text = _text(node)
        if not text or {id(node)} & (left_out | inside) or _OTHER_LANGUAGE.match(text):
            continue
        ends = re.search(r"[.?!…]$", text.rstrip()) is not None
        if _is_long(text) and (ends or id(node) in labels):
            yield node.lineno, text  # type: ignore[attr-defined]


def _is_long(text: str) -> bool:
    words = text.split()
    own = [word for word in words if re.search("[a-z]", word)]
    return len(words) >= FEWEST_WORDS and len(own) >= FEWEST_WORDS - ("¤" in text)


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "¤" for part in node.values)
    return ""


def _left_out(tree: ast.Module, is_terminal: bool) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node
        if isinstance(node, ast.Call):
            if _name(node).endswith(("Error", "exception")) or _logs(node):
                yield node
            if is_terminal:
                yield from (word.value for word in node.keywords if word.arg in OF_THE_TERMINAL)


def _logs(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and "getLogger" in ast.dump(call.func.value)


def _shown(node: ast.AST) -> Iterator[ast.AST]:
    """What a call shows: its arguments, and either side of a choice between two."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ON_SCREEN):
        return
    for each in (*node.args, *(word.value for word in node.keywords)):
        yield from (each.body, each.orelse) if isinstance(each, ast.IfExp) else (each,)


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
