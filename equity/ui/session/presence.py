"""Whether the browser's page that began something is still there."""

from __future__ import annotations

import time

from streamlit import config
from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx


def session_id() -> str:
    """The id of the session that runs this; empty outside of one."""
    context = get_script_run_ctx()
    return "" if context is None else context.session_id


def is_open(session: str) -> bool:
    """Whether a browser is connected to a session now; a session that nobody names counts as open."""
    return not session or not Runtime.exists() or bool(Runtime.instance().is_active_session(session))


class Presence:
    """Remembers when the present session was last seen open."""

    def __init__(self) -> None:
        self.session, self.seen = session_id(), time.monotonic()

    def has_left(self) -> bool:
        """Whether nobody has been connected for longer than a session waits for its browser to come back."""
        now = time.monotonic()
        if is_open(self.session):
            self.seen = now
        return now - self.seen > float(config.get_option("server.disconnectedSessionTTL"))
