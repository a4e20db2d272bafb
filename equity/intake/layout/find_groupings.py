"""Two ways of grouping the same people in one column: ``Male``, ``Female``, ``Black``, ``White``; or ``Sex: Male``.

Read as one grouping, people would count once for each of the ways. The numbers are the best witness: each way adds up
to the same events and the same people. Where they do not, the lists of the field tell the ways apart, and it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from equity.intake.columns.bands import span_of
from equity.intake.columns.categories import is_total, kind_of
from equity.intake.columns.column_names import EXCLUDED, MEASURE, PERIOD, STRATIFIERS, heard
from equity.intake.layout.said import LABELS, LISTS
from equity.intake.layout.sample import Sample
from equity.intake.layout.steps.groupings_step import PREFIX
from equity.intake.spellings.standards import standard
from equity.vocabulary import Answer, OpenQuestion, Setting
from equity.vocabulary.layout import Groupings

FEWEST_EVENTS = 20
MOST_VALUES = 60
ENOUGH_KNOWN = 0.7
_HISPANIC = r"(?:hispanic|latin[oaxe]|spanish)(?:[ /]+(?:or |and )?(?:hispanic|latin[oaxe]|spanish))*(?: origin)?"
_PLAINLY_NOT = re.compile(rf"^(?:not|non)[ \-]?(?:of )?{_HISPANIC}$")
_PLAINLY = re.compile(rf"^{_HISPANIC}(?:,? ?\(?(?:of )?any race\)?)?$")
Sums = dict[str, tuple[float, ...]]


@dataclass(frozen=True)
class FoundGroupings:
    """The step, why, and the question where the numbers do not settle it."""

    step: Groupings
    why: str
    question: OpenQuestion | None = None


def find_groupings(sample: Sample) -> FoundGroupings | None:
    """The column that holds several ways of grouping, or None."""
    for place in sample.texts:
        name = heard(sample.header[place])
        if MEASURE.search(name) or PERIOD.search(name) or EXCLUDED.search(name):
            continue
        values = [v for v in dict.fromkeys(sample.column(place)) if v]
        groups = [v for v in values if not is_total(v)]
        if not 4 <= len(groups) <= MOST_VALUES:
            continue
        groupings = _in_column(sample, place, groups)
        if groupings is not None:
            return groupings
    return None


def _in_column(sample: Sample, place: int, groups: Sequence[str]) -> FoundGroupings | None:
    name = sample.header[place]
    sums = _sums(sample, place, groups)
    prefixed = _prefixed(groups)
    if prefixed:
        if _equal(prefixed, sums) or sum(_names_a_grouping(p) for p in prefixed) >= 2:
            return FoundGroupings(Groupings(name), f"“{next(iter(prefixed))}:” and others say the way of grouping")
        return None
    listed = _by_lists(groups)
    if len(listed) >= 2 and all(len(v) >= 2 for v in listed.values()):
        step = Groupings(name, listed)
        if _equal(listed, sums):
            return FoundGroupings(step, f"{_said(listed)} each add up to the same people")
        return FoundGroupings(step, "the field's lists tell them apart", _ask(name, step))
    cut = _by_sums(groups, sums)
    if cut:
        named = _named(cut, name)
        return FoundGroupings(Groupings(name, named), f"{_said(named)} each add up to the same people")
    return None


def _prefixed(groups: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Values by the words before their colon, where all have one and some share it."""
    by_prefix: dict[str, list[str]] = {}
    for value in groups:
        match = PREFIX.match(value)
        if match is None:
            return {}
        by_prefix.setdefault(match["way"].casefold(), []).append(value)
    several = len(by_prefix) >= 2 and sum(len(v) >= 2 for v in by_prefix.values()) >= 1
    return {k: tuple(v) for k, v in by_prefix.items()} if several else {}


def _names_a_grouping(words: str) -> bool:
    return any(pattern.search(heard(words)) for _, _, pattern, _ in STRATIFIERS)


