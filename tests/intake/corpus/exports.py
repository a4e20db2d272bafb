"""Files of the corpus in the layouts in which records systems, registries and agencies hand their data over."""

from __future__ import annotations

from collections.abc import Sequence

from tests.intake.corpus.made_files import Counts, MadeFile

RACES = ("White", "Black or African American", "Asian")
YEARS = ("2022", "2023")
YES_NO = ("Yes", "No")


def exports() -> list[MadeFile]:
    """Every file of such a layout."""
    return [*_cells(), *_surveys(), *_pivots(), *_systems(), *_agencies(), *_registries()]


def _table(periods: Sequence[str] = YEARS, groups: Sequence[str] = RACES) -> dict[tuple[str, str], tuple[float, float]]:
    """Counts of which no two are alike."""
    return {
        (g, p): (float(90 + 17 * i + 5 * j), float(400 + 60 * i + 11 * j))
        for j, p in enumerate(periods)
        for i, g in enumerate(groups)
    }


def _lines(*rows: Sequence[object]) -> str:
    """Rows as lines of a CSV file."""
    texts = ([str(c) for c in row] for row in rows)
    return "\n".join(",".join(f'"{c}"' if "," in c else c for c in row) for row in texts) + "\n"


def _by(counts: Counts) -> list[tuple[str, str, int, int]]:
    """Period, group, events and people of each row."""
    return [(p, g, int(x), int(n)) for (g, p), (x, n) in counts.items()]


def _cells() -> list[MadeFile]:
    counts = _table()
    made = []
    for name, form in (
        ("slash", "{x}/{n}"),
        ("of", "{x} of {n}"),
        ("out_of", "{x} out of {n}"),
        ("slash_percent", "{x}/{n} ({p:.1f}%)"),
    ):
        cells = [(y, g, form.format(x=x, n=n, p=100 * x / n)) for y, g, x, n in _by(counts)]
        made.append(
            MadeFile(f"x_of_n_{name}", "x of n in one cell", _lines(("Year", "Race", "Screened"), *cells), counts)
        )
    rows = [(g, *(f"{int(counts[g, y][0])}/{int(counts[g, y][1])}" for y in YEARS)) for g in RACES]
    made.append(MadeFile("x_of_n_across", "x of n in one cell", _lines(("Race", *YEARS), *rows), counts))
    pressures = [
        (y, g, f"{120 + k}/{70 + k}", "Yes" if k % 3 else "No") for k, (y, g, _, _) in enumerate(_by(counts) * 5)
    ]
    truth = {
        (g, y): (float(sum(r[3] == "Yes" for r in own)), float(len(own)))
        for g in RACES
        for y in YEARS
        if (own := [r for r in pressures if r[0] == y and r[1] == g])
    }
    text = _lines(("Year", "Race", "Blood pressure", "Controlled"), *pressures)
    made.append(MadeFile("pressure_is_no_x_of_n", "120/80 is no count", text, truth))
    dots = [("2023", RACES[k % 3], "." if k % 7 == 0 else str(int(k % 4 == 0))) for k in range(90)]
    known = [r for r in dots if r[2] != "."]
    truth = {
        (g, "2023"): (float(sum(r[2] == "1" for r in known if r[1] == g)), float(sum(r[1] == g for r in known)))
        for g in RACES
    }
    text = _lines(("year", "race", "readmit"), *dots)
    missing = [("2023", "NA" if k % 6 == 0 else RACES[k % 3], YES_NO[k % 4 == 0]) for k in range(120)]
    missing += [("2023", "<NA>", "Yes"), ("2023", "White", "NA")]
    answered = [(("Unknown" if r[1] in ("NA", "<NA>") else r[1]), r[2]) for r in missing if r[2] != "NA"]
    of_r = {
        (g, "2023"): (float(sum(r == (g, "Yes") for r in answered)), float(sum(r[0] == g for r in answered)))
        for g in (*RACES, "Unknown")
    }
    unknown = frozenset({"Unknown"})
    text_of_r = _lines(("year", "race", "screened"), *missing)
    made.append(
        MadeFile(
            "missing_of_r",
            "NA and <NA> are unknown, and called so",
            text_of_r,
            of_r,
            unknown=unknown,
        )
    )
    beyond = [("2023", RACES[k % 3], ">14.0" if k % 20 == 0 else f"{5 + k % 50 / 10:.1f}") for k in range(120)]
    text_beyond = _lines(("year", "race", "a1c"), *beyond)
    made.append(MadeFile("results_beyond_reach", ">14.0 has no place in a mean", text_beyond, asks="beyond:a1c"))
    return [*made, MadeFile("dots_of_a_package", ". beside 0 and 1 is missing, and nothing is withheld", text, truth)]


