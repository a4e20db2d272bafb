"""Make the sample health system: people who never lived, five sites that were never built, and the gaps planted there.

    python data/sample/generate.py

writes `visits.parquet` beside this file, the same table every time. What is planted, and how large it must come out, is
listed in `truths.toml`; `README.md` tells it in words. Everything is drawn in three steps:

1. people: each has one site, race and ethnicity, language, payer, sex and age band. What a registration desk did not
   record is masked afterwards, so that the truth behind an unknown exists but is not in the extract;
2. visits: each measure draws a cohort of eligible people, and each of them comes back a few times in three years;
3. outcomes: each measure has one function below that says the true level for every visit. That function is the whole
   planting: a group that it does not name has no gap. A person's visits resemble each other, because the same
   person carries the same leaning to all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from scipy.special import ndtri

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Kind = Literal["proportion", "rate", "mean"]

SEED = 20240301
PEOPLE = 200_000
FIRST_DAY, LAST_DAY = np.datetime64("2022-01-01"), np.datetime64("2024-12-31")
RAPID_TRIAGE_STARTS = np.datetime64("2023-10-01")

SITES = ("Hillcrest", "Lakeshore", "Northgate", "Riverbend", "Southfield")
RACES = (
    "American Indian or Alaska Native",
    "Asian",
    "Black or African American",
    "Hispanic or Latino",
    "Middle Eastern or North African",
    "Multiracial and/or Multiethnic",
    "Native Hawaiian or Pacific Islander",
    "White",
    "Unknown",
    "Declined to answer",
    "Not asked",
)
LANGUAGES = ("English", "Spanish", "Haitian Creole", "Vietnamese", "Arabic", "Another language", "Unknown")
PAYERS = ("Commercial", "Medicaid", "Medicare", "Uninsured", "Unknown")
SEXES = ("Female", "Male", "Unknown")
AGE_BANDS = ("18–34", "35–44", "45–54", "55–64", "65–74", "75 and over")

RACE_SHARES = (0.008, 0.09, 0.22, 0.17, 0.022, 0.03, 0.005, 0.455)
LANGUAGE_SHARES = {  # English, Spanish, Haitian Creole, Vietnamese, Arabic, another; every other group as "White"
    "Asian": (0.40, 0.00, 0.00, 0.30, 0.00, 0.30),
    "Black or African American": (0.86, 0.00, 0.12, 0.00, 0.00, 0.02),
    "Hispanic or Latino": (0.54, 0.45, 0.00, 0.00, 0.00, 0.01),
    "Middle Eastern or North African": (0.55, 0.00, 0.00, 0.00, 0.38, 0.07),
    "White": (0.98, 0.00, 0.00, 0.00, 0.00, 0.02),
}
SITE_SHARES = (0.25, 0.21, 0.13, 0.30, 0.11)
SITE_SHARES_HISPANIC = (0.10, 0.12, 0.29, 0.09, 0.40)
AGE_SHARES = (0.22, 0.19, 0.17, 0.17, 0.15, 0.10)
PAYER_SHARES_UNDER_65 = (0.50, 0.28, 0.04, 0.18)
PAYER_SHARES_65_AND_OVER = (0.08, 0.06, 0.84, 0.02)


@dataclass(frozen=True)
class People:
    """People by position: codes into the category lists above, as they truly are and as the desk recorded them."""

    site: Codes
    race: Codes
    race_recorded: Codes
    language: Codes
    language_recorded: Codes
    payer: Codes
    payer_recorded: Codes
    sex: Codes
    sex_recorded: Codes
    age_band: Codes

    def at(self, site: str) -> Flags:
        """Who belongs to the site."""
        return _equal(self.site, SITES.index(site))

    def of_race(self, *races: str) -> Flags:
        """Who truly is of one of the groups, recorded or not."""
        return np.isin(self.race, [RACES.index(r) for r in races])

    def recorded_as(self, race: str) -> Flags:
        """Whose race and ethnicity the desk wrote down so."""
        return _equal(self.race_recorded, RACES.index(race))

    def speaking(self, language: str) -> Flags:
        """Whose language it truly is."""
        return _equal(self.language, LANGUAGES.index(language))

    def paying_by(self, payer: str) -> Flags:
        """Who truly has the payer."""
        return _equal(self.payer, PAYERS.index(payer))

    def women(self) -> Flags:
        """Who truly is female."""
        return _equal(self.sex, SEXES.index("Female"))

    def aged(self, *bands: str) -> Flags:
        """Who is in one of the age bands."""
        return np.isin(self.age_band, [AGE_BANDS.index(b) for b in bands])

    def take(self, rows: Codes) -> People:
        """The same table with these positions, repeats allowed."""
        return People(**{name: column[rows] for name, column in vars(self).items()})


@dataclass(frozen=True)
class Visits:
    """One line a visit of one measure: whose it is (position among the people), their attributes, and its day."""

    person: Codes
    who: People
    day: Days

    @property
    def progress(self) -> Floats:
        """How far into the three years the visit's month lies: 0 in the first month, 1 in the last."""
        months = self.day.astype("datetime64[M]") - FIRST_DAY.astype("datetime64[M]")
        return np.asarray(months.astype(np.int64) / 35.0, dtype=np.float64)


