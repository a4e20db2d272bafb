"""What a column of labels shows: written once above blanks, years, a way of grouping that another column tells."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from equity.intake.columns.column_names import heard
from equity.intake.columns.identifying import is_person_id
from equity.intake.layout.sample import Sample, is_number
from equity.intake.spellings.missing import silence, squeeze
from equity.vocabulary.layout import Groupings


def told_by_another(step: Groupings, sample: Sample) -> bool:
    """Whether another column already says which way of grouping a row is of (“Sex” beside each of Male and Female)."""
    place = sample.header.index(step.column)
    way = {squeeze(v).casefold(): name for name, values in step.ways.items() for v in values}
    for other in (p for p in sample.texts if p != place and step.ways):
        said: dict[str, set[str]] = {}
        for cells in sample.data:
            name = way.get(squeeze(cells[place]).casefold())
            if name is not None:
                said.setdefault(name, set()).add(squeeze(cells[other]))
        texts = [next(iter(s)) for s in said.values() if len(s) == 1]
        if len(texts) == len(step.ways) and len(set(texts)) == len(texts) and all(texts):
            return True
    return False


def has_number(cells: list[str], sample: Sample) -> bool:
    return any(is_number(cells[p]) or (cells[p].strip() and silence(cells[p])) for p in sample.numeric)


def labels_under(lines: tuple[list[str], ...], sections: list[int], sample: Sample) -> dict[int, tuple[str, ...]]:
    """The row labels below each section."""
    labels_of: dict[int, list[str]] = {p: [] for p in sections}
    now = None
    for place, cells in enumerate(lines):
        if place in labels_of:
            now = place
        elif now is not None and has_number(cells, sample):
            labels_of[now].append(squeeze(cells[0]))
    return {p: tuple(labels) for p, labels in labels_of.items()}


def written_once(cells: list[str], inner: bool) -> bool:
    """Whether a column's texts each stand once, above blanks: no text follows itself, and most blanks follow one."""
    filled = [c for c in cells if c]
    if len(filled) < 2 or not cells[0] or len(filled) > 0.7 * len(cells):
        return False
    if any(a == b for a, b in itertools.pairwise(filled)):
        return False
    counts = Counter(filled)
    if not inner and max(counts.values()) > 1:
        return False
    lengths = []
    for cell in cells:
        if cell:
            lengths.append(1)
        elif lengths:
            lengths[-1] += 1
    return len(set(lengths)) == 1 or (len(filled) >= 2 and min(lengths) >= 2)


def are_years(cells: list[str]) -> bool:
    said = [c for c in cells if c]
    return bool(said) and all(re.fullmatch(r"(?:19|20)\d\d(?:\.0)?", c) for c in said)


def decimals(numbers: list[float | None]) -> int:
    texts = [repr(n) for n in numbers if n is not None]
    return max((len(t.split(".")[1]) if "." in t and not t.endswith(".0") else 0 for t in texts), default=0)


def free_name(name: str, header: tuple[str, ...]) -> str:
    return name if name.casefold() not in {h.casefold() for h in header} else f"{name} of the table"


FEWEST_LINES = 20
_LINE_ID = re.compile(r"\b(?:record|encounter|visit|episode|case|claim|response|study) (?:id|nbr|number|no)\b")
EVERYONE_WORDS = re.compile(
    r"^(?:n|total n|n total|total|all|everyone|denominator|population|patients|participants|eligible|base|sample size"
    r"|number of (?:people|patients|persons|participants)|unweighted (?:base|n)|total population)$"
)


def a_line_a_person(sample: Sample) -> bool:
    """Whether each line is about one person or visit: then its columns are no groups, years or totals."""
    return any(
        (is_person_id(name) or _LINE_ID.search(heard(name)))
        and len(set(sample.column(place))) >= max(FEWEST_LINES, 0.5 * len(sample.data))
        for place, name in enumerate(sample.header)
    )
