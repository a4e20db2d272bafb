"""Made-up files in the shapes of well-known sources, drawn from a seed: the columns are theirs, no number is.

Each is small, has what its kind is known for (footers and totals, check boxes, drug columns, names of people), and is
written as its source writes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

SEED = 20_261_129
DRUGS = (
    "metformin", "repaglinide", "nateglinide", "chlorpropamide", "glimepiride", "acetohexamide", "glipizide",
    "glyburide", "tolbutamide", "pioglitazone", "rosiglitazone", "acarbose", "miglitol", "troglitazone", "tolazamide",
    "examide", "citoglipton", "insulin", "glyburide-metformin", "glipizide-metformin", "metformin-rosiglitazone",
)  # fmt: skip
NEVER_GIVEN = ("examide", "citoglipton", "acetohexamide", "troglitazone")
FIRST = ("Ada", "Bo", "Cleo", "Dev", "Eli", "Fay", "Gus", "Hana", "Ivo", "Jun")
LAST = ("Abbott", "Baptiste", "Castillo", "Dang", "Evans", "Fisher", "Gomez", "Hale", "Ito", "Jones")
RACE_BOXES = {  # the codes of this made-up project: its data dictionary has them, the extract has not
    "1": "American Indian or Alaska Native", "2": "Asian", "3": "Black or African American",
    "4": "Native Hawaiian or Pacific Islander", "5": "White", "6": "Other",
}  # fmt: skip


def diabetes_encounters(folder: Path) -> Path:
    """A row an encounter: ``readmitted`` in three words, 21 drugs as No/Steady/Up/Down, ``?`` for what is not known."""
    draw = np.random.default_rng(SEED)
    rows = 900
    races = draw.choice(
        ["Caucasian", "AfricanAmerican", "Hispanic", "Asian", "Other", "?"], rows, p=[0.6, 0.2, 0.08, 0.05, 0.04, 0.03]
    )
    often = pd.Series(races).map({"AfricanAmerican": 0.18, "Hispanic": 0.14}).fillna(0.09).to_numpy()
    chance = draw.random(rows)
    frame = pd.DataFrame(
        {
            "encounter_id": 2_000_000 + np.arange(rows) * 7,
            "patient_nbr": draw.integers(10_000, 10_700, rows),
            "race": races,
            "gender": draw.choice(["Female", "Male", "Unknown/Invalid"], rows, p=[0.54, 0.455, 0.005]),
            "age": [f"[{10 * a}-{10 * a + 10})" for a in draw.integers(2, 10, rows)],
            "weight": np.where(draw.random(rows) < 0.97, "?", "[75-100)"),
            "admission_type_id": draw.integers(1, 9, rows),
            "discharge_disposition_id": draw.integers(1, 29, rows),
            "admission_source_id": draw.integers(1, 21, rows),
            "time_in_hospital": draw.integers(1, 15, rows),
            "payer_code": draw.choice(["?", "MC", "MD", "HM", "BC", "SP"], rows, p=[0.4, 0.3, 0.1, 0.1, 0.05, 0.05]),
            "medical_specialty": draw.choice(["?", "InternalMedicine", "Cardiology", "Surgery-General"], rows),
            "num_lab_procedures": draw.integers(1, 90, rows),
            "num_procedures": draw.integers(0, 7, rows),
            "num_medications": draw.integers(1, 40, rows),
            "number_outpatient": draw.poisson(0.4, rows),
            "number_emergency": draw.poisson(0.2, rows),
            "number_inpatient": draw.poisson(0.6, rows),
            "diag_1": draw.choice(["250.83", "428", "414", "V57", "786", "?"], rows),
            "diag_2": draw.choice(["276", "250.01", "401", "E812"], rows),
            "diag_3": draw.choice(["250", "427", "403", "?"], rows),
            "number_diagnoses": draw.integers(1, 10, rows),
            "max_glu_serum": draw.choice(["None", "Norm", ">200", ">300"], rows, p=[0.9, 0.04, 0.03, 0.03]),
            "A1Cresult": draw.choice(["None", "Norm", ">7", ">8"], rows, p=[0.8, 0.06, 0.06, 0.08]),
        }
    )
    for drug in DRUGS:
        given = (
            ["No"] * rows
            if drug in NEVER_GIVEN
            else draw.choice(["No", "Steady", "Up", "Down"], rows, p=[0.8, 0.15, 0.03, 0.02])
        )
        frame[drug] = given
    frame["change"] = draw.choice(["No", "Ch"], rows)
    frame["diabetesMed"] = draw.choice(["No", "Yes"], rows, p=[0.23, 0.77])
    frame["readmitted"] = np.where(chance < often, "<30", np.where(chance < often + 0.35, ">30", "NO"))
    return _csv(frame, folder / "diabetic_data.csv")


def synthea_patients(folder: Path) -> Path:
    """A row a made-up patient: names, birth and death dates, addresses, expenses; nothing that says a period."""
    draw = np.random.default_rng(SEED + 1)
    rows = 300
    born = pd.Timestamp("1930-01-01") + pd.to_timedelta(draw.integers(0, 33_000, rows), unit="D")
    died = born + pd.to_timedelta(draw.integers(9_000, 25_000, rows), unit="D")
    dead = draw.random(rows) < 0.15
    races = draw.choice(["white", "black", "asian", "native", "other"], rows, p=[0.6, 0.2, 0.12, 0.04, 0.04])
    gender = draw.choice(["M", "F"], rows)
    frame = pd.DataFrame(
        {
            "Id": [f"{k:08x}-aaaa-4bbb-8ccc-{k * 977:012x}" for k in range(rows)],
            "BIRTHDATE": born.strftime("%Y-%m-%d"),
            "DEATHDATE": np.where(dead, died.strftime("%Y-%m-%d"), ""),
            "SSN": [f"999-{draw.integers(10, 99)}-{draw.integers(1000, 9999)}" for _ in range(rows)],
            "DRIVERS": [f"S999{k:05d}" for k in draw.integers(10_000, 99_999, rows)],
            "PASSPORT": [f"X{k}X" for k in draw.integers(10_000_000, 99_999_999, rows)],
            "PREFIX": np.where(gender == "M", "Mr.", "Ms."),
            "FIRST": [f"{FIRST[k]}{draw.integers(100, 999)}" for k in draw.integers(0, 10, rows)],
            "LAST": [f"{LAST[k]}{draw.integers(100, 999)}" for k in draw.integers(0, 10, rows)],
            "SUFFIX": draw.choice(["", "PhD", "MD"], rows, p=[0.97, 0.02, 0.01]),
            "MAIDEN": np.where(gender == "F", [f"{LAST[k]}{k}77" for k in draw.integers(0, 10, rows)], ""),
            "MARITAL": draw.choice(["M", "S", "D", "W", ""], rows),
            "RACE": races,
            "ETHNICITY": draw.choice(["nonhispanic", "hispanic"], rows, p=[0.88, 0.12]),
            "GENDER": gender,
            "BIRTHPLACE": draw.choice(["Springfield  Massachusetts  US", "Lowell  Massachusetts  US"], rows),
            "ADDRESS": [f"{k} Example Street" for k in draw.integers(100, 999, rows)],
            "CITY": draw.choice(["Springfield", "Lowell", "Quincy"], rows),
            "STATE": "Massachusetts",
            "COUNTY": draw.choice(["Hampden County", "Middlesex County", "Norfolk County"], rows),
            "FIPS": draw.choice(["25013", "25017", "25021"], rows),
            "ZIP": draw.choice(["01103", "01850", "02169"], rows),
            "LAT": (42 + draw.random(rows)).round(6),
            "LON": (-71 - draw.random(rows)).round(6),
            "HEALTHCARE_EXPENSES": (draw.gamma(2, 40_000, rows) + np.where(races == "black", 9_000, 0)).round(2),
            "HEALTHCARE_COVERAGE": draw.gamma(2, 20_000, rows).round(2),
            "INCOME": draw.integers(9_000, 200_000, rows),
        }
    )
    return _csv(frame, folder / "patients.csv")


def wonder_deaths(folder: Path) -> Path:
    """Deaths and people by race and year, tab separated: notes that mark totals, codes beside names, a long footer."""
    draw = np.random.default_rng(SEED + 2)
    races = {"American Indian or Alaska Native": "1002-5", "Asian": "A", "Black or African American": "2054-5"}
    races |= {"White": "2106-3"}
    lines = ["Notes\tRace\tRace Code\tYear\tYear Code\tDeaths\tPopulation\tCrude Rate"]
    whole = np.zeros(2)
    for place, (race, code) in enumerate(races.items()):
        part = np.zeros(2)
        for year in (2020, 2021, 2022):
            people = int(draw.integers(200_000, 900_000)) * (1 + place)
            deaths = int(people * (0.0002 + 0.0001 * place) + draw.integers(0, 40))
            part += (deaths, people)
            lines.append(_wonder("", race, code, str(year), deaths, people))
        lines.append(_wonder("Total", race, code, "", *part))
        whole += part
    lines.append(_wonder("Total", "", "", "", *whole))
    lines += [
        '"---"',
        '"Dataset: Underlying Cause of Death, made up"',
        '"Query Parameters:"',
        '"Group By: Race; Year"',
        '"Show Totals: True"',
        '"---"',
        '"Caveats:"',
        '"1. Totals and crude rates: rates of fewer than 20 deaths are marked Unreliable, see the help."',
    ]
    path = folder / "Underlying Cause of Death.txt"
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    return path


def _wonder(note: str, race: str, code: str, year: str, deaths: float, people: float) -> str:
    quoted = [f'"{cell}"' if cell else "" for cell in (note, race, code, year, year)]
    return "\t".join([*quoted, f"{deaths:.0f}", f"{people:.0f}", f"{100_000 * deaths / people:.1f}"])


def fingertips_indicator(folder: Path) -> Path:
    """One indicator by deprivation tenth, in England: counts, denominators, two kinds of limits, two dozen columns."""
    draw = np.random.default_rng(SEED + 3)
    rows: list[dict[str, Any]] = []
    for year in (2021, 2022, 2023):
        tenths = []
        for tenth in range(1, 11):
            people = int(draw.integers(40_000, 60_000))
            count = int(people * (0.10 - 0.004 * tenth) + draw.integers(0, 300))
            tenths.append((tenth, count, people))
        every = (0, sum(c for _, c, _ in tenths), sum(p for _, _, p in tenths))
        for tenth, count, people in (every, *tenths):
            rate = count / people
            half = 1.96 * (rate * (1 - rate) / people) ** 0.5
            names = {1: "Most deprived decile (IMD2019)", 10: "Least deprived decile (IMD2019)"}
            ordinal = {2: "Second most", 3: "Third more", 4: "Fourth more", 5: "Fifth more", 6: "Fifth less"}
            ordinal |= {7: "Fourth less", 8: "Third less", 9: "Second least"}
            rows.append(
                {
                    "Indicator ID": 90_001,
                    "Indicator Name": "Smoking at time of delivery",
                    "Parent Code": "",
                    "Parent Name": "",
                    "Area Code": "E92000001",
                    "Area Name": "England",
                    "Area Type": "England",
                    "Sex": "Female",
                    "Age": "All ages",
                    "Category Type": "LSOA11 deprivation deciles in England (IMD2019)" if tenth else "",
                    "Category": names.get(tenth, f"{ordinal.get(tenth)} deprived decile (IMD2019)") if tenth else "",
                    "Time period": f"{year}/{(year + 1) % 100:02d}",
                    "Value": round(100 * rate, 5),
                    "Lower CI 95.0 limit": round(100 * (rate - half), 5),
                    "Upper CI 95.0 limit": round(100 * (rate + half), 5),
                    "Lower CI 99.8 limit": round(100 * (rate - 1.58 * half), 5),
                    "Upper CI 99.8 limit": round(100 * (rate + 1.58 * half), 5),
                    "Count": count,
                    "Denominator": people,
                    "Value note": "",
                    "Recent Trend": "" if tenth else "Decreasing & getting better",
                    "Compared to England value or percentiles": "Not compared" if not tenth else "Worse",
                    "Compared to percentiles": "Not compared",
                    "Time period Sortable": year * 10_000,
                    "New data": "",
                    "Compared to goal": "",
                    "Time period range": "1y",
                }
            )
    return _csv(pd.DataFrame(rows), folder / "indicators-AreaCategory.data.csv")


def redcap_records(folder: Path) -> Path:
    """A row a record under the header's codes: check boxes of race as 0 and 1, forms that are complete or not."""
    draw = np.random.default_rng(SEED + 4)
    rows = 480
    frame = pd.DataFrame(
        {
            "record_id": np.arange(1, rows + 1),
            "redcap_event_name": "baseline_arm_1",
            "redcap_data_access_group": draw.choice(["north_clinic", "south_clinic"], rows),
            "visit_date": [f"2025-{m:02d}-{d:02d}" for m, d in draw.integers((1, 1), (13, 28), (rows, 2))],
        }
    )
    first = draw.choice(list(RACE_BOXES), rows, p=[0.03, 0.17, 0.25, 0.02, 0.48, 0.05])
    second = np.where(draw.random(rows) < 0.08, draw.choice(list(RACE_BOXES), rows), "")
    nobody = draw.random(rows) < 0.04
    for code in RACE_BOXES:
        frame[f"race___{code}"] = (((first == code) | (second == code)) & ~nobody).astype(int)
    frame["hispanic"] = draw.choice(["0", "1"], rows, p=[0.85, 0.15])
    frame["demographics_complete"] = draw.choice([0, 1, 2], rows, p=[0.05, 0.05, 0.9])
    often = np.where(first == "3", 0.55, 0.7)
    frame["bp_controlled"] = (draw.random(rows) < often).astype(int)
    frame["vitals_complete"] = 2
    return _csv(frame, folder / "HTNStudy_DATA_2025-12-01_0915.csv")


