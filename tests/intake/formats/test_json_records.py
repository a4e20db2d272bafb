"""JSON records are tables; what is no table, and what is only a part of one, is refused in a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from equity.intake.formats.open_table import open_table
from equity.intake.formats.tabular import Table
from equity.vocabulary import PlainError


def opened(folder: Path, content: Any, name: str = "extract.json") -> Table:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return open_table(path, folder)


def test_cells_are_as_they_are_written(tmp_path: Path) -> None:
    text = '[{"a": 1.10, "b": null, "c": true, "d": ["White", "Asian"]}, {"a": 12e2, "e": "x", "c": false}]'
    table = opened(tmp_path, text)
    assert table.header == ("a", "b", "c", "d", "e")
    rows = [(1, ["1.10", "", "true", "White; Asian", ""]), (2, ["12e2", "", "false", "", "x"])]
    assert list(table.rows()) == rows
    assert list(table.rows()) == rows, "a table is walked twice"


def test_json_lines_know_their_lines(tmp_path: Path) -> None:
    table = opened(tmp_path, '\n{"a": 1}\n\n{"a": 2, "b": 3}\n', "extract.jsonl")
    assert list(table.rows()) == [(2, ["1", ""]), (4, ["2", "3"])]
    assert list(table.rows()) == list(table.rows())


def test_an_object_within_a_record_gives_a_column_a_value(tmp_path: Path) -> None:
    table = opened(tmp_path, [{"id": 1, "patient": {"race": "White", "age": {}}, "properties": {"id": 7, "n": 3}}])
    assert table.header == ("id", "patient race", "patient age", "properties id", "n")


def test_what_the_file_is_called_is_its_title(tmp_path: Path) -> None:
    assert opened(tmp_path, {"title": "Screening", "data": [{"a": 1}]}).titles == ("Screening",)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ({"total": 3, "data": [{"a": 1}]}, "holds 1 of 3 records, one page of an answer of several"),
        ({"next": "page 2", "results": [{"a": 1}]}, "holds 1 records, one page of an answer of several"),
        ({"meta": {"count": 9}, "results": [{"a": 1}]}, "holds 1 of 9 records"),
        ([{"page": 1, "total": 9}, [{"a": 1}]], "holds 1 of 9 records"),
        ({"columns": ["a"], "data": [["1"]], "count": 4}, "holds 1 of 4 records"),
        ({"a": [{"x": 1}], "b": [{"x": 1}]}, "holds several lists of records (“a”, “b”)"),
        ({"a": 1}, "is JSON without a list of records"),
        ([], "holds no records"),
        ([{}], "holds no records"),
        ([1, 2], "record 1: it is no object"),
        ([["a", None], [1, 2]], "is a list of lists without names for its columns"),
        ([["a", "b"], [1]], "record 1: it has 1 values under 2 names"),
        ([{"a": {"b": {"c": 1}}}], "holds objects within “a b”"),
        ([{"a": [{"b": 1}]}], "holds objects within “a”"),
        ([{"a b": 1, "a": {"b": 2}}], "record 1: two of its values are “a b”"),
        ('[{"a": 1, "a": 2}]', "names “a” twice in one object"),
        ('[{"a": 1},\n{"a" 2}]', "line 2: the JSON breaks off"),
        ('{"a": 1}\n{"a" 2}\n', "line 2: the JSON breaks off"),
        ('{"a": 1}\n[2]\n', "record 2: it is no object"),
        ("[" * 100_000, "is nested too deeply"),
    ],
)
def test_what_is_no_table_is_said(tmp_path: Path, content: Any, sentence: str) -> None:
    with pytest.raises(PlainError) as caught:
        opened(tmp_path, content)
    assert sentence in str(caught.value)
    assert str(caught.value).startswith("extract.json")


def test_a_whole_answer_is_no_page(tmp_path: Path) -> None:
    assert len(list(opened(tmp_path, {"count": 2, "next": None, "results": [{"a": 1}, {"a": 2}]}).rows())) == 2


def test_halves_of_characters_are_marked(tmp_path: Path) -> None:
    table = opened(tmp_path, '[{"a\\ud800": "b\\ud800"}]')
    assert table.header == ("a?",)
    assert list(table.rows()) == [(1, ["b?"])]