def _equal(codes: Codes, code: int) -> Flags:
    return np.asarray(codes == code, dtype=np.bool_)


# --- who is there -----------------------------------------------------------------------------------------------------


def draw_people(rng: np.random.Generator, count: int) -> People:
    """A made-up population: payer depends on age alone, language on race and ethnicity, site on being Hispanic."""
    race = rng.choice(len(RACE_SHARES), size=count, p=RACE_SHARES)
    hispanic = race == RACES.index("Hispanic or Latino")
    site = np.where(
        hispanic, rng.choice(5, size=count, p=SITE_SHARES_HISPANIC), rng.choice(5, size=count, p=SITE_SHARES)
    )
    language = _draw_languages(rng, race)
    age_band = rng.choice(len(AGE_BANDS), size=count, p=AGE_SHARES)
    payer = np.where(
        age_band >= AGE_BANDS.index("65–74"),
        rng.choice(4, size=count, p=PAYER_SHARES_65_AND_OVER),
        rng.choice(4, size=count, p=PAYER_SHARES_UNDER_65),
    )
    sex = rng.choice(2, size=count, p=(0.54, 0.46))
    return People(
        site=site,
        race=race,
        race_recorded=_record_race(rng, race, site),
        language=language,
        language_recorded=_mask(rng, language, LANGUAGES.index("Unknown"), 0.02),
        payer=payer,
        payer_recorded=_mask(rng, payer, PAYERS.index("Unknown"), 0.01),
        sex=sex,
        sex_recorded=_mask(rng, sex, SEXES.index("Unknown"), 0.003),
        age_band=age_band,
    )


def _draw_languages(rng: np.random.Generator, race: Codes) -> Codes:
    language = np.empty(race.size, dtype=np.int64)
    for code, name in enumerate(RACES[: len(RACE_SHARES)]):
        mine = np.flatnonzero(race == code)
        shares = LANGUAGE_SHARES.get(name, LANGUAGE_SHARES["White"])
        language[mine] = rng.choice(len(shares), size=mine.size, p=shares)
    return language


def _record_race(rng: np.random.Generator, race: Codes, site: Codes) -> Codes:
    """What the desk wrote: about 95 % known, but 78 % at Lakeshore."""
    lakeshore = site == SITES.index("Lakeshore")
    draw = rng.random(race.size)
    unknown = np.where(lakeshore, 0.14, 0.025)
    declined = unknown + np.where(lakeshore, 0.04, 0.015)
    not_asked = declined + np.where(lakeshore, 0.04, 0.010)
    recorded = np.where(draw < not_asked, RACES.index("Not asked"), race)
    recorded = np.where(draw < declined, RACES.index("Declined to answer"), recorded)
    return np.where(draw < unknown, RACES.index("Unknown"), recorded)


def _mask(rng: np.random.Generator, codes: Codes, unknown: int, share: float) -> Codes:
    return np.where(rng.random(codes.size) < share, unknown, codes)


# --- what is measured, and what is planted ----------------------------------------------------------------------------


def _timely_prenatal_care(visits: Visits) -> Floats:
    """Only among unknowns: whoever arrives late is registered in haste. Every known group has the same rate."""
    return np.where(visits.who.recorded_as("Unknown"), 0.45, 0.82)


def _postpartum_visit(visits: Visits) -> Floats:
    """Closing by lifting: Black patients rise from 54 to 73 per cent, all others stay where they are, at 74 to 77."""
    others = 0.76 + 0.005 * visits.who.of_race("White") - 0.02 * ~visits.who.speaking("English")
    return np.where(visits.who.of_race("Black or African American"), 0.54 + 0.19 * visits.progress, others)


