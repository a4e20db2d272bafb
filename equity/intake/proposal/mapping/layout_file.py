"""The ``[layout]`` table of a mapping: read from TOML's values and written as them."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as ReadOnly
from typing import Any, get_args

import tomlkit

from equity.intake.spellings.nearest import did_you_mean
from equity.vocabulary import PlainError
from equity.vocabulary.layout import Across, Down, Everyone, Groupings, Latest, Layout, Outline, SplitKind, Topics

LAYOUT_KEYS = (
    "header_lines",
    "names",
    "section",
    "outline",
    "fill",
    "leave_out",
    "keep",
    "across",
    "split",
    "everyone",
    "down",
    "latest",
    "topics",
    "groupings",
    "join",
)
MOST_HEADER_LINES = 6
Wrong = Callable[[str, str], PlainError]


def layout_out(layout: Layout) -> dict[str, Any]:
    """The layout as the values of its TOML table: what is as in a tidy file is left out."""
    out: dict[str, Any] = {}
    if layout.header_lines != 1:
        out["header_lines"] = layout.header_lines
    if layout.names:
        out["names"] = list(layout.names)
    if layout.section:
        out["section"] = layout.section
    if layout.outline:
        out["outline"] = _inline({"column": layout.outline.column, "into": layout.outline.into})
    if layout.fill:
        out["fill"] = list(layout.fill)
    if layout.leave_out:
        out["leave_out"] = list(layout.leave_out)
    if layout.keep:
        out["keep"] = _inline({column: list(texts) for column, texts in layout.keep.items()})
    if layout.split:
        out["split"] = _inline(dict(layout.split))
    if layout.everyone:
        e = layout.everyone
        out["everyone"] = _inline({"column": e.column, "row": e.row, "value": e.value, "into": e.into})
    if layout.latest:
        out["latest"] = _inline({"column": layout.latest.column, "each": layout.latest.each})
    if layout.topics:
        topics: dict[str, Any] = {"pairs": [list(pair) for pair in layout.topics.pairs]}
        if layout.topics.everyone:
            topics["everyone"] = list(layout.topics.everyone)
        out["topics"] = _inline(topics)
    if layout.groupings:
        said: dict[str, Any] = {"column": layout.groupings.column}
        if layout.groupings.ways:
            said["ways"] = _inline({way: list(values) for way, values in layout.groupings.ways.items()})
        out["groupings"] = _inline(said)
    if layout.join:
        out["join"] = _inline({name: list(parts) for name, parts in layout.join.items()})
    if layout.across:
        columns = {column: list(said) for column, said in layout.across.columns.items()}
        out["across"] = {"into": list(layout.across.into), "columns": columns}
    if layout.down:
        d = layout.down
        out["down"] = {"names": d.names, "values": d.values, "columns": dict(d.columns)}
    return out


def _inline(values: dict[str, Any]) -> Any:
    inline = tomlkit.inline_table()
    inline.update(values)
    return inline


def layout_in(raw: ReadOnly[str, Any], wrong: Wrong) -> Layout:
    """The layout that a ``[layout]`` table says; ``wrong(table, sentence)`` makes the error that names the mapping."""
    reader = _Reader(wrong)
    reader.keys(raw, "layout", LAYOUT_KEYS)
    lines = raw.get("header_lines", 1)
    if isinstance(lines, float) and lines.is_integer():
        lines = int(lines)
    if isinstance(lines, bool) or not isinstance(lines, int) or not 0 <= lines <= MOST_HEADER_LINES:
        raise wrong("layout", f"header_lines must be a whole number from 0 (no header) to {MOST_HEADER_LINES}.")
    names = reader.texts(raw.get("names", []), "layout", "names")
    return Layout(
        header_lines=lines,
        names=names,
        section=reader.text(raw, "layout", "section", optional=True),
        outline=reader.outline(raw),
        fill=reader.texts(raw.get("fill", []), "layout", "fill"),
        leave_out=reader.texts(raw.get("leave_out", []), "layout", "leave_out"),
        keep=reader.lists(raw, "keep"),
        across=reader.across(raw),
        split=reader.split(raw),
        everyone=reader.everyone(raw),
        down=reader.down(raw),
        latest=reader.latest(raw),
        topics=reader.topics(raw),
        groupings=reader.groupings(raw),
        join=reader.lists(raw, "join"),
    )


class _Reader:
    """Reads the parts of one layout, and knows how its errors are said."""

    def __init__(self, wrong: Wrong) -> None:
        self.wrong = wrong

    def keys(self, raw: ReadOnly[str, Any], table: str, known: tuple[str, ...]) -> None:
        for key in raw:
            if key not in known:
                raise self.wrong(table, f"there is no key “{key}”: {did_you_mean(key, known)}")

    def table(self, raw: ReadOnly[str, Any], key: str, known: tuple[str, ...] | None = None) -> dict[str, Any]:
        table = raw.get(key, {})
        if not isinstance(table, dict):
            raise self.wrong("layout", f"{key} must be a table.")
        if known is not None:
            self.keys(table, f"layout.{key}", known)
        return table

    def text(self, raw: ReadOnly[str, Any], table: str, key: str, optional: bool = False) -> str:
        value = raw.get(key, "")
        if not isinstance(value, str) or not (value.strip() or optional):
            raise self.wrong(table, f"{key} must be text in quotes.")
        return value

    def texts(self, value: Any, table: str, key: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.wrong(table, f'{key} must be a list of texts, such as ["one", "two"].')
        return tuple(value)

    def lists(self, raw: ReadOnly[str, Any], key: str) -> dict[str, tuple[str, ...]]:
        return {name: self.texts(v, f"layout.{key}", name) for name, v in self.table(raw, key).items()}

    def outline(self, raw: ReadOnly[str, Any]) -> Outline | None:
        table = self.table(raw, "outline", ("column", "into"))
        return Outline(*(self.text(table, "layout.outline", key) for key in ("column", "into"))) if table else None

    def across(self, raw: ReadOnly[str, Any]) -> Across | None:
        table = self.table(raw, "across", ("into", "columns"))
        if not table:
            return None
        into = self.texts(table.get("into", []), "layout.across", "into")
        said = self.table({"columns": table.get("columns", {})}, "columns")
        columns = {name: self.texts(texts, "layout.across.columns", name) for name, texts in said.items()}
        if not columns:
            raise self.wrong("layout.across", "“columns” is missing: say for each column what its name means.")
        for name, texts in columns.items():
            if len(texts) != len(into) + 1 or not texts[-1].strip():
                raise self.wrong(
                    "layout.across.columns",
                    f"“{name}” needs {len(into) + 1} texts: one for each of into, and the column of its values.",
                )
        return Across(into, columns)

    def split(self, raw: ReadOnly[str, Any]) -> dict[str, SplitKind]:
        table = self.table(raw, "split")
        for column, kind in table.items():
            if kind not in get_args(SplitKind):
                raise self.wrong("layout.split", f"“{column}” must be one of: {', '.join(get_args(SplitKind))}.")
        return table

    def everyone(self, raw: ReadOnly[str, Any]) -> Everyone | None:
        keys = ("column", "row", "value", "into")
        table = self.table(raw, "everyone", keys)
        return Everyone(*(self.text(table, "layout.everyone", key) for key in keys)) if table else None

    def down(self, raw: ReadOnly[str, Any]) -> Down | None:
        table = self.table(raw, "down", ("names", "values", "columns"))
        if not table:
            return None
        columns = table.get("columns", {})
        if not isinstance(columns, dict) or not columns or not all(isinstance(v, str) and v for v in columns.values()):
            raise self.wrong("layout.down", 'columns must look like { "as in the file" = "new column" }.')
        names, values = self.text(table, "layout.down", "names"), self.text(table, "layout.down", "values")
        return Down(names, values, columns)

    def latest(self, raw: ReadOnly[str, Any]) -> Latest | None:
        table = self.table(raw, "latest", ("column", "each"))
        if not table:
            return None
        each = self.text(table, "layout.latest", "each")
        if each not in ("month", "year", "all"):
            raise self.wrong("layout.latest", "each must be month, year or all.")
        return Latest(self.text(table, "layout.latest", "column"), each)  # type: ignore[arg-type]

    def groupings(self, raw: ReadOnly[str, Any]) -> Groupings | None:
        table = self.table(raw, "groupings", ("column", "ways"))
        if not table:
            return None
        ways = table.get("ways", {})
        if not isinstance(ways, dict):
            raise self.wrong("layout.groupings", 'ways must look like { "Sex" = ["Female", "Male"] }.')
        read = {way: self.texts(values, "layout.groupings.ways", way) for way, values in ways.items()}
        return Groupings(self.text(table, "layout.groupings", "column"), read)

    def topics(self, raw: ReadOnly[str, Any]) -> Topics | None:
        table = self.table(raw, "topics", ("pairs", "everyone"))
        if not table:
            return None
        pairs = table.get("pairs")
        if not isinstance(pairs, list) or not pairs:
            raise self.wrong("layout.topics", 'pairs must look like [["Category Type", "Category"], ["", "Sex"]].')
        made = [self.texts(pair, "layout.topics", "pairs") for pair in pairs]
        if not all(len(pair) == 2 and pair[1].strip() for pair in made):
            raise self.wrong("layout.topics", 'pairs must look like [["Category Type", "Category"], ["", "Sex"]].')
        everyone = self.texts(table.get("everyone", []), "layout.topics", "everyone")
        return Topics(tuple((pair[0], pair[1]) for pair in made), everyone)
