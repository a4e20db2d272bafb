"""A mapping read from the values of its TOML file."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from typing import Any, get_args

from equity.intake.proposal.mapping.layout_file import layout_in
from equity.intake.proposal.mapping.mapping_keys import (
    EXTRACT_KEYS,
    LONG_KEYS,
    MEASURE_KEYS,
    RESERVED,
    ROLES,
    STRATIFIER_KEYS,
    TABLES,
)
from equity.intake.proposal.mapping.table_reader import TableReader
from equity.intake.spellings.nearest import did_you_mean
from equity.vocabulary import (
    ColumnSource,
    LongColumns,
    Mapping,
    Measure,
    PlainError,
    Reference,
    StratifierMapping,
    refuse_impossible_target,
)
from equity.vocabulary.mapping import (
    Blank,
    CountedFrom,
    DateOrder,
    Decimal,
    MeasureColumns,
    PeriodForm,
    Repeats,
    Shape,
    Spellings,
    YesNo,
)


class MappingReader(TableReader):
    """Reads a whole mapping, table by table."""

    def mapping(self, raw: ReadOnly[str, Any]) -> Mapping:
        for table in raw:
            if table not in TABLES:
                raise PlainError(f"The mapping {self.name} has no table [{table}]: {did_you_mean(table, TABLES)}")
        extract = self.table(raw, "extract", EXTRACT_KEYS)
        if "shape" not in extract:
            raise self.wrong("extract", "“shape” is missing: write rows, counts, wide or estimates.")
        shape = self.text(extract, "extract", "shape")
        if shape not in get_args(Shape):
            raise self.wrong("extract", f"shape is “{shape}”: write rows, counts, wide or estimates.")
        measures, measure_columns = self.measures(raw)
        mapping = Mapping(
            shape=shape,  # type: ignore[arg-type]
            columns=self.columns(raw),
            stratifiers=self.stratifiers(raw),
            long=self.long(raw),
            measures=measures,
            measure_columns=measure_columns,
            header=self.text(extract, "extract", "header"),
            missing=self.texts(extract, "extract", "missing"),
            sheet=self.text(extract, "extract", "sheet"),
            layout=layout_in(self.table(raw, "layout"), self.wrong),
            only_over_time=self.truth(extract, "extract", "only_over_time"),
            spellings=self.spellings(extract),
            answers=self.answers(extract),
            leave_out=self.rows(extract, "leave_out"),
            only=self.rows(extract, "only"),
            scales=self.scales(raw),
            repeats=self.one_of(extract, "repeats", get_args(Repeats)),
            once=self.texts(extract, "extract", "once"),
            unweighted=self.text(extract, "extract", "unweighted"),
        )
        self.require(mapping)
        return mapping

    def require(self, mapping: Mapping) -> None:
        """What each shape cannot do without."""
        if mapping.long and mapping.stratifiers:
            raise self.wrong("long", "it stands instead of [stratifiers.…]: keep one of the two.")
        grouped = bool(mapping.long or mapping.stratifiers)
        if not grouped and not mapping.only_over_time:
            raise PlainError(
                f"The mapping {self.name} groups people by nothing: add a table such as [stratifiers.race] with "
                "column = …, or write only_over_time = true under [extract] to follow everyone together over time."
            )
        if grouped and mapping.only_over_time:
            raise self.wrong("extract", "only_over_time = true stands instead of groupings: keep one of the two.")
        if mapping.shape == "wide":
            if not mapping.measure_columns:
                raise self.wrong("measures", "in the shape wide each measure needs “x”, the column that holds it.")
            without = [m for m in mapping.measures if m not in mapping.measure_columns]
            if without:
                raise self.wrong(
                    f'measures."{without[0]}"', "in the shape wide it needs “x”, the column that holds it."
                )
            return
        if mapping.measure_columns:
            wrong = next(iter(mapping.measure_columns))
            raise self.wrong(f'measures."{wrong}"', "“x” and “n” belong here only in the shape wide.")
        needed = {"rows": ("x",), "counts": ("x",), "estimates": ("estimate",)}[mapping.shape]
        for role in needed:
            if role not in mapping.columns:
                raise self.wrong("columns", f"the shape {mapping.shape} needs “{role}”, the column that holds it.")
        if mapping.shape == "counts" and not {"n", "no"} & set(mapping.columns):
            raise self.wrong("columns", "the shape counts needs “n” (everyone) or “no” (those without the event).")
        if "measure" not in mapping.columns and len(mapping.measures) != 1:
            raise self.wrong("columns", '“measure” is missing: name the column, or write measure = { value = "…" }.')

    def spellings(self, extract: dict[str, Any]) -> Spellings:
        start = extract.get("fiscal_start", 1)
        if isinstance(start, bool) or not isinstance(start, int) or not 1 <= start <= 12:
            raise self.wrong("extract", "fiscal_start must be the number of a month, 1 to 12.")
        return Spellings(
            self.one_of(extract, "decimal", get_args(Decimal)),
            self.one_of(extract, "dates", (*get_args(DateOrder), *get_args(CountedFrom))),
            self.one_of(extract, "periods", get_args(PeriodForm)),
            start,
        )

    def answers(self, extract: dict[str, Any]) -> YesNo:
        yes, no, neither = (self.texts(extract, "extract", key) for key in ("yes", "no", "neither"))
        twice = {*yes} & {*no} | {*yes} & {*neither} | {*no} & {*neither}
        if twice:
            raise self.wrong("extract", f"“{min(twice)}” stands in two of yes, no and neither: keep one.")
        return YesNo(yes, no, neither, self.one_of(extract, "blank", get_args(Blank)))

    def rows(self, extract: dict[str, Any], key: str) -> dict[str, tuple[str, ...]]:
        table = extract.get(key, {})
        if not isinstance(table, dict):
            raise self.wrong("extract", f'{key} must look like {{ "Column" = ["value", "another"] }}.')
        return {column: self.texts(table, f"extract.{key}", column) for column in table}

    def scales(self, raw: ReadOnly[str, Any]) -> dict[str, float]:
        tables = self.table(raw, "measures")
        scales = {name: self.number(self.table(tables, name), f'measures."{name}"', "scale", None) for name in tables}
        for name, scale in scales.items():
            if scale is not None and scale <= 0:
                raise self.wrong(f'measures."{name}"', "scale must be above 0, such as 100 for percents.")
        return {name: scale for name, scale in scales.items() if scale is not None}

    def columns(self, raw: ReadOnly[str, Any]) -> dict[str, ColumnSource]:
        return {role: self.source(role, value) for role, value in self.table(raw, "columns", ROLES).items()}

    def source(self, role: str, value: Any) -> ColumnSource:
        if isinstance(value, str) and value.strip():
            return ColumnSource(column=value)
        if isinstance(value, dict) and set(value) == {"value"} and isinstance(value["value"], str | int | float):
            return ColumnSource(value=str(value["value"]))
        if isinstance(value, dict) and set(value) == {"columns"} and role == "period":
            columns = self.texts(value, "columns.period", "columns")
            if len(columns) > 1 and all(c.strip() for c in columns):
                return ColumnSource(column=columns[0], more=columns[1:])
        if isinstance(value, dict) and "column" in value and set(value) <= {"column", "minus", "plus", "times"}:
            return self.counted_source(role, value)
        raise self.wrong(
            "columns", f'{role} must be a column\'s name, or {{ value = "…" }} where the file does not say.'
        )

    def counted_source(self, role: str, value: dict[str, Any]) -> ColumnSource:
        column, times = self.text(value, f"columns.{role}", "column"), self.number(value, "columns", "times", 1.0)
        minus, plus = (self.texts(value, f"columns.{role}", key) for key in ("minus", "plus"))
        if not column.strip() or times <= 0 or ((minus or plus) and role != "n"):
            raise self.wrong(
                "columns", f"{role}: name a column; “times” must be above 0, and “minus” and “plus” belong to n alone."
            )
        return ColumnSource(column=column, minus=minus, times=times, plus=plus)

    def stratifiers(self, raw: ReadOnly[str, Any]) -> tuple[StratifierMapping, ...]:
        tables = self.table(raw, "stratifiers")
        stratifiers = tuple(self.stratifier(name, self.table(tables, name)) for name in tables)
        for place, s in enumerate(stratifiers):
            if any(s.name.casefold() == other.name.casefold() for other in stratifiers[:place]):
                raise self.wrong(
                    f"stratifiers.{s.name}", "another stratifier has the same name but for capitals: rename one."
                )
        return stratifiers

    def stratifier(self, name: str, raw: dict[str, Any]) -> StratifierMapping:
        table = f"stratifiers.{name}"
        if name.casefold() in RESERVED or not name.strip() or "\0" in name:
            raise self.wrong(table, "that name has a meaning of its own: choose another, such as race_group.")
        for key in raw:
            if key not in STRATIFIER_KEYS:
                raise self.wrong(table, f"there is no key “{key}”: {did_you_mean(key, STRATIFIER_KEYS)}")
        if ("column" in raw) == ("columns" in raw):
            raise self.wrong(
                table, 'write column = "…" for one column or columns = […] for several, and only one of the two.'
            )
        columns = (self.text(raw, table, "column"),) if "column" in raw else self.texts(raw, table, "columns")
        if not columns or not all(c.strip() for c in columns):
            raise self.wrong(table, "the column's name is empty: name a column of the file.")
        recode = raw.get("recode", {})
        if not isinstance(recode, dict) or not all(isinstance(v, str) and v.strip() for v in recode.values()):
            raise self.wrong(table, 'recode must look like { "as in the file" = "as shown" }.')
        choices = raw.get("choices", {})
        if not isinstance(choices, dict) or not all(isinstance(v, str) and v.strip() for v in choices.values()):
            raise self.wrong(table, 'choices must look like { "race_1" = "White" }.')
        bands = raw.get("bands", [])
        if (
            not isinstance(bands, list)
            or not all(isinstance(b, int | float) and not isinstance(b, bool) for b in bands)
            or sorted(set(bands)) != bands
        ):
            raise self.wrong(table, "bands must be rising numbers, such as [18, 45, 65].")
        return StratifierMapping(
            name=name,
            columns=columns,
            label=self.text(raw, table, "label") or name.replace("_", " ").capitalize(),
            ordered=self.truth(raw, table, "ordered"),
            standard=self.text(raw, table, "standard"),
            order=self.texts(raw, table, "order"),
            recode=recode,
            drop=self.texts(raw, table, "drop"),
            keep=self.texts(raw, table, "keep"),
            choices=choices,
            bands=tuple(float(b) for b in bands),
        )

    def long(self, raw: ReadOnly[str, Any]) -> LongColumns | None:
        table = self.table(raw, "long", LONG_KEYS)
        if not table:
            return None
        for key in ("dimension", "group"):
            if not self.text(table, "long", key).strip():
                raise self.wrong("long", f"“{key}” is missing: name the column that holds it.")
        return LongColumns(*(self.text(table, "long", key) for key in LONG_KEYS))

    def measures(self, raw: ReadOnly[str, Any]) -> tuple[dict[str, Measure], dict[str, MeasureColumns]]:
        measures: dict[str, Measure] = {}
        columns: dict[str, MeasureColumns] = {}
        tables = self.table(raw, "measures")
        for name in tables:
            table = self.table(tables, name)
            measures[name] = self.measure(name, table)
            if "x" in table or "n" in table:
                columns[name] = self.measure_columns(name, table)
        return measures, columns

    def measure_columns(self, name: str, raw: dict[str, Any]) -> MeasureColumns:
        where = f'measures."{name}"'
        if not self.text(raw, where, "x").strip():
            raise self.wrong(where, "“x” is missing: name the column that holds the measure's value.")
        return MeasureColumns(raw["x"], self.text(raw, where, "n") or None)

    def measure(self, name: str, raw: dict[str, Any]) -> Measure:
        where = f'measures."{name}"'
        for key in raw:
            if key not in MEASURE_KEYS:
                raise self.wrong(where, f"there is no key “{key}”: {did_you_mean(key, MEASURE_KEYS)}")
        if "kind" not in raw:
            kind: Any = "proportion"
        else:
            kind = self.text(raw, where, "kind")
        minimum_n = raw.get("minimum_n", 100)
        if isinstance(minimum_n, bool) or not isinstance(minimum_n, int) or minimum_n < 0:
            raise self.wrong(where, "minimum_n must be a whole number such as 100.")
        try:
            measure = Measure(
                name=name,
                kind=kind,
                polarity=self.text(raw, where, "polarity") or "neutral",  # type: ignore[arg-type]
                clinical_area=self.text(raw, where, "clinical_area"),
                multiplier=self.number(raw, where, "multiplier", 1.0),
                unit=self.text(raw, where, "unit"),
                reference=Reference.parse(self.text(raw, where, "reference") or "best"),
                target=self.number(raw, where, "target", None),
                minimum_n=minimum_n,
            )
            refuse_impossible_target(measure)
            return measure
        except PlainError as error:
            if str(error).startswith("The mapping"):
                raise
            raise PlainError(f"The mapping {self.name}: {error}") from None
