"""What people decided about a chart over time: a frozen baseline, phases, points left out, a target line.

The program decides none of it. Everything is kept by period label (``2024-03``, ``2024-Q1``, ``2024``), never by
position, so that a chart can be switched between months, quarters and years, and a new extract can come, without
anything being done again: :meth:`KeptFrame.on` lays a frame over the periods that a chart shows.

Re-basing (new limits for a new phase, or another baseline) asks Wheeler's four questions and keeps the answers. Every
saving is kept: rows are only added, so :func:`frame_history` tells who froze what, when and why.

Source of the four questions: Wheeler, When Do I Recalculate My Limits? (Quality Progress, 1996).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from equity.store.records.frame_values import EMPTY_FRAME, KeptFrame, frame_from, in_words
from equity.store.workspace.conflict import Conflict
from equity.store.workspace.database import Database
from equity.store.workspace.person import Person
from equity.store.workspace.tables import ChartFrameRow
from equity.store.workspace.texts import kept_label, kept_name
from equity.vocabulary import PlainError


@dataclass(frozen=True)
class FrameKey:
    """Which chart: names as in the dataset; ``group`` empty for the charts of all groups alike."""

    dataset: str
    measure: str
    by: str
    group: str = ""

    def __post_init__(self) -> None:
        kept_name(self.dataset, "the dataset")
        kept_name(self.measure, "the measure")
        kept_label(self.by, "the grouping")
        kept_label(self.group, "the group")


@dataclass(frozen=True)
class SavedFrame:
    """A frame as it is kept: ``version`` counts its savings (0 when there was none, and nobody and no time then)."""

    key: FrameKey
    frame: KeptFrame
    version: int = 0
    saved_by: str = ""
    saved: dt.datetime | None = None


def chart_frame(database: Database, workspace: str, key: FrameKey) -> SavedFrame:
    """The frame of exactly this chart; the empty one, version 0, when nobody has saved any."""
    with database.reading() as session:
        row = _latest(session, workspace, key)
        return SavedFrame(key, EMPTY_FRAME) if row is None else _saved(row)


def frames_of_dataset(database: Database, workspace: str, dataset: str) -> tuple[SavedFrame, ...]:
    """Every frame of a dataset as it stands now."""
    newest = (
        select(ChartFrameRow.key_hash, func.max(ChartFrameRow.version).label("version"))
        .where(ChartFrameRow.workspace_id == workspace, ChartFrameRow.dataset == dataset)
        .group_by(ChartFrameRow.key_hash)
        .subquery()
    )
    query = (
        select(ChartFrameRow)
        .join(newest, (ChartFrameRow.key_hash == newest.c.key_hash) & (ChartFrameRow.version == newest.c.version))
        .where(ChartFrameRow.workspace_id == workspace)
        .order_by(ChartFrameRow.measure, ChartFrameRow.by, ChartFrameRow.group)
    )
    with database.reading() as session:
        return tuple(_saved(row) for row in session.scalars(query))


def frame_history(database: Database, workspace: str, key: FrameKey) -> tuple[SavedFrame, ...]:
    """Every saving of a chart's frame, the newest first."""
    with database.reading() as session:
        return tuple(_saved(row) for row in session.scalars(_savings(workspace, key)))


def save_frame(
    database: Database,
    workspace: str,
    key: FrameKey,
    frame: KeptFrame,
    *,
    seen_version: int,
    by: Person,
    written: Callable[[float], str] = str,
) -> SavedFrame:
    """Keep a frame; ``seen_version`` is the version that the person was looking at (0 for none).

    ``written`` writes a target as the measure is shown, for a conflict's words.

    Raises :class:`Conflict`, with both frames in words, when somebody else has saved one meanwhile, and
    :class:`PlainError` when a baseline takes the place of another one without the four answers.
    """
    try:
        with database.writing() as session:
            row = _latest(session, workspace, key)
            _refuse_if_newer(row, frame, seen_version, written)
            _ask_before_rebasing(EMPTY_FRAME if row is None else _saved(row).frame, frame)
            saving = _saving(workspace, key, frame, seen_version + 1, by)
            session.add(saving)
            session.flush()
            return _saved(saving)
    except IntegrityError:
        with database.reading() as session:
            _refuse_if_newer(_latest(session, workspace, key), frame, seen_version, written)
        raise PlainError("This workspace is not there any more: please choose another.") from None


def _refuse_if_newer(
    row: ChartFrameRow | None, frame: KeptFrame, seen_version: int, written: Callable[[float], str]
) -> None:
    version = 0 if row is None else row.version
    if version == seen_version:
        return
    theirs = "" if row is None else in_words(_saved(row).frame, written)
    raise Conflict("this chart’s frame", in_words(frame, written), theirs, "" if row is None else row.saved_by, version)


def _ask_before_rebasing(before: KeptFrame, after: KeptFrame) -> None:
    if before.baseline is None or after.baseline is None or before.baseline.period == after.baseline.period:
        return
    if after.baseline.answers is None:
        raise PlainError("Another baseline takes the place of a frozen one: please answer the four questions first.")


def _savings(workspace: str, key: FrameKey) -> Select[ChartFrameRow]:
    return (
        select(ChartFrameRow)
        .where(ChartFrameRow.workspace_id == workspace, ChartFrameRow.key_hash == _hash_of(key))
        .order_by(ChartFrameRow.version.desc())
    )


def _latest(session: Session, workspace: str, key: FrameKey) -> ChartFrameRow | None:
    return session.scalars(_savings(workspace, key).limit(1)).first()


def _hash_of(key: FrameKey) -> str:
    return hashlib.sha256(json.dumps(dataclasses.astuple(key)).encode()).hexdigest()


def _saving(workspace: str, key: FrameKey, frame: KeptFrame, version: int, by: Person) -> ChartFrameRow:
    return ChartFrameRow(
        workspace_id=workspace,
        key_hash=_hash_of(key),
        version=version,
        dataset=key.dataset,
        measure=key.measure,
        by=key.by,
        group=key.group,
        body=json.dumps(dataclasses.asdict(frame)),
        saved_by=by.shown_name,
        saved_by_id=by.id,
    )


def _saved(row: ChartFrameRow) -> SavedFrame:
    key = FrameKey(row.dataset, row.measure, row.by, row.group)
    return SavedFrame(key, frame_from(json.loads(row.body)), row.version, row.saved_by, row.saved)
