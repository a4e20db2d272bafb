"""Aims as a table, for people and spreadsheets: each with how far it has come and what it may not cost."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from equity.improvement.aims import Aim
from equity.improvement.progress import Progress
from equity.vocabulary import Measure, Stratifier
from equity.words import periods
from equity.words.escaping import one_line
from equity.words.work import aims as words

COLUMNS = (
    *("Aim", "State", "Dataset", "Measure", "For whom", "Baseline", "Baseline from", "Target", "By when", "Where"),
    *("With whom", "Who benefits", "Who may be burdened", "No harm", "How far", "How sure", "Others", "Why it changed"),
)


@dataclass(frozen=True)
class AimTold:
    """An aim with what its data say of it; None for what they do not."""

    aim: Aim
    measure: Measure | None = None
    stratifier: Stratifier | None = None
    progress: Progress | None = None


def table(told: list[AimTold]) -> pd.DataFrame:
    """Every aim as a row."""
    return pd.DataFrame([_row(each) for each in told], columns=list(COLUMNS))


def _row(told: AimTold) -> dict[str, str]:
    aim, measure, progress = told.aim, told.measure, told.progress
    base = aim.baseline
    n = 0.0 if base is None else base.n
    cells = (
        words.sentence(aim, measure, told.stratifier),
        aim.status,
        one_line(aim.dataset),
        one_line(aim.measure),
        one_line(aim.group),
        "" if measure is None or base is None else words.rate(measure, base.value, n),
        "" if base is None else periods.short(base.period),
        "" if measure is None or aim.target is None else words.rate(measure, aim.target, n),
        periods.short(aim.by_when) if aim.by_when else "",
        *(one_line(text, 400) for text in (aim.where, aim.with_whom, aim.benefits, aim.burdened)),
        "" if measure is None else words.no_harm(aim, measure),
        *(("", "", "") if progress is None else _far(progress)),
        one_line(aim.why_changed, 400),
    )
    return dict(zip(COLUMNS, cells, strict=True))


def _far(progress: Progress) -> tuple[str, str, str]:
    return words.finding(progress), words.how_sure(progress), words.harm(progress)
