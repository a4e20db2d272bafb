"""The page Audit log: a page of entries at a time, by kind and by person, and what a check of all of it found."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import event, text
from streamlit.testing.v1 import AppTest

from equity.server import sample_data
from equity.store.workspace.audit_log import check, entries, record
from equity.store.workspace.database import Database, workspace_database
from equity.store.workspace.person import LOCAL_OWNER, Person
from equity.store.workspace.workspaces import HOME_WORKSPACE
from tests.pages.opened import html_of
from tests.pages.people import opened_as

ADA = Person("ada", "Ada", "", "", "")


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("EQUITY_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    monkeypatch.setattr(sample_data.STATUS, "state", "ready")  # no sample is waited for
    opened = workspace_database()
    for number in range(215):
        record(opened, HOME_WORKSPACE, ADA if number % 10 == 0 else LOCAL_OWNER, "exported", f"slides {number}")
    record(opened, HOME_WORKSPACE, None, "link_opened", "r1")
    return opened


def page() -> AppTest:
    return opened_as(None, "audit_log", secrets={"other": {"a": "b"}})


def subjects(app: AppTest) -> list[str]:
    assert not app.exception
    return list(app.dataframe[0].value["Of what"])


def test_a_page_at_a_time_by_kind_and_by_person(database: Database) -> None:
    app = page()
    assert subjects(app) == ["r1", *(f"slides {number}" for number in range(214, 115, -1))]
    assert app.button("audit_newer").disabled
    app.button("audit_older").click().run()
    assert subjects(app) == [f"slides {number}" for number in range(115, 15, -1)]
    assert "Entries 101 to 200, the newest first." in html_of(app)
    app.button("audit_older").click().run()
    assert subjects(app) == [f"slides {number}" for number in range(15, -1, -1)]
    assert app.button("audit_older").disabled
    app.button("audit_newer").click().run()
    assert subjects(app)[0] == "slides 115"
    app.selectbox("audit_kind").set_value("=link_opened").run()
    assert subjects(app) == ["r1"]
    app.selectbox("audit_kind").set_value("=exported").run()
    app.selectbox("audit_person").set_value("=ada").run()
    assert subjects(app) == [f"slides {number}" for number in range(210, -1, -10)]
    assert app.selectbox("audit_person").options == ["Everybody", "A reader with a link", "Ada", "The local owner"]


def test_a_page_reads_no_more_of_the_log_than_it_shows(database: Database) -> None:
    app = page()
    read: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *said: read.append(said[2]))
    app.run()
    of_the_log = [statement for statement in read if "audit_log" in statement]
    assert len(of_the_log) == 4  # the last check, the people, the kinds, and this page
    assert sum("LIMIT" in statement for statement in of_the_log) == 3
    assert sum("min(" in statement for statement in of_the_log) == 2


def test_a_check_is_made_when_somebody_asks_and_says_when_it_was(database: Database) -> None:
    app = page()
    assert "Nobody has checked yet" in html_of(app)
    app.button("audit_check").click().run()
    assert "UTC (The local owner): all 216 entries were as they were written." in html_of(app)
    assert entries(database, HOME_WORKSPACE)[0].action == "log_checked"
    with database.writing() as session:
        session.execute(text("DROP TRIGGER audit_log_no_update"))
        session.execute(text("UPDATE audit_log SET subject = 'another' WHERE id = 7"))
    check(database, HOME_WORKSPACE, ADA)
    assert "Entry 7 was changed outside this program: it is not as it was written" in html_of(app.run())
