"""Proposals are right for the forms in which real extracts come. All tables here are made up; only their forms are
real."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.intake.proposal.mapping.mapping_file import mapping_to_toml
from equity.intake.proposal.proposal_parts import Proposal
from equity.intake.proposal.propose import propose
from equity.vocabulary import ColumnSource
from tests.intake.conftest import Load, Loaded

RACES = ("American Indian or Alaska Native", "Asian or Pacific Islander", "Black or African American", "White")


def both(load: Load, tmp_path: Path, text: str, name: str) -> tuple[Proposal, Loaded]:
    """Propose a mapping for a file and load it by that mapping alone."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    proposal = propose(tmp_path / name)
    return proposal, load(text, mapping_to_toml(proposal.mapping), name)


def column(proposal: Proposal, role: str) -> str | None:
    return proposal.mapping.columns[role].column if role in proposal.mapping.columns else None


def query_tool_table() -> str:
    """The form of a cancer query tool: codes beside labels, two questions, words among numbers, pages of notes."""
    head = (
        '\ufeff"Notes","Year","Year Code","Leading Cancer Sites","Leading Cancer Sites Code","Race","Race Code",'
        '"Ethnicity","Ethnicity Code",Count,Population,Crude Rate\n'
    )
    rows = []
    for year in (2020, 2021, 2022):
        for code, race in enumerate(RACES):
            people = 100_000 * (code + 1)
            for label, ethnicity, cases in (("2135-2", "Hispanic", 10 + code), ("2186-5", "Non-Hispanic", 20 + code)):
                known = code > 0 or label != "2135-2"
                count, rate = (cases, round(100_000 * cases / people, 1)) if known else ("Suppressed", "Suppressed")
                rows.append(
                    f',"{year}","{year}","Cervix Uteri","27010","{race}","c{code}","{ethnicity}","{label}",{count},'
                    f"{people},{rate}"
                )
            rows.append(
                f',"{year}","{year}","Cervix Uteri","27010","{race}","c{code}","Unknown or Missing","UNK",0,Not '
                "Applicable,Not Applicable"
            )
    notes = '"---"\n"Dataset: made up"\nCaveats:\n"1. A ""quoted"" caveat, with commas."\n"---"\n'
    return head + "\n".join(rows) + "\n" + notes


def test_a_query_tool_with_race_and_ethnicity_in_two_columns(load: Load, tmp_path: Path) -> None:
    proposal, loaded = both(load, tmp_path, query_tool_table(), "cervical_by_race.csv")
    assert [column(proposal, role) for role in ("measure", "period", "x", "n")] == [
        "Leading Cancer Sites",
        "Year",
        "Count",
        "Population",
    ]
    (stratifier,) = proposal.mapping.stratifiers
    assert (stratifier.columns, stratifier.standard) == (("Race", "Ethnicity"), "omb-1997")
    measure = loaded.facts.measures[0]
    assert (measure.kind, measure.multiplier, measure.polarity) == ("rate", 100_000, "lower_better")
    assert loaded.facts.rows_in == 36 + 5 and loaded.facts.rows_used == 24
    hispanic = loaded.table[(loaded.table["race_ethnicity"] == "Hispanic or Latino") & ~loaded.table["hidden"]]
    assert hispanic["x"].sum() == 3 * (11 + 12 + 13)
    assert loaded.table["hidden"].sum() == 3


def test_a_table_with_a_mark_totals_and_footnotes(load: Load, tmp_path: Path) -> None:
    text = '\ufeff"Year","Race","Deaths","Population","Crude Rate","Age-Adjusted Rate","Years of Potential Life Lost"\n'
    for year in (2022, 2023):
        for place, race in enumerate(("White", "Black", "HI Native / Pacific Islander", "More than One Race")):
            text += (
                f'"{year}","{race}","{1000 + place:,}","{1_000_000 * (place + 1):,}",'
                f'"{0.1 * (1000 + place) / (place + 1):.2f}","9.1","12,000"\n'
            )
    text += (
        '"Total","","8,012","20,000,000","40.06","14.43","96,000"\n"","","","","","",""\n"Notation: a note, '
        'with a comma","","","","","",""\n'
    )
    proposal, loaded = both(load, tmp_path, text, "gun_deaths_by_race.csv")
    assert proposal.mapping.columns["measure"] == ColumnSource(value="Gun deaths")
    measure = loaded.facts.measures[0]
    assert (measure.kind, measure.multiplier, measure.polarity, measure.clinical_area) == (
        "rate",
        100_000,
        "lower_better",
        "Injury",
    )
    assert [c.value for c in loaded.facts.stratifiers[0].categories] == [
        "Black or African American", "Native Hawaiian or Pacific Islander", "White", "Multiracial",
    ]  # fmt: skip
    assert (loaded.facts.rows_used, loaded.facts.rows_set_aside) == (8, 3)


