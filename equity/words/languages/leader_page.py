"""A release's sentences in a language other than English, from the facts that the English ones are made of."""

from __future__ import annotations

from equity.lens.answers import Disparities, ResolvedReference, Trends
from equity.release.policy import Policy
from equity.words import groups, measures, numbers
from equity.words.answers import disparities, trends
from equity.words.comparisons import Comparison
from equity.words.escaping import one_line
from equity.words.languages import leader_pieces as pieces
from equity.words.languages.language import Language
from equity.words.rows import GroupRow, fares_worse, focus, group_rows
from equity.words.sharing import leader
from equity.words.sharing.leader import FewNumber

_CLEAR = ("disparity", "small_certain")
_MARKS = {"reliable": "●", "read_with_care": "◐", "too_few": "○"}


def finding(answer: Disparities, of: Language) -> str:
    """The finding in one sentence: measure, period, the group's rate, the comparison's."""
    rows = group_rows(answer.rows)
    about = _about(answer, of)
    if not rows or all(r.shown == "missing" for r in rows):
        return of.say("finding.no_data", about=about)
    if any(r.shown == "hidden" for r in rows) and not any(r.visible for r in rows):
        return of.say("finding.too_small", about=about)
    if not any(r.compared for r in rows):
        return of.say("finding.nothing", about=about)
    row = focus(answer)
    if answer.measure.polarity == "neutral" or row is None:
        return _without_gap(answer, rows, about, of)
    return of.say("finding.rates", about=about, own=_own(answer, row, of), other=_other(answer, row, of))


def what_it_comes_to(answer: Disparities, of: Language) -> tuple[str, ...]:
    """What stands below the headline: the count affected, or that the gap is small or could be chance."""
    row = focus(answer)
    if row is None or answer.measure.polarity == "neutral":
        return ()
    about = pieces.alone(answer, row)
    if row.verdict in ("large_uncertain", "none") and about.judged:
        return (of.say("finding.chance"),)
    said = _comes_to(about, of)
    small = (of.say("finding.small"),) if row.verdict == "small_certain" else ()
    return (*small, said) if said else small


def question(answer: Disparities, of: Language) -> str:
    """What was asked, so that each number has a name."""
    by, period = pieces.label_said(answer.stratifier, of), pieces.period_said(answer.choices.period, of)
    about = of.say("about.by", measure=measures.heading(answer.measure), by=by, period=period)
    return of.say("question", about=about, reference=_reference(answer, of))


def marks(answer: Disparities, of: Language) -> list[str]:
    """How reliable the finding is, for how many the group is not recorded, what is hidden."""
    row, unknown = focus(answer), 1 - answer.known_share
    hidden = sum(r.shown == "hidden" for r in group_rows(answer.rows))
    said = []
    if row is not None and row.reliability in _MARKS:
        said.append(f"{_MARKS[row.reliability]} {of.say(f'mark.{row.reliability}')}")
    if numbers.known(unknown) and unknown > 0:
        label = pieces.label_said(answer.stratifier, of)
        said.append(f"◑ {of.say('mark.not_recorded', label=label, share=pieces.per_cent(numbers.share(unknown)))}")
    return [*said, f"🔒 {of.counted('mark.hidden', hidden, number=hidden)}"] if hidden else said


def few_numbers(answer: Disparities, over_time: Trends | None, of: Language) -> tuple[FewNumber, ...]:
    """The groups that can be shown, the widest gap first, then those that cannot."""
    moving = {} if over_time is None else {change.name: change.verdict for change in trends.changes(over_time)}
    return tuple(_few(answer, row, moving, of) for row in leader.in_order(answer)[: leader.MOST])


def further(answer: Disparities, of: Language) -> str:
    """That there are more groups than the few; empty when there are not."""
    more = len(leader.in_order(answer)) - leader.MOST
    return of.counted("few.further", more, number=more) if more > 0 else ""


def changed(now: Disparities, before: Disparities | None, made: str, of: Language) -> str:
    """What changed since the last release."""
    if before is None:
        return of.say("changed.first")
    row = focus(now) or next((r for r in group_rows(now.rows) if r.visible), None)
    earlier = None if row is None else next((r for r in group_rows(before.rows) if r.group == row.group), None)
    if row is None or earlier is None or not (row.visible and earlier.visible):
        return of.say("changed.cannot", made=made)
    about, then = disparities.compared(now, row), disparities.compared(before, earlier)
    who = groups.started(pieces.who_said(now.stratifier, row.group, groups.noun(now.measure), of))
    new, old = (pieces.rate_said(c, c.row.rate, c.size, of) for c in (about, then))
    when, was = (pieces.period_said(a.choices.period, of) for a in (now, before))
    if (new, when) == (old, was):
        return of.say("changed.same", who=who, now=f"{new} ({when})", made=made)
    way = of.say(f"changed.{leader.direction(about, then)}")
    return of.say("changed.other", way=way, who=who, now=new, when=when, made=made, then=old, was=was)


