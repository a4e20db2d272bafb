"""All projects of a workspace beside each other: by state, over time, with what is next and how far each has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from equity.improvement.cycles import SCALES, Cycle, Scale, predicted
from equity.improvement.dates import day
from equity.improvement.progress_scale import ProgressScore, Standing, standing
from equity.improvement.projects import OVER, STATES, Project, State
from equity.store.records.kept import Kept


@dataclass(frozen=True)
class Row:
    """One project of the portfolio.

    cycles           its cycles; ``done`` those that are closed
    with_prediction  those that began with a prediction for each question
    scale            the largest scale that a begun cycle was tried at; None before any
    next_date        the next day something is due: the project's own, else the end of an open cycle
    late             whether that day has passed
    """

    id: str
    aim: str
    project: Project
    cycles: int
    done: int
    with_prediction: int
    scale: Scale | None
    next_date: str
    late: bool
    standing: Standing


@dataclass(frozen=True)
class Portfolio:
    """The projects in the order of their states, the one that is due first on top."""

    rows: tuple[Row, ...]
    today: dt.date

    def of_state(self, state: State) -> tuple[Row, ...]:
        """The projects in one state."""
        return tuple(row for row in self.rows if row.project.state == state)

    @property
    def owners(self) -> tuple[str, ...]:
        """Everybody who owns a project, by name."""
        return tuple(sorted({row.project.owner for row in self.rows if row.project.owner}, key=str.casefold))

    @property
    def sites(self) -> tuple[str, ...]:
        """Every site, by name."""
        return tuple(sorted({row.project.site for row in self.rows if row.project.site}, key=str.casefold))


def portfolio(
    projects: Iterable[Kept[Project]],
    cycles: Iterable[Kept[Cycle]],
    scores: Iterable[Kept[ProgressScore]],
    today: dt.date,
) -> Portfolio:
    """All projects with what hangs on them."""
    cycles_of: dict[str, list[Cycle]] = {}
    for cycle in cycles:
        cycles_of.setdefault(cycle.parent, []).append(cycle.content)
    scores_of: dict[str, list[Kept[ProgressScore]]] = {}
    for score in scores:
        scores_of.setdefault(score.parent, []).append(score)
    rows = [_row(kept, cycles_of.get(kept.id, []), scores_of.get(kept.id, []), today) for kept in projects]
    order = {state: place for place, state in enumerate(STATES)}
    return Portfolio(
        tuple(sorted(rows, key=lambda row: (order[row.project.state], row.next_date or "9999", row.project.title))),
        today,
    )


def _row(kept: Kept[Project], cycles: Sequence[Cycle], scores: Sequence[Kept[ProgressScore]], today: dt.date) -> Row:
    project, begun = kept.content, [cycle for cycle in cycles if cycle.opened]
    due = day(next_day := _next_day(project, cycles))
    return Row(
        id=kept.id,
        aim=kept.parent,
        project=project,
        cycles=len(cycles),
        done=sum(cycle.stage == "closed" for cycle in cycles),
        with_prediction=sum(predicted(cycle) for cycle in begun),
        scale=max((cycle.scale for cycle in begun), key=SCALES.index, default=None),
        next_date=next_day,
        late=due is not None and due < today,
        standing=standing(scores, today),
    )


def _next_day(project: Project, cycles: Sequence[Cycle]) -> str:
    if project.state in OVER:
        return ""
    ends = [cycle.ends or cycle.begins for cycle in cycles if cycle.stage != "closed"]
    return project.next_date or min((end for end in ends if end), default="")


def filtered(
    whole: Portfolio, *, words: str = "", states: Collection[State] = (), owner: str = "", site: str = "", aim: str = ""
) -> Portfolio:
    """The projects that match all that is given; ``words`` are looked for in titles, changes, steps and names."""
    wanted = words.casefold().split()
    return Portfolio(
        tuple(
            row
            for row in whole.rows
            if (not states or row.project.state in states)
            and owner in ("", row.project.owner)
            and site in ("", row.project.site)
            and aim in ("", row.aim)
            and all(word in _text(row.project) for word in wanted)
        ),
        whole.today,
    )


def _text(project: Project) -> str:
    said = (project.title, project.change, project.owner, *project.team, project.site, project.next_step)
    return " ".join(said).casefold()
