"""Aims: the sentence that builds itself, what is open in it, what it asks for, how far it has come."""

from __future__ import annotations

from equity.improvement.aim_line import AimLine
from equity.improvement.aims import Aim, Part
from equity.improvement.effort import Effort
from equity.improvement.progress import Progress
from equity.improvement.shared import SharedAim
from equity.lens.over_time.pace import HORIZON
from equity.vocabulary import Measure, Stratifier
from equity.vocabulary.period import MONTHS_IN
from equity.words import groups, measures, numbers, periods, references
from equity.words.escaping import one_line

PURPOSE = (
    "An aim says how much, for whom, with whom, where and by when. It starts from your own data, so that the data of "
    "next quarter can tell how far you have come."
)
EXAMPLE = (
    "Made-up example: “Controlled blood pressure: from 55% to 65% for Black patients at all five sites by the end of "
    "2027, with the patient council. No other group may lose more than 2 points.”"
)
BEGIN = "Begin an aim"
SOLUTION = "“{words}” sounds like a way to reach the aim. Keep ways for change ideas: an aim says what, not how."
WHY_CHANGED = "Why does the aim change? The earlier one is kept with its reason."

SHARED = "Leaders read this aim on the Leader view, with the numbers of the release that they look at, and no others."
NOT_SHARED = "Only your team reads this aim."
SHARE, UNSHARE = "Share it with leaders", "Keep it in the team"

OPEN: dict[Part, str] = {
    "measure": "the measure",
    "group": "for whom",
    "baseline": "the baseline",
    "target": "how much",
    "by_when": "by when",
    "where": "where",
    "with_whom": "with whom",
    "benefits": "who benefits",
    "burdened": "who may be burdened",
    "floor": "what other groups may lose at most",
}
BLANK = "____"


def sentence(aim: Aim, measure: Measure | None, stratifier: Stratifier | None) -> str:
    """The aim as one sentence; what is open is a blank."""
    name = one_line(aim.measure) or BLANK
    of = groups.noun(measure)
    whom = BLANK if not aim.group or stratifier is None else groups.describe_group(stratifier, aim.group, of)
    start = BLANK if aim.baseline is None or measure is None else rate(measure, aim.baseline.value, aim.baseline.n)
    goal = BLANK if aim.target is None or measure is None else rate(measure, aim.target, _n(aim))
    when = periods.describe_period(aim.by_when) if aim.by_when else BLANK
    where, with_whom = one_line(aim.where, 200) or BLANK, one_line(aim.with_whom, 200) or BLANK
    return f"{name}: from {start} to {goal} for {whom} {where} by {when}, with {with_whom}."


def _n(aim: Aim) -> float:
    return 0.0 if aim.baseline is None else aim.baseline.n


def rate(measure: Measure, value: float, n: float) -> str:
    """A rate of an aim, rounded as its baseline deserves."""
    return numbers.rate(measure, value, n)


def no_harm(aim: Aim, measure: Measure) -> str:
    """What other groups may lose at most, and the measure that must not get worse."""
    if aim.floor is None:
        return ""
    lose = f"more than {numbers.gap(measure, aim.floor, _n(aim))}" if aim.floor else "anything"
    balancing = f" {groups.started(one_line(aim.balancing))} must not get worse." if aim.balancing else ""
    return f"No other group may lose {lose}.{balancing}"


def open_parts(parts: tuple[Part, ...]) -> str:
    """What a draft still lacks."""
    if not parts:
        return "All parts are there: the aim can be set."
    return f"Still open: {', '.join(OPEN[part] for part in parts)}."


# What it asks for


def asks_for(aim: Aim, measure: Measure, stratifier: Stratifier, effort: Effort) -> tuple[str, ...]:
    """The arithmetic beside the aim, sentence by sentence."""
    counted = groups.what_is_counted(measure, _n(aim), effort.people)
    said = [_more(measure, counted, effort), _when_told(effort), _gap_left(measure, stratifier, aim, effort)]
    then = periods.describe_period(aim.baseline.period) if aim.baseline is not None else ""
    if effort.within_noise:
        said.append(
            "The change is smaller than what chance alone can do in a period: it will be hard to know if you got there."
        )
    fewest = min((site.n for site in effort.sites), default=0.0)
    said += [
        f"{one_line(site.site)}, {then}: {rate(measure, site.rate, fewest)}. "
        f"{_at_the_target(measure, counted, round(site.more))}"
        for site in effort.sites
        if site.more >= 0.5
    ]
    return tuple(text for text in said if text)


