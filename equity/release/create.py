"""Make a release, look at one before it is made, read one."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from equity.release.audit import unaudited
from equity.release.controlled import Controlled, control
from equity.release.linked import KEY
from equity.release.plan import Pairs, Plan, described, settled
from equity.release.policy import Policy
from equity.release.shelf import Release, opened, put, releases, shelf_held
from equity.store.versions import now
from equity.vocabulary import GRAINS, Description

SHOW_COLUMNS = ("measure", *KEY, "shown", "n", "x", "rate")


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


def create_release(version_folder: Path, plan: Plan, policy: Policy, home: Path, attested_by: str = "") -> Release:
    """Freeze a release of a version below ``home`` and give it.

    Raises :class:`PlainError` for a plan that the dataset cannot fill, and DiskFullError; nothing is then there.
    """
    description = _description(version_folder)
    plan = settled(plan, description)
    with shelf_held(home):
        earlier = releases(home, description.dataset)
        found = control(version_folder, description, plan, policy, earlier)
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
        put(home, release, described(plan, description), found.cells, _audit(found, policy, earlier))
    return release


def show(home: Path, release_id: str) -> pd.DataFrame:
    """Every cell of a release (SHOW_COLUMNS); n, x and rate are null where ``shown`` is hidden. Rates are fractions."""
    cells = opened(home, release_id).cells()
    n, x = (cells[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("n", "x"))
    rate = np.divide(x, n, out=np.full(len(n), np.nan), where=n > 0)
    if "estimate" in cells:
        rate = np.where(np.isnan(rate), cells["estimate"].to_numpy(dtype=np.float64, na_value=np.nan), rate)
    return cells.assign(rate=rate)[list(SHOW_COLUMNS)]


def audit(home: Path, release_id: str) -> dict[str, Any]:
    """What the audit of a release found, and by which rule."""
    return opened(home, release_id).audit()


def preview(version_folder: Path, plan: Plan, policy: Policy, home: Path) -> Preview:
    """What would be hidden, table by table, and what coarser plans would keep. Writes nothing."""
    description = _description(version_folder)
    plan = settled(plan, description)
    earlier = releases(home, description.dataset)
    own = control(version_folder, description, plan, policy, earlier).cells
    rows = [_kept(plan, own)]
    for other in _coarser(plan, description):
        rows.append(_kept(other, control(version_folder, description, other, policy, earlier, unaudited).cells))
    return Preview(_by_table(own), pd.DataFrame(rows, columns=["grain", "pairs", "shown", "hidden", "kept"]))


def _description(version_folder: Path) -> Description:
    return Description.from_json((version_folder / "description.json").read_text(encoding="utf-8"))


def _coarser(plan: Plan, description: Description) -> list[Plan]:
    """The next coarser grains, and fewer pairs."""
    pairs: tuple[Pairs, ...] = ("year", "all", "none")
    found = [replace(plan, grain=grain) for grain in plan.grains[1:]]
    found += [replace(plan, pairs=fewer) for fewer in pairs[pairs.index(plan.pairs) + 1 :]]
    return list(dict.fromkeys(settled(p, description) for p in found))


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


def _audit(found: Controlled, policy: Policy, earlier: tuple[Release, ...]) -> dict[str, Any]:
    """What is kept of the audit. It must not tell a cell hidden for its own sake from one hidden beside it."""
    return {
        "rule": policy.sentence,
        "threshold": policy.threshold,
        "least_values": policy.least_values if policy.hides else 0,
        "audited_with": [release.id for release in earlier],
        "families": [asdict(each) for each in found.audits],
        "passed": all(each.given_away == 0 for each in found.audits),
        "tables": _by_table(found.cells).to_dict("records"),
    }