def test_yes_no_and_total_columns_with_an_ordered_stratifier(load: Load, tmp_path: Path) -> None:
    text = (
        "income_group,bene_yes,bene_no,total_bene,bene_yes_pct,bene_yes_pct_lcl,bene_yes_pct_ucl,"
        "age_adjusted_pct,age_adjusted_pct_lcl\n"
    )
    for place, band in enumerate(
        ("$200,000 or more", '"Less than $15,000"', "$15,000 to < $25,000", "Don’t know/Not sure/Missing")
    ):
        band = band if band.startswith('"') else f'"{band}"'
        text += (
            f"{band},{60 + place},{40 - place},100,{60.2 + place},{55.1 + place},{65.3 + place},{58.1 + place},"
            f"{50.7 + place}\n"
        )
    proposal, loaded = both(load, tmp_path, text, "colorectal_screening_by_income.csv")
    assert [column(proposal, role) for role in ("x", "n", "period", "person")] == ["bene_yes", "total_bene", None, None]
    (income,) = loaded.facts.stratifiers
    assert income.ordered
    assert [c.value for c in income.categories] == [
        "Less than $15,000",
        "$15,000 to < $25,000",
        "$200,000 or more",
        "Don’t know/Not sure/Missing",
    ]
    assert income.categories[-1].kind == "unknown"
    measure = loaded.facts.measures[0]
    assert (measure.name, measure.kind, measure.polarity, measure.clinical_area) == (
        "Colorectal screening", "proportion", "higher_better", "Cancer screening",
    )  # fmt: skip
    assert loaded.table["x"].sum() == 60 + 61 + 62 + 63


def test_race_and_state_with_cells_of_two_lines(load: Load, tmp_path: Path) -> None:
    text = "race_name,state_name,state_fips,bene_yes,bene_no,total_bene,bene_yes_pct\n"
    for fips, state in enumerate(("Utopia", "Erewhon", "Lilliput"), start=1):
        for place, race in enumerate(
            ("American Indian or Alaskan Native", "White", '"Native Hawaiian or other Pacific\nIslander"')
        ):
            text += (
                f"{race},{state},{fips},{8 + place},{2 + fips},{10 + place + fips},"
                f"{100 * (8 + place) / (10 + place + fips)}\n"
            )
    proposal, loaded = both(load, tmp_path, text, "screening_by_race_and_state.csv")
    assert {s.name: s.columns for s in proposal.mapping.stratifiers} == {
        "race": ("race_name",),
        "state": ("state_name",),
    }
    assert "Native Hawaiian or Pacific Islander" in loaded.facts.stratifiers[0].groups
    assert loaded.facts.rows_used == 9
    assert loaded.table["source_row"].tolist() == [2, 3, 4, 6, 7, 8, 10, 11, 12], "a cell of two lines takes two lines"


def test_rates_by_county_below_title_lines(load: Load, tmp_path: Path) -> None:
    text = (
        'Incidence Rate Report\n\n"Cervix (All Stages^), 2018-2022"\n\nSorted by Rate\n\n'
        'County,FIPS,2023 Rural-Urban Codes([rural note]),"Age-Adjusted Incidence Rate([rate note]) - cases per 100,'
        '000","Lower 95% Confidence Interval",'
        '"Upper 95% Confidence Interval","CI*Rank([rank note])",Average Annual Count,Recent Trend,"Recent 5-Year '
        'Trend","Lower 95% Confidence Interval","Upper 95% Confidence Interval"\n'
        '"US (SEER+NPCR)(1)",00000,N/A,7.5 ,7.4, 7.6,N/A ,13019,falling,-1.1 ,-1.9, -0.6\n'
    )
    for place in range(40):
        rate = f"{10 + place / 4} ,{8 + place / 4}, {12 + place / 4}" if place < 30 else "* ,*, *"
        text += (
            f'"County {place}, Utopia(2)",{40000 + place},Rural,{rate},N/A ,'
            f"{'5' if place < 30 else '3 or fewer'},*,*,*,*\n"
        )
    text += (
        '"County 41, Utopia(2)",40041,Urban,[P1 note] ,[P1 note], [P1 note],&para; ,[P1 note],*,*,*,*\n\nNotes:\n'
        '\n"\n\nTrend\n   Rising when above 0.\n"\n\n"* Suppressed."\n'
    )
    proposal, loaded = both(load, tmp_path, text, "cervical_incidence_by_county.csv")
    mapping = proposal.mapping
    assert mapping.shape == "estimates"
    assert column(proposal, "lower") == "Lower 95% Confidence Interval", "the first of two columns of this name"
    assert mapping.columns["period"] == ColumnSource(value="2018-2022")
    assert [s.name for s in mapping.stratifiers] == ["county"]
    facts = loaded.facts
    assert (facts.measures[0].kind, facts.measures[0].multiplier, facts.measures[0].polarity) == (
        "rate",
        100_000,
        "lower_better",
    )
    assert (facts.rows_in, facts.rows_used) == (45, 42)
    assert loaded.table["hidden"].sum() == 11
    everyone = loaded.table[loaded.table["county"].isna()]
    assert everyone["estimate"].tolist() == pytest.approx([7.5e-5])
    assert "County 0, Utopia" in set(loaded.table["county"].dropna()), "footnote marks are no part of a name"