def _by_lists(groups: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Values by the list that knows them, in the order of the file; those that none or several know follow their
    neighbor. Empty where too few are known."""
    asked_apart = any(_PLAINLY_NOT.match(v.casefold()) for v in groups)  # so that “Hispanic” is no race here
    ways = [_ways(v, asked_apart) for v in groups]
    if sum(bool(w) for w in ways) < ENOUGH_KNOWN * len(groups):
        return {}
    now = next(w[0] for w in ways if w)
    by_list: dict[str, list[str]] = {}
    for value, known in zip(groups, ways, strict=True):
        if known and now not in known and kind_of(value) == "group":
            now = known[0]
        by_list.setdefault(now, []).append(value)
    return {way: tuple(values) for way, values in by_list.items()}


def _ways(value: str, asked_apart: bool) -> list[str]:
    """The ways of grouping whose list knows a value."""
    if asked_apart and (_PLAINLY_NOT.match(value.casefold()) or _PLAINLY.match(value.casefold())):
        return ["Ethnicity"]
    if span_of(value) is not None and re.search(r"\d", value):
        return ["Age"]
    return [LABELS[name] for name in LISTS if len(value) > 1 and standard(name).find(value) is not None]


def _sums(sample: Sample, place: int, groups: Sequence[str]) -> list[Sums]:
    """In each context that has all of the values, the sums of the columns of counts by value."""
    counts, values, wanted = sample.counts, sample.column(place), set(groups)
    if not counts:
        return []
    complete = []
    for rows in sample.alike([p for p in (*sample.texts, *sorted(sample.years)) if p != place], len(wanted)):
        context: dict[str, list[float]] = {}
        for row in rows:
            numbers = sample.numbers[row]
            if values[row] in wanted and all(numbers[p] is not None for p in counts):
                held = context.setdefault(values[row], [0.0] * len(counts))
                for at, p in enumerate(counts):
                    held[at] += numbers[p] or 0.0
        if set(context) >= wanted:
            complete.append({v: tuple(s) for v, s in context.items()})
    return complete


def _added(values: Sequence[str], sums: Sums) -> tuple[float, ...]:
    return tuple(sum(part) for part in zip(*(sums[v] for v in values), strict=True))


def _equal(ways: dict[str, tuple[str, ...]], contexts: Sequence[Sums]) -> bool:
    """Whether in every context all ways of grouping add up to the same."""
    whole = [{_added(values, sums) for values in ways.values()} for sums in contexts]
    return bool(whole) and all(len(w) == 1 and max(next(iter(w))) >= FEWEST_EVENTS for w in whole)


def _by_sums(groups: Sequence[str], contexts: Sequence[Sums]) -> list[tuple[str, ...]]:
    """The values cut, in the order of the file, into stretches that add up to the same in every context."""
    if not contexts or len(next(iter(contexts[0].values()))) < 2:
        return []  # a single column of counts adds up by chance
    for ways in range(2, len(groups) // 2 + 1):
        cut = _cut(groups, contexts[0], ways)
        named = {str(k): v for k, v in enumerate(cut)}
        if cut and all(len(part) >= 2 for part in cut) and _equal(named, contexts):
            return cut
    return []


def _cut(groups: Sequence[str], sums: Sums, ways: int) -> list[tuple[str, ...]]:
    whole = _added(groups, sums)
    target = tuple(part / ways for part in whole)
    pieces: list[tuple[str, ...]] = []
    begun: list[str] = []
    for value in groups:
        begun.append(value)
        if _added(begun, sums) == target:
            pieces.append(tuple(begun))
            begun = []
    return pieces if not begun and len(pieces) == ways else []


def _named(cut: Sequence[tuple[str, ...]], column: str) -> dict[str, tuple[str, ...]]:
    """Names for ways of grouping: that of the list that knows most of one, else the column's and a number."""
    named: dict[str, tuple[str, ...]] = {}
    asked_apart = any(_PLAINLY_NOT.match(v.casefold()) for values in cut for v in values)
    for number, values in enumerate(cut, start=1):
        known = [way for v in values for way in _ways(v, asked_apart) if way not in named]
        best = max(dict.fromkeys(known), key=known.count, default="")
        named[best or f"{column} {number}"] = values
    return named


def _said(ways: dict[str, tuple[str, ...]]) -> str:
    return " and ".join(
        f"{label} ({', '.join(values[:4])}{'…' if len(values) > 4 else ''})" for label, values in ways.items()
    )


def _ask(column: str, step: Groupings) -> OpenQuestion:
    ways = tuple((label, values) for label, values in step.ways.items())
    return OpenQuestion(
        f"groupings:{column}",
        (column,),
        f"“{column}” seems to hold {len(ways)} ways of grouping the same people: {_said(dict(step.ways))}. Is that so?",
        (
            Answer(
                "yes: each is a grouping of its own",
                (Setting(("layout", "groupings", "column"), column), Setting(("layout", "groupings", "ways"), ways)),
            ),
            Answer("no: nobody stands in two of them, and they are one grouping", _as_one(column)),
        ),
        0.7,
        "lists of the field know the values, and they do not add up to the same people",
    )


def _as_one(column: str) -> tuple[Setting, ...]:
    return (
        Setting(("layout", "groupings"), None),
        Setting(("long",), None),
        Setting(("stratifiers", "groups", "column"), column),
        Setting(("stratifiers", "groups", "label"), column),
    )
