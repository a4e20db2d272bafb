"""The mapping of FHIR MeasureReports, whose form leaves nothing to guess but what each measure means."""

from __future__ import annotations

from equity.intake.formats.tabular import Table
from equity.intake.proposal.measure_proposal import described
from equity.intake.spellings.catalogue import recognise
from equity.vocabulary import ColumnSource, LongColumns, Mapping, Measure


def fhir_mapping(table: Table) -> Mapping:
    """The mapping of a table of MeasureReports."""
    names = list(dict.fromkeys(cells[0] for _, cells in table.rows()))
    return Mapping(
        shape="counts",
        columns={
            "measure": ColumnSource(column="measure"),
            "period": ColumnSource(column="period"),
            "x": ColumnSource(column="numerator"),
            "n": ColumnSource(column="denominator"),
        },
        long=LongColumns("stratifier", "group"),
        measures={name: _measure(name) for name in names},
    )


def _measure(name: str) -> Measure:
    entry = recognise(name)
    return described(name, "counts", "proportion", area=entry.clinical_area if entry else "")
