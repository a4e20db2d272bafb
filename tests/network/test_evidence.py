"""The pack: each statement under the requirements that ask for it, and "nothing yet" where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity.actions.evidence.making import GATHERERS
from equity.network.evidence import Source, Statement, evidence_pack
from equity.network.requirements import SHIPPED, TOPICS, Requirement, RequirementPart, requirement_parts
from equity.vocabulary import PlainError
from equity.words.work import evidence as words

PART = RequirementPart(
    "p", "Part", "", "", (Requirement("1", "One", "", ("focus", "aims")), Requirement("2", "Two", "", ("leader",)))
)


def test_a_requirement_is_shown_partly_or_not_at_all() -> None:
    said = Statement("The focus is Diabetes.", (Source("record", "Focus", "2026-03-12"),))
    for found, states in {
        (): ("nothing_yet", "nothing_yet"),
        ("focus",): ("partly", "nothing_yet"),
        ("focus", "aims"): ("shown", "nothing_yet"),
    }.items():
        pack = evidence_pack("W", "2026-03-12", "", (PART,), dict.fromkeys(found, (said,)))
        assert tuple(shown.state for shown in pack.parts[0].shown) == states
    assert "still missing" not in words.state(pack.parts[0].shown[0])
    half = evidence_pack("W", "2026-03-12", "", (PART,), {"focus": (said,)}).parts[0].shown[0]
    assert words.state(half) == "◐ Partly shown: still missing an aim that is set."
    assert words.sources(said.sources) == "Record: Focus, March 12, 2026"


def test_the_shipped_requirements_can_be_read_and_every_topic_has_its_words(tmp_path: Path) -> None:
    parts = requirement_parts(tmp_path)
    assert [part.id for part in parts] == ["quarterly_report", "joint_commission", "board_page"]
    assert [each.title for part in parts for each in part.requirements if not each.asks.endswith(".")] == []
    asked = {topic for part in parts for each in part.requirements for topic in each.topics}
    assert asked <= set(TOPICS) == set(words.TOPICS)
    assert set(GATHERERS) <= set(TOPICS)
    assert "Check against your current manual" in parts[1].note


def test_a_network_edits_the_texts_in_its_home_folder(tmp_path: Path) -> None:
    own = tmp_path / "requirements"
    own.mkdir()
    text = (SHIPPED / "3_board_page.toml").read_text(encoding="utf-8")
    (own / "board.toml").write_text(text.replace("Board page", "Page for trustees"), encoding="utf-8")
    assert [part.title for part in requirement_parts(tmp_path)] == ["Page for trustees"]
    (own / "board.toml").write_text(text.replace('"finding"', '"findings"'), encoding="utf-8")
    with pytest.raises(PlainError, match=r"board\.toml names the topic “findings”, which there is not"):
        requirement_parts(tmp_path)
    (own / "board.toml").write_text("id = ", encoding="utf-8")
    with pytest.raises(PlainError, match=r"board\.toml of the requirements cannot be read"):
        requirement_parts(tmp_path)
