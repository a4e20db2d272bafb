"""Answers of the workspace's pages: as many stay in memory as a list of periods can ask for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equity.cards.parts.offered import ALL_TIME, periods_offered
from equity.cube import Cube
from equity.lens.answers import Areas
from equity.lens.areas import areas as ask
from equity.lens.choices import Choices
from equity.ui.datasets import in_memory
from equity.ui.question import answers
from equity.vocabulary.period import PeriodRange, periods_between


def test_every_period_of_five_years_stays_asked(sample_cube: Cube, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clinical areas and Largest gaps ask this for every period that is picked, and again when it is picked again."""
    asked: list[Choices] = []
    one = ask(sample_cube, Choices("Sample", 1, "", ""))

    def counted(_: Cube, choices: Choices) -> Areas:
        asked.append(choices)
        return replace(one, choices=choices)

    described = replace(sample_cube.description, periods=periods_between("2020-01", "2024-12"))
    monkeypatch.setattr(in_memory, "description", lambda _: described)
    monkeypatch.setattr(in_memory, "cube", lambda *_: sample_cube)
    monkeypatch.setattr("equity.lens.areas.areas", counted)
    codes = ["" if each.code == ALL_TIME else each.code for each in periods_offered(described, "")]
    every = [Choices("Sample", 1, "", "", period=PeriodRange.parse(code)) for code in codes]
    first = [answers.areas(choices) for choices in every]
    again = [answers.areas(choices) for choices in every]
    assert len(set(codes)) == 60 + 20 + 5 + 1
    assert [one is other for one, other in zip(first, again, strict=True)] == [True] * len(codes)
    assert asked == every
