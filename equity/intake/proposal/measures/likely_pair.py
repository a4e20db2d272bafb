"""Two columns of counts that no name gives away, in a file of one line a group: what is counted, and out of what."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from equity.intake.columns.column_names import ESTIMATE, EXCLUDED, LOWER, NO, RATE_WORDS, SE, UPPER, heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.columns.value_columns import says_average
from equity.intake.proposal.evidence import Evidence, percent, plain, telling_row, worked
from equity.vocabulary import Answer, OpenQuestion, Setting

MOSTLY = 0.95
Pair = tuple[ColumnProfile, ColumnProfile]
_SURELY_X = re.compile(
    r"\b(?:numerator|num|numer|x|cases?|counts?|events?|deaths?|met|yes|compliant|meeting|successes|diagnoses|births|"
    r"observed|numerador|numerateur|zähler|fälle|óbitos|obitos|casos|décès|muertes|defunciones|gestorbene)\b"
)
_IN_TIME = re.compile(r"^(?:within|under|up to|inside|in time|on time|less than)\b")
_LATE = re.compile(r"^(?:over|above|more than|outside|beyond|late|after)\b")

_SIGNIFICANCE = re.compile(
    r"\b(?:significan\w*|unstable|unreliable|reliable|small (?:n|numbers?)|outlier|different from|better than|"
    r"worse than)\b"
)
_JUDGEMENT = re.compile(
    r"^(?:is )?(?:published|inverse|finished|final|(?:target|goal|benchmark|standard) (?:is )?(?:met|reached|achieved)|"
    r"(?:met|reached|achieved) (?:target|goal|benchmark|standard))(?: measure| flag| yn)?$"
)


def judges_a_line(column: ColumnProfile) -> bool:
    """Whether a column says yes or no of a line of counts (target met, published), and so groups no people."""
    return column.type == "yes or no" and bool(_JUDGEMENT.search(heard(column.name)) or judges_a_number(column))


def judges_a_number(column: ColumnProfile) -> bool:
    """Whether a column says how far a number can be relied on (significant, unstable), and so is nobody's outcome."""
    return bool(_SIGNIFICANCE.search(heard(column.name)))


def likely_pair(evidence: Evidence, numbers: Sequence[ColumnProfile]) -> Pair | None:
    """The only two columns of counts, the first (almost) never more than the second; None where there is none.

    Only where the texts of a line tell it from every other, as in a table of counts: in a file of visits they do not.
    """
    counts = _counts(evidence, numbers)
    if len(counts) != 2:
        return None
    for x, n in (counts, counts[::-1]):
        some, every = evidence.numbers(x.name), evidence.numbers(n.name)
        known = np.isfinite(some) & np.isfinite(every)
        if x.whole and known.any() and (some[known] <= every[known]).mean() >= MOSTLY:
            return x, n
    return None


def nested_counts(evidence: Evidence, numbers: Sequence[ColumnProfile]) -> tuple[ColumnProfile, ...] | None:
    """The only three columns of counts, as few, more and all of the people; None where they do not hold one another."""
    counts = [c for c in _counts(evidence, numbers) if c.whole]
    if len(counts) != 3:
        return None
    few, more, every = sorted(counts, key=lambda c: float(np.nansum(evidence.numbers(c.name))))
    some, rest, whole = (evidence.numbers(c.name) for c in (few, more, every))
    known = np.isfinite(some) & np.isfinite(rest) & np.isfinite(whole)
    inside = (some[known] <= rest[known]) & (rest[known] <= whole[known])
    return (few, more, every) if known.any() and inside.mean() >= MOSTLY else None


def steps_between(
    evidence: Evidence, x: ColumnProfile, n: ColumnProfile, numbers: Sequence[ColumnProfile]
) -> tuple[ColumnProfile, ...]:
    """Further counts that hold x and are held by n (screened, of whom some are positive), the largest first; none where
    x is called by a name that only a numerator has."""
    if _SURELY_X.search(heard(x.name)):
        return ()
    some, whole = evidence.numbers(x.name), evidence.numbers(n.name)
    steps = []
    for c in numbers:
        if c in (x, n) or c.type != "number" or not c.whole or c.distinct < 2 or (c.lowest or 0) < 0:
            continue
        name, own = heard(c.name), evidence.numbers(c.name)
        if _is_estimate(c) or EXCLUDED.search(name) or NO.search(name) or numbers_lines(c):
            continue
        known = np.isfinite(own) & np.isfinite(some) & np.isfinite(whole)
        if known.any() and ((some[known] <= own[known]) & (own[known] <= whole[known])).mean() >= MOSTLY:
            steps.append(c)
    return tuple(sorted(steps, key=lambda c: -float(np.nansum(evidence.numbers(c.name)))))


