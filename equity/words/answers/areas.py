"""Clinical areas compared: where the clear gaps are, and how many people are affected."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import pandas as pd

from equity.lens.answers import Areas, ResolvedReference
from equity.lens.tables import columns_of
from equity.vocabulary import Stratifier
from equity.words import comparisons, groups, headlines, judgements, measures, numbers, periods, references, remarks
from equity.words.cached_per_answer import cached_per_answer
from equity.words.comparisons import Comparison
from equity.words.escaping import one_line
from equity.words.rows import group_rows


@dataclass(frozen=True)
class Cell:
    """One clinical area × stratifier of the map.

    state      ``gap`` (a clear one), ``none`` (compared, no clear gap), ``hidden`` or ``absent``.
    affected   people or events affected ("309"), empty for a mean or where they cannot be counted.
    gap        the gap in short ("14.0 pts"), or what stands in its place.
    relative   the gap ÷ the reference's rate, toward harm; NaN where there is no clear gap.
    said       the cell read aloud.
    measure, by, group   what stands in it, where one measure was compared; ``group`` only where the gap is clear.
    """

    state: Literal["gap", "none", "hidden", "absent"]
    affected: str
    gap: str
    relative: float
    said: str
    measure: str = ""
    by: str = ""
    group: str = ""


class Placed(NamedTuple):
    """A row of the answer with what it takes to speak of it, and its place among the clear gaps.

    ``rank`` 1 affects most people, NaN where the gap is not clear; ``rank_lower`` and ``rank_upper`` are NaN where
    people cannot be counted. ``worst`` marks the row that stands for its area × stratifier on the map.
    """

    compared: Comparison
    area: str
    rank: float
    rank_lower: float
    rank_upper: float
    known_share: float
    worst: bool


@cached_per_answer
def every(answer: Areas) -> tuple[Placed, ...]:
    """Every row of the answer, in its order."""
    measure = {m.name: m for m in answer.measures}
    grouped = {s.name: s for s in answer.stratifiers}
    nothing, rows, choices = ResolvedReference("best", "the best group"), answer.rows, answer.choices
    counted = {name: groups.what_is_counted(measure[name], *size) for name, size in answer.sizes.items()}
    held, known = columns_of(rows), answer.references
    pairs = list(zip(held["measure"].tolist(), held["by"].tolist(), strict=True))
    compared = [
        Comparison(row, measure[name], grouped[by], known.get((name, by), nothing), choices, all_counted=counted[name])
        for row, (name, by) in zip(group_rows(rows), pairs, strict=True)
    ]
    figures = (held[c].astype(float).tolist() for c in ("rank", "rank_lower", "rank_upper", "known_share"))
    areas, worst = held["clinical_area"].tolist(), (held["worst"] == 1).tolist()
    return tuple(Placed(*values) for values in zip(compared, areas, *figures, worst, strict=True))


@cached_per_answer
def clear(answer: Areas) -> tuple[Placed, ...]:
    """The clear gaps, those that affect most people first."""
    return tuple(sorted((p for p in every(answer) if numbers.known(p.rank)), key=lambda p: p.rank))


def ranked(answer: Areas, most: int = 10) -> tuple[Comparison, ...]:
    """The same without their places."""
    return tuple(p.compared for p in clear(answer)[:most])


def countable(answer: Areas, most: int = 10) -> tuple[Comparison, ...]:
    """The clear gaps whose people, visits or events can be counted, most first; waiting times are not people."""
    return tuple(c for c in ranked(answer, len(answer.rows)) if c.has_excess)[:most]


def finding(answer: Areas) -> str:
    """The answer in one sentence: in how many areas there is a clear gap, and in which it affects most people, where
    they can be counted.
    """
    when = periods.title(answer.choices.period)
    gaps = clear(answer)
    if not gaps:
        return nothing_clear(answer)
    affected = comparisons.how_many_affected(gaps[0].compared)
    some = f"Clear gaps, {when}: {_of_areas(answer, gaps)}"
    most = f"{some}. Most affected: {_named(gaps[0])}"
    return headlines.fitting((*((f"{most}, {affected}.", f"{most}.") if affected else ()), f"{some}."))


def _named(gap: Placed) -> str:
    """The clinical area, or the measure where it has none."""
    return measures.lowered(one_line(gap.area)) or measures.describe_measure(gap.compared.measure)


RATES_ALONE = "These data hold rates without counts or ranges."


def is_not_judged(answer: Areas) -> bool:
    """Whether there are gaps, but none could be held against chance: a source of rates without counts or ranges."""
    return answer.tests == 0 and any(p.compared.row.compared and not p.compared.judged for p in every(answer))


def nothing_clear(answer: Areas) -> str:
    """That no comparison shows a clear gap, or that nothing could be compared."""
    when = periods.title(answer.choices.period)
    if is_not_judged(answer):
        return f"Clear gaps, {when}: not judged. {RATES_ALONE}"
    if answer.tests == 0:
        return f"Clear gaps, {when}: nothing to compare, since no group has enough data."
    return f"Clear gaps, {when}: none of {numbers.count(answer.tests)} comparisons shows one."


def _of_areas(answer: Areas, gaps: Sequence[Placed]) -> str:
    with_gaps = len({p.area for p in gaps})
    return f"{with_gaps} of {len(answer.areas)} clinical areas" if len(answer.areas) > 1 else "1 clinical area"


def chart_title(answer: Areas) -> str:
    """The finding as a heading."""
    gaps = clear(answer)
    if answer.tests == 0:
        return f"No gap is judged. {RATES_ALONE}".rstrip(".") if is_not_judged(answer) else "Nothing to compare"
    if not gaps:
        return "No clear gap in any clinical area"
    most = f"; most people affected in {_named(gaps[0])}" if gaps[0].compared.has_excess else ""
    return f"Clear gaps in {_of_areas(answer, gaps)}{most}"


def ranked_chart_title(answer: Areas) -> str:
    """The heading of the ranked list."""
    count = len(countable(answer))
    if not count:
        if answer.tests == 0:
            return "Nothing to rank"
        return "Clear gaps, but no people counted to rank them by" if clear(answer) else "No clear gap to rank"
    return f"The {count} clear gaps that affect most people" if count > 1 else "The clear gap that affects most people"


def how_sure(answer: Areas) -> str:
    """How many comparisons there were, and what was done about it."""
    if answer.tests == 0:
        return f"Nothing was tested. {RATES_ALONE}" if is_not_judged(answer) else "Nothing was tested."
    clear_gaps = len(clear(answer))
    said = (
        f"We made {numbers.count(answer.tests)} comparisons at once and call {clear_gaps or 'none'} of the gaps clear."
    )
    return f"{said} About 1 in 10 of those may still be chance." if clear_gaps else said


def not_known(answer: Areas) -> tuple[str, ...]:
    """What the map leaves out."""
    few = sum(p.compared.row.reliability == "too_few" and numbers.known(p.compared.row.p) for p in every(answer))
    hidden = sum(p.compared.row.shown == "hidden" for p in every(answer))
    said = []
    if few:
        where = f"{numbers.count(few)} of the {numbers.count(answer.tests)} comparisons"
        said.append(f"In {where} there are too few people to read, so the map and the list leave them out.")
    if hidden:
        said.append(f"Too small to show, not too small to matter: {hidden} of the comparisons.")
    return tuple(said)


def caveats(answer: Areas) -> tuple[str, ...]:
    """What to keep in mind when reading the map."""
    ranked_by = "The list ranks by people affected, so large groups come first; a small group can have a wider gap."
    if order(answer) == "widest":
        ranked_by = "The list ranks by how wide a gap is for its rate: these data do not say how many are affected."
    return (
        "A gap shows where results differ; it does not show why.",
        *((ranked_by,) if clear(answer) else ()),
        "Groups overlap: one person can stand in several rows.",
        *remarks.describe_remarks(answer.remarks),
    )


def prompt(answer: Areas) -> str:
    """One question to open the conversation with."""
    first = ranked(answer, 1)
    if not first:
        return "Which groups or measures are not in this picture yet?"
    return f"Where could we change most on {measures.describe_measure(first[0].measure)}, and for whom would we start?"


@cached_per_answer
def alt_text(answer: Areas) -> str:
    """The map in words, a clause a cell."""
    told = "; ".join(cell.said for cell in cells(answer).values())
    return f"Map of clinical areas and ways to group. {chart_title(answer)}. {told}."


@cached_per_answer
def ranked_alt_text(answer: Areas) -> str:
    """The ranked list in words."""
    told = map(_listed, comparisons.rounded_alike(countable(answer)))
    return f"{ranked_chart_title(answer)}. {' '.join(told) or nothing_clear(answer)}"


def table_caption(answer: Areas) -> str:
    """What the table under the chart holds."""
    if not clear(answer):
        return nothing_clear(answer)
    return f"Clear gaps by clinical area and group, {periods.title(answer.choices.period)}, {order(answer)} first."


def order(answer: Areas) -> str:
    """What the clear gaps stand by: people affected, or, where none are counted, how wide they are for the rate."""
    return "widest" if clear(answer) and not countable(answer, 1) else "most people affected"


@cached_per_answer
def table(answer: Areas) -> pd.DataFrame:
    """Every clear gap as a row of text."""
    columns = ["Rank", "Clinical area", "Measure", "Group by", "Group", "Rate", "Compared with", "Gap", "Gap range"]
    columns.append("Affected")
    return pd.DataFrame(
        [
            (
                str(i),
                one_line(c.measure.clinical_area),
                measures.heading(c.measure),
                groups.label(c.stratifier),
                one_line(c.row.group),
                numbers.rate(c.measure, c.row.rate, c.size),
                references.with_rate(c.reference, c.measure, c.stratifier),
                comparisons.gap_in_full(c),
                comparisons.gap_span(c),
                comparisons.affected(c),
            )
            for i, c in enumerate(comparisons.rounded_alike(ranked(answer, len(answer.rows))), start=1)
        ],
        columns=columns,
    )


@cached_per_answer
def cells(answer: Areas) -> dict[tuple[str, str], Cell]:
    """Every cell of the map, by clinical area and the stratifier's key."""
    return mapped(answer.areas, answer.stratifiers, [(p.area, p, p.worst) for p in every(answer)])


