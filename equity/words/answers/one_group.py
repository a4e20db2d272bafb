"""One group on every measure, in words: where its gaps are clear, where not, and where nobody can say."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from equity.lens.answers import OneGroup, ResolvedReference
from equity.lens.tables import columns_of
from equity.words import comparisons, groups, headlines, judgements, measures, numbers, periods, references, remarks
from equity.words.answers import areas, scan
from equity.words.answers.areas import Placed
from equity.words.cached_per_answer import cached_per_answer
from equity.words.comparisons import Comparison
from equity.words.rows import group_rows

DRAWN = 16
"""The most measures that one picture holds; the table has all."""


class Count(NamedTuple):
    """On how many measures the group is clearly behind, clearly ahead, compared at all, and the reference itself."""

    behind: int
    ahead: int
    compared: int
    reference: int


@cached_per_answer
def every(answer: OneGroup) -> tuple[Placed, ...]:
    """A row a measure, in the answer's order."""
    held, measure = columns_of(answer.rows), {m.name: m for m in answer.measures}
    nothing = ResolvedReference("best", "the best group")
    figures = [held[c].astype(float).tolist() for c in ("rank", "rank_lower", "rank_upper", "known_share")]
    counted = {name: groups.what_is_counted(measure[name], *size) for name, size in answer.sizes.items()}
    by, known = answer.stratifier, answer.references
    about = [
        Comparison(row, measure[name], by, known.get(name, nothing), answer.choices, all_counted=counted[name])
        for name, row in zip(held["measure"].tolist(), group_rows(answer.rows), strict=True)
    ]
    return tuple(
        Placed(c, c.measure.clinical_area, rank, lower, upper, known, False)
        for c, rank, lower, upper, known in zip(about, *figures, strict=True)
    )


def clear(answer: OneGroup) -> tuple[Placed, ...]:
    """The measures on which the group is clearly behind, most people affected first."""
    return tuple(placed for placed in every(answer) if numbers.known(placed.rank))


@cached_per_answer
def count(answer: OneGroup) -> Count:
    """How the measures divide."""
    rows = [placed.compared.row for placed in every(answer)]
    ahead = sum(row.compared and row.verdict == "disparity" and row.gap < 0 for row in rows)
    compared = sum(placed.compared.row.compared and placed.compared.judged for placed in every(answer))
    return Count(len(clear(answer)), ahead, compared, sum(row.verdict == "reference" for row in rows))


def who(answer: OneGroup) -> str:
    """The group aloud: "Asian patients"."""
    return groups.describe_group(answer.stratifier, answer.group, groups.noun_of_all(answer.measures))


def finding(answer: OneGroup) -> str:
    """The answer in one sentence: on how many measures there is a clear gap."""
    counts, begins = count(answer), f"{groups.started(who(answer))}, {periods.title(answer.choices.period)}"
    if not counts.compared:
        return f"{begins}: {_nothing(answer)}."
    if not counts.behind:
        return f"{begins}: no clear gap on {_measures(counts.compared)} compared."
    said = f"{begins}: a clear gap on {counts.behind} of {_measures(counts.compared)} compared"
    return headlines.fitting((*((f"{said}, clearly ahead on {counts.ahead}.",) if counts.ahead else ()), f"{said}."))


def _nothing(answer: OneGroup) -> str:
    """Why no measure says anything of the group."""
    if any(placed.compared.row.compared for placed in every(answer)):
        return f"no gap is judged. {areas.RATES_ALONE.removesuffix('.')}"
    if count(answer).reference:
        return "the other groups are compared with this one, so no gap can show"
    return "nothing to compare, since its numbers are hidden, missing or too few"


def _measures(number: int) -> str:
    return "1 measure" if number == 1 else f"{numbers.count(number)} measures"


def what_it_comes_to(answer: OneGroup) -> tuple[str, ...]:
    """Below the headline: the gap on top with both its rates and what it comes to; where the group is the reference."""
    gaps, counts = clear(answer), count(answer)
    first = (comparisons.headline(gaps[0].compared), comparisons.at_the_reference(gaps[0].compared)) if gaps else ()
    own = ""
    if counts.reference and counts.compared:
        own = f"On {_measures(counts.reference)} the others are compared with this group, so it shows no gap there."
    return tuple(said for said in (*first, own) if said)


def chart_title(answer: OneGroup) -> str:
    """The finding as a heading, with whom it is about."""
    counts, name = count(answer), groups.started(who(answer))
    if not counts.compared:
        return f"{name}: {_nothing(answer)}"
    if not counts.behind:
        return f"{name}: no clear gap on any measure"
    return f"{name}: {counts.behind} clear gap{'' if counts.behind == 1 else 's'}, most people affected first"


@cached_per_answer
def listed(answer: OneGroup) -> tuple[str, ...]:
    """A line a measure: the gap, people affected, how sure its place is, and what is not known."""
    return tuple(in_words(placed) for placed in scan.rounded_alike(every(answer)))


