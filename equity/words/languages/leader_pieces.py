"""The pieces that a release's sentences in another language are made of: groups, periods, rates and gaps."""

from __future__ import annotations

import datetime as dt
import math
import re

from equity.lens.answers import Disparities
from equity.vocabulary import Measure, PeriodRange, Stratifier
from equity.words import comparisons, groups, numbers
from equity.words.answers import disparities
from equity.words.comparisons import Comparison
from equity.words.escaping import one_line
from equity.words.languages.language import Language
from equity.words.rows import GroupRow

_AGES = (
    ("age.over", re.compile(r"(\d+)(?: years)?(?: (?:and|or) (?:over|older|above|up)|\s*\+)", re.IGNORECASE)),
    ("age.under", re.compile(r"(?:under|below|less than|<)\s*(\d+)", re.IGNORECASE)),
)
"""How files write an age band that is open at one end."""


def say(key: str, measure: Measure, of: Language, /, **values: object) -> str:
    """The text of this key; of an average its own, where there is one (an average is not a rate)."""
    return of.say(f"{key}.mean" if measure.kind == "mean" and f"{key}.mean" in of.texts else key, **values)


def who_said(stratifier: Stratifier, value: str, noun: str, of: Language) -> str:
    """A group inside a sentence; ``noun`` is "patients" or "people"."""
    noun, label, kind = of.say(f"noun.{noun}"), label_said(stratifier, of), stratifier.kind_of(value)
    name = of.name(one_line(value))
    if kind != "group":
        return of.say(f"group.{kind}", noun=noun, label=label, name=name)
    if groups.is_without_insurance(stratifier, value):
        return of.say("group.uninsured", noun=noun)
    subject = groups.subject_of(stratifier)
    if subject == "age":
        name = _age_said(name, of)
    key = f"group.{subject}" if subject and f"group.{subject}" in of.texts else "group.any"
    return of.say(key, noun=noun, label=label, name=name)


def _age_said(name: str, of: Language) -> str:
    """An age band that is open at one end, in the language's words: "75 o más"; any other as it is."""
    for key, form in _AGES:
        match = form.fullmatch(name)
        if match is not None:
            return of.say(key, age=match[1])
    return name


def label_said(stratifier: Stratifier, of: Language) -> str:
    """What people are grouped by, inside a sentence; in the file's own words where they are not standard ones."""
    label = one_line(stratifier.label or stratifier.name)
    return of.name(label) if of.name(label) != label else f"“{label}”"


def side_said(answer: Disparities, harm: float, of: Language) -> str:
    """The side on which a group fares worse."""
    above = numbers.is_above(answer.measure, harm)
    side = say("side.higher" if above else "side.lower", answer.measure, of)
    return of.say("side.worse", side=side)


def size_said(about: Comparison, of: Language) -> str:
    """How much was counted, with its unit."""
    if not numbers.known(about.row.n):
        return ""
    counted = about.counted
    if counted in ("visits", "patients", "people"):
        counted = of.counted(f"counted.{counted}", about.row.n)
    return f"{numbers.count(about.row.n)} {of.name(counted)}"


def gap_with_verdict(about: Comparison, of: Language) -> str:
    """The gap, saying so where it is not clear."""
    gap = gap_said(about, of)
    unclear = about.row.verdict in ("large_uncertain", "none") and about.judged and not about.is_even
    return of.say("gap.unclear", gap=gap) if unclear and gap else gap


def gap_said(about: Comparison, of: Language) -> str:
    """The gap with its side; nothing where there is none."""
    if about.row.verdict == "reference":
        return of.say("gap.reference")
    if not numbers.known(about.row.gap):
        return ""
    if about.is_even:
        return of.say("gap.none")
    size = size_of_gap(about.measure, comparisons.gap_size(about), of)
    above = numbers.is_above(about.measure, about.row.gap)
    side = say("side.above" if above else "side.below", about.measure, of)
    if about.measure.polarity != "neutral":
        side = of.say("side.worse" if about.row.gap > 0 else "side.better", side=side)
    return of.say("gap.side", size=size, side=side)


def size_of_gap(measure: Measure, written: str, of: Language) -> str:
    """A gap that was written in English, without its side: "2 points" becomes "2 puntos"."""
    number = written.split(" ", maxsplit=1)[0]
    if measure.kind == "proportion":
        return of.counted("point", 1 if number in ("1", "1.0") else 2, number=number)
    return f"{number} {_unit(measure, of)}".strip()


def period_said(period: PeriodRange, of: Language) -> str:
    """A period as it stands in a sentence."""
    if period.is_all_time:
        return of.say("period.all")
    if period.first == period.last:
        return one_period(period.first, of)
    return of.say("period.span", first=one_period(period.first, of), last=one_period(period.last, of))


def one_period(label: str, of: Language) -> str:
    """A year, a quarter or a month by its label: "2024", "trimestre 3 de 2024", "marzo de 2024"."""
    if "Q" in label:
        return of.say("period.quarter", quarter=label[-1], year=label[:4])
    if "-" in label:
        return of.say("period.month", month=of.months[int(label[5:]) - 1], year=label[:4])
    return label


def rate_said(about: Comparison, rate: float, n: float, of: Language) -> str:
    """A rate with its unit."""
    return rate_of(about.measure, rate, n, of)


def rate_of(measure: Measure, rate: float, n: float, of: Language) -> str:
    """A measure's rate with its unit."""
    return f"{per_cent(numbers.bare_rate(measure, rate, n))} {_unit(measure, of)}".strip()


def per_cent(written: str) -> str:
    """ "under 1%" and "over 99%" in signs, which need no words."""
    return written.replace("under ", "<").replace("over ", ">").replace("less than ", "<")


def date_said(text: str, of: Language) -> str:
    """A date that is written down (1946, 1946-08, 1946-08-13); empty for none, another text stays."""
    parts = text[:10].split("-")
    try:
        if len(parts) == 3:
            return of.day(dt.date.fromisoformat(text[:10]))
        if len(parts) == 2:
            return of.say("period.month", month=of.months[int(parts[1]) - 1], year=int(parts[0]))
    except (ValueError, IndexError):
        pass
    return one_line(text)


def _unit(measure: Measure, of: Language) -> str:
    if measure.kind == "proportion":
        return ""
    unit = of.name(one_line(measure.unit))
    if measure.kind == "mean":
        return unit
    return f"{of.say('unit.per', number=numbers.count(measure.multiplier))} {unit}".strip()


def alone(answer: Disparities, row: GroupRow) -> Comparison:
    """A row whose numbers are rounded as its own two sides deserve."""
    return disparities.compared(answer, row)._replace(column_n=math.nan, gaps_n=None)


def both_n(about: Comparison) -> float:
    """The n of the smaller of the two sides."""
    return comparisons.smaller_n(about)
