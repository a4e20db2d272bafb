"""Two answers side by side in words: what changed, whether that is clear, and what it does not tell."""

from __future__ import annotations

from typing import Any

import pandas as pd

from equity.lens.answers import Disparities
from equity.lens.choices import Choices
from equity.lens.side_by_side import SideBySide
from equity.vocabulary import Description
from equity.words import comparisons, groups, judgements, measures, numbers, periods, references
from equity.words.answers import disparities
from equity.words.answers.predictions import Prediction
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line
from equity.words.labels.cards import CARD_TEXTS
from equity.words.rows import focus, group_rows, records

_Row = dict[str, Any]


def sides(answer: SideBySide) -> tuple[str, str]:
    """What stands left and what right: "2022", "2024"; "Controlled blood pressure", "Postpartum visit"."""
    first, second = answer.first, answer.second
    if answer.kind == "period":
        return periods.title(first.choices.period), periods.title(second.choices.period)
    if answer.kind == "measure":
        return measures.heading(first.measure), measures.heading(second.measure)
    left, right = (references.describe_reference(one.reference, one.stratifier, one.measure) for one in (first, second))
    return groups.started(left), groups.started(right)


def subject(answer: SideBySide) -> str:
    """The group that both answers are about; of two groups the one that is compared with the other; "" without one."""
    lead = focus(answer.second) or focus(answer.first) if answer.kind == "period" else focus(answer.first)
    if answer.kind == "group" and (lead is None or lead.group == answer.second.reference.group):
        others = [r for r in group_rows(answer.second.rows) if r.compared and r.kind == "group"]
        lead = max(others, key=lambda r: r.gap, default=None)
    return lead.group if lead is not None and lead.group in set(answer.rows["group"]) else ""


def finding(answer: SideBySide) -> str:
    """The title: what is to be seen in both."""
    who = subject(answer)
    left, right = sides(answer)
    if not who:
        held = f"{measures.heading(answer.measure)} by {groups.label(answer.stratifier)}"
        if answer.kind == "measure":
            return f"{left} and {right}, by {groups.label(answer.stratifier)}"
        if answer.kind == "period":
            return f"{held}: {left}, {right}"
        return f"{held}: compared with {_lowered(left)}, and with {_lowered(right)}"
    row = row_of(answer, who)
    named = groups.started(groups.describe_group(answer.stratifier, who, groups.noun(answer.measure)))
    if answer.kind == "period":
        return f"{named}, {left} and {right}: {_gaps(answer, row)}"
    if answer.kind == "measure":
        return f"{named}: {left} {rate(answer.first, row, 'first')}, {right} {rate(answer.second, row, 'second')}"
    if answer.kind == "group":
        other, about = answer.second.reference.group, _compared(answer.second, who)
        said = groups.describe_group(answer.stratifier, other, groups.noun(answer.measure))
        theirs = rate(answer.first, row_of(answer, other), "first")
        return f"{named} {rate(answer.first, row, 'first')}, {said} {theirs}: {comparisons.gap_with_verdict(about)}"
    first, second = (comparisons.gap_with_verdict(_compared(one, who)) for one in (answer.first, answer.second))
    return f"{named}: {first} than {_lowered(left)}, {second} than {_lowered(right)}"


def row_of(answer: SideBySide, group: str) -> _Row:
    """The row of a group that both answers show."""
    return next(row for row in records(answer.rows) if row["group"] == group)


def rate(one: Disparities, row: _Row, side: str) -> str:
    """A group's rate on one side."""
    return numbers.rate(one.measure, row[f"{side}_rate"], disparities.column_n(one))


def gap(one: Disparities, group: str) -> str:
    """A group's gap in one of the answers, in short: "13.5 pts lower", "no difference", "reference"."""
    return comparisons.gap_in_short(_compared(one, group))


def change(answer: SideBySide, row: _Row) -> str:
    """How a group's rate changed: "up 2.1 points (95% range 0.4 to 3.8), clear"; "no clear change" where it is not."""
    if not numbers.known(row["change"]):
        return ""
    n = disparities.column_n(answer.first)
    if "too_few" in (row["first_reliability"], row["second_reliability"]):
        return judgements.RELIABILITY["too_few"].word
    size = numbers.gap(answer.measure, abs(row["change"]), n)
    if numbers.is_no_gap(answer.measure, row["change"], n):
        return "no change"
    way = "up" if row["change"] > 0 else "down"
    if not numbers.known(row["change_lower"]):  # the source gives no ranges
        return f"{way} {size}, not judged"
    return f"{way} {size}" if row["clear"] else f"{way} {size}, not a clear change"


def _gaps(answer: SideBySide, row: _Row) -> str:
    """Both gaps of a group, and whether the difference between them is more than chance."""
    if not numbers.known(row["gap_change"]):
        return f"{rate(answer.first, row, 'first')}, then {rate(answer.second, row, 'second')}"
    told = f"{_gap(answer.first, row['first_gap'])}, then {_gap(answer.second, row['second_gap'])}"
    if row["gap_change_lower"] <= 0 <= row["gap_change_upper"]:
        return f"{told}, no clear change"
    if row["gap_change"] > 0:
        return f"{told}, wider"
    improved = row["change"] * -answer.measure.harm_sign > 0 and row["clear"]
    return f"{told}, narrower" if improved else f"{told}, narrower, and not because this group clearly improved"


