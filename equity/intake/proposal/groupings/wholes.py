"""A value that is larger than all the others together and is no group that the field's lists know: perhaps everyone."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from equity.intake.columns.categories import kind_of
from equity.intake.proposal.evidence import Evidence, Numbers, plain
from equity.intake.spellings.standards import standard
from equity.vocabulary import Answer, OpenQuestion, Setting, StratifierMapping

FEWEST_OTHERS = 2
_ALL_MEASURES = re.compile(
    r"^(?:grand )?totals?$|^all (?:measures|indicators|metrics|outcomes)(?: combined| total)?$|"
    r"^total (?:measures|of all .*)$"
)
LITTLE_MORE = 1.25


def is_all_measures(name: str) -> bool:
    """Whether a measure is called all measures together."""
    return bool(_ALL_MEASURES.match(name.casefold().strip()))


def ask_whole(
    evidence: Evidence, stratifier: StratifierMapping, others: Sequence[str], counts: Sequence[Numbers]
) -> OpenQuestion | None:
    """Whether a value is everyone; ``others`` are the columns that tell contexts apart, ``counts`` x and n of rows.

    Asked where a list of the field knows all the other values and not this one; and of other columns where in each
    of several contexts the value is a little more than the others together, as a total is that holds unlisted groups.
    """
    column = stratifier.columns[0]
    cells = evidence.columns[column].cells
    values = [v for v in dict.fromkeys(cells) if v and v not in stratifier.drop]
    if not FEWEST_OTHERS < len(values) <= 80:
        return None
    context = evidence.together(others)
    for value in values:
        if kind_of(value) != "group":
            continue
        ratios = _ratios(np.array([c == value for c in cells]), context, counts)
        if not len(ratios) or (ratios < 1).any() or not (ratios > 1).any():
            continue
        listed = _only_unlisted(stratifier, value, values)
        little = not stratifier.standard and len(values) > 3 and len(ratios) >= 2 * len(counts)
        if listed or (little and (ratios <= LITTLE_MORE).all()):
            return _question(stratifier, value, cells, counts)
    return None


def _ratios(mine: np.ndarray, context: np.ndarray, counts: Sequence[Numbers]) -> Numbers:
    """The value over the sum of the others, in each context that has both and at least two others, x and n alike."""
    height = int(context.max(initial=0)) + 1
    several = np.bincount(context[~mine], minlength=height) >= FEWEST_OTHERS
    ratios = []
    for count in counts:
        own = np.bincount(context[mine], weights=np.nan_to_num(count[mine]), minlength=height)
        rest = np.bincount(context[~mine], weights=np.nan_to_num(count[~mine]), minlength=height)
        both = several & (np.bincount(context[mine], minlength=height) > 0) & (rest > 0)
        ratios.append(own[both] / rest[both])
    return np.concatenate(ratios) if ratios else np.empty(0)


def _only_unlisted(stratifier: StratifierMapping, value: str, values: Sequence[str]) -> bool:
    if not stratifier.standard:
        return False
    listed = standard(stratifier.standard)
    return listed.find(value) is None and all(listed.find(v) is not None for v in values if v != value)


def _question(
    stratifier: StratifierMapping, value: str, cells: Sequence[str], counts: Sequence[Numbers]
) -> OpenQuestion:
    column, row = stratifier.columns[0], list(cells).index(value)
    said = " of ".join(plain(count[row]) for count in counts)
    path = ("stratifiers", stratifier.name, "drop")
    return OpenQuestion(
        f"whole:{column}",
        (column,),
        f"“{value}” in “{column}” ({said}) is larger than all other groups together: is it everyone?",
        (
            Answer("yes: it is a total, and is left out", (Setting(path, (*stratifier.drop, value)),)),
            Answer("no: it is a group like the others", (Setting(path, stratifier.drop or None),)),
        ),
        0.6,
        "a total that also holds groups which are not listed is larger than their sum",
    )
