"""What a kept mapping cannot see by its columns: the files are written otherwise than those before them."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.intake.reading.form import FORM_CODES, form_changes, shape
from equity.loading import Accepted, load
from equity.vocabulary.form import Form

RATES = "Year,Race,Percent screened (%)\n{year},White,{white}\n{year},Black,{black}\n"


def loaded(folder: Path, texts: list[str]) -> list[str]:
    """Files loaded one after the other under the mapping of the first; the codes of what the last one changed."""
    said: list[str] = []
    for number, text in enumerate(texts):
        file = folder / f"quarter-{number}.csv"
        file.write_text(text, encoding="utf-8")
        found = load([file], "Clinic", None, "new", folder / "home", accepted=Accepted(proposal=True))
        said = [p.code for p in found.problems if p.code in FORM_CODES]
    return said


def counts(periods: tuple[str, ...], x: int = 40, n: int = 100) -> str:
    lines = [f"{p},{g},{x + k},{n + k}" for p in periods for k, g in enumerate(("White", "Black", "Asian"))]
    return "Month,Race,Screened,Eligible\n" + "\n".join(lines) + "\n"


def test_the_same_form_says_nothing(tmp_path: Path) -> None:
    assert not loaded(tmp_path, [counts(("2024-01", "2024-02")), counts(("2024-03", "2024-12"), x=52, n=131)])


def test_periods_that_are_written_otherwise_are_said(tmp_path: Path) -> None:
    assert loaded(tmp_path, [counts(("2024-01", "2024-02")), counts(("01/2024", "02/2024"))]) == ["form_periods"]


def test_a_level_that_jumps_is_said(tmp_path: Path) -> None:
    first = RATES.format(year=2023, white=71.5, black=62.5)
    second = RATES.format(year=2024, white=0.715, black=0.625)
    assert loaded(tmp_path, [first, second]) == ["form_level"]


def test_a_new_answer_of_the_outcome_is_said(tmp_path: Path) -> None:
    def visits(words: tuple[str, ...]) -> str:
        lines = [f"M{k:03d},2024-01-1{k % 9},{('White', 'Black')[k % 2]},{words[k % len(words)]}" for k in range(40)]
        return "mrn,visit_date,race,screened\n" + "\n".join(lines) + "\n"

    assert loaded(tmp_path, [visits(("Yes", "No")), visits(("Yes", "No", "Yes", "Y"))]) == ["form_answers"]


@pytest.mark.parametrize(
    ("text", "as_shape"),
    [
        ("2024-01", "9999-9"),
        ("1/5/2024", "9/9/9999"),
        ("Q1 2024", "a9 9999"),
        ("Jan-24", "a-9"),
        ("January 2024", "a 9999"),
    ],
)
def test_a_shape_is_the_same_for_every_month(text: str, as_shape: str) -> None:
    assert shape(text) == as_shape


def test_decimal_marks_and_the_order_of_dates_are_compared() -> None:
    before = Form(decimal=".", periods=("9/9/9999",), day_first=False)
    now = Form(decimal=",", periods=("9/9/9999",), day_first=True)
    assert [p.code for p in form_changes(before, now)] == ["form_decimal", "form_day_first"]
    assert form_changes(Form(), now) == []


def test_a_form_is_read_as_it_was_written() -> None:
    form = Form(",", ("9999",), True, ("no", "yes"), (("Screening", 0.5),))
    assert Form.from_json(form.to_json()) == form
