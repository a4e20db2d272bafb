"""The cards of a call: from words or a page into a recipe, and from a recipe into what a participant gets.

Before the reveal a card is a question and the names of groups: its answer is not asked for. After it, the card is made
by the same code as on its page, from the source that this reader may see.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import parse_qsl

from equity.actions.sources import CallSource, ReleaseSource
from equity.calls.guesses import GuessStrip, sketches, strip
from equity.calls.state import CallCard, Contribution
from equity.cards.card import Card
from equity.cards.made_again import MAKERS, PAGES, asked_first, made_again
from equity.cards.page_question import PARTS, resolve
from equity.cards.recipe import Recipe, recipe, recipes_in
from equity.charts.parts import template
from equity.explore.asked import PARTS as EXPLORE_PARTS
from equity.explore.explored import NO_ROWS
from equity.lens.answers import Disparities
from equity.vocabulary import Description, Measure, PeriodRange, PlainError
from equity.words import groups as group_words
from equity.words import numbers
from equity.words.call.call_prompts import fitting as fitting_prompts
from equity.words.call.calls import guesses_sentence
from equity.words.escaping import one_line
from equity.words.languages import call_answers
from equity.words.page import choices as sentence

_CODES: Final = {
    **{held.called: page for page, held in PAGES.items() if held.called},
    "clinical-areas": "areas",
    "gap-sources": "gap_sources",
}
"""Other names under which a page may be written in the terminal."""


@dataclass(frozen=True)
class Guessed:
    """What a guess about a card may name: groups, and the unit of how far."""

    groups: tuple[str, ...]
    unit: str


def recipe_of(text: str, description: Description) -> Recipe:
    """A card written as a link, such as ``disparities?measure=M&by=S&period=2024`` or ``trends.multiples?…``.

    Raises :class:`PlainError` when there is no such card, or when the dataset cannot answer it as it is asked.
    """
    name, _, query = text.strip().partition("?")
    page, _, card = name.strip("/ ").partition(".")
    page = _CODES.get(page, page.replace("-", "_"))
    makers = MAKERS.get(page)
    if makers is None:
        raise PlainError(f"There is no card “{one_line(name)}”: choose one of {', '.join(sorted(MAKERS))}.")
    card = card or next(iter(makers))
    if card not in makers:
        raise PlainError(f"“{one_line(page)}” has no card “{one_line(card)}”: choose one of {', '.join(makers)}.")
    wishes = dict(parse_qsl(query, keep_blank_values=True))
    further = set(EXPLORE_PARTS) if page == "explore" else set()
    odd = sorted(set(wishes) - set(PARTS) - further - {"close_by", "of", "share", "fared", "card", "version", "made"})
    if odd:
        raise PlainError(f"A card is not asked “{one_line(odd[0])}”: it may be asked {', '.join(PARTS[1:])}.")
    question = resolve([description.dataset], description, {**wishes, "dataset": description.dataset})
    refused = [*question.refused, *(said for part, said in question.refused_further.items() if part in wishes)]
    if refused:
        what = re.split(": you are looking|, so it is left out", refused[0])[0]
        raise PlainError(f"{what}: open the card on its page, and copy what its address asks.")
    made = recipe(page, card, question)
    for part in ("close_by", *further):
        made = made.with_part(part, wishes[part]) if part in wishes else made
    return made


def as_event(made: Recipe, source: CallSource) -> dict[str, Any]:
    """A card as the log keeps it: how it is made, and what is asked before it is shown."""
    fitted = fitting(made, source)
    guess = _guessed(fitted, source)
    return {
        "page": made.page,
        "link": made.parameters(),
        "question": asked_first(fitted, source).question,
        "asked": asked(fitted, source),
        "groups": list(guess.groups),
        "unit": guess.unit,
        "parts": _parts(fitted, source),
    }


def recipe_from(card: CallCard) -> Recipe:
    """How a card of a call is made."""
    return recipes_in(card.link)[0]


def fitting(made: Recipe, source: CallSource) -> Recipe:
    """The same card asked of a release, where that is the source; of the workspace, the very same version."""
    if not isinstance(source, ReleaseSource):
        return made
    if made.page == "explore":
        raise PlainError(NO_ROWS)
    held = source.description()
    parts = PAGES[made.page].asked
    codes = tuple((part, code) for part, code in made.codes if part in parts or part not in PARTS)
    fitted = replace(made, codes=codes, version=held.version, made=held.created)
    try:
        fitted.question(source)
    except PlainError:
        raise PlainError(
            f"The release “{source.release_id}” does not hold what the card “{made.page}” asks: choose another one, "
            "or a card of its measures, groupings and periods."
        ) from None
    return fitted


def asked(made: Recipe, source: CallSource) -> str:
    """What the card is asked, as the choice bar's sentence; of a page without a period it is all time."""
    held, choices = made.description(source), made.question(source).choices
    if "period" not in PAGES[made.page].asked:
        choices = replace(choices, period=PeriodRange())
    measure = held.measure(choices.measure) if choices.measure else None
    return sentence.as_text(choices, measure, held.stratifiers)


def card_of(card: CallCard, source: CallSource) -> Card:
    """The card itself; raises :class:`PlainError` when its data are gone or the source cannot answer."""
    return made_again(fitting(recipe_from(card), source), source)


def closed_payload(card: CallCard) -> dict[str, Any]:
    """What anybody gets before the reveal, and for good whoever may see no numbers: nothing that an answer holds."""
    return {
        "card": card.number,
        "question": card.question,
        "asked": card.asked,
        "revealed": False,
        "sentence": "",
        "alt": "",
        "figure": None,
        "table": None,
        "groups": list(card.groups),
        "unit": card.unit,
    }


