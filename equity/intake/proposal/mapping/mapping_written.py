"""A mapping written as a TOML file, so that a person can go on editing it."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from typing import Any

import tomlkit

from equity.intake.proposal.mapping.layout_file import layout_out
from equity.intake.proposal.mapping.mapping_keys import LONG_KEYS
from equity.vocabulary import (
    ColumnSource,
    Mapping,
    Measure,
    StratifierMapping,
)
from equity.vocabulary.mapping import (
    MeasureColumns,
)


def mapping_to_toml(mapping: Mapping) -> str:
    """The mapping as TOML text, which :func:`mapping_from_toml` reads back as it was."""
    document = tomlkit.document()
    extract: dict[str, Any] = {"shape": mapping.shape}
    extract |= {k: v for k, v in (("header", mapping.header), ("sheet", mapping.sheet)) if v}
    if mapping.missing:
        extract["missing"] = list(mapping.missing)
    if mapping.only_over_time:
        extract["only_over_time"] = True
    extract |= _spellings_out(mapping)
    document["extract"] = extract
    if not mapping.layout.is_plain:
        document["layout"] = layout_out(mapping.layout)
    if mapping.columns:
        document["columns"] = {role: _source_out(source) for role, source in mapping.columns.items()}
    if mapping.stratifiers:
        document["stratifiers"] = {s.name: _stratifier_out(s) for s in mapping.stratifiers}
    if mapping.long:
        document["long"] = {key: value for key in LONG_KEYS if (value := getattr(mapping.long, key))}
    measures = {
        name: _measure_out(mapping.measures.get(name), mapping.measure_columns.get(name), mapping.scales.get(name))
        for name in [*mapping.measures, *(c for c in mapping.measure_columns if c not in mapping.measures)]
    }
    if measures:
        document["measures"] = measures
    return tomlkit.dumps(document)


def _spellings_out(mapping: Mapping) -> dict[str, Any]:
    said, answers = mapping.spellings, mapping.answers
    out: dict[str, Any] = {k: v for k in ("decimal", "dates", "periods") if (v := getattr(said, k))}
    if said.fiscal_start != 1:
        out["fiscal_start"] = said.fiscal_start
    out |= {k: list(v) for k in ("yes", "no", "neither") if (v := getattr(answers, k))}
    if answers.blank:
        out["blank"] = answers.blank
    if mapping.once:
        out["once"] = list(mapping.once)
    if mapping.repeats:
        out["repeats"] = mapping.repeats
    if mapping.unweighted:
        out["unweighted"] = mapping.unweighted
    out |= {k: _inline({c: list(v) for c, v in t.items()}) for k in ("leave_out", "only") if (t := getattr(mapping, k))}
    return out


def _inline(table: ReadOnly[str, Any]) -> Any:
    inline = tomlkit.inline_table()
    inline.update(dict(table))
    return inline


def _source_out(source: ColumnSource) -> Any:
    if source.column is None:
        return _inline({"value": source.value or ""})
    if source.more:
        return _inline({"columns": [source.column, *source.more]})
    if not source.minus and not source.plus and source.times == 1:
        return source.column
    out: dict[str, Any] = {"column": source.column}
    if source.minus:
        out["minus"] = list(source.minus)
    if source.plus:
        out["plus"] = list(source.plus)
    if source.times != 1:
        out["times"] = _number_out(source.times)
    return _inline(out)


def _stratifier_out(s: StratifierMapping) -> dict[str, Any]:
    out: dict[str, Any] = {"column": s.columns[0]} if len(s.columns) == 1 else {"columns": list(s.columns)}
    out["label"] = s.label
    if s.ordered:
        out["ordered"] = True
    if s.standard:
        out["standard"] = s.standard
    if s.order:
        out["order"] = list(s.order)
    if s.recode:
        out["recode"] = _inline(s.recode)
    if s.drop:
        out["drop"] = list(s.drop)
    if s.keep:
        out["keep"] = list(s.keep)
    if s.choices:
        out["choices"] = _inline(s.choices)
    if s.bands:
        out["bands"] = [_number_out(b) for b in s.bands]
    return out


def _measure_out(measure: Measure | None, columns: MeasureColumns | None, scale: float | None) -> dict[str, Any]:
    out: dict[str, Any] = {}
    if columns:
        out["x"] = columns.x
        if columns.n is not None:
            out["n"] = columns.n
    if scale is not None:
        out["scale"] = _number_out(scale)
    if measure is None:
        return out
    out["kind"] = measure.kind
    out["polarity"] = measure.polarity
    if measure.clinical_area:
        out["clinical_area"] = measure.clinical_area
    if measure.multiplier != 1:
        out["multiplier"] = _number_out(measure.multiplier)
    if measure.unit:
        out["unit"] = measure.unit
    out["reference"] = str(measure.reference)
    if measure.target is not None:
        out["target"] = _number_out(measure.target)
    if measure.minimum_n != 100:
        out["minimum_n"] = measure.minimum_n
    return out


def _number_out(number: float) -> int | float:
    return int(number) if number == int(number) and abs(number) < 1e15 else number
