"""The statement that turns staged texts into facts, and each row's fault where it has one."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from collections.abc import Sequence
from dataclasses import dataclass, field

from equity.cube.quoting import identifier, literal
from equity.intake.reading.cleaning import day_text, plain_number
from equity.intake.spellings.missing import squeeze
from equity.intake.spellings.numbers import DecimalMark
from equity.vocabulary import Grain, Mapping

PLAIN_COLUMNS = ("measure", "period", "x", "n", "person", "hidden", "source_row")
ESTIMATE_COLUMNS = ("estimate", "se", "lower", "upper", "population")
BOUND_ROLES = ("se", "lower", "upper")
PERIOD_FAULTS = ("missing", "total", "impossible", "text", "overlap")
_MEASURES = (
    "SELECT w.text, w.category, k.kind, k.scale FROM measure_words w LEFT JOIN measure_kinds k ON k.name = w.name"
)


@dataclass(frozen=True)
class Strata:
    """Where the stratifiers' values come from.

    ``names`` are their keys in order; ``parts`` the number of columns of each; ``dimensions`` is set instead for long
    extracts, whose lookup ``dimension_words`` gives each row its stratifier's number and category.
    """

    names: tuple[str, ...]
    parts: tuple[int, ...] = ()
    dimensions: bool = False


@dataclass(frozen=True)
class FactQuery:
    """What the statement depends on: the mapping's shape, its staged columns, the stratifiers, the extract's grain."""

    shape: str
    staged: frozenset[str]
    strata: Strata
    grain: Grain
    period_is_column: bool = True
    decimal: DecimalMark = ""
    answers_said: bool = False
    times: ReadOnly[str, float] = field(default_factory=dict)
    sifted: str = ""
    first_of_repeats: bool = False
    codes: tuple[float, ...] = ()

    @property
    def estimates(self) -> bool:
        """Whether rows hold rates without counts."""
        return self.shape == "estimates"

    def facts(self) -> str:
        """SELECT of the fact table's columns over the rows without a fault."""
        columns = [*PLAIN_COLUMNS, *(identifier(s) for s in self.strata.names)]
        columns += ESTIMATE_COLUMNS if self.estimates else ()
        return f"SELECT {', '.join(columns)} FROM ({self.judged()}) WHERE fault IS NULL"

    def event_days(self) -> str:
        """SELECT of ``measure, period, day, x`` and each stratifier, a row an event (or several of one row), for the
        measures named in the table ``rare_measures``."""
        columns = ["measure", "period", "event_day AS day", "x", *(identifier(s) for s in self.strata.names)]
        return f"""
            SELECT {", ".join(columns)} FROM ({self._judged_alone()})
            WHERE fault IS NULL AND x > 0 AND event_day IS NOT NULL
                AND measure IN (SELECT measure FROM rare_measures)"""

    def judged(self) -> str:
        """SELECT of every staged row with its values and ``fault`` (null for a row that is used)."""
        if not self.estimates and not self.first_of_repeats:
            return self._judged_alone()
        keys = ", ".join(["measure", "period", *(identifier(s) for s in self.strata.names)])
        again = f"row_number() OVER (PARTITION BY fault IS NULL, {keys} ORDER BY file, source_row) > 1"
        more = ESTIMATE_COLUMNS if self.estimates else ()
        code = "repeat" if self.estimates else "again"
        kept = ["file", *PLAIN_COLUMNS, *more, *(identifier(s) for s in self.strata.names)]
        return f"""
            SELECT {", ".join(kept)}, CASE WHEN fault IS NULL AND {again} THEN '{code}' ELSE fault END AS fault
            FROM ({self._judged_alone()})"""

    def _judged_alone(self) -> str:
        """The same, each row judged without looking at the others."""
        strata = ", ".join(f"{self._stratum(place)} AS {identifier(s)}" for place, s in enumerate(self.strata.names))
        return f"""
            SELECT file, measure, period, event_day, {self._values()}, person, {self._hidden()} AS hidden,
                   source_row, {strata or "NULL AS nothing"}, {self._fault()} AS fault
            FROM ({self._cells()})"""

    def _beside_n(self) -> list[str]:
        """The columns that are taken off n, and those that are added to it."""
        return sorted(c for c in self.staged if c.startswith(("n_minus_", "n_plus_")))

    def _numbers(self) -> list[str]:
        roles = ("estimate", *BOUND_ROLES, "population") if self.estimates else ("x", "n", "no")
        return [r for r in roles if r in self.staged]

    def _cells(self) -> str:
        """Every staged row beside the reading of each of its texts."""
        columns = [
            "s.file",
            "s.source_row",
            "s.ragged",
            f"{'s.person' if 'person' in self.staged else 'CAST(NULL AS UBIGINT)'} AS person",
        ]
        columns += ["m.category AS measure", "m.kind", "m.scale"]
        joins = [f"LEFT JOIN ({_MEASURES}) m ON m.text = s.measure"]
        if "period" in self.staged:
            columns += ["p.folded AS period", "p.event_day", "p.grain AS day_grain", "p.state AS day_state"]
            event_day = "CASE WHEN grain = 'day' THEN day END AS event_day"
            folded = f"SELECT text, grain, state, {event_day}, {self._folded_day()} AS folded FROM period_words"
            joins.append(f"LEFT JOIN ({folded}) p ON p.text = {day_text('s.period')}")
        else:
            columns += ["CAST(NULL AS DATE) AS period", "CAST(NULL AS DATE) AS event_day"]
        for role in [*self._numbers(), *self._beside_n()]:
            table = "x_words" if role == "x" and self.shape in ("rows", "wide") else "number_words"
            said = table == "x_words" and self.answers_said
            plain = plain_number(f"s.{role}", self.decimal, said, self.codes)
            columns.append(f"s.{role} AS {role}_text")
            times = f" * {self.times[role]!r}" if role in self.times else ""
            columns.append(
                f"CASE WHEN {plain} THEN TRY_CAST(s.{role} AS DOUBLE) ELSE w_{role}.value END{times} AS {role}_value"
            )
            columns.append(f"CASE WHEN {plain} THEN 'value' ELSE w_{role}.state END AS {role}_state")
            joins.append(f"LEFT JOIN {table} w_{role} ON w_{role}.text = s.{role}")
        for place, parts in enumerate(self.strata.parts):
            columns += [f"a{place}.value AS value_{place}", f"a{place}.left_out AS left_out_{place}"]
            on = " AND ".join(f"a{place}.k{part} = s.stratum_{place}_{part}" for part in range(parts))
            joins.append(f"LEFT JOIN strata_{place} a{place} ON {on}")
        if self.strata.dimensions:
            columns += ["d.place AS dimension_place", "d.value AS dimension_value", "d.left_out AS left_out_0"]
            joins.append("LEFT JOIN dimension_words d ON d.dimension = s.dimension AND d.category = s.group_name")
        columns += [f"s.{c} AS {c}" for c in sorted(self.staged) if c.startswith("sifted_") or c == "again"]
        columns.append(f"{self._filled()} AS filled")
        return f"SELECT {', '.join(columns)} FROM staged s {' '.join(joins)}"

    def _filled(self) -> str:
        """How many of a row's mapped groups hold a text: notes fill one, data fills most."""
        texts = [f"s.stratum_{place}_{part}" for place, parts in enumerate(self.strata.parts) for part in range(parts)]
        texts += ["s.dimension", "s.group_name"] if self.strata.dimensions else []
        return " + ".join(f"CAST(trim({t}) <> '' AS INTEGER)" for t in texts) or "0"

    def _stratum(self, place: int) -> str:
        if self.strata.dimensions:
            return f"CASE WHEN dimension_place = {place} THEN dimension_value END"
        return f"CASE WHEN left_out_{place} = '' THEN value_{place} END" if self.estimates else f"value_{place}"

    def _folded_day(self) -> str:
        if self.grain == "all":
            return "CAST(NULL AS DATE)"
        return f"CAST(date_trunc({literal(self.grain)}, day) AS DATE)"

    def _values(self) -> str:
        if not self.estimates:
            return f"CASE WHEN x_state <> 'hidden' THEN x_value END AS x, {self._n()} AS n"
        columns = ["CAST(NULL AS DOUBLE) AS x", "CAST(NULL AS DOUBLE) AS n"]
        for role in ("estimate", *BOUND_ROLES):
            scaled = f"{role}_value / CASE WHEN {role}_state = 'percent' THEN 1 ELSE scale END"
            columns.append(f"{scaled if role in self.staged else 'CAST(NULL AS DOUBLE)'} AS {role}")
        columns.append(f"{'population_value' if 'population' in self.staged else 'CAST(NULL AS DOUBLE)'} AS population")
        return ", ".join(columns)

    def _n(self) -> str:
        said = "CASE WHEN n_state <> 'hidden' THEN n_value END" if "n" in self.staged else "CAST(NULL AS DOUBLE)"
        if "n" in self.staged:
            signs = {c: "-" if c.startswith("n_minus_") else "+" for c in self._beside_n()}
            less = "".join(f" {sign} coalesce({c}_value, 0)" for c, sign in signs.items())
            return f"CASE WHEN n_text IS NULL THEN 1.0 ELSE {said}{less} END"
        return "x_value + no_value" if "no" in self.staged else "CAST(1 AS DOUBLE)"

    def _hidden(self) -> str:
        states = [
            f"coalesce({r}_state = 'hidden', false)" for r in self._numbers() if r not in (*BOUND_ROLES, "population")
        ]
        states += [f"coalesce({c}_state = 'hidden', false)" for c in self._beside_n()]
        return f"({' OR '.join(states)})"

    def _fault(self) -> str:
        cases = [("ragged", "ragged"), *([("sifted", self.sifted)] if self.sifted else []), ("note", self._note())]
        cases += [("line_again", "again")] if "again" in self.staged else []
        left_out = [f"left_out_{place}" for place in range(1 if self.strata.dimensions else len(self.strata.parts))]
        cases += [("dropped", f"{column} = 'drop'") for column in left_out]
        if not self.estimates:
            cases += [("total", f"{column} = 'total'") for column in left_out]
        if self.strata.dimensions:
            cases.append(("dimension_missing", "dimension_place IS NULL"))
        cases += self._period_faults()
        cases.append(("measure_missing", "measure IS NULL OR measure = ''"))
        cases += self._estimate_faults() if self.estimates else self._count_faults()
        return "CASE " + " ".join(f"WHEN {when} THEN {literal(code)}" for code, when in cases) + " END"

    def _note(self) -> str:
        empty = " AND ".join(f"trim(coalesce({r}_text, '')) = ''" for r in self._numbers())
        if self.answers_said:  # a blank may be an answer
            return f"{empty} AND filled = 0"
        column = "period" in self.staged and self.period_is_column
        without_period = "day_state <> 'value'" if column else "filled <= 1"
        return f"{empty} AND (filled = 0 OR {without_period})"

    def _period_faults(self) -> list[tuple[str, str]]:
        if "period" not in self.staged:
            return []
        cases = [(f"period_{state}", f"day_state = '{state}'") for state in PERIOD_FAULTS]
        if self.grain != "all":
            same = f"day_grain = '{self.grain}'" + (" OR day_grain IN ('day', 'week')" if self.grain == "month" else "")
            cases.append(("period_grain", f"NOT ({same})"))
        return cases

    def _count_faults(self) -> list[tuple[str, str]]:
        cases: list[tuple[str, str]] = []
        for role in self._numbers():
            said = f"{role}_text IS NOT NULL AND " if role == "n" else ""
            percent = "" if self.shape in ("rows", "wide") else f" OR {role}_state = 'percent'"
            cases.append((f"{role}_text", f"{said}({role}_state = 'text'{percent})"))
        seen = f"NOT {self._hidden()} AND "
        cases += [
            (f"{role}_missing", f"{seen}{role}_text IS NOT NULL AND {role}_state = 'missing'")
            for role in self._numbers()
        ]
        cases += [
            (f"{role}_negative", f"{role}_value < 0" + (" AND kind <> 'mean'" if role == "x" else ""))
            for role in self._numbers()
        ]
        one_a_line = "n_text IS NULL" if "n" in self.staged else ("false" if "no" in self.staged else "true")
        if self.answers_said:
            cases.append(("x_neither", "x_state = 'neither'"))
        cases.append(("not_yes_no", f"kind = 'proportion' AND {one_a_line} AND x_value NOT IN (0, 1)"))
        cases.append(("n_zero", f"{seen}x_value <> 0 AND ({self._n()}) = 0"))
        cases.append(("x_above_n", f"{seen}kind = 'proportion' AND x_value > ({self._n()})"))
        return cases

    def _estimate_faults(self) -> list[tuple[str, str]]:
        return [
            ("estimate_text", "estimate_state = 'text'"),
            ("estimate_missing", "estimate_state = 'missing'"),
            ("estimate_negative", "kind <> 'mean' AND estimate_value < 0"),
            (
                "estimate_impossible",
                "kind = 'proportion' AND estimate_value / CASE WHEN estimate_state = 'percent' THEN 1 ELSE scale "
                "END > 1.0000001",
            ),
        ]