def _at_the_target(measure: Measure, counted: str, count: int) -> str:
    """How many more, or fewer: "At the target, about 105 more visits would have met the measure."."""
    about = f"At the target, about {numbers.count(count)} {measures.fewer_or_more(measure)}"
    if measure.kind == "rate":
        return f"{about} {measures.events(measure, count)}."
    return f"{about} {groups.counted_as(counted, count)} would have {measures.had(measure)}."


def _more(measure: Measure, counted: str, effort: Effort) -> str:
    if not numbers.known(effort.more_at_the_end):
        return ""
    more, usual, each = effort.more_at_the_end, effort.n_a_period, effort.grain
    if more < 1 and each in MONTHS_IN:  # so few that a longer time tells more
        a_year = 12 / MONTHS_IN[each]
        more, usual, each = more * a_year, usual * a_year, "year"
    way = measures.fewer_or_more(measure)
    about = f"about {numbers.whole(more)} {way}" if more >= 0.5 else f"less than one {way}"
    if measure.kind == "rate":
        return f"At the end, {about} {measures.events(measure, max(1, round(more)))} each {each} than now."
    must = "can have this outcome" if measure.polarity == "lower_better" else "must meet the measure"
    who = groups.counted_as(counted, max(1, round(more)))
    return f"At the end, {about} {who} than now {must} each {each}, of about {numbers.whole(usual)}."


def _when_told(effort: Effort) -> str:
    if not effort.can_simulate:
        return ""
    if effort.periods_to_tell is None:
        return f"Even after {HORIZON} {effort.grain}s a chart would likely not tell this change from chance."
    unit = effort.grain if effort.periods_to_tell == 1 else f"{effort.grain}s"
    return f"If the change comes in even steps, a chart would likely show it after {effort.periods_to_tell} {unit}."


def _gap_left(measure: Measure, stratifier: Stratifier, aim: Aim, effort: Effort) -> str:
    if not numbers.known(effort.gap_left) or effort.compared_with is None:
        return ""
    stays = f"If {references.level_of(effort.compared_with, stratifier, measure)} stays where it is"
    if effort.gap_left <= 0:
        return f"{stays}, the gap closes."
    if numbers.is_no_gap(measure, effort.gap_left, _n(aim)):
        return f"{stays}, next to nothing of the gap is left."
    left = numbers.gap(measure, effort.gap_left, _n(aim))
    there = f"{left} of the gap {numbers.is_or_are(left)} left"
    return f"{stays}, {there}: the aim narrows it and does not close it."


# For leaders

SHARED_AIMS = "What the team aims for"
NOT_IN_RELEASE = "This release shows no numbers for this aim."


def shared(shared_aim: SharedAim) -> list[str]:
    """An aim as its readers see it: its sentence, how far it has come, what nobody else may lose."""
    aim = shared_aim.aim
    if aim.baseline is None:  # the target is left out too: it is set near a baseline that this release hides
        whom = groups.describe_group(shared_aim.stratifier, aim.group, groups.noun(shared_aim.measure))
        where, with_whom = one_line(aim.where, 200), one_line(aim.with_whom, 200)
        name, when = measures.heading(shared_aim.measure), periods.describe_period(aim.by_when)
        return [f"{name}: an aim for {whom} {where} by {when}, with {with_whom}.", NOT_IN_RELEASE]
    said = [sentence(aim, shared_aim.measure, shared_aim.stratifier), no_harm(aim, shared_aim.measure)]
    if shared_aim.progress is None:
        return [*said, NOT_IN_RELEASE]
    return [*said, finding(shared_aim.progress), how_sure(shared_aim.progress), harm(shared_aim.progress)]


# The line on a chart


def line_label(measure: Measure, line: AimLine) -> str:
    """The aim where its line ends on a chart."""
    return f"aim: {numbers.bare_rate(measure, line.target)} by {periods.short(line.by_when)}"


