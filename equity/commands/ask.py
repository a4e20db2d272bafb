"""ask: a question in words into an answer, printed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from equity.commands.plain_parser import PlainParser
from equity.commands.printing import FORMATS, print_answer
from equity.cube import Cube, open_cube
from equity.lens.choices import Choices
from equity.stats.standard_populations import STANDARD_KEYS
from equity.store.files.home import home_folder
from equity.store.files.versions import current_version
from equity.vocabulary import GRAINS, PeriodRange, PlainError, Reference
from equity.words import doubts


def add_commands(commands: argparse._SubParsersAction[PlainParser]) -> None:
    """Put ``ask`` and its questions among the commands."""
    ask = commands.add_parser("ask", help="ask a question of a dataset")
    questions = ask.add_subparsers(dest="question", required=True, metavar="QUESTION")
    _question(questions, "disparities", "groups compared on one measure", _disparities, measure=True, by=True)
    trends = _question(questions, "trends", "groups and their gap over time", _trends, measure=True, by=True)
    trends.add_argument("--grain", choices=GRAINS[:3], help="month, quarter or year; the extract's own when left out")
    trends.add_argument("--group", help="draw this one group as a control chart")
    trends.add_argument("--chart", help="run, p, pp, u, up, i, g or t (with --group); proposed when left out")
    pace = _question(questions, "pace", "what it would take to close a gap", _pace, measure=True, by=True)
    pace.add_argument("--group", required=True, help="the group whose gap it is")
    pace.add_argument("--date", default="", help="close it by this period; two years from the last when left out")
    pace.add_argument("--grain", choices=GRAINS[:3], help="month, quarter or year; the extract's own when left out")
    _question(questions, "areas", "clinical areas compared", _areas)
    overall = "how large differences are overall, in each of the ways to say it"
    inequality = _question(questions, "overall-inequality", overall, _summary, measure=True, by=True)
    inequality.epilog = (
        'example: python -m equity ask overall-inequality --dataset Sample --measure "Controlled blood pressure" '
        "--by race --over-time --grain year"
    )
    inequality.add_argument("--over-time", action="store_true", help="every number in every period, and its change")
    inequality.add_argument("--grain", choices=GRAINS[:3], help="month, quarter or year (with --over-time)")
    _question(questions, "completeness", "who is missing, and what it means", _completeness, measure=True, by=True)
    _question(questions, "intersections", "groups within groups (--by race,sex)", _intersections, measure=True, by=True)
    breakdown = "how much of a gap is within sites, and how much between"
    sources = _question(questions, "gap-breakdown", breakdown, _gap_sources, measure=True, by=True)
    sources.add_argument("--within", metavar="S", help="the stratifier to look within; the site of care when left out")
    ages = _question(questions, "age-standardized", "groups compared at equal ages", _ages, measure=True, by=True)
    ages.add_argument("--standard", choices=STANDARD_KEYS, default="us2000", help="the standard population")
    ages.add_argument("--grain", choices=GRAINS[:3], help="of the series over time; year when left out")
    sources.add_argument("--funnel", choices=("gap", "rate"), help="sites against chance and ordinary variation")
    sources.add_argument("--group", default="", help="whose (with --funnel); the gap that affects most when left out")
    focus = _question(questions, "focus", "clinical areas to choose from, and how stable the choice is", _focus)
    focus.epilog = "example: python -m equity ask focus --dataset Sample --weights weights.json --period 2024"
    focus.add_argument("--weights", type=Path, metavar="FILE.json", help="criteria, ratings and weights of your team")
    focus.add_argument("--draws", type=int, default=10_000, metavar="N", help="ways to weigh; 10,000 when left out")
    focus.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed gives the same answer")
    focus.add_argument("--sampling", choices=("yes", "no"), default="yes", help="draw the data with their error or not")


def _question(
    questions: argparse._SubParsersAction[PlainParser],
    name: str,
    purpose: str,
    run: Callable[[argparse.Namespace], None],
    *,
    measure: bool = False,
    by: bool = False,
) -> PlainParser:
    parser = questions.add_parser(name, help=purpose, description=purpose)
    parser.add_argument("--dataset", required=True, metavar="D")
    if measure:
        parser.add_argument("--measure", required=True, metavar="M")
    if by:
        parser.add_argument("--by", required=True, metavar="S")
    parser.add_argument("--reference", metavar="R", help="best, average, others, target or a group's name")
    parser.add_argument(
        "--period", default="", metavar="A..B", help="2024, 2024-Q1..2024-Q4, 2024-03; all when left out"
    )
    parser.add_argument("--where", action="append", default=[], metavar="S=V", help="only this group of a stratifier")
    parser.add_argument("--format", choices=FORMATS, default="table")
    parser.set_defaults(run=run)
    return parser


def _disparities(arguments: argparse.Namespace) -> None:
    from equity.lens.disparities import disparities

    cube, choices = asked(arguments)
    print_answer(disparities(cube, choices), arguments.format)


def _trends(arguments: argparse.Namespace) -> None:
    from equity.lens.control import control_chart
    from equity.lens.trends import trends

    cube, choices = asked(arguments)
    answer: Any
    if arguments.group is None:
        if arguments.chart:
            raise PlainError("A control chart is drawn for one group: name it with --group.")
        answer = trends(cube, choices, arguments.grain)
    else:
        answer = control_chart(cube, choices, arguments.group, arguments.chart, arguments.grain)
    print_answer(answer, arguments.format)


def _pace(arguments: argparse.Namespace) -> None:
    from equity.lens.pace import pace

    cube, choices = asked(arguments)
    print_answer(pace(cube, choices, arguments.group, arguments.date, arguments.grain), arguments.format)


def _areas(arguments: argparse.Namespace) -> None:
    from equity.lens.areas import areas

    cube, choices = asked(arguments)
    print_answer(areas(cube, choices), arguments.format)


def _completeness(arguments: argparse.Namespace) -> None:
    from equity.lens.completeness import completeness

    cube, choices = asked(arguments)
    print_answer(completeness(cube, choices), arguments.format)


def _intersections(arguments: argparse.Namespace) -> None:
    from equity.lens.intersections import intersections

    names = [name.strip() for name in arguments.by.split(",")]
    arguments.by = names[0]
    cube, choices = asked(arguments)
    print_answer(intersections(cube, choices, names), arguments.format)


def _gap_sources(arguments: argparse.Namespace) -> None:
    from equity.lens.gap_sources import gap_sources
    from equity.lens.site_funnel import site_funnel

    cube, choices = asked(arguments)
    if arguments.funnel:
        print_answer(site_funnel(cube, choices, arguments.within, arguments.group, arguments.funnel), arguments.format)
        return
    if arguments.group:
        raise PlainError("The breakdown is of every group at once: add --funnel to look at one.")
    print_answer(gap_sources(cube, choices, arguments.within), arguments.format)


def _ages(arguments: argparse.Namespace) -> None:
    from equity.lens.age_standard import age_standardized

    cube, choices = asked(arguments)
    print_answer(age_standardized(cube, choices, arguments.standard, arguments.grain), arguments.format)


def _summary(arguments: argparse.Namespace) -> None:
    from equity.lens.inequality_over_time import inequality_over_time
    from equity.lens.summary import summary

    cube, choices = asked(arguments)
    if arguments.over_time:
        print_answer(inequality_over_time(cube, choices, arguments.grain), arguments.format)
        return
    if arguments.grain:
        raise PlainError("One number for the whole stretch has no grain: add --over-time.")
    print_answer(summary(cube, choices), arguments.format)


def _focus(arguments: argparse.Namespace) -> None:
    from equity.focus.decision import choose_focus
    from equity.focus.weighing import Weighing, read_weighing

    weighing = Weighing() if arguments.weights is None else read_weighing(arguments.weights)
    cube, choices = asked(arguments)
    answer = choose_focus(
        cube,
        choices,
        weighing,
        draws=arguments.draws,
        seed=arguments.seed,
        sampling=arguments.sampling == "yes",
    )
    print_answer(answer, arguments.format)


def asked(arguments: argparse.Namespace) -> tuple[Cube, Choices]:
    """The cube of the dataset's current version and the question put to it."""
    version = current_version(home_folder(), arguments.dataset)
    cube = open_cube(version.folder)
    measure = getattr(arguments, "measure", "")
    by = getattr(arguments, "by", "")
    choices = Choices(
        dataset=cube.description.dataset,
        version=cube.description.version,
        measure=measure,
        by=cube.description.stratifier(by).name if by else "",
        reference=None if arguments.reference is None else Reference.parse(arguments.reference),
        period=PeriodRange.parse(arguments.period),
        where=tuple(_filter(cube, text) for text in arguments.where),
        doubts=doubts.said(cube.description),
    )
    return cube, choices


def _filter(cube: Cube, text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise PlainError(f"The filter “{text}” is not of the form stratifier=value, such as sex=Female.")
    return cube.description.stratifier(name).name, value
