"""Lines that stand for one visit several times: a line for each coverage, race or diagnosis of the same encounter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from equity.intake.columns.column_names import heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.proposal.evidence import Codes, Evidence
from equity.intake.spellings.days import holds_days
from equity.vocabulary import Answer, ColumnSource, OpenQuestion, Setting

FEWEST = 5
OFTEN = 0.01
ALIKE = 0.98
_ID = re.compile(
    r"\b(?:encounter|visit|episode|admission|adm|hadm|stay|discharge|hospitali[sz]ation|appointment|appt|event|referral|"
    r"case|claim|contact|consultation)(?: \w+)? ?(?:id|nbr|no|num\w*|number|key|identifier|csn)$|"
    r"^(?:pat enc )?csn(?: id)?$|^(?:encounter|visit|har|fin|episode|fall(?: id)?|fallnummer|fallnr)$"
)


def ask_once(
    evidence: Evidence, sources: Mapping[str, ColumnSource], groups: Sequence[str], outcome: str
) -> OpenQuestion | None:
    """Whether each visit counts once, where its id (or a person's day) stands in several lines; else None.

    ``groups`` are the columns that group people, ``outcome`` the column of what is counted (empty in shape wide).
    """
    measure = sources.get("measure")
    apart = [measure.column] if measure and measure.column else []
    keys = _visit(evidence, apart) or _persons_day(evidence, sources, groups, apart)
    if not keys:
        return None
    known = np.all([[bool(c) for c in evidence.columns[k].cells] for k in keys], axis=0)
    visits = evidence.together([*keys, *apart])[known]
    rows, different = len(visits), len(np.unique(visits))
    differ = [g for g in groups if _pairs(visits, evidence.codes(g)[known]) > different]
    same = not outcome or _pairs(visits, evidence.codes(outcome)[known]) <= different / ALIKE
    return _question(keys, rows, different, differ, same)


def _pairs(one: Codes, other: Codes) -> int:
    return len(np.unique(np.column_stack([one, other]), axis=0))


def _visit(evidence: Evidence, apart: Sequence[str]) -> list[str]:
    """The column of ids of visits of which some stand in several lines."""
    for column in evidence.columns.values():
        if not _ID.search(heard(column.name)) or column.distinct < FEWEST:
            continue
        filled = sum(bool(c) for c in column.cells)
        different = len(np.unique(evidence.together([column.name, *apart])))
        if filled >= 0.9 * len(column.cells) and 0.1 * filled <= different <= (1 - OFTEN) * filled:
            return [column.name]
    return []


def _persons_day(
    evidence: Evidence, sources: Mapping[str, ColumnSource], groups: Sequence[str], apart: Sequence[str]
) -> list[str]:
    """A person and a day that stand together in several lines, which differ in how people are grouped."""
    person, period = sources.get("person"), sources.get("period")
    if person is None or period is None or not (person.column and period.column) or period.more:
        return []
    if any(_ID.search(heard(name)) for name in evidence.columns):
        return []  # visits have ids of their own, and those do not repeat
    column: ColumnProfile = evidence.columns[period.column]
    if not holds_days(column.values, column.spelling):
        return []
    days = evidence.together([person.column, period.column, *apart])
    different = len(np.unique(days))
    told = len(np.unique(evidence.together([person.column, period.column, *apart, *groups])))
    return [person.column, period.column] if told - different > OFTEN * len(days) else []


def _question(keys: Sequence[str], rows: int, different: int, differ: Sequence[str], same: bool) -> OpenQuestion:
    what = f"Each “{keys[0]}”" if len(keys) == 1 else f"Each day of a “{keys[0]}”"
    unlike = " and ".join(f"“{g}”" for g in differ[:2])
    groups = f"; where its lines differ in {unlike}, it belongs to both together" if differ else ""
    once = Answer(
        f"yes: {different:,} are counted, each in one line{groups}", (Setting(("extract", "once"), tuple(keys)),)
    )
    every = Answer(f"no: all {rows:,} lines are counted", (Setting(("extract", "once"), None),))
    return OpenQuestion(
        f"once:{keys[0]}",
        tuple(keys),
        f"{what} stands in {rows / different:.2g} lines on average{f', which differ in {unlike}' if differ else ''}: "
        "does it count once?",
        (once, every) if same else (every, once),
        0.7 if same else 0.5,
        "its lines hold the same outcome" if same else "its lines hold different outcomes",
    )
