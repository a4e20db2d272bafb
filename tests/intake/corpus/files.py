"""The corpus: small made-up files, each of a kind that was once misread, with what is right or what must be asked."""

from __future__ import annotations

import itertools
from dataclasses import replace

from tests.intake.corpus.cells import CELLS
from tests.intake.corpus.exports import exports
from tests.intake.corpus.group_files import group_files
from tests.intake.corpus.headers import HEADERS
from tests.intake.corpus.made_files import (
    QUARTERS,
    RACES,
    Dialect,
    MadeFile,
    labels_of,
    made_counts,
    written,
)
from tests.intake.corpus.office_files import office_files
from tests.intake.corpus.published_files import published_files
from tests.intake.corpus.report_files import report_files
from tests.intake.corpus.silent_files import silent_files
from tests.intake.corpus.time_files import time_files
from tests.intake.corpus.visit_files import visit_files

PERIODS = (
    "year", "fiscal", "fiscal_slash", "quarter_dash", "quarter_brackets", "quarter",
    "month", "month_first_days", "day_first_days", "month_words", "year_and_quarter",
)  # fmt: skip


def corpus() -> list[MadeFile]:
    """Every file of the corpus."""
    makers = (
        _periods, _totals, _denominators, _decimals, _once_misread, _units, _answers, _blanks, _polarities, _signs,
        _names_alike,
        _races, _exclusions, _bands, _repeats, _windows, _people, _splits, _words_that_are_no_totals, _codes, _notes,
        time_files, group_files, visit_files, published_files, exports, report_files,
        silent_files, office_files,
    )  # fmt: skip
    return [made for maker in (*makers, *CELLS, *HEADERS) for made in maker()]


def _count(form: str) -> int:
    return 8 if form in QUARTERS else 12 if form.startswith(("month", "day")) else 4


def _counted(name: str, kind: str, dialect: Dialect, *, least: int = 150, asks: str = "") -> MadeFile:
    counts = made_counts(labels_of(dialect.period, _count(dialect.period)), least=least)
    return MadeFile(name, kind, written(counts, dialect), counts, asks=asks)


def _periods() -> list[MadeFile]:
    return [_counted(f"period_{form}", "a period is read as its column is", Dialect(period=form)) for form in PERIODS]


def _totals() -> list[MadeFile]:
    words = (
        "Total",
        "All races",
        "Citywide",
        "Persons",
        "Malaysia",
        "Everyone we serve",
        "Statewide",
        "The whole of it",
    )
    return [
        _counted(
            f"total_{k}_{first}", "a total is the sum, whatever it is called", Dialect(total=word, total_first=first)
        )
        for k, word in enumerate(words)
        for first in (True, False)
    ]


def _denominators() -> list[MadeFile]:
    found = []
    for rate, eligible in itertools.product(("percent", "1000", "100000"), (False, True)):
        made = Dialect(rate=rate, eligible=eligible, rate_name="Crude rate")
        found.append(_counted(f"denominator_{rate}_{eligible}", "the file's rate says which column is everyone", made))
    asked = _counted("denominator_unsaid", "two columns could be everyone", Dialect(eligible=True))
    return [*found, MadeFile(asked.name, asked.kind, asked.text, asked.counts, asks="denominator:")]


def _decimals() -> list[MadeFile]:
    found = []
    for delimiter, thousands in ((";", "."), (";", ""), ("\t", "."), ("\t", " ")):
        made = Dialect(delimiter, ",", thousands, rate="percent", rate_name="Percent", decimals=1)
        found.append(_counted(f"decimal_comma_{ord(delimiter)}_{thousands!r}", "a decimal comma", made, least=1500))
    made = Dialect(thousands=",", rate="percent", rate_name="Percent")
    found.append(_counted("thousands_commas", "commas part thousands", made, least=1500))
    rates = {("Public", "2023"): 0.012345, ("Uninsured", "2023"): 0.0045, ("Public", "2024"): 0.01125}
    text = "Year;Payer;Rate per 1000 births\n2023;Public;12,345\n2023;Uninsured;4,5\n2024;Public;11,25\n"
    found.append(MadeFile("decimal_comma_rates", "12,345 beside 4,5", text, rates=rates))
    text = "Year;Payer;Rate per 1000 births\n2023;Public;12,345\n2023;Uninsured;14,512\n2024;Public;11,250\n"
    found.append(MadeFile("decimal_or_thousands", "nothing tells what 12,345 is", text, asks="decimal:"))
    return found


