"""Groups within groups: the cell that its margins do not explain, its own rate and the smoothed one side by side.

"Smoothed" is said everywhere in one way: what the cell's own rate and the rates of its groups suggest together. A cell
with nobody in it is "no patients", never 0%.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from equity.lens.answers import Intersections
from equity.words import comparisons, crossed_groups, groups, headlines, judgements, measures, numbers, periods, remarks
from equity.words.once import once
from equity.words.rows import records

POOLED = (
    "Expected adds up the levels of the cell's groups, without what is special to the cell. Smoothed is a mean of the "
    "cell's own rate and the expected one: the more people in the cell, the more its own rate counts (empirical Bayes)."
)
"""How the smoothed rate is found."""

_DEFAULT_MOST = 12


@dataclass(frozen=True)
class Cell:
    """One cell. Rates as in the answer; ``apart`` is the pooled rate's distance from expected, toward harm."""

    values: tuple[str, ...]
    kind: str
    n: float
    x: float
    rate: float
    lower: float
    upper: float
    expected: float
    pooled: float
    pooled_lower: float
    pooled_upper: float
    own_weight: float
    apart: float
    reliability: str
    shown: str

    @property
    def label(self) -> str:
        """ "Spanish, Uninsured"."""
        return crossed_groups.label(self.values)

    @property
    def visible(self) -> bool:
        """Whether there is a rate to show: zero is one, hidden and nobody are not."""
        return self.shown in ("yes", "zero") and numbers.known(self.rate)

    @property
    def readable(self) -> bool:
        """Whether it is a group of people with enough of them to be spoken of."""
        return self.visible and self.kind in ("group", "other") and self.reliability != "too_few"

    @property
    def stands_out(self) -> bool:
        """Whether even the pooled rate's range leaves out what the margins suggest."""
        return self.readable and not self.pooled_lower <= self.expected <= self.pooled_upper


@once
def cells(answer: Intersections) -> tuple[Cell, ...]:
    """Every cell, in the stratifiers' order."""
    names = [f"value{i + 1}" for i in range(len(answer.stratifiers))]
    found = []
    for row in records(answer.rows):
        figures = {
            name: float(row[name])
            for name in (
                *("n", "x", "rate", "lower", "upper", "expected"),
                *("pooled", "pooled_lower", "pooled_upper", "own_weight"),
            )
        }
        apart = answer.measure.harm_sign * (figures["pooled"] - figures["expected"])
        found.append(
            Cell(
                values=tuple(str(row[name]) for name in names),
                kind=str(row["kind"]),
                **figures,
                apart=apart,
                reliability=str(row["reliability"]),
                shown=str(row["shown"]),
            )
        )
    return tuple(found)


@once
def furthest(answer: Intersections, most: int = _DEFAULT_MOST) -> tuple[Cell, ...]:
    """The readable cells, those furthest from their margins first: toward harm, or either way for a neutral measure."""
    side = abs if answer.measure.polarity == "neutral" else float
    return tuple(sorted((c for c in cells(answer) if c.readable), key=lambda c: -side(c.apart))[:most])


@once
def standing_out(answer: Intersections) -> tuple[Cell, ...]:
    """The cells that fare worse than their margins suggest, beyond chance, the furthest first."""
    neutral = answer.measure.polarity == "neutral"
    return tuple(c for c in furthest(answer, len(answer.rows)) if c.stands_out and (neutral or c.apart > 0))


@once
def ahead(answer: Intersections) -> tuple[Cell, ...]:
    """The cells that fare better than their margins suggest, beyond chance; none for a neutral measure."""
    if answer.measure.polarity == "neutral":
        return ()
    return tuple(c for c in furthest(answer, len(answer.rows)) if c.stands_out and c.apart < 0)


def who(answer: Intersections, cell: Cell) -> str:
    """The people of a cell, aloud."""
    return crossed_groups.said(answer.stratifiers, cell.values, groups.noun(answer.measure))


def finding(answer: Intersections) -> str:
    """The answer in one sentence: the cell furthest from what its groups alone suggest."""
    by, about = crossed_groups.groupings(answer.stratifiers), headlines.about(answer.measure, answer.choices)
    if not any(c.readable for c in cells(answer)):
        return f"{about}: too few people in every combination of {by}."
    found = standing_out(answer)
    if not found:
        behind = f"is clearly {numbers.side(answer.measure, 1.0)} than expected" if ahead(answer) else "stands out"
        return headlines.fitting((f"{about}: no combination of {by} {behind}.", f"{about}: no combination {behind}."))
    return _sentence(answer, found[0], about)


