from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.intake.reading.progress import LoadingCancelled
from equity.intake.reading.read_facts import read_facts
from equity.intake.reading.staging import person_hash
from equity.vocabulary import Category, PlainError
from tests.intake.conftest import COUNTS, KEY, Load

ROWS = """
[extract]
shape = "rows"
[columns]
measure = { value = "Eye exam" }
period = "visit"
x = "done"
person = "patient"
[stratifiers.race]
column = "race"
[measures."Eye exam"]
kind = "proportion"
"""

# A made-up table in the form of a surveillance download: commas for thousands, a remark in a year, one value
# throughout.
DIAGNOSES = """Indicator,Year,Geography,Race/Ethnicity,Cases,Rate per 100000,Population
"Diagnoses","2021","Nowhere","Black/African American","1,200","60.0","2,000,000"
"Diagnoses","2021","Nowhere","White","900","9.0","10,000,000"
"Diagnoses","2020 (COVID-19 Pandemic)","Nowhere","Black/African American","Data not available","*","1,900,000"
"Diagnoses","2020 (COVID-19 Pandemic)","Nowhere","White","1,000","10.0","10,000,000"
"""
DIAGNOSES_MAPPING = """
[extract]
shape = "counts"
[columns]
measure = "Indicator"
clinical_area = { value = "Sexual health" }
period = "Year"
x = "Cases"
n = "Population"
[stratifiers.race]
column = "Race/Ethnicity"
recode = { "Black/African American" = "Black or African American" }
[measures."Diagnoses"]
kind = "rate"
multiplier = 100000
polarity = "lower_better"
"""


def test_a_surveillance_download_loads_with_a_dozen_lines(load: Load) -> None:
    loaded = load(DIAGNOSES, DIAGNOSES_MAPPING)
    facts = loaded.facts
    assert (facts.rows_in, facts.rows_used, facts.rows_set_aside) == (4, 4, 0)
    assert (facts.grain, facts.periods, facts.tables, facts.values) == ("year", ("2020", "2021"), "crossed", "counts")
    assert facts.measures[0].clinical_area == "Sexual health"
    assert facts.stratifiers[0].categories == (Category("Black or African American"), Category("White"))
    first, _, third, _ = loaded.table.to_dict("records")
    assert (first["x"], first["n"], first["race"], first["source_row"]) == (
        1200,
        2_000_000,
        "Black or African American",
        2,
    )
    assert first["period"] == dt.date(2021, 1, 1)
    assert third["hidden"] and pd.isna(third["x"]) and third["n"] == 1_900_000
    assert "lower bounds" in loaded.problem("hidden_at_source")


def test_the_fact_table_has_the_columns_and_types_of_the_house(load: Load, tmp_path: Path) -> None:
    load(DIAGNOSES, DIAGNOSES_MAPPING)
    schema = pq.read_schema(tmp_path / "facts.parquet")
    assert [f"{f.name} {f.type}" for f in schema] == [
        "measure string", "period date32[day]", "x double", "n double", "person uint64", "hidden bool", "source_row "
                                                                                                        "int64", "race "
                                                                                                                            "string",
    ]  # fmt: skip


def test_rows_of_yes_and_no_with_people(load: Load, tmp_path: Path) -> None:
    loaded = load(
        "patient,visit,done,race\nA1,2024-03-05,Yes,White\nA2,03/17/2024,no,\nA1,2024-04-01,1,White\n,2024-04-02,0,"
        "Unknown\n",
        ROWS,
    )
    table = loaded.table.sort_values("source_row")
    assert list(table["x"]) == [1, 0, 1, 0]
    assert list(table["n"]) == [1, 1, 1, 1]
    assert list(table["race"]) == ["White", "Unknown", "White", "Unknown"]
    assert list(table["period"]) == [dt.date(2024, 3, 1)] * 2 + [dt.date(2024, 4, 1)] * 2
    people = pq.read_table(tmp_path / "facts.parquet").sort_by("source_row")["person"].to_pylist()
    assert people[0] == people[2] == person_hash(KEY, "A1")
    assert people[1] == person_hash(KEY, "A2") and people[3] is None
    assert loaded.facts.has_person and loaded.facts.grain == "month"
    assert loaded.facts.stratifiers[0].kind_of("Unknown") == "unknown"


