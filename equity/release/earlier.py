"""What readers have already seen: earlier releases of the same dataset, of this version or another.

A release that is safe by itself can undo one that was: two versions differ by a few people, or one plan shows what
another hid. Earlier releases, the revoked ones too, therefore join the linked tables as they were published, and
cannot be changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from equity.release.linked import KEY
from equity.release.shelf import Release
from equity.vocabulary import Description


@dataclass(frozen=True)
class Seen:
    """Cells that stand in earlier releases.

    cells   the cubes they were made from (columns ``version``, measure, KEY and the sums), at the keys that were
            published.
    shown   version, measure and KEY of every cell that readers could read.
    listed  the same of every cell that stood there, shown or hidden.
    """

    cells: pd.DataFrame
    shown: pd.DataFrame
    listed: pd.DataFrame


PLACE = ["version", "measure", *KEY]


def seen(earlier: Sequence[Release], version_folder: Path, description: Description, cube: pd.DataFrame) -> Seen:
    """What these releases have shown. The newest version gets the highest number; a version that is no longer on disk
    is known only by what was shown of it."""
    numbered = {(description.version, description.created): len(earlier) + 1}
    cubes, listed = [], []
    for place, release in enumerate(earlier, start=1):
        origin = (release.version, release.version_created)
        number = numbered.setdefault(origin, place)
        published = release.cells().assign(version=number)
        whole = cube if number == len(earlier) + 1 else _cube_of(release, version_folder)
        cubes.append(published[published["shown"] != "hidden"] if whole is None else whole.assign(version=number))
        if whole is None:
            published = published[published["shown"] != "hidden"]
        listed.append(published[[*PLACE, "shown"]])
    if not listed:
        nothing = pd.DataFrame(columns=PLACE)
        return Seen(cube.iloc[:0].assign(version=0), nothing, nothing)
    every = pd.concat(listed, ignore_index=True)
    return Seen(
        cells=pd.concat(cubes, ignore_index=True).drop_duplicates(PLACE),
        shown=every.loc[every["shown"] != "hidden", PLACE].drop_duplicates(),
        listed=every[PLACE].drop_duplicates(),
    )


def _cube_of(release: Release, version_folder: Path) -> pd.DataFrame | None:
    """The whole cube that a release was made from; None when that version is gone."""
    folder = version_folder.parent / f"{release.version:06d}"
    try:
        description = Description.from_json((folder / "description.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    if description.created != release.version_created:
        return None
    return pd.read_parquet(folder / "cube.parquet")
