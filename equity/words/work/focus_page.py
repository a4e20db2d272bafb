"""The page Focus: what it says around the comparison, stage by stage."""

from __future__ import annotations

import datetime as dt

from equity.focus.candidates import gap_names
from equity.focus.room import FocusRoom, Stage
from equity.words import numbers, periods
from equity.words.days import describe_date, is_past
from equity.words.escaping import one_line

PURPOSE = (
    "A team that works on everything changes little. Here you put clinical areas beside each other, weigh in private "
    "what matters, look at all weights at once, and write down what you chose and why."
)
EXAMPLE = (
    "Made-up example: “Maternal health comes first under 72 of 100 ways to weigh it, never lower than third.” The team "
    "chose it in March, because its clinics asked for it, and will look again in September."
)
BEGIN = "Begin a decision"
PRIVATE = "Only you can see your points until all are revealed. Not even their number by name is kept in the log."
NOT_A_VOTE = "The shares are no vote. Choose with them in view, and write down who sees it otherwise."
RATINGS = "Rate each area together, from 0 to 10. The sentences of a criterion say what 0 and 10 mean."
CRITERIA = (
    "The data give burden, certainty, trend and completeness. Add what the data cannot know, such as feasibility, what "
    "patients and the community ask for, or harm if you wait."
)
FROM_CARDS = "Put in more with “Consider this” under any chart: a clinical area, or one group on one measure."
CONSIDER = "Consider this"
WHICH = "What should your team consider?"
ON_A_PHONE = "Weigh on a phone"
NEW_LINK = "Make a link"
CLOSE_LINKS = "Close all links"
LINK_IS = (
    "Whoever has this link weighs on a phone, without an account and without a name, for two weeks or until all "
    "weights are revealed. It is shown here once."
)
IN_HAND = "What we work on"
LOOK = "Look at it"
PUT_IN = "Put it into the decision"
NOTHING_TO_CONSIDER = "This chart shows no gap that could be worked on."

STAGES: dict[Stage, str] = {
    "preparing": "Being prepared",
    "weighing": "People are weighing",
    "revealed": "Weights are revealed",
    "revising": "People are weighing once more",
    "settled": "The second weights are revealed",
    "chosen": "Chosen",
}


def stage(room: FocusRoom) -> str:
    """Where a decision is, in a line."""
    if room.choice is not None:
        return f"Chosen: {one_line(room.choice.area)}, by {one_line(room.choice.decided_by)}"
    return STAGES[room.stage]


def about(room: FocusRoom) -> str:
    """What is compared, on which data."""
    when = periods.describe_period(room.period) if room.period else "all time"
    return f"{_candidates(room)} of “{one_line(room.dataset)}”, {when}, version {room.version} of the data."


def _candidates(room: FocusRoom) -> str:
    """How many of what are compared."""
    if not room.areas and not room.gaps:
        return "All clinical areas"
    parts = [(len(room.areas), "clinical area"), (len(room.gaps), "single gap")]
    return " and ".join(f"{numbers.count(n)} {what}{'' if n == 1 else 's'}" for n, what in parts if n)


def considered(room: FocusRoom, candidate: str) -> str:
    """That something was put into a decision."""
    return f"“{one_line(candidate)}” is in “{one_line(room.title)}” now."


def candidate(name: str, *, whole_area: bool) -> str:
    """What can be considered, as it is offered."""
    return f"{one_line(name)}, the whole clinical area" if whole_area else one_line(name)


def finished(count: int) -> str:
    """How many people have finished weighing; never who."""
    if count == 0:
        return "Nobody has finished weighing yet."
    return f"{numbers.count(count)} {'person has' if count == 1 else 'people have'} finished weighing."


def points_left(total: float) -> str:
    """How many of the hundred points are still to give."""
    left = 100 - total
    if left == 0:
        return "All 100 points are given."
    return f"Points left to give: {left:g}." if left > 0 else f"Points too many: {-left:g}."


def told(room: FocusRoom) -> list[str]:
    """A decision in full, line by line, for two texts beside each other."""
    lines = [f"Decides: {one_line(room.title)}", f"Period: {one_line(room.period) or 'all time'}"]
    lines.append(f"Areas: {', '.join(one_line(area) for area in room.areas)}")
    if room.gaps:
        lines.append(f"Single gaps: {', '.join(one_line(name) for name in gap_names(room.gaps, room.areas))}")
    for criterion in room.criteria:
        name = one_line(criterion.name)
        lines.append(f"{name}: 0 means {one_line(criterion.nothing)}, 10 means {one_line(criterion.everything)}")
    for area, of_area in room.ratings.items():
        said = ", ".join(f"{one_line(name)} {value:g}" for name, value in of_area.items())
        if said:
            lines.append(f"{one_line(area)} is rated {said}")
    return lines


def chosen_by(room: FocusRoom) -> str:
    """Who chose."""
    return "" if room.choice is None else f"Chosen by {one_line(room.choice.decided_by)}."


def focus_is(room: FocusRoom, today: dt.date) -> str:
    """The workspace's focus, and when it is looked at again; of a day that is past, that it was that day."""
    if room.choice is None:
        return ""
    day, past = room.choice.look_again, is_past(room.choice.look_again, today)
    again = "The day to look again was" if past else "We look again on"
    return f"Our focus is {one_line(room.choice.area)}. {again} {describe_date(day)}."
