"""The evidence pack of a workspace: every number of patients stands in a release, and what is not known is not said."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.actions.evidence.files import FORMATS, as_file
from equity.actions.evidence.making import make_pack
from equity.actions.work import aims as aim_actions
from equity.actions.work import reflections as reflection_actions
from equity.commands.line import run
from equity.cube import Cube, open_cube
from equity.improvement.nouns import AIM as AIM_NOUN
from equity.improvement.progress import baseline_of, progress
from equity.improvement.shared import is_in, told_by_release
from equity.network.evidence import EvidencePack, typed_numbers
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import Release
from equity.release.view import as_cube
from equity.sharing import make_release, take_back
from equity.store.files import versions
from equity.store.records import shelf
from equity.store.workspace.audit_log import entries
from equity.store.workspace.database import workspace_database
from equity.store.workspace.links import make_link
from equity.store.workspace.people import remember_person
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.replies import keep_persons_reply
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import PlainError
from equity.words.work import evidence as words
from tests.improvement.test_aims import AIM
from tests.pages.people import DATASET, ISSUER, small_home

PLAN, CMS = Plan(("race",), "year", "none"), policy_of("cms")
SMALL = "Native Hawaiian"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    small_home(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def here(home: Path) -> Here:
    return Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)


@pytest.fixture
def cube(home: Path) -> Cube:
    return open_cube(versions.current_version(home, DATASET).folder)


@pytest.fixture
def release(here: Here, home: Path) -> Release:
    return make_release(here.database, home, HOME_WORKSPACE, DATASET, PLAN, CMS, by=LOCAL_OWNER)


def set_aim(here: Here, cube: Cube, group: str) -> float:
    """An aim for a group from its rate of 2023, set; gives that rate."""
    aim = replace(AIM, dataset=DATASET, measure="Controlled blood pressure", group=group, target=0.95)
    aim = replace(aim, baseline=baseline_of(cube, aim, "2023"))
    aim_actions.set_aim(here, aim_actions.begin_aim(here, aim), aim, cube)
    assert aim.baseline is not None
    return aim.baseline.value


def words_of_document(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


def said(pack: EvidencePack, part: str = "") -> list[str]:
    return [s.words for p in pack.parts if part in ("", p.part.id) for shown in p.shown for s in shown.statements]


def test_without_a_release_no_number_of_patients_is_said(here: Here, home: Path, cube: Cube) -> None:
    rate = set_aim(here, cube, "Black")
    pack = make_pack(here, home)
    [sentence] = {words for words in said(pack) if words.startswith("Controlled blood pressure")}
    assert "an aim is set for “Black” at all five sites" in sentence and "there is none yet" in sentence
    for form in FORMATS:
        assert f"{100 * rate:.1f}".encode() not in as_file(pack, form)


def test_the_numbers_are_those_of_the_release(here: Here, home: Path, cube: Cube, release: Release) -> None:
    rate = set_aim(here, cube, "Black")
    pack = make_pack(here, home)
    assert pack.release_id == release.id
    sentence = next(words for words in said(pack) if words.startswith("Controlled blood pressure: from"))
    assert f"from {100 * rate:.0f}% to" in sentence
    cells = release.cells().dropna(subset=["x", "n"])
    rates = {f"{100 * x / n:.{d}f}" for x, n in zip(cells["x"], cells["n"], strict=True) if n for d in (0, 1)}
    words = [each.split("Share of the targeted change")[0] for each in said(pack, "board_page")]
    told = {number for each in words for number in re.findall(r"([\d.]+)%", each)}
    assert len(told) > 2
    assert told <= rates | {"95"}  # the target, and the range's level
    for part in pack.parts:
        for each in part.shown:
            assert all(statement.sources for statement in each.statements)


def test_a_hidden_group_stays_hidden_in_every_byte(here: Here, home: Path, cube: Cube, release: Release) -> None:
    rate = set_aim(here, cube, SMALL)
    pack = make_pack(here, home)
    sentence = next(words for words in said(pack) if SMALL in words)
    assert "____" not in sentence
    assert "an aim is set for" in sentence  # a target near a hidden baseline tells it too, and is left out
    assert "the release used does not give the rate" in sentence
    for form in FORMATS:
        content = as_file(pack, form)
        text = (
            "\n".join(p.text for p in Document(io.BytesIO(content)).paragraphs) if form == "docx" else content.decode()
        )
        assert f"{100 * rate:.0f}%" not in text.replace("95%", "")
        assert f"{100 * rate:.1f}%" not in text


def test_what_was_shared_and_answered_stands_with_its_source(here: Here, home: Path, release: Release) -> None:
    make_link(here.database, here.workspace, release.id, by=LOCAL_OWNER, title="For the board")
    keep_persons_reply(here.database, here.workspace, release.id, "I will fund the interpreters.", by=LOCAL_OWNER)
    pack = make_pack(here, home, parts=("joint_commission",))
    words = said(pack)
    assert f"Release {release.id} was shared by 1 link." in words
    assert any("“I will fund the interpreters.”" in each for each in words)
    told = json.loads(as_file(pack, "json"))
    kinds = {s["kind"] for r in told["parts"][0]["requirements"] for x in r["statements"] for s in x["sources"]}
    assert {"release", "reply"} <= kinds
    take_back(here.database, home, HOME_WORKSPACE, release.id, by=LOCAL_OWNER)
    assert make_pack(here, home).release_id == ""
    with pytest.raises(PlainError, match="revoked"):
        make_pack(here, home, release_id=release.id)


def test_each_part_begins_a_page_so_that_the_board_s_is_one_sheet(here: Here, home: Path, release: Release) -> None:
    pack = make_pack(here, home)
    written = Document(io.BytesIO(as_file(pack, "docx"))).paragraphs
    begins = [p.text for p in written if p.paragraph_format.page_break_before]
    assert begins == [shown.part.title for shown in pack.parts[1:]]
    page = as_file(pack, "html").decode()
    assert page.count("<article class='sheet'>") == len(pack.parts)
    assert ".sheet + .sheet { break-before: page; }" in page


def test_an_aim_is_told_from_the_rounded_baseline_of_the_release(here: Here, home: Path, cube: Cube) -> None:
    """Not from the team's own: a share of the change made from that would tell what the release rounds."""
    nhs = make_release(here.database, home, HOME_WORKSPACE, DATASET, PLAN, policy_of("nhs"), by=LOCAL_OWNER)
    aim = replace(AIM, dataset=DATASET, measure="Controlled blood pressure", group="Black", target=0.56)
    aim = replace(aim, baseline=baseline_of(cube, aim, "2023"))
    aim_actions.set_aim(here, aim_actions.begin_aim(here, aim), aim, cube)
    cells = nhs.cells()
    cells = cells[(cells["value1"] == "Black") & (cells["value2"] == "") & (cells["grain"] == "year")]
    shown = cells.set_index("period")
    then, now = (shown.loc[year, "x"] / shown.loc[year, "n"] for year in ("2023", "2024"))
    assert aim.baseline is not None
    shares = [round(100 * (now - start) / (0.56 - start)) for start in (then, aim.baseline.value)]
    assert shares[0] != shares[1]
    told = " ".join(said(make_pack(here, home)))
    assert f"Share of the targeted change reached: {shares[0]}% " in told
    assert f"Share of the targeted change reached: {shares[1]}% " not in told


