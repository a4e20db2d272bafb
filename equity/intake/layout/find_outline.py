"""Periods and groups one below the other in one column, as a compact pivot table has them: ``2023``, ``White``.

A row that says a period holds the sum of those below it, until the next: it names them, and is no row itself.
"""

from __future__ import annotations

import itertools
from collections import Counter

from equity.intake.columns.categories import is_total
from equity.intake.layout.sample import Sample
from equity.intake.layout.steps.outline_step import is_period
from equity.intake.spellings.missing import squeeze
from equity.vocabulary import PlainError
from equity.vocabulary.layout import Outline

FEWEST_HEADS = 2
INTO = "Period"


def find_outline(sample: Sample) -> tuple[Outline, str] | None:
    """The column of labels in which periods stand above their groups, by the sums; or None."""
    for place in sample.texts[:1]:
        labels = [squeeze(cells[place]) for cells in sample.data]
        heads = [row for row, label in enumerate(labels) if is_period(label)]
        if len(heads) < FEWEST_HEADS or heads[0] != 0 or len(heads) > len(labels) / 2:
            continue
        if all(_adds_up(sample, labels, head, end) for head, end in zip(heads, [*heads[1:], len(labels)], strict=True)):
            name = sample.header[place]
            why = f"each period of “{name}”, “{labels[0]}” and others, holds the sum of the rows below it"
            return Outline(name, INTO if INTO not in sample.header else f"{INTO} of the table"), why
    return None


def refuse_other_outlines(sample: Sample, file: str) -> None:
    """Raise :class:`PlainError` where texts that are no periods stand above their groups in one column.

    Which of next quarter's texts were a head and which a group could not be told from the texts alone.
    """
    for place in sample.texts[:1]:
        labels = [squeeze(cells[place]) for cells in sample.data]
        heads = _heads(labels)
        if len(heads) >= FEWEST_HEADS and all(
            _adds_up(sample, labels, head, end) for head, end in zip(heads, [*heads[1:], len(labels)], strict=True)
        ):
            below = labels[heads[0] + 1]
            raise PlainError(
                f"{file}, column “{sample.header[place]}”: “{labels[heads[0]]}” stands above “{below}” and others and "
                "holds their sum, so two ways of grouping share one column. Show the pivot table in tabular form with "
                "repeated labels, so that each has a column of its own."
            )


def _heads(labels: list[str]) -> list[int]:
    """The rows of labels that stand once, each above labels that come again below the next."""
    counts = Counter(labels)
    heads = [row for row, label in enumerate(labels) if counts[label] == 1 and not is_total(label)]
    several = all(end - head > 2 for head, end in itertools.pairwise(heads))
    return heads if heads and heads[0] == 0 and several and len(set(labels)) < len(labels) else []


def _adds_up(sample: Sample, labels: list[str], head: int, end: int) -> bool:
    """Whether a row's counts are those of the rows below it together (a total at the end apart)."""
    below = [row for row in range(head + 1, end) if not is_total(labels[row])]
    if not below:
        return False
    told = 0
    for place in sample.numeric:
        whole, parts = sample.numbers[head][place], [sample.numbers[row][place] for row in below]
        if whole is None or any(p is None or p != int(p) for p in (whole, *parts)):
            continue  # rates do not add up
        if abs(whole - sum(p for p in parts if p is not None)) > 1e-6 * abs(whole):
            return False
        told += 1
    return told > 0
