"""Hide, prove, and hide more until the proof is whole.

For every hidden count the question is whether its least and greatest whole value, over all counts consistent with
everything that is published, lie far enough apart. suppression.py hides; proof.py answers for the published sums and,
once these are content, joint_proof.py for the joint tables; what is found too narrow goes back to be hidden with more
beside it. The bounds that are kept are those of the published sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from equity.release.linked import LinkedTables
from equity.release.proofs.bounds import Bounds, bounds_of
from equity.release.proofs.feasible import parts
from equity.release.proofs.joint import JointTable
from equity.release.proofs.joint_proof import too_narrow_jointly
from equity.release.proofs.proof import needed, too_narrow
from equity.release.suppression import Suppression
from equity.release.watch import Watch


class GivenAwayError(Exception):
    """Counts of these measures can be worked out, and nothing that this release could hide would change that."""

    def __init__(self, measures: tuple[str, ...], count: int) -> None:
        super().__init__(f"{count} counts")
        self.measures = measures
        self.count = count


@dataclass(frozen=True)
class FamilyAudit:
    """What the audit of one family of measures found once it was content.

    hidden_counts  counts that are not shown and must stay wide.
    rounds         how often the proof sent the hiding back to work.
    bounds         least and greatest of every count that is not shown; None where nobody asked.
    """

    measures: tuple[str, ...]
    hidden_counts: int
    rounds: int
    bounds: Bounds | None = None


def unaudited(suppression: Suppression, linked: LinkedTables, joint: Sequence[JointTable], watch: Watch) -> FamilyAudit:
    """Hide by the sums one at a time only: quick, for a look ahead; a release may have to hide a little more."""
    watch.check()
    suppression.close()
    return _found(suppression, 0)


def protect(suppression: Suppression, linked: LinkedTables, joint: Sequence[JointTable], watch: Watch) -> FamilyAudit:
    """Hide and prove in turn until nothing is too narrow: by the published sums, and then by the joint tables.

    Raises :class:`GivenAwayError` where something is and nothing is left to hide.
    """
    family = suppression.family
    suppression.close()
    proven: set[tuple[bytes, bytes]] = set()
    rounds = 0
    while True:
        narrow: list[tuple[int, int]] = []
        for part in parts(family, linked, suppression.unknown):
            key = (part.series.tobytes(), part.cells.tobytes())
            if key not in proven:
                watch.check()
                narrow_now = list(watch.drawn(too_narrow(part, suppression.policy)))
                if not narrow_now:
                    proven.add(key)
                narrow += narrow_now
        for table in () if narrow else joint:
            narrow += too_narrow_jointly(family, linked, table, suppression.unknown, suppression.policy, watch)
        if not narrow:
            return _found(suppression, rounds)
        rounds += 1
        hidden = [suppression.hide_beside(series, cell) for series, cell in narrow]
        if not any(hidden):
            raise GivenAwayError(tuple(m.measure for m in family.measures), len(narrow))


def protect_and_bound(
    suppression: Suppression, linked: LinkedTables, joint: Sequence[JointTable], watch: Watch
) -> FamilyAudit:
    """The same, and keep the least and greatest value of every hidden count.

    They are found another way than the proof; should they ever be closer than it says, nothing is released.
    """
    audit = protect(suppression, linked, joint, watch)
    family, hidden = suppression.family, suppression.unknown
    bounds = bounds_of(family, linked, hidden, watch)
    reach = needed(family.whole, suppression.policy)[:, np.newaxis]
    close = hidden & family.guarded & (bounds.greatest - bounds.least < reach - 1e-6)
    if close.any():
        raise GivenAwayError(audit.measures, int(np.count_nonzero(close)))
    return replace(audit, bounds=bounds)


def _found(suppression: Suppression, rounds: int) -> FamilyAudit:
    family = suppression.family
    guarded = suppression.unknown & (family.guarded | family.zero)
    return FamilyAudit(tuple(m.measure for m in family.measures), int(np.count_nonzero(guarded)), rounds)
