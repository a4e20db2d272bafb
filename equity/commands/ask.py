"""ask: a question in words into an answer, printed."""

from __future__ import annotations

import argparse
from pathlib import Path

from equity.actions.questions import QUESTIONS, options_of, put_to
from equity.commands.plain_parser import PlainParser
from equity.commands.printing import FORMATS, print_answer
from equity.cube import Cube
from equity.lens.choices import Choices
from equity.stats.over_time.control_charts import BY_NAME
from equity.stats.standardization.standard_populations import STANDARD_KEYS
from equity.store.files.home import home_folder
from equity.vocabulary import GRAINS, PlainError


def add_commands(commands: argparse._SubParsersAction[PlainParser]) -> None:
    """Put ``ask`` and its questions among the commands."""
    ask = commands.add_parser("ask", help="ask a question of a dataset")
    questions = ask.add_subparsers(dest="question", required=True, metavar="QUESTION")
    compared = _question(questions, "disparities", "groups compared on one measure", measure=True, by=True)
    trends = _question(questions, "trends", "groups and their gap over time", measure=True, by=True)
    trends.add_argument("--grain", choices=GRAINS[:3], help="month, quarter or year; the extract's own when left out")
    trends.add_argument("--group", help="draw this one group as a control chart")
    trends.add_argument("--chart", help=f"{', '.join(BY_NAME)} (with --group); proposed when left out")
    for each in (compared, trends):
        add_left_out(each)
    pace = _question(questions, "pace", "what it would take to close a gap", measure=True, by=True)
    pace.add_argument("--group", required=True, help="the group whose gap it is")
    pace.add_argument("--date", default="", help="close it by this period; two years from the last when left out")
    pace.add_argument("--grain", choices=GRAINS[:3], help="month, quarter or year; the extract's own when left out")
    _question(questions, "areas", "clinical areas compared")
    overall = "how large differences are overall, in each of the ways to say it"
    inequality = _question(questions, "overall-inequality", overall, measure=True, by=True)
    inequality.epilog = (
        'example: python -m equity ask overall-inequality --dataset Sample --measure "Controlled blood pressure" '
        "--by race --over-time --grain year"
    )
    inequality.add_argument("--over-time", action="store_true", help="every number in every period, and its change")
    inequality.add_argument("--grain", choices=GRAINS[:3], help="month, quarter or year (with --over-time)")
    _question(questions, "completeness", "who is missing, and what it means", measure=True, by=True)
    _question(questions, "intersections", "groups within groups (--by race,sex)", measure=True, by=True)
    breakdown = "how much of a gap is within sites, and how much between"
    sources = _question(questions, "gap-breakdown", breakdown, measure=True, by=True)
    sources.add_argument("--within", metavar="S", help="the stratifier to look within; the site of care when left out")
    ages = _question(questions, "age-standardized", "groups compared at equal ages", measure=True, by=True)
    ages.add_argument("--standard", choices=STANDARD_KEYS, default="us2000", help="the standard population")
    ages.add_argument("--grain", choices=GRAINS[:3], help="of the series over time; year when left out")
    sources.add_argument("--funnel", choices=("gap", "rate"), help="sites against chance and ordinary variation")
    sources.add_argument("--group", default="", help="whose (with --funnel); the gap that affects most when left out")
    focus = _question(questions, "focus", "clinical areas to choose from, and how stable the choice is")
    focus.epilog = "example: python -m equity ask focus --dataset Sample --weights weights.json --period 2024"
    focus.add_argument("--weights", type=Path, metavar="FILE.json", help="criteria, ratings and weights of your team")
    focus.add_argument("--draws", type=int, default=10_000, metavar="N", help="ways to weigh; 10,000 when left out")
    focus.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed gives the same answer")
    focus.add_argument("--sampling", choices=("yes", "no"), default="yes", help="draw the data with their error or not")


def add_left_out(parser: argparse.ArgumentParser) -> None:
    """Options that leave groups out of the rows; every number stays that of all groups."""
    parser.add_argument("--enough-data", action="store_true", help="only groups with enough data to be read")
    parser.add_argument("--hide", action="append", default=[], metavar="G", help="leave this group out")


def _question(
    questions: argparse._SubParsersAction[PlainParser],
    name: str,
    purpose: str,
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
    parser.set_defaults(run=_ask)
    return parser


def _ask(arguments: argparse.Namespace) -> None:
    question = arguments.question
    options = {name: vars(arguments)[name] for name in options_of(question) if name in vars(arguments)}
    if "sampling" in options:
        options["sampling"] = options["sampling"] == "yes"
    if "crossed" in options_of(question):
        arguments.by, *options["crossed"] = (name.strip() for name in arguments.by.split(","))
    cube, choices = asked(arguments)
    print_answer(QUESTIONS[question](cube, choices, **options), arguments.format)


def asked(arguments: argparse.Namespace) -> tuple[Cube, Choices]:
    """The cube of the dataset's current version and the question put to it."""
    return put_to(
        home_folder(),
        arguments.dataset,
        measure=getattr(arguments, "measure", ""),
        by=getattr(arguments, "by", ""),
        reference=arguments.reference,
        period=arguments.period,
        where=tuple(map(filter_of, arguments.where)),
    )


def filter_of(text: str) -> tuple[str, str]:
    """A stratifier and its value; raises :class:`PlainError` when the text is not ``stratifier=value``."""
    name, equals, value = text.partition("=")
    if not equals:
        raise PlainError(f"The filter “{text}” is not of the form stratifier=value, such as sex=Female.")
    return name, value
