"""What a line of the file was understood to say, in words: "White, 2024: 300 of 411 = 73.0%; higher is better"."""

from __future__ import annotations

from equity.intake.reading.worked_example import WorkedExample
from equity.vocabulary import Measure, Polarity
from equity.words import numbers
from equity.words.escaping import one_line

BETTER: dict[Polarity, str] = {
    "higher_better": "higher is better",
    "lower_better": "lower is better",
    "neutral": "neither higher nor lower is better",
}


def sentence(example: WorkedExample) -> str:
    """The measure, the group, how its rate comes about, which way is better, and where it stands in the file."""
    whom = ", ".join(one_line(part) for part in (*example.groups, example.period) if part)
    name = one_line(example.measure.name)
    subject = f"{name}: {whom}" if whom else name
    return f"{subject}: {_value(example)}; {BETTER[example.measure.polarity]}; {_lines(example)}."


def _value(example: WorkedExample) -> str:
    measure = example.measure
    rate = _rate(measure, example.rate)
    if not numbers.known(example.n):
        if numbers.known(example.lower) and numbers.known(example.upper):
            return f"{rate} ({_rate(measure, example.lower)} to {_rate(measure, example.upper)}), as the file gives it"
        return f"{rate}, as the file gives it"
    if measure.kind == "mean":
        return f"{rate} on average over {numbers.count(example.n)}"
    if measure.kind == "rate":
        return f"{numbers.count(example.x)} in {numbers.count(example.n)} = {rate}"
    return f"{numbers.count(example.x)} of {numbers.count(example.n)} = {rate}"


def _rate(measure: Measure, value: float) -> str:
    """One decimal always: this is for checking, not for reading aloud."""
    return numbers.rate(measure, value, 1_000_000.0)


def _lines(example: WorkedExample) -> str:
    if example.lines == 1:
        return f"file line {example.line:,}"
    return f"{example.lines:,} lines, the first of them line {example.line:,}"
