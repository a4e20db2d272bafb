"""The evidence pack in words: what each statement says, what "nothing yet" says, and the names of its states."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from equity.improvement.aims import Aim
from equity.improvement.progress import Progress
from equity.network.evidence import EvidencePack, Shown, Source, SourceKind, State
from equity.vocabulary import Description, Measure, Stratifier
from equity.words import groups, measures, periods
from equity.words.days import describe_date, is_past
from equity.words.escaping import one_line
from equity.words.work import team as team_words
from equity.words.work import watched_groups

TITLE: Final = "Evidence pack"
PURPOSE: Final = (
    "What your workspace can show to the network, to surveyors and to your board: each sentence with its source, or an "
    "honest “nothing yet”. Numbers of patients come from a release only."
)
TYPED_NUMBERS: Final = "These words hold numbers that were typed; a release may hide them. Look before it leaves:"
STATES: Final[dict[State, str]] = {"shown": "Shown", "partly": "Partly shown", "nothing_yet": "Nothing yet"}
MARKS: Final[dict[State, str]] = {"shown": "●", "partly": "◐", "nothing_yet": "○"}
CHOOSE_RELEASE: Final = "Numbers come from the release of"
MADE_UP: Final = (
    "Not for anybody’s use: a made-up team’s work stands in this workspace, and what it did is in here. Remove it on "
    "Our path first."
)
NO_RELEASE: Final = "There is no release yet, so no number of patients stands here: make one under Releases and links."
SOURCES: Final[dict[SourceKind, str]] = {
    "record": "Record",
    "call": "Learning call",
    "release": "Release",
    "reply": "Reply",
    "person": "Team",
    "dataset": "Dataset",
}
TOPICS: Final[dict[str, str]] = {
    "history": "your organization’s history",
    "structural_issues": "talk about systems and structures",
    "stratified_data": "stratified data in a release",
    "who_is_missing": "whose data are missing",
    "finding": "a finding in a release",
    "focus": "a chosen focus",
    "aims": "an aim that is set",
    "progress": "progress on an aim",
    "no_harm": "whether other groups lost",
    "projects": "projects",
    "cycles": "tests of change",
    "team": "the team",
    "leader": "who leads",
    "letter": "a letter of commitment",
    "social_needs": "social needs and resources",
    "calls": "a learning call",
    "reflections": "a reflection",
    "challenges": "what was hard",
    "learning": "what was learned",
    "help_wanted": "help wanted",
    "releases_shared": "a release shared by a link",
    "leader_reply": "a leader’s reply",
    "asked": "what is asked",
}
"""Each topic as it stands in “Still missing: …”."""


def day(moment: dt.datetime | dt.date) -> str:
    """The day of a source, YYYY-MM-DD."""
    return moment.strftime("%Y-%m-%d")


def in_short(pack: EvidencePack) -> str:
    """How much of the pack can be shown today."""
    every = [shown for part in pack.parts for shown in part.shown]
    states = [shown.state for shown in every]
    return (
        f"{states.count('shown')} of {len(every)} requirements are shown, {states.count('partly')} partly, and "
        f"{states.count('nothing_yet')} have nothing yet."
    )


def about(pack: EvidencePack) -> str:
    """Whose pack it is, when it was made, and where its numbers come from."""
    numbers = f"Numbers come from release {pack.release_id}." if pack.release_id else NO_RELEASE
    told = f"{one_line(pack.workspace)}, {describe_date(pack.made)}. {numbers}"
    return f"{MADE_UP} {told}" if pack.made_up else told


def state(shown: Shown) -> str:
    """The state of a requirement, in a mark and words, with what is still missing."""
    lacking = ""
    if shown.state == "partly":
        lacking = f": still missing {groups.listed([TOPICS[topic] for topic in shown.lacking], most=6)}"
    return f"{MARKS[shown.state]} {STATES[shown.state]}{lacking}."


def source(place: Source) -> str:
    """Where a statement stands."""
    when = f", {describe_date(place.day)}" if place.day else ""
    return f"{SOURCES[place.kind]}: {one_line(place.title, 200)}{when}"


def sources(places: Sequence[Source]) -> str:
    """Where a statement stands, all places of it."""
    return "; ".join(source(each) for each in places)


# What each statement says


def stratified(held: Description) -> str:
    """Which measures a release shows, by which groupings and over which periods."""
    by = groups.listed([groups.label(stratifier) for stratifier in held.stratifiers], most=8)
    count = len(held.measures)
    measures = f"{count} measure{'' if count == 1 else 's'}"
    over = f", {periods.stretch(held.periods[0], held.periods[-1])}" if held.periods else ""
    return f"A release shows {measures} by {by}{over}."


def focus(area: str, decided_by: str, look_again: str, today: dt.date) -> str:
    """What was chosen, by whom, and when it is looked at again; of a day that is past, that it was that day."""
    when = "The day to look at it again was" if is_past(look_again, today) else "It is looked at again on"
    again = f" {when} {describe_date(look_again)}." if look_again else ""
    who = f" by {one_line(decided_by, 200)}" if decided_by.strip() else ""
    return f"The focus is {one_line(area)}, chosen{who}.{again}"


REASONS: Final = "The reasons"
LEARNED: Final = "What was learned"


def without_numbers(what: str, typed: str) -> str:
    """What the team typed; where it holds numbers, which are not a release's, that it stands in the record."""
    if not typed.strip():
        return ""
    if any(letter.isdigit() for letter in typed):
        return f"{what}: in the record, for it holds numbers that are not from a release."
    return f"{what}: {one_line(typed, 2_000)}"


