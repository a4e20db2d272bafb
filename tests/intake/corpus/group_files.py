"""Files of the corpus in which the same people stand in several rows: two groupings, overlapping bands, wholes."""

from __future__ import annotations

from tests.intake.corpus.made_files import MadeFile

Cell = tuple[float, float]
YEARS = ("2023", "2024")


def group_files() -> list[MadeFile]:
    """Every file about people who stand in several rows of one column."""
    return [*_groupings(), *_bands(), *_all_measures(), *_wholes(), *_two_events()]


def _text(header: str, cells: dict[str, Cell], more: float = 0.0) -> str:
    lines = [f"{y},{g},{x + k:g},{n + more * k:g}" for k, y in enumerate(YEARS) for g, (x, n) in cells.items()]
    return "\n".join([header, *lines]) + "\n"


def _two_events() -> list[MadeFile]:
    """Both events are in the sums, each out of the same people."""
    kind = "two counts of events over one population"
    cells = {"White": (100_000, 200, 1_111), "Asian": (20_000, 40, 222)}
    lines = [f"{y},{g},{n},{d},{h}" for y in YEARS for g, (n, d, h) in cells.items()]
    truth = {(g, y): (float(d + h), 2.0 * n) for y in YEARS for g, (n, d, h) in cells.items()}
    text = "\n".join(["Year,Race,Population,Deaths,Hospitalizations", *lines]) + "\n"
    return [
        MadeFile("two_events", kind, text, truth, measures=("Deaths", "Hospitalizations")),
        MadeFile("two_events_unsure", kind, text.replace("Population", "Discharges"), asks="events:Deaths"),
    ]


SEX = {"Male": (300.0, 700.0), "Female": (400.0, 800.0)}
RACE = {"Black": (200.0, 500.0), "White": (500.0, 1000.0)}
SHORT_RACE = {"Black": (200.0, 500.0), "White": (480.0, 980.0)}


def _groupings() -> list[MadeFile]:
    kind = "two ways of grouping in one column"
    sex = {(g, y): (x + k, n) for k, y in enumerate(YEARS) for g, (x, n) in SEX.items()}
    other = {"Insured": (300.0, 700.0), "Not insured": (400.0, 800.0)}
    work = {"Working": (250.0, 600.0), "Out of work": (450.0, 900.0)}
    insured = {(g, y): (x + k, n) for k, y in enumerate(YEARS) for g, (x, n) in other.items()}
    prefixed = {f"Race: {g}": c for g, c in SHORT_RACE.items()} | {f"Sex: {g}": c for g, c in SEX.items()}
    hispanic = {"Hispanic": (300.0, 420.0), "Not Hispanic": (390.0, 1070.0)}
    header = "Year,Group,Numerator,Denominator"
    return [
        MadeFile("groupings_by_sums", kind, _text(header, SEX | RACE), sex),
        MadeFile("groupings_without_names", kind, _text(header, other | work), insured),
        MadeFile("groupings_prefixed", kind, _text("Year,Subgroup,Numerator,Denominator", prefixed), sex),
        MadeFile("groupings_by_lists", kind, _text(header, SEX | SHORT_RACE), asks="groupings:Group"),
        MadeFile("groupings_hispanic", kind, _text(header, SHORT_RACE | hispanic), asks="groupings:Group"),
        MadeFile(
            "groupings_of_rates",
            kind,
            "Year,Group,Percent\n2023,Male,45.1\n2023,Female,50.2\n2023,18-44,40.1\n2023,45-64,50.5\n2023,65+,55.5\n",
            asks="groupings:Group",
        ),
        MadeFile(
            "groupings_one",
            "one way of grouping with odd names is one",
            _text("Year,Race,Numerator,Denominator", RACE | {"Hispanic": (90.0, 333.0), "Other": (8.0, 90.0)}),
            {
                (g, y): (x + k, n)
                for k, y in enumerate(YEARS)
                for g, (x, n) in {
                    "Black or African American": (200.0, 500.0),
                    "White": (500.0, 1000.0),
                    "Hispanic or Latino": (90.0, 333.0),
                    "Some other race": (8.0, 90.0),
                }.items()
            },
        ),
    ]


def _bands() -> list[MadeFile]:
    kind = "bands that overlap are no shares of one another"
    one = {"18-44": (300.0, 10000.0), "45-64": (900.0, 8000.0), "65+": (1200.0, 6000.0)}
    other = {"18-34": (200.0, 6600.0), "35-54": (800.0, 7000.0), "55+": (1350.0, 10300.0)}
    shared = {"45-74": (1600.0, 11200.0), "75+": (500.0, 2800.0)}
    header = "Year,Age group,Cases,Population"
    return [
        MadeFile("bands_two_schemes", kind, _text(header, one | other), asks="bands:Age group"),
        MadeFile("bands_that_share_one", kind, _text(header, one | shared), asks="bands:Age group"),
        MadeFile(
            "bands_of_one_scheme",
            kind,
            _text(header, one),
            {(g, y): (x + k, n) for k, y in enumerate(YEARS) for g, (x, n) in one.items()},
        ),
    ]


def _all_measures() -> list[MadeFile]:
    kind = "the sum of all measures is none"
    found = []
    for name in ("All measures", "Total", "Prevention bundle"):
        text = "Year,Measure,Race,Numerator,Denominator\n"
        for measure, x in (("Flu vaccine", 300), ("Eye exam", 250), ("Foot exam", 110)):
            text += f"2023,{measure},White,{x},{2 * x + 100}\n2023,{measure},Black,{x - 60},{x + 100}\n"
        text += f"2023,{name},White,660,1620\n2023,{name},Black,480,960\n"
        counts = {("White", "2023"): (660.0, 1620.0), ("Black or African American", "2023"): (480.0, 960.0)}
        # Added up over the three measures by this check alone: twice as much would be read with the sum among them.
        found.append(MadeFile(f"all_measures_{name[0]}", kind, text, counts))
    return found


def _wholes() -> list[MadeFile]:
    kind = "a value above the sum of all others"
    groups = {"English": (300.0, 1000.0), "Spanish": (100.0, 300.0)}
    header = "Year,Language,Cases,Population"
    counts = {(g, y): (x + k, n) for k, y in enumerate(YEARS) for g, (x, n) in groups.items()}
    return [
        MadeFile("whole_in_a_word", kind, _text(header, groups | {"Clinic-wide": (470.0, 1450.0)}), counts),
        MadeFile("whole_unnamed", kind, _text(header, groups | {"Main St": (470.0, 1450.0)}), asks="whole:Language"),
    ]
