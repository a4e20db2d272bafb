"""Several tables in one: each row says its own group and leaves the other columns at everyone.

So it is in NHS Fingertips (areas, sexes and categories beside "England", "Persons" and blanks) and in many dashboards
that write "All" in every column but one. Read as one table crossed by all columns, its people would count once for
each table.
"""

from __future__ import annotations

from collections import Counter

from equity.intake.columns.categories import is_total
from equity.intake.columns.column_names import EXCLUDED, MEASURE, PERIOD, STRATIFIERS, heard
from equity.intake.layout.sample import Sample
from equity.intake.layout.steps.reshape import said_groups
from equity.intake.spellings.missing import squeeze
from equity.vocabulary.layout import Topics

MOST_GROUPS = 400
_EVERYONE = frozenset({"persons", "all ages", "all", "both", "everyone", "total", "not applicable", "n/a", "overall"})


def find_topics(sample: Sample) -> tuple[Topics, str] | None:
    """The columns of which each row says one group only, and why; None where rows are crossed by them."""
    pairs = _fingertips(sample) or _with_everyone(sample)
    if len(pairs) < 2:
        return None
    texts = {squeeze(c) for _, g in pairs for c in sample.column(sample.header.index(g))}
    everyone = tuple(sorted(t for t in texts if t and (is_total(t) or t.casefold() in _EVERYONE)))
    known = {e.casefold() for e in everyone}
    places = [(sample.header.index(d) if d else None, sample.header.index(g)) for d, g in pairs]
    said = [
        said_groups([(squeeze(c[d]) if d is not None else sample.header[g], squeeze(c[g])) for d, g in places], known)
        for c in sample.data
    ]
    counts = Counter(len(s) for s in said)
    tables = {tuple(d for d, _ in s) for s in said if s}
    if len(tables) < 2 or counts[0] + counts[1] < 0.5 * len(said):
        return None
    names = ", ".join(f"“{g}”" for _, g in pairs)
    return Topics(tuple(pairs), everyone), f"of {names} most rows say one group only and everyone in the others"


def _fingertips(sample: Sample) -> list[tuple[str, str]]:
    """The columns of a Fingertips download, by their names."""
    names = {h.casefold(): h for h in sample.header}
    if not {"indicator name", "area name", "area type", "time period"} <= set(names):
        return []
    pairs = [("category type", "category"), ("", "sex"), ("area type", "area name")]
    topics = [(names.get(d, ""), names[g]) for d, g in pairs if g in names]
    return [(d, g) for d, g in topics if len({t for t in sample.column(sample.header.index(g)) if t}) > 1]


def _with_everyone(sample: Sample) -> list[tuple[str, str]]:
    """Columns of groups in which a word for everyone (or a blank) stands beside the groups."""
    topics = []
    for place in sample.texts:
        name = sample.header[place]
        if MEASURE.search(heard(name)) or PERIOD.search(heard(name)) or EXCLUDED.search(heard(name)):
            continue
        if not any(pattern.search(heard(name)) for _, _, pattern, _ in STRATIFIERS):
            continue
        texts = sample.column(place)
        whole = [t for t in texts if is_total(t) or t.casefold() in _EVERYONE]
        groups = {t for t in texts if t} - set(whole)
        if whole and 2 <= len(groups) <= MOST_GROUPS and len(whole) >= 0.2 * len(texts):
            topics.append(("", name))
    if len(topics) < 2:
        return []
    places = [sample.header.index(name) for _, name in topics]
    alone = sum(
        sum(not (is_total(squeeze(c[p])) or squeeze(c[p]).casefold() in _EVERYONE) for p in places) <= 1
        for c in sample.data
    )
    return topics if alone >= 0.98 * len(sample.data) else []
