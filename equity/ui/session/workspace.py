"""Where what people say about a dataset is kept: the workspace that is looked at, and who looks.

The store is read only when something is asked of it: reading its library takes half a second, which the start-up spends
beside the first page.
"""

from __future__ import annotations

from equity.access.here import Here
from equity.access.may import NotAllowed
from equity.access.roles import Action
from equity.ui.session import sign_in
from equity.words.labels.session import SESSION_TEXTS


def here() -> Here:
    """Open the store for whoever is here; raises :class:`NotAllowed` for somebody who may not see the workspace.

    Raises :class:`PlainError` when the store cannot be opened.
    """
    visitor = sign_in.visitor()
    if visitor.person is None or visitor.workspace is None or not visitor.may("see_workspace"):
        allowed = sign_in.require("see_workspace")
        return Here(sign_in.database(), allowed.workspace, allowed.person)
    return Here(sign_in.database(), visitor.workspace.id, visitor.person)


def allowed_at(place: Here, action: Action) -> Here:
    """The same place, when whoever is here may do this in it now: asked anew at the moment of each change.

    A dialog is drawn again without the page around it, so no other door stands before what its buttons do. Raises
    :class:`NotAllowed`, also when somebody has left the workspace that they were looking at: what they typed there is
    never kept in another.
    """
    allowed = sign_in.require(action)
    if allowed.workspace != place.workspace:
        raise NotAllowed(SESSION_TEXTS["you_are_not_in_this_workspace"])
    return Here(place.database, allowed.workspace, allowed.person)
