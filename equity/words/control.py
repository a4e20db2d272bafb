"""A control chart: whether there is a signal, in words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from equity.lens.answers import ControlChart
from equity.stats.improvement_icons import FALSE_ALARMS_LATEST
from equity.stats.run_rules import FALSE_ALARMS_ANHOEJ, FALSE_ALARMS_IHI
from equity.vocabulary import Stratifier
from equity.words import groups, headlines, judgements, measures, numbers, periods, remarks
from equity.words.escaping import one_line
from equity.words.judgements import Judgement
from equity.words.once import once
from equity.words.rows import records

CHARTS = {
    "run": "run chart",
    "p": "p chart",
    "pp": "p′ chart",
    "u": "u chart",
    "up": "u′ chart",
    "i": "individuals (XmR) chart",
    "t": "t chart",
}


_NAMED_ALONE = 3
_COLUMNS = ("Period", "Value", "Number", "Middle", "Lower limit", "Upper limit")
BETWEEN_EVENTS = {"t": "days"}
"""Charts with a point an event, and what lies between two events."""

REASONS = {
    "no_data": "no period has data",
    "few_points": "with fewer than 12 points, limits would only be on trial, and a median needs none",
    "few_events": "there are too few events for limits or for rules",
    "mean_values": "this is an average, so points are judged by how much neighbors differ",
    "rare_events": "events are so rare that limits around a rate would mislead",
    "spread_beyond_chance": "points vary more than chance alone gives, and the limits allow for that",
    "spread_as_chance": "points vary about as much as chance gives",
}
"""Why a chart was proposed (`equity/stats/chart_choice.py`)."""

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


def axis_title(answer: ControlChart) -> str:
    """What the axis shows: the measure with its unit, or the distance between its events."""
    unit = numbers.unit(answer.measure)
    if answer.chart in BETWEEN_EVENTS:
        unit = f"{BETWEEN_EVENTS[answer.chart]} between events"
    return f"{measures.heading(answer.measure)}{f', {unit}' if unit else ''}"


def leaders_sentence(answer: ControlChart) -> str:
    """The latest point in plain words, and whether the target can be counted on."""
    said = [VARIATION[answer.variation].meaning]
    if answer.assurance in ASSURANCE:
        said.append(ASSURANCE[answer.assurance].meaning)
    return f"{one_line(answer.group)}: {' '.join(said)}"


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
        return f"This is {_a(answer.chart)}."
    if answer.proposed == answer.chart:
        return f"This is {_a(answer.chart)}, because {REASONS[answer.reason]}."
    return f"This is {_a(answer.chart)}, as chosen; we would propose {_a(answer.proposed)}: {REASONS[answer.reason]}."


def _a(chart: str) -> str:
    """A chart with its article: "a p chart", "an individuals (XmR) chart"."""
    name = CHARTS[chart]
    return f"{'an' if name.startswith('i') else 'a'} {name}"


def charts_chosen(answers: tuple[ControlChart, ...], picked: str) -> tuple[str, ...]:
    """Which charts stand side by side and why, one sentence a kind; ``picked`` is the kind that a person chose."""
    kinds: dict[tuple[str, str, str], list[ControlChart]] = {}
    for answer in answers:
        kinds.setdefault((answer.chart, answer.proposed, answer.reason), []).append(answer)
    if picked or len(kinds) == 1:
        return (chosen_because(answers[0]),)
    said = []
    for (chart, proposed, reason), found in kinds.items():
        alone = f" (alone it would be {_a(proposed)})" if chart != proposed and proposed in CHARTS else ""
        names = groups.listed([one_line(each.group) for each in found])
        why = f": {REASONS[reason]}" if reason in REASONS else ""
        said.append(f"{names}: {CHARTS[chart]}{alone}{why}.")
    return tuple(said)


def false_alarms(answer: ControlChart) -> str:
    """How often the rules drawn here are wrong when nothing changes, at about this number of points."""
    points = int(answer.signal.get("useful", 0))
    length = min(FALSE_ALARMS_ANHOEJ, key=lambda known: abs(known - points))
    signal, look = numbers.share(FALSE_ALARMS_ANHOEJ[length]), numbers.share(FALSE_ALARMS_IHI[length])
    return (
        f"With no real change, {signal} of charts this long show a signal ({length} points). "
        "Rings mark 6 points on one side, or 5 that all rise or all fall. "
        f"With no real change, {look} of charts this long have one, so they are worth a look and no more."
    )


def icon_false_alarms() -> str:
    """How often an icon is wrong when nothing changes."""
    return (
        f"An icon reads the latest point alone. With no real change, it calls that point a change about "
        f"{numbers.share(FALSE_ALARMS_LATEST[24])} of the time."
    )


def every_finding(answers: tuple[ControlChart, ...]) -> str:
    """What the charts of one group or several show, in one sentence: who has a signal and who has none."""
    seen = [a for a in answers if not a.is_hidden]
    of = groups.listed([one_line(a.group) for a in seen if signals(a)])
    calm = groups.listed([one_line(a.group) for a in seen if outcome(a) == "no signal"])
    about = measures.named(answers[0].measure)
    if not of and not calm:
        return f"{about}: too little data in these charts to tell a change from chance."
    judged = sum(outcome(a) == "no signal" for a in seen)
    if not of and judged > _NAMED_ALONE:
        of_those = "" if judged == len(seen) else " that can be judged"
        return f"{about}: no sign of a real change in any of the {judged} charts{of_those}."
    if not of:
        return f"{about}: no sign of a real change for {calm}."
    return headlines.fitting(
        (
            f"{about}: likely a real change for {of}{f'; none for {calm}' if calm else ''}.",
            f"{about}: likely a real change for {of}.",
        )
    )


def finding(answer: ControlChart) -> str:
    """Whether the chart shows a real change; the rules that say so stand under how sure."""
    about = f"{measures.named(answer.measure)}, {who(answer)}"
    if int(answer.signal.get("useful", 0)) == 0:
        if answer.reason in ("rare_events", "few_events"):
            return f"{about}: too few events to tell a change from chance."
        return f"{about}: no points to judge."
    return f"{about}: {'likely a real change' if signals(answer) else 'no sign of a real change'}."


def who(answer: ControlChart) -> str:
    """Whom a chart is about; a group of a grouping that is not recognized stands as it is called."""
    stratifier = Stratifier(answer.choices.by, answer.choices.by)
    if not groups.subject_of(stratifier):
        return one_line(answer.group)
    return groups.said(stratifier, answer.group, groups.noun(answer.measure))


@once
def signals(answer: ControlChart) -> list[str]:
    """The rules that fire, each as a clause: a long run, few crossings, points outside the limits."""
    signal = answer.signal
    found = []
    if signal.get("longest_run", 0) > signal.get("longest_run_max", 0):
        found.append(
            f"{signal['longest_run']} points in a row are on one side of the middle line, "
            f"and chance rarely gives more than {signal['longest_run_max']}"
        )
    if signal.get("crossings", 0) < signal.get("crossings_min", 0):
        found.append(
            f"the line crosses the middle {_times(signal['crossings'])}, and chance rarely gives fewer than "
            f"{signal['crossings_min']}"
        )
    outside = [periods.said(str(row["period"])) for row in records(answer.rows) if row["outside"] == 1]
    if outside:
        found.append(f"{groups.listed(outside)} {'lies' if len(outside) == 1 else 'lie'} outside the limits")
    return found


def outcome(answer: ControlChart) -> str:
    """What the chart shows in a word or two: a signal or none, or nothing, because all of it is hidden."""
    if answer.is_hidden:
        return "not shown"
    if int(answer.signal.get("useful", 0)) == 0:
        return "not judged"
    return "signal" if signals(answer) else "no signal"


def chart_title(answer: ControlChart) -> str:
    """The finding as a heading."""
    word = {"signal": "likely a real change", "no signal": "no sign of a real change"}.get(
        outcome(answer), outcome(answer)
    )
    return f"{measures.heading(answer.measure)}, {one_line(answer.group)}: {word}"


def how_sure(answer: ControlChart) -> str:
    """What the limits and the rules stand on."""
    useful = answer.signal.get("useful", 0)
    why = [f"{groups.started(reason)}." for reason in signals(answer)]
    why = why or ["The ups and downs are what chance alone would give."] if useful else why
    said = " ".join([*why, f"The rules look at {useful} points that are not on the middle line itself."])
    if answer.trial:
        return f"{said} With fewer than 12 points these are trial limits: they will move as data come in."
    return said


@once
def not_known(answer: ControlChart) -> tuple[str, ...]:
    """Holes in the picture."""
    said = []
    for state, why in (
        ("hidden", judgements.hidden_in_a_sentence(answer.choices)),
        ("missing", "without data: a break in the line, not a zero"),
    ):
        count = sum(row["shown"] == state for row in records(answer.rows))
        if count:
            said.append(f"{'1 point is' if count == 1 else f'{count} points are'} {why}.")
    return tuple(said)


def caveats(answer: ControlChart) -> tuple[str, ...]:
    """What to keep in mind when reading the chart."""
    return (
        "A signal says that something changed, not what changed it.",
        "One high or low point inside the limits is not a change.",
        *remarks.said(answer.remarks),
    )


def prompt(answer: ControlChart) -> str:
    """One question to open the conversation with."""
    if signals(answer):
        return "What happened around the time the line moved?"
    return "If we want the line to move, what in our way of working would have to change?"


@once
def alt_text(answer: ControlChart) -> str:
    """The chart in words, and what is not shown."""
    seen = [row for row in records(answer.rows) if numbers.known(row["value"])]
    ends = "No points."
    if seen:
        first, last = seen[0], seen[-1]
        ends = (
            f"From {_level(answer, first)} in {periods.said(first['period'])} to {_level(answer, last)} in "
            f"{periods.said(last['period'])}, about a middle line of "
            f"{level(answer, float(last['centre']), sum(row['n'] for row in seen if numbers.known(row['n'])))}."
        )
    return " ".join(
        [f"{groups.started(CHARTS[answer.chart])}. {finding(answer)} {how_sure(answer)} {ends}", *not_known(answer)]
    )


def table_caption(answer: ControlChart) -> str:
    """What the table under the chart holds."""
    chart = f"{CHARTS[answer.chart]} by {answer.grain}{', trial limits' if answer.trial else ''}"
    return f"{measures.heading(answer.measure)}, {one_line(answer.group)}, {chart}."


def table(answer: ControlChart) -> pd.DataFrame:
    """The chart as a table of text, a row a period."""
    return pd.DataFrame(_lines(answer))


def every_table(answers: tuple[ControlChart, ...]) -> pd.DataFrame:
    """Charts side by side as one table of text, a row a group and period."""
    lines = [(answer.group, line) for answer in answers for line in _lines(answer)]
    columns = lines[0][1] if lines else ()
    return pd.DataFrame(
        {"Group": [group for group, _ in lines], **{name: [line[name] for _, line in lines] for name in columns}}
    )


@once
def _lines(answer: ControlChart) -> list[dict[str, str]]:
    return [_cells(answer, row) for row in records(answer.rows)]


def point_in_words(answer: ControlChart, row: dict[str, Any]) -> str:
    """One point read aloud."""
    cells = _cells(answer, row)
    if judgements.absence(str(row["shown"]), answer.choices):
        return f"{cells['Period']}: {cells['Value']}"
    limits = f", limits {cells['Lower limit']} to {cells['Upper limit']}" if cells["Lower limit"] else ""
    outside = ", outside the limits" if cells["Outside"] else ""
    return f"{cells['Period']}: {cells['Value']}, middle {cells['Middle']}{limits}{outside}"


def _cells(answer: ControlChart, row: dict[str, Any]) -> dict[str, str]:
    absent, n = judgements.absence(row["shown"], answer.choices), row["n"]
    if absent:
        return dict.fromkeys(_COLUMNS, "") | {"Period": periods.said(row["period"]), "Value": absent} | _outside(row)
    middle, lower, upper = (
        level(answer, row[column], n) if numbers.known(row[column]) else "" for column in ("centre", "lower", "upper")
    )
    return {
        "Period": periods.said(row["period"]),
        "Value": _level(answer, row),
        "Number": numbers.count(n) if numbers.known(n) else "",
        "Middle": middle,
        "Lower limit": lower,
        "Upper limit": upper,
    } | _outside(row)


def _outside(row: dict[str, Any]) -> dict[str, str]:
    return {"Outside": "outside" if row["outside"] == 1 else ""}


def _level(answer: ControlChart, row: dict[str, Any]) -> str:
    return level(answer, row["value"], row["n"])


def _times(count: int) -> str:
    return {0: "not once", 1: "only once", 2: "only twice"}.get(count, f"only {count} times")
