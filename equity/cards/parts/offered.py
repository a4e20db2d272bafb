"""What can be picked for each part of a question of a dataset, the usual choice first."""

from __future__ import annotations

from collections.abc import Sequence

from equity.cards.parts.option import NOTHING, Option
from equity.lens.age_bands import age_grouping
from equity.stats.over_time.control_charts import fitting
from equity.stats.standardization.standard_populations import STANDARD_KEYS
from equity.vocabulary import (
    Description,
    Grain,
    PeriodRange,
    PlainError,
    Reference,
    Stratifier,
    period_label,
    period_start,
)
from equity.vocabulary.period import GRAINS
from equity.words import groups, periods, references
from equity.words.answers import age_standard
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line
from equity.words.labels.cards import CARD_TEXTS

ALL_TIME = "all"
EVERYONE = ""
OWN_SCALE = "own"
_FIRST_ASKED = ("race", "language", "payer", "sex", "age")
_COARSEST_FIRST: tuple[Grain, ...] = ("year", "quarter", "month")


@cached_per_answer
def measures_offered(description: Description) -> tuple[Option, ...]:
    """The measures by name, in the order of the extract."""
    return tuple(Option(m.name, one_line(m.name)) for m in description.measures)


@cached_per_answer
def references_offered(description: Description, measure_name: str, by: str) -> tuple[Option, ...]:
    """The measure's own reference first; a target only where the measure has one; then the groups by name."""
    measure, stratifier = description.measure(measure_name), description.stratifier(by)
    kinds = ["best", "average", "others", *(["target"] if measure.target is not None else [])]
    offered = [*(Reference.parse(kind) for kind in kinds), *(Reference("group", group) for group in stratifier.groups)]
    own_first = sorted(offered, key=lambda reference: reference != measure.reference)
    return tuple(Option(str(reference), references.chosen(reference, measure)) for reference in own_first)


@cached_per_answer
def filters_offered(description: Description, by: str) -> tuple[Option, ...]:
    """Everyone, or one value of another stratifier; one-way extracts have no crossings to look into."""
    others = [s for s in description.stratifiers if s.name != by] if description.tables == "crossed" else []
    return (
        Option(EVERYONE, "all patients"),
        *(Option(f"{s.name}:{c.value}", one_line(f"{s.label}: {c.value}")) for s in others for c in s.categories),
    )


@cached_per_answer
def groups_offered(description: Description, by: str) -> tuple[Option, ...]:
    """The groups of people, each as one that can be looked at alone."""
    categories = description.stratifier(by).categories
    return tuple(Option(c.value, one_line(c.value)) for c in categories if c.kind in ("group", "other"))


@cached_per_answer
def every_group_offered(description: Description) -> tuple[Option, ...]:
    """The groups of every stratifier, each with its stratifier: one that every measure can be looked at for."""
    return tuple(
        Option(f"{offered.code}:{group.code}", f"{groups.started(offered.label)}: {group.label}")
        for offered in stratifiers_offered(description)
        for group in groups_offered(description, offered.code)
    )


@cached_per_answer
def charts_offered(description: Description, measure: str) -> tuple[Option, ...]:
    """The control charts that a measure of this kind can be drawn as."""
    return tuple(Option(each.name, each.label) for each in fitting(description.measure(measure).kind))


def scales_offered() -> tuple[Option, ...]:
    """The scales of charts that stand beside each other: one for all, so that they compare, or each its own."""
    return (Option(NOTHING, CARD_TEXTS["one_scale"]), Option(OWN_SCALE, CARD_TEXTS["scales_of_their_own"]))


@cached_per_answer
def standards_offered(description: Description, by: str) -> tuple[Option, ...]:
    """The standard populations at whose ages groups can be compared; none without age bands beside the groups."""
    if description.tables != "crossed" or description.values != "counts" or age_grouping(description, by) is None:
        return ()
    return tuple(Option(key, age_standard.standard_named(key)) for key in STANDARD_KEYS)


