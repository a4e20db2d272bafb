"""The Python face: its examples run, and it says what the terminal says."""

from __future__ import annotations

import doctest
import json
from pathlib import Path

import pandas as pd
import pytest

from equity import notebook
from equity.actions.questions import QUESTIONS, options_of
from equity.commands.line import run
from equity.notebook import PlainError, ask, finding, load, release
from equity.store.workspace.audit_log import entries
from equity.store.workspace.database import workspace_database
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.pages.people import DATASET, small_home


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_examples_run() -> None:
    found = doctest.testmod(notebook)
    assert found.attempted >= 7
    assert found.failed == 0


@pytest.mark.parametrize(
    ("question", "by", "options"),
    [
        ("disparities", "race", {}),
        ("trends", "race", {"grain": "year"}),
        ("overall-inequality", "race", {"over_time": True, "grain": "year"}),
        ("completeness", "race", {}),
        ("intersections", ["race", "site"], {}),
        ("gap-breakdown", "race", {"within": "site"}),
    ],
)
def test_it_says_what_the_terminal_says(
    question: str, by: str | list[str], options: dict[str, object], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small_home(home)
    measure = a_measure()
    answer = ask(question, DATASET, measure=measure, by=by, **options)
    named = by if isinstance(by, str) else ",".join(by)
    words = ["ask", question, "--dataset", DATASET, "--measure", measure, "--by", named, "--format", "json"]
    for name, value in options.items():
        words += [f"--{name.replace('_', '-')}", *([] if value is True else [str(value)])]
    capsys.readouterr()
    assert run(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["finding"] == finding(answer)
    assert isinstance(answer.rows, pd.DataFrame)
    assert len(told["rows"]) == len(answer.rows) > 0


def a_measure() -> str:
    """The first measure of the small dataset."""
    answer = ask("areas", DATASET)
    return str(answer.rows["measure"].iloc[0])


def test_every_question_of_the_terminal_is_one_of_the_registry(capsys: pytest.CaptureFixture[str]) -> None:
    for question in QUESTIONS:
        with pytest.raises(SystemExit, match="0"):
            run(["ask", question, "--help"])
        told = capsys.readouterr().out
        for option in options_of(question):
            assert option == "crossed" or f"--{option.replace('_', '-')}" in told, (question, option)
    with pytest.raises(SystemExit, match="0"):
        run(["ask", "--help"])
    listed = capsys.readouterr().out
    assert [name for name in QUESTIONS if name not in listed] == []


def test_what_is_asked_wrongly_is_said_in_a_sentence(home: Path) -> None:
    small_home(home)
    with pytest.raises(PlainError, match="There is no question “gaps”: ask one of disparities, "):
        ask("gaps", DATASET)
    with pytest.raises(PlainError, match="“disparities” has no option “grain”: it has enough_data, hide"):
        ask("disparities", DATASET, measure="M", by="race", grain="year")
    with pytest.raises(PlainError, match="“pace” needs “group”"):
        ask("pace", DATASET, measure="M", by="race")
    with pytest.raises(PlainError, match="“trends” needs “by”"):
        ask("trends", DATASET, measure="M")
    with pytest.raises(PlainError, match="“trends” is about one grouping"):
        ask("trends", DATASET, measure="M", by=["race", "site"])


def test_loads_and_releases_are_logged(home: Path) -> None:
    extract = home / "visits.csv"
    rows = [f"2024-0{month},{group},{i % 2}" for month in (1, 2, 3) for group in "AB" for i in range(60)]
    extract.write_text("Month,Race,Screened\n" + "\n".join(rows), encoding="utf-8")
    assert load(extract, "Visits", accept_proposal=True).version == 1
    assert load([extract], "Visits", accept_proposal=True).version == 2
    made = release("Visits", ["race"], grain="all")
    assert made.dataset == "Visits"
    logged = [entry.action for entry in entries(workspace_database(), HOME_WORKSPACE)]
    assert sum("loaded" in action for action in logged) == 2
    assert any("release" in action for action in logged)
