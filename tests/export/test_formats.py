"""Every kind of file that cards can become: written, offered by the terminal, told of in the docs."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.commands import line
from equity.export.formats import BY_ENDING, FORMATS, FileFormat
from tests.export.made_up_sheets import of_disparities

TOLD = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.ending)
def test_a_format_writes_cards_and_is_told_of(form: FileFormat) -> None:
    assert BY_ENDING[form.ending] is form
    assert len(form.write(of_disparities()[1])) > 1_000
    assert f"- `{form.ending}`: " in TOLD
    asked = ["export", "--format", form.ending, "--dataset", "D", "--output", "x"]
    assert line.parser().parse_args(asked).format == form.ending