def test_a_person_id_never_reaches_a_file(load: Load, tmp_path: Path) -> None:
    load(
        "patient,visit,done,race\nSECRET-123,2024-03-05,1,White\nSECRET-124,bad,1,White\nS3,2024-03-05,1,White\n", ROWS
    )
    for written in ("facts.parquet", "aside.parquet"):
        assert b"SECRET" not in (tmp_path / written).read_bytes()


def test_another_key_makes_other_people() -> None:
    assert person_hash(KEY, "A1") != person_hash(bytes(32), "A1")
    assert person_hash(KEY, " A1 ") == person_hash(KEY, "A1")
    assert person_hash(KEY, "N/A") is None


def test_a_mean_keeps_its_values(load: Load) -> None:
    mapping = ROWS.replace('kind = "proportion"', 'kind = "mean"\nunit = "minutes"')
    loaded = load(
        "patient,visit,done,race\n1,2024-01-02,35.5,White\n2,2024-01-02,-3,Black\n3,2024-01-02,n/a,Black\n", mapping
    )
    assert list(loaded.table["x"]) == [35.5, -3]
    assert list(loaded.set_aside["reason"]) == ["the outcome (x) is not given"]


def test_yes_and_no_counts_make_n(load: Load) -> None:
    mapping = COUNTS.replace('n = "people"', 'no = "without"')
    loaded = load("measure,year,race,cases,without\nScreening,2024,White,7,3\nScreening,2024,Black,*,3\n", mapping)
    assert next(iter(loaded.table["n"])) == 10
    assert list(loaded.table["hidden"]) == [False, True]


def test_values_for_the_whole_file(load: Load) -> None:
    mapping = COUNTS.replace('period = "year"', 'period = { value = "2023-Q2" }').replace(
        'measure = "measure"', 'measure = { value = "Screening" }'
    )
    loaded = load("race,cases,people\nWhite,7,10\n", mapping)
    assert loaded.facts.periods == ("2023-Q2",)
    assert list(loaded.table["measure"]) == ["Screening"]


def test_no_period_is_all_time(load: Load) -> None:
    loaded = load("measure,race,cases,people\nScreening,White,7,10\n", COUNTS.replace('period = "year"\n', ""))
    assert (loaded.facts.grain, loaded.facts.periods) == ("all", ())
    assert loaded.table["period"].isna().all()


def test_notes_titles_totals_and_ragged_rows_are_set_aside_with_their_lines(load: Load) -> None:
    text = (
        "A report on screening\n\nAll of Nowhere\nmeasure,year,race,cases,people\n"
        "Screening,2024,White,50,100\nScreening,2024,Black,30,90\nScreening,2024,Total,80,190\n"
        "Screening,2024,Asian,9,20,a stray cell\nTotal,Total,,80,190\n,,,,\n\n"
        'Notes:\n"1. A note over\ntwo lines, with a comma."\n"* Suppressed, of course."\n'
    )
    loaded = load(text)
    aside = {row["source_row"]: (row["reason"], row["column"]) for row in loaded.set_aside.to_dict("records")}
    assert aside == {
        7: ("a total beside its parts, which would count people twice", ""),
        8: ("the line has more cells than the header", ""),
        9: ("a total over periods beside its parts", "year"),
        10: ("a note or an empty line, without values", ""),
        12: ("a note or an empty line, without values", ""),
        13: ("a note or an empty line, without values", ""),
        15: ("a note or an empty line, without values", ""),
    }
    assert list(loaded.table["source_row"]) == [5, 6]


