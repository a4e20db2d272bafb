"""What is measured, and which way is better."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from equity.vocabulary.errors import PlainError
from equity.vocabulary.reference import Reference

Kind = Literal["proportion", "rate", "mean"]
Polarity = Literal["higher_better", "lower_better", "neutral"]


@dataclass(frozen=True)
class Measure:
    """A measure carries its own meaning (methods: "A measure carries its own meaning").

    kind        ``proportion``: x of n people or visits; ``rate``: x events per n person-time or births;
                ``mean``: a continuous value, x its sum over n rows.
    polarity    ``higher_better``, ``lower_better`` or ``neutral``; without one no word such as "worse" is shown.
    multiplier  what a rate is shown per (100000 → "per 100,000"); 1 for the others. Never applied inside.
    unit        what a mean is measured in ("minutes"), or what n counts ("births").
    reference   what groups are compared with unless a person says otherwise.
    target      the aim, as a fraction (proportion, rate) or in the unit (mean).
    minimum_n   groups with a smaller denominator are never chosen as the best group.
    """

    name: str
    kind: Kind = "proportion"
    polarity: Polarity = "neutral"
    clinical_area: str = ""
    multiplier: float = 1.0
    unit: str = ""
    reference: Reference = field(default_factory=lambda: Reference("best"))
    target: float | None = None
    minimum_n: int = 100

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise PlainError(f"The measure “{self.name}” has the kind “{self.kind}”: write proportion, rate or mean.")
        if self.polarity not in get_args(Polarity):
            raise PlainError(
                f"The measure “{self.name}” has the polarity “{self.polarity}”: "
                "write higher_better, lower_better or neutral."
            )
        if not self.multiplier > 0:
            raise PlainError(f"The measure “{self.name}” needs a multiplier above 0, such as 1000.")

    @property
    def harm_sign(self) -> int:
        """+1 when a higher value is worse, −1 when it is better; neutral counts as +1, without words."""
        return -1 if self.polarity == "higher_better" else 1


def refuse_impossible_target(measure: Measure) -> None:
    """Raise :class:`PlainError` for a target outside what the measure can be, with what was likely meant.

    A version that was loaded with such a target still opens: it is refused where people write one.
    """
    target = measure.target
    if target is None or measure.kind == "mean" or (0 <= target <= 1 and measure.kind == "proportion"):
        return
    if measure.kind == "rate" and target >= 0:
        return
    if measure.kind == "rate":
        raise PlainError(f"The measure “{measure.name}” has the target {target:g}: a rate is never below 0.")
    meant = f"for {target:g} % write {target / 100:g}" if 1 < target <= 100 else "write a fraction such as 0.7 for 70 %"
    raise PlainError(
        f"The measure “{measure.name}” has the target {target:g}, and a proportion lies between 0 and 1: {meant}."
    )
