"""Two servers behind a balancer, as docs/deploy.md says it: one PostgreSQL, one folder, each session with one server.

What happens on one is seen on the other with the next click: uploads, versions, words, links, roles, deletions.
"""

from __future__ import annotations

import json
import os
import random
import signal
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from equity.commands.line import run
from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.sharing import make_release
from equity.store.files.versions import datasets, held_for_loading
from equity.store.records.annotations import annotations_in
from equity.store.workspace import audit_log, people
from equity.store.workspace.database import Database, workspace_database
from equity.store.workspace.links import make_link
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.words.languages import english
from tests.browser.server import running_server
from tests.pages.people import DATASET, claims, join, small_home
from tests.services.postgresql import PostgresqlServer
from tests.ui.signed_in import AUTH, Session, session

pytestmark = pytest.mark.services

ROWS = "Indicator,Year,Race,Cases,Population\n" + "".join(
    f"Measles diagnoses,{year},{group},{cases},{population}\n"
    for year in (2021, 2022)
    for group, cases, population in (("Black", 310, 120_000), ("White", 205, 410_000), ("Asian", 40, 70_000))
)
MEASLES = "Measles diagnoses"
LONGEST_LOAD = 60.0


@dataclass
class Two:
    """A window on each of two servers, both the same owner's; and what the servers share."""

    one: Session
    other: Session
    home: Path
    database: Database


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, postgresql_server: PostgresqlServer) -> Iterator[Two]:
    folder = tmp_path_factory.mktemp("two")
    home = folder / "home"
    with pytest.MonkeyPatch.context() as patch:
        address = postgresql_server.new_store().set(drivername="postgresql")
        patch.setenv("EQUITY_DATABASE_URL", address.render_as_string(hide_password=False))
        patch.setenv("EQUITY_HOME", str(home))
        patch.setenv("STREAMLIT_SECRETS_FILES", str(folder / "secrets.toml"))
        (folder / "secrets.toml").write_text(AUTH, encoding="utf-8")
        small_home(folder)
        (home / "sample_loaded").touch()
        for name in ("one", "other"):
            (folder / name).mkdir()
        database = workspace_database()
        join(database, "owner")
        with running_server(folder / "one", home) as one, running_server(folder / "other", home) as other:
            owner = claims("owner")
            with session(one.url, owner) as first, session(other.url, owner) as second:
                yield Two(first, second, home, database)
        database.close()


def load_by_the_page(held: Session, content: str) -> str:
    """Upload a file through the server's own route and load it on the page; what the page says then."""
    ticket = held.open("upload").ticket()
    status, answer = held.upload(ticket, "measles.csv", content.encode())
    assert status == 200
    drawn = held.arrived("upload", answer["id"])
    drawn = held.press("upload", next(name for name in drawn.fragments if name.endswith("-load")))
    end = time.monotonic() + LONGEST_LOAD
    while "is loaded" not in drawn.text and time.monotonic() < end:
        time.sleep(0.2)
        drawn = held.open("upload")
    return drawn.text


def test_both_say_to_the_balancer_that_they_can_serve(two: Two) -> None:
    for held in (two.one, two.other):
        with urllib.request.urlopen(f"{held.url}/api/health") as answer:
            assert json.load(answer) == {"status": "ok", "folder": "ok", "disk": "ok", "store": "ok", "sample": "ready"}


def test_an_upload_on_one_is_seen_on_the_other_and_so_is_its_next_version_and_its_end(two: Two, tmp_path: Path) -> None:
    assert MEASLES not in two.other.open("datasets").text
    assert f"“{MEASLES}” is loaded" in load_by_the_page(two.one, ROWS)
    assert "Version 1: 6 rows read" in two.other.open("datasets").text
    asked = f"dataset={MEASLES}&measure={MEASLES}&by=race".replace(" ", "+")
    first = two.other.open("disparities", asked).text
    assert ("Black" in first, "2022" in first, "2023" in first) == (True, True, False)
    more = tmp_path / "measles.csv"
    more.write_text(f"{ROWS}{MEASLES},2023,Black,11,120000\n", encoding="utf-8")
    assert run(["load", str(more), "--dataset", MEASLES]) == 0  # a third process beside the servers
    for held in (two.one, two.other):
        assert "Version 2: 7 rows read" in held.open("datasets").text
        with session(held.url, claims("owner")) as anew:  # a question keeps its year while somebody looks at it
            assert "2023" in anew.open("disparities", asked).text
    plan, policy = Plan(("race",), "year", "none"), policy_of("cms")
    left = make_release(two.database, two.home, HOME_WORKSPACE, MEASLES, plan, policy, by=LOCAL_OWNER)
    stays = f"Release {left.id}, made {left.created[:10]}: 0 open links, 0 replies."
    key = next(d.folder.name for d in datasets(two.home) if d.name == MEASLES)
    drawn = two.other.press("datasets", two.other.open("datasets").widget(f"delete_{key}"))
    button = drawn.widget("delete_for_good")
    with held_for_loading(two.home, MEASLES):  # somebody else is loading into it
        said = two.other.press("datasets", button, drawn.fragments[button]).text
        assert "is being loaded right now" in said
    assert stays in drawn.text
    deleted = two.other.press("datasets", button, drawn.fragments[button]).text
    assert ("Removed" in deleted, stays in deleted) == (True, True)
    assert [d.name for d in datasets(two.home)] == [DATASET]
    assert MEASLES not in two.one.open("datasets").text
    assert f"no dataset “{MEASLES}”" in two.one.open("disparities", asked).text


