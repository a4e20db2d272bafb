"""Rates that stand once for each answer to a question, and shares of everyone that are no rate of anything."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from equity.intake.columns.categories import is_total
from equity.intake.columns.column_names import NOT_A_NUMBER, PERIOD, heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.proposal.evidence import FITS, Codes, Evidence, Numbers
from equity.intake.spellings.missing import silence
from equity.intake.spellings.yes_no import NO, YES

FEWEST = 2
WHOLES = ((100.0, 1.01), (1.0, 0.0101))


def answered_rates(evidence: Evidence, columns: Sequence[ColumnProfile]) -> tuple[ColumnProfile, str, str] | None:
    """The column whose yes and no stand in rows of their own with a rate each, its word for no, and the rates' column.

    The witness: in each group the two rates add up to all (61.2 and 38.8).
    """
    for flag in columns:
        words = [v for v in flag.values if silence(v) is None]
        yes = [w for w in words if w.casefold() in YES]
        no = [w for w in words if w.casefold() in NO]
        if len(words) != 2 or len(yes) != 1 or len(no) != 1:
            continue
        groups = evidence.together([c.name for c in columns if c is not flag and _tells_rows(c)])
        for rate in columns:
            if (
                rate is not flag
                and rate.is_number
                and not _tells_rows(rate)
                and _are_everyone(evidence.numbers(rate.name), groups, evidence.codes(flag.name))
            ):
                return flag, no[0], rate.name
    return None


def _tells_rows(column: ColumnProfile) -> bool:
    return column.type in ("text", "period", "yes or no") or bool(
        PERIOD.search(heard(column.name)) or NOT_A_NUMBER.search(heard(column.name))
    )


def _are_everyone(rates: Numbers, groups: Codes, answers: Codes) -> bool:
    """Whether each group has two rows, of different answers, whose rates add up to a hundred or to one."""
    pairs = []
    for group in range(int(groups.max(initial=-1)) + 1):
        rows = np.flatnonzero(groups == group)
        if len(rows) != 2 or len(set(answers[rows])) != 2:
            return False
        if np.isfinite(rates[rows]).all():
            pairs.append(float(rates[rows].sum()))
    if len(pairs) < FEWEST:
        return False
    return any(sum(abs(p - whole) <= off for p in pairs) >= FITS * len(pairs) for whole, off in WHOLES)


def shares_of_everyone(evidence: Evidence, rate: ColumnProfile, columns: Sequence[ColumnProfile]) -> str:
    """The column of counts whose spread over the rows is all that a column of percents says; empty if there is none.

    “White, 620 patients, 62 %”: of all patients 62 % are White, which is no rate of the White. The spread may start
    anew in each value of another column, such as a year.
    """
    shown = evidence.numbers(rate.name)
    tells = [c for c in columns if c is not rate and _tells_rows(c)]
    rows = np.ones(evidence.rows, dtype=bool)
    for c in (c for c in tells if c.type == "text"):
        rows &= np.array([not is_total(cell) for cell in c.cells], dtype=bool)
    within: list[list[str]] = [[], *([c.name] for c in tells)]
    for counts in (c for c in columns if c is not rate and c.is_number and c.whole and not _tells_rows(c)):
        n = evidence.numbers(counts.name)
        known = rows & np.isfinite(n) & np.isfinite(shown)
        if known.sum() < FEWEST + 1 or len(np.unique(n[known])) < FEWEST:
            continue
        for names in within:
            code = evidence.together(names)
            every = np.bincount(code[known], weights=n[known], minlength=int(code.max(initial=0)) + 1)[code]
            sizes = np.bincount(code[known])
            if sizes[sizes > 0].min() < FEWEST:
                continue
            share = np.divide(n, every, out=np.full(len(n), np.nan), where=every > 0)
            off = 0.5000001 * 10.0 ** -evidence.decimals(rate.name)
            if (np.abs(100 * share[known] - shown[known]) <= off).all():
                return counts.name
    return ""