def hedis_stratified(folder: Path) -> Path:
    """A measure by race with its eligible population, exclusions, denominator, numerator and rate, a line a product."""
    draw = np.random.default_rng(SEED + 5)
    races = ("White", "Black or African American", "Asian", "Hispanic or Latino", "Unknown")
    measures = {"CBP": "Controlling High Blood Pressure", "COL": "Colorectal Cancer Screening"}
    rows: list[dict[str, Any]] = []
    for code, name in measures.items():
        for year in (2023, 2024):
            for product in ("Commercial", "Medicaid"):
                for place, race in enumerate(races):
                    eligible = int(draw.integers(900, 4_000))
                    excluded = int(draw.integers(10, 80))
                    met = int((eligible - excluded) * (0.72 - 0.04 * place) + draw.integers(0, 30))
                    rows.append(
                        {
                            "Measurement Year": year,
                            "Measure ID": code,
                            "Measure Name": name,
                            "Product Line": product,
                            "Race": race,
                            "Eligible Population": eligible,
                            "Required Exclusions": excluded,
                            "Denominator": eligible - excluded,
                            "Numerator": met,
                            "Rate": round(100 * met / (eligible - excluded), 2),
                        }
                    )
    return _csv(pd.DataFrame(rows), folder / "hedis_rates.csv")