def _hba1c_above_9(visits: Visits) -> Floats:
    """Simpson: two or three points better than others at every site, but mostly seen at the two worst sites."""
    by_site = np.array([0.14, 0.16, 0.29, 0.12, 0.33])
    who = visits.who
    return np.asarray(by_site[who.site] - 0.03 * who.of_race("Hispanic or Latino") - 0.01 * who.of_race("White"))


def _eye_exam(visits: Visits) -> Floats:
    """No gap at all: one rate for everyone, at every site, all the time."""
    return np.full(visits.person.size, 0.62)


def _controlled_blood_pressure(visits: Visits) -> Floats:
    """The one large gap: 55 per cent of Black patients, 66 to 69 of the others.

    Patients whose language is not English stand a little lower, or English speakers, most Black patients among them,
    would seem to have a gap of their own.
    """
    others = 0.68 + 0.005 * visits.who.of_race("White") - 0.025 * ~visits.who.speaking("English")
    return np.where(visits.who.of_race("Black or African American"), 0.55, others)


def _follow_up_after_high_reading(visits: Visits) -> Floats:
    """A modest age gradient, the same for every group."""
    by_age = np.array([0.58, 0.605, 0.63, 0.655, 0.68, 0.705])
    return np.asarray(by_age[visits.who.age_band])


def _depression_follow_up(visits: Visits) -> Floats:
    """One intersection: uninsured patients whose language is Spanish. Neither margin alone shows it."""
    both = visits.who.speaking("Spanish") & visits.who.paying_by("Uninsured")
    return np.where(both, 0.42, 0.64)


def _restraint_events(visits: Visits) -> Floats:
    """Nothing planted: 5 events per 1,000 patient days."""
    return np.full(visits.person.size, 0.005)


def _colorectal_screening(visits: Visits) -> Floats:
    """Levelling down: everyone falls from about 74 to 60 per cent, while Asian patients stay at 59."""
    others = 0.74 + 0.01 * visits.who.of_race("White") - 0.14 * visits.progress
    return np.where(visits.who.of_race("Asian"), 0.59, others)


def _breast_screening(visits: Visits) -> Floats:
    """Nothing planted; a slow rise for everyone."""
    return np.asarray(0.70 + 0.03 * visits.progress)


def _minutes_to_clinician(visits: Visits) -> Floats:
    """One site and language: patients whose language is Spanish wait 20 minutes longer, at Riverbend only."""
    return np.where(visits.who.speaking("Spanish") & visits.who.at("Riverbend"), 58.0, 38.0)


def _left_without_being_seen(visits: Visits) -> Floats:
    """A step for everyone: rapid triage starts in October 2023 and 9 per cent become 4."""
    return np.where(visits.day >= RAPID_TRIAGE_STARTS, 0.04, 0.09)


def _everyone(people: People) -> Flags:
    return np.ones(people.site.size, dtype=np.bool_)


def _women_18_to_44(people: People) -> Flags:
    return people.women() & people.aged("18–34", "35–44")


def _women_over_45(people: People) -> Flags:
    return people.women() & people.aged("45–54", "55–64", "65–74")


def _over_45(people: People) -> Flags:
    return people.aged("45–54", "55–64", "65–74")


def _equally(people: People) -> Floats:
    return np.ones(people.site.size)


def _registered_in_haste(people: People) -> Floats:
    """Unknown race is more common among pregnant patients than elsewhere, except at Lakeshore, where it always is."""
    return np.where(people.recorded_as("Unknown") & ~people.at("Lakeshore"), 8.0, 1.0)


@dataclass(frozen=True)
class Plan:
    """One measure: how many visits it draws, from whom, how often the same person comes, and the true level of each.

    ``level`` gives a probability (proportion), events per day of exposure (rate) or minutes (mean).
    """

    name: str
    clinical_area: str
    rows: int
    level: Callable[[Visits], Floats]
    kind: Kind = "proportion"
    eligible: Callable[[People], Flags] = _everyone
    weight: Callable[[People], Floats] = _equally
    visits_each: float = 1.6
    weekends: bool = False


