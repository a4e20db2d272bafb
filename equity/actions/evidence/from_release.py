"""What a release shows: which data are stratified, who is missing, and the finding."""

from __future__ import annotations

import re
from typing import Final

from equity.actions.evidence.place import EvidencePlace, from_release, statements
from equity.lens.completeness import completeness
from equity.network.evidence import Statement
from equity.vocabulary import PlainError
from equity.words.answers import completeness as completeness_words
from equity.words.sharing import leader
from equity.words.work import evidence as words

_NEEDS: Final = re.compile(
    r"social (?:need|risk|driver)|sdoh|hrsn|food insecur|housing instab|transportation need", re.IGNORECASE
)


def stratified_data(place: EvidencePlace) -> list[Statement]:
    """Measures, groupings and periods that the release shows."""
    if place.release is None or place.cube is None or not place.cube.description.stratifiers:
        return []
    return statements(words.stratified(place.cube.description), from_release(place.release))


def who_is_missing(place: EvidencePlace) -> list[Statement]:
    """For how many the group is recorded, for the question that the release opens with."""
    if place.release is None or place.cube is None or place.opening_question is None:
        return []
    try:
        answer = completeness(place.cube, place.opening_question)
    except PlainError:
        return []
    return statements(completeness_words.finding(answer), from_release(place.release))


def finding(place: EvidencePlace) -> list[Statement]:
    """The gap that concerns the most people in the release, and what it comes to."""
    if place.release is None or place.leading_gap is None:
        return []
    sentences = (leader.finding(place.leading_gap), *leader.what_it_comes_to(place.leading_gap))
    source = from_release(place.release)
    return [Statement(sentence, (source,)) for sentence in sentences if sentence]


def asked(place: EvidencePlace) -> list[Statement]:
    """The question about the system that the finding asks of whoever reads it."""
    if place.release is None or place.leading_gap is None:
        return []
    return statements(leader.asked("", place.leading_gap), from_release(place.release))


def social_needs(place: EvidencePlace) -> list[Statement]:
    """Measures of social needs, by their names."""
    if place.release is None or place.cube is None:
        return []
    source = from_release(place.release)
    named = [m.name for m in place.cube.description.measures if _NEEDS.search(m.name)]
    return [Statement(words.measure_of_needs(name), (source,)) for name in named]
