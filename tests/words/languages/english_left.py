"""Finds English in a text that should be Spanish: words that our English texts have and our Spanish ones have not."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from equity.words import comparisons, remarks
from equity.words.answers import disparities, trends
from equity.words.languages.call_page import CallTexts
from equity.words.languages.call_pages import CALL_LANGUAGES
from equity.words.languages.language import Language
from equity.words.languages.pages import LANGUAGES
from equity.words.languages.phone_pages import PHONE_LANGUAGES
from equity.words.sharing import leader
from equity.words.work import aims, reflections

DOCS: Final = Path(__file__).resolve().parents[3] / "docs"
EVERYDAY: Final = "the of for with and or was is are than by to from in on at this that it not more most under over"
_SENTENCES: Final = (aims, comparisons, disparities, leader, reflections, remarks, trends)


def english_in(text: str, own: Iterable[str] = ()) -> set[str]:
    """The English words of a text, tags and values in braces aside; ``own`` is what people or files wrote."""
    bare = html.unescape(re.sub(r"<style.*?</style>|<[^>]+>|\{\w*\}", " ", text, flags=re.DOTALL))
    for written in sorted(own, key=len, reverse=True):
        bare = bare.replace(written, " ")
    return _words(bare) & _english_alone()


@cache
def _english_alone() -> frozenset[str]:
    english = {word for text in _texts("en") for word in _words(text)} | set(EVERYDAY.split())
    for module in _SENTENCES:
        english |= _words(re.sub(r"\{[^}]*\}", " ", " ".join(_strings(module.__file__ or ""))))
    return frozenset(english - {word for text in _texts("es") for word in _words(text)})


def _strings(file: str) -> list[str]:
    """The sentences of a module: its texts with a space in them."""
    return [text for text in re.findall(r'"([^"\n]*)"', Path(file).read_text("utf-8")) if " " in text]


def _texts(code: str) -> Iterator[str]:
    """Every text of a language: tables, the glossary, the guide for leaders, the form that comes along."""
    for of in (LANGUAGES[code], PHONE_LANGUAGES[code], CALL_LANGUAGES[code]):
        yield from spoken(of)
    spanish = PHONE_LANGUAGES["es"]
    yield from (spanish.names.values() if code == "es" else spanish.names.keys())
    yield (DOCS / ("leaders.md" if code == "en" else f"leaders.{code}.md")).read_text("utf-8")


def spoken(of: Language | CallTexts) -> Iterator[str]:
    """Every text of one language's tables."""
    if isinstance(of, CallTexts):
        for table in (of.page, of.stages, of.asks, of.openers, of.names, of.refused):
            yield from table.values()
        return
    yield from (*of.texts.values(), *of.refused.values(), *of.names.values(), *of.months)
    for term in of.glossary:
        yield from (term.word, term.meaning)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W\d_]{2,}", text)}
