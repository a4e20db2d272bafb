"""Files whose cells are spelled in unusual ways: words for unknown, marks for hidden and missing, numbers, codes."""

from __future__ import annotations

from collections.abc import Sequence

from tests.intake.corpus.made_files import MadeFile

UNKNOWN_WORDS = (
    ("pt", "Cor ou raça", ("Branca", "Parda"), ("Ignorado", "Sem informação")),
    ("es", "Nacionalidad", ("Española", "Extranjera"), ("Desconocido", "No consta", "Sin dato")),
    ("nl", "Herkomst", ("Nederlands", "Turks"), ("Onbekend",)),
    ("de", "Herkunft", ("Deutschland", "Türkei"), ("Unbekannt", "keine Angabe")),
    ("fr", "Pays de naissance", ("France", "Maroc"), ("Inconnu", "Non renseigné")),
    ("it", "Cittadinanza", ("Italiana", "Straniera"), ("Sconosciuto", "Non indicato")),
    ("ja", "地域", ("東京", "大阪"), ("不明",)),
    ("da", "Oprindelse", ("Dansk", "Ikke-vestlig"), ("Uoplyst",)),
    ("marks", "Preferred language", ("English", "Somali"), ("*Unspecified", "Patient declined", "Not asked")),
    ("words", "Race", ("White", "Asian"), ("Choose not to disclose", "Not provided", "Refused", "Not stated")),
)


def _table(header: str, lines: Sequence[Sequence[object]]) -> str:
    return header + "\n" + "".join(",".join(str(c) for c in line) + "\n" for line in lines)


def _unknown_words() -> list[MadeFile]:
    found = []
    for name, column, groups, silent in UNKNOWN_WORDS:
        counts = {(g, "2023"): (40.0 + 7 * k, 200.0 + 31 * k) for k, g in enumerate((*groups, *silent))}
        lines = [(2023, g, f"{x:.0f}", f"{n:.0f}") for (g, _), (x, n) in counts.items()]
        merged: dict[tuple[str, str], tuple[float, float]] = {}
        for (g, p), (x, n) in counts.items():
            before = merged.get((_as_shown(g), p), (0.0, 0.0))
            merged[_as_shown(g), p] = (before[0] + x, before[1] + n)
        text = _table(f"Year,{column},Numerator,Denominator", lines)
        unknown = frozenset(_as_shown(g) for g in silent)
        found.append(MadeFile(f"unknown_{name}", "a word for unknown is no group", text, merged, unknown=unknown))
    return found


def _as_shown(group: str) -> str:
    """What the list of races calls an answer that is none."""
    listed = {"Choose not to disclose": "Declined", "Refused": "Declined", "Patient declined": "Declined"}
    return listed.get(group, group)


def _nhs_codes() -> list[MadeFile]:
    names = {"A": "White British", "B": "White Irish", "H": "Indian", "N": "African"}
    names |= {"R": "Chinese", "Z": "Not stated", "99": "Not known"}
    found = []
    for k, column in enumerate(("ETHNOS", "Ethnic category code", "Ethnicity")):
        lines, counts = [], {}
        for j, (code, name) in enumerate(names.items()):
            counts[name, "2023"] = (30.0 + j, 120.0 + 11 * j)
            lines.append((2023, code, 30 + j, 120 + 11 * j))
        text = _table(f"Year,{column},Numerator,Denominator", lines)
        unknown = frozenset(("Not stated", "Not known"))
        found.append(MadeFile(f"nhs_codes_{k}", "A is White British, and no Asian", text, counts, unknown=unknown))
    return found


def _shorthand() -> list[MadeFile]:
    found = []
    for k, (hidden, none) in enumerate((("c", "z"), ("[c]", "[x]"), ("*", ":"), ("[c]", "[z]"), ("<5", ".."))):
        counts = {("Female", "2023"): (45.0, 600.0), ("Male", "2023"): (55.0, 610.0)}
        lines = [
            (2023, "R1", "Female", 45, 600), (2023, "R2", "Other", hidden, 40), (2023, "R3", "Nobody", none, none),
            (2023, "R1", "Male", 55, 610),
        ]  # fmt: skip
        text = _table("Year,Site,Sex,Numerator,Denominator", lines)
        counts |= {("Other", "2023"): (0.0, 40.0)}
        found.append(MadeFile(f"shorthand_{k}", "hidden, and not applicable", text, counts))
    return found