def _surveys() -> list[MadeFile]:
    rows = [
        (f"2024-03-{1 + k % 28:02d} 10:00:00", "100", f"R_{k:012x}", RACES[k % 3], YES_NO[k % 4 == 0])
        for k in range(90)
    ]
    ids = [f'"{{""ImportId"":""{i}""}}"' for i in ("startDate", "progress", "_recordId", "QID1", "QID2")]
    head = ("StartDate", "Progress", "ResponseId", "Q1", "Q2")
    asked = ("Start Date", "Progress", "Response ID", "What is your race?", "Did you get a flu shot?")
    truth = {(g, "2024-03"): (float(sum(r[3] == g and r[4] == "Yes" for r in rows)), 30.0) for g in RACES}
    text = _lines(head, asked) + ",".join(ids) + "\n" + _lines(*rows)
    kind = "names, questions and ids above the answers"
    plain = _lines(head[3:], asked[3:]) + ",".join(ids[3:]) + "\n" + _lines(*(r[3:] for r in rows))
    never = {(g, ""): truth[g, "2024-03"] for g in RACES}
    weighted = [("2023", RACES[k % 3], f"{180 + 97.13 * (k % 17):.4f}", 1 + k % 2) for k in range(90)]
    text_weighted = _lines(("IYEAR", "RACE", "X_LLCPWT", "FLUSHOT7"), *weighted)
    return [
        MadeFile("survey_with_ids", kind, text, truth),
        MadeFile("survey_with_ids_and_words_alone", kind, plain, never),
        MadeFile("survey_with_weights", "survey weights", text_weighted, asks="weights:X_LLCPWT"),
    ]


def _pivots() -> list[MadeFile]:
    counts = _table()
    rows: list[tuple[object, ...]] = [("Row Labels", "Sum of Numerator", "Sum of Denominator")]
    for y in YEARS:
        own = [(g, *counts[g, y]) for g in RACES]
        rows += [(y, int(sum(r[1] for r in own)), int(sum(r[2] for r in own)))]
        rows += [(g, int(x), int(n)) for g, x, n in own]
    every = [int(sum(v[k] for v in counts.values())) for k in (0, 1)]
    compact = _lines(*rows, ("Grand Total", *every))
    kind = "periods above their groups in one column"
    quarters = _table([f"{y}-Q{q}" for y in YEARS for q in range(1, 5)])
    parts = [
        (y, g, part, *(int(quarters[g, f"{y}-Q{q}"][k]) for q in range(1, 5)))
        for y in YEARS
        for g in RACES
        for k, part in enumerate(("Numerator", "Denominator"))
    ]
    across = _lines(("Year", "Race", "Component", "Q1", "Q2", "Q3", "Q4"), *parts)
    return [
        MadeFile("compact_pivot", kind, compact, counts),
        MadeFile("compact_pivot_without_total", kind, _lines(*rows), counts),
        MadeFile("quarters_across_beside_years", "Q1 to Q4 across are quarters, not fifths", across, quarters),
    ]