def ask_steps(evidence: Evidence, x: ColumnProfile, n: ColumnProfile, between: Sequence[ColumnProfile]) -> OpenQuestion:
    """Which step of a chain of counts (patients, screened, positive) is the outcome, and out of which."""
    last = between[-1]
    pairs = [(x, n), (x, last), (last, n)]
    return OpenQuestion(
        f"value:{x.name}",
        (x.name, *(c.name for c in between), n.name),
        f"“{n.name}” holds “{last.name}”, which holds “{x.name}”: what is counted, and out of how many?",
        tuple(_answer(evidence, some, every, "n") for some, every in pairs),
        0.5,
        f"“{n.name}” is everyone",
    )


def _counts(evidence: Evidence, numbers: Sequence[ColumnProfile]) -> list[ColumnProfile]:
    """The columns that could be counts, where no column is an estimate and each line is of a group of its own."""
    if any(_is_estimate(c) for c in numbers):
        return []
    counts = [c for c in numbers if c.type == "number" and (c.lowest or 0) >= 0 and c.distinct > 1]
    counts = [c for c in counts if not numbers_lines(c) and not any(":" in text for text in c.counts)]
    return counts if _one_line_a_group(evidence) else []


def numbers_lines(column: ColumnProfile) -> bool:
    """Whether a column counts its own lines (1, 2, 3 …), so that it says nothing of anybody."""
    if not column.whole or column.lowest is None or column.highest is None or column.lowest not in (0, 1):
        return False
    return column.distinct == len(column.cells) == column.highest - column.lowest + 1


def parted(pair: Pair) -> Pair | None:
    """The counts within and over a time, where the names part people so: together they are everyone."""
    for one, other in (pair, pair[::-1]):
        if _IN_TIME.search(heard(one.name)) and _LATE.search(heard(other.name)):
            return one, other
    return None


def ask_pair(
    evidence: Evidence,
    x: ColumnProfile,
    other: ColumnProfile,
    flags: Sequence[ColumnProfile],
    more: Sequence[ColumnProfile] = (),
) -> OpenQuestion:
    """What is counted out of how many; ``flags`` are the columns of yes and no beside the counts, ``more`` further
    counts that could be everyone."""
    both = _answer(evidence, x, other, "no")
    others = parted((x, other))
    answers = [both, _answer(evidence, other, x, "no")] if others else [_answer(evidence, x, other, "n"), both]
    answers += [_answer(evidence, x, c, "n") for c in more]
    answers += [_flag(c) for c in flags[: 4 - len(answers)]]
    return OpenQuestion(
        f"value:{x.name}",
        (x.name, other.name),
        "No column says what is counted and out of how many: which numbers are the outcome?",
        tuple(answers),
        0.6,
        "together they are everyone" if others else "the one is never more than the other",
    )


def _answer(evidence: Evidence, x: ColumnProfile, other: ColumnProfile, role: str) -> Answer:
    some, rest = evidence.numbers(x.name), evidence.numbers(other.name)
    every = rest if role == "n" else some + rest
    row = telling_row(some, every)
    example = ""
    if row is not None and every[row]:
        groups = [c.name for c in evidence.columns.values() if c.type == "text" and not c.identifying][:2]
        example = f": {worked(evidence, groups, row)} {plain(some[row])} of {plain(every[row])}"
        example += f" = {percent(some[row] / every[row])}"
    of = f"“{other.name}”" if role == "n" else f"both, “{x.name}” and “{other.name}” together"
    return Answer(
        f"“{x.name}” out of {of}{example}",
        (
            Setting(("extract", "shape"), "counts"),
            Setting(("columns", "x"), x.name),
            Setting(("columns", role), other.name),
            Setting(("columns", "no" if role == "n" else "n"), None),
        ),
    )


def _flag(column: ColumnProfile) -> Answer:
    return Answer(
        f"“{column.name}” is the outcome, and each line counts once",
        (
            Setting(("extract", "shape"), "rows"),
            Setting(("columns", "x"), column.name),
            Setting(("columns", "n"), None),
            Setting(("columns", "no"), None),
        ),
    )


def _is_estimate(column: ColumnProfile) -> bool:
    name = heard(column.name)
    return (
        column.type == "percent"
        or says_average(column)
        or any(p.search(name) for p in (ESTIMATE, RATE_WORDS, LOWER, UPPER, SE))
    )


def _one_line_a_group(evidence: Evidence) -> bool:
    names = [c.name for c in evidence.columns.values() if c.type in ("text", "period")]
    lines = evidence.together(names) if names else np.zeros(0)
    return len(lines) > 1 and len(np.unique(lines)) >= MOSTLY * len(lines)
