"""Staged rows into a fact table with its description and the account of every row, wherever the rows lie."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from equity.cube.quoting import identifier
from equity.intake.columns.category_order import arrange
from equity.intake.formats.tabular import Table
from equity.intake.reading.checks import check_facts
from equity.intake.reading.cleaning import (
    as_enum,
)
from equity.intake.reading.columns_read import ColumnsRead
from equity.intake.reading.fact_query import FactQuery, sifted
from equity.intake.reading.facts import Facts, few_of_a_kind
from equity.intake.reading.refusal import Account, account_of, refuse_wrong_columns, set_aside_problems
from equity.intake.reading.scale import scales
from equity.intake.reading.unlisted import unlisted_reasons
from equity.intake.spellings.catalogue import measure_for
from equity.intake.spellings.missing import squeeze
from equity.vocabulary import (
    Grain,
    Measure,
    PlainError,
    Problem,
    Stratifier,
    StratifierMapping,
    period_label,
)
from equity.vocabulary.mapping import YesNo


class Reading(ColumnsRead):
    """The columns that were read, put together to facts."""

    def facts(self) -> Facts:
        """Read everything and write the facts."""
        self.watch.say(0.0, "Opening the extract")
        tables = self.opened()
        with ThreadPoolExecutor(1) as background:
            sources = background.submit(self.sources)
            staged = self.stage(tables)
            self.watch.say(0.5, "Reading every spelling once")
            file = tables[0].name
            texts = self.read_measures(file)
            grain = self.read_periods(staged, file)
            strata = self.read_strata(file)
            self.read_numbers(staged)
            measures = self.describe(texts, staged)
            query = FactQuery(
                self.mapping.shape,
                frozenset(staged),
                strata[0],
                grain,
                bool(self.named("period")),
                self.decimal,
                self.mapping.answers != YesNo(),
                {role: source.times for role, source in self.mapping.columns.items() if source.times != 1},
                sifted(self.mapping),
                self.mapping.repeats == "first" and self.mapping.shape == "counts",
                self.mapping.codes,
            )
            account = self.write(query, tables)
            rows = self.written(strata[1])
            stratifiers = self.stratifiers(strata[1], rows)
            self.watch.say(0.9, "Checking")
            self.problems += check_facts(self.connection, rows, query, measures, stratifiers, staged)
            self.problems += unlisted_reasons(self.connection, self.mapping)
            return Facts(
                shape=self.mapping.shape,
                tables="one_way" if self.mapping.long else "crossed",
                values="estimates" if query.estimates else "counts",
                grain=grain,
                periods=self.periods(rows, grain),
                has_person="person" in self.mapping.columns,
                measures=self.used(measures, rows),
                stratifiers=stratifiers,
                rows_in=account.rows_in,
                rows_used=account.rows_used,
                rows_set_aside=account.rows_in - account.rows_used,
                sources=sources.result(),
                problems=few_of_a_kind(self.problems),
                form=self.form(rows, staged, query.estimates),
            )

    def describe(self, texts: dict[str, str], staged: Sequence[str]) -> tuple[Measure, ...]:
        """Each measure of the file with its meaning: the mapping's, else the catalogue's, and that is said."""
        areas = self.areas(staged)
        left_out = self.mapping.leave_out.get(self.named("measure"), ())
        measures: dict[str, Measure] = {}
        for name in sorted(set(texts.values()) - {""}):
            measure = self.mapping.measures.get(name)
            if measure is None:
                measure = measure_for(name, self.mapping.shape)
            if name not in self.mapping.measures and name not in left_out:
                self.problems.append(
                    Problem(
                        "warning",
                        "measure_undescribed",
                        f"The mapping does not describe the measure “{name}”: it is read as a {measure.kind}, "
                        f"{measure.polarity.replace('_', ' ')}.",
                        f'Add [measures."{name}"] with kind and polarity to the mapping.',
                        self.named("measure"),
                    )
                )
            area = measure.clinical_area or areas.get(name, "")
            measures[name] = _with_area(measure, area)
        scale = scales(self.connection, measures.values(), self.mapping, self.decimal)
        self.connection.execute("CREATE TABLE measure_kinds (name VARCHAR, kind VARCHAR, scale DOUBLE)")
        rows = [[m.name, m.kind, scale[m.name]] for m in measures.values()]
        if rows:
            self.connection.executemany("INSERT INTO measure_kinds VALUES (?, ?, ?)", rows)
        as_enum(self.connection, "measure_kinds", "kind")
        return tuple(_without_percent(m) for m in measures.values())

    def areas(self, staged: Sequence[str]) -> dict[str, str]:
        if "clinical_area" not in staged:
            return {}
        rows = self.connection.execute(
            "SELECT name, min(trim(clinical_area)), count(DISTINCT trim(clinical_area)) FROM staged JOIN measure_words "
            "ON text = measure WHERE trim(clinical_area) <> '' GROUP BY name"
        ).fetchall()
        for name, area, count in rows:
            if count > 1:
                self.problems.append(
                    Problem(
                        "warning",
                        "several_areas",
                        f"The measure “{name}” stands under {count} clinical areas; “{area}” is used.",
                        f'Write clinical_area under [measures."{name}"].',
                        self.named("clinical_area"),
                    )
                )
        return {name: squeeze(area) for name, area, _ in rows}

    def account(self, query: FactQuery, tables: Sequence[Table], used: int) -> Account:
        """The table ``faulty`` of the rows without a place among the facts, counted.

        Raises :class:`PlainError` when they are so many that the mapping must be wrong.
        """
        rows_in = int(self.connection.execute("SELECT count(*) FROM staged").fetchall()[0][0])
        names = ", ".join(t.name for t in tables)
        if rows_in == 0:
            raise PlainError(f"{names} holds no rows below its header: export it again.")
        # Events of rows that lack only their n are counted, so that a person knows what setting them aside costs.
        lost = "NULL" if query.estimates else "CASE WHEN fault = 'n_missing' THEN x END"
        faulty = f"SELECT file, source_row, fault, CAST({lost} AS DOUBLE) AS events FROM ({query.judged()})"
        condition = "fault IS NOT NULL" if used < rows_in else "false"
        self.watch.run(self.connection, f"CREATE TABLE faulty AS {faulty} WHERE {condition}")
        account = account_of(self.connection, rows_in, used)
        refuse_wrong_columns(account, self.mapping, names)
        self.problems += set_aside_problems(account, self.mapping)
        return account

    def stratifiers(self, strata: Sequence[StratifierMapping], rows: str) -> tuple[Stratifier, ...]:
        stratifiers = []
        for mapping in strata:
            column = identifier(mapping.name)
            values = self.connection.execute(
                f"SELECT DISTINCT {column} FROM {rows} WHERE {column} IS NOT NULL"
            ).fetchall()
            ordered = mapping.ordered or bool(mapping.order)
            if values:
                stratifiers.append(
                    Stratifier(mapping.name, mapping.label, ordered, arrange((v for (v,) in values), mapping))
                )
        return tuple(stratifiers)

    def periods(self, rows: str, grain: Grain) -> tuple[str, ...]:
        days = self.connection.execute(
            f"SELECT DISTINCT period FROM {rows} WHERE period IS NOT NULL ORDER BY period"
        ).fetchall()
        return tuple(period_label(day, grain) for (day,) in days)

    def used(self, measures: Sequence[Measure], rows: str) -> tuple[Measure, ...]:
        names = {name for (name,) in self.connection.execute(f"SELECT DISTINCT measure FROM {rows}").fetchall()}
        order = {name: place for place, name in enumerate(self.mapping.measures)}
        return tuple(
            sorted((m for m in measures if m.name in names), key=lambda m: (order.get(m.name, len(order)), m.name))
        )


def _with_area(measure: Measure, area: str) -> Measure:
    return replace(measure, clinical_area=area)


def _without_percent(measure: Measure) -> Measure:
    """A proportion is kept as a fraction, so a multiplier of 100 (percent in the file) has done its work."""
    return measure if measure.kind == "rate" else replace(measure, multiplier=1.0)
