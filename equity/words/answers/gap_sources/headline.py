"""The finding: both rates overall, and that the whole misleads or how the gap divides."""

from __future__ import annotations

from equity.lens.answers import GapSources
from equity.words import groups, headlines, numbers, references
from equity.words.answers.gap_sources.phrases import (
    NEARLY_ALL,
    at_places,
    both_rates,
    counted,
    gap_n,
    is_little,
    level_said,
    other_side,
    other_than,
    plural_said,
    some_ahead,
    stratum_said,
)
from equity.words.answers.gap_sources.within_places import Part, lead, parts, strata
from equity.words.cached_per_answer import cached_per_answer
from equity.words.rows import records


def finding(answer: GapSources) -> str:
    """Both rates overall; what stands against them within each place is said below."""
    part = lead(answer)
    about = headlines.about(answer.measure, answer.choices)
    if not parts(answer):
        return f"{about}: nothing to break down. No group can be compared within {groups.label(answer.within)}."
    if part is None:
        if some_ahead(answer):
            return f"{about}: no group is clearly {numbers.side(answer.measure, 1.0)}, so no gap is broken down."
        return f"{about}: no clear gap by {groups.label(answer.stratifier)} to break down."
    return _headline(answer, part)


def what_it_comes_to(answer: GapSources) -> tuple[str, ...]:
    """What stands below the headline: that the whole misleads, or how much lies within and how much between."""
    part = lead(answer)
    return () if part is None else (alarm_said(answer, part) or split_said(answer, part),)


def _headline(answer: GapSources, part: Part) -> str:
    own, other = both_rates(answer, part)
    about = headlines.about(answer.measure, answer.choices)
    of_whom = f"{own} of {part.who}"
    if answer.measure.kind != "proportion":
        of_whom = f"{own} for {part.who}"
    elif counted(answer) not in ("patients", "people"):
        of_whom = f"{own} of {counted(answer)} {'by' if counted(answer) == 'visits' else 'for'} {part.who}"
    others = references.beside(other_side(answer), answer.measure, answer.stratifier, other)
    return headlines.fitting(f"{about}: {of_whom}. {each}" for each in others)


@cached_per_answer
def alarm(answer: GapSources) -> str:
    """The Simpson alarm in words, or nothing when the whole tells the same story as its parts."""
    part = lead(answer) if any(row["simpson"] for row in records(answer.parts)) else None
    return alarm_said(answer, part) if part else ""


def split_in_words(answer: GapSources) -> tuple[str, ...]:
    """Each clear gap split in two, a sentence a group, the widest first."""
    clear = sorted((p for p in parts(answer) if p.gap[1] > 0), key=lambda p: -p.gap[0])
    return tuple(split_said(answer, p) for p in clear)


def adjusted_in_words(answer: GapSources) -> str:
    """Crude first, then as if every group were seen at the same sites; nothing where it cannot be worked out."""
    part = lead(answer)
    if part is None or not numbers.known(part.adjusted[0]):
        return ""
    measure, n = answer.measure, part.n
    crude, adjusted = (numbers.rate(measure, v, n) for v in (part.crude, part.adjusted[0]))
    around = numbers.span(numbers.rate_range(measure, part.adjusted[1], part.adjusted[2], n))
    alike = f"Seen at each {stratum_said(answer)} in the same shares as everyone"
    if at_places(answer) != "at":
        alike = f"With the same mix of {plural_said(stratum_said(answer))} as everyone"
    return f"The rate for {part.who} is {crude}. {alike}, it would be {adjusted}{numbers.range_named(around)}."


def alarm_said(answer: GapSources, part: Part) -> str:
    """That the whole tells another story than its parts; nothing where it does not."""
    if not part.simpson or part.gap[0] <= 0:
        return ""
    measure, n, where = answer.measure, gap_n(answer, part), stratum_said(answer)
    whole, within = (numbers.gap(measure, t[0], n, part.crude) for t in (part.gap, part.within))
    if part.simpson == "halves" and numbers.is_no_gap(measure, part.within[0], n, part.crude):
        return f"Next to nothing of that gap of {whole} is left within each {where}."
    if part.simpson == "halves":
        return f"Only {within} of that gap of {whole} is left within each {where}."
    rate = f"{numbers.side(measure, -1.0)} {level_said(answer)}"
    seen = [s for s in strata(answer, part.group) if s.compared]
    if part.within[1] <= 0 <= part.within[2]:
        return f"Within each {where} no such gap is seen: the small difference left there could be chance."
    if seen and all(s.gap[0] < 0 for s in seen):
        return f"Within every {where}, {part.who} have the {rate}."
    return f"Within each {where}, {part.who} have the {rate} on average, by {within}."


def split_said(answer: GapSources, part: Part) -> str:
    """How a gap divides into what lies within places and what between them, or that one place makes it all."""
    measure, n, where = answer.measure, gap_n(answer, part), stratum_said(answer)
    three = (part.gap, part.within, part.between)
    gap, within, between = (numbers.gap(measure, t[0], n, part.crude) for t in three)
    alone = alone_said(answer, part)
    if alone:
        return f"Nearly all of the gap of {gap} comes {at_places(answer)} one {where}, {alone}."
    start = f"Of the gap of {gap} for {part.who}"
    if is_little(part.between, part):
        whole = "All" if numbers.is_no_gap(measure, part.between[0], n, part.crude) else "Nearly all"
        return f"{whole} of it is a difference between patients {at_places(answer)} the same {where}."
    if is_little(part.within, part):
        whole = "all" if numbers.is_no_gap(measure, part.within[0], n, part.crude) else "nearly all"
        return f"{start}, {whole} comes from being seen {at_places(answer)} different {plural_said(where)}."
    unclear = [name for name, t in (("within", part.within), ("between", part.between)) if t[1] <= 0 <= t[2]]
    if unclear:
        doubt = "how it divides is not clear" if len(unclear) == 2 else f"the part {unclear[0]} could be chance"
        if min(part.within[0], part.between[0]) < 0:
            return f"{start}, {other_than(unclear, answer)}; {doubt}."
        return f"{start}, {within} lies within each {where} and {between} between {plural_said(where)}; {doubt}."
    if part.within[0] < 0:
        return (
            f"Being seen {at_places(answer)} different {plural_said(where)} makes a gap of {between}; "
            f"within each {where}, {within} goes the other way."
        )
    if part.between[0] < 0:
        others = "other" if answer.measure.polarity == "neutral" else "better"
        seen = f"being seen {at_places(answer)} {others} {plural_said(where)} takes off {between}"
        return f"Within each {where} the gap is {within}; {seen}."
    return f"{start}, {within} lies within each {where} and {between} between {plural_said(where)}."


def alone_said(answer: GapSources, part: Part) -> str:
    """The one place that makes nearly all of the part within places; empty where several do."""
    shares = {s.name: s.gap[0] * s.n for s in strata(answer, part.group) if s.compared and numbers.known(s.gap[0])}
    behind = sum(value for value in shares.values() if value > 0)
    most = max(shares, key=lambda name: shares[name], default="")
    lies_within = part.within[0] > 0.9 * part.gap[0]
    return most if len(shares) > 1 and behind > 0 and lies_within and shares[most] >= NEARLY_ALL * behind else ""
