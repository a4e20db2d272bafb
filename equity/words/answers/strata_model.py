"""Combined groups as strata of a two-level model, in words: how much lies between them, and how much is additive."""

from __future__ import annotations

import pandas as pd

from equity.lens.answers import Intersections
from equity.stats.models.strata_model import StrataVariance
from equity.words import groups, measures, numbers, periods

METHOD = (
    "Two models of the same counts, each with a level of its own for every combined group: one with nothing else, one "
    "with each grouping's own effect (MAIHDA). Between groups: the share of all variation between people, on the logit "
    "scale, that lies between combined groups (VPC). Explained: how much of that disappears once each grouping counts "
    "for itself (PCV). Restricted likelihood; range of the share by profile."
)
"""How the two shares are found."""
BETWEEN, ALONE = "Lies between combined groups", "Of that, explained by each grouping alone"

_NEARLY_ALL, _HALF = 0.9, 0.5


def title(answer: Intersections) -> str:
    """The heading: how much of what differs lies between combined groups, or that next to nothing does."""
    model = _model(answer)
    what = measures.named(answer.measure)
    if numbers.known(model.vpc[0]):
        return f"{what}: {_share(model.vpc[0])} of all variation lies between combined groups"
    return (
        f"{what}: of two combined groups, the higher rate is typically {numbers.ratio(model.median_ratio[0])} the lower"
    )


def in_words(answer: Intersections) -> tuple[str, ...]:
    """The model in sentences; what it means for where to look."""
    model = _model(answer)
    said = []
    if numbers.known(model.vpc[0]):
        said.append(
            f"{groups.started(_share(model.vpc[0]))}{_range(model.vpc)} of the variation between people lies between "
            f"these {model.strata} combined groups; the rest is between people of the same group."
        )
    if numbers.known(model.pcv[0]):
        by = groups.listed([groups.label(s) for s in answer.stratifiers])
        said.append(_explained(model, by))
    else:
        said.append("The combined groups cannot be told apart, so there is nothing to explain.")
    if numbers.ratio(model.median_ratio[0]) == "1.00 times":
        return tuple(said)
    odds = "odds" if answer.measure.kind == "proportion" else "rates"
    ratio, low, high = model.median_ratio
    said.append(
        f"Of two combined groups picked at random, the higher typically has {ratio:.2f} times the {odds} of the lower "
        f"(95% range {low:.2f} to {high:.2f})."
    )
    return tuple(said)


def caveats() -> tuple[str, ...]:
    """What to keep in mind."""
    return (
        "A small share between groups does not make a gap small: it says how alike people of one group are.",
        "Groups that are not shown, or not recorded, are not part of this model.",
    )


def alt_text(answer: Intersections) -> str:
    """The two shares read aloud."""
    return f"Dots with ranges. {title(answer)}. {'. '.join(f'{name}: {told}' for name, told in _lines(answer))}."


def caption(answer: Intersections) -> str:
    """What the table holds."""
    by = groups.listed([groups.label(s) for s in answer.stratifiers])
    return (
        f"{measures.heading(answer.measure)} by {by}, {periods.title(answer.choices.period)}; "
        f"{_model(answer).strata} combined groups. Ranges are 95% intervals."
    )


def shares(answer: Intersections) -> tuple[tuple[str, tuple[float, float, float]], ...]:
    """The shares that can be drawn, each with its name: (value, lower, upper) as fractions."""
    model = _model(answer)
    return tuple((name, three) for name, three in ((BETWEEN, model.vpc), (ALONE, model.pcv)) if numbers.known(three[0]))


def table(answer: Intersections) -> pd.DataFrame:
    """Each number as a row of text."""
    return pd.DataFrame([{"What": name, "Value": told} for name, told in _lines(answer)], columns=["What", "Value"])


def values(answer: Intersections) -> pd.DataFrame:
    """The numbers, unrounded."""
    model = _model(answer)
    rows = (("vpc", model.vpc), ("pcv", model.pcv), ("median_ratio", model.median_ratio))
    return pd.DataFrame([{"what": n, "value": v[0], "lower": v[1], "upper": v[2]} for n, v in rows])


def share_said(three: tuple[float, float, float]) -> str:
    """A share with its range: "2% (1% to 4%)"."""
    return f"{_share(three[0])} ({_share(three[1])} to {_share(three[2])})"


def _lines(answer: Intersections) -> list[tuple[str, str]]:
    model = _model(answer)
    ratio = f"{model.median_ratio[0]:.2f} ({model.median_ratio[1]:.2f} to {model.median_ratio[2]:.2f})"
    kind = "odds" if answer.measure.kind == "proportion" else "rate"
    named = f"Of two groups picked at random, the higher {kind} divided by the lower, typically (median {kind} ratio)"
    told = {name: share_said(three) for name, three in shares(answer)}
    if ALONE in told and model.pcv[2] - model.pcv[1] >= _NEARLY_ALL:
        told[ALONE] = f"not clear ({_fits(model.pcv)})"
    return [*told.items(), (named, ratio)]


def _explained(model: StrataVariance, by: str) -> str:
    """How much of what lies between combined groups each grouping explains by itself, and what follows."""
    of = "that" if numbers.known(model.vpc[0]) else "the differences between combined groups"
    share = f"{_share(model.pcv[0])}{_range(model.pcv)}"
    said = f"{share} of {of} is explained by {by}, each by itself."
    if model.pcv[1] >= _NEARLY_ALL:
        return f"{said} Work on each grouping reaches nearly all of it."
    if model.pcv[2] < _HALF and model.median_ratio[1] > 1.0:  # else the combined groups may be all alike
        return f"{said} Most of it is particular to combinations: look at them, not only at each grouping."
    return f"These data cannot tell how much of {of} is explained by {by}, each by itself: {_fits(model.pcv)}."


def _share(fraction: float) -> str:
    per_cent = 100 * fraction
    if 0 < per_cent < 0.05:
        return "under 0.1%"
    return f"{per_cent:.1f}%" if 0 < per_cent < 10 else numbers.share(fraction)


def _fits(three: tuple[float, float, float]) -> str:
    """What a share may be, of which no one value can be told: "anything from 0% to 100% fits"."""
    return f"anything from {_share(three[1])} to {_share(three[2])} fits"


def _range(three: tuple[float, float, float]) -> str:
    return f" ({_share(three[1])} to {_share(three[2])})"


def _model(answer: Intersections) -> StrataVariance:
    assert answer.model is not None, "this answer has no model of strata"
    return answer.model
