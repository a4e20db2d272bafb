"""How to say a group of people aloud.

The words depend on what people are grouped by, which is read from the stratifier's key and label: "Black or African
American patients", "people whose language is Spanish", "patients at Harbor Clinic". Anything that is not recognised is
said in a form that fits all: "patients whose income band is “Less than $15,000”".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from equity.vocabulary import Measure, Stratifier
from equity.words import numbers
from equity.words.escaping import one_line
from equity.words.measures import is_natural, lowered, quoted

_SUBJECTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("race", ("race", "racial", "ethnic")),
    ("language", ("language",)),
    ("age", ("age",)),
    ("payer", ("payer", "payor", "insurance", "coverage", "plan")),
    ("sex", ("sex", "gender")),
    ("site", ("site", "clinic", "hospital", "facility", "practice", "ward", "unit", "department", "centre", "center")),
    ("place", ("state", "county", "region", "district", "city", "town", "borough", "zip", "postcode", "geography")),
)
_WITHOUT_INSURANCE = re.compile(r"(uninsured|no insurance|not insured|self[- ]?pay|none)", re.IGNORECASE)
_KINDS_OF_INSURANCE = ("commercial", "private", "public", "employer", "government", "other", "dual")
_SEX_NOUNS = {"women": "women", "men": "men", "girls": "girls", "boys": "boys"}
_SEX_ADJECTIVES = {"female": "female", "male": "male", "f": "female", "m": "male"}
_AGE_START = re.compile(r"^(ages?|aged)\s+", re.IGNORECASE)


def noun(measure: Measure | None) -> str:
    """Whom a measure is about: "people" for a rate in a population, else "patients", as where none is known."""
    return "people" if measure is not None and measure.kind == "rate" else "patients"


def noun_of_all(measures: Iterable[Measure]) -> str:
    """Whom several measures are about: "people" only where each is a rate in a population."""
    return "people" if all(noun(measure) == "people" for measure in measures) else "patients"


def what_is_counted(measure: Measure, n: float, people: float) -> str:
    """What n counts: the measure's own unit, "visits" where people come more than once, else "patients", "people"."""
    if measure.kind != "mean" and measure.unit:
        return one_line(measure.unit)
    return "visits" if repeats(n, people) else noun(measure)


def repeats(n: float, people: float) -> bool:
    """Whether the same people are counted more than once."""
    return people > 0 and n > 1.01 * people


def describe_group(stratifier: Stratifier, value: str, of: str = "patients") -> str:
    """The group inside a sentence; ``of`` is the noun for everyone ("patients" or "people")."""
    if stratifier.kind_of(value) != "group":
        return _not_a_group(stratifier, value, of)
    subject = subject_of(stratifier)
    name = one_line(value)
    if subject == "payer" and _WITHOUT_INSURANCE.fullmatch(name):
        return f"{of} without insurance"
    if subject == "payer" and name.lower() in _KINDS_OF_INSURANCE:
        return f"{of} with {name.lower()} insurance"
    if subject == "sex" and name.lower() in _SEX_NOUNS:
        return _SEX_NOUNS[name.lower()]
    if not is_natural(name) and not (subject == "age" and _is_age(name)):
        return f"{of} whose {label(stratifier)} is {quoted(value)}"
    if subject == "sex" and name.lower() in _SEX_ADJECTIVES:
        return f"{_SEX_ADJECTIVES[name.lower()]} {of}"
    if subject == "language" and name.lower().startswith(("another", "other")):
        return f"people who speak {lowered(name)}"
    forms = {
        "race": f"{name} {of}",
        "language": f"people whose language is {name}",
        "age": f"people aged {_AGE_START.sub('', name)}",
        "payer": f"{of} with {name}",
        "site": f"{of} at {name}",
        "place": f"{of} in {name}",
    }
    return forms.get(subject, f"{of} whose {label(stratifier)} is {quoted(value)}")


def describe_group_again(stratifier: Stratifier, value: str, of: str = "patients") -> str:
    """The same after a group of this stratifier has been named: "for White patients", "for English"."""
    full = describe_group(stratifier, value, of)
    if full.startswith(f"{of} with "):
        return full.removeprefix(f"{of} ")
    for whose in ("people whose language is ", f"{of} whose {label(stratifier)} is "):
        full = full.removeprefix(whose)
    return f"for {full}"


def is_without_insurance(stratifier: Stratifier, value: str) -> bool:
    """Whether a group of payers is the people who have none."""
    return subject_of(stratifier) == "payer" and _WITHOUT_INSURANCE.fullmatch(one_line(value)) is not None


def subject_of(stratifier: Stratifier) -> str:
    """What people are grouped by: race, language, age, payer, sex, site, place, or nothing that is recognised."""
    for words in (_words(stratifier.name), _words(stratifier.label)):
        for subject, marks in _SUBJECTS:
            if any(word.startswith(mark) if len(mark) > 3 else word == mark for mark in marks for word in words):
                return subject
    return ""


def label(stratifier: Stratifier) -> str:
    """What people are grouped by, inside a sentence: "race and ethnicity"."""
    name = stratifier.label or stratifier.name
    return lowered(name) if is_natural(name) else quoted(name)


def with_article(thing: str) -> str:
    """A thing with its article: "a site", "an age band"."""
    return f"{'an' if thing[:1].lower() in 'aeiou' else 'a'} {thing}"


def started(sentence: str) -> str:
    """The sentence with a capital at its start."""
    return sentence[:1].upper() + sentence[1:]


def counted_as(plural: str, count: float) -> str:
    """What is counted, of so many: "visits"; "visit" and "person" of one."""
    if count != 1:
        return plural
    return "person" if plural == "people" else plural.removesuffix("s")


def how_many(plural: str, count: float) -> str:
    """How many of what is counted: "1,650 patients", "1 visit"."""
    return f"{numbers.count(count)} {counted_as(plural, count)}"


def listed(names: list[str], most: int = 4) -> str:
    """Names in a row: "A, B and C"; beyond ``most`` "A, B, C and 4 more".

    Of two, one of which has an "and" of its own: "race and ethnicity, and language".
    """
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more"]
    if len(names) == 2 and any(" and " in name and "“" not in name for name in names):
        return ", and ".join(names)
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}" if names else ""


def _not_a_group(stratifier: Stratifier, value: str, of: str) -> str:
    named = label(stratifier)
    verb = "are" if subject_of(stratifier) == "race" and " and " in named else "is"
    return {
        "unknown": f"{of} whose {named} {verb} not known",
        "declined": f"{of} who chose not to say their {named}",
        "not_asked": f"{of} who were not asked their {named}",
        "other": f"{of} whose {named} {verb} listed as {quoted(value)}",
    }[stratifier.kind_of(value)]


def _is_age(name: str) -> bool:
    return re.fullmatch(r"[\d<>≥≤+\-– ]+[\w ]{0,30}", name) is not None


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())
