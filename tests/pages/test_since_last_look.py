"""A page says what is new since its reader last looked at the data; the first time, and the same day again, nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from equity.access.here import Here
from equity.actions import looking
from equity.server.sample_data import SAMPLE
from equity.store.workspace.database import workspace_database
from equity.store.workspace.person import LOCAL_OWNER
from equity.store.workspace.workspaces import HOME_WORKSPACE
from equity.words.days import describe_day
from tests.pages.opened import Open, html_of

NEW = "New since you last looked"


def test_a_later_version_is_said_once_and_the_look_is_kept(open_page: Open, home: Path) -> None:
    assert home
    here = Here(workspace_database(), HOME_WORKSPACE, LOCAL_OWNER)
    assert NEW not in html_of(open_page("disparities", dataset=SAMPLE))
    held = looking.last_look(here, SAMPLE)
    assert held is not None
    assert held.version == 1

    looking.have_looked(here, SAMPLE, 7, "before this version was made")
    app = open_page("disparities", dataset=SAMPLE)
    assert (
        f"{NEW} ({describe_day(dt.date.fromisoformat(held.day))}, version 7): the data are version 1 now."
        in html_of(app)
    )
    assert NEW in html_of(app.run())  # as long as this session lasts
    assert NEW not in html_of(open_page("disparities", dataset=SAMPLE))
