"""Which column is everyone: the file's own rate says so, where it shows one; else the names; else a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from equity.intake.columns.column_names import ESTIMATE, LOWER, NO, RATE_WORDS, SE, UPPER, N, X, heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.columns.units import MULTIPLIERS, times, without_times
from equity.intake.proposal.evidence import Evidence, Numbers, multiplier_of, percent, plain, telling_row, worked
from equity.vocabulary import Answer, ColumnSource, Decision, OpenQuestion, Setting

MOST_ANSWERS = 4
MOST_COLUMNS = 12
MOSTLY = 0.75
SCALES = (100.0, 1.0, *MULTIPLIERS[2:])
EXCLUSION = re.compile(r"\b(?:exclu\w*|exception\w*|excepted|exempt\w*|denex\w*|denexcep\w*|dexcl\w*|ineligible)\b")
_ADJUSTED = re.compile(r"\b(?:adjusted|standardi[sz]ed|modell?ed|smoothed|expected|weighted|risk)\b")
_CRUDE = re.compile(r"\b(?:rate|percent\w*|pct|proportion|share|crude|observed|performance|compliance)\b")


@dataclass(frozen=True)
class Denominator:
    """One way to have n: a column, less what is left out of it."""

    column: str
    minus: tuple[str, ...]
    numbers: Numbers

    @property
    def source(self) -> ColumnSource:
        """The mapping's way to say it."""
        return ColumnSource(column=self.column, minus=self.minus, times=times(self.column))

    @property
    def setting(self) -> Setting:
        """The line of the mapping that says it."""
        factor = times(self.column)
        if not self.minus and factor == 1:
            return Setting(("columns", "n"), self.column)
        parts: list[tuple[str, str | float | tuple[str, ...]]] = [("column", self.column)]
        parts += [("minus", self.minus)] if self.minus else []
        parts += [("times", factor)] if factor != 1 else []
        return Setting(("columns", "n"), tuple(parts))

    @property
    def called(self) -> str:
        """How it is called in a sentence."""
        return " less ".join(f"“{name}”" for name in (self.column, *self.minus))


@dataclass(frozen=True)
class FoundDenominator:
    """What was found: how n is had, the multiplier that the file's rate shows, why, and what must be asked."""

    denominator: Denominator
    multiplier: float | None
    witness: str
    decision: Decision
    question: OpenQuestion | None = None


def rate_columns(columns: Sequence[ColumnProfile], but: Sequence[str]) -> list[ColumnProfile]:
    """The columns that could be the rate of what is counted."""
    return [
        c
        for c in columns
        if c.name not in but
        and (c.is_number or c.type == "percent")
        and (c.type == "percent" or RATE_WORDS.search(heard(c.name)) or ESTIMATE.search(heard(c.name)))
        and not (LOWER.search(heard(c.name)) or UPPER.search(heard(c.name)) or SE.search(heard(c.name)))
    ]


def find_denominator(
    evidence: Evidence, x: ColumnProfile, likely: ColumnProfile, groups: Sequence[str], used: Sequence[str]
) -> FoundDenominator:
    """How n is had, ``likely`` being the column that the names speak for; ``groups`` name a row in a worked example.

    ``used`` are columns that have another role.
    """
    counts = evidence.numbers(x.name)
    candidates = _candidates(evidence, x, likely, used)
    rates = rate_columns(tuple(evidence.columns.values()), (x.name, *(c.column for c in candidates), *used))
    for rate in rates:
        shown, decimals = evidence.numbers(rate.name), evidence.decimals(rate.name)
        fits = [
            (candidate, multiplier)
            for candidate in candidates
            if (multiplier := multiplier_of(counts, candidate.numbers, shown, decimals, MULTIPLIERS[1:]))
        ]
        if not fits:
            fits = [(c, 1.0) for c in candidates if multiplier_of(counts, c.numbers, shown, decimals, (1.0,))]
        if fits:
            best, multiplier = fits[0]
            others = [c for c in candidates if c is not best and not _same(c, best)]
            per = f"per {multiplier:,.0f}" if multiplier not in (1, 100) else "in percent" if multiplier == 100 else ""
            why = f"“{rate.name}” is “{x.name}” of {best.called} {per}".strip()
            decision = Decision("n", best.called, why, 0.99, others[0].called if others else "")
            return FoundDenominator(best, multiplier, rate.name, decision)
    named = [c for c in candidates if _is_named(c, likely)]
    best = named[0]
    decision = Decision("n", best.called, "its name says that it counts everyone", 0.8)
    different = [c for c in named[1:] if not _same(c, best)]
    if not different:
        return FoundDenominator(best, None, "", decision, _disputed(evidence, x, best, rates, groups))
    return FoundDenominator(best, None, "", decision, _which(evidence, x, [best, *different], groups))


