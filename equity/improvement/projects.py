"""A project: a change that a team tries under an aim, who does it, where it stands and what comes next.

A project moves between states by a person's word, in any order; an owner is named before work begins, and why it was
finished or stopped is kept. Source of the fields: IHI, Project Planning Form.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

from equity.improvement.dates import in_order
from equity.vocabulary import PlainError
from equity.vocabulary.written import is_written

State = Literal["idea", "planning", "testing", "implementing", "spreading", "finished", "stopped"]
STATES: tuple[State, ...] = get_args(State)
OVER: frozenset[State] = frozenset({"finished", "stopped"})
"""States in which nothing more is done; going there or coming back needs a reason."""


@dataclass(frozen=True)
class Project:
    """One project. Days are YYYY-MM-DD, empty while open.

    change     what is done differently, in a sentence
    team       the names of those who work on it, the owner left out
    serves     ids of the drivers and change ideas of the aim's driver diagram that it works on
    why_moved  why it was finished, stopped or begun again, when it was moved last
    """

    title: str = ""
    change: str = ""
    state: State = "idea"
    owner: str = ""
    team: tuple[str, ...] = ()
    site: str = ""
    serves: tuple[str, ...] = ()
    next_step: str = ""
    next_date: str = ""
    begins: str = ""
    ends: str = ""
    why_moved: str = ""


def checked(project: Project) -> Project:
    """The project, when it can be kept.

    Raises:
        PlainError: it has no title, a day is none, it ends before it begins, or it is under way without an owner.
    """
    if not is_written(project.title):
        raise PlainError("This project has no title: write in a few words what is tried.")
    in_order(project.begins, project.ends)
    in_order(project.next_date, "")
    if project.state not in ("idea", *OVER) and not is_written(project.owner):
        raise PlainError("This project is under way: name its owner, who sees that the next step is done.")
    return project


def moved(project: Project, state: State, why: str = "") -> Project:
    """The project in another state.

    Raises:
        PlainError: no owner is named, or it is finished, stopped or begun again without a reason.
    """
    if state not in STATES:
        raise PlainError(f"There is no state “{state}”: choose one of {', '.join(STATES)}.")
    if state == project.state:
        raise PlainError("This project is in that state already: nothing was changed.")
    why = why.strip()
    if (state in OVER or project.state in OVER) and not is_written(why):
        raise PlainError("Write why in a sentence: what was learned is kept with the project.")
    return checked(replace(project, state=state, why_moved=why))


def people(text: str) -> tuple[str, ...]:
    """Names as somebody typed them, parted by commas or semicolons; a name stands once."""
    names = (name.strip() for name in text.replace(";", ",").split(","))
    return tuple(dict.fromkeys(name for name in names if is_written(name)))
