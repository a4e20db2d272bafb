"""Files of the corpus in which time is spelled oddly, or the same people stand under several periods."""

from __future__ import annotations

from collections.abc import Sequence

from tests.intake.corpus.made_files import MadeFile

Cell = tuple[float, float]
GROUPS = ("White", "Asian")


def time_files() -> list[MadeFile]:
    """Every file about time."""
    return [
        *_weeks(),
        *_stretches(),
        *_fiscal_months(),
        *_elsewhere(),
        *_running(),
        *_revisions(),
        *_no_times(),
        *_counted_days(),
    ]


def _table(header: str, periods: Sequence[str], cells: Sequence[Sequence[Cell]]) -> str:
    """Lines ``period, group, x, n``; ``cells`` holds for each period those of each group."""
    lines = [
        f"{period},{group},{x:g},{n:g}"
        for period, row in zip(periods, cells, strict=True)
        for group, (x, n) in zip(GROUPS, row, strict=True)
    ]
    return "\n".join([header, *lines]) + "\n"


def _read(name: str, kind: str, first: str, periods: Sequence[str], labels: Sequence[str]) -> MadeFile:
    """A file whose periods add up to ``labels`` (a label may stand for several of them)."""
    cells = [[(100.0 - 7 * k, 900.0 + k), (150.0 - 9 * (k % 3), 800.0 + 2 * k)] for k in range(len(periods))]
    truth: dict[tuple[str, str], Cell] = {}
    for label, row in zip(labels, cells, strict=True):
        for group, (x, n) in zip(GROUPS, row, strict=True):
            before = truth.get((group, label), (0.0, 0.0))
            truth[group, label] = (before[0] + x, before[1] + n)
    return MadeFile(name, kind, _table(f"{first},Race,Numerator,Denominator", periods, cells), truth)


def _weeks() -> list[MadeFile]:
    kind = "a week counts in the month of its middle day"
    iso = ("2024-W01", "2024-W05", "2024-W06", "2024-W09")
    found = [_read("weeks_iso", kind, "Week", iso, ("2024-01", "2024-02", "2024-02", "2024-02"))]
    words = ("Week 3 2024", "Week 7 2024", "Week 8 2024")
    found.append(_read("weeks_words", kind, "Reporting week", words, ("2024-01", "2024-02", "2024-02")))
    found.append(_read("weeks_epi", kind, "Epiweek", ("202401", "202405", "202452"), ("2024-01", "2024-01", "2024-12")))
    years = ("2023,52", "2024,1", "2024,6", "2024,10")
    months = ("2023-12", "2024-01", "2024-02", "2024-03")
    found.append(_read("weeks_mmwr", kind, "MMWR Year,MMWR Week", years, months))
    return found


def _stretches() -> list[MadeFile]:
    kind = "a stretch stands under its end, and is added to none that it overlaps"
    apart = ("Apr-21 to Mar-22", "Apr-22 to Mar-23")
    found = [_read("stretches_apart", kind, "Reporting period", apart, ("2022", "2023"))]
    pooled = ("2018/19–2020/21", "2021/22–2023/24")
    found.append(_read("stretches_fiscal", kind, "Period", pooled, ("2021", "2024")))
    dates = ("01/04/2022 to 31/03/2023", "01/04/2023 to 31/03/2024")
    found.append(_read("stretches_dates", kind, "Period", dates, ("2023", "2024")))
    halves = ("2023 H1", "2023 H2", "2024 H1")
    found.append(_read("stretches_halves", kind, "Half year", halves, ("2023-06", "2023-12", "2024-06")))
    overlapping = {
        "windows": ("Apr-22 to Mar-23", "Jul-22 to Jun-23", "Oct-22 to Sep-23"),
        "pooled": ("2017-2019", "2018-2020", "2019-2021"),
        "to_date": ("Jan-Mar 2024", "Jan-Jun 2024", "Jan-Sep 2024"),
        "ytd_in_the_period": ("YTD Jan 2024", "YTD Feb 2024", "YTD Mar 2024"),
    }
    for name, periods in overlapping.items():
        text = _read(f"overlap_{name}", kind, "Period", periods, periods).text
        found.append(MadeFile(f"overlap_{name}", kind, text, asks="windows:"))
    return found


def _counted_days() -> list[MadeFile]:
    kind = "a date that is one number is a day where it can be only one, and else asked about"
    months = ("2023-01", "2023-02", "2023-04")
    found = [
        _read("counted_sas", kind, "VISIT_DT", ("23024", "23055", "23111"), months),
        _read("counted_spreadsheet", kind, "svc_date", ("44941", "44972", "45028"), months),
    ]
    sas = found[0].text
    found[0] = MadeFile(
        "counted_sas", kind, sas + "23376,White,0,10\n", {**found[0].counts, ("White", "2024-01"): (0, 10)}
    )
    asked = {
        "sas_or_year_and_day": ("23024", "23055", "23111"),
        "milliseconds": ("1673740800000", "1676419200000", "1681257600000"),
        "days_of_r": ("19372", "19403", "19459"),
    }
    for name, days in asked.items():
        text = _read("", kind, "admit_date", days, months).text
        found.append(MadeFile(f"counted_{name}", kind, text, asks="dates:admit_date"))
    text = _read("", kind, "VISIT_DT", ("738901", "738932", "738988"), months).text
    found.append(MadeFile("counted_unknown", kind, text, asks="time:VISIT_DT"))
    return found