def test_a_baseline_rounded_to_the_target_or_beyond_tells_no_aim(here: Here, home: Path, cube: Cube) -> None:
    """There is no way from one to the other, and both together would tell more than the rounding does."""
    nhs = make_release(here.database, home, HOME_WORKSPACE, DATASET, PLAN, policy_of("nhs"), by=LOCAL_OWNER)
    aim = replace(AIM, dataset=DATASET, measure="Controlled blood pressure", group="Black")
    own, shown = baseline_of(cube, aim, "2021"), baseline_of(as_cube(nhs), aim, "2021").value
    assert own.value < shown
    for target in (shown, (own.value + shown) / 2):
        aim = replace(aim, baseline=own, target=target)
        aim_actions.set_aim(here, aim_actions.begin_aim(here, aim), aim, cube)
        read = told_by_release(aim, as_cube(nhs))
        assert (read.aim.baseline, read.progress) == (None, None)
        with pytest.raises(PlainError, match="no better than its baseline"):
            progress(cube, replace(aim, target=own.value))
    told = said(make_pack(here, home))
    assert sum("an aim is set for Black patients" in each for each in told) >= 2
    assert not [each for each in told if "of the targeted change" in each]


def test_a_release_tells_of_an_aim_what_it_holds(home: Path, cube: Cube, release: Release) -> None:
    """A balancing measure where it has one, nothing after its last period, and no aim for a group that it has not."""
    held, measure = as_cube(release), "Controlled blood pressure"
    aim = replace(AIM, dataset=DATASET, measure=measure, group="Black", target=0.95)
    then = replace(aim, baseline=baseline_of(cube, aim, "2023"))
    watched = []
    for balancing in ("", measure, "Not in the release"):
        told = told_by_release(replace(then, balancing=balancing), held)
        assert told.progress is not None
        watched.append(len(told.progress.watched))
    assert watched[1] == watched[0] + 1
    assert watched[2] == watched[0]
    latest = told_by_release(replace(aim, baseline=baseline_of(cube, aim, "2024")), held)
    assert latest.progress is None
    assert latest.aim.baseline is not None
    assert is_in(held.description, aim)
    assert not is_in(held.description, replace(aim, group="Nobody"))


