"""Whatever draws asks whether it may, in the same function, before it changes anything in the store."""

from __future__ import annotations

import ast

from tests.ui.test_exports_are_logged import ROOT, parts, sources

ASKS = {"require", "allowed_at", "_try"}
WAS_ASKED = {"Here", "Allowed"}
"""A function that is handed one of these is called by one that asked: nothing else makes them."""

OTHERWISE = {
    ("equity/ui/entrance.py", "_ask_for_invitation"): "the code of the invitation is what is asked for",
    ("equity/ui/sharing/leader_parts.py", "_reply_by_link"): "the link is what is asked for",
    ("equity/ui/upload/load_job.py", "LoadJob"): "it is made with an Allowed, and by nobody else",
    ("equity/ui/session/link_session.py", "_opened"): "the link is what is asked for",
    ("equity/server/start.py", "log_what_a_killed_server_left"): "nobody asks for it: the server has started",
    ("equity/server/start.py", "forget_withdrawn_records"): "nobody asks for it: its 30 days are over",
}


def writers() -> set[str]:
    """The functions of the store, and those above it, that change something."""
    trees = [*sources("equity/store").values(), *sources("equity/access").values()]
    trees.append(ast.parse((ROOT / "equity" / "sharing.py").read_text(encoding="utf-8")))
    functions = [(node, tree) for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)]
    found = {f.name for f, _ in functions if "database.writing()" in ast.unparse(f)}
    found |= {"delete_dataset", "roll_back", "make_release"}
    while more := {f.name for f, tree in functions if f.name not in found and called_in(f, tree) & found}:
        found |= more
    return {name for name in found if not name.startswith("_")} - {"person_from_claims", "sweep"}


def called_in(function: ast.FunctionDef, tree: ast.Module) -> set[str]:
    """The functions that a function calls: by their own name, or as ``module.function`` of a module that is imported.

    A method of a session or a set may be called as a function elsewhere is, and is none of these.
    """
    imports = [each for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)]
    known = {alias.asname or alias.name for each in imports for alias in each.names}
    calls = [each.func for each in ast.walk(function) if isinstance(each, ast.Call)]
    alone = {each.id for each in calls if isinstance(each, ast.Name)}
    dotted = [each for each in calls if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name)]
    return alone | {each.attr for each in dotted if ast.unparse(each.value) in known}


def names_in(node: ast.AST) -> set[str]:
    """Every name that is used in a piece of code, the last part of a dotted one."""
    found = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return found | {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}


def from_the_store(tree: ast.Module) -> set[str]:
    """The names that a module has from the rooms whose functions change something."""
    rooms = ("equity.store", "equity.access", "equity.sharing")
    imports = [each for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)]
    return {a.asname or a.name for each in imports if (each.module or "").startswith(rooms) for a in each.names}


def used_from(names: set[str], node: ast.AST) -> set[str]:
    """Which of these names a piece of code uses, alone or as ``name.function`` (the function then)."""
    alone = {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and each.id in names}
    dotted = [each for each in ast.walk(node) if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name)]
    return alone | {each.attr for each in dotted if ast.unparse(each.value) in names}


def was_asked(node: ast.stmt) -> bool:
    """Whether a function is handed what only a yes gives."""
    arguments = node.args.args if isinstance(node, ast.FunctionDef) else []
    return any(a.annotation is not None and ast.unparse(a.annotation) in WAS_ASKED for a in arguments)


def test_every_change_from_a_page_is_asked_for() -> None:
    changing = writers()
    assert {"save_frame", "annotate", "delete_annotation", "keep_persons_reply", "claim_dataset"} <= changing
    assert {"make_release", "take_back", "make_link", "revoke_link", "invite", "rename_workspace", "record"} <= changing
    unasked, asked = set(), 0
    for name, tree in parts().items():
        store = from_the_store(tree)
        for node in tree.body:
            if not used_from(store, node) & changing:
                continue
            if names_in(node) & ASKS or was_asked(node):
                asked += 1
            else:
                unasked.add((name, getattr(node, "name", "the page itself")))
    assert unasked == set(OTHERWISE)
    assert asked >= 15
