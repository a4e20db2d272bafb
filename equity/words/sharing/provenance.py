"""What an exported card says about itself: what was asked, of which data, when, under which policy, what is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from equity.lens.choices import Choices
from equity.vocabulary import Measure, Stratifier
from equity.words.days import describe_day
from equity.words.escaping import one_line
from equity.words.page import choices as sentence

FULL_NUMBERS = "Full numbers of the workspace, for the team alone; to share with others, make a release."


def describe_provenance(
    choices: Choices, measure: Measure | None, stratifiers: Sequence[Stratifier], on: date
) -> tuple[str, ...]:
    """One sentence each: the question, the data and their version, the day of the export, the policy."""
    return (
        f"Question: {sentence.as_text(choices, measure, stratifiers)}.",
        data(choices),
        f"Exported on {describe_day(on)}.",
        f"Policy: {policy(choices)}",
    )


def data(choices: Choices) -> str:
    """Which data, and which version of them."""
    return " ".join((f"Data: {one_line(choices.dataset)}, version {choices.version}.", *choices.doubts))


def policy(choices: Choices) -> str:
    """What protects the people behind the numbers."""
    if choices.policy == "workspace":
        return FULL_NUMBERS
    if choices.policy == "public":
        return f"{choices.policy}: nothing is hidden beyond what the source hid."
    below = f"counts below {choices.threshold}" if choices.threshold else "small numbers"
    rounded = f" What is shown is rounded to {choices.rounding}." if choices.rounding > 1 else ""
    return f"{one_line(choices.policy)}: {below} are hidden, and what would give them away.{rounded}"


def hidden(count: int, what: str = "group") -> str:
    """How many numbers are not shown. Zero is said too: a reader must not have to guess."""
    if not count:
        return "Hidden: nothing."
    return f"Hidden: {count} {what}{'' if count == 1 else 's'}, too small to show, not too small to matter."
