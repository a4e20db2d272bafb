"""How to say people who are in two or three groups at once.

"patients without insurance whose language is Spanish", "Black women aged 18–34": the words for each group come from
`groups`, and are joined so that they read as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from equity.vocabulary import Stratifier
from equity.words import groups
from equity.words.escaping import one_line

_PARTS = re.compile(r"^(?:(?P<before>.+?) )?(?P<noun>patients|people)(?: (?P<after>.+))?$")


def describe_crossed_group(stratifiers: Sequence[Stratifier], values: Sequence[str], of: str = "patients") -> str:
    """The people inside a sentence; ``of`` is the noun for everyone."""
    before: list[str] = []
    plain: list[str] = []
    whose: list[str] = []
    noun = of
    for stratifier, value in zip(stratifiers, values, strict=True):
        match = _PARTS.match(groups.describe_group(stratifier, value, of))
        if match is None:
            noun = groups.describe_group(stratifier, value, of)
            continue
        if match["before"]:
            before.append(match["before"])
        if match["after"]:
            (whose if match["after"].startswith(("whose ", "who ")) else plain).append(match["after"])
    return " ".join([*before, noun, *plain, *([" and ".join(whose)] if whose else [])])


def label(values: Sequence[str]) -> str:
    """The same as a short label: "Spanish, Uninsured"."""
    return ", ".join(one_line(value) for value in values)


def groupings(stratifiers: Sequence[Stratifier]) -> str:
    """What people are crossed by, inside a sentence: "language and payer"."""
    labels = [groups.label(s) for s in stratifiers]
    if any(" and " in label for label in labels):
        return f"{', '.join(labels[:-1])}, and {labels[-1]}"
    return groups.listed(labels)
