"""Tables as statistics offices write them: what numbers are is said in rows and codes, and labels are set in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.intake.corpus.made_files import MadeFile


def office_files() -> list[MadeFile]:
    """Every file of this module."""
    makers = (
        _codes_beside_a_value, _answers_with_their_codes, _school_years, _set_in, _values_beside_people, _statistics,
        _counts_with_percents, _expected_beside_days,
    )  # fmt: skip
    return [made for maker in makers for made in maker()]


def _lines(header: Sequence[object], rows: Iterable[Sequence[object]], mark: str = ",") -> str:
    return "".join(mark.join(str(c) for c in line) + "\n" for line in (header, *rows))


def _codes_beside_a_value() -> list[MadeFile]:
    """A number of things, or how numbers are shown, is 0 or 1 on every line and nobody's outcome."""
    kind = "a code of 0 and 1 beside a value is no outcome"
    rates = {("Female", "2021"): 0.149, ("Male", "2021"): 0.123, ("Female", "2022"): 0.153, ("Male", "2022"): 0.127}
    found = []
    for k, (name, codes) in enumerate((("indicator_id", (1, 1)), ("DECIMALS", (0, 1)), ("UNIT_MULT", (1, 0)))):
        rows = [(y, s, codes[i % 2], f"{100 * r:.1f}") for i, ((s, y), r) in enumerate(rates.items())]
        text = _lines(("year", "sex", name, "val (%)"), rows)
        found.append(MadeFile(f"code_beside_{k}", kind, text, rates=rates))
    return found


def _answers_with_their_codes() -> list[MadeFile]:
    """Yes and no with a rate each, and a code that says the same once more."""
    kind = "a rate for yes and one for no, with their codes"
    rates = {("Female", "2022"): 0.123, ("Male", "2022"): 0.155, ("Female", "2023"): 0.131, ("Male", "2023"): 0.149}
    rows = []
    for (sex, year), rate in rates.items():
        for answer, code, share in (("Yes", "RESP046", rate), ("No", "RESP054", 1 - rate)):
            rows.append((year, sex, answer, round(3000 * share), f"{100 * share:.1f}", code))
    header = ("Year", "Sex", "Response", "Sample_Size", "Data_value", "RESPONSEID")
    units = [(*row[:5], "%", *row[5:]) for row in rows]
    return [
        MadeFile("answer_codes_0", kind, _lines(header, rows), asks="unit:"),
        MadeFile("answer_codes_1", kind, _lines((*header[:5], "Data_value_unit", header[5]), units), rates=rates),
    ]


def _school_years() -> list[MadeFile]:
    """202223 is a school year; 200910 to 201112 are no months where each is a year and the next."""
    kind = "a school year in six digits"
    found = []
    for k, first in enumerate((2009, 2020)):
        truth, rows = {}, []
        for y in range(first, first + 3):
            for j, group in enumerate(("White", "Asian")):
                x, n = 60 + 10 * j + y % 7, 500 + 30 * j + y % 5
                truth[group, str(y + 1)] = (float(x), float(n))
                rows.append((f"{y}{(y + 1) % 100:02d}", group, x, n))
        found.append(
            MadeFile(f"school_year_{k}", kind, _lines(("time_period", "Race", "Numerator", "Denominator"), rows), truth)
        )
    one = _lines(
        ("time_period", "Race", "Numerator", "Denominator"), [("201011", "White", 3, 9), ("201011", "Asian", 2, 8)]
    )
    return [*found, MadeFile("school_year_or_month", kind, one, asks="periods:")]


