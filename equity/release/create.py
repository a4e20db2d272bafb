"""Make a release, look at one before it is made, read one."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from equity.release.audit import protect, unaudited
from equity.release.controlled import Controlled, control
from equity.release.linked import KEY
from equity.release.plan import Pairs, Plan, described, settled
from equity.release.policy import Policy
from equity.release.shelf import Release, discard, opened, put, readable_releases, releases, shelf_held
from equity.release.watch import Watch
from equity.store.files.versions import ENTRY, now
from equity.vocabulary import GRAINS, Cancelled, Description, Progress

if TYPE_CHECKING:
    from equity.store.workspace.publishing import Publisher

WRITING, TRIED = 0.97, 0.7  # the share of the work that is done after these steps
SHOW_COLUMNS = ("measure", *KEY, "shown", "n", "x", "rate")


Beside = Callable[[Release], bool]


def everything(release: Release) -> bool:
    """Readers of one release may have all others."""
    return True


@dataclass(frozen=True)
class Preview:
    """What a release would hold, before it is made.

    ``tables``        by (the table's stratifiers, joined by " × "; empty for everyone), grain, shown, zero, hidden:
                      cells.
    ``alternatives``  grain, pairs, shown, hidden, kept (share shown): the plan itself first, then coarser
                      ones, before their audit: it may hide a little more.
    """

    tables: pd.DataFrame
    alternatives: pd.DataFrame


def create_release(
    version_folder: Path,
    plan: Plan,
    policy: Policy,
    home: Path,
    attested_by: str = "",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    by: Publisher | None = None,
    beside: Beside = everything,
) -> Release:
    """Freeze a release of a version below ``home`` and give it.

    ``beside`` says which releases of other datasets readers may have too. ``progress(share, words)`` is told how far it
    is; ``cancelled()`` is asked many times a second. ``by`` says whose it is and logs it, while no other is made.

    Raises :class:`PlainError` for a plan that the dataset cannot fill and for one that would give counts away,
    ReleaseCancelled, and DiskFullError; nothing is then there.
    """
    watch = Watch(progress, cancelled)
    description = _description(version_folder)
    plan = settled(plan, description)
    watch.say(0.0, "Waiting for another release to be made")
    with shelf_held(home, watch.check):
        earlier = _earlier(home, description.dataset, beside)
        controlled = control(version_folder, description, plan, policy, earlier, watch=watch.part(0.02, WRITING))
        watch.say(WRITING, "Writing the release")
        release_id = secrets.token_hex(6)
        release = Release(
            id=release_id,
            dataset=description.dataset,
            version=description.version,
            version_created=description.created,
            plan=plan,
            policy=policy,
            created=now(),
            attested_by=attested_by,
            folder=home / "releases" / release_id,
        )
        kept = _audit(controlled, policy)
        put(home, release, described(plan, description), controlled.cells, kept, controlled.bounds, controlled.kept, by)
        if by is not None:
            _log(release, by)
    return release


def _earlier(home: Path, dataset: str, beside: Beside) -> tuple[Release, ...]:
    """The releases of this dataset, and of others that readers of this one may have, oldest first."""
    own = releases(home, dataset)
    others = (release for release in readable_releases(home) if release.dataset != dataset and beside(release))
    return tuple(sorted((*own, *others), key=lambda release: (release.created, release.id)))


def _log(release: Release, by: Publisher) -> None:
    """Log a release that is there, or take it away again: nobody was told of it yet."""
    try:
        by.log(release.folder / ENTRY)
    except BaseException:
        discard(release)
        raise


def show(home: Path, release_id: str) -> pd.DataFrame:
    """Every cell of a release (SHOW_COLUMNS); n, x and rate are null where ``shown`` is hidden. Rates are fractions."""
    cells = opened(home, release_id).cells()
    n, x = (cells[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("n", "x"))
    rate = np.divide(x, n, out=np.full(len(n), np.nan), where=n > 0)
    if "estimate" in cells:
        rate = np.where(np.isnan(rate), cells["estimate"].to_numpy(dtype=np.float64, na_value=np.nan), rate)
    return cells.assign(rate=rate)[list(SHOW_COLUMNS)]


def audit(home: Path, release_id: str) -> dict[str, Any]:
    """What the audit of a release found, and by which rule. For the team only."""
    return opened(home, release_id).audit()


def audit_bounds(home: Path, release_id: str) -> pd.DataFrame:
    """The least and greatest value of every hidden count (written_cells.BOUNDS). For the team only."""
    return opened(home, release_id).bounds()


def preview(
    version_folder: Path,
    plan: Plan,
    policy: Policy,
    home: Path,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    beside: Beside = everything,
) -> Preview:
    """What would be hidden, table by table, and what coarser plans would keep. Writes nothing.

    Raises :class:`PlainError` as :func:`create_release` does.
    """
    watch = Watch(progress, cancelled)
    description = _description(version_folder)
    plan = settled(plan, description)
    earlier = _earlier(home, description.dataset, beside)
    coarser = _coarser(plan, description)
    own = control(version_folder, description, plan, policy, earlier, protect, watch.part(0.0, TRIED)).cells
    rows = [_kept(plan, own)]
    for done, other in enumerate(coarser):
        tried = watch.part(TRIED + done / len(coarser) * (1 - TRIED), TRIED + (done + 1) / len(coarser) * (1 - TRIED))
        controlled = control(version_folder, description, other, policy, earlier, unaudited, tried)
        rows.append(_kept(other, controlled.cells))
    return Preview(_by_table(own), pd.DataFrame(rows, columns=["grain", "pairs", "shown", "hidden", "kept"]))


def _description(version_folder: Path) -> Description:
    return Description.from_json((version_folder / "description.json").read_text(encoding="utf-8"))


def _coarser(plan: Plan, description: Description) -> list[Plan]:
    """The next coarser grains, and fewer pairs."""
    pairs: tuple[Pairs, ...] = ("year", "all", "none")
    plans = [replace(plan, grain=grain) for grain in plan.grains[1:]]
    plans += [replace(plan, pairs=fewer) for fewer in pairs[pairs.index(plan.pairs) + 1 :]]
    return list(dict.fromkeys(settled(p, description) for p in plans))


def _kept(plan: Plan, cells: pd.DataFrame) -> tuple[str, str, int, int, float]:
    hidden = int((cells["shown"] == "hidden").sum())
    return plan.grain, plan.pairs, len(cells) - hidden, hidden, 1 - hidden / len(cells)


def _by_table(cells: pd.DataFrame) -> pd.DataFrame:
    by = np.where(cells["by2"] != "", cells["by1"] + " × " + cells["by2"], cells["by1"])
    counts = cells.assign(by=by).groupby(["by", "grain", "shown"], sort=False).size().unstack(fill_value=0)
    table = (
        counts.reindex(columns=["yes", "zero", "hidden"], fill_value=0).rename(columns={"yes": "shown"}).reset_index()
    )
    table.columns.name = None
    order = table["grain"].map({grain: place for place, grain in enumerate(GRAINS)})
    return table.assign(order=order).sort_values(["by", "order"]).drop(columns="order").reset_index(drop=True)


def _audit(controlled: Controlled, policy: Policy) -> dict[str, Any]:
    """What is kept of the audit. It must not tell a cell hidden for its own sake from one hidden beside it."""
    bounds = controlled.bounds
    possible = bounds[bounds["greatest"] > 0]
    finite = possible["width"][np.isfinite(possible["width"])]
    return {
        "rule": policy.sentence,
        "threshold": policy.threshold,
        "least_values": policy.least_values if policy.hides else 0,
        "audited_with": [release.id for release in controlled.audited],
        "shown_before": controlled.shown_before,
        "hidden": len(bounds),
        "known_to_be_0": len(bounds) - len(possible),
        "pinned": int((possible["width"] == 0).sum()),
        "narrowest_width": float(finite.min()) if len(finite) else None,
        "joint_tables": [list(groupings) for groupings in controlled.joint_tables],
        "rounds": sum(each.rounds for each in controlled.audits),
        "families": [
            {"measures": list(each.measures), "hidden_counts": each.hidden_counts, "rounds": each.rounds}
            for each in controlled.audits
        ],
        "tables": _by_table(controlled.cells).to_dict("records"),
    }
