"""Every card of the pages as a file, asked from a terminal: the same cards, by the same registry, as on the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

from equity.access.here import Here
from equity.actions.sources import WorkspaceSource
from equity.cards import age_standard, disparities, scan
from equity.cards.card import Card, csv_of, sheet_of
from equity.cards.made_again import MAKERS, PAGES
from equity.cards.page_question import PageQuestion, resolve
from equity.export.formats import BY_ENDING
from equity.lens.choices import Choices
from equity.store.files.versions import current_version
from equity.vocabulary import Description, PeriodRange, PlainError, Reference, Stratifier
from equity.words import groups

EQUAL_AGES: Final = "age-standardized"
LARGEST_GAPS: Final = scan.CARDS.called
USUAL_STANDARD: Final = "us2000"


def _by_question() -> dict[str, list[tuple[str, str]]]:
    cards: dict[str, list[tuple[str, str]]] = {}
    for page, held in PAGES.items():
        for card in held.makers:
            at_equal_ages = card in age_standard.GROUPS or card in age_standard.OVER_TIME
            question = EQUAL_AGES if at_equal_ages else held.typed_as(page)
            cards.setdefault(question, []).append((page, card))
    return cards


CARDS: Final[Mapping[str, list[tuple[str, str]]]] = _by_question()
"""The cards of each question, by the question's name in a terminal: every card that there is, in its page's order."""
QUESTIONS: Final = tuple(name for name in CARDS if name != "explore")
"""What can be exported by name: Explore is asked on its page alone."""


@dataclass(frozen=True)
class Wanted:
    """What is to be exported, as it is typed; an empty text or None asks for the usual.

    ``further`` are the question's other parts by name: grain, second, third, within, group, chart, standard.
    """

    question: str
    dataset: str
    measure: str = ""
    by: str = ""
    reference: str | None = None
    period: str = ""
    where: tuple[tuple[str, str], ...] = ()
    further: Mapping[str, str] | None = None


@dataclass(frozen=True)
class _AskedSource(WorkspaceSource):
    """A workspace's numbers in the stretch and among the people that were asked for, however many filters those are."""

    period: PeriodRange | None = None
    where: tuple[tuple[str, str], ...] = ()

    def asked(self, choices: Choices) -> Choices:
        """The question with the stretch and the filters as they were typed."""
        return replace(choices, period=self.period or choices.period, where=self.where)


def cards_of(wanted: Wanted, place: Here, home: Path) -> tuple[list[Card], list[str]]:
    """The cards that answer, and a sentence for each that the dataset cannot answer.

    Raises :class:`PlainError` when the dataset has not what is named, and when no card can be made.
    """
    held = current_version(home, wanted.dataset).description()
    where = tuple((held.stratifier(name).name, value) for name, value in wanted.where)
    period = PeriodRange.parse(wanted.period) if wanted.period else None
    source, question = _AskedSource(place, home, period, where), _question(wanted, held)
    made: list[Card] = []
    refused: list[str] = []
    for page, card in CARDS[wanted.question]:
        if card == disparities.BESIDE and not question.codes["against"]:
            continue  # nothing was to be put beside the question
        if card == scan.ONE_GROUP and not question.codes["one_group"]:
            continue  # nobody asked for one group alone
        try:
            of = replace(source, period=None) if card == disparities.BESIDE else source  # one side has another period
            made.append(MAKERS[page][card].make(question, wanted.further or {}, of))
        except PlainError as refusal:
            refused.append(str(refusal))
    if not made:
        raise PlainError(refused[0])
    made.sort(key=lambda each: each.key != scan.ONE_GROUP)  # the group that was asked for leads
    return made, list(dict.fromkeys(refused))


def _question(wanted: Wanted, held: Description) -> PageQuestion:
    """The question of the pages; raises :class:`PlainError` where the dataset cannot be asked it."""
    wishes = {"period": wanted.period or "all", **(wanted.further or {})}
    if wanted.measure:
        wishes["measure"] = held.measure(wanted.measure).name
    if wanted.by:
        wishes["by"] = held.stratifier(wanted.by).name
    if wanted.reference is not None:
        wishes["reference"] = str(Reference.parse(wanted.reference))
    for part in ("within", "second", "third"):
        if part in wishes:
            wishes[part] = held.stratifier(wishes[part]).name
    if wanted.question == LARGEST_GAPS and wanted.by and "group" in wishes:
        wishes["one_group"] = f"{wishes['by']}:{wishes['group']}"
    if wanted.question == EQUAL_AGES:
        wishes.setdefault("standard", USUAL_STANDARD)
    question = resolve([held.dataset], held, wishes)
    if question.nothing:
        raise PlainError(question.nothing)
    for part, wish in wishes.items():
        if part != "period" and question.codes.get(part, wish) != wish:  # the source asks for the period as typed
            _refuse(part, wish, held, wishes.get("by", ""))
    return question


def _refuse(part: str, wish: str, held: Description, by: str) -> NoReturn:
    """Say what the dataset cannot be asked; of a group, which there are."""
    if by and part in ("group", "one_group"):
        stratifier = held.stratifier(by)
        names = groups.listed([c.value for c in stratifier.categories if c.kind in ("group", "other")], most=12)
        group, of = wish.removeprefix(f"{by}:"), f"“{stratifier.label}” in “{held.dataset}”"
        raise PlainError(f"“{group}” is no group of {of}: name one as it is written, of {names}.")
    raise PlainError(f"“{wish}” is nothing that “{held.dataset}” can be asked here as “{part}”.")


def as_file(cards: Sequence[Card], stratifiers: Sequence[Stratifier], on: date, form: str) -> bytes:
    """The cards as one of `FORMATS` by its ending, or as ``csv``: the numbers of the first one, whose finding leads."""
    if form == "csv":
        return csv_of(cards[0].numbers())
    return BY_ENDING[form].write([sheet_of(card, stratifiers, on) for card in cards])
