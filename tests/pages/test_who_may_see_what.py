"""Role × page × action: refused at the server, and not only unlisted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
import streamlit as st

from equity.access.roles import Action
from equity.store.workspace import people
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER, ROLES, Role
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.ui.page_registry import ENTRIES
from tests.pages.drawn_charts import charts_of
from tests.pages.opened import html_of
from tests.pages.people import DATASET, app_for, claims, join, opened_as, small_home

TEAM_PAGES = set(ENTRIES) - {"upload", "audit_log"}
SEES: dict[str, set[str]] = {
    "owner": set(ENTRIES),
    "analyst": set(ENTRIES) - {"audit_log"},
    "member": TEAM_PAGES,
    "leader": {"leader"},
    "facilitator": {"leader", "network"},
}
DATA_WORK = {"upload", "load", "roll_back", "delete_dataset", "create_release", "revoke_release", "make_link"}
DATA_WORK |= {"revoke_link", "share_with_network", "write_sql"}
OWNERS = {"lead_network", "rename_workspace", "delete_workspace", "manage_people", "read_audit_log"}
READERS = {"read_release", "export_release", "reply_to_release", "read_shared"}
EVERY: set[str] = set(get_args(Action))
DOES: dict[str, set[str]] = {
    "owner": EVERY,
    "analyst": EVERY - OWNERS,
    "member": EVERY - OWNERS - DATA_WORK,
    "leader": READERS | {"answer_reflection"},
    "facilitator": READERS | {"see_network", "lead_network"},
}
ASK_ALL = """
import streamlit as st
from typing import get_args
from equity.access.roles import Action
from equity.access.may import NotAllowed
from equity.ui.session import sign_in
for action in get_args(Action):
    try:
        sign_in.require(action)
        st.text(action)
    except NotAllowed as refused:
        st.caption(str(refused))
"""


@pytest.fixture(scope="module", autouse=True)
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("team")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EQUITY_HOME", str(folder / "home"))
        small_home(folder)
        for role in ROLES:
            join(workspace_database(), role)
        yield
    st.cache_data.clear()
    st.cache_resource.clear()


def refused(text: str) -> bool:
    return "lens-problem" in text and "may not" in text


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_shown_or_refused_by_role(role: Role) -> None:
    for name, entry in ENTRIES.items():
        app = opened_as(claims(role), name)
        assert not app.exception, (role, name)
        text = html_of(app)
        if name in SEES[role]:
            assert not refused(text), (role, name)
        elif entry.url:
            assert refused(text), (role, name)
            assert not app.dataframe, (role, name)
            assert not charts_of(app), (role, name)
            assert DATASET not in text, (role, name)


@pytest.mark.parametrize("role", ["leader", "facilitator"])
def test_a_readers_home_is_the_leader_view(role: Role) -> None:
    app = app_for(claims(role)).run()
    assert "Leader view" in html_of(app)
    assert not charts_of(app)


@pytest.mark.parametrize("role", ROLES)
def test_every_action_is_done_or_refused_by_role(role: Role) -> None:
    from streamlit.testing.v1 import AppTest

    app = AppTest.from_string(ASK_ALL)
    app.secrets, app.user = app_for(None).secrets, claims(role)
    app.run()
    assert {text.value for text in app.text} == DOES[role]
    assert all("ask an owner" in caption.value for caption in app.caption)


@pytest.mark.parametrize("name", ENTRIES)
def test_who_has_not_signed_in_sees_the_way_in_and_nothing_else(name: str) -> None:
    app = opened_as(None, name)
    assert not app.exception
    text = html_of(app)
    assert "Please sign in." in text
    assert DATASET not in text
    assert [button.label for button in app.button] == ["Sign in"]
    assert not app.dataframe
    assert not app.selectbox


def test_who_is_in_no_workspace_sees_no_page_and_can_join_with_a_code() -> None:
    app = opened_as(claims("Zoe"), "disparities")
    assert "You are in no workspace yet." in html_of(app)
    assert DATASET not in html_of(app)
    _, code = people.invite(workspace_database(), HOME_WORKSPACE, "ZOE@example.org", "member", by=LOCAL_OWNER)
    app.text_input(key="invitation_code").set_value("wrong")
    app.button[0].click().run()
    assert "not open any more" in html_of(app)
    app.text_input(key="invitation_code").set_value(code)
    app.button[0].click().run()
    assert not app.exception
    assert "no workspace" not in html_of(app)
    stolen = opened_as(claims("Mallory"), "home")
    stolen.text_input(key="invitation_code").set_value(code)
    stolen.button[0].click().run()
    assert "not open any more" in html_of(stolen)


@pytest.mark.parametrize(
    "forged",
    [
        {"role": "owner", "roles": ["owner"], "groups": ["owner", "admin"], "workspace": "home"},
        {"sub": "owner", "iss": "https://elsewhere.example.org", "email": "owner@example.org"},
        {"iss": "local", "sub": "owner"},
        {"iss": "LOCAL ", "sub": "owner"},
        {"is_logged_in": "true", "sub": "owner"},
        {"is_logged_in": 1, "sub": "owner"},
        {"iss": None, "sub": "owner"},
        {"sub": "../owner"},
    ],
    ids=str,
)
def test_forged_claims_open_nothing(forged: dict[str, object]) -> None:
    app = opened_as({**claims("leader"), **forged}, "audit_log")
    text = html_of(app)
    assert "Audit log" not in text or refused(text)
    assert not app.dataframe


def test_a_role_that_was_taken_away_is_gone_with_the_next_click() -> None:
    database = workspace_database()
    person = people.remember_person(database, "https://id.example.org", "Kim", name="Kim", email="kim@example.org")
    _, code = people.invite(database, HOME_WORKSPACE, "kim@example.org", "owner", by=LOCAL_OWNER)
    people.accept_invitation(database, code, by=person)
    app = opened_as(claims("Kim"), "audit_log")
    assert app.dataframe
    people.change_role(database, HOME_WORKSPACE, person.id, "leader", seen="owner", by=LOCAL_OWNER)
    app.run()
    assert refused(html_of(app))
    assert not app.dataframe
    people.remove_member(database, HOME_WORKSPACE, person.id, by=LOCAL_OWNER)
    assert "no workspace" in html_of(app.run())


def test_another_workspace_sees_none_of_these_datasets() -> None:
    database = workspace_database()
    owner = people.remember_person(database, "https://id.example.org", "Rival", name="Rival", email="r@example.org")
    make_workspace(database, "Across the street", by=owner)
    for name in ("datasets", "disparities", "releases"):
        rival = claims("Rival", email="r@example.org")
        app = opened_as(rival, name, dataset=DATASET, measure="Controlled blood pressure")
        assert not app.exception
        text = html_of(app)
        assert "Harbor" not in text
        assert f"“{DATASET}”, version" not in text
        assert not charts_of(app)
        assert not app.dataframe


def test_without_sign_in_there_is_one_local_owner_and_the_page_says_so() -> None:
    app = app_for({"is_logged_in": True, "sub": "nobody"}, secrets={"other": {"a": "b"}}).run()
    app.switch_page("../../pages/settings.py").run()
    text = html_of(app)
    assert "No sign-in is configured" in text
    assert "local owner" in text
    assert "Sign out" not in [button.label for button in app.button]
