"""The finding and what stands around it: titles, how sure, what is not known, a question."""

from __future__ import annotations

from equity.lens.answers import Intersections
from equity.words import crossed_groups, groups, headlines, judgements, measures, numbers, remarks
from equity.words.answers.intersections.combined import (
    Cell,
    ahead,
    cells,
    counted,
    furthest,
    level_said,
    nobody_said,
    standing_out,
    who,
)


def finding(answer: Intersections) -> str:
    """The answer in one sentence: the cell furthest from what its groups alone suggest."""
    by, about = crossed_groups.groupings(answer.stratifiers), headlines.about(answer.measure, answer.choices)
    if not any(c.readable for c in cells(answer)):
        return f"{about}: too few people in every combination of {by}."
    outstanding = standing_out(answer)
    if not outstanding:
        behind = f"is clearly {numbers.side(answer.measure, 1.0)} than expected" if ahead(answer) else "stands out"
        return headlines.fitting((f"{about}: no combination of {by} {behind}.", f"{about}: no combination {behind}."))
    return _sentence(answer, outstanding[0], about)


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
    return (f"The expected {level_said(answer)} is what {by} alone would predict.",)


def others(answer: Intersections) -> str:
    """The other cells that stand out, in a sentence; nothing when there are none."""
    outstanding = standing_out(answer)[1:]
    if not outstanding:
        return ""
    named = groups.listed([who(answer, c) for c in outstanding], 5)
    return f"Also further from what is expected than chance explains: {named}."


def found_among_all(answer: Intersections, pairs: int) -> str:
    """A group that no single grouping shows, found by looking at so many pairs of groupings over all time."""
    looked = f"All {numbers.count(pairs)} pairs of groupings were looked at, and that is allowed for."
    return f"Where two groups meet: {finding(answer)}{f' {looked}' if pairs > 1 else ''}"


def none_among_all(pairs: int) -> str:
    """That no pair of groupings holds such a group."""
    return (
        f"Over all periods, no combination stands out in any of the {numbers.count(pairs)} pairs of groupings: "
        "there is no need to try them one by one."
    )


def chart_title(answer: Intersections) -> str:
    """The heading of the map."""
    outstanding, by = standing_out(answer), crossed_groups.groupings(answer.stratifiers)
    what = measures.heading(answer.measure)
    if not outstanding and ahead(answer):
        return f"{what} by {by}: no cell is clearly {numbers.side(answer.measure, 1.0)} than expected"
    if not outstanding:
        return f"{what} by {by}: no cell stands out"
    own, expected = (
        numbers.rate(answer.measure, v, outstanding[0].column_n) for v in (outstanding[0].rate, outstanding[0].expected)
    )
    return f"{groups.started(who(answer, outstanding[0]))}: {own}, where {by} alone would predict {expected}"


def dots_title(answer: Intersections) -> str:
    """The heading of the dots: own and pooled rates beside what the margins suggest."""
    return f"{measures.heading(answer.measure)}: the cells furthest from what each grouping alone would predict"


def how_sure(answer: Intersections) -> str:
    """How sure the finding is: the pooled rate and its range, and how many it stands on."""
    first, measure = furthest(answer, 1), answer.measure
    if not first:
        return "There are too few people in every cell to say."
    cell = (standing_out(answer) or first)[0]
    pooled = numbers.rate(measure, cell.pooled, cell.column_n, answer.overall_rate)
    around = numbers.range_named(
        numbers.span(numbers.rate_range(measure, cell.pooled_lower, cell.pooled_upper, cell.column_n))
    )
    side = "outside" if cell.stands_out else "within"
    expected = numbers.rate(measure, cell.expected, cell.column_n, answer.overall_rate)
    return (
        f"Small groups vary by chance, so we also show a smoothed estimate. For {cell.label} "
        f"({groups.how_many(counted(answer), cell.n)}) it is {pooled}{around}. The {expected} expected lies {side} "
        "that range."
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
        *remarks.describe_remarks(answer.remarks),
    )


def prompt(answer: Intersections) -> str:
    """One question to open the conversation with."""
    outstanding = standing_out(answer)
    if not outstanding:
        by = crossed_groups.groupings(answer.stratifiers)
        return f"Who might still be hidden in these groups, and what besides {by} could tell us?"
    return f"Which steps of our care are harder for {who(answer, outstanding[0])}, and who could tell us?"


def _sentence(answer: Intersections, cell: Cell, about: str) -> str:
    measure, people = answer.measure, who(answer, cell)
    own = numbers.rate(measure, cell.rate, cell.column_n, answer.overall_rate)
    expected = numbers.bare_rate(measure, cell.expected, cell.column_n, answer.overall_rate)
    if measure.kind == "mean":
        expected = numbers.rate(measure, cell.expected, cell.column_n, answer.overall_rate)
    if measure.kind != "proportion":
        own = f"{own} for"
    elif counted(answer) in ("patients", "people"):
        own = f"{own} of"
    else:
        own = f"{own} of {counted(answer)} {'by' if counted(answer) == 'visits' else 'for'}"
    return f"{about}: {own} {people}. {expected} was expected."


def _cells_of(count: int, of: int) -> str:
    return f"{count} of {of} cells"
