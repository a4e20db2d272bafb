"""What an organization acknowledges, as somebody outside the team reads it: only what was approved and shared."""

from __future__ import annotations

from equity.access.here import Here
from equity.actions.work import history as actions
from equity.ui.layout import prose
from equity.ui.session import language, sign_in
from equity.words.languages import shared_writing as words


def show_signed_in(place: Here) -> None:
    """The approved statements that whoever is signed in may read."""
    if not sign_in.may("read_shared"):
        return
    of = language.chosen()
    for kept in actions.statements(place):
        if kept.content.is_approved:
            prose.listed(words.statement_named(kept.content, of), words.statement_told(kept.content, of), 2)