def test_the_header_is_found_by_a_cell_of_it(load: Load) -> None:
    text = "a,b,c,d,e\nmeasure,year,race,cases,people\nScreening,2024,White,1,2\n"
    assert len(load(text, COUNTS.replace('"counts"', '"counts"\nheader = "race"')).table) == 1
    assert len(load(text).table) == 1


def test_a_total_alone_is_no_total_beside_its_parts(load: Load) -> None:
    loaded = load("measure,year,race,cases,people\nScreening,2024,All races,1,2\nScreening,2023,All races,1,2\n")
    assert len(loaded.table) == 2


def test_dropped_values(load: Load) -> None:
    loaded = load(
        "measure,year,race,cases,people\nScreening,2024,White,1,2\nScreening,2024,Non-White,1,2\n",
        COUNTS.replace('column = "race"', 'column = "race"\ndrop = ["non-white"]'),
    )
    assert list(loaded.set_aside["reason"]) == ["left out by “drop” in the mapping"]


def test_two_columns_become_one_stratifier(load: Load) -> None:
    text = (
        "measure,year,race,eth,cases,people\nScreening,2024,White,Hispanic,1,2\nScreening,2024,White,Non-Hispanic,1,2\n"
        "Screening,2024,Black,Unknown or Missing,1,2\nScreening,2024,,,1,2\nScreening,2024,Asian or Pacific "
        "Islander,Not Hispanic or Latino,1,2\n"
    )
    joined = load(text, COUNTS.replace('column = "race"', 'columns = ["race", "eth"]')).table["race"]
    assert list(joined)[:2] == ["White, Hispanic", "White, Non-Hispanic"]
    assert joined[3] == "Unknown"
    standard = load(text, COUNTS.replace('column = "race"', 'columns = ["race", "eth"]\nstandard = "omb-1997"')).table[
        "race"
    ]
    assert list(standard) == [
        "Hispanic or Latino",
        "White",
        "Black or African American",
        "Unknown",
        "Asian or Pacific Islander",
    ]


def test_impossible_rows_name_their_line(load: Load) -> None:
    text = (
        "measure,year,race,cases,people\nScreening,2024,White,5,4\nScreening,2024,Black,-1,4\nScreening,2024,Asian,"
        "3,0\n"
        "Screening,2024-02-30,White,1,4\nScreening,,White,1,4\nScreening,sometime,White,1,4\n,2024,White,1,4\n"
        "Screening,2024,White,many,4\n"
        "Screening,2024,White,1,n/a\nScreening,2024,White,12%,100\n"
        + "".join(f"Screening,{year},White,1,4\n" for year in range(2010, 2024))
    )
    loaded = load(text)
    reasons = dict(zip(loaded.set_aside["source_row"], loaded.set_aside["reason"], strict=True))
    assert reasons == {
        2: "the outcome (x) is larger than the number of people or visits (n)",
        3: "the outcome (x) is below zero",
        4: "there are events, but the number of people or visits (n) is 0",
        5: "the date does not exist or lies outside 1900 to 2100",
        6: "the period is not given",
        7: "the period is not a date, month, quarter or year",
        8: "the measure is not named",
        9: "the outcome (x) is neither a number nor a yes or no",
        10: "the number of people or visits (n) is not given",
        11: "the outcome (x) is neither a number nor a yes or no",
    }


def test_longer_periods_beside_shorter_ones_are_not_counted_twice(load: Load) -> None:
    rows = "".join(f"Screening,2024-Q{q},White,1,4\n" for q in (1, 2, 3, 4))
    loaded = load("measure,year,race,cases,people\n" + rows + "Screening,2024,White,4,16\n")
    assert loaded.facts.grain == "quarter"
    assert list(loaded.set_aside["source_row"]) == [6]
    assert "longer or shorter" in loaded.set_aside["reason"][0]


