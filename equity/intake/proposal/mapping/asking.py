"""Open questions as people read them in a terminal and in a mapping file, each answer with the lines that give it."""

from __future__ import annotations

from collections.abc import Sequence

from equity.intake.proposal.mapping.answering import mapping_lines
from equity.intake.spellings.amounts import amount
from equity.vocabulary import OpenQuestion

REMEDY = (
    "Write the lines of your answer into a mapping (python -m equity inspect FILE > mapping.toml; then load with "
    "--mapping mapping.toml), or take the first answer of each with --accept-proposal."
)


def as_text(file: str, questions: Sequence[OpenQuestion]) -> str:
    """The questions for a terminal: what is asked, then each answer with its lines."""
    lines = [f"{file} leaves {amount(len(questions), 'question')} open, so nothing was loaded."]
    for number, question in enumerate(questions, start=1):
        lines += ["", f"{number}. {question.sentence}"]
        for letter, answer in zip("abcd", question.answers, strict=False):
            lines.append(f"   {letter}) {answer.label}")
            lines += [f"        {line}" for line in mapping_lines(answer.settings).splitlines()]
        lines.append(f"   The first is likeliest: {question.why}.")
    return "\n".join([*lines, "", REMEDY])


def as_comments(questions: Sequence[OpenQuestion]) -> str:
    """The questions as comments of the proposed mapping, which follows the first answer of each."""
    lines: list[str] = []
    for question in questions:
        lines += [f"# open: {question.sentence} (The first is likeliest: {question.why}.)"]
        for letter, answer in zip("abcd", question.answers, strict=False):
            lines.append(f"#   {letter}) {answer.label}")
            lines += [f"#        {line}" for line in mapping_lines(answer.settings).splitlines()]
    return "\n".join(lines)
