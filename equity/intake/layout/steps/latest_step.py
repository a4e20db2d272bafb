"""Of several snapshots of a running table, the latest of each stretch of time."""

from __future__ import annotations

from collections.abc import Iterator

from equity.intake.formats.header import find_column
from equity.intake.formats.tabular import Cells
from equity.intake.layout.steps.shape import Row, Shape
from equity.intake.spellings.period_spelling import Spelling, spelling_of
from equity.intake.spellings.periods import parse_period
from equity.vocabulary.layout import Latest


def latest_step(header: tuple[str, ...], latest: Latest, file: str) -> Shape:
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

    return Shape(header, walk)


def _day(cells: Cells, place: int, spelling: Spelling) -> str:
    parsed = parse_period(cells[place], spelling) if place < len(cells) else None
    return parsed.day.isoformat() if parsed is not None and parsed.day is not None else ""


def _stretch(day: str, each: str) -> str:
    return {"month": day[:7], "year": day[:4]}.get(each, "all" if day else "")
