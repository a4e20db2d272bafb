"""Files in which something would be passed over in silence: a further count, a date in numbers, a margin, a code's
meaning, records that are JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from tests.intake.corpus.made_files import MadeFile

COUNTS = {("White", "2023"): (120.0, 400.0), ("Asian", "2023"): (33.0, 150.0)}
RATES = {("White", "2023"): 0.124, ("Asian", "2023"): 0.155}


def silent_files() -> list[MadeFile]:
    """Every file of this module."""
    makers = (
        _further_counts, _dates_beside_a_period, _margins, _margins_of_their_own, _coded_words, _legends, _records,
        _answers_of_services, _no_records,
    )  # fmt: skip
    return [made for maker in makers for made in maker()]


def _lines(header: Sequence[object], rows: Iterable[Sequence[object]], mark: str = ",") -> str:
    return "".join(mark.join(str(c) for c in line) + "\n" for line in (header, *rows))


def _further_counts() -> list[MadeFile]:
    kind = "another count of events beside a numerator"
    rows = [(2023, g, f"{x:.0f}", f"{n:.0f}", f"{x / 10:.0f}") for (g, _), (x, n) in COUNTS.items()]
    forms = (("Numerator", "Denominator", "Deaths"), ("Numerator", "Eligible patients", "Hospital deaths"))
    return [
        MadeFile(f"further_count_{k}", kind, _lines(("Year", "Race", *form), rows), COUNTS)
        for k, form in enumerate(forms)
    ]


def _dates_beside_a_period() -> list[MadeFile]:
    kind = "a date in numbers beside the year"
    truth = {("White", "2023"): (6.0, 12.0), ("Asian", "2023"): (3.0, 12.0)}
    found = []
    for k, (name, first) in enumerate((("VISIT_DT", 23011), ("svc_date", 738_000))):
        rows = [
            (2023, first + 7 * i, g, "Y" if i < x else "N") for (g, _), (x, n) in truth.items() for i in range(int(n))
        ]
        found.append(MadeFile(f"date_beside_{k}", kind, _lines(("Year", name, "Race", "Screened"), rows), truth))
    return found


def _margins() -> list[MadeFile]:
    kind = "an estimate and its margin in one cell"
    forms = (
        ("Rate ± 95% CI (%)", "{:.1f} ± 1.1", ""),
        ("Prevalence (%), 95% confidence", "{:.1f} (±1.1)", ""),
        ("Percent (SE)", "{:.1f} +/- 0.6", ""),
        ("Rate (%)", "{:.1f} ± 1.1", "margin:"),
        ("Mean score (mean ± SD)", "{:.1f} ± 11.4", "polarity"),
    )
    found = []
    for k, (name, form, asks) in enumerate(forms):
        text = _lines(("Year", "Race", name), [(2023, g, form.format(100 * r)) for (g, _), r in RATES.items()], ";")
        rates = {key: 100 * r for key, r in RATES.items()} if k == 4 else RATES
        asks = "" if asks == "polarity" else asks
        found.append(MadeFile(f"margin_{k}", kind, text, rates={} if asks else rates, asks=asks))
    return found


def _margins_of_their_own() -> list[MadeFile]:
    """A margin of error with its sign is a number, and groups nobody."""
    rows = [(2023, g, f"{100 * r:.1f}", f"±{k + 1}.{k}") for k, ((g, _), r) in enumerate(RATES.items())]
    text = _lines(("Year", "Race", "Estimate (%)", "Margin of error"), rows)
    return [MadeFile("margin_apart", "a margin in a column of its own", text, rates=RATES)]


def _coded_words() -> list[MadeFile]:
    kind = "a code before the word of an answer"
    truth = {("White", "2023"): (6.0, 12.0), ("Asian", "2023"): (3.0, 10.0)}
    forms = (("1 = Yes", "0 = No"), ("1-Yes", "2-No"), ("(0) Yes", "(1) No"), ("Yes (1)", "No (2)"))
    found = []
    for k, (yes, no) in enumerate(forms):
        rows = [(2023, g, yes if i < x else no) for (g, _), (x, n) in truth.items() for i in range(int(n))]
        found.append(MadeFile(f"coded_word_{k}", kind, _lines(("Year", "Race", "Screened"), rows), truth))
    return found


def _legends() -> list[MadeFile]:
    """The name of a column says what its codes mean, and may turn them round."""
    kind = "a column's name says what its codes mean"
    truth = {("White", "2023"): (6.0, 12.0), ("Asian", "2023"): (3.0, 10.0)}
    forms = (
        ("Readmitted (0=Yes; 1=No)", "0", "1", 0),
        ("Screened [1 = No / 2 = Yes]", "2", "1", 0),
        ("Vaccinated 1=Yes 2=No 9=Unknown", "1", "2", 9),
        ("Screened (1=Yes;0=No)", "1", "0", 0),
    )
    found = []
    for k, (name, yes, no, neither) in enumerate(forms):
        rows = [(2023, g, yes if i < x else no) for (g, _), (x, n) in truth.items() for i in range(int(n))]
        rows += [(2023, "White", neither)] * 2 if neither else []
        found.append(MadeFile(f"legend_{k}", kind, _lines(("Year", "Race", name), rows), truth))
    return found


def _rows() -> list[dict[str, object]]:
    return [{"year": 2023, "race": g, "numerator": int(x), "denominator": int(n)} for (g, _), (x, n) in COUNTS.items()]


def _records() -> list[MadeFile]:
    kind = "records that are JSON"
    rows = _rows()
    within = [
        {"year": 2023, "patient": {"race": g}, "measure": {"numerator": int(x), "denominator": int(n)}}
        for (g, _), (x, n) in COUNTS.items()
    ]
    texts = {
        "list": json.dumps(rows, indent=1),
        "lines": "".join(json.dumps(r) + "\n" for r in rows),
        "named": json.dumps({"title": "Screening", "total": 2, "data": rows}),
        "lists": json.dumps([list(rows[0]), *(list(r.values()) for r in rows)]),
        "columns": json.dumps({"columns": list(rows[0]), "data": [list(r.values()) for r in rows]}),
        "within": json.dumps(within),
    }
    return [MadeFile(f"json_{name}", kind, text, COUNTS, suffix=".json") for name, text in texts.items()]


def _answers_of_services() -> list[MadeFile]:
    kind = "records within the answer of a service"
    rows = _rows()
    columns = [{"name": name} for name in rows[0]]
    portal = {"meta": {"view": {"columns": columns}}, "data": [list(r.values()) for r in rows]}
    places = [{"type": "Feature", "properties": r, "geometry": {"type": "Point", "coordinates": [1, 2]}} for r in rows]
    texts = {
        "portal": portal,
        "catalog": {"success": True, "result": {"fields": [{"id": name} for name in rows[0]], "records": rows}},
        "places": {"type": "FeatureCollection", "features": places},
        "bank": [{"page": 1, "pages": 1, "total": 2}, rows],
    }
    return [MadeFile(f"answer_{name}", kind, json.dumps(t), COUNTS, suffix=".json") for name, t in texts.items()]


def _no_records() -> list[MadeFile]:
    kind = "JSON that is no table, or a part of one"
    rows = _rows()
    texts = {
        "a_page": ({"count": 5000, "results": rows}, "one page of an answer of several"),
        "more": ({"value": rows, "@odata.nextLink": "https://example.org/2"}, "one page of an answer of several"),
        "two": ({"sites": [{"a": 1}], "rows": rows}, "several lists of records"),
        "deep": ([{**r, "by": {"site": {"name": "North"}}} for r in rows], "objects within “by site”"),
        "statistics": ({"class": "dataset", "id": ["sex"], "value": [1, 2]}, "without a list of records"),
    }
    return [
        MadeFile(f"no_records_{name}", kind, json.dumps(t), asks=said, suffix=".json")
        for name, (t, said) in texts.items()
    ]
