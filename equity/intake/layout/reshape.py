"""A table as its layout says: sections, filled cells, columns turned into rows, cells that hold two numbers.

Every step is a new header and a walk over the rows; nothing is held in memory but the rows of ``down`` and ``latest``.
Rows keep the line of the file they came from. Cells beyond the header stay at the end of a row, so that a ragged line
is still found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from equity.intake.formats.header import find_column
from equity.intake.formats.tabular import Cells, Table
from equity.intake.layout.groupings_step import ways_of
from equity.intake.layout.outline_step import outline_walk
from equity.intake.layout.said import Said, period_in
from equity.intake.layout.two_numbers import counted_name, split_cell, split_words
from equity.intake.spellings.missing import MISSING, silence, squeeze
from equity.intake.spellings.period_spelling import Spelling, spelling_of
from equity.intake.spellings.periods import parse_period
from equity.vocabulary import PlainError
from equity.vocabulary.layout import Across, Down, Everyone, Latest, Layout, SplitKind, Topics

Row = tuple[int, Cells]
Walk = Callable[[Iterator[Row]], Iterator[Row]]
MOST_HELD = 2_000_000
DIMENSION, DIMENSION_GROUP, EVERYONE = "Dimension", "Dimension group", "Total"


@dataclass(frozen=True)
class _Shape:
    """A header on its way, and the walk that gives its rows from those of the file."""

    header: tuple[str, ...]
    walk: Walk


def reshape(table: Table, layout: Layout) -> Table:
    """The tidy table; raises :class:`PlainError` that names a column of the layout which the file does not have."""
    if not layout.reshapes:
        return table
    shape = _Shape(table.header, lambda rows: rows)
    if layout.section:
        shape = _then(shape, _sections(shape.header, layout.section))
    if layout.outline:
        into = _new_name(layout.outline.into, shape.header)
        walked = outline_walk(shape.header, layout.outline, table.name)
        shape = _then(shape, _Shape((*shape.header, into), walked))
    if layout.fill:
        shape = _then(shape, _filled(shape.header, layout.fill, table.name))
    if layout.leave_out:
        shape = _then(shape, _left_out(shape.header, layout.leave_out))
    for column, texts in layout.keep.items():
        shape = _then(shape, _kept(shape.header, column, texts, table.name))
    if layout.across:
        shape = _then(shape, _across(shape.header, layout.across, table.name))
    for column, kind in layout.split.items():
        shape = _then(shape, _split(shape.header, column, kind, table.name))
    if layout.everyone:
        shape = _then(shape, _everyone(shape.header, layout.everyone, table.name))
    if layout.down:
        shape = _then(shape, _down(shape.header, layout.down, table.name))
    if layout.latest:
        shape = _then(shape, _latest(shape.header, layout.latest, table.name))
    if layout.topics:
        shape = _then(shape, _topics(shape.header, layout.topics, table.name))
    if layout.groupings:
        _, ways = ways_of(shape.header, layout.groupings, table.name)
        shape = _then(shape, _Shape(_with_dimension(shape.header), ways))
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


def _same(text: str) -> str:
    """A text for comparing: blanks and case do not matter, signs do (``<65`` is not ``>=65``)."""
    return squeeze(text).casefold()


def _then(first: _Shape, second: _Shape) -> _Shape:
    return _Shape(second.header, lambda rows: second.walk(first.walk(rows)))


def _padded(cells: Cells, width: int) -> Cells:
    return cells if len(cells) >= width else cells + [""] * (width - len(cells))


def _new_name(name: str, header: Sequence[str]) -> str:
    """``name``, or with a number behind it where the header has it already."""
    taken = {h.casefold() for h in header}
    made, count = name, 1
    while made.casefold() in taken:
        count += 1
        made = f"{name} ({count})"
    return made


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


def _sections(header: tuple[str, ...], name: str) -> _Shape:
    width = len(header)

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        section = ""
        for line, cells in rows:
            cells = _padded(cells, width)
            if is_section(cells):
                section = squeeze("".join(cells))
                continue
            yield line, [*cells[:width], section, *cells[width:]]

    return _Shape((*header, _new_name(name, header)), walk)


def _filled(header: tuple[str, ...], columns: Sequence[str], file: str) -> _Shape:
    places = [find_column(c, header, file, "fill") for c in columns]

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        held = dict.fromkeys(places, "")
        for line, cells in rows:
            cells = list(_padded(cells, len(header)))
            data = any(c.strip() for c in cells[1:])
            for number, place in enumerate(places):
                if cells[place].strip():
                    held[place] = cells[place]
                    for later in places[number + 1 :]:  # a new outer group begins without an inner one
                        held[later] = ""
                elif data:
                    cells[place] = held[place]
            yield line, cells

    return _Shape(header, walk)


def _left_out(header: tuple[str, ...], columns: Iterable[str]) -> _Shape:
    """The table without columns; one that is not there is not missed."""
    gone = {_same(c) for c in columns}
    kept = [place for place, name in enumerate(header) if _same(name) not in gone]

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        for line, cells in rows:
            cells = _padded(cells, len(header))
            yield line, [*(cells[place] for place in kept), *cells[len(header) :]]

    return _Shape(tuple(header[place] for place in kept), walk)


def _kept(header: tuple[str, ...], column: str, texts: Iterable[str], file: str) -> _Shape:
    place = find_column(column, header, file, "keep")
    wanted = {_same(t) for t in texts}

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        return (row for row in rows if _same(row[1][place] if place < len(row[1]) else "") in wanted)

    return _Shape(header, walk)


def across_columns(across: Across, header: Sequence[str], file: str) -> dict[int, tuple[str, ...]]:
    """The place of each column that holds what its name says, those of further years included.

    A year that has come since the mapping was written is read like its neighbours; one that has gone is not missed.
    """
    found: dict[int, tuple[str, ...]] = {}
    by_form: dict[str, tuple[int, tuple[str, ...]]] = {}
    for column, said in across.columns.items():
        period = period_in(column)
        own = next((at for at, text in enumerate(said[:-1]) if period is not None and text == period.text), None)
        if period is not None and own is not None:
            by_form[_form(period)] = (own, said)
            found |= {place: said for place, name in enumerate(header) if _same(name) == _same(column)}
        else:
            found[find_column(column, header, file, "layout.across")] = said
    for place, name in enumerate(header):
        period = period_in(name)
        if place in found or period is None or _form(period) not in by_form:
            continue
        own, said = by_form[_form(period)]
        found[place] = (*said[:own], period.text, *said[own + 1 :])
    if not found:
        raise PlainError(f"{file} has none of the columns that [layout.across] names: the file has changed its form.")
    return found


def _form(period: Said) -> str:
    """A column's name without its period, by which the column of another period is known."""
    return _same(f"{period.before}####{period.after}")


