"""What the checks found in a file, as its page says it: what a person can do here, in the words of the choices here."""

from __future__ import annotations

from collections.abc import Sequence

from equity.ui.layout import prose
from equity.vocabulary import Problem
from equity.words.escaping import one_line
from equity.words.labels.upload import FINDING_REMEDIES, UPLOAD_TEXTS

MOST_FINDINGS = 12
SAID_BESIDE_LOAD = frozenset({"no_stratifier"})


def show_findings(problems: Sequence[Problem]) -> None:
    """List the findings. What Load waits for follows the choices, and is said beside Load."""
    held = [problem for problem in problems if problem.code not in SAID_BESIDE_LOAD]
    said = [" ".join(filter(None, [one_line(p.message, 400), _where(p), _remedy(p)])) for p in held]
    prose.listed("Look at this before you load", list(dict.fromkeys(said))[:MOST_FINDINGS])


def _remedy(problem: Problem) -> str:
    return FINDING_REMEDIES.get(problem.code, one_line(problem.remedy, 400))


def _where(problem: Problem) -> str:
    """The column and the first line that a finding is about, when it is about one."""
    if not problem.column or not problem.row:
        return ""
    return UPLOAD_TEXTS["it_is_in_the_column_first"].format(column=one_line(problem.column), row=problem.row)