def project(title: str, state: str) -> str:
    """A project, and where it is."""
    return f"Project “{one_line(title, 200)}”: {state.lower()}."


def cycle(heading: str, decided: str) -> str:
    """A test of change that was closed."""
    return f"{heading}{'' if heading.endswith(('?', '.', '!')) else '.'} It was decided to {decided}."


def own_events(count: int) -> str:
    """How many events of its own history the team wrote down."""
    what = "1 event" if count == 1 else f"{count} events"
    return (
        f"{what} of the organization’s own history stand on the team’s timeline."
        if count > 1
        else (f"{what} of the organization’s own history stands on the team’s timeline.")
    )


def acknowledged(title: str, by: str, on: str) -> str:
    """A statement that was approved."""
    return f"“{one_line(title, 200)}” was approved by {one_line(by, 200)} on {describe_date(on)}."


def team(counted: int, missing: Sequence[str]) -> str:
    """How many do the work, and which lenses nobody brings."""
    people = "1 person does" if counted == 1 else f"{counted} people do"
    lacking = f" Nobody looks through {team_words.either_lens(missing)} yet." if missing else ""
    return f"{people} the work.{lacking}"


def letter(signatory: str, office: str, signed: str, until: str) -> str:
    """The letter of commitment that stands."""
    holds = f" It holds until {describe_date(until)}." if until else ""
    who = f"{one_line(signatory, 200)}, {one_line(office, 200)}"
    return f"A letter of commitment was signed by {who}, on {describe_date(signed)}.{holds}"


def senior_leader(name: str, place: str) -> str:
    """Who stands above the team."""
    whose = "leader’s alternate" if place == "alternate" else f"team’s {place}"
    return f"{one_line(name, 200)} is the {whose}."


NO_RATES_WITHOUT_RELEASE: Final = "Its rates are left out: they come from a release, and there is none yet."
NOT_IN_RELEASE: Final = (
    "Its rates are left out: the release used is not of this aim’s data, or does not hold its measure for this group. "
    "Make one that does under Releases and links."
)


