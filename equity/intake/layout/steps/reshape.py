"""A table as its layout says: sections, filled cells, columns turned into rows, cells that hold two numbers.

Every step is a new header and a walk over the rows; nothing is held in memory but the rows of ``down`` and ``latest``.
Rows keep the line of the file they came from. Cells beyond the header stay at the end of a row, so that a ragged line
is still found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from equity.intake.formats.header import find_column
from equity.intake.formats.tabular import Cells, Table
from equity.intake.layout.steps.across_step import across_step
from equity.intake.layout.steps.groupings_step import ways_of
from equity.intake.layout.steps.latest_step import latest_step
from equity.intake.layout.steps.outline_step import outline_walk
from equity.intake.layout.steps.shape import Row, Shape, new_name, padded, same_text
from equity.intake.layout.two_numbers import counted_name, split_cell, split_words
from equity.intake.spellings.missing import silence, squeeze
from equity.vocabulary import PlainError
from equity.vocabulary.layout import Down, Everyone, Layout, SplitKind, Topics

MOST_HELD = 2_000_000
DIMENSION, DIMENSION_GROUP, EVERYONE = "Dimension", "Dimension group", "Total"


def reshape(table: Table, layout: Layout) -> Table:
    """The tidy table; raises :class:`PlainError` that names a column of the layout which the file does not have."""
    if not layout.reshapes:
        return table
    shape = Shape(table.header, lambda rows: rows)
    if layout.section:
        shape = _then(shape, _sections(shape.header, layout.section))
    if layout.outline:
        into = new_name(layout.outline.into, shape.header)
        walked = outline_walk(shape.header, layout.outline, table.name)
        shape = _then(shape, Shape((*shape.header, into), walked))
    if layout.fill:
        shape = _then(shape, _filled(shape.header, layout.fill, table.name))
    if layout.leave_out:
        shape = _then(shape, _left_out(shape.header, layout.leave_out))
    for column, texts in layout.keep.items():
        shape = _then(shape, _kept(shape.header, column, texts, table.name))
    if layout.across:
        shape = _then(shape, across_step(shape.header, layout.across, table.name))
    for column, kind in layout.split.items():
        shape = _then(shape, _split(shape.header, column, kind, table.name))
    if layout.everyone:
        shape = _then(shape, _everyone(shape.header, layout.everyone, table.name))
    if layout.down:
        shape = _then(shape, _down(shape.header, layout.down, table.name))
    if layout.latest:
        shape = _then(shape, latest_step(shape.header, layout.latest, table.name))
    if layout.topics:
        shape = _then(shape, _topics(shape.header, layout.topics, table.name))
    if layout.groupings:
        _, ways = ways_of(shape.header, layout.groupings, table.name)
        shape = _then(shape, Shape(_with_dimension(shape.header), ways))
    for column, parts in layout.join.items():
        shape = _then(shape, _joined(shape.header, column, parts, table.name))
    walk = shape.walk
    spread = table.spread
    return replace(
        table,
        header=shape.header,
        rows=lambda: walk(table.rows()),
        quick=None,
        native=None,
        spread=None if spread is None else lambda: (cells for _, cells in walk((0, c) for c in spread())),
    )


def _then(first: Shape, second: Shape) -> Shape:
    return Shape(second.header, lambda rows: second.walk(first.walk(rows)))


def is_section(cells: Cells) -> bool:
    """Whether a line holds one short text, in its first cells, and no number."""
    filled = [place for place, cell in enumerate(cells) if cell.strip()]
    return (
        len(filled) == 1
        and filled[0] <= 1
        and len(cells) > 1
        and len(cells[filled[0]]) <= 90
        and silence(cells[filled[0]]) is None
        and any(c.isalpha() for c in cells[filled[0]])
    )


def _sections(header: tuple[str, ...], name: str) -> Shape:
    width = len(header)

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        section = ""
        for line, cells in rows:
            cells = padded(cells, width)
            if is_section(cells):
                section = squeeze("".join(cells))
                continue
            yield line, [*cells[:width], section, *cells[width:]]

    return Shape((*header, new_name(name, header)), walk)


def _filled(header: tuple[str, ...], columns: Sequence[str], file: str) -> Shape:
    places = [find_column(c, header, file, "fill") for c in columns]

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        held = dict.fromkeys(places, "")
        for line, cells in rows:
            cells = list(padded(cells, len(header)))
            data = any(c.strip() for c in cells[1:])
            for number, place in enumerate(places):
                if cells[place].strip():
                    held[place] = cells[place]
                    for later in places[number + 1 :]:  # a new outer group begins without an inner one
                        held[later] = ""
                elif data:
                    cells[place] = held[place]
            yield line, cells

    return Shape(header, walk)


def _left_out(header: tuple[str, ...], columns: Iterable[str]) -> Shape:
    """The table without columns; one that is not there is not missed."""
    gone = {same_text(c) for c in columns}
    kept = [place for place, name in enumerate(header) if same_text(name) not in gone]

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        for line, cells in rows:
            cells = padded(cells, len(header))
            yield line, [*(cells[place] for place in kept), *cells[len(header) :]]

    return Shape(tuple(header[place] for place in kept), walk)


def _kept(header: tuple[str, ...], column: str, texts: Iterable[str], file: str) -> Shape:
    place = find_column(column, header, file, "keep")
    wanted = {same_text(t) for t in texts}

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        return (row for row in rows if same_text(row[1][place] if place < len(row[1]) else "") in wanted)

    return Shape(header, walk)


def _split(header: tuple[str, ...], column: str, kind: SplitKind, file: str) -> Shape:
    place = find_column(column, header, file, "layout.split")
    names, width = list(header), len(header)
    bare = counted_name(header[place], kind)
    names[place] = bare if bare.casefold() not in {h.casefold() for h in header} else header[place]
    for word in split_words(header[place], kind):
        names.append(new_name(word, names))

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        for line, cells in rows:
            cells = list(padded(cells, width))
            parts = split_cell(cells[place], kind) or [cells[place], *[""] * (len(names) - width)]
            cells[place] = parts[0]
            yield line, [*cells[:width], *parts[1:], *cells[width:]]

    return Shape(tuple(names), walk)


def _everyone(header: tuple[str, ...], everyone: Everyone, file: str) -> Shape:
    named = find_column(everyone.column, header, file, "layout.everyone")
    value = find_column(everyone.value, header, file, "layout.everyone")
    wanted, width = same_text(everyone.row), len(header)
    numbers = {value, *(p for p, h in enumerate(header) if h.startswith(f"{header[value]} "))}

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        held: dict[tuple[str, ...], str] = {}
        for line, cells in rows:
            cells = padded(cells, width)
            key = tuple(c for p, c in enumerate(cells[:width]) if p != named and p not in numbers)
            if same_text(cells[named]) == wanted:
                held[key] = cells[value]
            else:
                yield line, [*cells[:width], held.get(key, ""), *cells[width:]]

    return Shape((*header, new_name(everyone.into, header)), walk)


def _down(header: tuple[str, ...], down: Down, file: str) -> Shape:
    named = find_column(down.names, header, file, "layout.down")
    value = find_column(down.values, header, file, "layout.down")
    columns = {same_text(text): name for text, name in down.columns.items()}
    made = list(dict.fromkeys(columns.values()))
    fixed = [place for place in range(len(header)) if place not in (named, value)]
    names = [header[place] for place in fixed]
    for name in made:
        names.append(new_name(name, names))

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        held: dict[tuple[str, ...], tuple[int, list[str]]] = {}
        for line, cells in rows:
            cells = padded(cells, len(header))
            name = columns.get(same_text(cells[named]))
            key = tuple(cells[place] for place in fixed)
            if name is None:
                if not cells[value].strip():  # a note below the table
                    yield line, [*key, *[""] * len(made)]
                continue
            if key not in held and len(held) >= MOST_HELD:
                raise PlainError(f"{file} has more than {MOST_HELD:,} groups and periods: send it a column a number.")
            texts = held.setdefault(key, (line, [""] * len(made)))[1]
            if texts[made.index(name)].strip():
                raise PlainError(
                    f"{file}, line {line}: “{squeeze(cells[named])}” stands twice for the same group and period; a "
                    "column that tells the rows apart is missing from the layout."
                )
            texts[made.index(name)] = cells[value]
        for key, (line, texts) in held.items():
            yield line, [*key, *texts]

    return Shape(tuple(names), walk)


def said_groups(groups: Sequence[tuple[str, str]], everyone: Collection[str]) -> list[tuple[str, str]]:
    """Of a row's (way of grouping, group) those that are not everyone, not blank, and not their own way of grouping."""
    return [(d, g) for d, g in groups if g and same_text(g) not in everyone and same_text(g) != same_text(d)]


