"""What a reading of a file decided, how surely, and what it must ask.

A reading is a hypothesis. A :class:`Decision` says what was decided and by which evidence; where the evidence does not
settle something that changes a number, a sign or a group, an :class:`OpenQuestion` stands instead of a guess.
"""

from __future__ import annotations

from dataclasses import dataclass

from equity.vocabulary.errors import PlainError

SettingPart = str | float | bool | tuple[str, ...] | tuple[float, ...]
SettingValue = SettingPart | tuple[tuple[str, SettingPart], ...] | None


@dataclass(frozen=True)
class Setting:
    """One line of a mapping: where it stands (``("columns", "n")``) and what it says; None takes the line away.

    A tuple of texts or numbers is a list; a tuple of pairs is an inline table.
    """

    path: tuple[str, ...]
    value: SettingValue


@dataclass(frozen=True)
class Answer:
    """One way to read the file: what the file would then say, with a worked number, and the mapping that says so."""

    label: str
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True)
class OpenQuestion:
    """Something that the file does not settle.

    ``key`` is stable from one extract to the next (``denominator:Cases``); ``columns`` are those it is about;
    ``sentence`` asks in one line. Two to four ``answers``, the likeliest first; ``confidence`` is how sure that one is,
    0 to 1; ``why`` says what speaks for it. Loading ``waits`` for the answer, but where the likeliest one claims
    nothing.
    """

    key: str
    columns: tuple[str, ...]
    sentence: str
    answers: tuple[Answer, ...]
    confidence: float
    why: str
    waits: bool = True

    @property
    def overruled(self) -> Doubt:
        """The doubt that stays when the likeliest answer is taken without a person's word."""
        first, *others = self.answers
        return Doubt(self.key, self.columns, self.sentence, first.label, tuple(a.label for a in others))

    @property
    def likeliest(self) -> Answer:
        """The answer that the evidence speaks for."""
        return self.answers[0]


@dataclass(frozen=True)
class Doubt:
    """An open question that was overruled: what was asked, how the file was read all the same, how else it could be.

    Without ``read_as`` the sentence states what holds of the data whatever anybody answers.
    """

    key: str
    columns: tuple[str, ...]
    sentence: str
    read_as: str
    or_else: tuple[str, ...] = ()


class QuestionsOpen(PlainError):  # noqa: N818 - it waits for an answer
    """Nothing was loaded, since the file leaves questions open; the message asks them, with the mapping lines."""

    def __init__(self, message: str, questions: tuple[OpenQuestion, ...]) -> None:
        super().__init__(message)
        self.questions = questions


@dataclass(frozen=True)
class Decision:
    """What was decided (``role`` is the role or property, ``choice`` the column or value), how, and the runner-up."""

    role: str
    choice: str
    evidence: str
    confidence: float
    runner_up: str = ""
