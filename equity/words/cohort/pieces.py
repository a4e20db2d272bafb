"""A piece that a team shares, as headings, lines and tables; the same on screen and in a package."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from equity.network.pieces import CycleTold, DriverTold, EffectTold, MeasureTold, Piece, PieceKind, RateRow, ReleaseTold
from equity.vocabulary import Measure
from equity.words import numbers
from equity.words.days import describe_date
from equity.words.escaping import one_line
from equity.words.work import cycles as cycle_words

KINDS: Final[Mapping[PieceKind, str]] = MappingProxyType(
    {
        "release": "Rates of a release",
        "card": "A finding",
        "reflection": "From a reflection",
        "history": "From our history",
        "project": "A project",
        "cycle": "A test of change",
        "drivers": "A driver diagram",
    }
)
"""What each kind is called."""
LEVELS: Final[Mapping[str, str]] = MappingProxyType(
    {"primary": "Primary drivers", "secondary": "Secondary drivers", "idea": "Change ideas"}
)
EVERYBODY: Final = "Everybody"
ALONE: Final = "for comparisons alone, without the team’s name"
RATE_COLUMNS: Final = ("Measure", "Group by", "Group", "Year", "Rate", "95% range", "Of")
LONGEST: Final = 4_000


def about(piece: Piece) -> str:
    """Kind, day, and what it is about, in a line."""
    parts = [KINDS[piece.kind], f"shared on {describe_date(piece.shared)}"]
    parts += [one_line(part) for part in (piece.area, piece.topic) if part]
    if piece.idea:
        parts.append(f"idea: {one_line(piece.idea)}")
    if piece.seen == "comparison":
        parts.append(ALONE)
    return ", ".join(parts) + "."


def lines(piece: Piece) -> list[str]:
    """What a piece says, line by line; tables are beside it."""
    said = [f"{one_line(each.label)}: {one_line(each.text, LONGEST)}" for each in piece.words]
    if piece.card is not None:
        said += [one_line(piece.card.finding, LONGEST), f"Numbers from release {one_line(piece.card.release)}."]
    if piece.cycle is not None:
        said += _cycle(piece.cycle)
    if piece.release is not None:
        said.append(f"Numbers from release {one_line(piece.release.id)}. {one_line(piece.release.rule, 400)}")
    return said


def drivers(piece: Piece) -> list[tuple[str, list[str]]]:
    """A driver diagram level by level, each with what it serves."""
    words = {driver.id: driver.words for driver in piece.drivers}
    return [
        (name, [_driver(each, words) for each in piece.drivers if each.level == level])
        for level, name in LEVELS.items()
        if any(each.level == level for each in piece.drivers)
    ]


def _driver(driver: DriverTold, words: Mapping[str, str]) -> str:
    served = [one_line(words.get(each, "")) for each in (*driver.strong, *driver.weak)]
    serves = f" (serves: {'; '.join(filter(None, served))})" if any(served) else ""
    return f"{one_line(driver.words)}{serves}"


def _cycle(cycle: CycleTold) -> list[str]:
    said = [f"What was tried: {one_line(cycle.what, LONGEST)}"]
    for question in cycle.questions:
        said.append(f"Asked: {one_line(question.words, LONGEST)}")
        if question.prediction.strip():
            said.append(f"Expected: {one_line(question.prediction, LONGEST)}")
        if question.result.strip():
            said.append(f"Happened: {one_line(question.result, LONGEST)}")
    decided = next((told[0] for key, told in cycle_words.DECISIONS.items() if key == cycle.decision), cycle.decision)
    said.append(f"Decided: {one_line(decided).lower()}. {one_line(cycle.why, LONGEST)}".rstrip())
    if cycle.learned.strip():
        said.append(f"Learned: {one_line(cycle.learned, LONGEST)}")
    said.append(effect(cycle) if cycle.effect else one_line(cycle.no_effect, LONGEST))
    return [each for each in said if each]


def effect(cycle: CycleTold) -> str:
    """What changed around a test, as the release shows it; empty where nothing is told."""
    told, measure = cycle.effect, cycle.measure
    if told is None or measure is None:
        return ""
    low, high = told.value - 1.96 * told.error, told.value + 1.96 * told.error
    what = f"{one_line(measure.name)}, {one_line(cycle.group)}, {one_line(told.before)} to {one_line(told.after)}"
    expected = "" if cycle.predicted is None else f" Expected: {change(cycle.predicted, measure.kind, measure.unit)}."
    ranged = f"{_plain(low, measure.kind)} to {_plain(high, measure.kind)}"
    return f"{what}: {change(told.value, measure.kind, measure.unit)} (95% range {ranged}).{expected}{_source(told)}"


def _source(told: EffectTold) -> str:
    return f" Numbers from release {one_line(told.release)}."


def change(value: float, kind: str, unit: str) -> str:
    """A change with its direction: “3.1 points better”."""
    side = "better" if value > 0 else "worse" if value < 0 else ""
    amount = _plain(abs(value), kind)
    if float(amount) == 0:
        return numbers.NO_DIFFERENCE
    return f"{amount} {_unit(kind, unit)} {side}".replace("  ", " ")


def _plain(value: float, kind: str) -> str:
    return f"{100 * value:.1f}" if kind == "proportion" else f"{value:.3g}"


def _unit(kind: str, unit: str) -> str:
    return "points" if kind == "proportion" else one_line(unit)


def measure_of(told: MeasureTold) -> Measure:
    """The measure as our own words take it."""
    return Measure(told.name, told.kind, told.polarity, told.area, told.multiplier, told.unit)


def numbers_of(rows: int) -> str:
    """The label over a piece's table."""
    return f"Numbers ({numbers.count(rows)} rows)"


def table(piece: Piece) -> tuple[tuple[str, ...], list[tuple[str, ...]]] | None:
    """The numbers of a piece as a table: columns, and rows as text; None for a piece without."""
    if piece.card is not None:
        return piece.card.columns, [tuple(one_line(cell, 400) for cell in row) for row in piece.card.rows]
    if piece.release is not None:
        return RATE_COLUMNS, [_rate_row(piece.release, row) for row in piece.release.rows]
    return None


def _rate_row(told: ReleaseTold, row: RateRow) -> tuple[str, ...]:
    at, by, group, year, n, _x, _effective, value, lower, upper = row
    measure = measure_of(told.measures[at])
    return (
        one_line(measure.name),
        one_line(told.groupings[by].label) if group else "",
        one_line(group) or EVERYBODY,
        one_line(year) or "all",
        numbers.rate(measure, value, n),
        numbers.rate_range(measure, lower, upper, n),
        numbers.count(n),
    )
