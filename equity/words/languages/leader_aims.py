"""The aims that a team shares with its leaders, in a language other than English."""

from __future__ import annotations

from equity.improvement.aims import Aim
from equity.improvement.progress import Progress
from equity.improvement.shared import SharedAim
from equity.vocabulary import Measure
from equity.words import groups, measures
from equity.words import numbers as written
from equity.words.escaping import one_line
from equity.words.languages import leader_pieces as pieces
from equity.words.languages.language import Language

_BLANK = "____"


def shared(shared_aim: SharedAim, of: Language) -> list[str]:
    """An aim as its readers see it: its sentence, how far it has come, what nobody else may lose.

    Where and with whom are the team's own words, and stay as they were written.
    """
    aim, measure = shared_aim.aim, shared_aim.measure
    about = {
        "name": measures.heading(measure),
        "who": pieces.who_said(shared_aim.stratifier, aim.group, groups.noun(measure), of),
        "where": one_line(aim.where, 200) or _BLANK,
        "with_whom": one_line(aim.with_whom, 200) or _BLANK,
        "when": pieces.one_period(aim.by_when, of) or _BLANK,
    }
    not_in_release = of.say("aims.not_in_release")
    if aim.baseline is None:  # the target is left out too: it is set near a baseline that this release hides
        return [of.say("aims.hidden", **about), not_in_release]
    start = pieces.rate_of(measure, aim.baseline.value, aim.baseline.n, of)
    goal = _BLANK if aim.target is None else pieces.rate_of(measure, aim.target, aim.baseline.n, of)
    said = [of.say("aims.sentence", start=start, goal=goal, **about), _no_harm(aim, measure, aim.baseline.n, of)]
    if shared_aim.progress is None:
        return [*said, not_in_release]
    return [
        *said,
        _finding(shared_aim.progress, of),
        _how_sure(shared_aim.progress, of),
        _harm(shared_aim.progress, of),
    ]


def _no_harm(aim: Aim, measure: Measure, n: float, of: Language) -> str:
    if aim.floor is None:
        return ""
    if aim.floor:
        lose = pieces.size_of_gap(measure, written.gap(measure, aim.floor, n), of)
        said = of.say("aims.no_harm", lose=lose)
    else:
        said = of.say("aims.no_harm.nothing")
    return f"{said} {of.say('aims.balancing', measure=one_line(aim.balancing))}" if aim.balancing else said


def _finding(answer: Progress, of: Language) -> str:
    name, n = measures.heading(answer.measure), _n(answer)
    if answer.verdict == "no_data_yet":
        return of.say("aims.no_data_yet", name=name)
    when = pieces.one_period(answer.period, of)
    when = when if answer.whole else of.say("aims.so_far", period=when)
    now = pieces.rate_of(answer.measure, float(answer.now.value), n, of)
    share = f"{100 * float(answer.share.value):.0f}%"
    return of.say(f"aims.{answer.verdict}", name=name, when=when, now=now, share=share)


def _how_sure(answer: Progress, of: Language) -> str:
    if answer.verdict == "no_data_yet":
        return ""
    share, low, high = (100 * float(side) for side in (answer.share.value, answer.share.lower, answer.share.upper))
    return of.say("aims.share", share=f"{share:.0f}%", low=f"{low:.0f}", high=f"{high:.0f}%")


def _harm(answer: Progress, of: Language) -> str:
    broken = sum(condition.state == "broken" for condition in answer.watched)
    return of.counted("aims.broken", broken, number=broken) if broken else ""


def _n(answer: Progress) -> float:
    return 0.0 if answer.aim.baseline is None else answer.aim.baseline.n
