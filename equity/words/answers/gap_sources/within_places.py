"""The answer's parts and places read, and the part that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from equity.lens.answers import GapSources
from equity.words import groups
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line
from equity.words.rows import middle_of, records

Triple = tuple[float, float, float]


@dataclass(frozen=True)
class Part:
    """One compared group's gap and its two parts, toward harm (value, lower, upper); rates as fractions or in the unit.

    ``n`` is the group's denominator over all strata.
    """

    group: str
    who: str
    gap: Triple
    between: Triple
    within: Triple
    simpson: str
    crude: float
    adjusted: Triple
    ratio_indirect: Triple
    n: float


@dataclass(frozen=True)
class Stratum:
    """One group at one site, beside the reference there. ``gap`` toward harm (value, lower, upper)."""

    name: str
    n: float
    rate: float
    reference_n: float
    reference_rate: float
    gap: Triple

    @property
    def compared(self) -> bool:
        """Whether both sides are seen here."""
        return self.n > 0 and self.reference_n > 0


@cached_per_answer
def parts(answer: GapSources) -> tuple[Part, ...]:
    """Every compared group, in the stratifier's order."""
    sizes: dict[str, float] = {}
    for row in records(answer.strata):
        sizes[row["group"]] = sizes.get(row["group"], 0.0) + float(row["n"])
    of = groups.noun(answer.measure)
    return tuple(
        Part(
            group=str(row["group"]),
            who=groups.describe_group(answer.stratifier, str(row["group"]), of),
            gap=triple_of(row, "gap"),
            between=triple_of(row, "between"),
            within=triple_of(row, "within"),
            simpson=str(row["simpson"]),
            crude=float(row["crude"]),
            adjusted=triple_of(row, "adjusted"),
            ratio_indirect=triple_of(row, "ratio_indirect"),
            n=float(sizes.get(row["group"], 0.0)),
        )
        for row in records(answer.parts)
    )


@cached_per_answer
def strata(answer: GapSources, group: str) -> tuple[Stratum, ...]:
    """A group at every site, in the sites' order; sites where neither side is seen are left out."""
    rows = [row for row in records(answer.strata) if row["group"] == group]
    at_sites = (
        Stratum(
            one_line(row["stratum"]),
            float(row["n"]),
            float(row["rate"]),
            float(row["reference_n"]),
            float(row["reference_rate"]),
            triple_of(row, "gap"),
        )
        for row in rows
    )
    return tuple(s for s in at_sites if s.n > 0 or s.reference_n > 0)


@cached_per_answer
def lead(answer: GapSources) -> Part | None:
    """The group that the answer is about: one whose whole misleads, else the clear gap that affects most; else None."""
    clear = [p for p in parts(answer) if p.gap[1] > 0]
    misled = [p for p in parts(answer) if p.simpson and p.gap[0] > 0]
    return max(misled or clear, key=lambda p: p.gap[0] * p.n, default=None)


def focus(answer: GapSources) -> str:
    """The group whose sites are drawn: the one that the answer is about, else the largest."""
    part = lead(answer) or max(parts(answer), key=lambda p: p.n, default=None)
    return part.group if part else ""


@cached_per_answer
def groups_n(answer: GapSources) -> float:
    """The n by which the rates of all groups are rounded alike, never by less than that of the headline is."""
    part = lead(answer)
    return max(middle_of(p.n for p in parts(answer)), 0.0 if part is None else part.n)


@cached_per_answer
def places_n(answer: GapSources) -> float:
    """The n by which the rates at all sites are rounded alike."""
    smaller = (min(float(row["n"]), float(row["reference_n"])) for row in records(answer.strata))
    return middle_of(n for n in smaller if n > 0)


def triple_of(row: dict[str, Any], name: str) -> Triple:
    return float(row[name]), float(row[f"{name}_lower"]), float(row[f"{name}_upper"])