def test_wide_extracts_make_one_fact_a_measure(load: Load) -> None:
    mapping = """
[extract]
shape = "wide"
[columns]
period = "visit"
person = "id"
[stratifiers.race]
column = "race"
[measures."Eye exam"]
x = "eye"
polarity = "higher_better"
[measures."Pressure"]
x = "bp_num"
n = "bp_den"
polarity = "higher_better"
"""
    loaded = load("id,visit,race,eye,bp_num,bp_den\n1,2024-01-02,White,1,1,2\n2,2024-01-02,Black,,0,1\n", mapping)
    assert loaded.facts.rows_in == 4
    assert list(loaded.set_aside["source_row"]) == [3]
    by_measure = loaded.table.groupby("measure")[["x", "n"]].sum()
    assert by_measure.loc["Pressure"].tolist() == [1, 3]
    assert by_measure.loc["Eye exam"].tolist() == [1, 1]
    assert [m.name for m in loaded.facts.measures] == ["Eye exam", "Pressure"]


def test_estimates_become_fractions(load: Load) -> None:
    mapping = """
[extract]
shape = "estimates"
[columns]
measure = "what"
period = "year"
estimate = "rate"
lower = "lo"
upper = "hi"
[stratifiers.race]
column = "race"
[measures."Deaths"]
kind = "rate"
multiplier = 100000
polarity = "lower_better"
[measures."Coverage"]
kind = "proportion"
polarity = "higher_better"
[measures."Wait"]
kind = "mean"
"""
    loaded = load(
        "what,year,race,rate,lo,hi\nDeaths,2023,White,14.5,13,16\nDeaths,2023,Black,50.3,47,53.8\nDeaths,2023,Total,"
        "18.6,,\nDeaths,2023,Asian,*,*,*\n"
        "Coverage,2023,White,45.5,40,50\nCoverage,2023,Black,60%,55%,65%\nWait,2023,White,34.5,30,39\nDeaths,2023,"
        "White,99,,\n",
        mapping,
    )
    table = loaded.table.set_index(["measure", "race"]).sort_index()
    assert table.loc[("Deaths", "White"), "estimate"].item() == pytest.approx(14.5e-5)
    assert table.loc[("Deaths", "Black"), "upper"].item() == pytest.approx(53.8e-5)
    assert table.loc[("Coverage", "White"), "lower"].item() == pytest.approx(0.40)
    assert table.loc[("Coverage", "Black"), "estimate"].item() == pytest.approx(0.60)
    assert table.loc[("Wait", "White"), "estimate"].item() == pytest.approx(34.5)
    assert table.loc[("Deaths", "Asian"), "hidden"].item()
    everyone = loaded.table[loaded.table["race"].isna()]
    assert everyone["estimate"].tolist() == pytest.approx([18.6e-5]), "the total belongs to nobody's group, and is kept"
    assert list(loaded.set_aside["reason"]) == [
        "the same measure, period and groups stand above, and of estimates only the first is read"
    ]
    assert loaded.facts.values == "estimates"


def test_long_extracts_make_a_stratifier_of_each_dimension(load: Load) -> None:
    mapping = """
[extract]
shape = "counts"
[columns]
measure = { value = "Screening" }
period = "year"
x = "num"
n = "den"
[long]
dimension = "kind"
group = "group"
[measures."Screening"]
polarity = "higher_better"
"""
    loaded = load(
        "year,kind,group,num,den\n2024,Race/Ethnicity,White,5,10\n2024,Race/Ethnicity,Black,4,10\n2024,Age,18-44,3,"
        "9\n2024,Age,65+,3,9\n"
        "2024,Age,5-17,3,9\n2024,Overall,Overall,9,20\n2024,,White,1,2\n2024,Period,Total,1,2\n",
        mapping,
    )
    facts = loaded.facts
    assert facts.tables == "one_way"
    assert [(s.name, s.label, s.ordered) for s in facts.stratifiers] == [
        ("race_ethnicity", "Race/Ethnicity", False),
        ("age", "Age", True),
        ("period_group", "Period", False),
    ]
    assert facts.stratifiers[1].groups == ("5-17", "18-44", "65+")
    rows = loaded.table.set_index("source_row")
    assert rows.loc[2, "race_ethnicity"] == "White" and pd.isna(rows.loc[2, "age"])
    assert pd.isna(rows.loc[7, "race_ethnicity"]) and pd.isna(rows.loc[7, "age"])
    assert list(loaded.set_aside["reason"]) == ["the dimension is not named"]


