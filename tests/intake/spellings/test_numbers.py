from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity.intake.spellings.numbers import Number, parse_number
from equity.intake.spellings.yes_no import parse_yes_no


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("1,234", 1234),
        ("171,127,409", 171127409),
        ("1,234.5", 1234.5),
        ("12,5", 12.5),
        ("1.234,5", 1234.5),
        ("1 234", 1234),
        ("1\u202f234", 1234),
        ("1'234", 1234),
        ("−5", -5),
        ("(5)", -5),
        (".5", 0.5),
        ("5.", 5),
        ("1e5", 100000),
        ("12.3*", 12.3),
        ("16.9†", 16.9),
        ("12.3 (2)", 12.3),
        ("12.3 [a]", 12.3),
        ("1_000", 1000),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    assert parse_number(text) == Number(value, "value")


@pytest.mark.parametrize(("text", "value"), [("45%", 0.45), ("45.5 %", 0.455), ("12,5 %", 0.125), ("7 percent", 0.07)])
def test_a_percent_sign_makes_a_fraction(text: str, value: float) -> None:
    assert parse_number(text).state == "percent"
    assert parse_number(text).value == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "Suppressed",
        "suppressed",
        "*",
        "**",
        "--*",
        ".",
        "<11",
        "< 5",
        "≤10",
        "<=10",
        "1-9",
        "1–10",
        "0-4",
        "1 to 10",
        "less than 11",
        "fewer than 16",
        "Data not available",
        "S",
        "(s)",
        "[c]",
        "3 or fewer",
        "≥95%",
        ">95",
        "[P1 note]",
        "Too few to report",
        "not reportable",
    ],
)
def test_suppressed_is_hidden_neither_missing_nor_zero(text: str) -> None:
    assert parse_number(text) == Number(None, "hidden")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "NA",
        "N/A",
        "#N/A",
        "null",
        "NaN",
        "-",
        "--",
        "—",
        "Not Applicable",
        "..",
        "no data",
        "None",
        "[z]",
        "(blank)",
        "\\N",
    ],
)
def test_missing_is_missing(text: str) -> None:
    assert parse_number(text) == Number(None, "missing")


@pytest.mark.parametrize("text", ["abc", "inf", "1.2.3", "1,2,3456", "12 apples", "10-20", "2024-03-05", "1e9999", "٣"])
def test_other_texts_are_no_numbers(text: str) -> None:
    assert parse_number(text) == Number(None, "text")


def test_the_mapping_may_add_spellings_of_suppressed() -> None:
    assert parse_number("XX") == Number(None, "text")
    assert parse_number("xx ", ["XX"]) == Number(None, "hidden")


@pytest.mark.parametrize(
    ("text", "value"), [("Yes", 1), ("y", 1), ("TRUE", 1), ("met", 1), ("No", 0), ("not met", 0), ("0", 0), ("2", 2)]
)
def test_yes_and_no(text: str, value: float) -> None:
    assert parse_yes_no(text) == Number(value, "value")


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_every_plain_number_is_read_back(number: float) -> None:
    assert parse_number(repr(number)).value == pytest.approx(number)


@given(st.integers(-(10**12), 10**12))
def test_thousands_commas_are_read_back(number: int) -> None:
    assert parse_number(f"{number:,}") == Number(float(number), "value")


@given(st.text(max_size=30))
def test_any_text_is_read_as_something(text: str) -> None:
    number = parse_number(text)
    assert (number.value is not None) == (number.state in ("value", "percent"))
