"""The team: who is in it and what it lacks, letters, who was at calls, and the relationship practice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from equity.improvement.team import letters as letter_rules
from equity.improvement.team.letters import Letter, Promise
from equity.improvement.team.pairing import Round
from equity.improvement.team.team import FEWEST, MOST, Attendance, Composition, Place, TeamPerson
from equity.words.days import describe_date
from equity.words.escaping import one_line

PURPOSE = (
    "Three to seven people do this work together, with different eyes: data, quality improvement, equity, care beside "
    "the patient, the community. A senior leader and an alternate answer them each quarter."
)
EXAMPLE = (
    "Made-up example: Ada (data), Ben (equity), Cem (nurse, patient-facing care) and Dee of the Northside council; "
    "Eve, chief medical officer, reads each reflection and answers within two weeks."
)
MADE_UP = "This team is made up, with all of its work, to show how it can go. Nobody here is real."
TAKE_AWAY = "Remove the made-up team’s work"
NAMES_STAY = "Whoever leaves keeps what they wrote, under the name they chose."
PLACES: dict[Place, str] = {
    "team": "In the team",
    "community partner": "Community partner",
    "senior leader": "Senior leader",
    "alternate": "The leader’s alternate",
}
PROMISES: dict[Promise, str] = {
    "time": "People’s time",
    "data": "Access to data",
    "naming": "Naming racism",
    "reply": "A leader’s reply each quarter",
}
_ASKED: dict[Place, str] = {
    "community partner": "a community partner",
    "senior leader": "a senior leader",
    "alternate": "an alternate for the leader",
}
ADD, LEAVE, BACK, ME = "Add to the team", "They left the team", "They are back", "This is me"
BEGIN_LETTER, RENEW, SIGN = "Begin a letter of commitment", "Renew it", "It was signed on this day"
DRAW, MET = "Draw who talks with whom", "We met"
NOT_SAID, NOBODY = "Not said", "Nobody in this team"
PRACTICE = (
    "Two people, equal time each, one question. You may pass. Nothing that is said is written down; that you met is "
    "kept only when all of you say so. Nobody talks with the same person twice before they have talked with everybody."
)
INVITE = "Talking about race can hurt. Invite, never push; if somebody stops, the talk stops."
WITH_REPORTS = "Leaders may be drawn with people who report to them"
APART = "Leaders are not drawn with people who report to them unless you allow it."
PROMPTS = (
    "What brought you into this work?",
    "Who taught you what good care is?",
    "When did you last feel at home in this organization?",
    "What do people here see first when they see you?",
    "When did you first understand that race decides how somebody is treated?",
    "Which rule here would you not accept for your own family?",
    "When did you see something unjust at work, and what did you do?",
    "What would you like to have done instead?",
    "What do you need from me to keep going?",
)
"""From light to deep; round after round takes the next."""


def prompt(held: Round) -> str:
    """The question of a round; after the deepest they stay there."""
    return PROMPTS[min(held.prompt, len(PROMPTS) - 1)]


def person(content: TeamPerson) -> str:
    """Somebody in a line: name, place, lenses."""
    lenses = ", ".join(content.lenses)
    place = "" if content.place == "team" else PLACES[content.place].lower()
    said = "; ".join(part for part in (place, lenses) if part)
    return f"{one_line(content.name, 80)}{f' ({said})' if said else ''}"


def since(content: TeamPerson) -> str:
    """How long somebody has been, or was, in the team."""
    start = describe_date(content.joined) if content.joined else ""
    if content.left:
        return f"In the team from {start} to {describe_date(content.left)}."
    return f"In the team since {start}."


def person_told(content: TeamPerson) -> list[str]:
    """What the team knows of somebody, line by line, for two texts beside each other."""
    lines = [person(content), f"Promises: {one_line(content.commitment, 1000)}" if content.commitment.strip() else ""]
    lines.append("" if content.practice else "Does not take part in the relationship practice.")
    return [line for line in lines if line]


def lacks(composition: Composition) -> list[str]:
    """What the team lacks, sentence by sentence; none when it has everything."""
    said = []
    if composition.is_too_small:
        said.append(f"{composition.counted} of at least {FEWEST} people: the work needs more hands.")
    if composition.is_too_large:
        said.append(f"{composition.counted} people: {MOST} are the most with whom a team can talk as one.")
    if composition.missing_lenses:
        said.append(f"Nobody looks through {either_lens(composition.missing_lenses)}.")
    if composition.missing_places:
        said.append(f"Still to be asked: {', '.join(_ASKED[place] for place in composition.missing_places)}.")
    return said or ["Every lens and every place is held."]


def either_lens(names: Sequence[str]) -> str:
    """One of several lenses: "the lens of data or equity"."""
    said = [f"the lens of {name}" if place == 0 else name for place, name in enumerate(names)]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}"


def letter_state(letter: Letter, today: dt.date) -> str:
    """Whether a letter stands, in a sentence."""
    state = letter_rules.state(letter, today)
    if state == "draft":
        return "A draft: nobody has signed it yet."
    last = describe_date(letter.valid_until)
    signed = (
        f"Signed by {one_line(letter.signatory, 120)}, {one_line(letter.office, 120)}, {describe_date(letter.signed)}."
    )
    return {
        "stands": f"{signed} It holds until {last}.",
        "renew_soon": f"{signed} It holds until {last}: time to renew it.",
        "lapsed": f"{signed} It held until {last}: renew it.",
    }[state]


def promised(letter: Letter) -> list[str]:
    """What a letter promises, and what it does not."""
    made = [
        f"{PROMISES[promise]}: {one_line(letter.promises[promise], 1000)}"
        for promise in letter_rules.PROMISES
        if letter.promises.get(promise, "").strip()
    ]
    lacking = [PROMISES[promise].lower() for promise in letter_rules.not_promised(letter)]
    return made + ([f"Not promised: {', '.join(lacking)}."] if lacking else [])


def letter_told(letter: Letter) -> list[str]:
    """A letter in full, line by line, for two texts beside each other."""
    lines = [f"Signatory: {one_line(letter.signatory, 120)}, {one_line(letter.office, 120)}", *promised(letter)]
    lines += [one_line(text, 4000) for text in (letter.text, letter.kept_at) if text.strip()]
    return lines


def attended(attendance: Attendance, names: Mapping[str, str]) -> str:
    """Who was at a call, in a sentence."""
    head = f"{describe_date(attendance.day.isoformat())}, {one_line(attendance.title, 100)}"
    if not attendance.named:
        return f"{head}: {_people(attendance.participants)}; this call kept no names."
    there = [names[key] for key in sorted(attendance.there, key=lambda key: names.get(key, "")) if key in names]
    said = f"{', '.join(one_line(name, 60) for name in there)}" if there else "nobody of the team by name"
    others = f"; {_people(attendance.unknown)} whose name points to nobody in the team" if attendance.unknown else ""
    return f"{head}: {said}{others}."


def _people(count: int) -> str:
    return f"{count} {'person' if count == 1 else 'people'}"


def group(names: Sequence[str]) -> str:
    """The people of one group."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else list(names))


def turns(held: Round, size: int) -> str:
    """How the time of a group is shared."""
    return f"{held.minutes} minutes each, one after the other, {held.minutes * size} minutes in all. You may pass."
