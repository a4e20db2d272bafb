"""Aims that a team shares with its leaders, told with the numbers of the release that is being read and no others."""

from __future__ import annotations

from equity.access import opens
from equity.access.opens import Reader, require_open
from equity.cube import Cube
from equity.improvement.nouns import AIM
from equity.improvement.shared import SharedAim, is_in, told_by_release
from equity.release.shelf import Release
from equity.store.records import shelf
from equity.store.workspace.database import Database


def shared_aims(database: Database, reader: Reader, release: Release, cube: Cube) -> tuple[SharedAim, ...]:
    """The aims on a release's dataset that are set and shared with leaders; ``cube`` holds the release's cells.

    One whose measure, grouping or group is not in the release is left out.

    Raises:
        NotAllowed, NotOpened: the reader may not open this release.
    """
    require_open(database, reader, opens.release(release.id, release.dataset))
    kept = shelf.listed(database, reader.workspace, AIM)
    shared = (one.content for one in kept if one.readers in ("leaders", "network") and one.content.status == "set")
    aims = (
        told_by_release(aim, cube) for aim in shared if aim.dataset == release.dataset and is_in(cube.description, aim)
    )
    return tuple(aims)
