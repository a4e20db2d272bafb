"""Files that say their groups, their people or their answers in unusual places: in headers, across, down."""

from __future__ import annotations

from tests.intake.corpus.made_files import Counts, MadeFile

GROUPS = {"White": 1000, "Black": 500, "Hispanic": 400}
SHOWN = {"White": "White", "Black": "Black or African American", "Hispanic": "Hispanic or Latino"}
EVENTS = {"Preterm birth": (90, 70, 40), "Low birth weight": (70, 65, 30), "Readmission": (310, 170, 120)}


def _n_in_the_header() -> list[MadeFile]:
    """A table of a study: the outcomes down, the groups with their n across."""
    # All three outcomes added up, as this check does: 470 of 3 x 1000, 305 of 3 x 500, 190 of 3 x 400.
    truth = {(SHOWN["White"], ""): (470.0, 3000.0), (SHOWN["Black"], ""): (305.0, 1500.0)}
    truth |= {(SHOWN["Hispanic"], ""): (190.0, 1200.0)}
    found = []
    for k, (head, cell) in enumerate(
        (
            ("{g} (n={n})", "{x} ({p:.1f}%)"), ("{g}, N = {n:,}", "{x} ({p:.1f})"), ("{g} [N={n}]", "{x}"),
            ("{g} (n = {n})", "{x} ({p:.1f})"),
        )
    ):  # fmt: skip
        for everyone in (False, True)[: 2 - k % 2]:
            names = {**GROUPS, "All": 1900} if everyone else GROUPS
            header = ["Outcome", *(head.format(g=g, n=n) for g, n in names.items())]
            lines = [header]
            for outcome, xs in EVENTS.items():
                every = [*xs, sum(xs)] if everyone else xs
                lines.append(
                    [outcome, *(cell.format(x=x, p=100 * x / n) for x, n in zip(every, names.values(), strict=True))]
                )
            text = "\n".join(",".join(f'"{c}"' for c in line) for line in lines) + "\n"
            found.append(MadeFile(f"n_in_header_{k}_{everyone}", "a group and its n in the header", text, truth))
    return found


def _n_of_n() -> list[MadeFile]:
    truth: Counts = {("Male", "2022"): (120.0, 1000.0), ("Female", "2022"): (150.0, 1100.0)}
    truth = {**truth, ("Male", "2023"): (130.0, 1010.0), ("Female", "2023"): (140.0, 1120.0)}
    wide = "Year;Male n;Male N;Female n;Female N\n2022;120;1000;150;1100\n2023;130;1010;140;1120\n"
    long = "Year,Sex,n,N\n" + "".join(f"{p},{g},{x:.0f},{n:.0f}\n" for (g, p), (x, n) in truth.items())
    return [
        MadeFile("n_of_n_wide", "n of N", wide, truth),
        MadeFile("n_of_n_long", "n of N", long, truth),
    ]


ANSWERS = (
    ("Controlled", "Uncontrolled"), ("Yes", "No"), ("Met", "Not met"), ("Deaths", "Alive"), ("Died", "Survived"),
    ("Positive", "Negative"), ("Screened", "Not screened"), ("Attended", "DNA"),
)  # fmt: skip
COUNTS = {("White", "2023"): (700, 250), ("Asian", "2023"): (280, 170), ("Multiracial", "2023"): (61, 19)}


