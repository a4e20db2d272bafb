"""Every kind of file that cards can become: offered by the terminal, told of in the docs, and nothing left out."""

from __future__ import annotations

import html
import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from equity.commands import line
from equity.export.formats import BY_ENDING, FORMATS, FileFormat
from equity.export.powerpoint import COLUMNS_A_SLIDE
from tests.export.made_up_sheets import of_disparities, of_hostile_names

TOLD = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
EVERY_FORMAT = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.ending)
PLAIN_TEXT = "text/plain"
MARKED = re.compile(r"\\([!-/:-@\[-`{-~])|\u2060")
"""How a format other than HTML makes a character text: a backslash before it, as in Markdown, or an unseen joiner."""


def parts_of(file: bytes) -> list[str]:
    """The file as text; of an archive, all of its parts."""
    if not is_zipfile(BytesIO(file)):
        return [file.decode("utf-8")]
    with ZipFile(BytesIO(file)) as archive:
        return [archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml")]


def texts_of(file: bytes) -> str:
    """What a reader of the file finds, without its tags and escapes."""
    plain = (MARKED.sub(r"\1", html.unescape(re.sub(r"<[^>]*>", "", part))) for part in parts_of(file))
    return " ".join(" ".join(plain).split())


@EVERY_FORMAT
def test_a_format_is_offered_and_told_of(form: FileFormat) -> None:
    assert BY_ENDING[form.ending] is form
    assert f"- `{form.ending}`: " in TOLD
    asked = ["export", "--format", form.ending, "--dataset", "D", "--output", "x"]
    assert line.parser().parse_args(asked).format == form.ending


@EVERY_FORMAT
def test_a_format_holds_the_finding_the_table_and_all_that_must_travel_with_them(form: FileFormat) -> None:
    _, sheets = of_disparities()
    held = texts_of(form.write(sheets))
    for sheet in sheets:
        table = sheet.table.iloc[:, :COLUMNS_A_SLIDE]
        said = [sheet.title, sheet.caption, *sheet.sure, *sheet.caveats, *sheet.record, *table.columns]
        said += [str(cell) for cell in table.to_numpy().ravel()]
        assert [text for text in said if " ".join(text.split()) not in held] == []


@EVERY_FORMAT
def test_a_name_from_a_file_is_text_in_every_format(form: FileFormat) -> None:
    held = parts_of(form.write(of_hostile_names()))
    assert any("HYPERLINK" in part for part in held)
    assert form.mime == PLAIN_TEXT or not any("<script>alert" in part for part in held)
