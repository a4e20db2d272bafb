"""What a reader may open: the one place that says yes or no, for whatever way they come.

A *reader* is somebody in a workspace (:class:`~equity.access.here.Here`) or somebody with a link
(:class:`~equity.access.opening.Opening`). A *thing* is of a kind that :data:`NOUNS` lists: which workspace it belongs
to, what a member must be allowed to do to open it, and whether a link opens it. Pages, widgets, routes, exports and
streams ask :func:`require_open`; a new kind of thing is a line in the list and a line in the tests' matrix
(tests/attempts/test_who_opens_what.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from equity.access.here import Here
from equity.access.may import NotAllowed, may, require
from equity.access.opening import NotOpened, Opening, reflection_of, still_open
from equity.access.roles import Action
from equity.store.records.calls import workspace_of_call
from equity.store.records.shelf import workspace_that_shares
from equity.store.workspace.database import Database
from equity.store.workspace.ownership import workspace_of_dataset, workspace_of_release

CLOSED = "This link was closed meanwhile: please ask for a new one."
OPENS_NOTHING = "This link opens nothing any more: please ask for a new one."

Reader = Here | Opening


@dataclass(frozen=True)
class Thing:
    """Something that can be opened: its kind, its id or name, and the dataset that it was made from, if it was."""

    noun: str
    id: str
    dataset: str = ""


@dataclass(frozen=True)
class Noun:
    """A kind of thing.

    ``workspace_of`` gives the id of the workspace that a thing belongs to; ``needs`` is what a member must be allowed
    to do; ``pinned_by`` gives the id of the thing of this kind that a link opens, None where a link opens none;
    ``unknown`` is said of another workspace's, as of one that never was.
    """

    workspace_of: Callable[[Database, Thing], str]
    needs: Action
    unknown: str
    pinned_by: Callable[[Opening], str] | None = None


NOUNS: Mapping[str, Noun] = MappingProxyType(
    {
        "dataset": Noun(
            lambda database, thing: workspace_of_dataset(database, thing.id),
            "see_workspace",
            "There is no dataset “{id}” in this workspace.",
        ),
        "release": Noun(
            lambda database, thing: workspace_of_release(database, thing.id, thing.dataset),
            "read_release",
            "There is no such release here: check its address or ask for it again.",
            lambda opening: opening.release_id,
        ),
        "reflection": Noun(
            lambda database, thing: workspace_that_shares(database, thing.noun, thing.id),
            "answer_reflection",
            "There is no such reflection here for you: ask the team for it.",
            reflection_of,
        ),
        "call": Noun(
            lambda database, thing: workspace_of_call(database, thing.id),
            "see_workspace",
            "There is no call of this workspace at this address: the page “Learning call” lists those there are.",
        ),
    }
)


def dataset(name: str) -> Thing:
    """A dataset with its full numbers."""
    return Thing("dataset", name)


def release(release_id: str, of: str) -> Thing:
    """A release of a dataset. That it is not revoked is asked of its folder (`equity/release/shelf.py`)."""
    return Thing("release", release_id, of)


def call(call_id: str) -> Thing:
    """A learning call with its minutes, for the team. What opens its page is a token (`equity/server/calls`)."""
    return Thing("call", call_id)


def reflection(record: str) -> Thing:
    """What leaders may read of a team's reflection."""
    return Thing("reflection", record)


def belongs_to(database: Database, thing: Thing) -> str:
    """The id of the workspace that a thing belongs to."""
    return NOUNS[thing.noun].workspace_of(database, thing)


def opens(database: Database, reader: Reader, thing: Thing) -> bool:
    """Whether a reader may open a thing, now."""
    noun = NOUNS[thing.noun]
    if not reader.workspace or belongs_to(database, thing) != reader.workspace:
        return False
    if isinstance(reader, Opening):
        pinned = noun.pinned_by is not None and noun.pinned_by(reader) == thing.id
        return pinned and still_open(database, reader)
    return may(database, reader.person, reader.workspace, noun.needs)


def require_open(database: Database, reader: Reader, thing: Thing) -> None:
    """Raise :class:`NotAllowed` or :class:`NotOpened`, in a sentence for the reader, unless they may open the thing."""
    if opens(database, reader, thing):
        return
    if isinstance(reader, Opening):
        raise NotOpened(OPENS_NOTHING if still_open(database, reader) else CLOSED)
    noun = NOUNS[thing.noun]
    require(database, reader.person, reader.workspace, noun.needs)  # whose role does not give it hears that
    raise NotAllowed(noun.unknown.format(id=thing.id))