def _across(header: tuple[str, ...], across: Across, file: str) -> _Shape:
    width = len(header)
    columns = across_columns(across, header, file)
    fixed = [place for place in range(width) if place not in columns]
    values = list(dict.fromkeys(said[-1] for said in columns.values()))
    by_key: dict[tuple[str, ...], list[int | None]] = {}
    for place, said in columns.items():
        by_key.setdefault(said[:-1], [None] * len(values))[values.index(said[-1])] = place
    names = [header[place] for place in fixed]
    for name in (*across.into, *values):
        names.append(_new_name(name, names))

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        for line, cells in rows:
            cells = _padded(cells, width)
            kept = [cells[place] for place in fixed]
            more = cells[width:]
            said = False
            for key, places in by_key.items():
                texts = [cells[place] if place is not None else "" for place in places]
                if any(squeeze(t).casefold() not in MISSING for t in texts):
                    said = True
                    yield line, [*kept, *key, *texts, *more]
            if not said:
                yield line, [*kept, *[""] * len(across.into), *[""] * len(values), *more]

    return _Shape(tuple(names), walk)


def _split(header: tuple[str, ...], column: str, kind: SplitKind, file: str) -> _Shape:
    place = find_column(column, header, file, "layout.split")
    names, width = list(header), len(header)
    bare = counted_name(header[place], kind)
    names[place] = bare if bare.casefold() not in {h.casefold() for h in header} else header[place]
    for word in split_words(header[place], kind):
        names.append(_new_name(word, names))

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        for line, cells in rows:
            cells = list(_padded(cells, width))
            parts = split_cell(cells[place], kind) or [cells[place], *[""] * (len(names) - width)]
            cells[place] = parts[0]
            yield line, [*cells[:width], *parts[1:], *cells[width:]]

    return _Shape(tuple(names), walk)


