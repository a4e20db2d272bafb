"""Common quality measures, recognised by name or identifier (standards/measures.toml names the sources)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from equity.intake.spellings.standards import FOLDER, spoken
from equity.vocabulary import Kind, Measure, Polarity

_WORSE = re.compile(
    r"\b(?:death|deaths|mortality|died|readmi\w*|complication\w*|infection\w*|injur\w*|fall|falls|poor|uncontrolled|"
    r"missed|no show|late"
    r"|delay\w*|wait\w*|error\w*|harm|avoidable|preventable|incidence|prevalence|cases|diagnos\w*|overdose\w*|"
    r"cesarean|caesarean|preterm"
    r"|low birth\s?weight|left without|unmet|without|lack of|insecur\w*|uninsured|smok\w*|obes\w*|length of stay|"
    r"los|refus\w*|suicide"
    r"|deceased|expired|(?:ed|er|emergency(?: department| dept| room)?) (?:visits?|attendances?|utili[sz]ation)"
    r"|homicide|eclampsia|hemorrhage|haemorrhage|stunting|wasting|underweight|anaemia|anemia|morbidity|"
    r"stillbirth\w*|abuse|violence|ulcers?|unhealthy|mortalidade|mortalidad|mortalité|mortalità|"
    r"sterblichkeit|sterbefälle|gestorbene|óbitos|décès|muertes|defunciones)\b"
)
_BETTER = re.compile(
    r"\b(?:screen\w*|control\w*|vaccin\w*|immuni\w*|visit\w*|follow up|followup|adheren\w*|completed|completion|"
    r"coverage|insured|access"
    r"|tested|testing|exam\w*|met|goal|satisf\w*|recommend\w*|remission|breast\s?feeding|breastfed|prenatal|"
    r"antenatal|postpartum|postnatal"
    r"|counsel\w*|treated|treatment|therapy|skilled|suppression|bundle|compliance|received|offered|care|"
    r"life expectancy)\b"
)
_MEAN = re.compile(
    r"\b(?:minutes|hours|days|time|length|los|average|mean|score|wait\w*|median|years lost|expectancy)\b"
)
_BAD_PHRASES = re.compile(
    r"\bno shows?\b|\bleft without(?: being seen| treatment)?\b|\bleft before\b|\bleft against\b|\bdid not attend\b|"
    r"\bagainst medical advice\b|\blost to follow ?up\b|\bout of control\b|\bpoor(?:ly)? control\w*\b"
)
_NEGATION = re.compile(
    r"\b(?:no|not|non|never|neither|nor|without|w o|lack|lacks|lacking|absence|absent|free|cannot|unable|didnt|did not|"
    r"does not|doesnt|none|zero|non\w+|in(?:adequate|sufficient|complete|accessible|eligible|appropriate)\w*|"
    r"un(?!met|der|it|iver|ion|ique|il|less|to|healthy)\w+)\b(?! hispanic)"
)
_SPOILED = re.compile(
    r"\b(?:late|lost|loss|fail\w*|left|denied|denial\w*|denying|barriers?|gaps?|exclud\w*|excluded|miss(?:ed|ing)|"
    r"overdue|exceed\w*|delay\w*|poor(?:ly)?|declin\w*|refus\w*|reject\w*|cancel\w*|drop(?:ped)? ?outs?|discontinu\w*|"
    r"stopped|interrupted|withheld|unmet|difficult\w*|problems?|trouble|forgone|foregone|forwent|postponed|"
    r"under(?:immuni\w*|vaccin\w*|treat\w*|insur\w*|screen\w*|use\w*|served|diagnos\w*)|"
    r"under (?:immuni\w*|vaccin\w*|treat\w*|insur\w*|screen\w*|use\w*|served)|worsen\w*|violations?)\b"
)
_NOT_SPOILED = re.compile(
    r"\b(?:no|not|never|without|free|zero)\s+(?:late|lost|fail\w*|denied|denial\w*|barriers?|gaps?|miss\w*|overdue|"
    r"delay\w*|unmet|refus\w*|cancel\w*|problems?|difficult\w*|trouble)\b"
)
_CONDITION = re.compile(r"\b(?:heart|kidney|renal|liver|respiratory|cardiac|organ) failure\b")
_IN_TIME = r"\b(?:under|within|below|up to|less than|no more than|at most|fewer than)\b"
_AVOIDED = (
    r"\b(?:prevented|prevention|preventing|preventive|avoided|avoidance|avoiding|averted|prophyla\w*|surviv\w*|"
    r"as preferred|preferred place|preferences?|wishes|certificat\w*|reviews?|reviewed|reduction|reduced)\b"
)
_CARE_AGAINST = (
    r"\b(?:screen\w*|assess\w*|counsel\w*|cessation|quit\w*|stopped|advice|advised|offered|referr\w*|treated|"
    r"manag\w*|(?:action|care|safety) plans?|bundle|protocol|infection control|status (?:recorded|documented|known)|"
    r"diagnosis rate|diagnosed early|early diagnos\w*|timely diagnos\w*|"
    r"on (?:\w+ ){0,2}(?:beta blockers?|statins?|aspirin|insulin|inhalers?|ace|anticoag\w*|antibiotics?|medic\w*|"
    r"therapy|treatment))\b"
)
_LATENESS = re.compile(
    r"\b(?:missed|no show|late|delay\w*|wait\w*|errors?|left without|unmet|without|lack of|length of stay|los|"
    r"refus\w*)\b"
)
_TURNS_LATENESS = re.compile(f"{_IN_TIME}|{_AVOIDED}")
_TURNS_HARM = re.compile(f"{_AVOIDED}|{_CARE_AGAINST}")
_SURELY_CARE = re.compile(
    r"\b(?:screening for|screened for|risk (?:assessment|screening|management)|assess(?:ed|ment) for|cessation|"
    r"screening and (?:brief )?(?:counseling|counselling|cessation|intervention|follow))\b"
)
_OF_SOME = re.compile(r"\b(?:positive|at risk|among|after|following|despite|in those|of those|with|who)\b")


@dataclass(frozen=True)
class CatalogueEntry:
    """A measure of the catalogue, with the identifiers and the other names under which extracts carry it."""

    name: str
    identifiers: tuple[str, ...]
    spellings: tuple[str, ...]
    clinical_area: str
    kind: Kind
    polarity: Polarity
    multiplier: float


@cache
def catalogue() -> tuple[CatalogueEntry, ...]:
    """Every measure that is shipped."""
    raw = tomllib.loads((FOLDER / "measures.toml").read_text(encoding="utf-8"))
    return tuple(
        CatalogueEntry(
            m["name"],
            tuple(m["identifiers"]),
            tuple(m["spellings"]),
            m["clinical_area"],
            m["kind"],
            m["polarity"],
            m.get("multiplier", 1),
        )
        for m in raw["measure"]
    )


@cache
def _by_spelling() -> dict[str, CatalogueEntry]:
    entries: dict[str, CatalogueEntry] = {}
    for entry in catalogue():
        for text in (entry.name, *entry.identifiers, *entry.spellings):
            entries.setdefault(spoken(text), entry)
    return entries


def recognise(name: str) -> CatalogueEntry | None:
    """The catalogue's measure of this name: the whole name or identifier, else the longest of its names inside it."""
    heard = re.sub(r"^(cms ?\d+)(?: ?v\d+\w*)$", r"\1", spoken(name))
    if heard in _by_spelling():
        return _by_spelling()[heard]
    inside = [
        (len(spelling), entry)
        for spelling, entry in _by_spelling().items()
        if len(spelling) > 5 and not spelling.isdigit() and re.search(rf"\b{re.escape(spelling)}\b", heard)
    ]
    if inside:
        return max(inside, key=lambda name_and_entry: name_and_entry[0])[1]
    return next(
        (
            _by_spelling()[w]
            for w in (spoken(p) for p in re.split(r"[\s_:(),]+", name))
            if w.isalpha() and len(w) == 3 and w.upper() in name and w in _by_spelling()
        ),
        None,
    )


