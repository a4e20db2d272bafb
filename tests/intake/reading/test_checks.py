from __future__ import annotations

import pytest

from equity.intake.reading.checks import compare_with_earlier
from equity.vocabulary import Category, Description, Stratifier
from tests.intake.conftest import COUNTS, Load

HEADER = "measure,year,race,cases,people\n"


def test_rows_without_n_say_how_many_events_they_hold(load: Load) -> None:
    loaded = load(
        HEADER + "Screening,2024,White,1,2\nScreening,2024,Black,1200,Not Applicable\nScreening,2024,Asian,34,\n"
    )
    assert (
        loaded.problem("n_missing")
        == "2 rows were set aside: the number of people or visits (n) is not given (with 1,234 events)."
    )


def test_repeats_of_a_cell_are_named(load: Load) -> None:
    loaded = load(HEADER + "Screening,2024,White,1,2\nScreening,2024,Black,1,2\nScreening,2024,White,1,2\n")
    problem = next(p for p in loaded.facts.problems if p.code == "same_cell_twice")
    assert problem.message == "1 group and period stands in the file more than once, and the counts are added up."
    assert (problem.row, problem.count) == (4, 2)


def test_two_spellings_of_one_group_are_no_repeat(load: Load) -> None:
    mapping = COUNTS.replace('column = "race"', 'column = "race"\nstandard = "omb-2024"')
    loaded = load(HEADER + "Screening,2024,Black,1,2\nScreening,2024,African American,1,2\n", mapping)
    assert "same_cell_twice" not in loaded.codes()


def test_a_stratifier_that_is_nearly_all_unknown(load: Load) -> None:
    loaded = load(HEADER + "Screening,2024,White,1,10\nScreening,2024,Declined,1,30\nScreening,2024,,1,60\n")
    assert loaded.problem("nearly_all_unknown") == "“Race” is unknown for 90% of the extract."
    assert "nearly_all_unknown" not in load(HEADER + "Screening,2024,White,1,30\nScreening,2024,,1,60\n").codes()


def test_a_total_in_rows_is_asked_about(load: Load) -> None:
    mapping = COUNTS.replace('"counts"', '"rows"').replace('n = "people"\n', "")
    loaded = load(HEADER + "Screening,2024,White,1,\nScreening,2024,Black,0,\nScreening,2024,All races,1,\n", mapping)
    assert loaded.problem("possible_total") == "“All races” in “Race” reads like a total beside its parts."


def test_the_future(load: Load) -> None:
    loaded = load(HEADER + "Screening,2024,White,1,2\nScreening,2098,White,1,2\n")
    assert loaded.problem("future") == "1 row lies in the future."


def test_a_jump_in_volume(load: Load) -> None:
    counts = {2020: 20, 2021: 20, 2022: 50, 2023: 50}
    text = HEADER + "".join(f"Screening,{year},group {i},1,2\n" for year, n in counts.items() for i in range(n))
    assert (
        load(text).problem("volume_jump") == "The period that begins on 2022-01-01 has 50 rows, the one before it 20."
    )


@pytest.mark.parametrize(("before", "found"), [(20, True), (19, False)])
def test_a_jump_from_few_rows_is_no_finding(load: Load, before: int, found: bool) -> None:
    counts = {2020: before, 2021: before, 2022: 3 * before, 2023: 3 * before}
    text = HEADER + "".join(f"Screening,{year},group {i},1,2\n" for year, n in counts.items() for i in range(n))
    assert any(problem.code == "volume_jump" for problem in load(text).facts.problems) == found


def described(*values: str, rows: int = 100) -> Description:
    race = Stratifier("race", "Race", categories=tuple(Category(v) for v in values))
    return Description("D", 1, "", "counts", "crossed", "counts", "year", ("2023",), False, rows, rows, 0, (), (race,))


def test_categories_that_are_new_or_gone_and_volume_against_an_earlier_version() -> None:
    now = (Stratifier("race", "Race", categories=(Category("White"), Category("Blck"))), Stratifier("sex", "Sex"))
    found = compare_with_earlier(("2023", "2024"), now, 1000, described("White", "Black"))
    assert [(p.code, p.message) for p in found] == [
        ("new_categories", "“Race” has new categories: “Blck”."),
        ("vanished_categories", "“Race” no longer has: “Black”."),
        ("new_stratifier", "“Sex” is new."),
        ("volume_changed", "A period now has about 500 rows; it had about 100."),
    ]
    assert compare_with_earlier(("2023",), described("White").stratifiers, 120, described("White")) == []
