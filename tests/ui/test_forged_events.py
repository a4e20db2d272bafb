"""Role × action against a running server with sign-in on, by whoever sends what no page offers them (any more).

A dialog that is open is drawn again without the page around it, and a download is made without a page at all: so each
of these is pressed by somebody whose role was taken away while it was open. The same press by somebody who may is
carried out, which shows that the press arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import Release, find
from equity.sharing import make_release
from equity.store.files.earlier_versions import roll_back
from equity.store.files.versions import dataset, datasets
from equity.store.records.annotations import annotations_in
from equity.store.records.chart_frames import frames_of_dataset
from equity.store.workspace import audit_log, people
from equity.store.workspace.database import Database, workspace_database
from equity.store.workspace.person import LOCAL_OWNER, Person, Role
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.browser.server import Server, running_server
from tests.pages.people import DATASET, claims, join, small_home
from tests.ui.signed_in import AUTH, Session, session


@dataclass
class Place:
    """A server with sign-in on, its store, one release, and the person whose role changes."""

    server: Server
    database: Database
    release: Release
    person: Person

    def becomes(self, role: Role) -> None:
        """Give the person another role, as an owner does on another screen."""
        now = people.role_of(self.database, HOME_WORKSPACE, self.person.id)
        if now is not None and now != role:
            people.change_role(self.database, HOME_WORKSPACE, self.person.id, role, seen=now, by=LOCAL_OWNER)

    def state(self) -> tuple[object, ...]:
        """All that the presses below could change."""
        frames = frames_of_dataset(self.database, HOME_WORKSPACE, DATASET)
        held = [(d.name, d.current.number) for d in datasets(self.server.home)]
        revoked = find(self.server.home, self.release.id).revoked
        return frames, annotations_in(self.database, HOME_WORKSPACE), held, revoked


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("forged")
    home = folder / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(home))
        patch.setenv("STREAMLIT_SECRETS_FILES", str(folder / "secrets.toml"))
        (folder / "secrets.toml").write_text(AUTH, encoding="utf-8")
        small_home(folder)
        (home / "sample_loaded").touch()
        roll_back(home, DATASET, 1)
        database = workspace_database()
        release = make_release(
            database, home, HOME_WORKSPACE, DATASET, Plan(("race",), "year", "none"), policy_of("cms"), by=LOCAL_OWNER
        )
        person = join(database, "owner")
        join(database, "analyst")
        with running_server(folder, home) as server:
            yield Place(server, database, release, person)


@pytest.fixture
def opened(place: Place) -> Iterator[Session]:
    place.becomes("owner")
    with session(place.server.url, claims("owner")) as held:
        yield held


DIALOGS: dict[str, tuple[str, str, str, dict[str, str | float]]] = {
    "freeze a baseline": ("trends", "tool_baseline", "FormSubmitter:freeze-Freeze", {}),
    "split a phase": ("trends", "tool_phase", "FormSubmitter:split-Split", {"split_reason": "A new protocol"}),
    "leave a point out": ("trends", "tool_excluded", "FormSubmitter:leave_out", {"leave_out_reason": "A strike"}),
    "set a target": ("trends", "tool_target", "FormSubmitter:target-Draw", {"target_value": 90.0}),
    "annotate": ("trends", "tool_event", "FormSubmitter:annotate", {"event_words": "New interpreters"}),
    "revoke a release": ("releases", "revoke_", "revoke_for_good", {}),
    "delete a dataset": ("datasets", "-delete_", "delete_for_good", {}),
}


@pytest.mark.parametrize("wish", DIALOGS)
def test_a_dialog_that_is_still_open_does_nothing_for_who_may_not_any_more(
    place: Place, opened: Session, wish: str
) -> None:
    page, opener, button, values = DIALOGS[wish]
    drawn = opened.press(page, opened.open(page).widget(opener))
    pressed = drawn.widget(button)
    given = {drawn.widget(key): value for key, value in values.items()}
    before = place.state()
    takes_data_away = page != "trends"
    place.becomes("member" if takes_data_away else "leader")
    refused = opened.press(page, pressed, drawn.fragments[pressed], **given)
    assert "you may not" in refused.text
    assert place.state() == before
    if not takes_data_away:  # the same press by somebody who may is carried out
        place.becomes("member")
        opened.press(page, pressed, drawn.fragments[pressed], **given)
        assert place.state() != before


def test_who_was_taken_out_of_the_workspace_changes_nothing(place: Place, opened: Session) -> None:
    drawn = opened.press("trends", opened.open("trends").widget("tool_event"))
    button, words = drawn.widget("FormSubmitter:annotate"), drawn.widget("event_words")
    before = place.state()
    people.remove_member(place.database, HOME_WORKSPACE, place.person.id, by=LOCAL_OWNER)
    refused = opened.press("trends", button, drawn.fragments[button], **{words: "I was here"})
    assert "in no workspace" in refused.text
    assert place.state() == before
    join(place.database, "owner")


@pytest.mark.parametrize("page", ["datasets", "settings", "trends"])
def test_a_page_that_is_still_open_is_refused_with_the_next_press(place: Place, opened: Session, page: str) -> None:
    drawn = opened.open(page)
    buttons = [
        name
        for name in drawn.fragments
        if any(key in name for key in ("-back_", "FormSubmitter:invite", "-close", "tool_"))
    ]
    before = place.state(), people.invitations(place.database, HOME_WORKSPACE)
    place.becomes("leader")
    for name in buttons[:2]:
        assert "As a leader you may not" in opened.press(page, name).text
    assert (place.state(), people.invitations(place.database, HOME_WORKSPACE)) == before
    assert buttons


@pytest.mark.parametrize(("page", "least"), [("disparities", 6), ("audit-log", 1), ("datasets", 1)])
def test_every_download_is_logged_and_refused_to_who_may_not_any_more(
    place: Place, opened: Session, page: str, least: int
) -> None:
    def exports() -> list[str]:
        return [e.subject for e in audit_log.entries(place.database, HOME_WORKSPACE) if e.action == "exported"]

    drawn = opened.open(page)
    closed = [name for name in drawn.fragments if "-table_" in name or "-take_" in name]
    files = opened.unfold(page, *closed).files if closed else drawn.files
    assert len(files) >= least
    assert all(files.values()), "a file that is made when the page is drawn is neither asked for nor logged"
    for number, file in enumerate(files.values(), start=1):
        before = len(exports())
        assert len(opened.download(file)) > 100, number
        assert len(exports()) == before + 1
    told = exports()
    place.becomes("leader")
    assert [opened.download(file) for file in files.values()] == [b""] * len(files)
    assert exports() == told


def test_an_upload_is_for_the_person_who_opened_the_page_and_may(place: Place, opened: Session) -> None:
    ticket = opened.open("upload").ticket()
    rows = b"measure,year,race,x,n\nVisits,2024,A,5,10\n"
    assert opened.upload(ticket, "visits.csv", rows)[0] == 200
    with session(place.server.url, claims("analyst")) as other, session(place.server.url) as nobody:
        assert other.upload(ticket, "visits.csv", rows)[0] == 403
        assert nobody.upload(ticket, "visits.csv", rows)[0] == 403
        assert other.upload(other.open("upload").ticket(), "visits.csv", rows)[0] == 200
    place.becomes("member")
    status, answer = opened.upload(ticket, "visits.csv", rows)
    assert (status, "may not upload" in answer["error"]) == (403, True)
    assert dataset(place.server.home, DATASET).current.number == 2


def test_a_cookie_that_was_tampered_with_signs_nobody_in(place: Place) -> None:
    tampering: list[Callable[[str], str]] = [
        lambda signed: signed[:-2] + ("AA" if not signed.endswith("AA") else "BB"),
        lambda signed: "x" + signed,
        lambda signed: signed.replace(".", ".x", 1),
    ]
    for tamper in tampering:
        with session(place.server.url, claims("analyst"), tamper=tamper) as held:
            assert "Please sign in." in held.open("datasets").text
            assert held.upload("made up", "visits.csv", b"a,b\n1,2\n")[0] == 403
