"""Columns that identify people: found by name and by content, never proposed, never stored, never shown.

A person's id may be mapped as ``person``: it is then hashed while the file is read (staging.py). The eighteen
identifiers of the HIPAA Safe Harbor rule (45 CFR 164.514(b)(2)) are the list to which the names go back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_BY_NAME: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (what, re.compile(pattern, re.IGNORECASE))
    for what, pattern in (
        ("a social security number", r"\b(?:ssn|social security|soc sec)\b"),
        (
            "a medical record number",
            r"\b(?:mrn|medical record|chart (?:no|num\w*|id)|empi|enterprise id|har|csn|account (?:no|num\w*|id)|"
            r"encounter (?:id|no|num\w*))\b",
        ),
        ("a birth date", r"\b(?:dob|birth ?date|date of birth|birth ?day|birth dt)\b"),
        ("a year of birth", r"\b(?:yob|year of birth|birth ?(?:year|yr)|month of birth|birth ?month)\b"),
        ("a date of death", r"\b(?:dod|death ?date|date of death|deceased date)\b"),
        ("a phone number", r"\b(?:phone\w*|telephone|mobile|cell ?phone|fax)\b"),
        ("an e-mail address", r"\b(?:e ?mail\w*)\b"),
        (
            "an address",
            r"\b(?:address\w*|addr\w*|street|zip ?\+? ?4|apt|latitude|longitude|geocode|census block)\b|"
            r"^(?:lat|lon|lng)$",
        ),
        ("a postcode", r"\b(?:zip|zip ?code|postal ?code|post ?code)\b"),
        (
            "a name",
            r"\b(?:(?:first|last|middle|given|family|sur|maiden|full|patient|pt|member|person|mother|father|"
            r"guarantor|contact)s? ?(?:name|nm)|surname|forename|fname|lname|mname|name (?:first|last|middle|maiden)|"
            r"apellidos?|sobrenome|vorname|nachname|pr[eé]nom|nome completo)\b|^(?:first|last|middle|maiden|given|"
            r"forenames?|surnames?|suffix|prefix)$",
        ),
        (
            "an insurance number",
            r"\b(?:member (?:no|num\w*)|policy (?:no|num\w*|id)|subscriber (?:no|num\w*|id)|mbi|hicn?|medicaid "
            r"(?:id|no|num\w*)|medicare (?:id|no|num\w*)|beneficiary (?:no|num\w*))\b",
        ),
        ("free text", r"\b(?:comment\w*|free ?text|narrative|remarks?|clinical notes?|note text|chief complaint)\b"),
        (
            "a license or passport number",
            r"\b(?:passports?|driver'?s? licen[cs]e\w*|licen[cs]e (?:no|num\w*))\b|^drivers$",
        ),
        ("a device or network address", r"\b(?:ip address|device (?:id|serial)|url|mac address|license plate|vin)\b"),
    )
)
_PERSON = re.compile(
    r"\b(?:(?:patient|pat|pt|person|member|mbr|subject|individual|enrollee|client|bene|beneficiary|respondent|study|"
    r"participant|people|user)"
    r" ?(?:id|key|no|num\w*|identifier|hash|sk|uid|guid|pseudonym|token|code|ref|reference)|mrn|empi|patid|personid|"
    r"pseudo ?id)\b|"
    r"^(?:(?:study|hashed|masked|unique|index|de ?identified) )*(?:person|patient)(?: \d+)?$",
    re.IGNORECASE,
)
_BY_CONTENT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an e-mail address", re.compile(r"^[^\s@]+@[^\s@]+\.[a-z]{2,}$", re.IGNORECASE)),
    ("a social security number", re.compile(r"^\d{3}-\d{2}-\d{4}$")),
    ("a phone number", re.compile(r"^(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?: ?x\d+)?$")),
    (
        "an address",
        re.compile(
            r"^\d{1,6} (?:\w+\.? ){1,4}(?:st|street|ave|avenue|rd|road|blvd|dr|drive|ln|lane|ct|court|way|pl|"
            r"place)\.?(?:[ ,].*)?$",
            re.IGNORECASE,
        ),
    ),
    ("a name", re.compile(r"^[A-Z][a-zA-Z'’-]+, ?[A-Z][a-zA-Z'’-]+(?: [A-Z]\.?)?$")),
)
_SAMPLED = 500
_BARE_NAME = re.compile(r"^(?:names?|full name|nome|nombre|nom|name full|patient|person)$")
_PERSONAL = frozenset(
    {"a name", "a birth date", "a date of death", "a social security number", "a medical record number"}
)
_TWO_WORDS = re.compile(r"^[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){1,3}$")
_NOT_PEOPLE = re.compile(
    r"\b(?:county|city|town|village|parish|hospital|clinic|center|centre|health|medical|general|regional|community|"
    r"school|university|state|states|region|district|province|north\w*|south\w*|east\w*|west\w*|new|united|islands?|"
    r"republic|saint|st|group|plan|care|services?|department|office|practice|system|network|memorial|total|all|other|"
    r"and|or|of|the|per|with|in|to|for|not|non|rate|cancer|disease|screening|test|measure|american|asian|black|"
    r"white|hispanic|latino|native|pacific|unknown)\b",
    re.IGNORECASE,
)


def spaced(name: str) -> str:
    """A column's name in words: ``patientID``, ``patient_id`` and ``patient-id`` all read “patient id”."""
    return " ".join(re.sub(r"[^\w]+|_", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)).split()).lower()


def is_person_id(name: str) -> bool:
    """Whether a column's name says that it holds one id a person."""
    return bool(_PERSON.search(spaced(name))) and not re.search(r"\bname\b", spaced(name))


def is_bare_name(name: str) -> bool:
    """Whether a column is called name and no more: of people in a file of people, of places or measures in others."""
    return bool(_BARE_NAME.match(spaced(name)))


def tells_who(what: str) -> bool:
    """Whether what a column tells (:func:`identifies`) is of a single person, so that a name beside it is theirs."""
    return what in _PERSONAL


def _are_people(values: Sequence[str]) -> bool:
    """Whether texts look like names of people: two or three words, none of which belongs to a place or a measure."""
    different = {v.strip() for v in values if v.strip()}
    people = sum(bool(_TWO_WORDS.match(v)) and not _NOT_PEOPLE.search(v) for v in different)
    return len(different) >= 10 and people >= 0.8 * len(different)


def identifies(name: str, values: Sequence[str]) -> str:
    """What a column tells about a single person (``a birth date``), by its name or by most of its values; empty if
    nothing."""
    heard = spaced(name)
    for what, pattern in _BY_NAME:
        if pattern.search(heard):
            return what
    sample = [v.strip() for v in values if v.strip()][:_SAMPLED]
    if not sample:
        return ""
    if is_bare_name(name) and _are_people(sample):
        return "a name"
    different = len(set(sample))
    for what, pattern in _BY_CONTENT:
        # A county ("Kent, Delaware") looks like a name: names of people rarely repeat and never stand in a column of
        # places.
        if what == "a name" and (
            different < 0.5 * len(sample) or re.search(r"\b(?:county|city|place|state|area|region|site)\b", heard)
        ):
            continue
        if sum(bool(pattern.match(v)) for v in sample) > 0.5 * len(sample):
            return what
    long_texts = sum(len(v) > 60 and v.count(" ") > 8 for v in sample)
    return "free text" if different > 20 and long_texts > 0.5 * len(sample) else ""
