"""What readers have already seen: earlier releases of the same people, of this version, another, or another dataset.

A release that is safe by itself can undo one that was: two versions differ by a few people, or one plan shows what
another hid. Earlier releases, the revoked ones too, therefore join the linked tables as they were published, and cannot
be changed. Each keeps the true counts of its own cells (shelf.py), so that it can be reckoned with for as long as it is
known, whatever became of its dataset; ties.py finds what its cells are called now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity.cube.stretches import RUNS
from equity.release.linked import KEY, Key, Made
from equity.release.other_releases.group_vectors import COUNTS
from equity.release.other_releases.ties import Naming, naming
from equity.release.shelf import Release
from equity.vocabulary import Description, Measure


@dataclass(frozen=True)
class Seen:
    """Cells that stand in earlier releases, by what they are called now.

    cells     the counts they were made from (columns ``version``, measure, KEY and the sums).
    shown     version, measure and KEY of every cell that readers could read.
    listed    the same of every cell that stood there, shown or hidden.
    made      cells of one version that several of another are together (linked.link).
    measures  measures of these cells that the dataset does not have now, the bridges among them.
    audited   the releases that were reckoned with.
    """

    cells: pd.DataFrame
    shown: pd.DataFrame
    listed: pd.DataFrame
    made: tuple[Made, ...] = ()
    measures: tuple[Measure, ...] = ()
    audited: tuple[Release, ...] = ()


PLACE = ["version", "measure", *KEY]


def seen(earlier: Sequence[Release], version_folder: Path, description: Description, cube: pd.DataFrame) -> Seen:
    """What these releases have shown. The newest version gets the highest number; a release that kept no counts, and
    whose version is no longer on disk, is known only by what was shown of it."""
    newest = len(earlier) + 1
    numbered = {(description.dataset, description.version, description.created): newest}
    order = [s.name for s in description.stratifiers]
    cubes, listed, made, measures, audited = [], [], [], [], []
    for place, release in enumerate(earlier, start=1):
        origin = (release.dataset, release.version, release.version_created)
        number = numbered.setdefault(origin, place)
        published = release.cells()
        kept = cube if number == newest else _kept(release, version_folder)
        if kept is None:
            published = published[published["shown"] != "hidden"]
            kept = published
        own = _standing(kept, published)
        if number != newest:
            called = naming(own, cube, release.dataset == description.dataset, release.id)
            if called is None:
                continue
            own, published = called.now(own, order), called.now(published, order)
            measures += _named_now(release, called)
            made += _made(called, own, cube, number, newest)
            bridged, names = _bridges(own, cube, number, newest, release.id)
            cubes.append(bridged)
            measures += names
        cubes.append(own.assign(version=number))
        listed.append(published.assign(version=number)[[*PLACE, "shown"]])
        audited.append(release)
    if not listed:
        nothing = pd.DataFrame(columns=PLACE)
        return Seen(cube.iloc[:0].assign(version=0), nothing, nothing)
    every = pd.concat(listed, ignore_index=True)
    return Seen(
        cells=pd.concat([each for each in cubes if len(each)], ignore_index=True).drop_duplicates(PLACE),
        shown=every.loc[every["shown"] != "hidden", PLACE].drop_duplicates(),
        listed=every[PLACE].drop_duplicates(),
        made=tuple(dict.fromkeys(made)),
        measures=tuple(measures),
        audited=tuple(audited),
    )


def _kept(release: Release, version_folder: Path) -> pd.DataFrame | None:
    """The true counts of a release's cells; None where they are gone."""
    kept = release.kept()
    return _cube_of(release, version_folder) if kept is None else kept