def _numbers() -> list[MadeFile]:
    truth = {("SC", "2023"): (112400.0, 125000.0), ("ST", "2023"): (40100.0, 52300.0)}
    truth |= {("General", "2023"): (1240500.0, 1248900.0)}
    forms = {
        "lakhs": {112400: "1,12,400", 125000: "1,25,000", 40100: "40,100", 52300: "52,300"}
        | {1240500: "12,40,500", 1248900: "12,48,900"},
        "apostrophes": {n: f"{n:,}".replace(",", "'") for n in (112400, 125000, 40100, 52300, 1240500, 1248900)},
        "thin": {n: f"{n:,}".replace(",", "\u202f") for n in (112400, 125000, 40100, 52300, 1240500, 1248900)},
        "thousands": {112400: "112.4k", 125000: "125k", 40100: "40.1k", 52300: "52.3k"}
        | {1240500: "1.2405M", 1248900: "1.2489M"},
    }
    found = []
    for name, written in forms.items():
        lines = [(2023, g, f'"{written[int(x)]}"', f'"{written[int(n)]}"') for (g, _), (x, n) in truth.items()]
        for k, header in enumerate(("Numerator,Denominator", "Institutional deliveries,Total deliveries")):
            text = _table(f"Year,Caste,{header}", lines)
            found.append(MadeFile(f"numbers_{name}_{k}", "numbers in groups of two and three", text, truth))
    return found


def _visits(column: str, cells: Sequence[Sequence[object]]) -> str:
    return _table(f"visit_id_of_system,mrn,visit_month,race,{column}", [(f"V{k}", k, *c) for k, c in enumerate(cells)])


def _codes_for_none() -> list[MadeFile]:
    found = []
    held = {
        "phq9_total": (3, 9, 14, 21, 27), "age_at_delivery": (19, 24, 31, 38, 43), "los_days": (1, 2, 3, 4, 6),
        "wait_minutes": (5, 20, 35, 80, 140), "birth_weight_g": (2800, 3100, 3350, 3600, 4100),
        "trust_in_clinic": (1, 2, 3, 4, 5),
    }  # fmt: skip
    codes = {"phq9_total": 99, "age_at_delivery": 999, "los_days": -9, "wait_minutes": 9999, "birth_weight_g": 9999}
    for name, values in held.items():
        code = codes.get(name, 9)
        cells = [("2024-02", g, v) for k, g in enumerate(("White", "Asian")) for v in values[k:] * 4]
        cells += [("2024-02", "White", code), ("2024-02", "Asian", code)]
        text = _visits(name, cells)
        found.append(MadeFile(f"stands_in_{name}", "a code for none among numbers", text, asks="stands_in:"))
        wide = _table(f"month,race,{name}", cells)
        found.append(MadeFile(f"stands_in_plain_{name}", "the same without a person", wide, asks="stands_in:"))
    lines = [(2023, g, 30 + k, 120 + 9 * k) for k, g in enumerate("ABCDEF")] + [
        (2023, "G", 999, 999),
        (2023, "H", 999, 999),
    ]
    text = _table("Year,Clinic,Numerator,Denominator", lines)
    found.append(MadeFile("stands_in_counts", "a code for none among counts", text, asks="stands_in:"))
    return found


def _codes_below_zero() -> list[MadeFile]:
    found = []
    for k, code in enumerate(("-1", "-9", "-999")):
        lines = [
            (2022, "White", 120, 400),
            (2022, "Asian", code, 210),
            (2023, "White", 200, 420),
            (2023, "Asian", 140, 190),
        ]
        text = _table("Year,Race,Numerator,Denominator", lines)
        found.append(MadeFile(f"below_zero_{k}", "a count below 0 is a code", text, asks="stands_in:"))
    truth = {("White", "2024-02"): (2.0, 3.0), ("Asian", "2024-02"): (1.0, 3.0)}
    days = [("2024-02-03", "White", v) for v in "YYN"] + [("2024-02-05", "Asian", v) for v in "YNN"]
    for day in ("9999-12-31", "1753-01-01"):  # set aside, and said so: the date lies outside of 1900 to 2100
        cells = [*days, (day, "White", "Y"), (day, "Asian", "N")]
        text = _table("discharge_date,race,readmitted", cells)
        found.append(MadeFile(f"no_such_day_{day[:4]}", "a day that is none", text, truth))
    cells = [
        ("2024-02", g, v) for g in ("White", "Asian") for v in (3, 5, 7, 4, "Refused", 2, 6, 3, "Unable to assess")
    ]
    counts = {(g, "2024-02"): (30.0, 7.0) for g in ("White", "Asian")}
    found.append(MadeFile("refused_numbers", "who gave no number", _visits("pain_score", cells), counts))
    return found


