"""Files as report writers, pivot tables and state dashboards write them."""

from __future__ import annotations

from tests.intake.corpus.made_files import RACES, MadeFile

COUNTS = {("White", "2023"): (120.0, 400.0), ("Asian", "2023"): (33.0, 150.0)}


def published_files() -> list[MadeFile]:
    """Every file of this module."""
    makers = (
        _answers_with_a_rate_each, _pivots, _sums_over_time, _names_of_patients, _months_in_words, _shares_of_everyone,
        _answers_that_are_neither, _heads_of_pages, _identifiers, _beyond_reach,
    )  # fmt: skip
    return [made for maker in makers for made in maker()]


def _answers_with_a_rate_each() -> list[MadeFile]:
    """Yes and no in rows of their own, each with its rate: the rows are no people."""
    rates = {("Female", "2022"): 0.123, ("Male", "2022"): 0.155, ("Female", "2023"): 0.131, ("Male", "2023"): 0.149}
    percents = "Year,Sex,Response,Sample size,Percent,CI low,CI high\n"
    shares = "Year,Sex,Answer,Weighted proportion\n"
    for (sex, year), rate in rates.items():
        for answer, share in (("Yes", rate), ("No", 1 - rate)):
            low, high = 100 * share - 1.5, 100 * share + 1.5
            percents += f"{year},{sex},{answer},{1000 * share:.0f},{100 * share:.1f},{low:.1f},{high:.1f}\n"
            shares += f"{year},{sex},{answer},{share:.3f}\n"
    kind = "a rate for yes and one for no"
    return [MadeFile(f"answer_rates_{k}", kind, t, rates=rates) for k, t in enumerate((percents, shares))]


def _pivots() -> list[MadeFile]:
    """A group is written once, its parts below it, and then its subtotal; one group may have a single part."""
    found = []
    for k, (after, last) in enumerate(((" Total", "Grand Total"), (" Ergebnis", "Gesamtergebnis"))):
        text, truth, every = "Region,Clinic,Numerator,Denominator\n", {}, [0, 0]
        for j, (region, parts) in enumerate((("North", 3), ("South", 1), ("West", 2))):
            x = n = 0
            for part in range(parts):
                own = (20 + 7 * j + part, 90 + 31 * j + 5 * part)
                text += f"{region if part == 0 else ''},Clinic {j}{part},{own[0]},{own[1]}\n"
                x, n = x + own[0], n + own[1]
            text += f"{region}{after},,{x},{n}\n"
            truth[region, ""] = (float(x), float(n))
            every = [every[0] + x, every[1] + n]
        text += f"{last},,{every[0]},{every[1]}\n"
        found.append(MadeFile(f"pivot_{k}", "a group above its parts and its subtotal", text, truth))
    return found


def _sums_over_time() -> list[MadeFile]:
    """A last column that adds up the years is no denominator of them."""
    years = (2020, 2021, 2022)
    found = []
    for k, (group, groups) in enumerate((("Cor/raça", ("Branca", "Parda", "Indígena")), ("Region", ("North", "West")))):
        text = f"{group};{';'.join(map(str, years))};Total\n"
        for j, name in enumerate(groups):
            own = [100 + 37 * j + 11 * (y - 2020) for y in years]
            text += f"{name};{';'.join(map(str, own))};{sum(own)}\n"
        found.append(MadeFile(f"sum_over_time_{k}", "a sum of years is no denominator", text, asks="unit:"))
    return found


def _names_of_patients() -> list[MadeFile]:
    """“Patient Race” is no id of a person."""
    found = []
    for k, column in enumerate(("Patient Race", "PatientRace")):
        truth = {(g, "2024-03"): (6.0 + j, 12.0) for j, g in enumerate(RACES)}
        lines = [f"{g},2024-03-05,{'Y' if i < x else 'N'}" for (g, _), (x, n) in truth.items() for i in range(int(n))]
        text = f"{column},Visit Date,Screened\n" + "\n".join(lines) + "\n"
        found.append(MadeFile(f"patient_column_{k}", "what is said of a patient is no id", text, truth))
    return found


def _months_in_words() -> list[MadeFile]:
    """A column of months in words belongs to the years beside it, whatever it is called."""
    found = []
    for k, (column, months) in enumerate((("Mo", ("January", "February")), ("Reported", ("Jan", "Feb")))):
        text, truth = f"Yr,{column},Race,Numerator,Denominator\n", {}
        for j, month in enumerate(months):
            for (g, _), (x, n) in COUNTS.items():
                text += f"2024,{month},{g},{x + j:.0f},{n + j:.0f}\n"
                truth[g, f"2024-0{j + 1}"] = (x + j, n + j)
        found.append(MadeFile(f"months_in_words_{k}", "months in words beside years", text, truth))
    return found