def _cube_of(release: Release, version_folder: Path) -> pd.DataFrame | None:
    """The whole cube that a release was made from; None when that version is gone."""
    folder = version_folder.parent / f"{release.version:06d}"
    try:
        description = Description.from_json((folder / "description.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    if (description.dataset, description.created) != (release.dataset, release.version_created):
        return None
    return whole_cube(folder)


def whole_cube(version_folder: Path) -> pd.DataFrame:
    """A version's cube as releases know it: without its runs of years, which are for sums over people alone.

    Their counts are sums of those of years, and nothing of them is ever released.
    """
    cube = pd.read_parquet(version_folder / "cube.parquet")
    return cube[cube["grain"] != RUNS].reset_index(drop=True)


def _standing(kept: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """The rows of a cube that stand in a release."""
    key = ["measure", *KEY]
    return kept[pd.MultiIndex.from_frame(kept[key]).isin(pd.MultiIndex.from_frame(published[key]))].reset_index(
        drop=True
    )


def _named_now(release: Release, names: Naming) -> list[Measure]:
    return [replace(m, name=names.measures[m.name]) for m in release.description().measures if m.name in names.measures]


def _made(names: Naming, own: pd.DataFrame, cube: pd.DataFrame, number: int, newest: int) -> list[Made]:
    """The sums of groups that were merged or split, in every table and period in which they are."""
    then: dict[tuple[str, ...], Key] = {
        tuple(key): (number, *key) for key in own[KEY].itertuples(index=False, name=None)
    }
    now: dict[tuple[str, ...], Key] = {
        tuple(key): (newest, *key) for key in cube[KEY].itertuples(index=False, name=None)
    }
    return [*_sums(names.merged, now, then), *_sums(names.split, then, now)]


def _sums(
    made: dict[tuple[str, str], tuple[tuple[str, str], ...]],
    wholes: dict[tuple[str, ...], Key],
    parts: dict[tuple[str, ...], Key],
) -> list[Made]:
    sums = []
    for key, whole in wholes.items():
        grain, period, by1, value1, by2, value2 = key
        for at, side in enumerate(((by1, value1), (by2, value2))):
            if side in made:
                other = (by2, value2) if at == 0 else (by1, value1)
                keys = [(*(s if at == 0 else other), *(other if at == 0 else s)) for s in made[side]]
                there = [parts[each] for k in keys if (each := (grain, period, *k)) in parts]
                if there:
                    sums.append((whole, tuple(there)))
    return sums


def _bridges(
    own: pd.DataFrame, cube: pd.DataFrame, number: int, newest: int, mark: str
) -> tuple[pd.DataFrame, list[Measure]]:
    """Counts that measures of then and of now have in common under other names: one n is the other's, say, or its x.

    Each is a measure by itself, which nobody publishes: its n is that count in both versions. A measure that is still
    there needs none: it stands beside the others in its own version.
    """
    key = pd.MultiIndex.from_frame
    then, now = (dict(list(cells.groupby("measure"))) for cells in (own, cube))
    rows, names = [], []
    for (a, mine), (b, theirs) in product(
        ((str(m), c) for m, c in then.items()), ((str(m), c) for m, c in now.items())
    ):
        common = key(mine[KEY]).intersection(key(theirs[KEY]))
        if a in now or len(common) < 3:
            continue
        sides = [_three(each.set_index(key(each[KEY])).loc[common]) for each in (mine, theirs)]
        for one, other in product(COUNTS, COUNTS):
            if _one_count(sides[0][one], sides[1][other]):
                name = f"{a}: {one} is {b}: {other} ({mark})"
                names.append(Measure(name, kind="rate"))
                rows += [_as_n(mine, one, name, number), _as_n(theirs, other, name, newest)]
    return (pd.concat(rows, ignore_index=True) if rows else own.iloc[:0].assign(version=0)), names


def _three(cells: pd.DataFrame) -> dict[str, npt.NDArray[np.float64]]:
    n, x = (cells[name].to_numpy(dtype=np.float64) for name in ("n", "x"))
    return {"n": n, "x": x, "others": n - x}


def _one_count(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> bool:
    """Whether two counts are one in most cells, and tell something."""
    return bool((one > 0).sum() >= 3 and len(np.unique(one)) >= 3 and np.mean(np.abs(one - other) < 1e-6) > 0.5)


def _as_n(cells: pd.DataFrame, count: str, name: str, version: int) -> pd.DataFrame:
    nothing = dict.fromkeys(("x", "xx", "people", "person_xx", "person_xn", "person_nn"), 0.0)
    return cells.assign(measure=name, n=_three(cells)[count], version=version, **nothing)