def test_an_aim_of_other_data_has_no_number_of_this_release(
    here: Here, home: Path, cube: Cube, release: Release
) -> None:
    """Though the release holds a measure, a grouping and a group of the same names."""
    aim = replace(AIM, dataset=DATASET, measure="Controlled blood pressure", group="Black", target=0.95)
    aim = replace(aim, dataset="Other data", baseline=baseline_of(cube, aim, "2023"))
    shelf.add(here.database, here.workspace, AIM_NOUN, replace(aim, status="set"), by=here.person)
    pack = make_pack(here, home, parts=("quarterly_report",))
    [sentence] = [words for words in said(pack) if words.startswith("Controlled blood pressure: ")]
    assert "an aim is set for “Black” at" in sentence and "is not of this aim’s data" in sentence
    assert not [words for words in said(pack) if "of the targeted change" in words]


def test_who_leads_is_called_as_on_the_team_page() -> None:
    assert words.senior_leader("Marta", "senior leader") == "Marta is the team’s senior leader."
    assert words.senior_leader("James", "alternate") == "James is the leader’s alternate."


def test_numbers_typed_about_a_call_stay_in_its_minutes() -> None:
    assert words.became("Call back", "3 of 5 patients came") == words.became("Call 2 people", "It helped")
    assert "3 of 5" not in words.became("Call back", "3 of 5 patients came")
    assert words.became("Call back", "It helped").endswith("What became of it: It helped")