def what_it_comes_to(answer: Intersections) -> tuple[str, ...]:
    """What stands below the headline: what the cell is held against, or that none differs clearly."""
    if not any(c.readable for c in cells(answer)):
        return ()
    if not standing_out(answer) and ahead(answer):
        count = len(ahead(answer))
        some = "1 combination is" if count == 1 else f"{count} combinations are"
        return (f"{some} clearly better than each grouping alone would predict.",)
    if not standing_out(answer):
        return ("No combination differs clearly from what each grouping alone would predict.",)
    by = crossed_groups.groupings(answer.stratifiers)
    return (f"The expected {_level(answer)} is what {by} alone would predict.",)


def others(answer: Intersections) -> str:
    """The other cells that stand out, in a sentence; nothing when there are none."""
    found = standing_out(answer)[1:]
    if not found:
        return ""
    named = groups.listed([who(answer, c) for c in found], 5)
    return f"Also further from what is expected than chance explains: {named}."


def chart_title(answer: Intersections) -> str:
    """The heading of the map."""
    found, by = standing_out(answer), crossed_groups.groupings(answer.stratifiers)
    what = measures.heading(answer.measure)
    if not found and ahead(answer):
        return f"{what} by {by}: no cell is clearly {numbers.side(answer.measure, 1.0)} than expected"
    if not found:
        return f"{what} by {by}: no cell stands out"
    own, expected = (numbers.rate(answer.measure, v, found[0].n) for v in (found[0].rate, found[0].expected))
    return f"{groups.started(who(answer, found[0]))}: {own}, where {by} alone would predict {expected}"


def dots_title(answer: Intersections) -> str:
    """The heading of the dots: own and pooled rates beside what the margins suggest."""
    return f"{measures.heading(answer.measure)}: the cells furthest from what each grouping alone would predict"


def how_sure(answer: Intersections) -> str:
    """How sure the finding is: the pooled rate and its range, and how many it stands on."""
    found, measure = furthest(answer, 1), answer.measure
    if not found:
        return "There are too few people in every cell to say."
    cell = (standing_out(answer) or found)[0]
    pooled = numbers.rate(measure, cell.pooled, cell.n)
    around = numbers.range_named(
        numbers.span(numbers.rate_range(measure, cell.pooled_lower, cell.pooled_upper, cell.n))
    )
    leaves = "rules out" if cell.stands_out else "allows for"
    expected = numbers.rate(measure, cell.expected, cell.n)
    return (
        f"Small groups vary by chance, so we also show a smoothed estimate. For {cell.label} "
        f"({numbers.count(cell.n)} {counted(answer)}) it is {pooled}{around}, which {leaves} the {expected} expected."
    )


def not_known(answer: Intersections) -> tuple[str, ...]:
    """Cells without a rate to read, each kind for itself."""
    every = cells(answer)
    few = sum(c.visible and c.reliability == "too_few" for c in every)
    nobody = sum(c.shown == "missing" for c in every)
    hidden = sum(c.shown == "hidden" for c in every)
    return tuple(
        said
        for count, said in (
            (few, f"Too few people to read alone: {_cells_of(few, len(every))}."),
            (nobody, f"{nobody_said(answer)} in {_cells_of(nobody, len(every))}: that is not 0%."),
            (
                hidden,
                f"{groups.started(judgements.hidden_in_a_sentence(answer.choices))}: {_cells_of(hidden, len(every))}.",
            ),
        )
        if count
    )


def caveats(answer: Intersections) -> tuple[str, ...]:
    """What to keep in mind when reading the answer."""
    return (
        "The smoothed rate is steadier than the cell's own, but leans toward what is usual; read both.",
        "What is expected adds up each group's own level. It is a yardstick, not a goal.",
        "A gap shows where results differ; it does not show why.",
        *remarks.said(answer.remarks),
    )


def prompt(answer: Intersections) -> str:
    """One question to open the conversation with."""
    found = standing_out(answer)
    if not found:
        by = crossed_groups.groupings(answer.stratifiers)
        return f"Who might still be hidden in these groups, and what besides {by} could tell us?"
    return f"Which steps of our care are harder for {who(answer, found[0])}, and who could tell us?"


@once
def alt_text(answer: Intersections) -> str:
    """The map in words, a clause a cell."""
    every = "; ".join(described(answer, c) for c in cells(answer))
    return f"Map of cells. {chart_title(answer)}. {every}."


@once
def dots_alt_text(answer: Intersections) -> str:
    """The dots in words, the furthest first."""
    every = "; ".join(described(answer, c) for c in furthest(answer))
    return f"Dots with ranges. {dots_title(answer)}. {every or 'Nothing to show'}."


