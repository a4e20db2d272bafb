"""FHIR R4 ``MeasureReport`` resources, JSON (one, a list, or a Bundle) or NDJSON, read as counts by stratifier.

Source: HL7 FHIR R4, MeasureReport; Data Exchange for Quality Measures; US Core race and ethnicity. Each stratum of a
summary report is one row: measure, period, stratifier, group, numerator, denominator. The whole population is a row
of the dimension ``Overall``. Denominator exclusions and exceptions are subtracted from the denominator, and numerator
exclusions from the numerator, unless the report's own score says that this is done. Which way is better
(``improvementNotation``) and how it is scored are read from the report or its group.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from equity.intake.formats.json_text import cell_of
from equity.intake.formats.tabular import Cells, Table
from equity.vocabulary import PlainError

HEADER = (
    *("measure", "period", "stratifier", "group", "numerator", "denominator", "measure score"),
    *("improvement notation", "scoring"),
)
NEAR = 0.0051
OVERALL = "Overall"
_DAY = re.compile(r"\d{4}-\d{2}", re.ASCII)


def is_fhir_table(header: tuple[str, ...]) -> bool:
    """Whether a table came from :func:`open_fhir`."""
    return header == HEADER


def holds_resources(value: Any) -> bool:
    """Whether a JSON value is a FHIR resource, or a list or bundle of some."""
    return any("resourceType" in resource for resource in _unwrapped(value))


def open_fhir(values: Iterable[tuple[int, Any]], name: str) -> Table:
    """The MeasureReports of a file as a table; raises :class:`PlainError` when it holds none that summarise a
    population."""
    rows = list(_rows(values, name))
    if not rows:
        raise PlainError(
            f"{name} holds no summary MeasureReport with counts: export MeasureReports of the type summary."
        )
    return Table(name, HEADER, 0, lambda: iter(rows))


def _rows(values: Iterable[tuple[int, Any]], name: str) -> Iterator[tuple[int, Cells]]:
    any_report = False
    for line, value in values:
        for report in _unwrapped(value):
            if report.get("resourceType") == "MeasureReport":
                any_report = True
                for cells in _cells(report, name, line):
                    yield line, [cell_of(cell) for cell in cells]
    if not any_report:
        raise PlainError(
            f"{name} is JSON without a FHIR MeasureReport: send a table as CSV, or MeasureReport resources."
        )


def _unwrapped(whole: Any) -> Iterator[dict[str, Any]]:
    if isinstance(whole, list):
        for part in whole:
            yield from _unwrapped(part)
    elif isinstance(whole, dict):
        if whole.get("resourceType") == "Bundle":
            for entry in _list(whole.get("entry")):
                yield from _unwrapped(entry.get("resource"))
        else:
            yield whole


def _list(value: Any) -> list[dict[str, Any]]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _cells(report: dict[str, Any], name: str, line: int) -> Iterator[Cells]:
    if report.get("type") not in (None, "summary", "subject-list", "data-collection"):
        return
    period = _period(_dict(report.get("period")))
    base = str(report.get("measure") or "").split("|")[0].rsplit("/", 1)[-1]
    groups = _list(report.get("group"))
    said = _code(report, "improvementNotation"), _code(report, "scoring")
    for number, group in enumerate(groups, start=1):
        label = _concept(_dict(group.get("code")))
        title = (f"{base}: {label}" if label and len(groups) > 1 else base or label) or "Measure"
        if len(groups) > 1 and not label:
            title = f"{title} ({number})"
        notation = _code(group, "improvementNotation") or said[0], _code(group, "scoring") or said[1]
        counts = _counts(group.get("population"), _score(group))
        if counts:
            yield [title, period, OVERALL, OVERALL, *counts, _score(group), *notation]
        for stratifier in _list(group.get("stratifier")):
            dimension = " and ".join(filter(None, (_concept(c) for c in _list(stratifier.get("code"))))) or "stratifier"
            for stratum in _list(stratifier.get("stratum")):
                parts = _list(stratum.get("component"))
                dims = " and ".join(filter(None, (_concept(_dict(p.get("code"))) for p in parts))) or dimension
                value = ", ".join(filter(None, (_concept(_dict(p.get("value"))) for p in parts))) or _concept(
                    _dict(stratum.get("value"))
                )
                counts = _counts(stratum.get("population"), _score(stratum))
                if counts:
                    yield [title, period, dims, value, *counts, _score(stratum), *notation]


def _concept(concept: dict[str, Any]) -> str:
    """A CodeableConcept as text: its text, else its first display, else its first code."""
    text = concept.get("text")
    if isinstance(text, str) and text.strip():
        return text.strip()
    codings = _list(concept.get("coding"))
    for key in ("display", "code"):
        display = next((str(c[key]) for c in codings if c.get(key)), "")
        if display:
            return display
    return ""


def _code(resource: dict[str, Any], name: str) -> str:
    """The code of a CodeableConcept of a report or group: its own element, else an extension of that name."""
    concept = _dict(resource.get(name))
    if not concept:
        for extension in _list(resource.get("extension")):
            if str(extension.get("url", "")).casefold().rstrip("/").endswith(name.casefold()):
                concept = _dict(extension.get("valueCodeableConcept")) or {"text": extension.get("valueCode")}
    codes = (str(coding["code"]) for coding in _list(concept.get("coding")) if coding.get("code"))
    return next(codes, str(concept.get("text") or "")).strip().casefold()


def _counts(populations: Any, score: str = "") -> list[str]:
    """[numerator, denominator] as text, empty where the report does not say; an empty list without a denominator.

    ``score`` is the report's own, which tells whether exclusions were taken off already.
    """
    by_code: dict[str, str] = {}
    for population in _list(populations):
        codes = [str(c.get("code")) for c in _list(_dict(population.get("code")).get("coding"))]
        count = population.get("count")
        for code in codes:
            by_code[code] = "" if count is None else str(count)
    denominator = by_code.get("denominator", by_code.get("initial-population"))
    if denominator is None:
        return []
    numerator = by_code.get("numerator", "")
    excluded = sum(_whole(by_code.get(code, "")) for code in ("denominator-exclusion", "denominator-exception"))
    left_out = _whole(by_code.get("numerator-exclusion", ""))
    if not excluded and not left_out:
        return [numerator, denominator]
    as_counted = [numerator, denominator]
    less_x = str(_whole(numerator) - left_out) if numerator and _whole(numerator) >= left_out else numerator
    less_n = str(_whole(denominator) - excluded) if _whole(denominator) >= excluded else denominator
    if _gives(score, as_counted) and not _gives(score, [less_x, less_n]):
        return as_counted
    return [less_x, less_n]


def _gives(score: str, counts: list[str]) -> bool:
    """Whether a score is these counts' share, as a fraction or in percent."""
    try:
        shown, share = float(score), int(counts[0]) / int(counts[1])
    except (ValueError, ZeroDivisionError):
        return False
    return min(abs(shown - share), abs(shown / 100 - share)) < NEAR


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,15}", text, re.ASCII) else 0


def _score(group: dict[str, Any]) -> str:
    value = _dict(group.get("measureScore")).get("value")
    return "" if value is None else str(value)


def _period(period: dict[str, Any]) -> str:
    """A report's period as a label: a month, a quarter or a year when it is one, else its first year."""
    start, end = str(period.get("start", ""))[:10], str(period.get("end", ""))[:10]
    if not (_DAY.match(start) and _DAY.match(end)):
        return start[:4]
    months = (int(end[:4]) - int(start[:4])) * 12 + int(end[5:7]) - int(start[5:7]) + 1
    if months == 1:
        return start[:7]
    if months == 3 and int(start[5:7]) % 3 == 1:
        return f"{start[:4]}-Q{(int(start[5:7]) + 2) // 3}"
    return end[:4] if months <= 12 else f"{start[:4]}-{end[:4]}"
