"""The cards of age-standardized rates: groups side by side, and over time. Asked for by naming a standard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from equity.cards.card import Card
from equity.cards.maker import Maker, maker
from equity.cards.page_question import PageQuestion
from equity.cards.recipe import recipe
from equity.cards.source import Source
from equity.charts import age_standard as charts
from equity.export import native_deeper
from equity.lens.answers import AgeStandardized
from equity.vocabulary import PlainError
from equity.words.answers import age_standard as words
from equity.words.answers import predictions
from equity.words.labels.cards import CARD_TEXTS

NO_STANDARD = CARD_TEXTS["choose_a_standard_population_so"]
NO_SERIES = CARD_TEXTS["these_data_have_one_period_only"]


def ask(question: PageQuestion, source: Source) -> AgeStandardized:
    """The groups at equal ages; raises :class:`PlainError` where no standard is named or the data have no ages."""
    if not question.codes["standard"]:
        raise PlainError(NO_STANDARD)
    return source.age_standardized(question.choices, question.codes["standard"], None)


def ask_over_time(question: PageQuestion, source: Source) -> AgeStandardized:
    """The same over time, by year, whatever period another page asks about: within the periods that are looked at."""
    if not question.codes["standard"]:
        raise PlainError(NO_STANDARD)
    answer = source.age_standardized(question.choices_over_time, question.codes["standard"], None)
    if answer.over_time.empty:
        raise PlainError(NO_SERIES)
    return answer


def groups(question: PageQuestion, answer: AgeStandardized) -> Card:
    """Every group crude and at equal ages."""
    return Card(
        key="equal_ages",
        finding=words.finding(answer).removesuffix("."),
        figure=charts.groups(answer),
        alt=words.alt_text(answer),
        table=lambda: words.table(answer),
        caption=words.table_caption(answer),
        numbers=lambda: answer.rows,
        answer=answer,
        method=lambda: [words.METHOD, *words.caveats(answer)],
        native=lambda: native_deeper.at_equal_ages(answer),
        recipe=recipe("disparities", "equal_ages", question),
    )


def over_time(question: PageQuestion, answer: AgeStandardized) -> Card:
    """Every group at equal ages over time."""
    return Card(
        key="equal_ages",
        finding=words.over_time_title(answer),
        figure=charts.over_time(answer),
        alt=words.over_time_alt_text(answer),
        table=lambda: words.over_time_table(answer),
        caption=words.over_time_caption(answer),
        numbers=lambda: answer.over_time,
        answer=answer,
        method=lambda: [words.METHOD, *words.caveats(answer)],
        recipe=recipe("trends", "equal_ages", question),
    )


GROUPS: Final[Mapping[str, Maker]] = {"equal_ages": maker(ask, groups, predictions.groups_compared)}
OVER_TIME: Final[Mapping[str, Maker]] = {
    "equal_ages": Maker(
        lambda question, _, source: over_time(question, ask_over_time(question, source)),
        lambda question, held: predictions.over_time(question.choices_over_time, held),
    )
}
ON_PAGES_OF_OTHERS: Final = {"disparities": GROUPS, "trends": OVER_TIME}
"""Cards that stand on another module's page, after its own."""