def _candidates(evidence: Evidence, x: ColumnProfile, likely: ColumnProfile, used: Sequence[str]) -> list[Denominator]:
    counts = evidence.numbers(x.name)
    excluding = [
        c.name
        for c in evidence.columns.values()
        if c.is_number and c.name not in (x.name, *used) and EXCLUSION.search(heard(c.name))
    ]
    columns = [likely] + [
        c
        for c in evidence.columns.values()
        if c not in (x, likely)
        and c.name not in (*used, *excluding)
        and c.type == "number"
        and not RATE_WORDS.search(heard(c.name))
        and not (LOWER.search(heard(c.name)) or UPPER.search(heard(c.name)) or NO.search(heard(c.name)))
        and (N.search(heard(without_times(c.name))) or (c.whole and not X.search(heard(c.name))))
    ]
    candidates = []
    for column in columns:
        whole = evidence.numbers(column.name) * times(column.name)
        known = np.isfinite(whole) & np.isfinite(counts)
        if column is not likely and (not known.any() or (whole[known] >= counts[known]).mean() < 0.95):
            continue
        subsets = [tuple(excluding), *((name,) for name in excluding if len(excluding) > 1)] if excluding else []
        for minus in subsets:
            less = whole - sum(np.nan_to_num(evidence.numbers(name)) for name in minus)
            if (less[known] >= counts[known]).mean() >= 0.95:
                candidates.append(Denominator(column.name, minus, less))
        candidates.append(Denominator(column.name, (), whole))
    if not any(c.column == likely.name for c in candidates):
        candidates.insert(0, Denominator(likely.name, (), evidence.numbers(likely.name) * times(likely.name)))
    exact = [c for c in candidates if re.fullmatch(r"denominator|denom|den|n", heard(c.column))]
    return exact + [c for c in candidates if c not in exact]


def _is_named(candidate: Denominator, likely: ColumnProfile) -> bool:
    return candidate.column == likely.name or bool(N.search(heard(without_times(candidate.column))))


def _same(one: Denominator, other: Denominator) -> bool:
    both = np.isfinite(one.numbers) & np.isfinite(other.numbers)
    return bool(both.any()) and bool(np.allclose(one.numbers[both], other.numbers[both]))


def _which(
    evidence: Evidence, x: ColumnProfile, candidates: Sequence[Denominator], groups: Sequence[str]
) -> OpenQuestion:
    counts = evidence.numbers(x.name)
    offered = candidates[:MOST_ANSWERS]
    row = telling_row(counts, *(c.numbers for c in offered))
    if row is not None:
        different = np.ptp(np.nan_to_num(np.array([c.numbers for c in offered])), axis=0) > 0
        both = different & np.isfinite(counts) & (counts > 0)
        row = int(np.argmax(both)) if both.any() else row
    answers = tuple(
        Answer(in_numbers(evidence, groups, row, counts, c) + f", out of {c.called}", (c.setting,)) for c in offered
    )
    names = " or ".join(c.called for c in offered)
    columns = tuple(dict.fromkeys(name for c in offered for name in (c.column, *c.minus)))
    why = "what is left out of the denominator is usually taken off" if offered[0].minus else "its name says so"
    return OpenQuestion(
        f"denominator:{x.name}", (x.name, *columns), f"Out of what is “{x.name}” counted: {names}?", answers, 0.6, why
    )


def in_numbers(evidence: Evidence, groups: Sequence[str], row: int | None, counts: Numbers, c: Denominator) -> str:
    if row is None:
        return "the events"
    share = counts[row] / c.numbers[row] if c.numbers[row] else np.nan
    return f"{worked(evidence, groups, row)} {plain(counts[row])} of {plain(c.numbers[row])} = {percent(share)}"


def _disputed(
    evidence: Evidence, x: ColumnProfile, best: Denominator, rates: Sequence[ColumnProfile], groups: Sequence[str]
) -> OpenQuestion | None:
    """A question where the file shows a rate of its own that is not x of n by any multiplier."""
    counts = evidence.numbers(x.name)
    for rate in rates:
        name = heard(rate.name)
        if _ADJUSTED.search(name) or not _CRUDE.search(name):
            continue
        shown = evidence.numbers(rate.name)
        with np.errstate(divide="ignore", invalid="ignore"):
            scale = shown * best.numbers / counts
        scale = scale[np.isfinite(scale) & (counts >= 5) & (shown > 0)]
        if len(scale) < ENOUGH_DISPUTED:
            continue
        middle = float(np.median(scale))
        if any(0.8 < middle / m < 1.25 for m in (1.0, *MULTIPLIERS)):
            return None
        row = telling_row(counts, best.numbers, shown)
        where = worked(evidence, groups, row) if row is not None else "the first group"
        value = plain(shown[row]) if row is not None else "the rate"
        return OpenQuestion(
            f"rate:{rate.name}",
            (x.name, best.column, rate.name),
            f"“{rate.name}” is not “{x.name}” of {best.called}: which of them is right?",
            (
                Answer(in_numbers(evidence, groups, row, counts, best) + ", as the counts say", (best.setting,)),
                Answer(
                    f"{where} {value}, as “{rate.name}” says",
                    (
                        Setting(("extract", "shape"), "estimates"),
                        Setting(("columns", "estimate"), rate.name),
                        Setting(("columns", "x"), None),
                        Setting(("columns", "n"), None),
                    ),
                ),
            ),
            0.5,
            "counts can be added up and rates cannot",
        )
    return None


ENOUGH_DISPUTED = 3