def test_words_written_on_one_are_drawn_on_the_other(two: Two) -> None:
    drawn = two.one.press("trends", two.one.open("trends").widget("tool_event"))
    button, words = drawn.widget("FormSubmitter:annotate"), drawn.widget("event_words")
    two.one.press("trends", button, drawn.fragments[button], **{words: "Interpreters in every clinic"})
    assert [a.words for a in annotations_in(two.database, HOME_WORKSPACE)] == ["Interpreters in every clinic"]
    assert "Interpreters in every clinic" in two.other.open("trends").text


def test_a_link_closed_on_one_is_closed_on_the_other_at_once(two: Two) -> None:
    plan, policy = Plan(("race",), "year", "none"), policy_of("cms")
    release = make_release(two.database, two.home, HOME_WORKSPACE, DATASET, plan, policy, by=LOCAL_OWNER)
    link, token = make_link(two.database, HOME_WORKSPACE, release.id, by=LOCAL_OWNER, title="For the board")
    closed = [english.TEXTS[key] for key in ("link.closed", "link.closed_now", "link.closed_meanwhile")]
    with session(two.one.url) as here, session(two.other.url) as there:
        for reading in (here, there):
            assert f"Release {release.id}" in reading.open("", f"link={token}").text
        drawn = two.one.press("releases", two.one.open("releases").widget(f"close_{link.id}"))
        button = drawn.widget("close_for_good")
        two.one.press("releases", button, drawn.fragments[button])
        for reading in (there, here):
            said = reading.open("", f"link={token}").text
            assert any(sentence in said for sentence in closed)
            assert f"Release {release.id}" not in said


def test_a_role_taken_away_on_one_is_gone_on_the_other(two: Two) -> None:
    person = people.remember_person(two.database, claims("Kim")["iss"], "Kim", name="Kim", email="kim@example.org")
    _, code = people.invite(two.database, HOME_WORKSPACE, "kim@example.org", "analyst", by=LOCAL_OWNER)
    people.accept_invitation(two.database, code, by=person)
    with session(two.other.url, claims("Kim")) as held:
        ticket = held.open("upload").ticket()
        people.change_role(two.database, HOME_WORKSPACE, person.id, "leader", seen="analyst", by=LOCAL_OWNER)
        assert "As a leader you may not" in held.open("upload").text
        assert held.upload(ticket, "measles.csv", ROWS.encode())[0] == 403


def test_a_server_that_is_killed_loses_nothing_that_it_said_was_saved(two: Two, tmp_path: Path) -> None:
    said: list[str] = []
    with running_server(tmp_path, two.home) as third, suppress(ConnectionClosed):
        killer = threading.Thread(target=kill_once_busy, args=(third.pid, said))
        killer.start()
        with session(third.url, claims("owner")) as held:
            drawn = held.press("trends", held.open("trends").widget("tool_event"))
            for number in range(1_000):
                button, words = drawn.widget("FormSubmitter:annotate"), drawn.widget("event_words")
                held.press("trends", button, drawn.fragments[button], **{words: f"Word {number}"})
                said.append(f"Word {number}")  # the answer is here, and with it the promise
                drawn = held.press("trends", held.open("trends").widget("tool_event"))
    killer.join()
    kept = {a.words for a in annotations_in(two.database, HOME_WORKSPACE) if a.words.startswith("Word ")}
    assert set(said) <= kept <= {*said, f"Word {len(said)}"}  # one may be kept just before it could be said
    assert two.other.open("trends").text.count("Word ") > 0
    assert audit_log.held_against_chain(two.database).broken is None


def kill_once_busy(pid: int, said: list[str]) -> None:
    """Kill a server some time after it has answered three times."""
    while len(said) < 3:
        time.sleep(0.01)
    time.sleep(random.Random(7).random())
    os.kill(pid, signal.SIGKILL)


def test_an_upload_needs_the_server_that_opened_its_page(two: Two) -> None:
    status, answer = two.other.upload(two.one.open("upload").ticket(), "measles.csv", ROWS.encode())
    assert (status, "reload it" in answer["error"]) == (403, True)
