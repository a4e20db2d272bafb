"""Every way in which numbers leave as a file is known here and writes to the log; a new one fails until it is added."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

DOWNLOADS = {
    "equity/ui/team/audit_list.py": ["written"],
    "equity/ui/call/minutes.py": ["sign_in.exported"],
    "equity/ui/call/running.py": ["sign_in.exported"],
    "equity/ui/cards/card.py": ["sign_in.exported"],
    "equity/ui/presenting/card_set_page.py": ["sign_in.exported"],
    "equity/ui/datasets/dataset_details.py": ["sign_in.exported"],
    "equity/ui/datasets/dataset_record.py": ["sign_in.exported"],
    "equity/ui/network/evidence_parts.py": ["sign_in.exported"],
    "equity/ui/network/comparison_parts.py": ["sign_in.exported"],
    "equity/ui/network/overview_parts.py": ["sign_in.exported"],
    "equity/ui/network/team_parts.py": ["sign_in.exported"],
    "equity/ui/sharing/leader_parts.py": ["written"],
    "equity/ui/cards/take_away.py": ["sign_in.exported"],
    "equity/ui/explore/own_sql.py": ["sign_in.exported"],
    "equity/ui/work/aim_table.py": ["sign_in.exported"],
    "equity/ui/work/driver_parts.py": ["sign_in.exported"],
    "equity/ui/work/portfolio_parts.py": ["sign_in.exported"],
    "equity/ui/upload/mapping_file_parts.py": ["sign_in.exported"],
    "equity/ui/work/reflection_sharing.py": ["sign_in.exported"],
}
"""Each download button, and what makes its file: `sign_in.exported`, or a function of its own that asks and logs."""

COMMANDS = {
    "equity/commands/call.py": 1,
    "equity/commands/evidence.py": 1,
    "equity/commands/export.py": 1,
    "equity/commands/network_sharing.py": 1,
}
"""Each command that writes a file with numbers, and how often it writes to the log."""


@cache
def sources(*folders: str) -> dict[str, ast.Module]:
    """The modules below these folders, by path."""
    found = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in found}


def calls(module: ast.AST, ending: str) -> list[ast.Call]:
    """The calls of a function, by the end of its name."""
    return [node for node in ast.walk(module) if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(ending)]


def maker(call: ast.Call) -> str:
    """What makes the file of a download button."""
    data = next((word.value for word in call.keywords if word.arg == "data"), None)
    made = call.args[1] if data is None else data
    return ast.unparse(made.func if isinstance(made, ast.Call) else made)


def test_each_download_button_is_listed_and_asks_and_logs_when_it_is_pressed() -> None:
    found = {name: [maker(call) for call in calls(tree, "download_button")] for name, tree in parts().items()}
    assert {name: makers for name, makers in found.items() if makers} == DOWNLOADS
    for name, makers in DOWNLOADS.items():
        for own in (made for made in makers if made != "sign_in.exported"):
            functions = [n for n in ast.walk(parts()[name]) if isinstance(n, ast.FunctionDef) and n.name == own]
            assert len(functions) == 1, name
            assert calls(functions[0], "audit_log.record"), name
            assert calls(functions[0], "may.require"), name


def parts() -> dict[str, ast.Module]:
    """All modules that draw, and those that answer beside them."""
    return sources("equity/ui", "equity/server", "pages")


def test_each_command_that_writes_a_file_is_listed_and_logs() -> None:
    writing = ("write_bytes", "write_text", 'open("wb")', "to_csv", "to_parquet", "to_excel")
    found = {
        name: len(calls(tree, "_log"))
        for name, tree in sources("equity/commands").items()
        if any(writes in ast.unparse(tree).replace("'", '"') for writes in writing)
    }
    found.pop("equity/commands/printing.py", None)  # prints
    assert found == COMMANDS