def measure_reports(folder: Path) -> Path:
    """A Bundle of FHIR summary MeasureReports, as an eCQM engine gives them: race with US Core's codes, and sex."""
    draw = np.random.default_rng(SEED + 6)
    entries = []
    for year in (2023, 2024):
        everyone = draw.integers(300, 900, 3)
        codes = (("White", "2106-3", 0.7), ("Black or African American", "2054-5", 0.55), ("Asian", "2028-9", 0.66))
        strata = []
        n = x = 0
        for (race, code, often), people in zip(codes, everyone.tolist(), strict=True):
            met = int(people * often)
            n, x = n + people, x + met
            value = {"coding": [{"code": code, "display": race}]}
            strata.append({"value": value, "population": _population(out=0, n=people, x=met)})
        report = {
            "resourceType": "MeasureReport",
            "status": "complete",
            "type": "summary",
            "measure": "http://example.org/Measure/CMS165FHIRControllingHighBP|1.0",
            "period": {"start": f"{year}-01-01", "end": f"{year}-12-31"},
            "improvementNotation": {"coding": [{"code": "increase"}]},
            "group": [
                {
                    "population": _population(out=20, n=n + 20, x=x),
                    "stratifier": [{"code": [{"text": "Race"}], "stratum": strata}],
                }
            ],
        }
        entries.append({"resource": report})
    path = folder / "measure_reports.json"
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}), encoding="utf-8")
    return path


def _population(*, out: int, n: int, x: int) -> list[dict[str, Any]]:
    counts = {"initial-population": n, "denominator": n, "denominator-exclusion": out, "numerator": x}
    return [{"code": {"coding": [{"code": code}]}, "count": count} for code, count in counts.items()]


def _csv(frame: pd.DataFrame, path: Path) -> Path:
    frame.to_csv(path, index=False)
    return path


MAKERS: dict[str, Callable[[Path], Path]] = {
    "UCI diabetes": diabetes_encounters,
    "Synthea patients": synthea_patients,
    "CDC WONDER": wonder_deaths,
    "Fingertips": fingertips_indicator,
    "REDCap": redcap_records,
    "HEDIS": hedis_stratified,
    "FHIR MeasureReport": measure_reports,
}
