"""The finding and what stands around it: who has a signal, how sure, how often a chart is wrong, a question."""

from __future__ import annotations

from equity.lens.answers import ControlChart
from equity.stats.over_time.control_charts import BY_NAME
from equity.stats.over_time.improvement_icons import FALSE_ALARMS_LATEST
from equity.stats.over_time.run_rules import (
    FALSE_ALARMS_ANHOEJ,
    FALSE_ALARMS_ANHOEJ_MEAN,
    FALSE_ALARMS_IHI,
    FALSE_ALARMS_IHI_MEAN,
)
from equity.words import groups, headlines, judgements, measures, numbers, periods, remarks
from equity.words.answers.control.charted import ASSURANCE, VARIATION, who
from equity.words.cached_per_answer import cached_per_answer
from equity.words.escaping import one_line
from equity.words.rows import records

_NAMED_ALONE = 3


def leaders_sentence(answer: ControlChart) -> str:
    """The latest point in plain words, and whether the target can be counted on."""
    said = [VARIATION[answer.variation].meaning]
    if answer.assurance in ASSURANCE:
        said.append(ASSURANCE[answer.assurance].meaning)
    return f"{one_line(answer.group)}: {' '.join(said)}"


def false_alarms(answer: ControlChart) -> str:
    """How often the rules are wrong when nothing changes, at about this number of points; nothing without points."""
    points = int(answer.signal.get("useful", 0))
    around_median = BY_NAME[answer.chart].middle == "median"
    signals_of = FALSE_ALARMS_ANHOEJ if around_median else FALSE_ALARMS_ANHOEJ_MEAN
    looks_of = FALSE_ALARMS_IHI if around_median else FALSE_ALARMS_IHI_MEAN
    if points == 0:
        return ""
    length = min(signals_of, key=lambda known: abs(known - points))
    signal, look = numbers.share(signals_of[length]), numbers.share(looks_of[length])
    if is_too_short(answer):
        return f"The rules need more than {points} points off the middle line to tell a change from chance."
    return (
        f"With no real change, {signal} of charts of {length} points show a signal. "
        "Rings mark 6 points on one side, or 5 that all rise or all fall. "
        f"With no real change, {look} of charts of {length} points have one, so they are worth a look and no more."
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
        these = "this chart" if len(answers) == 1 else "these charts"
        return f"{about}. There is too little data in {these} to tell a change from chance."
    judged = sum(outcome(a) == "no signal" for a in seen)
    if not of and judged > _NAMED_ALONE:
        of_those = "" if judged == len(seen) else " that can be judged"
        return f"{about}. There is no sign of a real change in any of the {judged} charts{of_those}."
    if not of:
        return f"{about}. There is no sign of a real change for {calm}."
    return headlines.fitting(
        (
            f"{about}. There is likely a real change for {of}.{f' No sign of one for {calm}.' if calm else ''}",
            f"{about}. There is likely a real change for {of}.",
        )
    )


def finding(answer: ControlChart) -> str:
    """Whether the chart shows a real change; the rules that say so stand under how sure."""
    about = f"{measures.named(answer.measure)}, {who(answer)}"
    if int(answer.signal.get("useful", 0)) == 0:
        if answer.reason in ("rare_events", "few_events"):
            return f"{about}. There are too few events to tell a change from chance."
        return f"{about}. There are no points to judge."
    if is_too_short(answer):
        return f"{about}. There are too few points to tell a change from chance."
    return f"{about}. There is {'likely a real change' if signals(answer) else 'no sign of a real change'}."


def is_too_short(answer: ControlChart) -> bool:
    """Whether a chart without limits has so few points off its middle line that no rule could find a signal."""
    signal = answer.signal
    useful = int(signal.get("useful", 0))
    can_run = int(signal.get("longest_run_max", 0)) < useful
    return (
        not BY_NAME[answer.chart].has_limits and useful > 0 and not can_run and int(signal.get("crossings_min", 0)) == 0
    )


@cached_per_answer
def signals(answer: ControlChart) -> list[str]:
    """The rules that fire, each as a clause: a long run, few crossings, points outside the limits."""
    signal = answer.signal
    clauses = []
    if signal.get("longest_run", 0) > signal.get("longest_run_max", 0):
        clauses.append(
            f"{signal['longest_run']} points in a row are on one side of the middle line, "
            f"and chance rarely gives more than {signal['longest_run_max']}"
        )
    if signal.get("crossings", 0) < signal.get("crossings_min", 0):
        clauses.append(
            f"the line crosses the middle {_times(signal['crossings'])}, and chance rarely gives fewer than "
            f"{signal['crossings_min']}"
        )
    outside = [periods.describe_period(str(row["period"])) for row in records(answer.rows) if row["outside"] == 1]
    if outside:
        clauses.append(f"{groups.listed(outside)} {'lies' if len(outside) == 1 else 'lie'} outside the limits")
    return clauses


def outcome(answer: ControlChart) -> str:
    """What the chart shows in a word or two: a signal or none, or nothing, because all of it is hidden."""
    if answer.is_hidden:
        return "not shown"
    if int(answer.signal.get("useful", 0)) == 0 or is_too_short(answer):
        return "not judged"
    return "signal" if signals(answer) else "no signal"


def how_sure(answer: ControlChart) -> str:
    """What the limits and the rules stand on."""
    useful = answer.signal.get("useful", 0)
    why = [f"{groups.started(reason)}." for reason in signals(answer)]
    if useful and is_too_short(answer):
        return f"The rules look at points off the middle line. There {_are(useful)}: too few for any rule."
    why = why or ["The ups and downs are what chance alone would give."] if useful else why
    points = "1 point" if useful == 1 else f"{useful} points"
    looked = f"The rules look at the {points} off the middle line." if useful else _wider(answer)
    said = " ".join([*why, looked])
    if answer.trial and not BY_NAME[answer.chart].has_limits:
        return f"{said} With fewer than 12 points, the middle line will move as data come in."
    if answer.trial:
        return f"{said} With fewer than 12 points these are trial limits: they will move as data come in."
    return said


def _wider(answer: ControlChart) -> str:
    """What to do where no rule has a point to look at."""
    wider = {"month": "by quarter or year", "quarter": "by year"}.get(answer.grain, "")
    if answer.reason in ("rare_events", "few_events") and wider:
        return f"Ask {wider}, so that more events fall into each point."
    return "The rules have no point to look at."


@cached_per_answer
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
        *remarks.describe_remarks(answer.remarks),
    )


def prompt(answer: ControlChart) -> str:
    """One question to open the conversation with."""
    if signals(answer):
        return "What happened around the time the line moved?"
    return "If we want the line to move, what in our way of working would have to change?"


def _are(count: int) -> str:
    return "is 1" if count == 1 else f"are {count}"


def _times(count: int) -> str:
    return {0: "not once", 1: "only once", 2: "only twice"}.get(count, f"only {count} times")