def mapped(
    rows: Sequence[str], stratifiers: Sequence[Stratifier], placed: Iterable[tuple[str, Placed, bool]]
) -> dict[tuple[str, str], Cell]:
    """The cells of rows by stratifiers, out of (row, what stands in it, whether that one stands for its cell)."""
    by_cell: dict[tuple[str, str], list[Comparison]] = {}
    gaps: dict[tuple[str, str], Comparison] = {}
    for row, one, leads in placed:
        at = row, one.compared.stratifier.name
        by_cell.setdefault(at, []).append(one.compared)
        if leads:
            gaps[at] = one.compared
    return {
        (row, s.name): _cell(row, s, gaps.get((row, s.name)), by_cell.get((row, s.name), []))
        for row in rows
        for s in stratifiers
    }


def _cell(area: str, stratifier: Stratifier, gap: Comparison | None, every: list[Comparison]) -> Cell:
    where = f"{one_line(area)} by {groups.label(stratifier)}"
    if gap is not None:
        affected = numbers.whole(gap.row.excess) if gap.has_excess else ""
        size = numbers.short_gap(gap.measure, gap.row.gap, gap.row.n, gap.row.rate)
        aloud = f"{where}: {_listed(gap)}".rstrip(".")
        what = (gap.measure.name, stratifier.name, gap.row.group)
        return Cell("gap", affected, size, gap.row.relative_gap, aloud, *what)
    if every and all(c.row.shown == "hidden" for c in every):
        return Cell("hidden", "", "", math.nan, f"{where}: {judgements.hidden_in_a_sentence(every[0].choices)}")
    compared = [c for c in every if c.row.verdict not in ("", "reference")]
    if compared:
        word = "no clear gap" if any(c.judged for c in compared) else "not judged"
        alone = len({c.measure.name for c in every}) == 1
        names = (every[0].measure.name, stratifier.name) if alone else ()
        return Cell("none", "", word, math.nan, f"{where}: {word}", *names)
    return Cell("absent", "", "", math.nan, f"{where}: not enough data to compare")


def _listed(c: Comparison) -> str:
    """One entry of the list: "Controlled blood pressure, Black patients: 14 points lower …; about 309 more …"."""
    affected = comparisons.affected(c)
    return f"{measures.heading(c.measure)}, {c.who}: {comparisons.beside(c)}{f'; {affected}' if affected else ''}."
