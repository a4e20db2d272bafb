"""export: an answer into a file, from a terminal."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation

from equity.actions.card_files import CARDS, QUESTIONS
from equity.cards.made_again import MAKERS
from equity.commands.export import OF_EVERYTHING
from equity.commands.line import run
from equity.notebook import ask
from tests.pages.people import DATASET, small_home

MADE_UP = "Indicator,Year,Race,Cases,Population\n" + "".join(
    f"Measles diagnoses,{year},{group},{cases},{people}\n"
    for year in (2019, 2020, 2021, 2022)
    for group, cases, people in (("Black", 310, 120_000), ("White", 205, 410_000), ("Asian", 40, 70_000))
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    (tmp_path / "made_up.csv").write_text(MADE_UP, encoding="utf-8")
    assert run(["load", str(tmp_path / "made_up.csv"), "--dataset", "Measles"]) == 0
    return tmp_path


def export(folder: Path, form: str, *more: str) -> tuple[int, Path]:
    path = folder / f"taken.{form}"
    words = ["export", "--format", form, "--dataset", "Measles", *more, "--output", str(path)]
    return run(words), path


ASKED = ("--measure", "Measles diagnoses", "--by", "race")


def test_each_format_holds_the_same_numbers(folder: Path) -> None:
    status, path = export(folder, "csv", *ASKED, "--period", "2022")
    assert status == 0
    rates = pd.read_csv(path).set_index("group")["rate"]
    status, path = export(folder, "pptx", *ASKED, "--period", "2022")
    assert status == 0
    shapes = Presentation(io.BytesIO(path.read_bytes())).slides[1].shapes
    plot = next(shape for shape in shapes if shape.has_chart).chart.plots[0]
    found = dict(zip(plot.categories, plot.series[0].values, strict=True))
    assert {group: value / 100_000 for group, value in found.items()} == pytest.approx(rates.to_dict())
    status, path = export(folder, "html", *ASKED, "--period", "2022")
    assert status == 0
    assert "310" in path.read_text(encoding="utf-8")
    status, path = export(folder, "xlsx", *ASKED, "--period", "2022")
    assert status == 0
    book = openpyxl.load_workbook(path)
    assert 310 in [cell.value for row in book.worksheets[1].iter_rows() for cell in row]


def test_what_stands_beside_a_question_is_exported_with_both_periods(folder: Path) -> None:
    status, path = export(folder, "html", *ASKED, "--period", "2022", "--against", "period:2019")
    assert status == 0
    page = path.read_text(encoding="utf-8")
    assert "2019 and 2022" in page or "2019 beside 2022" in page
    assert "2022 beside 2022" not in page
    assert export(folder, "html", *ASKED, "--period", "2022", "--against", "period:1999")[0] == 2


@pytest.mark.parametrize("question", ["trends", "areas"])
def test_other_questions_are_exported_too(folder: Path, question: str) -> None:
    status, path = export(folder, "pptx", "--question", question, *(ASKED if question == "trends" else ()))
    assert status == 0
    assert len(Presentation(str(path)).slides) >= 1


def test_what_is_missing_is_said_in_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _ = export(folder, "pptx", "--measure", "Measles diagnoses")
    assert status == 2
    assert capsys.readouterr().err.strip() == "An export of disparities needs --by."
    words = ["export", "--format", "csv", "--dataset", "Measles", *ASKED, "--output", str(folder / "no" / "x.csv")]
    assert run(words) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_every_card_that_there_is_belongs_to_a_question_of_the_command() -> None:
    every = {(page, card) for page, makers in MAKERS.items() for card in makers}
    assert {named for cards in CARDS.values() for named in cards} == every
    assert set(CARDS) - {"explore"} == set(QUESTIONS)  # Explore is asked on its page alone


@pytest.mark.parametrize("question", [name for name in QUESTIONS if name != "age-standardized"])
def test_every_question_becomes_slides(question: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    small_home(tmp_path)
    measure = str(ask("areas", DATASET).rows["measure"].iloc[0])
    by = "race,site" if question == "intersections" else "race"
    asked = () if question in OF_EVERYTHING else ("--measure", measure, "--by", by)
    path = tmp_path / "taken.pptx"
    words = ["export", "--format", "pptx", "--dataset", DATASET, "--question", question, *asked]
    assert run([*words, "--output", str(path)]) == 0
    assert len(Presentation(str(path)).slides) >= 1


def test_a_grouping_or_a_standard_that_is_not_there_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for question, more in (("gap-breakdown", ("--within", "site")), ("age-standardized", ())):
        status, path = export(folder, "pptx", "--question", question, *ASKED, *more)
        assert (status, path.exists()) == (2, False)
        assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_question_is_written_by_its_former_name_too_with_a_note(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, path = export(folder, "csv", "--question", "scan")
    former, told = path.read_bytes(), capsys.readouterr().err
    assert (status, "“--question scan” is called “largest-gaps” now" in told) == (0, True)
    assert export(folder, "csv", "--question", "largest-gaps") == (0, path)
    assert path.read_bytes() == former
    assert "is called" not in capsys.readouterr().err


def test_one_group_on_every_measure_is_written_when_it_is_asked_for(folder: Path) -> None:
    status, path = export(folder, "html", "--question", "largest-gaps")
    assert (status, "Asian people: " in path.read_text()) == (0, False)
    status, path = export(folder, "html", "--question", "largest-gaps", "--by", "race", "--group", "Asian")
    text = path.read_text()
    assert status == 0
    assert "Asian people: " in text
    assert "Question: All measures for Asian patients, compared with each measure" in text


def test_the_table_of_one_group_is_of_that_group_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table is the first card's numbers: were the group not in front, every group's file would hold the same rows."""
    for group in ("Asian", "White"):
        status, path = export(folder, "csv", "--question", "largest-gaps", "--by", "race", "--group", group)
        assert (status, pd.read_csv(path)["group"].tolist()) == (0, [group])
    assert export(folder, "csv", "--question", "largest-gaps", "--group", "Asian")[0] == 2
    assert "needs --by, the grouping that it is in" in capsys.readouterr().err
    assert export(folder, "csv", "--question", "largest-gaps", "--by", "race", "--group", "asian")[0] == 2
    refused = capsys.readouterr().err
    assert "“asian” is no group of “" in refused
    assert "Asian" in refused and "White" in refused


def test_a_question_that_is_none_is_told_those_that_there_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("nothing", "explore"):
        with pytest.raises(SystemExit):
            export(folder, "csv", "--question", name)
        said = capsys.readouterr().err
        assert f"'{name}'" in said
        assert all(each in said for each in QUESTIONS)
