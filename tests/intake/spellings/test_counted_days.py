"""Dates written as one number: read where they can be one thing alone, else asked, never passed over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml, mapping_to_toml
from equity.intake.proposal.propose import propose
from equity.intake.spellings.counted_days import COUNTS, counted_day, last_likely, meanings
from equity.intake.spellings.period_spelling import spelling_of
from equity.intake.spellings.periods import parse_period
from equity.vocabulary.mapping import CountedFrom

TODAY = dt.date(2024, 12, 31)
DAYS_OF_2024 = [dt.date(2024, 1, 1) + dt.timedelta(days=5 * k) for k in range(73)]


def written(day: dt.date, counted: CountedFrom) -> str:
    count = COUNTS[counted]
    return str((day - count.begins).days * count.a_day + count.a_day // 3)


@pytest.mark.parametrize("counted", list(COUNTS))
def test_a_number_is_the_day_that_it_was_written_from(counted: CountedFrom) -> None:
    for day in (dt.date(2002, 3, 1), dt.date(2024, 2, 29), dt.date(2024, 12, 31)):
        assert counted_day(written(day, counted), counted) == day


def test_each_meaning_that_likely_years_allow_is_found() -> None:
    """An oracle by hand: the same days, written each way."""
    found = {c: meanings([written(day, c) for day in DAYS_OF_2024], "visit dt", TODAY) for c in COUNTS}
    assert found == {
        "days_from_1900": ("days_from_1900",),
        "days_from_1960": ("days_from_1960",),
        "days_from_1970": ("days_from_1960", "days_from_1970"),
        "seconds_from_1970": ("seconds_from_1970", "seconds_from_1960"),
        "seconds_from_1960": ("seconds_from_1960",),
        "milliseconds_from_1970": ("milliseconds_from_1970", "milliseconds_from_1960"),
        "milliseconds_from_1960": ("milliseconds_from_1960",),
    }


def test_likely_days_go_on_with_the_calendar() -> None:
    """In 2041 an extract of that year is read as one of 2024 is now; appointments are made two years ahead."""
    days = [written(dt.date(2041, 1, 1) + dt.timedelta(days=5 * k), "days_from_1960") for k in range(60)]
    assert meanings(days, "visit dt", dt.date(2024, 12, 31)) == ()
    assert meanings(days, "visit dt", dt.date(2041, 12, 31)) == ("days_from_1960",)
    assert meanings(days, "visit dt", dt.date(2039, 1, 1)) == ("days_from_1960",)
    assert meanings(days, "visit dt", dt.date(2038, 12, 31)) == ()
    assert last_likely(dt.date(2024, 2, 29)) == dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        (["20231", "20232", "20233", "20234"], "report date"),  # quarters
        (["23011", "23501"], "visits"),  # no name of a date
        (["23011", "23501"], "cases to date"),
        (["23011", "501", "77"], "visit dt"),
        (["10124", "11524", "22824"], "date"),  # month, day and year
        (["2024011509", "2024021610"], "admit date"),  # with the hour
        (["99999", "88888"], "date"),
    ],
)
def test_nothing_is_read_where_something_else_may_be_meant(values: list[str], name: str) -> None:
    assert meanings(values, name, TODAY) == ()


def test_days_of_one_year_may_be_the_year_and_its_day() -> None:
    assert meanings(["23011", "23042", "23345"], "svc date", TODAY) == ("days_from_1960", "year_and_day")
    assert meanings(["23011", "23042", "23370"], "svc date", TODAY) == ("days_from_1960",)
    assert counted_day("24366", "year_and_day") == dt.date(2024, 12, 31)
    assert counted_day("23366", "year_and_day") is None


def test_a_number_that_is_no_likely_day_is_no_other_day() -> None:
    spelling = spelling_of([written(day, "days_from_1960") for day in DAYS_OF_2024], "VISIT_DT")
    assert parse_period("45000", spelling).day == dt.date(2083, 3, 16)  # and not 2023, as a spreadsheet's day
    assert parse_period("99999", spelling).state == "impossible"


def visits(folder: Path, name: str, numbers: list[str]) -> Path:
    lines = [f"{k},{'White' if k % 3 else 'Asian'},{number},{'NY'[k % 2]}" for k, number in enumerate(numbers)]
    path = folder / "visits.csv"
    path.write_text("\n".join([f"PATIENT_ID,RACE,{name},READMITTED", *lines]) + "\n", encoding="utf-8")
    return path


def test_what_was_found_is_held_by_the_mapping(tmp_path: Path) -> None:
    proposal = propose(visits(tmp_path, "svc_date", [written(d, "days_from_1960") for d in DAYS_OF_2024]))
    assert not [q for q in proposal.questions if q.waits]
    kept = mapping_from_toml(mapping_to_toml(proposal.mapping), "kept")
    assert (kept.columns["period"].column, kept.spellings.dates) == ("svc_date", "days_from_1960")


def test_what_cannot_be_settled_is_asked_with_the_day_that_each_answer_reads(tmp_path: Path) -> None:
    proposal = propose(visits(tmp_path, "admit_date", [written(d, "milliseconds_from_1970") for d in DAYS_OF_2024]))
    (asked,) = (q for q in proposal.questions if q.waits)
    assert asked.key == "dates:admit_date"
    assert [a.label.split(":")[0].split(" is ")[1] for a in asked.answers] == ["2024-01-01", "2013-12-31"]
    assert [a.settings[0].value for a in asked.answers] == ["milliseconds_from_1970", "milliseconds_from_1960"]
    assert proposal.mapping.spellings.dates == asked.answers[0].settings[0].value


@pytest.mark.parametrize("name", ["VISIT_DT", "date"])
def test_numbers_that_are_no_dates_are_not_passed_over(tmp_path: Path, name: str) -> None:
    proposal = propose(visits(tmp_path, name, [str(738_000 + 7 * k) for k in range(60)]))
    assert [q.key for q in proposal.questions if q.waits] == [f"time:{name}"]
    assert "period" not in proposal.mapping.columns


@pytest.mark.parametrize(("name", "first"), [("VISIT_DT", 23_011), ("svc_date", 738_000)])
def test_a_date_in_numbers_beside_the_period_is_said(tmp_path: Path, name: str, first: int) -> None:
    lines = [f"2023,{first + 7 * k},{'White' if k % 3 else 'Asian'},{'NY'[k % 2]}" for k in range(40)]
    path = tmp_path / "visits.csv"
    path.write_text("\n".join([f"Year,{name},Race,Screened", *lines]) + "\n", encoding="utf-8")
    proposal = propose(path)
    assert proposal.mapping.columns["period"].column == "Year"
    (said,) = (p for p in proposal.problems if p.code == "unread_date")
    assert said.column == name
    assert "“Year” is the period" in said.message


def test_which_of_two_dates_in_numbers_counts_is_asked(tmp_path: Path) -> None:
    """A name that only a date has (svc_date) is asked about as one in words is."""
    lines = [f"{23_011 + 7 * k},{23_100 + 7 * k},{'White' if k % 3 else 'Asian'},{'NY'[k % 2]}" for k in range(70)]
    path = tmp_path / "visits.csv"
    path.write_text("\n".join(["admit_date,svcdate,Race,Screened", *lines]) + "\n", encoding="utf-8")
    assert {q.key for q in propose(path).questions if q.waits} == {"dates:admit_date"}
