"""What a whole column says is held for each of its cells; and what the mapping says goes before it."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from equity.intake.reading.facts import few_of_a_kind
from equity.intake.spellings.numbers import marks_of, parse_number
from equity.intake.spellings.period_spelling import spelling_of
from equity.intake.spellings.periods import parse_period
from equity.intake.spellings.standards import spoken
from equity.vocabulary import PlainError, Problem
from tests.intake.conftest import Load

COUNTS = """
[extract]
shape = "counts"
{extract}
[columns]
period = {period}
x = "x"
n = {n}
measure = {{ value = "Falls" }}
[stratifiers.race]
column = "race"
"""


def counts(extract: str = "", period: str = '"when"', n: str = '"n"') -> str:
    return COUNTS.format(extract=extract, period=period, n=n)


def test_a_decimal_comma_in_one_cell_is_one_in_all(load: Load) -> None:
    text = "when;race;x;n\n2023;A;12,345;1\n2023;B;4,5;1\n2024;A;0,125;1\n"
    found = load(text, counts() + '[measures.Falls]\nkind = "rate"\n', "rates.csv")
    assert sorted(found.table["x"]) == [0.125, 4.5, 12.345]


def test_a_number_that_does_not_fit_the_column_is_a_finding(load: Load) -> None:
    text = "when;race;x;n\n2023;A;12,5;40\n2023;B;4.5;40\n2024;A;1.234,5;4000\n2024;B;7,5;40\n"
    found = load(text, counts('decimal = ","') + '[measures.Falls]\nkind = "rate"\n', "rates.csv")
    assert sorted(found.table["x"]) == [7.5, 12.5, 1234.5]
    assert [p.code for p in found.facts.problems if p.severity == "set_aside"] == ["x_text"]


def test_marks_of_a_column() -> None:
    assert marks_of(["12,345", "4,5"]).mark == ","
    assert marks_of(["12,345", "4.5"]).mark == "."
    assert marks_of(["12,345"]).mark == ""
    assert marks_of(["1.234.567", "12.345"]).mark == ","
    assert parse_number("12.345", (), ",").value == 12345
    assert parse_number("12,345", (), ".").value == 12345
    assert parse_number("12,34", (), ".").state == "text"


@pytest.mark.parametrize(
    ("name", "values", "first", "grain"),
    [
        ("Financial year", ["2009-10", "2010-11", "2011-12"], dt.date(2010, 1, 1), "year"),
        ("Year", ["2000/01", "2001/02"], dt.date(2001, 1, 1), "year"),
        ("Month", ["2009-10", "2010-11"], dt.date(2009, 10, 1), "month"),
        ("Period", ["2009-10", "2009-11", "2009-12"], dt.date(2009, 10, 1), "month"),
        ("Quarter", ["2022-1", "2022-2"], dt.date(2022, 1, 1), "quarter"),
        ("When", [f"{y}-{q}" for y in (2021, 2022) for q in (1, 2, 3, 4)], dt.date(2021, 1, 1), "quarter"),
        ("Month", ["2022-1", "2022-2"], dt.date(2022, 1, 1), "month"),
        ("Period", ["2023 (Q1)", "2023 (Q2)"], dt.date(2023, 1, 1), "quarter"),
        ("Visit", [f"24-{m:02d}-{d:02d}" for m, d in ((3, 15), (4, 22), (5, 28), (6, 8))], dt.date(2024, 3, 15), "day"),
        ("Month", [f"01/{m:02d}/2024" for m in range(1, 13)][1:], dt.date(2024, 2, 1), "day"),
        ("Month", [f"{m:02d}/01/2024" for m in range(1, 13)][1:], dt.date(2024, 2, 1), "day"),
        ("Window", ["2008 - 10", "2009 - 11", "2010 - 12"], dt.date(2010, 1, 1), "year"),
    ],
)
def test_a_period_is_read_as_its_column_is(name: str, values: list[str], first: dt.date, grain: str) -> None:
    found = parse_period(values[0], spelling_of(values, name))
    assert (found.day, found.grain, found.state) == (first, grain, "value")


@pytest.mark.parametrize(
    ("name", "values", "unsure"),
    [
        ("Period", ["2010-11"], "fiscal"),
        ("Period", ["2022-1", "2022-2"], "quarter"),
        ("Period", ["2022-1", "2022-9"], ""),
    ],
)
def test_what_a_column_does_not_settle_is_said(name: str, values: list[str], unsure: str) -> None:
    assert spelling_of(values, name).unsure == unsure
    assert spelling_of(["03/04/2024", "05/06/2024"]).ambiguous
    assert not spelling_of(["03/04/2024", "25/06/2024"]).ambiguous


@pytest.mark.parametrize(
    ("said", "text", "label"),
    [
        ('dates = "day_first"', "03/04/2024", "2024-04"),
        ('dates = "month_first"', "03/04/2024", "2024-03"),
        ('dates = "year_first"', "03-04-05", "2003-04"),
        ('periods = "month"', "2010-11", "2010-11"),
        ('periods = "fiscal_year"', "2010-11", "2011"),
        ('periods = "quarter"', "2022-3", "2022-Q3"),
        ('periods = "quarter"\nfiscal_start = 10', "2022-1", "2021-Q4"),
        ("fiscal_start = 7", "FY2023 Q3", "2023-Q1"),
    ],
)
def test_the_mapping_says_what_the_column_does_not(load: Load, said: str, text: str, label: str) -> None:
    found = load(f"when,race,x,n\n{text},A,1,10\n{text},B,2,10\n", counts(said), "said.csv")
    assert found.facts.periods == (label,)


def test_a_period_of_two_columns(load: Load) -> None:
    text = "year,quarter,race,x,n\n2023,Q1,A,1,10\n2023,Q2,A,2,10\n2023,Q2,B,2,10\n"
    found = load(text, counts(period='{ columns = ["year", "quarter"] }'), "two.csv")
    assert found.facts.periods == ("2023-Q1", "2023-Q2")


def test_windows_that_overlap_are_never_added(load: Load) -> None:
    rows = "".join(f"{y} - {y % 100 + 2},{race},{y % 10},100\n" for y in range(2011, 2018) for race in "AB")
    found = load("when,race,x,n\n" + rows, counts(), "windows.csv")
    assert found.facts.periods == ("2013", "2016", "2019")
    assert sum(p.count for p in found.facts.problems if p.code == "period_overlap") == 8


def test_exclusions_and_thousands(load: Load) -> None:
    text = "when,race,x,n,out,also\n2023,A,3,10,2,1\n2023,B,4,20,,0\n"
    found = load(text, counts(n='{ column = "n", minus = ["out", "also"] }'), "minus.csv")
    assert sorted(found.table["n"]) == [7, 20]
    found = load(text, counts(n='{ column = "n", times = 1000 }'), "times.csv")
    assert sorted(found.table["n"]) == [10_000, 20_000]


def test_rows_that_are_left_out_and_rows_that_alone_are_read(load: Load) -> None:
    text = "when,race,x,n,kind\n2023,A,3,10,\n2023,B,4,20,\n2023,,7,30,Total\n"
    found = load(text, counts('leave_out = { kind = ["total"] }'), "left.csv")
    assert found.facts.rows_used == 2
    found = load(text, counts('only = { race = ["A"] }'), "only.csv")
    assert list(found.table["n"]) == [10]


YES = """
[extract]
shape = "rows"
{said}
[columns]
x = "x"
measure = {{ value = "Flu shot" }}
[stratifiers.race]
column = "race"
"""


@pytest.mark.parametrize(
    ("said", "cells", "x", "n"),
    [
        ('yes = ["1"]\nno = ["2"]\nneither = ["7", "9"]', ["1", "2", "7", "9", "1.0"], 2, 3),
        ('yes = ["<30"]', ["<30", ">30", "NO", ""], 1, 3),
        ('blank = "no"', ["Y", "", "Y"], 2, 3),
        ('blank = "missing"', ["Y", "", "Y"], 2, 2),
    ],
)
def test_answers_as_the_mapping_lists_them(load: Load, said: str, cells: list[str], x: float, n: float) -> None:
    text = "race,x\n" + "".join(f"A,{cell}\n" for cell in cells)
    found = load(text, YES.format(said=said), "answers.csv")
    assert (found.table["x"].sum(), found.table["n"].sum()) == (x, n)


def test_an_answer_cannot_be_yes_and_no(load: Load) -> None:
    with pytest.raises(PlainError, match="two of yes, no and neither"):
        load("race,x\nA,1\n", YES.format(said='yes = ["1"]\nno = ["1"]'), "answers.csv")


def test_signs_belong_to_names() -> None:
    names = ["<65", ">65", "≤65", "≥65", "=65", "65+", "65", "A-", "A+", "A", "65-74", "6574", "5", "-5"]
    assert len({spoken(n) for n in names}) == len(names)
    assert spoken(">=65") == spoken("≥ 65")
    assert spoken("Non-Hispanic") == spoken("Non Hispanic")
    assert spoken("Ho\u0302pital") == spoken("Hôpital")


@pytest.mark.parametrize("zone_of_server", ["UTC", "America/Los_Angeles", "Asia/Tokyo"])
def test_a_moment_has_one_day_on_every_server(
    zone_of_server: str, load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone_of_server)
    time.tzset()
    try:
        late = dt.datetime(2024, 3, 31, 23, 30, tzinfo=ZoneInfo("America/New_York"))
        plain = dt.datetime(2024, 3, 31, 23, 30)
        for name, kind, moment in (("zoned", "America/New_York", late), ("plain", None, plain)):
            table = pa.table(
                {"visit": pa.array([moment], pa.timestamp("us", kind)), "race": ["A"], "x": ["1"]},
            )
            pq.write_table(table, tmp_path / f"{name}.parquet")
            mapping = YES.format(said="").replace('x = "x"', 'x = "x"\nperiod = "visit"')
            assert load(tmp_path / f"{name}.parquet", mapping).facts.periods == ("2024-03",)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_of_one_kind_at_most_five_findings_are_told() -> None:
    problems = [Problem("warning", "measure_undescribed", f"{k}", "") for k in range(130)]
    told = few_of_a_kind([*problems, Problem("set_aside", "note", "", "")])
    assert [p.message for p in told if p.code == "measure_undescribed"] == [
        *(str(k) for k in range(5)),
        "And 125 more findings of this kind.",
    ]
