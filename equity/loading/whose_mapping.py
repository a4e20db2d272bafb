"""The mapping that files are read by: the current version's where it fits, else a proposal; what nobody confirmed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from equity.intake.layout.open_tidy import open_tidy
from equity.intake.proposal.mapping.asking import as_text
from equity.intake.proposal.mapping.mapping_file import read_mapping
from equity.intake.proposal.propose import propose
from equity.intake.reading.binding import bind, wanted_names
from equity.loading.refusals import Accepted
from equity.store.files.versions import Version
from equity.vocabulary import (
    Doubt,
    Mapping,
    OpenQuestion,
    PlainError,
    Problem,
    QuestionsOpen,
)

Runner = Callable[..., Any]
"""Calls a function with the arguments that follow it: here, or in a process of its own."""


def _proposed(file: Path) -> tuple[Mapping, tuple[OpenQuestion, ...], tuple[Problem, ...]]:
    proposal = propose(file)
    return proposal.mapping, proposal.questions, proposal.problems


def mapping_for(
    files: Sequence[Path], current: Version | None, work: Path, accepted: Accepted, run: Runner
) -> tuple[Mapping, tuple[Doubt, ...]]:
    """The current version's mapping where every file has its columns, else a proposal from the first file; and what of
    it nobody has confirmed.

    Raises :class:`QuestionsOpen` when the proposal leaves questions open and is not accepted.
    """
    if current is not None:
        kept = read_mapping(current.folder / "mapping.toml")
        if run(fits, kept, files, work):
            return kept, current.description().doubts
    if not files:
        raise PlainError("No file was given: choose at least one.")
    mapping, questions, problems = run(_proposed, files[0])
    nothing = next((p for p in problems if p.code == "no_value"), None)
    if nothing is not None:
        raise PlainError(f"{files[0].name}: {nothing.message[0].lower()}{nothing.message[1:]} {nothing.remedy}")
    waiting = tuple(question for question in questions if question.waits)
    if waiting and not accepted.proposal:
        raise QuestionsOpen(as_text(files[0].name, waiting), waiting)
    return mapping, tuple(question.overruled for question in waiting)


def with_standing(doubts: tuple[Doubt, ...], mapping: Mapping) -> tuple[Doubt, ...]:
    """The doubts, and what the mapping says that every page must say of the data: weights that were left out."""
    column = mapping.unweighted
    if not column:
        return doubts
    said = (
        f"The file has survey weights (“{column}”) and the numbers are without them: they describe the people who were "
        "asked, not the population."
    )
    return (*(d for d in doubts if not d.key.startswith("weights:")), Doubt(f"weights:{column}", (column,), said, ""))


def fits(mapping: Mapping, files: Sequence[Path], work: Path) -> bool:
    with tempfile.TemporaryDirectory(dir=work) as folder:
        try:
            for file in files:
                bind(mapping, open_tidy(file, Path(folder), mapping, wanted_names(mapping)))
        except PlainError:
            return False
    return True
