"""The glossary defines every word that the sentences use, and every remark of a lens has a sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from equity.words import glossary, remarks
from equity.words.answers.trends import CHANGES
from equity.words.judgements import RELIABILITY, VERDICTS

LENSES = Path(__file__).resolve().parents[2] / "equity" / "lens"


@pytest.mark.parametrize(
    "word",
    ["gap", "reference", "interval", "disparity", "excess", "points", "signal", "leveling down", "hidden", "n"],
)
def test_the_words_of_the_field_are_defined(word: str) -> None:
    assert glossary.meaning(word.removesuffix("s") if word == "points" else word)


def test_every_reliability_and_clear_change_is_in_the_glossary() -> None:
    changes = [CHANGES[verdict].word for verdict in ("widening", "levelling_down", "closing_by_lifting")]
    for word in [j.word for j in RELIABILITY.values()] + [*changes, "large and clear"]:
        assert glossary.meaning(word), word


def test_an_unlisted_word_has_no_meaning() -> None:
    assert glossary.meaning("quux") == ""


def test_no_word_is_listed_twice() -> None:
    words = [w.casefold() for t in glossary.TERMS for w in (t.word, *t.also)]
    assert len(words) == len(set(words))


def test_marks_differ_within_each_set() -> None:
    for judgements in (VERDICTS, RELIABILITY):
        marks = [j.mark for j in judgements.values()]
        assert len(marks) == len(set(marks))
    assert len({j.word for j in CHANGES.values()}) == len(CHANGES)


def test_every_remark_that_a_lens_leaves_has_a_sentence() -> None:
    codes = {c for f in LENSES.rglob("*.py") for c in re.findall(r'remarks\.append\("(\w+)"\)', f.read_text("utf-8"))}
    assert codes
    for code in codes:
        (sentence,) = remarks.describe_remarks((code,))
        assert sentence.endswith(".")


def test_a_remark_without_a_sentence_is_an_error() -> None:
    with pytest.raises(KeyError):
        remarks.describe_remarks(("unheard_of",))


@pytest.mark.parametrize(
    "word", ["pooled", "expected", "tipping point", "within", "between", "reference", "run chart", "crossings", "phase"]
)
def test_the_words_of_the_deeper_pages_are_defined(word: str) -> None:
    assert glossary.meaning(word)


def test_marks_lead_to_the_words_in_them() -> None:
    found = {term.word for term in glossary.found_in(["◐ use with caution", "🔒 2 groups not shown"])}
    assert {"Reliable", "Hidden"} <= found
    assert not glossary.found_in([])


def test_a_search_looks_in_words_and_meanings() -> None:
    assert "Hidden" in {term.word for term in glossary.matching("suppressed")}
    assert len(glossary.matching("")) == len(glossary.TERMS)
    assert glossary.matching("quux") == ()
