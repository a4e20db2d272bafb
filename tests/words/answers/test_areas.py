"""What is said of clinical areas compared."""

from __future__ import annotations

from dataclasses import replace

from equity.words.answers import areas as words
from equity.words.answers import scan
from tests.answers_for_tests import areas


def test_the_finding_is_the_gap_that_touches_most_people() -> None:
    assert words.finding(areas()) == (
        "Clear gaps, 2024: 3 of 3 clinical areas. Most affected: sexual health, about 12,737 HIV diagnoses."
    )
    assert words.chart_title(areas()) == ("Clear gaps in 3 of 3 clinical areas; most people affected in sexual health")


def test_the_list_is_ranked_and_waiting_times_come_last() -> None:
    said = tuple(words._listed(c) for c in words.ranked(areas(), 10))
    assert said[3] == (
        "Controlled blood pressure, Black or African American patients: 14.0 points lower (worse) than Asian "
        "patients (highest rate); about 309 more patients (95% range 242–376)."
    )
    assert said[-1] == (
        "Minutes from arrival to clinician, people whose language is Spanish: 20 minutes higher (worse) than "
        "people whose language is English (lowest average)."
    )


def test_nothing_clear() -> None:
    answer = areas()
    rows = answer.rows.assign(rank=float("nan"), worst=0)
    assert words.finding(replace(answer, rows=rows)) == "Clear gaps, 2024: none of 14 comparisons shows one."
    assert words.chart_title(replace(answer, rows=rows)) == "No clear gap in any clinical area"
    assert words.ranked(replace(answer, rows=rows), 10) == ()


def test_an_area_without_a_name_is_called_by_its_measure() -> None:
    answer = areas()
    unnamed = replace(answer, rows=answer.rows.assign(clinical_area=""), areas=("",))
    assert words.chart_title(unnamed) == "Clear gaps in 1 clinical area; most people affected in HIV diagnoses"


def test_who_is_affected_most_is_not_said_where_nobody_is_counted() -> None:
    answer = areas()
    uncounted = replace(answer, rows=answer.rows.assign(excess=float("nan")))
    assert words.finding(uncounted) == "Clear gaps, 2024: 3 of 3 clinical areas."
    assert words.chart_title(uncounted) == "Clear gaps in 3 of 3 clinical areas"
    assert words.table_caption(uncounted) == "Clear gaps by clinical area and group, 2024, widest first."
    assert scan.table_caption(uncounted).startswith("Every clear gap, 2024, widest first, out of 14 comparisons.")
    assert words.table_caption(answer) == "Clear gaps by clinical area and group, 2024, most people affected first."
    assert words.ranked_chart_title(uncounted) == "Clear gaps, but no people counted to rank them by"
    assert [said for said in words.caveats(uncounted) if "people affected" in said] == []
    assert [said for said in words.caveats(uncounted) if "how wide a gap is" in said] != []
    assert [said for said in words.caveats(answer) if "ranks by people affected" in said] != []


def test_how_sure_says_how_many_comparisons_there_were() -> None:
    assert words.how_sure(areas()) == (
        "We made 14 comparisons at once and call 6 of the gaps clear. About 1 in 10 of those may still be chance."
    )


def test_cells() -> None:
    answer = areas()
    cells = words.cells(answer)
    gap = cells["Hypertension", "race"]
    assert (gap.state, gap.affected, gap.gap) == ("gap", "309", "14.0 pts")
    none = cells["Hypertension", "language"]
    assert (none.state, none.said) == ("none", "Hypertension by language: no clear gap")
    absent = cells["Sexual health", "language"]
    assert (absent.state, absent.said) == ("absent", "Sexual health by language: not enough data to compare")
    all_hidden = answer.rows.assign(shown="hidden", worst=0, verdict="")
    hidden = words.cells(replace(answer, rows=all_hidden))["Hypertension", "race"]
    assert (hidden.state, hidden.affected, hidden.gap) == ("hidden", "", "")


def test_alt_text_visits_every_cell() -> None:
    told = words.alt_text(areas())
    for area in areas().areas:
        for by in ("race and ethnicity", "language"):
            assert f"{area} by {by}:" in told


def test_the_table_has_a_row_a_clear_gap() -> None:
    table = words.table(areas())
    assert len(table) == 6
    assert table.iloc[3].to_dict() == {
        "Rank": "4",
        "Clinical area": "Hypertension",
        "Measure": "Controlled blood pressure",
        "Group by": "race and ethnicity",
        "Group": "Black or African American",
        "Rate": "55.0%",
        "Compared with": "Asian patients (highest rate, 69.0%)",
        "Gap": "14.0 points lower (worse)",
        "Gap range": "11.0 to 17.1 points",
        "Affected": "about 309 more patients (95% range 242–376)",
    }


def test_too_few_people_are_told_of_the_comparisons_that_were_made() -> None:
    answer = areas()
    made = int(answer.rows["p"].notna().sum())
    assert made == 12 < len(answer.rows)
    few = replace(answer, rows=answer.rows.assign(reliability="too_few"), tests=made)
    assert words.not_known(few)[0] == (
        "In 12 of the 12 comparisons there are too few people to read, so the map and the list leave them out."
    )
