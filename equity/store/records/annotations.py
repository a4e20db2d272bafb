"""Annotations: something that happened in a period ("New interpreter service", March 2024).

An annotation is drawn on every chart of the workspace that shows its period, unless it is held to one dataset, one
measure or one grouping. It is kept by period label, so a month stands on the quarter and the year that hold it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from equity.store.records.period_overlap import months_of, months_of_each, overlap
from equity.store.workspace.clock import now
from equity.store.workspace.conflict import Conflict
from equity.store.workspace.database import Database
from equity.store.workspace.person import Person
from equity.store.workspace.tables import AnnotationRow, WorkspaceRow
from equity.store.workspace.texts import kept_label, kept_words
from equity.vocabulary import PlainError

_WHAT = "this annotation"


@dataclass(frozen=True)
class Scope:
    """Which charts an annotation is drawn on; an empty part means all of them. ``by`` is a stratifier's key."""

    dataset: str = ""
    measure: str = ""
    by: str = ""

    def __post_init__(self) -> None:
        kept_label(self.dataset, "the dataset")
        kept_label(self.measure, "the measure")
        kept_label(self.by, "the grouping")


EVERY_CHART = Scope()


@dataclass(frozen=True)
class Annotation:
    """One annotation. ``version`` grows with each edit; ``author`` wrote it first, ``edited_by`` last."""

    id: str
    period: str
    words: str
    scope: Scope
    version: int
    author: str
    created: dt.datetime
    edited_by: str
    edited: dt.datetime


@dataclass(frozen=True)
class PlacedAnnotation:
    """An annotation on one chart: from the period at index ``first`` to the one at ``last``, both included."""

    annotation: Annotation
    first: int
    last: int


def annotate(
    database: Database, workspace: str, period: str, words: str, *, by: Person, scope: Scope = EVERY_CHART
) -> Annotation:
    """Keep a new annotation. ``period`` is a month, quarter or year; raises :class:`PlainError` for any other text."""
    months_of(period)
    words = kept_words(words, _WHAT)
    with database.writing() as session:
        _in_a_workspace(session, workspace)
        row = AnnotationRow(
            workspace_id=workspace,
            period=period,
            words=words,
            dataset=scope.dataset,
            measure=scope.measure,
            by=scope.by,
            author=by.shown_name,
            author_id=by.id,
            edited_by=by.shown_name,
        )
        session.add(row)
        session.flush()
        return _annotation(row)


def annotations_in(database: Database, workspace: str) -> tuple[Annotation, ...]:
    """All annotations of a workspace, in order of time."""
    query = select(AnnotationRow).where(AnnotationRow.workspace_id == workspace)
    with database.reading() as session:
        return in_order(_annotation(row) for row in session.scalars(query))


def annotations_for(database: Database, workspace: str, dataset: str, measure: str, by: str) -> tuple[Annotation, ...]:
    """The annotations that belong on the charts of one measure by one stratifier, in order of time."""
    query = select(AnnotationRow).where(
        AnnotationRow.workspace_id == workspace,
        or_(AnnotationRow.dataset == "", AnnotationRow.dataset == dataset),
        or_(AnnotationRow.measure == "", AnnotationRow.measure == measure),
        or_(AnnotationRow.by == "", AnnotationRow.by == by),
    )
    with database.reading() as session:
        return in_order(_annotation(row) for row in session.scalars(query))


def placed(those: Iterable[Annotation], labels: Sequence[str]) -> tuple[PlacedAnnotation, ...]:
    """Where annotations stand on a chart that shows these periods, of whatever grain.

    Those whose period the chart does not show are left out.
    """
    months = months_of_each(labels)
    there: list[PlacedAnnotation] = []
    for annotation in those:
        when = months_of(annotation.period)
        shown = [index for index, stretch in enumerate(months) if overlap(when, stretch)]
        if shown:
            there.append(PlacedAnnotation(annotation, shown[0], shown[-1]))
    return tuple(there)


def edit_annotation(
    database: Database, workspace: str, annotation_id: str, *, period: str, words: str, seen_version: int, by: Person
) -> Annotation:
    """Change an annotation's period and words.

    Raises :class:`Conflict`, which holds both texts, when somebody else has changed or deleted it since it was read.
    """
    months_of(period)
    words = kept_words(words, _WHAT)
    with database.writing() as session:
        changed = session.execute(
            update(AnnotationRow)
            .where(
                AnnotationRow.id == annotation_id,
                AnnotationRow.workspace_id == workspace,
                AnnotationRow.version == seen_version,
            )
            .values(period=period, words=words, version=seen_version + 1, edited_by=by.shown_name, edited=now())
            .returning(AnnotationRow.id)
        ).first()
        if changed is None:
            raise _conflict(session, workspace, annotation_id, f"{period}: {words}")
        return _annotation(session.scalars(select(AnnotationRow).where(AnnotationRow.id == annotation_id)).one())


def delete_annotation(database: Database, workspace: str, annotation_id: str, *, seen_version: int) -> None:
    """Delete an annotation for good; raises :class:`Conflict` when somebody else has changed it since it was read."""
    with database.writing() as session:
        gone = session.execute(
            delete(AnnotationRow)
            .where(
                AnnotationRow.id == annotation_id,
                AnnotationRow.workspace_id == workspace,
                AnnotationRow.version == seen_version,
            )
            .returning(AnnotationRow.id)
        ).first()
        if gone is None:
            raise _conflict(session, workspace, annotation_id, "")


def _conflict(session: Session, workspace: str, annotation_id: str, yours: str) -> Conflict:
    row = session.get(AnnotationRow, annotation_id, populate_existing=True)
    if row is None or row.workspace_id != workspace:
        return Conflict(_WHAT, yours, "", "", 0)
    return Conflict(_WHAT, yours, f"{row.period}: {row.words}", row.edited_by, row.version)


def _in_a_workspace(session: Session, workspace: str) -> None:
    if session.get(WorkspaceRow, workspace) is None:
        raise PlainError("This workspace is not there any more: please choose another.")


def in_order(those: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """Annotations in order of the months they stand for."""
    return tuple(sorted(those, key=lambda a: (months_of(a.period).start, a.created, a.id)))


def _annotation(row: AnnotationRow) -> Annotation:
    return Annotation(
        id=row.id,
        period=row.period,
        words=row.words,
        scope=Scope(row.dataset, row.measure, row.by),
        version=row.version,
        author=row.author,
        created=row.created,
        edited_by=row.edited_by,
        edited=row.edited,
    )
