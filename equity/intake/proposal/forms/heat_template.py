"""WHO's HEAT Plus template: estimates by dimension and subgroup, with everything a mapping needs in its own columns.

Source: WHO, Health Equity Assessment Toolkit Plus (HEAT Plus), template and user manual. ``favourable_indicator`` 1
means that higher is better, ``indicator_scale`` is what a rate is per (100 for percents), ``ordered_dimension`` 1
that the order means something, ``reference_subgroup`` 1 marks the reference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from equity.intake.formats.tabular import Table
from equity.intake.spellings.catalogue import recognise
from equity.intake.spellings.numbers import parse_number
from equity.vocabulary import ColumnSource, LongColumns, Mapping, Measure, Problem

REQUIRED = ("indicator_name", "dimension", "subgroup", "estimate")
_ROLES = {
    "estimate": "estimate",
    "se": "se",
    "ci_lb": "lower",
    "ci_ub": "upper",
    "population": "population",
    "year": "period",
}


@dataclass
class _Indicator:
    favourable: Counter[str] = field(default_factory=Counter)
    scales: Counter[float] = field(default_factory=Counter)


def is_heat_template(header: Sequence[str]) -> bool:
    """Whether a file's columns are the template's."""
    return set(REQUIRED) <= {h.strip().casefold() for h in header}


def heat_mapping(table: Table) -> Mapping:
    """The mapping that the file itself says. Indicators are read by name; percents and rates are divided by their
    scale."""
    names = {h.strip().casefold(): h for h in table.header}
    place = {h.strip().casefold(): p for p, h in enumerate(table.header)}
    indicators: dict[str, _Indicator] = defaultdict(_Indicator)
    for _, cells in table.rows():
        name = _at(cells, place, "indicator_name").strip()
        if name:
            indicators[name].favourable[_at(cells, place, "favourable_indicator").strip()] += 1
            scale = parse_number(_at(cells, place, "indicator_scale")).value
            if scale:
                indicators[name].scales[scale] += 1
    columns = {role: ColumnSource(column=names[heat]) for heat, role in _ROLES.items() if heat in names}
    columns["measure"] = ColumnSource(column=names["indicator_name"])
    return Mapping(
        shape="estimates",
        columns=columns,
        long=LongColumns(
            names["dimension"], names["subgroup"], names.get("subgroup_order", ""), names.get("ordered_dimension", "")
        ),
        measures={name: _measure(name, indicator) for name, indicator in indicators.items()},
    )


def _at(cells: Sequence[str], place: dict[str, int], column: str) -> str:
    at = place.get(column)
    return cells[at] if at is not None and at < len(cells) else ""


def _measure(name: str, indicator: _Indicator) -> Measure:
    favourable = parse_number(indicator.favourable.most_common(1)[0][0]).value
    polarity = "neutral" if favourable is None else ("higher_better" if favourable == 1 else "lower_better")
    scale = indicator.scales.most_common(1)[0][0] if indicator.scales else 100.0
    entry = recognise(name)
    area = entry.clinical_area if entry else ""
    kind = "proportion" if scale == 100 else ("mean" if scale == 1 else "rate")
    return Measure(name, kind, polarity, area, scale)  # type: ignore[arg-type]


def several_settings(table: Table) -> list[Problem]:
    """A finding when the table holds several settings or sources, whose estimates would stand in one cell."""
    place = {h.strip().casefold(): p for p, h in enumerate(table.header)}
    problems = []
    for column in ("setting", "source"):
        values = {_at(cells, place, column).strip() for _, cells in table.rows()} - {""}
        if len(values) > 1:
            problems.append(
                Problem(
                    "warning",
                    "several_settings",
                    f"The file holds {len(values)} values of “{column}”; where they give two estimates of one group "
                    "and year, the first is kept and the others are set aside.",
                    f"Export one {column} at a time.",
                    column,
                )
            )
    return problems
