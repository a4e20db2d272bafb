"""A question of one's own, said: what was asked, the lowest and the highest cell, each cell aloud, the table."""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from equity.explore.asked import Asked, Drawing, Grouping, Part
from equity.explore.composed import MOST_CELLS
from equity.explore.explored import Explored
from equity.lens.choices import Choices
from equity.vocabulary import Description
from equity.words import crossed_groups, groups, headlines, judgements, measures, numbers, periods, remarks
from equity.words.answers.predictions import Prediction
from equity.words.escaping import one_line
from equity.words.rows import middle_n, records

PARTS: Final[dict[Part, str]] = {
    "year": "Year",
    "quarter": "Quarter",
    "month": "Month",
    "quarter_of_year": "Quarter of the year",
    "month_of_year": "Month of the year",
}
DRAWINGS: Final[dict[Drawing, str]] = {
    "dots": "Dots",
    "counts": "Bars of counts",
    "lines": "Lines",
    "map": "Map of cells",
    "table": "Table",
}
MAP_KEY: Final = "Bold: the rate. Below: number.<br>Orange: worse than all cells together; blue: better."
FURTHER = {"disparities": "The groups compared", "trends": "Is a gap closing?", "intersections": "Groups within groups"}
"""Where to look next, by page."""
METHOD: Final = (
    "Counted from the rows of the data file. Ranges are found as on the other pages and allow for people who come "
    "back. Nothing is tested here: among many cells, some lie far from the others by chance alone."
)
MOST_DRAWN: Final = 40


@dataclass(frozen=True)
class Cell:
    """One cell: its values as people read them and as in the answer, its numbers; ``column_n`` rounds cells alike."""

    names: tuple[str, ...]
    values: tuple[str, ...]
    people: float
    n: float
    x: float
    rate: float
    lower: float
    upper: float
    reliability: str
    shown: str
    kind: str
    column_n: float

    @property
    def label(self) -> str:
        """ "Spanish, 2024"; everyone where nothing was asked by."""
        return crossed_groups.label(self.names) if self.names else "Everyone"

    @property
    def visible(self) -> bool:
        """Whether there is a rate to show."""
        return self.shown in ("yes", "zero") and numbers.known(self.rate)

    @property
    def few(self) -> bool:
        """Whether there are too few people to read it."""
        return self.visible and self.reliability == "too_few"


def grouping_label(held: Description, grouping: Grouping) -> str:
    """What a grouping is called."""
    return groups.label(held.stratifier(grouping.stratifier)) if grouping.part is None else PARTS[grouping.part]


def value_label(grouping: Grouping, value: str) -> str:
    """What a cell's value in a grouping is called: "March 2024", "March", "Quarter 1", or as the data have it."""
    match grouping.part:
        case None:
            return value
        case "month_of_year":
            return calendar.month_name[int(value)]
        case "quarter_of_year":
            return f"Quarter {value[1:]}"
        case _:
            return periods.describe_period(value)


def cells(answer: Explored) -> list[Cell]:
    """Every cell, in the answer's order."""
    listed, middle = [], middle_n(answer.rows)
    for row in records(answer.rows):
        values = tuple(str(row[f"split{i}"]) for i in range(1, len(answer.asked.groupings) + 1))
        names = tuple(value_label(each, v) for each, v in zip(answer.asked.groupings, values, strict=True))
        figures = {name: float(row[name]) for name in ("people", "n", "x", "rate", "lower", "upper")}
        listed.append(
            Cell(
                names,
                values,
                **figures,
                reliability=str(row["reliability"]),
                shown=str(row["shown"]),
                kind=str(row["kind"]),
                column_n=middle,
            )
        )
    return listed


def drawn_cells(answer: Explored) -> list[Cell]:
    """The first so many cells, which fit a picture."""
    return cells(answer)[:MOST_DRAWN]


def labels(answer: Explored) -> list[str]:
    """What each grouping is called, as the head of a column."""
    return [
        label if each.part is None else PARTS[each.part]
        for each, label in zip(answer.asked.groupings, answer.labels, strict=True)
    ]


