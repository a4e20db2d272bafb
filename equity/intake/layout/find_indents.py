"""Labels that are set in below another: parts of it, which must not be counted beside it.

Statistics offices write a table's tree with blanks before the labels (``Total``, ``  Hispanic``, ``    Mexican``). A
label above all others is everyone. Of another label and its parts the finer ones are read where they add up to it;
where they are only some of it (“of which”), the label itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from equity.intake.layout.sample import Sample
from equity.intake.spellings.missing import squeeze

NEARLY_ALL = 0.9
FEWEST_PARTS = 2
_BEFORE = re.compile(r"^[ \u00a0\u2002\u2003\u3000]*")


@dataclass(frozen=True)
class Indented:
    """The labels of a column that hold others or are held by others that are read, and by which evidence."""

    column: str
    labels: tuple[str, ...]
    why: str


@dataclass
class _Label:
    """A row's label, how deep it is set in, its counts, and the rows of its parts."""

    text: str
    depth: int
    counts: tuple[float | None, ...]
    parts: list[_Label] = field(default_factory=list)

    def holds_its_parts(self, count: int) -> bool:
        """Whether no part has more than the label itself, in one of the columns of counts."""
        own, theirs = self.counts[count], [part.counts[count] for part in self.parts]
        return own is None or all(t is None or t <= own for t in theirs)

    def share_of_parts(self, count: int | None) -> float:
        """How much of its count the parts add up to; none where there are only rates, of which nothing adds up."""
        if count is None:
            return 0.0
        own, theirs = self.counts[count], [part.counts[count] for part in self.parts]
        return sum(t or 0.0 for t in theirs) / own if own and None not in theirs else 0.0


def find_indents(sample: Sample) -> Indented | None:
    """What must not be read of a column whose labels are set in; None where no column is, or its numbers deny it."""
    for place in sample.texts:
        rows = _rows(sample, place)
        if len({row.depth for row in rows}) < 2 or len({row.text for row in rows}) < len(rows):
            continue
        tops = _trees(rows)
        held = [row for row in rows if row.parts]
        told = [k for k in range(len(sample.counts)) if all(row.holds_its_parts(k) for row in held)]
        if not held or (sample.counts and not told):
            continue
        gone = _gone(tops, held, told[0] if told else None)
        if gone:
            why = "the labels below are set in: they are its parts" if len(gone) == 1 else "labels are set in: parts"
            return Indented(sample.header[place], gone, why)
    return None


def _rows(sample: Sample, place: int) -> list[_Label]:
    counts = sample.counts
    return [
        _Label(squeeze(cells[place]), _depth(cells[place]), tuple(numbers[p] for p in counts))
        for cells, numbers in zip(sample.data, sample.numbers, strict=True)
        if cells[place].strip()
    ]


def _depth(cell: str) -> int:
    match = _BEFORE.match(cell)
    return len(match[0]) if match else 0


def _trees(rows: Sequence[_Label]) -> list[_Label]:
    """The outermost labels; each label has got the ones that are set in below it as its parts."""
    tops: list[_Label] = []
    above: list[_Label] = []
    for row in rows:
        while above and above[-1].depth >= row.depth:
            above.pop()
        (above[-1].parts if above else tops).append(row)
        above.append(row)
    return tops


def _gone(tops: Sequence[_Label], held: Sequence[_Label], count: int | None) -> tuple[str, ...]:
    """Labels that are not read beside others, by the column of counts; of rates only everyone, for rates do not add."""
    gone: list[str] = []
    for row in held:
        everyone = len(tops) == 1 and row is tops[0] and len(row.parts) >= FEWEST_PARTS
        if everyone or row.share_of_parts(count) >= NEARLY_ALL:
            gone.append(row.text)
        elif count is not None:
            gone += _within(row)
    return tuple(dict.fromkeys(gone))


def _within(row: _Label) -> list[str]:
    """Every label below a label."""
    return [text for part in row.parts for text in (part.text, *_within(part))]
