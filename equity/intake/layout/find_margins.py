"""What the number behind ± is: half of a range, a standard error or a standard deviation, as only words can tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equity.intake.layout.two_numbers import AROUND, split_cell, split_words
from equity.intake.spellings.missing import squeeze
from equity.vocabulary import Answer, OpenQuestion, Setting
from equity.vocabulary.layout import SplitKind

_ERROR = re.compile(r"\b(?:s\.?e\.?m?|std\.? err(?:or)?|standard errors?)\b", re.IGNORECASE)
_SPREAD = re.compile(r"\b(?:s\.?d|std\.? dev|standard deviations?)\b", re.IGNORECASE)
_MARGIN = re.compile(r"\b95 ?%|\b(?:ci|confidence|limits of)\b", re.IGNORECASE)
_NINETY = re.compile(r"\b9[09] ?%", re.IGNORECASE)


_QUARTILES = re.compile(
    r"\b(?:iqr|inter ?-?quartile|quartiles?|q1|q3|min(?:imum)?\.? ?[-–,/]? ?(?:to )?max(?:imum)?|"
    r"(?:full|total|observed) range|percentiles?|p25|p75|p10|p90)\b",
    re.IGNORECASE,
)


def tells_spread(texts: Sequence[str]) -> bool:
    """Whether a range is said to be one of quartiles or of all values: it says how people differ, not how sure a number
    is."""
    said = " ".join(texts)
    return bool(_QUARTILES.search(said) or _SPREAD.search(said)) and not _MARGIN.search(said)


def around_said(texts: Sequence[str]) -> SplitKind | None:
    """What a column's name, its header lines or the table's titles call the number behind ±; None where they do not, or
    speak of another range than that of 95 %."""
    said = " ".join(texts)
    kinds = [kind for kind, words in zip(AROUND, (_MARGIN, _ERROR, _SPREAD), strict=True) if words.search(said)]
    return kinds[0] if len(kinds) == 1 and not _NINETY.search(said) else None


def ask_around(column: str, cells: Sequence[str]) -> OpenQuestion:
    """What stands behind ±, with the ends that a cell would have."""
    cell = next(squeeze(c) for c in cells if split_cell(c, "estimate and margin"))
    one, low, high = split_cell(cell, "estimate and margin") or ("", "", "")
    labels = (
        f"half of the 95 % range: “{cell}” lies between {low} and {high}",
        f"a standard error, from which the range of {one} is worked out",
        f"a standard deviation or something else: {one} is read without a range",
    )
    return OpenQuestion(
        f"margin:{column}",
        (column,),
        f"What is the number behind ± in “{column}”?",
        tuple(Answer(label, _settings(column, kind)) for label, kind in zip(labels, AROUND, strict=True)),
        0.5,
        "published rates have their ranges beside them",
    )


def _settings(column: str, kind: SplitKind) -> tuple[Setting, ...]:
    named = split_words(column, kind)
    lower, upper = named if kind == "estimate and margin" else (None, None)
    error = named[0] if kind == "estimate and standard error" else None
    return (
        Setting(("layout", "split", column), kind),
        Setting(("columns", "lower"), lower),
        Setting(("columns", "upper"), upper),
        Setting(("columns", "se"), error),
    )
