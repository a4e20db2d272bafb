"""What may be asked of a dataset, and the question that a link or a person's picks come to. No Streamlit here.

A question is sixteen texts, the same that stand in a link: ``dataset`` and ``measure`` by name, ``by`` by the
stratifier's key, ``reference`` and ``period`` as :mod:`equity.vocabulary` writes them (all time is ``all``), ``grain``
for questions over time, ``where`` as ``key:value``, and the keys of further stratifiers: ``second`` and ``third`` to
cross with, ``within`` to look for the source of a gap; ``group`` and ``chart`` pick one group's control chart;
``standard`` the population at whose ages groups are compared; ``against`` is what is put beside the question, such as
``period:2022`` (`equity/lens/side_by_side.py`); ``hide`` the groups that are not drawn; ``one_group`` one group, as
``key:value``, that every measure is looked at for. Whatever comes from a browser is looked up in the lists made here;
what is not in them is replaced by the usual choice and said so, never silently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from equity.cards.parts.against import against
from equity.cards.parts.hidden_groups import hidden_groups
from equity.cards.parts.offered import (
    ALL_TIME,
    charts_offered,
    every_group_offered,
    filters_offered,
    grains_offered,
    groups_offered,
    measures_offered,
    periods_offered,
    places_offered,
    references_offered,
    scales_offered,
    standards_offered,
    stratifiers_offered,
)
from equity.cards.parts.option import NOTHING, Option
from equity.cards.parts.span import spans_offered
from equity.lens.choices import Choices
from equity.vocabulary import (
    Description,
    Grain,
    PeriodRange,
    Reference,
)
from equity.vocabulary.period import GRAINS
from equity.words import periods
from equity.words.answers import age_standard
from equity.words.datasets import doubts
from equity.words.escaping import one_line
from equity.words.labels.cards import CARD_TEXTS
from equity.words.page.cannot_show import nothing_to_ask

FURTHER = ("second", "third", "within", "group", "chart", "standard", "against", "hide", "one_group", "span", "scale")
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
        return _grain(self.codes)

    @property
    def span(self) -> PeriodRange:
        """From which period to which a question over time is asked."""
        return PeriodRange.parse(self.codes["span"])

    @property
    def choices_over_time(self) -> Choices:
        """The question as it is asked over time: of the periods that are looked at, not of the one of other pages."""
        return replace(self.choices, period=self.span)

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


def _grain(codes: Mapping[str, str]) -> Grain:
    return next((grain for grain in GRAINS if grain == codes["grain"]), "all")


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
        choice = next((o for o in offered if o.code == wish), None) or next(
            (o for o in offered if o.label == wish), None
        )
        if choice is None:
            sentence = _refusal(part, wish, description.dataset, usual)
            if part in FURTHER:
                refused_further[part] = sentence
            else:
                refused.append(sentence)
        codes[part] = (choice or usual).code

    settle("measure", measures_offered(description))
    settle("by", stratifiers_offered(description))
    settle("reference", references_offered(description, codes["measure"], codes["by"]))
    settle("period", periods_offered(description, wishes.get("period", "")))
    settle("grain", grains_offered(description))
    settle("where", filters_offered(description, codes["by"]))
    settle("second", stratifiers_offered(description, codes["by"]) or (Option(NOTHING, "nothing else"),))
    settle("third", (Option(NOTHING, "nothing more"), *stratifiers_offered(description, codes["by"], codes["second"])))
    settle("within", places_offered(description, codes["by"]) or (Option(NOTHING, "nothing"),))
    settle("group", (Option(NOTHING, "every group"), *groups_offered(description, codes["by"])))
    settle("chart", (Option(NOTHING, "the chart that fits"), *charts_offered(description, codes["measure"])))
    settle("scale", scales_offered())
    settle("standard", (Option(NOTHING, age_standard.CRUDE), *standards_offered(description, codes["by"])))
    settle("against", (Option(NOTHING, "nothing"), *against(description, codes, options)))
    settle("hide", hidden_groups(description, codes["by"], wishes.get("hide", NOTHING)))
    settle("span", spans_offered(description, _grain(codes), wishes.get("span", NOTHING)))
    settle("one_group", (Option(NOTHING, CARD_TEXTS["every_group"]), *every_group_offered(description)))
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


def _refusal(part: str, wish: str, dataset: str, used: Option) -> str:
    what = {
        "measure": f"“{wish}” is not a measure of “{dataset}”",
        "by": f"“{dataset}” is not grouped by “{wish}”",
        "reference": f"“{wish}” is not something to compare with here",
        "period": f"“{dataset}” has no period “{periods.as_asked(wish)}”",
        "grain": f"“{dataset}” cannot be shown by “{wish}”",
        "where": f"“{dataset}” cannot be narrowed to “{wish}” here",
        "second": f"“{wish}” cannot be crossed with here",
        "third": f"“{wish}” cannot be crossed with here",
        "group": f"“{wish}” is not a group here",
        "chart": f"“{wish}” is not a chart that fits this measure",
        "standard": f"Rates cannot be standardized to “{wish}” here",
        "against": f"“{_put_beside(wish)}” cannot be put beside this question",
        "hide": f"“{unquote(wish)}” are not groups that can be left out here",
        "scale": f"Charts cannot be drawn on “{wish}” here",
        "span": f"“{periods.as_asked(wish)}” does not hold two periods of “{dataset}”",
        "one_group": f"“{wish}” is not a group that every measure can be looked at for here",
        "within": f"A gap cannot be looked for within “{wish}” here",
    }[part]
    if used.code == NOTHING and part in ("second", "third", "within", "against"):
        return CARD_TEXTS["it_is_left_out"].format(what=what)
    return CARD_TEXTS["you_are_looking_at_instead"].format(what=what, used=used.label)


def _put_beside(wish: str) -> str:
    """What was to be put beside a question, without the word for its kind: ``period:2022-Q1`` is “Q1 2022”."""
    kind, _, named = wish.partition(":")
    return periods.as_asked(named) if kind == "period" else named or wish
