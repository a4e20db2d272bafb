"""The scan: every gap at once, ranked by the people it touches, as a list in words.

Spoken from the same answer as the clinical areas. Every entry says how sure its place in the list is, and, in the same
line, when too many people are in no group for it to be read as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from equity.lens.answers import Areas
from equity.words import areas, comparisons, completeness, groups, measures, numbers, periods, references
from equity.words.comparisons import Comparison
from equity.words.escaping import one_line

COMPLETE = 0.95
"""The share known from which nothing is taken off: "good" in the completeness conventions."""


PLACES = (
    "A place could be any that the ranges of all the gaps allow together: a gap ranks below those whose ranges lie "
    "wholly above its own."
)
"""How the ranks that a line could have are found (Klein, Wright and Wieczorek 2020)."""


@dataclass(frozen=True)
class Entry:
    """A clear gap in its place: ``rank`` 1 touches most people; NaN limits where people cannot be counted."""

    compared: Comparison
    rank: float
    rank_lower: float
    rank_upper: float
    known_share: float

    @property
    def incomplete(self) -> bool:
        """Whether the group is known for too few to read the gap as it stands."""
        return self.known_share < COMPLETE


def entries(answer: Areas, most: int = 1_000) -> tuple[Entry, ...]:
    """The clear gaps, those that touch most people first; waiting times and other means after the counts."""
    table = answer.rows[answer.rows["rank"].notna()].sort_values("rank").head(most)
    columns = (table[c].astype(float).tolist() for c in ("rank", "rank_lower", "rank_upper", "known_share"))
    return tuple(Entry(c, *figures) for c, *figures in zip(areas.ranked(answer, most), *columns, strict=True))


def by_measure(answer: Areas) -> Areas:
    """The same answer with each measure as an area of its own: what the map of measures by groupings is drawn from."""
    order = answer.rows.assign(clinical_area=answer.rows["measure"]).sort_values("rank", kind="stable")
    first = order["rank"].notna() & ~order.duplicated(["measure", "by"])
    rows = order.assign(worst=first.astype(int))
    return replace(answer, rows=rows, areas=tuple(m.name for m in answer.measures))


def finding(answer: Areas) -> str:
    """The answer in one sentence: how many gaps are clear out of how many looked at, and the one on top."""
    found, when = entries(answer), periods.during(answer.choices.period)
    if not found:
        return areas.finding(answer)
    first = found[0].compared
    clear = "1 is a clear gap" if len(found) == 1 else f"{len(found)} are clear gaps"
    top = f"{measures.said(first.measure)} for {first.who}, {comparisons.beside(first)}"
    return f"Of {numbers.count(answer.tests)} comparisons {when}, {clear}; the one that touches most people is {top}."


def listed(answer: Areas, most: int = 12) -> tuple[str, ...]:
    """The ranked list, a line a gap: the gap, people affected, how sure its place is, and what is not known."""
    return tuple(in_words(entry) for entry in entries(answer, most))


def in_words(entry: Entry) -> str:
    """One line of the list."""
    c = entry.compared
    parts = [comparisons.beside(c), comparisons.affected(c), place(entry), discount(entry)]
    return f"{measures.heading(c.measure)}, {c.who}: {'; '.join(part for part in parts if part)}."


def place(entry: Entry) -> str:
    """How sure the place in the list is: "1st, and sure to be", "5th, or anywhere from 4th to 8th"."""
    if not numbers.known(entry.rank_lower):
        return "not ranked among the counts" if entry.compared.measure.kind == "mean" else ""
    rank = ordinal(entry.rank)
    if entry.rank_lower == entry.rank_upper:
        return f"{rank}, and sure to be"
    return f"{rank}, or anywhere from {ordinal(entry.rank_lower)} to {ordinal(entry.rank_upper)}"


def short_place(entry: Entry) -> str:
    """The same where there is little room: "rank 1", "rank 4 to 8"."""
    if not numbers.known(entry.rank_lower):
        return ""
    low, high = numbers.whole(entry.rank_lower), numbers.whole(entry.rank_upper)
    return f"rank {low}" if low == high else f"rank {low} to {high}"


def discount(entry: Entry) -> str:
    """What is not known, when that is more than a few: it takes weight off the line that it stands in."""
    if not entry.incomplete:
        return ""
    by = entry.compared.stratifier
    known = f"{groups.label(by)} {completeness.are(by)} known for only {numbers.share(entry.known_share)}"
    return f"read with care, since {known} here"


def quiet(answer: Areas) -> str:
    """The measures without a clear gap in any grouping, in a sentence; nothing when there are none."""
    loud = set(answer.rows.loc[answer.rows["rank"].notna(), "measure"])
    names = [measures.said(m) for m in answer.measures if m.name not in loud]
    return f"No clear gap, however people are grouped: {groups.listed(names, 12)}." if names else ""


def chart_title(answer: Areas) -> str:
    """The heading of the map."""
    found = entries(answer)
    if not found:
        return "No clear gap in any measure"
    with_gaps = len({e.compared.measure.name for e in found})
    of = "1 measure" if len(answer.measures) == 1 else f"{len(answer.measures)} measures"
    return f"Clear gaps in {with_gaps} of {of}, each beside its own reference"


def ranked_chart_title(answer: Areas) -> str:
    """The heading of the ranked list."""
    return areas.ranked_chart_title(answer)


def how_sure(answer: Areas) -> str:
    """How many tests there were, and the false discovery rate, said plainly."""
    return (
        f"Looking at {numbers.count(answer.tests)} comparisons at once turns up some gaps by chance. "
        "The rule used here keeps those to about 1 in 10 of the gaps that it calls clear: "
        "a false discovery rate of 10%. "
        "A best group was itself picked out, so gaps from it must pass a stricter test."
    )


def not_known(answer: Areas) -> tuple[str, ...]:
    """What the list leaves out, and which groupings are not known well enough."""
    lines = [e for e in entries(answer) if e.incomplete]
    care = f"{len(lines)} of the lines stand on groupings known for less than 95%." if lines else ""
    return tuple(s for s in (care, *areas.not_known(answer)) if s)


def caveats(answer: Areas) -> tuple[str, ...]:
    """What to keep in mind when reading the list."""
    return (
        "One gap can show up in several groupings, when the same people stand in both.",
        "Do not trust an order finer than the ranks that each line could have.",
        *areas.caveats(answer),
    )


def prompt(answer: Areas) -> str:
    """One question to open the conversation with."""
    return areas.prompt(answer)


def alt_text(answer: Areas) -> str:
    """The map in words."""
    cells = "; ".join(cell.said for cell in areas.cells(by_measure(answer)).values())
    return f"Map of measures by grouping. {chart_title(answer)}. {cells}."


def ranked_alt_text(answer: Areas) -> str:
    """The ranked list in words."""
    return f"{ranked_chart_title(answer)}. {' '.join(listed(answer)) or areas.finding(answer)}"


def table_caption(answer: Areas) -> str:
    """What the table under the chart holds."""
    when = periods.title(answer.choices.period)
    return (
        f"Every clear gap, {when}, most people affected first, out of {numbers.count(answer.tests)} comparisons. "
        "Ranges are 95% intervals."
    )


def table(answer: Areas) -> pd.DataFrame:
    """Every clear gap as a row of text."""
    columns = [
        "Rank",
        "Could be",
        "Measure",
        "By",
        "Group",
        "Rate",
        "Reference",
        "Gap",
        "Gap range",
        "Affected",
        "Known",
    ]
    return pd.DataFrame([_cells(entry) for entry in entries(answer)], columns=columns)


def ordinal(rank: float) -> str:
    """A place in a list: "1st", "2nd", "13th"."""
    at = round(rank)
    ending = "th" if 10 <= at % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(at % 10, "th")
    return f"{at}{ending}"


def _cells(entry: Entry) -> tuple[str, ...]:
    c = entry.compared
    return (
        numbers.whole(entry.rank),
        short_place(entry).removeprefix("rank "),
        measures.heading(c.measure),
        groups.label(c.stratifier),
        one_line(c.row.group),
        numbers.rate(c.measure, c.row.rate, c.row.n),
        references.with_rate(c.reference, c.measure, c.stratifier),
        comparisons.gap_in_full(c),
        comparisons.gap_span(c),
        comparisons.affected(c),
        numbers.share(entry.known_share),
    )
