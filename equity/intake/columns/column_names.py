"""What columns are usually called, role by role."""

from __future__ import annotations

import re
from functools import lru_cache

from equity.intake.columns.identifying import spaced
from equity.intake.formats.header import without_footnote_marks


@lru_cache(maxsize=8192)
def heard(name: str) -> str:
    """A column's name in small words, without footnote marks."""
    return spaced(without_footnote_marks(name).replace("%", " percent ").replace("#", " number "))


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns))


MEASURE = _any(
    r"^(?:quality |performance |clinical )?(?:measure|indicator|metric|kpi|outcome measure|topic|question|health "
    r"topic|data element)s?(?: name| title| desc\w*| label| abbr\w*)?$",
    r"^(?:variável|variavel|indicador|indikator|indicateur)$",
    r"^(?:leading cancer sites?|cancer sites?|cancer type|condition|disease|cause of death|icd chapter|measure desc|"
    r"indicator name|outcome name|short question text)$",
)
AREA = _any(
    r"^(?:clinical area|domain|category of measure|measure (?:category|domain|set)|clinical domain|service line|"
    r"health domain|topic area|theme)$"
)
PERIOD = _any(
    r"^(?:calendar |fiscal |financial |school |academic |tax |"
    r"measurement |report(?:ing)? |data |survey |cy |fy |mmwr |epi |iso )?(?:year|period|quarter|month|week|yr|qtr|wk|"
    r"time period|date)s?(?: start| end| code| month| label| name| ending| of .*)?$",
    r"^(?:fy|sfy|ffy|epiweek|yearweek|year week|week ending date|time frame|timeframe|half year|semester)$",
    r"^(?:jahr|berichtsjahr|kalenderjahr|monat|quartal|zeitraum|woche|kalenderwoche|kw|datum|jaar|maand|kwartaal|år|aar|"
    r"måned|kvartal|rok|vuosi|año|ano|ejercicio|mes|mês|trimestre|periodo|período|semana|fecha|data|année|annee|mois|"
    r"période|semaine|exercice|anno|mese|settimana)$",
    r"\b(?:rolling|trailing) (?:12|twelve)(?: months?)?\b",
    r"\b(?:visit|encounter|service|discharge|admission|admit|index|event|specimen|collection|diagnosis|appointment|"
    r"contact|arrival|procedure|report|delivery|start|screening) (?:date|month|year|quarter|dt|datetime|time)\b",
    r"^(?:year quarter|year month|yearmonth|yrmo|yyyymm|month year|quarter year|date|dt|dos|date of (?:service|"
    r"visit|encounter|discharge|admission|delivery))$",
)
X = _any(
    r"^(?:x|numerator|num|numer|cases?|counts?|events?|deaths?|number of (?:cases|deaths|events|diagnoses|births)|"
    r"new cases|diagnoses|hospitali[sz]ations|admissions|readmissions|yes|n yes|yes n|yes count|count yes|met|n met|"
    r"successes|value count|infections|positives?|num \w+|numerator \w+|observed)$",
    r"^(?:fälle|gestorbene|todesfälle|óbitos|obitos|casos|cas|décès|muertes|defunciones|numerador|zähler|numérateur|"
    r"numeratore)$",
    r"^(?:n |number )?(?:patients |members )?(?:compliant|meeting(?: measure| target| standard)?|performance met)$",
    r"\b(?:numerator|yes|cases|deaths|events|readmissions|infections|hospitali[sz]ations)(?: count| n| number)?$",
)
N = _any(
    r"^(?:n|exposure|person time|time at risk|denominator|den|denom|population|pop|total|totals|eligible|total "
    r"population|population size|births|live "
    r"births|person years|patient days|at risk|eligible patients|eligible population|sample size|n total|total n|"
    r"bevölkerung|einwohner|população|populacao|población|poblacion|nascidos vivos|lebendgeborene|geburten|effectif|"
    r"all|patients|visits|encounters|discharges|respondents|base|unweighted n|weighted n|line days|device days)$",
    r"^(?:members|enrollees|beneficiaries|residents|clients)$",
    r"^(?:total|denominator|eligible|den|denom) \w+$",
    r"^(?:denominador|nenner|dénominateur|denominatore|member months|person months|number eligible|n eligible)$",
    r"\bon (?:the |our )?(?:panel|register|list|roll)$",
    r"\b(?:denominator|population|total|denom)$",
)
NO = _any(
    r"^(?:no|n no|no n|count no|no count|not met|n not met|failures|unmet)$", r"\bno(?: count| n)?$", r"\bnot met$"
)
ESTIMATE = _any(
    r"^(?:estimate|est|rate|percent|percentage|pct|prevalence|value|data value|point estimate|proportion|mean|"
    r"average|fit|val|indicator (?:value|result)|measure value|numeric value|analysis value|obs value|"
    r"observation value|observed rate|crude rate|risk adjusted rate|age adjusted rate|score|result)$",
    r"\b(?:incidence rate|death rate|mortality rate|adjusted rate|adjusted prevalence|crude prevalence|rate per|per "
    r"1000|per 100 ?000|adjusted pct|pct|percent|percentage|prevalence|estimate|rate)\b",
)
LOWER = _any(
    r"\b(?:lower|lwr|lcl|lci|low ci|ci low|lo ci|ci lb|lb|ll|lower limit|low confidence limit|lower bound|ci lower|low|"
    r"lower95|lcl95)\b"
)
UPPER = _any(
    r"\b(?:upper|upr|ucl|uci|high ci|ci high|hi ci|ci ub|ub|ul|upper limit|high confidence limit|upper bound|ci upper|"
    r"high|upper95|ucl95)\b"
)
SE = _any(r"^(?:se|std err|standard error|stderr|std error|s e)$", r"\b(?:standard error|std error|stderr|std err)\b")
RATE_WORDS = _any(
    r"\brate\b",
    r"\bper\b",
    r"\bpct\b",
    r"\bpercent\w*\b",
    r"\bprevalence\b",
    r"\badjusted\b",
    r"\bproportion\b",
    r"\bshare\b",
    r"\bpotential life\b",
)
NOT_A_NUMBER = _any(r"\b(?:code|cd|id|fips|geoid|key|year)$", r"^(?:fips|geoid|code|id|year)\b")
CODE = _any(r"\b(?:code|cd|id|fips|abbr|abbreviation|abbrev|key|geoid|number|num)$", r"^(?:fips|geoid|code|id)\b")
YES_NO_X = _any(
    r"\b(?:numerator|met|compliant|outcome|flag|result|controlled|screened|completed|event|yn|ind|indicator|x|"
    r"success|achieved|passed|readmi\w*|value)\b"
)
EXCLUDED = _any(
    r"\b(?:exclu\w*|valid|active|test patient|record status|deleted|source|dataset|data source|footnote\w*|notes?|"
    r"symbol|flag text|low confidence|last updated|rank|finished|standardi[sz]ed|uom|upload\w*|as of|suppress\w*|"
    r"timestamp|consent\w*|compared (?:to|with)|recent trend|redcap (?:event name|repeat \w+))\b"
)
HOW_SHOWN = _any(
    r"^(?:decimals?|unit mult\w*|unit multiplier|multiplier|scalar \w+|precision|(?:display |sort )?order|sortorder|"
    r"(?:obs|conf) status)$"
)
"""Columns that say how numbers are shown: no outcome and no group, though they hold 0 and 1."""
IDENTIFIER = _any(r"\b(?:id|key|fips|geoid|uid|guid)$")
DIMENSIONS = (
    (
        _any(
            r"^(?:dimension|stratification category\d*|break ?out category|strat(?:ification|ifier|um) ?(?:type|"
            r"category|name|dimension)?|strata ?(?:type|category|name)?|group ?(?:type|category|name type|"
            r"dimension)|demographic ?(?:type|category|variable)?|breakdown(?: type| category)?|subgroup ?(?:type|"
            r"category)|characteristic|equity dimension|disaggregation|variable|stratifier|"
            r"primary group|primary group name)$"
        ),
        _any(
            r"^(?:subgroup|sub group|group|group name|dimension group|stratification\d*|break ?out|stratum|strata|"
            r"level|value label|category|subcategory|demographic|breakdown value|"
            r"strat(?:ification|ifier) ?(?:value|level|group)|group value|strata ?(?:value|level)|"
            r"demographic (?:value|group|level)|characteristic (?:value|level)|"
            r"response|subpopulation|primary value|primary group value)$"
        ),
    ),
)
STRATIFIERS: tuple[tuple[str, str, re.Pattern[str], str], ...] = tuple(
    (key, label, re.compile(pattern), standard)
    for key, label, pattern, standard in (
        (
            "race_ethnicity",
            "Race and ethnicity",
            r"\brace\b.*\bethni\w*|\bethni\w*.*\brace\b|\breth\b|\brace eth\b|\bracial ethnic\b",
            "omb-2024",
        ),
        ("race", "Race", r"\brac(?:e|ial)\b", "omb-2024"),
        ("ethnicity", "Ethnicity", r"\bethni\w*\b|\bethnos\b|\bhispanic\b|\blatin\w\b", "hispanic-origin"),
        (
            "indigenous_status",
            "Indigenous status",
            r"\bindigenous\b|\baboriginal\b|\bfirst nations\b|\bm[aā]ori\b",
            "",
        ),
        ("language", "Language", r"\blanguages?\b|\blang\b|\bprimary language\b|\binterpreter\b", "iso-639"),
        (
            "payer",
            "Payer",
            r"\bpayers?\b|\bpayors?\b|\binsurance\b|\bcoverage\b|\bfinancial class\b|\bplan type\b|\bline of "
            r"business\b|\blob\b",
            "payer",
        ),
        ("sex", "Sex", r"\bsex\b", "sex"),
        ("gender", "Gender", r"\bgender\b", "sex"),
        ("sexual_orientation", "Sexual orientation", r"\bsexual orientation\b", ""),
        ("age_band", "Age", r"\bage\b", ""),
        ("income", "Income", r"\bincome\b|\bfpl\b|\bpoverty\b|\bwealth\b", ""),
        ("education", "Education", r"\beducation\w*\b|\bschooling\b", ""),
        (
            "deprivation",
            "Deprivation",
            r"\badi\b|\bsvi\b|\bimd\b|\bdepriv\w*\b|\bvulnerab\w*\b|\bquintile\b|\bfifth\b|\bdecile\b|\bquartile\b|"
            r"\bcoi\b",
            "",
        ),
        ("disability", "Disability", r"\bdisab\w*\b", ""),
        ("housing", "Housing", r"\bhous\w*\b|\bhomeless\w*\b", ""),
        ("veteran", "Veteran status", r"\bveteran\w*\b", ""),
        (
            "site",
            "Site",
            r"\bsites?\b|\bfacilit\w*\b|\bhospitals?\b|\bclinics?\b|\bdepartment\b|\blocation\b|\bpractice\b|"
            r"\bcampus\b|\bunit\b|\bprovider\b|\borgani[sz]ation\b",
            "",
        ),
        ("county", "County", r"\bcount(?:y|ies)\b", ""),
        ("state", "State", r"\bstates?\b|\bprovince\b", ""),
        (
            "region",
            "Region",
            r"\bregions?\b|\bdistricts?\b|\bsetting\b|\bcountr(?:y|ies)\b|\bgeograph\w*\b|\bneighbou?rhood\b|"
            r"\bborough\b|\bcity\b|\barea\b",
            "",
        ),
        ("rurality", "Rural or urban", r"\brural\w*\b|\burban\w*\b|\brucc\b|\bruca\b|\bmetro\b", ""),
        ("transmission", "Transmission", r"\btransmission\b", ""),
    )
)
ORDERED_KEYS = frozenset({"age_band", "income", "education", "deprivation"})
PLACES = frozenset({"county", "state", "region", "site"})
FIELD_ORDER = {key: place for place, (key, _, _, _) in enumerate(STRATIFIERS)}


def place_in_field(name: str) -> int:
    """Where a way of grouping stands in the order in which the field looks at them, by its name; last if nowhere."""
    said = heard(name)
    return next((FIELD_ORDER[key] for key, _, pattern, _ in STRATIFIERS if pattern.search(said)), len(FIELD_ORDER))
