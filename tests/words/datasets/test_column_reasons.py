"""Why each column was taken as it was is told in a person's words: no key of the mapping, no role's short name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from equity.intake.proposal.propose import propose
from equity.words.datasets.column_reasons import column_reasons, totals_in_words

CODES = re.compile(r"→|_|\b(x|n|se|no|dimension|stratifiers?|proportion)\b(?! column)(?<! or no)(?! counts to)")
VISITS = "visit_date,race,patient_id,sex,result\n" + "".join(
    f"2024-{1 + k % 12:02},{('Black', 'White', 'Asian')[k % 3]},{k % 40},{'FM'[k % 2]},{'YN'[k % 5 > 2]}\n"
    for k in range(400)
)
LONG = "year,dimension,subgroup,seen,met\n" + "".join(
    f"{year},{by},{group},{400 + k},{200 + 10 * k}\n"
    for year in (2023, 2024)
    for k, (by, group) in enumerate([("Sex", "Female"), ("Sex", "Male"), ("Payer", "Medicaid"), ("Payer", "Medicare")])
)
RATES = "year,race,estimate,lower 95%,upper 95%\n" + "".join(
    f"{year},{race},{20.5 + k},{18.25 + k},{22.75 + k}\n"
    for year in (2023, 2024)
    for k, race in enumerate(("Black", "White", "Asian", "Hispanic"))
)


def told(text: str, folder: Path) -> list[str]:
    path = folder / "controlled_blood_pressure.csv"
    path.write_text(text, encoding="utf-8")
    proposal = propose(path)
    return column_reasons(proposal.reasons, proposal.mapping)


@pytest.mark.parametrize("text", [VISITS, LONG, RATES])
def test_no_key_of_the_mapping_is_said(text: str, tmp_path: Path) -> None:
    said = told(text, tmp_path)
    for sentence in said:
        assert sentence.startswith("“") and sentence.endswith("% sure).") and ", because " in sentence
        assert not CODES.search(re.sub(r"“[^”]*”|list [\w-]+", "", sentence)), sentence
    assert len(said) >= len(text.partition("\n")[0].split(","))


def test_a_grouping_is_called_by_its_label(tmp_path: Path) -> None:
    said = told(VISITS, tmp_path)
    assert any(s.startswith("“race” groups people by Race, because its name says") for s in said)
    assert "“result” holds the outcome, because its cells all say yes or no (80% sure)." in said


def test_a_value_that_is_left_out_as_a_total_is_said_with_its_reason(tmp_path: Path) -> None:
    path, parts = tmp_path / "screened.csv", {"Asian": (410, 700), "Black": (305, 520), "White": (560, 810)}
    rows = [
        f"{year},{race},{x},{n}" for year in (2023, 2024) for race, (x, n) in (*parts.items(), ("All", (1275, 2030)))
    ]
    path.write_text("\n".join(["year,race,screened,patients", *rows]), encoding="utf-8")
    said = totals_in_words(propose(path).decisions)
    assert said == ["“All” is left out as a total, because its name says so and its numbers do not say otherwise."]
