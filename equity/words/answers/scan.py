"""The largest gaps: every gap at once, ranked by the people affected, as a list in words.

Spoken from the same answer as the clinical areas. Every line says how sure its place in the list is, and, in the same
line, when too many people are in no group for it to be read as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from equity.lens.answers import Areas
from equity.words import comparisons, groups, measures, numbers, periods, references
from equity.words.answers import areas, completeness
from equity.words.answers.areas import Cell, Placed
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line

COMPLETE = 0.95
"""The share known from which nothing is taken off: "good" in the completeness conventions."""


PLACES = (
    "A rank could be any that the ranges of all the gaps allow together: a gap ranks below those whose ranges lie "
    "wholly above its own."
)
"""How the ranks that a line could have are found (Klein, Wright and Wieczorek 2020)."""


@cached_per_answer
def cells(answer: Areas) -> dict[tuple[str, str], Cell]:
    """Every cell of the map of measures by groupings, by the measure's name and the stratifier's key."""
    first: dict[tuple[str, str], Placed] = {}
    for placed in areas.clear(answer):
        first.setdefault(_at(placed), placed)
    rows = [(p.compared.measure.name, p, first.get(_at(p)) is p) for p in areas.every(answer)]
    return areas.mapped([m.name for m in answer.measures], answer.stratifiers, rows)


def _at(placed: Placed) -> tuple[str, str]:
    return placed.compared.measure.name, placed.compared.stratifier.name


def incomplete(placed: Placed) -> bool:
    """Whether the group is known for too few to read the gap as it stands."""
    return placed.known_share < COMPLETE


def finding(answer: Areas) -> str:
    """The answer in one sentence: how many gaps are clear out of how many looked at."""
    gaps, when = areas.clear(answer), periods.title(answer.choices.period)
    if not gaps:
        return areas.nothing_clear(answer)
    clear = "1 gap is clear" if len(gaps) == 1 else f"{len(gaps)} gaps are clear"
    return f"Largest gaps, {when}: {clear} among {numbers.count(answer.tests)} comparisons."


def what_it_comes_to(answer: Areas) -> tuple[str, ...]:
    """What stands below the headline: the gap on top, both its rates, and what it comes to."""
    gaps = areas.clear(answer)
    if not gaps:
        return ()
    first = gaps[0].compared
    return tuple(said for said in (comparisons.headline(first), comparisons.at_the_reference(first)) if said)


@cached_per_answer
def listed(answer: Areas, most: int = 12) -> tuple[str, ...]:
    """The ranked list, a line a gap: the gap, people affected, how sure its place is, and what is not known."""
    return tuple(in_words(placed) for placed in rounded_alike(areas.clear(answer))[:most])


def rounded_alike(column: Sequence[Placed]) -> tuple[Placed, ...]:
    """The same lines, their numbers rounded alike."""
    alike = comparisons.rounded_alike([placed.compared for placed in column])
    return tuple(placed._replace(compared=c) for placed, c in zip(column, alike, strict=True))


def in_words(placed: Placed) -> str:
    """One line of the list: the gap, people affected, its rank, and what is not known."""
    c = placed.compared
    parts = [comparisons.beside(c), comparisons.affected(c), measures.lowered(place(placed)) if place(placed) else ""]
    said = f"{measures.heading(c.measure)}, {c.who}: {'; '.join(part for part in parts if part)}."
    return f"{said} {discount(placed)}" if incomplete(placed) else said


def place(placed: Placed) -> str:
    """How sure the place in the list is: "Rank 1", "Rank 5, could be 4 to 8"."""
    if not numbers.known(placed.rank_lower):
        return "not ranked among the counts" if placed.compared.measure.kind == "mean" else ""
    rank = f"Rank {numbers.whole(placed.rank)}"
    if placed.rank_lower == placed.rank_upper:
        return rank
    return f"{rank}, could be {numbers.whole(placed.rank_lower)} to {numbers.whole(placed.rank_upper)}"


def short_place(placed: Placed) -> str:
    """The same where there is little room: "rank 1", "rank 4 to 8"."""
    if not numbers.known(placed.rank_lower):
        return ""
    low, high = numbers.whole(placed.rank_lower), numbers.whole(placed.rank_upper)
    return f"rank {low}" if low == high else f"rank {low} to {high}"


def discount(placed: Placed) -> str:
    """What is not known, when that is more than a few: it takes weight off the line that it stands in."""
    if not incomplete(placed):
        return ""
    by = groups.started(groups.label(placed.compared.stratifier))
    word = completeness.judged(placed.known_share).word
    return f"{by} recorded for {numbers.share(placed.known_share)}: {word}."


@cached_per_answer
def quiet(answer: Areas) -> str:
    """The measures without a clear gap in any grouping, in a sentence; nothing when there are none."""
    loud = {p.compared.measure.name for p in areas.clear(answer)}
    judged = {p.compared.measure.name for p in areas.every(answer) if p.compared.judged}
    names = [measures.describe_measure(m) for m in answer.measures if m.name in judged - loud]
    return f"No clear gap, however patients are grouped: {groups.listed(names, 12)}." if names else ""


@cached_per_answer
def chart_title(answer: Areas) -> str:
    """The heading of the map."""
    gaps = areas.clear(answer)
    if answer.tests == 0:
        return areas.chart_title(answer)
    if not gaps:
        return "No clear gap in any measure"
    with_gaps = len({e.compared.measure.name for e in gaps})
    of = "1 measure" if len(answer.measures) == 1 else f"{len(answer.measures)} measures"
    return f"Clear gaps in {with_gaps} of {of}, each compared with its own reference group"


def ranked_chart_title(answer: Areas) -> str:
    """The heading of the ranked list."""
    return areas.ranked_chart_title(answer)


_PICKED = " The group with the best rate was itself picked out, so gaps from it must pass a stricter test."


def how_sure(answer: Areas) -> str:
    """How many tests there were, and the false discovery rate, said plainly."""
    if answer.tests == 0:
        return areas.how_sure(answer)
    if not areas.clear(answer):
        looked = f"Looking at {numbers.count(answer.tests)} comparisons at once turns up some gaps by chance."
        return f"{looked} None here is clear with that allowed for."
    return (
        f"Looking at {numbers.count(answer.tests)} comparisons at once turns up some gaps by chance. "
        "About 1 in 10 of the gaps called clear may be chance (a false discovery rate of 10%)."
        f"{_PICKED if any(each.picked for each in answer.references.values()) else ''}"
    )


def not_known(answer: Areas) -> tuple[str, ...]:
    """What the list leaves out, and which groupings are not known well enough."""
    lines = [e for e in areas.clear(answer) if incomplete(e)]
    care = f"In {len(lines)} of the lines, the group is recorded for less than 95%." if lines else ""
    return tuple(s for s in (care, *areas.not_known(answer)) if s)


def caveats(answer: Areas) -> tuple[str, ...]:
    """What to keep in mind when reading the list."""
    if not areas.clear(answer):
        return areas.caveats(answer)
    return (
        "One gap can show up more than once, when the same people are in both groups.",
        "The order is not exact: each line says which ranks it could have.",
        *areas.caveats(answer),
    )


def prompt(answer: Areas) -> str:
    """One question to open the conversation with."""
    return areas.prompt(answer)


@cached_per_answer
def alt_text(answer: Areas) -> str:
    """The map in words."""
    every = "; ".join(cell.said for cell in cells(answer).values())
    return f"Map of measures and ways to group. {chart_title(answer)}. {every}."


def ranked_alt_text(answer: Areas) -> str:
    """The ranked list in words."""
    return f"{ranked_chart_title(answer)}. {' '.join(listed(answer)) or areas.nothing_clear(answer)}"


def table_caption(answer: Areas) -> str:
    """What the table under the chart holds."""
    when = periods.title(answer.choices.period)
    if not areas.clear(answer):
        return areas.nothing_clear(answer)
    return (
        f"Every clear gap, {when}, {areas.order(answer)} first, out of {numbers.count(answer.tests)} comparisons. "
        "Ranges are 95% intervals."
    )


@cached_per_answer
def table(answer: Areas) -> pd.DataFrame:
    """Every clear gap as a row of text."""
    columns = [
        "Rank",
        "Could be",
        "Measure",
        "Group by",
        "Group",
        "Rate",
        "Compared with",
        "Gap",
        "Gap range",
        "Affected",
        "Known",
    ]
    return pd.DataFrame([_cells(placed) for placed in rounded_alike(areas.clear(answer))], columns=columns)


def _cells(placed: Placed) -> tuple[str, ...]:
    c = placed.compared
    return (
        numbers.whole(placed.rank),
        short_place(placed).removeprefix("rank "),
        measures.heading(c.measure),
        groups.label(c.stratifier),
        one_line(c.row.group),
        numbers.rate(c.measure, c.row.rate, c.size),
        references.with_rate(c.reference, c.measure, c.stratifier),
        comparisons.gap_in_full(c),
        comparisons.gap_span(c),
        comparisons.affected(c),
        numbers.share(placed.known_share),
    )