def test_patient_rows_with_identifying_columns(load: Load, tmp_path: Path) -> None:
    text = (
        "MRN;Patient Name;DOB;Home Phone;Measure;Visit Date;Met;Race;Ethnicity;Primary Language;Payer;Age "
        "Group;Site;Comments\n"
    )
    for i in range(12):
        cells = [f"M{i % 8}", f"Doe, Jane {i}", f"1980-01-{1 + i:02d}", f"555-123-{4000 + i}", ("BCS", "CBP")[i % 2]]
        cells += [f"{13 + i}/05/2024", "Yes" if i % 3 else "No", ("White", "Black", "Asian", "Declined")[i % 4]]
        cells += [
            ("Hispanic", "Not Hispanic")[i % 2],
            ("English", "es", "Vietnamese")[i % 3],
            ("Medicaid", "BCBS")[i % 2],
        ]
        cells += [("18-44", "45-64", "65+")[i % 3], ("North", "South")[i % 2], f"she said {i}"]
        text += ";".join(cells) + "\n"
    proposal, loaded = both(load, tmp_path, text, "extract.txt")
    assert column(proposal, "person") == "MRN"
    assert [column(proposal, role) for role in ("measure", "period", "x")] == ["Measure", "Visit Date", "Met"]
    assert [s.name for s in proposal.mapping.stratifiers] == ["race_ethnicity", "language", "payer", "age_band", "site"]
    left_out = {p.column for p in proposal.problems if p.code == "identifying"}
    assert left_out == {"Patient Name", "DOB", "Home Phone", "Comments"}
    shown = {c.name for c in proposal.profile if c.examples}
    assert not shown & {"MRN", *left_out}, "no examples of what identifies people"
    assert loaded.facts.has_person and loaded.facts.rows_used == 12
    assert {m.name: m.clinical_area for m in loaded.facts.measures} == {
        "BCS": "Cancer screening",
        "CBP": "Hypertension",
    }
    assert loaded.facts.periods == ("2024-05",), "13/05/2024: the day comes first"


def test_one_column_a_measure(load: Load, tmp_path: Path) -> None:
    text = "patient_id,visit_date,race,a1c_testing,bp_controlled,eye_exam\n" + "".join(
        f"{i},2024-0{1 + i % 6}-03,{('White', 'Black')[i % 2]},{i % 2},{(i + 1) % 2},{'' if i % 5 == 0 else 1}\n"
        for i in range(20)
    )
    proposal, loaded = both(load, tmp_path, text, "visits.csv")
    assert proposal.mapping.shape == "wide"
    assert list(proposal.mapping.measure_columns) == ["a1c_testing", "bp_controlled", "eye_exam"]
    assert (loaded.facts.rows_in, loaded.facts.rows_set_aside) == (60, 4)


def test_pairs_of_columns(load: Load, tmp_path: Path) -> None:
    text = "quarter,race,bp_num,bp_den,eye_num,eye_den\n" + "".join(
        f"2024-Q{q},{race},{5 + q},{20 + q},{q},{9 + q}\n" for q in (1, 2, 3, 4) for race in ("White", "Black")
    )
    proposal, loaded = both(load, tmp_path, text, "quarters.csv")
    assert proposal.mapping.shape == "wide"
    assert {n: (c.x, c.n) for n, c in proposal.mapping.measure_columns.items()} == {
        "Bp": ("bp_num", "bp_den"),
        "Eye": ("eye_num", "eye_den"),
    }
    assert loaded.facts.rows_used == 16 and loaded.facts.grain == "quarter"


