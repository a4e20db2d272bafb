"""Each well-known shape of file is read right, or asks what it leaves open; numbers against plain pandas."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from equity.intake.proposal.mapping.answering import answered
from equity.intake.proposal.mapping.mapping_file import mapping_to_toml
from equity.intake.proposal.propose import propose
from tests.intake.conftest import Load, Loaded
from tests.intake.shapes.made_shapes import DRUGS, MAKERS, RACE_BOXES

ANSWERS = {"UCI diabetes": {"yes:": 0}, "Synthea patients": {"value:": 0}, "REDCap": {"boxes:": 1}}


def read(shape: str, load: Load, folder: Path) -> tuple[Path, Loaded]:
    """A made file read as a person would load it: by its proposal, with the answers above and no other question."""
    path = MAKERS[shape](folder)
    proposal = propose(path)
    answers, mapping = ANSWERS.get(shape, {}), proposal.mapping
    waiting = [q for q in proposal.questions if q.waits]
    assert [q.key.split(":")[0] + ":" for q in waiting] == list(answers)
    for question, place in zip(waiting, answers.values(), strict=True):
        mapping = answered(mapping, question.answers[place].settings)
    return path, load(path, mapping_to_toml(mapping))


def sums(loaded: Loaded, by: list[str]) -> dict[object, tuple[float, float]]:
    found = loaded.table.groupby(by, observed=True)[["x", "n"]].sum()
    return {key: (x, n) for key, x, n in zip(found.index, found["x"], found["n"], strict=True)}


def test_encounters_with_an_outcome_in_three_words(load: Load, tmp_path: Path) -> None:
    path, loaded = read("UCI diabetes", load, tmp_path)
    raw = pd.read_csv(path, dtype=str, keep_default_na=False)
    wanted = raw.assign(early=raw["readmitted"] == "<30").groupby("race")["early"].agg(["sum", "count"])
    names = {"AfricanAmerican": "Black or African American", "Caucasian": "White", "Hispanic": "Hispanic or Latino"}
    names |= {"Other": "Some other race", "?": "Unknown", "Asian": "Asian"}
    assert sums(loaded, ["race"]) == {
        names[str(race)]: (float(row["sum"]), float(row["count"])) for race, row in wanted.iterrows()
    }
    measure = loaded.facts.measures[0]
    assert (measure.name, measure.kind, measure.polarity) == ("Readmitted", "proportion", "lower_better")
    grouped = {s.name for s in loaded.facts.stratifiers}
    assert grouped >= {"race", "gender", "age_band", "payer"}
    assert not grouped & {"site", "weight", "time_in_hospital", "diag_1", *DRUGS}
    assert "person" in loaded.table


def test_patients_with_names_and_dates_of_death(load: Load, tmp_path: Path) -> None:
    path, loaded = read("Synthea patients", load, tmp_path)
    raw = pd.read_csv(path, dtype=str, keep_default_na=False)
    amounts = raw.assign(amount=raw["HEALTHCARE_EXPENSES"].astype(float)).groupby("RACE")["amount"].mean()
    read_as = {race: x / n for race, (x, n) in sums(loaded, ["race"]).items()}
    assert read_as["White"] == pytest.approx(amounts["white"])
    assert read_as["Black or African American"] == pytest.approx(amounts["black"])
    assert [m.name for m in loaded.facts.measures] == ["HEALTHCARE_EXPENSES"]
    assert [m.kind for m in loaded.facts.measures] == ["mean"]
    assert not loaded.facts.periods
    stored = loaded.table.to_csv()
    for column in ("FIRST", "LAST", "MAIDEN", "SSN", "DRIVERS", "PASSPORT", "BIRTHDATE", "DEATHDATE", "ADDRESS", "ZIP"):
        assert not [v for v in raw[column] if v and v in stored], column


def test_wonder_with_totals_and_notes(load: Load, tmp_path: Path) -> None:
    path, loaded = read("CDC WONDER", load, tmp_path)
    raw = pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False)
    parts = raw[(raw["Notes"] == "") & (raw["Deaths"] != "")].astype({"Deaths": float, "Population": float})
    wanted = parts.groupby("Race")[["Deaths", "Population"]].sum()
    assert sums(loaded, ["race"]) == {r: (d, p) for r, d, p in wanted.itertuples()}
    assert [(m.kind, m.multiplier) for m in loaded.facts.measures] == [("rate", 100_000)]


def test_fingertips_by_deprivation(load: Load, tmp_path: Path) -> None:
    path, loaded = read("Fingertips", load, tmp_path)
    raw = pd.read_csv(path, dtype=str, keep_default_na=False)
    parts = raw[raw["Category"] != ""].astype({"Count": float, "Denominator": float})
    wanted = parts.groupby("Category")[["Count", "Denominator"]].sum()
    assert sums(loaded, ["deprivation"]) == {c: (x, n) for c, x, n in wanted.itertuples()}
    (stratifier,) = loaded.facts.stratifiers
    assert stratifier.ordered
    assert [c.value.split(" decile")[0] for c in stratifier.categories] == [
        "Least deprived", "Second least deprived", "Third less deprived", "Fourth less deprived",
        "Fifth less deprived", "Fifth more deprived", "Fourth more deprived", "Third more deprived",
        "Second most deprived", "Most deprived",
    ]  # fmt: skip


def test_check_boxes_of_race_are_one_answer(load: Load, tmp_path: Path) -> None:
    path, loaded = read("REDCap", load, tmp_path)
    raw = pd.read_csv(path, dtype=str)
    boxes = raw[[f"race___{code}" for code in RACE_BOXES]].astype(int)
    boxes.columns = pd.Index([{"Other": "Some other race"}.get(r, r) for r in RACE_BOXES.values()])
    one = boxes.idxmax(axis=1).mask(boxes.sum(axis=1) > 1, "Multiracial").mask(boxes.sum(axis=1) == 0, "Unknown")
    one = one.mask(raw["hispanic"] == "1", "Hispanic or Latino")
    wanted = raw["bp_controlled"].astype(float).groupby(one).agg(["sum", "count"])
    assert sums(loaded, ["race_ethnicity"]) == {g: (x, float(n)) for g, x, n in wanted.itertuples()}
    assert {s.name for s in loaded.facts.stratifiers} == {"race_ethnicity", "redcap_data_access_group"}
    assert [m.name for m in loaded.facts.measures] == ["Bp controlled"]


def test_check_boxes_nobody_names_are_called_by_their_codes(load: Load, tmp_path: Path) -> None:
    path = MAKERS["REDCap"](tmp_path)
    proposal = propose(path)
    loaded = load(path, mapping_to_toml(proposal.mapping))
    assert {"Race box 5", "Multiracial", "Hispanic or Latino"} <= set(loaded.table["race_ethnicity"].astype(str))


def test_forms_that_were_filled_in_are_no_outcome(tmp_path: Path) -> None:
    lines = ["Record ID,Race,Visit date,BP controlled,Vitals complete,Complete?"]
    for k in range(60):
        race, met = ("White", "Black")[k % 2], ("Yes", "No")[k % 3 == 0]
        lines.append(f"{k},{race},2025-01-02,{met},Complete,{'Complete' if k % 5 else 'Incomplete'}")
    path = tmp_path / "labels.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    proposal = propose(path)
    assert proposal.mapping.shape == "rows"
    assert proposal.mapping.columns["x"].column == "BP controlled"


def test_a_stratified_report_of_a_plan(load: Load, tmp_path: Path) -> None:
    path, loaded = read("HEDIS", load, tmp_path)
    raw = pd.read_csv(path)
    wanted = raw.groupby(["Measure Name", "Race"])[["Numerator", "Denominator"]].sum().astype(float)
    found = sums(loaded, ["measure", "race"])
    assert found == {key: (x, n) for key, (x, n) in zip(wanted.index, wanted.to_numpy().tolist(), strict=True)}


def test_reports_of_an_ecqm(load: Load, tmp_path: Path) -> None:
    path, loaded = read("FHIR MeasureReport", load, tmp_path)
    entries = pd.read_json(path)["entry"]
    strata = [s for e in entries for s in e["resource"]["group"][0]["stratifier"][0]["stratum"]]
    counted = pd.DataFrame({p["code"]["coding"][0]["code"]: p["count"] for p in s["population"]} for s in strata)
    counted["race"] = [s["value"]["coding"][0]["display"] for s in strata]
    wanted = counted.groupby("race")[["numerator", "denominator"]].sum().astype(float)
    known = loaded.table[loaded.table["race"].notna()].groupby("race", observed=True)[["x", "n"]].sum()
    assert {r: (x, n) for r, x, n in known.itertuples()} == {r: (x, n) for r, x, n in wanted.itertuples()}
    assert [m.polarity for m in loaded.facts.measures] == ["higher_better"]


def test_a_number_beside_an_outcome_is_not_taken_for_it(tmp_path: Path) -> None:
    lines = ["patient_id,race,visit_date,bmi,controlled"]
    lines += [f"{k % 150},{('White', 'Black')[k % 2]},2024-01-03,{20 + k % 17}.4,{int(k % 3 == 0)}" for k in range(300)]
    path = tmp_path / "visits.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert propose(path).mapping.columns["x"].column == "controlled"


def test_small_counts_are_no_yes_and_no(tmp_path: Path) -> None:
    lines = ["race,screened,admissions_before"]
    lines += [
        f"{('White', 'Black')[k % 2]},{('Y', 'N')[k % 3 == 0]},{3 if k % 40 == 0 else k % 4 == 0:d}" for k in range(400)
    ]
    path = tmp_path / "visits.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    proposal = propose(path)
    assert proposal.mapping.columns["x"].column == "screened"


def test_the_column_that_is_picked_names_the_measure(load: Load, tmp_path: Path) -> None:
    path = MAKERS["Synthea patients"](tmp_path)
    proposal = propose(path)
    (question,) = [q for q in proposal.questions if q.waits]
    mapping = answered(proposal.mapping, question.answers[2].settings)
    loaded = load(path, mapping_to_toml(mapping))
    assert [(m.name, m.kind) for m in loaded.facts.measures] == [("INCOME", "mean")]
    assert loaded.table["x"].sum() == pytest.approx(pd.read_csv(path)["INCOME"].sum())
