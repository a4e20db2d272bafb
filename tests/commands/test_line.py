"""The command line: what analysts schedule, and a contract."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from equity.commands.line import run

HIV = """\
Indicator,Year,Race/Ethnicity,Cases,Rate per 100000,Population
"HIV diagnoses","2021","Black/African American","13,876","39.9","34,800,000"
"HIV diagnoses","2021","White","9,063","5.3","171,200,000"
"HIV diagnoses","2020 (COVID-19 Pandemic)","Black/African American","12,000","34.6","34,700,000"
"HIV diagnoses","2020 (COVID-19 Pandemic)","White","7,800","4.6","171,300,000"
"HIV diagnoses","2021","Asian","Data not available","Data not available","17,000,000"
"""
MAPPING = """\
[extract]
shape = "counts"
[columns]
measure = "Indicator"
clinical_area = { value = "Sexual health" }
period = "Year"
x = "Cases"
n = "Population"
[stratifiers.race]
column = "Race/Ethnicity"
[measures."HIV diagnoses"]
kind = "rate"
multiplier = 100000
polarity = "lower_better"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a made-up extract, its mapping, and a home of its own."""
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    (tmp_path / "made_up.csv").write_text(HIV, encoding="utf-8")
    (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def say(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = run(words)
    spoken = capsys.readouterr()
    return status, spoken.out, spoken.err


def loaded(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["load", str(folder / "made_up.csv"), "--dataset", "HIV", "--mapping", str(folder / "mapping.toml")]
    status, out, err = say(capsys, *words)
    assert status == 0, err
    assert "5 rows = 5 used + 0 set aside" in out


ASK = ["ask", "disparities", "--dataset", "HIV", "--measure", "HIV diagnoses", "--by", "race"]


def test_from_a_file_to_a_gap(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    loaded(folder, capsys)
    _, out, _ = say(capsys, *ASK, "--reference", "White", "--period", "2021", "--format", "json")
    answer: dict[str, Any] = json.loads(out)
    black = next(row for row in answer["rows"] if row["group"].startswith("Black"))
    assert (black["x"], black["n"]) == (13876, 34800000)
    assert black["rate"] == pytest.approx(13876 / 34800000)
    assert black["ratio"] == pytest.approx((13876 / 34800000) / (9063 / 171200000))
    assert black["verdict"] == "disparity"
    asian = next(row for row in answer["rows"] if row["group"] == "Asian")
    assert asian["shown"] == "hidden"
    assert asian["x"] is None
    assert answer["choices"]["period"] == "2021"
    assert "cube" in answer["sql"]


def test_a_year_with_words_after_it_is_that_year(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    loaded(folder, capsys)
    _, out, _ = say(capsys, *ASK, "--reference", "White", "--period", "2020", "--format", "json")
    assert [row["x"] for row in json.loads(out)["rows"] if row["group"].startswith("Black")] == [12000]


def test_the_table_and_the_csv_hold_the_same_rows(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    loaded(folder, capsys)
    _, table, _ = say(capsys, *ASK, "--reference", "White", "--period", "2021")
    _, text, _ = say(capsys, *ASK, "--reference", "White", "--period", "2021", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["group"] for row in rows]
    assert all(row["group"] in table for row in rows)
    assert "13,876" in table


@pytest.mark.parametrize(
    "question",
    [
        ["trends", "--measure", "Postpartum visit", "--by", "race"],
        ["trends", "--measure", "Postpartum visit", "--by", "race", "--group", "White", "--chart", "pp"],
        ["areas", "--period", "2024"],
        ["overall-inequality", "--measure", "Postpartum visit", "--by", "age_band", "--period", "2024"],
        ["overall-inequality", "--measure", "Postpartum visit", "--by", "race", "--over-time", "--grain", "year"],
        ["completeness", "--measure", "Postpartum visit", "--by", "race"],
        ["intersections", "--measure", "Postpartum visit", "--by", "race,payer"],
        ["gap-breakdown", "--measure", "Postpartum visit", "--by", "race"],
        ["gap-breakdown", "--measure", "Controlled blood pressure", "--by", "race", "--funnel", "gap"],
    ],
    ids=lambda words: words[0],
)
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_every_question_answers_in_every_form(
    sample_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    question: list[str],
    form: str,
) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(sample_home))
    status, out, err = say(capsys, "ask", *question, "--dataset", "Sample", "--format", form)
    assert status == 0, err
    if form == "json":
        answer = json.loads(out)
        assert {"choices", "rows", "sql"} <= set(answer)
        assert answer["rows"]
    elif form == "csv":
        assert len(list(csv.DictReader(io.StringIO(out)))) > 1
    else:
        assert len(out.splitlines()) > 3


def test_monthly_estimates_are_asked_from_their_file_on_with_the_usual_reference(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rates = {"Black": (50.0, 61.0, 52.0), "White": (62.0, 60.0, 63.0)}
    lines = [
        f"2024-0{month},{race},Follow-up within 30 days,{rate},{rate - 3},{rate + 3}"
        for race, of_months in rates.items()
        for month, rate in enumerate(of_months, start=1)
    ]
    header = "Month,Race/Ethnicity,Measure,Rate (%),Lower CI,Upper CI"
    (folder / "monthly.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    status, out, err = say(capsys, "load", str(folder / "monthly.csv"), "--dataset", "Monthly")
    assert status == 0, err
    assert "6 rows = 6 used + 0 set aside" in out

    def answered(question: str, *more: str) -> dict[str, Any]:
        words = ["--dataset", "Monthly", "--measure", "Follow-up within 30 days", "--by", "race_ethnicity", *more]
        status, out, err = say(capsys, "ask", question, *words, "--format", "json")
        assert status == 0, err
        answer: dict[str, Any] = json.loads(out)
        assert (answer["reference"]["kind"], answer["reference"]["group"]) == ("best", "White")
        return answer

    def gaps(answer: dict[str, Any]) -> list[float]:
        return [row["gap"] for row in answer["rows"] if row["group"].startswith("Black")]

    assert gaps(answered("disparities", "--period", "2024-03")) == pytest.approx([0.11])
    assert gaps(answered("trends")) == pytest.approx([0.12, -0.01, 0.11])
    assert answered("overall-inequality", "--over-time")["rows"]


def test_inspect_proposes_a_mapping_that_loads(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, toml, _ = say(capsys, "inspect", str(folder / "made_up.csv"))
    assert status == 0
    (folder / "proposed.toml").write_text(toml, encoding="utf-8")
    words = ["load", str(folder / "made_up.csv"), "--dataset", "Proposed", "--mapping", str(folder / "proposed.toml")]
    status, _, err = say(capsys, *words)
    assert status == 0, err
    _, listed, _ = say(capsys, "datasets")
    assert "Proposed" in listed


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ["ask", "disparities", "--dataset", "Nowhere", "--measure", "M", "--by", "race"],
            "There is no dataset “Nowhere”",
        ),
        ([*ASK, "--reference", "Martian"], "is not a group of"),
        ([*ASK, "--period", "soon"], "is not a year"),
        ([*ASK, "--where", "sex"], "is not of the form"),
        (["load", "nowhere.csv", "--dataset", "X"], "nowhere.csv"),
    ],
)
def test_what_went_wrong_is_one_plain_line_and_exit_2(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    loaded(folder, capsys)
    status, out, err = say(capsys, *words)
    assert (status, out) == (2, "")
    assert says in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--engine", "spark"], "--engine spark needs --master: the address to count at."),
        (["--engine", "postgresql"], "--engine postgresql needs --url: the address to count at."),
        (
            ["--engine", "postgresql", "--master", "local"],
            "--master belongs to --engine spark: write both, or neither.",
        ),
        (["--engine", "spark", "--master", "local", "--append"], "leave out --append and count all rows there again."),
        (["--engine", "postgresql", "--url", "postgresql://127.0.0.1:1/x"], "The PostgreSQL server does not answer"),
        (["--url", "postgresql://127.0.0.1:1/x"], "--url belongs to --engine postgresql"),
        (["--engine", "postgresql", "--url", "nonsense"], "The PostgreSQL server does not answer"),
    ],
)
def test_an_engine_needs_an_address_and_counts_whole(
    words: list[str], said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = say(capsys, "load", "visits", "--dataset", "Far", *words)
    assert status == 2
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(("former", "now"), [("gap-sources", "gap-breakdown"), ("summary", "overall-inequality")])
def test_a_former_name_answers_with_a_note(
    sample_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], former: str, now: str
) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(sample_home))
    asked = ("--dataset", "Sample", "--measure", "Postpartum visit", "--by", "race", "--format", "json")
    status, out, err = say(capsys, "ask", former, *asked)
    assert (status, out) == say(capsys, "ask", now, *asked)[:2]
    assert err == f"“ask {former}” is called “ask {now}” now; the old name works in this version only.\n"


def test_a_former_key_stands_beside_the_new_one_with_a_note(
    sample_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(sample_home))
    asked = ("--measure", "Postpartum visit", "--by", "race,payer", "--format", "json")
    _, out, err = say(capsys, "ask", "intersections", "--dataset", "Sample", *asked)
    assert all(row["pooled"] == row["smoothed"] for row in json.loads(out)["rows"])
    assert "“pooled” is called “smoothed” now" in err


def test_the_three_rows_of_the_docs_work_as_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = (Path(__file__).parents[2] / "docs" / "analysts.md").read_text("utf-8")
    block = re.search(r"```csv\n(.+?)```", told, re.DOTALL)
    assert block is not None
    (tmp_path / "screening.csv").write_text(block[1], "utf-8")
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    _, mapping, _ = say(capsys, "inspect", str(tmp_path / "screening.csv"))
    (tmp_path / "mapping.toml").write_text(mapping, "utf-8")
    loading = ("--dataset", "First", "--mapping", str(tmp_path / "mapping.toml"))
    assert say(capsys, "load", str(tmp_path / "screening.csv"), *loading)[0] == 0
    asked = ("--dataset", "First", "--measure", "Colorectal cancer screening", "--by", "language")
    status, out, _ = say(capsys, "ask", "disparities", *asked)
    assert status == 0
    assert out.startswith(
        "Colorectal cancer screening, all time: 45% of people whose language is Spanish."
        " For English (highest rate) it was 62%"
    )
