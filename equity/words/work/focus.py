"""Choosing a focus: which area comes first under how many ways to weigh what matters, and how stable that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity.focus.decision import Focus
from equity.focus.room import CriterionSpread
from equity.vocabulary.lenses import TEAM
from equity.words import groups, numbers
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line

MUCH_THE_SAME = 10.0
"""Points apart, up to which people weigh a criterion in much the same way."""
STANDS_OUT = 0.5
"""An area stands out when it comes first under at least half of the ways to weigh."""
LEVEL = 0.005
"""Areas whose shares are nearer than this come first equally often: they read alike of 100."""
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
CRITERIA = {
    "burden": "patients or visits affected",
    "certainty": "certainty of the gap",
    "trend": "gap getting wider",
    "completeness": "complete data",
}


def finding(answer: Focus) -> str:
    """Which area comes first under how many ways to weigh the criteria, and how low it ever comes.

    Where another comes first at least half as often, that one is named instead of how low the first one ever comes.
    """
    best, shares = _leader(answer), answer.rows["first"].to_numpy()
    area, share = one_line(str(answer.rows["area"][best])), float(shares[best])
    level = [one_line(str(name)) for name, own in zip(answer.rows["area"], shares, strict=True) if own > share - LEVEL]
    if len(level) > 1:
        often = f"come first equally often, under {_of_100(share)} of 100 ways to weigh it each"
        return f"No area stands out: {groups.listed(level)} {often}. Choose on what you can change."
    if share < STANDS_OUT:
        return (
            f"No area stands out: {area} comes first under {_of_100(share)} of 100 ways to weigh it. "
            "Choose on what you can change."
        )
    next_best = int(np.where(np.arange(len(shares)) == best, -1.0, shares).argmax())
    if shares[next_best] >= share / 2:
        after = f", {one_line(str(answer.rows['area'][next_best]))} under {_of_100(float(shares[next_best]))}"
    else:
        after = _never_lower(answer, best)
    return f"{area} comes first under {_of_100(share)} of 100 ways to weigh it{after}."


def _leader(answer: Focus) -> int:
    """The place of the area that comes first most often."""
    return int(answer.rows["first"].to_numpy().argmax())


def _of_100(share: float) -> str:
    """A share of the draws as so many of 100; 100 and none are only said when they are."""
    if share >= 1:
        return "100"
    return numbers.count(min(max(round(100 * share), 1), 99)) if share > 0 else "none"


def _never_lower(answer: Focus, at: int) -> str:
    """How low the area ever ranks, where that is not the lowest there is."""
    taken = [rank for rank, share in enumerate(answer.ranks[at], start=1) if share > 0]
    if taken[-1] == len(answer.rows):
        return ""
    return f", never lower than {ordinal(taken[-1])}" if taken[-1] > 1 else ", and never lower"


def ordinal(rank: int) -> str:
    """A rank as a word: "third"; a number from eleven on: "11th"."""
    if rank <= len(ORDINALS):
        return ORDINALS[rank - 1]
    ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}"


def table(answer: Focus) -> pd.DataFrame:
    """The answer as text: an area a row, the most stable first."""
    rows = answer.rows.sort_values(["first", "rank_high"], ascending=[False, True], kind="stable")
    gaps = {gap.area: gap for gap in answer.gaps}
    stands = [gaps[area] for area in rows["area"]]
    said = {
        "Area": [one_line(str(area)) for area in rows["area"]],
        "Gap that stands for it": [one_line(f"{g.measure}, {g.group}") if g.measure else "None clear" for g in stands],
        "Comes first (of 100)": [_of_100(share) for share in rows["first"]],
        "Rank in 90 of 100": [_ranks(low, high) for low, high in zip(rows["rank_low"], rows["rank_high"], strict=True)],
    }
    said |= {criterion_name(name): [f"{value:.2f}" for value in rows[name]] for name in answer.criteria}
    return pd.DataFrame(said)


def criterion_name(name: str) -> str:
    """A criterion as a table's head: the data's own in words, the people's as they wrote it."""
    named = one_line(CRITERIA.get(name, name))
    return named[:1].upper() + named[1:]


def _ranks(low: float, high: float) -> str:
    return f"{low:.0f}" if low == high else f"{low:.0f} to {high:.0f}"


def wins_when(answer: Focus) -> tuple[str, ...]:
    """What would have to matter more for each area that does not lead to come first; said of many weights only."""
    best, said, never = _leader(answer), [], []
    equal = 1 / len(answer.criteria)
    for at, row in enumerate(answer.rows.to_dict("records")):
        weights, area = row["central_weights"], one_line(str(row["area"]))
        if weights is None:
            never.append(area)
        elif at != best and answer.people != 1:
            most = max(weights, key=lambda name: weights[name])
            if weights[most] > 1.1 * equal:
                points = f"{100 * weights[most]:.0f} of 100 points"
                said.append(f"{area} comes first where “{criterion_name(most)}” counts for about {points}.")
    if never:
        come = "comes" if len(never) == 1 else "come"
        said.append(f"{groups.listed(never)} {come} first under none of the ways to weigh.")
    return tuple(said)


