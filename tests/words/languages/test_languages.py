"""Spanish for what a link opens: every text is there, every value stands in it, and no number differs from English."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest

from equity.lens.answers import Disparities, ResolvedReference
from equity.release.policy import PRESETS
from equity.vocabulary import Category, Stratifier
from equity.vocabulary.lenses import LENSES
from equity.words import glossary
from equity.words.call.calls import REFUSED
from equity.words.languages import language, leader_page
from equity.words.languages.call_page import wished
from equity.words.languages.call_pages import CALL_LANGUAGES
from equity.words.languages.english import ENGLISH
from equity.words.languages.pages import LANGUAGES, Before, leaders
from equity.words.languages.phone_pages import PHONE_LANGUAGES
from equity.words.languages.spanish import SPANISH
from tests.answers_for_tests import (
    EVEN_GROUPS,
    HIV,
    HIV_GROUPS,
    INTERPRETER,
    LANGUAGE,
    LEFT,
    LEFT_GROUPS,
    MINUTES,
    MINUTES_GROUPS,
    PAYER,
    RACE,
    Group,
    disparities,
    released,
    trends,
)
from tests.words.corpus import made_up_answers

FIRST = Before(None, "")
AGES = Stratifier(
    "age_band", "Age band", ordered=True, categories=tuple(map(Category, ("Under 18", "18–64", "65 and over")))
)


def values(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", ENGLISH.texts)
def test_each_text_is_there_with_the_same_values(key: str) -> None:
    assert values(SPANISH.texts[key]) == values(ENGLISH.texts[key])
    assert SPANISH.texts[key].strip()


def test_the_glossary_has_each_term_once() -> None:
    assert len(SPANISH.glossary) == len(glossary.TERMS)
    assert len({term.word for term in SPANISH.glossary}) == len(SPANISH.glossary)
    assert all(term.meaning.endswith(".") for term in SPANISH.glossary)


@pytest.mark.parametrize(
    ("wishes", "code"),
    [(("es",), "es"), ((None, "es-MX"), "es"), (("fr-CA", "es_US"), "es"), (("fr",), "en"), ((None, None), "en")],
)
def test_the_browsers_language_is_taken_where_it_is_known(wishes: tuple[str | None, ...], code: str) -> None:
    assert language.chosen(LANGUAGES, *wishes).code == code


def test_the_finding_in_spanish() -> None:
    answer = disparities()
    assert leader_page.finding(answer, SPANISH) == (
        "Controlled blood pressure, 2024: 55.0% en pacientes de raza o etnia negra o afroamericana. "
        "En pacientes de raza o etnia asiática (la tasa más alta) fue de 69.0%."
    )
    assert leader_page.what_it_comes_to(answer, SPANISH) == (
        "Con 69.0%, cerca de 309 pacientes más habrían cumplido la medida (rango del 95%: 242 a 376).",
    )
    assert leader_page.question(answer, SPANISH) == (
        "Controlled blood pressure por raza y origen étnico, 2024. Se compara con pacientes de raza o etnia asiática."
    )
    visits = disparities(LEFT, LANGUAGE, LEFT_GROUPS)
    assert leader_page.finding(visits, SPANISH) == (
        "Left without being seen, 2024: 9.0% de las visitas de personas cuyo idioma es el español. En personas "
        "cuyo idioma es el inglés (la tasa más baja) fue de 4.0%."
    )
    assert "cerca de 70 visitas menos habrían tenido este resultado" in leader_page.what_it_comes_to(visits, SPANISH)[0]


ANSWERS: dict[str, Disparities] = {
    "a gap": disparities(),
    "hidden": released(disparities()),
    "visits": disparities(LEFT, LANGUAGE, LEFT_GROUPS),
    "a rate": disparities(HIV, RACE, HIV_GROUPS),
    "a wait": disparities(MINUTES, LANGUAGE, MINUTES_GROUPS),
    "even": disparities(stratifier=PAYER, groups=EVEN_GROUPS),
    "neutral": disparities(INTERPRETER, LANGUAGE, LEFT_GROUPS),
    "nothing": disparities(groups=[Group("Asian", 0, 0)], reference=ResolvedReference("best", "")),
    "all hidden": disparities(groups=[Group("Asian", 0, 0, shown="hidden")], reference=ResolvedReference("best", "")),
}


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("policy", PRESETS)
def test_the_page_says_everything_in_both(name: str, policy: str) -> None:
    answer = ANSWERS[name]
    rule = PRESETS[policy]  # type: ignore[index]
    for of in LANGUAGES.values():
        page = leaders(answer, trends(), FIRST, rule, of)
        assert page.finding.endswith(".")
        assert page.changed and page.hidden and page.prompt and page.question
        assert "{" not in " ".join((page.finding, *page.comes_to, page.changed, *page.hidden, page.prompt))


def test_the_numbers_are_the_same_in_both() -> None:
    """Every figure of the English headline and of what it comes to stands in the Spanish one, in its order."""
    seen = 0
    for answer in made_up_answers(160, seed=5):
        if not isinstance(answer, Disparities) or any("under" in t or "over" in t for t in (answer.measure.name,)):
            continue
        page = {of.code: leaders(answer, None, FIRST, PRESETS["cms"], of) for of in LANGUAGES.values()}
        if not page["en"].comes_to or "chance" in page["en"].comes_to[0]:
            continue
        figures = {
            code: re.findall(
                r"\d[\d,.]*\d|\d",
                f"{p.finding.partition(': ')[2]} {p.comes_to[-1]}".replace("95%", "").replace("100,000", ""),
            )
            for code, p in page.items()
        }
        assert figures["es"] == figures["en"], page
        seen += 1
    assert seen > 40


def test_what_is_said_in_english_is_said_in_spanish() -> None:
    """That it could be chance, that chance is taken off, that only shown groups are meant: in both or in neither."""
    signs = {
        "chance": ("could be chance", "deberse al azar"),
        "chance taken off": ("with chance taken off", "descontado el azar"),
        "small": ("small but clear", "pequeña pero clara"),
        "shown": ("among the groups shown", "que se muestran"),
        "alike": ("ll groups are near", "están cerca de"),
    }
    seen = dict.fromkeys(signs, 0)
    wide = [disparities(stratifier=PAYER, groups=[Group("Commercial", 62, 100), Group("Medicaid", 62, 100)])]
    for answer in (*ANSWERS.values(), *wide, *made_up_answers(240, seed=9)):
        if not isinstance(answer, Disparities):
            continue
        told = {of.code: leaders(answer, None, FIRST, PRESETS["cms"], of) for of in LANGUAGES.values()}
        english, spanish = (" ".join((told[code].finding, *told[code].comes_to)) for code in ("en", "es"))
        for sign, (ours, theirs) in signs.items():
            assert (ours in english) == (theirs in spanish), (sign, english, spanish)
            seen[sign] += ours in english
    assert min(seen[sign] for sign in ("chance", "small", "alike")) > 0, seen


def test_no_english_is_left_on_the_spanish_page_of_standard_names() -> None:
    """Only a measure's name and a unit stay as the file has them."""
    english = (
        r"\b(the|of|for|with|and|or|was|is|are|than|patients|people|visits|under|over|rate|average|group|no data)\b"
    )
    for answer in (*ANSWERS.values(), *made_up_answers(160, seed=13)):
        if not isinstance(answer, Disparities):
            continue
        page = leaders(answer, None, FIRST, PRESETS["cms"], SPANISH)
        said = " ".join((page.finding, *page.comes_to, page.question, page.changed, *page.hidden, page.prompt))
        said += " ".join(f"{few.who} {few.value} {few.size} {few.beside}" for few in page.few)
        own = said.replace(answer.measure.name, "")
        assert not re.search(english, own, re.IGNORECASE), own


