"""The questions of the application to a network, from a file that the network may edit."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, cast, get_args

from equity.vocabulary import PlainError

SHIPPED: Final = Path(__file__).parent / "application_form.toml"
OWN: Final = "application_form.toml"
LONGEST_ANSWER: Final = 4_000
QuestionKind = Literal["line", "text", "number", "choice", "yes"]
YES: Final = "yes"


@dataclass(frozen=True)
class FormQuestion:
    """One question. ``options`` are for a choice; ``required`` of a ``yes`` means that it must be ticked."""

    id: str
    label: str
    kind: QuestionKind
    help: str
    required: bool
    options: tuple[str, ...]


@dataclass(frozen=True)
class FormSection:
    """Questions under one heading."""

    title: str
    questions: tuple[FormQuestion, ...]


@dataclass(frozen=True)
class ApplicationForm:
    """The whole form."""

    title: str
    intro: str
    sections: tuple[FormSection, ...]

    @property
    def questions(self) -> tuple[FormQuestion, ...]:
        """All questions in their order."""
        return tuple(question for section in self.sections for question in section.questions)


def application_form(home: Path) -> ApplicationForm:
    """The home folder's own form, else the shipped one.

    Raises:
        PlainError: the file cannot be read, or a question has no kind that there is, or its id twice.
    """
    own = home / OWN
    file = own if own.exists() else SHIPPED
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        sections = tuple(
            FormSection(str(section["title"]), tuple(_question(file, entry) for entry in section["question"]))
            for section in told["section"]
        )
        form = ApplicationForm(str(told["title"]), str(told.get("intro", "")), sections)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise PlainError(
            f"{file.name} cannot be read ({error}): correct it, or remove it from the home folder."
        ) from None
    ids = [question.id for question in form.questions]
    twice = next((name for name in ids if ids.count(name) > 1), "")
    if twice:
        raise PlainError(f"{file.name} asks “{twice}” twice: give each question an id of its own.")
    return form


def _question(file: Path, entry: dict[str, Any]) -> FormQuestion:
    kind = str(entry["kind"])
    if kind not in get_args(QuestionKind):
        raise PlainError(
            f"{file.name} has a question of the kind “{kind}”: choose {', '.join(get_args(QuestionKind))}."
        )
    options = tuple(str(option) for option in entry.get("options", ()))
    if kind == "choice" and len(options) < 2:
        raise PlainError(f"{file.name} offers fewer than two answers to “{entry['id']}”: list them as options.")
    return FormQuestion(
        str(entry["id"]),
        str(entry["label"]),
        cast(QuestionKind, kind),
        str(entry.get("help", "")),
        bool(entry.get("required", False)),
        options,
    )


def kept_answers(form: ApplicationForm, given: Mapping[str, object]) -> dict[str, str]:
    """Answers as they are kept: those to questions of the form, as text; what is no text is left out.

    Raises:
        PlainError: an answer is too long.
    """
    kept: dict[str, str] = {}
    for question in form.questions:
        answer = given.get(question.id)
        if not isinstance(answer, str):
            continue
        if len(answer) > LONGEST_ANSWER:
            raise PlainError(f"“{question.label}”: {len(answer):,} characters; {LONGEST_ANSWER:,} are the most.")
        kept[question.id] = answer
    return kept


def open_questions(form: ApplicationForm, answers: Mapping[str, str]) -> tuple[FormQuestion, ...]:
    """The required questions without an answer that fits them."""
    return tuple(q for q in form.questions if q.required and not _fits(q, answers.get(q.id, "")))


def _fits(question: FormQuestion, answer: str) -> bool:
    if question.kind == "yes":
        return answer == YES
    if question.kind == "choice":
        return answer in question.options
    return bool(answer.strip())
