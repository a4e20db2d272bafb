"""Any table, any cells: no crash, no row unaccounted for, and what is used is what plain Python reads in it.

A commit throws a few dozen tables; EQUITY_EXAMPLES=20 throws twenty times as many fresh ones, in a few minutes.
"""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml, mapping_to_toml
from equity.intake.proposal.propose import propose
from equity.intake.reading.facts import Facts
from equity.intake.reading.read_facts import read_facts
from equity.vocabulary import Mapping, PlainError
from tests.intake.broken_files import ESTIMATES
from tests.intake.conftest import COUNTS, KEY
from tests.random_search import examples

CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "0",
            "1",
            "7",
            "12",
            "1,234",
            "45%",
            "*",
            "<11",
            "Suppressed",
            ".",
            "N/A",
            "-",
            "-3",
            "White",
            "Black",
            "Total",
            "All races",
            "Unknown",
            "2024",
            "2023-Q1",
            "2024-03",
            "03/04/2024",
            "2024-02-30",
            "yes",
            "No",
            "Screening",
            "12.5",
            "1e9",
            "nan",
            "inf",
            "NULL",
            "  x  ",
            "'",
            '"',
            "a\nb",
            "a,b",
            "=1+1",
            "\ufeff",
            "é",
            "٣",
            "0x1F",
            "1_0",
            "(5)",
            "2018-2022",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
)
USUAL = st.tuples(
    st.just("Screening"),
    st.sampled_from(["2023", "2024"]),
    st.sampled_from(["White", "Black"]),
    st.just("1"),
    st.sampled_from(["2", "30"]),
).map(list)
ROWS = st.lists(
    st.one_of(USUAL, st.lists(CELLS, min_size=5, max_size=5), st.lists(CELLS, max_size=7)), min_size=1, max_size=12
)
SHAPES = (
    COUNTS,
    COUNTS.replace('"counts"', '"rows"'),
    COUNTS.replace('"counts"', '"rows"').replace('n = "people"', 'person = "people"'),
    ESTIMATES.replace('[stratifiers.race]', 'upper = "people"\n[stratifiers.race]'),
    COUNTS.replace('[stratifiers.race]\ncolumn = "race"', '[long]\ndimension = "measure"\ngroup = "race"'),
    COUNTS.replace('column = "race"', 'columns = ["race", "year"]\nstandard = "omb-1997"\ndrop = ["White"]'),
    '[extract]\nshape = "wide"\n[columns]\nperiod = "year"\n[stratifiers.race]\ncolumn = "race"\n[measures.A]\nx = '
    '"cases"\nn = "people"\n[measures.B]\nx = "measure"\n',
)  # fmt: skip


def written(rows: list[list[str]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([["measure", "year", "race", "cases", "people"], *rows])
    return buffer.getvalue().encode()


def loaded(content: bytes, mapping: Mapping) -> tuple[Facts, int, int] | None:
    """The facts with the rows that both files hold, or None when the file was refused in one sentence."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.csv"
        path.write_bytes(content)
        try:
            facts = read_facts([path], mapping, Path(folder) / "facts", Path(folder) / "aside", KEY)
        except PlainError as refused:
            sentence = str(refused)
            assert "\n" not in sentence and sentence.endswith((".", "?"))
            return None
        return (
            facts,
            pq.read_metadata(Path(folder) / "facts").num_rows,
            pq.read_metadata(Path(folder) / "aside").num_rows,
        )


@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(ROWS, st.sampled_from(SHAPES))
def test_every_row_is_used_or_set_aside(rows: list[list[str]], mapping: str) -> None:
    result = loaded(written(rows), mapping_from_toml(mapping, "m.toml"))
    if result is None:
        return
    facts, used, aside = result
    assert (facts.rows_used, facts.rows_set_aside) == (used, aside)
    assert facts.rows_in == used + aside
    counted = sum(p.count for p in facts.problems if p.severity == "set_aside")
    assert counted == aside, "every row that is set aside is in the table of findings"
    # The csv module is the independent count: a record that is not a blank line is a row.
    records = [
        r
        for r in csv.reader(io.StringIO(written(rows).decode(), newline=""))
        if len(r) > 1 or any(c.strip() for c in r)
    ]
    if facts.shape != "wide" and not any("\ufeff" in c or "\0" in c for r in rows for c in r):
        assert facts.rows_in == len(records) - 1


@settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))
@given(ROWS)
def test_whatever_is_proposed_can_be_written_and_tried(rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.csv"
        path.write_bytes(written(rows))
        try:
            proposal = propose(path)
        except PlainError:
            return
    try:
        mapping = mapping_from_toml(mapping_to_toml(proposal.mapping), "m.toml")
    except PlainError as refused:
        assert "groups people by nothing" in str(refused)
        return
    assert mapping == proposal.mapping
    loaded(written(rows), mapping)


@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_one_sentence(content: bytes) -> None:
    loaded(content, mapping_from_toml(COUNTS, "m.toml"))
