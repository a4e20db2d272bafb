"""On a page that is read in Spanish nothing of ours is left in English; what people wrote stays as they wrote it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from equity.actions.network.applications import Door
from equity.focus.room import Criterion, FocusRoom
from equity.improvement.team.reflections import LeaderReply
from equity.network.application_form import application_form
from equity.server.applications.page import application_page
from equity.server.weighing.page import page as weighing_page
from equity.words.languages.call_page import CallTexts
from equity.words.languages.call_pages import CALL_LANGUAGES
from equity.words.languages.language import Language
from equity.words.languages.pages import LANGUAGES
from equity.words.languages.phone_pages import PHONE_LANGUAGES
from equity.words.languages.shared_writing import reply_told
from tests.words.languages.english_left import DOCS, EVERYDAY, english_in, spoken


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ningún grupo tiene una tasa más baja.", set()),
        ("La tasa of pacientes", {"of"}),
        ("<p class='with'>Medida</p> {rate}", set()),
        ("Still open: Su organización", {"still"}),
        ("Reflection of Q4 2023", {"reflection", "of"}),
        ("Controlled blood pressure: 62% en pacientes", set()),
    ],
)
def test_the_finder_sees_english(text: str, left: set[str]) -> None:
    assert english_in(text, ("Controlled blood pressure",)) >= left
    assert bool(english_in(text, ("Controlled blood pressure",))) == bool(left)


@pytest.mark.parametrize("of", [LANGUAGES["es"], PHONE_LANGUAGES["es"], CALL_LANGUAGES["es"]])
def test_no_everyday_english_word_stands_in_a_spanish_text(of: Language | CallTexts) -> None:
    both = {"no", "me", "once", "a"}
    everyday = set(EVERYDAY.split()) - both
    found = {text for text in spoken(of) if everyday & set(re.findall(r"[a-z]+", re.sub(r"\{\w*\}", "", text.lower())))}
    assert found == set()


def test_the_application_form_that_comes_along_is_whole_in_spanish(tmp_path: Path) -> None:
    form, of = application_form(tmp_path), PHONE_LANGUAGES["es"]
    every = [form.title, form.intro, *(section.title for section in form.sections)]
    every += [text for q in form.questions for text in (q.label, q.help, *q.options) if text]
    assert [text for text in every if of.name(text) == text] == []
    page = bytes(application_page("", "t", Door("Red de clínicas", form, ""), of).body).decode("utf-8")
    told = json.loads(re.search(r'id="told">(.*?)</script>', page)[1])  # type: ignore[index]
    seen = re.sub(r"<script.*?</script>|<nav.*?</nav>", " ", page, flags=re.DOTALL)
    assert english_in(" ".join((seen, *told["texts"].values(), told["closed"]))) == set()
    assert '<option value="Health plan">Plan de salud</option>' in page, "an answer is kept as the form names it"


def test_what_an_application_lacks_is_named_in_spanish(tmp_path: Path) -> None:
    of = PHONE_LANGUAGES["es"]
    labels = [question.label for question in application_form(tmp_path).questions if question.required]
    said = of.refusal(f"Still open: {'; '.join(labels)}")
    assert said.startswith("Falta responder: Nombre de la organización; ¿Dónde están?")
    assert english_in(said) == set()


def test_a_weighing_page_has_no_english_but_what_a_team_wrote() -> None:
    own = Criterion("Feasibility", "We cannot", "We can tomorrow")
    room = FocusRoom("What first?", "Visits", 1, areas=("Heart care", "Diabetes"), criteria=(own,))
    of = PHONE_LANGUAGES["es"]
    page = weighing_page("", "t", room, "equity", {}, 2, of, status=of.say("weigh.kept.draft"))
    seen = re.sub(r"<script.*?</script>|<nav.*?</nav>", " ", page, flags=re.DOTALL)
    spoken_too = " ".join(re.findall(r'(?:aria-label|data-all|data-left|data-over)="([^"]*)"', page))
    written = (own.name, own.nothing, own.everything, room.title, *room.areas)
    assert english_in(f"{seen} {spoken_too}", written) == set()


def test_a_leaders_answer_is_told_in_spanish() -> None:
    given = LeaderReply("Dr. Lee", "We hear you", "I ask for it", "2027-03-01")
    assert reply_told(given, LANGUAGES["es"]) == [
        "Leyó: We hear you",
        "Hará: I ask for it (para el 1 de marzo de 2027)",
    ]
    assert reply_told(given, LANGUAGES["en"])[1] == "Will do: I ask for it, by March 1, 2027"
    assert reply_told(LeaderReply("Dr. Lee", "Yes", ""), LANGUAGES["es"])[1] == "Esta vez no promete nada."


def test_the_guide_for_leaders_is_in_spanish() -> None:
    assert english_in((DOCS / "leaders.es.md").read_text("utf-8")) == set()
