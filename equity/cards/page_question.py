"""What may be asked of a dataset, and the question that a link or a person's picks come to. No Streamlit here.

A question is fifteen texts, the same that stand in a link: ``dataset`` and ``measure`` by name, ``by`` by the
stratifier's key, ``reference`` and ``period`` as :mod:`equity.vocabulary` writes them (all time is ``all``), ``grain``
for questions over time, ``where`` as ``key:value``, and the keys of further stratifiers: ``second`` and ``third`` to
cross with, ``within`` to look for the source of a gap; ``group`` and ``chart`` pick one group's control chart;
``standard`` the population at whose ages groups are compared; ``against`` is what is put beside the question, such as
``period:2022`` (`equity/lens/side_by_side.py`); ``hide`` the groups that are not drawn. Whatever comes from a browser
is looked up in the lists made here; what is not in them is replaced by the usual choice and said so, never silently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from equity.cards.parts.against import against
from equity.cards.parts.hidden_groups import hidden_groups
from equity.cards.parts.option import NOTHING, Option
from equity.lens.age_bands import age_grouping
from equity.lens.choices import Choices
from equity.stats.chart_kinds import fitting
from equity.stats.standard_populations import STANDARD_KEYS
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
from equity.words import age_standard, doubts, groups, periods, references
from equity.words.cached_per_answer import cached_per_answer
from equity.words.cannot_show import nothing_to_ask
from equity.words.escaping import one_line
from equity.words.labels.cards import CARD_TEXTS

ALL_TIME = "all"
EVERYONE = ""
_FIRST_ASKED = ("race", "language", "payer", "sex", "age")
_COARSEST_FIRST: tuple[Grain, ...] = ("year", "quarter", "month")
FURTHER = ("second", "third", "within", "group", "chart", "standard", "against", "hide")
PARTS = ("dataset", "measure", "by", "reference", "period", "grain", "where", *FURTHER)


@dataclass(frozen=True)
class PageQuestion:
    """A question that can be asked: the codes, what else could be picked, and what was not applied.

    ``options`` lists for each part what can be picked, the usual choice first; ``refused`` has a sentence for each wish
    that this dataset cannot fulfil, ``refused_further`` those of the further stratifiers by part, which only the pages
    that ask for them say. ``nothing`` says why the dataset can be asked nothing at all: then every code but the
    dataset's is empty and there are no other options. ``version`` is the dataset's, and ``made`` the moment at which
    that version was made. ``doubts`` says what of the reading of its file nobody has confirmed.
    """

    codes: Mapping[str, str]
    options: Mapping[str, tuple[Option, ...]]
    version: int
    refused: tuple[str, ...] = ()
    refused_further: Mapping[str, str] = field(default_factory=dict)
    made: str = ""
    nothing: str = ""
    doubts: tuple[str, ...] = ()

    def label(self, part: str) -> str:
        """The picked option of a part, as people read it."""
        return next((o.label for o in self.options[part] if o.code == self.codes[part]), "")

    def refusing(self, sentence: str) -> PageQuestion:
        """The same question with one more thing that was not applied, said first."""
        return replace(self, refused=(sentence, *self.refused))

    @property
    def grain(self) -> Grain:
        """How finely a question over time is asked."""
        return next((grain for grain in GRAINS if grain == self.codes["grain"]), "all")

    @property
    def choices(self) -> Choices:
        """The question as the lenses take it."""
        key, _, value = self.codes["where"].partition(":")
        period = "" if self.codes["period"] == ALL_TIME else self.codes["period"]
        return Choices(
            dataset=self.codes["dataset"],
            version=self.version,
            measure=self.codes["measure"],
            by=self.codes["by"],
            reference=Reference.parse(self.codes["reference"]),
            period=PeriodRange.parse(period),
            where=((key, value),) if key else (),
            doubts=self.doubts,
        )


def resolve(datasets: Sequence[str], description: Description, wishes: Mapping[str, str]) -> PageQuestion:
    """The question nearest to the wishes that this version of this dataset can answer; ``nothing`` says why none is.

    ``wishes`` holds a code (or, for ``by``, the label) for any of the parts; a part left out gets the usual choice.
    """
    codes: dict[str, str] = {}
    options: dict[str, tuple[Option, ...]] = {"dataset": tuple(Option(name, one_line(name)) for name in datasets)}
    codes["dataset"] = description.dataset
    if nothing := nothing_to_ask(description):
        return _unanswerable(codes, options, description, nothing)
    refused: list[str] = []
    refused_further: dict[str, str] = {}

    def settle(part: str, offered: tuple[Option, ...]) -> None:
        options[part] = offered
        usual = offered[0]
        wish = wishes.get(part, usual.code)
        found = next((o for o in offered if o.code == wish), None) or next(
            (o for o in offered if o.label == wish), None
        )
        if found is None:
            sentence = _refusal(part, wish, description.dataset, usual.label)
            if part in FURTHER:
                refused_further[part] = sentence
            else:
                refused.append(sentence)
        codes[part] = (found or usual).code

    settle("measure", _measures(description))
    settle("by", _others(description))
    settle("reference", _references(description, codes["measure"], codes["by"]))
    settle("period", _periods(description, wishes.get("period", "")))
    settle("grain", _grains(description))
    settle("where", _filters(description, codes["by"]))
    settle("second", _others(description, codes["by"]) or (Option(NOTHING, "nothing else"),))
    settle("third", (Option(NOTHING, "nothing more"), *_others(description, codes["by"], codes["second"])))
    settle("within", _places_first(description, codes["by"]) or (Option(NOTHING, "nothing"),))
    settle("group", (Option(NOTHING, "every group"), *_groups(description, codes["by"])))
    settle("chart", (Option(NOTHING, "the chart that fits"), *_charts(description, codes["measure"])))
    settle("standard", (Option(NOTHING, age_standard.CRUDE), *_standards(description, codes["by"])))
    settle("against", (Option(NOTHING, "nothing"), *against(description, codes, options)))
    settle("hide", hidden_groups(description, codes["by"], wishes.get("hide", NOTHING)))
    return PageQuestion(
        codes,
        options,
        description.version,
        tuple(refused),
        refused_further,
        description.created,
        doubts=doubts.describe_doubts(description, codes["measure"]),
    )


def set_apart(datasets: Sequence[str], dataset: str, why: str) -> PageQuestion:
    """No question of a dataset that cannot be read; ``why`` is said in the place of the answer."""
    options = {"dataset": tuple(Option(name, one_line(name)) for name in datasets)}
    none: dict[str, tuple[Option, ...]] = dict.fromkeys(PARTS, ()) | options
    return PageQuestion(dict.fromkeys(PARTS, NOTHING) | {"dataset": dataset}, none, 0, nothing=why)


def _unanswerable(
    codes: Mapping[str, str], options: Mapping[str, tuple[Option, ...]], description: Description, nothing: str
) -> PageQuestion:
    """No question: the dataset alone can be picked."""
    every = dict.fromkeys(PARTS, NOTHING) | dict(codes)
    none: dict[str, tuple[Option, ...]] = dict.fromkeys(PARTS, ()) | dict(options)
    return PageQuestion(every, none, description.version, made=description.created, nothing=nothing)


def _refusal(part: str, wish: str, dataset: str, used: str) -> str:
    what = {
        "measure": f"“{wish}” is not a measure of “{dataset}”",
        "by": f"“{dataset}” is not grouped by “{wish}”",
        "reference": f"“{wish}” is not something to compare with here",
        "period": f"“{dataset}” has no period “{wish}”",
        "grain": f"“{dataset}” cannot be shown by “{wish}”",
        "where": f"“{dataset}” cannot be narrowed to “{wish}” here",
        "second": f"“{wish}” cannot be crossed with here",
        "third": f"“{wish}” cannot be crossed with here",
        "group": f"“{wish}” is not a group here",
        "chart": f"“{wish}” is not a chart that fits this measure",
        "standard": f"Rates cannot be standardized to “{wish}” here",
        "against": f"“{wish}” cannot be put beside this question",
        "hide": f"“{unquote(wish)}” are not groups that can be left out here",
        "within": f"A gap cannot be looked for within “{wish}” here",
    }[part]
    return CARD_TEXTS["you_are_looking_at_instead"].format(what=what, used=used)


@cached_per_answer
def _measures(description: Description) -> tuple[Option, ...]:
    """The measures by name, in the order of the extract."""
    return tuple(Option(m.name, one_line(m.name)) for m in description.measures)


@cached_per_answer
def _references(description: Description, measure_name: str, by: str) -> tuple[Option, ...]:
    """The measure's own reference first; a target only where the measure has one; then the groups by name."""
    measure, stratifier = description.measure(measure_name), description.stratifier(by)
    kinds = ["best", "average", "others", *(["target"] if measure.target is not None else [])]
    offered = [*(Reference.parse(kind) for kind in kinds), *(Reference("group", group) for group in stratifier.groups)]
    own_first = sorted(offered, key=lambda reference: reference != measure.reference)
    return tuple(Option(str(reference), references.chosen(reference, measure)) for reference in own_first)