def _set_in() -> list[MadeFile]:
    """Blanks before a label: it is a part of the label above it."""
    kind = "a label that is set in is a part of the one above"
    leaves = {
        ("White", ""): (120.0, 3001.0),
        ("Black or African American", ""): (107.0, 1790.0),
        ("Asian", ""): (26.0, 405.0),
    }
    root = [("All civilians", 290, 6058), *((f"    {g}", int(x), int(n)) for (g, _), (x, n) in leaves.items())]
    tree = [
        ("North", 90, 500), ("  North A", 40, 200), ("  North B", 50, 300), ("South", 70, 400), ("  South A", 30, 150),
        ("  South B", 40, 250),
    ]  # fmt: skip
    some = [("North", 90, 500), ("  of these: rural", 20, 90), ("South", 70, 400), ("  of these: rural 2", 9, 60)]
    header = ("Label (grouping)", "Uninsured numerator", "Total denominator")
    parts = {(g.strip(), ""): (float(x), float(n)) for g, x, n in tree if g.startswith(" ")}
    whole = {(g, ""): (float(x), float(n)) for g, x, n in some if not g.startswith(" ")}
    return [
        MadeFile("set_in_root", kind, _lines(header, root), leaves),
        MadeFile("set_in_tree", kind, _lines(header, tree), parts),
        MadeFile("set_in_some", kind, _lines(header, some), whole),
    ]


def _values_beside_people() -> list[MadeFile]:
    """A whole number that is called a value is no count, though it is smaller than the people beside it."""
    kind = "a value beside people is no count"
    rates = {("White", "2022"): 0.24, ("Asian", "2022"): 0.31, ("White", "2023"): 0.22, ("Asian", "2023"): 0.29}
    found = []
    for k, (value, n) in enumerate((("analysis_value (%)", "primary_denominator"), ("Score (%)", "Denominator"))):
        rows = [(y, g, round(100 * r), 9000 - 100 * i) for i, ((g, y), r) in enumerate(rates.items())]
        found.append(MadeFile(f"value_beside_{k}", kind, _lines(("year", "race", value, n), rows), rates=rates))
    return found


def _statistics() -> list[MadeFile]:
    """One column of numbers holds counts, rates and the ends of their ranges, each in a row of its own."""
    kind = "a column says what each number is"
    values = {"Female": (1839494, 14.9, 14.3, 15.5), "Male": (1518508, 12.3, 11.7, 12.9)}
    ends = ("Low 95% confidence interval, percent", "High 95% confidence interval, percent")
    forms = (("Metric type", ("Number", "Rate")), ("Characteristics", ("Number of persons", "Percent", *ends)))
    return [
        MadeFile(
            f"statistics_{k}",
            kind,
            _lines(
                ("year", "sex", name, "val"),
                [
                    (2023, sex, f'"{word}"', v)
                    for sex, said in values.items()
                    for word, v in zip(words, said, strict=False)
                ],
            ),
            asks=f"repeats:{name}",
        )
        for k, (name, words) in enumerate(forms)
    ]


def _counts_with_percents() -> list[MadeFile]:
    """“Readmitted n (%)”: the first number is a count, whatever the header's percent sign says."""
    kind = "a count and its percent in one cell under n (%)"
    counts = {
        ("White", ""): (60.0, 500.0),
        ("Black or African American", ""): (34.0, 200.0),
        ("Asian", ""): (9.0, 100.0),
    }
    rows = [(g, f"{n:.0f}", f"{x:.0f} ({100 * x / n:.1f})") for (g, _), (x, n) in counts.items()]
    return [
        MadeFile(f"count_percent_{k}", kind, _lines(("Characteristic", *header), rows), counts)
        for k, header in enumerate((("Total (N=800)", "Readmitted n (%)"), ("Patients", "Readmitted, %")))
    ]


def _expected_beside_days() -> list[MadeFile]:
    """Observed events, those that were predicted and days at risk: the ratio shows that it is not out of days."""
    kind = "a ratio of what was predicted, beside days at risk"
    rows = [("A", 2023, 4, 8.01, 7000, 0.499), ("B", 2023, 9, 6.2, 5400, 1.452), ("C", 2023, 2, 2.9, 2600, 0.690)]
    header = ("Facility", "Year", "Observed", "Predicted", "Device days", "SIR")
    return [MadeFile("predicted_beside_days", kind, _lines(header, rows), asks="denominator:")]
