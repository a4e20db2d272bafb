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


CELLS = (_unknown_words, _nhs_codes, _shorthand, _numbers)
