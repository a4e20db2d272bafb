"""Cells that hold two numbers: an estimate and its range or margin, a count and its percent or its people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from equity.intake.layout.said import with_its_n
from equity.intake.spellings.missing import silence
from equity.intake.spellings.numbers import out_of, parse_number
from equity.vocabulary.layout import SplitKind

MOST = 0.8
_NUMBER = r"[+-]?(?:\d[\d.,' ]*\d|\d|\.\d+)(?:e[+-]?\d+)?"
_BETWEEN = re.compile(
    rf"^\s*(?P<one>{_NUMBER}\s*%?)\s*[\[(]\s*(?:\d\d\s*%\s*(?:CI|UI|KI|IC)\s*[:,]?\s*)?(?P<low>{_NUMBER})\s*%?\s*"
    rf"(?:-|–|—|to|,|;|bis|a)\s*(?P<high>{_NUMBER})\s*%?\s*[\])]\s*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"^\s*(?P<one>{_NUMBER})\s*[\[(]\s*(?P<share>{_NUMBER})\s*%?\s*[\])]\s*$", re.IGNORECASE)
_AROUND = re.compile(
    rf"^\s*(?P<one>{_NUMBER}\s*%?)\s*[\[(]?\s*(?:±|\+/[-–−])\s*(?P<margin>{_NUMBER})\s*%?\s*[\])]?\s*$", re.IGNORECASE
)
_SPLIT_WORDS: dict[SplitKind, tuple[str, ...]] = {
    "estimate and range": ("lower", "upper"),
    "estimate and margin": ("lower", "upper"),
    "estimate and standard error": ("standard error",),
    "estimate and spread": ("spread",),
    "count and percent": ("percent",),
    "count of people": ("denominator",),
    "group and people": ("N",),
}
AROUND: tuple[SplitKind, ...] = ("estimate and margin", "estimate and standard error", "estimate and spread")
"""What the number behind ± can be: half of the 95 % range, a standard error, a standard deviation."""


def counted_name(column: str, kind: SplitKind) -> str:
    """What a column is called once its percents stand in one of their own: ``Readmitted n (%)`` is then no percent."""
    if kind != "count and percent":
        return column
    bare = re.sub(r"[,;/]?\s*(?:[(\[]\s*(?:%|percent)\s*[)\]]|%|\bpercent\b)", "", column, flags=re.IGNORECASE).strip()
    return bare or column


def split_words(column: str, kind: SplitKind) -> tuple[str, ...]:
    """The names of the columns that the further numbers of a cell come to stand in."""
    return tuple(word if word == "N" else f"{column} {word}" for word in _SPLIT_WORDS[kind])


def split_cell(text: str, kind: SplitKind) -> list[str] | None:
    """The parts of a cell; None where it does not hold them.

    ``45.2 (43.1-47.3)``: the estimate, its lower and upper end; ``45.2 ± 2.1``: the same, or with the number behind the
    sign as it stands (a range that is a spread is not read); ``113,888 (8.6)``: the count and its percent; ``90/1000``:
    the count and everyone; ``White (n=1000)``: the group and its people.
    """
    if kind == "estimate and range":
        match = _BETWEEN.match(text)
        return [match["one"].strip(), match["low"].strip(), match["high"].strip()] if match else None
    if kind in AROUND:
        between = _BETWEEN.match(text) if kind == "estimate and spread" else None
        return [between["one"].strip(), ""] if between else _around(text, kind)
    if kind == "count of people":
        counted = out_of(text)
        return [*counted] if counted else None
    if kind == "group and people":
        group = with_its_n(text)
        return [*group] if group else None
    match = _COUNTED.match(text)
    return [match["one"].strip(), match["share"].strip()] if match else None


def holds_two(text: str) -> bool:
    """Whether a cell holds an estimate with its range or margin, or a count with its percent or people."""
    kinds: tuple[SplitKind, ...] = ("estimate and range", "estimate and margin", "count and percent", "count of people")
    return any(split_cell(text, kind) is not None for kind in kinds)


def split_kind(cells: Sequence[str]) -> SplitKind | None:
    """What most filled cells of a column hold, where they hold two numbers; of ± it says the margin."""
    said = [c for c in cells if c and silence(c) is None]
    if len(said) < 2:
        return None
    sure: tuple[SplitKind, ...] = ("group and people", "estimate and range", "estimate and margin", "count of people")
    for kind in sure:
        if sum(split_cell(c, kind) is not None for c in said) >= MOST * len(said):
            return kind
    counted = [parts for c in said if (parts := split_cell(c, "count and percent")) is not None]
    if len(counted) < MOST * len(said):
        return None
    shares = [parts[1] for parts in counted]
    # "45 (1)" is a footnote; percents have decimals, or go above a dozen.
    values = [parse_number(s).value for s in shares]
    percents = all(v is not None and v <= 100 for v in values)
    marked = all(
        "." not in s and "," not in s and "%" not in c and (v or 0) <= 12
        for s, c, v in zip(shares, said, values, strict=False)
    )
    return "count and percent" if percents and not marked else None


def _around(text: str, kind: SplitKind) -> list[str] | None:
    match = _AROUND.match(text)
    if match is None:
        return None
    one, margin = match["one"].strip(), match["margin"].strip()
    if kind != "estimate and margin":
        return [one, margin]
    middle, half = parse_number(one.rstrip("% ")).value, parse_number(margin).value
    if middle is None or half is None:
        return None
    comma = any(re.fullmatch(r"[+-]?\d+,(?:\d{1,2}|\d{4,})", part.rstrip("% ")) for part in (one, margin))
    decimals = max(_decimals(part, number) for part, number in ((one, middle), (margin, half)))
    ends = (f"{end:.{decimals}f}" for end in (middle - half, middle + half))
    return [one, *(end.replace(".", ",") if comma else end for end in ends)]


def _decimals(text: str, number: float) -> int:
    """With how many decimals a number is written; what parts thousands is none."""
    behind = re.search(r"[.,](\d+)\s*%?$", text)
    return len(behind[1]) if behind and not (number == int(number) and len(behind[1]) == 3) else 0
