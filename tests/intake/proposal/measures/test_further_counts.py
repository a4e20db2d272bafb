"""Deaths and hospitalizations over one population: both are read, or it is asked which; none is dropped unsaid."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from equity.intake.proposal.mapping.answering import answered
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml, mapping_to_toml
from equity.intake.proposal.propose import propose
from equity.intake.reading.read_facts import read_facts

KEY = bytes(range(32))
PEOPLE = {"White": 100_000, "Black": 30_000, "Asian": 20_000}


def table(folder: Path, header: str, more: tuple[str, ...] = ()) -> Path:
    """A line a group and year: the people, then two counts of events."""
    lines = [
        f"{year},{group},{n},{n // 500 + k},{n // 90 + 2 * k}"
        for k, year in enumerate((2022, 2023))
        for group, n in PEOPLE.items()
    ]
    path = folder / "burden.csv"
    path.write_text("\n".join([header, *lines, *more]) + "\n", encoding="utf-8")
    return path


def sums(path: Path, folder: Path) -> dict[tuple[str, str], tuple[float, float]]:
    mapping = mapping_from_toml(mapping_to_toml(propose(path).mapping), path.name)
    facts = read_facts([path], mapping, folder / "facts.parquet", folder / "aside.parquet", KEY)
    rows = pd.read_parquet(folder / "facts.parquet")
    by = facts.stratifiers[0].name
    found = rows.groupby(["measure", by])[["x", "n"]].sum()
    return {(str(m), str(g)): (row["x"], row["n"]) for (m, g), row in found.iterrows()}


def test_both_are_measures_over_their_population(tmp_path: Path) -> None:
    path = table(tmp_path, "Year,Race,Population,Deaths,Hospitalizations")
    proposal = propose(path)
    assert not [q for q in proposal.questions if q.waits]
    assert {m.kind for m in proposal.mapping.measures.values()} == {"rate"}
    found = sums(path, tmp_path)
    assert {measure for measure, _ in found} == {"Deaths", "Hospitalizations"}
    assert found["Deaths", "White"] == (401.0, 200_000.0)
    assert found["Hospitalizations", "White"] == (2_224.0, 200_000.0)
    assert found["Hospitalizations", "Asian"] == (446.0, 40_000.0)


def test_a_total_that_only_its_sums_give_away_is_in_neither(tmp_path: Path) -> None:
    totals = ("2022,Statewide,150000,300,1666", "2023,Statewide,150000,303,1672")
    found = sums(table(tmp_path, "Year,Race,Population,Deaths,Hospitalizations", totals), tmp_path)
    assert {group for _, group in found} == {"White", "Black or African American", "Asian"}


@pytest.mark.parametrize(
    "header",
    [
        "Year,Race,Population,Deaths,Male deaths",
        "Year,Race,Discharges,Deaths,Readmissions",
        "Year,Race,Population,Cases,New cases",
    ],
)
def test_which_is_meant_is_asked_where_one_is_not_as_sure(tmp_path: Path, header: str) -> None:
    first, second = header.split(",")[-2:]
    proposal = propose(table(tmp_path, header))
    (asked,) = (q for q in proposal.questions if q.waits)
    assert asked.key == f"events:{first}"
    assert second in asked.sentence
    other = answered(proposal.mapping, asked.answers[1].settings)
    assert other.columns["x"].column == second
    assert list(other.measures) == [second]


def test_a_further_count_that_runs_on_is_asked_about(tmp_path: Path) -> None:
    """Deaths are of their month; hospitalizations are those of the year so far."""
    lines = [
        f"2023-{month:02d},{group},{n},{n // 5000 + month % 2},{n // 900 * month}"
        for month in range(1, 7)
        for group, n in PEOPLE.items()
    ]
    path = tmp_path / "burden.csv"
    path.write_text("\n".join(["Month,Race,Population,Deaths,Hospitalizations", *lines]) + "\n", encoding="utf-8")
    assert {q.key for q in propose(path).questions if q.waits} == {"running:Month", "events:Deaths"}


def test_a_count_beside_a_numerator_is_left_out_with_a_word(tmp_path: Path) -> None:
    """The measure's own count is read without waiting; the other is one click away."""
    proposal = propose(table(tmp_path, "Year,Race,Denominator,Numerator,Deaths"))
    assert not [q for q in proposal.questions if q.waits]
    assert proposal.mapping.columns["x"].column == "Numerator"
    (asked,) = (q for q in proposal.questions if q.key == "events:Numerator")
    assert "“Deaths”" in asked.sentence
    other = answered(proposal.mapping, asked.answers[1].settings)
    assert (other.columns["x"].column, list(other.measures)) == ("Deaths", ["Deaths"])


def test_the_same_numbers_again_are_no_further_count(tmp_path: Path) -> None:
    lines = [f"2023,{g},{n},{n // 90},{n // 90}" for g, n in PEOPLE.items()]
    path = tmp_path / "burden.csv"
    path.write_text("\n".join(["Year,Race,Denominator,Numerator,Cases", *lines]) + "\n", encoding="utf-8")
    assert not [q for q in propose(path).questions if q.key.startswith("events:")]
