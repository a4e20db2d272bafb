"""Results beyond what was measured (“>14.0”, “<5”), of which a mean would make nothing: asked, never taken for 0."""

from __future__ import annotations

import re

import numpy as np

from equity.intake.columns.profile import ColumnProfile
from equity.intake.proposal.evidence import Evidence, plain
from equity.vocabulary import Answer, OpenQuestion, Setting

_BEYOND = re.compile(r"[<>≤≥]\s*=?\s*\d+(?:[.,]\d+)?")
FEWEST = 10


def ask_beyond_reach(evidence: Evidence, x: ColumnProfile) -> OpenQuestion | None:
    """Whether results that only say “more than” or “less than” are left out of a mean; None where there are none."""
    beyond = tuple(sorted(v for v in x.values if _BEYOND.fullmatch(v)))
    numbers = evidence.numbers(x.name)
    known = numbers[np.isfinite(numbers)]
    if not beyond or len(known) < FEWEST:
        return None
    count = int(np.sum([x.counts[v] for v in beyond]))
    mean = plain(round(float(known.mean()), 2))
    return OpenQuestion(
        f"beyond:{x.name}",
        (x.name,),
        f"“{x.name}” holds {count:,} results such as “{beyond[0]}”, beyond what was measured: how are they read?",
        (
            Answer(
                f"they are left out: the mean of the other {len(known):,} is {mean}",
                (Setting(("extract", "neither"), beyond),),
            ),
            Answer(
                f"they stay hidden: sums over all {len(known) + count:,} are lower bounds, and so is the mean",
                (Setting(("extract", "neither"), None),),
            ),
        ),
        0.5,
        "a result that is not a number has no place in a mean",
    )
