"""Headlines by the thousand: questions over the sample and over made-up answers, and the checker that reads them back.

``python -m tests.words.corpus`` asks all of the sample's questions besides (a few minutes) and prints the worst.
"""

from __future__ import annotations

import contextlib
import itertools
import random
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from equity.cube import Cube, open_cube
from equity.intake.proposal.mapping.mapping_file import read_mapping
from equity.lens.age_standard import age_standardized
from equity.lens.answers import Areas, Disparities, ResolvedReference, Trends
from equity.lens.areas import areas
from equity.lens.choices import Choices
from equity.lens.completeness import completeness
from equity.lens.disparities import disparities
from equity.lens.gap_sources import gap_sources
from equity.lens.intersections import intersections
from equity.lens.over_time.control import control_chart
from equity.lens.over_time.inequality_over_time import inequality_over_time
from equity.lens.over_time.pace import pace
from equity.lens.over_time.trends import trends
from equity.lens.site_funnel import site_funnel
from equity.lens.summary import summary
from equity.loading import load
from equity.store.files.versions import current_version
from equity.vocabulary import Category, Measure, PeriodRange, PlainError, Reference, Stratifier
from equity.words.answers import scan
from equity.words.answers.tables import Answer, headline
from tests import answers_for_tests as made_up
from tests.words.read_back import contradictions
from tests.words.test_reading_grade import syllables

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
MOST_WORDS, HIGHEST_GRADE, ENOUGH = 20, 9.0, 0.95
PERIODS = ("", "2022", "2023", "2024", "2024-Q2", "2022..2024", "2024-Q1..2024-Q3", "2023-07..2024-02")
REFERENCES = ("best", "average", "others")
MEASURES = (
    *(("Controlled blood pressure", "higher_better"), ("Left without being seen", "lower_better")),
    *(("Diabetic eye exam", "higher_better"), ("Admission within 30 days", "lower_better")),
    *(("Screened for depression", "higher_better"), ("HbA1c above 9 percent", "lower_better")),
    *(("Postpartum visit", "higher_better"), ("Colorectal cancer screening", "higher_better")),
    *(("Follow-up after a high reading", "higher_better"), ("Interpreter used", "neutral")),
)
GROUPINGS = (
    Stratifier("race", "Race and ethnicity", categories=tuple(map(Category, ("Asian", "Black", "Latino", "White")))),
    Stratifier("race", "Race and ethnicity", categories=made_up.RACE.categories[1:7]),
    Stratifier("language", "Language", categories=tuple(map(Category, ("English", "Spanish", "Vietnamese")))),
    Stratifier("payer", "Payer", categories=tuple(map(Category, ("Commercial", "Medicaid", "Uninsured")))),
    Stratifier("sex", "Sex", categories=tuple(map(Category, ("Female", "Male")))),
    made_up.AGE,
    Stratifier("site", "Site", categories=tuple(map(Category, ("Harbor Clinic", "Hillcrest", "Lakeshore")))),
)


@dataclass(frozen=True)
class Headline:
    """A headline, the sentences below it, what contradicts the answer, and its reading."""

    kind: str
    text: str
    below: tuple[str, ...]
    contradictions: tuple[str, ...]

    @property
    def words(self) -> int:
        """How many words the whole of it has, not its longest sentence: what stands between spaces."""
        return len(self.text.split())

    @property
    def grade(self) -> float:
        """Its school grade by Flesch and Kincaid's formula.

        0.39 · words per sentence + 11.8 · syllables per word − 15.59. Only a full stop, a question mark or an
        exclamation mark before a space or at the end ends a sentence: a colon, a semicolon and the stop of a decimal do
        not. Names of measures and groups count as they are given; a figure counts as one syllable.
        """
        words = [word for word in self.text.split() if re.search(r"\w", word)]
        sentences = max(1, len(re.findall(r"[.?!](?=\s|$)", self.text)))
        return 0.39 * len(words) / sentences + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def _syllables(word: str) -> int:
    return sum(syllables(part) for part in re.findall(r"[A-Za-z'’]+", word)) or 1


