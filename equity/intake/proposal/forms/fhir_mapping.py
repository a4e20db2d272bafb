"""The mapping of FHIR MeasureReports, whose form leaves nothing to guess but what each measure means."""

from __future__ import annotations

from dataclasses import replace

from equity.intake.formats.tabular import Table
from equity.intake.proposal.measures.measure_proposal import described
from equity.intake.spellings.catalogue import recognise
from equity.vocabulary import ColumnSource, LongColumns, Mapping, Measure, Polarity

BETTER: dict[str, Polarity] = {"increase": "higher_better", "decrease": "lower_better"}


def fhir_mapping(table: Table) -> Mapping:
    """The mapping of a table of MeasureReports."""
    said = {cells[0]: cells[7] for _, cells in table.rows()}
    return Mapping(
        shape="counts",
        columns={
            "measure": ColumnSource(column="measure"),
            "period": ColumnSource(column="period"),
            "x": ColumnSource(column="numerator"),
            "n": ColumnSource(column="denominator"),
        },
        long=LongColumns("stratifier", "group"),
        measures={name: _measure(name, notation) for name, notation in said.items()},
    )


def _measure(name: str, notation: str) -> Measure:
    entry = recognise(name)
    measure = described(name, "counts", "proportion", area=entry.clinical_area if entry else "")
    polarity = BETTER.get(notation)
    return replace(measure, polarity=polarity) if polarity else measure