def test_several_files_are_one_extract(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("measure,year,race,cases,people\nScreening,2023,White,1,2\n")
    (tmp_path / "b.csv").write_text("race,people,cases,year,measure\nBlack,4,3,2024,Screening\n,,,,\n")
    facts = read_facts(
        [tmp_path / "a.csv", tmp_path / "b.csv"],
        mapping_from_toml(COUNTS, "m.toml"),
        tmp_path / "f",
        tmp_path / "s",
        KEY,
    )
    assert (facts.rows_in, facts.rows_used, facts.periods) == (3, 2, ("2023", "2024"))
    assert [s.name for s in facts.sources] == ["a.csv", "b.csv"]
    assert pd.read_parquet(tmp_path / "s")["file"].tolist() == ["b.csv"]


def test_an_undescribed_measure_is_said(load: Load) -> None:
    loaded = load("measure,year,race,cases,people\nScreening,2024,White,1,2\nReadmission,2024,White,1,2\n")
    assert loaded.problem("measure_undescribed") == (
        "The mapping does not describe the measure “Readmission”: it is read as a proportion, lower better."
    )


def test_cancelling_leaves_by_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("measure,year,race,cases,people\nScreening,2023,White,1,2\n")
    with pytest.raises(LoadingCancelled, match="nothing was changed"):
        read_facts(
            [tmp_path / "a.csv"],
            mapping_from_toml(COUNTS, "m"),
            tmp_path / "f",
            tmp_path / "s",
            KEY,
            cancelled=lambda: True,
        )
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_progress_runs_from_none_to_all(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("measure,year,race,cases,people\nScreening,2023,White,1,2\n")
    told: list[float] = []
    read_facts(
        [tmp_path / "a.csv"],
        mapping_from_toml(COUNTS, "m"),
        tmp_path / "f",
        tmp_path / "s",
        KEY,
        lambda share, _: told.append(share),
    )
    assert told == sorted(told) and told[0] == 0


def test_hostile_names_and_values_stay_data(load: Load) -> None:
    column = 'race"; DROP TABLE staged; --'
    mapping = COUNTS.replace('column = "race"', "column = '" + column.replace("'", "") + "'").replace(
        "[stratifiers.race]", "[stratifiers.'r\"; --']"
    )
    loaded = load(
        f'measure,year,"{column.replace(chr(34), chr(34) * 2)}",cases,people\nScreening,2024,\'); DELETE,1,2\n', mapping
    )
    assert loaded.facts.stratifiers[0].categories == (Category("'); DELETE"),)


def test_the_database_never_speaks_for_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import duckdb

    from equity.intake.reading import read_facts as reading

    def stumble(*_: object) -> str:
        raise duckdb.InvalidInputException("CSV Error: Original Line: Jane Doe, 1980-01-02")

    monkeypatch.setattr(reading, "stage", stumble)
    (tmp_path / "a.csv").write_text("measure,year,race,cases,people\nScreening,2023,White,1,2\n")
    with pytest.raises(PlainError) as caught:
        read_facts([tmp_path / "a.csv"], mapping_from_toml(COUNTS, "m"), tmp_path / "f", tmp_path / "s", KEY)
    assert "Jane" not in str(caught.value)
    assert str(caught.value) == "a.csv could not be read to its end: copy it again, or save it again as CSV in UTF-8."


def test_dates_that_begin_quarters_stand_for_them(load: Load) -> None:
    text = "measure,year,race,cases,people\n" + "".join(f"Screening,2024-{m:02d}-01,White,1,4\n" for m in (1, 4, 7, 10))
    loaded = load(text)
    assert loaded.facts.periods == ("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4")
    assert "stands for its quarter" in loaded.problem("whole_periods")
    assert load(text.replace("-10-01", "-10-02")).facts.grain == "month"