def described(answer: Intersections, cell: Cell) -> str:
    """A cell read aloud: "Spanish, Uninsured: 42%, 262 visits, smoothed 47% (40% to 53%), expected 59%"."""
    absent = absence(answer, cell)
    if absent:
        return f"{cell.label}: {absent}"
    measure = answer.measure
    around = numbers.span(numbers.rate_range(measure, cell.pooled_lower, cell.pooled_upper, cell.n))
    few = ", too few to read alone" if cell.reliability == "too_few" else ""
    own, pooled, expected = (numbers.rate(measure, v, cell.n) for v in (cell.rate, cell.pooled, cell.expected))
    size = f"{numbers.count(cell.n)} {counted(answer)}"
    return f"{cell.label}: {own}, {size}{few}, smoothed {pooled} ({around}), expected {expected}"


def absence(answer: Intersections, cell: Cell) -> str:
    """Why a cell has no rate: nobody is in it, or it is hidden; nothing when it has one."""
    if cell.visible:
        return ""
    if cell.shown == "missing":
        return nobody_said(answer).lower()
    return judgements.absence(cell.shown, answer.choices)


def nobody_said(answer: Intersections) -> str:
    """An empty cell: "No patients"."""
    return f"No {groups.noun(answer.measure)}"


def table_caption(answer: Intersections) -> str:
    """What the table under the chart holds."""
    by = crossed_groups.groupings(answer.stratifiers)
    everyone = numbers.rate(answer.measure, answer.overall_rate, _size(answer))
    return (
        f"{measures.heading(answer.measure)} by {by}, {periods.title(answer.choices.period)}; {everyone} overall. "
        f"Number counts {counted(answer)}. Ranges are 95% intervals."
    )


@once
def table(answer: Intersections) -> pd.DataFrame:
    """Every cell as a row of text, in the stratifiers' order."""
    return pd.DataFrame([_row(answer, c) for c in cells(answer)])


def counted(answer: Intersections) -> str:
    """What n counts."""
    return comparisons.what_is_counted(answer.measure, _size(answer), answer.people)


def _level(answer: Intersections) -> str:
    return "average" if answer.measure.kind == "mean" else "rate"


def _sentence(answer: Intersections, cell: Cell, about: str) -> str:
    measure, people = answer.measure, who(answer, cell)
    own = numbers.rate(measure, cell.rate, cell.n)
    expected = numbers.bare_rate(measure, cell.expected, cell.n)
    if measure.kind == "mean":
        expected = numbers.rate(measure, cell.expected, cell.n)
    if measure.kind != "proportion":
        own = f"{own} for"
    elif counted(answer) in ("patients", "people"):
        own = f"{own} of"
    else:
        own = f"{own} of {counted(answer)} {'by' if counted(answer) == 'visits' else 'for'}"
    return f"{about}: {own} {people}. {expected} was expected."


def _row(answer: Intersections, cell: Cell) -> dict[str, str]:
    measure, absent = answer.measure, absence(answer, cell)
    named = {groups.started(s.label): groups.listed([v]) for s, v in zip(answer.stratifiers, cell.values, strict=True)}
    figures = {
        "Own rate": numbers.rate(measure, cell.rate, cell.n),
        "Its range": numbers.span(numbers.rate_range(measure, cell.lower, cell.upper, cell.n)),
        "Number": numbers.count(cell.n),
        "Smoothed": numbers.rate(measure, cell.pooled, cell.n),
        "Smoothed range": numbers.span(numbers.rate_range(measure, cell.pooled_lower, cell.pooled_upper, cell.n)),
        "Expected": numbers.rate(measure, cell.expected, cell.n),
        "Own share in smoothed": numbers.share(cell.own_weight),
        "Reliability": judgements.RELIABILITY[cell.reliability].word if cell.reliability else "",
        "In a word": _word(answer, cell),
    }
    if absent:
        return named | dict.fromkeys(figures, "") | {"Own rate": groups.started(absent)}
    return named | figures


def _word(answer: Intersections, cell: Cell) -> str:
    """Whether a cell stands out, and on which side where one is better."""
    if not cell.stands_out:
        return ""
    return "better than expected" if cell in ahead(answer) else "stands out"


def _cells_of(count: int, of: int) -> str:
    return f"{count} of {of} cells"


@once
def _size(answer: Intersections) -> float:
    n = answer.rows["n"].astype(float)
    return float(n.sum()) if len(n) else math.nan
