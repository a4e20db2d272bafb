"""An answer to an open question, put into the mapping; and the lines of the mapping that say the same."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any

import tomlkit

from equity.intake.proposal.mapping_file import mapping_from_toml, mapping_to_toml
from equity.vocabulary import Mapping
from equity.vocabulary.doubt import Setting, SettingValue


def answered(mapping: Mapping, settings: Sequence[Setting]) -> Mapping:
    """The mapping with each setting in its place, as if a person had written the lines into its file.

    Raises:
        PlainError: a setting that a mapping cannot have.
    """
    if not settings:
        return mapping
    document: dict[str, Any] = tomllib.loads(mapping_to_toml(mapping))
    for setting in settings:
        _put(document, setting)
    return mapping_from_toml(tomlkit.dumps(document), "with your answers")


def mapping_lines(settings: Sequence[Setting]) -> str:
    """The settings as lines of a mapping file, each under its table; lines that go are comments."""
    lines: list[str] = []
    table = None
    for setting in settings:
        if setting.path[:-1] != table:
            table = setting.path[:-1]
            lines.append(f"[{'.'.join(tomlkit.key(part).as_string() for part in table)}]")
        key = tomlkit.key(setting.path[-1]).as_string()
        lines.append(f"# without {key}" if setting.value is None else f"{key} = {_as_toml(setting.value)}")
    return "\n".join(lines)


def _put(document: dict[str, Any], setting: Setting) -> None:
    table = document
    for part in setting.path[:-1]:
        table = table.setdefault(part, {})
    if setting.value is None:
        table.pop(setting.path[-1], None)
    else:
        table[setting.path[-1]] = _plain(setting.value)


def _plain(value: SettingValue) -> Any:
    """A list for a tuple of texts, a table for a tuple of pairs."""
    if isinstance(value, tuple):
        return {key: _plain(part) for key, part in value} if value and isinstance(value[0], tuple) else list(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _as_toml(value: SettingValue) -> str:
    plain = _plain(value)
    if isinstance(plain, dict):
        inline = tomlkit.inline_table()
        inline.update(plain)
        return inline.as_string()
    return str(tomlkit.item(plain).as_string())
