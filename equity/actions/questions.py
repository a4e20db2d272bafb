"""The questions that can be put to a dataset by name, from a terminal or a notebook: one entry each.

A question takes the cube and the choices (measure, grouping, reference, period, filters) and options of its own, each
by name. What has no option of its own takes none.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from equity.cube import Cube, open_cube
from equity.lens.choices import Choices
from equity.store.files.versions import current_version
from equity.vocabulary import Grain, PeriodRange, PlainError, Reference
from equity.words.datasets import doubts

if TYPE_CHECKING:
    from equity.focus.decision import Focus
    from equity.lens.answers import LensAnswer

Answer: TypeAlias = "LensAnswer | Focus"


def put_to(
    home: Path,
    dataset: str,
    *,
    measure: str = "",
    by: str = "",
    reference: str | None = None,
    period: str = "",
    where: Sequence[tuple[str, str]] = (),
) -> tuple[Cube, Choices]:
    """The cube of a dataset's current version, and the choices as a question takes them.

    Raises :class:`PlainError` for a dataset or stratifier that is not there, or a period that is none.
    """
    cube = open_cube(current_version(home, dataset).folder)
    held = cube.description
    return cube, Choices(
        dataset=held.dataset,
        version=held.version,
        measure=measure,
        by=held.stratifier(by).name if by else "",
        reference=None if reference is None else Reference.parse(reference),
        period=PeriodRange.parse(period),
        where=tuple((held.stratifier(name).name, value) for name, value in where),
        doubts=doubts.describe_doubts(held, measure),
    )


def _disparities(cube: Cube, choices: Choices, *, enough_data: bool = False, hide: Sequence[str] = ()) -> Answer:
    from equity.lens.disparities import disparities
    from equity.lens.drawn_groups import compared_without
    from equity.words.rows import focus_name

    answer = disparities(cube, choices)
    return compared_without(answer, enough_data, hide, focus_name(answer))


def _trends(
    cube: Cube,
    choices: Choices,
    *,
    grain: Grain | None = None,
    group: str | None = None,
    chart: str | None = None,
    enough_data: bool = False,
    hide: Sequence[str] = (),
) -> Answer:
    from equity.lens.drawn_groups import over_time_without
    from equity.lens.over_time.control import control_chart
    from equity.lens.over_time.trends import trends
    from equity.words.answers.trends import focus

    if group is not None:
        return control_chart(cube, choices, group, chart, grain)
    if chart:
        raise PlainError("A control chart is drawn for one group: name it with --group.")
    answer = trends(cube, choices, grain)
    return over_time_without(answer, enough_data, hide, focus(answer))


def _pace(cube: Cube, choices: Choices, *, group: str, date: str = "", grain: Grain | None = None) -> Answer:
    from equity.lens.over_time.pace import pace

    return pace(cube, choices, group, date, grain)


def _areas(cube: Cube, choices: Choices) -> Answer:
    from equity.lens.areas import areas

    return areas(cube, choices)


def _overall_inequality(cube: Cube, choices: Choices, *, over_time: bool = False, grain: Grain | None = None) -> Answer:
    from equity.lens.over_time.inequality_over_time import inequality_over_time
    from equity.lens.summary import summary

    if over_time:
        return inequality_over_time(cube, choices, grain)
    if grain:
        raise PlainError("One number for the whole stretch has no grain: add --over-time.")
    return summary(cube, choices)


def _completeness(cube: Cube, choices: Choices) -> Answer:
    from equity.lens.completeness import completeness

    return completeness(cube, choices)


def _intersections(cube: Cube, choices: Choices, *, crossed: Sequence[str] = ()) -> Answer:
    from equity.lens.intersections import intersections

    return intersections(cube, choices, [choices.by, *crossed])


def _gap_breakdown(
    cube: Cube, choices: Choices, *, within: str | None = None, funnel: str | None = None, group: str = ""
) -> Answer:
    from equity.lens.gap_sources import gap_sources
    from equity.lens.site_funnel import site_funnel

    if funnel:
        return site_funnel(cube, choices, within, group, funnel)
    if group:
        raise PlainError("The breakdown is of every group at once: add --funnel to look at one.")
    return gap_sources(cube, choices, within)


def _age_standardized(cube: Cube, choices: Choices, *, standard: str = "us2000", grain: Grain | None = None) -> Answer:
    from equity.lens.age_standard import age_standardized

    return age_standardized(cube, choices, standard, grain)


def _focus(
    cube: Cube,
    choices: Choices,
    *,
    weights: Path | None = None,
    draws: int = 10_000,
    seed: int = 1,
    sampling: bool = True,
) -> Answer:
    from equity.focus.decision import choose_focus
    from equity.focus.weighing import Weighing, read_weighing

    weighing = Weighing() if weights is None else read_weighing(weights)
    return choose_focus(cube, choices, weighing, draws=draws, seed=seed, values="drawn" if sampling else "measured")


QUESTIONS: Final[Mapping[str, Callable[..., Answer]]] = {
    "disparities": _disparities,
    "trends": _trends,
    "pace": _pace,
    "areas": _areas,
    "overall-inequality": _overall_inequality,
    "completeness": _completeness,
    "intersections": _intersections,
    "gap-breakdown": _gap_breakdown,
    "age-standardized": _age_standardized,
    "focus": _focus,
}
NEITHER_MEASURE_NOR_GROUPING: Final = ("areas", "focus")
"""Questions of every measure in every grouping at once."""


def options_of(question: str) -> tuple[str, ...]:
    """The names of a question's own options; raises :class:`PlainError` for a question that there is not."""
    if question not in QUESTIONS:
        raise PlainError(f"There is no question “{question}”: ask one of {', '.join(QUESTIONS)}.")
    parameters = inspect.signature(QUESTIONS[question]).parameters.values()
    return tuple(each.name for each in parameters if each.kind is each.KEYWORD_ONLY)


def needed_by(question: str) -> tuple[str, ...]:
    """The options without which a question cannot be asked."""
    parameters = inspect.signature(QUESTIONS[question]).parameters.values()
    return tuple(each.name for each in parameters if each.kind is each.KEYWORD_ONLY and each.default is each.empty)
