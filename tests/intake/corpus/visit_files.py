"""Files of the corpus in which one visit stands in several lines: one for each coverage, race, code."""

from __future__ import annotations

from collections.abc import Sequence

from tests.intake.corpus.made_files import MadeFile

COVERAGES = ("Medicaid", "Medicare")
RACES = ("White", "Asian", "Black or African American")


def visit_files() -> list[MadeFile]:
    """Every file of visits in several lines, and two in which each line is a visit of its own."""
    return [*_repeated(), *_not_repeated()]


def _lines(header: str, rows: Sequence[Sequence[str]]) -> str:
    return "\n".join([header, *(",".join(r) for r in rows)]) + "\n"


def _day(k: int) -> str:
    return f"2024-0{1 + k % 3}-1{k % 7}"


def _repeated() -> list[MadeFile]:
    kind = "a visit in several lines"
    visits = range(60)
    yes = ["Y" if k % 4 == 0 else "N" for k in visits]
    covered = [
        (f"E{k:03d}", f"M{k % 40:03d}", _day(k), c, yes[k]) for k in visits for c in COVERAGES[: 1 + (k % 3 == 0)]
    ]
    races = [(f"E{k:03d}", f"M{k:03d}", _day(k), r, yes[k]) for k in visits for r in RACES[: 1 + k % 2]]
    ill = [
        (f"V{k:03d}", _day(k), RACES[k % 3], code, yes[k])
        for k in visits
        for code in ("I10", "E11", "J44")[: 1 + k % 3]
    ]
    days = [(f"P{k:03d}", _day(k), c, yes[k]) for k in visits for c in COVERAGES[: 1 + (k % 3 == 0)]]
    files = {
        "coverage": ("encounter_id,mrn,visit_date,coverage,screened", covered, "once:encounter_id"),
        "race": ("encounter_id,mrn,visit_date,race,screened", races, "once:encounter_id"),
        "diagnosis": ("visit_id,visit_date,race,diagnosis,readmitted", ill, "once:visit_id"),
        "day_of_a_person": ("patient_id,visit_date,coverage,screened", days, "once:patient_id"),
    }
    return [MadeFile(f"visits_{k}", kind, _lines(h, rows), asks=asks) for k, (h, rows, asks) in files.items()]


def _not_repeated() -> list[MadeFile]:
    rows = [
        (f"E{k:03d}", f"M{k % 20:03d}", f"2024-0{1 + k // 30}-1{k % 7}", COVERAGES[k % 2], "Y" if k % 4 == 0 else "N")
        for k in range(60)
    ]
    counts = {
        (c, f"2024-0{m}"): (
            float(sum(r[3] == c and r[2][:7] == f"2024-0{m}" and r[4] == "Y" for r in rows)),
            float(sum(r[3] == c and r[2][:7] == f"2024-0{m}" for r in rows)),
        )
        for c in COVERAGES
        for m in (1, 2)
    }
    text = _lines("encounter_id,mrn,visit_date,coverage,screened", rows)
    return [MadeFile("visits_once", "several visits of a person are visits", text, counts)]