PLANS = (
    Plan(
        "Timely prenatal care",
        "Maternal health",
        12_000,
        _timely_prenatal_care,
        eligible=_women_18_to_44,
        weight=_registered_in_haste,
        visits_each=1.1,
    ),
    Plan(
        "Postpartum visit",
        "Maternal health",
        16_000,
        _postpartum_visit,
        eligible=_women_18_to_44,
        visits_each=1.1,
    ),
    Plan("HbA1c above 9 percent", "Diabetes", 29_000, _hba1c_above_9, visits_each=2.2),
    Plan("Diabetic eye exam", "Diabetes", 16_000, _eye_exam),
    Plan("Controlled blood pressure", "Hypertension", 54_000, _controlled_blood_pressure, visits_each=2.4),
    Plan("Follow-up after a high reading", "Hypertension", 15_000, _follow_up_after_high_reading),
    Plan("Depression screening and follow-up", "Behavioral health", 24_000, _depression_follow_up),
    Plan(
        "Restraint events",
        "Behavioral health",
        10_000,
        _restraint_events,
        kind="rate",
        visits_each=1.3,
        weekends=True,
    ),
    Plan("Colorectal cancer screening", "Cancer screening", 34_000, _colorectal_screening, eligible=_over_45),
    Plan("Breast cancer screening", "Cancer screening", 10_000, _breast_screening, eligible=_women_over_45),
    Plan(
        "Minutes from arrival to clinician",
        "Emergency care",
        16_000,
        _minutes_to_clinician,
        kind="mean",
        weekends=True,
    ),
    Plan("Left without being seen", "Emergency care", 14_000, _left_without_being_seen, weekends=True),
)


# --- visits and outcomes ----------------------------------------------------------------------------------------------


def draw_visits(rng: np.random.Generator, people: People, plan: Plan) -> Visits:
    """The measure's cohort, each with at least one visit, the rest shared out unevenly; then a day for each visit."""
    eligible = np.flatnonzero(plan.eligible(people))
    size = min(int(plan.rows / plan.visits_each), eligible.size)
    keys = rng.exponential(size=eligible.size) / plan.weight(people)[eligible]
    cohort = eligible[np.argsort(keys, kind="stable")[:size]]
    leaning = rng.gamma(2.0, size=size)
    extra = rng.choice(cohort, size=plan.rows - size, p=leaning / leaning.sum())
    person = np.concatenate([cohort, extra])
    return Visits(person, people.take(person), _draw_days(rng, plan.rows, plan.weekends))


def _draw_days(rng: np.random.Generator, count: int, weekends: bool) -> Days:
    """Days in the three years: a little busier in winter and as the years go on; clinics close on weekends."""
    days = np.arange(FIRST_DAY, LAST_DAY + 1)
    position = np.arange(days.size)
    busy = 1.0 + 0.08 * np.cos(2 * np.pi * position / 365.25) + 0.06 * position / days.size
    weekday = (position + 5) % 7  # 1 January 2022 was a Saturday
    busy *= np.where(weekday >= 5, 0.9 if weekends else 0.0, 1.0)
    return np.asarray(rng.choice(days, size=count, p=busy / busy.sum()))


def draw_outcomes(rng: np.random.Generator, visits: Visits, plan: Plan) -> tuple[Codes, Codes]:
    """Value and exposure of every visit, settled so that chance alone leaves no gap between whole groups."""
    level, count = plan.level(visits), visits.person.size
    once = np.ones(count, dtype=np.int64)
    cells = _cells(visits)
    if plan.kind == "proportion":
        done = _with_likeness(rng, visits.person) < ndtri(level)
        return _settle_events(rng, done.astype(np.int64), level, cells, most=1), once
    if plan.kind == "rate":
        days = 1 + rng.poisson(rng.gamma(2.0, 2.5, size=count))
        return _settle_events(rng, rng.poisson(level * days), level * days, cells, most=9), days
    minutes = _settle_amounts(rng.gamma(2.5, level / 2.5), level, cells)
    return np.maximum(1, np.rint(minutes)).astype(np.int64), once


def _with_likeness(rng: np.random.Generator, person: Codes, likeness: float = 0.3) -> Floats:
    """Standard normal noise in which two visits of one person correlate by ``likeness``."""
    own = rng.standard_normal(int(person.max()) + 1)[person]
    return np.asarray(np.sqrt(likeness) * own + np.sqrt(1 - likeness) * rng.standard_normal(person.size))


def _cells(visits: Visits) -> list[Codes]:
    """The groupings that are settled: each stratifier within each year, and race and ethnicity within each site."""
    who = visits.who
    year = visits.day.astype("datetime64[Y]").astype(np.int64) - 52
    columns = (who.site, who.race_recorded, who.language_recorded, who.payer_recorded, who.sex_recorded, who.age_band)
    return [year * 16 + column for column in columns] + [who.site * 16 + who.race_recorded]