def sifted(mapping: Mapping) -> str:
    """The condition, as SQL, that the mapping's ``leave_out`` and ``only`` leave a row out; empty where they say
    nothing."""
    conditions = []
    for number, values in enumerate([*mapping.leave_out.values(), *mapping.only.values()]):
        listed = ", ".join(literal(squeeze(v).lower()) for v in values) or "NULL"
        among = f"lower(trim(sifted_{number})) IN ({listed})"
        conditions.append(among if number < len(mapping.leave_out) else f"NOT ({among})")
    return f"({' OR '.join(conditions)})" if conditions else ""


def unpivoted(mapping: Mapping, staged: Sequence[str]) -> str:
    """In shape wide, the view ``wide_rows`` once per measure, with that measure's own ``x`` and ``n``."""
    kept = [c for c in staged if not c.startswith("wide_")]
    parts = []
    for number, (name, columns) in enumerate(mapping.measure_columns.items()):
        n = f"wide_{number}_n" if columns.n is not None else "CAST(NULL AS VARCHAR)"
        cells = ", ".join(
            ["file", "source_row", "ragged", *kept, f"{literal(name)} AS measure", f"wide_{number}_x AS x", f"{n} AS n"]
        )
        parts.append(f"SELECT {cells} FROM wide_rows")
    return " UNION ALL ".join(parts)