def _shares_of_everyone() -> list[MadeFile]:
    """How everyone is spread over groups is no rate of any group."""
    text = "Race,Patients,Percent of patients\nWhite,620,62.0%\nAsian,250,25.0%\nBlack,130,13.0%\nTotal,1000,100.0%\n"
    years = "Year,Payer,Members,Percent\n2022,Medicaid,300,30.0\n2022,Medicare,500,50.0\n2022,Private,200,20.0\n"
    years += "2023,Medicaid,330,33.0\n2023,Medicare,450,45.0\n2023,Private,220,22.0\n"
    kind = "a share of everyone is no rate"
    return [MadeFile(f"spread_{k}", kind, t, asks="no_value") for k, t in enumerate((text, years))]


def _answers_that_are_neither() -> list[MadeFile]:
    """Who is excluded by an answer in words is in no denominator."""
    found = []
    for k, (yes, no, out) in enumerate(
        (
            ("Performance Met", "Performance Not Met", "Denominator Exclusion"),
            ("Numerator Met", "Not in numerator", "Denominator Exception"),
        )
    ):
        truth = {(g, "2024-02"): (5.0 + j, 9.0 + j) for j, g in enumerate(RACES)}
        text = "Race,Visit Date,Quality Status\n"
        for (g, _), (x, n) in truth.items():
            answers = [yes] * int(x) + [no] * int(n - x) + [out]
            text += "".join(f"{g},2024-02-05,{a}\n" for a in answers)
        found.append(MadeFile(f"neither_{k}", "an answer that excludes", text, truth))
    return found


def _heads_of_pages() -> list[MadeFile]:
    """A report repeats its title and its header on each page."""
    visits = {(g, "2024-05"): (8.0 + j, 24.0) for j, g in enumerate(RACES)}
    lines = [
        f"{g},2024-05-{i + 1:02d},{'Y' if i < x else 'N'}" for (g, _), (x, n) in visits.items() for i in range(int(n))
    ]
    pages = [lines[k : k + 32] for k in range(0, len(lines), 32)]
    words = "".join(
        f"No-show report,,Page {k}\nLanguage,Visit date,No show\n" + "\n".join(page) + "\n"
        for k, page in enumerate(pages)
    )
    counts = {
        (g, p): (20.0 + 3 * j + int(p[-1]), 210.0 + 9 * j)
        for p in ("2022", "2023", "2024")
        for j, g in enumerate(RACES)
    }
    text = ""
    for year in ("2022", "2023", "2024"):
        text += f"Throughput,,,Page {year[-1]} of 4\nYear,Race,Numerator,Denominator\n"
        text += "".join(f"{p},{g},{x:.0f},{n:.0f}\n" for (g, p), (x, n) in counts.items() if p == year)
    kind = "a header on every page"
    return [
        MadeFile("pages_0", kind, words.replace("Language", "Race"), visits),
        MadeFile("pages_1", kind, text, counts),
    ]


def _identifiers() -> list[MadeFile]:
    """A column of measures' identifiers is no group of people, whatever it is called; nothing is added over it."""
    found = []
    for k, (column, names) in enumerate((("eCQM", ("CMS165v12", "CMS122v12")), ("Code", ("CBP", "COL")))):
        text, truth = f"{column},Year,Race,Numerator,Denominator\n", {}
        for j, name in enumerate(names):
            for (g, p), (x, n) in COUNTS.items():
                text += f"{name},{p},{g},{x + j:.0f},{n + 5 * j:.0f}\n"
                before = truth.get((g, p), (0.0, 0.0))
                truth[g, p] = (before[0] + x + j, before[1] + n + 5 * j)
        # Each is a measure of its own: added up in this check, never on a page.
        found.append(MadeFile(f"identifiers_{k}", "identifiers of measures", text, truth, measures=names))
    return found


def _beyond_reach() -> list[MadeFile]:
    """A result beyond what was measured is not 0 in a mean."""
    found = []
    for k, (column, beyond) in enumerate((("HbA1c", ">14.0"), ("Viral load", "<20"))):
        text = f"MRN,Race,Collected,{column}\n"
        for i in range(40):
            text += f"M{i},{RACES[i % 4]},2024-03-05,{beyond if i % 9 == 0 else 50 + 1.5 * i}\n"
        found.append(MadeFile(f"beyond_{k}", "results beyond what was measured", text, asks="beyond:"))
    return found