_IDENTIFIER = re.compile(
    r"(?:cms|nqf|cbe|qpp|mips|aco|acr|psi|pqi|iqi|pdi|pc|sep|op|stk|vte|ecqm|quality) ?#?-?\d{1,4}[a-z]{0,2}"
    r"(?: ?v\d+\w*)?",
    re.IGNORECASE,
)


def is_measure(text: str) -> bool:
    """Whether a whole text is a measure's name in the catalogue, or has the form of an identifier (CMS165v12)."""
    return spoken(text) in _by_spelling() or bool(_IDENTIFIER.fullmatch(text.strip()))


def polarity_by_words(name: str) -> Polarity:
    """Which way is better, by the words of a measure's name; neutral when they do not say, or say both.

    A good thing that is late, lost, denied or not had is a bad one; a bad thing that is not had may be good, or be
    counted all the same, so that its name does not say. Care against a bad thing (screening for it) is a good one
    where the name says just that; where a harm is otherwise reframed (prevented, reviewed), the name does not say.
    """
    heard = _CONDITION.sub(" ", spoken(name.replace("_", " ")))
    bare = _BAD_PHRASES.sub(" ", heard)
    bad_phrase, negated, spoiled = bare != heard, bool(_NEGATION.search(bare)), bool(_SPOILED.search(bare))
    if _NOT_SPOILED.search(bare):  # no missed visits
        return "neutral"
    if _is_reframed(bare):
        sure = _SURELY_CARE.search(bare) and not (negated or spoiled or bad_phrase or _OF_SOME.search(bare))
        return "higher_better" if sure else "neutral"
    bare = _SPOILED.sub(" ", _NEGATION.sub(" ", bare))
    if _WORSE.search(bare):
        return "neutral" if negated else "lower_better"
    if bad_phrase:
        return "lower_better"
    if _BETTER.search(bare):
        return "lower_better" if negated or spoiled else "higher_better"
    return "lower_better" if spoiled and not negated else "neutral"


