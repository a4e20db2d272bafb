"""A driver diagram as SVG: the aim on the left, then what it depends on, column by column, links between.

Text is text: it can be selected, enlarged and read out. Boxes without a project have a dashed edge and say so. Colours
come from the page (``currentColor`` and the custom properties that Streamlit gives its components), so that the same
picture is right by day, in the dark and on paper.
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection
from dataclasses import dataclass

from equity.improvement.drivers import LEVELS, Driver, DriverDiagram, placed, served_by_nothing
from equity.words.escaping import html, one_line
from equity.words.work import drivers as words

BOX, BETWEEN, LINE, PAD, GAP, HEAD = 218, 56, 17, 10, 14, 34
LETTERS, MOST_LINES = 27, 5
FONT = "font-family: 'Source Sans', 'Source Sans Pro', system-ui, sans-serif; font-size: 14px;"


@dataclass(frozen=True)
class _Box:
    """A box: its corner, its height, its lines of text."""

    x: float
    y: float
    height: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def as_svg(diagram: DriverDiagram, aim: str, tried: Collection[str]) -> str:
    """The diagram; ``aim`` is the aim's sentence, ``tried`` the ids that projects work on."""
    untried = {driver.id for driver in served_by_nothing(diagram, tried)}
    boxes, height = _boxes(diagram, untried)
    root = _box(_wrapped(aim, 9), 0, 0)
    height = max(height, root.height + HEAD)
    root = _box(root.lines, 0, max(HEAD, (height - root.height) / 2))
    width = BOX + len(LEVELS) * (BOX + BETWEEN)
    levels = {driver.id: driver for driver in diagram.drivers}
    links = [_link(root, boxes[d.id], strong=True) for d in diagram.drivers if d.level == "primary"]
    links += [_link(boxes[link.serves], boxes[link.served_by], strong=link.strong) for link in diagram.links]
    drawn = [_drawn(root, html(one_line(aim, 400)), "aim")]
    drawn += [
        _drawn(box, html(_title(levels[name], name in untried)), "untried" if name in untried else "tried")
        for name, box in boxes.items()
    ]
    heads = "".join(
        f'<text x="{_x(column + 1)}" y="16" font-weight="600" fill="currentColor">{html(words.LEVELS[level])}</text>'
        for column, level in enumerate(LEVELS)
    )
    head = f'<text x="0" y="16" font-weight="600" fill="currentColor">Aim</text>{heads}'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 0 {width + 4} {height + 6:.0f}" width="100%" '
        f'style="{FONT} min-width: {width * 0.62:.0f}px" role="group" '
        f'aria-label="{html(words.finding(diagram, tried))}">'
        f"{head}{''.join(links)}{''.join(drawn)}</svg>"
    )


def _x(column: int) -> int:
    return column * (BOX + BETWEEN)


def _boxes(diagram: DriverDiagram, untried: Collection[str]) -> tuple[dict[str, _Box], float]:
    """Every driver's box at its place, each column in the middle of the height; and that height."""
    columns: dict[int, list[tuple[str, tuple[str, ...]]]] = {column: [] for column in range(len(LEVELS))}
    for place in placed(diagram):
        columns[place.column].append((place.driver.id, _lines(place.driver, place.driver.id in untried)))
    tall = {c: sum(_height(lines) + GAP for _, lines in items) - GAP for c, items in columns.items()}
    height = HEAD + max([0.0, *tall.values()])
    boxes = {}
    for column, items in columns.items():
        y = HEAD + (height - HEAD - tall[column]) / 2
        for name, lines in items:
            boxes[name] = _box(lines, _x(column + 1), y)
            y += boxes[name].height + GAP
    return boxes, height


def _lines(driver: Driver, untried: bool) -> tuple[str, ...]:
    measure = _wrapped(f"Measure: {driver.measure}", 2) if driver.measure else ()
    return (*_wrapped(driver.words, MOST_LINES), *measure, *(("no project yet",) if untried else ()))


def _wrapped(text: str, most: int) -> tuple[str, ...]:
    return tuple(textwrap.wrap(one_line(text, 400), LETTERS, max_lines=most, placeholder=" …")) or ("–",)


def _height(lines: tuple[str, ...]) -> float:
    return len(lines) * LINE + 2 * PAD - 4


def _box(lines: tuple[str, ...], x: float, y: float) -> _Box:
    return _Box(x, y, _height(lines), lines)


def _link(serves: _Box, by: _Box, *, strong: bool) -> str:
    """A curve from a box to the one that it serves; dotted where it serves it weakly."""
    from_x, to_x = serves.x + BOX, by.x
    half = (from_x + to_x) / 2
    dash = "" if strong else ' stroke-dasharray="2 5"'
    return (
        f'<path d="M{from_x:.0f} {serves.middle:.0f} C{half:.0f} {serves.middle:.0f} {half:.0f} {by.middle:.0f} '
        f'{to_x:.0f} {by.middle:.0f}" fill="none" stroke="currentColor" stroke-opacity=".55" '
        f'stroke-width="{1.8 if strong else 1.4}"{dash}/>'
    )


def _title(driver: Driver, untried: bool) -> str:
    measure = f". Measure: {driver.measure}" if driver.measure else ""
    return f"{words.ONE[driver.level]}: {driver.words}{measure}{'. No project yet' if untried else ''}"


def _drawn(box: _Box, title: str, kind: str) -> str:
    """A box that the keyboard reaches, with its text; the aim's edge is strong, an untried one's dashed."""
    edge = {
        "aim": 'stroke-width="2.4"',
        "tried": 'stroke-width="1.3"',
        "untried": 'stroke-width="1.3" stroke-dasharray="5 4"',
    }
    spans = "".join(
        f'<tspan x="{box.x + PAD:.0f}" y="{box.y + PAD + 11 + place * LINE:.0f}">{html(line)}</tspan>'
        for place, line in enumerate(box.lines)
    )
    return (
        f'<g tabindex="0" role="img" aria-label="{title}"><title>{title}</title>'
        f'<rect x="{box.x:.0f}" y="{box.y:.0f}" width="{BOX}" height="{box.height:.0f}" rx="6" '
        f'fill="var(--st-background-color, #fff)" stroke="currentColor" {edge[kind]}/>'
        f'<text fill="currentColor">{spans}</text></g>'
    )


def as_page(svg: str, title: str) -> bytes:
    """The diagram on one sheet of paper, lying, as a web page that works offline."""
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html(title)}</title>'
        "<style>@page { size: landscape; margin: 10mm } body { margin: 0; color: #1B2430; "
        f"--st-background-color: #fff }} svg {{ max-width: 100%; max-height: 92vh }}</style><body>{svg}</body></html>"
    ).encode()