def hidden(answer: Disparities, policy: Policy, of: Language) -> tuple[str, ...]:
    """What is not shown and why."""
    unseen = [row for row in group_rows(answer.rows) if row.shown == "hidden"]
    why = tuple(of.say(f"why.{code}") for code in answer.remarks if f"why.{code}" in of.texts)
    if not unseen:
        return (f"{of.say('hidden.none')} {_rule(policy, of)}", *why)
    names = [of.name(one_line(row.group)) for row in unseen]
    joined = of.say("list.and").join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
    label = pieces.label_said(answer.stratifier, of)
    named = of.counted("hidden.groups", len(unseen), number=len(unseen), names=joined, label=label)
    return (named, _rule(policy, of), of.say("hidden.also"), *why)


def prompt(answer: Disparities, of: Language) -> str:
    """One question to open the conversation with: about the system, never about what is wrong with people."""
    row, rows = focus(answer), group_rows(answer.rows)
    if answer.measure.polarity == "neutral":
        return of.say("prompt.neutral")
    if row is not None and fares_worse(row):
        who = pieces.who_said(answer.stratifier, row.group, groups.noun(answer.measure), of)
        may_be_chance = row.verdict == "large_uncertain" and disparities.compared(answer, row).judged
        return of.say("prompt.chance" if may_be_chance else "prompt.gap", who=who)
    if 1 - answer.known_share > disparities.MANY_UNKNOWN:
        return of.say("prompt.unknown", label=pieces.label_said(answer.stratifier, of))
    if any(r.shown == "hidden" for r in rows):
        return of.say("prompt.hidden")
    if not any(r.compared for r in rows):
        return of.say("prompt.nothing")
    return of.say("prompt.even" if disparities.any_judged(answer) else "prompt.unjudged")


def _without_gap(answer: Disparities, rows: tuple[GroupRow, ...], about: str, of: Language) -> str:
    seen = [r for r in rows if r.visible and r.reliability != "too_few" and r.kind in ("group", "other")]
    low, high = min(seen, key=lambda r: r.rate), max(seen, key=lambda r: r.rate)
    fewest = min(low.n, high.n)
    ends = [pieces.rate_said(disparities.compared(answer, r), r.rate, fewest, of) for r in (low, high)]
    if answer.measure.polarity == "neutral":
        noun = groups.noun(answer.measure)
        lowest, highest = (pieces.who_said(answer.stratifier, r.group, noun, of) for r in (low, high))
        if ends[0] == ends[1]:
            return of.say("finding.neutral_near", about=about, high=ends[1])
        told = {"low": ends[0], "lowest": lowest, "high": ends[1], "highest": highest}
        return pieces.say("finding.neutral", answer.measure, of, about=about, **told)
    if not disparities.any_judged(answer):
        return _unjudged(answer, seen, (low, high), ends, about, of)
    some_hidden = answer.choices.hides_small_counts and any(r.shown == "hidden" for r in rows)
    if any(r.compared and r.gap < 0 and r.verdict in _CLEAR for r in rows):
        key = "finding.none_shown_behind" if some_hidden else "finding.none_behind"
        return pieces.say(key, answer.measure, of, about=about, side=pieces.side_said(answer, 1.0, of))
    if len(seen) == 1:
        who = pieces.who_said(answer.stratifier, low.group, groups.noun(answer.measure), of)
        return of.say("finding.only_one", about=about, who=who, rate=ends[0])
    if numbers.is_no_gap(answer.measure, high.rate - low.rate, fewest, high.rate):
        return of.say("finding.all_near_shown" if some_hidden else "finding.all_near", about=about, high=ends[1])
    key = "finding.no_gap_shown" if some_hidden else "finding.no_gap"
    return pieces.say(key, answer.measure, of, about=about, low=ends[0], high=ends[1])


def _unjudged(
    answer: Disparities,
    seen: list[GroupRow],
    extremes: tuple[GroupRow, GroupRow],
    ends: list[str],
    about: str,
    of: Language,
) -> str:
    """Rates of which no gap has a range: how far they run, and why nobody judges the gaps."""
    low, high = extremes
    why = of.say("unjudged.gap" if any(numbers.known(r.lower) for r in seen) else "unjudged.source")
    if len(seen) == 1:
        who = pieces.who_said(answer.stratifier, low.group, groups.noun(answer.measure), of)
        return of.say("finding.unjudged_one", about=about, who=who, rate=ends[0], why=why)
    if numbers.is_no_gap(answer.measure, high.rate - low.rate, min(low.n, high.n), high.rate):
        return of.say("finding.unjudged_near", about=about, high=ends[1], why=why)
    return pieces.say("finding.unjudged", answer.measure, of, about=about, low=ends[0], high=ends[1], why=why)