def _numbers_that_are_none() -> list[MadeFile]:
    """Numbers that look like codes and are none: 99 in a row of many, 9 of ten, changes that are below 0."""
    found = []
    truth = {("White", "2024-02"): (0.0, 0.0), ("Asian", "2024-02"): (0.0, 0.0)}
    for name, values in {
        "wait_minutes": tuple(range(60, 130, 3)), "los_days": (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12),
        "turnaround_minutes": tuple(range(50, 100)), "score_change": (-12, -9, -4, -1, 3, 8),
        "pain_score": tuple(range(11)), "ed_visits": (0, 1, 2), "falls_count": (0, 1, 2, 3),
    }.items():  # fmt: skip
        cells = [("2024-02", g, v) for g in ("White", "Asian") for v in values]
        counts = {key: (float(sum(values)), float(len(values))) for key in truth}
        found.append(MadeFile(f"no_code_{name}", "a number that is a number", _visits(name, cells), counts))
    return found


def _placeholder_days() -> list[MadeFile]:
    found = []
    for day in ("1900-01-01", "01/01/1900", "2099-12-31", "1970-01-01 00:00:00"):
        usual = "14/02/2024" if "/" in day else "2024-02-14"
        cells = [(usual, g, v) for g in ("White", "Asian") for v in "YYN"] + [(day, "White", "Y"), (day, "Asian", "N")]
        text = _table("visit_date,race,screened", cells)
        slug = "".join(c for c in day if c.isdigit())[:8]
        found.append(MadeFile(f"placeholder_{slug}", "a day that is none", text, asks="placeholder:"))
    return found


def _coded_answers() -> list[MadeFile]:
    found = []
    truth = {("White", "2024-02"): (8.0, 12.0), ("Asian", "2024-02"): (4.0, 12.0)}
    plain = [(g, "1" if i < x else "0") for (g, _), (x, n) in truth.items() for i in range(int(n))]
    for k, codes in enumerate((("9",), ("8", "9"), ("99",), ("-9",))):
        cells = [("2024-02", g, v) for g, v in plain + [(g, c) for g in ("White", "Asian") for c in codes * 3]]
        for person in (True, False)[: 2 - k % 2]:
            text = _visits("breastfed", cells) if person else _table("month,race,breastfed", cells)
            found.append(MadeFile(f"coded_{k}_{person}", "0, 1 and a code for not known", text, truth))
    for name, more in (("breastfed", ("2",)), ("tobacco_use", ("2", "3"))):
        cells = [("2024-02", g, v) for g, v in plain + [(g, c) for g in ("White", "Asian") for c in more * 2]]
        found.append(MadeFile(f"levels_{name}", "0, 1 and 2 are codes", _visits(name, cells), asks="codes:"))
        text = _table(f"month,race,{name}", cells)
        found.append(MadeFile(f"levels_plain_{name}", "0, 1 and 2 are codes", text, asks="codes:"))
    return found


def _with_exclusions() -> list[MadeFile]:
    found = []
    truth = {("White", "2024-02"): (8.0, 12.0), ("Asian", "2024-02"): (4.0, 12.0)}
    for k, (yes, no, out) in enumerate(
        (
            ("Y", "N", "9"),
            ("Met", "Not Met", "Excluded"),
            ("Numerator", "Denominator", "Exclusion"),
            ("Met", "Not Met", "Not eligible"),
        )
    ):
        plain = [(g, yes if i < x else no) for (g, _), (x, n) in truth.items() for i in range(int(n))]
        cells = [("2024-02", g, v) for g, v in plain + [("White", out)] * 5 + [("Asian", out)] * 7]
        found.append(
            MadeFile(f"excluded_{k}", "who is excluded is in no denominator", _visits("a1c_control", cells), truth)
        )
        two = [(*c, c[-1]) for c in cells]
        both = {key: (2 * x, 2 * n) for key, (x, n) in truth.items()}  # both measures, added up in this check alone
        found.append(MadeFile(f"excluded_two_{k}", "two such columns", _visits("a1c_control,eye_exam", two), both))
    return found


def _which_outcome() -> list[MadeFile]:
    found = []
    for k, names in enumerate(
        (
            ("interpreter_needed", "interpreter_used", "disability"),
            ("housing_insecure", "veteran"),
            ("declined_language_line",),
        )
    ):
        cells = [
            ("2024-02", g, *("YN"[(i + j) % (2 + j) > 0] for j in range(len(names)))) for i in range(12) for g in "AB"
        ]
        text = _table(f"month,site,{','.join(names)}", cells)
        found.append(MadeFile(f"which_outcome_{k}", "no column is named like an outcome", text, asks="value:"))
    return found


CELLS = (
    _codes_for_none, _codes_below_zero, _numbers_that_are_none, _placeholder_days, _coded_answers, _with_exclusions,
    _which_outcome,    _unknown_words, _nhs_codes, _shorthand, _numbers,
)  # fmt: skip