def about(answer: Explored) -> str:
    """What was asked, as a headline begins: "Controlled blood pressure by race and year, 2024, Female only"."""
    by = _joined([label.lower() for label in labels(answer)])
    named = f"{measures.named(answer.measure)}{f' by {by}' if by else ''}, {periods.title(answer.choices.period)}"
    return named + "".join(f", {one_line(value)} only" for _, value in answer.asked.only)


def _joined(names: list[str]) -> str:
    """Names in a row; with commas where one of them has an "and" of its own."""
    if len(names) > 1 and any(" and " in name for name in names):
        return f"{', '.join(names[:-1])}, and {names[-1]}"
    return groups.listed(names)


def question(answer: Explored) -> str:
    """What was asked, as every copy of the card says it."""
    return f"Question: {about(answer)}."


def finding(answer: Explored) -> str:
    """The answer in one sentence: the lowest and the highest of the cells that can be read."""
    readable = _readable(answer)
    if not readable:
        return f"{about(answer)}: too few people to read in every group."
    what, lowest, highest = about(answer), min(readable, key=lambda c: c.rate), max(readable, key=lambda c: c.rate)
    if len(readable) == 1:
        return f"{what}: {_rate(answer, lowest)}{f' ({lowest.label})' if lowest.names else ''}."
    levels = f"{'averages' if answer.measure.kind == 'mean' else 'rates'}{_that_can_be_read(answer, lowest, highest)}"
    low, high = (_rate(answer, c) for c in (lowest, highest))
    run = f"{levels} run from {low} ({lowest.label}) to {high} ({highest.label})"
    ends = f"all {levels} are near {high}" if low == high else run
    return headlines.fitting((f"{what}: {ends}.", f"{measures.named(answer.measure)}: {ends}."))


def _readable(answer: Explored) -> list[Cell]:
    return [c for c in cells(answer) if c.visible and not c.few and c.kind in ("group", "other")]


def _that_can_be_read(answer: Explored, lowest: Cell, highest: Cell) -> str:
    """That cells with too few people to read have lower or higher rates besides."""
    few = (c.rate for c in cells(answer) if c.visible and c.few)
    return " that can be read" if any(not lowest.rate <= rate <= highest.rate for rate in few) else ""


def described(answer: Explored, cell: Cell) -> str:
    """One cell aloud."""
    if not cell.visible:
        return f"{cell.label}: {judgements.absence(cell.shown, answer.choices) or numbers.MISSING}."
    few = f", {judgements.RELIABILITY['too_few'].word}" if cell.few else ""
    ends = numbers.span(numbers.rate_range(answer.measure, cell.lower, cell.upper, cell.column_n))
    return f"{cell.label}: {_rate(answer, cell)}{numbers.range_named(ends)}, {counted(answer, cell)}{few}."


def counted(answer: Explored, cell: Cell) -> str:
    """How much the cell stands on: "3,702 visits"."""
    plural = groups.what_is_counted(answer.measure, cell.n, cell.people)
    return groups.how_many(plural, cell.n)


def alt_text(answer: Explored) -> str:
    """The picture for those who do not see it."""
    told = [described(answer, cell) for cell in drawn_cells(answer)[:12]]
    rest = len(answer.rows) - len(told)
    more = f" And {numbers.count(rest)} more in the table." if rest > 0 else ""
    return f"{DRAWINGS[answer.asked.drawing]}. {' '.join(told)}{more}"


