"""The mapping as a TOML file: read strictly, written so that a person can go on editing it.

The form is a contract that docs/mapping.md teaches. A wrong file gets one sentence that names the table and the key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as ReadOnly
from pathlib import Path
from typing import Any, get_args

import tomlkit

from equity.intake.proposal.layout_file import layout_in, layout_out
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
    DateOrder,
    Decimal,
    MeasureColumns,
    PeriodForm,
    Repeats,
    Shape,
    Spellings,
    YesNo,
)

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


def read_mapping(path: Path | str) -> Mapping:
    """The mapping in a TOML file; raises :class:`PlainError` that names the file, the table and the key."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PlainError(f"There is no mapping file “{path}”: check the name and the folder.") from None
    except UnicodeDecodeError:
        raise PlainError(f"The mapping {path.name} is not text in UTF-8: save it again as UTF-8.") from None
    except OSError as error:
        raise PlainError(f"The mapping {path.name} cannot be read: {error.strerror or 'the system refused'}.") from None
    return mapping_from_toml(text, path.name)


def mapping_from_toml(text: str, name: str) -> Mapping:
    """The mapping that a TOML text says; ``name`` is what errors call it."""
    if len(text) > LONGEST:
        raise PlainError(f"The mapping {name} is longer than {LONGEST:,} characters: choose a mapping file.")
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlainError(f"The mapping {name} is not in TOML's form: {error}.") from None
    except RecursionError:
        raise PlainError(
            f"The mapping {name} is nested too deeply: it has no tables within tables within tables."
        ) from None
    except ValueError:
        raise PlainError(f"The mapping {name} holds a number of thousands of digits: correct it.") from None
    return _Reader(name).mapping(raw)


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


class _Reader:
    """Reads the tables of one mapping, and knows its name for the sentences."""

    def __init__(self, name: str) -> None:
        self.name = name

    def wrong(self, table: str, sentence: str) -> PlainError:
        return PlainError(f"The mapping {self.name}, [{table}]: {sentence}")

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

    def table(self, raw: ReadOnly[str, Any], name: str, keys: tuple[str, ...] | None = None) -> dict[str, Any]:
        found = raw.get(name, {})
        if not isinstance(found, dict):
            raise PlainError(f"The mapping {self.name}: “{name}” must be a table, written as [{name}].")
        for key in found:
            if keys is not None and key not in keys:
                raise self.wrong(name, f"there is no key “{key}”: {did_you_mean(key, keys)}")
        return found

    def spellings(self, extract: dict[str, Any]) -> Spellings:
        start = extract.get("fiscal_start", 1)
        if isinstance(start, bool) or not isinstance(start, int) or not 1 <= start <= 12:
            raise self.wrong("extract", "fiscal_start must be the number of a month, 1 to 12.")
        return Spellings(
            self.one_of(extract, "decimal", get_args(Decimal)),
            self.one_of(extract, "dates", get_args(DateOrder)),
            self.one_of(extract, "periods", get_args(PeriodForm)),
            start,
        )

    def one_of(self, extract: dict[str, Any], key: str, words: tuple[str, ...]) -> Any:
        said = self.text(extract, "extract", key)
        if said not in words:
            listed = " or ".join(f"“{w}”" for w in words if w)
            raise self.wrong("extract", f"{key} is “{said}”: write {listed}.")
        return said

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
        found = {name: self.number(self.table(tables, name), f'measures."{name}"', "scale", None) for name in tables}
        for name, scale in found.items():
            if scale is not None and scale <= 0:
                raise self.wrong(f'measures."{name}"', "scale must be above 0, such as 100 for percents.")
        return {name: scale for name, scale in found.items() if scale is not None}

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
        found = tuple(self.stratifier(name, self.table(tables, name)) for name in tables)
        for place, s in enumerate(found):
            if any(s.name.casefold() == other.name.casefold() for other in found[:place]):
                raise self.wrong(
                    f"stratifiers.{s.name}", "another stratifier has the same name but for capitals: rename one."
                )
        return found

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
            found = Measure(
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
            refuse_impossible_target(found)
            return found
        except PlainError as error:
            if str(error).startswith("The mapping"):
                raise
            raise PlainError(f"The mapping {self.name}: {error}") from None

    def number(self, raw: ReadOnly[str, Any], table: str, key: str, default: Any) -> Any:
        value = raw.get(key, default)
        if value is default:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LARGEST_NUMBER:
            raise self.wrong(table, f"{key} must be a number without quotes.")
        return float(value)

    def truth(self, raw: ReadOnly[str, Any], table: str, key: str) -> bool:
        value = raw.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(table, f"{key} must be true or false.")
        return value

    def text(self, raw: ReadOnly[str, Any], table: str, key: str) -> str:
        value = raw.get(key, "")
        if not isinstance(value, str):
            raise self.wrong(table, f"{key} must be text in quotes.")
        return value

    def texts(self, raw: ReadOnly[str, Any], table: str, key: str) -> tuple[str, ...]:
        value = raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.wrong(table, f'{key} must be a list of texts, such as ["one", "two"].')
        return tuple(value)
