"""Columns of a file of visits that say who does not count."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.intake.proposal.mapping.answering import answered
from equity.intake.proposal.mapping.mapping_file import mapping_to_toml
from equity.intake.proposal.propose import propose
from tests.intake.conftest import Load


@pytest.mark.parametrize(
    ("column", "out", "counts"),
    [("excluded", "Y", "N"), ("eligible", "N", "Y"), ("denominator_flag", "0", "1"), ("exclude_reason", "Hospice", "")],
)
def test_lines_that_may_not_count_are_asked_about(
    load: Load, tmp_path: Path, column: str, out: str, counts: str
) -> None:
    # 20 lines: every fourth (5) is marked; of the 15 others 9 are yes; the marked are all no.
    lines = [f"mrn,race,visit_month,{column},bp_controlled"]
    for i in range(20):
        marked = i % 4 == 0
        yes = not marked and i < 12
        lines.append(
            f"{i},{('Black', 'White')[i // 2 % 2]},2024-0{i % 3 + 1},{out if marked else counts},{'Y' if yes else 'N'}"
        )
    path = tmp_path / "visits.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    proposal = propose(path)
    (question,) = [q for q in proposal.questions if q.waits]
    assert question.sentence == f"5 of 20 lines do not count by “{column}”: are they left out of the denominator?"
    left = load(path, mapping_to_toml(answered(proposal.mapping, question.answers[0].settings))).table
    assert (left["x"].sum(), len(left)) == (9, 15)
    every = load(path, mapping_to_toml(answered(proposal.mapping, question.answers[1].settings))).table
    assert (every["x"].sum(), len(every)) == (9, 20)
