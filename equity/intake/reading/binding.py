"""Which column of a file answers for which word of the mapping."""

from __future__ import annotations

from dataclasses import dataclass

from equity.intake.formats.header import find_column
from equity.intake.formats.tabular import Table
from equity.vocabulary import Mapping
from equity.vocabulary.mapping import EVERYONE


@dataclass(frozen=True)
class BoundColumn:
    """One column of the staged rows.

    ``raw`` is its name there (a role such as ``x``, ``stratum_0_1``, ``dimension``, ``wide_2_x``); ``place`` the
    column of the file, or None when ``constant`` holds for every row. ``named`` is the column's name as the mapping
    gives it.
    """

    raw: str
    place: int | None
    constant: str
    named: str

    @property
    def is_secret(self) -> bool:
        """Whether its texts tell who somebody is, so that only their hashes are staged."""
        return self.raw == "person" or self.raw.startswith("once_")


def wanted_columns(mapping: Mapping) -> list[tuple[str, str | None, str, str]]:
    """(raw name, column named, constant, what it is for) of everything that a mapping asks of a file."""
    wanted: list[tuple[str, str | None, str, str]] = [
        (role, source.column, source.value or "", role) for role, source in mapping.columns.items()
    ]
    if mapping.only_over_time:
        wanted.append(("stratum_0_0", None, EVERYONE.label, "everyone"))
    for role, source in mapping.columns.items():
        wanted += [(f"{role}_more_{k}", column, "", role) for k, column in enumerate(source.more)]
        wanted += [
            (f"{role}_minus_{k}", column, "", f"what is taken off {role}") for k, column in enumerate(source.minus)
        ]
        wanted += [(f"{role}_plus_{k}", column, "", f"what is added to {role}") for k, column in enumerate(source.plus)]
    for number, column in enumerate([*mapping.leave_out, *mapping.only]):
        wanted.append((f"sifted_{number}", column, "", "the rows that are read"))
    wanted += [(f"once_{k}", column, "", "what is counted once") for k, column in enumerate(mapping.once)]
    for number, s in enumerate(mapping.stratifiers):
        for part, column in enumerate(s.columns):
            wanted.append((f"stratum_{number}_{part}", column, "", f"the stratifier “{s.name}”"))
    if mapping.long:
        wanted.append(("dimension", mapping.long.dimension, "", "the dimension"))
        wanted.append(("group_name", mapping.long.group, "", "the group"))
        if mapping.long.order:
            wanted.append(("group_order", mapping.long.order, "", "the order of groups"))
        if mapping.long.ordered:
            wanted.append(("dimension_ordered", mapping.long.ordered, "", "whether a dimension is ordered"))
    for number, (name, columns) in enumerate(mapping.measure_columns.items()):
        wanted.append((f"wide_{number}_x", columns.x, "", f"x of the measure “{name}”"))
        if columns.n is not None:
            wanted.append((f"wide_{number}_n", columns.n, "", f"n of the measure “{name}”"))
    return wanted


def wanted_names(mapping: Mapping) -> list[str]:
    """The columns of the file that a mapping names."""
    return [column for _, column, _, _ in wanted_columns(mapping) if column is not None]


def bind(mapping: Mapping, table: Table) -> tuple[BoundColumn, ...]:
    """Find each column that the mapping names; raises :class:`PlainError` that names the nearest one when it is
    missing."""
    return tuple(
        BoundColumn(
            raw,
            None if column is None else find_column(column, table.header, table.name, purpose),
            constant,
            column or "",
        )
        for raw, column, constant, purpose in wanted_columns(mapping)
    )