def _fiscal_months() -> list[MadeFile]:
    kind = "a month beside a fiscal year: when does it begin"
    found = []
    for k, (header, year) in enumerate(
        (("FY,Month", "FY2024"), ("Fiscal Year,Month", "2024"), ("FY,Month", "2023-24"))
    ):
        text = _read("", kind, header, [f"{year},{m}" for m in ("Oct", "Nov", "Jan")], ("1", "2", "3")).text
        found.append(MadeFile(f"fiscal_month_{k}", kind, text, asks="fiscal:"))
    return found


def _elsewhere() -> list[MadeFile]:
    kind = "a year in another language, the same in every line"
    words = (("Jahr", "2023"), ("Año", "2023"), ("Ano", "2022"), ("Année", "2024"), ("Anno", "2024"))
    return [_read(f"year_{name}", kind, name, (year,), (year,)) for name, year in words]


def _running() -> list[MadeFile]:
    kind = "a later period holds the earlier ones"
    months = ("2024-01", "2024-02", "2024-03", "2024-04")
    sums = [[(100.0 * k, 210.0 * k), (41.0 * k, 98.0 * k)] for k in range(1, 5)]
    same = [[(100.0 * k, 1200.0), (80.0 * k, 1100.0)] for k in range(1, 5)]
    level = [[(500.0 + 10 * (k % 2), 800.0 + k), (300.0 - k, 500.0 + k)] for k in range(4)]
    files = {
        "ytd_named": ("Month,Race,YTD Numerator,YTD Denominator", sums),
        "ytd_by_numbers": ("Month,Race,Numerator,Denominator", sums),
        "coverage_by_numbers": ("Month,Race,Vaccinated,Eligible", same),
        "rolling_named": ("Rolling 12 months ending,Race,Numerator,Denominator", level),
        "as_of": ("As of,Race,Numerator,Denominator", level),
        "cumulative_named": ("Month,Race,Cumulative cases,Population", level),
    }
    found = [MadeFile(f"running_{k}", kind, _table(h, months, c), asks="running:") for k, (h, c) in files.items()]
    rising = [[(100.0 + 5 * k, 210.0 + 3 * k), (41.0 + 2 * k, 98.0 + k)] for k in range(4)]
    truth = {(g, p): c for p, row in zip(months, rising, strict=True) for g, c in zip(GROUPS, row, strict=True)}
    text = _table("Month,Race,Numerator,Denominator", months, rising)
    found.append(MadeFile("running_not", "months that grow slowly are months", text, truth))
    text = _table("Year,Race,Numerator,Denominator", ("2021", "2022", "2023", "2024"), sums)
    truth = {(g, str(2021 + k)): c for k, row in enumerate(sums) for g, c in zip(GROUPS, row, strict=True)}
    found.append(MadeFile("running_not_years", "years that grow are a trend", text, truth))
    return found


def _revisions() -> list[MadeFile]:
    kind = "a number and its revision are one"
    text = "Year,Race,Status,Numerator,Denominator\n"
    for status, more in (("Preliminary", 0), ("Final", 3)):
        text += f"2023,White,{status},{400 + more},1000\n2023,Asian,{status},{150 + more},500\n"
    found = [MadeFile("revision_column", kind, text, asks="repeats:Status")]
    cells = [[(100.0, 900.0), (50.0, 800.0)], [(103.0, 900.0), (52.0, 801.0)]]
    text = _table("Year,Race,Numerator,Denominator", ("2023 P", "2023 F"), cells)
    found.append(MadeFile("revision_in_the_year", kind, text, asks="revisions:Year"))
    text = "Month,Period type,Race,Numerator,Denominator\n"
    for month in (1, 2, 3):
        for group, x in (("White", 10), ("Asian", 12)):
            text += f"2024-0{month},Monthly,{group},{x + month % 2},100\n"
            text += f"2024-0{month},YTD,{group},{x * month},{100 * month}\n"
    found.append(MadeFile("monthly_beside_ytd", kind, text, asks="repeats:Period type"))
    truth = {(g, p): (x, 100.0) for p, x in (("2022", 10.0), ("2023", 12.0)) for g in GROUPS}
    lines = "".join(
        f"{p},{'Final' if p == '2022' else 'Preliminary'},{g},{x:g},{n:g}\n" for (g, p), (x, n) in truth.items()
    )
    text = f"Year,Data status,Race,Numerator,Denominator\n{lines}"
    found.append(MadeFile("revision_once", "the latest year is preliminary and stands once", text, truth))
    return found


def _no_times() -> list[MadeFile]:
    cells = [[(100.0, 900.0), (50.0, 800.0)], [(103.0, 900.0), (52.0, 801.0)]]
    kind = "a column named like a time that holds none is no group"
    found = []
    for k, (header, periods) in enumerate(
        (("Reporting period", ("Wave A", "Wave B")), ("Month", ("M-eins", "M-zwei")))
    ):
        text = _table(f"{header},Race,Numerator,Denominator", periods, cells)
        found.append(MadeFile(f"no_time_{k}", kind, text, asks="time:"))
    return found