def _systems() -> list[MadeFile]:
    """Records systems and the tools that people look at them with."""
    counts, kind = _table(), "an export of a records system or of a tool for looking at it"
    quarters = _table(["2023-Q1", "2023-Q2", "2023-Q3"])
    months = _table([f"2024-{k:02d}" for k in range(1, 7)])
    visits = [
        (f"1000{k:04d}", f"DOE{k},JANE", f"{30 + k % 50} y.o.", ("Female", "Male")[k % 2], RACES[k % 3], "English",
         f"{1 + k % 3:02d}/{1 + k % 28:02d}/2024", YES_NO[k % 5 == 0])
        for k in range(120)
    ]  # fmt: skip
    registry = "Diabetes Registry - My Patients\nGenerated by: SMITH, JOHN on 04/02/2024 08:13 AM\n\n" + _lines(
        ("MRN", "Patient Name", "Age", "Legal Sex", "Race", "Language", "Last Visit Date", "BP Controlled"), *visits
    )
    seen: dict[tuple[str, str], list[bool]] = {}
    for v in visits:
        seen.setdefault((v[3], f"2024-{v[6][:2]}"), []).append(v[7] == "Yes")
    crossed = [
        "\t".join([g, part, *(f"{int(quarters[g, f'2023-Q{q}'][k]):,}" for q in (1, 2, 3))])
        for g in RACES
        for k, part in enumerate(("Numerator", "Denominator"))
    ]
    tableau = "\n".join(["\t".join(["Race", "", "2023 Q1", "2023 Q2", "2023 Q3"]), *crossed]) + "\n"
    summed = [(y, g, x, n, f"{x / n:.4f}") for y, g, x, n in _by(counts)]
    power = _lines(("Year", "Race", "Sum of Numerator", "Sum of Denominator", "Performance Rate"), *summed)
    power += '\n"Applied filters:\nMeasure is Controlling BP\nSite is not blank"\n'
    met = [("Breast Cancer Screening", y, g, x, n - x, 7, n + 7, f"{100 * x / n:.1f}") for y, g, x, n in _by(counts)]
    head = ("Measure", "Period", "Race", "Met", "Not Met", "Excluded", "Total Eligible", "% Met")
    charted = [(m, g, x, n, f"{100 * x / n:.1f}", 25, 31.5, 19.5) for m, g, x, n in _by(months)]
    pairs = [(g, *(int(v) for m in ("2024-01", "2024-02") for v in months[g, m])) for g in RACES]
    two = {key: v for key, v in months.items() if key[1] in ("2024-01", "2024-02")}
    fiscal = _lines(
        ("Race", "FY22 Numerator", "FY22 Denominator", "FY23 Numerator", "FY23 Denominator"),
        *((g, *(int(v) for y in YEARS for v in counts[g, y])) for g in RACES),
    )
    collapsed = [(y, g, f"{x / n:.4f}", n) for y, g, x, n in _by(counts)]
    rates = {key: round(x / n, 4) for key, (x, n) in counts.items()}
    return [
        MadeFile(
            "registry_of_a_records_system", kind, registry, {k: (float(sum(v)), float(len(v))) for k, v in seen.items()}
        ),
        MadeFile("crosstab", kind, tableau, quarters),
        MadeFile("summarized_data", kind, power, counts),
        MadeFile("met_not_met_excluded", kind, _lines(head, *met), counts),
        MadeFile(
            "met_not_met_total", kind, _lines((*head[:6], "Total"), *(r[:7] for r in met)), asks="denominator:Met"
        ),
        MadeFile(
            "control_limits",
            kind,
            _lines(("Month", "Race", "Numerator", "Denominator", "Rate", "CL", "UCL", "LCL"), *charted),
            months,
        ),
        MadeFile(
            "months_across", kind, _lines(("Race", "Jan-24 Num", "Jan-24 Den", "Feb-24 Num", "Feb-24 Den"), *pairs), two
        ),
        MadeFile("fiscal_years_across", kind, fiscal, counts),
        MadeFile(
            "collapsed", kind, _lines(("year", "race", "mean_screened", "count_screened"), *collapsed), rates=rates
        ),
        MadeFile(
            "sums_of_a_query", kind, _lines(("yr", "race", "sum(screened)", "count(*)"), *_by(counts)), asks="value:"
        ),
    ]