def not_known(answer: Focus) -> tuple[str, ...]:
    """How the shares came about, and what the comparison could not take in."""
    return (*wins_when(answer), _how(answer), *(_remark(code) for code in answer.remarks))


def _how(answer: Focus) -> str:
    weights = (
        f"the weights of {numbers.count(answer.people)} {'person' if answer.people == 1 else 'people'}"
        if answer.people
        else "all ways to weigh the criteria, each as likely as the others"
    )
    chance = "with chance in the data allowed for" if answer.sampling else "without allowing for chance in the data"
    return f"Counted over {numbers.count(answer.draws)} draws from {weights}, {chance}. This is not a vote."


def _remark(code: str) -> str:
    kind, _, name = code.partition(":")
    name = criterion_name(name)
    if kind == "criterion_left_out":
        return f"“{name}” is left out: the data do not tell it for any area."
    if kind == "criterion_not_rated":
        return f"“{name}” is left out: no area was rated on it."
    return f"“{name}” is not known for every area; where it is not, it counts neither for nor against."


# The picture of ranks


@dataclass(frozen=True)
class RankCell:
    """One area at one rank: the share of ways, as it is written ("72", empty for none), and read aloud."""

    share: float
    written: str
    said: str


@dataclass(frozen=True)
class RankRow:
    """One area with its ranks, first to last."""

    area: str
    cells: tuple[RankCell, ...]


@cached_per_answer
def rank_cells(answer: Focus) -> tuple[RankRow, ...]:
    """The areas, those that come first most often on top."""
    order = np.lexsort((answer.rows["rank_high"].to_numpy(), -answer.rows["first"].to_numpy()))
    rows = []
    for at in order.tolist():
        area = one_line(str(answer.rows["area"][at]))
        rows.append(RankRow(area, tuple(_cell(area, rank, share) for rank, share in enumerate(answer.ranks[at], 1))))
    return tuple(rows)


def _cell(area: str, rank: int, share: float) -> RankCell:
    written = "" if share == 0 else _of_100(share)
    return RankCell(float(share), written, f"{area}: {ordinal(rank)} under {_of_100(share)} of 100 ways to weigh it.")


def chart_title(answer: Focus) -> str:
    """What the picture of ranks shows; the finding stands over it already."""
    return f"How often each of the {numbers.count(len(answer.rows))} areas takes each rank"


def alt_text(answer: Focus) -> str:
    """The picture of ranks in words, area by area."""
    said = [f"{row.area} first under {row.cells[0].written or 'none'} of 100" for row in rank_cells(answer)]
    return f"How often each area takes each rank. {'; '.join(said)}."


# Weights and the talk about them


def weight_said(criterion: str, lens: str, points: float) -> str:
    """One person's points, by lens alone."""
    who = "Somebody of the team" if lens == TEAM else f"Somebody who looks through the lens “{one_line(lens)}”"
    return f"{who} gave “{criterion_name(criterion)}” {points_said(points)}."


def points_said(points: float) -> str:
    """Points counted: "40 points", "1 point"."""
    return f"{points:g} {'point' if points == 1 else 'points'}"


def weights_title(spreads: Sequence[CriterionSpread]) -> str:
    """Where people differ most, or that they do not."""
    widest = spreads[0]
    if widest.range <= MUCH_THE_SAME:
        return "Everybody weighs the criteria in much the same way."
    low, high = widest.points[0][1], widest.points[-1][1]
    return f"You differ most on “{criterion_name(widest.criterion)}”: from {low:g} to {points_said(high)}."


def weights_alt(spreads: Sequence[CriterionSpread]) -> str:
    """Each criterion with its fewest and most points."""
    said = [f"{criterion_name(s.criterion)} {s.points[0][1]:g} to {s.points[-1][1]:g}" for s in spreads if s.points]
    return f"Points by criterion, fewest to most: {'; '.join(said)}."


def disagreement_prompt(spreads: Sequence[CriterionSpread]) -> str:
    """What to talk about first; nothing where people agree."""
    if spreads[0].range <= MUCH_THE_SAME:
        return ""
    name = criterion_name(spreads[0].criterion)
    return f"Start with “{name}”. What does somebody who gave it many points see that the others do not?"


SAME_AS_THEN = "Today’s answer is the same as when the choice was made."


def then_and_now(then: str, now: str) -> tuple[str, ...]:
    """What was said when the choice was made, beside the same today."""
    if not then.strip():
        return (f"Now: {now}", "No sentence was kept when the choice was made.")
    return (f"Then: {one_line(then, 400)}", f"Now: {now}") if then != now else (SAME_AS_THEN,)
