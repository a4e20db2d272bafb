"""Organizations beside each other, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from equity.network.blurring import FEWEST
from equity.network.comparison import Dot, Own, Picture, RateAsked
from equity.network.telling_apart import FEWEST_NAMELESS
from equity.vocabulary import Measure
from equity.words import numbers
from equity.words.cohort.pieces import EVERYBODY, measure_of
from equity.words.days import describe_date
from equity.words.escaping import one_line

RULES: Final = (
    f"At least {FEWEST} organizations, none with over half of the people. Others stand with rounded rates and without "
    "names, at the middle size of their band of five or more; your own stands with its own numbers. This is no "
    "ranking: inside the band, differences may be chance."
)
NAMES: Final = (
    f"An organization is named only where it agreed for this picture, and only while {FEWEST_NAMELESS} others or more "
    "of like size have no name. Who shows this measure in the gallery counts as named."
)
TAKEN_DOWN: Final = "This comparison was taken down, for an organization took its numbers back."
WITHHELD: Final = (
    "This comparison is not shown at present: too many others show this measure in the gallery under their name, so "
    "whoever does not could be told."
)
NOTHING_YET: Final = "No comparison was made yet."
NOT_ENOUGH: Final = f"Nothing can be compared yet: at least {FEWEST} organizations must share the same rate by year."
MAKE: Final = "Make this comparison"
MORE: Final = "Show more comparisons"
SEND: Final = "Send it to a team elsewhere"
SEND_MEANS: Final = (
    "One web page with that team’s own numbers marked and the others without a name. It is for that team alone."
)
SAVE_SHEET: Final = "Save the page for this team"
COLUMNS: Final = ("Organization", "Rate", "People, about")
WITHOUT_NAME: Final = "without a name"
YOURS: Final = "Your organization"
AXIS: Final = "People in the group (middle of the band)"


def asked(question: RateAsked) -> str:
    """What is compared."""
    group = f", {one_line(question.group)}" if question.group else f", {EVERYBODY.lower()}"
    period = f", {one_line(question.period)}" if question.period else ""
    return f"{one_line(question.measure)}{group}{period}"


def choice(question: RateAsked, count: int) -> str:
    """What can be compared, in a list to choose from."""
    by = f" ({one_line(question.grouping)})" if question.grouping else ""
    return f"{asked(question)}{by}: {count} organizations"


def finding(picture: Picture) -> str:
    """What is to be seen, in a sentence."""
    measure = measure_of(picture.measure)
    centre = numbers.rate(measure, picture.centre)
    about = f"{asked(picture.asked)}: {picture.organizations} organizations, {centre} on average."
    return f"{about} {_own(picture, picture.own)}".strip() if picture.own else about


def _own(picture: Picture, own: Own) -> str:
    measure = measure_of(picture.measure)
    rate = numbers.rate(measure, own.rate, own.n)
    ranged = numbers.rate_range(measure, own.lower, own.upper, own.n)
    said = f"Yours: {rate} (95% range {numbers.span(ranged)})"
    if not own.inner:
        return f"{said}, within what chance and ordinary variation explain."
    side = "higher" if own.inner > 0 else "lower"
    strength = "far outside" if own.outer else "outside"
    return f"{said}, {side}: {strength} what chance and ordinary variation explain."


def rows(picture: Picture) -> list[dict[str, str]]:
    """The picture as a table, sorted by rate, the own first."""
    measure = measure_of(picture.measure)
    listed = []
    if picture.own:
        own = picture.own
        cells = (YOURS, numbers.rate(measure, own.rate, own.n), numbers.count(own.n))
        listed.append(dict(zip(COLUMNS, cells, strict=True)))
    for dot in picture.dots:
        cells = (dot_name(dot), rounded(measure, dot.rate), numbers.count(dot.size))
        listed.append(dict(zip(COLUMNS, cells, strict=True)))
    return listed


WHOLE: Final = 100.0
"""An n at which a percent is written whole."""


def rounded(measure: Measure, rate: float) -> str:
    """The rate of an organization without a name: a whole percent, or the two digits that it has."""
    return numbers.rate(measure, rate, WHOLE) if measure.kind == "proportion" else numbers.rate(measure, rate)


def dot_name(dot: Dot) -> str:
    """An organization's name, or that it has none here."""
    return one_line(dot.name) or WITHOUT_NAME


def spread(picture: Picture) -> str:
    """From where to where the others reach."""
    measure = measure_of(picture.measure)
    low, high = picture.dots[0].rate, picture.dots[-1].rate
    return f"The others: {rounded(measure, low)} to {rounded(measure, high)}."


def sheet_title(picture: Picture) -> str:
    """The heading of a comparison that is sent to a team elsewhere."""
    return f"Organizations compared: {asked(picture.asked)}"


def differs(definitions: Sequence[tuple[str, str]]) -> list[str]:
    """What others define otherwise."""
    return [
        f"{one_line(name) or 'An organization'} measures it otherwise: {one_line(what, 300)}."
        for name, what in definitions
    ]


def made(day: str) -> str:
    """When it was made."""
    return f"Made on {describe_date(day)} from releases."
