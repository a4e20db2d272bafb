"""Survey weights are heard by name and values, asked about, and said on every page; a body's weight is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from equity.intake.proposal.mapping.answering import answered
from equity.intake.proposal.propose import propose
from equity.loading import Accepted, load
from equity.vocabulary import OpenQuestion, QuestionsOpen
from equity.words.datasets import doubts

RACES = ("White", "Black or African American", "Asian")


def _file(folder: Path, column: str, weights: list[str]) -> Path:
    lines = [f"SEQNO,IYEAR,RACE,{column},FLUSHOT"]
    lines += [f"{k},2023,{RACES[k % 3]},{weights[k % len(weights)]},{1 + k % 2}" for k in range(60)]
    path = folder / "survey.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _weights(path: Path) -> list[OpenQuestion]:
    return [q for q in propose(path).questions if q.key.startswith("weights:")]


OF_A_POPULATION = [f"{180 + 97.13 * k:.4f}" for k in range(17)]
OF_THE_SAMPLE = [f"{0.4 + 0.0705 * k:.3f}" for k in range(18)]
OF_BODIES = [f"{52 + 2.3 * k:.1f}" for k in range(20)]


@pytest.mark.parametrize(
    "column",
    [
        "_LLCPWT", "X_LLCPWT", "finalwt", "WTINT2YR", "WTMEC2YR", "PERWT", "pweight", "PWGTP", "WTFA_A", "PERWT21F",
        "WEIGHT", "Survey weight", "final_weight", "wgt", "V005", "fexp", "Factor de expansión", "peso", "rakedwgt",
        "samplewt", "weight_trimmed", "ASECWT", "sampling_weight",
    ],
)  # fmt: skip
def test_weights_of_a_population_are_heard(tmp_path: Path, column: str) -> None:
    (question,) = _weights(_file(tmp_path, column, OF_A_POPULATION))
    assert question.waits
    assert column in question.columns


@pytest.mark.parametrize("column", ["weight", "WT", "Peso", "final_weight"])
def test_weights_that_were_scaled_to_the_sample_are_heard(tmp_path: Path, column: str) -> None:
    assert _weights(_file(tmp_path, column, OF_THE_SAMPLE))


@pytest.mark.parametrize("column", ["weight", "WT", "Peso", "weight_kg", "Body weight", "Birth weight", "Weight (lbs)"])
def test_the_weight_of_a_body_is_none(tmp_path: Path, column: str) -> None:
    assert not _weights(_file(tmp_path, column, OF_BODIES))


def test_weights_that_are_all_one_change_nothing(tmp_path: Path) -> None:
    assert not _weights(_file(tmp_path, "finalwt", ["1.0"]))


def test_replicate_weights_are_one_question(tmp_path: Path) -> None:
    path = _file(tmp_path, "PERWT,REPWT1,REPWT2", [f"{w},{w}5,{w}7" for w in OF_A_POPULATION])
    (question,) = _weights(path)
    assert len(question.columns) == 3
    assert not {s.columns[0] for s in propose(path).mapping.stratifiers} & set(question.columns)


def test_loading_waits_and_the_sample_is_said_on_every_page(tmp_path: Path) -> None:
    path = _file(tmp_path, "finalwt", OF_A_POPULATION)
    with pytest.raises(QuestionsOpen, match="survey weights"):
        load([path], "Survey", None, "new", tmp_path / "home")
    accepted = load([path], "Survey", None, "new", tmp_path / "home", accepted=Accepted(proposal=True))
    again = load([path], "Survey", None, "new", tmp_path / "home")  # the kept mapping asks nothing and says it again
    for held in (accepted, again):
        said = doubts.describe_doubts(held, "")
        assert [s for s in said if "the people who were asked, not the population" in s]
        assert len({d.key for d in held.doubts}) == len(held.doubts)


def test_who_says_that_they_are_none_hears_no_more_of_them(tmp_path: Path) -> None:
    proposal = propose(_file(tmp_path, "finalwt", OF_A_POPULATION))
    (question,) = [q for q in proposal.questions if q.key.startswith("weights:")]
    mapping = answered(proposal.mapping, question.answers[1].settings)
    assert proposal.mapping.unweighted == "finalwt"
    assert mapping == replace(proposal.mapping, unweighted="")