def open_payload(card: CallCard, made: Card) -> dict[str, Any]:
    """What a participant gets after the reveal: the finding, the figure in both palettes, and the table as text."""
    table = made.table()
    return {
        **closed_payload(card),
        "revealed": True,
        "sentence": made.finding,
        "spoken": call_answers.findings(made.answer),
        "alt": made.alt,
        "caption": made.caption,
        "figure": _figure(made, template.LIGHT),
        "dark": dict(zip(_colors(template.LIGHT), _colors(template.DARK), strict=True)),
        "table": {
            "caption": made.caption,
            "columns": [str(name) for name in table.columns],
            "rows": [[str(cell) for cell in row] for row in table.to_numpy(dtype=object).tolist()],
        },
    }


def refused_payload(card: CallCard, why: str) -> dict[str, Any]:
    """What a participant gets when the card cannot be made: the reason, in a sentence."""
    return {**closed_payload(card), "revealed": True, "sentence": why}


def prompts(made: Card) -> list[str]:
    """Questions that fit a picture, for whoever leads: what stands out in its own answer, then its page's question."""
    return list(fitting_prompts(made.answer))


def guesses(card: CallCard, made: Card | None, contributions: list[Contribution]) -> dict[str, Any] | None:
    """Everybody's guesses beside the truth, with the sentence that says how many thought the gap smaller."""
    guess_strip = strip_of(card, made, contributions)
    if guess_strip is None:
        return None
    drawn = sketches(contributions, _rates(made))
    answer = None if made is None else made.answer
    return {
        "sketches": [{"group": s.group, "guesses": list(s.guesses), "truth": s.truth} for s in drawn],
        "guesses": list(guess_strip.guesses),
        "truth": guess_strip.truth,
        "group": guess_strip.group,
        "unit": guess_strip.unit,
        "sentence": guesses_sentence(guess_strip),
        "spoken": call_answers.guesses_said(guess_strip, answer) if isinstance(answer, Disparities) else {},
    }


def strip_of(card: CallCard, made: Card | None, contributions: list[Contribution]) -> GuessStrip | None:
    """The strip of guesses of a card that compares groups; other cards have no single truth to stand beside."""
    answer = None if made is None else made.answer
    if not isinstance(answer, Disparities) or not card.unit:
        return None
    rows = answer.rows
    compared = rows[(rows["shown"] == "yes") & rows["gap"].notna() & (rows["verdict"] != "reference")]
    compared = compared[compared["reliability"] != "too_few"]
    if compared.empty:
        return None
    widest = compared.iloc[int(compared["gap"].to_numpy().argmax())]
    truth = max(float(widest["gap"]) * _scale(answer.measure), 0.0)
    group = group_words.describe_group(answer.stratifier, str(widest["group"]), group_words.noun(answer.measure))
    return strip(contributions, truth, group, card.unit) if math.isfinite(truth) else None


def _rates(made: Card | None) -> dict[str, float]:
    """Each group's rate as the card shows it, in the unit in which people sketch."""
    answer = None if made is None else made.answer
    if not isinstance(answer, Disparities):
        return {}
    rows = answer.rows[(answer.rows["shown"] == "yes") & answer.rows["rate"].notna()]
    scale, by, of = _scale(answer.measure), answer.stratifier, group_words.noun(answer.measure)
    return {
        group_words.describe_group(by, str(row["group"]), of): float(row["rate"]) * scale for _, row in rows.iterrows()
    }


def _parts(made: Recipe, source: CallSource) -> dict[str, Any]:
    """What words about the card may be about, and how its groups are sketched; from the description alone."""
    held, question = made.description(source), made.question(source)
    choices = question.choices
    if made.page not in ("disparities", "trends"):
        return {}
    by, measure = held.stratifier(choices.by), held.measure(choices.measure)
    seen = [period for period in held.periods if question.span.contains(period)] if made.page == "trends" else ()
    years = dict.fromkeys(period[:4] for period in seen)
    parts: dict[str, Any] = {
        "groups": [group_words.describe_group(by, group, group_words.noun(measure)) for group in by.groups],
        "periods": list(years),
    }
    if made.page == "disparities":
        worst = {"higher_better": "lowest", "lower_better": "highest"}.get(measure.polarity, "")
        percent = measure.kind == "proportion"
        unit = "%" if percent else numbers.unit(measure) or ""
        parts["sketch"] = {"unit": unit, "worst": worst, "most": 100 if percent else None, "step": 5 if percent else 1}
    return parts


def _scale(measure: Measure) -> float:
    """From a gap inside to the unit in which people guess it: points, events per so many, the unit of a mean."""
    return 100.0 if measure.kind == "proportion" else measure.multiplier


def _guessed(made: Recipe, source: CallSource) -> Guessed:
    """Which groups a guess may name and in which unit, from the description of the data alone."""
    held, choices = made.description(source), made.question(source).choices
    if made.page != "disparities":
        return Guessed((), "")
    by, measure = held.stratifier(choices.by), held.measure(choices.measure)
    unit = "percentage points" if measure.kind == "proportion" else numbers.unit(measure) or "the measure’s unit"
    of = group_words.noun(measure)
    return Guessed(tuple(group_words.describe_group(by, group, of) for group in by.groups), unit)


def _figure(made: Card, palette: template.Palette) -> Mapping[str, Any]:
    drawn = template.painted(made.figure, palette)
    figure: dict[str, Any] = json.loads(drawn.to_json())
    return figure


def _colors(palette: template.Palette) -> tuple[str, ...]:
    return (*palette.diverging, *palette.roles, palette.paper)