def test_numbers_that_people_typed_are_pointed_out_before_a_file_leaves(
    here: Here, home: Path, cube: Cube, release: Release, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In an aim's own words and in a shared piece of a reflection as in the name of a record; ours are not."""
    aim = replace(AIM, dataset=DATASET, measure="Controlled blood pressure", group="Black", target=0.95)
    aim = replace(aim, baseline=baseline_of(cube, aim, "2023"), where="where 7 of 9 had none", with_whom="the council")
    aim_actions.set_aim(here, aim_actions.begin_aim(here, aim), aim, cube)
    kept = reflection_actions.begin_reflection(here, "2026-Q3")
    part = reflection_actions.begin_part(here, kept, "portfolio")
    said_of_it = replace(part.content, learning="All 3 came back", challenges="Time")
    reflection_actions.save_part(here, kept, part, said_of_it)
    reflection_actions.share(here, kept.id, "cohort", ("portfolio.learning", "portfolio.challenges"))
    reflection_actions.sign_off(here, kept.id)
    pack = make_pack(here, home)
    assert set(typed_numbers(pack)) == {"where 7 of 9 had none", "All 3 came back"}
    assert run(["evidence", "--format", "html", "--out", str(tmp_path / "pack.html")]) == 0
    noted = capsys.readouterr().err
    assert noted.splitlines()[1:] == ["  where 7 of 9 had none", "  All 3 came back"]


def test_each_statement_says_of_whom_and_on_which_day(here: Here, home: Path, cube: Cube, release: Release) -> None:
    set_aim(here, cube, "Black")
    kept = reflection_actions.begin_reflection(here, "2026-Q3")
    part = reflection_actions.begin_part(here, kept, "portfolio")
    reflection_actions.save_part(here, kept, part, replace(part.content, learning="Evenings"))
    reflection_actions.share(here, kept.id, "cohort", ("portfolio.learning",))
    reflection_actions.sign_off(here, kept.id)
    pack = make_pack(here, home)
    progress = [words for words in said(pack) if "of the targeted change" in words]
    assert progress
    assert all(words.startswith("Controlled blood pressure, Black patients, 2024: ") for words in progress)
    assert any("Evenings" in words for words in said(pack))
    every = [s for p in pack.parts for shown in p.shown for statement in shown.statements for s in statement.sources]
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", source.day) for source in every)


def test_who_is_not_of_the_team_makes_none(here: Here, home: Path) -> None:
    stranger = remember_person(here.database, ISSUER, "out", name="Out", email="out@example.org")
    with pytest.raises(NotAllowed):
        make_pack(Here(here.database, here.workspace, stranger), home)


def test_at_the_terminal(
    here: Here, home: Path, release: Release, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evidence", "--part", "board_page"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["release"] == release.id
    assert [part["id"] for part in told["parts"]] == ["board_page"]
    out = tmp_path / "pack.docx"
    assert run(["evidence", "--format", "docx", "--out", str(out)]) == 0
    assert "Board page" in [p.text for p in Document(str(out)).paragraphs]
    assert run(["evidence", "--format", "html"]) == 0
    page = capsys.readouterr().out
    assert "<script" not in page
    assert entries(here.database, here.workspace)[0].subject == "evidence pack"
    assert run(["evidence", "--part", "nothing"]) == 2
    assert "choose among quarterly_report, joint_commission, board_page" in capsys.readouterr().err
    assert run(["evidence", "--release", "ffffffffffff"]) == 2


def test_a_release_of_another_workspace_is_none_of_ours(here: Here, home: Path, release: Release) -> None:
    from equity.store.workspace.workspaces import make_workspace

    other = make_workspace(here.database, "Elsewhere", by=LOCAL_OWNER)
    with pytest.raises(PlainError):
        make_pack(Here(here.database, other.id, LOCAL_OWNER), home, release_id=release.id)
    assert make_pack(Here(here.database, other.id, LOCAL_OWNER), home).release_id == ""


def test_the_work_and_the_team_stand_with_their_sources(here: Here, home: Path) -> None:
    from equity.improvement.cycles import Cycle
    from equity.improvement.nouns import CYCLE, PROJECT
    from equity.improvement.projects import Project
    from equity.improvement.team.history import Acknowledgement, HistoryEvent
    from equity.improvement.team.letters import Letter
    from equity.improvement.team.team import TeamPerson
    from equity.improvement.team.team_nouns import ACKNOWLEDGEMENT, EVENT, LETTER, PERSON
    from equity.store.records.shelf import add

    def keep(noun: Any, content: Any, readers: Any = "team") -> None:
        add(here.database, here.workspace, noun, content, by=LOCAL_OWNER, readers=readers)

    keep(PROJECT, Project("Call back in Spanish", state="testing"))
    keep(CYCLE, Cycle(objective="Five calls", stage="closed", decision="adapt", learned="3 of 5 were reached"))
    keep(CYCLE, Cycle(objective="Evenings", stage="closed", decision="adopt", learned="Evenings work"))
    keep(CYCLE, Cycle(objective="Not done yet"))
    keep(PERSON, TeamPerson("Ada", ("data",), "senior leader"))
    keep(LETTER, Letter("Ben", "Chief executive", "2026-11-01", {"time": "yes"}, "Text", "", "2099-11-01"))
    keep(LETTER, Letter("Old", "Chief executive", "2020-11-01", {"time": "yes"}, "Text", "", "2021-11-01"))
    keep(EVENT, HistoryEvent("1964", "A ward was opened to all"))
    keep(EVENT, HistoryEvent("1950", "Only mine"), "author")
    keep(ACKNOWLEDGEMENT, Acknowledgement("Our words", approved_by="The board", approved="2026-05-01"), "leaders")
    keep(ACKNOWLEDGEMENT, Acknowledgement("Ours alone", approved_by="The board", approved="2026-05-01"))
    words = said(make_pack(here, home))
    for sentence in (
        "Project “Call back in Spanish”: testing.",
        "Test 1: Five calls. It was decided to adapt.",
        "What was learned: Evenings work",
        "Ada is the team’s senior leader.",
        "1 event of the organization’s own history stands on the team’s timeline.",
        "“Our words” was approved by The board on May 1, 2026.",
    ):
        assert sentence in words
    assert any(each.startswith("A letter of commitment was signed by Ben, Chief executive") for each in words)
    told = " ".join(words)
    for unsaid in ("3 of 5", "Not done yet", "Old", "Only mine", "Ours alone"):
        assert unsaid not in told


def test_of_a_reflection_stands_what_is_shared_with_the_cohort(here: Here, home: Path) -> None:
    from equity.actions.work import reflections
    from equity.improvement.team.reflections import LeaderReply, ReflectionPart
    from equity.improvement.team.team_nouns import REPLY
    from equity.store.records.shelf import add

    kept = reflections.begin_reflection(here, "2026-Q3")
    part = reflections.begin_part(here, kept, "aims")
    content = ReflectionPart(
        "aims", progress="Ours alone", challenges="Two nurses left", learning="", help="An analyst"
    )
    reflections.save_part(here, kept, part, content)
    reflections.share(here, kept.id, "cohort", ("aims.challenges", "aims.help"))
    assert not any("Two nurses left" in words for words in said(make_pack(here, home)))
    reflections.sign_off(here, kept.id)
    reply = LeaderReply("Eve", "All", "Free an analyst", "2027-01-15")
    add(here.database, here.workspace, REPLY, reply, by=None, parent=kept.id)
    words = said(make_pack(here, home))
    assert any(each.endswith(": Two nurses left") for each in words)
    assert any(each.endswith(": An analyst") for each in words)
    assert "Eve will do by January 15, 2027: “Free an analyst”" in words
    assert "Ours alone" not in " ".join(words)
