"""What a command imports before it can answer: a person waits for every module of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from equity.commands.line import COMMANDS, parser, run

LATE = ("scipy.stats", "scipy.optimize", "scipy.interpolate", "plotly", "sqlalchemy", "streamlit", "openpyxl", "docx")
"""Large libraries that an answer about groups has no use for."""


def test_a_question_is_answered_without_the_libraries_that_other_answers_need() -> None:
    words = "['ask', 'disparities', '--dataset', 'Nowhere', '--measure', 'M', '--by', 'race']"
    code = (
        f"import sys; from equity.commands.line import run; import equity.lens.disparities; run({words});"
        f" print([name for name in {LATE!r} if name in sys.modules])"
    )
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "[]"
    assert "Nowhere" in asked.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_stands_where_the_list_says(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run([command, "--help"])
    assert ended.value.code == 0
    assert f"python -m equity {command}" in capsys.readouterr().out


def test_the_list_of_commands_is_whole() -> None:
    (commands,) = (action for action in parser()._actions if action.dest == "command")
    assert commands.choices is not None
    assert sorted(commands.choices) == sorted(COMMANDS)
