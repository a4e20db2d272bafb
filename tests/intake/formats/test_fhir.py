from __future__ import annotations

import json
from typing import Any

from equity.intake.proposal.mapping.mapping_file import mapping_to_toml
from equity.intake.proposal.propose import propose
from tests.intake.conftest import Load


def concept(text: str, code: str = "") -> dict[str, Any]:
    return (
        {"text": text}
        if not code
        else {"coding": [{"system": "urn:oid:2.16.840.1.113883.6.238", "code": code, "display": text}]}
    )


def counted(numerator: int, denominator: int) -> list[dict[str, Any]]:
    return population(denominator=denominator, numerator=numerator)


def population(**counts: int) -> list[dict[str, Any]]:
    return [{"code": {"coding": [{"code": code.replace("_", "-")}]}, "count": count} for code, count in counts.items()]


WITHOUT_COUNT = [{"code": {"coding": [{"code": "denominator"}]}}]


def report(year: int, **more: Any) -> dict[str, Any]:
    """A summary report of one measure, with race (US Core codes) and sex."""
    return {
        "resourceType": "MeasureReport",
        "status": "complete",
        "type": "summary",
        "measure": "http://example.org/Measure/ControllingBP|2.0",
        "period": {"start": f"{year}-01-01", "end": f"{year}-12-31"},
        "group": [
            {
                "population": population(
                    initial_population=120, denominator=110, denominator_exclusion=10, numerator=60
                ),
                "stratifier": [
                    {
                        "code": [concept("Race")],
                        "stratum": [
                            {"value": concept("White", "2106-3"), "population": counted(40, 60)},
                            {"value": concept("Black", "2054-5"), "population": counted(20, 40)},
                        ],
                    },
                    {
                        "code": [concept("Sex")],
                        "stratum": [
                            {"value": concept("female"), "population": counted(30, 50)},
                            {"value": concept("male"), "population": counted(30, 50)},
                            {"value": concept("unknown"), "population": WITHOUT_COUNT},
                        ],
                    },
                ],
            }
        ],
        **more,
    }  # fmt: skip


def check(load: Load, content: str, name: str, tmp: Any, years: tuple[str, ...]) -> None:
    (tmp / name).write_text(content)
    proposal = propose(tmp / name)
    loaded = load(content, mapping_to_toml(proposal.mapping), name)
    facts = loaded.facts
    assert (facts.shape, facts.tables, facts.periods) == ("counts", "one_way", years)
    assert [s.name for s in facts.stratifiers] == ["race", "sex"]
    assert facts.measures[0].name == "ControllingBP"
    table = loaded.table[loaded.table["period"].astype(str).str[:4] == years[0]]
    everyone = table[table["race"].isna() & table["sex"].isna()]
    assert everyone[["x", "n"]].values.tolist() == [[60, 100]], "the exclusions are out of the denominator"
    assert table.set_index("race").loc["White", ["x", "n"]].tolist() == [40, 60]
    assert loaded.set_aside["reason"].unique().tolist() == ["the outcome (x) is not given"]


def test_one_report(load: Load, tmp_path: Any) -> None:
    check(load, json.dumps(report(2024), indent=1), "report.json", tmp_path, ("2024",))


def test_a_bundle_of_reports(load: Load, tmp_path: Any) -> None:
    bundle = {
        "resourceType": "Bundle",
        "entry": [{"resource": report(2023)}, {"resource": report(2024)}, {"resource": {"resourceType": "Patient"}}],
    }
    check(load, json.dumps(bundle), "bundle.json", tmp_path, ("2023", "2024"))


def test_lines_of_reports(load: Load, tmp_path: Any) -> None:
    lines = json.dumps(report(2023)) + "\n\n" + json.dumps(report(2024)) + "\n"
    check(load, lines, "reports.ndjson", tmp_path, ("2023", "2024"))


def test_strata_of_components_and_quarters(load: Load, tmp_path: Any) -> None:
    component = {
        "component": [
            {"code": concept("Race"), "value": concept("White")},
            {"code": concept("Ethnicity"), "value": concept("Not Hispanic")},
        ],
        "population": counted(1, 5),
    }
    body = report(2024, period={"start": "2024-04-01", "end": "2024-06-30"})
    body["group"][0]["stratifier"] = [{"stratum": [component]}]
    (tmp_path / "r.json").write_text(json.dumps(body))
    loaded = load(json.dumps(body), mapping_to_toml(propose(tmp_path / "r.json").mapping), "r.json")
    assert loaded.facts.periods == ("2024-Q2",)
    assert loaded.facts.stratifiers[0].label == "Race and Ethnicity"
    assert loaded.facts.stratifiers[0].groups == ("White, Not Hispanic",)