def test_an_average_is_not_called_a_rate_and_a_band_of_ages_is_said() -> None:
    wait = disparities(MINUTES, LANGUAGE, MINUTES_GROUPS)
    page = leaders(wait, None, FIRST, PRESETS["cms"], SPANISH)
    assert "tasa" not in " ".join((page.finding, *page.comes_to, page.question))
    assert "minutos más (peor)" in page.comes_to[0]
    groups = [Group("Under 18", 500, 1000), Group("18–64", 600, 1000), Group("65 and over", 700, 1000)]
    aged = disparities(stratifier=AGES, groups=groups)
    who = {few.who for few in leaders(aged, None, FIRST, PRESETS["cms"], SPANISH).few}
    assert who == {"Personas de menos de 18 años", "Personas de 18–64 años", "Personas de 65 o más años"}


def test_days_are_said_as_each_language_says_them() -> None:
    assert [of.day(dt.date(2026, 1, 9)) for of in LANGUAGES.values()] == ["January 9, 2026", "9 de enero de 2026"]


def test_what_changed_since_the_last_release() -> None:
    answer = disparities()
    same = leader_page.changed(answer, answer, "2025-01-02", SPANISH)
    assert same == (
        "Pacientes de raza o etnia negra o afroamericana: 55.0% (2024), igual que en la última publicación "
        "(2025-01-02)."
    )
    lower = replace(answer, rows=answer.rows.assign(rate=answer.rows["rate"] - 0.2, upper=answer.rows["upper"] - 0.2))
    assert leader_page.changed(answer, lower, "2025-01-02", SPANISH).startswith("▲ Mejor. Pacientes de raza")