def in_words(placed: Placed) -> str:
    """One line: as on the list of the largest gaps where the gap is clear, else what there is instead."""
    if numbers.known(placed.rank):
        return f"{measures.heading(placed.compared.measure)}: {_clear_in_words(placed)}"
    c, name = placed.compared, measures.heading(placed.compared.measure)
    if c.row.shown == "hidden":
        return f"{name}: {judgements.hidden_in_a_sentence(c.choices)}."
    if not c.row.visible:
        return f"{name}: {measures.lowered(numbers.MISSING)}."
    rate = numbers.rate(c.measure, c.row.rate, c.size)
    if c.row.verdict == "reference":
        return f"{name}: {rate}; the other groups are compared with this one."
    if c.row.reliability == "too_few":
        return f"{name}: too few to read."
    if not c.row.compared or not numbers.known(c.row.gap):
        return f"{name}: {rate}; not compared."
    return f"{name}: {comparisons.beside(c)}; {judgements.VERDICTS[c.row.verdict].word if c.judged else 'not judged'}."


def _clear_in_words(placed: Placed) -> str:
    c, at = placed.compared, scan.place(placed)
    parts = [comparisons.beside(c), comparisons.affected(c), measures.lowered(at) if at else ""]
    return " ".join(said for said in (f"{'; '.join(part for part in parts if part)}.", scan.discount(placed)) if said)


def how_sure(answer: OneGroup) -> str:
    """That chance was allowed for over all groups, not over this one's measures alone."""
    if not answer.tests:
        return "Nothing was tested."
    said = (
        f"We judged these gaps among all {numbers.count(answer.tests)} comparisons of every group, so that picking one "
        "group makes no gap clearer."
    )
    return f"{said} About 1 in 10 of the gaps called clear may be chance." if clear(answer) else said


def not_known(answer: OneGroup) -> tuple[str, ...]:
    """What the picture leaves out or cannot say."""
    rows = [placed.compared.row for placed in every(answer)]
    few = sum(row.reliability == "too_few" and row.visible for row in rows)
    hidden, missing = (sum(row.shown == state for row in rows) for state in ("hidden", "missing"))
    unsure = sum(scan.incomplete(placed) for placed in clear(answer))
    more = len(rows) - DRAWN
    return tuple(
        said
        for said in (
            f"On {_measures(few)} this group has too few people to read." if few else "",
            f"Too small to show, not too small to matter: {_measures(hidden)}." if hidden else "",
            f"No data of this group on {_measures(missing)}." if missing else "",
            f"In {unsure} of the clear gaps, the group is recorded for less than 95%." if unsure else "",
            f"The picture shows the first {DRAWN} of {len(rows)} measures; the table shows all." if more > 0 else "",
        )
        if said
    )


def caveats(answer: OneGroup) -> tuple[str, ...]:
    """What to keep in mind when reading it."""
    return (
        "A gap shows where results differ; it does not show why.",
        "A measure that counts few people comes later on the list, however wide its gap.",
        "A large group holds people whose results differ: look at its gaps by site and by a second grouping too.",
        *remarks.describe_remarks(answer.remarks),
    )


def prompt(answer: OneGroup) -> str:
    """One question to open the conversation with."""
    if not clear(answer):
        return f"What would {who(answer)} say that these measures do not show?"
    return f"What do these gaps have in common in how our care reaches {who(answer)}?"


@cached_per_answer
def alt_text(answer: OneGroup) -> str:
    """The picture in words, a sentence a measure."""
    return f"{chart_title(answer)}. {' '.join(listed(answer)[:DRAWN])}"


def table_caption(answer: OneGroup) -> str:
    """What the table under the chart holds."""
    when = periods.title(answer.choices.period)
    return f"Every measure for {who(answer)}, {when}, clear gaps first. Ranges are 95% intervals."


@cached_per_answer
def table(answer: OneGroup) -> pd.DataFrame:
    """A row of text for every measure."""
    columns = ["Measure", "Rate", "Gap", "Verdict", "Affected", "Affected range", "Compared with", "Gap range", "Range"]
    rows = [_cells(placed) for placed in scan.rounded_alike(every(answer))]
    return pd.DataFrame(rows, columns=[*columns, "Rank", "Could be", "Known"])


def _cells(placed: Placed) -> tuple[str, ...]:
    c = placed.compared
    few, seen = c.row.reliability == "too_few", c.row.visible
    counted = c.has_excess and numbers.known(placed.rank)
    return (
        measures.heading(c.measure),
        numbers.rate(c.measure, c.row.rate, c.size) if seen else comparisons.absence(c),
        comparisons.gap_in_full(c),
        judgements.RELIABILITY["too_few"].word if few and seen else _verdict(c),
        comparisons.affected_count(c) if counted else "",
        numbers.whole_range(c.row.excess_lower, c.row.excess_upper) if counted else "",
        references.with_rate(c.reference, c.measure, c.stratifier) if seen else "",
        comparisons.gap_span(c) if seen and c.row.verdict != "reference" else "",
        comparisons.rate_span(c) if seen else "",
        numbers.whole(placed.rank) if numbers.known(placed.rank) else "",
        scan.short_place(placed).removeprefix("rank "),
        numbers.share(placed.known_share),
    )


def _verdict(c: Comparison) -> str:
    return judgements.VERDICTS[c.row.verdict].word if c.row.visible else ""
