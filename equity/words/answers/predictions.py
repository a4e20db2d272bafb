"""What is asked before a chart is shown, so that people guess aloud first: a question and an empty frame to fill.

All of it comes from what was asked and from the description of the data (names of measures, groups, periods), never
from an answer: there is no value in it to give away, and groups stand in the order of their list, not of their rates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equity.lens.choices import Choices
from equity.vocabulary import Description, Measure, PeriodRange, Stratifier
from equity.words import groups, measures, numbers, periods, references
from equity.words.escaping import one_line

ALOUD = "Say it aloud, then reveal."
FIRST_PLACES = ("1st", "2nd", "3rd")


@dataclass(frozen=True)
class Rows:
    """Names down the side of an axis without marks.

    ``per_cent`` when the axis runs from 0 to 100 %; ``gap`` when no gap stands in its middle and right is worse.
    """

    names: tuple[str, ...]
    axis: str
    per_cent: bool = False
    gap: bool = False


@dataclass(frozen=True)
class Grid:
    """Empty cells: names down the side and across the top."""

    down: tuple[str, ...]
    across: tuple[str, ...]


@dataclass(frozen=True)
class Times:
    """An empty plane: time from ``first`` to ``last`` along it, a name at the right for every line to be drawn."""

    names: tuple[str, ...]
    first: str
    last: str
    axis: str
    per_cent: bool = False


Frame = Rows | Grid | Times


@dataclass(frozen=True)
class Prediction:
    """The question, and the frame that it is asked over; ``frame`` is None where a question alone is asked."""

    question: str
    frame: Frame | None = None

    @property
    def alt(self) -> str:
        """The empty frame for those who do not see it."""
        match self.frame:
            case Rows(names, axis):
                return f"An empty chart of {axis}. Rows: {'; '.join(names)}. Nothing is shown yet."
            case Grid(down, across):
                return f"An empty map. Rows: {'; '.join(down)}. Columns: {'; '.join(across)}. Nothing is shown yet."
            case Times(names, first, last, axis):
                lines = "; ".join(names)
                return f"An empty chart of {axis} from {first} to {last}. Lines: {lines}. Nothing is shown yet."
        return ""


def groups_compared(choices: Choices, held: Description) -> Prediction:
    """Which group is worst off, and by how much?"""
    measure, by = held.measure(choices.measure), held.stratifier(choices.by)
    what, when, beside = (
        measures.describe_measure(measure),
        periods.during(choices.period),
        _reference(choices, measure),
    )
    value = "average" if measure.kind == "mean" else "rate"
    if measure.polarity == "neutral":
        question = f"Which group has the highest {value} of {what} {when}, and which the lowest?"
    else:
        end = "highest" if measure.polarity == "lower_better" else "lowest"
        question = f"Which group has the {end} {value} of {what} {when}, and how far is it from {beside}?"
    return Prediction(question, Rows(_groups(by), _axis(measure), measure.kind == "proportion"))


def gaps(choices: Choices, held: Description) -> Prediction:
    """How wide is each gap, and which are clear?"""
    measure, by = held.measure(choices.measure), held.stratifier(choices.by)
    question = (
        f"How far is each group from {_reference(choices, measure)} on {measures.describe_measure(measure)} "
        f"{periods.during(choices.period)}? Which gaps are clear, and which could be chance?"
    )
    return Prediction(question, Rows(_groups(by), "Gap", gap=True))


def over_time(choices: Choices, held: Description) -> Prediction:
    """Is the gap closing, and because which side moved?"""
    measure, by = held.measure(choices.measure), held.stratifier(choices.by)
    question = f"Is the gap on {measures.describe_measure(measure)} closing, and which group moved to make it so?"
    return Prediction(question, _times(measure, by, held, choices.period))


def signals(choices: Choices, held: Description) -> Prediction:
    """For whom has something truly changed?"""
    measure, by = held.measure(choices.measure), held.stratifier(choices.by)
    question = (
        f"For which group has {measures.describe_measure(measure)} truly changed, and where is it just ups and downs?"
    )
    return Prediction(question, _times(measure, by, held, choices.period))


def pace(choices: Choices, held: Description) -> Prediction:
    """When does it close at this pace?"""
    return Prediction(
        f"At the pace so far, when will the gap on {measures.describe_measure(held.measure(choices.measure))} close?"
    )


def areas(choices: Choices, held: Description) -> Prediction:
    """Which clinical area, and by which grouping?"""
    names = tuple(dict.fromkeys(one_line(m.clinical_area) or "Other" for m in held.measures))
    when = periods.during(choices.period)
    question = f"In which clinical area does a gap touch the most people {when}, and by which grouping?"
    return Prediction(question, Grid(names, _groupings(held)))


def scan(choices: Choices, held: Description) -> Prediction:
    """Which measure, and by which grouping?"""
    when = periods.during(choices.period)
    question = f"On which measure does a gap touch the most people {when}, and by which grouping?"
    return Prediction(question, Grid(tuple(measures.heading(m) for m in held.measures), _groupings(held)))


def most_people(choices: Choices, held: Description) -> Prediction:
    """Which three gaps touch most people?"""
    question = f"Which three gaps touch the most people {periods.during(choices.period)}?"
    return Prediction(question, Rows(FIRST_PLACES, "People, visits or events affected"))


def one_group(choices: Choices, held: Description) -> Prediction:
    """On which measures is one group behind?"""
    group = groups.describe_group(held.stratifier(choices.by), choices.focus, groups.noun_of_all(held.measures))
    question = f"On which measures are {group} furthest from the others {periods.during(choices.period)}?"
    names = tuple(measures.heading(m) for m in held.measures if m.polarity != "neutral")
    return Prediction(question, Rows(names[:16], "Gap", gap=True))


def crossed(choices: Choices, by: Sequence[str], held: Description) -> Prediction:
    """Which cell stands out beyond its groups?"""
    first, *_ = crossing = [held.stratifier(key) for key in by]
    question = _stands_out(choices, crossing, held)
    if len(crossing) != 2:
        return Prediction(question)
    down, across = sorted(crossing, key=lambda s: -len(s.categories))
    if len(down.categories) == len(across.categories):
        down, across = first, next(s for s in crossing if s is not first)
    return Prediction(question, Grid(_categories(down), _categories(across)))


def furthest(choices: Choices, by: Sequence[str], held: Description) -> Prediction:
    """Which cells are furthest from what their groups suggest?"""
    measure = held.measure(choices.measure)
    question = _stands_out(choices, [held.stratifier(key) for key in by], held)
    return Prediction(question, Rows(FIRST_PLACES, _axis(measure), measure.kind == "proportion"))


def between_groups(choices: Choices, by: Sequence[str], held: Description) -> Prediction:
    """How much of what differs lies between combined groups?"""
    what = measures.describe_measure(held.measure(choices.measure))
    crossed = groups.listed([groups.label(held.stratifier(key)) for key in by])
    return Prediction(f"How much of all variation in {what} lies between groups of {crossed} combined?")


def if_not_recorded(choices: Choices, held: Description) -> Prediction:
    """What would make a gap vanish?"""
    measure, by = held.measure(choices.measure), held.stratifier(choices.by)
    question = (
        f"How would people whose {groups.label(by)} is not known have to have fared for the gap on "
        f"{measures.describe_measure(measure)} to vanish?"
    )
    return Prediction(question)


def each_place(choices: Choices, within: str, held: Description) -> Prediction:
    """Is the gap the same everywhere?"""
    measure, places = held.measure(choices.measure), held.stratifier(within)
    named = measures.describe_measure(measure)
    question = f"Is the gap on {named} the same in every {_one_of(places)}, or where is it widest?"
    return Prediction(question, Rows(_groups(places), _axis(measure), measure.kind == "proportion"))


def within_or_between(choices: Choices, within: str, held: Description) -> Prediction:
    """Does the gap live within places or between them?"""
    places = _one_of(held.stratifier(within))
    question = f"How much of each gap is there within the same {places}, and how much comes from who is seen where?"
    return Prediction(question, Rows(_groups(held.stratifier(choices.by)), "Part of the gap", gap=True))


def outside_the_funnel(choices: Choices, within: str, held: Description) -> Prediction:
    """Does some place stand apart?"""
    measure, places = held.measure(choices.measure), _one_of(held.stratifier(within))
    question = (
        f"Does some {places} stand apart on {measures.describe_measure(measure)}, more than chance would make it?"
    )
    return Prediction(question)


def known(choices: Choices, held: Description) -> Prediction:
    """Where is least known?"""
    by = held.stratifier(choices.by)
    place = next((s for s in held.stratifiers if s is not by and groups.subject_of(s) == "site"), None)
    question = f"For how many people do we know {groups.label(by)} {periods.during(choices.period)}, and where least?"
    names = ("Everyone", *(_groups(place) if place else ()))
    return Prediction(question, Rows(names, f"Share of people with known {groups.label(by)}", True))


def known_over_time(choices: Choices, held: Description) -> Prediction:
    """Is more known than before?"""
    by = held.stratifier(choices.by)
    return Prediction(f"Do we know {groups.label(by)} for more people now than we did at first?")


def bounds(choices: Choices, held: Description) -> Prediction:
    """Could the missing change the finding?"""
    measure, by = held.measure(choices.measure), held.stratifier(choices.by)
    named = measures.describe_measure(measure)
    question = f"Some people's {groups.label(by)} is not known. Could they turn the finding on {named} round?"
    return Prediction(question, Rows(_groups(by), "Gap", gap=True))


def overall(choices: Choices, held: Description) -> Prediction:
    """How uneven is it in one number?"""
    measure = held.measure(choices.measure)
    return Prediction(
        f"Over all groups at once, how uneven is {measures.describe_measure(measure)}? Give it one number."
    )


def overall_over_time(choices: Choices, held: Description) -> Prediction:
    """Did it become more even, in points and relative to the rates?"""
    measure, by = held.measure(choices.measure), held.stratifier(choices.by)
    question = (
        f"Have differences in {measures.describe_measure(measure)} by {groups.label(by)} narrowed or widened? "
        "Say it once in points and once as a ratio."
    )
    return Prediction(question)


def _stands_out(choices: Choices, crossing: Sequence[Stratifier], held: Description) -> str:
    what, by = (
        measures.describe_measure(held.measure(choices.measure)),
        groups.listed([groups.label(s) for s in crossing], most=3),
    )
    return f"People are grouped by {by} at once. Which group stands out on {what}, more than each would tell alone?"


def _times(measure: Measure, by: Stratifier, held: Description, asked: PeriodRange) -> Times | None:
    there = [label for label in held.periods if asked.contains(label)]
    if not there:
        return None
    first, last = periods.short(there[0]), periods.short(there[-1])
    return Times(_groups(by), first, last, _axis(measure), measure.kind == "proportion")


def _reference(choices: Choices, measure: Measure) -> str:
    return references.chosen(choices.reference or measure.reference, measure)


def _axis(measure: Measure) -> str:
    unit = numbers.unit(measure)
    return f"{measures.heading(measure)}{f', {unit}' if unit else ''}"


def _groups(by: Stratifier) -> tuple[str, ...]:
    return tuple(one_line(c.value) for c in by.categories if c.kind in ("group", "other"))


def _categories(by: Stratifier) -> tuple[str, ...]:
    return tuple(one_line(c.value) for c in by.categories)


def _groupings(held: Description) -> tuple[str, ...]:
    return tuple(groups.started(groups.label(s)) for s in held.stratifiers)


def _one_of(places: Stratifier) -> str:
    label = groups.label(places)
    return label if groups.subject_of(places) in ("site", "place") else f"{label} group"
