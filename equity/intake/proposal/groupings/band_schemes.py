"""Two ways of cutting one scale in one column (18-44, 45-64, 65+ beside 45-74, 75+): bands that overlap are no shares
of one another, so that one of the ways is read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from equity.intake.columns.bands import span_of
from equity.intake.proposal.evidence import Numbers, plain
from equity.vocabulary import Answer, OpenQuestion, Setting, StratifierMapping

MOST_ANSWERS = 4
MOST_BANDS = 60
MOST_CHAINS = 200


def ask_bands(
    stratifier: StratifierMapping, cells: Sequence[str], x: Numbers, n: Numbers | None
) -> OpenQuestion | None:
    """Which bands are read, where some of a column's overlap; None where none do, or its values are no bands."""
    values = [v for v in dict.fromkeys(cells) if v and v not in stratifier.drop]
    spans = {v: s for v in values if (s := span_of(v)) is not None}
    if len(spans) < 3 or len(spans) > MOST_BANDS or len(spans) < 0.6 * len(values) or not _overlapping(spans):
        return None
    schemes = _schemes(spans)
    if len(schemes) < 2:
        return None
    column = stratifier.columns[0]
    return OpenQuestion(
        f"bands:{column}",
        (column,),
        f"Bands of “{column}” overlap, so the same people stand in several of them: which are read?",
        tuple(_answer(stratifier, scheme, spans, cells, x, n) for scheme in schemes[:MOST_ANSWERS]),
        0.5,
        "these bands cover the most, in the most parts",
    )


def _overlapping(spans: dict[str, tuple[float, float]]) -> bool:
    return any(a[0] < b[1] and b[0] < a[1] for a, b in combinations(spans.values(), 2))


def _schemes(spans: dict[str, tuple[float, float]]) -> list[tuple[str, ...]]:
    """The sets of bands that follow one another without an overlap, those that cover most first."""
    chains: list[tuple[str, ...]] = []

    def follow(chain: tuple[str, ...]) -> None:
        end = spans[chain[-1]][1]
        later = [v for v, s in spans.items() if s[0] >= end and v not in chain]
        first = min((spans[v][0] for v in later), default=None)
        following = [v for v in later if spans[v][0] == first]
        if len(chains) >= MOST_CHAINS:
            return
        if not following:
            chains.append(chain)
        for v in following:
            follow((*chain, v))

    lowest = min(s[0] for s in spans.values())
    for v, s in spans.items():
        if s[0] <= lowest or not any(other[1] <= s[0] for other in spans.values()):
            follow((v,))

    def covered(chain: tuple[str, ...]) -> float:
        return sum(min(spans[v][1], 120.0) - spans[v][0] + 1 for v in chain)

    return sorted(dict.fromkeys(chains), key=lambda c: (-covered(c), -len(c)))


def _answer(
    stratifier: StratifierMapping,
    scheme: tuple[str, ...],
    spans: dict[str, tuple[float, float]],
    cells: Sequence[str],
    x: Numbers,
    n: Numbers | None,
) -> Answer:
    rows = np.array([c in scheme for c in cells])
    said = plain(float(np.nansum(x[rows]))) + ("" if n is None else f" of {plain(float(np.nansum(n[rows])))}")
    gone = (*stratifier.drop, *(v for v in spans if v not in scheme))
    return Answer(
        f"{', '.join(scheme)}: {said} in all",
        (Setting(("stratifiers", stratifier.name, "drop"), gone),),
    )
