"""Columns of counts that part the same people by an answer: met and not met, deaths and alive, and who is neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from equity.intake.columns.column_names import EXCLUDED, RATE_WORDS, heard
from equity.intake.columns.opposites import answer_word, denies, says_out
from equity.intake.columns.profile import ColumnProfile
from equity.intake.proposal.evidence import Evidence, percent, plain, telling_row, worked
from equity.intake.spellings.numbers import parse_number
from equity.vocabulary import Answer, OpenQuestion, Setting


@dataclass(frozen=True)
class Complements:
    """The counts with and without the event, those of people of whom neither is known, and those who are out of it."""

    x: ColumnProfile
    no: ColumnProfile
    neither: tuple[ColumnProfile, ...] = ()
    out: tuple[ColumnProfile, ...] = ()


def complements(numbers: Sequence[ColumnProfile]) -> Complements | None:
    """Two columns of counts of which one's name denies the other's; None where there is none, or more than one pair."""
    counts = [c for c in numbers if _counts(c)]
    words = {c.name: answer_word(heard(c.name)) for c in counts}
    pairs = [(x, no) for x in counts for no in counts if x is not no and denies(words[no.name], words[x.name])]
    if len(pairs) != 1:
        return None
    x, no = pairs[0]
    rest = [c for c in counts if c not in (x, no) and not EXCLUDED.search(heard(c.name))]
    out = tuple(c for c in counts if c not in (x, no) and says_out(words[c.name]))
    sums = _sums_among((x, no, *rest))
    neither = tuple(c for c in rest if c not in out and c.name not in sums)
    return Complements(x, no, neither, out)


def _sums_among(columns: Sequence[ColumnProfile]) -> frozenset[str]:
    """The columns that are, in every row, the two first together, or all of the others."""
    numbers = [[parse_number(text, (), c.decimal).value for text in c.cells] for c in columns]
    rows = list(zip(*numbers, strict=True))
    known = [(row, sum(v for v in row if v is not None)) for row in rows if None not in row]
    both = [row for row in rows if row[0] is not None and row[1] is not None]
    sums = set()
    for place, column in enumerate(columns[2:], start=2):
        of_two = [row for row in both if row[place] is not None]
        is_two = bool(of_two) and all(row[place] == (row[0] or 0) + (row[1] or 0) for row in of_two)
        if is_two or (known and all(row[place] == whole - (row[place] or 0) for row, whole in known)):
            sums.add(column.name)
    return frozenset(sums)


def ask_neither(evidence: Evidence, pair: Complements, groups: Sequence[str]) -> OpenQuestion:
    """Whether people of whom neither is known count among everyone."""
    x, no = evidence.numbers(pair.x.name), evidence.numbers(pair.no.name)
    more = sum(evidence.numbers(c.name) for c in pair.neither)
    row = telling_row(x, no, x + no + more)
    names = " and ".join(f"“{c.name}”" for c in pair.neither)

    def said(every: float, of: str) -> str:
        share = f"{plain(x[row])} of {plain(every)} = {percent(x[row] / every)}" if row is not None and every else ""
        return f"{worked(evidence, groups, row)} {share}, {of}" if row is not None else of

    known = x + no
    plus = (pair.no.name, *(c.name for c in pair.neither))
    answers = (
        Answer(
            said(known[row] if row is not None else 0, f"without {names}"),
            (Setting(("columns", "no"), pair.no.name), Setting(("columns", "n"), None)),
        ),
        Answer(
            said((known + more)[row] if row is not None else 0, f"with {names} among everyone"),
            (
                Setting(("columns", "n"), (("column", pair.x.name), ("plus", plus))),
                Setting(("columns", "no"), None),
            ),
        ),
    )
    return OpenQuestion(
        f"neither:{pair.x.name}",
        (pair.x.name, pair.no.name, *(c.name for c in pair.neither)),
        f"{names} {'stand' if len(pair.neither) > 1 else 'stands'} beside “{pair.x.name}” and “{pair.no.name}”: "
        "are these people in the denominator?",
        answers,
        0.6,
        "a rate is usually out of those whose answer is known",
    )


def ask_total(evidence: Evidence, pair: Complements, n: ColumnProfile, groups: Sequence[str]) -> list[OpenQuestion]:
    """Whether a total that is more than both answers together is the denominator; nothing where it is their sum."""
    x, no, every = (evidence.numbers(c.name) for c in (pair.x, pair.no, n))
    more = np.isfinite(x) & np.isfinite(no) & (every > x + no)
    if n is pair.no or not more.any():
        return []
    row = int(np.argmax(more))

    def said(whole: float, of: str) -> str:
        share = percent(x[row] / whole)
        return f"{worked(evidence, groups, row)} {plain(x[row])} of {plain(whole)} = {share}, out of {of}"

    both = f"“{pair.x.name}” and “{pair.no.name}”"
    return [
        OpenQuestion(
            f"denominator:{pair.x.name}",
            (pair.x.name, pair.no.name, n.name),
            f"“{n.name}” is more than {both} together: out of what is “{pair.x.name}” counted?",
            (
                Answer(said(every[row], f"“{n.name}”"), (Setting(("columns", "n"), n.name),)),
                Answer(
                    said(x[row] + no[row], both),
                    (Setting(("columns", "n"), None), Setting(("columns", "no"), pair.no.name)),
                ),
            ),
            0.5,
            "its name says that it counts everyone",
        )
    ]


def _counts(column: ColumnProfile) -> bool:
    return (
        column.type == "number"
        and column.whole
        and (column.lowest or 0) >= 0
        and not RATE_WORDS.search(heard(column.name))
    )
