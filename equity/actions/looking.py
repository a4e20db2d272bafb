"""What somebody looked at last, so that a page can say what is new since then."""

from __future__ import annotations

from equity.access.here import Here
from equity.access.may import require
from equity.access.reading import readable
from equity.notes.looked import Looked
from equity.notes.nouns import LOOKED
from equity.store.records import shelf
from equity.store.records.kept import Kept
from equity.store.workspace.clock import now


def last_look(here: Here, dataset: str) -> Looked | None:
    """The version of a dataset that whoever is here looked at last; None the first time."""
    require(here.database, here.person, here.workspace, "see_workspace")
    mark = _mark(here, dataset)
    return None if mark is None else mark.content


def have_looked(here: Here, dataset: str, version: int, made: str) -> None:
    """Whoever is here looks at this version of a dataset; written once a version."""
    require(here.database, here.person, here.workspace, "edit_notes")
    mark = _mark(here, dataset)
    content = Looked(dataset, version, made, f"{now():%Y-%m-%d}")
    if mark is None:
        whose = here.person.id
        shelf.add(here.database, here.workspace, LOOKED, content, by=here.person, parent=whose, readers="author")
    elif (mark.content.version, mark.content.made) != (version, made):
        shelf.edit(here.database, here.workspace, LOOKED, mark.id, content, seen_version=mark.version, by=here.person)


def _mark(here: Here, dataset: str) -> Kept[Looked] | None:
    marks = shelf.listed(here.database, here.workspace, LOOKED, parent=here.person.id)
    return next((kept for kept in readable(here, marks) if kept.content.dataset == dataset), None)
