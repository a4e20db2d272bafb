"""Every command of the terminal: what it opens, and the entry that it leaves in the log of the workspace whose it is.

Whoever may run a command can read the data folder, so nothing is asked of them; what leaves by the terminal is written
down where it belongs all the same, a revoked release stays closed, and what is nobody's is put nowhere. A command that
is not in `COMMANDS` fails.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from equity.access.here import Here
from equity.actions.calls import call_opening
from equity.commands.line import parser, run
from equity.intake.proposal.mapping.mapping_file import mapping_from_toml
from equity.loading import load
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.sharing import make_release, take_back
from equity.store.files.home import home_folder
from equity.store.files.owner_file import OWNER_FILE
from equity.store.files.versions import dataset_folder
from equity.store.workspace import audit_log
from equity.store.workspace.database import workspace_database
from equity.store.workspace.ownership import claim_dataset
from equity.store.workspace.people import remember_person
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.publishing import Publisher
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from tests.pages.people import ISSUER, MAPPING, small_extract

Opens = Literal["dataset", "release", "call", "records", "file", "the store", "the people", "every release with a call"]
MEASURE = "Controlled blood pressure"
CARD = f"disparities?measure={MEASURE}&by=race&period=2024"


@dataclass(frozen=True)
class Rule:
    """What a command opens, the words after it (none: another test runs it), and what it leaves in the log.

    ``refused`` is said where it does nothing with another workspace's or with so little data.
    """

    opens: Opens
    words: str = ""
    logs: str = ""
    refused: str = ""


ASKED = f"--dataset|{{dataset}}|--measure|{MEASURE}|--by|race"
COMMANDS: Mapping[str, Rule] = {
    "load": Rule("dataset", "{file}|--dataset|{dataset}|--mapping|{mapping}|--accept-set-aside", "loaded"),
    "inspect": Rule("file"),
    "datasets": Rule("the store"),
    "ask disparities": Rule("dataset", ASKED),
    "ask trends": Rule("dataset", ASKED),
    "ask pace": Rule("dataset", f"{ASKED}|--group|Black|--date|2030"),
    "ask areas": Rule("dataset", "--dataset|{dataset}"),
    "ask overall-inequality": Rule("dataset", ASKED),
    "ask completeness": Rule("dataset", ASKED),
    "ask intersections": Rule("dataset", ASKED.replace("race", "race,site")),
    "ask gap-breakdown": Rule("dataset", f"{ASKED}|--within|site"),
    "ask age-standardized": Rule("dataset", ASKED, refused="age"),
    "ask focus": Rule("dataset", "--dataset|{dataset}|--draws|200", refused="a choice needs two"),
    "export": Rule("dataset", f"{ASKED}|--format|csv|--output|{{out}}", "exported"),
    "evidence": Rule(
        "release", "--release|{release}|--workspace|{workspace}|--out|{out}", refused="not in this workspace"
    ),
    "release create": Rule("dataset", "--dataset|{dataset}|--by|race|--grain|year|--pairs|none", "release_created"),
    "release show": Rule("release", "{release}"),
    "release audit": Rule("release", "{release}"),
    "release revoke": Rule("release", "{release}", "release_revoked"),
    "call open": Rule("dataset", f"--dataset|{{dataset}}|--card|{CARD}", "call_opened", "not in this workspace"),
    "call move": Rule("call", "{call}|--stage|predict"),
    "call end": Rule("call", "{call}", "call_ended"),
    "call show": Rule("call", "{call}"),
    "call minutes": Rule("call", "{call}|--format|md|--out|{out}", "exported"),
    "call serve": Rule("every release with a call"),
    "team invite": Rule("the people"),
    "aims list": Rule("records", "--workspace|{workspace}", refused="not in this workspace"),
    "aims show": Rule("records", "0000|--workspace|{workspace}", refused="not in this workspace"),
    "aims progress": Rule("records", "--workspace|{workspace}", refused="not in this workspace"),
    "projects list": Rule("records", "--workspace|{workspace}", refused="not in this workspace"),
    "projects show": Rule("records", "0000|--workspace|{workspace}", refused="not in this workspace"),
    "records export": Rule("records", "{folder}|--workspace|{workspace}", "exported"),
    "records import": Rule("records"),
    "network begin": Rule("records", "--title|T|--workspace|{workspace}", refused="not in this workspace"),
    "network open": Rule("records", "--workspace|{workspace}", refused="not in this workspace"),
    "network close": Rule("records", "--workspace|{workspace}", refused="not in this workspace"),
    "network applications": Rule("records", "--workspace|{workspace}", refused="not in this workspace"),
    "network answer": Rule("records", "0|--as|waiting|--workspace|{workspace}", refused="not in this workspace"),
    "network invite": Rule("records", "--name|N|--workspace|{workspace}", refused="not in this workspace"),
    "network join": Rule("records", "--code|C|--workspace|{workspace}", refused="not in this workspace"),
    "network leave": Rule("records", "--workspace|{workspace}", refused="not in this workspace"),
    "network share": Rule("records", "release|0|--workspace|{workspace}", refused="not in this workspace"),
    "network take-back": Rule("records", "0|--workspace|{workspace}", refused="not in this workspace"),
    "network shares": Rule("records", "--workspace|{workspace}", refused="not in this workspace"),
    "network tell": Rule("records", "--workspace|{workspace}", refused="not in this workspace"),
    "network export": Rule("records", "--out|{out}|--workspace|{workspace}", refused="not in this workspace"),
    "network import": Rule("records", "{file}|--workspace|{workspace}", refused="not in this workspace"),
    "network fingerprint": Rule("records", "--workspace|{workspace}", refused="not in this workspace"),
    "network trust": Rule("records", "0|--name|N|--workspace|{workspace}", refused="not in this workspace"),
    "network teams": Rule("records", "--workspace|{workspace}", refused="not in this workspace"),
    "network gallery": Rule("records", "--workspace|{workspace}", refused="not in this workspace"),
    "network comparable": Rule("records", "--workspace|{workspace}", refused="not in this workspace"),
    "network compare": Rule("records", "--measure|M|--workspace|{workspace}", refused="not in this workspace"),
    "network comparisons": Rule("records", "--workspace|{workspace}", refused="not in this workspace"),
    "network comparison-sheet": Rule(
        "records", "0|0|--out|{out}|--workspace|{workspace}", refused="not in this workspace"
    ),
    "network learned": Rule("records", "--workspace|{workspace}", refused="not in this workspace"),
    "backup": Rule("the store"),
    "restore": Rule("the store"),
    "begin-store": Rule("the store"),
    "check-log": Rule("the store"),
}


def leaves(of: argparse.ArgumentParser, name: str = "") -> Iterator[str]:
    """Every command with its action."""
    below = [action for action in of._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield name
    for action in below:
        for word, parser_below in action.choices.items():
            yield from leaves(parser_below, f"{name} {word}".strip())


def test_every_command_says_what_it_opens() -> None:
    assert set(leaves(parser())) == set(COMMANDS)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, str]]]:
    """A home folder with a dataset, a release and a call of another workspace, and their names."""
    tmp_path = tmp_path_factory.mktemp("commands")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(tmp_path / "home"))
        names = _furnish(tmp_path)
        workspace_database().close()
        yield tmp_path / "home", names


def _furnish(tmp_path: Path) -> dict[str, str]:
    database, home = workspace_database(), home_folder()
    rival = remember_person(database, ISSUER, "rival", name="rival", email="rival@example.org")
    across = make_workspace(database, "Across the street", by=rival).id
    claim_dataset(database, across, "Their visits", on_disk=())
    extract = small_extract(tmp_path)
    by = Publisher(database, across, rival)
    load([extract], "Their visits", mapping_from_toml(MAPPING, "test"), "new", home, by=by)
    plan = Plan(("race",), "year", "none")
    made = make_release(database, home, across, "Their visits", plan, policy_of("cms"), by=rival)
    talk = call_opening.Plan("Their visits", call_opening.recipes(home, "Their visits", (CARD,)))
    call = call_opening.open_call(Here(database, across, rival), home, talk).call
    (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    return {
        "dataset": "Their visits",
        "release": made.id,
        "call": call.id,
        "workspace": across,
        "file": str(extract),
        "mapping": str(tmp_path / "mapping.toml"),
    }


@pytest.fixture
def theirs(
    furnished: tuple[Path, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Mapping[str, str]:
    """The names of what there is in a home folder of a test's own, and where files go."""
    shutil.copytree(furnished[0], tmp_path / "home")
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    return {**furnished[1], "out": str(tmp_path / "out"), "folder": str(tmp_path / "records")}


