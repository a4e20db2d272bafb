"""The rule that decides which counts are too small to release, and how it is said aloud.

Sources: CMS cell size suppression policy (ResDAC); NCQA HEDIS small denominators; NHS England disclosure control for
HES.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from equity.vocabulary import PlainError

PolicyName = Literal["cms", "hedis", "nhs", "public"]
Count = Literal["n", "x", "others"]


@dataclass(frozen=True)
class Policy:
    """A disclosure rule.

    threshold   k: a count of 1 to k − 1 is never shown and can never be worked out; 0 may be shown. 0 means no rule at
                all.
    counts      which counts of a cell make it sensitive: ``n``, the events ``x``, and ``others`` (n − x).
    rounding    shown counts are rounded to this; 1 leaves them as they are.
    """

    name: PolicyName
    threshold: int
    counts: tuple[Count, ...] = ("n", "x", "others")
    rounding: int = 1

    @property
    def hides(self) -> bool:
        """Whether the rule hides anything beyond what its source already hid."""
        return self.threshold > 1

    @property
    def least_values(self) -> int:
        """How many values, at least, every hidden count must be able to have: k/2, rounded up, and never fewer than
        2.
        """
        return max(2, math.ceil(self.threshold / 2))

    @property
    def sentence(self) -> str:
        """The rule in one sentence, for every page and export of a release."""
        if not self.hides:
            return "This is public data: nothing is hidden beyond what its source hid."
        what = "Groups with fewer than" if self.counts == ("n",) else "Counts below"
        people = " people" if self.counts == ("n",) else ""
        said = f"{what} {self.threshold}{people} are hidden, with every number from which they could be worked out"
        return f"{said}; what is shown is rounded to {self.rounding}." if self.rounding > 1 else f"{said}."


PRESETS: dict[PolicyName, Policy] = {
    "cms": Policy("cms", 11),
    "hedis": Policy("hedis", 30, counts=("n",)),
    "nhs": Policy("nhs", 8, rounding=5),
    "public": Policy("public", 0),
}


def policy_of(name: str, threshold: int | None = None) -> Policy:
    """The preset of that name, with another threshold where one is given.

    Raises :class:`PlainError` for a name that is no preset, and for a threshold that would hide nothing.
    """
    preset = next((policy for key, policy in PRESETS.items() if key == name), None)
    if preset is None:
        raise PlainError(f"There is no disclosure policy “{name}”: write one of {', '.join(PRESETS)}.")
    if threshold is None:
        return preset
    if not preset.hides:
        raise PlainError("The policy “public” hides nothing: leave the threshold out, or choose cms, hedis or nhs.")
    if threshold < 2:
        raise PlainError(f"A threshold of {threshold} would hide nothing: write 2 or more, such as {preset.threshold}.")
    return replace(preset, threshold=threshold)