def _everyone(header: tuple[str, ...], everyone: Everyone, file: str) -> _Shape:
    named = find_column(everyone.column, header, file, "layout.everyone")
    value = find_column(everyone.value, header, file, "layout.everyone")
    wanted, width = _same(everyone.row), len(header)
    numbers = {value, *(p for p, h in enumerate(header) if h.startswith(f"{header[value]} "))}

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        held: dict[tuple[str, ...], str] = {}
        for line, cells in rows:
            cells = _padded(cells, width)
            key = tuple(c for p, c in enumerate(cells[:width]) if p != named and p not in numbers)
            if _same(cells[named]) == wanted:
                held[key] = cells[value]
            else:
                yield line, [*cells[:width], held.get(key, ""), *cells[width:]]

    return _Shape((*header, _new_name(everyone.into, header)), walk)


def _down(header: tuple[str, ...], down: Down, file: str) -> _Shape:
    named = find_column(down.names, header, file, "layout.down")
    value = find_column(down.values, header, file, "layout.down")
    columns = {_same(text): name for text, name in down.columns.items()}
    made = list(dict.fromkeys(columns.values()))
    fixed = [place for place in range(len(header)) if place not in (named, value)]
    names = [header[place] for place in fixed]
    for name in made:
        names.append(_new_name(name, names))

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        held: dict[tuple[str, ...], tuple[int, list[str]]] = {}
        for line, cells in rows:
            cells = _padded(cells, len(header))
            name = columns.get(_same(cells[named]))
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

    return _Shape(tuple(names), walk)


def _latest(header: tuple[str, ...], latest: Latest, file: str) -> _Shape:
    place = find_column(latest.column, header, file, "layout.latest")

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        listed = list(rows)
        texts = dict.fromkeys(cells[place] for _, cells in listed if place < len(cells))
        spelling = spelling_of(texts, latest.column)
        last: dict[str, str] = {}
        for _, cells in listed:
            day = _day(cells, place, spelling)
            stretch = _stretch(day, latest.each)
            last[stretch] = max(last.get(stretch, ""), day)
        return (r for r in listed if not (d := _day(r[1], place, spelling)) or last[_stretch(d, latest.each)] == d)

    return _Shape(header, walk)


def _day(cells: Cells, place: int, spelling: Spelling) -> str:
    parsed = parse_period(cells[place], spelling) if place < len(cells) else None
    return parsed.day.isoformat() if parsed is not None and parsed.day is not None else ""


def _stretch(day: str, each: str) -> str:
    return {"month": day[:7], "year": day[:4]}.get(each, "all" if day else "")


def said_groups(groups: Sequence[tuple[str, str]], everyone: Collection[str]) -> list[tuple[str, str]]:
    """Of a row's (way of grouping, group) those that are not everyone, not blank, and not their own way of grouping."""
    return [(d, g) for d, g in groups if g and _same(g) not in everyone and _same(g) != _same(d)]


def _topics(header: tuple[str, ...], topics: Topics, file: str) -> _Shape:
    places = [
        (find_column(d, header, file, "layout.topics") if d else None, find_column(g, header, file, "layout.topics"))
        for d, g in topics.pairs
    ]
    width, everyone = len(header), {_same(e) for e in topics.everyone}

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        for line, cells in rows:
            cells = _padded(cells, width)
            groups = [(squeeze(cells[d]) if d is not None else header[g], squeeze(cells[g])) for d, g in places]
            said = said_groups(groups, everyone)
            topic = " and ".join(d or header[places[0][1]] for d, _ in said) or EVERYONE
            yield line, [*cells[:width], topic, ", ".join(g for _, g in said) or EVERYONE, *cells[width:]]

    return _Shape(_with_dimension(header), walk)


def _with_dimension(header: tuple[str, ...]) -> tuple[str, ...]:
    """The header with the columns for the way of grouping and the group."""
    names = [*header]
    for name in (DIMENSION, DIMENSION_GROUP):
        names.append(_new_name(name, names))
    return tuple(names)


def _joined(header: tuple[str, ...], name: str, parts: Sequence[str], file: str) -> _Shape:
    places = [find_column(p, header, file, "layout.join") for p in parts]
    width = len(header)

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        for line, cells in rows:
            cells = _padded(cells, width)
            texts = [squeeze(cells[place]) for place in places]
            yield line, [*cells[:width], ", ".join(t for t in texts if t), *cells[width:]]

    return _Shape((*header, _new_name(name, header)), walk)
