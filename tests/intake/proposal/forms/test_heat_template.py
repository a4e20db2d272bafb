"""A made-up table in WHO's HEAT Plus template loads without a question."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from equity.intake.proposal.mapping.mapping_file import mapping_to_toml
from equity.intake.proposal.propose import propose
from equity.vocabulary import Measure
from tests.intake.conftest import Load

HEADER = (
    "setting,year,source,indicator_abbr,indicator_name,dimension,subgroup,estimate,se,ci_lb,ci_ub,population,"
    "setting_average,"
    "favourable_indicator,indicator_scale,ordered_dimension,subgroup_order,reference_subgroup\n"
)
BIRTHS = "Atlantis,2019,Survey,sba,Births attended by skilled staff (%)"
DEATHS = "Atlantis,2019,Survey,u5mr,Under-five mortality rate (deaths per 1000 live births)"
TEXT = HEADER + (
    f"{BIRTHS},Economic status,Richest,95,1,93,97,900,70,1,100,1,3,1\n"
    f"{BIRTHS},Economic status,Poorest,45,1,43,47,1200,70,1,100,1,1,0\n"
    f"{BIRTHS},Economic status,Between,70,1,68,72,1100,70,1,100,1,2,0\n"
    f"{BIRTHS},Place of residence,Rural,60,1,58,62,2000,70,1,100,0,0,0\n"
    f"{BIRTHS},Place of residence,Urban,NA,NA,NA,NA,2000,70,1,100,0,0,1\n"
    f"{DEATHS},Sex,Female,40,2,36,44,1500,45,0,1000,0,0,1\n"
    f"{DEATHS},Sex,Male,50,2,46,54,1500,45,0,1000,0,0,0\n"
)


def test_it_loads_without_a_question(load: Load, tmp_path: Path) -> None:
    (tmp_path / "heat.csv").write_text(TEXT)
    proposal = propose(tmp_path / "heat.csv")
    loaded = load(TEXT, mapping_to_toml(proposal.mapping), "heat.csv")
    facts = loaded.facts
    assert (facts.values, facts.tables, facts.periods) == ("estimates", "one_way", ("2019",))
    assert (facts.rows_in, facts.rows_used, facts.rows_set_aside) == (7, 6, 1)
    births, deaths = facts.measures
    assert births == Measure("Births attended by skilled staff (%)", "proportion", "higher_better")
    assert (deaths.kind, deaths.polarity, deaths.multiplier) == ("rate", "lower_better", 1000)
    status = next(s for s in facts.stratifiers if s.label == "Economic status")
    assert status.ordered and status.groups == ("Poorest", "Between", "Richest")
    assert not next(s for s in facts.stratifiers if s.label == "Place of residence").ordered
    poorest = loaded.table.set_index("economic_status").loc["Poorest"]
    assert poorest[["estimate", "se", "lower", "upper", "population"]].tolist() == pytest.approx(
        [0.45, 0.01, 0.43, 0.47, 1200]
    )
    assert loaded.table.set_index("sex").loc["Male", "estimate"] == pytest.approx(0.05)
    assert pd.isna(poorest["x"]) and pd.isna(poorest["n"])


def test_several_settings_are_said_and_never_mixed(load: Load, tmp_path: Path) -> None:
    text = TEXT + TEXT.split("\n")[1].replace("Atlantis", "Utopia").replace(",95,", ",11,") + "\n"
    (tmp_path / "heat.csv").write_text(text)
    proposal = propose(tmp_path / "heat.csv")
    assert [p.code for p in proposal.problems] == ["several_settings"]
    loaded = load(text, mapping_to_toml(proposal.mapping), "heat.csv")
    assert loaded.table.set_index("economic_status").loc["Richest", "estimate"] == pytest.approx(0.95)
    assert "of estimates only the first is read" in loaded.problem("repeat")
