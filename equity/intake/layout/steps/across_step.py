"""Columns whose names say a period, a group or a measure, turned into rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from equity.intake.formats.header import find_column
from equity.intake.layout.said import Said, period_in
from equity.intake.layout.steps.shape import Row, Shape, new_name, padded, same_text
from equity.intake.spellings.missing import MISSING, squeeze
from equity.vocabulary import PlainError
from equity.vocabulary.layout import Across


def across_columns(across: Across, header: Sequence[str], file: str) -> dict[int, tuple[str, ...]]:
    """The place of each column that holds what its name says, those of further years included.

    A year that has come since the mapping was written is read like its neighbours; one that has gone is not missed.
    """
    by_place: dict[int, tuple[str, ...]] = {}
    by_form: dict[str, tuple[int, tuple[str, ...]]] = {}
    for column, said in across.columns.items():
        period = period_in(column)
        own = next((at for at, text in enumerate(said[:-1]) if period is not None and text == period.text), None)
        if period is not None and own is not None:
            by_form[_form(period)] = (own, said)
            by_place |= {place: said for place, name in enumerate(header) if same_text(name) == same_text(column)}
        else:
            by_place[find_column(column, header, file, "layout.across")] = said
    for place, name in enumerate(header):
        period = period_in(name)
        if place in by_place or period is None or _form(period) not in by_form:
            continue
        own, said = by_form[_form(period)]
        by_place[place] = (*said[:own], period.text, *said[own + 1 :])
    if not by_place:
        raise PlainError(f"{file} has none of the columns that [layout.across] names: the file has changed its form.")
    return by_place


def _form(period: Said) -> str:
    """A column's name without its period, by which the column of another period is known."""
    return same_text(f"{period.before}####{period.after}")


def across_step(header: tuple[str, ...], across: Across, file: str) -> Shape:
    width = len(header)
    columns = across_columns(across, header, file)
    fixed = [place for place in range(width) if place not in columns]
    values = list(dict.fromkeys(said[-1] for said in columns.values()))
    by_key: dict[tuple[str, ...], list[int | None]] = {}
    for place, said in columns.items():
        by_key.setdefault(said[:-1], [None] * len(values))[values.index(said[-1])] = place
    names = [header[place] for place in fixed]
    for name in (*across.into, *values):
        names.append(new_name(name, names))

    def walk(rows: Iterator[Row]) -> Iterator[Row]:
        for line, cells in rows:
            cells = padded(cells, width)
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

    return Shape(tuple(names), walk)