@cached_per_answer
def _filters(description: Description, by: str) -> tuple[Option, ...]:
    """Everyone, or one value of another stratifier; one-way extracts have no crossings to look into."""
    others = [s for s in description.stratifiers if s.name != by] if description.tables == "crossed" else []
    return (
        Option(EVERYONE, "all patients"),
        *(Option(f"{s.name}:{c.value}", one_line(f"{s.label}: {c.value}")) for s in others for c in s.categories),
    )


@cached_per_answer
def _groups(description: Description, by: str) -> tuple[Option, ...]:
    """The groups of people, each as one that can be looked at alone."""
    categories = description.stratifier(by).categories
    return tuple(Option(c.value, one_line(c.value)) for c in categories if c.kind in ("group", "other"))


@cached_per_answer
def _charts(description: Description, measure: str) -> tuple[Option, ...]:
    """The control charts that a measure of this kind can be drawn as."""
    return tuple(Option(each.name, each.label) for each in fitting(description.measure(measure).kind))


@cached_per_answer
def _standards(description: Description, by: str) -> tuple[Option, ...]:
    """The standard populations at whose ages groups can be compared; none without age bands beside the groups."""
    if description.tables != "crossed" or description.values != "counts" or age_grouping(description, by) is None:
        return ()
    return tuple(Option(key, age_standard.standard_named(key)) for key in STANDARD_KEYS)


@cached_per_answer
def _others(description: Description, *besides: str) -> tuple[Option, ...]:
    """The stratifiers besides these, in the order in which the field asks about them."""
    offered = [s for s in description.stratifiers if s.name not in besides]
    return tuple(Option(s.name, groups.label(s)) for s in sorted(offered, key=_place_in_field))


def _place_in_field(stratifier: Stratifier) -> int:
    """Race and ethnicity first, then language, payer, sex and age; others as their dataset orders them."""
    subject = groups.subject_of(stratifier)
    return _FIRST_ASKED.index(subject) if subject in _FIRST_ASKED else len(_FIRST_ASKED)


@cached_per_answer
def _places_first(description: Description, by: str) -> tuple[Option, ...]:
    """The stratifiers besides the one asked about, the place of care first where there is one."""
    places = [s.name for s in description.stratifiers if groups.subject_of(s) == "site"]
    return tuple(sorted(_others(description, by), key=lambda option: option.code not in places))


def _periods(description: Description, wish: str) -> tuple[Option, ...]:
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


def _grains(description: Description) -> tuple[Option, ...]:
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
