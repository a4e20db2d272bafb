"""A cube from which every sensitive cell is gone, with all that would give it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from equity.release.audit import FamilyAudit, protect
from equity.release.counts import Flags, Floats, families, measure_counts
from equity.release.earlier import PLACE, seen
from equity.release.linked import KEY, LinkedTables, link
from equity.release.plan import Plan
from equity.release.policy import Policy
from equity.release.shelf import Release
from equity.release.suppression import Suppression
from equity.vocabulary import Description, Measure, PlainError

SUMS = ("rows", "n", "x", "xx", "people", "person_xx", "person_xn", "person_nn", "hidden_at_source")
ESTIMATES = ("estimate", "se", "lower", "upper", "population")


@dataclass(frozen=True)
class Controlled:
    """``cells``: the released cells with ``shown`` and null sums where hidden. ``audits``: one a family of measures."""

    cells: pd.DataFrame
    audits: tuple[FamilyAudit, ...]


Protector = Callable[[Suppression, LinkedTables], FamilyAudit]


def control(
    version_folder: Path,
    description: Description,
    plan: Plan,
    policy: Policy,
    earlier: Sequence[Release],
    protector: Protector = protect,
) -> Controlled:
    """Apply a policy to a settled plan of a version, reckoning with the dataset's earlier releases.

    ``protector`` hides what must go besides the sensitive cells; only :func:`~equity.release.audit.protect` proves it
    enough.

    Raises :class:`PlainError` where the extract holds estimates without counts, unless the policy is ``public``.
    """
    cube = pd.read_parquet(version_folder / "cube.parquet")
    released = cube[plan.covers(cube)].reset_index(drop=True)
    if released.empty:
        raise PlainError(
            f"The dataset “{description.dataset}” has nothing to release by this plan: choose another grain."
        )
    if not policy.hides:
        return Controlled(_written(released, _gone_at_source(released), description, policy), ())
    if description.values == "estimates":
        raise PlainError(
            f"The dataset “{description.dataset}” holds estimates without counts, so nobody can tell which are of few "
            "people: release it by the policy “public” if it is public already."
        )
    hidden, audits = _hidden(version_folder, description, cube, released, policy, earlier, protector)
    return Controlled(_written(released, hidden, description, policy), audits)


def _hidden(
    version_folder: Path,
    description: Description,
    cube: pd.DataFrame,
    released: pd.DataFrame,
    policy: Policy,
    earlier: Sequence[Release],
    protector: Protector,
) -> tuple[Flags, tuple[FamilyAudit, ...]]:
    """Which of the released cells are hidden."""
    before = seen(earlier, version_folder, description, cube)
    newest = len(earlier) + 1
    mine = released.assign(version=newest)
    places = pd.concat([mine[PLACE], before.listed[PLACE]]).drop_duplicates()
    linked = link(places[["version", *KEY]].drop_duplicates().sort_values(["version", *KEY]))
    every = pd.concat([cube.assign(version=newest), before.cells]).drop_duplicates(PLACE)
    names = [m for m in dict.fromkeys(places["measure"]) if isinstance(m, str)]
    in_release, listed, shown = (_flags(frame, names, linked) for frame in (mine, places, before.shown))
    counts = [
        measure_counts(_measure(name, description, earlier), every[every["measure"] == name], linked, policy, flags)
        for name, flags in zip(names, listed, strict=True)
    ]
    row = {name: place for place, name in enumerate(names)}
    hidden = np.zeros((len(names), linked.size), dtype=np.bool_)
    audits = []
    for family in families(counts, linked, policy):
        at = [row[m.measure] for m in family.measures]
        rests = np.zeros((len(at), len(linked.totals)), dtype=np.bool_)
        mine_here, seen_here = (np.concatenate([f[at], rests], axis=1) for f in (in_release, shown))
        own = np.stack([m.sensitive | m.hidden_at_source for m in family.measures]) & mine_here
        start = (own | ~mine_here) & ~seen_here
        suppression = Suppression(family, linked, policy, start, mine_here & ~seen_here)
        audits.append(protector(suppression, linked))
        hidden[at] = suppression.hidden | own
    place = {key: i for i, key in enumerate(linked.keys)}
    columns = [place[key] for key in mine[["version", *KEY]].itertuples(index=False, name=None)]
    rows = [row[name] for name in mine["measure"]]
    return hidden[rows, columns], tuple(audits)


def _measure(name: str, description: Description, earlier: Sequence[Release]) -> Measure:
    known = [description, *(release.description() for release in reversed(earlier))]
    return next(m for held in known for m in held.measures if m.name == name)


def _flags(places: pd.DataFrame, names: Sequence[str], linked: LinkedTables) -> Flags:
    """Measures × cells (without rests): where these places are."""
    found = np.zeros((len(names), len(linked.keys)), dtype=np.bool_)
    place = {key: i for i, key in enumerate(linked.keys)}
    row = {name: i for i, name in enumerate(names)}
    for measure, *key in places[["measure", "version", *KEY]].itertuples(index=False, name=None):
        found[row[measure], place[tuple(key)]] = True
    return found


def _gone_at_source(released: pd.DataFrame) -> Flags:
    """Cells of which the source left nothing."""
    return (released["hidden_at_source"] >= released["rows"]).to_numpy(dtype=np.bool_)


def _written(released: pd.DataFrame, hidden: Flags, description: Description, policy: Policy) -> pd.DataFrame:
    """The cells as they are frozen. ``rows`` repeats n: how many lines an extract has is nobody's business."""
    kinds = {m.name: m.kind for m in description.measures}
    is_mean = (released["measure"].map(kinds) == "mean").to_numpy()
    table = released[["measure", *KEY]].copy()
    n, x, xx = (released[name].to_numpy(dtype=np.float64) for name in ("n", "x", "xx"))
    shown_n = _rounded(n, policy.rounding)
    scale = np.divide(shown_n, n, out=np.ones_like(n), where=n > 0)
    table["rows"] = shown_n
    table["n"] = shown_n
    table["x"] = np.where(is_mean, x * scale, _rounded(x, policy.rounding))
    table["xx"] = np.where(is_mean, xx * scale, table["x"])
    for name in ("people", "person_xx", "person_xn", "person_nn"):
        table[name] = 0.0
    table["hidden_at_source"] = released["hidden_at_source"].astype(np.float64)
    for name in ESTIMATES:
        if name in released:
            table[name] = released[name]
    empty = ~is_mean & (table["x"] == 0).to_numpy()
    table["shown"] = np.where(hidden, "hidden", np.where(empty, "zero", "yes"))
    table.loc[hidden, [c for c in (*SUMS, *ESTIMATES) if c in table]] = np.nan
    return table


def _rounded(count: Floats, to: int) -> Floats:
    return count if to == 1 else np.asarray(np.floor(count / to + 0.5) * to, dtype=np.float64)