def _drift(value: Floats, level: Floats, cells: list[Codes], slack: float) -> Floats:
    """How far the groups that a visit is in lie above their planned level, per visit, averaged over the groupings."""
    drift = np.zeros(value.size)
    for cell in cells:
        size = np.bincount(cell)
        surplus = np.bincount(cell, weights=value - level)
        surplus[np.abs(surplus) <= slack] = 0.0
        drift += (surplus / np.maximum(size, 1))[cell] / len(cells)
    return drift


def _settle_events(rng: np.random.Generator, value: Codes, expected: Floats, cells: list[Codes], most: int) -> Codes:
    """Take a few events from groups that drew too many and give a few to groups that drew too few.

    Left alone, the luckiest of eight small groups would look like a best group that every other one falls short of.
    Months, people and finer crossings keep the chance they drew.
    """
    value = value.copy()
    for _ in range(80):
        drift = _drift(value.astype(np.float64), expected, cells, slack=0.5)
        luck = rng.random(value.size)
        share = np.clip(expected, 0.0, 1.0)
        value -= (value > 0) & (luck < drift / share)
        value += (value < most) & (luck < -drift / np.maximum(1.0 - share, 0.05))
    return value


def _settle_amounts(value: Floats, level: Floats, cells: list[Codes]) -> Floats:
    """The same for amounts: every visit of a group gives back its share of the group's surplus."""
    for _ in range(40):
        value = value - _drift(value, level, cells, slack=0.0)
    return value


# --- the extract ------------------------------------------------------------------------------------------------------


def build(seed: int = SEED) -> pa.Table:
    """The whole extract as one Arrow table, by day and then by patient. The same seed gives the same table."""
    rng = np.random.default_rng(seed)
    people = draw_people(rng, PEOPLE)
    numbers = rng.permutation(PEOPLE)
    drawn: list[tuple[Visits, Codes, Codes]] = []
    for position, plan in enumerate(PLANS):
        own_rng = np.random.default_rng([seed, position])
        visits = draw_visits(own_rng, people, plan)
        drawn.append((visits, *draw_outcomes(own_rng, visits, plan)))
    plan_of = np.repeat(np.arange(len(PLANS)), [plan.rows for plan in PLANS])
    person = np.concatenate([visits.person for visits, _, _ in drawn])
    day = np.concatenate([visits.day for visits, _, _ in drawn])
    value = np.concatenate([value for _, value, _ in drawn])
    exposure = np.concatenate([exposure for _, _, exposure in drawn])
    order = np.lexsort((plan_of, numbers[person], day))
    return _table(
        plan_of[order], day[order], people.take(person[order]), numbers[person[order]], value[order], exposure[order]
    )


def _table(plan_of: Codes, day: Days, who: People, number: Codes, value: Codes, exposure: Codes) -> pa.Table:
    areas = tuple(dict.fromkeys(plan.clinical_area for plan in PLANS))
    area_of_plan = np.array([areas.index(plan.clinical_area) for plan in PLANS])
    return pa.table(
        {
            "measure": _named(plan_of, tuple(plan.name for plan in PLANS)),
            "clinical_area": _named(area_of_plan[plan_of], areas),
            "visit_date": pa.array(day.astype("datetime64[D]"), type=pa.date32()),
            "patient_id": _patient_ids(number),
            "site": _named(who.site, SITES),
            "race_ethnicity": _named(who.race_recorded, RACES),
            "language": _named(who.language_recorded, LANGUAGES),
            "payer": _named(who.payer_recorded, PAYERS),
            "sex": _named(who.sex_recorded, SEXES),
            "age_band": _named(who.age_band, AGE_BANDS),
            "value": pa.array(value.astype(np.int16)),
            "exposure": pa.array(exposure.astype(np.int16)),
        }
    )


def _named(codes: Codes, names: tuple[str, ...]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int8)), pa.array(names))


def _patient_ids(number: Codes) -> pa.DictionaryArray:
    used, codes = np.unique(number, return_inverse=True)
    return pa.DictionaryArray.from_arrays(
        pa.array(codes.astype(np.int32)), pa.array([f"P{n + 1:07d}" for n in used.tolist()])
    )


def write(table: pa.Table, path: Path) -> None:
    """Write the extract as one small Parquet file: zstd, dictionaries for all that repeats."""
    pq.write_table(table, path, compression="zstd", compression_level=19, version="2.6")


if __name__ == "__main__":
    write(build(), Path(__file__).with_name("visits.parquet"))