def _agencies() -> list[MadeFile]:
    """Agencies and their public tables."""
    counts, one, kind = _table(), _table(["2022"]), "a table of an agency"
    bare = {(g, ""): v for (g, _), v in one.items()}
    percents = {key: round(100 * x / n, 1) / 100 for key, (x, n) in counts.items()}
    wards = _table(["2023-Q1", "2023-Q2"], ("Adult ICU", "Medical Ward", "NICU"))
    expected = {key: (x, round(n / 3, 3)) for key, (x, n) in wards.items()}
    ratios = [
        (10018, q.replace("-", ""), g, int(x), e, f"{x / e:.3f}", "0.0312", f"{x / e - 0.2:.3f}, {x / e + 0.2:.3f}")
        for (g, q), (x, e) in expected.items()
    ]
    nhsn = _lines(("orgID", "summaryYQ", "locationType", "infCount", "numPred", "SIR", "SIR_pval", "sir95CI"), *ratios)
    asked = [
        (
            y,
            "NC",
            "Did you get prenatal care as early as you wanted?",
            a,
            g,
            "Maternal Race",
            "%",
            f"{p:.1f}",
            f"{p - 3:.1f}",
            f"{p + 3:.1f}",
            n,
        )
        for y, g, x, n in _by(counts)
        for a, p in (("YES", 100 * x / n), ("NO", 100 - 100 * x / n))
    ]
    prams = _lines(
        (
            "Year",
            "State",
            "Question",
            "Response",
            "Break_Out",
            "Break_Out_Category",
            "Data_Value_Unit",
            "Data_Value",
            "Low_Confidence_Limit",
            "High_Confidence_Limit",
            "Sample_Size",
        ),
        *asked,
    )
    states = {s: 50 + 1.7 * i for i, s in enumerate(("Alabama", "Alaska", "Arizona", "Arkansas", "California"))}
    core = [
        (s, "Well-Child Visits", "Higher rates are better for this measure", 2022, f"{v:.1f}", 48, 58.1)
        for s, v in states.items()
    ]
    core_set = _lines(
        ("State", "Measure Name", "Measure Type", "FFY", "State Rate", "Number of States Reporting", "Median"), *core
    )
    ranged = [
        (g, y, f"{100 * x / n:.1f}", 0.6, f"{100 * x / n - 1.2:.1f}-{100 * x / n + 1.2:.1f}")
        for y, g, x, n in _by(counts)
    ]
    with_ranges = _lines(("Population", "Year", "Estimate (Percent)", "Standard Error", "Confidence Interval"), *ranged)
    errors = [(g, *(v for y in YEARS for v in (f"{100 * percents[g, y]:.1f}", 0.5))) for g in RACES]
    across = _lines(("Population", "2022", "2022 SE", "2023", "2023 SE"), *errors)
    uds = [(k, g, n + 13, n, x) for k, (_, g, x, n) in enumerate(_by(one))]
    centers = _lines(
        (
            "#",
            "Race",
            "Total Patients with Hypertension (2a)",
            "Number Charts Sampled (2b)",
            "Hypertension Controlled (2c)",
        ),
        *uds,
    )
    asthma = [(y, g, x, 12 * n, f"{1000 * x / (12 * n):.1f}") for y, g, x, n in _by(counts)]
    claims = _lines(("Year", "Race", "ED Visits", "Member Months", "Visits per 1,000 MM"), *asthma)
    groups = [
        (
            y,
            "Prevalence",
            "Diabetes",
            "Sex" if k % 2 else "Race and Ethnicity",
            ("Male", "Female")[i] if k % 2 else RACES[i],
            20 + 3 * i + k,
        )
        for y in YEARS
        for k in (0, 1)
        for i in range(3 - k)
    ]
    mapped = _lines(("year", "measure", "condition", "primary_group", "primary_value", "analysis_value"), *groups)
    by_race = {(str(g[4]), str(g[0])): float(g[5]) / 100 for g in groups if g[3] != "Sex"}  # type: ignore[arg-type]
    census = [
        (f"    {g} alone", f"{100 * n:,.0f}", "±1,200", f"{100 * x:,.0f}", "±900", f"{100 * x / n:.1f}%", "±0.4")
        for (g, _), (x, n) in one.items()
    ]
    place = "Boston city!!{}!!{}"
    acs = _lines(
        (
            "Label (Grouping)",
            *(
                place.format(w, e)
                for w in ("Total", "Uninsured", "Percent Uninsured")
                for e in ("Estimate", "Margin of Error")
            ),
        ),
        ("RACE AND HISPANIC OR LATINO ORIGIN", *[""] * 6),
        *census,
    )
    return [
        MadeFile("observed_of_predicted", kind, nhsn, expected),
        MadeFile("answers_with_limits", kind, prams, rates=percents),
        MadeFile("state_rates", kind, core_set, rates={(s, "2022"): round(v, 1) / 100 for s, v in states.items()}),
        MadeFile("limits_in_one_column", "a range groups nobody", with_ranges, rates=percents),
        MadeFile("errors_beside_estimates", kind, across, asks="unit:Estimate"),
        MadeFile(
            "three_nested_counts", "the question offers the right answer", centers, asks="value:Hypertension Controlled"
        ),
        MadeFile("member_months", kind, claims, {key: (x, 12 * n) for key, (x, n) in counts.items()}),
        MadeFile("primary_group_and_value", kind, mapped, rates=by_race),
        MadeFile(
            "census_profile", kind, acs, {(f"{g} alone", ""): (100 * x, 100 * n) for (g, _), (x, n) in bare.items()}
        ),
    ]


