"""Measures that are named in rows: counts and their denominators under one another, rates among counts."""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations
from typing import Any

from equity.intake.columns.categories import is_total
from equity.intake.columns.column_names import ESTIMATE, LOWER, RATE_WORDS, STRATIFIERS, UPPER, N, X, heard
from equity.intake.columns.opposites import answer_word, denies
from equity.intake.layout.levels import wholes
from equity.intake.layout.sample import Sample
from equity.vocabulary.layout import Down

MOST_NAMES = 12
MULTIPLIERS = (1.0, 100.0, 1_000.0, 10_000.0, 100_000.0, 1_000_000.0)
_RATE = re.compile(
    r"\bper\b|\bper \d|\brates?\b|\bratio\b|\bprevalence\b|%|\bpercent\w*\b|\bproportion\b|\braz[aã]o\b|\btaxa\b|"
    r"\btasa\b|\btaux\b|\bje \d|\bpor (?:100|mil|1)|\brate je\b|\bquote\b|\banteil\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FoundDown:
    """A change of the layout, and why. ``wholes`` are labels, by column, that the counts show to hold others."""

    change: dict[str, Any]
    role: str
    choice: str
    why: str
    wholes: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Block:
    """A column of names over one column of numbers: for each group and period the numbers by name."""

    names: int
    values: int
    by_key: dict[tuple[str, ...], dict[str, float]]
    listed: tuple[str, ...]


def find_down(sample: Sample, made: Collection[str] = ()) -> FoundDown | None:
    """Rows of one file that hold different numbers of the same people; None when each row is whole by itself.

    ``made`` are columns that an earlier step has made of the header's names: they name no numbers of a row.
    """
    numeric = [p for p in sample.numeric if not _is_years(sample, p)]
    rates = [p for p in numeric if RATE_WORDS.search(heard(sample.header[p])) or _RATE.search(sample.header[p])]
    if rates and len(numeric) - len(rates) == 1:
        return _beside_rates(sample, rates, made)
    if len(numeric) != 1:
        return None
    for place in sample.texts:
        if sample.header[place] in made:
            continue
        block = _block(sample, place, numeric[0])
        if block is not None and (
            down := _by_rate(sample, block) or _by_words(sample, block) or _by_answers(sample, block)
        ):
            return down
    return None


def _is_years(sample: Sample, place: int) -> bool:
    said = [v for row in sample.numbers if (v := row[place]) is not None]
    return bool(said) and all(1900 <= v <= 2100 and v == int(v) for v in said)


def _block(sample: Sample, names: int, values: int) -> _Block | None:
    listed = tuple(dict.fromkeys(t for t in sample.column(names) if t))
    if not 2 <= len(listed) <= MOST_NAMES:
        return None
    fixed = [p for p in range(len(sample.header)) if p not in (names, values)]
    by_key: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    for cells, numbers in zip(sample.data, sample.numbers, strict=True):
        key = tuple(cells[p] for p in fixed)
        name = " ".join(cells[names].split())
        if name in by_key[key]:
            return None
        value = numbers[values]
        if value is not None and name:
            by_key[key][name] = value
    whole = [k for k, said in by_key.items() if len(said) >= 2]
    return _Block(names, values, dict(by_key), listed) if len(whole) >= 0.5 * len(by_key) else None


def _by_rate(sample: Sample, block: _Block) -> FoundDown | None:
    """Three names of which one number is the second by the third, per a power of ten."""
    if len(block.listed) > 6:
        return None
    for rate, x, n in permutations(block.listed, 3):
        if not _RATE.search(rate) or _is_end(rate):
            continue
        rows = [
            (s[rate], s[x], s[n]) for s in block.by_key.values() if {rate, x, n} <= set(s) and s[n] > 0 and s[x] >= 5
        ]
        if any(x != int(x) or n != int(n) for _, x, n in rows):
            continue  # only whole numbers count people
        scaled = [r * n / x for r, x, n in rows if r > 0]
        if len(scaled) < 2:
            continue
        middle = statistics.median(scaled)
        multiplier = next((m for m in MULTIPLIERS if 0.7 < middle / m < 1.4), None)
        if multiplier is None or any(x > n for _, x, n in rows):
            continue
        header = sample.header
        exact = sum(abs(r - x / n * multiplier) <= max(0.06, 0.006 * r) for r, x, n in rows)
        if exact >= 0.9 * len(rows):
            down = Down(header[block.names], header[block.values], {x: "Numerator", n: "Denominator", rate: "Rate"})
            why = f"“{rate}” is “{x}” by “{n}” per {multiplier:,.0f}, so the three belong in one row"
            return FoundDown({"down": down}, "down", header[block.names], why)
        others = ", ".join(f"“{t}”" for t in block.listed if t != rate)
        why = f"“{rate}” was adjusted: it is near “{x}” by “{n}” and not the same; {others} stand beside it"
        change = {"keep": {header[block.names]: (rate,)}, "join": {"Measure": (header[block.names],)}}
        return FoundDown(change, "keep", rate, why, _wholes(sample, block, n))
    return None


def _is_end(name: str) -> bool:
    """Whether a name is that of the end of a range, which is no rate though it names a percent."""
    said = heard(name)
    return bool(LOWER.search(said) or UPPER.search(said) or re.search(r"\b(?:confidence|credible)\b", said))


def _wholes(sample: Sample, block: _Block, n: str) -> dict[str, tuple[str, ...]]:
    """Labels of each column of words that hold other labels, by the people counted under ``n``."""
    fixed = [p for p in range(len(sample.header)) if p not in (block.names, block.values)]
    holding = {}
    for place in sample.texts:
        if place not in fixed:
            continue
        at = fixed.index(place)
        by_label: dict[str, dict[tuple[str, ...], float]] = defaultdict(dict)
        for key, said in block.by_key.items():
            if n in said:
                by_label[key[at]][(*key[:at], *key[at + 1 :])] = said[n]
        periods = sorted({other for rows in by_label.values() for other in rows})
        labels = [label for label, rows in by_label.items() if len(rows) == len(periods)]
        held = wholes(labels, {label: [by_label[label][other] for other in periods] for label in labels})
        if held:
            holding[sample.header[place]] = held
    return holding


def _by_words(sample: Sample, block: _Block) -> FoundDown | None:
    """Names of which one says events and one says everyone."""
    said = {t: heard(t) for t in block.listed}
    rates = [t for t in said if RATE_WORDS.search(said[t]) or _RATE.search(t)]
    everyone = [t for t in said if t not in rates and N.search(said[t])]
    events = [t for t in said if t not in (*rates, *everyone) and X.search(said[t])]
    if len(everyone) != 1 or len(events) != 1:
        return None
    rows = [s for s in block.by_key.values() if everyone[0] in s and events[0] in s]
    if not rows or any(s[events[0]] > s[everyone[0]] for s in rows):
        return None
    columns = {events[0]: "Numerator", everyone[0]: "Denominator"}
    columns |= {t: "Rate" if len(rates) == 1 else t for t in rates}
    header = sample.header
    why = f"“{events[0]}” and “{everyone[0]}” stand under one another for the same group and period"
    return FoundDown(
        {"down": Down(header[block.names], header[block.values], columns)}, "down", header[block.names], why
    )


def _by_answers(sample: Sample, block: _Block) -> FoundDown | None:
    """Answers of one question under one another (Controlled, Uncontrolled, No reading), each with its people."""
    names, values = sample.header[block.names], sample.header[block.values]
    if any(pattern.search(heard(names)) for _, _, pattern, _ in STRATIFIERS):
        return None  # yes and no to a disability group people
    if RATE_WORDS.search(heard(values)) or ESTIMATE.search(heard(values)) or not 2 <= len(block.listed) <= 6:
        return None
    if any(v != int(v) or v < 0 for said in block.by_key.values() for v in said.values()):
        return None
    words = {text: answer_word(heard(text)) for text in block.listed}
    pairs = [(x, no) for x in words for no in words if denies(words[no], words[x])]
    rest = [text for text in words if not any(text in pair for pair in pairs)]
    if len(pairs) != 1 or any(is_total(text) for text in rest):
        return None
    why = f"“{pairs[0][0]}” and “{pairs[0][1]}” stand under one another and part the same people"
    columns = {text: text for text in block.listed}
    return FoundDown({"down": Down(names, values, columns)}, "down", names, why)


def _beside_rates(sample: Sample, rates: Collection[int], made: Collection[str]) -> FoundDown | None:
    """Answers under one another, each with its people and their share, which is worked out again."""
    kept = [p for p in range(len(sample.header)) if p not in rates]

    def of(cells: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(cells[p] for p in kept)

    without = replace(
        sample,
        header=of(sample.header),
        parts=of(sample.parts),
        data=tuple(list(of(cells)) for cells in sample.data),
        numbers=tuple(of(row) for row in sample.numbers),
        numeric=frozenset(kept.index(p) for p in sample.numeric if p in kept),
    )
    count = next(p for p in without.numeric if not _is_years(without, p))
    for place in without.texts:
        block = _block(without, place, count) if without.header[place] not in made else None
        answers = _by_answers(without, block) if block is not None else None
        if answers is not None:
            return replace(
                answers, change={**answers.change, "leave_out": tuple(sample.header[p] for p in sorted(rates))}
            )
    return None