def _once_misread() -> list[MadeFile]:
    """What the random search has found."""
    counts = made_counts(labels_of("year", 1), RACES[:2])
    less = Dialect(
        rate="percent", rate_name="Percent", decimals=1, x_name="Screened", excluded=True, eligible=True, repeated=True
    )
    kind = "the file's rate is of those who are not excluded, and no name says what is counted"
    found = [
        MadeFile("screened_less_excluded", kind, written(counts, replace(less, repeated=False)), counts),
        MadeFile("screened_less_excluded_twice", kind, written(counts, less), counts, asks="repeats"),
    ]
    many = made_counts(labels_of("year", 1), RACES[:2], 1500)
    comma = Dialect(";", ",", ".", rate="percent", decimals=3, x_name="Screened")
    kind = "1.500 in a denominator and 10,000 in a rate: the names tell which mark is which"
    return [*found, MadeFile("decimal_comma_by_names", kind, written(many, comma), many)]


def _units() -> list[MadeFile]:
    found = []
    for name, per in (
        ("HIV prevalence (%)", 100.0), ("Percent screened", 100.0), ("Rate per 1000", 1e3),
        ("Rate per 100 000", 1e5), ("Cases per million", 1e6), ("Deaths per 10000 births", 1e4),
    ):  # fmt: skip
        rates = {(g, "2023"): round(0.0002 * (k + 2), 6) for k, g in enumerate(RACES)}
        decimals = 2 if per < 1e4 else 1
        if per == 100.0:
            rates = {g: 0.113 + 0.1 * k for k, g in enumerate(rates)}
        lines = "".join(f"2023,{g},{per * r:.{decimals}f}\n" for (g, _), r in rates.items())
        shown = {key: float(f"{per * r:.{decimals}f}") / per for key, r in rates.items()}
        slug = "".join(c for c in name if c.isalnum())
        found.append(MadeFile(f"unit_{slug}", "a unit in the header", f"Year,Race,{name}\n{lines}", rates=shown))
    low = {(g, "2023"): 0.002 * (k + 1) for k, g in enumerate(RACES)}
    text = "Year,Race,HIV prevalence (%)\n" + "".join(f"2023,{g},{100 * r:.1f}\n" for (g, _), r in low.items())
    found.append(MadeFile("percent_below_one", "0.2 under (%) is 0.2 per cent", text, rates=low))
    text = "Year,Race,Screened (%)\n" + "".join(f"2023,{g},{0.11 * (k + 1):.2f}\n" for k, g in enumerate(RACES))
    found.append(MadeFile("percent_or_fraction", "0.11 under (%) could be either", text, asks="scale:"))
    text = "Year,Race,rate\n" + "".join(f"2023,{g},{5.1 + k}\n" for k, g in enumerate(RACES))
    found.append(MadeFile("rate_of_what", "a bare rate", text, asks="unit:"))
    counts = made_counts(["2023"], least=9000)
    for k, name in enumerate(("Population (thousands)", "Population in thousands", "Population ('000)")):
        made = Dialect(x_name="Deaths", n_name=name, n_unit=1000.0)
        found.append(MadeFile(f"thousands_{k}", "people in thousands", written(counts, made), counts))
    return found


def _visits(header: str, cells: list[tuple[str, ...]]) -> str:
    return header + "\n" + "".join(",".join(c) + "\n" for c in cells)


