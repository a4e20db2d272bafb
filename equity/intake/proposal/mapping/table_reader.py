"""The values of a mapping's tables, read strictly: a wrong one gets a sentence that names the table and the key."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from typing import Any

from equity.intake.proposal.mapping.mapping_keys import LARGEST_NUMBER
from equity.intake.spellings.nearest import did_you_mean
from equity.vocabulary import (
    PlainError,
)


class TableReader:
    """Reads the tables of one mapping, and knows its name for the sentences."""

    def __init__(self, name: str) -> None:
        self.name = name

    def wrong(self, table: str, sentence: str) -> PlainError:
        return PlainError(f"The mapping {self.name}, [{table}]: {sentence}")

    def table(self, raw: ReadOnly[str, Any], name: str, keys: tuple[str, ...] | None = None) -> dict[str, Any]:
        entry = raw.get(name, {})
        if not isinstance(entry, dict):
            raise PlainError(f"The mapping {self.name}: “{name}” must be a table, written as [{name}].")
        for key in entry:
            if keys is not None and key not in keys:
                raise self.wrong(name, f"there is no key “{key}”: {did_you_mean(key, keys)}")
        return entry

    def one_of(self, extract: dict[str, Any], key: str, words: tuple[str, ...]) -> Any:
        said = self.text(extract, "extract", key)
        if said not in words:
            listed = " or ".join(f"“{w}”" for w in words if w)
            raise self.wrong("extract", f"{key} is “{said}”: write {listed}.")
        return said

    def number(self, raw: ReadOnly[str, Any], table: str, key: str, default: Any) -> Any:
        value = raw.get(key, default)
        if value is default:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LARGEST_NUMBER:
            raise self.wrong(table, f"{key} must be a number without quotes.")
        return float(value)

    def truth(self, raw: ReadOnly[str, Any], table: str, key: str) -> bool:
        value = raw.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(table, f"{key} must be true or false.")
        return value

    def text(self, raw: ReadOnly[str, Any], table: str, key: str) -> str:
        value = raw.get(key, "")
        if not isinstance(value, str):
            raise self.wrong(table, f"{key} must be text in quotes.")
        return value

    def texts(self, raw: ReadOnly[str, Any], table: str, key: str) -> tuple[str, ...]:
        value = raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.wrong(table, f'{key} must be a list of texts, such as ["one", "two"].')
        return tuple(value)