def said(command: str, names: Mapping[str, str]) -> list[str]:
    words = COMMANDS[command].words.split("|")
    return [*command.split(), *(word.format_map(names) for word in words)]


def logged(workspace: str) -> list[str]:
    return [entry.action for entry in audit_log.entries(workspace_database(), workspace)]


RUN = [name for name, rule in COMMANDS.items() if rule.words]


@pytest.mark.parametrize("command", RUN)
def test_what_is_done_is_logged_where_it_belongs(
    command: str, theirs: Mapping[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    before, home_before = logged(theirs["workspace"]), logged(HOME_WORKSPACE)
    rule = COMMANDS[command]
    assert run(said(command, theirs)) == (2 if rule.refused else 0)
    assert rule.refused in capsys.readouterr().err
    assert logged(HOME_WORKSPACE) == home_before
    more = logged(theirs["workspace"])[: len(logged(theirs["workspace"])) - len(before)]
    assert more == ([rule.logs] if rule.logs and not rule.refused else [])


@pytest.mark.parametrize("command", [name for name in RUN if COMMANDS[name].logs and COMMANDS[name].opens == "dataset"])
def test_what_is_nobodys_is_put_nowhere(
    command: str, theirs: Mapping[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    (dataset_folder(home_folder(), "Their visits") / OWNER_FILE).write_text('{"workspace": "home"}', encoding="utf-8")
    before = logged(HOME_WORKSPACE), logged(theirs["workspace"])
    assert run(said(command, theirs)) == 2
    assert "cannot be told" in capsys.readouterr().err
    assert (logged(HOME_WORKSPACE), logged(theirs["workspace"])) == before
    assert not Path(theirs["out"]).exists()


@pytest.mark.parametrize("command", [name for name in RUN if COMMANDS[name].opens in ("dataset", "release", "call")])
def test_what_is_not_there_is_one_line(
    command: str, theirs: Mapping[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    if command == "load":
        return  # it begins a dataset of that name
    assert run(said(command, {**theirs, "dataset": "never was", "release": "0" * 12, "call": "0" * 32})) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_release_that_was_revoked_or_is_anothers_stays_closed(theirs: Mapping[str, str]) -> None:
    database, home = workspace_database(), home_folder()
    load([Path(theirs["file"])], "Ours", mapping_from_toml(MAPPING, "test"), "new", home)
    assert run(["call", "open", "--dataset", "Ours", "--card", CARD, "--release", theirs["release"]]) == 2
    assert run(["evidence", "--release", theirs["release"]]) == 2
    take_back(database, home, theirs["workspace"], theirs["release"], by=LOCAL_OWNER)
    for command in ("release show", "release audit"):
        assert run(said(command, theirs)) == 2
    assert run([*said("call open", theirs), "--release", theirs["release"]]) == 2
