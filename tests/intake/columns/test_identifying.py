from __future__ import annotations

import pytest

from equity.intake.columns.identifying import identifies, is_person_id


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("SSN", "a social security number"),
        ("patient_ssn", "a social security number"),
        ("MRN", "a medical record number"),
        ("encounter_id", "a medical record number"),
        ("DOB", "a birth date"),
        ("BirthDate", "a birth date"),
        ("patientFirstName", "a name"),
        ("last_name", "a name"),
        ("cell phone", "a phone number"),
        ("E-mail", "an e-mail address"),
        ("Street Address 1", "an address"),
        ("ZIP", "a postcode"),
        ("zip_code", "a postcode"),
        ("medicaid_id", "an insurance number"),
        ("Comments", "free text"),
        ("ip_address", "an address"),
    ],
)
def test_by_name(name: str, what: str) -> None:
    assert identifies(name, []) == what


@pytest.mark.parametrize(
    ("values", "what"),
    [
        (["jane@example.org", "joe@example.com"], "an e-mail address"),
        (["123-45-6789", "987-65-4321"], "a social security number"),
        (["(555) 123-4567", "555.123.4567"], "a phone number"),
        (["12 Main St", "7 Old Mill Road, Utopia"], "an address"),
        (["Doe, Jane", "Roe, Ann B.", "Poe, Al"], "a name"),
        (
            [f"patient {i} said that the wait was long and nobody came for a good while after noon" for i in range(30)],
            "free text",
        ),
    ],
)
def test_by_content(values: list[str], what: str) -> None:
    assert identifies("c7", values) == what


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("County", ["Kent, Delaware", "Sussex, Delaware", "Bronx, Utopia"]),
        ("race", ["White", "Black"]),
        ("language", ["Chinese, Mandarin"] * 50 + ["Creole, Haitian"] * 50),
        ("year", ["2024"]),
        ("facility_name", ["North", "South"]),
        ("measure_name", ["CBP"]),
        ("state_name", ["Utopia"]),
    ],
)
def test_what_identifies_nobody(name: str, values: list[str]) -> None:
    assert identifies(name, values) == ""


@pytest.mark.parametrize(
    "name", ["patient_id", "PatientID", "member key", "person", "MRN", "bene_id", "subject number", "EMPI"]
)
def test_ids_of_people(name: str) -> None:
    assert is_person_id(name)


@pytest.mark.parametrize("name", ["patient_name", "site_id", "measure id", "visit_id", "race", "patients"])
def test_other_ids(name: str) -> None:
    assert not is_person_id(name)