def read(answer: Answer) -> Headline:
    """What an answer's headline says, read back beside the answer."""
    text, below = headline(answer)
    return Headline(type(answer).__name__, text, below, contradictions(answer, text, below))


def read_scan(answer: Areas) -> Headline:
    """The same for the page of the largest gaps, which speaks of the same answer otherwise."""
    text = scan.finding(answer)
    return Headline("Scan", text, scan.what_it_comes_to(answer), contradictions(answer, text, ()))


def made_up_answers(count: int, seed: int = 11) -> Iterator[Disparities | Trends]:
    """Comparisons and trends with random counts: every kind, direction, reference, size of gap and of group."""
    chance = random.Random(seed)
    for at in range(count):
        stratifier = chance.choice(GROUPINGS)
        if at % 8 == 7:
            yield _trend(chance)
            continue
        measure = _measure(chance, at)
        groups = _groups(chance, stratifier, measure)
        choices = replace(
            made_up.YEAR, measure=measure.name, by=stratifier.name, period=PeriodRange.parse(chance.choice(PERIODS))
        )
        yield made_up.disparities(measure, stratifier, groups, _reference(chance, measure, groups), choices, False)


def _measure(chance: random.Random, at: int) -> Measure:
    if at % 8 == 5:
        return made_up.HIV
    if at % 8 == 6:
        return made_up.MINUTES
    name, polarity = chance.choice(MEASURES)
    return Measure(name, "proportion", polarity)  # type: ignore[arg-type]


def _groups(chance: random.Random, stratifier: Stratifier, measure: Measure) -> list[made_up.Group]:
    middle, spread = chance.uniform(0.03, 0.95), chance.choice((0.0, 0.02, 0.1, 0.2))
    found = []
    for category in stratifier.categories:
        n = round(10 ** chance.uniform(1.7, 4.3))
        people = n / 1.4 if len(found) % 2 == 0 and chance.random() < 0.5 else made_up.NAN
        rate = min(0.99, max(0.01, middle + chance.uniform(-spread, spread)))
        shown = "hidden" if chance.random() < 0.05 else ""
        if measure.kind == "mean":
            found.append(made_up.Group(category.value, 60 * rate * n, n, category.kind, spread=20.0, shown=shown))
        elif measure.kind == "rate":
            n *= 500
            found.append(made_up.Group(category.value, max(1, round(rate * n / 2000)), n, category.kind, shown=shown))
        else:
            found.append(
                made_up.Group(category.value, max(1, min(round(rate * n), n - 1)), n, category.kind, people, shown)
            )
    return found


def _reference(chance: random.Random, measure: Measure, groups: list[made_up.Group]) -> ResolvedReference | None:
    """The best group where one can be, a named one, everyone together, or a target."""
    able = [g for g in groups if g.n >= 100 and not g.shown]
    kind = chance.choice(("best", "best", "group", "average", "target"))
    if not able:
        return ResolvedReference("best", "")
    if kind == "group":
        return made_up.reference_to("group", measure, chance.choice(able))
    if kind == "average":
        everyone = made_up.Group("Everyone", sum(g.x for g in able), sum(g.n for g in able), spread=20.0)
        return made_up.reference_to("average", measure, everyone)
    if kind == "target" and measure.kind == "proportion":
        return ResolvedReference("target", "", rate=round(chance.uniform(0.1, 0.9), 2))
    best = made_up.best(measure, able)
    small = [g for g in groups if g.n < 100 and g.kind == "group" and not g.shown]
    beyond = any(measure.harm_sign * (g.x / g.n - best.rate) < 0 for g in small)
    return replace(best, surpassed="smaller") if beyond else best


def _trend(chance: random.Random) -> Trends:
    verdict = chance.choice(("closing_by_lifting", "levelling_down", "widening", "no_clear_change", ""))
    name = chance.choice(("Black or African American", "White", "Hispanic or Latino"))
    measure = Measure(*_named(chance))  # type: ignore[arg-type]
    return made_up.trends({name: verdict}, measure)


def _named(chance: random.Random) -> tuple[str, str, str]:
    name, polarity = chance.choice([m for m in MEASURES if m[1] == "higher_better"])
    return name, "proportion", polarity


