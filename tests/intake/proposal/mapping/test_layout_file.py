"""The ``[layout]`` table is read back as it was written, and its mistakes are said."""

from __future__ import annotations

import pytest

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml, mapping_to_toml
from equity.vocabulary import ColumnSource, Mapping, Measure, PlainError, StratifierMapping
from equity.vocabulary.layout import Across, Down, Everyone, Latest, Layout, Topics

WHOLE = Layout(
    header_lines=2,
    names=("a", "b"),
    section="Topic",
    fill=("Year",),
    keep={"standardized": ("FALSE",)},
    across=Across(("Year",), {"2020 “births”": ("2020", "births")}),
    split={"Rate": "estimate and range"},
    everyone=Everyone("Row", "N", "count", "N"),
    down=Down("What", "Value", {"Deaths": "Deaths"}),
    latest=Latest("date", "month"),
    topics=Topics((("Area Type", "Area"), ("", "Sex")), ("Persons",)),
    leave_out=("Total",),
    join={"Measure": ("Row", "Topic")},
)


def test_a_layout_is_read_back_as_it_was_written() -> None:
    mapping = Mapping(
        "counts",
        {"x": ColumnSource("births"), "n": ColumnSource("N"), "measure": ColumnSource(value="M")},
        (StratifierMapping("race", ("Race",), "Race"),),
        measures={"M": Measure("M", "proportion", "higher_better")},
        layout=WHOLE,
    )
    assert mapping_from_toml(mapping_to_toml(mapping), "m").layout == WHOLE
    assert "[layout]" not in mapping_to_toml(Mapping("counts"))


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("header_line = 2", "there is no key “header_line”: did you mean “header_lines”"),
        ("header_lines = 9", "header_lines must be a whole number"),
        ('split = { Rate = "range" }', "must be one of: estimate and range, count and percent"),
        ('across = { into = ["Year"], columns = { "2020" = ["2020"] } }', "“2020” needs 2 texts"),
        ('latest = { column = "date", each = "week" }', "each must be month, year or all"),
        ('down = { names = "What", values = "Value" }', "columns must look like"),
        ('fill = "Year"', "fill must be a list"),
        ('topics = { pairs = ["Sex"] }', "pairs must be a list of texts"),
    ],
)
def test_a_mistake_in_a_layout_is_said(lines: str, sentence: str) -> None:
    with pytest.raises(PlainError, match="layout") as error:
        mapping_from_toml(f'[extract]\nshape = "counts"\n[layout]\n{lines}\n', "m.toml")
    assert sentence in str(error.value)
