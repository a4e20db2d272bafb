"""How to say what is measured, whatever it is called.

A measure's name is a heading, not a verb: "Controlled blood pressure", "Left without being seen", "HbA1c above 9
percent". These functions make it fit into a sentence, and put names that fit into none between quotation marks.
"""

from __future__ import annotations

import math
import re

from equity.vocabulary import Measure
from equity.words import numbers
from equity.words.escaping import one_line


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PARTS = _set("above after at below before by during for from in of on over to under with within without")
_NAMES = _set(
    "African American Arabic Asian Black Creole English Haitian Hispanic Latina Latino Medicaid Medicare Pap Spanish "
    "Vietnamese White"
)
_NATURAL = re.compile(r"[^\W\d_][\w \-–'’/().,%&+]{0,59}")


def lowered(name: str) -> str:
    """A heading inside a sentence: its first letter small, unless the word is an abbreviation or a name.

    A heading of which other words are written large too stays as it is: "Colon and Rectum".
    """
    line = one_line(name)
    first, *others = (re.sub(r"\W+$", "", word) for word in line.split(" "))
    if _is_large(first) and not any(map(_is_large, others)):
        return line[0].lower() + line[1:]
    return line


def _is_large(word: str) -> bool:
    """Whether a word begins with a capital that neither an abbreviation nor a name gives it."""
    return len(word) > 1 and word[0].isupper() and word[1:] == word[1:].lower() and word not in _NAMES


def describe_measure(measure: Measure) -> str:
    """The measure inside a sentence: "controlled blood pressure"; an odd name stands between quotation marks."""
    return lowered(measure.name) if is_natural(measure.name) else quoted(measure.name)


def heading(measure: Measure) -> str:
    """The measure as it is called, on one line."""
    return one_line(measure.name)


def named(measure: Measure) -> str:
    """The measure at the start of a sentence: as it is called, an odd name between quotation marks."""
    return heading(measure) if is_natural(measure.name) else quoted(measure.name)


def had(measure: Measure) -> str:
    """What those counted in a share have in common: "met the measure", "had this outcome" where that is not the aim."""
    return "met the measure" if measure.polarity == "higher_better" else "had this outcome"


def fewer_or_more(measure: Measure) -> str:
    """Which way the count would move at a better rate; the plain "more" where no side is better."""
    return "fewer" if measure.polarity == "lower_better" else "more"


def at_reference(measure: Measure, count: float, lower: float, upper: float) -> tuple[str, str]:
    """A count at the reference's rate, and its range after what is counted: "about 312 more", " (95% range 240–390)".

    With chance taken off, a count may be an end of its range. The range is then the count: "140 to 399 more".
    """
    more = fewer_or_more(measure)
    if is_end_of_range(count, lower, upper):
        return f"{numbers.whole(lower)} to {numbers.whole(upper)} {more}", " (95% range)"
    return f"about {numbers.whole(count)} {more}", numbers.range_named(numbers.whole_range(lower, upper))


def is_end_of_range(count: float, lower: float, upper: float) -> bool:
    """Whether a count is written like one end of its range, and unlike the other."""
    low, high = numbers.whole(lower), numbers.whole(upper)
    return numbers.known(lower) and numbers.known(upper) and low != high and numbers.whole(count) in (low, high)


def events(measure: Measure, count: float = math.inf) -> str:
    """What a rate counts: "HIV diagnoses"; else "events counted in “Readmission rate”"; of one "event counted in …"."""
    if count == 1:
        return f"event counted in {quoted(measure.name)}"
    head = _head(one_line(measure.name))
    plural = head.endswith("s") and not head.endswith(("ss", "us", "is"))
    return (
        describe_measure(measure)
        if plural and is_natural(measure.name)
        else f"events counted in {quoted(measure.name)}"
    )


def how_many(count: int) -> str:
    """ "1 measure", "12 measures"."""
    return f"{count} measure{'' if count == 1 else 's'}"


def is_natural(name: str) -> bool:
    """Whether a name from a file reads as words, so that it needs no quotation marks."""
    return _NATURAL.fullmatch(one_line(name)) is not None


def quoted(name: str) -> str:
    """A name between quotation marks, whatever is in it."""
    return f"“{one_line(name, 80)}”"


def _head(phrase: str) -> str:
    """The noun that a phrase is about: the last word before "of", "for", "within" and their like."""
    words = phrase.split(" ")
    return next((words[i - 1] for i, word in enumerate(words) if i > 0 and word in _PARTS), words[-1])
