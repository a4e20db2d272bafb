"""A link from making to closing, and the one page that it opens: by AppTest, as somebody who has not signed in."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from equity.release.plan import Plan
from equity.release.policy import policy_of
from equity.release.shelf import Release
from equity.sharing import delete_dataset, make_release, previous_release, release_in, releases_in, take_back
from equity.store.workspace import links as link_store
from equity.store.workspace.audit_log import entries
from equity.store.workspace.database import Database, workspace_database
from equity.store.workspace.links import Link, links_in, make_link, revoke_link
from equity.store.workspace.people import remember_person
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.replies import replies_to
from equity.store.workspace.workspaces import HOME_WORKSPACE, make_workspace
from equity.ui.sharing.released import csv_of_release
from equity.vocabulary import PlainError
from tests.pages.opened import html_of
from tests.pages.people import DATASET, RACES, app_for, claims, join, opened_as, small_home

PLAN = Plan(("race", "site"), "year", "all")


@dataclass(frozen=True)
class Shared:
    """A home folder with two releases of the small dataset, the second after more data came."""

    home: Path
    database: Database
    first: Release
    second: Release


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    folder = tmp_path_factory.mktemp("shared")
    with pytest.MonkeyPatch.context() as patch:
        home = folder / "home"
        patch.setenv("EQUITY_HOME", str(home))
        small_home(folder, years=3)
        database = workspace_database()
        join(database, "owner")
        join(database, "leader")
        policy = policy_of("cms")
        first = make_release(database, home, HOME_WORKSPACE, DATASET, PLAN, policy, by=LOCAL_OWNER)
        small_home(folder, years=4)
        second = make_release(database, home, HOME_WORKSPACE, DATASET, PLAN, policy, by=LOCAL_OWNER)
        yield Shared(home, database, first, second)
    st.cache_data.clear()
    st.cache_resource.clear()


def link_to(shared: Shared, **how: object) -> tuple[Link, str]:
    release = how.pop("release", shared.second)
    assert isinstance(release, Release)
    given = {"by": LOCAL_OWNER, "title": "Board, autumn", **how}
    return make_link(shared.database, HOME_WORKSPACE, release.id, **given)  # type: ignore[arg-type]


def read(token: str) -> AppTest:
    return app_for(None, link=token).run()


def test_the_page_says_the_finding_the_numbers_what_changed_what_is_hidden_and_what_is_asked(shared: Shared) -> None:
    asks = "Could evening clinics open in the spring? <b>Tell us</b>"
    _, token = link_to(shared, choices=json.dumps({"by": "race", "asks": asks}))
    app = read(token)
    assert not app.exception
    text = html_of(app)
    assert "Black patients" in text
    assert "would have had" in text or "% of Black patients" in text
    assert "too small to show is not too small to matter" in text.lower()
    assert "Native Hawaiian" in text
    assert "The last release" in text or "the last release" in text
    assert "Could evening clinics open in the spring? &lt;b&gt;Tell us&lt;/b&gt;" in text
    assert "Counts below 11 are hidden" in text
    assert "lens-few" in text
    assert "Controlled blood pressure by race and ethnicity, 2024. Compared with " in text
    assert 'aria-label="How sure"' in text
    assert re.findall(r"<h([1-6])", text) == ["1", "2", "2", "2", "2"]
    assert text.index('class="lens-answer"') < text.index("Could evening clinics") < text.index("lens-few")
    assert "Board, autumn" not in text  # the team's own name for the link
    assert "range " in text
    assert 'class="lens-line"' in text
    assert [button.label for button in app.button] == ["Send"]


def test_a_link_opens_its_release_and_no_other_page(shared: Shared) -> None:
    _, token = link_to(shared)
    for name in ("home", "disparities", "datasets", "releases", "audit_log", "team", "upload"):
        app = read(token)
        with pytest.raises(ValueError, match=r"Known pages: \['[^']+/leader.py', '[^']+/leader.py'\]"):
            app.switch_page(f"../../pages/{name}.py")


def test_a_hidden_cell_is_empty_in_the_file(shared: Shared) -> None:
    cells = shared.second.cells()
    assert (cells["shown"] == "hidden").any()
    assert cells.loc[cells["shown"] == "hidden", ["n", "x"]].isna().all(axis=None)
    table = pd.read_csv(io.BytesIO(csv_of_release(shared.second.id)))
    assert table.loc[table["shown"] == "hidden", ["n", "x", "rate"]].isna().all(axis=None)


def test_a_link_is_counted_replied_to_and_closed(shared: Shared) -> None:
    link, token = link_to(shared)
    app = read(token)
    app.run()
    app.text_input(key="reply_name").set_value("Lee <i>")
    app.text_area(key="reply_words").set_value("=1+1 We will try.")
    app.button[0].click().run()
    assert "Thank you" in html_of(app)
    found = replies_to(shared.database, HOME_WORKSPACE, shared.second.id)[-1]
    assert (found.name, found.words, found.link_id) == ("Lee <i>", "=1+1 We will try.", link.id)
    kept = next(each for each in links_in(shared.database, HOME_WORKSPACE) if each.id == link.id)
    assert kept.opened_count == 1
    revoke_link(shared.database, HOME_WORKSPACE, link.id, by=LOCAL_OWNER)
    app.run()
    assert "closed meanwhile" in html_of(app)
    assert "Black patients" not in html_of(app)
    again = read(token)
    assert "closed by the team" in html_of(again)
    assert "Black" not in html_of(again)


def test_tampered_foreign_and_expired_links_are_refused_plainly(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = link_to(shared)
    tampered = token[:-1] + ("A" if token[-1] != "A" else "B")
    for wrong in (tampered, "../../etc/passwd", "<script>", shared.second.id, "x" * 9000):
        app = read(wrong)
        assert not app.exception
        assert "opens nothing" in html_of(app)
        assert "Black" not in html_of(app)
    monkeypatch.setattr(link_store, "now", lambda: dt.datetime.now(dt.UTC) + dt.timedelta(days=91))
    assert "was open until" in html_of(read(token))


def test_a_passcode_is_asked_for_first(shared: Shared) -> None:
    _, token = link_to(shared, passcode="blue heron")
    app = read(token)
    assert "type the passcode" in html_of(app)
    assert "Black" not in html_of(app)
    app.text_input(key="passcode").set_value("red heron")
    app.button[0].click().run()
    assert "not the passcode" in html_of(app)
    app.text_input(key="passcode").set_value("blue heron")
    app.button[0].click().run()
    assert "Black patients" in html_of(app)


def test_a_revoked_release_closes_its_links_and_its_numbers(shared: Shared) -> None:
    policy = policy_of("cms", 12)
    extra = make_release(shared.database, shared.home, HOME_WORKSPACE, DATASET, PLAN, policy, by=LOCAL_OWNER)
    assert previous_release(shared.database, shared.home, HOME_WORKSPACE, extra) is None
    link, token = link_to(shared, release=extra)
    app = read(token)
    assert "Black patients" in html_of(app)
    assert take_back(shared.database, shared.home, HOME_WORKSPACE, extra.id, by=LOCAL_OWNER) == 1
    app.run()
    assert "Black patients" not in html_of(app)
    with pytest.raises(PlainError, match="revoked"):
        csv_of_release(extra.id)
    said = [entry.action for entry in entries(shared.database, HOME_WORKSPACE)[:3]]
    assert said[0] == "release_revoked"
    assert link.id


def test_a_release_of_one_workspace_is_no_release_to_another(shared: Shared) -> None:
    rival = remember_person(shared.database, "https://id.example.org", "Rival", name="Rival", email="r@example.org")
    elsewhere = make_workspace(shared.database, "Across the street", by=rival)
    with pytest.raises(PlainError, match="no such release"):
        release_in(shared.database, shared.home, elsewhere.id, shared.second.id)
    with pytest.raises(PlainError, match="no such release"):
        take_back(shared.database, shared.home, elsewhere.id, shared.second.id, by=rival)
    with pytest.raises(PlainError, match="no dataset"):
        delete_dataset(shared.database, shared.home, elsewhere.id, DATASET, by=rival)
    with pytest.raises(PlainError, match="no dataset"):
        make_release(shared.database, shared.home, elsewhere.id, DATASET, PLAN, policy_of("cms"), by=rival)
    app = opened_as(claims("Rival", email="r@example.org"), "leader")
    assert "There is no release yet" in html_of(app)


@pytest.mark.parametrize("path", ["../datasets", "..", "/etc/passwd", "a" * 12, "%2e%2e", "\x00", ""])
def test_a_path_is_no_release(shared: Shared, path: str) -> None:
    with pytest.raises(PlainError, match="no such release"):
        release_in(shared.database, shared.home, HOME_WORKSPACE, path)


def test_a_leader_who_signed_in_reads_releases_and_answers_under_their_name(shared: Shared) -> None:
    app = opened_as(claims("leader"), "leader")
    assert not app.exception
    assert "Black patients" in html_of(app)
    app.text_area(key="reply_words").set_value("We hear you.")
    app.button(key="FormSubmitter:reply-Send").click().run()
    found = replies_to(shared.database, HOME_WORKSPACE, shared.second.id)[-1]
    assert (found.name, found.words, found.link_id) == ("leader", "We hear you.", "")
    assert "release_read" in {entry.action for entry in entries(shared.database, HOME_WORKSPACE)}


def test_the_page_of_releases_shows_audit_links_and_replies(shared: Shared) -> None:
    link_to(shared, title="=HYPERLINK('x') <img src=x>")
    app = opened_as(claims("owner"), "releases")
    assert not app.exception
    text = html_of(app)
    assert shared.second.id in text
    assert "hidden counts were checked" in text
    assert "&lt;img src=x&gt;" in text
    assert set(RACES) & set(" ".join(str(frame.value) for frame in app.dataframe).split()) == set()


def until_over(app: AppTest, job: str) -> None:
    deadline = time.monotonic() + 60
    while not app.session_state[job].is_over:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    app.run()


def test_a_look_ahead_writes_nothing_and_says_what_would_be_hidden(shared: Shared) -> None:
    before = len(releases_in(shared.database, shared.home, HOME_WORKSPACE))
    app = opened_as(claims("owner"), "releases")
    app.button(key="look_ahead").click().run()
    until_over(app, "looking_ahead")
    assert not app.exception
    assert "cells would be shown" in html_of(app)
    assert "What a coarser plan would keep" in html_of(app)
    assert len(releases_in(shared.database, shared.home, HOME_WORKSPACE)) == before


def test_freezing_needs_the_attestation_and_then_the_release_is_there(shared: Shared) -> None:
    before = len(releases_in(shared.database, shared.home, HOME_WORKSPACE))
    app = opened_as(claims("owner"), "releases")
    assert app.button(key="freeze").proto.disabled
    app.checkbox[0].check().run()
    assert not app.button(key="freeze").proto.disabled
    app.button(key="freeze").click().run()
    until_over(app, "freezing")
    assert not app.exception
    found = releases_in(shared.database, shared.home, HOME_WORKSPACE)
    assert len(found) == before + 1
    assert found[0].attested_by == "owner"
    assert f"Release {found[0].id} is made" in html_of(app)
    take_back(shared.database, shared.home, HOME_WORKSPACE, found[0].id, by=LOCAL_OWNER)


def test_a_link_made_on_the_page_opens_what_it_says(shared: Shared) -> None:
    app = opened_as(claims("owner"), "releases")
    key = shared.second.id
    app.text_input(key=f"link_title_{key}").set_value("Board")
    app.selectbox(key=f"link_by_{key}").set_value("site")
    app.text_area(key=f"link_asks_{key}").set_value("Which site first?")
    app.button(key=f"FormSubmitter:new_link_{key}-Make a link").click().run()
    assert not app.exception
    token = app.code[0].value.rpartition("link=")[2]
    opened = read(token)
    assert "Which site first?" in html_of(opened)
    assert "patients at" in html_of(opened).lower()


def test_the_page_is_read_in_spanish_where_the_address_says_so_and_switched_back(shared: Shared) -> None:
    _, token = link_to(shared)
    app = app_for(None, link=token, lang="es").run()
    said = html_of(app)
    assert not app.exception
    assert "Qué no se muestra y por qué" in said
    assert "Qué cambió desde la última publicación" in said
    assert [box.label for box in app.selectbox] == ["Medida", "Agrupar por"]
    assert app.button_group(key="reader_language").value == "es"
    app.button_group(key="reader_language").select("en").run()
    assert "What is not shown, and why" in html_of(app)


def test_the_passcode_is_asked_for_in_spanish(shared: Shared) -> None:
    _, token = link_to(shared, passcode="blue heron")
    app = app_for(None, link=token, lang="es").run()
    assert "Escriba la clave que recibió con este enlace." in html_of(app)
    assert app.text_input[0].label == "Clave"
