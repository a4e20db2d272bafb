"""Columns on their way: the years and groups that their names say, and what is left of each name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from equity.intake.columns.column_names import NO, RATE_WORDS, N, X, heard
from equity.intake.layout.said import (
    LISTS,
    Said,
    group_of,
    groups_in,
    period_in,
    same,
    says_everyone,
    stem,
)
from equity.intake.layout.sample import Sample

FEWEST = 2
MOST_GROUP_WORDS = 6


@dataclass(frozen=True)
class AcrossColumn:
    """One column on its way: its place, what its name says so far (one text a key), and what is left of the name."""

    place: int
    name: str
    keys: tuple[str, ...]
    rest: str


def is_of(listed: str, group: str) -> bool:
    return len(groups_in(group, listed)) == 1


def years_across(columns: list[AcrossColumn], sample: Sample) -> tuple[list[AcrossColumn], bool]:
    """Columns whose names say a year, where the same measure stands under several, or all under one in a line above."""
    years = {c.place: said for c in columns if (said := period_in(c.rest)) is not None}
    by_stem: dict[str, set[str]] = defaultdict(set)
    for said in years.values():
        by_stem[same(said.rest)].add(said.text)
    uppers = {sample.parts[c.place][0] for c in columns if len(sample.parts[c.place]) > 1}
    one_above = len(uppers) == 1 and len(years) == len(columns) >= FEWEST and period_in(next(iter(uppers))) is not None
    if not one_above and not any(len(texts) >= FEWEST for texts in by_stem.values()):
        return columns, False
    return [
        replace(c, keys=(years[c.place].text,), rest=years[c.place].rest) if c.place in years else c for c in columns
    ], True


def best_list(columns: Sequence[AcrossColumn]) -> str | None:
    """The list of groups that most columns name: at least two of its groups under the same stem."""
    best, most = None, 0
    for listed in LISTS:
        by_stem: dict[str, set[str]] = defaultdict(set)
        count = 0
        for c in columns:
            said = groups_in(c.rest, listed)
            if len(said) == 1:
                by_stem[f"{c.keys} {same(said[0].rest)}"].add(group_of(listed, said[0].text))
                count += 1
        if any(len(groups) >= FEWEST for groups in by_stem.values()) and count > most:
            best, most = listed, count
    return best


def groups_across(columns: Sequence[AcrossColumn], listed: str, sample: Sample) -> tuple[list[AcrossColumn], list[str]]:
    """The columns with the group that each name says, and those of everyone."""
    said = {c.place: named[0] for c in columns if len(named := groups_in(c.rest, listed)) == 1}
    frames = Counter((s.before, s.after) for s in said.values())
    several = {frame for frame, count in frames.items() if count >= FEWEST}
    known = {p: s for p, s in said.items() if (s.before, s.after) in several or _stem_shared(s, said.values())}
    for c in columns:
        if c.place not in known and (more := _framed(c, several, listed, known)) is not None:
            known[c.place] = more
    made = [
        replace(c, keys=(*c.keys, stem(known[c.place].text)), rest=known[c.place].rest) if c.place in known else c
        for c in columns
    ]
    everyone = {p for p, s in known.items() if says_everyone(s.text)} | sums_across(
        [c for c in made if c.place in known], sample
    )
    return made, [sample.header[p] for p in sorted(everyone)]


def _stem_shared(said: Said, others: Iterable[Said]) -> bool:
    return sum(same(other.rest) == same(said.rest) for other in others) >= FEWEST


def _framed(column: AcrossColumn, frames: set[tuple[str, str]], listed: str, known: Mapping[int, Said]) -> Said | None:
    """A group that no list knows, in a name of the same form as those of its neighbours."""
    for before, after in sorted(frames, key=lambda f: -len(f[0]) - len(f[1])):
        name = column.rest
        if not name.startswith(before) or not name.endswith(after) or len(name) <= len(before) + len(after):
            continue
        text = name[len(before) : len(name) - len(after) if after else None]
        bare = not before.strip() and not after.strip()
        if bare and not (
            says_everyone(stem(name)) or min(known, default=0) < column.place <= max(known, default=0) + 3
        ):
            continue
        if (before.strip() and before[-1:].isalnum()) or (after.strip() and after[:1].isalnum()):
            continue
        spoken = stem(text)
        measured = (
            RATE_WORDS.search(heard(spoken))
            or X.search(heard(spoken))
            or N.search(heard(spoken))
            or NO.search(heard(spoken))
        )
        if spoken and len(spoken.split()) <= MOST_GROUP_WORDS and (says_everyone(spoken) or not measured):
            return Said(listed, spoken, before, after)
    return None


def sums_across(columns: Sequence[AcrossColumn], sample: Sample) -> set[int]:
    """Columns that are, in nearly every row, the sum of the other groups of the same measure."""
    families: dict[str, list[AcrossColumn]] = defaultdict(list)
    for c in columns:
        families[f"{c.keys[:-1]} {same(c.rest)}"].append(c)
    sums: set[int] = set()
    for family in families.values():
        if len(family) < 3:
            continue
        for candidate in family:
            others = [c.place for c in family if c is not candidate]
            tried = met = 0
            for row in sample.numbers:
                values = [row[p] for p in others]
                whole = row[candidate.place]
                if not whole or any(v is None or v != int(v) for v in (whole, *values)):
                    continue  # rates do not add up
                tried += 1
                met += abs(whole - sum(v for v in values if v is not None)) <= 1e-6 * abs(whole)
            if tried >= 2 and met >= 0.95 * tried:
                sums.add(candidate.place)
    return sums
