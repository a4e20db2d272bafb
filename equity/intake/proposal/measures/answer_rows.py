"""Rates that stand once for each answer to a question, and shares of everyone that are no rate of anything."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from equity.intake.columns.categories import is_total
from equity.intake.columns.column_names import NOT_A_NUMBER, PERIOD, heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.proposal.evidence import FITS, Codes, Evidence, Numbers
from equity.intake.spellings.missing import silence
from equity.intake.spellings.yes_no import says_no, says_yes

FEWEST = 2
WHOLES = ((100.0, 1.01), (1.0, 0.0101))


def answered_rates(evidence: Evidence, columns: Sequence[ColumnProfile]) -> tuple[ColumnProfile, str, str] | None:
    """The column whose yes and no stand in rows of their own with a rate each, its word for no, and the rates' column.

    The witness: in each group the two rates add up to all (61.2 and 38.8).
    """
    telling = dict.fromkeys(c.name for c in columns if _tells_rows(c))
    for flag in columns:
        words = [v for v in flag.values if silence(v) is None]
        yes = [w for w in words if says_yes(w)]
        no = [w for w in words if says_no(w)]
        if len(words) != 2 or len(yes) != 1 or len(no) != 1:
            continue
        groups = evidence.together([name for name in telling if not tells_the_same(evidence, name, flag.name)])
        if not _are_pairs(groups, evidence.codes(flag.name)):
            continue
        for rate in columns:
            if (
                rate is not flag
                and rate.is_number
                and rate.name not in telling
                and _are_everyone(evidence.numbers(rate.name), groups)
            ):
                return flag, no[0], rate.name
    return None


def tells_the_same(evidence: Evidence, name: str, flag: str) -> bool:
    """Whether a column says of each row what the flag says, in other words or as a code (RESP046 beside Yes)."""
    own, answers = evidence.codes(name), evidence.codes(flag)
    pairs = len(np.unique(np.column_stack([own, answers]), axis=0))
    return name == flag or pairs == len(np.unique(own)) == len(np.unique(answers))


def _tells_rows(column: ColumnProfile) -> bool:
    return column.type in ("text", "period", "yes or no") or bool(
        PERIOD.search(heard(column.name)) or NOT_A_NUMBER.search(heard(column.name))
    )


def _are_pairs(groups: Codes, answers: Codes) -> bool:
    """Whether each group has two rows, of different answers."""
    order = np.argsort(groups, kind="stable")
    if not (np.bincount(groups) == 2).all():
        return False
    first, second = answers[order].reshape(-1, 2).T
    return bool((first != second).all())


def _are_everyone(rates: Numbers, groups: Codes) -> bool:
    """Whether the rates of the two rows of each group add up to a hundred or to one."""
    both = rates[np.argsort(groups, kind="stable")].reshape(-1, 2).sum(axis=1)
    pairs = both[np.isfinite(both)].tolist()
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
    codes = [evidence.together(names) for names in ([], *([c.name] for c in tells))]
    off, possible = 0.5000001 * 10.0 ** -evidence.decimals(rate.name), dict[bytes, list[Codes]]()
    for counts in (c for c in columns if c is not rate and c.is_number and c.whole and not _tells_rows(c)):
        n = evidence.numbers(counts.name)
        known = rows & np.isfinite(n) & np.isfinite(shown)
        if known.sum() < FEWEST + 1 or len(np.unique(n[known])) < FEWEST:
            continue
        there = known.tobytes()
        if there not in possible:
            possible[there] = [code for code in codes if _add_up(shown[known], code[known], off)]
        for code in possible[there]:
            every = np.bincount(code[known], weights=n[known], minlength=int(code.max(initial=0)) + 1)[code]
            share = np.divide(n, every, out=np.full(len(n), np.nan), where=every > 0)
            if (np.abs(100 * share[known] - shown[known]) <= off).all():
                return counts.name
    return ""


def _add_up(shown: Numbers, code: Codes, off: float) -> bool:
    """Whether percents come to a hundred in every group, each ``off`` by its rounding at most; one row is no spread."""
    sizes, sums = np.bincount(code), np.bincount(code, weights=shown)
    there = sizes > 0
    return bool(sizes[there].min() >= FEWEST) and bool((np.abs(sums - 100) <= off * sizes + 1e-9)[there].all())