@cached_per_answer
def stratifiers_offered(description: Description, *besides: str) -> tuple[Option, ...]:
    """The stratifiers besides these, in the order in which the field asks about them."""
    offered = [s for s in description.stratifiers if s.name not in besides]
    return tuple(Option(s.name, groups.label(s)) for s in sorted(offered, key=_place_in_field))


def _place_in_field(stratifier: Stratifier) -> int:
    """Race and ethnicity first, then language, payer, sex and age; others as their dataset orders them."""
    subject = groups.subject_of(stratifier)
    return _FIRST_ASKED.index(subject) if subject in _FIRST_ASKED else len(_FIRST_ASKED)


@cached_per_answer
def places_offered(description: Description, by: str) -> tuple[Option, ...]:
    """The stratifiers besides the one asked about, the place of care first where there is one."""
    places = [s.name for s in description.stratifiers if groups.subject_of(s) == "site"]
    return tuple(sorted(stratifiers_offered(description, by), key=lambda option: option.code not in places))


def periods_offered(description: Description, wish: str) -> tuple[Option, ...]:
    """The latest whole year first, then years, quarters and months from the latest on, and all time.

    A stretch such as ``2023-Q3..2024-Q2`` that lies within the data is offered when it was wished for. Estimates are
    never added up, so an extract of estimates offers the periods that it has and nothing longer.
    """
    if not description.periods:
        return (Option(ALL_TIME, "all time"),)
    offered = _every_period(description)
    if description.values == "estimates":
        return offered
    every = PeriodRange(description.periods[0], description.periods[-1])
    return (*offered, *_stretch(wish, offered), Option(ALL_TIME, f"all time ({periods.title(every)})"))


@cached_per_answer
def _every_period(description: Description) -> tuple[Option, ...]:
    """The periods that can be asked for one by one."""
    if description.values == "estimates":
        return tuple(_period(label) for label in sorted(description.periods, reverse=True))
    usual = usual_period(description)
    labels = [label for grain in _COARSEST_FIRST for label in _labels(description, grain)]
    return tuple(_period(label) for label in (usual, *(label for label in labels if label != usual)))


def _period(label: str) -> Option:
    return Option(label, periods.title(PeriodRange.parse(label)))


def grains_offered(description: Description) -> tuple[Option, ...]:
    """Quarters first where there are any, else the extract's own grain; nothing finer; for estimates nothing else."""
    if description.grain == "all" or description.values == "estimates":
        return (Option(description.grain, description.grain),)
    offered = [grain for grain in GRAINS[:3] if GRAINS.index(grain) >= GRAINS.index(description.grain)]
    return tuple(Option(grain, grain) for grain in sorted(offered, key=lambda grain: grain != "quarter"))


@cached_per_answer
def usual_period(description: Description) -> str:
    """The latest year that has all its periods, else the latest year that has any."""
    years = _labels(description, "year")
    whole = {"month": 12, "quarter": 4, "year": 1}[description.grain]
    full = [y for y in years if sum(period.startswith(y) for period in description.periods) == whole]
    return (full or years)[0]


def periods_of_grain(description: Description, grain: Grain) -> tuple[str, ...]:
    """The dataset's periods at a grain, the earliest first; none at a finer grain than the extract's."""
    return tuple(reversed(_labels(description, grain)))


def _labels(description: Description, grain: Grain) -> list[str]:
    """The dataset's periods at a grain, latest first; none at a finer grain than the extract's."""
    if GRAINS.index(grain) < GRAINS.index(description.grain):
        return []
    return sorted({period_label(period_start(p), grain) for p in description.periods}, reverse=True)


def _stretch(wish: str, offered: Sequence[Option]) -> list[Option]:
    """The wished stretch, when it is one and both its ends are periods of the dataset."""
    try:
        wished = PeriodRange.parse(wish)
    except PlainError:
        return []
    labels = {option.code for option in offered}
    inside = wished.first in labels and wished.last in labels and wished.first != wished.last
    return [_period(str(wished))] if inside else []
