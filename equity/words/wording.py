"""Wording that speaks of systems, with the reason for each: suggested, never forced, and nothing of it is kept.

The page in the browser asks it as somebody writes; no text leaves the browser for it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Wording:
    """What somebody may have written (``said``, a regular expression), what to try instead, and why."""

    said: str
    say: str
    why: str


_CHOICE = "It says what care did not reach, not what people failed to do."
_PERSON = "The person comes first, the condition or the place after."
_CAUSE = "A gap in numbers does not say why: first what we see, then what in our care could bring it about."
_WHO = "It names the people, so that we know whom we speak of."
_SYSTEM = "It names what we can change."

WORDINGS: Final = (
    Wording(r"non[- ]?complian(t|ce)", "were not reached by …", _CHOICE),
    Wording(r"non[- ]?adheren(t|ce)", "could not follow the plan that we made", _CHOICE),
    Wording(r"refus(e|es|ed|ing|als?)", "did not accept, or were not offered", _CHOICE),
    Wording(
        r"no[- ]?shows?",
        "missed visits",
        "A missed visit can be a missed bus, a shift, or a letter in the wrong language.",
    ),
    Wording(r"fail(s|ed|ing)? to", "were not able to", _CHOICE),
    Wording(r"hard[- ]to[- ]reach", "people whom we do not reach yet", _SYSTEM),
    Wording(r"non[- ]?responders?", "people who have not answered yet", _CHOICE),
    Wording(r"vulnerable", "put at risk by …", "Say what puts people at risk: that can be changed."),
    Wording(
        r"at[- ]risk (groups?|populations?|patients?|communit(y|ies))",
        "put at risk by …",
        "Say what puts people at risk.",
    ),
    Wording(r"minorit(y|ies)", "the groups’ own names", _WHO),
    Wording(r"non[- ]?whites?", "the groups’ own names", _WHO),
    Wording(r"disadvantaged", "kept from …", _SYSTEM),
    Wording(r"underprivileged", "kept from …", _SYSTEM),
    Wording(r"under[- ]?served", "whom our services do not reach", _SYSTEM),
    Wording(r"those people", "the groups’ own names", _WHO),
    Wording(r"these people", "the groups’ own names", _WHO),
    Wording(r"(the )?blacks", "Black patients", _PERSON),
    Wording(r"(the )?whites", "White patients", _PERSON),
    Wording(r"(the )?hispanics", "Hispanic patients", _PERSON),
    Wording(r"(the )?asians", "Asian patients", _PERSON),
    Wording(r"illegals?", "people without documents", _PERSON),
    Wording(r"illegal (aliens?|immigrants?)", "people without documents", _PERSON),
    Wording(r"aliens?", "people born abroad", _PERSON),
    Wording(r"diabetics?", "people with diabetes", _PERSON),
    Wording(r"hypertensives?", "people with high blood pressure", _PERSON),
    Wording(r"asthmatics?", "people with asthma", _PERSON),
    Wording(r"schizophrenics?", "people with schizophrenia", _PERSON),
    Wording(r"addicts?", "people with a substance use disorder", _PERSON),
    Wording(r"(drug|substance) abusers?", "people who use drugs", _PERSON),
    Wording(r"alcoholics?", "people with alcohol use disorder", _PERSON),
    Wording(r"the homeless", "people without housing", _PERSON),
    Wording(r"the uninsured", "people without insurance", _PERSON),
    Wording(r"the disabled", "people with disabilities", _PERSON),
    Wording(r"the elderly", "older adults", _PERSON),
    Wording(
        r"frequent fl(y|i)ers?",
        "people who come often",
        "People who come often need something that they have not found.",
    ),
    Wording(r"limited english", "people whose language is …", "We speak a language too few: that is ours to mend."),
    Wording(r"language barriers?", "our interpreters and letters", _SYSTEM),
    Wording(r"low health literacy", "words that we did not make plain", _SYSTEM),
    Wording(r"uneducated", "whom our words did not reach", _SYSTEM),
    Wording(r"don.?t care", "…", _CAUSE),
    Wording(r"do not care", "…", _CAUSE),
    Wording(r"their (culture|lifestyle|choices?|behaviou?rs?)", "which steps of our care …", _CAUSE),
    Wording(r"cultur(e|al) of", "which steps of our care …", _CAUSE),
    Wording(r"lifestyle", "what makes this harder", _CAUSE),
    Wording(r"due to race", "we see a gap by race; why is a question", _CAUSE),
    Wording(r"because (they|he|she) (are|is)", "we see …; one question is …", _CAUSE),
    Wording(
        r"genetic(s|ally)?",
        "what would our care have to change",
        "Race is not genetics: it stands for how people are treated.",
    ),
    Wording(
        r"target (groups?|populations?|communit(y|ies))", "the people whom we work with", "Nobody likes to be a target."
    ),
    Wording(r"empower(s|ed|ing)?", "make room for", "Power is shared, not handed out."),
    Wording(r"poor (patients|people)", "people with low income", _PERSON),
    Wording(
        r"worse (patients|groups?|people)",
        "groups with lower rates",
        "Rates are lower or higher; people are never worse.",
    ),
    Wording(r"worst groups?", "the group with the lowest rate", "Rates are lower or higher; groups are never worse."),
    Wording(r"best groups?", "the group with the highest rate", "The highest rate here may still be too low."),
)


def as_json() -> str:
    """The list for the page in the browser."""
    return json.dumps([[each.said, each.say, each.why] for each in WORDINGS], ensure_ascii=False)
