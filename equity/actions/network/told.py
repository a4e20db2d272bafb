"""A piece from what stands in a workspace. Rates come from a release and from nowhere else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from equity.access.here import Here
from equity.access.may import require
from equity.actions.calls.call_cards import recipe_of
from equity.actions.network.tried import cycle_told, measure_told
from equity.actions.sources import ReleaseSource
from equity.actions.work import reflections
from equity.actions.work.drivers import diagram
from equity.cards.made_again import made_again
from equity.improvement.drivers import DriverDiagram
from equity.improvement.nouns import AIM, CYCLE, PROJECT
from equity.improvement.team.team_nouns import EVENT
from equity.lens.choices import Choices
from equity.lens.disparities import disparities
from equity.network.pieces import (
    CardTold,
    CycleTold,
    DriverTold,
    GroupingTold,
    Piece,
    PieceKind,
    RateRow,
    ReleaseTold,
    Said,
    Seen,
)
from equity.release.view import ReleasedCube, as_cube
from equity.sharing import open_release_in
from equity.store.records import shelf
from equity.vocabulary import Measure, PeriodRange, PlainError, Stratifier
from equity.words import groups
from equity.words.escaping import one_line
from equity.words.labels.network import NETWORK_TEXTS
from equity.words.labels.work import WORK_TEXTS
from equity.words.measures import how_many
from equity.words.work import cycles as cycle_words
from equity.words.work import projects as project_words
from equity.words.work import reflections as reflection_words
from equity.words.work.path import MILESTONE

MOST_YEARS, MOST_ROWS, MOST_TABLE_ROWS = 6, 2_000, 200
LONGEST: Final = 400


@dataclass(frozen=True)
class Wish:
    """What somebody wants to share.

    subject    the id of the record, of the reflection, or of the release (of a card: of the release it is made from)
    seen       in the gallery, or in comparisons alone (a release)
    topic, idea   what it is about, and the change idea, in the cohort's words
    measures   of a release: only these; none are all
    card       of a card: as it stands in a link, ``disparities?measure=…``
    predicted  of a test: the change of the rate that was expected, as a fraction (or in the unit); positive is better
    """

    kind: PieceKind
    subject: str
    seen: Seen = "gallery"
    topic: str = ""
    idea: str = ""
    measures: tuple[str, ...] = ()
    card: str = ""
    predicted: float | None = None


def piece_of(here: Here, home: Path, wish: Wish, piece_id: str) -> Piece:
    """The piece that a wish comes to, without anything shared yet.

    Raises:
        PlainError: there is no such thing (any more), or nothing of it can be shared.
    """
    require(here.database, here.person, here.workspace, "share_with_network")
    if wish.seen == "comparison" and wish.kind != "release":
        raise PlainError("Only a release is shared for comparisons alone: show the others in the gallery.")
    made = _TOLD[wish.kind](here, home, wish)
    return Piece(
        id=piece_id,
        kind=wish.kind,
        title=one_line(made.title, LONGEST),
        shared=dt.datetime.now(dt.UTC).date().isoformat(),
        subject=wish.subject,
        seen=wish.seen,
        area=made.area,
        topic=one_line(wish.topic, LONGEST),
        idea=one_line(wish.idea, LONGEST),
        words=made.words,
        release=made.release,
        card=made.card,
        cycle=made.cycle,
        drivers=made.drivers,
    )


@dataclass(frozen=True)
class _Made:
    title: str
    area: str = ""
    words: tuple[Said, ...] = ()
    release: ReleaseTold | None = None
    card: CardTold | None = None
    cycle: CycleTold | None = None
    drivers: tuple[DriverTold, ...] = ()


def _release(here: Here, home: Path, wish: Wish) -> _Made:
    release = open_release_in(here.database, home, here.workspace, wish.subject)
    cube = as_cube(release)
    held = cube.description
    if held.values != "counts":
        raise PlainError("This release holds estimates without counts: share a card of it instead.")
    measures = [m for m in held.measures if not wish.measures or m.name in wish.measures]
    if not measures or not held.stratifiers:
        raise PlainError("This release holds no such measure, or no groups: choose among what it shows.")
    rows = tuple(_rates(cube, measures, held.stratifiers))
    if len(rows) > MOST_ROWS:
        raise PlainError(
            f"This release shows {len(rows):,} rates, and {MOST_ROWS:,} can be shared at once: choose fewer measures."
        )
    if not rows:
        raise PlainError("This release shows no rate by year that could be shared.")
    told = ReleaseTold(
        release.id,
        release.created[:10],
        cube.policy.sentence,
        tuple(measure_told(m) for m in measures),
        tuple(GroupingTold(s.name, groups.label(s)) for s in held.stratifiers),
        rows,
    )
    areas = list(dict.fromkeys(m.clinical_area for m in measures if m.clinical_area))
    return _Made(NETWORK_TEXTS["rates_of"].format(measures=how_many(len(measures))), "; ".join(areas), release=told)


def _rates(cube: ReleasedCube, measures: list[Measure], stratifiers: tuple[Stratifier, ...]) -> Iterator[RateRow]:
    """Every rate by year that the release shows: of each group, and of everybody."""
    held = cube.description
    years = list(dict.fromkeys(period[:4] for period in held.periods))[-MOST_YEARS:] or [""]
    for at, measure in enumerate(measures):
        for by, stratifier in enumerate(stratifiers):
            for year in years:
                asked = Choices(
                    held.dataset, held.version, measure.name, stratifier.name, period=PeriodRange.parse(year)
                )
                try:
                    answer = disparities(cube, asked)
                except PlainError:
                    continue
                for row in answer.rows.to_dict("records"):
                    if row["kind"] == "group":
                        yield from _rate(at, by, str(row["group"]), year, row)
                if by == 0:
                    for row in answer.total.to_dict("records"):
                        yield from _rate(at, by, "", year, row)


def _rate(at: int, by: int, group: str, year: str, row: Mapping[Hashable, Any]) -> Iterator[RateRow]:
    numbers = [float(row[name]) for name in ("n", "x", "n_effective", "rate", "lower", "upper")]
    if row["shown"] in ("yes", "zero") and not row["hidden_at_source"] and np.isfinite(numbers).all():
        n, x, effective, rate, lower, upper = (round(number, 6) for number in numbers)
        lower, upper = min(lower, rate), max(upper, rate)
        yield (at, by, group, year, n, x, effective, rate, lower, upper)


def _card(here: Here, home: Path, wish: Wish) -> _Made:
    source = ReleaseSource(here, home, wish.subject)
    held = source.description()
    card = made_again(recipe_of(wish.card, held), source)
    table = card.table().head(MOST_TABLE_ROWS)
    told = CardTold(
        card.recipe.parameters(),
        card.finding,
        card.caption,
        tuple(one_line(str(name), LONGEST) for name in table.columns),
        tuple(tuple(one_line(str(cell), LONGEST) for cell in row) for row in table.itertuples(index=False)),
        wish.subject,
    )
    asked = card.recipe.wishes.get("measure", "")
    area = next((m.clinical_area for m in held.measures if m.name == asked), "")
    return _Made(card.finding, area, card=told)


def _reflection(here: Here, home: Path, wish: Wish) -> _Made:
    kept = reflections.written(here, wish.subject).kept
    parts = dict(reflections.shared_with_cohort(here)).get(kept.content.quarter, ())
    said = tuple(Said(MILESTONE[part.milestone], line) for part in parts for line in reflection_words.part_told(part))
    if not said:
        raise PlainError(
            "Nothing of this reflection is for the cohort yet: sign it off, and choose its pieces under Reflections."
        )
    return _Made(reflection_words.titled(kept.content.quarter), words=said)


def _history(here: Here, home: Path, wish: Wish) -> _Made:
    kept = shelf.one(here.database, here.workspace, EVENT, wish.subject)
    if kept.readers == "author" or not kept.content.placed:
        raise PlainError("This event is a draft that only its author reads: place it on the line first.")
    event = kept.content
    told = (
        Said(NETWORK_TEXTS["when"], event.date),
        Said(NETWORK_TEXTS["who_was_harmed"], event.harmed),
        Said(NETWORK_TEXTS["our_part"], event.our_part),
        Said(NETWORK_TEXTS["what_we_do_now"], event.now),
        Said(NETWORK_TEXTS["where_it_stands"], event.source),
    )
    return _Made(event.happened, words=_written(told))


def _project(here: Here, home: Path, wish: Wish) -> _Made:
    project = shelf.one(here.database, here.workspace, PROJECT, wish.subject).content
    state = project_words.STATES[project.state]
    told = (
        Said(WORK_TEXTS["what_is_done_differently"], project.change),
        Said(NETWORK_TEXTS["where_it_is"], state),
        Said(NETWORK_TEXTS["why_moved"], project.why_moved),
        Said(NETWORK_TEXTS["next_step"], project.next_step),
    )
    return _Made(project.title, words=_written(told))


def _written(told: tuple[Said, ...]) -> tuple[Said, ...]:
    return tuple(said for said in told if said.text.strip())


def _cycle(here: Here, home: Path, wish: Wish) -> _Made:
    cycle = shelf.one(here.database, here.workspace, CYCLE, wish.subject).content
    told = cycle_told(here, home, cycle, wish.predicted)
    return _Made(cycle_words.heading(cycle), "" if told.measure is None else told.measure.area, cycle=told)


def _drivers(here: Here, home: Path, wish: Wish) -> _Made:
    aim = shelf.one(here.database, here.workspace, AIM, wish.subject).content
    kept = diagram(here, wish.subject)
    if kept is None or not kept.content.drivers:
        raise PlainError("This aim has no driver diagram yet: draw one under Projects.")
    return _Made(f"{NETWORK_TEXTS['driver_diagram']}: {aim.measure}", drivers=drivers_told(kept.content))


def drivers_told(drawn: DriverDiagram) -> tuple[DriverTold, ...]:
    """A diagram as plain values; which measure of the team's data tells of a driver stays at home."""
    return tuple(
        DriverTold(
            each.id,
            each.level,
            each.words,
            tuple(link.serves for link in drawn.links if link.served_by == each.id and link.strong),
            tuple(link.serves for link in drawn.links if link.served_by == each.id and not link.strong),
        )
        for each in drawn.drivers
    )


_TOLD: Final[Mapping[PieceKind, Callable[[Here, Path, Wish], _Made]]] = {
    "release": _release,
    "card": _card,
    "reflection": _reflection,
    "history": _history,
    "project": _project,
    "cycle": _cycle,
    "drivers": _drivers,
}
