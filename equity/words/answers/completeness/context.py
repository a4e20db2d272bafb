"""What stands around the finding: by site and over time, titles, how sure, a question."""

from __future__ import annotations

from equity.lens.answers import Completeness
from equity.words import groups, measures, numbers, remarks
from equity.words.answers.completeness.headline import has_cases
from equity.words.answers.completeness.phrases import FEWEST, lowered_place
from equity.words.answers.completeness.recorded import (
    KINDS,
    STATUS,
    Share,
    counted_said,
    rounded_alike,
    share_said,
    shares,
    written,
)
from equity.words.cached_per_answer import cached_per_answer


@cached_per_answer
def statuses(answer: Completeness) -> tuple[str, ...]:
    """How complete the data are by site, by period and by outcome: a sentence each."""
    place = _status_sentence(f"By {lowered_place(answer)}", shares(answer, "place"))
    period = _status_sentence("Over time", shares(answer, "period"))
    return tuple(s for s in (place, period, _outcome_sentence(answer)) if s)


def kinds_apart(answer: Completeness) -> str:
    """Not known, not asked and not shared by choice, each for itself."""
    every = shares(answer, "all")
    if not every or not every[0].n:
        return ""
    there = {word: every[0].kinds[kind] / every[0].n for kind, word in KINDS.items() if every[0].kinds[kind] > 0}
    if not there:
        return ""
    whole = numbers.share(sum(there.values()))
    written: tuple[str, ...] = ()
    if len(there) > 1:
        whole, written = numbers.shares_that_add(list(there.values()))
    parts = f": {', '.join(f'{word} {share}' for word, share in zip(there, written, strict=True))}" if written else ""
    return (
        f"{groups.started(groups.label(answer.stratifier))} not recorded for {whole} of {counted_said(answer)}{parts}."
    )


def chart_title(answer: Completeness) -> str:
    """The heading of the chart by site: where the data must be mended first."""
    label, places = groups.started(groups.label(answer.stratifier)), shares(answer, "place")
    if not places:
        return f"{label}: recorded for {share_said(answer)} of {counted_said(answer)}"
    known = [p for p in places if numbers.known(p.share)]
    worst = min(known, key=lambda p: p.share, default=None)
    if worst is None or worst.status == "good":
        return f"{label}: well recorded at every {lowered_place(answer)}"
    return f"{label}: recorded least at {worst.name}, for {written(worst)} of {counted_said(answer)}"


def over_time_title(answer: Completeness) -> str:
    """The heading of the chart over time and by outcome."""
    known = sorted((p for p in shares(answer, "period") if numbers.known(p.share)), key=lambda p: p.share)
    label = groups.started(groups.label(answer.stratifier))
    if not known:
        return f"{label}: how much is recorded, by outcome"
    run = _run(*rounded_alike(known[0], known[-1]))
    return f"{label}: recorded for {run} of {counted_said(answer)} over time"


def bounds_chart_title(answer: Completeness) -> str:
    """The heading of the bounds."""
    return f"{measures.heading(answer.measure)}: best and worst case for each gap, allowing for missing data"


def how_sure(answer: Completeness) -> str:
    """How sure it is that the missing fare otherwise."""
    if not answer.unknown_n > 0:
        return f"{groups.started(groups.label(answer.stratifier))} recorded for all, so there is nothing to allow for."
    if answer.unknown_n < FEWEST:
        return "There are too few without a recorded group to say how their results compare."
    if not numbers.known(answer.unknown_p):
        return "How results compare for those not recorded cannot be tested here."
    often = numbers.chance(answer.unknown_p)
    return f"If results were the same for those not recorded, a difference this large would occur {often}."


def not_known(answer: Completeness) -> tuple[str, ...]:
    """The three kinds of missing, apart."""
    return tuple(s for s in (kinds_apart(answer),) if s)


def caveats(answer: Completeness) -> tuple[str, ...]:
    """What to keep in mind when reading the answer."""
    if not answer.unknown_n > 0:
        return (
            "Recorded does not mean right: a wrong answer looks like any other.",
            *remarks.describe_remarks(answer.remarks),
        )
    limits = "Best and worst case are limits; the truth is most likely well inside them."
    return (
        "Choosing not to say is a person's right. Not asking is for the system to fix.",
        *((limits,) if has_cases(answer) else ()),
        "Some groups may still be missing more often than others.",
        *remarks.describe_remarks(answer.remarks),
    )


def prompt(answer: Completeness) -> str:
    """One question to open the conversation with."""
    worst = min((p for p in shares(answer, "place") if p.status == "fix_first"), key=lambda p: p.share, default=None)
    label = groups.label(answer.stratifier)
    if worst is not None:
        return f"What would make it easy to ask about {label} at {worst.name}, and what do other places do?"
    if not answer.unknown_n > 0:
        return f"What keeps {label} so well recorded here, and what else could we record as well?"
    return f"Where in a visit do we ask about {label}, and how does being asked feel?"


def _run(low: str, high: str) -> str:
    """From the least to the most that is recorded; nearly all and all are "over 99%"."""
    if low == high or low.startswith("over"):
        return low
    return f"{low} or more" if high.startswith("over") else f"{low} to {high}"


def _status_sentence(start: str, in_scope: tuple[Share, ...]) -> str:
    """ "By site: fix this first at Lakeshore (77%); read with care at …"; one clause a status, the worst first."""
    clauses = []
    for status in ("fix_first", "caution", "good"):
        named = sorted((s for s in in_scope if s.status == status), key=lambda s: s.share)
        if named and len(named) == len([s for s in in_scope if s.status]):
            run = _run(written(named[0]), written(named[-1]))
            return f"{start}: {STATUS[status].word} throughout ({run} recorded)."
        if named:
            places = groups.listed([f"{s.name} ({written(s)})" for s in named], 6)
            clauses.append(f"{STATUS[status].word}: {places}")
    return f"{start}, {'; '.join(clauses)}." if clauses else ""


def _outcome_sentence(answer: Completeness) -> str:
    by_outcome = {s.value: s for s in shares(answer, "outcome") if s.n}
    if len(by_outcome) < 2:
        return ""
    yes, no = by_outcome["yes"], by_outcome["no"]
    had = measures.had(answer.measure)
    of_yes, of_no = rounded_alike(yes, no)
    counted = f"{of_yes} of those who {had} and {of_no} of the others"
    lead = f"By outcome, recorded for {counted}"
    return f"{lead}: the two are not missing alike." if abs(yes.share - no.share) >= 0.05 else f"{lead}."