def _is_reframed(heard: str) -> bool:
    """Whether a name speaks of a harm, or of a delay, beside words that make it another thing: prevented, in time."""
    harm = _WORSE.search(_LATENESS.sub(" ", _SPOILED.sub(" ", heard)))
    if harm:
        return bool(_TURNS_HARM.search(heard))
    return bool(_LATENESS.search(heard) and _TURNS_LATENESS.search(heard))


def is_turned_round(name: str) -> bool:
    """Whether a name negates or spoils what it names, so that a measure found inside it may mean the opposite."""
    heard = _BAD_PHRASES.sub(" ", spoken(name.replace("_", " ")))
    return heard != spoken(name.replace("_", " ")) or bool(_NEGATION.search(heard) or _SPOILED.search(heard))


def measure_for(name: str, shape: str) -> Measure:
    """A meaning for a measure that its mapping does not describe: the catalogue's, else by the words of its name."""
    entry = recognise(name)
    if entry is not None:
        reframed = _is_reframed(spoken(name.replace("_", " "))) and not _is_reframed(spoken(entry.name))
        said = (reframed or is_turned_round(name)) and not any(
            spoken(name) == spoken(text) for text in (entry.name, *entry.identifiers, *entry.spellings)
        )
        polarity = polarity_by_words(name) if said else entry.polarity
        return Measure(name, entry.kind, polarity, entry.clinical_area, entry.multiplier)
    heard = spoken(name.replace("_", " "))
    kind: Kind = "mean" if shape != "counts" and _MEAN.search(heard) else "proportion"
    return Measure(name, kind, polarity_by_words(name))
