"""Places inside places in one column: the country, its regions and its states, found by their sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

CLOSE = 1e-9
MOST_LEVELS = 4


def wholes(labels: Sequence[str], amounts: Mapping[str, Sequence[float]]) -> tuple[str, ...]:
    """The labels that hold others of the same column: those of every level but the finest; none where nothing adds up.

    ``labels`` in the order of the file; ``amounts`` gives each label's counts, one a period. The country is the label
    that is the sum of the rest, once for each level below it; a level is a run of labels that adds up to the country.
    """
    if len(labels) < 3:
        return ()
    for country in labels:
        rest = [label for label in labels if label != country]
        times = _times(amounts[country], [amounts[label] for label in rest])
        if times is None:
            continue
        levels = _runs(rest, amounts, amounts[country])
        if levels is None or len(levels) != times:
            continue
        finest = max(levels, key=len)
        return tuple(label for label in labels if label not in finest)
    return ()


def _times(whole: Sequence[float], parts: Sequence[Sequence[float]]) -> int | None:
    """How many times the parts add up to the whole, the same in every period; None where they do not."""
    ratios = set()
    for place, amount in enumerate(whole):
        if amount <= 0:
            return None
        ratio = sum(part[place] for part in parts) / amount
        if abs(ratio - round(ratio)) > CLOSE or not 1 <= round(ratio) <= MOST_LEVELS:
            return None
        ratios.add(round(ratio))
    return ratios.pop() if len(ratios) == 1 else None


def _runs(
    labels: Sequence[str], amounts: Mapping[str, Sequence[float]], whole: Sequence[float]
) -> list[list[str]] | None:
    """The labels cut into runs that each add up to the whole; None where a run does not end."""
    runs: list[list[str]] = [[]]
    sums = [0.0] * len(whole)
    for label in labels:
        runs[-1].append(label)
        sums = [s + a for s, a in zip(sums, amounts[label], strict=True)]
        if all(abs(s - w) <= CLOSE * w for s, w in zip(sums, whole, strict=True)):
            runs.append([])
            sums = [0.0] * len(whole)
    return runs[:-1] if not runs[-1] else None
