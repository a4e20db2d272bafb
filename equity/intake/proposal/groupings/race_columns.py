"""Race in several columns: a second race, a question of ethnicity, check boxes. They make one answer after OMB 2024."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from equity.intake.columns.column_names import CODE, STRATIFIERS, heard
from equity.intake.columns.profile import ColumnProfile
from equity.intake.spellings.numbers import parse_number
from equity.intake.spellings.standards import standard
from equity.intake.spellings.yes_no import says_no, says_yes
from equity.vocabulary import Answer, OpenQuestion, Setting, StratifierMapping

ENOUGH = 0.6
HISPANIC = "Hispanic or Latino"
_NUMBERED = re.compile(
    r"^(?:patient |pt |primary |self reported )?rac(?:e|ial category) ?(?:code )?"
    r"(?:[1-9]|[a-f]|one|two|three|four|five)$"
)
_TICK = re.compile(r"\brace\b(?:.*\bchoice\b)?[ _]*(?P<choice>.+)$")
_CODED_BOX = re.compile(r"^(?:\w+ )?race(?: ethnicity)? (?P<code>\d{1,2})$")
BOX = "Race box"
_AIAN, _ASIAN, _BLACK = "American Indian or Alaska Native", "Asian", "Black or African American"
_NHPI, _WHITE, _OTHER = "Native Hawaiian or Pacific Islander", "White", "Some other race"
_ORDERS: tuple[dict[str, str], ...] = tuple(
    {str(place): race for place, race in enumerate(races, start=first)}
    for first, races in (
        (1, (_AIAN, _ASIAN, _BLACK, _NHPI, _WHITE, _OTHER)),  # by the alphabet, as OMB lists them
        (1, (_WHITE, _BLACK, _AIAN, _ASIAN, _NHPI, _OTHER)),  # as the census asks
        (0, (_AIAN, _ASIAN, _NHPI, _BLACK, _WHITE, "Multiracial", "Unknown")),  # NIH's enrollment table
        (1, (_AIAN, _ASIAN, _NHPI, _BLACK, _WHITE, "Multiracial", "Unknown")),
    )
)
_HISPANIC_NAME = re.compile(r"\b(?:hispanic|latin\w|ethnicity hispanic|hisp)\b")


@dataclass(frozen=True)
class RaceAnswer:
    """The columns that make one answer, and the stratifier that they are."""

    columns: tuple[ColumnProfile, ...]
    mapping: StratifierMapping
    why: str


def one_answer_of_race(columns: Sequence[ColumnProfile]) -> RaceAnswer | None:
    """The columns of race and ethnicity that belong together; None where race stands in one column."""
    choices = _ticks(columns) or _coded_boxes(columns)
    if len(choices) > 1:
        boxes = tuple(c for c in columns if c.name in choices)
        return _answer(boxes, _ethnicity(columns, boxes), choices, "each race has a check box, and they are joined")
    numbered = tuple(c for c in columns if _NUMBERED.match(heard(c.name)) and not _is_ticked(c))
    if len(numbered) > 1:
        return _answer(numbered, _ethnicity(columns, numbered), {}, "race stands in several columns, which are joined")
    race = [c for c in columns if _is(c, "race") and c.distinct > 1 and not _is_ticked(c)]
    if not race:
        return None
    ethnicity = _ethnicity(columns, (race[0],))
    if ethnicity is None:
        return None
    return _answer((race[0],), ethnicity, {}, "race and ethnicity stand in two columns and are joined", "omb-1997")


def _answer(
    races: tuple[ColumnProfile, ...],
    ethnicity: ColumnProfile | None,
    choices: dict[str, str],
    why: str,
    shipped: str = "omb-2024",
) -> RaceAnswer:
    together = (*races, ethnicity) if ethnicity is not None else races
    if ethnicity is not None and _is_ticked(ethnicity):
        choices = choices | {ethnicity.name: HISPANIC}
    return RaceAnswer(
        together,
        StratifierMapping(
            "race_ethnicity",
            tuple(c.name for c in together),
            "Race and ethnicity",
            standard=shipped,
            choices=choices,
        ),
        why,
    )


def _ethnicity(columns: Sequence[ColumnProfile], races: Sequence[ColumnProfile]) -> ColumnProfile | None:
    """The column that asks whether somebody is Hispanic, in words or as yes and no."""
    shipped = standard("hispanic-origin")
    for column in columns:
        name = heard(column.name)
        if column in races or not (_is(column, "ethnicity") or _HISPANIC_NAME.search(name)) or column.distinct < 2:
            continue
        if _is_ticked(column) and _HISPANIC_NAME.search(name):
            return column
        if shipped.recognised(list(column.values[:20])) >= ENOUGH and not _is_ticked(column):
            return column
    return None


def _ticks(columns: Sequence[ColumnProfile]) -> dict[str, str]:
    """The race that a tick stands for in each column of check boxes, where the column's name says it."""
    shipped = standard("omb-2024")
    races = {}
    for column in columns:
        if not _is_ticked(column):
            continue
        name = re.sub(r"[=()\[\]]+", " ", heard(column.name)).strip()
        match = _TICK.search(name)
        known = shipped.find(match["choice"].strip()) if match else None
        if known is not None and known.kind in ("group", "other"):
            races[column.name] = known.value
    return races


