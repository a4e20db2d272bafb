"""What two numbers in a cell are called, and ranges that say how people differ and not how sure a number is."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from equity.intake.layout.find_margins import tells_spread
from equity.intake.layout.two_numbers import counted_name, split_cell
from equity.intake.proposal.mapping.answering import answered
from equity.intake.proposal.propose import propose


@pytest.mark.parametrize(
    ("words", "spread"),
    [
        (("Median wait [IQR]",), True),
        (("Age, median (Q1-Q3)",), True),
        (("Score (min–max)",), True),
        (("Rate (95% CI)", "Table 2: medians with IQR"), False),
        (("Rate",), False),
        (("Range of services",), False),
    ],
)
def test_a_range_of_quartiles_is_no_confidence_interval(words: tuple[str, ...], spread: bool) -> None:
    assert tells_spread(words) == spread


def test_quartiles_are_not_read_as_limits(tmp_path: Path) -> None:
    path = tmp_path / "wait.csv"
    path.write_text("Language,Median wait [IQR],n\nEnglish,31 [20-52],900\nSpanish,44 [25-80],300\n", encoding="utf-8")
    columns = propose(path).mapping.columns
    assert columns["estimate"].column == "Median wait [IQR]"
    assert not {"lower", "upper"} & set(columns)
    assert split_cell("31 [20-52]", "estimate and spread") == ["31", ""]


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("Readmitted n (%)", "Readmitted n"),
        ("Deaths, %", "Deaths"),
        ("Met (percent)", "Met"),
        ("n", "n"),
        ("%", "%"),
    ],
)
def test_a_count_beside_its_percent_is_called_no_percent(column: str, name: str) -> None:
    assert counted_name(column, "count and percent") == name
    assert counted_name(column, "estimate and range") == column


def test_which_of_two_rates_with_ranges_is_read_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text(
        "Race,Diabetes % (95% CI),Asthma % (95% CI)\nWhite,9.1 (8.1-10.1),7.2 (6.9-7.5)\n"
        "Black,15.2 (14.0-16.4),9.9 (9.0-10.8)\n",
        encoding="utf-8",
    )
    proposal = propose(path)
    (asked,) = (q for q in proposal.questions if q.waits)
    assert asked.key == "value:Diabetes % (95% CI)"
    other = answered(proposal.mapping, asked.answers[1].settings)
    read = [other.columns[role].column for role in ("estimate", "lower", "upper")]
    assert read == ["Asthma % (95% CI)", "Asthma % (95% CI) lower", "Asthma % (95% CI) upper"]
    assert list(other.measures) == ["Asthma % (95% CI)"]


def test_groups_across_are_found_in_parquet_as_well(tmp_path: Path) -> None:
    table = pa.table(
        {
            "year": [2022, 2023],
            "deaths_asian": [12, 14],
            "deaths_black": [40, 44],
            "population_asian": [10_000, 10_100],
            "population_black": [20_000, 20_200],
        }
    )
    path = tmp_path / "deaths.parquet"
    pq.write_table(table, path)
    proposal = propose(path)
    assert not [q for q in proposal.questions if q.waits]
    assert proposal.mapping.layout.across is not None
    assert {said[0] for said in proposal.mapping.layout.across.columns.values()} == {"asian", "black"}