def lines_said(measure: Measure, lines: tuple[AimLine, ...]) -> tuple[str, ...]:
    """The aims that are drawn, for those who do not see the chart."""
    return tuple(
        f"The dashed line is the aim for {one_line(line.group)}: {numbers.rate(measure, line.start)} in "
        f"{periods.describe_period(line.baseline)} to {numbers.rate(measure, line.target)} by "
        f"{periods.describe_period(line.by_when)}."
        for line in lines
    )


def chart_title(aim: Aim) -> str:
    """What the picture of an aim shows."""
    return f"{one_line(aim.measure)}, {one_line(aim.group)}: the aim’s line and where the rate is"


def now_label(answer: Progress) -> str:
    """The rate that progress is told of, where its mark stands on a chart."""
    value = numbers.bare_rate(answer.measure, float(answer.now.value), _n(answer.aim))
    return f"{value} in {periods.short(answer.period)}{'' if answer.whole else ' so far'}"


def alt_text(answer: Progress, line: AimLine) -> str:
    """The picture of an aim in words."""
    return f"{chart_title(answer.aim)}. {lines_said(answer.measure, (line,))[0]} {finding(answer)}"


# How far it has come


def finding(answer: Progress, whom: str = "") -> str:
    """The aim's progress in one sentence; of ``whom``, where the aim does not stand beside it."""
    name = measures.heading(answer.measure) + (f", {whom}" if whom else "")
    if answer.verdict == "no_data_yet":
        return f"{name}: no data after the baseline yet."
    when = periods.describe_period(answer.period) + ("" if answer.whole else " so far")
    now = numbers.rate(answer.measure, float(answer.now.value), _n(answer.aim))
    share = _percent(float(answer.share.value))
    return {
        "reached": f"{name}, {when}: {now}. The target is reached.",
        "on_the_way": f"{name}, {when}: {now}. {share} of the change is reached.",
        "too_early": f"{name}, {when}: {now}. {_too_early(answer)}",
        "moved_away": f"{name}, {when}: {now}. It moved away from the target.",
    }[answer.verdict]


def _too_early(answer: Progress) -> str:
    """A rate whose range holds the baseline; where it is clearly behind its line, one does not wait to be told so."""
    return "There is no clear change yet." if answer.beside_line == "behind" else "It is too early to tell."


def how_sure(answer: Progress) -> str:
    """The share reached with its range."""
    if answer.verdict == "no_data_yet":
        return ""
    share, low, high = (_percent(float(side)) for side in (answer.share.value, answer.share.lower, answer.share.upper))
    away = " A share below zero is away from the target." if answer.share.lower < 0 else ""
    return f"Share of the targeted change reached: {share} (95% range {low} to {high}).{away}"


def _percent(share: float) -> str:
    """A share that may be below 0, as it is read: "−17%"."""
    whole = round(100 * share)
    return f"−{-whole}%" if whole < 0 else f"{whole}%"


def beside_line(answer: Progress) -> str:
    """Whether it is behind the aim's straight line, as far as the data can tell; empty where there is no line."""
    due = f"By the aim’s straight line, {100 * answer.due:.0f}% of the change was due by then"
    return {
        "behind": f"{due}: it is behind its line.",
        "not_behind": f"{due}: it is on its line or ahead.",
        "not_sure": f"{due}. Whether it is behind cannot be told yet.",
        "no_line": "",
    }[answer.beside_line]


def gap_now(answer: Progress, stratifier: Stratifier) -> str:
    """The gap in the same period, and what it is measured from."""
    measure, gap = answer.measure, answer.gap_now
    if not numbers.known(gap) or answer.compared_with is None:
        return ""
    start = references.describe_reference(answer.compared_with, stratifier, measure)
    if gap <= 0 or numbers.is_no_gap(measure, gap, _n(answer.aim)):
        return f"There is no gap from {start} any more."
    return f"The gap from {start} is {numbers.gap(measure, gap, _n(answer.aim))}."


def harm(answer: Progress) -> str:
    """That others have lost more than the aim allows; nothing while none clearly has."""
    broken = sum(condition.state == "broken" for condition in answer.watched)
    if not broken:
        return ""
    who = "1 condition of no harm is" if broken == 1 else f"{numbers.count(broken)} conditions of no harm are"
    return f"{who} broken: others have lost more than the aim allows."