def _answers_parted() -> list[MadeFile]:
    """Answers as columns of counts, and as rows with a count: alone, with those excluded, with those unknown."""
    truth = {key: (float(x), float(x + no)) for key, (x, no) in COUNTS.items()}
    found = []
    for yes, no in ANSWERS:
        slug = yes.casefold()
        for more, asks in (
            ("", ""),
            ("Excluded", ""),
            ("Unknown", "neither:"),
            ("No reading", "neither:"),
            ("Cancelled", "neither:"),
        ):
            if more and yes not in (("Controlled", "Met") if more != "Cancelled" else ("Attended",)):
                continue
            header = ["Year", "Race", yes, no, *([more] if more else [])]
            wide, long = [",".join(header)], ["Year,Race,Status,Count"]
            for (g, p), (x, other) in COUNTS.items():
                said = {yes: x, no: other, **({more: 50 + x // 10} if more else {})}
                wide.append(",".join(map(str, (p, g, *said.values()))))
                long += [f"{p},{g},{answer},{count}" for answer, count in said.items()]
            kind = "answers part the same people"
            name = f"{slug}_{more.casefold().replace(' ', '_') or 'alone'}"
            found.append(MadeFile(f"parted_{name}", kind, "\n".join(wide) + "\n", truth, asks=asks))
            found.append(MadeFile(f"parted_rows_{name}", kind, "\n".join(long) + "\n", truth, asks=asks))
    return found


def _expected() -> list[MadeFile]:
    truth = {("White", "2023"): (32.0, 34.0), ("Black or African American", "2023"): (23.0, 15.0)}
    lines = "H1,White,2023,12,15.2{0}\nH1,Black,2023,9,6.1{1}\nH2,White,2023,20,18.8{2}\nH2,Black,2023,14,8.9{3}\n"
    found = []
    for k, (header, ratios) in enumerate(
        (
            ("Observed,Expected", False),
            ("Observed infections,Predicted infections,SIR", True),
            ("Observed,Predicted,O/E", True),
        )
    ):
        shown = [",0.79", ",1.48", ",1.06", ",1.57"] if ratios else [""] * 4
        text = f"Facility,Race,Year,{header}\n" + lines.format(*shown)
        found.append(MadeFile(f"expected_{k}", "events observed of those expected", text, truth))
    return found


def _durations() -> list[MadeFile]:
    found = []
    truth = {("White", "2024-02"): (190.0, 3.0), ("Asian", "2024-02"): (96.0, 2.0)}
    minutes = (("White", 26), ("White", 148), ("Asian", 8), ("White", 16), ("Asian", 88))
    for k, (name, days) in enumerate((("Wait (h:mm)", False), ("length_of_stay", True), ("waiting_time", False))):
        cells = [f"{m // 60:02d}:{m % 60:02d}" if days else f"{m // 60}:{m % 60:02d}" for _, m in minutes]
        lines = [
            f"{i},2024-02,{g},{'0 ' if days else ''}{c}"
            for i, ((g, _), c) in enumerate(zip(minutes, cells, strict=True))
        ]
        text = f"mrn,month,race,{name}\n" + "\n".join(lines) + "\n"
        found.append(MadeFile(f"duration_{k}", "1:35 is 95 minutes", text, truth, asks="duration:" if k == 2 else ""))
    text = "mrn,month,race,arrival_time,screened\n" + "".join(
        f"{i},2024-02,{g},{8 + i}:15,{'Y' if i % 2 else 'N'}\n" for i, (g, _) in enumerate(minutes)
    )
    clock = {("White", "2024-02"): (2.0, 3.0), ("Asian", "2024-02"): (0.0, 2.0)}
    return [*found, MadeFile("time_of_day", "a time of day is no duration", text, clock)]


def _percents_and_fractions() -> list[MadeFile]:
    text = "Year,Race,Screening rate\n2023,White,72%\n2023,Asian,0.61\n2023,Multiracial,65%\n"
    rates = {("White", "2023"): 0.72, ("Asian", "2023"): 0.61, ("Multiracial", "2023"): 0.65}
    plain = text.replace("0.61", "61")
    return [
        MadeFile("percent_and_fraction", "72% beside 0.61", text, asks="scale:"),
        MadeFile("percent_with_and_without_sign", "72% beside 61", plain, rates=rates),
    ]


def _places_by_race() -> list[MadeFile]:
    text = "Site,Asian,Black,White,Total\nNorth,12,40,100,152\nSouth,8,60,90,158\nEast,20,10,80,110\n"
    return [
        MadeFile("places_by_race_total", "counts of which nothing says out of what", text, asks="unit:"),
        MadeFile(
            "places_by_race",
            "counts of which nothing says out of what",
            "\n".join(line.rpartition(",")[0] for line in text.splitlines()) + "\n",
            asks="unit:",
        ),
    ]


def _one_n_for_all_rows() -> list[MadeFile]:
    """Rows that split the people of the header's n: each is a measure, and nobody counts once a row."""
    truth = {("White", ""): (110.0, 2000.0), ("Black or African American", ""): (85.0, 1000.0)}
    found = []
    for k, (label, rows) in enumerate(
        (("Clinic", ("North", "South")), ("Age", ("18-44", "45+")), ("Stage", ("I", "II")))
    ):
        text = f"{label},White (n=1000),Black (n=500)\n{rows[0]},90,70\n{rows[1]},20,15\n"
        found.append(MadeFile(f"one_n_{k}", "one n for all rows", text, truth))
    text = "Outcome,White (n=1000),Black (n=500)\nReadmitted,9.0%,14.0%\n"
    rates = {("White", ""): 0.09, ("Black or African American", ""): 0.14}
    return [*found, MadeFile("one_n_percents", "percents of groups with their n", text, rates=rates)]


def _more_than_both() -> list[MadeFile]:
    """A total that is more than yes and no together; answers in rows with a count and a share; averages beside n."""
    found = []
    for k, (yes, no, every) in enumerate((("Yes", "No", "Total"), ("Met", "Not met", "Eligible"))):
        lines = [f"2023,{g},{x},{other},{x + other + 40}" for (g, _), (x, other) in COUNTS.items()]
        text = f"Year,Race,{yes},{no},{every}\n" + "\n".join(lines) + "\n"
        found.append(MadeFile(f"more_than_both_{k}", "a total that is more than both", text, asks="denominator:"))
    truth = {(g, ""): (float(x), float(x + other)) for (g, _), (x, other) in COUNTS.items()}
    for k, header in enumerate(("N,Percent", "Patients,% of patients")):
        text = f"Race,Status,{header}\n"
        for (g, _), (x, other) in COUNTS.items():
            text += f"{g},Controlled,{x},{100 * x / (x + other):.1f}\n"
            text += f"{g},Uncontrolled,{other},{100 * other / (x + other):.1f}\n"
        found.append(MadeFile(f"parted_with_share_{k}", "answers in rows with their share", text, truth))
    for k, (name, cells) in enumerate((("Median wait (h:mm)", ("1:35", "0:50")), ("Average stay", ("4.5", "3.2")))):
        text = f"Month,Unit,{name},Patients\n2024-01,ICU,{cells[0]},200\n2024-01,ED,{cells[1]},300\n"
        rates = {("ICU", "2024-01"): 95.0 if k == 0 else 4.5, ("ED", "2024-01"): 50.0 if k == 0 else 3.2}
        found.append(MadeFile(f"average_{k}", "an average beside its people is no count", text, rates=rates))
    return found


def _tables_of_studies() -> list[MadeFile]:
    """Means among counts, groups down the side with their n, percents alone."""
    truth = {("White", ""): (110.0, 2000.0), ("Black or African American", ""): (85.0, 1000.0)}
    found = []
    for k, mean in enumerate(("Age, mean (SD)", "Age, years", "BMI")):
        lines = [f'"{mean}",45.2 (12.1),43.1 (11.0)', "Readmitted,90 (9.0%),70 (14.0%)", "Died,20 (2.0%),15 (3.0%)"]
        text = "Characteristic,White (n=1000),Black (n=500)\n" + "\n".join(lines) + "\n"
        found.append(MadeFile(f"mean_among_counts_{k}", "a mean among counts is no count", text, truth))
    sides = [
        "White (n=1000),90 ({0}%),20 (2.0%)",
        "Black (n=500),70 (14.0%),15 (3.0%)",
        "Hispanic (N=400),40 (10.0%),30 (7.5%)",
    ]
    truth = {**truth, ("Hispanic or Latino", ""): (70.0, 800.0)}
    for k, nine in enumerate(("9.0", "9")):
        text = "Race,Readmission,Death\n" + "\n".join(sides).format(nine) + "\n"
        found.append(MadeFile(f"n_beside_group_{k}", "groups down the side with their n", text, truth))
    text = "Outcome,White (n=1000),Black (n=500)\nReadmitted,9.0,14.0\nDied,2.0,3.1\n"
    found.append(MadeFile("n_and_numbers", "numbers below groups and their n that are no counts", text, asks="unit:"))
    text = "Race,Readmission,Death\nWhite,90 (9.0),20 (2.0)\nBlack,70 (14.0),15 (3.0)\nAsian,40 (10.5),30 (7.5)\n"
    found.append(MadeFile("rates_of_several", "several rates, and none out of how many", text, asks="value:"))
    return found


HEADERS = (
    _tables_of_studies, _one_n_for_all_rows, _more_than_both,
    _n_in_the_header, _n_of_n, _answers_parted, _expected, _durations, _percents_and_fractions, _places_by_race,
)  # fmt: skip
