"""Names of charts, why one was chosen, icons, and how a level is written."""

from __future__ import annotations

from equity.lens.answers import ControlChart
from equity.stats.over_time.control_charts import BETWEEN_EVENTS, KINDS
from equity.vocabulary import Stratifier
from equity.words import groups, numbers
from equity.words.escaping import one_line
from equity.words.judgements import Judgement

CHARTS = {kind.name: kind.label for kind in KINDS}
REASONS = {
    "no_data": "no period has data",
    "few_points": "fewer than 12 points are too few for limits, and a run chart needs none",
    "few_events": "there are too few events for limits or for rules",
    "mean_values": "this is an average, so points are judged by how much neighbors differ",
    "rare_events": "each point counts so few that limits around a rate would mislead",
    "spread_beyond_chance": "points vary more than chance alone gives, and the limits allow for that",
    "spread_as_chance": "points vary about as much as chance gives",
}
"""Why a chart was proposed (`equity/stats/over_time/chart_choice.py`)."""


VARIATION: dict[str, Judgement] = {
    "improving_high": Judgement("H", "better, and high", "The latest result is better than chance explains."),
    "improving_low": Judgement("L", "better, and low", "The latest result is better than chance explains."),
    "concerning_high": Judgement("H", "worse, and high", "The latest result is worse than chance explains."),
    "concerning_low": Judgement("L", "worse, and low", "The latest result is worse than chance explains."),
    "neutral_high": Judgement("H", "high", "The latest result is higher than chance explains."),
    "neutral_low": Judgement("L", "low", "The latest result is lower than chance explains."),
    "common_cause": Judgement("~", "as usual", "The latest result is within the usual ups and downs."),
    "": Judgement("–", "not judged", "There are no limits to judge the latest result by."),
}
"""The variation icons of NHS Making Data Count, each with a sentence for leaders."""


ASSURANCE: dict[str, Judgement] = {
    "consistently_met": Judgement("P", "target will be met", "If nothing changes, the target will be met every time."),
    "consistently_missed": Judgement(
        "F", "target will be missed", "If nothing changes, the target will be missed every time."
    ),
    "hit_and_miss": Judgement("?", "target by chance", "If nothing changes, the target is hit or missed by chance."),
}
"""The assurance icons, where there is a target."""


def scale(answer: ControlChart) -> float:
    """What the chart's values are multiplied by on its axis: distances between events stand as they are."""
    return 1.0 if answer.chart in BETWEEN_EVENTS else numbers.display_scale(answer.measure)


def harm_side(answer: ControlChart) -> int:
    """On which side of the middle line a point is worse: 1 above it, -1 below, 0 where neither side is better.

    Between events a longer stretch means that they are rarer.
    """
    if answer.measure.polarity == "neutral":
        return 0
    return answer.measure.harm_sign * (-1 if answer.chart in BETWEEN_EVENTS else 1)


def level(answer: ControlChart, value: float, n: float) -> str:
    """A value of the chart with its unit: a rate, or on g and t charts the cases or days since the event before."""
    if answer.chart in BETWEEN_EVENTS:
        return f"{numbers.count(round(value, 1))} {BETWEEN_EVENTS[answer.chart]}" if numbers.known(value) else ""
    return numbers.rate(answer.measure, value, n)


def short_level(answer: ControlChart, value: float, n: float) -> str:
    """The same where the axis names the unit."""
    if answer.chart in BETWEEN_EVENTS:
        return numbers.count(round(value, 1))
    return numbers.bare_rate(answer.measure, value, n)


def icons(answer: ControlChart) -> tuple[str, ...]:
    """The letters of the variation icon and, where there is a target, of the assurance icon."""
    assured = (ASSURANCE[answer.assurance].mark,) if answer.assurance in ASSURANCE else ()
    return (VARIATION[answer.variation].mark, *assured)


def direction(answer: ControlChart) -> str:
    """On which side of the usual the latest point lies: better, worse, or nothing to colour."""
    return {"improving": "better", "concerning": "worse"}.get(answer.variation.partition("_")[0], "")


def chosen_because(answer: ControlChart) -> str:
    """Which chart this is and why: proposed with its reason, or chosen by a person against a proposal."""
    proposed = CHARTS.get(answer.proposed, "")
    if not proposed or answer.reason not in REASONS:
        return f"This is {with_article(answer.chart)}."
    if answer.proposed == answer.chart:
        return f"This is {with_article(answer.chart)}, because {REASONS[answer.reason]}."
    chosen, better = with_article(answer.chart), with_article(answer.proposed)
    return f"This is {chosen}, as chosen; we would propose {better}: {REASONS[answer.reason]}."


def with_article(chart: str) -> str:
    """A chart with its article: "a p chart", "an individuals (XmR) chart"."""
    name = CHARTS[chart]
    return f"{'an' if name.startswith('i') else 'a'} {name}"


def charts_chosen(answers: tuple[ControlChart, ...], picked: str) -> tuple[str, ...]:
    """Which charts stand side by side and why, one sentence a kind; ``picked`` is the kind that a person chose."""
    kinds: dict[tuple[str, str, str], list[ControlChart]] = {}
    for answer in answers:
        kinds.setdefault((answer.chart, answer.proposed, answer.reason), []).append(answer)
    if len(kinds) == 1:
        return (chosen_because(answers[0]),)
    if picked:  # what one group's points suggest is not so of another's
        return (f"Each is {with_article(picked)}, as chosen; which chart fits best differs from group to group.",)
    said = []
    for (chart, proposed, reason), alike in kinds.items():
        alone = f" (alone it would be {with_article(proposed)})" if chart != proposed and proposed in CHARTS else ""
        names = groups.listed([one_line(each.group) for each in alike])
        why = f": {REASONS[reason]}" if reason in REASONS else ""
        said.append(f"{names}: {CHARTS[chart]}{alone}{why}.")
    return tuple(said)


def who(answer: ControlChart) -> str:
    """Whom a chart is about; a group of a grouping that is not recognized stands as it is called."""
    stratifier = Stratifier(answer.choices.by, answer.choices.by)
    if not groups.subject_of(stratifier):
        return one_line(answer.group)
    return groups.describe_group(stratifier, answer.group, groups.noun(answer.measure))