def table(answer: Explored) -> pd.DataFrame:
    """The picture as text, a row a cell."""
    heads, unit, rows = labels(answer) or ["Group"], numbers.unit(answer.measure), []
    for cell in cells(answer):
        seen = cell.visible
        rows.append(
            (
                *(cell.names or ("Everyone",)),
                numbers.bare_rate(answer.measure, cell.rate, cell.column_n)
                if seen
                else judgements.absence(cell.shown, answer.choices) or numbers.MISSING,
                numbers.rate_range(answer.measure, cell.lower, cell.upper, cell.column_n) if seen else "",
                numbers.count(cell.n) if not math.isnan(cell.n) else "",
                *((numbers.count(cell.people) if not math.isnan(cell.people) else "",) if _has_people(answer) else ()),
                judgements.RELIABILITY[cell.reliability].word
                if seen and cell.reliability in judgements.RELIABILITY
                else "",
            )
        )
    people = ["People"] if _has_people(answer) else []
    own = ["Average" if answer.measure.kind == "mean" else "Rate", "95% range", "Number", *people, "To be read"]
    own[0] = f"{own[0]}, {unit}" if unit else own[0]
    return pd.DataFrame(rows, columns=_apart([*heads, *own]))


def caption(answer: Explored) -> str:
    """What stands under the picture."""
    count = len(answer.rows)
    drawn = min(count, MOST_DRAWN)
    said = [f"{numbers.count(count)} {'cell' if count == 1 else 'cells'}"]
    if answer.asked.drawing in ("dots", "counts") and drawn < count:
        said.append(f"the first {drawn} are drawn, all are in the table")
    if answer.cut:
        said.append(f"there are more: only the first {numbers.count(MOST_CELLS)} were counted")
    if few := sum(cell.few for cell in cells(answer)):
        said.append(f"{few} with too few people to read ({judgements.RELIABILITY['too_few'].mark})")
    if hidden := int((answer.rows["shown"] == "hidden").sum()):
        said.append(f"{hidden} hidden in the source")
    return f"{'; '.join(said)}."


def how_sure(answer: Explored) -> str:
    """How sure the numbers are."""
    every = [c for c in cells(answer) if c.visible]
    few = sum(c.few for c in every)
    if not every:
        return "There is nothing to be sure of: no cell has a rate."
    if len(every) == 1:
        return f"There are {'too few people to read this' if few else 'enough people to read this with its range'}."
    enough = len(every) - few
    has = "has" if enough == 1 else "have"
    return f"{enough} of {len(every)} cells {has} enough people to be read. Read each with its 95% range."


def caveats(answer: Explored) -> tuple[str, ...]:
    """What to keep in mind."""
    return (
        *remarks.describe_remarks(answer.remarks),
        "No cell was tested against another: use Disparities to compare groups.",
    )


def prompt(answer: Explored) -> str:
    """What to talk about: what could make the cells differ, or what keeps them even."""
    rates = [_rate(answer, cell) for cell in _readable(answer)]
    if len(rates) > 1 and len(set(rates)) == 1:
        return f"What keeps results on {measures.describe_measure(answer.measure)} even across these cells?"
    return "What in the way we give care could make these cells differ, and which page would tell us more?"


def prediction(choices: Choices, held: Description) -> Prediction:
    """What is asked before the card is shown."""
    what = measures.describe_measure(held.measure(choices.measure))
    return Prediction(f"Where do you expect {what} to be lowest and highest {periods.during(choices.period)}?")


def filter_label(held: Description, key: str, value: str) -> str:
    """A filter as it is picked: "Sex: Female"."""
    return f"{groups.label(held.stratifier(key))}: {one_line(value)}"


def usual_drawing(asked: Asked, fitting: Sequence[Drawing]) -> Drawing:
    """The way to draw that was chosen, where it fits; else the first that does."""
    return asked.drawing if asked.drawing in fitting else fitting[0]


def _rate(answer: Explored, cell: Cell) -> str:
    return numbers.rate(answer.measure, cell.rate, cell.column_n)


def _has_people(answer: Explored) -> bool:
    return bool(answer.rows["people"].notna().any())


def _apart(heads: list[str]) -> list[str]:
    """Heads of columns that differ: a grouping may be called as a column of ours is."""
    seen: dict[str, int] = {}
    distinct = []
    for head in heads:
        seen[head] = seen.get(head, 0) + 1
        distinct.append(head if seen[head] == 1 else f"{head} ({seen[head]})")
    return distinct
