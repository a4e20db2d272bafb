"""A question in the cube's own terms, the slice that answers it, and both as SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from equity.cube.quoting import shown, statement
from equity.vocabulary import Grain

NUMBERS = ("rows", "n", "x", "xx", "people", "person_xx", "person_xn", "person_nn", "hidden_at_source")
WHOLE_NUMBERS = ("rows", "people", "hidden_at_source")
SLICE_COLUMNS = ("measure", "period", "by1", "value1", "by2", "value2", *NUMBERS)


@dataclass(frozen=True)
class Slice:
    """The answer to a question put to the cube, and how it was computed.

    ``table``  SLICE_COLUMNS (and, for estimates, ``estimate, se, lower, upper, population``), sorted by measure, period
               and category in the description's order. ``by1, by2`` are the stratifiers asked for, in the order asked;
               ``period`` is the label of the row's period or of the whole stretch. Groups without rows are absent.
    ``sql``    the same question as SQL over the version's ``cube.parquet`` (or ``extract.parquet``), with its values.
    ``remark`` a plain sentence when the answer came from the extract's rows and not from the cube; empty otherwise.
    """

    table: pd.DataFrame
    sql: str
    remark: str = ""


@dataclass(frozen=True)
class Question:
    """Which measures, split by which stratifiers, in which periods, of whom.

    ``periods`` are labels of the cube; ``span`` is the label that their sum goes by (None: each is a row of its own,
    and all are of ``grain``). ``where`` holds per stratifier the values asked for, any of which will do.
    """

    measures: tuple[str, ...]
    by: tuple[str, ...]
    grain: Grain
    periods: tuple[str, ...]
    span: str | None
    where: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def stratifiers(self) -> tuple[str, ...]:
        """All stratifiers that the question needs, each once."""
        return tuple(dict.fromkeys((*self.by, *(name for name, _ in self.where))))


def as_sql(question: Question, by1: str, by2: str, template: str) -> str:
    """A question as SQL over the cube's table of ``by1`` and ``by2``, its values listed below it."""
    sides = {name: f"value{place}" for place, name in enumerate((by1, by2), start=1) if name}
    values: dict[str, object] = {"by1": by1, "by2": by2}
    split = [sides[name] for name in question.by] + ["''", "''"]
    together = question.span is not None
    sql = statement(template).format(
        period=bind(values, "span", [question.span]) if together else "period",
        value1=split[0],
        value2=split[1],
        measures=bind(values, "measure", question.measures),
        during=(
            f"period IN ({bind(values, 'period', question.periods)})"
            if together
            else f"grain = {bind(values, 'grain', [question.grain])}"
        ),
        where="".join(
            f"\n  AND {sides[name]} IN ({bind(values, f'{sides[name]}_wanted', wanted)})"
            for name, wanted in question.where
        ),
    )
    return shown(sql, values)


def bind(values: dict[str, object], name: str, wanted: Sequence[object]) -> str:
    """Bind each of the values under a name of its own, and give their places in the statement."""
    names = [f"{name}{i}" for i in range(1, len(wanted) + 1)] if len(wanted) != 1 else [name]
    values.update(zip(names, wanted, strict=True))
    return ", ".join(f"${n}" for n in names)
