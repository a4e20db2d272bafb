"""The minutes say what the call said, in every format, and nothing that was taken back."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.shared import Inches, Pt

from equity.access.here import Here
from equity.actions.calls import call_minutes, call_moves, call_opening, call_voices
from equity.actions.calls.call_voices import Wanted
from equity.actions.calls.live_calls import LiveCall, live_call
from equity.actions.calls.practice_call import fill
from equity.export.minutes.markdown import markdown
from equity.export.minutes.model import WholeMinutes
from equity.release.plan import Plan as ReleasePlan
from equity.release.policy import policy_of
from equity.sharing import make_release, take_back
from equity.store.files.dataset_deletion import delete_dataset
from equity.store.workspace.database import open_database, sqlite_url
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.vocabulary import PlainError
from tests.pages.people import DATASET, small_home

CARDS = (
    "disparities?measure=Controlled blood pressure&by=race&period=2024",
    "trends?measure=Controlled blood pressure&by=race",
    "summary?measure=Controlled blood pressure&by=race&period=2024",
)
HOSTILE = "<script>alert(1)</script> | [x](javascript:1) \x07 \u202e ends"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("minutes")
    small_home(folder)
    return folder / "home"


@pytest.fixture(scope="module")
def place(home: Path) -> Here:
    return Here(open_database(sqlite_url(home / "workspace.db")), HOME_WORKSPACE, LOCAL_OWNER)


@pytest.fixture(scope="module")
def call(home: Path, place: Here) -> LiveCall:
    """A call of three cards, of which two were on; one was not revealed."""
    plan = call_opening.Plan(DATASET, call_opening.recipes(home, DATASET, CARDS), title="Our call")
    live = live_call(place.database, call_opening.open_call(place, home, plan).call.id)
    people = {name: call_voices.participant_of(live, call_voices.join(live, name, lens)) for name, lens in (
        ("Ana", "data"), ("Ben", "data"), ("Cy", "equity"),
    )}  # fmt: skip
    for name, far in (("Ana", 5), ("Ben", 40), ("Cy", 9)):
        anchor = {"group": "Black patients", "far": far}
        call_voices.contribute(live, people[name], Wanted(f"g{name}", "predict", "", anchor=anchor))
    call_moves.move(live, stage="notice")
    call_opening.remember_finding(live, 1, "What it said then")
    liked = call_voices.contribute(live, people["Ana"], Wanted("a1", "notice", "One group is apart"))
    call_voices.contribute(live, people["Ben"], Wanted("b1", "notice", HOSTILE))
    call_voices.contribute(live, people["Cy"], Wanted("c1", "notice", "Quietly said", anonymous=True))
    for word in ("withdrawn words", "hidden words"):
        kept = call_voices.contribute(live, people["Ana"], Wanted(word, "notice", word))
        if word == "hidden words":
            call_moves.hide(live, kept.id, "It names a patient")
        else:
            call_voices.withdraw(live, people["Ana"], kept.id, word)
    call_voices.vote(live, people["Cy"], liked.id, on=True)
    test = call_voices.contribute(
        live, people["Cy"], Wanted("t1", "next_test", "Call five people", owner="Ana", day="2026-03-09")
    )
    call_moves.became(live, test.id, "Became a project")
    call_moves.move(live, card=2, stage="predict")
    call_moves.end(live, LOCAL_OWNER)
    return live


@pytest.fixture(scope="module")
def whole(call: LiveCall, home: Path) -> WholeMinutes:
    return call_minutes.whole_minutes(call, home)


def words_of(content: bytes, form: str) -> str:
    """What a person reads in the file, on one line."""
    if form == "docx":
        document = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        text = " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    else:
        text = content.decode("utf-8")
    return " ".join(text.split())


@pytest.mark.parametrize("form", call_minutes.FORMATS)
def test_every_format_says_what_the_call_said(whole: WholeMinutes, form: str) -> None:
    said = words_of(call_minutes.as_file(whole, form), form)
    finding = whole.cards[0].title
    for expected in (
        "Our call",
        markdown(finding) if form == "md" else finding,
        "What it said then",
        "2 of 3 thought the gap was smaller, 1 thought it was larger. 3 of 3 named Black patients.",
        "One group is apart",
        "Quietly said",
        "Call five people",
        "2026-03-09",
        "Became a project",
        "Ana",
        "Picture 3 was not shown",
        "version 1",
    ):
        assert expected in said, expected
    for absent in ("withdrawn words", "hidden words", "It names a patient"):
        assert absent not in said
    assert '"name": "Cy"' not in said.partition("Quietly said")[0][-200:]


def test_the_same_numbers_stand_in_every_format(whole: WholeMinutes) -> None:
    sheet = whole.cards[0].sheet
    assert sheet is not None
    cells = {
        str(cell) for row in sheet.table.to_numpy(dtype=object).tolist() for cell in row if re.search(r"\d", str(cell))
    }
    assert len(cells) > 10
    for form in call_minutes.FORMATS:
        said = words_of(call_minutes.as_file(whole, form), form)
        assert not [cell for cell in cells if (markdown(cell) if form == "md" else cell) not in said], form


def test_a_number_that_begins_a_cell_is_no_list_in_markdown() -> None:
    assert markdown("55.0%") == "55.0%"
    assert [markdown(text) for text in ("1. Call", "12) Call", "7.", "# Call", "- Call")] == [
        "1\\. Call", "12\\) Call", "7\\.", "\\# Call", "\\- Call",
    ]  # fmt: skip


def test_nobodys_words_turn_round_the_name_beside_them(whole: WholeMinutes) -> None:
    for form in ("docx", "html", "md"):
        assert "\u202e" not in words_of(call_minutes.as_file(whole, form), form), form


def test_a_card_over_time_is_asked_of_all_time(whole: WholeMinutes) -> None:
    asked = [seen.said.card.asked for seen in whole.cards]
    assert asked[0].endswith(", 2024")
    assert asked[1].endswith(", all time")


def test_no_word_of_a_table_in_the_document_is_parted(whole: WholeMinutes) -> None:
    document = docx.Document(io.BytesIO(call_minutes.as_file(whole, "docx")))
    assert document.tables
    for table in document.tables:
        assert sum(column.width for column in table.columns) <= Inches(7.01)
        assert "w:tblHeader" in table.rows[0]._tr.xml
        for row in table.rows:
            for cell, column in zip(row.cells, table.columns, strict=True):
                [size] = {run.font.size for run in cell.paragraphs[0].runs} or {Pt(7)}
                longest = max(map(len, cell.text.split()), default=0)
                assert longest * size * 0.62 <= column.width, (cell.text, column.width.inches)


def test_the_document_has_a_chart_with_its_worksheet(whole: WholeMinutes) -> None:
    with zipfile.ZipFile(io.BytesIO(call_minutes.as_file(whole, "docx"))) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        chart = packed.read("word/charts/chart1.xml").decode()
        links = packed.read("word/charts/_rels/chart1.xml.rels").decode()
        assert "word/embeddings/numbers1.xlsx" in names
    link = re.search(r'externalData[^>]*r:id="(\w+)"', chart)
    assert link is not None
    assert f'Id="{link[1]}"' in links


def test_a_table_of_the_document_gives_names_more_room_in_every_program(whole: WholeMinutes) -> None:
    document = docx.Document(io.BytesIO(call_minutes.as_file(whole, "docx")))
    first, *rest = [column.width for column in document.tables[0].columns]
    assert first > 1.5 * max(rest)
    assert not [p.text for p in document.paragraphs if re.search(r"\w\((?:Ana|Ben)", p.text)]


def test_what_people_wrote_does_nothing(whole: WholeMinutes) -> None:
    page = call_minutes.as_file(whole, "html").decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    text = call_minutes.as_file(whole, "md").decode()
    assert "\\<script\\>alert(1)" in text
    assert "\\[x\\]" in text
    assert "\\|" in text


def test_who_was_there_as_counts(place: Here, home: Path) -> None:
    plan = call_opening.Plan(DATASET, call_opening.recipes(home, DATASET, CARDS[:1]), names_in_minutes=False)
    live = live_call(place.database, call_opening.open_call(place, home, plan).call.id)
    call_voices.join(live, "Zoraida", "equity")
    for form in call_minutes.FORMATS:
        said = words_of(call_minutes.as_file(call_minutes.whole_minutes(live, home), form), form)
        assert "Zoraida" not in said
        assert "equity" in said


def test_json_is_for_programs(whole: WholeMinutes) -> None:
    told = json.loads(call_minutes.as_file(whole, "json"))
    first = told["cards"][0]
    assert first["guesses"]["values"] == [5, 9, 40]
    assert first["sentence_at_reveal"] == "What it said then"
    assert [each["votes"] for each in first["stages"][0]["contributions"]] == [1, 0, 0]
    assert told["cards"][1]["revealed"] is False
    assert told["cards"][1]["table"] is None
    assert told["next_tests"][0]["owner"] == "Ana"


def test_there_are_no_other_formats(whole: WholeMinutes) -> None:
    with pytest.raises(PlainError, match="no minutes as"):
        call_minutes.as_file(whole, "pdf")


def test_a_practice_call_fills_every_stage(place: Here, home: Path) -> None:
    plan = call_opening.Plan(DATASET, call_opening.recipes(home, DATASET, CARDS[:1]))
    live = live_call(place.database, call_opening.open_call(place, home, plan).call.id)
    fill(live)
    assert len(live.state.participants) == 30
    written = {item.stage: len(live.state.of_stage(1, item.stage)) for item in live.state.agenda}
    assert written["predict"] == 30
    assert all(written[stage] >= 2 for stage in ("look_around", "notice", "wonder", "so_what", "next_test"))


def test_minutes_outlive_their_data(tmp_path: Path) -> None:
    small_home(tmp_path)
    home = tmp_path / "home"
    there = Here(open_database(sqlite_url(home / "workspace.db")), HOME_WORKSPACE, LOCAL_OWNER)
    plan = call_opening.Plan(DATASET, call_opening.recipes(home, DATASET, CARDS[:1]))
    live = live_call(there.database, call_opening.open_call(there, home, plan).call.id)
    call_moves.move(live, stage="notice")
    call_opening.remember_finding(live, 1, call_opening.finding_of(live, home, 1))
    delete_dataset(home, DATASET)
    said = call_minutes.as_file(call_minutes.whole_minutes(live, home), "md").decode()
    assert "not here any more" in said
    assert live.state.cards[0].sentence
    assert markdown(live.state.cards[0].sentence) in said


def test_a_revoked_release_stays_in_the_team_s_own_minutes_and_goes_on_to_nobody(tmp_path: Path) -> None:
    """The page keeps what was seen; no file that is handed to those who only had the release says it."""
    small_home(tmp_path)
    home = tmp_path / "home"
    there = Here(open_database(sqlite_url(home / "workspace.db")), HOME_WORKSPACE, LOCAL_OWNER)
    plan = ReleasePlan(("race",), "year", "none")
    made = make_release(there.database, home, HOME_WORKSPACE, DATASET, plan, policy_of("cms"), by=LOCAL_OWNER)
    shown = call_opening.Plan(DATASET, call_opening.recipes(home, DATASET, CARDS[:1]), release_id=made.id)
    live = live_call(there.database, call_opening.open_call(there, home, shown).call.id)
    ana = call_voices.participant_of(live, call_voices.join(live, "Ana", "data"))
    guess = {"group": "Black patients", "far": 5}
    call_voices.contribute(live, ana, Wanted("g", "predict", "", anchor=guess))
    call_moves.move(live, stage="notice")
    call_opening.remember_finding(live, 1, call_opening.finding_of(live, home, 1))
    call_voices.contribute(live, ana, Wanted("n", "notice", "One group is apart"))
    seen = live.state.cards[0].sentence
    numbers = set(re.findall(r"\d+\.\d+", seen))
    assert numbers
    before = call_minutes.whole_minutes(live, home)
    assert not before.revoked
    assert seen in words_of(call_minutes.as_file(before, "html"), "html")
    take_back(there.database, home, HOME_WORKSPACE, made.id, by=LOCAL_OWNER)
    after = call_minutes.whole_minutes(live, home)
    assert after.cards[0].then == seen
    for form in call_minutes.FORMATS:
        said = words_of(call_minutes.as_file(after, form), form)
        assert seen not in said
        text = said.partition("<script")[0] if form == "html" else said
        assert not [number for number in numbers if number in text], form
        assert "One group is apart" in said
        assert "goes on to nobody" in said
        assert "thought the gap" not in said  # so near the truth that it tells it
