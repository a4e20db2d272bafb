"""Projects: their sentence, where each stands, what is next; and the portfolio beside them."""

from __future__ import annotations

import pandas as pd

from equity.improvement.cycles import Scale
from equity.improvement.portfolio import Portfolio, Row
from equity.improvement.projects import Project, State
from equity.words import numbers
from equity.words.days import describe_date
from equity.words.escaping import one_line
from equity.words.work import progress_scale

PURPOSE = (
    "A project is one change that you try under an aim. It starts small, says what it expects before it begins, and "
    "grows only when it helps."
)
EXAMPLE = (
    "Made-up example: “Call back in the patient’s language.” Owner: Rosa. Testing at East clinic with five patients. "
    "Next: look at the first week’s calls, on March 14."
)
NO_AIM = "Projects stand under an aim. Set an aim first: it says what your projects are to change."
BEGIN = "Begin a project"
WHY_MOVED = "Why? (asked when a project is finished, stopped or begun again)"
NONE_FOUND = "No project matches. Take a filter away to see more."

STATES: dict[State, str] = {
    "idea": "Idea",
    "planning": "Planning",
    "testing": "Testing",
    "implementing": "Implementing",
    "spreading": "Spreading",
    "finished": "Finished",
    "stopped": "Stopped",
}
SCALES: dict[Scale, str] = {
    "one": "one person or visit",
    "five": "about five",
    "twenty_five": "about 25",
    "all": "everybody",
}


def in_short(row: Row) -> str:
    """One project on the board: its title, its owner, what is due."""
    title = one_line(row.project.title, 70)
    due = f"due {describe_date(row.next_date)}" if row.next_date else ""
    late = " (day has passed)" if row.late else ""
    return " · ".join(part for part in (title, one_line(row.project.owner, 40), f"{due}{late}") if part)


def sentence(project: Project) -> str:
    """The project as a sentence, what is open left out."""
    where = f" at {one_line(project.site)}" if project.site.strip() else ""
    who = f"Owner: {one_line(project.owner)}." if project.owner.strip() else "No owner yet."
    team = f" With {', '.join(one_line(name) for name in project.team)}." if project.team else ""
    what = one_line(project.change, 400).rstrip(".")
    return f"{what}{where}. {who}{team}" if what else f"{who}{team}"


def state_line(project: Project) -> str:
    """Where a project is, and why, when it was finished or stopped."""
    why = f": {one_line(project.why_moved, 400)}" if project.why_moved else ""
    return f"{STATES[project.state]}{why}"


def next_line(row: Row) -> str:
    """What is next and when; what has passed is told, never counted against anybody."""
    step = one_line(row.project.next_step, 200) or "Next step"
    if not row.next_date:
        return "No next step has a day yet." if row.project.next_step == "" else f"Next: {step}. No day yet."
    passed = " That day has passed." if row.late else ""
    return f"Next: {step.rstrip('.')}, {describe_date(row.next_date)}.{passed}"


def tests_line(row: Row) -> str:
    """How many tests there were, how far they reached, how many had a prediction."""
    if not row.cycles:
        return "No test of change yet."
    done = f"{numbers.count(row.cycles)} {'test' if row.cycles == 1 else 'tests'}, {numbers.count(row.done)} closed"
    scale = f"; tried with {SCALES[row.scale]}" if row.scale else ""
    return f"{done}{scale}. {numbers.count(row.with_prediction)} had a prediction before they began."


def finding(portfolio: Portfolio) -> str:
    """The portfolio in a sentence."""
    if not portfolio.rows:
        return "There is no project yet."
    under_way = sum(row.project.state not in ("idea", "finished", "stopped") for row in portfolio.rows)
    all_of = f"{numbers.count(len(portfolio.rows))} {'project' if len(portfolio.rows) == 1 else 'projects'}"
    late = sum(row.late for row in portfolio.rows)
    past = (
        "1 project is past the day of its next step"
        if late == 1
        else f"{numbers.count(late)} projects are past the day of their next step"
    )
    passed = f" {past}." if late else ""
    return f"{all_of}, {numbers.count(under_way)} under way.{passed}"


def table(portfolio: Portfolio) -> pd.DataFrame:
    """All projects as a table for people, spreadsheets and screen readers."""
    return pd.DataFrame(
        [
            {
                "Project": one_line(row.project.title),
                "State": STATES[row.project.state],
                "Owner": one_line(row.project.owner),
                "Team": ", ".join(one_line(name) for name in row.project.team),
                "Site": one_line(row.project.site),
                "Tried with": SCALES[row.scale] if row.scale else "",
                "Tests": row.cycles,
                "Next step": one_line(row.project.next_step, 200),
                "Next date": describe_date(row.next_date),
                "Progress (team)": progress_scale.short(row.standing.team),
            }
            for row in portfolio.rows
        ],
        columns=[
            *("Project", "State", "Owner", "Team", "Site", "Tried with"),
            *("Tests", "Next step", "Next date", "Progress (team)"),
        ],
    )


def timeline_title(portfolio: Portfolio) -> str:
    """What the picture of projects over time says."""
    dated = [row for row in portfolio.rows if row.project.begins]
    if not dated:
        return "No project has a first day yet"
    return f"{numbers.count(len(dated))} {'project' if len(dated) == 1 else 'projects'} over time"


def timeline_alt(portfolio: Portfolio) -> str:
    """The picture in words."""
    told = [
        f"{one_line(row.project.title, 60)} from {describe_date(row.project.begins)} {_until(row.project)}"
        for row in portfolio.rows
        if row.project.begins
    ]
    return f"{timeline_title(portfolio)}: {'; '.join(told[:12])}{', and more' if len(told) > 12 else ''}."


def _until(project: Project) -> str:
    return f"to {describe_date(project.ends)}" if project.ends else "on"


def told(project: Project) -> list[str]:
    """A project as lines, to lay two beside each other."""
    return [
        one_line(project.title, 200),
        sentence(project),
        state_line(project),
        f"Next: {one_line(project.next_step, 400) or '–'}, {describe_date(project.next_date) or 'no day'}",
        f"From {describe_date(project.begins) or 'no day'} to {describe_date(project.ends) or 'no day'}",
    ]


AIM_GONE = "The aim that this project stood under was withdrawn."
WITHDRAW = "It leaves every list. It can be brought back for 30 days."
NO_DATA_YET = "Once the aim is set, what the data say stands here."
DATA_SAY = "What the data say of the aim:"


def under(aim: str) -> str:
    """Which aim a project stands under."""
    return f"Under the aim: {aim}"


def more_of_a_state(count: int) -> str:
    """That a state has more projects than are listed."""
    return f"And {numbers.count(count)} more: narrow the list, or see all in the table below."