def _registries() -> list[MadeFile]:
    """Registries, plans and collaboratives."""
    counts, kind = _table(), "an export of a registry or a plan"
    whole = {y: [int(sum(counts[g, y][k] for g in RACES)) for k in (0, 1)] for y in YEARS}
    stroke = [("Door to Needle", y, g, x, n, f"{100 * x / n:.1f}%") for y, g, x, n in _by(counts)]
    stroke += [
        ("Door to Needle", y, "All Patients", *whole[y], f"{100 * whole[y][0] / whole[y][1]:.1f}%") for y in YEARS
    ]
    plan = [("COL", "COLTOT", y, g, n, x, f"{100 * x / n:.2f}") for y, g, x, n in _by(counts)]
    plan += [
        ("COL", "COLTOT", y, "Total", whole[y][1], whole[y][0], f"{100 * whole[y][0] / whole[y][1]:.2f}") for y in YEARS
    ]
    quarters = _table(["2023-Q1", "2023-Q2"])
    deaths = {key: (x, round(n / 5, 2)) for key, (x, n) in quarters.items()}
    observed = [(q, g, int(quarters[g, q][1]), int(x), e, f"{x / e:.2f}") for (g, q), (x, e) in deaths.items()]
    births = [("Wake", g, y, n, x, f"{100 * x / n:.1f}") for y, g, x, n in _by(counts)]
    codes = _table(YEARS, ("8527", "8516", "8515"))
    sites: list[tuple[object, ...]] = [("Row Labels", "Sum of Num", "Sum of Den")]
    for site, y in zip(("North Clinic", "South Clinic"), YEARS, strict=True):
        sites += [(site, *whole[y]), *((g, int(counts[g, y][0]), int(counts[g, y][1])) for g in RACES)]
    return [
        MadeFile(
            "all_patients_beside_groups",
            kind,
            _lines(
                ("Measure", "Time Period", "Patient Race", "Numerator", "Denominator", "Percent of Patients"), *stroke
            ),
            counts,
        ),
        MadeFile(
            "stratified_plan_rates",
            kind,
            _lines(
                ("MeasureID", "IndicatorKey", "MY", "RaceStratification", "EligiblePopulation", "Numerator", "Rate"),
                *plan,
            ),
            counts,
        ),
        MadeFile(
            "observed_deaths_of_expected",
            "the file's rate is of another column than its name speaks for",
            _lines(("Quarter", "Race", "Cases", "Observed Deaths", "Expected Deaths", "Mortality O/E"), *observed),
            deaths,
        ),
        MadeFile(
            "births_of_a_county",
            kind,
            _lines(
                ("County", "Race/Ethnicity", "Year", "Total Births", "Low Birth Weight Births", "Percent LBW"), *births
            ),
            counts,
        ),
        MadeFile(
            "concepts_for_groups",
            kind,
            _lines(
                ("site", "year", "race_concept_id", "num", "denom"), *(("A", y, g, x, n) for y, g, x, n in _by(codes))
            ),
            codes,
        ),
        MadeFile(
            "sites_above_groups_in_one_column",
            "two groupings share a column of labels",
            _lines(*sites),
            asks="Show the pivot table in tabular form",
        ),
    ]