def _coded_boxes(columns: Sequence[ColumnProfile]) -> dict[str, str]:
    """The check boxes whose columns only carry a code of race (``race___3``), each named by its code."""
    boxes = {}
    for column in columns:
        match = _CODED_BOX.match(heard(column.name))
        if match and _is_ticked(column):
            boxes[column.name] = f"{BOX} {int(match['code'])}"
    return boxes


def ask_boxes(columns: Sequence[ColumnProfile], stratifiers: Sequence[StratifierMapping]) -> OpenQuestion | None:
    """Which race each coded check box is; an extract has the codes and the project's data dictionary the words."""
    asked = next((s for s in stratifiers if any(c.startswith(f"{BOX} ") for c in s.choices.values())), None)
    if asked is None:
        return None
    codes = {name: choice.removeprefix(f"{BOX} ") for name, choice in asked.choices.items() if choice.startswith(BOX)}
    ticked = {c.name: _amount_ticked(c) for c in columns if c.name in codes}
    path = ("stratifiers", asked.name, "choices")
    answers = [
        Answer(
            f"not known yet: they are called {BOX} {', '.join(codes.values())} until somebody names them",
            (Setting(path, tuple(asked.choices.items())),),
        )
    ]
    for order in _ORDERS:
        if set(codes.values()) <= order.keys() and ("0" in codes.values()) == ("0" in order):
            named = {name: order[code] for name, code in codes.items()}
            said = " · ".join(f"{codes[name]} {race} ({ticked[name]:,})" for name, race in named.items())
            answers.append(Answer(said, (Setting(path, tuple({**asked.choices, **named}.items())),)))
    return OpenQuestion(
        f"boxes:{asked.name}",
        tuple(codes),
        "Race stands in check boxes under codes: which race is each? The project's data dictionary says it.",
        tuple(answers[:4]),
        0.4,
        "the file does not name them; whoever ticked several is Multiracial either way",
    )


def _amount_ticked(column: ColumnProfile) -> int:
    return sum(count for v, count in column.counts.items() if says_yes(v) or parse_number(v).value == 1)


def _is_ticked(column: ColumnProfile) -> bool:
    """Whether a column holds ticks: 0 and 1, yes and no, checked and unchecked."""
    words = {v.casefold() for v in column.values}
    if words <= {"checked", "unchecked"}:
        return bool(words)
    return bool(words) and all(says_yes(w) or says_no(w) or parse_number(w).value in (0.0, 1.0) for w in words)


def _is(column: ColumnProfile, key: str) -> bool:
    """Whether a column's name is first of all one of this grouping, and no code of it."""
    name = heard(column.name)
    first = next((k for k, _, pattern, _ in STRATIFIERS if pattern.search(name)), "")
    return first == key and not CODE.search(name)
