"""Names that would command a terminal, turn a line around or run in a spreadsheet: they do nothing in any output."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity.cards.card import csv_of
from equity.commands.line import run
from equity.commands.printing import as_csv
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import load
from equity.vocabulary.plain_cells import harmless, harmless_json, spreadsheet_cell

EVIL = "\x1b[2J\x1b]0;owned\x07\u202egnp.exe\u2066\x9b31m"
FORMULA = "=cmd()"
MAPPING = """
[extract]
shape = "counts"
[columns]
measure = { value = "Screened" }
period = "year"
x = "x"
n = "n"
[stratifiers.race]
column = "race"
[measures.Screened]
polarity = "higher_better"
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with a dataset whose groups are attacks."""
    folder = tmp_path_factory.mktemp("evil")
    rows = [(year, group, x, 200) for year in (2023, 2024) for group, x in ((EVIL, 90), (FORMULA, 60), ("White", 150))]
    pd.DataFrame(rows, columns=["year", "race", "x", "n"]).to_csv(folder / "evil.csv", index=False)
    load([folder / "evil.csv"], "Evil", mapping_from_toml(MAPPING, "test"), "new", folder / "home")
    return folder / "home"


def commands_nothing(text: str) -> bool:
    return all(letter in "\n\t\ufeff" or unicodedata.category(letter) not in ("Cc", "Cf") for letter in text)


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_what_is_asked_in_a_terminal_commands_nothing(
    home: Path, form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(home))
    words = ["ask", "disparities", "--dataset", "Evil", "--measure", "Screened", "--by", "race", "--period", "2024"]
    assert run([*words, "--format", form]) == 0
    out = capsys.readouterr().out
    assert "gnp.exe" in out
    assert commands_nothing(out)
    if form == "json":
        assert EVIL in {row["group"] for row in json.loads(out)["rows"]}
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
        assert f"'{FORMULA}" in cells
        assert FORMULA not in cells


@pytest.mark.parametrize("words", [["ask", "disparities", "--dataset", EVIL], ["load", EVIL, "--dataset", "x"], [EVIL]])
def test_errors_command_nothing_either(
    home: Path, words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EQUITY_HOME", str(home))
    try:
        assert run(words) == 2
    except SystemExit as ended:
        assert ended.code == 2
    said = capsys.readouterr().err
    assert said
    assert commands_nothing(said)


def test_every_csv_quotes_by_the_one_function() -> None:
    table = pd.DataFrame({FORMULA: [EVIL, "  =1+1", "＝1", "@SUM(A1)", "-1", "plain"], "n": [-1, 2, 3, 4, 5, 6]})
    ours, terminal = csv_of(table).decode("utf-8-sig"), as_csv(table)
    for text in (ours, terminal):
        cells = [row[0] for row in csv.reader(io.StringIO(text))][1:]
        assert cells == [spreadsheet_cell(value) for value in table[FORMULA]]
        assert all(cell.startswith("'") for cell in cells[1:5])
        assert next(csv.reader(io.StringIO(text)))[0] == spreadsheet_cell(FORMULA)
        assert text.startswith(("'=", "\"'="))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=30))
def test_whatever_a_name_holds(text: str) -> None:
    assert commands_nothing(harmless(text).replace("\u200c", "").replace("\u200d", ""))
    assert harmless(harmless(text)) == harmless(text)
    assert json.loads(harmless_json(json.dumps(text, ensure_ascii=False))) == text
    assert not spreadsheet_cell(text).lstrip(" \u00a0\u3000").startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