def _answers() -> list[MadeFile]:
    found = []
    pairs = {
        "yn": ("Y", "N"), "words": ("Yes", "No"), "truth": ("TRUE", "FALSE"), "numbers": ("1", "0"),
        "met": ("Met", "Not met"), "done": ("Complete", "Incomplete"), "floats": ("1.0", "0.0"),
    }  # fmt: skip
    counts = {(g, "2024-01"): (10.0 + k, 30.0) for k, g in enumerate(RACES)}
    for name, (yes, no) in pairs.items():
        cells = [("2024-01-05", g, yes if i < x else no) for (g, _), (x, n) in counts.items() for i in range(int(n))]
        found.append(MadeFile(f"answers_{name}", "yes and no", _visits("visit_date,race,screened", cells), counts))
    cells = [("2024-01-05", g, "1" if i < x else "2") for (g, _), (x, n) in counts.items() for i in range(int(n))]
    unsure = [("2024-01-05", g, code) for g in RACES for code in "79"]
    found.append(MadeFile("answers_coded", "1, 2, 7, 9", _visits("visit_date,race,flu_shot", cells + unsure), counts))
    found.append(MadeFile("answers_12", "1 and 2 alone", _visits("visit_date,race,flu_shot", cells), asks="codes:"))
    words = ("<30", ">30", "NO")
    cells = [("2024-01-05", g, words[i % 3]) for g in RACES for i in range(12)]
    found.append(
        MadeFile(
            "answers_three", "an outcome in three words", _visits("visit_date,race,readmitted", cells), asks="yes:"
        )
    )
    return found


def _blanks() -> list[MadeFile]:
    found = []
    for yes in ("Y", "Yes", "true", "1"):
        cells = [("2024-01-05", g, yes if i % 3 else "") for g in RACES for i in range(12)]
        text = _visits("visit_date,race,eye_exam_done", cells)
        found.append(MadeFile(f"only_{yes}", "what does a blank mean", text, asks="blank:"))
    return found


def _polarities() -> list[MadeFile]:
    lower = (
        "Late or no prenatal care", "Not vaccinated against flu", "Lost to follow-up", "Failed colonoscopy screening",
        "Left without being seen", "Denied care", "Barriers to care", "Under-immunized children", "No dental visit",
        "Unmet need for care", "Missed appointments", "Uninsured", "Without a usual source of care", "Infant mortality",
    )  # fmt: skip
    higher = ("Controlled blood pressure", "Flu vaccination", "Postpartum visit", "Breast cancer screening")
    neutral = ("Contacts", "No readmission", "No missed visits")
    counts = made_counts(["2023"])
    found = []
    for names, polarity in ((lower, "lower_better"), (higher, "higher_better"), (neutral, "neutral")):
        for name in names:
            lines = "".join(f"{name},{p},{g},{x:.0f},{n:.0f}\n" for (g, p), (x, n) in counts.items())
            slug = "".join(c for c in name if c.isalnum())
            text = "Measure,Year,Race,Numerator,Denominator\n" + lines
            found.append(MadeFile(f"polarity_{slug}", "which way is better", text, counts, polarity=polarity))
    return found


def _signs() -> list[MadeFile]:
    found = []
    for k, (one, other) in enumerate(
        (("<65", "65+"), ("<65", ">=65"), ("≤18", ">18"), ("A+", "A-"), ("under 5", "5+"))
    ):
        counts = {(one, "2023"): (100.0, 1000.0), (other, "2023"): (400.0, 1100.0)}
        lines = "".join(f"{p},{g},{x:.0f},{n:.0f}\n" for (g, p), (x, n) in counts.items())
        found.append(
            MadeFile(f"signs_{k}", "signs belong to names", "Year,Group,Numerator,Denominator\n" + lines, counts)
        )
    return found


def _names_alike() -> list[MadeFile]:
    found = []
    alike = {
        "accents": ("Hôpital Sud", "Hôpital Sud"), "case": ("Clinic North", "CLINIC NORTH"),
        "blanks": ("Clinic North", "Clinic  North "), "floats": ("1", "1.0"),
    }  # fmt: skip
    for name, (one, other) in alike.items():
        cells = [("2024-01-05", one, "Y")] * 20 + [("2024-01-05", other, "N")] * 10 + [("2024-01-05", "2", "Y")] * 9
        counts = {(one, "2024-01"): (20.0, 30.0), ("2", "2024-01"): (9.0, 9.0)}
        found.append(
            MadeFile(f"alike_{name}", "one name in two spellings", _visits("visit_date,site,screened", cells), counts)
        )
    return found


