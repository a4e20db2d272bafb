"""release and team, as they are typed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from equity.commands.line import run
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import load
from equity.store.workspace.audit_log import entries
from equity.store.workspace.database import workspace_database
from equity.store.workspace.ownership import datasets_in, workspace_of_dataset, workspace_of_release
from equity.store.workspace.people import accept_invitation, invitations, remember_person, role_of
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from tests.pages.people import DATASET, MAPPING, small_extract, small_home

COLUMNS = ["measure", "grain", "period", "by1", "value1", "by2", "value2", "shown", "n", "x", "rate"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    small_home(tmp_path)
    return tmp_path


def created(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    words = ["release", "create", "--dataset", DATASET, "--by", "race,site", "--grain", "year", "--pairs", "all", *more]
    assert run(words) == 0
    return str(json.loads(capsys.readouterr().out)["id"])


def test_a_release_is_created_shown_audited_and_revoked(capsys: pytest.CaptureFixture[str]) -> None:
    release = created(capsys, "--policy", "cms", "--threshold", "11")
    assert run(["release", "show", release, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert list(rows[0]) == COLUMNS
    hidden = [row for row in rows if row["shown"] == "hidden"]
    assert hidden
    assert all(row["n"] is row["x"] is row["rate"] is None for row in hidden)
    shown = [row for row in rows if row["shown"] != "hidden" and row["n"]]
    assert all(row["rate"] == pytest.approx(row["x"] / row["n"]) for row in shown)
    assert run(["release", "show", release, "--format", "csv"]) == 0
    table = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(table) == len(rows)
    assert {row["n"] for row in table if row["shown"] == "hidden"} == {""}
    assert run(["release", "show", release]) == 0
    assert "hidden" in capsys.readouterr().out
    assert run(["release", "audit", release, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["pinned"], found["hidden"]) == (0, 3 * len(hidden))
    bounds = found["bounds"]
    assert list(bounds[0]) == [*COLUMNS[:7], "count", "least", "greatest", "width"]
    assert len(bounds) == found["hidden"]
    assert min(row["width"] for row in bounds if row["width"] is not None) == found["narrowest_width"] >= 5
    assert run(["release", "audit", release, "--format", "csv"]) == 0
    assert len(list(csv.DictReader(io.StringIO(capsys.readouterr().out)))) == len(bounds)
    assert run(["release", "audit", release]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Counts below 11 are hidden")
    assert "None can be worked out." in said[2]
    assert ("Hiding more was needed" in said[3]) is bool(found["rounds"])
    heads = said.index("") + 1
    assert said[heads].split() == ["Measure", "Table", "Cell", "Count", "Least", "Greatest", "Width"]
    assert len(said) == heads + 1 + len(bounds)
    assert run(["release", "revoke", release]) == 0
    assert json.loads(capsys.readouterr().out) == {"id": release, "links_closed": 0}
    assert run(["release", "show", release]) == 2
    assert "revoked" in capsys.readouterr().err
    said = [entry.action for entry in entries(workspace_database(), HOME_WORKSPACE)]
    assert said[:2] == ["release_revoked", "release_created"]


def test_releases_of_another_dataset_with_the_same_measure_are_named_first(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    first = created(capsys)
    extract, mapping = small_extract(home, seed=8), mapping_from_toml(MAPPING, "test")
    load([extract], "Registry", mapping, "new", home / "home")
    assert run(["release", "create", "--dataset", "Registry", "--by", "race", "--grain", "year"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["id"] != first
    assert told.err == (
        f"Nothing checks this release together with those of “{DATASET}” (Controlled blood pressure): do they count "
        "some of the same people? If so, one may give away what another hides.\n"
    )


@pytest.mark.parametrize("where", ["equity.release.create.control", "equity.store.workspace.publishing.Publisher.log"])
def test_interrupted_at_the_keyboard_leaves_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path, where: str
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(where, interrupted)
    assert run(["release", "create", "--dataset", DATASET, "--by", "race", "--grain", "year"]) == 2
    assert capsys.readouterr().err == "It was canceled: nothing was released.\n"
    assert [path.name for path in (home / "home" / "releases").iterdir()] == ["lock"]
    assert entries(workspace_database(), HOME_WORKSPACE) == ()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["release", "show", "../../etc"], "There is no such release"),
        (["release", "audit", "000000000000"], "There is no such release"),
        (["release", "create", "--dataset", "Gone", "--by", "race"], "There is no dataset “Gone”"),
        (["release", "create", "--dataset", DATASET, "--by", "shoe size", "--grain", "year"], "shoe size"),
        (["release", "create", "--dataset", DATASET, "--by", "race", "--grain", "month"], "nothing finer"),
        (
            ["release", "create", "--dataset", DATASET, "--by", "race", "--grain", "year", "--policy", "mine"],
            "no disclosure policy",
        ),
        (
            ["release", "create", "--dataset", DATASET, "--by", "race", "--grain", "year", "--threshold", "1"],
            "would hide nothing",
        ),
        (["team", "invite", "nobody"], "not an e-mail address"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert run(words) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_the_first_owner_is_invited_from_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["team", "invite", "ada@example.org", "--role", "owner"]) == 0
    code = capsys.readouterr().out.strip().splitlines()[-1]
    database = workspace_database()
    ada = remember_person(database, "https://id.example.org", "ada", name="Ada", email="ada@example.org")
    accept_invitation(database, code, by=ada)
    assert role_of(database, HOME_WORKSPACE, ada.id) == "owner"
    assert code not in str(invitations(database, HOME_WORKSPACE))


def test_somebody_is_invited_into_a_second_workspace_from_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    heart = _another_workspace()
    assert run(["team", "invite", "lee@example.org", "--workspace", heart]) == 0
    database = workspace_database()
    assert [each.email for each in invitations(database, heart)] == ["lee@example.org"]
    assert invitations(database, HOME_WORKSPACE) == ()
    capsys.readouterr()
    assert run(["team", "invite", "lee@example.org", "--workspace", "gone"]) == 2
    assert "There is no workspace “gone”" in capsys.readouterr().err


def test_loading_from_the_terminal_is_logged(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["load", str(home / "visits.csv"), "--dataset", "Again"]) == 0
    newest = entries(workspace_database(), HOME_WORKSPACE)[0]
    assert (newest.action, newest.subject, newest.details["version"]) == ("loaded", "Again", 1)


def _another_workspace() -> str:
    database = workspace_database()
    ada = remember_person(database, "https://id.example.org", "ada", name="Ada", email="ada@example.org")
    return make_workspace(database, "Heart", by=ada).id


def test_a_second_workspace_is_filled_and_released_from_the_terminal(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heart = _another_workspace()
    load_words = ["load", str(home / "visits.csv"), "--dataset", DATASET, "--workspace", heart]
    for version in (1, 2):  # the same name finds the same dataset again, and leaves the first workspace's alone
        assert run(load_words) == 0
        assert f"“{DATASET} (Heart)” version {version}:" in capsys.readouterr().out
    words = ["release", "create", "--dataset", DATASET, "--workspace", heart, "--by", "race", "--grain", "year"]
    assert run(words) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["dataset"] == f"{DATASET} (Heart)"
    database = workspace_database()
    assert datasets_in(database, heart, (DATASET, f"{DATASET} (Heart)")) == (f"{DATASET} (Heart)",)
    assert workspace_of_release(database, made["id"], made["dataset"]) == heart
    logged = [entry.action for entry in entries(database, heart)]
    assert logged == ["release_created", "loaded", "loaded", "workspace_made"]
    assert entries(database, HOME_WORKSPACE) == ()
    assert run([*words[:5], HOME_WORKSPACE, *words[6:]]) == 0
    assert json.loads(capsys.readouterr().out)["dataset"] == DATASET


def test_what_was_not_loaded_leaves_its_name_free(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heart = _another_workspace()
    (home / "empty.csv").write_text("", encoding="utf-8")
    assert run(["load", str(home / "empty.csv"), "--dataset", "New", "--workspace", heart]) == 2
    assert workspace_of_dataset(workspace_database(), "New (Heart)") == HOME_WORKSPACE
    capsys.readouterr()
    for words in (["load", str(home / "visits.csv")], ["release", "create", "--by", "race", "--grain", "year"]):
        assert run([*words, "--dataset", "New", "--workspace", "gone"]) == 2
        told = capsys.readouterr().err
        assert told.startswith("There is no workspace “gone”. Those there are: home (“")
        assert f"{heart} (“Heart”)" in told
    assert run(["release", "create", "--by", "race", "--dataset", "New", "--workspace", heart]) == 2
    assert "There is no dataset “New (Heart)”" in capsys.readouterr().err
