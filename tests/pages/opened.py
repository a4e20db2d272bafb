"""Opening a page as a link does, reading it: its text, its choices; and the names that no page may run."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from equity.ui.page_registry import ENTRIES

MAIN = Path(__file__).resolve().parents[2] / "equity" / "ui" / "main.py"
Open = Callable[..., AppTest]

# Each new AppTest asks every installed package whether it brings a component: the answer is one while tests run.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
HOSTILE = "<img src=x onerror=alert(1)> **bold** [click](javascript:alert(1)) $x^2$ :material/delete: =cmd()"


def begun(seconds: float = 30) -> AppTest:
    """The app, not run yet; a run that takes longer than so many seconds fails."""
    return AppTest.from_file(str(MAIN), default_timeout=seconds)


def turned_to(app: AppTest, name: str) -> AppTest:
    """The app, whose next run draws this page: as by its link in the menu, or in a browser that was nowhere before."""
    app._page_hash = calc_hash(ENTRIES[name].url)
    return app


def html_of(app: AppTest) -> str:
    """All HTML of the page, the style sheet left out."""
    return "\n".join(str(part.value) for part in app.html if "<style>" not in str(part.value))


def picked(app: AppTest) -> dict[str, object]:
    """What the choice bar's lists stand at."""
    return {box.key.removeprefix("choose_"): box.value for box in app.selectbox if box.key}


def with_tables(app: AppTest) -> AppTest:
    """The same page with the table of every card opened, which is sent when somebody opens it."""
    closed = [key for key in app.session_state if str(key).startswith("table_")]
    assert closed, "the page has no card"
    for key in closed:
        app.session_state[key] = True
    return app.run()