def test_a_call_says_everything_in_each_language() -> None:
    """Each text of the page, each stage, view and refusal is there, with the same values."""
    english, *others = CALL_LANGUAGES.values()
    assert len(others) == 1
    for of in others:
        for part in ("page", "stages", "asks", "openers", "names", "refused"):
            own, theirs = getattr(of, part), getattr(english, part)
            assert list(own) == [key for key in own if key in theirs] and set(own) == set(theirs), part
            assert {key for key in own if values(own[key]) != values(theirs[key])} == set(), part
            assert {key for key in theirs if theirs[key] and not own[key].strip()} == set(), part


def test_a_refusal_is_said_in_the_language_of_the_page() -> None:
    spanish = CALL_LANGUAGES["es"]
    for key, text in REFUSED.items():
        assert spanish.refusal(text.format(n="12")) == spanish.refused[key].format(n="12")
        assert CALL_LANGUAGES["en"].refusal(text.format(n="12")) == text.format(n="12")
    assert spanish.refusal("Another sentence, of 12 words.") == "Another sentence, of 12 words."
    assert spanish.refusal("This call has no picture {n!r}.") == "Esta sesión no tiene la imagen {n!r}."


def test_the_phone_pages_say_everything_in_each_language() -> None:
    english, spanish = PHONE_LANGUAGES.values()
    assert set(spanish.texts) == set(english.texts)
    assert {key for key in english.texts if values(spanish.texts[key]) != values(english.texts[key])} == set()
    assert all(text.strip() for text in spanish.texts.values())
    assert all(spanish.name(lens) != lens for lens in LENSES)


def test_a_refusal_known_in_spanish_is_one_that_is_made() -> None:
    """Each stands in the code as its rule raises it, with the same values, so that none is a sentence of yesterday."""
    root = Path(__file__).resolve().parents[3] / "equity"
    sources = [
        path
        for part in ("actions", "focus", "network", "server", "vocabulary", "words/labels")
        for path in (root / part).rglob("*.py")
    ]
    code = "".join(re.sub(r'"\s*\n\s*f?"', "", path.read_text("utf-8")) for path in sources)
    spanish = PHONE_LANGUAGES["es"]
    for english, text in spanish.refused.items():
        longest = max(re.split(r"\{\w+\}", english), key=len)
        assert longest in code, english
        assert set(values(text)) <= set(values(english)), english
        told = {"n": "12", "m": "3 to 7", "k": "4,000"}
        assert spanish.refusal(english.format(**told)) == text.format(**told)


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", ["es-MX", "es", "en"]),
        ("en;q=0.3, es", ["es", "en"]),
        ("fr;q=0, es;q=x, en;q=2, *", ["*"]),
        ("", []),
    ],
)
def test_the_languages_that_a_browser_wishes_for(header: str, tags: list[str]) -> None:
    assert wished(header) == tags