def _races() -> list[MadeFile]:
    truth = {("White", "2024-01"): (4.0, 8.0), ("Multiracial", "2024-01"): (2.0, 6.0)}
    truth |= {("Hispanic or Latino", "2024-01"): (3.0, 5.0), ("Asian", "2024-01"): (1.0, 4.0)}
    people = [("White", "", "No"), ("White", "Asian", "No"), ("White", "", "Yes"), ("Asian", "", "No")]
    rows = []
    for (first, second, hispanic), (x, n) in zip(people, truth.values(), strict=True):
        rows += [(first, second, hispanic, "Y" if i < x else "N") for i in range(int(n))]
    found = []
    for name, yes, no in (
        ("words", "Hispanic", "Not Hispanic"),
        ("flag", "1", "0"),
        ("truth", "TRUE", "FALSE"),
        ("yn", "Y", "N"),
    ):
        header = f"visit_date,race_1,race_2,{'ethnicity' if name == 'words' else 'hispanic'},controlled"
        cells = [("2024-01-05", a, b, yes if h == "Yes" else no, out) for a, b, h, out in rows]
        found.append(MadeFile(f"races_{name}", "race in several columns", _visits(header, cells), truth))
    header = "visit_date,race_white,race_asian,race_black,hispanic,controlled"
    cells = [
        ("2024-01-05", str(int("White" in (a, b))), str(int("Asian" in (a, b))), "0", str(int(h == "Yes")), out)
        for a, b, h, out in rows
    ]
    found.append(MadeFile("races_ticks", "a check box a race", _visits(header, cells), truth))
    in_one = {k: v for k, v in truth.items() if k[0] != "Hispanic or Latino"}
    for k, separator in enumerate((";", "; ", "|", "/")):
        cells = [("2024-01-05", separator.join(filter(None, (a, b))), out) for a, b, h, out in rows if h == "No"]
        found.append(
            MadeFile(f"races_cell_{k}", "several races in a cell", _visits("visit_date,race,controlled", cells), in_one)
        )
    return found


def _exclusions() -> list[MadeFile]:
    found = []
    for rate in ("percent", "1000", ""):
        made = Dialect(rate=rate, excluded=True, rate_name="Performance rate")
        asks = "" if rate else "denominator:"
        one = _counted(f"exclusions_{rate or 'unsaid'}", "the denominator less what is left out", made)
        found.append(MadeFile(one.name, one.kind, one.text, one.counts, asks=asks))
    return found


def _bands() -> list[MadeFile]:
    found = []
    for k, (whole, parts) in enumerate(
        (("18+", ("18-44", "45-64", "65+")), ("0-17", ("0-4", "5-11", "12-17")), ("All ages", ("0-17", "18-64", "65+")))
    ):
        counts = made_counts(["2022", "2023"], parts)
        lines = ["Year,Age,Numerator,Denominator"]
        for year in ("2022", "2023"):
            lines += [f"{year},{p},{counts[p, year][0]:.0f},{counts[p, year][1]:.0f}" for p in parts]
            x, n = (sum(counts[p, year][i] for p in parts) for i in (0, 1))
            lines.append(f"{year},{whole},{x:.0f},{n:.0f}")
        found.append(MadeFile(f"bands_{k}", "a band beside its parts", "\n".join(lines) + "\n", counts))
    return found


def _repeats() -> list[MadeFile]:
    found = []
    counts = made_counts(["2022", "2023"])
    for k, (name, values) in enumerate(
        (("Record status", ("Final", "Draft")), ("Data source", ("Registry", "Claims")), ("Footnote", ("a", "b")))
    ):
        lines = "".join(
            f"{p},{g},{v},{x + j:.0f},{n:.0f}\n" for (g, p), (x, n) in counts.items() for j, v in enumerate(values)
        )
        text = f"Year,Race,{name},Numerator,Denominator\n{lines}"
        found.append(MadeFile(f"repeats_{k}", "a column that tells rows apart is not mapped", text, asks="repeats:"))
    found.append(MadeFile("repeats_row", "a row stands twice", written(counts, Dialect(repeated=True)), asks="repeats"))
    return found


