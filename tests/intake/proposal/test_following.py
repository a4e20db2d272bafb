"""A proposal follows the likeliest answer to each of its questions, and every other answer takes that back."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.intake.proposal.mapping.answering import answered
from equity.intake.proposal.propose import propose
from equity.vocabulary.layout import Latest
from tests.intake.corpus.group_files import group_files
from tests.intake.corpus.made_files import MadeFile
from tests.intake.corpus.time_files import time_files
from tests.intake.corpus.visit_files import visit_files

ASKED = {f.name: f for f in (*time_files(), *group_files(), *visit_files()) if f.asks}


def written(made: MadeFile, folder: Path) -> Path:
    path = folder / f"{made.name}.csv"
    path.write_text(made.text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", sorted(ASKED))
def test_the_first_answer_is_what_the_proposal_says(name: str, tmp_path: Path) -> None:
    proposal = propose(written(ASKED[name], tmp_path))
    question = next(q for q in proposal.questions if q.key.startswith(ASKED[name].asks))
    if question.key.startswith("windows:"):
        return  # windows that stand apart are read without being named
    assert answered(proposal.mapping, question.likeliest.settings) == proposal.mapping
    for other in question.answers[1:]:
        assert answered(proposal.mapping, other.settings) != proposal.mapping, other.label


def test_a_running_total_can_be_read_as_months_after_all(tmp_path: Path) -> None:
    proposal = propose(written(ASKED["running_ytd_by_numbers"], tmp_path))
    assert proposal.mapping.layout.latest == Latest("Month", "year")
    question = next(q for q in proposal.questions if q.key == "running:Month")
    assert answered(proposal.mapping, question.answers[1].settings).layout.latest is None


def test_two_ways_of_grouping_can_be_one_after_all(tmp_path: Path) -> None:
    proposal = propose(written(ASKED["groupings_by_lists"], tmp_path))
    question = next(q for q in proposal.questions if q.key == "groupings:Group")
    one = answered(proposal.mapping, question.answers[1].settings)
    assert one.long is None
    assert one.layout.groupings is None
    assert [s.columns for s in one.stratifiers] == [("Group",)]