def aim_without_rates(aim: Aim, stratifier: Stratifier | None, measure: Measure | None) -> str:
    """An aim of which no number may stand here: measure, for whom, where, by when and with whom, as far as is set."""
    quoted = f"“{one_line(aim.group)}”" if aim.group else ""
    whom = quoted if stratifier is None else groups.describe_group(stratifier, aim.group, groups.noun(measure))
    when = f"by {periods.describe_period(aim.by_when)}" if aim.by_when else ""
    placed = " ".join(filter(None, (f"for {whom}" if whom else "", one_line(aim.where, 200), when)))
    with_whom = one_line(aim.with_whom, 200)
    return f"{one_line(aim.measure)}: an aim is set {placed}{f', with {with_whom}' if with_whom else ''}."


def missing_baseline(period: str) -> str:
    """That an aim's baseline is not in the release, or only rounded so far that the target is no better."""
    when = periods.describe_period(period)
    return (
        f"Its rates are left out: the release used does not give the rate of {when}, or not exactly enough to compare "
        "it with the target."
    )


def no_harm(answer: Progress, stratifier: Stratifier) -> str:
    """Who lost more than the aim allows, by name; how many did not, and of how many it cannot be told yet."""
    states = [watched.state for watched in answer.watched]
    if not states:
        return ""
    broken = [watched_groups.watched(watched, stratifier) for watched in answer.watched if watched.state == "broken"]
    held, open_ones = states.count("held"), states.count("not_sure") + states.count("not_known")
    told = [f"{_groups(held)} did not lose more than the aim allows." if held else ""]
    if open_ones and held:
        told.append(f"For {_groups(open_ones)} it cannot be told yet.")
    elif open_ones:
        told.append(f"whether {_groups(open_ones)} lost more than the aim allows cannot be told yet.")
    name = measures.heading(answer.measure)
    return " ".join(filter(None, (f"{name}, other groups:", *broken, *told)))


def _groups(count: int) -> str:
    return "1 group" if count == 1 else f"{count} groups"


def call_held(title: str, people: int, written: int) -> str:
    """A call that was held."""
    who = "1 person" if people == 1 else f"{people} people"
    said = "1 contribution" if written == 1 else f"{written} contributions"
    return f"A learning call was held, “{one_line(title, 200)}”: {who}, {said}."


def shared(release: str, links: int, opened: int) -> str:
    """That a release was shared by links, and how often they were opened."""
    by = "1 link" if links == 1 else f"{links} links"
    times = "once" if opened == 1 else f"{opened} times"
    seen = f", opened {times}" if opened else ""
    return f"Release {release} was shared by {by}{seen}."


def replied(name: str, words: str) -> str:
    """What a leader answered, in the leader's words."""
    who = one_line(name, 200) or "A reader of the release"
    return f"{who} answered: “{one_line(words, 4_000)}”"


def promised(name: str, will_do: str, by_when: str) -> str:
    """What a leader said they will do, in their words."""
    who = one_line(name, 200) or "A leader"
    when = f" by {describe_date(by_when)}" if by_when else ""
    return f"{who} will do{when}: “{one_line(will_do, 2_000)}”"


def of_a_milestone(milestone: str, typed: str) -> str:
    """What a reflection says of a milestone, in the words that the team chose to share."""
    return f"{milestone}: {one_line(typed, 2_000)}"


def leads(name: str) -> str:
    """Somebody who reads releases as this workspace's leader."""
    return f"{one_line(name, 200)} is this workspace’s leader here."


def measure_of_needs(name: str) -> str:
    """A measure of social needs that a release shows."""
    return f"A release shows a measure of social needs: {one_line(name, 200)}."


def became(words: str, result: str) -> str:
    """What became of a test that a call agreed on; where either holds numbers, that both stand in the minutes."""
    if any(letter.isdigit() for letter in words + result):
        return (
            "What became of a test agreed on a call: in the minutes, for it holds numbers that are not from a release."
        )
    return f"A test agreed on a call: “{one_line(words, 500)}”. What became of it: {one_line(result, 500)}"