def asked_of(cube: Cube, share: float = 1.0, seed: int = 7) -> Iterator[Headline]:
    """Headlines of a cube's own answers; ``share`` of all the questions that could be asked, picked by seed."""
    chance = random.Random(seed)
    held = cube.description
    every = [(m.name, s.name) for m in held.measures for s in held.stratifiers]

    def choices(measure: str, by: str, period: str, reference: str = "best") -> Choices:
        at = PeriodRange.parse(period)
        return Choices(held.dataset, held.version, measure, by, reference=Reference.parse(reference), period=at)

    for (measure, by), period, reference in itertools.product(every, PERIODS, REFERENCES):
        if chance.random() < share:
            yield read(disparities(cube, choices(measure, by, period, reference)))
    for period in PERIODS:
        if chance.random() < max(share, 0.4):
            found = areas(cube, replace(choices("", "", period), reference=None))
            yield read(found)
            yield read_scan(found)
    for measure, by in every:
        if chance.random() < share:
            yield read(trends(cube, choices(measure, by, ""), "quarter"))
        if chance.random() < share:
            yield read(completeness(cube, choices(measure, by, "2024")))
        if chance.random() < share:
            yield read(summary(cube, choices(measure, by, "2024")))
        if by != "site" and chance.random() < share:
            yield read(gap_sources(cube, choices(measure, by, "2022..2024"), "site"))
            yield read(intersections(cube, choices(measure, by, "2022..2024"), [by, "site"]))
        group = chance.choice(held.stratifier(by).groups)
        year, ever = choices(measure, by, "2022..2024"), choices(measure, by, "")
        yield from _of_one_group(cube, year, ever, group, share, chance)


def _of_one_group(
    cube: Cube, year: Choices, ever: Choices, group: str, share: float, chance: random.Random
) -> Iterator[Headline]:
    """Headlines about one group over time, about sites, and at equal ages."""
    asked: tuple[Callable[[], Answer], ...] = (
        lambda: pace(cube, ever, group, "", "quarter"),
        lambda: control_chart(cube, ever, group, None, "month"),
        lambda: site_funnel(cube, year, "site", of=chance.choice(("gap", "rate"))),
        lambda: age_standardized(cube, year, "us2000"),
        lambda: inequality_over_time(cube, ever, "quarter"),
    )
    for ask in asked:
        if chance.random() < share:
            with contextlib.suppress(PlainError):  # a question that this measure or grouping does not have
                yield read(ask())


def report(found: list[Headline]) -> str:
    """How many were read, how they read, and the worst of each kind."""
    long = [h for h in found if h.words > MOST_WORDS]
    hard = [h for h in found if h.grade > HIGHEST_GRADE]
    wrong = [h for h in found if h.contradictions]
    lines = [
        f"{len(found)} headlines: {_of(long, found)} over {MOST_WORDS} words, {_of(hard, found)} over grade "
        f"{HIGHEST_GRADE:g}, {len(wrong)} contradicted by their answers."
    ]
    lines += [f"  {h.words} words: {h.text}" for h in sorted(long, key=lambda h: -h.words)[:5]]
    lines += [f"  grade {h.grade:.1f}: {h.text}" for h in sorted(hard, key=lambda h: -h.grade)[:5]]
    lines += [f"  {'; '.join(h.contradictions)}: {h.text} {' '.join(h.below)}" for h in wrong[:12]]
    return "\n".join(lines)


def _of(some: list[Headline], every: list[Headline]) -> str:
    return f"{len(some)} ({len(some) / len(every):.1%})"


def main() -> None:
    """Every question of the sample, and three thousand made-up answers."""
    with tempfile.TemporaryDirectory() as folder:
        load([SAMPLE / "visits.parquet"], "Sample", read_mapping(SAMPLE / "mapping.toml"), "new", Path(folder))
        cube = open_cube(current_version(Path(folder), "Sample").folder)
        print(report([*asked_of(cube), *map(read, made_up_answers(3000))]))


if __name__ == "__main__":
    main()