def test_long_tables(load: Load, tmp_path: Path) -> None:
    text = "Year,Indicator,Stratification Category,Stratification,Numerator,Denominator\n"
    for year in (2023, 2024):
        for category, group in (
            ("Race/Ethnicity", "White"),
            ("Race/Ethnicity", "Black"),
            ("Sex", "Female"),
            ("Sex", "Male"),
            ("Overall", "Overall"),
        ):
            text += f"{year},Flu vaccination,{category},{group},40,100\n"
    proposal, loaded = both(load, tmp_path, text, "flu.csv")
    assert proposal.mapping.long is not None
    assert (proposal.mapping.long.dimension, proposal.mapping.long.group) == (
        "Stratification Category",
        "Stratification",
    )
    assert loaded.facts.tables == "one_way"
    assert loaded.facts.rows_used == 10
    assert loaded.facts.measures[0].polarity == "higher_better"


def test_totals_beside_their_parts_are_proposed_for_dropping(load: Load, tmp_path: Path) -> None:
    text = (
        "year,sex,numerator,denominator\n2024,Female,4,10\n2024,Male,5,10\n2024,Both sexes,9,20\n2023,Female,4,"
        "10\n2023,Male,5,10\n2023,Both sexes,9,20\n"
    )
    proposal, loaded = both(load, tmp_path, text, "readmission.csv")
    assert proposal.mapping.stratifiers[0].drop == ("Both sexes",)
    assert loaded.facts.rows_used == 4


def test_minutes_are_means(load: Load, tmp_path: Path) -> None:
    text = "visit_id,arrival date,language,wait_minutes\n" + "".join(
        f"{i},2024-03-{1 + i % 28:02d},{('English', 'Spanish')[i % 2]},{17.5 + 3 * i}\n" for i in range(60)
    )
    proposal, loaded = both(load, tmp_path, text, "ed_wait_time.csv")
    assert loaded.facts.measures[0].kind == "mean"
    assert column(proposal, "x") == "wait_minutes"
    assert [s.name for s in proposal.mapping.stratifiers] == ["language"]


def test_published_rates_with_intervals(load: Load, tmp_path: Path) -> None:
    text = "Year,Race,Rate per 100,000 live births,95% CI Lower,95% CI Upper\n".replace("per 100,000", "per 100000")
    text += "".join(
        f"{y},{r},{14.5 + i},{13.1 + i},{16.2 + i}\n"
        for y in (2022, 2023)
        for i, r in enumerate(("White", "Black", "Hispanic", "Asian"))
    )
    proposal, loaded = both(load, tmp_path, text, "maternal_mortality.csv")
    assert proposal.mapping.shape == "estimates"
    measure = loaded.facts.measures[0]
    assert (measure.kind, measure.multiplier, measure.polarity, measure.clinical_area) == (
        "rate",
        100_000,
        "lower_better",
        "Maternal health",
    )
    assert loaded.table["estimate"].max() == pytest.approx(17.5e-5)


def test_every_column_has_a_reason(tmp_path: Path) -> None:
    (tmp_path / "cervical_by_race.csv").write_text(query_tool_table(), encoding="utf-8")
    proposal = propose(tmp_path / "cervical_by_race.csv")
    assert {c.name for c in proposal.profile} <= {r.column for r in proposal.reasons}
    assert all(0 < r.confidence <= 1 for r in proposal.reasons)
    assert str(proposal.reasons[0]) == "“Year” → period: its name and its cells say so (90% sure)"


def test_visits_of_several_kinds_of_measures(load: Load, tmp_path: Path) -> None:
    text = "measure,visit_date,patient_id,race,value,exposure\n"
    for i in range(60):
        race = ("White", "Black", "Asian")[i % 3]
        text += f"Eye exam,2024-0{1 + i % 9}-11,P{i % 20},{race},{i % 2},1\n"
        text += f"Wait time,2024-0{1 + i % 9}-12,P{i % 20},{race},{7 + i},1\n"
        text += f"Patient falls,2024-0{1 + i % 9}-13,P{i % 20},{race},{i % 3},{2 + i % 5}\n"
    proposal, loaded = both(load, tmp_path, text, "visits.csv")
    assert proposal.mapping.shape == "rows"
    assert [column(proposal, role) for role in ("x", "n", "person")] == ["value", "exposure", "patient_id"]
    assert {m.name: (m.kind, m.multiplier, m.polarity) for m in loaded.facts.measures} == {
        "Eye exam": ("proportion", 1, "higher_better"),
        "Patient falls": ("rate", 1000, "lower_better"),
        "Wait time": ("mean", 1, "lower_better"),
    }
    assert loaded.facts.rows_used == 180
