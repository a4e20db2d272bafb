"""Files of report writers, dashboards and research extracts: totals among periods, flags, chains of counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tests.intake.corpus.made_files import MadeFile

RACES = ("White", "Black or African American", "Asian")
YEARS = ("2022", "2023")
Table = dict[tuple[str, str], tuple[float, float]]


def report_files() -> list[MadeFile]:
    """Every file of this module."""
    makers = (_times, _dates_of_visits, _flags, _chains, _two_rates, _parts_of_measures, _money, _words_for_everyone)
    return [made for maker in makers for made in maker()]


def _table(periods: Sequence[str] = YEARS, groups: Sequence[str] = RACES) -> Table:
    return {
        (g, p): (float(93 + 19 * i + 7 * j), float(410 + 57 * i + 13 * j))
        for j, p in enumerate(periods)
        for i, g in enumerate(groups)
    }


def _lines(*rows: Sequence[object]) -> str:
    return "\n".join(",".join(f'"{c}"' if "," in str(c) else str(c) for c in row) for row in rows) + "\n"


def _rows(counts: Table) -> list[tuple[str, str, int, int]]:
    return [(p, g, int(x), int(n)) for (g, p), (x, n) in counts.items()]


def _sum(rows: Sequence[Sequence[object]]) -> tuple[int, int]:
    return sum(int(str(r[-2])) for r in rows), sum(int(str(r[-1])) for r in rows)


def _times() -> list[MadeFile]:
    counts = _table()
    kind = "a time in the words of a program"
    head = ("Period", "Race", "Numerator", "Denominator")
    found = []
    for name, form in (
        ("measurement_year", "MY{y}"), ("plan_year", "Plan year {y}"), ("season", "{before}-{short} season"),
        ("flu_season", "Flu season {before}-{y}"),
    ):  # fmt: skip
        rows = [(form.format(y=p, before=int(p) - 1, short=p[2:]), *rest) for p, *rest in _rows(counts)]
        found.append(MadeFile(f"time_{name}", kind, _lines(head, *rows), counts))
    months = _table(("2024-01", "2024-02", "2024-03"))
    for name, words in (
        ("french", ("janvier", "février", "mars")), ("german", ("Januar", "Februar", "März")),
        ("spanish", ("enero", "febrero", "marzo")), ("portuguese", ("janeiro", "fevereiro", "março")),
    ):  # fmt: skip
        rows = [(f"{words[int(p[-1]) - 1]} 2024", *rest) for p, *rest in _rows(months)]
        found.append(MadeFile(f"months_{name}", "a month in another language", _lines(head, *rows), months))
    kind = "in which month does a fiscal year begin"
    quarters = _table(("FY24 Q1", "FY24 Q2"))
    found.append(MadeFile("fiscal_quarters", kind, _lines(head, *_rows(quarters)), asks="fiscal:"))
    parted = [("FY2024", q[-2:], *rest) for q, *rest in _rows(quarters)]
    text = _lines(("Fiscal Year", "Quarter", *head[1:]), *parted)
    found.append(MadeFile("fiscal_quarters_parted", kind, text, asks="fiscal:"))
    kind = "a total among periods adds up the others"
    text = _lines(("Year", *head[1:]), *_rows(counts), ("Subtotal", "", *_sum(_rows(counts))))
    found.append(MadeFile("total_among_years", kind, text, counts))
    quarters = _table(tuple(f"{y}-Q{q}" for y in YEARS for q in (1, 2)))
    lines: list[Sequence[object]] = [("Year", "Quarter", *head[1:])]
    for year in YEARS:
        own = [(p[:4], p[5:], *rest) for p, *rest in _rows(quarters) if p.startswith(year)]
        lines += [*own, (year, "Total", "", *_sum(own))]
    lines.append(("Total", "", "", *_sum(_rows(quarters))))
    return [*found, MadeFile("total_among_quarters", kind, _lines(*lines), quarters)]


def _dates_of_visits() -> list[MadeFile]:
    days = [dt.date(2024, 1, 2) + dt.timedelta(days=k % 80) for k in range(120)]
    stays = [
        (f"A{k}", d, d + dt.timedelta(days=2 + k % 9), RACES[k % 3], "Y" if k % 6 == 0 else "N")
        for k, d in enumerate(days)
    ]
    born = [(9000 + k, 1950 + k % 50, d, RACES[k % 3], int(k % 7 < 3)) for k, d in enumerate(days)]
    truth: Table = {}
    for _, _, day, race, met in born:
        x, n = truth.get((race, f"{day:%Y-%m}"), (0.0, 0.0))
        truth[race, f"{day:%Y-%m}"] = (x + met, n + 1)
    found = [
        MadeFile(
            f"year_of_birth_{k}",
            "a year of birth is no time of care",
            _lines(("person_id", name, "visit_start_date", "race", "bp_controlled"), *born),
            truth,
        )
        for k, name in enumerate(("year_of_birth", "birth_year", "YOB"))
    ]
    text = _lines(("account", "admit_date", "discharge_date", "race", "readmit_30"), *stays)
    found.append(MadeFile("two_dates", "which of two dates says when a visit counts", text, asks="dates:admit_date"))
    same = [(a, d, d + dt.timedelta(days=1), r, o) for a, d, _, r, o in stays if d.day < 25]
    truth = {}
    for _, day, _, race, answer in same:
        x, n = truth.get((race, f"{day:%Y-%m}"), (0.0, 0.0))
        truth[race, f"{day:%Y-%m}"] = (x + (answer == "Y"), n + 1)
    text = _lines(("account", "admit_date", "discharge_date", "race", "readmit_30"), *same)
    return [*found, MadeFile("two_dates_of_one_month", "two dates of the same month ask nothing", text, truth)]


def _flags() -> list[MadeFile]:
    rates = {(g, y): 40.0 + 5 * i + 2 * j for j, y in enumerate(YEARS) for i, g in enumerate(RACES)}
    truth = {key: rate / 100 for key, rate in rates.items()}
    found = []
    for k, flag in enumerate(("Significant?", "Statistically significant", "Different from state", "Unstable")):
        across = [(g, *(rates[g, y] for y in YEARS), "+2.0", ("Yes", "No")[i % 2]) for i, g in enumerate(RACES)]
        text = _lines(("Race", "2022 (%)", "2023 (%)", "Change (pp)", flag), *across)
        found.append(MadeFile(f"judged_{k}", "a flag that judges a number is no outcome", text, rates=truth))
    return found


def _chains() -> list[MadeFile]:
    rows = [(y, g, n, int(0.8 * n), int(0.5 * n)) for y, g, _, n in _rows(_table())]
    kind = "in a chain of counts several are out of several"
    text = _lines(("Year", "Race", "Patients", "Screened", "Positive"), *rows)
    counts = {(g, y): (float(x), float(n)) for y, g, n, _, x in rows}
    sure = _lines(("Year", "Race", "Denominator", "Screened", "Numerator"), *rows)
    return [
        MadeFile("chain_of_care", kind, text, asks="value:Positive"),
        MadeFile("chain_with_a_numerator", "a numerator and a denominator are named", sure, counts),
    ]


def _two_rates() -> list[MadeFile]:
    rows = [
        (y, g, *(f"{v + 4 * i + j:.1f}" for v in (30, 28, 32, 27, 25, 29)))
        for j, y in enumerate(YEARS)
        for i, g in enumerate(RACES)
    ]
    head = ("Year", "Race", "Crude Rate (%)", "Crude LCL", "Crude UCL", "Age-adjusted Rate (%)", "Adj LCL", "Adj UCL")
    return [MadeFile("crude_beside_adjusted", "two rates of the same people", _lines(head, *rows), asks="value:Crude")]


def _parts_of_measures() -> list[MadeFile]:
    """Limits, predictions and days stand among the measures of a table of scores."""
    name = "Central line infections"
    ends = {"": 0.61, ": Lower Confidence Limit": 0.3, ": Upper Confidence Limit": 1.2, ": Number of Device Days": 9120}
    rows = [
        (site, "AL", f"{name}{end}", value + k, "01/01/2023", "12/31/2023")
        for k, site in enumerate(("North", "South", "East"))
        for end, value in ends.items()
    ]
    text = _lines(("Facility Name", "State", "Measure Name", "Score", "Start Date", "End Date"), *rows)
    return [MadeFile("limits_among_measures", "a limit is no measure", text, asks="parts:Measure Name")]


def _money() -> list[MadeFile]:
    rates = {
        (g, y): 1234.5 + 310.25 * i + 12 * j
        for j, y in enumerate(YEARS)
        for i, g in enumerate(("Medicaid", "Medicare"))
    }
    found = []
    for k, form in enumerate(("${v:,.2f}", "€ {v:,.2f}")):
        rows = [(y, g, form.format(v=v), 200 + 17 * i) for i, ((g, y), v) in enumerate(rates.items())]
        text = _lines(("Year", "Payer", "Avg cost per visit", "Visits"), *rows)
        found.append(MadeFile(f"money_{k}", "an amount of money is a number", text, rates=rates))
    return found


def _words_for_everyone() -> list[MadeFile]:
    counts = _table(("2023",))
    return [
        MadeFile(
            f"everyone_{name}",
            "everyone by another name",
            _lines(("Year", "Race", "Visits for asthma", name), *_rows(counts)),
            counts,
        )
        for name in ("Members", "Enrollees", "Residents")
    ]