def _own(answer: Disparities, row: GroupRow, of: Language) -> str:
    about = pieces.alone(answer, row)
    rate = pieces.rate_said(about, row.rate, pieces.both_n(about), of)
    who = pieces.who_said(answer.stratifier, row.group, groups.noun(answer.measure), of)
    if answer.measure.kind != "proportion" or about.counted in ("patients", "people"):
        return of.say("finding.of", rate=rate, who=who)
    if about.counted == "visits":
        return of.say("finding.of_visits", rate=rate, who=who)
    return of.say("finding.of_unit", rate=rate, unit=about.counted, who=who)


def _other(answer: Disparities, row: GroupRow, of: Language) -> str:
    about, reference = pieces.alone(answer, row), answer.reference
    rate = pieces.rate_said(about, about.reference_rate, pieces.both_n(about), of)
    if reference.kind == "target":
        return of.say("finding.target", rate=rate)
    if reference.kind == "average":
        return of.say("finding.overall", rate=rate)
    who = _reference(answer, of)
    if reference.surpassed != "no":  # the best group was chosen at another time, or among the larger ones
        return of.say("finding.other", rate=rate, who=who)
    if reference.kind == "best" and not (reference.group and reference.told_apart):
        key = "finding.lowest_was" if answer.measure.harm_sign > 0 else "finding.highest_was"
        return pieces.say(key, answer.measure, of, rate=rate)
    if reference.kind == "best":
        key = "finding.lowest" if answer.measure.harm_sign > 0 else "finding.highest"
        who = pieces.say(key, answer.measure, of, who=who)
    return of.say("finding.other", rate=rate, who=who)


def _reference(answer: Disparities, of: Language) -> str:
    reference: ResolvedReference = answer.reference
    if reference.kind in ("target", "average"):
        key = "reference.target" if reference.kind == "target" else "reference.overall"
        return pieces.say(key, answer.measure, of)
    if reference.kind == "others":
        return of.say(f"others.{groups.noun(answer.measure)}")
    if not reference.group or not reference.told_apart:
        if reference.surpassed != "no":
            return of.say("reference.compared")
        return pieces.say("reference.none", answer.measure, of)
    return pieces.who_said(answer.stratifier, reference.group, groups.noun(answer.measure), of)


def _comes_to(about: Comparison, of: Language) -> str:
    row, measure = about.row, about.measure
    rate = pieces.rate_said(about, about.reference_rate, pieces.both_n(about), of)
    if not about.has_excess:
        gap = pieces.gap_said(about, of)
        return of.say("comes_to.gap", gap=gap) if gap and not about.is_even else ""
    spread = ""
    if numbers.known(row.excess_lower) and numbers.known(row.excess_upper):
        spread = of.say("spread", low=numbers.whole(row.excess_lower), high=numbers.whole(row.excess_upper))
    number = round(row.excess)
    if about.has_chance_taken_off:
        rate = of.say("comes_to.chance_off", rate=rate)
    if measure.kind == "rate":
        way = "fewer" if measure.polarity == "lower_better" else "more"
        return of.counted(f"comes_to.events.{way}", number, rate=rate, number=f"{number:,}", spread=spread)
    key = "comes_to.met" if measure.polarity == "higher_better" else "comes_to.outcome"
    counted = about.counted
    if counted in ("visits", "patients", "people"):
        counted = of.counted(f"counted.{counted}", number)
    return of.counted(key, number, rate=rate, number=f"{number:,}", counted=counted, spread=spread)


def _few(answer: Disparities, row: GroupRow, moving: dict[str, str], of: Language) -> FewNumber:
    about = disparities.compared(answer, row)
    who = groups.started(pieces.who_said(answer.stratifier, row.group, groups.noun(answer.measure), of))
    if not row.visible:
        return FewNumber(who, of.say("few.hidden" if row.shown == "hidden" else "few.missing"), "", "", "", "", False)
    way = moving.get(row.group, "")
    gap = of.say("gap.too_few") if row.reliability == "too_few" else pieces.gap_with_verdict(about, of)
    said = of.say(f"way.{way}") if f"way.{way}" in of.texts else ""
    mark = trends.CHANGES[way].mark if said else ""
    value = pieces.rate_said(about, row.rate, about.size, of)
    ends = [pieces.rate_said(about, end, about.size, of) for end in (row.lower, row.upper) if numbers.known(end)]
    around = of.say("few.range", low=ends[0], high=ends[1]) if len(ends) == 2 else ""
    place = leader.places(answer).get(row.group)
    return FewNumber(who, value, pieces.size_said(about, of), gap, mark, said, True, around, place)


def _rule(policy: Policy, of: Language) -> str:
    if not policy.hides:
        return of.say("rule.public")
    said = of.say("rule.people" if policy.counts == ("n",) else "rule.counts", threshold=policy.threshold)
    return f"{said} {of.say('rule.rounded', rounding=policy.rounding)}" if policy.rounding > 1 else said


def _about(answer: Disparities, of: Language) -> str:
    return of.say("about", measure=measures.named(answer.measure), period=pieces.period_said(answer.choices.period, of))
