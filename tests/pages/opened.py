"""Reading an opened page: its text, its choices; and the names that no page may run."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]
HOSTILE = "<img src=x onerror=alert(1)> **bold** [click](javascript:alert(1)) $x^2$ :material/delete: =cmd()"


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
