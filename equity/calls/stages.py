"""The stages of a call: predict, reveal, look around, notice, wonder, so what, next test, and weigh.

They are the agenda of What, So What, Now What (Liberating Structures) with a guess before the picture. Stages put one
thing in front; they lock nothing and nothing moves on by itself. A time box only advises.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, get_args

from equity.vocabulary import PlainError

Stage = Literal["predict", "reveal", "look_around", "notice", "wonder", "so_what", "next_test", "weigh"]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)


@dataclass(frozen=True)
class StageRules:
    """What a stage does: whether the picture is shown, whether people write, whether others' words come as written.

    ``minutes`` is the time box of a call of an hour.
    """

    shows_picture: bool
    takes_words: bool
    shows_others: bool
    minutes: float


RULES: Final[Mapping[Stage, StageRules]] = MappingProxyType(
    {
        "predict": StageRules(shows_picture=False, takes_words=True, shows_others=False, minutes=3),
        "reveal": StageRules(shows_picture=True, takes_words=False, shows_others=True, minutes=2),
        "look_around": StageRules(shows_picture=True, takes_words=True, shows_others=True, minutes=3),
        "notice": StageRules(shows_picture=True, takes_words=True, shows_others=True, minutes=5),
        "wonder": StageRules(shows_picture=True, takes_words=True, shows_others=True, minutes=5),
        "so_what": StageRules(shows_picture=True, takes_words=True, shows_others=True, minutes=6),
        "next_test": StageRules(shows_picture=True, takes_words=True, shows_others=True, minutes=6),
        "weigh": StageRules(shows_picture=False, takes_words=False, shows_others=True, minutes=6),
    }
)


@dataclass(frozen=True)
class AgendaItem:
    """A stage that is on the agenda, with its time box in minutes."""

    stage: Stage
    minutes: float


WHOLE_AGENDA: Final = tuple(AgendaItem(stage, RULES[stage].minutes) for stage in STAGES)
USUAL: Final[tuple[Stage, ...]] = STAGES[:-1]
"""The agenda of a call that has nothing to weigh."""


def read_stage(text: str) -> Stage:
    """The stage of that name; raises :class:`PlainError` that lists the stages there are."""
    name = text.strip().lower().replace(" ", "_").replace("-", "_")
    if name not in STAGES:
        raise PlainError(f"There is no stage “{text[:40]}”: choose one of {', '.join(STAGES)}.")
    return name


def agenda_of(stages: Sequence[str], minutes: float = 0) -> tuple[AgendaItem, ...]:
    """The agenda with these stages, in their order; the usual ones when none is named.

    ``minutes`` is how long one card may take: the time boxes are shared out in proportion; 0 keeps the usual ones.
    Raises :class:`PlainError` for a stage that does not exist.
    """
    wanted = {read_stage(name) for name in stages} or set(USUAL)
    kept = [item for item in WHOLE_AGENDA if item.stage in wanted]
    share = minutes / sum(item.minutes for item in kept) if minutes else 1
    return tuple(AgendaItem(item.stage, round(item.minutes * share, 1)) for item in kept)