def _topics(header: tuple[str, ...], topics: Topics, file: str) -> Shape:
    places = [
        (find_column(d, header, file, "layout.topics") if d else None, find_column(g, header, file, "layout.topics"))
        for d, g in topics.pairs
    ]
    width, everyone = len(header), {same_text(e) for e in topics.everyone}

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        for line, cells in rows:
            cells = padded(cells, width)
            groups = [(squeeze(cells[d]) if d is not None else header[g], squeeze(cells[g])) for d, g in places]
            said = said_groups(groups, everyone)
            topic = " and ".join(d or header[places[0][1]] for d, _ in said) or EVERYONE
            yield line, [*cells[:width], topic, ", ".join(g for _, g in said) or EVERYONE, *cells[width:]]

    return Shape(_with_dimension(header), walk)


def _with_dimension(header: tuple[str, ...]) -> tuple[str, ...]:
    """The header with the columns for the way of grouping and the group."""
    names = [*header]
    for name in (DIMENSION, DIMENSION_GROUP):
        names.append(new_name(name, names))
    return tuple(names)


def _joined(header: tuple[str, ...], name: str, parts: Sequence[str], file: str) -> Shape:
    places = [find_column(p, header, file, "layout.join") for p in parts]
    width = len(header)

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        for line, cells in rows:
            cells = padded(cells, width)
            texts = [squeeze(cells[place]) for place in places]
            yield line, [*cells[:width], ", ".join(t for t in texts if t), *cells[width:]]

    return Shape((*header, new_name(name, header)), walk)