def _gap(one: Disparities, value: float) -> str:
    """A gap with its side: "13.5 points lower"."""
    n = disparities.column_n(one)
    if numbers.is_no_gap(one.measure, value, n):
        return numbers.NO_DIFFERENCE
    return f"{numbers.gap(one.measure, value, n)} {numbers.short_side(one.measure, value)}"


def _compared(one: Disparities, group: str) -> comparisons.Comparison:
    return disparities.compared(one, next(r for r in group_rows(one.rows) if r.group == group))


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:] if name.startswith(("The ", "All ", "People ", "Patients ")) else name


@cached_per_answer
def table(answer: SideBySide) -> pd.DataFrame:
    """A row a group that both show: its rate on either side, its gaps, and of two periods the change."""
    left, right = sides(answer)
    columns: dict[str, list[str]] = {}
    for row in shown_rows(answer):
        cells = {"Group": one_line(row["group"])}
        if answer.kind in ("period", "measure"):
            cells |= {f"{left}": rate(answer.first, row, "first"), f"{right}": rate(answer.second, row, "second")}
        else:
            cells |= {"Rate": rate(answer.first, row, "first")}
        if answer.kind == "period":
            cells["Change"] = change(answer, row)
        if answer.measure.polarity != "neutral":
            to = "," if answer.kind in ("period", "measure") else " from"
            cells[f"Gap{to} {_lowered(left)}"] = groups.started(gap(answer.first, row["group"]))
            cells[f"Gap{to} {_lowered(right)}"] = groups.started(gap(answer.second, row["group"]))
        for name, text in cells.items():
            columns.setdefault(name, []).append(text)
    return pd.DataFrame(columns)


def shown_rows(answer: SideBySide) -> list[_Row]:
    """The rows that the picture has: every group that both show; of two groups those two."""
    rows = [row for row in records(answer.rows) if row["kind"] in ("group", "other")]
    if answer.kind != "group":
        return rows
    both = (subject(answer), answer.second.reference.group)
    return [row for row in rows if row["group"] in both]


def caption(answer: SideBySide) -> str:
    """What the picture and its table hold."""
    left, right = sides(answer)
    what = f"{measures.heading(answer.measure)} by {groups.label(answer.stratifier)}"
    if answer.kind == "period":
        reference = references.describe_reference(answer.second.reference, answer.stratifier, answer.measure)
        return f"{what}, {left} beside {right}, compared with {reference}. Groups that both periods show."
    when = periods.title(answer.choices.period)
    if answer.kind == "measure":
        return f"{left} beside {right}, by {groups.label(answer.stratifier)}, {when}. Groups that both measures show."
    if answer.kind == "group":
        return f"{what}, {when}: two groups. Ranges are 95% intervals."
    return f"{what}, {when}: the gap from {_lowered(left)} beside the gap from {_lowered(right)}."


def alt_text(answer: SideBySide) -> str:
    """The picture for those who do not see it."""
    left, right = sides(answer)
    told = "; ".join(f"{one_line(row['group'])}: {describe_row(answer, row)}" for row in shown_rows(answer))
    return f"{left} beside {right}. {finding(answer)}. {told}."


def describe_row(answer: SideBySide, row: _Row) -> str:
    """A row read aloud: "54.8%, then 55.0%, up 0.2 points, not a clear change"."""
    first, second = rate(answer.first, row, "first"), rate(answer.second, row, "second")
    if answer.kind == "period":
        changed = change(answer, row)
        return f"{first}, then {second}{f', {changed}' if changed else ''}"
    if answer.kind == "measure":
        return f"{first} and {second}"
    gaps = (gap(answer.first, row["group"]), gap(answer.second, row["group"]))
    return f"{first}; {' and '.join(one for one in gaps if one)}"


def how_sure(answer: SideBySide) -> str:
    """How far the two can be held against each other."""
    if answer.kind == "period":
        tested = int(answer.rows["q"].notna().sum())
        return CARD_TEXTS["changes_compared_at_once"].format(tested=numbers.count(tested))
    return disparities.how_sure(answer.second if answer.kind == "group" else answer.first)


def caveats(answer: SideBySide) -> tuple[str, ...]:
    """What to keep in mind."""
    if answer.kind == "period":
        moved = answer.first.reference.group != answer.second.reference.group
        return (
            CARD_TEXTS["two_periods_are_two_points"],
            *([CARD_TEXTS["the_reference_is_another_group"]] if moved else []),
        )
    if answer.kind == "measure":
        other_side = answer.first.measure.polarity != answer.second.measure.polarity
        return (
            CARD_TEXTS["two_measures_are_two_things"],
            *([CARD_TEXTS["one_is_better_low"]] if other_side else []),
        )
    return tuple(disparities.caveats(answer.second))


def not_known(answer: SideBySide) -> tuple[str, ...]:
    """Who is missing from both."""
    return tuple(disparities.not_known(answer.second))


def prediction(choices: Choices, held: Description) -> Prediction:
    """What is asked before the picture is shown: a question alone, for there is no frame without the second choice."""
    measure = held.measure(choices.measure)
    return Prediction(
        f"What do you expect to see of {measures.describe_measure(measure)} when the two stand side by side?"
    )