def _windows() -> list[MadeFile]:
    found = []
    for k, width in enumerate((3, 5)):
        lines = "".join(
            f"{y} - {(y + width - 1) % 100:02d},{g},{10 + y % 7},{500 + y}\n" for y in range(2010, 2018) for g in RACES
        )
        text = "Time period,Race,Numerator,Denominator\n" + lines
        found.append(MadeFile(f"windows_{k}", "periods that overlap", text, asks="windows:"))
    return found


def _people() -> list[MadeFile]:
    names = [f"{a} {b}" for a in ("Cara", "Hal", "Gus", "Eve", "Ann") for b in ("Nash", "Page", "Diaz", "Wood")]
    counts = {(g, "2024-02"): (10.0, 20.0) for g in RACES}
    found = []
    for k, header in enumerate(("name,first,last", "nome,first_name,last_name", "name,maiden,middle")):
        cells = [
            (names[i], names[i].split()[0], names[i].split()[1], g, "2024-02-16", str(i % 2))
            for g in RACES
            for i in range(20)
        ]
        text = _visits(header + ",race,visit_date,readmitted", cells)
        found.append(MadeFile(f"people_{k}", "names of people are left out", text, counts))
    return found


def _splits() -> list[MadeFile]:
    lines, years = "", (2021, 2022, 2023)
    for year in years:
        for k, g in enumerate(RACES):
            for j, cause in enumerate(("Falls", "Burns", "Drowning")):
                lines += f"{year},{g},{cause},{5 + j + k},{1000 + 100 * k + year - 2000}\n"
    text = "Year,Race,Cause,Events,Population\n" + lines
    counts = {(g, str(y)): (0.0, 0.0) for g in RACES for y in years}
    counts = {
        (g, p): (3.0 * (5 + k) + 3, 3.0 * (1000 + 100 * k + int(p) - 2000))
        for k, g in enumerate(RACES)
        for _, p in [key for key in counts if key[0] == g]
    }
    # Each kind of event is a measure of its own, over the same people: added up in this check, never on a page.
    return [MadeFile("splits", "one n repeated: a column splits events", text, counts)]


def _words_that_are_no_totals() -> list[MadeFile]:
    found = []
    for k, word in enumerate(("Both", "National", "Combined")):
        counts = made_counts(["2022", "2023"], ("Dental", "Medical", word))
        counts |= {(word, p): (20.0, 90.0) for p in ("2022", "2023")}
        lines = "".join(f"{p},{g},{x:.0f},{n:.0f}\n" for (g, p), (x, n) in counts.items())
        text = "Year,Plan type,Numerator,Denominator\n" + lines
        found.append(MadeFile(f"no_total_{k}", "a word is a total only if the numbers do not deny it", text, counts))
    return found


def _codes() -> list[MadeFile]:
    cells = [("2024-01-05", code, "Y" if i < 6 else "N") for code in ("1.0", "2.0", "1", "5.0") for i in range(10)]
    counts = {("1", "2024-01"): (12.0, 20.0), ("2", "2024-01"): (6.0, 10.0), ("5", "2024-01"): (6.0, 10.0)}
    return [MadeFile("codes_floats", "codes as floats", _visits("visit_date,race_code,controlled", cells), counts)]


def _notes() -> list[MadeFile]:
    found = []
    counts = made_counts(["2021", "2022"])
    for k, note in enumerate(("Total", "Grand total")):
        lines = "Notes,Year,Race,Deaths,Population\n"
        for year in ("2021", "2022"):
            own = {g: v for (g, p), v in counts.items() if p == year}
            lines += "".join(f",{year},{g},{x:.0f},{n:.0f}\n" for g, (x, n) in own.items())
            lines += f"{note},{year},,{sum(x for x, _ in own.values()):.0f},{sum(n for _, n in own.values()):.0f}\n"
        found.append(MadeFile(f"notes_{k}", "a row is a total by a note in another column", lines, counts))
    return found
