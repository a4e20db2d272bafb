"""The tables and keys that a mapping file may have; docs/mapping.md teaches them."""

from __future__ import annotations

ROLES = (
    "measure",
    "clinical_area",
    "period",
    "x",
    "n",
    "no",
    "person",
    "estimate",
    "se",
    "lower",
    "upper",
    "population",
)
TABLES = ("extract", "layout", "columns", "stratifiers", "long", "measures")
LONG_KEYS = ("dimension", "group", "order", "ordered")
EXTRACT_KEYS = (
    "shape",
    "header",
    "missing",
    "sheet",
    "decimal",
    "dates",
    "periods",
    "fiscal_start",
    "yes",
    "no",
    "neither",
    "blank",
    "leave_out",
    "only",
    "only_over_time",
    "repeats",
    "once",
    "unweighted",
)
STRATIFIER_KEYS = (
    "column",
    "columns",
    "label",
    "ordered",
    "standard",
    "order",
    "recode",
    "drop",
    "keep",
    "choices",
    "bands",
)
MEASURE_KEYS = (
    "kind",
    "polarity",
    "clinical_area",
    "multiplier",
    "unit",
    "reference",
    "target",
    "minimum_n",
    "scale",
    "x",
    "n",
)
LONGEST = 2_000_000
LARGEST_NUMBER = 1e300
RESERVED = frozenset({"hidden", "source_row", "file_row_number", "file", *ROLES})
