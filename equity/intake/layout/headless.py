"""A file whose first line holds data already: which names its columns get, until a person has said them."""

from __future__ import annotations

from equity.intake.formats.header import unique_names
from equity.intake.layout.said import LABELS, LISTS
from equity.intake.layout.sample import Sample
from equity.intake.spellings.missing import squeeze
from equity.intake.spellings.periods import parse_period
from equity.intake.spellings.standards import standard
from equity.vocabulary import Answer, OpenQuestion, Setting


def guessed_names(sample: Sample) -> tuple[str, ...]:
    """A name for each column by what it holds: a year, a race, a sex, events and everyone; else its place."""
    names = [_by_cells(sample.column(place)) for place in range(len(sample.header))]
    counts = [p for p in sorted(sample.numeric) if not names[p] and _whole(sample, p)]
    if len(counts) == 2:
        first, second = counts
        if all(_at_most(row[first], row[second]) for row in sample.numbers):
            names[first], names[second] = "Numerator", "Denominator"
        elif all(_at_most(row[second], row[first]) for row in sample.numbers):
            names[first], names[second] = "Denominator", "Numerator"
    return unique_names(names)


def headless_question(sample: Sample, names: tuple[str, ...]) -> OpenQuestion:
    """What the columns are, asked with the names that their cells speak for."""
    first = ", ".join(squeeze(cell) or "(empty)" for cell in sample.data[0][:6]) if sample.data else ""
    said = ", ".join(f"{name} {squeeze(cell)}" for name, cell in zip(names, sample.data[0], strict=False))[:160]
    return OpenQuestion(
        "header:none",
        names,
        f"The first line holds data ({first}), so the file has no header: what are its columns?",
        (
            Answer(f"The columns are {', '.join(names)}: the first line then says {said}", (_names(names),)),
            Answer("The first line is the header after all", (Setting(("layout", "header_lines"), 1.0), _names(None))),
        ),
        0.5,
        "the names are guessed from the cells",
    )


def _names(names: tuple[str, ...] | None) -> Setting:
    return Setting(("layout", "names"), names)


def _by_cells(cells: list[str]) -> str:
    said = list(dict.fromkeys(c for c in cells if c))
    if said and all(parse_period(c).state == "value" for c in said) and not all(len(c) == 5 for c in said):
        return "Year" if all(len(c) == 4 for c in said) else "Date"
    for listed in LISTS:
        if len(said) > 1 and all(len(c) > 1 for c in said) and standard(listed).recognised(said[:60]) >= 0.6:
            return LABELS[listed]
    return ""


def _whole(sample: Sample, place: int) -> bool:
    return all((v := row[place]) is None or v == int(v) for row in sample.numbers)


def _at_most(one: float | None, other: float | None) -> bool:
    return one is None or other is None or one <= other
